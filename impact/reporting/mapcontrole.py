"""Hold a folder of reports against its manifest: what is missing, changed or extra."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from impact.reporting.uitvoermanifest import MANIFEST, lees_journaal, lees_manifest, vingerafdruk


@dataclass(frozen=True)
class Controle:
    """What is other than the manifest says; paths from the folder.

    Attributes
    ----------
    aantal : files that the manifest names
    ontbreekt, gewijzigd, extra : files that are gone, that have other bytes, that it does not name
    afgebroken : a batch was cut off; its last reports are not in the manifest yet
    """

    aantal: int
    ontbreekt: list[str]
    gewijzigd: list[str]
    extra: list[str]
    afgebroken: bool

    @property
    def in_orde(self) -> bool:
        """Whether the folder is exactly what was made."""
        return not (self.ontbreekt or self.gewijzigd or self.extra or self.afgebroken)


def controleer_map(map_: Path) -> Controle:
    """Compare all files of a folder with its manifest; needs no network and no parameters.

    Raises
    ------
    impact.reporting.uitvoermanifest.ManifestFout
        The manifest is missing or broken.
    """
    verwacht = lees_manifest(map_).bestanden
    gevonden = {naam: vingerafdruk(map_ / naam) for naam in sorted(verwacht)}
    aanwezig = {
        pad.relative_to(map_).as_posix()
        for pad in map_.rglob("*")
        if pad.is_file() and not pad.name.startswith(".")
    }
    return Controle(
        aantal=len(verwacht),
        ontbreekt=[naam for naam, som in gevonden.items() if not som],
        gewijzigd=[naam for naam, som in gevonden.items() if som and som != verwacht[naam]],
        extra=sorted(aanwezig - verwacht.keys() - {MANIFEST}),
        afgebroken=bool(lees_journaal(map_)[1]),
    )
