"""Work in other processes: results, mistakes and deaths come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from impact.analysis.cluster import ClusterFout, roep_aan, verbind
from impact.analysis.uitvoerder import (
    Lokaal,
    WerkerFout,
    aantal_werkers,
    is_ver,
    kies_werkers,
    kladmap,
    open_uitvoerder,
    plaatsen,
)
from impact.analysis.werkproces import ProcesGestopt, Werkproces


@pytest.fixture(scope="module")
def lokaal() -> Iterator[Lokaal]:
    with Lokaal(1) as uitvoerder:
        yield uitvoerder


class Eigen(Exception):
    """Cannot be made from its own text."""

    def __init__(self, een: str, twee: str) -> None:
        super().__init__(een + twee)


def faal(soort: str) -> None:
    """Fail in one of several ways."""
    if soort == "eigen":
        raise Eigen("a", "b")
    if soort == "stop":
        sys.exit(3)
    raise KeyError("x")


def test_antwoord_en_volgorde(lokaal: Lokaal) -> None:
    assert list(lokaal.map(divmod, [7, 8], [2, 3])) == [(3, 1), (2, 2)]
    assert lokaal.submit(int, "12", base=8).result() == 10
    assert not is_ver(lokaal)
    assert plaatsen(lokaal) == 1


def test_een_fout_komt_terug_met_de_plek(lokaal: Lokaal) -> None:
    with pytest.raises(KeyError) as fout:
        lokaal.submit(faal, "gewoon").result()
    assert "in faal" in fout.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Eigen: ab"):
        lokaal.submit(faal, "eigen").result()
    with pytest.raises(SystemExit):
        lokaal.submit(faal, "stop").result()
    assert lokaal.submit(abs, -1).result() == 1


def test_een_dood_proces_kost_een_taak(lokaal: Lokaal) -> None:
    eerste = lokaal.submit(os.getpid).result()
    with pytest.raises(ProcesGestopt, match="te weinig geheugen"):
        lokaal.submit(os._exit, 9).result()
    tweede = lokaal.submit(os.getpid).result()
    assert eerste != tweede != os.getpid()


def test_wat_een_taak_print_verstoort_niets(lokaal: Lokaal) -> None:
    lokaal.submit(print, "hallo").result()
    assert lokaal.submit(os.write, 1, b"hallo\n").result() == 6


def test_omgeving_en_map_gaan_mee(
    lokaal: Lokaal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_PROEF", "een")
    assert lokaal.submit(os.getenv, "IMPACT_PROEF").result() == "een"
    monkeypatch.delenv("IMPACT_PROEF")
    monkeypatch.chdir(tmp_path)
    assert lokaal.submit(os.getenv, "IMPACT_PROEF").result() is None
    assert Path(lokaal.submit(os.getcwd).result()) == tmp_path.resolve()


def test_een_proces_is_een_schone_interpreter_met_een_draad(lokaal: Lokaal) -> None:
    assert lokaal.submit(threading.active_count).result() == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="dit systeem kent geen kill -9")
def test_geen_wees_na_kill_9() -> None:
    code = (
        "import os, time\n"
        "from impact.analysis.uitvoerder import Lokaal\n"
        "print(Lokaal(1).submit(os.getpid).result(), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as ouder:
        assert ouder.stdout is not None
        kind = int(ouder.stdout.readline())
        ouder.kill()
    wacht_tot_dood(kind)


@pytest.mark.skipif(sys.platform != "linux", reason="alleen Linux zegt het meteen")
@pytest.mark.parametrize("bezig", [False, True])
def test_een_proces_dat_begint_of_bezig_is_stopt_met_zijn_ouder(
    bezig: bool, tmp_path: Path
) -> None:
    teken = tmp_path / "bezig"
    taak = f"import time; open({str(teken)!r}, 'w').close(); time.sleep(60)"
    code = (
        "import subprocess, time\n"
        "from impact.analysis import werkproces\n"
        "from impact.analysis.uitvoerder import Lokaal\n"
        "class Popen(subprocess.Popen):\n"
        "    def __init__(self, *keuze, **namen):\n"
        "        super().__init__(*keuze, **namen)\n"
        "        print(self.pid, flush=True)\n"
        "subprocess.Popen = Popen\n"
        f"Lokaal(1).submit(exec, {taak!r}).result()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as ouder:
        assert ouder.stdout is not None
        kind = int(ouder.stdout.readline())
        while bezig and not teken.exists() and ouder.poll() is None:
            time.sleep(0.05)
        ouder.kill()
    wacht_tot_dood(kind)


def test_een_draad_die_eindigt_neemt_zijn_proces_niet_mee() -> None:
    processen: list[Werkproces] = []

    def begin() -> None:
        processen.append(Werkproces())
        assert processen[0].roep(abs, -1) == 1

    draad = threading.Thread(target=begin)
    draad.start()
    draad.join()
    time.sleep(0.2)
    assert processen[0].roep(abs, -2) == 2
    processen[0].stop()


def test_tijdelijke_bestanden_van_een_gedood_proces_verdwijnen() -> None:
    with Lokaal(1) as werkers:
        map_ = Path(werkers.submit(tempfile.mkdtemp).result())
        assert map_.is_dir()
        with pytest.raises(ProcesGestopt):
            werkers.submit(os._exit, 9).result()
        assert not map_.exists()


def test_klad_van_een_gedood_proces_gaat_weg_en_van_een_levend_niet(
    tmp_path: Path, lokaal: Lokaal
) -> None:
    dood, levend, ander = tmp_path / ".klad-dood", tmp_path / ".klad-levend", tmp_path / "resultaat"
    gisteren = time.time() - 2 * 24 * 3600
    for map_ in (dood, levend, ander):
        map_.mkdir()
        (map_ / "blok").write_bytes(b"x")
        os.utime(map_ / "blok", (gisteren, gisteren))
        os.utime(map_, (gisteren, gisteren))
    os.utime(levend / "blok")
    with kladmap(tmp_path, lokaal) as klad:
        assert sorted(tmp_path.iterdir()) == sorted([klad, levend, ander])
    assert sorted(tmp_path.iterdir()) == sorted([levend, ander])


def test_afbreken_stopt_ook_een_proces_dat_net_begint() -> None:
    werkers = Lokaal(1)
    taak = werkers.submit(time.sleep, 60)
    begin = time.monotonic()
    werkers.shutdown(cancel_futures=True)
    assert time.monotonic() - begin < 20
    assert taak.cancelled() or isinstance(taak.exception(), ProcesGestopt)


def wacht_tot_dood(pid: int) -> None:
    """Wait until a process is gone, and not longer than it may take on a busy machine."""
    eind = time.monotonic() + 20
    while leeft(pid) and time.monotonic() < eind:
        time.sleep(0.05)
    assert not leeft(pid)


def leeft(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be buried does not."""
    stand = Path(f"/proc/{pid}/stat")
    if stand.parent.parent.is_dir() and Path("/proc/self/stat").exists():
        return (
            stand.exists()
            and stand.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
        )
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_de_processen_blijven_voor_de_volgende_analyse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_WERKERS", "1")
    with kies_werkers() as een, open_uitvoerder() as twee:
        assert een is twee
        assert plaatsen(een) == aantal_werkers() == 1
    with kies_werkers(een) as drie:
        assert drie is een


@pytest.mark.parametrize("tekst", ["0", "-1", "veel"])
def test_een_raar_aantal_werkers(tekst: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_WERKERS", tekst)
    with pytest.raises(WerkerFout, match=f"niet '{tekst}'"):
        aantal_werkers()


def test_cluster_zonder_pakket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterFout, match="installeer"), verbind("tcp://127.0.0.1:1"):
        pass


def test_andere_code_op_een_werker() -> None:
    with pytest.raises(ClusterFout, match="andere versie"):
        roep_aan("andere code", abs)
