"""The verdict of a brief: word, conditions, earliest date, and the rules behind it."""

from __future__ import annotations

import math

import pandas as pd

from impact.analysis.omslagproef import GELDT_AL, WAARDE
from impact.analysis.oordeel import Klaar, Oordeel, Woord, beste_knop
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.reporting.briefbasis import Brief, als_band
from impact.reporting.briefkeuze import GELD, TOTAAL, Uitkomstkeuze, cijfer_van, meer_nodig
from impact.reporting.getallen import Band, in_woorden, tiende_macht
from impact.reporting.omslagpunt import domein_van
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.taal import Taal
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.zinnen import Richting, hoofdletter, richting

STANDEN: dict[Woord, tuple[str, str, str]] = {
    "uitvoerbaar": ("uitvoerbaar", "groen", "\N{CHECK MARK}"),
    "uitvoerbaar, mits": ("mits", "oranje", "!"),
    "niet uitvoerbaar": ("niet", "rood", "\N{MULTIPLICATION X}"),
}
"""Per verdict: key of its text, colour and sign."""
ANTWOORDEN = {
    "ja": ("groen", "\N{CHECK MARK}"),
    "onzeker": ("oranje", "?"),
    "nee": ("rood", "\N{MULTIPLICATION X}"),
}
WACHTENDEN = Uitkomstkeuze("statushouders_in_coa")


def oordeel(brief: Brief) -> Html:
    """Verdict with its conditions, the warning where it is due, and the questions with answers."""
    let_op = [alinea(brief.taal.zeg("oordeel.wachten"), class_="letop")]
    return samen(
        _vak(brief, brief.oordeel),
        *(let_op if winst_door_wachten(brief) else []),
        _toetstabel(brief),
    )


def _vak(brief: Brief, gegeven: Oordeel) -> Html:
    sleutel, kleur, teken = STANDEN[gegeven.woord]
    zeg = brief.taal.zeg
    eisen = voorwaarden(brief, gegeven)
    breekt = [breekpunt(brief, naam) for naam in gegeven.breekpunten]
    ook = [alinea(zeg("oordeel.zin.ook"))] if breekt and eisen else []
    return element(
        "div",
        element(
            "p",
            element("span", teken, class_="teken", aria_hidden="true"),
            zeg(f"oordeel.woord.{sleutel}"),
            class_="woord",
        ),
        alinea(zeg(f"oordeel.zin.{sleutel}", grens=brief.zekerheid)),
        lijst(breekt),
        *ook,
        lijst(eisen),
        *(alinea(zin, class_="klein") for zin in botsingen(brief, gegeven)),
        alinea(wanneer(brief.taal, gegeven.klaar)),
        class_=f"oordeel {kleur}",
    )


def voorwaarden(brief: Brief, gegeven: Oordeel) -> list[Html]:
    """Every condition with its amount, and the earliest date when the proposal begins too soon."""
    eisen = [samen(voorwaarde(brief, n), ". ", _knoplink(brief, n)) for n in gegeven.voorwaarden]
    klaar = gegeven.klaar
    if klaar is not None and klaar.te_vroeg:
        momenten = {k: brief.taal.halfjaar(getattr(klaar, k)) for k in ("gerekend", "vroegst")}
        laatst = brief.taal.halfjaar(klaar.laatst)
        eisen.append(samen(brief.taal.zeg("klaar.niet_eerder", laatst=laatst, **momenten), "."))
    return eisen


def voorwaarde(brief: Brief, naam: str) -> str:
    """Say what is needed before one question passes, with the amount.

    Money is the extra costs themselves; a knob is named beside it only when it lies in a field
    that the proposal touches. Elsewhere it is the knob that is enough most often. Amounts are
    enough in as many draws as the verdict asks. Without a knob it says how often things go wrong.
    """
    taal = brief.taal
    rij = brief.toets(naam)
    eis = taal.zin("toets", naam, "voorwaarde")
    conclusie = brief.rapport.register.conclusies[str(rij["conclusie"])]
    knop = _knop(brief, naam)
    if conclusie.uitkomst == GELD:
        bedrag = in_woorden(ruim(float(rij["genoeg"]) - conclusie.grens, True, "euro"), taal.wijze)
        eis = taal.zeg("oordeel.bedrag", voorwaarde=eis, bedrag=met_circa(taal, bedrag))
        if knop is None or not raakt(brief, str(knop["knop"])):
            return eis
        return taal.zeg("oordeel.bijvoorbeeld", voorwaarde=eis, knop=knoptekst(taal, knop))
    if knop is not None:
        return taal.zeg("oordeel.knop", voorwaarde=eis, knop=knoptekst(taal, knop))
    mis = 100 - op_honderd(float(rij["aandeel"]))
    return taal.zeg("oordeel.onzeker", voorwaarde=eis, mis=mis)


