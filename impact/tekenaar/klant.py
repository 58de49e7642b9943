"""Asks the drawing process for charts; starts it when needed, and again when it has stopped."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from impact.tekenaar.bundel import Locale

POGINGEN = 2
SECONDEN = 30.0
"""Longest time for one chart; an ordinary chart takes some milliseconds."""
WORTEL = Path(__file__).resolve().parents[2]


class TekenFout(ValueError):
    """A chart cannot be drawn."""


class Tekenaar:
    """One drawing process, and the way to ask it something.

    Parameters
    ----------
    seconden : longest time for one chart
    """

    def __init__(self, seconden: float = SECONDEN) -> None:
        self._seconden = seconden
        self._proces: subprocess.Popen[bytes] | None = None
        self._slot = threading.Lock()

    def teken(self, specificatie: Mapping[str, Any], locale: Locale = "nl-NL") -> str:
        """Draw a Vega-Lite chart as SVG.

        A process that stopped on a chart gets one more chance, in case something else stopped it.

        Raises
        ------
        TekenFout
            The specification cannot be drawn, takes too long or needs something from outside.
        """
        try:
            vraag = json.dumps({"spec": specificatie, "locale": locale}, allow_nan=False)
        except (TypeError, ValueError) as fout:
            raise TekenFout(f"deze figuur kan niet getekend worden: {fout}") from None
        with self._slot:
            for _ in range(POGINGEN):
                regel = self._vraag(vraag.encode("ascii") + b"\n")
                if regel:
                    return _svg(regel)
        raise TekenFout("deze figuur kan niet getekend worden: de tekenaar stopt er steeds op")

    def _vraag(self, vraag: bytes) -> bytes:
        """Answer of the process; empty when it stopped."""
        proces = self._loopt()
        assert proces.stdin is not None
        assert proces.stdout is not None
        try:
            proces.stdin.write(vraag)
            proces.stdin.flush()
            regel = proces.stdout.readline()
        except OSError:
            regel = b""
        except BaseException:  # an answer that is still to come would be taken for the next one
            self._ruim_op()
            raise
        if not regel.endswith(b"\n"):
            self._ruim_op()
            return b""
        return regel

    def _loopt(self) -> subprocess.Popen[bytes]:
        if self._proces is not None and self._proces.poll() is not None:
            self._ruim_op()
        if self._proces is None:
            self._proces = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "impact.tekenaar",
                    str(self._seconden),
                    str(os.getpid()),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _zoekpad()},
            )
        return self._proces

    def _ruim_op(self) -> None:
        proces, self._proces = self._proces, None
        if proces is None:
            return
        proces.kill()
        proces.communicate()

    def sluit(self) -> None:
        """Stop the process."""
        with self._slot:
            self._ruim_op()


def _zoekpad() -> str:
    """Search path on which this very package is found first."""
    return os.pathsep.join(filter(None, [str(WORTEL), os.environ.get("PYTHONPATH")]))


def _svg(regel: bytes) -> str:
    antwoord = json.loads(regel)
    if "fout" in antwoord:
        raise TekenFout(f"deze figuur kan niet getekend worden: {antwoord['fout']}")
    return str(antwoord["svg"])


_TEKENAARS: dict[int, Tekenaar] = {}
"""By process: a forked child does not speak through the pipe of its parent."""


def teken(specificatie: Mapping[str, Any], locale: Locale = "nl-NL") -> str:
    """Draw a Vega-Lite chart as SVG with the drawing process of this process.

    Raises
    ------
    TekenFout
        See `Tekenaar.teken`.
    """
    if os.getpid() not in _TEKENAARS:
        _TEKENAARS[os.getpid()] = Tekenaar()
        atexit.register(_TEKENAARS[os.getpid()].sluit)
    return _TEKENAARS[os.getpid()].teken(specificatie, locale)
