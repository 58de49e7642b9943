"""Named outcomes of a scenario, measured in every draw."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor

import numpy as np

from impact.analysis.ensemble import BLOK, Opdracht, basis_van, trekkingen_van
from impact.analysis.uitkomsten import meet
from impact.analysis.uitvoerder import kies_werkers
from impact.model.reeksen import Reeks
from impact.registry.uitkomstmodellen import Uitkomst


def meet_scenario(
    opdracht: Opdracht,
    scenario: str,
    uitkomsten: Mapping[str, Uitkomst],
    uitvoerder: Executor | None = None,
) -> dict[str, Reeks]:
    """Measure outcomes of the whole country in all draws.

    Returns
    -------
    dict of array [trekking]; row 0 is the middle draw
    """
    rijen = [slice(n, n + BLOK) for n in range(0, opdracht.trekkingen.aantal, BLOK)]
    with kies_werkers(uitvoerder) as werkers:
        taken = [werkers.submit(meet_blok, opdracht, scenario, uitkomsten, r) for r in rijen]
        blokken = [taak.result() for taak in taken]
    return {naam: np.concatenate([blok[naam] for blok in blokken]) for naam in uitkomsten}


def meet_blok(
    opdracht: Opdracht, scenario: str, uitkomsten: Mapping[str, Uitkomst], rijen: slice
) -> dict[str, Reeks]:
    """Measure outcomes in some of the draws."""
    basisnaam, context = basis_van(opdracht.register, scenario)
    eigen = trekkingen_van(opdracht, scenario, rijen, context_van=context)
    basis = eigen
    if basisnaam != scenario:
        basis = trekkingen_van(opdracht, basisnaam, rijen, context_van=context)
    return {
        naam: meet(uitkomst, eigen, basis, opdracht.perioden)
        for naam, uitkomst in uitkomsten.items()
    }
