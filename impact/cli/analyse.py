"""What all commands of an analysis share: their options, and the files that they write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from impact.analysis.trekkingen import ZAAD
from impact.cli.invoer import cluster_optie
from impact.registry.laden import Register
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.figuur import Figuur
from impact.reporting.rekenblad import Blad, schrijf_tabellen

F = TypeVar("F", bound=Callable[..., Any])
ANALYSEMAP = Path("reports") / "uitvoer"


def opties(trekkingen: int) -> Callable[[F], F]:
    """Add the options --trekkingen, --zaad, --map and --cluster to a command."""

    def versier(opdracht: F) -> F:
        bereik = click.IntRange(1, 100_000)
        for optie in (
            click.option("--trekkingen", default=trekkingen, show_default=True, type=bereik),
            click.option("--zaad", default=ZAAD, show_default=True, type=click.IntRange(0)),
            click.option(
                "--map",
                "map_",
                type=click.Path(file_okay=False, path_type=Path),
                help="Map voor tabel en figuur.",
            ),
            cluster_optie,
        ):
            opdracht = optie(opdracht)
        return opdracht

    return versier


def doelmap(geladen: Register, map_: Path | None, scenario: str = "") -> Path:
    """Folder for the files of an analysis: reports/uitvoer/SCENARIO/analyse by default."""
    return map_ or geladen.map.parent / ANALYSEMAP / scenario / "analyse"


def schrijf(doel: Path, naam: str, bladen: Sequence[Blad], figuren: Sequence[Figuur]) -> None:
    """Write workbook, CSV files and charts of an analysis, and say where they are."""
    paden = schrijf_tabellen(doel, naam, bladen)
    for figuur in figuren:
        pad = doel / f"{naam}-{figuur.naam}.svg"
        schrijf_heel(pad, figuur.svg)
        paden.append(pad)
    click.echo("\nGeschreven:")
    for pad in paden:
        click.echo(f"  {pad}")
