"""``impact gevoeligheid``: which assumptions carry the band of an outcome."""

from __future__ import annotations

from pathlib import Path

import click

from impact.analysis.gevoeligheid import AANTAL, STANDAARD, bereken_gevoeligheid, invloed
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import register
from impact.reporting.gevoeligheid import alle_figuren, bladen
from impact.reporting.gevoeligheidzinnen import uitleg, werkwijze


@click.command()
@click.argument("scenario")
@click.option("--uitkomst", default=STANDAARD, show_default=True, help="Naam van een uitkomst.")
@opties(AANTAL)
def gevoeligheid(
    scenario: str, uitkomst: str, trekkingen: int, zaad: int, map_: Path | None, cluster: str
) -> None:
    """Zoek uit welke aannames de band van een uitkomst dragen.

    Het aantal trekkingen is een macht van 2: 64, 128, 256, 512. Meer trekkingen geven kleinere
    marges. De uitkomsten staan in parameters/uitkomsten.yaml.

    Voorbeeld: impact gevoeligheid vier_wetten --uitkomst gat_gemeenten
    """
    geladen = register()
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_gevoeligheid(geladen, scenario, uitkomst, instelling, werkers)
    click.echo(geladen.scenario(scenario).titel)
    for regel in uitleg(geladen, analyse, uitkomst):
        click.echo(regel)
    click.echo(f"\n{werkwijze(analyse)}")
    schrijf(
        doelmap(geladen, map_, scenario),
        f"gevoeligheid-{uitkomst}",
        bladen(geladen, analyse, uitkomst, invloed(analyse, uitkomst)),
        alle_figuren(geladen, analyse, uitkomst),
    )
