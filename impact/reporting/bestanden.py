"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

BEZIG = ".bezig-"
"""Begin of the name of a file that is being written."""


def schrijf_heel(pad: Path, inhoud: str | bytes) -> None:
    """Write a file whole or not at all; text is UTF-8 with plain line ends."""
    schrijf_samen(pad.parent, {pad.name: inhoud})


def schrijf_samen(map_: Path, bestanden: Mapping[str, str | bytes]) -> None:
    """Write files of one folder, each whole or not at all; none takes its name before all are safe.

    What has its name is on the disk, also when the power fails the moment after.
    """
    map_.mkdir(parents=True, exist_ok=True)
    klaar: dict[str, Path] = {}
    try:
        for naam, inhoud in bestanden.items():
            klaar[naam] = _schrijf_naast(map_, inhoud)
        for naam, tijdelijk in klaar.items():
            tijdelijk.replace(map_ / naam)
        bevestig(map_)
    finally:
        for tijdelijk in klaar.values():
            tijdelijk.unlink(missing_ok=True)


def _schrijf_naast(map_: Path, inhoud: str | bytes) -> Path:
    """Write to a file with a name of its own; nothing is left when it does not fit."""
    ruw = inhoud.encode("utf-8") if isinstance(inhoud, str) else inhoud
    greep, naam = tempfile.mkstemp(prefix=BEZIG, dir=map_)
    try:
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(ruw)
            bestand.flush()
            os.fsync(bestand.fileno())
        Path(naam).chmod(0o644)
    except BaseException:
        Path(naam).unlink(missing_ok=True)
        raise
    return Path(naam)


def bevestig(map_: Path) -> None:
    """Make sure that the names in a folder are on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    greep = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(greep)
    finally:
        os.close(greep)


def ruim_op(map_: Path) -> int:
    """Remove what a killed run left behind; return how many files that were."""
    resten = [pad for pad in map_.rglob(f"{BEZIG}*") if pad.is_file()]
    for pad in resten:
        pad.unlink(missing_ok=True)
    return len(resten)
