"""The charts of the explorer: altair in the theme of the reports, with data that come later.

Every chart names its data sets and has no data of its own. It is compiled to Vega once; after
that only data are sent.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import altair as alt

from impact.reporting import thema
from impact.reporting.kaart import ZESHOEK
from impact.tekenaar import bundel

BREEDTE, HOOGTE = 360, 210
KLEUREN = {"a": thema.MET, "b": thema.MEER}
"""Line of scenario A and of scenario B."""
ASBREEDTE = 48
"""Room for the numbers of the vertical axis, in pixels."""
RIJHOOGTE = 0.8660254
"""Distance between two rows of hexagons, in columns."""
Domein = tuple[float, float]
Grafiek = alt.LayerChart | alt.FacetChart


def waaier(jaren: Sequence[int]) -> Grafiek:
    """Lines over time with their bands: data sets ``met``, ``zonder`` and ``grens``."""
    kleur = alt.param(name="kleur", value=thema.MET)
    dekking = alt.param(name="dekking", value=0.2)
    x = alt.X(
        "tijd:Q",
        title=None,
        scale=alt.Scale(domain=[jaren[0], jaren[-1] + 1], nice=False),
        axis=alt.Axis(
            values=list(jaren)[::2], format="d", labelAlign="left", labelOffset=2, grid=False
        ),
    )
    y = alt.Y("laag:Q", title=None, axis=alt.Axis(tickCount=5))

    def lagen(naam: str, kleur_: Any, streep: list[int], dikte: float) -> list[alt.Chart]:
        basis = alt.Chart(alt.NamedData(name=naam))
        band = basis.mark_area(color=kleur_, opacity=alt.ExprRef("dekking"))
        lijn = basis.mark_line(color=kleur_, strokeWidth=dikte, strokeDash=streep)
        return [
            band.encode(x=x, y=y, y2="hoog:Q"),
            lijn.encode(x=x, y=alt.Y("midden:Q", title=None)),
        ]

    grens = alt.Chart(alt.NamedData(name="grens")).mark_rule(opacity=0).encode(y="y:Q")
    nul = alt.Chart(alt.NamedData(name="nul")).mark_rule(color=thema.INKT).encode(y="y:Q")
    return (
        alt.layer(
            grens,
            *lagen("zonder", thema.ZONDER, [6, 4], 2.0),
            *lagen("met", alt.ExprRef("kleur"), [1, 0], 2.6),
            nul,
        )
        .add_params(kleur, dekking)
        .properties(width=BREEDTE, height=HOOGTE)
    )


def euro(jaren: Sequence[int]) -> Grafiek:
    """Stacked bars per year by payer: data sets ``bedragen`` and ``grens``."""
    namen = [naam for naam, _ in thema.BETALERS.values()]
    kleuren = [kleur for _, kleur in thema.BETALERS.values()]
    staven = (
        alt.Chart(alt.NamedData(name="bedragen"))
        .mark_bar(stroke="#ffffff", strokeWidth=0.7)
        .encode(
            x=alt.X(
                "jaar:O",
                title=None,
                scale=alt.Scale(domain=[str(jaar) for jaar in jaren]),
                axis=alt.Axis(labelAngle=0, labelOverlap=True),
            ),
            y=alt.Y("waarde:Q", title=None, stack="zero", axis=alt.Axis(tickCount=5)),
            color=alt.Color("betaler:N", scale=alt.Scale(domain=namen, range=kleuren), legend=None),
            order=alt.Order("volgorde:Q"),
        )
    )
    grens = alt.Chart(alt.NamedData(name="grens")).mark_rule(opacity=0).encode(y="y:Q")
    nul = alt.Chart(alt.NamedData(name="nul")).mark_rule(color=thema.INKT).encode(y="y:Q")
    return alt.layer(staven, grens, nul).properties(width=BREEDTE, height=HOOGTE)


def kaart(breed: Domein, hoog: Domein) -> Grafiek:
    """Hex map: data set ``hex`` with code, x, y, klasse, onzeker, binnen and kader.

    Parameters
    ----------
    breed, hoog : first and last column and row, with room for half a cell around them
    """

    def schaal(domein: Domein, omgekeerd: bool = False) -> alt.Scale:
        return alt.Scale(domain=list(domein), nice=False, zero=False, reverse=omgekeerd)

    x = alt.X("x:Q", axis=None, scale=schaal(breed))
    y = alt.Y("y:Q", axis=None, scale=schaal(hoog, True))
    # a symbol is as wide as the root of its size: one column
    maat = alt.ExprRef(f"pow(width / {breed[1] - breed[0]}, 2) * 0.985")
    bron = alt.Chart(alt.NamedData(name="hex"))
    kleur = alt.Color(
        "klasse:O",
        scale=alt.Scale(domain=list(range(7)), range=thema.KLASSEN_VERSCHIL),
        legend=None,
    )
    cellen = bron.mark_point(
        shape=ZESHOEK, filled=True, size=maat, stroke="#8d97a1", strokeWidth=0.5, cursor="pointer"
    ).encode(
        x=x, y=y, color=kleur, opacity=alt.condition("datum.binnen", alt.value(1), alt.value(0.3))
    )
    stippen = (
        bron.transform_filter("datum.onzeker")
        .mark_point(filled=True, size=7, color=thema.INKT, opacity=0.75)
        .encode(x=x, y=y)
    )
    kader = (
        bron.transform_filter("datum.kader")
        .mark_point(shape=ZESHOEK, filled=False, size=maat, stroke=thema.INKT, strokeWidth=2.4)
        .encode(x=x, y=y)
    )
    hoogte = BREEDTE * hoogte_per_breedte(breed, hoog)
    return alt.layer(cellen, stippen, kader).properties(width=BREEDTE, height=hoogte)


def hoogte_per_breedte(breed: Domein, hoog: Domein) -> float:
    """Shape of the map."""
    return RIJHOOGTE * (hoog[1] - hoog[0]) / (breed[1] - breed[0])


def als_vega(grafiek: alt.TopLevelMixin) -> dict[str, Any]:
    """Compile a chart to Vega, in the theme of the reports, sized by its frame."""
    inhoud = thema.spec(grafiek)
    inhoud["autosize"] = {"type": "fit", "contains": "padding"}
    inhoud["config"] |= {"padding": {"left": 2, "right": 6, "top": 6, "bottom": 2}}
    # the same room for every label, so that a chart stays where it is when its data change
    inhoud["config"]["axisY"] |= {"minExtent": ASBREEDTE, "maxExtent": ASBREEDTE}
    return bundel.als_vega(inhoud)


@functools.cache
def specificaties(jaren: tuple[int, ...], breed: Domein, hoog: Domein) -> dict[str, dict[str, Any]]:
    """All charts as Vega, compiled once per kernel."""
    return {
        "waaier": als_vega(waaier(jaren)),
        "euro": als_vega(euro(jaren)),
        "kaart": als_vega(kaart(breed, hoog)),
    }


@functools.cache
def vega_bundel() -> bytes:
    """The Vega library from the installed package: nothing is fetched."""
    return bundel.browserbundel().encode()
