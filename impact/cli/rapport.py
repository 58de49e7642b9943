"""``impact rapport``: the reports of scenarios and the sheets of municipalities."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import kies_werkers
from impact.cli.invoer import register, zoek_gemeente
from impact.registry.laden import Register
from impact.reporting.analyses import analyses_van, open_analyse
from impact.reporting.batch import Opdracht, Uitslag, briefopdracht, maak_alle, opdrachten
from impact.reporting.getallen import geheel
from impact.reporting.indexpagina import schrijf_index
from impact.reporting.invoercel import TALEN

UITVOERMAP = Path("reports") / "uitvoer"
ALLE_GEMEENTEN = "alle"


@click.command()
@click.option("--scenario", "scenarios", multiple=True, help="Naam; mag vaker.")
@click.option("--alles", is_flag=True, help="Alle scenario's.")
@click.option("--gemeente", default="", help="Codes of namen met een komma ertussen, of: alle.")
@click.option("--trekkingen", default=1000, show_default=True, type=click.IntRange(1, 100_000))
@click.option(
    "--taal",
    default="nl",
    show_default=True,
    type=click.Choice(TALEN),
    help="en maakt alleen de Kamerbrief, in het Engels.",
)
@click.option(
    "--map", "map_", type=click.Path(file_okay=False, path_type=Path), help="Map voor de rapporten."
)
def rapport(
    scenarios: Sequence[str],
    alles: bool,
    gemeente: str,
    trekkingen: int,
    taal: str,
    map_: Path | None,
) -> None:
    """Maak het rapport en de Kamerbrief van scenario's, en de bladen van gemeenten.

    Voorbeeld: impact rapport --scenario verbod_voorrang --gemeente GM0344,Weert
    """
    geladen = register()
    namen = list(geladen.scenarios) if alles else list(scenarios)
    if not namen:
        raise click.UsageError(
            f"noem een --scenario, of --alles. Er zijn: {', '.join(geladen.scenarios)}"
        )
    gekozen = kies_gemeenten(geladen, gemeente)
    doel = map_ or geladen.map.parent / UITVOERMAP
    varianten = [naam for naam in namen if geladen.scenario(naam).referentie is not None]
    if taal == "nl":
        lijst = opdrachten(namen, gekozen, doel, trekkingen, varianten)
    else:
        lijst = [briefopdracht(naam, doel, trekkingen, taal) for naam in varianten]
    if not lijst:
        raise click.UsageError("een referentie krijgt geen Kamerbrief; kies een variant")
    instelling = Instelling(trekkingen=trekkingen)
    with voortgang() as balk:
        reken(geladen, namen, instelling, balk)
        analyseer(geladen, namen, trekkingen, balk)
        uitslagen = maak(lijst, balk)
    begin = schrijf_index(doel, geladen, instelling, uitslagen)
    toon(uitslagen, doel)
    click.echo(f"\nBegin hier: {begin}")
    if any(not uitslag.gelukt for uitslag in uitslagen):
        sys.exit(1)


def kies_gemeenten(geladen: Register, tekst: str) -> list[str]:
    """Codes of the municipalities asked for."""
    if tekst.strip() == ALLE_GEMEENTEN:
        return list(geladen.gemeenten.index)
    gevraagd = [deel.strip() for deel in tekst.split(",") if deel.strip()]
    return list(dict.fromkeys(zoek_gemeente(geladen, deel) for deel in gevraagd))


def voortgang() -> Progress:
    """Progress bar with the time left, on the error stream."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def reken(geladen: Register, namen: Sequence[str], instelling: Instelling, balk: Progress) -> None:
    """Compute the scenarios and their references, as far as that has not been done."""
    nodig = [*namen, *(geladen.scenario(naam).referentie for naam in namen)]
    uniek = list(dict.fromkeys(naam for naam in nodig if naam is not None))
    taak = balk.add_task("Scenario's berekenen", total=len(uniek))
    bereken(uniek, geladen, instelling, meld=lambda naam, berekend: balk.advance(taak))


def analyseer(geladen: Register, namen: Sequence[str], trekkingen: int, balk: Progress) -> None:
    """Make the analyses that the reports use, as far as that has not been done."""
    nodig = [(scenario, naam) for scenario in namen for naam in analyses_van(geladen, scenario)]
    taak = balk.add_task("Analyses maken", total=len(nodig))
    with kies_werkers() as werkers:
        for scenario, naam in nodig:
            open_analyse(geladen, scenario, naam, trekkingen, werkers)
            balk.advance(taak)


def maak(lijst: Sequence[Opdracht], balk: Progress) -> list[Uitslag]:
    """Make all reports."""
    taak = balk.add_task("Rapporten maken", total=len(lijst))
    return maak_alle(lijst, meld=lambda uitslag: balk.advance(taak))


def toon(uitslagen: Sequence[Uitslag], doel: Path) -> None:
    """List what was made and what failed."""
    gelukt = [uitslag for uitslag in uitslagen if uitslag.gelukt]
    mislukt = [uitslag for uitslag in uitslagen if not uitslag.gelukt]
    click.echo(f"\nGemaakt: {len(gelukt)} rapporten in {doel}")
    for uitslag in gelukt:
        click.echo(f"  {uitslag.opdracht.doel.relative_to(doel)} ({geheel(uitslag.seconden)} s)")
    if mislukt:
        click.echo(f"\nMislukt: {len(mislukt)}", err=True)
    for uitslag in mislukt:
        click.echo(f"  {uitslag.opdracht.naam}: {uitslag.melding}", err=True)
        if uitslag.bewaard is not None:
            click.echo(f"    notebook zover het kwam: {uitslag.bewaard}", err=True)
