"""Reception by COA and the municipal task of the Spreidingswet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import HALFJAREN_PER_JAAR, Parameters, Reeks, parameter


@dataclass(frozen=True)
class OpvangParameters(Parameters):
    """Parameters of reception."""

    capaciteitsraming_spreidingswet: Reeks = parameter("plaatsen")
    realisatietempo_spreidingswet: Reeks = parameter("aandeel per halfjaar")
    verlies_opvangplaatsen: Reeks = parameter("plaatsen per halfjaar")
    kosten_opvang_regulier: Reeks = parameter("euro per plaats per jaar")
    kosten_opvang_nood: Reeks = parameter("euro per plaats per jaar")
    kosten_lege_plaats: Reeks = parameter("euro per plaats per jaar")
    bonus_spreidingswet: Reeks = parameter("euro per plaats")


def spreidingswet_taak(aandeel: Reeks, p: OpvangParameters) -> Reeks:
    """Places that the Spreidingswet asks of each municipality.

    References
    ----------
    Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen (Spreidingswet).
    """
    return p.capaciteitsraming_spreidingswet * aandeel


def nieuwe_plaatsen(plaatsen: Reeks, taak: Reeks, p: OpvangParameters) -> Reeks:
    """Durable places that come in a half-year: a share of the gap to the task."""
    return p.realisatietempo_spreidingswet * np.maximum(0.0, taak - plaatsen)


def vervallen_plaatsen(plaatsen: Reeks, aandeel: Reeks, p: OpvangParameters) -> Reeks:
    """Places lost, for instance after the announcement that the law will be repealed."""
    return np.minimum(plaatsen, p.verlies_opvangplaatsen * aandeel)


def noodopvang(bezetting: Reeks, plaatsen: Reeks) -> Reeks:
    """Residents above the number of regular places: the marginal, dear place."""
    return np.maximum(0.0, bezetting - plaatsen)


def opvangkosten(bezetting: Reeks, plaatsen: Reeks, p: OpvangParameters) -> Reeks:
    """Cost of reception in a half-year, paid by COA, euro.

    Residents in regular places, residents in emergency places, and places that stand empty.
    """
    regulier = np.minimum(bezetting, plaatsen) * p.kosten_opvang_regulier
    nood = noodopvang(bezetting, plaatsen) * p.kosten_opvang_nood
    leeg = np.maximum(0.0, plaatsen - bezetting) * p.kosten_lege_plaats
    return (regulier + nood + leeg) / HALFJAREN_PER_JAAR
