"""Time and memory of computing all shipped scenarios, with nothing stored beforehand.

    python benchmarks/doorrekening.py [--trekkingen 1000]

Prints the wall time, the peak memory of one process (two run at once), and what that is of the
limits: five minutes and 4 GB on two cores. It also prints the time per draw with half the draws, so
that a time that grows faster than the number of draws shows.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

GRENS_SECONDEN = 300.0
GRENS_GIGABYTE = 4.0
KILOBYTE_PER_GIGABYTE = 1e6


def reken(trekkingen: int) -> tuple[float, float]:
    """Compute all scenarios in an empty folder; return seconds and GB of two processes."""
    opdracht = ["-m", "impact", "run", "--alles", "--trekkingen", str(trekkingen)]
    with tempfile.TemporaryDirectory() as map_:
        begin = time.monotonic()
        subprocess.run(
            [sys.executable, *opdracht],
            env={**os.environ, "IMPACT_RESULTATEN": map_},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        seconden = time.monotonic() - begin
    piek = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILOBYTE_PER_GIGABYTE
    return seconden, 2 * piek


def main() -> None:
    """Print the table."""
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--trekkingen", type=int, default=1000)
    aantal = lezer.parse_args().trekkingen
    half, _ = reken(aantal // 2)
    seconden, geheugen = reken(aantal)
    print(f"{'':28}{'gemeten':>12}{'grens':>10}{'deel':>8}")
    for naam, waarde, grens, eenheid in (
        ("alle scenario's", seconden, GRENS_SECONDEN, "s"),
        ("geheugen, twee processen", geheugen, GRENS_GIGABYTE, "GB"),
    ):
        print(f"{naam:28}{waarde:10.1f} {eenheid:2}{grens:9.0f}{waarde / grens:8.2f}")
    print(f"{'twee keer zoveel trekkingen':28}{seconden / half:10.2f} x")


if __name__ == "__main__":
    main()
