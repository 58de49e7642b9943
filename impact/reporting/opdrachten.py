"""Which reports a batch makes, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BRIEF = "kamerbrief"
TOETS = "uitvoeringstoets"
BLAD = "gemeenteblad"
Stand = Literal["gemaakt", "bestond al", "mislukt"]


@dataclass(frozen=True)
class Opdracht:
    """One report to make.

    Attributes
    ----------
    notebook : name of the notebook, without extension
    parameters : values for its parameters cell
    doel : the HTML file
    """

    notebook: str
    parameters: dict[str, str | int]
    doel: Path

    @property
    def naam(self) -> str:
        """How this report is called in messages."""
        woorden = [waarde for waarde in self.parameters.values() if isinstance(waarde, str)]
        return " ".join([self.notebook, *woorden])

    @property
    def scenario(self) -> str:
        """Scenario that it is about."""
        return str(self.parameters["scenario"])


@dataclass(frozen=True)
class Uitslag:
    """What became of one report.

    Attributes
    ----------
    melding : why it failed; empty when it was made
    bewaard : the notebook as far as it came, when it failed while running
    seconden : time it took
    bestond : it was there already, made from the same
    """

    opdracht: Opdracht
    melding: str
    bewaard: Path | None
    seconden: float
    bestond: bool = False

    @property
    def gelukt(self) -> bool:
        """Whether the report is there."""
        return not self.melding

    @property
    def stand(self) -> Stand:
        """What became of it, in a word."""
        if not self.gelukt:
            return "mislukt"
        return "bestond al" if self.bestond else "gemaakt"


@dataclass(frozen=True)
class Opbrengst:
    """What came of a task, wherever it was done.

    Attributes
    ----------
    bestanden : bytes per name of a file: the report and the tables beside it
    melding : why it failed; empty when it went well
    mislukt : the notebook as far as it came
    seconden : time it took
    """

    bestanden: dict[str, bytes]
    melding: str
    mislukt: bytes | None
    seconden: float


def opdrachten(
    scenarios: Iterable[str],
    gemeenten: Sequence[str],
    map_: Path,
    trekkingen: int,
    brieven: Collection[str] = (),
    interactief: bool = False,
) -> list[Opdracht]:
    """List the reports of every scenario and the sheets of the municipalities asked for.

    Parameters
    ----------
    brieven : scenarios that get a brief too: those with something to judge
    interactief : the charts of the full report answer to the mouse
    """
    lijst = []
    for scenario in scenarios:
        if scenario in brieven:
            lijst.append(briefopdracht(scenario, map_, trekkingen))
        keuze: dict[str, str | int] = {"scenario": scenario, "trekkingen": trekkingen}
        doel = map_ / scenario / f"{TOETS}.html"
        extra: dict[str, str | int] = {"interactief": True} if interactief else {}
        lijst.append(Opdracht(TOETS, keuze | extra, doel))
        lijst += [
            Opdracht(BLAD, {**keuze, "gemeente": code}, doel.parent / "gemeenten" / f"{code}.html")
            for code in gemeenten
        ]
    return lijst


def briefopdracht(scenario: str, map_: Path, trekkingen: int, taal: str = "nl") -> Opdracht:
    """Task to make the brief about a scenario; the Dutch one has no language in its name."""
    naam = BRIEF if taal == "nl" else f"{BRIEF}-{taal}"
    keuze: dict[str, str | int] = {"scenario": scenario, "trekkingen": trekkingen, "taal": taal}
    return Opdracht(BRIEF, keuze, map_ / scenario / f"{naam}.html")
