"""The engine itself: choose between a copy of this process and a kernel."""

from __future__ import annotations

import functools
import gc
import importlib
import sys
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.log import logger

from impact.motor.grenzen import Grenzen, waarom_niet_splitsen

NAAM = "impact"
KERNELKEUZES = frozenset(
    {
        "coalesce_streams",
        "error_on_timeout",
        "extra_arguments",
        "interrupt_on_timeout",
        "kernel_manager_class",
        "km",
        "on_cell_complete",
        "on_cell_error",
        "on_cell_execute",
        "on_cell_executed",
        "on_cell_start",
        "on_notebook_complete",
        "on_notebook_error",
        "on_notebook_start",
        "timeout_func",
    }
)
"""Options of nbclient that speak of a kernel; with one of them a notebook gets a kernel."""

NODIG = (
    "IPython.core.application",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "impact.motor.client",
    "impact.motor.kind",
)
SOMS = (("numpy", "numpy.random"),)
"""What a copy needs when the caller has loaded the package."""


class Notebookmotor(Engine):  # type: ignore[misc]
    """Papermill engine that runs every notebook in a copy of this process.

    Options of ``papermill.execute_notebook`` besides those of papermill's own engine:

    notebook_timeout : seconds that the notebook may take
    memory_limit : bytes that the notebook may take on top of what this process holds (Linux)
    output_limit : bytes of output that one cell may give
    fork : False for a kernel, also where a copy can be made
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        *,
        fork: bool = True,
        notebook_timeout: float | None = None,
        memory_limit: int | None = None,
        output_limit: int = Grenzen.uitvoer,
        execution_timeout: float | None = None,
        **keuze: Any,
    ) -> Any:
        """Run a notebook; the copy is made before papermill starts its progress bar (a thread)."""
        cel = execution_timeout or keuze.pop("timeout", None)
        reden = _waarom_kernel(kernel_name, keuze) if fork else "dat is zo gekozen"
        if reden:
            logger.info(f"Notebook in een kernel: {reden}.")
            return NBClientEngine.execute_notebook(nb, kernel_name, execution_timeout=cel, **keuze)
        from impact.motor.ouder import Kindproces

        warm_op()
        kind = Kindproces(Grenzen(cel, notebook_timeout, memory_limit, output_limit))
        try:
            return super().execute_notebook(nb, kernel_name, kind=kind, **keuze)
        finally:
            kind.dood()

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, kind: Any, **keuze: Any
    ) -> None:
        """Run the cells in a copy that is there already."""
        from impact.motor.client import Kindclient

        for eigen in ("input_path", "start_timeout"):
            keuze.pop(eigen, None)
        Kindclient(nb_man, kind, kernel_name=kernel_name, log=logger, **keuze).execute()


def _waarom_kernel(kernel_name: str, keuze: dict[str, Any]) -> str:
    """Why a notebook needs a kernel; empty when it does not."""
    if kernel_name != NATIVE_KERNEL_NAME:
        return f"het notebook vraagt om kernel '{kernel_name}'"
    gevraagd = sorted(KERNELKEUZES & keuze.keys())
    if gevraagd:
        return f"{gevraagd[0]} gaat over een kernel"
    return waarom_niet_splitsen()


@functools.cache
def warm_op() -> None:
    """Load in this process, once, what every notebook would load in its copy."""
    for naam in (*NODIG, *(naam for pakket, naam in SOMS if pakket in sys.modules)):
        importlib.import_module(naam)
    gc.collect()


papermill_engines.register(NAAM, Notebookmotor)