def botsingen(brief: Brief, gegeven: Oordeel) -> list[str]:
    """Say where what one question needs makes another question fail.

    A knob that is turned as far as its condition asks is held against the flips of the other
    questions for the same knob, on average over the draws.
    """
    taal, alle = brief.taal, brief.antwoorden
    zinnen = []
    for naam in gegeven.voorwaarden:
        eigen = str(brief.toets(naam)["conclusie"])
        knop = _knop(brief, naam)
        if knop is None:
            continue
        gevraagd = alle["conclusie"].isin(brief.toetsen["conclusie"]) & (alle["conclusie"] != eigen)
        ander = alle[gevraagd & (alle["knop"] == knop["knop"]) & (alle["geval"] == GELDT_AL)]
        for rij in ander.to_dict("records"):
            over = float(knop["nodig_zeker"]) - float(rij["nodig_midden"])
            if over < 0.0 if rij["ja_boven"] else over > 0.0:
                nee = taal.zin("conclusie", str(rij["conclusie"]), "nee")
                tekst = knoptekst(taal, knop)
                zinnen.append(taal.zeg("oordeel.botsing", knop=tekst, nee=nee))
    return list(dict.fromkeys(zinnen))


def _knop(brief: Brief, toets: str) -> pd.Series | None:
    """Best knob for a question, when it must be turned further to be enough."""
    register, naam = brief.rapport.register, str(brief.toets(toets)["conclusie"])
    alle = brief.antwoorden[meer_nodig(brief.antwoorden)]
    knop = beste_knop(alle, naam, register.conclusies[naam], register.toetsen[toets].zekerheid)
    return knop if knop is not None and knop["geval"] in (WAARDE, GELDT_AL) else None


def _knoplink(brief: Brief, naam: str) -> Html:
    knop = _knop(brief, naam)
    woord = brief.taal.zeg("link")
    return brief.link(woord) if knop is None else brief.link(woord, f"aanname-{knop['knop']}")


def raakt(brief: Brief, knop: str) -> bool:
    """Whether the measures of the scenario change something in the field of a knob."""
    register = brief.rapport.register
    stappen = brief.rapport.scenario.maatregelen
    geraakt = {
        domein_van(register, v.parameter)
        for stap in stappen
        for v in register.maatregelen[stap.maatregel].verandert
    }
    return domein_van(register, knop) in geraakt


def breekpunt(brief: Brief, naam: str) -> Html:
    """Say what cannot be mended, in words."""
    conclusie = brief.rapport.register.toetsen[naam].conclusie
    nee = brief.taal.zin("conclusie", conclusie, "nee")
    return samen(
        brief.taal.zeg("oordeel.breekpunt", nee=nee), " ", brief.link(brief.taal.zeg("link"))
    )


def knopgetal(taal: Taal, waarde: Band, eenheid: str) -> str:
    """Value of a knob inside a sentence that names what is counted."""
    kort = {"euro": "euro", "aandeel": "aandeel"}.get(eenheid.split(" ")[0], "")
    tekst = in_woorden(Band(waarde.midden, waarde.laag, waarde.hoog, kort), taal.wijze)
    return met_circa(taal, tekst)


def met_circa(taal: Taal, tekst: str) -> str:
    """Say that a computed value is not exact, also when its band is not shown."""
    return tekst if tekst.startswith(taal.wijze.circa) else f"{taal.wijze.circa} {tekst}"


def ruim(waarde: float, boven: bool, eenheid: str) -> Band:
    """Value in two digits, rounded to the side on which it is still enough."""
    stap = 10.0 ** (tiende_macht(abs(waarde)) - 1) if waarde else 1.0
    afgerond = stap * (math.ceil(waarde / stap) if boven else math.floor(waarde / stap))
    return Band(afgerond, afgerond, afgerond, eenheid)


def genoeg(rij: pd.Series) -> Band:
    """Value of a knob that is enough for the verdict."""
    return ruim(float(rij["nodig_zeker"]), bool(rij["ja_boven"]), str(rij["eenheid"]))


