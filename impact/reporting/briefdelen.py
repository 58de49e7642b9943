"""The figures of a brief in words and tables: what changes, who pays, what is needed."""

from __future__ import annotations

import pandas as pd

from impact.analysis.knop import FTE
from impact.reporting.analyses import wetten
from impact.reporting.briefbasis import SLEUTELS, Brief
from impact.reporting.brieffiguren import betalers, waaier
from impact.reporting.briefkeuze import (
    TOTAAL,
    Uitkomstkeuze,
    cijfer_van,
)
from impact.reporting.briefoordeel import genoeg, met_circa, op_honderd
from impact.reporting.getallen import Band, in_woorden
from impact.reporting.omslagpunt import in_procent
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import Cijfer
from impact.reporting.stapeling import HOOFDUITKOMST, Effect, lees_cijfers
from impact.reporting.tabellen import LIJST, Kolom, cel, tabel
from impact.reporting.zinnen import Richting, hoofdletter, richting

GEMEENTEN = Uitkomstkeuze(TOTAAL, "gemeente")
PLUS = "+"
MEESTE_WETTEN = 4


def cijfers(brief: Brief) -> Html:
    """Three figures: the money of municipalities, and the two outcomes that say most."""
    return element(
        "div", *(_tegel(brief, k) for k in (GEMEENTEN, *brief.uitkomsten)), class_="tegels"
    )


def _tegel(brief: Brief, keuze: Uitkomstkeuze) -> Html:
    """One figure: what, how much, band, and a sentence that follows sign and certainty."""
    cijfer, taal = cijfer_van(brief.rapport, keuze), brief.taal
    kant = richting(cijfer.verschil, cijfer.onzeker)
    naam = taal.zeg("cijfer.geld") if keuze == GEMEENTEN else brief.uitkomstnaam(keuze)
    getal, band = grootgetal(brief, cijfer.verschil)
    if kant is Richting.ONZEKER:
        band = f"{band}; {taal.zeg('cijfer.onzeker')}" if band else taal.zeg("cijfer.onzeker")
    return element(
        "div",
        element("p", naam, class_="tegelnaam"),
        element("p", brief.cijferlink(getal), class_="groot"),
        element("p", band, class_="band") if band else "",
        alinea(zin(brief, keuze, cijfer)),
        class_="tegel",
    )


def grootgetal(brief: Brief, verschil: Band) -> tuple[str, str]:
    """Difference with its sign, and its band beside it."""
    taal = brief.taal
    if verschil.nul:
        return taal.zeg("cijfer.geen"), ""
    tekst, _, band = taal.band(verschil).partition(" (")
    kaal = tekst.removeprefix(f"{taal.wijze.circa} ")
    if verschil.midden > 0 and kaal[:1].isdigit() and kaal[:2] != "0 ":
        kaal = f"{PLUS}{kaal}"
    return kaal, taal.zeg("cijfer.band", band=band.rstrip(")")) if band else ""


def zin(brief: Brief, keuze: Uitkomstkeuze, cijfer: Cijfer) -> str:
    """Say in one sentence what happens to an outcome."""
    if keuze.betaler:
        return geldzin(brief, keuze.betaler, cijfer.verschil, cijfer.onzeker)
    taal = brief.taal
    sleutel = SLEUTELS[richting(cijfer.verschil, cijfer.onzeker)]
    onderwerp = taal.zin("grootheid", keuze.grootheid, "onderwerp")
    return taal.zeg(
        f"zin.{sleutel}",
        onderwerp=onderwerp,
        Onderwerp=hoofdletter(onderwerp),
        wanneer=brief.wanneer(keuze.grootheid),
        zonder=taal.band(cijfer.zonder),
    )


def geldzin(brief: Brief, wie: str, verschil: Band, onzeker: bool) -> str:
    """Say in one sentence whether a payer pays more or less."""
    sleutel = SLEUTELS[richting(verschil, onzeker)]
    moment = brief.taal.zeg("moment.stroom", jaar=brief.jaar)
    naam = brief.taal.zeg(f"wie.{wie}")
    bedrag = brief.taal.band(abs_band(verschil))
    return hoofdletter(
        brief.taal.zeg(f"geldzin.{sleutel}", wie=naam, wanneer=moment, bedrag=bedrag)
    )


def abs_band(verschil: Band) -> Band:
    """Size of a difference of which the sentence says the sign."""
    if verschil.midden >= 0.0:
        return verschil
    return Band(-verschil.midden, -verschil.hoog, -verschil.laag, verschil.eenheid)


def beeld(brief: Brief) -> Html:
    """Fan chart of the outcome that says most."""
    return waaier(brief, brief.uitkomsten[0]).html()


