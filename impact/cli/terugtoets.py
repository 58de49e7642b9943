"""``impact terugtoets``: how good the model was in earlier half-years."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from impact.analysis.terugtoets import OORSPRONGEN, TREKKINGEN, bereken_terugtoets
from impact.analysis.uitvoerder import open_uitvoerder
from impact.cli.analyse import doelmap, opties, schrijf
from impact.cli.invoer import register
from impact.reporting.terugtoetsing import bladen, foutfiguur, waaierfiguur
from impact.reporting.terugtoetszinnen import REEKSNAAM, misserszin, uitslag


@click.command()
@click.option(
    "--oorsprong",
    "oorsprongen",
    multiple=True,
    help="Halfjaar om in te beginnen; mag vaker. Zonder: alle, van "
    f"{OORSPRONGEN[0]} tot en met {OORSPRONGEN[-1]}.",
)
@opties(TREKKINGEN)
def terugtoets(
    oorsprongen: Sequence[str], trekkingen: int, zaad: int, map_: Path | None, cluster: str
) -> None:
    """Begin in eerdere halfjaren en vergelijk het model met wat er gebeurde.

    Voorbeeld: impact terugtoets --oorsprong 2021-I --oorsprong 2022-I
    """
    geladen = register()
    begin = oorsprongen or OORSPRONGEN
    with open_uitvoerder(cluster) as werkers:
        analyse = bereken_terugtoets(geladen, begin, trekkingen, zaad, werkers)
    for naam, tekst in uitslag(analyse).items():
        click.echo(f"\n{REEKSNAAM[naam]}\n{click.wrap_text(tekst, 88, '  ', '  ')}")
    click.echo(f"\n{misserszin(analyse.tabel('voorspellingen'))}")
    figuren = [foutfiguur(analyse), *(waaierfiguur(analyse, naam) for naam in REEKSNAAM)]
    schrijf(doelmap(geladen, map_, "terugtoets"), "terugtoets", bladen(analyse), figuren)
