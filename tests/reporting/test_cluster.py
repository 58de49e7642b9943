"""The same batch on a real cluster without shared files, of which a machine falls away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from impact.analysis.cluster import Cluster
from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import is_ver, open_uitvoerder, plaatsen
from impact.cli.hoofd import cli
from impact.registry.laden import laad_register
from impact.reporting.batch import maak_alle
from impact.reporting.batchmap import open_batchmap
from impact.reporting.mapcontrole import controleer_map
from impact.reporting.opdrachten import Opdracht, Uitslag
from impact.reporting.rapport import lees_register
from impact.reporting.uitvoermanifest import lees_manifest

TREKKINGEN, AANTAL = 8, 8
SCENARIO = "geldend_recht"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="groepen van processen zijn hier anders")


@dataclass(frozen=True)
class Opstelling:
    """A scheduler and its workers, each a process group of its own."""

    adres: str
    werkers: list[subprocess.Popen[bytes]]


def start(wortel: Path, map_: Path, *opdracht: str) -> subprocess.Popen[bytes]:
    """Start a part of the cluster in an empty folder that nobody else reads."""
    map_.mkdir()
    omgeving = {naam: w for naam, w in os.environ.items() if not naam.startswith("IMPACT_")}
    omgeving |= {"PYTHONPATH": str(wortel), "IMPACT_RESULTATEN": str(map_ / "leeg")}
    with (map_ / "fouten.txt").open("wb") as fouten:
        return subprocess.Popen(
            [sys.executable, "-m", *opdracht],
            cwd=map_,
            env=omgeving,
            stdout=subprocess.DEVNULL,
            stderr=fouten,
            start_new_session=True,
        )


@pytest.fixture(scope="module")
def cluster(wortel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opstelling]:
    map_ = tmp_path_factory.mktemp("cluster")
    bestand = map_ / "adres.json"
    plek = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file")
    processen = [
        start(wortel, map_ / "planner", "distributed.cli.dask_scheduler", *plek, str(bestand))
    ]
    eind = time.monotonic() + 60
    while not bestand.exists() and time.monotonic() < eind:
        time.sleep(0.1)
    adres = str(json.loads(bestand.read_text(encoding="utf-8"))["address"])
    keuze = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60")
    processen += [
        start(wortel, map_ / f"werker{n}", "distributed.cli.dask_worker", adres, *keuze)
        for n in (1, 2)
    ]
    yield Opstelling(adres, processen[1:])
    for proces in reversed(processen):
        stop(proces)


def stop(proces: subprocess.Popen[bytes]) -> None:
    """Kill a part of the cluster with all its processes, as when a machine falls away."""
    if proces.poll() is None:
        os.killpg(proces.pid, signal.SIGKILL)
    proces.wait()


@pytest.fixture(scope="module")
def klaar() -> None:
    """Results and analyses for the sheets of a reference."""
    bereken([SCENARIO], instelling=Instelling(trekkingen=TREKKINGEN))


@pytest.fixture
def notebook(tmp_path: Path) -> str:
    """A report that shows a stored figure of a municipality, and costs little."""
    pad = tmp_path / "kort.ipynb"
    vast = f'scenario = "{SCENARIO}"\ngemeente = "GM0014"\ntrekkingen = {TREKKINGEN}'
    bron = (
        "from IPython.display import HTML, display\n"
        "from impact.analysis.opslag import Instelling\n"
        "from impact.reporting.rapport import open_rapport\n"
        "rapport = open_rapport(scenario, Instelling(trekkingen=trekkingen))\n"
        "reeks = rapport.reeks('gehuisvest', gemeente, 'gemeente')\n"
        "display(HTML(f'<h1>{gemeente} {rapport.register.peildatum}</h1>{reeks.to_html()}'))"
    )
    cellen = [
        nbformat.v4.new_code_cell(vast, id="a", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(bron, id="b"),
    ]
    kern = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cellen, metadata=kern), pad)
    return str(pad)


def bladen(notebook: str, map_: Path) -> list[Opdracht]:
    """Short reports about the first municipalities."""
    vast: dict[str, str | int] = {"scenario": SCENARIO, "trekkingen": TREKKINGEN}
    return [
        Opdracht(notebook, {**vast, "gemeente": code}, map_ / SCENARIO / f"{code}.html")
        for code in list(lees_register().gemeenten.index)[:AANTAL]
    ]


@pytest.mark.usefixtures("klaar")
def test_zelfde_rapporten_ook_als_een_machine_wegvalt(
    cluster: Opstelling, notebook: str, tmp_path: Path
) -> None:
    register = lees_register()
    gemeld: list[Uitslag] = []
    sommen = {}
    for waar, adres in (("hier", ""), ("daar", cluster.adres)):
        lijst = bladen(notebook, tmp_path / waar)

        def meld(uitslag: Uitslag, waar: str = waar) -> None:
            if waar == "daar":
                gemeld.append(uitslag)
                if len(gemeld) == 2:
                    stop(cluster.werkers[1])

        with open_batchmap(tmp_path / waar) as map_, open_uitvoerder(adres) as werkers:
            assert is_ver(werkers) is bool(adres)
            if adres:
                wacht_op(werkers, 2)
            uitslagen = maak_alle(map_, register, lijst, werkers, meld)
            map_.sluit()
        assert [uitslag.melding for uitslag in uitslagen] == [""] * AANTAL
        sommen[waar] = lees_manifest(tmp_path / waar).bestanden
    assert sommen["daar"] == sommen["hier"]
    assert sorted(u.opdracht.doel for u in gemeld) == sorted(o.doel for o in lijst)
    assert controleer_map(tmp_path / "daar").in_orde


def wacht_op(werkers: object, aantal: int) -> None:
    """Wait until the cluster has as many places as it will have."""
    eind = time.monotonic() + 60
    while plaatsen(werkers) < aantal and time.monotonic() < eind:  # type: ignore[arg-type]
        time.sleep(0.1)


def test_een_scenario_op_het_cluster_geeft_dezelfde_cijfers(
    cluster: Opstelling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a machine fell away, and the submitter stores what the cluster gave."""
    register, instelling = laad_register(), Instelling(trekkingen=4, tot="2028-I")
    tabellen = []
    for waar, adres in (("hier", ""), ("daar", cluster.adres)):
        monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / waar))
        with open_uitvoerder(adres) as werkers:
            resultaat = bereken(["einde_lvv"], register, instelling, werkers)["einde_lvv"]
        assert resultaat.map.is_relative_to(tmp_path / waar)
        tabellen.append((resultaat.map / "tabel.parquet").read_bytes())
    assert tabellen[0] == tabellen[1]


