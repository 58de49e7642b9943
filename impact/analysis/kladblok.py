"""Scratch file with all draws of a run, so that memory hardly grows with their number."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.reeksen import Reeks

GETAL = np.dtype(np.float32)
BYTES_PER_MEGABYTE = 1_000_000
GEMEENTEN_PER_DEEL = 38
"""Municipalities whose draws are read at once: small enough for memory with thousands of draws."""


class SchijfVol(OSError):
    """There is not enough room on the disk for the draws."""


@dataclass(frozen=True)
class Afmetingen:
    """Size of a run: draws (the middle draw included), municipalities, half-years."""

    trekkingen: int
    gemeenten: int
    perioden: int


class Kladblok:
    """Draws of every quantity in one file.

    Per quantity and part of the municipalities an array [trekking, gemeente, periode].
    """

    def __init__(self, pad: Path, sleutels: Sequence[Sleutel], maat: Afmetingen) -> None:
        self.pad = pad
        self.maat = maat
        self._begin: dict[Sleutel, int] = {}
        lengte = 0
        for sleutel in sleutels:
            self._begin[sleutel] = lengte
            lengte += self._bytes(maat.trekkingen * self._breedte(sleutel))
        self.lengte = lengte

    def _breedte(self, sleutel: Sleutel) -> int:
        return self.maat.gemeenten if GROOTHEDEN[sleutel[0]].gemeentelijk else 1

    def _bytes(self, rijen: int) -> int:
        """Length of some rows: one draw of one municipality each."""
        return rijen * self.maat.perioden * GETAL.itemsize

    def _plaats(self, sleutel: Sleutel, deel: slice, trekking: int) -> int:
        """Place of a draw of a part; all draws of the parts before it come first."""
        eerder = self.maat.trekkingen * deel.start
        return self._begin[sleutel] + self._bytes(eerder + trekking * (deel.stop - deel.start))

    def delen(self, sleutel: Sleutel) -> list[slice]:
        """Parts of the municipalities that are read at once."""
        breed = self._breedte(sleutel)
        eerste = range(0, breed, GEMEENTEN_PER_DEEL)
        return [slice(van, min(van + GEMEENTEN_PER_DEEL, breed)) for van in eerste]

    def __enter__(self) -> Kladblok:
        """Open the file for writing.

        Raises
        ------
        SchijfVol
            The disk has no room for the file.
        """
        vrij = _vrije_ruimte(self.pad.parent)
        if vrij < self.lengte:
            raise SchijfVol(
                f"{self.pad.parent}: er is {self.lengte // BYTES_PER_MEGABYTE} MB nodig voor de "
                f"trekkingen en er is {vrij // BYTES_PER_MEGABYTE} MB vrij; er is niets bewaard."
            )
        self._bestand = self.pad.open("wb")
        return self

    def __exit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._bestand.close()

    def schrijf(self, eerste: int, uitkomst: dict[Sleutel, Reeks]) -> None:
        """Write some draws, beginning with draw number ``eerste``."""
        for sleutel, reeks in uitkomst.items():
            for deel in self.delen(sleutel):
                self._bestand.seek(self._plaats(sleutel, deel, eerste))
                self._bestand.write(reeks[:, deel].astype(GETAL, order="C").data)

    def lees(self, sleutel: Sleutel, deel: slice) -> NDArray[np.float32]:
        """All draws of a part of the municipalities, array [trekking, gemeente or 1, periode]."""
        vorm = (self.maat.trekkingen, deel.stop - deel.start, self.maat.perioden)
        begin = self._plaats(sleutel, deel, 0)
        waarden = np.fromfile(self.pad, dtype=GETAL, count=int(np.prod(vorm)), offset=begin)
        return waarden.reshape(vorm)


def _vrije_ruimte(map_: Path) -> int:
    """Free bytes on the disk of a folder."""
    return shutil.disk_usage(map_).free
