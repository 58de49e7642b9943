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
class Indeling:
    """All rows of a table: every municipality, then every group of every level.

    Attributes
    ----------
    niveaus, namen : level and name of each row
    leden : array [groep, gemeente], 1 for members; the municipalities themselves are not in it
    """

    niveaus: tuple[str, ...]
    namen: tuple[str, ...]
    leden: NDArray[np.float64]

    @property
    def landelijk(self) -> Indeling:
        """Only the row of the country, for a quantity without municipalities."""
        return Indeling(("nationaal",), ("NL",), np.empty((0, 1)))

    def alle(self, trekkingen: NDArray[np.floating]) -> NDArray[np.floating]:
        """Put the sums of the groups behind the municipalities, draw by draw.

        Parameters
        ----------
        trekkingen : array [trekking, gemeente, periode]

        Returns
        -------
        array [trekking, rij, periode]
        """
        if not len(self.leden):
            return trekkingen
        return np.concatenate([trekkingen, self.leden @ trekkingen], axis=1)


def indeling(gemeenten: pd.DataFrame) -> Indeling:
    """Rows of the tables of a result.

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
    niveaus, namen = ["gemeente"] * len(gemeenten), [str(code) for code in gemeenten.index]
    leden = []
    for niveau, kolom in kolommen.items():
        for naam in sorted(kolom.unique()):
            niveaus.append(niveau)
            namen.append(str(naam))
            leden.append((kolom == naam).to_numpy(dtype=float))
    return Indeling(tuple(niveaus), tuple(namen), np.stack(leden))
