"""What one report costs in our batch, beside other ways to run a notebook.

    pip install -e ".[vergelijking]"          # ploomber-engine, for one of the rows
    python benchmarks/rapporten.py [--bladen 20] [--vergelijk 2] [--trekkingen 50]

Makes sheets of municipalities from the same notebook, data and template, one after the other:

- batch: our batch with one process, and with two (workbook and CSV not counted: no other has them)
- floor: a plain function that runs the same cells, draws the same charts and fills the template
- in one process: papermill and our exporter, a new kernel for every report
- ploomber: ploomber-engine and our exporter
- commands: ``papermill`` and ``jupyter nbconvert`` for every report

Prints seconds per report and how many times the batch with one process is faster. Results and
analyses are computed first and are not counted; neither is the first report of each way, which
reads the parameters.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from nbformat.v4 import new_output

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.analysis.uitvoerder import Lokaal
from impact.reporting.analyses import analyses_van, open_analyse
from impact.reporting.figuur import uitgesteld
from impact.reporting.invoercel import lees_notebook
from impact.reporting.rapport import lees_register
from impact.reporting.uitvoeren import maak_rapport, vind_notebook
from impact.reporting.weergave import render

SCENARIO, NOTEBOOK = "verbod_voorrang", "gemeenteblad"


def parameters(gemeente: str, trekkingen: int) -> dict[str, str | int]:
    """Values of the parameters cell."""
    return {"scenario": SCENARIO, "gemeente": gemeente, "trekkingen": trekkingen}


@contextmanager
def verzameld() -> Iterator[list[Any]]:
    """Catch what a cell displays."""
    getoond: list[Any] = []
    with mock.patch("IPython.display.display", getoond.append):
        yield getoond


def vloer(gemeente: str, doel: Path, trekkingen: int) -> None:
    """Fill the template with what the cells return, in this process."""
    notebook = lees_notebook(vind_notebook(NOTEBOOK))
    ruimte: dict[str, Any] = {}
    with uitgesteld(), verzameld() as getoond:
        for cel in (c for c in notebook.cells if c.cell_type == "code"):
            getoond.clear()
            exec(cel.source, ruimte)
            if "parameters" in cel.metadata.get("tags", []):
                ruimte.update(parameters(gemeente, trekkingen))
            cel.outputs = [
                new_output("display_data", data={"text/html": deel.data}) for deel in getoond
            ]
    doel.write_text(render(notebook), encoding="utf-8")


def in_een_proces(gemeente: str, doel: Path, trekkingen: int) -> None:
    """Run by papermill in a kernel of its own, render here."""
    maak_rapport(NOTEBOOK, parameters(gemeente, trekkingen), doel, "papermill")


def ploomber(gemeente: str, doel: Path, trekkingen: int) -> None:
    """Run by ploomber-engine, render here."""
    from ploomber_engine import execute_notebook

    uit = doel.with_suffix(".ipynb")
    gewenst = parameters(gemeente, trekkingen)
    execute_notebook(vind_notebook(NOTEBOOK), uit, parameters=gewenst, progress_bar=False)
    doel.write_text(render(lees_notebook(uit)), encoding="utf-8")


def opdrachten(gemeente: str, doel: Path, trekkingen: int) -> None:
    """Run both commands as a user of papermill and nbconvert would."""
    bak = Path(sys.executable).parent
    uit = doel.with_suffix(".ipynb")
    keuze = [d for n, w in parameters(gemeente, trekkingen).items() for d in ("-p", n, str(w))]
    voor = [str(bak / "papermill"), str(vind_notebook(NOTEBOOK)), str(uit), *keuze]
    na = [str(bak / "jupyter"), "nbconvert", "--to", "html", "--no-input", str(uit)]
    for opdracht in (voor, na):
        subprocess.run(opdracht, check=True, capture_output=True)


def batch(codes: list[str], map_: Path, trekkingen: int, werkers: int) -> float:
    """Seconds per report of our batch, after a first report in every process."""
    with Lokaal(werkers) as uitvoerder:

        def alle(namen: list[str]) -> None:
            taken = [
                uitvoerder.submit(
                    maak_rapport, NOTEBOOK, parameters(code, trekkingen), map_ / f"{code}.html"
                )
                for code in namen
            ]
            for taak in taken:
                taak.result()

        alle(codes[:werkers])
        begin = time.perf_counter()
        alle(codes[werkers:])
        return (time.perf_counter() - begin) / len(codes[werkers:])


def meet(weg: Callable[[str, Path, int], None], codes: list[str], map_: Path, aantal: int) -> float:
    """Seconds per report of another way, without the first."""
    weg(codes[0], map_ / "eerste.html", aantal)
    begin = time.perf_counter()
    for code in codes[1:]:
        weg(code, map_ / f"{code}.html", aantal)
    return (time.perf_counter() - begin) / len(codes[1:])


def bereid_voor(trekkingen: int) -> list[str]:
    """Compute the scenario and its analyses; return the codes of all municipalities."""
    register = lees_register()
    bereken(
        [SCENARIO, str(register.scenario(SCENARIO).referentie)], register, Instelling(trekkingen)
    )
    for naam in analyses_van(register, SCENARIO):
        open_analyse(register, SCENARIO, naam, trekkingen)
    return list(register.gemeenten.index)


def main() -> None:
    """Print the table."""
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("--bladen", type=int, default=20, help="sheets of our batch and the floor")
    lezer.add_argument("--vergelijk", type=int, default=2, help="sheets of other ways, 1 or more")
    lezer.add_argument("--trekkingen", type=int, default=50)
    gevraagd = lezer.parse_args()
    codes = bereid_voor(gevraagd.trekkingen)
    stapel = iter(codes)

    def nieuw(bladen: int) -> list[str]:
        """Municipalities that no other way had: drawn charts are remembered."""
        return list(islice(stapel, bladen))

    veel, weinig = gevraagd.bladen + 2, gevraagd.vergelijk + 1
    with tempfile.TemporaryDirectory() as klad:
        map_, aantal = Path(klad), gevraagd.trekkingen
        gemeten = {
            "batch, een proces": batch(nieuw(veel), map_, aantal, 1),
            "batch, twee processen": batch(nieuw(veel), map_, aantal, 2),
            "vloer: functie zonder notebook": meet(vloer, nieuw(veel), map_, aantal),
            "ploomber-engine": meet(ploomber, nieuw(weinig), map_, aantal),
            "papermill in een proces": meet(in_een_proces, nieuw(weinig), map_, aantal),
            "papermill en nbconvert": meet(opdrachten, nieuw(weinig), map_, aantal),
        }
    eigen = gemeten["batch, een proces"]
    print(f"{'':34}{'s per blad':>12}{'keer zo lang':>14}")
    for naam, seconden in gemeten.items():
        print(f"{naam:34}{seconden:12.2f}{seconden / eigen:14.2f}")


if __name__ == "__main__":
    main()
