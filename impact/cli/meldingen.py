"""What a long command tells while it works: progress bars for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from impact.reporting.getallen import decimaal
from impact.reporting.opdrachten import Uitslag

KLEINSTE_TEMPO = 0.1


class Melder(Protocol):
    """Who is told how far the work is."""

    def stap(self, wat: str, aantal: int) -> None:
        """Begin a part of the work."""

    def verder(self) -> None:
        """One piece of it is done."""

    def rapport(self, uitslag: Uitslag, naam: str) -> None:
        """One report is done."""

    def einde(self, uitslagen: list[Uitslag], map_: str) -> None:
        """All is done."""


class Tempo(ProgressColumn):
    """Pieces per second, or per minute when that says more."""

    def render(self, task: Task) -> Text:
        """Rate of one part of the work."""
        tempo = task.finished_speed or task.speed
        if not tempo:
            return Text("")
        if tempo < KLEINSTE_TEMPO * 10:
            return Text(f"{decimaal(Decimal(tempo * 60), 1)} per minuut")
        return Text(f"{decimaal(Decimal(tempo), 1)} per seconde")


class Balk:
    """Progress bars on the error stream."""

    def __init__(self, balk: Progress) -> None:
        self._balk = balk
        self._taak = balk.add_task("", total=0, visible=False)

    def stap(self, wat: str, aantal: int) -> None:
        """Begin a bar."""
        self._taak = self._balk.add_task(wat, total=aantal)

    def verder(self) -> None:
        """One piece further."""
        self._balk.advance(self._taak)

    def rapport(self, uitslag: Uitslag, naam: str) -> None:
        """One report further; a failure is said at once."""
        self.verder()
        if not uitslag.gelukt:
            self._balk.console.print(f"mislukt: {naam}", markup=False)

    def einde(self, uitslagen: list[Uitslag], map_: str) -> None:
        """Nothing: the command itself says what was made."""


class Regels:
    """One line of JSON per event on standard output."""

    def stap(self, wat: str, aantal: int) -> None:
        """Begin a part of the work."""
        _schrijf("begin", stap=wat, aantal=aantal)

    def verder(self) -> None:
        """One piece further."""
        _schrijf("verder")

    def rapport(self, uitslag: Uitslag, naam: str) -> None:
        """What became of one report."""
        inhoud: dict[str, object] = {"rapport": naam, "seconden": round(uitslag.seconden, 2)}
        if not uitslag.gelukt:
            inhoud |= {"melding": uitslag.melding, "notebook": str(uitslag.bewaard or "")}
        _schrijf(uitslag.stand.replace(" ", "_"), **inhoud)

    def einde(self, uitslagen: list[Uitslag], map_: str) -> None:
        """How many reports there are of each outcome."""
        standen = [uitslag.stand for uitslag in uitslagen]
        _schrijf(
            "einde",
            map=map_,
            gemaakt=standen.count("gemaakt"),
            bestond_al=standen.count("bestond al"),
            mislukt=standen.count("mislukt"),
        )


def _schrijf(gebeurtenis: str, **inhoud: object) -> None:
    click.echo(json.dumps({"gebeurtenis": gebeurtenis, **inhoud}, ensure_ascii=False))


@contextmanager
def melder(als_json: bool) -> Iterator[Melder]:
    """Give lines of JSON, or progress bars with rate and time left."""
    if als_json:
        yield Regels()
        return
    kolommen = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Tempo(),
        TimeRemainingColumn(),
    )
    with Progress(*kolommen, console=Console(stderr=True)) as balk:
        yield Balk(balk)
