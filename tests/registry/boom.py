"""A small folder of parameters that is valid, to be broken by the tests."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from impact.registry.gemeenten import MET_LEGE_CELLEN, VOLLEDIG
from impact.registry.laden import Register, laad_register
from impact.registry.problemen import RegisterFout

GEVALLEN = Path(__file__).parent.parent / "gevallen" / "registry"
PEILDATUM = date(2026, 11, 21)
AANTAL = 342
KOLOMMEN = (*VOLLEDIG, *MET_LEGE_CELLEN)
EENHEDEN_MODEL = {
    "mutatiegraad": "aandeel per jaar",
    "aandeel_met_voorrang": "aandeel",
    "kosten_opvang": "euro per plaats per jaar",
    "lvv_plaatsen": "plaatsen",
}


def maak_boom(ouder: Path) -> Path:
    """Write a valid folder of parameters under a temporary folder."""
    boom = ouder / "parameters"
    shutil.copytree(GEVALLEN / "boom", boom)
    (boom / "gemeenten").mkdir(exist_ok=True)
    regels = [",".join(KOLOMMEN), *(gemeente(nummer) for nummer in range(AANTAL))]
    schrijf(boom / "gemeenten" / "gemeenten.csv", "\n".join(regels) + "\n")
    schrijf(boom / "gemeenten" / "hexkaart.json", json.dumps({"cellen": cellen()}))
    schrijf(boom / "gemeenten" / "herkomst.yaml", "".join(map(herkomst, KOLOMMEN)))
    return boom


def schrijf(pad: Path, tekst: str) -> None:
    """Write text as it is, without changing line ends."""
    pad.write_text(tekst, encoding="utf-8", newline="")


def code(nummer: int) -> str:
    """Code of a made-up municipality."""
    return f"GM{1000 + nummer}"


def gemeente(nummer: int) -> str:
    """Row of the municipal figures; number 0 is large, 1 to 4 are network members."""
    inwoners = 1_000_000 if nummer == 0 else 1000 * (nummer + 1)
    rij: dict[str, object] = dict.fromkeys(KOLOMMEN, 0)
    rij |= {
        "gemeentecode": code(nummer),
        "gemeentenaam": f"Plaats {nummer}",
        "provinciecode": "PV20",
        "provincie": "Groningen",
        "stedelijkheid_2024": nummer % 5 + 1,
    }
    rij |= {f"inwoners_{jaar}": inwoners + 10 * (jaar - 2019) for jaar in PEILJAREN}
    for lid, kolom in enumerate(("netwerk_g4", "netwerk_g40", "netwerk_m50", "netwerk_r8")):
        rij[kolom] = int(nummer == lid)
    return ",".join(str(rij[kolom]) for kolom in KOLOMMEN)


PEILJAREN = (2019, 2021, 2023, 2024, 2025)


def cellen() -> list[dict[str, object]]:
    """Cells of the hex map, one per municipality."""
    return [
        {
            "gemeentecode": code(nummer),
            "gemeentenaam": f"Plaats {nummer}",
            "provinciecode": "PV20",
            "kolom": nummer % 20,
            "rij": nummer // 20,
        }
        for nummer in range(AANTAL)
    ]


def herkomst(kolom: str) -> str:
    """Origin of one column, as YAML."""
    return (
        f"{kolom}:\n  omschrijving: Kolom {kolom}.\n  eenheid: zie naam\n  bron: cbs_voorraad\n"
        "  datum: 2024-01-01\n  kwaliteit: groen\n"
    )


def laad(boom: Path) -> Register:
    """Load with the units of the model and a fixed day."""
    return laad_register(boom, PEILDATUM, EENHEDEN_MODEL)


def bericht(boom: Path) -> str:
    """Whole message about a folder; an empty text when there is nothing wrong."""
    try:
        laad(boom)
    except RegisterFout as fout:
        return str(fout)
    return ""


def vervang(pad: Path, oud: str, nieuw: str) -> None:
    """Change a text that occurs in a file; only the first time it occurs."""
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst, f"{oud!r} staat niet in {pad}"
    schrijf(pad, tekst.replace(oud, nieuw, 1))
