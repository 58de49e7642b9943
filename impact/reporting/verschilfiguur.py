"""Waterfall of a comparison: from the old estimate, change by change, to the new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import altair as alt
import pandas as pd

from impact.reporting import thema
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, in_woorden, kort, schaal
from impact.reporting.opmaak import Html
from impact.reporting.stapelfiguren import BREUK, MEER, MINDER, SLOT, STAAFHOOGTE, gebroken
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.zinnen import opsomming

SAMEN = "Samen: nieuw min oud"
ASRUIMTE, GETALRUIMTE, LABELBREEDTE = 310, 78, 28
LABELRUIMTE = 215
"""Pixels for the names: a wide font of a reader must not be cut off."""


@dataclass(frozen=True)
class Stap:
    """One change and what it does.

    Attributes
    ----------
    band : without a band the three are equal
    heeft_band : False when the draws of the two runs are not the same
    """

    naam: str
    band: Band
    heeft_band: bool

    @property
    def onzeker(self) -> bool:
        """Whether zero lies inside the band."""
        return self.band.laag < 0 < self.band.hoog


@dataclass(frozen=True)
class Waterval:
    """Old figure, steps, their sum, and new figure of one outcome."""

    titel: str
    eenheid: str
    oud: Band
    stappen: Sequence[Stap]
    samen: Stap
    nieuw: Band


def met_teken(band: Band) -> str:
    """Short figure with a plus or minus."""
    tekst = kort(band)[0]
    return f"+{tekst}" if band.midden > 0 and tekst[:1] in "123456789" else tekst


def waterval(opschrift: Opschrift, verloop: Waterval) -> Figuur:
    """Draw every step where the last one ended, from the old estimate on, and their sum."""
    staven = [*verloop.stappen, verloop.samen]
    top = max(stap.band.grootste for stap in staven)
    exponent, woord, _ = schaal(Band(top, top, top, verloop.eenheid))
    beschrijving = _in_woorden(opschrift.titel, verloop)
    grafiek = _grafiek(_rijen(verloop, 10.0**exponent))
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(thema.spec(grafiek), opschrift.naam, opschrift.titel, beschrijving),
        stappentabel(opschrift.titel, verloop),
        f"verschil met de oude raming, {woord} {verloop.eenheid}".replace("  ", " "),
        opschrift.bronregel,
    )


def _rijen(verloop: Waterval, deler: float) -> pd.DataFrame:
    einden = [0.0, *accumulate(stap.band.midden for stap in verloop.stappen)]
    rijen = [
        _rij(stap, van, MEER if stap.band.midden >= 0 else MINDER)
        for stap, (van, _) in zip(verloop.stappen, pairwise(einden), strict=True)
    ]
    lang = pd.DataFrame([*rijen, _rij(verloop.samen, 0.0, SLOT)])
    for kolom in ("van", "tot", "laag", "hoog"):
        lang[kolom] = lang[kolom].astype(float) / deler
    return lang


def _rij(stap: Stap, van: float, soort: str) -> dict[str, object]:
    band = stap.band
    return {
        "naam": gebroken(stap.naam, LABELBREEDTE),
        "van": van,
        "tot": van + band.midden,
        "laag": van + band.laag,
        "hoog": van + band.hoog,
        "soort": soort,
        "tekst": met_teken(band),
    }


def _grafiek(lang: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y(
        "naam:N",
        sort=list(lang["naam"]),
        title=None,
        axis=alt.Axis(
            labelExpr=f"split(datum.label, '{BREUK}')",
            labelLimit=300,
            minExtent=LABELRUIMTE,
            labelColor=thema.INKT,
            labelLineHeight=14,
        ),
        scale=alt.Scale(paddingInner=0.5),
    )
    x = alt.X("van:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5))
    basis = alt.Chart(lang)
    vulling = alt.Color(
        "soort:N",
        scale=alt.Scale(domain=[MEER, MINDER, SLOT], range=[thema.MEER, thema.MINDER, thema.ZACHT]),
        legend=None,
    )
    staaf = basis.mark_bar(opacity=0.85).encode(y=y, x=x, x2="tot:Q", color=vulling)
    band = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x="laag:Q", x2="hoog:Q")
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    breedte = thema.BREEDTE - ASRUIMTE
    getal = basis.mark_text(align="right", fontWeight=600).encode(
        y=y, x=alt.value(breedte + GETALRUIMTE), text="tekst:N"
    )
    return alt.layer(staaf, band, nul, getal).properties(
        width=breedte, height=STAAFHOOGTE * len(lang)
    )


def _in_woorden(titel: str, verloop: Waterval) -> str:
    delen = [f"{stap.naam}: {in_woorden(stap.band)}" for stap in verloop.stappen]
    zonder = [stap.naam for stap in (*verloop.stappen, verloop.samen) if not stap.heeft_band]
    band = "De dunne streep is de band van die staaf."
    if zonder:
        band += f" Zonder band, want de trekkingen verschillen: {opsomming(zonder)}."
    return (
        f"{titel}. De nullijn is de oude raming: {in_woorden(verloop.oud)}. Elke staaf telt door "
        f"op de vorige. {opsomming(delen)}. Samen is dat {in_woorden(verloop.samen.band)}. De "
        f"nieuwe raming is {in_woorden(verloop.nieuw)}. {band} Afgeronde cijfers tellen niet "
        "precies op."
    )


def stappentabel(titel: str, verloop: Waterval) -> Html:
    """Old figure, every step, and the new figure."""
    rijen: list[list[object]] = [["Oude raming", cel(verloop.oud)]]
    rijen += [[stap.naam, verschilcel(stap.band, stap.onzeker)] for stap in verloop.stappen]
    rijen += [
        [SAMEN, verschilcel(verloop.samen.band, verloop.samen.onzeker)],
        ["Nieuwe raming", cel(verloop.nieuw)],
    ]
    koppen = [Kolom("Stap"), Kolom(verloop.eenheid, True)]
    return tabel(f"{titel}: cijfers ({verloop.eenheid})", koppen, rijen)
