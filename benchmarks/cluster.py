"""The same batch on a Dask cluster of one worker and of two, on this machine.

    python benchmarks/cluster.py [--gemeenten 120] [--trekkingen 50] [--scenario verbod_voorrang]

Prints the seconds in which the reports are made, how busy all cores of this machine were, and how
many times faster two workers are: 1.7 times is the goal where the cores allow, so with a core for
each worker and some to spare for scheduler and client. Every folder is
compared with one that was made without a cluster, file by file. The exit status is 1 when they
differ. The first batch on a worker starts its processes and is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from impact.reporting.rapport import lees_register
from impact.reporting.uitvoermanifest import lees_manifest

PROGRAMMA = [sys.executable, "-c", "from impact.cli.hoofd import main; main()"]
WORTEL = Path(__file__).resolve().parents[1]
DOEL = 1.7
WACHT = 60


@contextmanager
def onderdeel(map_: Path, *opdracht: str) -> Iterator[None]:
    """Run a part of the cluster, with its own processes, for as long as it is needed."""
    map_.mkdir()
    proces = subprocess.Popen(
        [sys.executable, "-m", *opdracht],
        cwd=map_,
        env={**os.environ, "PYTHONPATH": str(WORTEL)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(proces.pid, signal.SIGKILL)
        proces.wait()


@contextmanager
def cluster(map_: Path, werkers: int) -> Iterator[str]:
    """Start a scheduler and workers; give the address when all are there."""
    from distributed import Client

    bestand = map_ / "adres.json"
    plek = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file")
    planner = ("distributed.cli.dask_scheduler", *plek, str(bestand))
    keuze = ("--nworkers", str(werkers), "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    with onderdeel(map_ / "planner", *planner):
        eind = time.monotonic() + WACHT
        while not bestand.exists() and time.monotonic() < eind:
            time.sleep(0.1)
        adres = str(json.loads(bestand.read_text(encoding="utf-8"))["address"])
        with onderdeel(map_ / "werkers", "distributed.cli.dask_worker", adres, *keuze):
            with Client(adres) as client:
                client.wait_for_workers(werkers, timeout=WACHT)
            yield adres


def maak(
    keuze: argparse.Namespace, gemeenten: list[str], map_: Path, *extra: str
) -> tuple[float, float]:
    """Make the batch anew.

    Returns
    -------
    Seconds from its first handing out to its last report, and how busy the cores were (0 to 100)
    """
    opdracht = ["rapport", "--scenario", keuze.scenario, "--gemeente", ",".join(gemeenten)]
    vast = ["--trekkingen", str(keuze.trekkingen), "--map", str(map_), "--opnieuw", "--json"]
    begin = einde = bezet = 0.0
    regel = [*PROGRAMMA, *opdracht, *vast, *extra]
    with subprocess.Popen(regel, stdout=subprocess.PIPE, text=True) as proces:
        assert proces.stdout is not None
        for tekst in proces.stdout:
            gebeurtenis = json.loads(tekst)
            if gebeurtenis["gebeurtenis"] == "begin":
                begin = time.monotonic()
                psutil.cpu_percent()
            elif "rapport" in gebeurtenis:
                einde = time.monotonic()
            elif gebeurtenis["gebeurtenis"] == "einde":
                bezet = psutil.cpu_percent()
    if proces.returncode:
        sys.exit(proces.returncode)
    return einde - begin, bezet


def main() -> int:
    """Print the seconds and compare the folders."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--scenario", default="verbod_voorrang")
    lezer.add_argument("--gemeenten", type=int, default=120)
    lezer.add_argument("--trekkingen", type=int, default=50)
    keuze = lezer.parse_args()
    codes = [str(code) for code in lees_register().gemeenten.index][: keuze.gemeenten]
    seconden, goed = {}, True
    with tempfile.TemporaryDirectory(prefix="impact-") as tijdelijk:
        hier = Path(tijdelijk) / "hier"
        maak(keuze, codes, hier)
        for werkers in (1, 2):
            map_ = Path(tijdelijk) / str(werkers)
            map_.mkdir()
            with cluster(map_, werkers) as adres:
                maak(keuze, codes[: 2 * werkers], map_ / "warm", "--cluster", adres)
                seconden[werkers], bezet = maak(keuze, codes, map_ / "uit", "--cluster", adres)
            gelijk = lees_manifest(map_ / "uit").bestanden == lees_manifest(hier).bestanden
            goed = goed and gelijk
            zelfde = "dezelfde bestanden" if gelijk else "ANDERE bestanden"
            tijd = f"{seconden[werkers]:.1f} s, de kernen waren voor {bezet:.0f}% bezet"
            print(f"{werkers} werker(s): {tijd}, {zelfde}", flush=True)
    print(f"twee werkers zijn {seconden[1] / seconden[2]:.2f} keer zo snel (doel {DOEL})")
    return int(not goed)


if __name__ == "__main__":
    sys.exit(main())
