"""What lies in a folder of reports: made now or earlier, all of it can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from impact.registry.laden import Register
from impact.reporting.uitvoeren import MISLUKT

GEMEENTEN = "gemeenten"
BLAD = re.compile(r"(GM\d{4})\.html")
SOORTEN = {"kamerbrief": "Kamerbrief", "uitvoeringstoets": "Uitvoeringstoets"}
TABELLEN = (".xlsx", ".csv")


@dataclass(frozen=True)
class Scenariomap:
    """Reports of one scenario.

    Attributes
    ----------
    naam : name of the folder, and of the scenario
    titel : title of the scenario; the name when the parameters do not know it any more
    rapporten, tabellen : paths from the folder of all reports
    bladen : codes of the municipalities that have a sheet
    werkboeken : codes of the municipalities whose sheet has a workbook
    mislukt : notebooks of reports that could not be made
    """

    naam: str
    titel: str
    rapporten: list[Path]
    tabellen: list[Path]
    bladen: set[str]
    werkboeken: set[str]
    mislukt: list[Path]


def lees_map(map_: Path, register: Register) -> list[Scenariomap]:
    """All scenarios of which a report, a sheet or a failed report lies in a folder.

    Returns
    -------
    Variants, references, folders that the parameters do not know; each by name.
    """
    namen = [pad.name for pad in sorted(map_.iterdir()) if pad.is_dir()] if map_.is_dir() else []
    bekend = [naam for naam in register.scenarios if naam in namen]
    volgorde = sorted(bekend, key=lambda naam: register.scenarios[naam].soort == "referentie")
    volgorde += [naam for naam in namen if naam not in register.scenarios]
    gelezen = [_lees(map_, naam, register) for naam in volgorde]
    return [deel for deel in gelezen if deel.rapporten or deel.bladen or deel.mislukt]


def _lees(map_: Path, naam: str, register: Register) -> Scenariomap:
    eigen = map_ / naam
    scenario = register.scenarios.get(naam)
    rapporten = sorted(eigen.glob("*.html"), key=lambda pad: (pad.stem not in SOORTEN, pad.name))
    codes = [gevonden[1] for pad in _bestanden(eigen / GEMEENTEN) if (gevonden := _blad(pad))]
    tabellen = [
        pad
        for onder in (eigen, eigen / "analyse")
        for pad in _bestanden(onder)
        if pad.suffix in TABELLEN
    ]
    return Scenariomap(
        naam,
        scenario.titel if scenario else naam,
        [pad.relative_to(map_) for pad in rapporten if pad.is_file()],
        [pad.relative_to(map_) for pad in sorted(tabellen, key=_tabelvolgorde)],
        set(codes),
        {code for code in codes if (eigen / GEMEENTEN / f"{code}.xlsx").is_file()},
        [pad.relative_to(map_) for pad in sorted(eigen.rglob(f"*{MISLUKT}"))],
    )


def _bestanden(map_: Path) -> Iterable[Path]:
    return sorted(pad for pad in map_.glob("*") if pad.is_file())


def _blad(pad: Path) -> re.Match[str] | None:
    return BLAD.fullmatch(pad.name)


def _tabelvolgorde(pad: Path) -> tuple[str, bool, str]:
    """Workbooks before the CSV files of the same folder."""
    return (pad.parent.as_posix(), pad.suffix != ".xlsx", pad.name)


def adres(pad: Path) -> str:
    """Link to a file in the folder; every character that means something in a link is escaped."""
    return "/".join(quote(deel, safe="") for deel in pad.parts)


def soortnaam(pad: Path) -> str:
    """Name of a report for a reader."""
    return SOORTEN.get(pad.stem, pad.stem.replace("_", " "))
