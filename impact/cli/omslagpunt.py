"""``impact omslagpunt``: at which value a conclusion flips, and what is needed."""

from __future__ import annotations

from pathlib import Path

import click
import pandas as pd

from impact.analysis.knop import SOORTEN
from impact.analysis.omslagpunt import TREKKINGEN, Vraag, bereken_omslagpunt
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import open_uitvoerder
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import HalfjaarSoort, register, zoek_gemeente
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.reporting.omslagfiguur import omslagfiguren
from impact.reporting.omslagpunt import (
    METHODE,
    NIETS_TE_METEN,
    UITLEG,
    bladen,
    gebiedstekst,
    niets_te_meten,
    nodigtabel,
    standzin,
)


@click.command()
@click.argument("scenario")
@click.option("--conclusie", help="Naam uit parameters/conclusies.yaml; anders allemaal.")
@click.option("--knop", help="Een aanname, maatregel:naam of fte; anders die van de conclusie.")
@click.option("--gemeente", help="Code of naam; anders heel Nederland.")
@click.option("--soort", type=click.Choice(SOORTEN), help="In welke berekening de knop draait.")
@click.option("--vanaf", type=HalfjaarSoort(), help="Eerste halfjaar van de nieuwe waarde.")
@click.option("--laagste", type=float, help="Laagste waarde van de knop.")
@click.option("--hoogste", type=float, help="Hoogste waarde van de knop.")
@opties(TREKKINGEN)
def omslagpunt(
    scenario: str,
    conclusie: str | None,
    knop: str | None,
    gemeente: str | None,
    soort: str | None,
    vanaf: Halfjaar | None,
    laagste: float | None,
    hoogste: float | None,
    trekkingen: int,
    zaad: int,
    map_: Path | None,
    cluster: str,
) -> None:
    """Zoek bij welke waarde een conclusie omslaat, en zeg wat daarvoor nodig is.

    Zonder --conclusie en --knop: alles wat in parameters/conclusies.yaml staat.

    Voorbeeld: impact omslagpunt einde_lvv --conclusie gat_nul --knop bijdrage_per_gehuisveste
    """
    if knop is None and any(w is not None for w in (soort, vanaf, laagste, hoogste)):
        raise click.UsageError("--soort, --vanaf, --laagste en --hoogste vragen om --knop")
    if knop is not None and conclusie is None:
        raise click.UsageError("--knop vraagt om --conclusie: welke conclusie moet omslaan?")
    geladen = register()
    code = None if gemeente is None else zoek_gemeente(geladen, gemeente)
    begin = None if vanaf is None else str(vanaf)
    vraag = Vraag(scenario, conclusie, knop, code, soort, begin, laagste, hoogste)
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad)
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_omslagpunt(geladen, vraag, instelling, werkers)
    toon(geladen, vraag, nodigtabel(geladen, analyse))
    delen = ["omslagpunt", *(d for d in (conclusie, knop, code) if d)]
    naam = "-".join(delen).replace(":", "-")
    doel = doelmap(geladen, map_, scenario)
    schrijf(doel, naam, bladen(geladen, analyse), omslagfiguren(geladen, analyse))


def toon(geladen: Register, vraag: Vraag, tabel: pd.DataFrame) -> None:
    """Print how every conclusion stands, and a sentence per knob."""
    click.echo(f"{geladen.scenario(vraag.scenario).titel}\n{METHODE}")
    for soort in (s for s in UITLEG if s in set(tabel["soort"])):
        click.echo(UITLEG[soort])
    if gebiedstekst(geladen, vraag.gebied):
        click.echo(gebiedstekst(geladen, vraag.gebied))
    for naam in dict.fromkeys(tabel["conclusie"]):
        eigen = tabel[tabel["conclusie"] == naam]
        conclusie = geladen.conclusies[naam]
        click.echo(f"\n{conclusie.titel} ({naam})")
        if niets_te_meten(eigen):
            click.echo(f"  {NIETS_TE_METEN}")
            continue
        rijen = eigen.to_dict("records")
        click.echo(f"  {standzin(rijen[0], conclusie)}")
        for rij in rijen:
            click.echo(f"  {rij['knop']}\n    {rij['zin']}")
