"""A notebook that fails, hangs, leaks or dies: it is saved as far as it came, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.motor.conftest import Dienst

EERST, LAATST = "print('eerst')", "print('niet bereikt')"


@pytest.mark.parametrize(
    ("cel", "naam", "melding"),
    [
        ("import os\nos._exit(3)", "ProcesGestopt", "de cel heeft het proces beëindigd (status 3)"),
        ("import os\nos.kill(os.getpid(), 9)", "ProcesGestopt", "SIGKILL (misschien te weinig geh"),
        (
            "import ctypes\nctypes.string_at(0)",
            "ProcesGestopt",
            "SIGSEGV (een fout in het geheugen",
        ),
        ("import json\njson.dumps = lambda *a, **k: 'x'", "ProcesGestopt", "geen leesbare uitvoer"),
        ("while True: pass", "Tijdgrens", "de cel duurde langer dan 1 seconden"),
        ("import time\nprint('bezig')\ntime.sleep(60)", "Tijdgrens", "de cel duurde langer dan 1"),
        ("while True: print('x' * 10_000)", "Uitvoergrens", "de cel gaf meer dan 1 MB uitvoer"),
        ("!yes", "Uitvoergrens", "de cel gaf meer dan 1 MB uitvoer"),
        ("import os\nos.system('yes')", "Uitvoergrens", "de cel gaf meer dan 1 MB uitvoer"),
        ("display({'text/plain': 'x' * 2_000_000}, raw=True)", "Uitvoergrens", "meer dan 1 MB"),
    ],
)
def test_een_gestopt_notebook_zegt_waarom(draai: Dienst, cel: str, naam: str, melding: str) -> None:
    antwoord = draai(EERST, cel, LAATST, execution_timeout=1, output_limit=1024**2)
    assert antwoord.fout.startswith("PapermillExecutionError")
    assert antwoord.tekst(0) == "eerst\n"
    fout = antwoord.uitvoer(1)[-1]
    assert fout.ename == naam
    assert melding in fout.evalue
    assert antwoord.uitvoer(2) == []
    assert antwoord.kinderen == 0
    assert antwoord.notebook.metadata.papermill.exception is True


def test_wat_een_cel_schreef_voor_zij_stierf_blijft(draai: Dienst) -> None:
    cel = "import os\nprint('een')\nos.write(2, b'twee')\nprint('drie', end='')\nos.abort()"
    antwoord = draai(cel)
    assert antwoord.tekst(0) == "een\ndrie"
    assert antwoord.tekst(0, "stderr").startswith("twee")
    assert "SIGABRT" in antwoord.fout


def test_tijdgrens_van_het_hele_notebook(draai: Dienst) -> None:
    antwoord = draai(*["import time\ntime.sleep(0.6)"] * 9, notebook_timeout=1)
    assert "het notebook duurde langer dan 1 seconden" in antwoord.fout
    assert antwoord.notebook.cells[1].metadata.papermill.status == "completed"


def test_geheugengrens(draai: Dienst) -> None:
    ruim, krap = "x = bytearray(50_000_000)", "y = bytearray(500_000_000)"
    antwoord = draai(ruim, krap, memory_limit=200_000_000)
    assert antwoord.fout.rstrip().endswith("MemoryError:")
    assert draai(ruim, krap).fout == ""


@pytest.mark.parametrize("cel", ["import sys\nsys.exit()", "raise SystemExit(0)", "exit", "quit()"])
def test_netjes_stoppen_is_geen_fout(draai: Dienst, cel: str) -> None:
    antwoord = draai(EERST, cel, LAATST)
    assert antwoord.fout == ""
    assert antwoord.uitvoer(2) == []


@pytest.mark.parametrize("eerder", [(), ("print(1)",)])
def test_een_cel_die_wacht(draai: Dienst, eerder: tuple[str, ...]) -> None:
    cel = "import asyncio\nawait asyncio.sleep(0)\nprint('klaar')"
    assert draai(*eerder, cel).tekst(len(eerder)) == "klaar\n"
    assert "ZeroDivisionError" in draai(*eerder, f"{cel}\n1 / 0").fout


def test_wat_nog_loopt_mag_zijn_werk_afmaken(draai: Dienst, tmp_path: Path) -> None:
    """Exit functions, tasks that are called off, and threads of the loop."""
    cel = (
        f"import asyncio, atexit, pathlib, time\nmap_ = pathlib.Path({str(tmp_path)!r})\n"
        "atexit.register((map_ / 'uitgang').touch)\n"
        "async def taak():\n    try:\n        await asyncio.sleep(99)\n"
        "    finally:\n        (map_ / 'taak').touch()\n"
        "def draad():\n    time.sleep(0.5)\n    (map_ / 'draad').touch()\n"
        "loopt = asyncio.create_task(taak())\n"
        "asyncio.get_running_loop().run_in_executor(None, draad)\nawait asyncio.sleep(0)"
    )
    assert draai(cel).fout == ""
    assert sorted(pad.name for pad in tmp_path.iterdir()) == ["draad", "taak", "uitgang"]


def test_stoppen_met_een_fout_is_een_fout(draai: Dienst) -> None:
    assert "SystemExit: 2" in draai("import sys\nsys.exit(2)").fout


def test_niemand_geeft_antwoord_op_een_vraag(draai: Dienst) -> None:
    for vraag in ("input('naam?')", "import getpass\ngetpass.getpass()"):
        assert "StdinNotImplementedError" in draai(vraag).fout


@pytest.mark.parametrize(
    "keuze", [{"allow_errors": True}, {"allow_error_names": ["ZeroDivisionError"]}]
)
def test_fouten_die_mogen(draai: Dienst, keuze: dict[str, object]) -> None:
    antwoord = draai("1 / 0", "print('verder')", **keuze)
    assert antwoord.tekst(1) == "verder\n"


def test_toegestane_fouten_kunnen_toch_verboden_worden(draai: Dienst) -> None:
    antwoord = draai(("1 / 0", "raises-exception"), "print('verder')", force_raise_errors=True)
    assert antwoord.tekst(1) == ""
