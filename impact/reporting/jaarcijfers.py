"""Figures of a year for many municipalities at once."""

from __future__ import annotations

import pandas as pd

from impact.model.grootheden import GROOTHEDEN

SLEUTELS = ["gemeente", "grootheid", "betaler", "jaar"]


def per_jaar(cijfers: pd.DataFrame) -> pd.DataFrame:
    """Half-years to years: a stock at the end of the year, a flow or cost added up.

    The band of a year is the sum of the bands of its halves, as in `Rapport.cijfer`.

    Parameters
    ----------
    cijfers : columns gemeente, periode, grootheid, betaler, richting_onzeker and figures

    Returns
    -------
    One row per gemeente, grootheid, betaler and jaar that has both halves, in the order of the
    rows given; richting_onzeker when it holds for a half.
    """
    voorraad = {naam for naam, g in GROOTHEDEN.items() if g.soort == "voorraad"}
    helft = cijfers["periode"].str[5:]
    rijen = cijfers.assign(jaar=cijfers["periode"].str[:4].astype(int))
    beide = rijen.groupby("jaar")["periode"].nunique()
    rijen = rijen[rijen["jaar"].isin(beide.index[beide == 2])]
    rijen = rijen[(helft == "II") | ~rijen["grootheid"].isin(voorraad)]
    rijen = rijen.drop(columns="periode")
    return rijen.groupby(SLEUTELS, sort=False, observed=True).agg(_samen(rijen)).reset_index()


def _samen(rijen: pd.DataFrame) -> dict[str, str]:
    return {
        kolom: "max" if kolom == "richting_onzeker" else "sum"
        for kolom in rijen.columns
        if kolom not in SLEUTELS
    }
