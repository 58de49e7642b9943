"""Calibrate on history what history can calibrate.

Three things are calibrated, on half-years up to the origin only:

- how much of the housing channels is really used (``benutting``): for each half-year the factor
  with which the model houses exactly as many persons as were housed; recent years weigh more;
- how that factor moves from half-year to half-year (first-order autoregression);
- how much municipalities differ from each other: the spread with which as many municipalities
  meet their target as were counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from impact.model.huisvesting import gehuisvest
from impact.model.reeksen import Reeks

LAAGSTE_BENUTTING, HOOGSTE_BENUTTING = 0.02, 10.0
GROOTSTE_TRAAGHEID = 0.9
GROOTSTE_SPREIDING = 1.5
KLEINSTE_SPREIDING = 1e-12
HALVERINGSTIJD = 4
"""Half-years."""


@dataclass(frozen=True)
class Kalibratie:
    """Calibrated values of the housing market for status holders.

    Attributes
    ----------
    niveau, fout_niveau : mean of log(benutting), recent half-years first, and its standard error
    traagheid : share of a deviation that is left a half-year later, 0 to 0.9
    schok : standard deviation of the new deviation in a half-year (log)
    laatste_afwijking : what is left of the last known deviation in the half-year before the
        start (log)
    spreiding_gemeenten : standard deviation between municipalities (log)
    halfjaren : number of half-years used
    """

    niveau: float
    fout_niveau: float
    traagheid: float
    schok: float
    laatste_afwijking: float
    spreiding_gemeenten: float
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


def benutting(waarneming: Waarnemingen) -> float:
    """Factor on the supply with which the model houses what was housed.

    A half-year in which more was housed than asked (2022-II) gets infinity: it says only that
    the factor was high.
    """

    def verschil(log_factor: float) -> float:
        model = gehuisvest(waarneming.vraag, waarneming.aanbod * np.exp(log_factor))
        return float(model.sum()) - waarneming.gehuisvest

    laag, hoog = np.log(LAAGSTE_BENUTTING), np.log(HOOGSTE_BENUTTING)
    if verschil(hoog) <= 0:
        return np.inf
    if verschil(laag) >= 0:
        return LAAGSTE_BENUTTING
    return float(np.exp(optimize.brentq(verschil, laag, hoog)))


def spreiding_gemeenten(verhoudingen: Sequence[float], gehaald: Sequence[float]) -> float:
    """Spread between municipalities from the share that met its target.

    With a lasting effect that is lognormal with mean 1, a municipality meets its target when its
    effect exceeds asked / housed.

    Parameters
    ----------
    verhoudingen : persons housed relative to persons asked, national, per half-year
    gehaald : share of municipalities that met the target in the same half-years
    """
    drempel = -np.log(np.asarray(verhoudingen))
    waargenomen = np.asarray(gehaald)

    def fout(spreiding: float) -> float:
        kans = stats.norm.sf((drempel + spreiding**2 / 2) / spreiding)
        return float(((kans - waargenomen) ** 2).sum())

    grenzen = (0.05, GROOTSTE_SPREIDING)
    return float(optimize.minimize_scalar(fout, bounds=grenzen, method="bounded").x)


def recentheid(halfjaren: Sequence[int]) -> Reeks:
    """Weight of each half-year, adding up to 1: half as much for every two years of age.

    The housing market of 2016, with a legal duty to give priority and many extra places, says less
    about now than that of last year.
    """
    leeftijd = halfjaren[-1] - np.asarray(halfjaren)
    gewicht: Reeks = 0.5 ** (leeftijd / HALVERINGSTIJD)
    genormeerd: Reeks = gewicht / gewicht.sum()
    return genormeerd


def kalibreer(
    waarnemingen: Sequence[Waarnemingen],
    halfjaren: Sequence[int],
    verhoudingen: Sequence[float],
    gehaald: Sequence[float],
) -> Kalibratie:
    """Calibrate on the half-years given; see the text of this module.

    Parameters
    ----------
    halfjaren : running number of each half-year; the last number is one before the start. Only
        real neighbours say how fast a deviation fades

    Raises
    ------
    ValueError
        With fewer than four half-years there is nothing to calibrate on.
    """
    if len(waarnemingen) < 4:
        raise ValueError("kalibratie vraagt ten minste vier halfjaren met geschiedenis")
    factoren = np.array([benutting(waarneming) for waarneming in waarnemingen])
    logs = np.log(np.minimum(factoren, factoren[np.isfinite(factoren)].max()))
    gewicht = recentheid(halfjaren[:-1])
    niveau = float((gewicht * logs).sum())
    afwijking = logs - niveau
    nummers = np.asarray(halfjaren[:-1])
    buren = np.diff(nummers) == 1
    eerder, later = afwijking[:-1][buren], afwijking[1:][buren]
    ruw = float((later * eerder).sum() / max((eerder**2).sum(), KLEINSTE_SPREIDING))
    traagheid = float(np.clip(ruw, 0.0, GROOTSTE_TRAAGHEID))
    schok = float((later - traagheid * eerder).std(ddof=1))
    geleden = halfjaren[-1] - halfjaren[-2]
    return Kalibratie(
        niveau=niveau,
        fout_niveau=float(logs.std(ddof=1) * np.sqrt((gewicht**2).sum())),
        traagheid=traagheid,
        schok=schok,
        laatste_afwijking=float(afwijking[-1] * traagheid**geleden),
        spreiding_gemeenten=spreiding_gemeenten(verhoudingen, gehaald),
        halfjaren=len(logs),
    )


def benutting_per_periode(kalibratie: Kalibratie, niveau: Reeks, schokken: Reeks) -> Reeks:
    """Paths of the factor: back to its level from the last deviation, with new shocks.

    Parameters
    ----------
    niveau : array [trekking], standard normal
    schokken : array [trekking, 1, periode], standard normal

    Returns
    -------
    array [trekking, 1, periode], factor
    """
    midden = kalibratie.niveau + kalibratie.fout_niveau * niveau[:, np.newaxis]
    afwijking = np.full(midden.shape, kalibratie.laatste_afwijking)
    paden = []
    for t in range(schokken.shape[-1]):
        afwijking = kalibratie.traagheid * afwijking + kalibratie.schok * schokken[..., t]
        paden.append(np.exp(midden + afwijking))
    return np.stack(paden, axis=-1)


def gemeente_effect(kalibratie: Kalibratie, scores: Reeks) -> Reeks:
    """Lasting effect of each municipality, mean 1; exactly 1 in the middle draw.

    Parameters
    ----------
    scores : array [trekking, gemeente], standard normal; zero in the middle draw
    """
    sigma = kalibratie.spreiding_gemeenten
    midden = (scores == 0.0).all(axis=1, keepdims=True)
    return np.where(midden, 1.0, np.exp(sigma * scores - sigma**2 / 2))
