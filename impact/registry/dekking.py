"""Coverage: how many values there are, by quality and kind of source, and how many are stale."""

from __future__ import annotations

import pandas as pd

from impact.registry.aannamelijst import aannamelijst
from impact.registry.laden import Register

KWALITEITEN = ("groen", "oranje", "rood")


def dekkingstabel(register: Register) -> pd.DataFrame:
    """Count the values of assumptions, measures and history.

    Returns
    -------
    DataFrame with the kind of source as index, a column per quality, ``totaal`` and
    ``verouderd``; the last row has the sums
    """
    lijst = aannamelijst(register)
    soort = lijst["bron"].map({naam: bron.soort for naam, bron in register.bronnen.items()})
    tabel = pd.crosstab(soort, lijst["kwaliteit"]).reindex(columns=list(KWALITEITEN), fill_value=0)
    tabel["totaal"] = tabel.sum(axis=1)
    tabel["verouderd"] = lijst["verouderd"].groupby(soort).sum().astype(int)
    tabel = tabel.sort_values("totaal", ascending=False)
    tabel.loc["totaal"] = tabel.sum()
    tabel.index.name, tabel.columns.name = "soort bron", None
    return tabel
