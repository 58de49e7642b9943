"""What the copy and the caller say to each other: frames over one socket."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import termios
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection

STROMEN = ("stdout", "stderr")
TEKST, LEEG, BERICHT, EINDE = b"t", b"l", b"b", b"e"
GROOTSTE_PIJP = 1024 * 1024


class Kanaal:
    """End of the copy: sends frames, and first whatever was written past Python.

    A frame is a letter, the number of a stream and bytes:

    * ``t``: text that Python wrote to the stream;
    * ``l``: the stream was flushed;
    * ``b``: a message of the Jupyter protocol follows, in that many frames;
    * ``e``: the copy is done.

    Output that does not go through ``sys.stdout`` (a subprocess, C code) comes through a pipe. The
    copy empties the pipes before each frame, so that everything arrives in the order of writing.

    Attributes
    ----------
    pijpen : read ends of the pipes behind file descriptors 1 and 2
    """

    def __init__(self, verbinding: Connection, pijpen: Sequence[int]) -> None:
        self._verbinding, self.pijpen = verbinding, tuple(pijpen)
        self._slot = threading.RLock()
        self._ongeleegd = [False, False]

    def schrijf(self, stroom: int, tekst: str) -> None:
        """Send text that was written to a stream."""
        with self._slot:
            self._leeg_pijpen()
            self._stuur(stroom, tekst.encode("utf-8", "backslashreplace"))

    def leeg(self, stroom: int) -> None:
        """Say that a stream was flushed."""
        with self._slot:
            self._leeg_pijpen()
            if self._ongeleegd[stroom]:
                self._verbinding.send_bytes(LEEG + bytes([stroom]))
                self._ongeleegd[stroom] = False

    def bericht(self, delen: Sequence[bytes | memoryview]) -> None:
        """Send a message in parts."""
        with self._slot:
            self._leeg_pijpen()
            self._verbinding.send_bytes(BERICHT + bytes([len(delen)]))
            for deel in delen:
                self._verbinding.send_bytes(deel)

    def einde(self) -> None:
        """Say that nothing comes any more."""
        with self._slot:
            self._verbinding.send_bytes(EINDE + bytes([0]))

    def lees(self) -> bytes:
        """Wait for a command.

        Raises
        ------
        EOFError
            The caller is gone.
        """
        return self._verbinding.recv_bytes()

    def _stuur(self, stroom: int, ruw: bytes) -> None:
        self._verbinding.send_bytes(TEKST + bytes([stroom]) + ruw)
        self._ongeleegd[stroom] = True

    def _leeg_pijpen(self) -> None:
        for stroom, pijp in enumerate(self.pijpen):
            if aantal := wachtend(pijp):
                with contextlib.suppress(BlockingIOError):  # somebody else took it in between
                    self._stuur(stroom, os.read(pijp, aantal))


def wachtend(pijp: int) -> int:
    """Bytes that wait in a pipe."""
    return int(struct.unpack("i", fcntl.ioctl(pijp, termios.FIONREAD, b"\0\0\0\0"))[0])


def maak_pijp() -> tuple[int, int]:
    """Make a pipe of which the read end never waits, as roomy as the system allows."""
    lezen, schrijven = os.pipe()
    os.set_blocking(lezen, False)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(schrijven, fcntl.F_SETPIPE_SZ, GROOTSTE_PIJP)
    return lezen, schrijven
