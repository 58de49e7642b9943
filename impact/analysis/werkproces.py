"""A Python process beside this one that does one task at a time.

It is a fresh interpreter and no fork: forking a process that has drawn charts, or that has threads,
can hang. It ends by itself when the process that started it is gone, whatever killed that one. Its
temporary files lie in a folder of its own, that goes when it is gone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from typing import Any

VOORVOEGSEL = "IMPACT_"
"""Variables of the environment that go along with every task."""
BEGIN = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from impact.wees import sterf_met; sterf_met(int(sys.argv[1])); "
    "from impact.analysis.werkproces import dien; dien()"
)
TIJDELIJK = ("TMPDIR", "TEMP", "TMP")
"""Variables that say where temporary files go."""
WACHT = 5.0
"""Seconds that a process gets to end by itself."""


class ProcesGestopt(BrokenExecutor):
    """The process ended before the task was done; the text says what can be done."""


class Werkproces:
    """One process; `roep` runs a function in it."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._klad = tempfile.TemporaryDirectory(prefix="impact-", ignore_cleanup_errors=True)
        self._proces = subprocess.Popen(
            [sys.executable, "-c", BEGIN, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(TIJDELIJK, self._klad.name)},
        )
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._stdin, self._stdout = self._proces.stdin, self._proces.stdout
        pickle.dump(sys.path, self._stdin)

    @property
    def leeft(self) -> bool:
        """Whether the process can do another task."""
        return self._proces.poll() is None

    def roep(self, functie: Callable[..., Any], *waarden: Any, **namen: Any) -> Any:
        """Run a function with its arguments in the process and return what it returns.

        Raises
        ------
        ProcesGestopt
            The process was killed or ran out of memory.
        Exception
            Whatever the function raised, with the trace of the process as a note.
        """
        omgeving = {n: w for n, w in os.environ.items() if n.startswith(VOORVOEGSEL)}
        vraag = _inpakken((functie, waarden, namen, omgeving, os.getcwd()))
        with self._slot:
            try:
                pickle.dump(vraag, self._stdin)
                self._stdin.flush()
                antwoord = pickle.load(self._stdout)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                self.breek_af()
                self.stop()
                raise ProcesGestopt(
                    "een rekenproces is afgebroken (misschien te weinig geheugen); "
                    "geef de opdracht nog eens"
                ) from None
            except BaseException:  # an answer still to come would be taken for the next one
                self.breek_af()
                self.stop()
                raise
        gelukt, uitkomst = pickle.loads(antwoord)
        if not gelukt:
            raise uitkomst
        return uitkomst

    def breek_af(self) -> None:
        """Kill the process; whoever waits for its answer gets `ProcesGestopt`."""
        self._proces.kill()

    def stop(self) -> None:
        """End the process when it has nothing to do."""
        for pijp in (self._stdin, self._stdout):
            with contextlib.suppress(BrokenPipeError):
                pijp.close()
        try:
            self._proces.wait(WACHT)
        except subprocess.TimeoutExpired:
            self._proces.kill()
            self._proces.wait()
        self._klad.cleanup()


def dien() -> None:
    """Do tasks from standard input until it closes; called in the new process only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    invoer, uitvoer = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(BrokenPipeError, EOFError):
        while True:
            pickle.dump(_doe(pickle.load(invoer)), uitvoer)
            uitvoer.flush()


def _doe(bericht: bytes) -> bytes:
    """Do one task; the answer says whether it went well, and what it gave or what went wrong."""
    try:
        functie, waarden, namen, omgeving, map_ = pickle.loads(bericht)
        neem_over(omgeving, map_)
        return _inpakken((True, functie(*waarden, **namen)))
    except BaseException as fout:
        return _als_antwoord(fout)


def neem_over(omgeving: Mapping[str, str], map_: str) -> None:
    """Take over the folder and the variables of the process that asks."""
    for naam in [naam for naam in os.environ if naam.startswith(VOORVOEGSEL)]:
        del os.environ[naam]
    os.environ.update(omgeving)
    if os.path.isdir(map_):
        os.chdir(map_)


def _als_antwoord(fout: BaseException) -> bytes:
    """Answer that says what went wrong; an exception that cannot travel becomes its text."""
    fout.add_note(traceback.format_exc())
    try:
        antwoord = _inpakken((False, fout))
        pickle.loads(antwoord)
    except Exception:
        return _inpakken((False, RuntimeError(f"{type(fout).__name__}: {fout}")))
    return antwoord


def _inpakken(bericht: object) -> bytes:
    return pickle.dumps(bericht, pickle.HIGHEST_PROTOCOL)
