"""From draws to a tidy table: middle draw, 5% and 95% points, level and difference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from impact.analysis.groepen import Groepen
from impact.analysis.kladblok import Kladblok
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.reeksen import Reeks

Midden = dict[Sleutel, Reeks]
"""The middle draw in full precision, array [gemeente or 1, periode] per quantity."""


def banden(trekkingen: NDArray[np.floating]) -> tuple[Reeks, Reeks]:
    """Return the 5% and 95% points over the draws; the middle draw (row 0) is left out.

    Parameters
    ----------
    trekkingen : array [trekking, groep, periode]

    Returns
    -------
    laag, hoog : arrays [groep, periode]
    """
    rest = trekkingen[1:] if len(trekkingen) > 1 else trekkingen
    per_cel = np.ascontiguousarray(rest.reshape(len(rest), -1).T)
    laag, hoog = np.quantile(per_cel, [LAAGSTE, HOOGSTE], axis=1, overwrite_input=True)
    vorm = trekkingen.shape[1:]
    return laag.reshape(vorm), hoog.reshape(vorm)


def per_groep(trekkingen: NDArray[np.floating], groep: Groepen) -> NDArray[np.floating]:
    """Add up municipalities per group, draw by draw."""
    if groep.niveau == "gemeente":
        return trekkingen
    delen = [trekkingen[:, rij > 0].sum(axis=1, dtype=np.float64) for rij in groep.leden]
    return np.stack(delen, axis=1)


def som(midden: Reeks, groep: Groepen) -> Reeks:
    """Add up the middle draw per group, array [groep, periode]."""
    return np.asarray(per_groep(midden[np.newaxis], groep)[0])


def statistiek(trekkingen: NDArray[np.floating], midden: Reeks) -> dict[str, Reeks]:
    """Middle, low and high of one quantity for the groups of one level."""
    if not trekkingen.any() and not midden.any():
        nul = np.zeros(midden.shape)
        return {"midden": nul, "laag": nul, "hoog": nul}
    laag, hoog = banden(trekkingen)
    return {"midden": midden, "laag": laag, "hoog": hoog}


def kolommen(
    sleutel: Sleutel,
    groep: Groepen,
    perioden: Sequence[str],
    niveau_: dict[str, Reeks],
    verschil: dict[str, Reeks],
) -> pd.DataFrame:
    """Rows of the tidy table for one quantity and one level."""
    naam, betaler = sleutel
    aantal = len(groep.namen) * len(perioden)
    onzeker = (verschil["laag"] < 0) & (verschil["hoog"] > 0)
    return pd.DataFrame(
        {
            "niveau": np.full(aantal, groep.niveau),
            "gemeente": np.repeat(np.array(groep.namen), len(perioden)),
            "periode": np.tile(np.array(perioden), len(groep.namen)),
            "grootheid": np.full(aantal, naam),
            "eenheid": np.full(aantal, GROOTHEDEN[naam].eenheid),
            "betaler": np.full(aantal, betaler),
            **{kant: niveau_[kant].ravel() for kant in ("midden", "laag", "hoog")},
            **{f"verschil_{kant}": verschil[kant].ravel() for kant in ("midden", "laag", "hoog")},
            "richting_onzeker": onzeker.ravel(),
        }
    )


def vat_samen(
    scenario: tuple[Kladblok, Midden],
    referentie: tuple[Kladblok, Midden],
    niveaus: Sequence[Groepen],
    perioden: Sequence[str],
) -> pd.DataFrame:
    """Tidy table of a scenario: its level and, draw by draw, its difference with the reference.

    Returns
    -------
    DataFrame with columns niveau, gemeente, periode, grootheid, eenheid, betaler, midden, laag,
    hoog, verschil_midden, verschil_laag, verschil_hoog, richting_onzeker
    """
    tabellen = []
    for sleutel, midden in scenario[1].items():
        eigen, basis = scenario[0].lees(sleutel), referentie[0].lees(sleutel)
        verschil, verschil_midden = eigen - basis, midden - referentie[1][sleutel]
        for groep in niveaus:
            if not GROOTHEDEN[sleutel[0]].gemeentelijk:
                if groep.niveau != "nationaal":
                    continue
                cijfers = statistiek(eigen, midden), statistiek(verschil, verschil_midden)
            else:
                cijfers = (
                    statistiek(per_groep(eigen, groep), som(midden, groep)),
                    statistiek(per_groep(verschil, groep), som(verschil_midden, groep)),
                )
            tabellen.append(kolommen(sleutel, groep, perioden, *cijfers))
    tabel = pd.concat(tabellen, ignore_index=True)
    for kolom in ("niveau", "gemeente", "periode", "grootheid", "eenheid", "betaler"):
        tabel[kolom] = tabel[kolom].astype("category")
    return tabel
