"""One draw matrix for all scenarios: quasi-random, reproducible, with the middle draw first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats
from scipy.stats import qmc

from impact.model.reeksen import Reeks

ZAAD = 20261121
MEESTE_PERIODEN = 1000
MIDDEN = 0.5
LAAGSTE, HOOGSTE = 0.05, 0.95


def driehoek(kans: Reeks) -> Reeks:
    """Quantile of the symmetric triangle between -1 and 1."""
    onder, boven = np.sqrt(0.5 * kans), 1.0 - np.sqrt(0.5 * (1.0 - kans))
    return 2.0 * np.where(kans < MIDDEN, onder, boven) - 1.0


def uniform(kans: Reeks) -> Reeks:
    """Quantile of the uniform distribution between -1 and 1."""
    return 2.0 * kans - 1.0


VORMEN: dict[str, Callable[[Reeks], Reeks]] = {
    "driehoek": driehoek,
    "uniform": uniform,
    "normaal": special.ndtri,
    "lognormaal": special.ndtri,
}
"""Quantile functions; those of scipy.stats do the same and are twenty times slower here."""
PUNT_HOOG = {naam: float(vorm(np.array(HOOGSTE))) for naam, vorm in VORMEN.items()}


@dataclass(frozen=True)
class Samenhang:
    """Correlation of one uncertain value with one other (Gaussian copula)."""

    met: str
    correlatie: float


@dataclass(frozen=True)
class Trekkingen:
    """Uniform numbers per uncertain value; row 0 is the middle draw.

    Attributes
    ----------
    namen : names of the columns, sorted
    kansen : array [trekking, naam], between 0 and 1
    zaad : seed
    """

    namen: tuple[str, ...]
    kansen: NDArray[np.float64]
    zaad: int

    @property
    def aantal(self) -> int:
        """Number of rows, the middle draw included."""
        return int(self.kansen.shape[0])

    def kans(self, naam: str) -> Reeks:
        """Uniform numbers of one value, array [trekking]."""
        kolom: Reeks = self.kansen[:, self.namen.index(naam)]
        return kolom

    def deel(self, rijen: slice) -> Trekkingen:
        """Return some of the rows."""
        return Trekkingen(self.namen, self.kansen[rijen], self.zaad)


def maak_trekkingen(
    namen: Sequence[str],
    aantal: int,
    zaad: int = ZAAD,
    samenhang: Mapping[str, Samenhang] | None = None,
) -> Trekkingen:
    """Draw a scrambled Sobol sequence for all names, after a middle draw.

    Parameters
    ----------
    namen : names of the uncertain values; their order does not matter
    aantal : number of draws besides the middle draw
    zaad : seed; the same seed gives the same numbers on every machine
    samenhang : correlation per name; a chain of correlations is allowed, a circle is not
    """
    kolommen = tuple(sorted(namen))
    rijen = qmc.Sobol(len(kolommen), scramble=True, rng=zaad).random_base2(_macht(aantal))[:aantal]
    kansen = koppel(kolommen, rijen, samenhang or {})
    return Trekkingen(kolommen, np.vstack([np.full(len(kolommen), MIDDEN), kansen]), zaad)


def koppel(
    kolommen: Sequence[str], rijen: NDArray[np.float64], samenhang: Mapping[str, Samenhang]
) -> NDArray[np.float64]:
    """Give independent uniform numbers the correlations that were declared.

    Parameters
    ----------
    kolommen : names of the columns
    rijen : array [trekking, naam], between 0 and 1
    samenhang : correlation per name

    Raises
    ------
    ValueError
        The correlations form a circle.
    """
    scores = stats.norm.ppf(np.clip(rijen, 1e-9, 1.0 - 1e-9))
    plaats = {naam: nummer for nummer, naam in enumerate(kolommen)}
    gedaan: set[str] = set()

    def verbind(naam: str, keten: tuple[str, ...] = ()) -> None:
        band = samenhang.get(naam)
        if naam in gedaan or band is None:
            return
        if band.met in keten:
            raise ValueError(f"samenhang loopt rond: {' -> '.join((*keten, naam))}")
        verbind(band.met, (*keten, naam))
        rho, eigen = band.correlatie, scores[:, plaats[naam]]
        scores[:, plaats[naam]] = rho * scores[:, plaats[band.met]] + np.sqrt(1 - rho**2) * eigen
        gedaan.add(naam)

    for naam in kolommen:
        verbind(naam)
    kansen: NDArray[np.float64] = stats.norm.cdf(scores)
    return kansen


def _macht(aantal: int) -> int:
    return max(0, int(np.ceil(np.log2(max(aantal, 1)))))


def waarde_bij_kans(
    kans: Reeks, midden: float, laag: float | None, hoog: float | None, verdeling: str
) -> Reeks:
    """Turn uniform numbers into values of an uncertain quantity.

    ``midden`` is the median, ``laag`` and ``hoog`` are the 5% and 95% points; the distribution
    gives the shape of each half (a lognormal in ratios, the others in differences).

    Returns
    -------
    array [trekking]
    """
    if laag is None or hoog is None or verdeling == "vast":
        return np.full(kans.shape, midden)
    score = VORMEN[verdeling](kans) / PUNT_HOOG[verdeling]
    score[kans == MIDDEN] = 0.0
    if verdeling == "lognormaal":
        omhoog, omlaag = np.log(hoog / midden), np.log(midden / laag)
        factor: Reeks = np.exp(np.where(score > 0, score * omhoog, score * omlaag))
        return midden * factor
    breedte = np.where(score > 0, hoog - midden, midden - laag)
    return np.asarray(midden + score * breedte)


@dataclass(frozen=True)
class Ruis:
    """Standard normal numbers that belong to no single assumption; row 0 is zero.

    Attributes
    ----------
    gemeente : array [trekking, gemeente]
    huisvesting, voorspelfout : array [trekking, 1, periode]
    vergunningen : array [trekking], for the permits of the first half-years
    """

    gemeente: Reeks
    huisvesting: Reeks
    voorspelfout: Reeks
    vergunningen: Reeks

    def deel(self, rijen: slice) -> Ruis:
        """Return some of the rows."""
        return Ruis(
            self.gemeente[rijen],
            self.huisvesting[rijen],
            self.voorspelfout[rijen],
            self.vergunningen[rijen],
        )


def maak_ruis(aantal: int, gemeenten: int, perioden: int, zaad: int = ZAAD) -> Ruis:
    """Draw the noise of the model, one stream per kind and half-year so that none disturbs another.

    More draws, or more half-years, leave the first ones as they were.
    """

    def stroom(soort: int, periode: int, *vorm: int) -> Reeks:
        sleutel = [zaad, soort * MEESTE_PERIODEN + periode]
        generator = np.random.Generator(np.random.Philox(key=sleutel))
        return np.concatenate([np.zeros((1, *vorm)), generator.standard_normal((aantal, *vorm))])

    def per_periode(soort: int) -> Reeks:
        return np.stack([stroom(soort, t, 1) for t in range(perioden)], axis=-1)

    return Ruis(
        gemeente=stroom(1, 0, gemeenten),
        huisvesting=per_periode(2),
        voorspelfout=per_periode(3),
        vergunningen=stroom(4, 0),
    )
