"""``impact vergelijk``: what others published beside our own figures."""

from __future__ import annotations

from pathlib import Path

import click

from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.analysis.vergelijking import (
    TREKKINGEN,
    VERGELEKEN,
    ZONDER,
    bereken_vergelijking,
    eis_uitleg,
)
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import register
from impact.reporting.vergelijking import (
    LOS,
    VAST,
    bevindingen,
    regeltekst,
    vergelijking_bladen,
    vergelijkingsfiguur,
    volgorde,
)


@click.command()
@click.option("--scenario", help="Alleen cijfers over dit scenario en zijn referentie.")
@opties(TREKKINGEN)
def vergelijk(
    scenario: str | None, trekkingen: int, zaad: int, map_: Path | None, cluster: str
) -> None:
    """Zet cijfers van anderen naast die van het model.

    Een cijfer dat ver van dat van een ander ligt, heeft een uitleg nodig. Ontbreekt die, dan zegt
    de opdracht dat na het schrijven van de tabel.

    Voorbeeld: impact vergelijk --scenario verbod_voorrang
    """
    geladen = register()
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_vergelijking(geladen, scenario, instelling, werkers)
    cijfers = analyse.tabel(VERGELEKEN)
    toon(analyse)
    bladen = vergelijking_bladen(analyse)
    if bladen:
        figuren = [vergelijkingsfiguur(analyse)] if len(cijfers) else []
        schrijf(doelmap(geladen, map_, scenario or ""), "vergelijking", bladen, figuren)
    eis_uitleg(cijfers)


def toon(analyse: Analyse) -> None:
    """Print the comparisons one by one, then what they say."""
    cijfers, zonder = analyse.tabel(VERGELEKEN), analyse.tabel(ZONDER)
    if len(cijfers):
        los = volgorde(cijfers)
        for gebruikt, kop in ((False, LOS), (True, VAST)):
            deel = los[los["gebruikt_in_model"] == gebruikt]
            if len(deel):
                click.echo(f"{kop}:")
            for rij in deel.to_dict("records"):
                click.echo(f"  {regeltekst(rij)}")
        click.echo()
    for regel in bevindingen(analyse):
        click.echo(f"- {regel}")
    if len(zonder):
        click.echo(f"- {len(zonder)} cijfers van anderen zijn niet te vergelijken; zie de tabel.")
