"""Who pays what: cost and compensation per kostensoort and payer, euro per half-year.

For every kostensoort the payers add up to the total cost. What the payer ``gemeente`` has is
what stays with the municipality (Financiele-verhoudingswet, art. 2; Gemeentewet, art. 108).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from impact.model.reeksen import DAGEN_PER_HALFJAAR, Reeks

Regels = dict[tuple[str, str], Reeks]

BETALERS = (
    "gemeente",
    "rijk_spuk",
    "rijk_gemeentefonds",
    "rijk_buig",
    "rijk_overig",
    "coa",
    "inwoner",
)


def gedeeld(kostensoort: str, totaal: Reeks, anderen: Mapping[str, Reeks]) -> Regels:
    """Split a cost: what others pay, and the rest that stays with the municipality."""
    rest = totaal
    for bedrag in anderen.values():
        rest = rest - bedrag
    regels: Regels = {(kostensoort, betaler): bedrag for betaler, bedrag in anderen.items()}
    return regels | {(kostensoort, "gemeente"): rest}


def bijdrage(kostensoort: str, bedrag: Reeks) -> Regels:
    """Money from the Rijk that is not tied to a cost of its own: income of the municipality."""
    return {(kostensoort, "rijk_overig"): bedrag, (kostensoort, "gemeente"): -bedrag}


def eigen_rekening(bedragen: Mapping[str, Reeks]) -> Regels:
    """Costs that stay with the municipality in full."""
    return {(kostensoort, "gemeente"): bedrag for kostensoort, bedrag in bedragen.items()}


def per_dag(personen: Reeks, bedrag: Reeks) -> Reeks:
    """Amount per person per day over a half-year, euro."""
    return personen * bedrag * DAGEN_PER_HALFJAAR


def totaal_per_betaler(regels: Regels) -> dict[str, Reeks]:
    """Add up all kostensoorten per payer."""
    totaal: dict[str, Reeks] = {}
    for (_, betaler), bedrag in sorted(regels.items(), key=lambda regel: regel[0]):
        totaal[betaler] = totaal.get(betaler, np.zeros(1)) + bedrag
    return totaal
