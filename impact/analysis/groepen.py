"""Groups of municipalities: country, province, size class, network, urbanity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

STEDELIJKHEID = {
    1: "zeer sterk stedelijk",
    2: "sterk stedelijk",
    3: "matig stedelijk",
    4: "weinig stedelijk",
    5: "niet stedelijk",
}
NIVEAUS = ("gemeente", "nationaal", "provincie", "grootteklasse", "netwerk", "stedelijkheid")


@dataclass(frozen=True)
class Groepen:
    """Members of every group of one level.

    Attributes
    ----------
    niveau : name of the level
    namen : names of the groups
    leden : array [groep, gemeente], 1 for members
    """

    niveau: str
    namen: tuple[str, ...]
    leden: NDArray[np.float64]


def groepen(gemeenten: pd.DataFrame) -> list[Groepen]:
    """All levels, from single municipalities to the country.

    Parameters
    ----------
    gemeenten : table of the register, one row per municipality
    """
    kolommen = {
        "nationaal": pd.Series("NL", index=gemeenten.index),
        "provincie": gemeenten["provincie"],
        "grootteklasse": gemeenten["grootteklasse"],
        "netwerk": gemeenten["netwerk"],
        "stedelijkheid": gemeenten["stedelijkheid_2024"].map(STEDELIJKHEID),
    }
    codes = tuple(gemeenten.index)
    resultaat = [Groepen("gemeente", codes, np.eye(len(codes)))]
    for niveau, kolom in kolommen.items():
        namen = tuple(sorted(kolom.unique()))
        leden = np.stack([(kolom == naam).to_numpy(dtype=float) for naam in namen])
        resultaat.append(Groepen(niveau, namen, leden))
    return resultaat
