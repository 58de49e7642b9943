"""When a notebook gets a copy of the process, and when a kernel; and what ends both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill.engines import NBClientEngine, papermill_engines

from impact import motor
from impact.motor import engine, grenzen
from tests.motor.conftest import Dienst

WELKE = "type(get_ipython()).__name__"


def test_papermill_kent_de_motor(wortel: Path) -> None:
    inrichting = tomllib.loads((wortel / "pyproject.toml").read_text(encoding="utf-8"))
    ((naam, plek),) = inrichting["project"]["entry-points"]["papermill.engine"].items()
    assert EntryPoint(naam, plek, "papermill.engine").load() is motor.Notebookmotor
    assert papermill_engines.get_engine(naam) is motor.Notebookmotor


def test_een_voortgangsbalk_houdt_het_volgende_notebook_niet_tegen(draai: Dienst) -> None:
    balk = "from tqdm.auto import tqdm\nfor _ in tqdm([1]): pass"
    for _ in range(2):
        antwoord = draai(WELKE, balk, progress_bar=True)
        assert antwoord.uitvoer(0)[0].data["text/plain"] == "'Notebookschil'"
        assert "100%" in antwoord.tekst(1, "stderr") or antwoord.uitvoer(1)


def test_een_kernel_als_splitsen_niet_mag(draai: Dienst) -> None:
    antwoord = draai(WELKE, "print('een')", "1 / 0", fork=False, execution_timeout=60)
    assert antwoord.uitvoer(0)[0].data["text/plain"] == "'ZMQInteractiveShell'"
    assert "ZeroDivisionError" in antwoord.fout


def test_draden_maken_een_kopie_onveilig(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(grenzen, "_andere_draden", lambda: [])
    for nummer, naam in {
        os.getpid(): "python",
        2: "python",
        3: "jemalloc_bg_thd",
        4: "ZMQbg/IO/0",
    }.items():
        (tmp_path / str(nummer)).mkdir()
        (tmp_path / str(nummer) / "comm").write_text(naam + "\n")
    monkeypatch.setattr(grenzen, "TAKEN", tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    assert motor.waarom_niet_splitsen() == ""
    (tmp_path / "5").mkdir()
    (tmp_path / "5" / "comm").write_text("V8 DefaultWorke\n")
    assert "V8 DefaultWorke" in motor.waarom_niet_splitsen()
    monkeypatch.setattr(grenzen, "_andere_draden", lambda: [threading.Thread()])
    assert "meer dan een draad" in motor.waarom_niet_splitsen()
    monkeypatch.delattr(os, "fork")
    assert "dit systeem" in motor.waarom_niet_splitsen()


@pytest.mark.parametrize(
    ("kernel", "keuze", "reden", "verwacht"),
    [
        ("python3", {"fork": False}, "", {}),
        ("python3", {}, "draden", {}),
        ("ir", {}, "", {}),
        ("python3", {"coalesce_streams": True}, "", {"coalesce_streams": True}),
    ],
)
def test_wat_een_kernel_krijgt(
    kernel: str,
    keuze: dict[str, Any],
    reden: str,
    verwacht: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limits of a copy are left out, the rest goes to papermill's own engine."""
    monkeypatch.setattr(engine, "waarom_niet_splitsen", lambda: reden)
    gekregen: dict[str, Any] = {}

    def vang(nb: Any, kernel_name: str, **rest: Any) -> str:
        gekregen.update(rest)
        return kernel_name

    monkeypatch.setattr(NBClientEngine, "execute_notebook", vang)
    uit = motor.Notebookmotor.execute_notebook(
        nbformat.v4.new_notebook(), kernel, memory_limit=1, execution_timeout=3, **keuze
    )
    assert uit == kernel
    assert gekregen == {"execution_timeout": 3, **verwacht}


LANG = """
import papermill, impact.motor, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in the background
papermill.execute_notebook(sys.argv[1], sys.argv[2], engine_name="impact", progress_bar=False)
"""


@pytest.mark.parametrize("teken", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_wie_de_ouder_stopt_stopt_het_notebook(teken: signal.Signals, tmp_path: Path) -> None:
    nummer = tmp_path / "nummer"
    bron = (
        f"import os, time\nopen({str(nummer)!r}, 'w').write(f'{{os.getpid()}}\\n')\nwhile True: 1"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(bron)])
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "P"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    opdracht = [sys.executable, "-c", LANG, str(tmp_path / "in.ipynb"), str(tmp_path / "uit.ipynb")]
    with subprocess.Popen(opdracht, stderr=subprocess.DEVNULL) as ouder:
        try:
            wacht_op(lambda: nummer.is_file() and nummer.read_text().endswith("\n"))
            ouder.send_signal(teken)
            ouder.wait(20)
        finally:
            ouder.kill()
    kind = int(nummer.read_text())
    wacht_op(lambda: not leeft(kind))
    uit = nbformat.read(tmp_path / "uit.ipynb", as_version=4)
    assert uit.cells[0].execution_count == (1 if teken == signal.SIGINT else None)


def leeft(nummer: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(nummer, 0)
    except ProcessLookupError:
        return False
    return True


def wacht_op(gebeurd: Any) -> None:
    """Wait until something has happened."""
    eind = time.monotonic() + 30
    while not gebeurd():
        assert time.monotonic() < eind, "dat duurt te lang"
        time.sleep(0.05)
