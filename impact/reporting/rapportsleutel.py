"""Content key per report: with the same key a report has the same bytes.

The key covers the program, the versions of the libraries that shape the output, the notebook and
its parameters, the part of the register that the report can reach, and the stored figures that it
shows. What it covers may be more than what a report shows, never less. A comment does not count,
unless it moves a value to another line or stands in a translation.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import impact
from impact.analysis.deelregister import Delen, deel_van, deelsleutel
from impact.analysis.opslag import MANIFEST, Instelling, zoek
from impact.registry.laden import Register
from impact.reporting.analyses import analyses_van, open_analyse
from impact.reporting.opdrachten import BRIEF, TOETS, Opdracht
from impact.reporting.uitvoeren import vind_notebook
from impact.reporting.uitvoeringshoofdstukken import functies_per_wet, wetnaam
from impact.reporting.vertaling import MAP as VERTALINGEN
from impact.reporting.weergave import SJABLOON, TEKSTEN, sjabloonmap

PAKKETTEN = (
    "altair",
    "babel",
    "ipython",
    "jinja2",
    "mini-racer",
    "mistune",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "scipy",
    "vl-convert-python",
    "xlsxwriter",
)
"""Libraries that shape what a report looks like."""
KEUS = {"scenario": "scenarios", "wet": "wetten", "uitvoering": "uitvoering"}
"""Kinds of entries of which a report reaches only some."""
ELDERS = ("bron", "maatregel")
"""Sources count where a report names them, measures with their law."""
OP_REGEL = ("eigen", "parameter", "scenario", "wet")
"""Kinds of entries of which a report may name the line."""
PROGRAMMA = ("*.js", "*.json", "*.py")


def versies() -> dict[str, str]:
    """Versions of the workbench, Python and the libraries that shape the output."""
    eigen = {"impact": impact.__version__, "python": platform.python_version()}
    return eigen | {naam: version(naam) for naam in PAKKETTEN}


def som_van(paden: Iterable[Path], wortel: Path) -> str:
    """Hash of files with their names; line ends do not count."""
    som = hashlib.sha256()
    for pad in sorted(paden):
        som.update(f"{pad.relative_to(wortel).as_posix()}\0".encode())
        som.update(hashlib.sha256(pad.read_bytes().replace(b"\r\n", b"\n")).digest())
    return som.hexdigest()


@functools.cache
def programmasleutel() -> str:
    """Hash of the program, the template, and the versions of libraries."""
    pakket, rapporten = Path(impact.__file__).parent, sjabloonmap()
    delen = [
        som_van((p for soort in PROGRAMMA for p in pakket.rglob(soort)), pakket),
        *(
            som_van((pad for pad in (rapporten / map_).rglob("*") if pad.is_file()), rapporten)
            for map_ in (SJABLOON, TEKSTEN)
        ),
        json.dumps(versies(), sort_keys=True),
    ]
    return _som(delen)


def _som(delen: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()


@dataclass(frozen=True)
class Gegevens:
    """Stored figures of one scenario that its reports show.

    Attributes
    ----------
    mappen : folders of the results and analyses
    sleutel : hash of what is in them; when it was made does not count
    """

    mappen: tuple[Path, ...]
    sleutel: str


def gegevens_van(register: Register, scenario: str, trekkingen: int) -> Gegevens:
    """Find the results and analyses of a scenario; they have been made."""
    instelling = Instelling(trekkingen=trekkingen)
    namen = [scenario, register.scenario(scenario).referentie]
    gevonden = [zoek(register, naam, instelling) for naam in namen if naam is not None]
    mappen = [resultaat.map for resultaat in gevonden if resultaat is not None]
    mappen += [
        open_analyse(register, scenario, naam, trekkingen).map
        for naam in analyses_van(register, scenario)
    ]
    return Gegevens(tuple(mappen), _som([_mapsleutel(map_) for map_ in mappen]))


def _mapsleutel(map_: Path) -> str:
    """Hash of a stored result; the moment that it was made does not count."""
    manifest = json.loads((map_ / MANIFEST).read_text(encoding="utf-8"))
    vast = {n: w for n, w in manifest.items() if n not in ("gemaakt", "parametersleutel")}
    tabellen = som_van((pad for pad in map_.iterdir() if pad.name != MANIFEST), map_)
    return _som([json.dumps(vast, sort_keys=True), tabellen])


@functools.lru_cache(maxsize=256)
def registersleutel(register: Register, scenario: str, notebook: str) -> str:
    """Hash of the part of the register that one kind of report about a scenario can reach.

    A report names files and lines, so where a value stands counts and not only what it says.
    """
    delen = [deelsleutel(register, scenario), str(register.peildatum)]
    delen.append(json.dumps(list(_opbouw(register, deel_van(register, scenario)))))
    delen.append(register.historie[["bestand", "regel"]].to_csv(index=False))
    if notebook == TOETS:
        functies = functies_per_wet(register).items()
        delen.append(json.dumps([[wetnaam(register, wet), deel] for wet, deel in functies]))
    if notebook == BRIEF:
        delen.append(str(max(bron.geraadpleegd for bron in register.bronnen.values())))
    return _som(delen)


def _opbouw(register: Register, deel: Delen) -> Iterator[object]:
    """Keys of all entries in the order of their files, with the lines that a report may name."""
    gezien = set()
    for (aard, naam), plek in register.vindplaatsen.items():
        hoort = aard not in ELDERS and (aard not in KEUS or naam in deel[KEUS[aard]])
        if hoort and plek.bestand not in gezien:
            gezien.add(plek.bestand)
            regels = plek.inhoud.regels
            yield plek.bestand, list(regels.items() if aard in OP_REGEL else regels)


def rapportsleutel(register: Register, opdracht: Opdracht, gegevens: Gegevens) -> str:
    """Content key of one report."""
    notebook = vind_notebook(opdracht.notebook)
    delen = [
        programmasleutel(),
        som_van([notebook], notebook.parent),
        json.dumps(opdracht.parameters, sort_keys=True),
        registersleutel(register, opdracht.scenario, opdracht.notebook),
        gegevens.sleutel,
    ]
    if "taal" in opdracht.parameters:
        vertaling = register.map / VERTALINGEN / f"{opdracht.parameters['taal']}.yaml"
        delen.append(som_van([vertaling] if vertaling.is_file() else [], register.map))
    return _som(delen)