def knoptekst(taal: Taal, rij: pd.Series) -> str:
    """Say what must be given, as the end of a sentence with "mits"."""
    knop, eenheid = str(rij["knop"]), str(rij["eenheid"])
    nu = float(rij["nu_midden"])
    vulling = {
        "kant": taal.zeg("kant.boven" if rij["ja_boven"] else "kant.onder"),
        "nodig": knopgetal(taal, genoeg(rij), eenheid),
        "nu": knopgetal(taal, Band(nu, nu, nu, eenheid), eenheid),
    }
    if taal.kent(f"knop.{knop}"):
        return taal.zeg(f"knop.{knop}", **vulling)
    return taal.zeg(
        "knop.anders", omschrijving=taal.naam("aanname", knop, "omschrijving"), **vulling
    )


def wanneer(taal: Taal, klaar: Klaar | None) -> str:
    """Say when the proposal can begin at the earliest, or that this is not known."""
    if klaar is None or klaar.vroegst is None:
        gerekend = taal.halfjaar(klaar.gerekend) if klaar else ""
        return taal.zeg("klaar.onbekend", gerekend=gerekend)
    if klaar.wet:
        vooraf = taal.zeg("klaar.wet", wet=taal.naam("wet", klaar.wet, "naam")) + " "
    else:
        vooraf = ""
    zin = vooraf + taal.zeg(
        "klaar.op_tijd",
        vroegst=taal.halfjaar(klaar.vroegst),
        laatst=taal.halfjaar(klaar.laatst),
        gerekend=taal.halfjaar(klaar.gerekend),
    )
    if not klaar.onbekend:
        return zin
    return f"{zin} {taal.zeg('klaar.deels', aantal=len(klaar.onbekend))}"


def winst_door_wachten(brief: Brief) -> bool:
    """Whether municipalities seem cheaper off while more people wait in reception."""
    geld = cijfer_van(brief.rapport, Uitkomstkeuze(TOTAAL, "gemeente"))
    wachten = cijfer_van(brief.rapport, WACHTENDEN)
    lager = {Richting.LAGER, Richting.HOOGUIT_LAGER}
    hoger = {Richting.HOGER, Richting.HOOGUIT_HOGER}
    goedkoper = geld.verschil.midden < 0 or richting(geld.verschil, geld.onzeker) in lager
    return goedkoper and richting(wachten.verschil, wachten.onzeker) in hoger


def op_honderd(aandeel: float) -> int:
    """Share of the draws as a number out of a hundred; 0 and 100 only when it is all or none."""
    afgerond = round(100 * aandeel)
    if 0.0 < aandeel < 1.0:
        return min(99, max(1, afgerond))
    return afgerond


def _toetstabel(brief: Brief) -> Html:
    zeg = brief.taal.zeg
    rijen = []
    for rij in brief.toetsen.to_dict("records"):
        aantal = zeg("toets.van_de_100", aantal=op_honderd(float(rij["aandeel"])))
        vraag = brief.taal.zin("toets", str(rij["toets"]), "vraag")
        rijen.append([vraag, _antwoord(brief, pd.Series(rij)), brief.cijferlink(aantal)])
    koppen = [
        Kolom(zeg("toets.vraag")),
        Kolom(zeg("toets.antwoord")),
        Kolom(zeg("toets.aandeel"), True),
    ]
    return samen(
        tabel(zeg("toets.bijschrift"), koppen, rijen, klasse="toetsen"),
        alinea(zeg("toets.regel", grens=brief.zekerheid), class_="klein"),
    )


def _antwoord(brief: Brief, rij: pd.Series) -> Html:
    """Answer as a colour, a sign and a word, then in a sentence."""
    gegeven, taal = str(rij["antwoord"]), brief.taal
    kleur, teken = ANTWOORDEN[gegeven]
    zeker = gegeven == "onzeker" or not LAAGSTE < float(rij["aandeel"]) < HOOGSTE
    woorden = taal.zeg(f"toets.{gegeven}" if zeker else f"toets.waarschijnlijk_{gegeven}")
    woord = element(
        "span",
        element("span", teken, aria_hidden="true"),
        f" {woorden}",
        class_=f"merk {kleur}",
    )
    if gegeven == "onzeker":
        uitkomst = taal.band(als_band(rij.to_dict(), str(rij["eenheid"])))
        return samen(woord, " ", taal.zeg("toets.uitleg_onzeker", uitkomst=hoofdletter(uitkomst)))
    return samen(woord, " ", taal.zin("conclusie", str(rij["conclusie"]), gegeven))
