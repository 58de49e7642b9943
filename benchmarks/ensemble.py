"""The ensemble beside a plain loop, beside the speed of memory, and beside itself twice as large.

    python benchmarks/ensemble.py [--trekkingen 200] [--herhalingen 5]

Everything is measured in one run, in processor seconds of one process: other programs disturb those
less than the clock. A figure is the median of the repeats. Prints

- how many times faster the ensemble is than the plain loop of the tests (`tests/model/gewoon.py`),
  which computes the same numbers: per draw, municipality and half-year one number at a time;
- how many times slower it is than copying, once, as many bytes as come in and go out at least:
  every parameter in the shape that it really has, every quantity of the catalogue in full;
- what twice as many draws cost, with the scratch file and the summary;
- the peak memory with 500 and with 2,000 draws, without the draw matrix that all scenarios share.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from impact.analysis.ensemble import (
    BLOK,
    Opdracht,
    kladblok,
    maak_opdracht,
    reken_uit,
    trekkingen_van,
)
from impact.analysis.groepen import indeling
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import maak_invoer
from impact.analysis.samenvatten import vat_samen
from impact.model.grootheden import SLEUTELS
from impact.model.invoer import PARAMETEREENHEDEN, Invoer
from impact.model.simulatie import simuleer
from impact.registry.laden import laad_register
from tests.model.gewone_gevolgen import reken
from tests.model.gewoon import maak_land

SCENARIO = "alles_samen"
SNELLER_DAN_LUS, TRAGER_DAN_GEHEUGEN, VERDUBBELING = 100.0, 5.0, 2.0
MARGE_VERDUBBELING = 0.15
VEEL, WEINIG = 2000, 500
KILOBYTE_PER_MEGABYTE = 1000.0
BYTES_PER_MEGABYTE = 1e6


def opdracht_voor(trekkingen: int) -> Opdracht:
    """Task with the shipped parameters."""
    register = laad_register(parameters_model=PARAMETEREENHEDEN)
    return maak_opdracht(register, Instelling(trekkingen=trekkingen))


def duur(taak: Callable[[], object]) -> float:
    """Processor seconds of a task."""
    begin = time.process_time()
    taak()
    return time.process_time() - begin


def invoer_van(opdracht: Opdracht, rijen: slice) -> Invoer:
    """Input of some draws."""
    return maak_invoer(
        opdracht.register,
        SCENARIO,
        opdracht.perioden,
        opdracht.trekkingen.deel(rijen),
        opdracht.ruis.deel(rijen),
        opdracht.kalibratie,
    )


def controleer_lus(opdracht: Opdracht) -> None:
    """Refuse to compare speed when the plain loop says something else than the model."""
    invoer = invoer_van(opdracht, slice(0, 2))
    los, uit = reken(maak_land(invoer, 1)), simuleer(invoer)
    for sleutel in SLEUTELS:
        np.testing.assert_allclose(uit[sleutel][1], los[sleutel], rtol=1e-8, atol=1e-6)


def minste_bytes(opdracht: Opdracht) -> int:
    """Bytes of one block that must be read and written at least."""
    invoer = invoer_van(opdracht, slice(1, 1 + BLOK))
    erin = sum(reeks.nbytes for reeks in invoer.reeksen.values())
    return erin + sum(reeks.nbytes for reeks in simuleer(invoer).values())


def alles(opdracht: Opdracht) -> float:
    """Compute all draws block by block, as `reken_uit` does; return one number to see them by."""
    som = 0.0
    for eerste in range(1, opdracht.trekkingen.aantal, BLOK):
        uitkomst = trekkingen_van(opdracht, SCENARIO, slice(eerste, eerste + BLOK))
        som += float(uitkomst[SLEUTELS[0]].sum())
    return som


def hele_loop(opdracht: Opdracht) -> None:
    """Compute into the scratch file and summarise, as for one scenario."""
    with tempfile.TemporaryDirectory() as map_:
        pad = reken_uit(opdracht, SCENARIO, SCENARIO, Path(map_) / "klad")
        draden = kladblok(opdracht, pad)
        halfjaren = [str(periode) for periode in opdracht.perioden]
        vat_samen(draden, draden, indeling(opdracht.register.gemeenten), halfjaren)


def vergelijk(trekkingen: int, herhalingen: int) -> list[tuple[str, str, str, bool]]:
    """Lines of the table about speed: name, measured, goal, reached."""
    opdracht, dubbel = opdracht_voor(trekkingen), opdracht_voor(2 * trekkingen)
    controleer_lus(opdracht)
    land = maak_land(invoer_van(opdracht, slice(0, 2)), 1)
    bron = np.ones(minste_bytes(opdracht) // np.dtype(float).itemsize)
    doel = np.empty_like(bron)
    np.copyto(doel, bron)
    tijden: dict[str, list[float]] = {}
    for _ in range(herhalingen):
        for naam, taak, delen in (
            ("ensemble", lambda: alles(opdracht), trekkingen),
            ("lus", lambda: reken(land), 1),
            ("geheugen", lambda: np.copyto(doel, bron), BLOK),
            ("heel", lambda: hele_loop(opdracht), 1),
            ("heel dubbel", lambda: hele_loop(dubbel), 1),
        ):
            tijden.setdefault(naam, []).append(duur(taak) / delen)
    per = {naam: statistics.median(rij) for naam, rij in tijden.items()}
    lus, geheugen = per["lus"] / per["ensemble"], per["ensemble"] / per["geheugen"]
    groei = per["heel dubbel"] / per["heel"]
    return [
        ("ensemble, per trekking", f"{1e3 * per['ensemble']:.2f} ms", "", True),
        ("gewone lus, per trekking", f"{1e3 * per['lus']:.0f} ms", "", True),
        ("geheugen kopieren, per trekking", f"{1e3 * per['geheugen']:.2f} ms", "", True),
        ("sneller dan de gewone lus", f"{lus:.0f} x", ">= 100 x", lus >= SNELLER_DAN_LUS),
        ("trager dan geheugen", f"{geheugen:.1f} x", "<= 5 x", geheugen <= TRAGER_DAN_GEHEUGEN),
        (
            "twee keer zoveel trekkingen",
            f"{groei:.2f} x",
            "1.70-2.30 x",
            abs(groei - VERDUBBELING) <= MARGE_VERDUBBELING * VERDUBBELING,
        ),
    ]


def geheugen() -> list[tuple[str, str, str, bool]]:
    """Lines of the table about memory: each run in a process of its own."""
    gemeten = [
        float(
            subprocess.run(
                [sys.executable, __file__, "--geheugen", str(aantal)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for aantal in (WEINIG, VEEL)
    ]
    weinig, veel = (f"{piek:.0f} MB" for piek in gemeten)
    groei = gemeten[1] / gemeten[0]
    return [
        (f"piek bij {WEINIG} trekkingen", weinig, "", True),
        (f"piek bij {VEEL} trekkingen", veel, "", True),
        ("groei van de piek", f"{groei:.2f} x", "<= 1.15 x", groei <= 1 + MARGE_VERDUBBELING),
    ]


def piek(trekkingen: int) -> float:
    """Peak memory of a whole run, without the shared draws, MB."""
    opdracht = opdracht_voor(trekkingen)
    gedeeld = [opdracht.trekkingen.kansen, *vars(opdracht.ruis).values()]
    hele_loop(opdracht)
    hoogste = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE_PER_MEGABYTE
    return hoogste - sum(reeks.nbytes for reeks in gedeeld) / BYTES_PER_MEGABYTE


def main() -> None:
    """Print the table."""
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--trekkingen", type=int, default=200)
    lezer.add_argument("--herhalingen", type=int, default=5)
    lezer.add_argument("--geheugen", type=int, help=argparse.SUPPRESS)
    gevraagd = lezer.parse_args()
    if gevraagd.geheugen:
        print(piek(gevraagd.geheugen))
        return
    print(f"{'':34}{'gemeten':>12}{'doel':>14}")
    in_geheugen = geheugen()  # first: a process begins with the peak of the one that starts it
    for naam, gemeten, doel, gehaald in (
        *vergelijk(gevraagd.trekkingen, gevraagd.herhalingen),
        *in_geheugen,
    ):
        print(f"{naam:34}{gemeten:>12}{doel:>14}{'' if gehaald else '  niet gehaald'}")


if __name__ == "__main__":
    main()
