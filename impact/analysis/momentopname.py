"""Snapshots of the parameters folder: what a stored result was computed with.

A result names the key of its parameters. The snapshot with that key holds the files themselves, so
that an older run can be laid beside a newer one.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from impact.analysis.opslag import LEESBAAR, resultatenmap
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.registry.problemen import RegisterFout

MAP = "parameters"
EXTENSIES = (".yaml", ".csv", ".json")
LENGTE = 20
"""Characters of a key that name a file or folder."""
OUDSTE_TIJD = (1980, 1, 1, 0, 0, 0)
"""Same time for every file in a zip, so that the same files give the same bytes."""


class MomentopnameFout(ValueError):
    """A snapshot is missing or cannot be read; the text says which."""


def momentopname(register: Register, parametersleutel: str) -> Path:
    """Path of the snapshot with a key, whether it exists or not."""
    return resultatenmap(register) / MAP / f"{parametersleutel[:LENGTE]}.zip"


def inpakken(map_: Path) -> bytes:
    """Zip of all parameter files of a folder; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archief:
        for pad in sorted(map_.rglob("*")):
            naam = pad.relative_to(map_)
            verborgen = any(deel.startswith(".") for deel in naam.parts)
            if pad.suffix in EXTENSIES and not verborgen and pad.is_file():
                bestand = zipfile.ZipInfo(naam.as_posix(), OUDSTE_TIJD)
                bestand.compress_type = zipfile.ZIP_DEFLATED
                archief.writestr(bestand, pad.read_bytes())
    return buffer.getvalue()


@contextmanager
def uitgepakt(pad: Path | BinaryIO) -> Iterator[Path]:
    """Folder with the files of a snapshot, for as long as it is used.

    Parameters
    ----------
    pad : the snapshot, or its bytes to read from

    Raises
    ------
    MomentopnameFout
        The snapshot is missing or broken.
    """
    with tempfile.TemporaryDirectory(prefix="impact-") as tijdelijk:
        map_ = Path(tijdelijk) / MAP
        naam = pad.name if isinstance(pad, Path) else MAP
        try:
            with zipfile.ZipFile(pad) as archief:
                archief.extractall(map_)
        except FileNotFoundError:
            raise MomentopnameFout(f"de momentopname {naam} ontbreekt") from None
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError) as fout:
            raise MomentopnameFout(f"de momentopname {naam} is kapot ({fout})") from None
        yield map_


def bewaar_momentopname(register: Register) -> Path | None:
    """Store the parameters folder of a register once per key, whole or not at all.

    Nothing is stored when the files are not what the register holds: it was changed in memory, or
    somebody saved a file since it was loaded.

    Returns
    -------
    The snapshot, or None.
    """
    sleutel = register.inhoudssleutel()
    doel = momentopname(register, sleutel)
    if doel.is_file():
        return doel
    doel.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bezig-", dir=doel.parent) as map_:
        tijdelijk = Path(map_) / doel.name
        tijdelijk.write_bytes(inpakken(register.map))
        if _sleutel_van(tijdelijk) != sleutel:
            return None
        tijdelijk.chmod(LEESBAAR & 0o666)
        tijdelijk.replace(doel)
    return doel


def _sleutel_van(pad: Path) -> str | None:
    """Key of the parameters in a zip; None when they cannot be loaded."""
    try:
        with uitgepakt(pad) as map_:
            return laad_register(map_, parameters_model=PARAMETEREENHEDEN).inhoudssleutel()
    except (MomentopnameFout, RegisterFout):
        return None
