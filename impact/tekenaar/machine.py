"""V8 with Vega and Vega-Lite inside: one chart in, one SVG out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

from impact.tekenaar.bundel import bundel

HIER = Path(__file__).resolve().parent
GEHEUGEN = 1_000_000_000
"""Bytes that a chart may use before it is stopped."""


class Machine:
    """Engine that stays warm; compiled charts are kept by their form, apart from their data."""

    def __init__(self) -> None:
        self._v8 = MiniRacer()
        self._v8.set_hard_memory_limit(GEHEUGEN)
        maten = (HIER / "lettermaten.json").read_text(encoding="utf-8")
        self._v8.eval((HIER / "omgeving.js").read_text(encoding="utf-8"))
        self._v8.eval(bundel() + ";0")
        self._v8.eval(f"globalThis.LETTERMATEN = {maten};0")
        self._v8.eval((HIER / "teken.js").read_text(encoding="utf-8"))
        self._teken: Any = self._v8.eval("beantwoord")

    def beantwoord(self, vraag: str, seconden: float) -> str:
        """Draw one chart.

        Parameters
        ----------
        vraag : JSON object with ``spec`` and ``locale``
        seconden : longest time that it may take

        Returns
        -------
        JSON object with ``svg``, or with ``fout`` when the chart cannot be drawn.

        Raises
        ------
        py_mini_racer.JSTimeoutException, py_mini_racer.JSOOMException
            It takes too long, or too much memory; the engine must be thrown away.
        """
        return str(self._teken(vraag, timeout_sec=seconden))
