"""Parameters of a notebook: read from its parameters cell, and checked before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from impact.registry.laden import Register
from impact.registry.problemen import bedoelde

Waarde = str | int | float | bool
LABEL = "parameters"
TALEN = ("nl", "en")
TYPENAAM = {str: "tekst", int: "geheel getal", float: "getal", bool: "ja of nee (True of False)"}


class NotebookFout(Exception):
    """A notebook cannot become a report; the text is for the analyst.

    Attributes
    ----------
    bewaard : the notebook as far as it came; None when nothing was run
    cel : number of the failed cell, from 1, as in JupyterLab; 0 when no cell failed
    """

    def __init__(self, melding: str, bewaard: Path | None = None, cel: int = 0) -> None:
        super().__init__(melding, bewaard, cel)
        self.melding, self.bewaard, self.cel = melding, bewaard, cel

    def __str__(self) -> str:
        """Message, with the number of the cell."""
        return f"cel {self.cel}: {self.melding}" if self.cel else self.melding


def lees_notebook(pad: Path) -> Any:
    """Read a notebook.

    Raises
    ------
    NotebookFout
        The file is missing or is no notebook.
    """
    if not pad.is_file():
        raise NotebookFout(f"notebook '{pad.name}' bestaat niet")
    try:
        return nbformat.read(pad, as_version=4)  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as fout:
        raise NotebookFout(f"'{pad.name}' is geen geldig notebook: {fout}") from None


def standaardwaarden(notebook: Any) -> dict[str, Waarde]:
    """Names and default values of the cell that is marked ``parameters``.

    Raises
    ------
    NotebookFout
        There is not exactly one such cell, or it holds more than simple assignments.
    """
    cellen = [c for c in notebook.cells if LABEL in c.metadata.get("tags", [])]
    if len(cellen) != 1:
        raise NotebookFout(f"een notebook heeft precies een cel met label '{LABEL}' nodig")
    waarden: dict[str, Waarde] = {}
    for regel in ast.parse(cellen[0].source).body:
        if not isinstance(regel, ast.Assign) or not isinstance(regel.targets[0], ast.Name):
            raise NotebookFout(f"in de cel '{LABEL}' mag alleen staan: naam = waarde")
        try:
            waarde = ast.literal_eval(regel.value)
        except ValueError:
            raise NotebookFout(f"in de cel '{LABEL}' mag alleen staan: naam = waarde") from None
        if not isinstance(waarde, str | int | float | bool):
            raise NotebookFout(f"'{regel.targets[0].id}' heeft geen eenvoudige waarde")
        waarden[regel.targets[0].id] = waarde
    return waarden


def controleer_parameters(
    notebook: Any, gegeven: Mapping[str, object], register: Register
) -> dict[str, Waarde]:
    """Check the parameters of a run, all problems at once; return the full set.

    Raises
    ------
    NotebookFout
        Unknown name, wrong type, unknown scenario or municipality, with the nearest name.
    """
    standaard = standaardwaarden(notebook)
    problemen = []
    for naam, waarde in gegeven.items():
        if naam not in standaard:
            problemen.append(onbekend("parameter", naam, standaard))
        elif type(waarde) is not type(standaard[naam]):
            soort = TYPENAAM[type(standaard[naam])]
            problemen.append(f"parameter '{naam}' moet een {soort} zijn, niet {waarde!r}")
    alles = {**standaard, **{n: w for n, w in gegeven.items() if n in standaard}}
    if not problemen:
        problemen = _inhoud(alles, register)
    if problemen:
        raise NotebookFout("\n".join(problemen))
    return {
        naam: standaard[naam] if naam not in gegeven else _eenvoudig(w) for naam, w in alles.items()
    }


def _eenvoudig(waarde: object) -> Waarde:
    assert isinstance(waarde, str | int | float | bool)
    return waarde


def onbekend(wat: str, naam: object, mogelijk: Iterable[str]) -> str:
    """Say that a name is unknown, with the nearest one or with all there are."""
    namen = list(mogelijk)
    hulp = bedoelde(str(naam), namen)
    if not hulp and len(namen) <= 40:
        hulp = f"kies uit: {', '.join(namen)}"
    return f"onbekende {wat} '{naam}'" + (f"; {hulp}" if hulp else "")


def _inhoud(waarden: Mapping[str, object], register: Register) -> list[str]:
    toetsen: dict[str, Callable[[object], list[str]]] = {
        "scenario": lambda w: _scenario(w, register),
        "gemeente": lambda w: _gemeente(w, register),
        "wet": lambda w: _naam("wet", w, register.wetten),
        "uitkomst": lambda w: _naam("uitkomst", w, register.uitkomsten),
        "trekkingen": _trekkingen,
        "taal": _taal,
    }
    return [p for naam, toets in toetsen.items() if naam in waarden for p in toets(waarden[naam])]


def _scenario(waarde: object, register: Register) -> list[str]:
    if waarde in register.scenarios:
        return []
    return [onbekend("scenarionaam", waarde, register.scenarios)]


def _naam(wat: str, waarde: object, bestaand: Iterable[str]) -> list[str]:
    namen = list(bestaand)
    return [] if waarde in namen else [onbekend(wat, waarde, namen)]


def _gemeente(waarde: object, register: Register) -> list[str]:
    return [] if waarde in register.gemeenten.index else [onbekende_gemeente(str(waarde), register)]


def _taal(waarde: object) -> list[str]:
    return [] if waarde in TALEN else [onbekend("taal", waarde, TALEN)]


def onbekende_gemeente(gevonden: str, register: Register) -> str:
    """Say that a municipality is unknown, with the code of the one that was meant."""
    namen = register.gemeenten["gemeentenaam"]
    per_naam = {str(naam).casefold(): (code, naam) for code, naam in namen.items()}
    if gevonden.casefold() in per_naam:
        code, naam = per_naam[gevonden.casefold()]
        return f"gebruik de code van gemeente {naam}: {code}"
    hulp = bedoelde(gevonden, [str(code) for code in namen.index])
    dichtbij = bedoelde(gevonden.casefold(), per_naam)
    if dichtbij:
        code, naam = per_naam[dichtbij.split("'")[1]] if dichtbij.count("'") == 2 else ("", "")
        hulp = f"bedoelde u {code} ({naam})?" if code else hulp
    return f"onbekende gemeente '{gevonden}'" + (f"; {hulp}" if hulp else "")


def _trekkingen(waarde: object) -> list[str]:
    goed = isinstance(waarde, int) and waarde >= 1
    return [] if goed else [f"parameter 'trekkingen' moet 1 of meer zijn, niet {waarde}"]
