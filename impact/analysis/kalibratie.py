"""Calibrate on history what history can calibrate.

Three things are calibrated, on half-years before the start only:

- how much of the housing channels is really used (``benutting``): for each half-year the factor
  with which the model houses exactly as many persons as were housed; the level is smoothed
  exponentially;
- how far the outflow may lie from that (``inzet``): the errors that the same smoothing made in the
  past, one half-year ahead;
- how many permits the first half-years bring (``vergunningen``): those of the last year and the
  announced target against those of the assumptions; its spread is that of past years;
- how much municipalities differ from each other: the spread with which as many municipalities
  meet their target as were counted.

One memory serves all levels: what is a year older counts half as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from impact.analysis.trekkingen import HOOGSTE
from impact.model.huisvesting import gehuisvest
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks

LAAGSTE_BENUTTING, HOOGSTE_BENUTTING = 0.02, 10.0
GROOTSTE_DEEL = 0.9
"""A half-year in which a larger part of the demand was housed says no more than one with this."""
KLEINSTE_SPREIDING, GROOTSTE_SPREIDING = 0.05, 1.5
KNOPEN, KNOOPGEWICHTEN = np.polynomial.hermite_e.hermegauss(9)
HALVERINGSTIJD = 2
"""Half-years."""
GEHEUGEN = 0.5 ** (1 / HALVERINGSTIJD)
"""Weight of a level relative to that of a half-year later."""


@dataclass(frozen=True)
class Kalibratie:
    """Calibrated values.

    Attributes
    ----------
    niveau : smoothed level of log(benutting) at the start
    aanbod : persons that the regular channels can house in the first half-year by the middle
        assumptions, national; benutting is relative to this
    fout_huisvesting : error of the outflow one half-year ahead (standard deviation, log)
    fout_vergunningen : change of the permits from year to year (standard deviation, log)
    spreiding_gemeenten : lasting difference between municipalities (standard deviation, log)
    spreiding_begin : difference in what there is to do at the start (standard deviation, log)
    halfjaren : number of half-years used for the housing market
    """

    niveau: float
    aanbod: float
    fout_huisvesting: float
    fout_vergunningen: float
    spreiding_gemeenten: float
    spreiding_begin: float
    halfjaren: int


@dataclass(frozen=True)
class Waarnemingen:
    """History of one half-year as the model sees it, arrays [1, gemeente].

    Attributes
    ----------
    vraag : persons asked for, apart from nareis with a housed referent
    aanbod : persons that the regular channels can house
    gehuisvest : persons housed nationally, apart from nareis with a housed referent
    """

    vraag: Reeks
    aanbod: Reeks
    gehuisvest: float


@dataclass(frozen=True)
class Telling:
    """How many municipalities met their target at the end of a half-year.

    Attributes
    ----------
    dekking : target relative to all there is to do (target and backlog), national
    gehaald : share of the municipalities
    """

    dekking: float
    gehaald: float


def uitstroom(waarneming: Waarnemingen, log_benutting: float, spreiding: float) -> float:
    """Persons whom the model houses nationally, over all differences between municipalities.

    Who houses more than others has less to do; both are lognormal with the same spread.
    """
    opgave = np.exp(-spreiding * KNOPEN - spreiding**2 / 2)[:, np.newaxis]
    capaciteit = waarneming.aanbod * np.exp(log_benutting)
    per_knoop = (gehuisvest(waarneming.vraag * opgave, capaciteit) / opgave).sum(axis=1)
    return float((KNOOPGEWICHTEN * per_knoop).sum() / KNOOPGEWICHTEN.sum())


def benutting(waarneming: Waarnemingen, spreiding: float) -> float:
    """Factor on the supply with which the model houses what was housed.

    Near full satisfaction of demand (2022-II: more housed than asked) the supply can no longer be
    seen, so that no more than a fixed part of the demand counts.
    """
    doel = min(waarneming.gehuisvest, GROOTSTE_DEEL * float(waarneming.vraag.sum()))

    def verschil(log_factor: float) -> float:
        return uitstroom(waarneming, log_factor, spreiding) - doel

    laag, hoog = np.log(LAAGSTE_BENUTTING), np.log(HOOGSTE_BENUTTING)
    if verschil(hoog) <= 0:
        return HOOGSTE_BENUTTING
    if verschil(laag) >= 0:
        return LAAGSTE_BENUTTING
    return float(np.exp(optimize.brentq(verschil, laag, hoog)))


def recentheid(halfjaren: Sequence[int]) -> Reeks:
    """Weight of each half-year, adding up to 1: half as much for every year of age."""
    leeftijd = halfjaren[-1] - np.asarray(halfjaren)
    gewicht: Reeks = GEHEUGEN**leeftijd
    genormeerd: Reeks = gewicht / gewicht.sum()
    return genormeerd


def gladgestreken(waarden: Reeks, halfjaren: Sequence[int]) -> list[float]:
    """Smoothed level after each value of a series.

    Parameters
    ----------
    waarden : array [halfjaar], oldest first
    halfjaren : running number of each half-year

    References
    ----------
    Simple exponential smoothing; with few values the weights add up to 1.
    """
    return [
        float((recentheid(halfjaren[:tot]) * waarden[:tot]).sum())
        for tot in range(1, len(waarden) + 1)
    ]


def fout_met_weinig_punten(fouten: Sequence[float] | Reeks) -> float:
    """Standard deviation that gives the right 90% band when it rests on few errors.

    The root mean square, times how much wider the band of Student's t is with so many errors than
    that of the normal distribution.
    """
    breder = stats.t.ppf(HOOGSTE, len(fouten)) / stats.norm.ppf(HOOGSTE)
    return float(np.sqrt(np.mean(np.square(fouten))) * breder)


def fout_huisvesting(
    waarnemingen: Sequence[Waarnemingen], niveaus: Sequence[float], spreiding: float
) -> float:
    """Error (log) of the outflow with the level of one half-year before."""
    fouten = [
        np.log(later.gehuisvest / uitstroom(later, niveau, spreiding))
        for later, niveau in zip(waarnemingen[1:], niveaus, strict=False)
    ]
    return fout_met_weinig_punten(fouten)


def kans_gehaald(dekking: Reeks, spreiding: float) -> Reeks:
    """Share of municipalities whose part of what there is to do is below their target.

    The part of a municipality is lognormal with mean 1, so that few are very far behind and many
    are near their target.
    """
    kans: Reeks = stats.norm.cdf((np.log(dekking) + spreiding**2 / 2) / spreiding)
    return kans


def spreiding_gemeenten(tellingen: Sequence[Telling]) -> float:
    """Spread between municipalities with which the counts are found back (least squares)."""
    dekking = np.array([telling.dekking for telling in tellingen])
    geteld = np.array([telling.gehaald for telling in tellingen])

    def fout(spreiding: float) -> float:
        return float(((kans_gehaald(dekking, spreiding) - geteld) ** 2).sum())

    grenzen = (KLEINSTE_SPREIDING, GROOTSTE_SPREIDING)
    return float(optimize.minimize_scalar(fout, bounds=grenzen, method="bounded").x)


def fout_vergunningen(jaren: Sequence[float]) -> float:
    """Error (log) of expecting in a year the permits of the year before."""
    return fout_met_weinig_punten(np.diff(np.log(np.asarray(jaren))))


def kalibreer(
    waarnemingen: Sequence[Waarnemingen],
    halfjaren: Sequence[int],
    tellingen: Sequence[Telling],
    telling_begin: Telling | None,
    vergunningen: Sequence[float],
    aanbod: float,
) -> Kalibratie:
    """Calibrate on the half-years given; see the text of this module.

    Parameters
    ----------
    halfjaren : running number of each half-year
    telling_begin : count at the start, if there is one
    vergunningen : permits per year, oldest first
    aanbod : persons that the regular channels can house in the first half-year, national

    Raises
    ------
    ValueError
        With fewer than four half-years there is nothing to calibrate on.
    """
    if len(waarnemingen) < 4:
        raise ValueError("kalibratie vraagt ten minste vier halfjaren met geschiedenis")
    blijvend = spreiding_gemeenten(tellingen)
    logs = np.log([benutting(waarneming, blijvend) for waarneming in waarnemingen])
    niveaus = gladgestreken(logs, halfjaren)
    return Kalibratie(
        niveau=niveaus[-1],
        aanbod=aanbod,
        fout_huisvesting=fout_huisvesting(waarnemingen, niveaus, blijvend),
        fout_vergunningen=fout_vergunningen(vergunningen),
        spreiding_gemeenten=blijvend,
        spreiding_begin=blijvend if telling_begin is None else spreiding_gemeenten([telling_begin]),
        halfjaren=len(logs),
    )


def inzet_per_periode(kalibratie: Kalibratie, schokken: Reeks) -> Reeks:
    """Paths of what is placed relative to the expectation, mean 1 in every half-year.

    A deviation is partly of one half-year, and partly it stays.

    Parameters
    ----------
    schokken : array [trekking, 1, periode], standard normal

    Returns
    -------
    array [trekking, 1, periode], factor

    References
    ----------
    The model behind simple exponential smoothing: the error h half-years ahead has variance
    ``fout**2 * (1 + (h - 1) * (1 - GEHEUGEN)**2)``.
    """
    fout, blijft = kalibratie.fout_huisvesting, 1.0 - GEHEUGEN
    eerder = np.cumsum(schokken, axis=-1) - schokken
    afwijking = fout * (schokken + blijft * eerder)
    variantie = fout**2 * (1.0 + np.arange(schokken.shape[-1]) * blijft**2)
    midden = (schokken == 0.0).all(axis=(1, 2), keepdims=True)
    return np.where(midden, 1.0, np.exp(afwijking - variantie / 2))


def vergunningen_per_periode(
    kalibratie: Kalibratie, verhouding: Reeks, schok: Reeks, perioden: int
) -> Reeks:
    """Factor on the decisions of the IND: from what is seen now to what the assumptions say.

    Parameters
    ----------
    verhouding : array [trekking, 1], permits seen now relative to those of the assumptions
    schok : array [trekking], standard normal; error of what is seen now, for a half-year the
        spread of a year divided by the root of two

    Returns
    -------
    array [trekking, 1, periode], factor; half of the deviation (log) is left a year later
    """
    over = GEHEUGEN ** np.arange(perioden)
    fout = kalibratie.fout_vergunningen / np.sqrt(HALFJAREN_PER_JAAR) * over
    afwijking = np.log(verhouding)[..., np.newaxis] * over
    score = schok[:, np.newaxis, np.newaxis]
    factor: Reeks = np.exp(afwijking + fout * score - np.where(score == 0.0, 0.0, fout**2 / 2))
    return factor


def gemeente_effect(kalibratie: Kalibratie, scores: Reeks) -> Reeks:
    """Lasting effect of each municipality; exactly 1 in the middle draw.

    The mean is 1 when each municipality counts for what it has to do: who houses more than others
    has less left to do.

    Parameters
    ----------
    scores : array [trekking, gemeente], standard normal; zero in the middle draw
    """
    return 1.0 / _opgave(kalibratie.spreiding_gemeenten, scores)


def begin_opgave(kalibratie: Kalibratie, scores: Reeks) -> Reeks:
    """What each municipality has to do at the start, mean 1; exactly 1 in the middle draw."""
    return _opgave(kalibratie.spreiding_begin, scores)


def _opgave(sigma: float, scores: Reeks) -> Reeks:
    midden = (scores == 0.0).all(axis=1, keepdims=True)
    return np.where(midden, 1.0, np.exp(-sigma * scores - sigma**2 / 2))
