"""``impact verklaar``: what a figure is made of."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from impact.analysis.formules.boom import DIEPER, GELIJK, NEDERLAND, Knoop
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.analysis.verklaren import DIEPTE, Verklaring, Vraag, bereken_verklaring
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import HalfjaarSoort, register, zoek_gemeente
from impact.registry.periode import Halfjaar
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.opmaak import anker
from impact.reporting.verklaarfiguur import figuur
from impact.reporting.verklaarwoorden import (
    VERVOLG,
    berekening,
    bladen,
    bron_in_woorden,
    cijfer,
    formule_in_woorden,
    getoond,
    inleiding,
    kop,
    opdracht,
    waar,
    waarde_in_woorden,
)
from impact.reporting.verklaring import pagina
from impact.reporting.weergave import lees_stijl

DIEPST = 12
TREKKINGEN = 1000


@click.command()
@click.argument("grootheid")
@click.option("--gemeente", default=NEDERLAND, help="Code of naam; zonder deze optie: Nederland.")
@click.option("--periode", required=True, type=HalfjaarSoort(), help="Halfjaar, zoals 2028-I.")
@click.option("--scenario", required=True, help="Naam van het scenario.")
@click.option("--betaler", default="", help="Bij een bedrag: wie betaalt. Anders: gemeente.")
@click.option("--diep", default=DIEPTE, show_default=True, type=click.IntRange(1, DIEPST))
@click.option("--verschil", is_flag=True, help="Toon alleen wat anders is dan de referentie.")
@click.option("--html", is_flag=True, help="Schrijf ook een HTML-pagina.")
@opties(TREKKINGEN)
def verklaar(
    grootheid: str,
    gemeente: str,
    periode: Halfjaar,
    scenario: str,
    betaler: str,
    diep: int,
    verschil: bool,
    html: bool,
    trekkingen: int,
    zaad: int,
    map_: Path | None,
    cluster: str,
) -> None:
    """Leg uit waar een cijfer uit bestaat, tot aan de aannames en hun bronnen.

    Voorbeeld: impact verklaar achterstand --gemeente GM0344 --periode 2028-I --scenario
    verbod_voorrang
    """
    geladen = register()
    code = gemeente if gemeente == NEDERLAND else zoek_gemeente(geladen, gemeente)
    vraag = Vraag(grootheid, code, str(periode), betaler, diep, verschil)
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        verklaring = bereken_verklaring(geladen, scenario, vraag, instelling, werkers)
    toon(verklaring)
    naam = anker("-".join(["verklaar", verklaring.boom.deel.naam, code, str(periode)]))
    doel = doelmap(geladen, map_, scenario)
    schrijf(doel, naam, bladen(verklaring), [figuur(verklaring)])
    if html:
        pad = doel / f"{naam}.html"
        schrijf_heel(pad, pagina(verklaring, lees_stijl("stijl.css")))
        click.echo(f"  {pad}")


def toon(verklaring: Verklaring) -> None:
    """Print the published figure, and the tree of the middle draw."""
    console = Console(highlight=False, soft_wrap=False)
    boom, verschil = verklaring.boom, verklaring.vraag.verschil
    console.print(f"[bold]{escape(boom.titel)}[/] ({escape(waar(verklaring))})")
    for zin in inleiding(verklaring):
        console.print(escape(zin))
    console.print()
    console.print(als_boom(boom, None, verschil))
    verder = next((k for _, _, k in boom.alle() if k.vervolg == DIEPER and k.waarde != 0.0), None)
    if verder is not None:
        console.print("\nVerder uitleggen kan met --diep, of per onderdeel, bijvoorbeeld:")
        console.print(f"  {escape(opdracht(verklaring, verder))}", soft_wrap=True)


def als_boom(knoop: Knoop, boven: Knoop | None, verschil: bool) -> Tree:
    """Branch of the tree in the terminal."""
    tak = Tree(_regels(knoop, boven, verschil))
    for kind in getoond(knoop, verschil):
        tak.children.append(als_boom(kind, knoop, verschil))
    return tak


def _regels(knoop: Knoop, boven: Knoop | None, verschil: bool) -> str:
    """Lines of one figure: name and value, formula, calculation, source."""
    eerste = f"[bold]{escape(kop(knoop, boven))}[/]: {escape(waarde_in_woorden(knoop, verschil))}"
    if knoop.vervolg not in ("", DIEPER, GELIJK):
        eerste += f" [dim]({VERVOLG[knoop.vervolg]})[/]"
    regels = [eerste]
    if knoop.kinderen:
        regels.append(f"= {formule_in_woorden(knoop)}")
    som = berekening(knoop)
    if som:
        regels.append(f"= {som} = {cijfer(knoop.waarde)}")
    if knoop.soort in ("maatregel", "ijking"):
        regels.append(knoop.uitleg)
    if knoop.herkomst is not None:
        regels.append(bron_in_woorden(knoop.herkomst))
    return "\n".join([eerste, *(f"[dim]{escape(regel)}[/]" for regel in regels[1:])])
