"""Many reports in one go: one failure does not stop the others, and the end says what happened."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    as_completed,
)
from dataclasses import dataclass
from pathlib import Path

from impact.analysis.opslag import Instelling
from impact.reporting.bijlage import schrijf_bijlagen
from impact.reporting.rapport import NEDERLAND, open_rapport
from impact.reporting.uitvoeren import NotebookFout, maak_rapport

MEESTE_WERKERS = 2
BRIEF = "kamerbrief"


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


@dataclass(frozen=True)
class Uitslag:
    """What became of one report.

    Attributes
    ----------
    melding : why it failed; empty when it was made
    bewaard : the notebook as far as it came, when it failed while running
    seconden : time it took
    """

    opdracht: Opdracht
    melding: str
    bewaard: Path | None
    seconden: float

    @property
    def gelukt(self) -> bool:
        """Whether the report was made."""
        return not self.melding


def opdrachten(
    scenarios: Iterable[str],
    gemeenten: Sequence[str],
    map_: Path,
    trekkingen: int,
    brieven: Collection[str] = (),
) -> list[Opdracht]:
    """List the reports of every scenario and the sheets of the municipalities asked for.

    Parameters
    ----------
    brieven : scenarios that get a brief too: those with something to judge
    """
    lijst = []
    for scenario in scenarios:
        if scenario in brieven:
            lijst.append(briefopdracht(scenario, map_, trekkingen))
        keuze: dict[str, str | int] = {"scenario": scenario, "trekkingen": trekkingen}
        doel = map_ / scenario / "uitvoeringstoets.html"
        lijst.append(Opdracht("uitvoeringstoets", keuze, doel))
        lijst += [
            Opdracht(
                "gemeenteblad",
                {**keuze, "gemeente": code},
                map_ / scenario / "gemeenten" / f"{code}.html",
            )
            for code in gemeenten
        ]
    return lijst


def briefopdracht(scenario: str, map_: Path, trekkingen: int, taal: str = "nl") -> Opdracht:
    """Task to make the brief about a scenario; the Dutch one has no language in its name."""
    naam = BRIEF if taal == "nl" else f"{BRIEF}-{taal}"
    keuze: dict[str, str | int] = {"scenario": scenario, "trekkingen": trekkingen, "taal": taal}
    return Opdracht(BRIEF, keuze, map_ / scenario / f"{naam}.html")


def voer_uit(opdracht: Opdracht) -> Uitslag:
    """Make one report; a failure becomes an outcome and not an exception."""
    begin = time.monotonic()
    melding, bewaard = "", None
    try:
        maak_rapport(opdracht.notebook, opdracht.parameters, opdracht.doel)
        maak_bijlagen(opdracht)
    except NotebookFout as fout:
        melding, bewaard = str(fout), fout.bewaard
    except OSError as fout:
        melding = f"{opdracht.doel}: {fout.strerror or fout}"
    return Uitslag(opdracht, melding, bewaard, time.monotonic() - begin)


def maak_bijlagen(opdracht: Opdracht) -> None:
    """Write workbook and CSV beside a report that was made.

    Raises
    ------
    NotebookFout
        It went wrong, whatever it was; the report is there without its tables.
    OSError
        A file could not be written.
    """
    keuze = opdracht.parameters
    try:
        rapport = open_rapport(
            str(keuze["scenario"]), Instelling(trekkingen=int(keuze["trekkingen"]))
        )
        schrijf_bijlagen(rapport, opdracht.doel, str(keuze.get("gemeente", NEDERLAND)))
    except OSError:
        raise
    except Exception as fout:
        raise NotebookFout(f"werkboek: {type(fout).__name__}: {fout}") from fout


def uitslag_van(taak: Future[Uitslag], opdracht: Opdracht) -> Uitslag:
    """Outcome of a task; also when its process was killed."""
    try:
        return taak.result()
    except BrokenExecutor:
        melding = (
            "het proces is afgebroken (misschien te weinig geheugen); maak dit rapport opnieuw"
        )
        return Uitslag(opdracht, melding, None, 0.0)


def maak_alle(
    lijst: Sequence[Opdracht],
    uitvoerder: Executor | None = None,
    meld: Callable[[Uitslag], None] | None = None,
) -> list[Uitslag]:
    """Make all reports.

    Parameters
    ----------
    uitvoerder : runs the work; local processes by default
    meld : called with each outcome as it comes

    Returns
    -------
    The outcomes, in the order of the list.
    """
    meld = meld or (lambda uitslag: None)
    eigen = uitvoerder is None
    werkers = uitvoerder or ProcessPoolExecutor(min(MEESTE_WERKERS, os.cpu_count() or 1))
    try:
        taken = {werkers.submit(voer_uit, opdracht): opdracht for opdracht in lijst}
        uitslagen = {}
        for taak in as_completed(taken):
            uitslag = uitslag_van(taak, taken[taak])
            uitslagen[uitslag.opdracht.doel] = uitslag
            meld(uitslag)
        return [uitslagen[opdracht.doel] for opdracht in lijst]
    finally:
        if eigen:
            werkers.shutdown(cancel_futures=True)
