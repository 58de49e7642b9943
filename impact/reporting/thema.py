"""One look for every chart: colour-blind safe, readable in grey, system fonts, Dutch numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

LETTER = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""The letter with which the renderer measures, so that no label is wider in a browser."""
INKT, ZACHT, LIJN, RASTER = "#001a40", "#3d5374", "#c0c7d2", "#dfe3e8"
MET, ZONDER = "#006fb3", "#586c88"
MEER, MINDER = "#b4530a", "#006fb3"
BREEDTE = 620

BETALERS = {
    "gemeente": ("Gemeenten", "#0b4f8a"),
    "rijk_spuk": ("Rijk, specifieke uitkering", "#d55e00"),
    "rijk_gemeentefonds": ("Rijk, gemeentefonds", "#e69f00"),
    "rijk_buig": ("Rijk, bijstandsbudget (BUIG)", "#f2d16b"),
    "rijk_overig": ("Rijk, overig", "#8c3b00"),
    "coa": ("COA", "#009e73"),
    "corporatie": ("Woningcorporaties", "#cc79a7"),
    "inwoner": ("Inwoners", "#9fd0ee"),
}
"""Payer: name in a text and colour (Okabe-Ito and shades of it, apart in grey too)."""

KLASSEN_VERSCHIL = [
    "#08417c",
    "#3f83bd",
    "#a8cce8",
    "#f1f1ee",
    "#f5c89a",
    "#d9822b",
    "#8f3d04",
]
"""Diverging scale from less (blue) to more (orange); the middle means hardly any difference."""
KLASSEN_NIVEAU = ["#f3efe0", "#cfdcc8", "#98c2bb", "#5a9fb0", "#2f7aa3", "#1d5286", "#16305c"]


def betalernaam(betaler: str) -> str:
    """Name of a payer in a text."""
    return BETALERS.get(betaler, (betaler.replace("_", " "), INKT))[0]


def betalerkleur(betaler: str) -> str:
    """Colour of a payer."""
    return BETALERS.get(betaler, ("", INKT))[1]


def instellingen() -> dict[str, Any]:
    """Vega-Lite configuration of every chart."""
    as_ = {
        "labelFont": LETTER,
        "titleFont": LETTER,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": ZACHT,
        "titleColor": ZACHT,
        "titleFontWeight": "normal",
        "domainColor": LIJN,
        "tickColor": LIJN,
        "gridColor": RASTER,
        "labelPadding": 5,
    }
    return {
        "aria": False,
        "background": None,
        "padding": {"left": 14, "right": 34, "top": 4, "bottom": 4},
        "font": LETTER,
        "view": {"stroke": None},
        "axis": as_,
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "legend": {
            "labelFont": LETTER,
            "titleFont": LETTER,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "labelColor": INKT,
            "titleColor": ZACHT,
            "titleFontWeight": "normal",
            "orient": "top",
            "symbolType": "square",
            "labelLimit": 300,
            "columnPadding": 44,
        },
        "text": {"font": LETTER, "fontSize": 12, "color": INKT},
    }


def spec(grafiek: alt.TopLevelMixin, regel: str = "") -> dict[str, Any]:
    """Vega-Lite specification of a chart in this look.

    Parameters
    ----------
    regel : field of the data that holds the first cell of a row of the table below the chart, so
        that an interactive report can show that row
    """
    inhoud: dict[str, Any] = grafiek.to_dict(validate=False)
    inhoud["config"] = instellingen()
    if regel:
        inhoud["usermeta"] = {"regel": regel}
    return inhoud


def gevuld(vorm: Mapping[str, Any], **gegevens: pd.DataFrame) -> dict[str, Any]:
    """Specification of a chart that was built with named data, with the data in it.

    Building a chart costs more than drawing it; a form that comes back with other figures is built
    once.
    """
    rijen = {naam: tabel.to_dict("records") for naam, tabel in gegevens.items()}
    return {**vorm, "datasets": {**vorm.get("datasets", {}), **rijen}}
