"""From draws to a tidy table: mean, 5% and 95% points, of the level and of the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from impact.analysis.groepen import NIVEAUS, Indeling
from impact.analysis.kladblok import GETAL, Kladblok
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.model.grootheden import GROOTHEDEN, SLEUTELS, Sleutel

Trekking = NDArray[np.floating]
KANTEN = ("midden", "laag", "hoog")


def banden(trekkingen: Trekking) -> tuple[Trekking, Trekking]:
    """Return the 5% and 95% points over the draws; the middle draw (row 0) is left out.

    Parameters
    ----------
    trekkingen : array [trekking, rij, periode]

    Returns
    -------
    laag, hoog : arrays [rij, periode]
    """
    rest = trekkingen[1:] if len(trekkingen) > 1 else trekkingen
    gesorteerd = np.sort(np.ascontiguousarray(rest.reshape(len(rest), -1).T), axis=1)
    vorm = trekkingen.shape[1:]
    return punt(gesorteerd, LAAGSTE).reshape(vorm), punt(gesorteerd, HOOGSTE).reshape(vorm)


def punt(gesorteerd: Trekking, kans: float) -> Trekking:
    """Quantile of sorted rows, with a straight line between two draws (as numpy does).

    Sorting is several times faster here than `numpy.quantile`, which partitions.
    """
    plek = kans * (gesorteerd.shape[1] - 1)
    onder = int(np.floor(plek))
    boven = min(onder + 1, gesorteerd.shape[1] - 1)
    verschil = gesorteerd[:, boven] - gesorteerd[:, onder]
    resultaat: Trekking = gesorteerd[:, onder] + (plek - onder) * verschil
    return resultaat


def gemiddelde(trekkingen: Trekking) -> Trekking:
    """Mean over the draws without the middle draw, array [rij, periode].

    Means add up: those of the municipalities to that of the country, those of the payers to the
    total, and the level without a measure plus its difference to the level with it.
    """
    rest = trekkingen[1:] if len(trekkingen) > 1 else trekkingen
    resultaat: Trekking = rest.mean(axis=0, dtype=np.float64)
    return resultaat


def statistiek(trekkingen: Trekking) -> dict[str, Trekking]:
    """Mean, low and high over the draws, arrays [rij, periode].

    Parameters
    ----------
    trekkingen : array [trekking, rij, periode]
    """
    midden = gemiddelde(trekkingen)
    if not trekkingen.any():
        return {"midden": midden, "laag": midden, "hoog": midden}
    laag, hoog = banden(trekkingen.astype(GETAL, copy=False))
    return {"midden": midden, "laag": laag, "hoog": hoog}


def cijfers(eigen: Trekking, verschil: Trekking) -> dict[str, NDArray[Any]]:
    """Figures of some rows: level, difference draw by draw, and whether its sign is unsure."""
    anders = statistiek(verschil)
    uit: dict[str, NDArray[Any]] = {**statistiek(eigen)}
    uit |= {f"verschil_{kant}": anders[kant] for kant in KANTEN}
    uit["richting_onzeker"] = (anders["laag"] < 0) & (anders["hoog"] > 0)
    return uit


@dataclass(frozen=True)
class Blok:
    """Figures of one quantity: level and difference, arrays [rij, periode]."""

    sleutel: Sleutel
    rijen: Indeling
    cijfers: dict[str, NDArray[Any]]


def blok(sleutel: Sleutel, scenario: Kladblok, referentie: Kladblok, rijen: Indeling) -> Blok:
    """Summarise one quantity, part by part; the difference is taken draw by draw."""
    if not GROOTHEDEN[sleutel[0]].gemeentelijk:
        rijen = rijen.landelijk
    delen, som_eigen, som_verschil = [], np.zeros(1), np.zeros(1)
    for deel in scenario.delen(sleutel):
        eigen = scenario.lees(sleutel, deel)
        verschil = eigen - referentie.lees(sleutel, deel)
        delen.append(cijfers(eigen, verschil))
        som_eigen = som_eigen + rijen.leden[:, deel] @ eigen
        som_verschil = som_verschil + rijen.leden[:, deel] @ verschil
    delen.append(cijfers(som_eigen, som_verschil))
    samen = {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}
    return Blok(sleutel, rijen, samen)


def kolom(aantal: int, woorden: Sequence[Sequence[str]]) -> pd.Categorical[str]:
    """Join one text column of all blocks, each word repeated for its half-years."""
    lijst = sorted({woord for rij in woorden for woord in rij})
    nummer = {woord: n for n, woord in enumerate(lijst)}
    codes = [np.repeat([nummer[woord] for woord in rij], aantal) for rij in woorden]
    return pd.Categorical.from_codes(np.concatenate(codes), categories=pd.Index(lijst))


def als_tabel(blokken: Sequence[Blok], perioden: Sequence[str]) -> pd.DataFrame:
    """Join the figures of all quantities into a tidy table."""
    aantal = len(perioden)
    per_rij = sum(len(b.rijen.namen) for b in blokken)
    grootheid = [[b.sleutel[0]] * len(b.rijen.namen) for b in blokken]
    betaler = [[b.sleutel[1]] * len(b.rijen.namen) for b in blokken]
    eenheid = [[GROOTHEDEN[naam].eenheid for naam in rij] for rij in grootheid]
    tabel = pd.DataFrame(
        {
            "niveau": kolom(aantal, [b.rijen.niveaus for b in blokken]),
            "gemeente": kolom(aantal, [b.rijen.namen for b in blokken]),
            "periode": pd.Categorical(np.tile(np.array(perioden), per_rij)),
            "grootheid": kolom(aantal, grootheid),
            "eenheid": kolom(aantal, eenheid),
            "betaler": kolom(aantal, betaler),
        }
    )
    for naam in blokken[0].cijfers:
        tabel[naam] = np.concatenate([b.cijfers[naam].ravel() for b in blokken])
    tabel["niveau"] = tabel["niveau"].cat.set_categories(list(NIVEAUS), ordered=True)
    return tabel.sort_values("niveau", kind="stable", ignore_index=True)


def vat_samen(
    scenario: Kladblok, referentie: Kladblok, rijen: Indeling, perioden: Sequence[str]
) -> pd.DataFrame:
    """Tidy table of a scenario: its level and, draw by draw, its difference with the reference.

    Returns
    -------
    DataFrame with columns niveau, gemeente, periode, grootheid, eenheid, betaler, midden, laag,
    hoog, verschil_midden, verschil_laag, verschil_hoog, richting_onzeker
    """
    blokken = [blok(sleutel, scenario, referentie, rijen) for sleutel in SLEUTELS]
    return als_tabel(blokken, perioden)
