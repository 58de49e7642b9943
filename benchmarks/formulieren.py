"""How long it takes to read 342 filled forms back. Run: python benchmarks/formulieren.py."""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

import openpyxl

from impact.inwinnen.bewaren import bewaar
from impact.inwinnen.formulier import schrijf_formulier
from impact.inwinnen.inlezen import lees_deel, lees_formulieren, maak_vormen
from impact.inwinnen.vorm import BLAD, CEL_AFZENDER, CEL_INGEVULD, EERSTE_RIJ, Vorm, cel
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import laad_register
from impact.registry.plaats import vind_map

LIMIET = 20.0
"""Seconds."""


def vul_in(vorm: Vorm, pad: Path) -> None:
    """Answer every question with our own figure."""
    werkmap = openpyxl.load_workbook(schrijf_formulier(vorm, pad))
    vel = werkmap[BLAD]
    vel[CEL_AFZENDER], vel[CEL_INGEVULD] = "Afdeling wonen", date(2026, 11, 1)
    for nummer, regel in enumerate(vorm.regels):
        rij = EERSTE_RIJ + nummer
        vel[cel("midden", rij)] = regel.midden
        vel[cel("datum", rij)] = date(2026, 1, 1)
        vel[cel("herkomst", rij)] = "Eigen registratie"
    werkmap.save(pad)


def main() -> None:
    """Fill in a form for every municipality, and measure how long reading takes."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk) / "parameters"
        shutil.copytree(vind_map(), map_, ignore=shutil.ignore_patterns("eigen", ".*"))
        register = laad_register(map_, parameters_model=PARAMETEREENHEDEN)
        begin = time.perf_counter()
        vormen = maak_vormen(register)
        print(f"eigen schattingen van {len(vormen)} gemeenten: {time.perf_counter() - begin:.1f} s")
        paden = [Path(tijdelijk) / f"{code}.xlsx" for code in vormen]
        for pad, vorm in zip(paden, vormen.values(), strict=True):
            vul_in(vorm, pad)
        begin = time.perf_counter()
        gelezen = lees_formulieren(register, paden)
        verslag = bewaar(register, gelezen)
        duur = time.perf_counter() - begin
        assert len(verslag.bewaard) == len(vormen), [str(f) for g in gelezen for f in g.fouten][:5]
        print(f"{len(paden)} formulieren lezen en bewaren: {duur:.1f} s (grens {LIMIET:.0f} s)")
        begin = time.process_time()
        lees_deel(paden, vormen, register.peildatum)
        print(f"  rekentijd van het lezen alleen: {time.process_time() - begin:.1f} s")
        begin = time.perf_counter()
        laad_register(map_, parameters_model=PARAMETEREENHEDEN)
        print(f"parameters met alle eigen cijfers laden: {time.perf_counter() - begin:.1f} s")
        if duur > LIMIET:
            raise SystemExit("te langzaam")


if __name__ == "__main__":
    main()
