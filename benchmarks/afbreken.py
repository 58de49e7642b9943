"""Kill a batch of all municipalities at random moments, and compare it with an undisturbed one.

    python benchmarks/afbreken.py [--keren 50] [--gemeenten alle] [--scenario verbod_voorrang]

Every time the whole process is killed (SIGKILL) at a random moment and the same command is given
again. At the end the folder must be identical to an undisturbed one, file by file, and hold against
its own manifest. The exit status is 1 when it does not.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from impact.reporting.mapcontrole import controleer_map
from impact.reporting.uitvoermanifest import lees_journaal, lees_manifest

PROGRAMMA = [sys.executable, "-c", "from impact.cli.hoofd import main; main()"]


def opdracht(keuze: argparse.Namespace, map_: Path) -> list[str]:
    """Command that makes the batch."""
    vast = ["rapport", "--scenario", keuze.scenario, "--gemeente", keuze.gemeenten]
    return [*PROGRAMMA, *vast, "--trekkingen", str(keuze.trekkingen), "--map", str(map_), "--json"]


def draai(regel: list[str]) -> float:
    """Run the batch to its end; return the seconds that it took."""
    begin = time.monotonic()
    subprocess.run(regel, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begin


def breek_af(regel: list[str], na: float) -> bool:
    """Kill the batch after some seconds; return whether it was still at work."""
    with subprocess.Popen(regel, stdout=subprocess.DEVNULL) as proces:
        try:
            proces.wait(na)
        except subprocess.TimeoutExpired:
            proces.kill()
            return True
    return False


def main() -> int:
    """Compare the two folders."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--scenario", default="verbod_voorrang")
    lezer.add_argument("--gemeenten", default="alle")
    lezer.add_argument("--trekkingen", type=int, default=100)
    lezer.add_argument("--keren", type=int, default=50)
    lezer.add_argument("--zaad", type=int, default=20261121)
    keuze = lezer.parse_args()
    kans = random.Random(keuze.zaad)
    with tempfile.TemporaryDirectory(prefix="impact-") as tijdelijk:
        heel, stuk = Path(tijdelijk) / "heel", Path(tijdelijk) / "stuk"
        draai(opdracht(keuze, heel))
        duur = draai([*opdracht(keuze, heel), "--opnieuw"])
        print(f"ongestoord: {len(lees_manifest(heel).rapporten)} rapporten in {duur:.0f} s")
        gedood = 0
        for keer in range(keuze.keren):
            gedood += breek_af(opdracht(keuze, stuk), kans.uniform(2.0, max(4.0, 0.1 * duur)))
            print(f"kill {keer + 1}: {len(lees_journaal(stuk)[1])} rapporten erbij", flush=True)
        draai(opdracht(keuze, stuk))
        een, ander = (lees_manifest(map_).bestanden for map_ in (heel, stuk))
        verschil = sorted(naam for naam in een | ander if een.get(naam) != ander.get(naam))
        controle = controleer_map(stuk)
        print(f"{gedood} keer gedood; {len(een)} bestanden; {len(verschil)} verschillen")
        print("\n".join(verschil[:20]))
    return int(bool(verschil) or not controle.in_orde)


if __name__ == "__main__":
    sys.exit(main())
