"""What lies in a folder of reports and what it was made of: manifest.json and its journal.

While a batch runs, every report that is ready adds a line to the journal. At the end the journal
goes into the manifest. A line that was cut off by a crash is no line; its report is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from impact.reporting.bestanden import schrijf_heel

MANIFEST = "manifest.json"
JOURNAAL = ".impact-journaal.jsonl"
VORM = 1
"""Version of the form of the manifest."""


class ManifestFout(ValueError):
    """A manifest is missing or cannot be read; the text says which."""


@dataclass(frozen=True)
class Regel:
    """One report as it was made.

    Attributes
    ----------
    sleutel : content key of all that it was made of
    notebook, parameters : how it was made
    zaad : seed of the draws
    bestanden : sha256 per file, as path from the folder
    seconden : time that making it took
    """

    sleutel: str
    notebook: str
    parameters: dict[str, str | int]
    zaad: int
    bestanden: dict[str, str]
    seconden: float


@dataclass
class Manifest:
    """Contents of a folder of reports.

    Attributes
    ----------
    rapporten : by the path of the HTML file
    overig : sha256 of files that belong to the folder and not to one report
    peildatum : day on which values were judged to be stale
    versies : of the workbench, Python and libraries, in the last batch
    """

    rapporten: dict[str, Regel] = field(default_factory=dict)
    overig: dict[str, str] = field(default_factory=dict)
    peildatum: str = ""
    versies: dict[str, str] = field(default_factory=dict)

    @property
    def bestanden(self) -> dict[str, str]:
        """Hash of every file, by its path."""
        alle = {p: som for regel in self.rapporten.values() for p, som in regel.bestanden.items()}
        return alle | self.overig


def vingerafdruk(pad: Path) -> str:
    """Hash of a file (sha256); empty when it is not there."""
    try:
        return hashlib.sha256(pad.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def lees_manifest(map_: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises
    ------
    ManifestFout
        It is missing, or it is no manifest.
    """
    pad = map_ / MANIFEST
    try:
        inhoud = json.loads(pad.read_text(encoding="utf-8"))
        if inhoud["vorm"] != VORM:
            raise ManifestFout(f"{pad}: vorm {inhoud['vorm']} is onbekend; dit programma kent 1")
        return Manifest(
            {naam: als_regel(regel) for naam, regel in inhoud["rapporten"].items()},
            {str(naam): str(som) for naam, som in inhoud["overig"].items()},
            str(inhoud["peildatum"]),
            dict(inhoud["versies"]),
        )
    except FileNotFoundError:
        raise ManifestFout(f"{map_} heeft geen {MANIFEST}; is dit een map met rapporten?") from None
    except (KeyError, TypeError, AttributeError, ValueError) as fout:
        if isinstance(fout, ManifestFout):
            raise
        raise ManifestFout(f"{pad} is kapot ({fout})") from None


def als_regel(inhoud: Mapping[str, Any]) -> Regel:
    """Read one report of a manifest or journal.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is not what was written.
    """
    return Regel(
        sleutel=str(inhoud["sleutel"]),
        notebook=str(inhoud["notebook"]),
        parameters=dict(inhoud["parameters"]),
        zaad=int(inhoud["zaad"]),
        bestanden={str(naam): str(som) for naam, som in inhoud["bestanden"].items()},
        seconden=float(inhoud["seconden"]),
    )


def schrijf_manifest(map_: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    inhoud = {"vorm": VORM, **asdict(manifest)}
    tekst = json.dumps(inhoud, ensure_ascii=False, indent=1, sort_keys=True)
    schrijf_heel(map_ / MANIFEST, tekst + "\n")


def begin_journaal(map_: Path, peildatum: str) -> None:
    """Begin a journal; the first line holds the day of the batch."""
    schrijf_heel(map_ / JOURNAAL, json.dumps({"peildatum": peildatum}) + "\n")


def schrijf_regel(map_: Path, naam: str, regel: Regel) -> None:
    """Add a report that is ready to the journal."""
    tekst = json.dumps({"rapport": naam, **asdict(regel)}, ensure_ascii=False, sort_keys=True)
    with (map_ / JOURNAAL).open("r+b") as bestand:
        bestand.seek(0, 2)
        bestand.write(f"{tekst}\n".encode())


def sluit_journaal(map_: Path) -> None:
    """Drop a journal of which all is in the manifest."""
    (map_ / JOURNAAL).unlink(missing_ok=True)


def lees_journaal(map_: Path) -> tuple[str, dict[str, Regel]]:
    """Day of a batch that was cut off, and the reports that it made; empty without a journal."""
    pad = map_ / JOURNAAL
    if not pad.is_file():
        return "", {}
    peildatum, rapporten = "", {}
    for ruw in pad.read_bytes().split(b"\n"):
        try:
            inhoud = json.loads(ruw)
            if "peildatum" in inhoud:
                peildatum = str(inhoud["peildatum"])
            else:
                rapporten[str(inhoud["rapport"])] = als_regel(inhoud)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return peildatum, rapporten
