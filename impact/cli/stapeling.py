"""``impact stapeling``: which law of a scenario brings what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import pandas as pd

from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.stapeling import TREKKINGEN, bereken_stapeling
from impact.analysis.stapelspelers import SOORTEN
from impact.analysis.uitvoerder import open_uitvoerder
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import register, zoek_gemeente
from impact.registry.problemen import bedoelde
from impact.reporting.rekenblad import Blad
from impact.reporting.stapeling import (
    HOOFDUITKOMST,
    Stapelcijfers,
    hoeveel,
    hoofdzinnen,
    lees_cijfers,
    matrixfiguur,
    uitkomstnamen,
    uitleg,
    watervalfiguur,
)


@click.command()
@click.argument("scenario")
@click.option("--per", default="wet", show_default=True, type=click.Choice(SOORTEN))
@click.option("--samen", multiple=True, help="Namen met een komma ertussen die als een tellen.")
@click.option("--uitkomst", default=HOOFDUITKOMST, show_default=True, help="Naam van de uitkomst.")
@click.option("--gemeente", help="Code of naam; anders heel Nederland.")
@opties(TREKKINGEN)
def stapeling(
    scenario: str,
    per: str,
    samen: Sequence[str],
    uitkomst: str,
    gemeente: str | None,
    trekkingen: int,
    zaad: int,
    map_: Path | None,
    cluster: str,
) -> None:
    """Verdeel het effect van een scenario over zijn wetten of maatregelen.

    Toont per wet het losse effect en het aandeel, en wat de wetten met elkaar doen.

    Voorbeeld: impact stapeling vier_wetten --uitkomst fte_verschil
    """
    geladen = register()
    code = None if gemeente is None else zoek_gemeente(geladen, gemeente)
    groepen = [[naam.strip() for naam in groep.split(",")] for groep in samen]
    if uitkomst not in geladen.uitkomsten:
        hulp = bedoelde(uitkomst, geladen.uitkomsten)
        raise click.UsageError(
            f"onbekende uitkomst '{uitkomst}'. {hulp} Er zijn: {', '.join(geladen.uitkomsten)}"
        )
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_stapeling(geladen, scenario, per, groepen, instelling, werkers)
    if uitkomst not in uitkomstnamen(analyse, code):
        raise click.UsageError(f"uitkomst '{uitkomst}' is er alleen voor heel Nederland")
    cijfers = lees_cijfers(geladen, analyse, uitkomst, code)
    waar = "Nederland" if code is None else str(geladen.gemeenten["gemeentenaam"][code])
    toon(cijfers, geladen.scenario(scenario).titel, waar)
    beelden = [watervalfiguur(cijfers, waar), matrixfiguur(cijfers)]
    doel = doelmap(geladen, map_, scenario)
    schrijf(doel, "stapeling", bladen(analyse, cijfers), [b for b in beelden if b is not None])
    click.echo(f"\nAlle grootheden, gemeenten en halfjaren: {analyse.map}")


def toon(cijfers: Stapelcijfers, titel: str, waar: str) -> None:
    """Print the answer."""
    click.echo(f"{titel}, {waar}\n")
    for zin in hoofdzinnen(cijfers):
        if zin:
            click.echo(zin)
    click.echo(f"\nPer {cijfers.per}: los effect, en aandeel in het geheel")
    for naam, effect in cijfers.los.items():
        click.echo(f"  {naam}")
        click.echo(f"    los:     {hoeveel(effect)}")
        click.echo(f"    aandeel: {hoeveel(cijfers.aandeel[naam])}")


def bladen(analyse: Analyse, cijfers: Stapelcijfers) -> list[Blad]:
    """Sheets of the workbook: outcomes of the country and groups, municipalities, pairs, laws."""
    alle = analyse.tabel("uitkomsten")
    gemeente = alle["niveau"] == "gemeente"
    per, tekst = cijfers.per, uitleg(cijfers.per)
    lijst = [
        Blad("uitkomsten", f"Uitkomsten per {per}, land en groepen", tekst, alle[~gemeente]),
        Blad(
            "gemeenten",
            f"Uitkomst '{cijfers.naam}' per {per} en gemeente",
            tekst,
            alle[gemeente & (alle["uitkomst"] == cijfers.naam)],
        ),
        Blad(
            cijfers.meervoud,
            "Onderdelen en hun maatregelen",
            "De namen in de andere bladen.",
            analyse.tabel("spelers"),
        ),
    ]
    paren: pd.DataFrame = analyse.tabel("uitkomstparen")
    if not paren.empty:
        bij = f"Wat twee {cijfers.meervoud} samen meer of minder doen dan apart, heel Nederland."
        lijst.insert(2, Blad("paren", "Wisselwerking per paar", bij, paren))
    return lijst
