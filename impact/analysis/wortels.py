"""Where a conclusion flips: on a grid, and then exactly; many curves at once.

Everything here works on a shortfall: at most zero where the conclusion holds, above zero where it
does not.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import elementwise

from impact.model.reeksen import Reeks

NAUWKEURIGHEID = 1e-5
"""Of the width of the range: how precisely a flip is found."""
NET_GENOEG = 1e-12
GEEN = -1


class GeenWortel(ArithmeticError):
    """The search did not end; a mistake in the program and not in the question."""


def tekort(uitkomst: Reeks, grens: float, voldoet: str) -> Reeks:
    """Shortfall of an outcome: what it is too much (``hoogstens``) or too little (``minstens``)."""
    return uitkomst - grens if voldoet == "hoogstens" else grens - uitkomst


def kruisingen(raster: Reeks, tekorten: Reeks) -> Reeks:
    """Value at which each curve flips between two points of a grid, on a straight line.

    Parameters
    ----------
    raster : array [punt], rising
    tekorten : array [punt, ...], one curve per column

    Returns
    -------
    array [punt - 1, ...]; NaN where the conclusion holds at both ends, or at neither
    """
    links, rechts = tekorten[:-1], tekorten[1:]
    wisselt = (links > 0) != (rechts > 0)
    vorm = (-1,) + (1,) * (tekorten.ndim - 1)
    onder, stap = raster[:-1].reshape(vorm), np.diff(raster).reshape(vorm)
    deel = links / np.where(wisselt, links - rechts, 1.0)
    return np.where(wisselt, onder + stap * deel, np.nan)


def dichtste(gevonden: Reeks, doel: Reeks | float) -> NDArray[np.intp]:
    """Number of the flip that is nearest to a value, per curve; GEEN where there is none.

    Parameters
    ----------
    gevonden : array [interval, ...], as from `kruisingen`
    doel : array [...] or one number
    """
    afstand = np.where(np.isnan(gevonden), np.inf, np.abs(gevonden - doel))
    beste = np.argmin(afstand, axis=0)
    kan = np.isfinite(afstand.min(axis=0))
    return np.asarray(np.where(kan, beste, GEEN))


def kies(per_interval: Reeks, nummer: NDArray[np.intp]) -> Reeks:
    """Take one interval of every curve, array [...]; NaN where the number is GEEN."""
    gekozen = np.take_along_axis(per_interval, np.maximum(nummer, 0)[np.newaxis], axis=0)[0]
    return np.where(nummer == GEEN, np.nan, gekozen)


def wortel(
    tekort_bij: Callable[[Reeks, NDArray[np.intp]], Reeks],
    onder: Reeks,
    boven: Reeks,
    rijen: NDArray[np.intp],
    breedte: float,
) -> Reeks:
    """Find the value at which each curve flips, between two values that differ in conclusion.

    Parameters
    ----------
    tekort_bij : shortfall of curves ``rijen`` at values ``x``; both arrays [n] of equal length
    onder, boven, rijen : array [n]
    breedte : width of the whole range, for the precision

    Returns
    -------
    array [n]

    Notes
    -----
    A shortfall of exactly zero counts as just enough. The edge of a plateau at zero is found too:
    the search falls back on halving there.
    """
    if not len(rijen):
        return np.empty(0)
    schaal = NET_GENOEG * breedte

    def met_teken(x: Reeks, welke: Reeks) -> Reeks:
        waarde = tekort_bij(x, welke.astype(np.intp))
        return np.where(waarde > 0, waarde, np.minimum(waarde, -schaal))

    uitkomst = elementwise.find_root(
        met_teken,
        (onder, boven),
        args=(rijen.astype(float),),
        tolerances={"xatol": NAUWKEURIGHEID * breedte, "xrtol": 0.0},
    )
    if not uitkomst.success.all():
        raise GeenWortel(f"zoeken tussen {onder} en {boven} eindigt met {uitkomst.status}")
    return np.asarray(uitkomst.x)


def punten(waarden: Reeks) -> tuple[float, float, float]:
    """5%, middle and 95% point of numbers that may be infinite.

    Each is one of the numbers, chosen outward: a value that cannot be reached is never averaged
    with one that can.
    """
    gesorteerd = np.sort(waarden)
    laatste = len(gesorteerd) - 1
    plekken = (np.floor(0.05 * laatste), np.floor(0.5 * laatste), np.ceil(0.95 * laatste))
    laag, mediaan, hoog = (float(gesorteerd[int(plek)]) for plek in plekken)
    return laag, mediaan, hoog
