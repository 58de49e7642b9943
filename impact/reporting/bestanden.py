"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def schrijf_heel(pad: Path, inhoud: str | bytes) -> None:
    """Write a file whole or not at all; text is UTF-8 with plain line ends."""
    ruw = inhoud.encode("utf-8") if isinstance(inhoud, str) else inhoud
    pad.parent.mkdir(parents=True, exist_ok=True)
    greep, naam = tempfile.mkstemp(prefix=".bezig-", dir=pad.parent)
    tijdelijk = Path(naam)
    try:
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(ruw)
            bestand.flush()
            os.fsync(bestand.fileno())
        tijdelijk.chmod(0o644)
        tijdelijk.replace(pad)
    finally:
        tijdelijk.unlink(missing_ok=True)
