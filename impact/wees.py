"""No orphans: a process ends with the one that started it, whatever killed that one."""

from __future__ import annotations

import os
import signal
import sys

STERF_MET_OUDER = 1
"""``PR_SET_PDEATHSIG`` of Linux."""


def sterf_met(ouder: int) -> None:
    """End this process as soon as its parent is gone; only where the system tells so (Linux).

    The system tells it already when the *thread* that started this process ends. So the signal is
    a question and no order: while the parent lives, its child goes on.

    Parameters
    ----------
    ouder : process id of the parent; perhaps it is gone already
    """
    if sys.platform != "linux":
        return

    def kijk(*_: object) -> None:
        if os.getppid() != ouder:
            os._exit(1)

    signal.signal(signal.SIGUSR2, kijk)
    krijg_bij_einde(signal.SIGUSR2)
    kijk()


def krijg_bij_einde(nummer: signal.Signals) -> None:
    """Ask Linux for a signal when the thread ends that started this process."""
    import ctypes

    ctypes.CDLL(None).prctl(STERF_MET_OUDER, nummer)