def wie_betaalt(brief: Brief) -> Html:
    """Bars by payer, and a sentence about the Rijk together and municipalities."""
    figuur = betalers(brief)
    if figuur is None:
        return alinea(brief.taal.zeg("betalers.niets", jaar=brief.jaar))
    gemeenten = cijfer_van(brief.rapport, GEMEENTEN)
    rijk = brief.rijk
    onzeker = rijk.laag < 0 < rijk.hoog
    coa = cijfer_van(brief.rapport, Uitkomstkeuze(TOTAAL, "coa"))
    zinnen = [
        geldzin(brief, "gemeente", gemeenten.verschil, gemeenten.onzeker),
        geldzin(brief, "coa", coa.verschil, coa.onzeker),
        geldzin(brief, "rijk", rijk, onzeker),
        brief.taal.zeg("betalers.uitleg"),
    ]
    return samen(alinea(" ".join(zinnen)), figuur.html())


def nodig(brief: Brief) -> Html:
    """Table with what is needed, and how often even the end of the range is not enough."""
    rijen, zeg = brief.nodig, brief.taal.zeg
    if rijen.empty:
        return alinea(zeg("nodig.niets"))
    koppen = [
        Kolom(zeg(f"nodig.{k}"), k in ("waarde", "nu")) for k in ("doel", "knop", "waarde", "nu")
    ]
    cellen = [_nodigcellen(brief, rij) for _, rij in rijen.iterrows()]
    return tabel(zeg("nodig.bijschrift", grens=brief.zekerheid), koppen, cellen, klasse="nodig")


def _nodigcellen(brief: Brief, rij: pd.Series) -> list[object]:
    taal, knop, eenheid = brief.taal, str(rij["knop"]), str(rij["eenheid"])
    if knop == FTE:
        naam, sleutel = taal.zeg("nodig.fte"), LIJST
    else:
        naam, sleutel = taal.naam("aanname", knop, "omschrijving"), f"aanname-{knop}"
    kant = taal.zeg("kant.boven" if rij["ja_boven"] else "kant.onder")
    tekst = met_circa(taal, knopwaarde(brief, genoeg(rij)))
    link = brief.cijferlink(tekst, sleutel)
    waarde = element("span", f"{kant} ", link)
    mis = float(rij["aandeel_altijd_nee"])
    if mis > 0.0:
        hoogste = vast(float(rij["hoogste"]), eenheid)
        tekst = taal.zeg(
            "nodig.niet_genoeg", mis=op_honderd(mis), hoogste=knopwaarde(brief, hoogste)
        )
        waarde = samen(waarde, element("span", tekst, class_="band"))
    doel = taal.zin("conclusie", str(rij["conclusie"]), "titel")
    return [doel, naam, waarde, knopwaarde(brief, vast(float(rij["nu_midden"]), eenheid))]


def vast(waarde: float, eenheid: str) -> Band:
    """One value without a band."""
    return Band(waarde, waarde, waarde, eenheid)


def knopwaarde(brief: Brief, band: Band) -> str:
    """Value of a knob with its unit; a share of anything as a percentage."""
    kanten = [in_procent(w, band.eenheid) for w in (band.midden, band.laag, band.hoog)]
    (midden, eenheid), (laag, _), (hoog, _) = kanten
    return in_woorden(Band(midden, laag, hoog, eenheid), brief.taal.wijze)


def stapel(brief: Brief) -> Html:
    """Table with what each law does alone, its share, the interaction, and all together."""
    if brief.stapel is None:
        return Html("")
    register, taal = brief.rapport.register, brief.taal
    alles = lees_cijfers(register, brief.stapel, HOOFDUITKOMST)
    eigen = wetten(register, brief.rapport.naam)
    namen = {register.wetten[wet].naam: taal.naam("wet", wet, "naam") for wet in eigen}
    volgorde = sorted(alles.aandeel, key=lambda t: (-abs(alles.aandeel[t].band.midden), t))
    rijen: list[list[object]] = [
        [namen[t], _effect(brief, alles.los[t]), _effect(brief, alles.aandeel[t])]
        for t in volgorde[:MEESTE_WETTEN]
    ]
    samen_ = _effect(brief, alles.samen)
    wissel = _effect(brief, alles.wisselwerking)
    rijen.append([taal.zeg("stapel.wissel"), wissel, taal.zeg("stapel.verdeeld")])
    rijen.append([taal.zeg("stapel.samen"), samen_, samen_])
    titel = taal.naam("uitkomst", HOOFDUITKOMST, "titel")
    koppen = [Kolom(taal.zeg(f"stapel.{k}"), k != "wet") for k in ("wet", "los", "aandeel")]
    meer = len(volgorde) - MEESTE_WETTEN
    slot = [alinea(taal.zeg("stapel.rest", aantal=meer), class_="klein")] if meer > 0 else []
    bijschrift = taal.zeg("stapel.bijschrift", uitkomst=f"{titel} ({taal.eenheid(alles.eenheid)})")
    return samen(tabel(bijschrift, koppen, rijen, klasse="stapel"), *slot)


def _effect(brief: Brief, effect: Effect) -> Html:
    """Effect with its sign and band."""
    inhoud = cel(effect.band, brief.taal.wijze)
    plus = effect.band.midden > 0 and inhoud[:1].isdigit()
    return Html(f"{PLUS}{inhoud}") if plus else inhoud
