"""Limits of a notebook, and the question whether this process can be copied."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

MB = 1024 * 1024
TAKEN = Path("/proc/self/task")
VEILIGE_DRADEN = ("jemalloc_bg_thd", "ZMQbg/")
"""Beginnings of the names of threads that a copy does not miss; see `_vreemde_draden`."""


@dataclass(frozen=True)
class Grenzen:
    """What one notebook may use.

    Attributes
    ----------
    cel : seconds that one cell may take; None for no limit
    notebook : seconds that all cells together may take; None for no limit
    geheugen : bytes that the notebook may take on top of what the caller already holds; None for
        no limit; only where the system keeps such a limit (Linux)
    uitvoer : bytes of output that one cell may give
    """

    cel: float | None = None
    notebook: float | None = None
    geheugen: int | None = None
    uitvoer: int = 64 * MB


def waarom_niet_splitsen() -> str:
    """Why this process cannot be copied; empty when it can.

    A copy has one thread, the one that asked for it. A lock that another thread held stays locked
    in the copy for ever, so a process with more threads is not copied.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return "dit systeem kan een proces niet veilig kopiëren"
    if threading.active_count() > 1:
        return "het proces heeft meer dan een draad"
    if vreemd := _vreemde_draden():
        return f"het proces heeft draden die geen kopie verdragen: {', '.join(vreemd)}"
    return ""


def _vreemde_draden() -> list[str]:
    """Names of threads outside Python that do not survive a copy.

    OpenBLAS and Arrow keep threads without a name of their own (they bear the name of the program)
    and make new ones in a copy, as jemalloc does; a copy never uses a ZeroMQ context of its caller.
    Runtimes such as V8 and tokio give their threads a name, and hang in a copy.
    """
    try:
        namen = {(taak / "comm").read_text().strip() for taak in TAKEN.iterdir()}
        eigen = (TAKEN / str(os.getpid()) / "comm").read_text().strip()
    except OSError:
        return []
    return sorted(n for n in namen if n != eigen and not n.startswith(VEILIGE_DRADEN))


def begrens_geheugen(extra: int) -> None:
    """Let this process take no more than `extra` bytes on top of what it holds now.

    Only memory that can be written counts. Asking for more is a ``MemoryError``.
    """
    import resource

    for regel in Path("/proc/self/status").read_text().splitlines():
        if regel.startswith("VmData:"):
            grens = int(regel.split()[1]) * 1024 + extra
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (grens, hard))
