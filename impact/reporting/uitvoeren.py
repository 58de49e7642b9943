"""Run one notebook and write one report, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from impact import motor as eigen_motor
from impact.analysis.opslag import Instelling, ResultaatOntbreekt
from impact.registry.problemen import RegisterFout
from impact.reporting import gemeenteblad, kamerbrief, uitvoeringstoets  # noqa: F401
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.figuur import uitgesteld
from impact.reporting.hoofdcijfers import uitlegger_van
from impact.reporting.invoercel import (
    NotebookFout,
    Waarde,
    controleer_parameters,
    lees_notebook,
    onbekend,
)
from impact.reporting.rapport import lees_register, open_rapport
from impact.reporting.stempel import redenen
from impact.reporting.weergave import WERKMAP, WeergaveFout, met_figuren, render

__all__ = ["MOTOREN", "STANDAARDMOTOR", "NotebookFout", "maak_rapport", "voer_uit", "warm_op"]

NOTEBOOKS = WERKMAP / "notebooks"
MISLUKT = ".mislukt.ipynb"
STANDAARDMOTOR = "impact"
MOTOREN = {STANDAARDMOTOR: eigen_motor.NAAM, "papermill": None}
"""Engines that can run a notebook: our own, and papermill's own (a new kernel every time)."""
PAPERMILL_LABELS = frozenset({"injected-parameters", "papermill-error-cell-tag"})


def vind_notebook(naam: str) -> Path:
    """Find a shipped notebook by name, or a file by path."""
    pad = Path(naam)
    return pad if pad.suffix == ".ipynb" else NOTEBOOKS / f"{naam}.ipynb"


def voer_uit(
    notebook: str,
    parameters: Mapping[str, object],
    mislukt: Path | None = None,
    motor: str = STANDAARDMOTOR,
) -> Any:
    """Run a notebook in a folder of its own, after checking its parameters.

    Parameters
    ----------
    notebook : name of a shipped notebook, or path of a file
    parameters : values that replace the defaults of its parameters cell
    mislukt : where the notebook goes when a cell fails; nowhere without it
    motor : a name of `MOTOREN`; the outcome is the same

    Returns
    -------
    The executed notebook.

    Raises
    ------
    NotebookFout
        A parameter or the engine is unknown, a parameter is ill-typed or means nothing (nothing has
        been run), or a cell failed.
    """
    if motor not in MOTOREN:
        raise NotebookFout(onbekend("motor", motor, MOTOREN))
    pad = vind_notebook(notebook)
    waarden = controleer_parameters(lees_notebook(pad), parameters, lees_register())
    if motor == STANDAARDMOTOR:
        warm_op(waarden)
    with tempfile.TemporaryDirectory(prefix="impact-") as map_:
        return _draai(pad, Path(map_) / pad.name, waarden, mislukt, MOTOREN[motor])


def warm_op(parameters: Mapping[str, object]) -> None:
    """Read in this process what a notebook about a scenario reads, so that its copy has it.

    What is missing is left for the notebook to complain about.
    """
    if not {"scenario", "trekkingen"} <= parameters.keys():
        return
    trekkingen = parameters["trekkingen"]
    assert isinstance(trekkingen, int)
    with contextlib.suppress(ResultaatOntbreekt):
        instelling = Instelling(trekkingen=trekkingen)
        rapport = open_rapport(str(parameters["scenario"]), instelling, uitleg=True)
        rapport.lees_tabellen()
        redenen(rapport)
        gemeenteblad.korte_aannamelijst(rapport)
        uitlegger_van(rapport)
        if "gemeente" in parameters:
            gemeenteblad.warm_op(rapport)


def _draai(
    notebook: Path,
    doel: Path,
    waarden: Mapping[str, Waarde],
    mislukt: Path | None,
    motor: str | None,
) -> Any:
    try:
        with uitgesteld():
            return papermill.execute_notebook(
                str(notebook),
                str(doel),
                dict(waarden),
                engine_name=motor,
                request_save_on_cell_execute=False,
                progress_bar=False,
                log_output=False,
                config=_kernelpost(doel.parent),
            )
    except PapermillExecutionError as fout:
        bewaard = None
        if mislukt is not None:
            schrijf_heel(mislukt, met_figuren(lees_notebook(doel)))
            bewaard = mislukt
        cel = celnummer(lees_notebook(doel))
        raise NotebookFout(f"{fout.ename}: {fout.evalue}", bewaard, cel) from None


def _kernelpost(map_: Path) -> Config:
    """Settings by which a kernel, where one is needed, is spoken to.

    By files in a folder of its own where the system can: two processes that start kernels at the
    same time can be given the same free port.
    """
    if os.name == "nt":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(map_ / "kernel")}})


def celnummer(notebook: Any) -> int:
    """Number of the failed cell among the cells that the analyst wrote; 0 when none failed."""
    eigen = [c for c in notebook.cells if not PAPERMILL_LABELS & set(c.metadata.get("tags", []))]
    for nummer, cel in enumerate(eigen, start=1):
        if any(uitvoer.output_type == "error" for uitvoer in cel.get("outputs", [])):
            return nummer
    return 0


def maak_rapport(
    notebook: str, parameters: Mapping[str, object], doel: Path, motor: str = "impact"
) -> None:
    """Run a notebook and write its report.

    A failed notebook is kept beside the report that was not made; it disappears again as soon as
    the report is made. An older report stays as it was when the new one fails.

    Parameters
    ----------
    notebook : name of a shipped notebook, or path of a file
    parameters : values that replace the defaults of its parameters cell
    doel : the HTML file
    motor : a name of `MOTOREN`

    Raises
    ------
    NotebookFout
        See `voer_uit`; also when the parameters folder or the output is not as it should be.
    """
    mislukt = doel.with_name(doel.stem + MISLUKT)
    try:
        html = render(voer_uit(notebook, parameters, mislukt, motor))
    except (RegisterFout, WeergaveFout) as fout:
        raise NotebookFout(str(fout)) from fout
    schrijf_heel(doel, html)
    mislukt.unlink(missing_ok=True)
