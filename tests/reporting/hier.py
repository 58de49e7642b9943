"""Run a shipped notebook in this process, so that a test can change what its cells call."""

from __future__ import annotations

from typing import Any
from unittest import mock

from nbformat.v4 import new_output

from impact.reporting.invoercel import lees_notebook
from impact.reporting.uitvoeren import vind_notebook
from impact.reporting.weergave import render


def html_hier(naam: str, parameters: dict[str, str | int]) -> str:
    """HTML page of a notebook."""
    notebook = lees_notebook(vind_notebook(naam))
    ruimte: dict[str, Any] = {}
    getoond: list[Any] = []
    with mock.patch("IPython.display.display", getoond.append):
        for cel in (c for c in notebook.cells if c.cell_type == "code"):
            getoond.clear()
            exec(cel.source, ruimte)
            if "parameters" in cel.metadata.get("tags", []):
                ruimte.update(parameters)
            cel.outputs = [new_output("display_data", data={"text/html": g.data}) for g in getoond]
    notebook.metadata["papermill"] = {"parameters": parameters}
    return render(notebook)
