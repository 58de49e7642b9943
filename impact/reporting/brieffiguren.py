"""The two charts of a brief: with and without the proposal, and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.reporting import thema
from impact.reporting.briefbasis import LOCALES, Brief
from impact.reporting.briefkeuze import TOTAAL, Uitkomstkeuze, cijfer_van
from impact.reporting.figuren import waaierspec
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, kort, schaal
from impact.reporting.opmaak import Html, samen
from impact.reporting.tabellen import Kolom, cel, tabel
from impact.reporting.zinnen import hoofdletter

HOOGTE_WAAIER, HOOGTE_STAAF = 150, 24
KANTEN = ("midden", "laag", "hoog")
RIJK = "rijk"
NAMENBREEDTE, GETALBREEDTE = 210, 70
RAND = {"left": 36, "right": 14, "top": 4, "bottom": 4}
"""Room for names: a browser may draw them wider than they were measured."""


def bronregel(brief: Brief) -> Html:
    """Source line with a link to the list at the end."""
    link = brief.link(brief.taal.zeg("figuur.aannames"), klasse=None)
    return samen(brief.taal.zeg("figuur.bron"), link)


def _figuur(
    brief: Brief,
    naam: str,
    tekst: tuple[str, str, str],
    spec: dict[str, Any],
    cijfers: Html,
) -> Figuur:
    """Finished chart; ``tekst`` is title, description and unit."""
    titel, beschrijving, eenheid = tekst
    locale = LOCALES[brief.taal.code]
    woorden = (brief.taal.zeg("figuur.woord"), brief.taal.zeg("figuur.cijfers"))
    svg = teken(spec, naam, titel, beschrijving, locale)
    return Figuur(naam, titel, beschrijving, svg, cijfers, eenheid, bronregel(brief), woorden)


def waaier(brief: Brief, keuze: Uitkomstkeuze) -> Figuur:
    """Fan chart of one outcome, with and without the proposal."""
    taal = brief.taal
    soort = GROOTHEDEN[keuze.grootheid]
    reeks = brief.rapport.reeks(keuze.grootheid, betaler=keuze.betaler)
    top = float(reeks[["hoog", "laag", "zonder_hoog", "zonder_laag"]].abs().to_numpy().max())
    exponent = schaal(Band(top, top, top, soort.eenheid))[0]
    lijnen = [("zonder", "zonder_", thema.ZONDER), ("met", "", thema.MET)]
    namen = [(taal.zeg(f"waaier.{rol}"), kleur) for rol, _, kleur in lijnen]
    lang = pd.concat(
        pd.DataFrame(
            {
                "tijd": [tijdstip(str(p)) for p in reeks["periode"]],
                "lijn": taal.zeg(f"waaier.{rol}"),
                **{k: reeks[f"{voor}{k}"].to_numpy() / 10.0**exponent for k in KANTEN},
            }
        )
        for rol, voor, _ in lijnen
    )
    titel = taal.zeg("waaier.titel", naam=brief.uitkomstnaam(keuze))
    eenheid = " ".join(
        w for w in (taal.wijze.schalen[exponent][0], taal.eenheid(soort.eenheid)) if w
    )
    rijen = reeks.to_dict("records")
    beschrijving = taal.zeg(
        "waaier.beschrijving",
        titel=titel,
        begin=taal.halfjaar(rijen[0]["periode"]),
        eind=taal.halfjaar(rijen[-1]["periode"]),
        eerste=taal.band(_rij(rijen[0], "", soort.eenheid)),
        laatste=taal.band(_rij(rijen[-1], "", soort.eenheid)),
        zonder=taal.band(_rij(rijen[-1], "zonder_", soort.eenheid)),
    )
    return _figuur(
        brief,
        "brief-waaier",
        (titel, beschrijving, eenheid),
        waaierspec(lang, namen, HOOGTE_WAAIER),
        _waaiertabel(brief, titel, rijen, soort.eenheid),
    )


def tijdstip(periode: str) -> float:
    """Middle of a half-year on the axis of time."""
    return int(periode[:4]) + (0.25 if periode.endswith("-I") else 0.75)


def _rij(rij: dict[object, object], voor: str, eenheid: str) -> Band:
    midden, laag, hoog = (float(str(rij[f"{voor}{kant}"])) for kant in KANTEN)
    return Band(midden, laag, hoog, eenheid)


def _waaiertabel(
    brief: Brief, titel: str, rijen: Sequence[dict[object, object]], eenheid: str
) -> Html:
    """Figures of the second half of every year."""
    taal = brief.taal
    koppen = [Kolom(taal.zeg("waaier.halfjaar"))]
    koppen += [Kolom(hoofdletter(taal.zeg(f"waaier.{rol}")), True) for rol in ("met", "zonder")]
    cellen = [
        [
            str(rij["periode"]),
            cel(_rij(rij, "", eenheid), taal.wijze),
            cel(_rij(rij, "zonder_", eenheid), taal.wijze),
        ]
        for rij in rijen
        if str(rij["periode"]).endswith("-II")
    ]
    bijschrift = taal.zeg("waaier.tabel", titel=titel, eenheid=taal.eenheid(eenheid))
    return tabel(bijschrift, koppen, cellen)


def betalersrijen(brief: Brief) -> list[tuple[str, Band]]:
    """Difference per payer that pays something else, and of the whole Rijk when it has parts."""
    rijen = []
    for betaler in thema.BETALERS:
        if betaler not in GROOTHEDEN[TOTAAL].betalers:
            continue
        band = cijfer_van(brief.rapport, Uitkomstkeuze(TOTAAL, betaler)).verschil
        if not band.nul:
            rijen.append((brief.taal.naam("betaler", betaler), band))
    if not brief.rijk.nul:
        rijen.append((brief.taal.zeg("betalers.rijk"), brief.rijk))
    return rijen


def betalers(brief: Brief) -> Figuur | None:
    """Bars with the difference per payer in the fifth year; None when nobody pays anything else."""
    rijen, taal = betalersrijen(brief), brief.taal
    if not rijen:
        return None
    top = max(band.grootste for _, band in rijen)
    exponent = schaal(Band(top, top, top, "euro"))[0]
    titel = taal.zeg("betalers.titel", jaar=brief.jaar)
    woord = f"{taal.wijze.schalen[exponent][0]} {taal.eenheid('euro')}".strip()
    delen = taal.opsomming([f"{naam}: {taal.band(band)}" for naam, band in rijen])
    koppen = [Kolom(taal.zeg("betalers.betaler")), Kolom(taal.zeg("betalers.bedrag"), True)]
    return _figuur(
        brief,
        "brief-betalers",
        (
            titel,
            taal.zeg("betalers.beschrijving", titel=titel, delen=delen),
            taal.zeg("betalers.eenheid", eenheid=woord),
        ),
        thema.spec(_staven(brief, rijen, 10.0**exponent)),
        tabel(titel, koppen, [[naam, cel(band, taal.wijze)] for naam, band in rijen]),
    )


def _staven(
    brief: Brief, rijen: Sequence[tuple[str, Band]], deler: float
) -> alt.LayerChart | alt.FacetChart:
    samen_ = brief.taal.zeg("betalers.rijk")
    lang = pd.DataFrame(
        [
            {
                "wie": naam,
                **{k: getattr(band, k) / deler for k in KANTEN},
                "kant": "samen" if naam == samen_ else "meer" if band.midden >= 0 else "minder",
                "tekst": kort(band, brief.taal.wijze)[0],
            }
            for naam, band in rijen
        ]
    )
    as_ = alt.Axis(domain=False, ticks=False, labelLimit=NAMENBREEDTE, labelColor=thema.INKT)
    y = alt.Y("wie:N", sort=[naam for naam, _ in rijen], title=None, axis=as_)
    x = alt.X("midden:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5))
    domein, kleuren = ["meer", "minder", "samen"], [thema.MEER, thema.MINDER, thema.ZACHT]
    kleur = alt.Color("kant:N", scale=alt.Scale(domain=domein, range=kleuren), legend=None)
    breedte = thema.BREEDTE - NAMENBREEDTE - GETALBREEDTE
    basis = alt.Chart(lang)
    staaf = basis.mark_bar(height=13, opacity=0.85).encode(y=y, x=x, color=kleur)
    band = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x="laag:Q", x2="hoog:Q")
    getal = basis.mark_text(align="right", fontWeight=600).encode(
        y=y, x=alt.value(breedte + GETALBREEDTE), text="tekst:N"
    )
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    return alt.layer(staaf, band, nul, getal).properties(
        width=breedte, height=max(48, HOOGTE_STAAF * len(rijen)), padding=RAND
    )
