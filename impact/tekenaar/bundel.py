"""The JavaScript that draws: Vega and Vega-Lite in one text, made offline from a package.

Making it takes more than a second and reading it back almost nothing, so it is kept in the user's
own cache folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Literal

Locale = Literal["nl-NL", "en-GB"]

ADRES = "https://cdn.jsdelivr.net/npm"
"""Names of modules inside the package vl-convert; nothing is fetched."""
VL_VERSIE = "6.4.1"
"""The Vega-Lite of altair; a test holds them equal."""
TALEN: tuple[Locale, ...] = ("nl-NL", "en-GB")
INGANG = """
import * as vega from "{adres}/vega@{vega}/+esm";
import {{ compile }} from "{adres}/vega-lite@{vl}/+esm";
globalThis.vega = {{
  View: vega.View,
  parse: vega.parse,
  textMetrics: vega.textMetrics,
  SVGStringRenderer: vega.SVGStringRenderer,
  formatLocale: vega.formatLocale,
  timeFormatLocale: vega.timeFormatLocale,
  resetSVGDefIds: vega.resetSVGDefIds,
}};
globalThis.compileer = compile;
"""


def bundel() -> str:
    """JavaScript that sets ``vega``, ``compileer`` and ``LOCALES``."""
    bewaard = cachemap() / f"vega-{_sleutel()}.js"
    try:
        return bewaard.read_text(encoding="utf-8")
    except OSError:
        tekst = _maak()
    _bewaar(bewaard, tekst)
    return tekst


def cachemap() -> Path:
    """Folder of the user for what can be made again."""
    if sys.platform == "win32":
        basis = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        basis = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(basis) / "impact"


def _sleutel() -> str:
    inhoud = [version("vl-convert-python"), VL_VERSIE, INGANG, *TALEN]
    return hashlib.sha256("\n".join(inhoud).encode()).hexdigest()[:16]


def _maak() -> str:
    import vl_convert

    ingang = INGANG.format(adres=ADRES, vega=vl_convert.get_vega_version(), vl=VL_VERSIE)
    kort = ".".join(VL_VERSIE.split(".")[:2])
    bron = vl_convert.javascript_bundle(ingang, vl_version=kort)
    locales = {
        taal: {
            "getal": vl_convert.get_format_locale(taal),
            "tijd": vl_convert.get_time_format_locale(taal),
        }
        for taal in TALEN
    }
    return f"(() => {{{bron}\n}})();\nglobalThis.LOCALES = {json.dumps(locales)};\n"


def _bewaar(pad: Path, tekst: str) -> None:
    """Keep the text, whole or not at all; a folder that cannot be written costs only time."""
    tijdelijk = None
    try:
        pad.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        greep, tijdelijk = tempfile.mkstemp(prefix=".bezig-", dir=pad.parent)
        with os.fdopen(greep, "w", encoding="utf-8") as bestand:
            bestand.write(tekst)
        Path(tijdelijk).replace(pad)
    except OSError:
        if tijdelijk is not None:
            Path(tijdelijk).unlink(missing_ok=True)
