"""The part of the explorer in the browser, as a widget."""

from __future__ import annotations

import re
from pathlib import Path

import anywidget

STATISCH = Path(__file__).parent / "static" / "verkenner"
MODULES = ("bouwstenen", "grafiek", "post", "klembord", "keuzes", "beelden", "verkenner")
"""JavaScript, every module after those that it imports."""
UITWISSELING = re.compile(r"^import .*\n|^export (?!default)", re.MULTILINE)


def script() -> str:
    """Join the modules: to the browser a widget is one file."""
    teksten = ((STATISCH / f"{naam}.js").read_text(encoding="utf-8") for naam in MODULES)
    return UITWISSELING.sub("", "\n".join(teksten))


class Paneel(anywidget.AnyWidget):
    """All traffic goes through messages."""

    _esm = script()
    _css = STATISCH / "verkenner.css"
