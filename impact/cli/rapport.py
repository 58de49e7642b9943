"""``impact rapport``: the reports of scenarios and the sheets of municipalities."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from impact.analysis.ensemble import bereken
from impact.analysis.momentopname import inpakken, uitgepakt
from impact.analysis.opslag import RESULTATEN, Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.cli.invoer import cluster_optie, register, zoek_gemeente
from impact.cli.meldingen import Melder, melder
from impact.registry.laden import Register
from impact.registry.plaats import OMGEVING, PEILDATUM, peildag, vind_map
from impact.reporting.analyses import analyses_van, open_analyse
from impact.reporting.batch import Werkwijze, controleer_lijst, maak_alle
from impact.reporting.batchmap import Batchmap, dag_van_afgebroken, open_batchmap, schijffouten
from impact.reporting.getallen import geheel
from impact.reporting.indexpagina import schrijf_index
from impact.reporting.invoercel import TALEN
from impact.reporting.opdrachten import Opdracht, Uitslag, briefopdracht, opdrachten
from impact.reporting.uitvoeren import MOTOREN, STANDAARDMOTOR

UITVOERMAP = Path("reports") / "uitvoer"
ALLE_GEMEENTEN = "alle"
MEESTE_NAMEN = 40
"""Reports that are listed by name at the end."""


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
@click.option(
    "--interactief",
    is_flag=True,
    help="Laat de figuren van het rapport antwoorden op de muis; het bestand wordt groter.",
)
@click.option("--opnieuw", is_flag=True, help="Maak ook wat niet is veranderd.")
@click.option(
    "--peildatum",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Dag waarop waarden verouderd kunnen zijn; anders vandaag.",
)
@cluster_optie
@click.option(
    "--motor",
    default=STANDAARDMOTOR,
    show_default=True,
    type=click.Choice(list(MOTOREN)),
    help="Voert de notebooks uit.",
)
@click.option("--json", "als_json", is_flag=True, help="Een regel JSON per gebeurtenis.")
def rapport(
    scenarios: Sequence[str],
    alles: bool,
    gemeente: str,
    trekkingen: int,
    taal: str,
    map_: Path | None,
    interactief: bool,
    opnieuw: bool,
    peildatum: datetime | None,
    cluster: str,
    motor: str,
    als_json: bool,
) -> None:
    """Maak het rapport en de Kamerbrief van scenario's, en de bladen van gemeenten.

    Alleen wat is veranderd wordt gemaakt. Een batch die is afgebroken, gaat verder waar hij was.

    Voorbeeld: impact rapport --scenario verbod_voorrang --gemeente GM0344,Weert
    """
    doel = (map_ or vind_map().parent / UITVOERMAP).absolute()
    afgebroken = "" if opnieuw else dag_van_afgebroken(doel)
    dag = kies_dag(peildatum, afgebroken)
    if dag == afgebroken != str(peildag()) and not als_json:
        click.echo(
            "De vorige batch in deze map is afgebroken. Deze gaat verder met de peildatum van "
            f"toen, {dag}. Met --opnieuw of --peildatum begint u opnieuw."
        )
    with vaste_invoer(dag):
        geladen = register()
        namen = kies_scenarios(geladen, scenarios, alles)
        lijst = kies_rapporten(
            geladen, namen, kies_gemeenten(geladen, gemeente), doel, trekkingen, taal, interactief
        )
        controleer_lijst(geladen, lijst)
        with open_batchmap(doel) as batch, open_uitvoerder(cluster) as werkers:
            uitslagen = maak(batch, geladen, lijst, werkers, Werkwijze(motor, opnieuw), als_json)
    if not als_json:
        toon(uitslagen, doel)
    if any(not uitslag.gelukt for uitslag in uitslagen):
        sys.exit(1)


@contextmanager
def vaste_invoer(dag: str) -> Iterator[None]:
    """Hold the parameters as they are now and one day, whatever is saved while the batch works.

    All processes read the copy, through the environment.
    """
    map_ = vind_map()
    resultaten = os.environ.get(RESULTATEN) or str(map_.parent / "reports" / "resultaten")
    with uitgepakt(io.BytesIO(inpakken(map_))) as kopie:
        vast = {OMGEVING: str(kopie), RESULTATEN: resultaten, PEILDATUM: dag}
        eerder = {naam: os.environ.get(naam) for naam in vast}
        os.environ.update(vast)
        try:
            yield
        finally:
            for naam, waarde in eerder.items():
                os.environ.pop(naam)
                if waarde is not None:
                    os.environ[naam] = waarde


def kies_dag(gevraagd: datetime | None, afgebroken: str) -> str:
    """Day of the batch: the one asked for, that of a batch that was cut off, or today."""
    return str(gevraagd.date()) if gevraagd else afgebroken or str(peildag())


def kies_scenarios(geladen: Register, gevraagd: Sequence[str], alles: bool) -> list[str]:
    """Names of the scenarios asked for."""
    if alles and gevraagd:
        raise click.UsageError("kies --scenario of --alles, niet allebei")
    namen = list(geladen.scenarios) if alles else list(dict.fromkeys(gevraagd))
    if not namen:
        raise click.UsageError(
            f"noem een --scenario, of --alles. Er zijn: {', '.join(geladen.scenarios)}"
        )
    for naam in namen:
        geladen.scenario(naam)
    return namen


def kies_gemeenten(geladen: Register, tekst: str) -> list[str]:
    """Codes of the municipalities asked for."""
    if tekst.strip() == ALLE_GEMEENTEN:
        return list(geladen.gemeenten.index)
    gevraagd = [deel.strip() for deel in tekst.split(",") if deel.strip()]
    return list(dict.fromkeys(zoek_gemeente(geladen, deel) for deel in gevraagd))


def kies_rapporten(
    geladen: Register,
    namen: Sequence[str],
    gemeenten: Sequence[str],
    doel: Path,
    trekkingen: int,
    taal: str,
    interactief: bool = False,
) -> list[Opdracht]:
    """Reports to make; in another language only the briefs."""
    varianten = [naam for naam in namen if geladen.scenario(naam).referentie is not None]
    if taal == "nl":
        return opdrachten(namen, gemeenten, doel, trekkingen, varianten, interactief)
    if not varianten:
        raise click.UsageError("een referentie krijgt geen Kamerbrief; kies een variant")
    if interactief:
        raise click.UsageError(
            "--interactief geldt voor het volledige rapport, en dat is Nederlands"
        )
    return [briefopdracht(naam, doel, trekkingen, taal) for naam in varianten]


def maak(
    batch: Batchmap,
    geladen: Register,
    lijst: Sequence[Opdracht],
    werkers: Executor,
    werkwijze: Werkwijze,
    als_json: bool,
) -> list[Uitslag]:
    """Compute what is missing, make the reports, and write the index and the manifest."""
    namen = list(dict.fromkeys(opdracht.scenario for opdracht in lijst))
    instelling = Instelling(trekkingen=int(lijst[0].parameters["trekkingen"]))
    with melder(als_json) as aan:
        reken(geladen, namen, instelling, werkers, aan)
        analyseer(geladen, namen, instelling.trekkingen, werkers, aan)
        aan.stap("Rapporten maken", len(lijst))

        def meld(uitslag: Uitslag) -> None:
            aan.rapport(uitslag, batch.naam(uitslag.opdracht.doel))

        uitslagen = maak_alle(batch, geladen, lijst, werkers, meld, werkwijze)
        with schijffouten(batch.map):
            batch.sluit(schrijf_index(batch.map, geladen, instelling, uitslagen))
        aan.einde(uitslagen, str(batch.map))
    return uitslagen


def reken(
    geladen: Register,
    namen: Sequence[str],
    instelling: Instelling,
    werkers: Executor,
    aan: Melder,
) -> None:
    """Compute the scenarios and their references, as far as that has not been done."""
    nodig = [*namen, *(geladen.scenario(naam).referentie for naam in namen)]
    uniek = list(dict.fromkeys(naam for naam in nodig if naam is not None))
    aan.stap("Scenario's berekenen", len(uniek))
    bereken(uniek, geladen, instelling, werkers, lambda naam, berekend: aan.verder())


def analyseer(
    geladen: Register, namen: Sequence[str], trekkingen: int, werkers: Executor, aan: Melder
) -> None:
    """Make the analyses that the reports use, as far as that has not been done."""
    nodig = [(scenario, naam) for scenario in namen for naam in analyses_van(geladen, scenario)]
    aan.stap("Analyses maken", len(nodig))
    for scenario, naam in nodig:
        open_analyse(geladen, scenario, naam, trekkingen, werkers)
        aan.verder()


def toon(uitslagen: Sequence[Uitslag], doel: Path) -> None:
    """List what was made, what was there already and what failed."""
    gemaakt = [uitslag for uitslag in uitslagen if uitslag.stand == "gemaakt"]
    mislukt = [uitslag for uitslag in uitslagen if not uitslag.gelukt]
    bestond = len(uitslagen) - len(gemaakt) - len(mislukt)
    click.echo(f"\nGemaakt: {len(gemaakt)} rapporten in {doel}")
    for uitslag in gemaakt[:MEESTE_NAMEN]:
        click.echo(f"  {uitslag.opdracht.doel.relative_to(doel)} ({geheel(uitslag.seconden)} s)")
    if len(gemaakt) > MEESTE_NAMEN:
        click.echo(f"  en nog {len(gemaakt) - MEESTE_NAMEN}")
    if bestond:
        click.echo(f"Niet veranderd: {bestond} rapporten")
    if mislukt:
        click.echo(f"\nMislukt: {len(mislukt)}", err=True)
    for uitslag in mislukt:
        click.echo(f"  {uitslag.opdracht.naam}: {uitslag.melding}", err=True)
        if uitslag.bewaard is not None:
            click.echo(f"    notebook zover het kwam: {uitslag.bewaard}", err=True)
    click.echo(f"\nBegin hier: {doel / 'index.html'}")
