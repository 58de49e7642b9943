"""Run notebook cells inside this process: no kernel to start, and results are read only once."""

from __future__ import annotations

from typing import Any

import nbformat
from papermill.engines import Engine, papermill_engines

NAAM = "impact-proces"


class ProcesEngine(Engine):  # type: ignore[misc]
    """Papermill engine that runs the cells of a notebook in this Python process.

    Every notebook begins with an empty namespace. Modules stay loaded, so that the next notebook
    of a batch finds the register and the results that the last one read.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
        """Run all code cells in order; stop at the first that fails."""
        schil = _schil()
        schil.reset(new_session=False)
        for nummer, cel in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cel, nummer)
            if cel.cell_type == "code" and not voer_cel_uit(schil, cel, nummer):
                nb_man.cell_exception(cel, nummer)
                return
            nb_man.cell_complete(cel, nummer)


def voer_cel_uit(schil: Any, cel: Any, nummer: int) -> bool:
    """Run one cell and keep its output; return whether it went well."""
    from IPython.utils.capture import capture_output

    with capture_output() as vangst:
        uitkomst = schil.run_cell(cel.source, store_history=False)
    cel.execution_count = nummer + 1
    cel.outputs = [
        _uitvoer("display_data", data=deel.data, metadata=deel.metadata or {})
        for deel in vangst.outputs
    ]
    fout = uitkomst.error_before_exec or uitkomst.error_in_exec
    for naam, tekst in (("stdout", "" if fout else vangst.stdout), ("stderr", vangst.stderr)):
        if tekst:
            cel.outputs.append(_uitvoer("stream", name=naam, text=tekst))
    if fout is not None:
        spoor = vangst.stdout.splitlines()
        cel.outputs.append(
            _uitvoer("error", ename=type(fout).__name__, evalue=str(fout), traceback=spoor)
        )
    return fout is None


def _uitvoer(soort: str, **inhoud: Any) -> Any:
    return nbformat.v4.new_output(soort, **inhoud)  # type: ignore[no-untyped-call]


def _schil() -> Any:
    """Shell without history, colours or profile; the same one for the whole process."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    instelling = Config()
    instelling.HistoryManager.enabled = False
    instelling.InteractiveShell.colors = "nocolor"
    return InteractiveShell.instance(config=instelling)


def bruikbaar() -> bool:
    """Whether this process can run notebooks itself: not when it is a notebook's own kernel."""
    from IPython.core.interactiveshell import InteractiveShell

    return not InteractiveShell.initialized() or type(_schil()) is InteractiveShell


papermill_engines.register(NAAM, ProcesEngine)
