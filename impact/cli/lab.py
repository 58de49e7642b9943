"""``impact lab``: JupyterLab at the start page, or the explorer as a page for colleagues."""

from __future__ import annotations

import subprocess
import sys

import click

from impact.cli.invoer import register
from impact.werkbank.lab import POORT, POORT_VOILA, labopdracht, omgeving, voilaopdracht

AFSCHEID = 10.0
"""Seconds that a server gets to close its kernels."""


@click.command()
@click.option("--poort", type=click.IntRange(1, 65_535), help=f"Gewoonlijk {POORT}.")
@click.option("--geen-browser", is_flag=True, help="Start alleen de server.")
@click.option("--voila", is_flag=True, help="Toon alleen de verkenner, zonder JupyterLab.")
def lab(poort: int | None, geen_browser: bool, voila: bool) -> None:
    """Open JupyterLab bij de startpagina, in het Nederlands.

    Met --voila opent alleen de verkenner. Elke bezoeker krijgt dan een eigen rekenaar.

    Voorbeeld: impact lab
    """
    map_ = register().map
    maak, gewoon = (voilaopdracht, POORT_VOILA) if voila else (labopdracht, POORT)
    opdracht = maak(map_.parent, poort or gewoon, not geen_browser)
    sys.exit(_wacht(subprocess.Popen(opdracht, env=omgeving(map_))))


def _wacht(server: subprocess.Popen[bytes]) -> int:
    """Wait until a server ends; when this command is stopped it ends in its own way."""
    try:
        return server.wait()
    except SystemExit:
        server.terminate()
        try:
            server.wait(AFSCHEID)
        except subprocess.TimeoutExpired:
            server.kill()
        raise
