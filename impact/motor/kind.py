"""The copy: clean what it inherited, run cells on command, end."""

from __future__ import annotations

import asyncio
import atexit
import builtins
import contextlib
import faulthandler
import gc
import getpass
import json
import logging
import os
import signal
import sys
import traceback
import weakref
from multiprocessing.connection import Connection
from typing import Any, NoReturn

import comm
from ipykernel.jsonutil import json_clean
from IPython.core.async_helpers import _asyncio_runner

from impact.motor.grenzen import Grenzen, begrens_geheugen
from impact.motor.kanaal import Kanaal
from impact.motor.schil import Stroom, geen_invoer, maak_schil
from impact.wees import krijg_bij_einde


def leef(
    verbinding: Connection, pijpen: list[tuple[int, int]], grenzen: Grenzen, ouder: int
) -> NoReturn:
    """Serve one notebook and end this process.

    Parameters
    ----------
    verbinding : commands come in and frames go out
    pijpen : read and write end of the pipes behind file descriptors 1 and 2
    ouder : process id of the caller
    """
    status = 1
    try:
        _los_van_ouder(ouder)
        _leid_om(pijpen)
        _maak_schoon()
        kanaal = Kanaal(verbinding, [lezen for lezen, _ in pijpen])
        sys.stdout, sys.stderr = Stroom(kanaal, 0), Stroom(kanaal, 1)
        schil = maak_schil(kanaal)
        if grenzen.geheugen is not None:
            begrens_geheugen(grenzen.geheugen)
        asyncio.run(_lus(schil, kanaal))
        atexit._run_exitfuncs()
        kanaal.einde()
        status = 0
    except BaseException:
        with contextlib.suppress(OSError):
            os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(status)


def _los_van_ouder(ouder: int) -> None:
    """Be a session of its own that dies with the caller, with signals as in a new process."""
    os.setsid()
    if sys.platform == "linux":
        krijg_bij_einde(signal.SIGKILL)
    if os.getppid() != ouder:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    for nummer in signal.valid_signals():
        if callable(signal.getsignal(nummer)):
            signal.signal(nummer, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _leid_om(pijpen: list[tuple[int, int]]) -> None:
    """Put the pipes behind file descriptors 1 and 2, and nothing behind 0."""
    for nummer, (_, schrijven) in enumerate(pijpen, start=1):
        os.dup2(schrijven, nummer)
        os.close(schrijven)
    niets = os.open(os.devnull, os.O_RDONLY)
    os.dup2(niets, 0)
    os.close(niets)
    faulthandler.enable(file=2)


def _maak_schoon() -> None:
    """Forget what belongs to the caller and not to a notebook.

    Exit functions and finalizers of the caller (they would remove its temporary files), its log
    handlers, its arguments, and the state of random numbers, which would give every notebook the
    same draws. What the caller loaded is frozen: the garbage collector leaves it alone, so that
    its memory stays shared.
    """
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    for log in [logging.root, *logging.root.manager.loggerDict.values()]:
        if isinstance(log, logging.Logger):
            log.handlers = [h for h in log.handlers if isinstance(h, logging.NullHandler)]
    logging.root.setLevel(logging.WARNING)
    sys.argv = [""]
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    builtins.input = geen_invoer
    getpass.getpass = geen_invoer
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    gc.freeze()


async def _lus(schil: Any, kanaal: Kanaal) -> None:
    """Run the cells that the caller sends, until it says that there are no more."""
    while True:
        opdracht = json.loads(kanaal.lees())
        if opdracht is None:
            return
        for bericht in opdracht["comm"]:
            post: Any = comm.get_comm_manager()
            post.comm_msg(None, None, {**bericht, "buffers": []})
        await _voer_uit(schil, opdracht["bron"])


async def _voer_uit(schil: Any, bron: str) -> None:
    """Run one cell and send what a kernel sends about it."""
    sessie = schil.kernel.session
    verzoek = sessie.msg("execute_request", {})
    schil.set_parent(verzoek)

    def zend(soort: str, inhoud: dict[str, Any]) -> None:
        sessie.send(None, soort, inhoud, parent=verzoek)

    zend("status", {"execution_state": "busy"})
    zend("execute_input", {"code": bron, "execution_count": schil.execution_count})
    antwoord = _antwoord(schil, await _draai(schil, bron))
    sys.stdout.flush()
    sys.stderr.flush()
    schil.payload_manager.clear_payload()
    zend("execute_reply", antwoord)
    zend("status", {"execution_state": "idle"})


async def _draai(schil: Any, bron: str) -> Any:
    """Run the source of a cell; a loop is running, as in a kernel, so it may await."""
    fout = None
    try:
        overgezet = schil.transform_cell(bron)
    except Exception:
        overgezet, fout = bron, sys.exc_info()
    keuze: dict[str, Any] = {"transformed_cell": overgezet, "preprocessing_exc_tuple": fout}
    if schil.loop_runner is not _asyncio_runner or not schil.should_run_async(bron, **keuze):
        return schil.run_cell(bron, store_history=True)
    uitkomst = None
    schil._last_traceback, schil._last_traceback_during_displayhook = None, False
    try:
        uitkomst = await schil.run_cell_async(bron, store_history=True, **keuze)
    finally:
        schil.events.trigger("post_execute")
        schil.events.trigger("post_run_cell", uitkomst)
    return uitkomst


def _antwoord(schil: Any, uitkomst: Any) -> dict[str, Any]:
    """Content of the reply about a cell."""
    if uitkomst.success and not schil._last_traceback_during_displayhook:
        return {"status": "ok", "execution_count": schil.execution_count - 1}
    fout = uitkomst.error_before_exec or uitkomst.error_in_exec
    inhoud: dict[str, Any] = json_clean(
        {
            "status": "error",
            "execution_count": schil.execution_count - 1,
            "traceback": schil._last_traceback or [],
            "ename": type(fout).__name__,
            "evalue": str(fout),
        }
    )
    return inhoud
