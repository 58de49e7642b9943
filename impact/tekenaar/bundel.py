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
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

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
BROWSERINGANG = """
import {{ changeset }} from "{adres}/vega@{vega}/+esm";
globalThis.impactVega = Object.assign(vegaEmbed, {{ changeset }});
"""


def bundel() -> str:
    """JavaScript that sets ``vega``, ``compileer`` and ``LOCALES``."""
    return _bewaard("vega", INGANG, _maak)


def browserbundel() -> str:
    """JavaScript for a page: sets ``impactVega``, the function `vegaEmbed` with ``changeset``.

    It can evaluate expressions without ``eval`` (option ``ast``), as a strict page asks.
    """
    return _bewaard("browser", BROWSERINGANG, _maak_voor_browser)


def _bewaard(naam: str, ingang: str, maak: Callable[[], str]) -> str:
    """Text from the cache, or made and kept."""
    pad = cachemap() / f"{naam}-{_sleutel(ingang)}.js"
    try:
        return pad.read_text(encoding="utf-8")
    except OSError:
        tekst = maak()
    _bewaar(pad, tekst)
    return tekst


def cachemap() -> Path:
    """Folder of the user for what can be made again."""
    if sys.platform == "win32":
        basis = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        basis = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(basis) / "impact"


def _sleutel(ingang: str) -> str:
    inhoud = [version("vl-convert-python"), VL_VERSIE, ingang, *TALEN]
    return hashlib.sha256("\n".join(inhoud).encode()).hexdigest()[:16]


def _maak() -> str:
    locales = {taal: locale(taal) for taal in TALEN}
    return f"{_in_een_tekst(INGANG)}globalThis.LOCALES = {json.dumps(locales)};\n"


def locale(taal: Locale) -> dict[str, Any]:
    """How Vega writes numbers (``getal``) and dates (``tijd``) in a language."""
    import vl_convert

    return {
        "getal": vl_convert.get_format_locale(taal),
        "tijd": vl_convert.get_time_format_locale(taal),
    }


def als_vega(specificatie: Mapping[str, Any]) -> dict[str, Any]:
    """Compile a Vega-Lite chart to Vega."""
    import vl_convert

    vega: dict[str, Any] = vl_convert.vegalite_to_vega(
        dict(specificatie), vl_version=_korte_versie()
    )
    return vega


def _maak_voor_browser() -> str:
    return _in_een_tekst(BROWSERINGANG)


def _in_een_tekst(ingang: str) -> str:
    import vl_convert

    volledig = ingang.format(adres=ADRES, vega=vl_convert.get_vega_version(), vl=VL_VERSIE)
    bron = vl_convert.javascript_bundle(volledig, vl_version=_korte_versie())
    return f"(() => {{{bron}\n}})();\n"


def _korte_versie() -> str:
    return ".".join(VL_VERSIE.split(".")[:2])


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
