"""``impact nieuw``: templates of files that an analyst fills in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import click

from impact.registry.controle import SCENARIONAAM
from impact.registry.plaats import MAPNAAM, vind_map
from impact.registry.problemen import kort
from impact.reporting.bestanden import schrijf_heel

SJABLONEN = ".sjablonen"
BESTANDEN = {"wetten": "wet", "uitvoering": "uitvoering", "scenarios": "scenario"}
"""Folder of a new file, and the template for it."""
INVULWOORD = "NAAM"
LANGSTE_NAAM = 80


class NieuwFout(ValueError):
    """A template cannot be written; the text says why, and what can be done."""


@click.group()
def nieuw() -> None:
    """Maak een sjabloon om in te vullen.

    Voorbeeld: impact nieuw wet hospitaverhuur
    """


@nieuw.command()
@click.argument("naam")
def wet(naam: str) -> None:
    """Maak de bestanden van een nieuwe wet, met uitleg bij elke regel.

    Er komen drie bestanden: de wet, wat de uitvoering vraagt, en een scenario.

    Voorbeeld: impact nieuw wet hospitaverhuur
    """
    map_ = vind_map()
    geschreven = schrijf_wet(map_, naam)
    click.echo("Geschreven:")
    for pad in geschreven:
        click.echo(f"  {MAPNAAM}/{pad.relative_to(map_).as_posix()}")
    click.echo("\nVul elke TODO in en geef daarna:")
    for opdracht in ("check", f"run {naam}", f"rapport --scenario {naam}"):
        click.echo(f"  impact {opdracht}")


def schrijf_wet(map_: Path, naam: str) -> list[Path]:
    """Write the template of a law, of its execution and of its scenario; all of them or none.

    Parameters
    ----------
    map_ : folder with parameters
    naam : name of the law, of its scenario and of the files

    Raises
    ------
    NieuwFout
        The name cannot be a name, something has it already, or a template is missing.
    """
    _keur_naam(map_, naam)
    inhoud = {
        map_ / folder / f"{naam}.yaml": _sjabloon(map_, soort).replace(INVULWOORD, naam)
        for folder, soort in BESTANDEN.items()
    }
    for pad, tekst in inhoud.items():
        schrijf_heel(pad, tekst)
    return list(inhoud)


def _keur_naam(map_: Path, naam: str) -> None:
    if not SCENARIONAAM.fullmatch(naam):
        voorstel = nette_naam(naam)
        hulp = f"\n  bedoelde u '{voorstel}'?" if voorstel else ""
        raise NieuwFout(
            f"'{kort(naam)}' kan geen naam van een wet zijn; gebruik kleine letters, cijfers en _, "
            f"en begin met een letter of cijfer{hulp}"
        )
    bezet = [
        f"{MAPNAAM}/{folder}/{naam}.yaml"
        for folder in BESTANDEN
        if (map_ / folder / f"{naam}.yaml").exists()
    ]
    if bezet:
        raise NieuwFout(
            f"'{naam}' bestaat al: {', '.join(bezet)}. Er is niets geschreven.\n"
            f"  kies een andere naam, zoals '{_vrije_naam(map_, naam)}'"
        )


def nette_naam(tekst: str) -> str:
    """Nearest name that can be used: lower case, without accents, words joined by ``_``."""
    kaal = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", kaal).strip("_")[:LANGSTE_NAAM].rstrip("_")


def _vrije_naam(map_: Path, naam: str) -> str:
    nummer = 2
    while any((map_ / folder / f"{naam}_{nummer}.yaml").exists() for folder in BESTANDEN):
        nummer += 1
    return f"{naam}_{nummer}"


def _sjabloon(map_: Path, soort: str) -> str:
    pad = map_ / SJABLONEN / f"{soort}.yaml"
    if not pad.is_file():
        raise NieuwFout(
            f"het sjabloon {MAPNAAM}/{SJABLONEN}/{soort}.yaml ontbreekt; zet het terug met git"
        )
    return pad.read_text(encoding="utf-8")
