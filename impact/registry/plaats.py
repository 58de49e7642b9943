"""Where the parameters are, and which day it is for them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from impact.registry.problemen import Probleem, RegisterFout

MAPNAAM = "parameters"
OMGEVING = "IMPACT_PARAMETERS"
PEILDATUM = "IMPACT_PEILDATUM"
"""Variable with the day on which values are judged to be stale, when it is not today."""


def peildag() -> date:
    """Day on which values are judged to be stale: IMPACT_PEILDATUM, or today.

    Raises
    ------
    RegisterFout
        The variable holds no date.
    """
    tekst = os.environ.get(PEILDATUM, "")
    try:
        return date.fromisoformat(tekst) if tekst else date.today()
    except ValueError:
        hulp = "schrijf een datum als 2026-11-21"
        raise RegisterFout([Probleem(PEILDATUM, 0, f"'{tekst}' is geen datum", hulp)]) from None


def vind_map(map_: Path | None = None) -> Path:
    """Find the folder with parameters.

    In order: the argument, the variable IMPACT_PARAMETERS, ``parameters`` in the current folder
    or one above it, ``parameters`` beside the package.

    Raises
    ------
    RegisterFout
        There is no such folder.
    """
    if map_ is None and os.environ.get(OMGEVING):
        map_ = Path(os.environ[OMGEVING])
    if map_ is not None:
        if not map_.is_dir():
            raise RegisterFout([Probleem(str(map_), 0, "is geen map met parameters")])
        return map_.resolve()
    hier = Path.cwd().resolve()
    naast_pakket = Path(__file__).resolve().parents[2]
    for ouder in (hier, *hier.parents, naast_pakket):
        if (ouder / MAPNAAM / "bronnen.yaml").is_file():
            return ouder / MAPNAAM
    tekst = f"niet gevonden vanaf {hier}"
    hulp = f"ga naar de map van de werkbank, of zet {OMGEVING}"
    raise RegisterFout([Probleem(MAPNAAM, 0, tekst, hulp)])
