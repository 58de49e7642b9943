"""Charts of a stapeling: a waterfall of laws, and a matrix of what two laws do to each other."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import altair as alt
import pandas as pd

from impact.reporting import thema
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, decimaal, in_woorden, kort, rond, schaal, tiende_macht
from impact.reporting.opmaak import Html
from impact.reporting.tabellen import Kolom, tabel, verschilcel
from impact.reporting.zinnen import hoofdletter, opsomming

MEER, MINDER, WISSEL, SLOT = "meer", "minder", "wisselwerking", "samen"
WISSELNAAM, SAMENNAAM = "Wisselwerking", "Samen"
REGELBREEDTE, REGELS = 38, 2
BREUK = "|"
STAAFHOOGTE = 40
VAK, VAKRAND = 52, 0.05
KLASSEGRENZEN = (-0.5, -0.2, -0.02, 0.02, 0.2, 0.5)
"""Borders of the classes of a matrix, as parts of its largest number."""
CIJFERS_IN_VAK = 3
BIJNA_NUL = "≈ 0"
DONKER = {0, 1, 5, 6}
"""Classes of the diverging scale on which white letters are read better."""


@dataclass(frozen=True)
class Trede:
    """One bar of a waterfall.

    Attributes
    ----------
    naam : law
    band : its effect by itself
    aandeel : its share in the joint effect (Shapley)
    onzeker, aandeel_onzeker : whether the direction is unsure
    """

    naam: str
    band: Band
    aandeel: Band
    onzeker: bool
    aandeel_onzeker: bool


@dataclass(frozen=True)
class Slot:
    """The last bars: the interaction, and the joint effect."""

    wisselwerking: Band
    samen: Band
    wisselwerking_onzeker: bool
    samen_onzeker: bool


def gebroken(naam: str, breedte: int = REGELBREEDTE) -> str:
    """Write a long name over two lines; the table has it in full."""
    regels = textwrap.wrap(naam, breedte, max_lines=REGELS, placeholder=" …")
    return BREUK.join(regels) or naam


def waterval(
    opschrift: Opschrift,
    treden: Sequence[Trede],
    slot: Slot,
    eenheid: str,
    per: str,
    toelichting: str,
) -> Figuur:
    """Draw the laws one after another, then the interaction, then the joint effect.

    Parameters
    ----------
    treden : laws with an effect, in the order in which they are shown
    eenheid : unit in words
    per : ``wet`` or ``maatregel``
    toelichting : behind the description: what is not in the chart
    """
    banden = [*(t.band for t in treden), slot.wisselwerking, slot.samen]
    top = max(band.grootste for band in banden)
    exponent, woord, _ = schaal(Band(top, top, top, banden[0].eenheid))
    lang = _waterval_rijen(treden, slot, 10.0**exponent)
    beschrijving = _waterval_in_woorden(opschrift.titel, treden, slot, toelichting)
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(
            thema.spec(_waterval_grafiek(lang), "naam"),
            opschrift.naam,
            opschrift.titel,
            beschrijving,
        ),
        _waterval_tabel(opschrift.titel, treden, slot, eenheid, per),
        f"{woord} {eenheid}".strip(),
        opschrift.bronregel,
    )


def _waterval_rijen(treden: Sequence[Trede], slot: Slot, deler: float) -> pd.DataFrame:
    """Begin, end and band of every bar; each bar begins where the last one ended."""
    stappen = [(t.naam, t.band) for t in treden] + [(WISSELNAAM, slot.wisselwerking)]
    einden = [0.0, *accumulate(band.midden for _, band in stappen)]
    rijen = [
        {"naam": naam, "van": van, "tot": tot, "laag": van + band.laag, "hoog": van + band.hoog}
        | {"soort": MEER if band.midden >= 0 else MINDER, "tekst": kort(band)[0]}
        for (naam, band), (van, tot) in zip(stappen, pairwise(einden), strict=True)
    ]
    rijen[-1]["soort"] = WISSEL
    samen = slot.samen
    rijen.append(
        {"naam": SAMENNAAM, "van": 0.0, "tot": samen.midden, "laag": samen.laag}
        | {"hoog": samen.hoog, "soort": SLOT, "tekst": kort(samen)[0]}
    )
    lang = pd.DataFrame(rijen)
    lang["naam"] = [gebroken(naam) for naam in lang["naam"]]
    for kolom in ("van", "tot", "laag", "hoog"):
        lang[kolom] = lang[kolom].astype(float) / deler
    return lang


def _waterval_grafiek(lang: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    soorten = [MEER, MINDER, WISSEL, SLOT]
    y = alt.Y(
        "naam:N",
        sort=list(lang["naam"]),
        title=None,
        axis=alt.Axis(
            labelExpr=f"split(datum.label, '{BREUK}')",
            labelLimit=300,
            labelColor=thema.INKT,
            labelLineHeight=14,
        ),
        scale=alt.Scale(paddingInner=0.5),
    )
    x = alt.X("van:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5))
    basis = alt.Chart(lang)
    vulling = alt.Color(
        "soort:N",
        scale=alt.Scale(domain=soorten, range=[thema.MEER, thema.MINDER, "#ffffff", thema.ZACHT]),
        legend=None,
    )
    staaf = basis.mark_bar(opacity=0.85).encode(y=y, x=x, x2="tot:Q", color=vulling)
    rand = (
        basis.transform_filter(alt.datum.soort == WISSEL)
        .mark_bar(fillOpacity=0, stroke=thema.INKT, strokeWidth=1.6, strokeDash=[4, 3])
        .encode(y=y, x=x, x2="tot:Q")
    )
    band = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x="laag:Q", x2="hoog:Q")
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    breedte = thema.BREEDTE - 290
    getal = basis.mark_text(align="right", fontWeight=600).encode(
        y=y, x=alt.value(breedte + 78), text="tekst:N"
    )
    return alt.layer(staaf, rand, band, nul, getal).properties(
        width=breedte, height=STAAFHOOGTE * len(lang)
    )


def _waterval_in_woorden(titel: str, treden: Sequence[Trede], slot: Slot, toelichting: str) -> str:
    delen = [f"{t.naam} {in_woorden(t.band)}" for t in treden]
    return (
        f"{titel}. Van boven naar beneden telt elke staaf door op de vorige. Los: "
        f"{opsomming(delen)}. De wisselwerking, met een streepjesrand, is "
        f"{in_woorden(slot.wisselwerking)}. Samen komt dit op {in_woorden(slot.samen)}. De dunne "
        f"streep is de band van die staaf. Afgeronde cijfers tellen niet precies op. {toelichting}"
    ).strip()


def _waterval_tabel(
    titel: str, treden: Sequence[Trede], slot: Slot, eenheid: str, per: str
) -> Html:
    rijen: list[list[object]] = [
        [t.naam, verschilcel(t.band, t.onzeker), verschilcel(t.aandeel, t.aandeel_onzeker)]
        for t in treden
    ]
    wissel = verschilcel(slot.wisselwerking, slot.wisselwerking_onzeker)
    samen = verschilcel(slot.samen, slot.samen_onzeker)
    rijen += [[WISSELNAAM, wissel, "verdeeld"], [SAMENNAAM, samen, samen]]
    koppen = [Kolom(hoofdletter(per)), Kolom("Los", True), Kolom("Aandeel in samen", True)]
    return tabel(f"{titel}: cijfers ({eenheid})", koppen, rijen)


@dataclass(frozen=True)
class Paar:
    """Interaction of two laws."""

    een: str
    ander: str
    band: Band
    onzeker: bool


def matrix(opschrift: Opschrift, paren: Sequence[Paar], eenheid: str, wat: str) -> Figuur:
    """Draw what every two laws do to each other; colour follows size and sign.

    Parameters
    ----------
    paren : every two laws once
    eenheid : unit in words
    wat : what they are, in plural
    """
    namen = list(dict.fromkeys(naam for paar in paren for naam in (paar.een, paar.ander)))
    top = max(paar.band.grootste for paar in paren)
    exponent, woord, _ = schaal(Band(top, top, top, paren[0].band.eenheid))
    gesorteerd = sorted(paren, key=lambda p: -abs(p.band.midden))
    grootste = gesorteerd[0]
    beschrijving = (
        f"{opschrift.titel}. Elk vak is wat twee {wat} samen meer of minder doen dan los van "
        f"elkaar. Het grootst is {grootste.een} met {grootste.ander}: {in_woorden(grootste.band)}. "
        f"Een 0 is precies niets; {BIJNA_NUL} is kleiner dan de afronding."
    )
    lang = _matrix_rijen(paren, namen, exponent)
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(
            thema.spec(_matrix_grafiek(lang, namen)),
            opschrift.naam,
            opschrift.titel,
            beschrijving,
        ),
        tabel(
            f"{opschrift.titel}: cijfers per paar ({eenheid})",
            [Kolom(hoofdletter(wat)), Kolom("Wisselwerking", True)],
            [[f"{p.een} met {p.ander}", verschilcel(p.band, p.onzeker)] for p in gesorteerd],
        ),
        f"{woord} {eenheid}".strip(),
        opschrift.bronregel,
    )


def _matrix_rijen(paren: Sequence[Paar], namen: Sequence[str], exponent: int) -> pd.DataFrame:
    """Cells below the diagonal, with class and letters; columns carry the number of a law."""
    top = max(abs(paar.band.midden) for paar in paren)
    rijen = []
    for paar in paren:
        boven, onder = sorted((namen.index(paar.een), namen.index(paar.ander)))
        klasse = sum(paar.band.midden >= grens * top for grens in KLASSEGRENZEN)
        rijen.append(
            {
                "rij": _genummerd(onder, namen),
                "kolom": str(boven + 1),
                "kleur": thema.KLASSEN_VERSCHIL[klasse],
                "letters": "#ffffff" if klasse in DONKER else thema.INKT,
                "tekst": _vaktekst(paar.band.midden, top, exponent),
            }
        )
    return pd.DataFrame(rijen)


def _genummerd(nummer: int, namen: Sequence[str]) -> str:
    return gebroken(f"{nummer + 1}. {namen[nummer]}")


def _vaktekst(waarde: float, top: float, exponent: int) -> str:
    """One number of a cell; all cells share the step of the largest."""
    fijn = tiende_macht(top) - CIJFERS_IN_VAK + 1
    afgerond = rond(waarde, fijn)
    if waarde and not afgerond:
        return BIJNA_NUL
    return decimaal(afgerond.scaleb(-exponent), max(0, exponent - fijn))


def _matrix_grafiek(lang: pd.DataFrame, namen: Sequence[str]) -> alt.LayerChart | alt.FacetChart:
    """Rows from the second law on, columns up to the last but one: each pair has one cell."""
    rijen = [_genummerd(nummer, namen) for nummer in range(len(namen))]
    y = alt.Y(
        "rij:N",
        scale=alt.Scale(domain=rijen, paddingInner=VAKRAND),
        title=None,
        axis=alt.Axis(
            labelExpr=f"split(datum.label, '{BREUK}')",
            labelLimit=300,
            labelColor=thema.INKT,
            labelLineHeight=14,
            grid=False,
        ),
    )
    x = alt.X(
        "kolom:N",
        scale=alt.Scale(domain=[str(n + 1) for n in range(len(namen) - 1)], paddingInner=VAKRAND),
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False, grid=False),
    )
    basis = alt.Chart(lang)
    vak = basis.mark_rect().encode(x=x, y=y, color=alt.Color("kleur:N", scale=None))
    letters = basis.mark_text().encode(
        x=x, y=y, text="tekst:N", color=alt.Color("letters:N", scale=None)
    )
    breedte = min(thema.BREEDTE - 230, VAK * 2 * (len(namen) - 1))
    return alt.layer(vak, letters).properties(width=breedte, height=VAK * len(namen) * 0.75)
