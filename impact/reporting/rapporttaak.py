"""Make one report anywhere: on this machine, or on one that has none of our files.

A task gives back the bytes of its files. Whoever runs the batch writes them.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import io
import os
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from impact.analysis.momentopname import inpakken
from impact.analysis.opslag import RESULTATEN, Instelling, resultatenmap
from impact.analysis.uitvoerder import Lokaal
from impact.registry.laden import Register
from impact.registry.plaats import OMGEVING, PEILDATUM
from impact.reporting.bijlage import schrijf_bijlagen
from impact.reporting.invoercel import NotebookFout
from impact.reporting.opdrachten import Opbrengst, Opdracht
from impact.reporting.rapport import NEDERLAND, Rapport, onthoud, open_rapport
from impact.reporting.rapportsleutel import programmasleutel
from impact.reporting.uitvoeren import STANDAARDMOTOR, maak_rapport

ONDERMAP = "resultaten"


@dataclass(frozen=True)
class Bundel:
    """Everything that reports read, for a machine that has none of it.

    Attributes
    ----------
    zip : parameters and stored results
    som : hash of the zip
    programma : key of the program that made them; another one may not use them
    peildatum : day on which values are judged to be stale
    """

    zip: bytes
    som: str
    programma: str
    peildatum: str


def maak(opdracht: Opdracht, motor: str = STANDAARDMOTOR) -> Opbrengst:
    """Make one report; a failure becomes an outcome and not an exception."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="impact-") as klad:
        hier = replace(opdracht, doel=Path(klad) / opdracht.doel.name)
        melding, mislukt = "", None
        try:
            maak_rapport(hier.notebook, hier.parameters, hier.doel, motor)
            maak_bijlagen(hier)
        except NotebookFout as fout:
            melding = str(fout)
            mislukt = fout.bewaard.read_bytes() if fout.bewaard else None
        except OSError as fout:
            melding = f"{opdracht.doel.name}: {fout.strerror or fout}"
        bestanden = (
            {} if melding else {p.name: p.read_bytes() for p in sorted(Path(klad).iterdir())}
        )
    return Opbrengst(bestanden, melding, mislukt, time.monotonic() - begin)


def maak_bijlagen(opdracht: Opdracht) -> None:
    """Write workbook and CSV beside a report that was made.

    Raises
    ------
    NotebookFout
        It went wrong, whatever it was.
    OSError
        A file could not be written.
    """
    keuze = opdracht.parameters
    try:
        instelling = Instelling(trekkingen=int(keuze["trekkingen"]))
        rapport = open_rapport(opdracht.scenario, instelling)
        schrijf_bijlagen(rapport, opdracht.doel, str(keuze.get("gemeente", NEDERLAND)))
        _houd_vast(rapport)
    except OSError:
        raise
    except Exception as fout:
        raise NotebookFout(f"werkboek: {type(fout).__name__}: {fout}") from fout


@onthoud
def _houd_vast(rapport: Rapport) -> None:
    """Once per scenario: spare the garbage collector what all its reports share.

    Without this it looks at everything that was read again and again while a workbook is written.
    What the process kept for an earlier scenario is cleared up first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def maak_bundel(register: Register, mappen: Iterable[Path]) -> Bundel:
    """Pack the parameters and folders of results and analyses."""
    wortel, buffer = resultatenmap(register), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archief:
        archief.writestr("parameters.zip", inpakken(register.map))
        for map_ in sorted(set(mappen)):
            for pad in sorted(map_.iterdir()):
                naam = f"{ONDERMAP}/{pad.relative_to(wortel).as_posix()}"
                archief.writestr(zipfile.ZipInfo(naam), pad.read_bytes())
    inhoud = buffer.getvalue()
    som = hashlib.sha256(inhoud).hexdigest()
    return Bundel(inhoud, som, programmasleutel(), str(register.peildatum))


def maak_elders(bundel: Bundel, opdracht: Opdracht, motor: str = STANDAARDMOTOR) -> Opbrengst:
    """Make one report on a machine of a cluster, in a process of its own there.

    Raises
    ------
    RuntimeError
        That machine has another version of the workbench.
    """
    if bundel.programma != programmasleutel():
        raise RuntimeError("een werker heeft een andere versie; zet op alle machines dezelfde")
    map_ = werkplaats(bundel)
    omgeving = {
        OMGEVING: str(map_ / "parameters"),
        RESULTATEN: str(map_ / ONDERMAP),
        PEILDATUM: bundel.peildatum,
    }
    gemaakt: Opbrengst = _processen().submit(_maak_daar, omgeving, opdracht, motor).result()
    return gemaakt


def _maak_daar(omgeving: dict[str, str], opdracht: Opdracht, motor: str) -> Opbrengst:
    os.environ.update(omgeving)
    return maak(opdracht, motor)


@functools.cache
def _processen() -> Lokaal:
    """Processes of this machine of the cluster; as many as it has tasks at the same time."""
    return Lokaal(os.cpu_count() or 1)


_slot = threading.Lock()


@functools.cache
def _werkmap() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="impact-werkplaats-", ignore_cleanup_errors=True)


def werkplaats(bundel: Bundel) -> Path:
    """Folder with the contents of a bundle; unpacked once in this process."""
    with _slot:
        map_ = Path(_werkmap().name) / bundel.som[:20]
        if not map_.is_dir():
            naast = map_.with_suffix(".bezig")
            with zipfile.ZipFile(io.BytesIO(bundel.zip)) as archief:
                archief.extractall(naast)
            with zipfile.ZipFile(naast / "parameters.zip") as archief:
                archief.extractall(naast / "parameters")
            naast.rename(map_)
    return map_
