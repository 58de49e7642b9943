"""The folder in which one batch works: its lock, its manifest, and what the disk refuses."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import filelock

from impact.analysis.opslag import Instelling
from impact.reporting.bestanden import ruim_op, schrijf_samen
from impact.reporting.bijlage import bijlagen_van
from impact.reporting.opdrachten import Opdracht
from impact.reporting.rapportsleutel import versies
from impact.reporting.uitvoeren import MISLUKT
from impact.reporting.uitvoermanifest import (
    Manifest,
    ManifestFout,
    Regel,
    begin_journaal,
    lees_journaal,
    lees_manifest,
    schrijf_manifest,
    schrijf_regel,
    sluit_journaal,
    vingerafdruk,
)

SLOT = ".impact-slot"
REDENEN = {
    errno.ENOSPC: "de schijf is vol. Maak ruimte",
    errno.EDQUOT: "uw schijfruimte is op. Maak ruimte",
    errno.EROFS: "de schijf is alleen-lezen. Kies een andere --map",
    errno.EACCES: "u mag hier niet schrijven. Kies een andere --map",
    errno.EPERM: "u mag hier niet schrijven. Kies een andere --map",
    errno.ENOENT: "de map is verdwenen. Kijk waar zij is gebleven",
}
"""What an analyst can do about a disk that refuses."""


class BatchFout(Exception):
    """A batch cannot begin or go on; what was made stays, and the text says what helps."""


class Batchmap:
    """A folder of reports while a batch works in it.

    Parameters
    ----------
    map_ : the folder, locked by `open_batchmap`
    manifest : what lies in it
    """

    def __init__(self, map_: Path, manifest: Manifest) -> None:
        self.map, self.manifest = map_, manifest
        self._kenmerk = _kenmerk(map_)

    def naam(self, pad: Path) -> str:
        """Path from the folder, as the manifest writes it."""
        return pad.relative_to(self.map).as_posix()

    def is_actueel(self, opdracht: Opdracht, sleutel: str) -> bool:
        """Whether a report was made from the same, and all its files are as they were written."""
        regel = self.manifest.rapporten.get(self.naam(opdracht.doel))
        if regel is None or regel.sleutel != sleutel:
            return False
        return all(vingerafdruk(self.map / p) == som for p, som in regel.bestanden.items())

    def begin(self, peildatum: str) -> None:
        """Begin the journal of a batch, with what earlier batches made already safe."""
        self.manifest.peildatum, self.manifest.versies = peildatum, versies()
        schrijf_manifest(self.map, self.manifest)
        begin_journaal(self.map, peildatum)

    def bewaar(
        self, opdracht: Opdracht, sleutel: str, bestanden: Mapping[str, bytes], seconden: float
    ) -> None:
        """Write the files of a report and its line in the journal; old files beside it go.

        Raises
        ------
        OSError
            The disk refuses.
        BatchFout
            The folder is another one than at the begin.
        """
        self._controleer()
        doel = opdracht.doel
        oud = [pad for pad in bijlagen_van(doel) if pad.name not in bestanden]
        schrijf_samen(doel.parent, bestanden)
        for pad in [*oud, doel.with_name(doel.stem + MISLUKT)]:
            pad.unlink(missing_ok=True)
        sommen = {self.naam(doel.parent / n): vingerafdruk(doel.parent / n) for n in bestanden}
        keuze = dict(opdracht.parameters)
        regel = Regel(
            sleutel, opdracht.notebook, keuze, Instelling().zaad, sommen, round(seconden, 2)
        )
        self.manifest.rapporten[self.naam(doel)] = regel
        schrijf_regel(self.map, self.naam(doel), regel)

    def bewaar_mislukt(self, opdracht: Opdracht, notebook: bytes) -> Path:
        """Keep a notebook as far as it came, beside the report that was not made."""
        self._controleer()
        doel = opdracht.doel
        schrijf_samen(doel.parent, {doel.stem + MISLUKT: notebook})
        return doel.with_name(doel.stem + MISLUKT)

    def sluit(self, *overig: Path) -> None:
        """Put the journal into the manifest, with files that belong to no report."""
        self._controleer()
        self.manifest.overig |= {self.naam(pad): vingerafdruk(pad) for pad in overig}
        schrijf_manifest(self.map, self.manifest)
        sluit_journaal(self.map)

    def _controleer(self) -> None:
        if _kenmerk(self.map) != self._kenmerk:
            raise BatchFout(f"{self.map}: {REDENEN[errno.ENOENT]}; er is niets geschreven.")


def _kenmerk(map_: Path) -> tuple[int, int] | None:
    try:
        stand = map_.stat()
    except OSError:
        return None
    return stand.st_dev, stand.st_ino


def in_woorden(fout: OSError, map_: Path) -> str:
    """Say what a disk refused and what helps."""
    reden = REDENEN.get(fout.errno or 0, fout.strerror or str(fout))
    return (
        f"{map_}: {reden}, en geef dezelfde opdracht nog eens. "
        "Wat al klaar was, is heel en wordt niet opnieuw gemaakt."
    )


@contextmanager
def schijffouten(map_: Path) -> Iterator[None]:
    """Turn what a disk refuses into a message.

    Raises
    ------
    BatchFout
        Instead of OSError.
    """
    try:
        yield
    except OSError as fout:
        raise BatchFout(in_woorden(fout, map_)) from fout


@contextmanager
def open_batchmap(map_: Path) -> Iterator[Batchmap]:
    """Lock a folder for one batch, remove what a killed one left, and read what lies in it.

    A lock of a process that is gone is no obstacle: the system has let go of it.

    Raises
    ------
    BatchFout
        Another batch works there, or the folder cannot be written.
    """
    map_ = map_.absolute()
    with schijffouten(map_):
        map_.mkdir(parents=True, exist_ok=True)
        slot = filelock.FileLock(map_ / SLOT)
        try:
            slot.acquire(timeout=0)
        except filelock.Timeout:
            raise BatchFout(
                f"in {map_} is al een batch bezig. Wacht tot die klaar is, of kies een andere --map"
            ) from None
    try:
        with schijffouten(map_):
            ruim_op(map_)
            map_met_manifest = Batchmap(map_, _lees(map_))
        yield map_met_manifest
    finally:
        slot.release()


def _lees(map_: Path) -> Manifest:
    """Manifest with the journal of a batch that was cut off; empty when it cannot be read."""
    try:
        manifest = lees_manifest(map_)
    except ManifestFout:
        manifest = Manifest()
    manifest.rapporten |= lees_journaal(map_)[1]
    return manifest


def dag_van_afgebroken(map_: Path) -> str:
    """Day of a batch that was cut off in a folder; empty when none was."""
    return lees_journaal(map_)[0]
