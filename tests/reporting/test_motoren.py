"""A report is the same, byte for byte, whichever engine ran its notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from impact.reporting import uitvoeren
from impact.reporting.invoercel import NotebookFout
from tests.reporting.conftest import GEMEENTE, SCENARIO, TREKKINGEN

SCRIPT = """
import sys
from pathlib import Path
from impact.motor import waarom_niet_splitsen
from impact.reporting.uitvoeren import MOTOREN, maak_rapport
map_, scenario, gemeente, trekkingen = sys.argv[1:]
keuze = {"scenario": scenario, "gemeente": gemeente, "trekkingen": int(trekkingen)}
for motor in MOTOREN:
    assert waarom_niet_splitsen() == ""
    maak_rapport("gemeenteblad", keuze, Path(map_) / f"{motor}.html", motor)
"""


@pytest.mark.usefixtures("paginas")
def test_hetzelfde_blad_met_elke_motor(tmp_path: Path) -> None:
    """In a process of its own: one that drew a chart or made an analysis can not be copied.

    The fixture has made reports, and so the analyses.
    """
    keuze = [str(tmp_path), SCENARIO, GEMEENTE, str(TREKKINGEN)]
    subprocess.run([sys.executable, "-c", SCRIPT, *keuze], check=True, timeout=300)
    eigen, hun = (tmp_path / f"{naam}.html" for naam in uitvoeren.MOTOREN)
    assert eigen.read_bytes() == hun.read_bytes()
    assert len(eigen.read_bytes()) > 100_000


def test_een_onbekende_motor_is_een_fout(tmp_path: Path) -> None:
    with pytest.raises(NotebookFout, match="bedoelde u 'papermill'"):
        uitvoeren.maak_rapport("gemeenteblad", {}, tmp_path / "x.html", "papermil")


def test_opwarmen_laat_klagen_aan_het_notebook_over() -> None:
    uitvoeren.warm_op({"scenario": SCENARIO})
    uitvoeren.warm_op({"scenario": SCENARIO, "trekkingen": 7})
