"""Vega-Lite charts as SVG, drawn by a long-lived process that keeps Vega warm.

The public function is `teken`. The first chart starts the process (about a quarter of a second);
after that a chart takes a few milliseconds. Nothing is ever fetched.
"""

from impact.tekenaar.bundel import Locale
from impact.tekenaar.klant import Tekenaar, TekenFout, teken

__all__ = ["Locale", "TekenFout", "Tekenaar", "teken"]
