"""Output in the order in which it was written, however it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.motor.conftest import Dienst


def test_uitvoer_van_andere_processen_staat_op_haar_plaats(draai: Dienst) -> None:
    cel = (
        "import os, subprocess, ctypes\nprint('een')\nos.system('echo twee')\nprint('drie')\n"
        "subprocess.run(['echo', 'vier'])\nos.write(1, 'vijf é\\n'.encode())\n"
        "libc = ctypes.CDLL(None)\nlibc.puts(b'zes')\nlibc.fflush(None)\nprint('zeven')"
    )
    for _ in range(3):
        assert draai(cel).tekst(0) == "een\ntwee\ndrie\nvier\nvijf é\nzes\nzeven\n"


def test_veel_uitvoer_van_een_ander_proces(draai: Dienst) -> None:
    antwoord = draai("import os\nos.system('seq 400000; seq 3 >&2')\nprint('klaar')")
    regels = antwoord.tekst(0).splitlines()
    assert regels == [*map(str, range(1, 400_001)), "klaar"]
    assert antwoord.tekst(0, "stderr") == "1\n2\n3\n"


def test_een_gesplitst_proces_schrijft_in_de_cel(draai: Dienst) -> None:
    cel = (
        "import os, multiprocessing as m\n"
        "p = m.get_context('fork').Process(target=print, args=('kind',), kwargs={'flush': True})\n"
        "p.start(); p.join()\nprint('ouder', p.exitcode)"
    )
    assert draai(cel).tekst(0) == "kind\nouder 0\n"


def test_draden_schrijven_door_elkaar_maar_heel(draai: Dienst) -> None:
    cel = (
        "from concurrent.futures import ThreadPoolExecutor as T\nimport sys\n"
        "with T(8) as t: list(t.map(lambda n: sys.stdout.write('x' * 1000 + '\\n'), range(200)))"
    )
    assert draai(cel).tekst(0).splitlines() == ["x" * 1000] * 200


def test_losse_surrogaten_en_nullen_breken_niets(draai: Dienst) -> None:
    antwoord = draai("print('\\ud800')\nprint('a\\0b')\nimport os\n_ = os.write(1, b'\\xff\\n')")
    assert antwoord.fout == ""
    assert antwoord.tekst(0) == "\\ud800\na\0b\n\ufffd\n"


def test_een_bestandsnaam_die_geen_utf8_is_breekt_niets(draai: Dienst) -> None:
    antwoord = draai("display({'text/plain': 'naam \\udcff'}, raw=True)")
    assert antwoord.fout == ""
    assert antwoord.uitvoer(0)[0].data["text/plain"] == "naam \ufffd"


@pytest.mark.parametrize("motor", ["impact", None])
def test_uitvoer_gaat_ook_naar_bestanden(draai: Dienst, motor: str | None, tmp_path: Path) -> None:
    antwoord = draai(
        "import sys, time\nprint('een', flush=True)\nprint('fout', file=sys.stderr)\nprint('twee')",
        motor=motor,
        stdout_file=str(tmp_path / "uit"),
        stderr_file=str(tmp_path / "fout"),
    )
    assert antwoord.fout == ""
    assert (tmp_path / "uit").read_text() == "een\ntwee\n"
    assert (tmp_path / "fout").read_text() == "fout\n"


def test_een_lange_cel_is_te_volgen(draai: Dienst, tmp_path: Path) -> None:
    """What a cell prints is in the log before the cell ends, and once."""
    log = tmp_path / "uit"
    cel = (
        f"import time\nprint('bezig')\ntime.sleep(0.6)\ngezien = open({str(log)!r}).read()\n"
        "print('klaar')"
    )
    antwoord = draai(cel, "gezien", stdout_file=str(log))
    assert antwoord.uitvoer(1)[0].data["text/plain"] == repr("bezig\n")
    assert log.read_text() == antwoord.tekst(0) == "bezig\nklaar\n"
