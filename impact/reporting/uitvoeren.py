"""Run one notebook and write one report, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from papermill.exceptions import PapermillExecutionError

from impact.registry.problemen import RegisterFout
from impact.reporting import motor
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.figuur import uitgesteld
from impact.reporting.invoercel import (
    NotebookFout,
    Waarde,
    controleer_parameters,
    lees_notebook,
)
from impact.reporting.rapport import lees_register
from impact.reporting.weergave import WERKMAP, WeergaveFout, render

__all__ = ["NotebookFout", "maak_rapport", "voer_uit"]

NOTEBOOKS = WERKMAP / "notebooks"
MISLUKT = ".mislukt.ipynb"
PAPERMILL_LABELS = frozenset({"injected-parameters", "papermill-error-cell-tag"})


def vind_notebook(naam: str) -> Path:
    """Find a shipped notebook by name, or a file by path."""
    pad = Path(naam)
    return pad if pad.suffix == ".ipynb" else NOTEBOOKS / f"{naam}.ipynb"


def voer_uit(notebook: str, parameters: Mapping[str, object], mislukt: Path | None = None) -> Any:
    """Run a notebook in a folder of its own, after checking its parameters.

    Parameters
    ----------
    notebook : name of a shipped notebook, or path of a file
    parameters : values that replace the defaults of its parameters cell
    mislukt : where the notebook goes when a cell fails; nowhere without it

    Returns
    -------
    The executed notebook.

    Raises
    ------
    NotebookFout
        A parameter is unknown, ill-typed or means nothing (nothing has been run), or a cell failed.
    """
    pad = vind_notebook(notebook)
    waarden = controleer_parameters(lees_notebook(pad), parameters, lees_register())
    with tempfile.TemporaryDirectory(prefix="impact-") as map_:
        return _draai(pad, Path(map_) / pad.name, waarden, mislukt)


def _draai(notebook: Path, doel: Path, waarden: Mapping[str, Waarde], mislukt: Path | None) -> Any:
    eigen = {"engine_name": motor.NAAM} if motor.bruikbaar() else {}
    try:
        papermill.execute_notebook(
            str(notebook), str(doel), dict(waarden), progress_bar=False, log_output=False, **eigen
        )
    except PapermillExecutionError as fout:
        bewaard = None
        if mislukt is not None:
            schrijf_heel(mislukt, doel.read_text(encoding="utf-8"))
            bewaard = mislukt
        cel = celnummer(lees_notebook(doel))
        raise NotebookFout(f"{fout.ename}: {fout.evalue}", bewaard, cel) from None
    return lees_notebook(doel)


def celnummer(notebook: Any) -> int:
    """Number of the failed cell among the cells that the analyst wrote; 0 when none failed."""
    eigen = [c for c in notebook.cells if not PAPERMILL_LABELS & set(c.metadata.get("tags", []))]
    for nummer, cel in enumerate(eigen, start=1):
        if any(uitvoer.output_type == "error" for uitvoer in cel.get("outputs", [])):
            return nummer
    return 0


def maak_rapport(notebook: str, parameters: Mapping[str, object], doel: Path) -> None:
    """Run a notebook and write its report.

    A failed notebook is kept beside the report that was not made; it disappears again as soon as
    the report is made. An older report stays as it was when the new one fails.

    Parameters
    ----------
    notebook : name of a shipped notebook, or path of a file
    parameters : values that replace the defaults of its parameters cell
    doel : the HTML file

    Raises
    ------
    NotebookFout
        See `voer_uit`; also when the parameters folder or the output is not as it should be.
    """
    mislukt = doel.with_name(doel.stem + MISLUKT)
    try:
        with uitgesteld():
            notebook_ = voer_uit(notebook, parameters, mislukt)
        html = render(notebook_)
    except (RegisterFout, WeergaveFout) as fout:
        raise NotebookFout(str(fout)) from fout
    schrijf_heel(doel, html)
    mislukt.unlink(missing_ok=True)
