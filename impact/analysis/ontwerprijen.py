"""The draws of a sensitivity analysis: which rows are computed, and what is measured in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from impact.analysis.ensemble import Opdracht, basis_van, trekkingen_van
from impact.analysis.onzekerheidsgroepen import RUISSOORTEN, Groep, tekens
from impact.analysis.sobol import ontwerp
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE, MIDDEN, Ruis, Trekkingen, koppel
from impact.analysis.uitkomsten import meet
from impact.analysis.waarden import samenhang
from impact.model.reeksen import Reeks

TORNADO = 32
"""Draws with which an assumption is set low and high."""
BLOK = 64
KANTEN = {"laag": LAAGSTE, "hoog": HOOGSTE}
Metingen = dict[str, Reeks]


@dataclass(frozen=True)
class Rijen:
    """Draws to compute.

    Attributes
    ----------
    kansen : array [rij, naam], uniform numbers
    ruis : per kind of noise, array [rij]: which row of the noise of the task is used
    """

    kansen: NDArray[np.float64]
    ruis: Mapping[str, NDArray[np.int64]]

    def deel(self, rijen: slice) -> Rijen:
        """Return some of the rows."""
        return Rijen(self.kansen[rijen], {s: nummers[rijen] for s, nummers in self.ruis.items()})


def gewone_rijen(opdracht: Opdracht) -> Rijen:
    """All ordinary draws of a task, without the middle draw."""
    nummers = np.arange(1, opdracht.trekkingen.aantal)
    return Rijen(opdracht.trekkingen.kansen[1:], dict.fromkeys(RUISSOORTEN, nummers))


def saltelli_rijen(opdracht: Opdracht, groepen: Sequence[Groep], aantal: int) -> Rijen:
    """Rows of the Saltelli design.

    A kind of noise has one column in the design that says which of two independent sets of noise
    is used: that of A or that of B. Values outside the groups stay at their middle.

    Parameters
    ----------
    opdracht : with noise for twice as many draws
    groepen : all groups that vary
    aantal : draws of each of the two matrices
    """
    namen = opdracht.trekkingen.namen
    # another seed than the ordinary draws, which must stay independent of the design
    matrices = ontwerp(groepen, aantal, opdracht.instelling.zaad + 1)
    breed = matrices.shape[1]
    kansen = np.full((aantal * breed, len(namen)), MIDDEN)
    trekking = np.repeat(np.arange(1, aantal + 1), breed)
    ruis: dict[str, NDArray[np.int64]] = {}
    for plaats, lid in enumerate(lid for groep in groepen for lid in groep.leden):
        kolom = matrices[:, :, plaats]
        soort, _, rest = lid.partition(":")
        if soort == "toeval":
            ruis[rest] = trekking + aantal * (kolom != kolom[:, :1]).reshape(-1)
        else:
            kansen[:, namen.index(lid)] = kolom.reshape(-1)
    return Rijen(koppel(namen, kansen, samenhang(opdracht.register)), ruis)


def tornado_rijen(opdracht: Opdracht, groepen: Sequence[Groep], design: Rijen) -> list[Rijen]:
    """First draws of matrix A, with each group of its own set low and then high.

    Low and high are the 5% and 95% points; correlated values move together.
    """
    namen, banden = opdracht.trekkingen.namen, samenhang(opdracht.register)
    breed = len(groepen) + 2
    blok = design.deel(slice(0, TORNADO * breed, breed))
    rijen = []
    for groep in (groep for groep in groepen if groep.soort == "apart"):
        for kans in KANTEN.values():
            kansen = blok.kansen.copy()
            for lid, teken in tekens(groep.leden, banden).items():
                kansen[:, namen.index(lid)] = kans if teken > 0 else 1.0 - kans
            rijen.append(Rijen(kansen, blok.ruis))
    return rijen


def voeg_samen(delen: Sequence[Rijen]) -> Rijen:
    """Put rows below each other."""
    return Rijen(
        np.concatenate([deel.kansen for deel in delen]),
        {s: np.concatenate([deel.ruis[s] for deel in delen]) for s in RUISSOORTEN},
    )


def meet_rijen(opdracht: Opdracht, scenario: str, rijen: Rijen) -> Metingen:
    """Measure every outcome that lies inside the run, per row.

    Returns
    -------
    dict of outcome -> array [rij]
    """
    register, perioden = opdracht.register, opdracht.perioden
    blok = replace(
        opdracht,
        trekkingen=Trekkingen(opdracht.trekkingen.namen, rijen.kansen, opdracht.instelling.zaad),
        ruis=Ruis(**{s: getattr(opdracht.ruis, s)[nummers] for s, nummers in rijen.ruis.items()}),
    )
    basis, context = basis_van(register, scenario)
    eigen = trekkingen_van(blok, scenario)
    ander = eigen if basis == scenario else trekkingen_van(blok, basis, context_van=context)
    return {
        naam: meet(uitkomst, eigen, ander, perioden)
        for naam, uitkomst in register.uitkomsten.items()
        if perioden[0] <= uitkomst.van and uitkomst.tot <= perioden[-1]
    }


def meet_in_blokken(opdracht: Opdracht, scenario: str, rijen: Rijen, werkers: Executor) -> Metingen:
    """Measure every outcome in all rows, block by block; workers do not change the result."""
    eersten = range(0, len(rijen.kansen), BLOK)
    blokken = [rijen.deel(slice(n, n + BLOK)) for n in eersten]
    delen = list(werkers.map(partial(meet_rijen, opdracht, scenario), blokken))
    return {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}
