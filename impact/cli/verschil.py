"""``impact verschil``: what changed between two runs, and why the figures moved."""

from __future__ import annotations

from pathlib import Path

import click

from impact.analysis.uitvoerder import open_uitvoerder
from impact.analysis.verschil import bereken_verschil
from impact.cli.analyse import doelmap, schrijf
from impact.cli.invoer import cluster_optie, register
from impact.reporting.uitvoeren import maak_rapport
from impact.reporting.verschil import Nota, bevindingen, bladen, groepstitel, verschilfiguren

NAAM = "nota-van-wijziging"
MEESTE_REGELS = 12


@click.command()
@click.argument("oud")
@click.argument("nieuw")
@click.option("--scenario", help="Nodig als oud en nieuw allebei 'nu' zijn.")
@click.option(
    "--trekkingen",
    type=click.IntRange(1, 100_000),
    help="Meeste trekkingen bij het verdelen; anders zoveel als in een minuut kan.",
)
@click.option(
    "--map",
    "map_",
    type=click.Path(file_okay=False, path_type=Path),
    help="Map voor de nota, tabel en figuren.",
)
@cluster_optie
def verschil(
    oud: str,
    nieuw: str,
    scenario: str | None,
    trekkingen: int | None,
    map_: Path | None,
    cluster: str,
) -> None:
    """Vergelijk twee berekeningen: wat er is veranderd, en wat dat doet met de cijfers.

    OUD en NIEUW kunnen drie dingen zijn: een map met een resultaat, de sleutel uit een rapport of
    het woord nu. Het begin van de sleutel is genoeg; zie Methode. Met nu rekent de opdracht met
    de parameters van dit moment.

    Voorbeeld: impact verschil a25ad0cf34ed nu
    """
    geladen = register()
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_verschil(geladen, oud, nieuw, scenario, trekkingen, werkers)
    nota = Nota(geladen, analyse)
    toon(nota)
    runs = nota.runs
    naam = str(runs[1]["scenario"])
    doel = doelmap(geladen, map_, naam)
    html = doel / f"{NAAM}.html"
    keuze = {
        "oud": str(runs[0]["sleutel"]),
        "nieuw": str(runs[1]["sleutel"]),
        "scenario": naam,
        "hoogstens": trekkingen or 0,
    }
    maak_rapport("nota_van_wijziging", keuze, html)
    schrijf(doel, NAAM, bladen(nota), verschilfiguren(nota))
    click.echo(f"  {html}")


def toon(nota: Nota) -> None:
    """Print the summary, and the first changed values."""
    click.echo(f"Nota van wijziging: {nota.titel}\n")
    for zin in bevindingen(nota):
        click.echo(f"- {zin}")
    for probleem in nota.manifest["onverdeeld"]:
        click.echo(f"  niet verdeeld: {probleem}")
    waarden = nota.waarden.to_dict("records")
    if waarden:
        click.echo("\nGewijzigd:")
    for rij in waarden[:MEESTE_REGELS]:
        waar = f"{rij['naam']} {rij['onderdeel']}".strip()
        click.echo(
            f"  {groepstitel(nota, str(rij['groep']))}; {waar}: "
            f"{rij['oud'] or '(niets)'} -> {rij['nieuw'] or '(niets)'} {rij['eenheid']}".rstrip()
        )
    if len(waarden) > MEESTE_REGELS:
        click.echo(f"  en nog {len(waarden) - MEESTE_REGELS}; zie de nota")
