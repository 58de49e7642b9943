"""A batch whose reports cost nothing, to be killed while it writes: python -m ... MAP AANTAL."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from impact.reporting import batch
from impact.reporting.batchmap import open_batchmap
from impact.reporting.opdrachten import Opbrengst, Opdracht, Uitslag
from impact.reporting.rapport import lees_register
from impact.reporting.rapportsleutel import Gegevens

GROOT = 40_000


def nep_opdrachten(map_: Path, aantal: int, scenario: str = "geldend_recht") -> list[Opdracht]:
    """Sheets of the first municipalities."""
    codes = list(lees_register().gemeenten.index)[:aantal]
    vast: dict[str, str | int] = {"scenario": scenario, "trekkingen": 4}
    return [
        Opdracht(
            "gemeenteblad", {**vast, "gemeente": c}, map_ / scenario / "gemeenten" / f"{c}.html"
        )
        for c in codes
    ]


def nep_maak(opdracht: Opdracht, motor: str = "impact") -> Opbrengst:
    """Bytes that follow from the task and nothing else."""
    if opdracht.parameters.get("gemeente") == os.environ.get("NEP_FOUT"):
        return Opbrengst({}, "cel 3: KeyError: 'x'", b"{}", 0.1)
    naam = opdracht.doel.stem
    inhoud = f"{opdracht.naam}\n".encode() * (GROOT // len(opdracht.naam))
    return Opbrengst({f"{naam}.html": inhoud, f"{naam}.xlsx": inhoud[::-1]}, "", None, 0.1)


def nep_gegevens(*_: object) -> Gegevens:
    """Nothing stored."""
    return Gegevens((), "")


def draai(map_: Path, aantal: int, sleutel: str = "") -> list[Uitslag]:
    """Make a batch of sheets that cost nothing."""
    lijst = nep_opdrachten(map_, aantal)
    with pytest.MonkeyPatch.context() as nep, ThreadPoolExecutor(2) as werkers:
        nep.setattr(batch, "maak", nep_maak)
        nep.setattr(batch, "gegevens_van", lambda *_: Gegevens((), sleutel))
        with open_batchmap(map_) as in_map:
            uitslagen = batch.maak_alle(in_map, lees_register(), lijst, werkers)
            in_map.sluit()
    return uitslagen


if __name__ == "__main__":
    print("begin", flush=True)
    draai(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