OPDRACHTEN = [
    ("stapeling", "einde_lvv", "--trekkingen", "2"),
    ("gevoeligheid", "einde_lvv", "--trekkingen", "8"),
    ("omslagpunt", "einde_lvv", "--conclusie", "gat_nul", "--trekkingen", "2"),
    ("terugtoets", "--oorsprong", "2023-I", "--trekkingen", "2"),
]
"""One of every kind of task; the other commands hand out their work in the same way."""


@pytest.mark.parametrize("opdracht", OPDRACHTEN, ids=lambda opdracht: opdracht[0])
def test_elke_opdracht_rekent_op_het_cluster(
    opdracht: tuple[str, ...],
    cluster: Opstelling,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gegeven: list[object] = []

    class Teller(Cluster):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            gegeven.append(fn)
            return super().submit(fn, *args, **kwargs)

    monkeypatch.setattr("impact.analysis.cluster.Cluster", Teller)
    tabellen = []
    for waar, keuze in (("hier", []), ("daar", ["--cluster", cluster.adres])):
        monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / waar))
        doel = ["--map", str(tmp_path / f"uit-{waar}")]
        cli([*opdracht, *doel, *keuze], standalone_mode=False)
        assert bool(gegeven) is (waar == "daar")
        tabellen.append({p.name: p.read_bytes() for p in (tmp_path / waar).glob("*/*/*.parquet")})
    assert tabellen[0] == tabellen[1]
    assert tabellen[0]
