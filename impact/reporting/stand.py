"""All figures of a result at one level, laid out so that one of them is found at once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from impact.analysis.opslag import Resultaat

GROEP = ["gemeente", "grootheid", "betaler"]
SLEUTELS = [*GROEP, "periode"]
ROL = {"met": "", "verschil": "verschil_", "zonder": "zonder_"}
KANTEN = ("midden", "laag", "hoog")

Waarden = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Stand:
    """All figures of one level, so that one figure out of thousands is found at once.

    Kept small: every report is made in a copy of the process that holds it.

    Attributes
    ----------
    plaatsen : rows per gemeente, grootheid and betaler
    perioden : half-year of every row
    waarden : array [rij, rol, kant] in the order of `ROL` and `KANTEN`
    onzeker : whether the direction of the difference is unsure, per row
    """

    plaatsen: dict[tuple[str, str, str], slice]
    perioden: list[str]
    waarden: Waarden
    onzeker: np.ndarray[Any, np.dtype[np.bool_]]

    def tabel(self) -> pd.DataFrame:
        """All rows, with all columns."""
        lengtes = [plaats.stop - plaats.start for plaats in self.plaatsen.values()]
        van_wie = pd.DataFrame(list(self.plaatsen), columns=GROEP)
        return self._rijen(van_wie.loc[np.repeat(van_wie.index, lengtes)], slice(None))

    def rijen(self, sleutel: tuple[str, str, str]) -> pd.DataFrame:
        """Rows of one figure, with all columns."""
        plaats = self.plaatsen[sleutel]
        van_wie = pd.DataFrame([sleutel] * (plaats.stop - plaats.start), columns=GROEP)
        return self._rijen(van_wie, plaats)

    def _rijen(self, van_wie: pd.DataFrame, plaats: slice) -> pd.DataFrame:
        kanten = {
            f"{voor}{kant}": self.waarden[plaats, rol, nummer]
            for rol, voor in enumerate(ROL.values())
            for nummer, kant in enumerate(KANTEN)
        }
        return van_wie.reset_index(drop=True).assign(
            periode=self.perioden[plaats], **kanten, richting_onzeker=self.onzeker[plaats]
        )


@functools.lru_cache(maxsize=12)
def lees_stand(map_: str, referentiemap: str | None, niveau: str) -> Stand:
    """Read one level of a result.

    Parameters
    ----------
    map_, referentiemap : folders of the result, and of its reference where they can be compared
    niveau : as in `Resultaat.tabel`
    """
    tabel = _tabel(map_, referentiemap, niveau)
    groepen = tabel[GROEP]
    grenzen = np.flatnonzero((groepen != groepen.shift()).any(axis=1)).tolist()
    eerste = zip(*(_zonder_dubbele(groepen[naam].iloc[grenzen]) for naam in GROEP), strict=True)
    kolommen = [f"{voor}{kant}" for voor in ROL.values() for kant in KANTEN]
    return Stand(
        plaatsen={
            sleutel: slice(begin, eind)
            for sleutel, begin, eind in zip(
                eerste, grenzen, [*grenzen[1:], len(tabel)], strict=True
            )
        },
        perioden=_zonder_dubbele(tabel["periode"]),
        waarden=tabel[kolommen].to_numpy(float).reshape(len(tabel), len(ROL), len(KANTEN)),
        onzeker=tabel["richting_onzeker"].to_numpy(bool),
    )


def _zonder_dubbele(reeks: pd.Series) -> list[str]:
    """Words of a column; the same word is the same object."""
    nummers, woorden = pd.factorize(reeks)
    lijst = [str(woord) for woord in woorden]
    return [lijst[nummer] for nummer in nummers]


def _tabel(map_: str, referentiemap: str | None, niveau: str) -> pd.DataFrame:
    """Level, difference and reference of one level beside each other.

    The middle of the reference is the middle of the scenario minus the difference, so that the
    three always add up; its band is read from the stored result of the reference. Without one (a
    reference, or a scenario with a context of its own) the reference is shown without a band.
    """
    resultaat = Resultaat(Path(map_))
    kanten = list(KANTEN)
    tabel = resultaat.tabel(niveau).set_index(SLEUTELS)[kanten]
    verschil = resultaat.verschil(niveau).set_index(SLEUTELS)
    for kant in kanten:
        tabel[f"verschil_{kant}"] = verschil[kant]
    tabel["richting_onzeker"] = verschil["richting_onzeker"]
    tabel["zonder_midden"] = tabel["midden"] - tabel["verschil_midden"]
    tabel["zonder_laag"] = tabel["zonder_hoog"] = tabel["zonder_midden"]
    if referentiemap is not None:
        basis = Resultaat(Path(referentiemap)).tabel(niveau).set_index(SLEUTELS)
        tabel["zonder_laag"], tabel["zonder_hoog"] = basis["laag"], basis["hoog"]
    return tabel.reset_index().set_index(GROEP).sort_index(kind="stable").reset_index()
