"""Kill a batch of all municipalities at random moments, and compare it with an undisturbed one.

    python benchmarks/afbreken.py [--keren 50] [--gemeenten alle] [--scenario verbod_voorrang]

Every time the whole process is killed (SIGKILL) and the same command is given again. Most kills
fall while reports are made, spread over the whole batch; one in ten falls in the start-up and one
in ten in the writing of index and manifest at the end. At last the folder must be identical to an
undisturbed one, file by file, and hold against its own manifest. The exit status is 1 when it does
not.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from impact.reporting.mapcontrole import controleer_map
from impact.reporting.uitvoermanifest import lees_journaal, lees_manifest

PROGRAMMA = [sys.executable, "-c", "from impact.cli.hoofd import main; main()"]
BEGIN, MAKEN, EINDE = "in het begin", "tijdens het maken", "aan het einde"
EEN_OP = 10
"""Of so many kills one falls in the start-up and one at the end."""
RUIM = 1.6
"""Longest wait, as a part of the time that falls to one kill: together they just do not finish."""


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


def kies(keren: int, duur: Duur, kans: random.Random) -> list[tuple[str, float]]:
    """Moments of all kills; those at the end come last, when every report is there."""
    apart = max(1, keren // EEN_OP)
    midden = max(0, keren - 2 * apart)
    stuk = RUIM * duur.maken / max(1, midden)
    momenten = [(BEGIN, kans.uniform(0.0, duur.begin)) for _ in range(apart)]
    momenten += [(MAKEN, kans.uniform(0.0, stuk)) for _ in range(midden)]
    kans.shuffle(momenten)
    return [*momenten, *((EINDE, kans.uniform(0.0, duur.einde)) for _ in range(apart))]


def main() -> int:
    """Compare the two folders."""
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
        print(f"ongestoord: {len(lees_manifest(heel).rapporten)} rapporten; {duur}")
        gedood: Counter[str] = Counter()
        for moment, na in kies(keuze.keren, duur, random.Random(keuze.zaad)):
            gedood[moment] += breek_af(opdracht(keuze, stuk), moment, na)
            print(f"kill {moment}: {len(lees_journaal(stuk)[1])} rapporten erbij", flush=True)
        subprocess.run(opdracht(keuze, stuk), stdout=subprocess.DEVNULL, check=True)
        een, ander = (lees_manifest(map_).bestanden for map_ in (heel, stuk))
        verschil = sorted(naam for naam in een | ander if een.get(naam) != ander.get(naam))
        controle = controleer_map(stuk)
        print("gedood:", ", ".join(f"{aantal} keer {waar}" for waar, aantal in gedood.items()))
        print(f"{len(een)} bestanden; {len(verschil)} verschillen")
        print("\n".join(verschil[:20]))
    return int(bool(verschil) or not controle.in_orde)


if __name__ == "__main__":
    sys.exit(main())
