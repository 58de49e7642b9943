"""The chart of an explanation: what a figure adds up from, or its course in time."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from impact.analysis.formules.boom import Knoop
from impact.analysis.formules.taal import ontleed, reken
from impact.analysis.verklaren import Verklaring
from impact.reporting import thema
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, schaal
from impact.reporting.opmaak import Html, anker
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.verklaarwoorden import cijfer, kop, met_eenheid

LABELBREEDTE = 46
"""Characters on one line of a label."""
REGELHOOGTE = 15
RUIMTE_LINKS = 44
REGELEINDE = "|"
"""Where a label is broken; no title has this sign."""
BLIJFT = ", blijft bij de gemeente"


def bijdragen(knoop: Knoop) -> list[tuple[Knoop, float]]:
    """What each part adds to a figure; empty when the figure is not a sum or difference."""
    if len(knoop.kinderen) < 2:
        return []
    if knoop.soort == "som":
        delen = [(kind, kind.waarde) for kind in knoop.kinderen]
        return delen if any(waarde != 0.0 for _, waarde in delen) else []
    stuk = ontleed(knoop.rekenregel)

    def alleen(gekozen: Knoop | None) -> float:
        waarden = {k.deel: np.array([k.waarde * (k is gekozen)]) for k in knoop.kinderen}
        with np.errstate(all="ignore"):
            som = reken(stuk, knoop.moment, lambda d: waarden.get(d, np.zeros(1)))
        return float(som[0])

    delen = [(kind, alleen(kind)) for kind in knoop.kinderen]
    totaal = sum(bijdrage for _, bijdrage in delen)
    optelbaar = alleen(None) == 0.0 and bool(np.isclose(totaal, knoop.waarde, rtol=1e-9))
    return delen if optelbaar and knoop.waarde != 0.0 else []


def figuur(verklaring: Verklaring) -> Figuur:
    """Draw what the figure adds up from; its course in time when nothing adds up.

    Of a difference the parts need not add up, so its course in time is drawn.
    """
    boom, verschil = verklaring.boom, verklaring.vraag.verschil
    knopen = [] if verschil else [knoop for _, _, knoop in boom.alle()]
    delen = next(((knoop, deel) for knoop in knopen if (deel := bijdragen(knoop))), None)
    if delen is None:
        per = "Verschil per halfjaar" if verschil else "Per halfjaar"
        return _teken(verklaring, boom, f"{per}: {boom.titel}", list(verklaring.verloop.items()))
    knoop, inhoud = delen
    rijen = [
        (kop(kind, knoop).replace(BLIJFT, ""), bijdrage)
        for kind, bijdrage in inhoud
        if bijdrage != 0.0
    ]
    return _teken(verklaring, knoop, f"Waaruit bestaat het: {knoop.titel}", rijen)


def _teken(
    verklaring: Verklaring, knoop: Knoop, wat: str, rijen: Sequence[tuple[str, float]]
) -> Figuur:
    naam = f"opbouw-{anker(knoop.deel.naam)}"
    titel = f"{wat} ({verklaring.gemeentenaam}, {knoop.periode})"
    top = max(abs(waarde) for _, waarde in rijen)
    exponent, woord, _ = schaal(Band(top, top, top, knoop.eenheid))
    lang = pd.DataFrame(
        [
            {
                "onderdeel": REGELEINDE.join(textwrap.wrap(onderdeel, LABELBREEDTE)),
                "waarde": waarde / 10.0**exponent,
                "kant": "meer" if waarde >= 0 else "minder",
            }
            for onderdeel, waarde in rijen
        ]
    )
    beschrijving = _in_woorden(titel, rijen, knoop.eenheid)
    return Figuur(
        naam,
        titel,
        beschrijving,
        teken(_met_ruimte(thema.spec(_grafiek(lang))), naam, titel, beschrijving),
        tabel(
            titel,
            [Kolom("Onderdeel"), Kolom(f"Waarde ({knoop.eenheid})", True)],
            [[onderdeel, cijfer(waarde)] for onderdeel, waarde in rijen],
        ),
        f"{woord} {knoop.eenheid}".strip(),
        Html("Bron: middelste berekening van het model."),
    )


def _in_woorden(titel: str, rijen: Sequence[tuple[str, float]], eenheid: str) -> str:
    gesorteerd = sorted(rijen, key=lambda rij: -rij[1])
    (eerste, hoog), (laatste, laag) = gesorteerd[0], gesorteerd[-1]
    zin = f"{titel}: {len(rijen)} staven. De hoogste is {eerste}: {met_eenheid(hoog, eenheid)}."
    if len(rijen) == 1:
        return zin
    return f"{zin} De laagste is {laatste}: {met_eenheid(laag, eenheid)}."


def _met_ruimte(spec: dict[str, Any]) -> dict[str, Any]:
    """Leave room at the left: a reader's font can be wider than the one that was measured."""
    spec["config"]["padding"]["left"] += RUIMTE_LINKS
    return spec


def _grafiek(lang: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    volgorde = list(lang["onderdeel"])
    regels = sum(label.count(REGELEINDE) + 2 for label in volgorde)
    y = alt.Y(
        "onderdeel:N",
        sort=volgorde,
        title=None,
        axis=alt.Axis(
            labelExpr=f"split(datum.label, '{REGELEINDE}')",
            labelLimit=0,
            labelColor=thema.INKT,
            labelBaseline="middle",
            domain=False,
            ticks=False,
        ),
    )
    x = alt.X(
        "waarde:Q",
        title=None,
        axis=alt.Axis(grid=True, gridColor=thema.RASTER, domain=False, tickCount=5),
    )
    kleur = alt.Color(
        "kant:N",
        scale=alt.Scale(domain=["meer", "minder"], range=[thema.MEER, thema.MINDER]),
        legend=None,
    )
    staaf = alt.Chart(lang).mark_bar(height=13, opacity=0.85).encode(y=y, x=x, color=kleur)
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    return alt.layer(staaf, nul).properties(
        width=thema.BREEDTE - 260, height=max(60, REGELHOOGTE * regels)
    )
