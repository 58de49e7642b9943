"""``impact volgorde``: in which order, and how fast, laws can enter."""

from __future__ import annotations

from pathlib import Path

import click

from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.analysis.volgorde import STANDAARD, TREKKINGEN, bereken_volgorde
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import register
from impact.reporting.volgorde import bladen, tempo_in_woorden, volgordefiguren
from impact.reporting.volgordeuitslag import Uitslag, kort
from impact.reporting.volgordezinnen import UITLEG, bevindingen, inleiding


@click.command()
@click.argument("scenario")
@click.option(
    "--opzet",
    default=STANDAARD,
    show_default=True,
    help="Naam in parameters/volgorde.yaml: grenzen, tempo en groepen.",
)
@opties(TREKKINGEN)
def volgorde(
    scenario: str, opzet: str, trekkingen: int, zaad: int, map_: Path | None, cluster: str
) -> None:
    """Bereken in welke volgorde en hoe snel de wetten van een scenario kunnen ingaan.

    Zegt welke volgorde gemeenten het minst kost, welke het minste werk geeft, of gemeenten en de
    IND het aankunnen, en wat haast kost.

    Voorbeeld: impact volgorde vier_wetten
    """
    geladen = register()
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_volgorde(geladen, scenario, opzet, instelling, werkers)
    uitslag = Uitslag(analyse)
    click.echo(f"{inleiding(uitslag)}\n")
    for wet in uitslag.wetten.values():
        click.echo(f"  {wet['letter']}  {kort(wet['titel'])} (scenario: {wet['vanaf']})")
    if uitslag.duren:
        click.echo(f"\n{UITLEG}\n\nWat gemeenten meer kwijt zijn, per tempo:")
    for regel in tempo_in_woorden(uitslag):
        click.echo(f"  {regel}")
    click.echo()
    for zin in bevindingen(uitslag):
        click.echo(f"- {zin}")
    doel = doelmap(geladen, map_, scenario)
    schrijf(doel, "volgorde", bladen(analyse), volgordefiguren(uitslag))
