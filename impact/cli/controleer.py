"""``impact controleer``: is a folder of reports still as it was made."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from impact.reporting.getallen import geheel
from impact.reporting.mapcontrole import Controle, controleer_map

VERSCHIL = 1


@click.command()
@click.argument(
    "map_", metavar="MAP", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def controleer(map_: Path) -> None:
    """Vergelijk een map met rapporten met haar manifest; werkt zonder internet.

    Toont welke bestanden ontbreken, zijn gewijzigd of er niet bij horen. De afsluitcode is 1 als er
    verschil is.

    Voorbeeld: impact controleer reports/uitvoer
    """
    uitkomst = controleer_map(map_)
    toon(uitkomst)
    if not uitkomst.in_orde:
        sys.exit(VERSCHIL)


def toon(uitkomst: Controle) -> None:
    """Print the differences, or that there are none."""
    if uitkomst.in_orde:
        click.echo(f"In orde: alle {geheel(uitkomst.aantal)} bestanden zijn nog zoals gemaakt.")
    for kop, namen in {
        "Ontbreekt": uitkomst.ontbreekt,
        "Gewijzigd": uitkomst.gewijzigd,
        "Hoort er niet bij": uitkomst.extra,
    }.items():
        if namen:
            click.echo(f"{kop}: {len(namen)}")
        for naam in namen:
            click.echo(f"  {naam}")
    if uitkomst.afgebroken:
        click.echo("De laatste batch is afgebroken. Geef de opdracht nog eens, dan gaat hij door.")
