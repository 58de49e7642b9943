"""Kill a batch of all municipalities at random moments, and compare it with an undisturbed one.

    python benchmarks/afbreken.py [--keren 50] [--gemeenten alle] [--scenario verbod_voorrang]

Every time the whole process is killed (SIGKILL) and the same command is given again, until so many
kills have hit a batch at work. Most fall while reports are made, spread over the whole batch; one
in ten falls in the start-up and one in ten in the writing of index and manifest at the end. A batch
that was done before it could be killed is compared, and a new one begins in an empty folder; so is
the last. Every folder must be identical to an undisturbed one, file by file, and hold against its
own manifest. The exit status is 1 when one does not.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from impact.reporting.mapcontrole import controleer_map
from impact.reporting.uitvoermanifest import lees_journaal, lees_manifest

PROGRAMMA = [sys.executable, "-c", "from impact.cli.hoofd import main; main()"]
BEGIN, MAKEN, EINDE = "in het begin", "tijdens het maken", "aan het einde"
EEN_OP = 10
"""Of so many kills one falls in the start-up and one at the end."""
RUIM = 1.6
"""Longest wait, as a part of the time that falls to one kill: together they just do not finish."""
MEESTE_POGINGEN = 4
"""Attempts per kill; a batch that ends sooner than expected is missed."""


@dataclass(frozen=True)
class Duur:
    """Seconds until the first report, between the first and the last, and after it."""

    begin: float
    maken: float
    einde: float


def opdracht(keuze: argparse.Namespace, map_: Path) -> list[str]:
    """Command that makes the batch."""
    vast = ["rapport", "--scenario", keuze.scenario, "--gemeente", keuze.gemeenten]
    return [*PROGRAMMA, *vast, "--trekkingen", str(keuze.trekkingen), "--map", str(map_), "--json"]


def wacht_op(proces: subprocess.Popen[str], moment: str) -> None:
    """Read events until the first new report is there, or the last one."""
    assert proces.stdout is not None
    aantal = 0
    while moment != BEGIN and (regel := proces.stdout.readline()):
        inhoud = json.loads(regel)
        if "rapport" in inhoud:
            aantal -= 1
            if aantal == 0 or (moment == MAKEN and inhoud["gebeurtenis"] == "gemaakt"):
                return
        else:
            aantal = inhoud.get("aantal", aantal)


def meet(regel: list[str]) -> Duur:
    """Run the batch to its end and see how long each part takes."""
    tijden = [time.monotonic()]
    with subprocess.Popen(regel, stdout=subprocess.PIPE, text=True) as proces:
        wacht_op(proces, MAKEN)
        tijden.append(laatste := time.monotonic())
        assert proces.stdout is not None
        for tekst in proces.stdout:
            if "rapport" in json.loads(tekst):
                laatste = time.monotonic()
    assert proces.returncode == 0
    return Duur(tijden[1] - tijden[0], laatste - tijden[1], time.monotonic() - laatste)


def breek_af(regel: list[str], moment: str, na: float) -> bool:
    """Kill the batch some seconds after a moment; return whether it was still at work."""
    with subprocess.Popen(regel, stdout=subprocess.PIPE, text=True) as proces:
        wacht_op(proces, moment)
        try:
            proces.wait(na)
        except subprocess.TimeoutExpired:
            proces.kill()
            return True
    return False


def momenten(keren: int, duur: Duur, kans: random.Random) -> Iterator[tuple[str, float]]:
    """When to kill, without end: some at the start and at the end, most in between."""
    stuk = RUIM * duur.maken / max(1, keren)
    while True:
        ronde = [MAKEN] * (EEN_OP - 2) + [BEGIN, EINDE]
        kans.shuffle(ronde)
        langste = {BEGIN: duur.begin, MAKEN: stuk, EINDE: duur.einde}
        yield from ((moment, kans.uniform(0.0, langste[moment])) for moment in ronde)


def verschillen(heel: Path, stuk: Path) -> list[str]:
    """Files that are not the same in both folders, or not as the manifest says."""
    een, ander = (lees_manifest(map_).bestanden for map_ in (heel, stuk))
    controle = controleer_map(stuk)
    mis = [naam for naam in een | ander if een.get(naam) != ander.get(naam)]
    return sorted(mis) + ([] if controle.in_orde else [str(controle)])


def breek_steeds_af(keuze: argparse.Namespace, heel: Path, stuk: Path, duur: Duur) -> list[str]:
    """Kill until enough batches were hit; return what differs in any folder that was finished."""
    gedood: Counter[str] = Counter()
    kans, mis, klaar = random.Random(keuze.zaad), list[str](), 0
    for moment, na in islice(momenten(keuze.keren, duur, kans), MEESTE_POGINGEN * keuze.keren):
        if breek_af(opdracht(keuze, stuk), moment, na):
            gedood[moment] += 1
            print(f"{gedood.total()}: {moment}, {len(lees_journaal(stuk)[1])} erbij", flush=True)
        else:
            klaar, mis = klaar + 1, mis + verschillen(heel, stuk)
            shutil.rmtree(stuk)
        if gedood.total() == keuze.keren:
            break
    subprocess.run(opdracht(keuze, stuk), stdout=subprocess.DEVNULL, check=True)
    waar = ", ".join(f"{aantal} {moment}" for moment, aantal in gedood.items())
    print(f"{gedood.total()} keer gedood ({waar}); {klaar + 1} mappen afgemaakt")
    if gedood.total() < keuze.keren:
        mis.append(f"maar {gedood.total()} van {keuze.keren} keer gedood")
    return mis + verschillen(heel, stuk)


def main() -> int:
    """Compare every folder with the undisturbed one."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--scenario", default="verbod_voorrang")
    lezer.add_argument("--gemeenten", default="alle")
    lezer.add_argument("--trekkingen", type=int, default=100)
    lezer.add_argument("--keren", type=int, default=50)
    lezer.add_argument("--zaad", type=int, default=20261121)
    keuze = lezer.parse_args()
    with tempfile.TemporaryDirectory(prefix="impact-") as tijdelijk:
        heel, stuk = Path(tijdelijk) / "heel", Path(tijdelijk) / "stuk"
        meet(opdracht(keuze, heel))
        duur = meet([*opdracht(keuze, heel), "--opnieuw"])
        print(f"ongestoord: {len(lees_manifest(heel).rapporten)} rapporten; {duur}", flush=True)
        mis = breek_steeds_af(keuze, heel, stuk, duur)
        print(f"{len(lees_manifest(heel).bestanden)} bestanden; {len(mis)} verschillen")
        print("\n".join(mis[:20]))
    return int(bool(mis))


if __name__ == "__main__":
    sys.exit(main())
