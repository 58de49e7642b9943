"""A papermill engine that runs every notebook in a fresh copy of a warm process.

Papermill starts a kernel for every notebook: an interpreter, its imports, and the data that the
notebook reads. This engine forks the calling process instead. The copy has everything that the
caller had loaded, runs the cells of one notebook, and is gone when the notebook ends: nothing that
a notebook does reaches the caller or the next notebook. Outputs, errors, tracebacks, timing,
logging and progress are those of papermill's own engine.

Use it as ``papermill --engine impact in.ipynb out.ipynb``, or::

    papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="impact")

To warm the caller: import and read before the first notebook whatever the notebooks need.
Where a process cannot be copied (Windows, macOS, or a caller with threads) the notebook gets a
clean kernel of its own, by papermill's own engine: slower, with the same outcome.
"""

import papermill as _papermill  # noqa: F401 (first: it loads this package as one of its engines)

from impact.motor.engine import NAAM, Notebookmotor
from impact.motor.grenzen import Grenzen, waarom_niet_splitsen

__all__ = ["NAAM", "Grenzen", "Notebookmotor", "waarom_niet_splitsen"]
