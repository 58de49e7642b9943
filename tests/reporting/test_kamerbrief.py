"""The brief: verdict in words for every branch, two pages, links, languages, hostile text."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from impact.analysis.oordeel import Klaar, Oordeel
from impact.analysis.opslag import Instelling
from impact.registry.periode import Halfjaar
from impact.reporting import kamerbrief, opdrachten
from impact.reporting.briefbasis import Brief, BriefFout, maak_brief
from impact.reporting.briefdelen import geldzin, zin
from impact.reporting.briefkeuze import (
    MEESTE_GATEN,
    MEESTE_GATEN_STAPEL,
    MEESTE_NODIG,
    MEESTE_NODIG_STAPEL,
    Drager,
    Uitkomstkeuze,
    benodigd,
    gaten,
    sprekendste,
)
from impact.reporting.briefoordeel import botsingen, oordeel, op_honderd, voorwaarde, wanneer
from impact.reporting.getallen import Band
from impact.reporting.opmaak import Html
from impact.reporting.rapport import Cijfer, Rapport, lees_register, open_rapport
from impact.reporting.taal import TALEN, TaalFout, lees_taal, met_uitleg, vaste_teksten
from impact.reporting.uitvoeren import NotebookFout, maak_rapport
from impact.reporting.vertaling import (
    VertalingOntbreekt,
    lees_vertalingen,
    problemen_van,
    toonbare_teksten,
    vertaal_alles,
)
from impact.reporting.zinnen import Richting
from tests.reporting.conftest import REFERENTIE, SCENARIO, TREKKINGEN
from tests.reporting.hier import html_hier

Rij = dict[str, Any]
KLAAR = Klaar(Halfjaar(2027, 1), None, None)
CONCLUSIES = {
    "geld": "gat_nul",
    "mensen": "werk_niet_zwaarder",
    "wachtrij": "wachtrij_niet_langer",
    "ind": "ind_niet_trager",
}


def toets(naam: str, antwoord: str, midden: float, aandeel: float) -> dict[str, Any]:
    return {
        "toets": naam,
        "conclusie": CONCLUSIES[naam],
        "antwoord": antwoord,
        "midden": midden,
        "laag": midden - 10.0,
        "hoog": midden + 10.0,
        "eenheid": "euro per jaar" if naam == "geld" else "personen",
        "aandeel": aandeel,
        "genoeg": midden,
    }


def knop(conclusie: str, naam: str, geval: str, boven: bool = True, **rest: Any) -> dict[str, Any]:
    return {
        "conclusie": conclusie,
        "knop": naam,
        "geval": geval,
        "soort": "instrument",
        "ja_boven": boven,
        "eenheid": "plaatsen",
        "laagste": 0.0,
        "hoogste": 50_000.0,
        "nu_midden": 1900.0,
        "nodig_midden": 27_400.0,
        "nodig_zeker": 27_400.0,
        "nodig_laag": float("nan"),
        "nodig_hoog": 41_000.0,
        "aandeel_altijd_nee": 0.25,
        "aandeel_andersom": 0.0,
        "uitkomst_eenheid": "personen",
        **rest,
    }


GOED = [toets(n, "ja", -20.0, 0.9) for n in CONCLUSIES]
PLAATSEN = knop("wachtrij_niet_langer", "doorstroomplaatsen", "waarde")


@pytest.fixture(scope="module")
def brief(rapport: Rapport) -> Brief:
    """Brief about a real result with invented answers, so that no analysis is run."""
    return Brief(
        rapport=rapport,
        taal=lees_taal(rapport.register, SCENARIO, "nl"),
        toetsen=pd.DataFrame(GOED),
        rijk=Band(7e8, 1e8, 1.2e9, "euro"),
        antwoorden=pd.DataFrame([PLAATSEN]),
        dragers=[
            Drager("aanname", "kans_zonder_voorrang", 0, Band(0.4, 0.2, 0.6, "aandeel")),
            Drager("maatregel", "verbod_voorrang_kamers", 0, Band(0.2, 0.1, 0.3, "aandeel")),
            Drager("historie", "achterstand", 0, Band(0.1, 0.0, 0.2, "aandeel")),
        ],
        uitkomsten=sprekendste(rapport),
        stapel=None,
    )


def met(
    brief: Brief, *anders: dict[str, Any], knoppen: list[dict[str, Any]] | None = None
) -> Brief:
    namen = {rij["toets"] for rij in anders}
    rijen = [r for r in GOED if r["toets"] not in namen] + list(anders)
    antwoorden = brief.antwoorden if knoppen is None else pd.DataFrame(knoppen)
    return replace(brief, toetsen=pd.DataFrame(rijen), antwoorden=antwoorden)


def in_taal(brief: Brief, code: str) -> Brief:
    return replace(brief, taal=lees_taal(brief.rapport.register, SCENARIO, code))


def tekst(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize("code", TALEN)
@pytest.mark.parametrize(
    ("anders", "knoppen", "kleur", "woord"),
    [
        ([], None, "groen", "uitvoerbaar"),
        ([toets("wachtrij", "nee", 9e3, 0.1)], None, "oranje", "mits"),
        ([toets("wachtrij", "onzeker", 0.0, 0.5)], None, "oranje", "mits"),
        ([toets("ind", "nee", 9e3, 0.0)], None, "rood", "niet"),
        (
            [toets("wachtrij", "nee", 9e3, 0.0)],
            [PLAATSEN | {"geval": "nooit"}],
            "rood",
            "niet",
        ),
    ],
)
def test_oordeel_in_kleur_woord_en_teken(
    brief: Brief,
    monkeypatch: pytest.MonkeyPatch,
    code: str,
    anders: Any,
    knoppen: Any,
    kleur: str,
    woord: str,
) -> None:
    """The earliest date stays out of it: it has a test of its own."""
    monkeypatch.setattr("impact.reporting.briefbasis.wanneer_klaar", lambda *_: KLAAR)
    eigen = in_taal(met(brief, *anders, knoppen=knoppen), code)
    soep = BeautifulSoup(oordeel(eigen), "html.parser")
    vak = soep.find(class_="oordeel")
    assert vak is not None
    assert kleur in vak["class"]
    assert eigen.taal.zeg(f"oordeel.woord.{woord}") in vak.get_text()
    assert vak.find(class_="teken").text in "\u2713!\u2715"
    assert len(soep.find_all("tbody")[0].find_all("tr")) == len(CONCLUSIES)


def test_een_voorwaarde_noemt_het_bedrag_naar_boven_afgerond(brief: Brief) -> None:
    eigen = met(brief, toets("wachtrij", "nee", 9e3, 0.1))
    zin_ = voorwaarde(eigen, "wachtrij")
    assert zin_.endswith("ten minste circa 28.000 plaatsen in doorstroomlocaties (nu circa 1.900)")


def test_bij_geld_staat_het_bedrag_en_een_passende_knop(brief: Brief) -> None:
    bijdrage = knop(
        "gat_nul",
        "bijdrage_per_gehuisveste",
        "waarde",
        eenheid="euro per persoon",
        nodig_zeker=6e3,
    )
    eigen = met(brief, toets("geld", "nee", 4.5e7, 0.1), knoppen=[bijdrage])
    zin_ = voorwaarde(eigen, "geld")
    assert "45,0 miljoen euro" in zin_
    assert "per gehuisveste statushouder" in zin_
    ander = replace(brief.rapport, naam="einde_lvv")
    assert "per gehuisveste" not in voorwaarde(replace(eigen, rapport=ander), "geld")


def test_minder_woningen_is_geen_middel_tegen_kosten(brief: Brief) -> None:
    minder = knop("gat_nul", "flexwoningen", "waarde", boven=False)
    eigen = met(brief, toets("geld", "nee", 4.5e7, 0.1), knoppen=[minder])
    assert eigen.oordeel.woord == "niet uitvoerbaar"
    assert "flexwoningen" not in tekst(oordeel(eigen))


def test_een_onzekere_vraag_zegt_hoe_vaak_het_misgaat(brief: Brief) -> None:
    eigen = met(brief, toets("ind", "onzeker", 0.0, 0.6))
    assert "in 40 van de 100 berekeningen" in voorwaarde(eigen, "ind")


@pytest.mark.parametrize(
    ("klaar", "deel"),
    [
        (KLAAR, "niet bekend"),
        (Klaar(Halfjaar(2027, 1), Halfjaar(2027, 1), Halfjaar(2028, 1)), "eerste helft van 2027"),
        (Klaar(Halfjaar(2027, 1), Halfjaar(2028, 2), Halfjaar(2029, 1)), "tweede helft van 2028"),
        (Klaar(Halfjaar(2027, 1), Halfjaar(2027, 1), Halfjaar(2028, 1), ("x",)), "Van 1 van"),
    ],
)
def test_vroegste_begin(brief: Brief, klaar: Klaar, deel: str) -> None:
    assert deel in wanneer(brief.taal, klaar)


def test_te_vroeg_is_een_voorwaarde(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    klaar = Klaar(Halfjaar(2027, 1), Halfjaar(2028, 1), Halfjaar(2029, 1))
    gegeven = Oordeel("uitvoerbaar, mits", (), (), klaar)
    monkeypatch.setattr(Brief, "oordeel", property(lambda self: gegeven))
    assert "niet eerder ingaat dan in de eerste helft van 2028" in tekst(oordeel(brief))


def test_geld_besparen_door_wachten_krijgt_een_waarschuwing(
    brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    zin_ = brief.taal.zeg("oordeel.wachten")
    for waar in (True, False):
        monkeypatch.setattr("impact.reporting.briefoordeel.winst_door_wachten", lambda _, w=waar: w)
        assert (zin_ in tekst(oordeel(brief))) is waar


BANDEN = {
    Richting.GEEN: Band(0, 0, 0, "personen"),
    Richting.KLEIN: Band(0.1, 0, 0.2, "personen"),
    Richting.HOGER: Band(500, 300, 700, "personen"),
    Richting.LAGER: Band(-500, -700, -300, "personen"),
    Richting.HOOGUIT_HOGER: Band(0.2, 0, 40, "personen"),
    Richting.HOOGUIT_LAGER: Band(-0.2, -40, 0, "personen"),
    Richting.ONZEKER: Band(50, -300, 400, "personen"),
}


@pytest.mark.parametrize("code", TALEN)
@pytest.mark.parametrize("kant", list(Richting))
def test_een_zin_voor_elke_richting(brief: Brief, code: str, kant: Richting) -> None:
    eigen, band = in_taal(brief, code), BANDEN[kant]
    sleutel = kant.name.lower()
    cijfer = Cijfer(band, Band(1e3, 900, 1100, "personen"), band, kant is Richting.ONZEKER)
    gezegd = zin(eigen, Uitkomstkeuze("achterstand"), cijfer)
    sjabloon = eigen.taal.teksten[f"zin.{sleutel}"]
    assert gezegd.endswith(sjabloon.rpartition("}")[2])
    assert "{" not in gezegd + geldzin(eigen, "gemeente", band, kant is Richting.ONZEKER)


@pytest.mark.parametrize(("aandeel", "aantal"), [(0.0, 0), (0.001, 1), (0.999, 99), (1.0, 100)])
def test_alles_of_niets_alleen_als_het_zo_is(aandeel: float, aantal: int) -> None:
    assert op_honderd(aandeel) == aantal


def test_nodig_noemt_elk_middel_een_keer() -> None:
    knoppen = [
        knop(c, k, "waarde")
        for c in ("wachtrij_niet_langer", "ind_niet_trager")
        for k in ("doorstroomplaatsen", "flexwoningen")
    ]
    toetsen = pd.DataFrame([toets("wachtrij", "nee", 9e3, 0.1), toets("ind", "onzeker", 10.0, 0.5)])
    gekozen = benodigd(pd.DataFrame(knoppen), toetsen)
    assert sorted(gekozen["knop"]) == ["doorstroomplaatsen", "flexwoningen"]


def test_nodig_is_alleen_wat_deze_wet_vraagt() -> None:
    """What is short without the law too, or passes, is no need of this law."""
    andere = ("wachtrij_stabiel", "gat_nul")
    knoppen = pd.DataFrame([PLAATSEN, *(knop(c, f"knop_{c}", "waarde") for c in andere)])
    toetsen = pd.DataFrame([toets("wachtrij", "nee", 9e3, 0.1), toets("geld", "ja", -20.0, 0.9)])
    assert list(benodigd(knoppen, toetsen)["knop"]) == ["doorstroomplaatsen"]
    assert benodigd(knoppen, pd.DataFrame(GOED)).empty


def test_nodig_toont_hoogstens_zoveel() -> None:
    knoppen = pd.DataFrame([knop("gat_nul", f"knop_{n}", "waarde") for n in range(9)])
    toetsen = pd.DataFrame([toets("geld", "nee", 4.5e7, 0.1)])
    assert len(benodigd(knoppen, toetsen)) == MEESTE_NODIG
    assert len(benodigd(knoppen, toetsen, MEESTE_NODIG_STAPEL)) == MEESTE_NODIG_STAPEL


def test_een_stapel_noemt_minder_en_elk_van_een_andere_wet() -> None:
    register = lees_register()
    stapel = gaten(register, "vier_wetten")
    assert len(stapel) == MEESTE_GATEN_STAPEL < MEESTE_GATEN
    assert len({sleutel.split("/")[1] for sleutel in stapel}) == MEESTE_GATEN_STAPEL
    assert len(gaten(register, SCENARIO)) == MEESTE_GATEN


def test_een_referentie_krijgt_geen_brief(rapport: Rapport, tmp_path: Path) -> None:
    referentie = open_rapport(REFERENTIE, Instelling(trekkingen=TREKKINGEN))
    with pytest.raises(BriefFout, match="Kies een variant"):
        maak_brief(referentie)
    lijst = opdrachten.opdrachten([SCENARIO, REFERENTIE], [], tmp_path, 10, [SCENARIO])
    namen = [
        o.doel.relative_to(tmp_path).as_posix() for o in lijst if o.notebook == opdrachten.BRIEF
    ]
    assert namen == [f"{SCENARIO}/kamerbrief.html"]
    assert opdrachten.briefopdracht(SCENARIO, tmp_path, 10, "en").doel.name == "kamerbrief-en.html"


def test_beide_talen_hebben_dezelfde_teksten_en_invulplekken() -> None:
    nl, en = (vaste_teksten("kamerbrief", code) for code in TALEN)
    eigen = {sleutel for sleutel in en if sleutel.startswith("uitleg.")}
    assert set(nl) == set(en) - eigen

    def plekken(zin_: str) -> set[str]:
        return {naam.lower() for _, naam, _, _ in string.Formatter().parse(zin_) if naam}

    for sleutel, zin_ in nl.items():
        assert plekken(zin_) >= plekken(en[sleutel]), sleutel


def test_elke_toonbare_tekst_is_vertaald() -> None:
    register = lees_register()
    vertalingen = lees_vertalingen(register.map, "en")
    for naam, scenario in register.scenarios.items():
        if scenario.referentie is not None:
            assert problemen_van(toonbare_teksten(register, naam), vertalingen, "en") == []


def test_een_gewijzigde_tekst_houdt_de_engelse_brief_tegen() -> None:
    register = lees_register()
    oud = register.scenario(SCENARIO)
    nieuw = register.met_scenarios(
        {**register.scenarios, SCENARIO: oud.model_copy(update={"titel": "Iets anders"})}
    )
    with pytest.raises(VertalingOntbreekt, match=r"verouderd; de tekst is nu 'Iets anders'"):
        vertaal_alles(nieuw, SCENARIO, "en")


def test_onbekende_taal() -> None:
    with pytest.raises(TaalFout, match="kies uit: nl, en"):
        vaste_teksten("kamerbrief", "xx")


def test_uitleg_staat_alleen_bij_het_eerste_gebruik() -> None:
    stukken = {"a": Html("<h2>The IND</h2><p>The IND is late.</p>"), "b": Html("<p>The IND</p>")}
    uit = met_uitleg(stukken, {"IND": "service"})
    assert uit["a"] == "<h2>The IND</h2><p>The IND (service) is late.</p>"
    assert uit["b"] == stukken["b"]


@pytest.fixture
def als_brief(
    brief: Brief, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Brief, str], Path]:
    """Write a brief by the whole road, with the analyses of a given brief."""

    def maak(eigen: Brief, code: str) -> Path:
        def vast(rapport: Rapport, taal: str = "nl") -> Brief:
            naam = eigen.rapport.naam
            vertaald = lees_taal(eigen.rapport.register, naam, taal)
            return replace(eigen, taal=replace(vertaald, vertaald={**vertaald.vertaald, **kwaad}))

        kwaad = eigen.taal.vertaald if eigen.taal.code == "kwaad" else {}
        monkeypatch.setattr(kamerbrief, "maak_brief", vast)
        doel = tmp_path / f"{code}.html"
        keuze: dict[str, str | int] = {
            "scenario": SCENARIO,
            "trekkingen": TREKKINGEN,
            "taal": code,
        }
        doel.write_text(html_hier("kamerbrief", keuze), encoding="utf-8")
        return doel

    return maak


def langste(brief: Brief) -> Brief:
    """The worst case for the paper: every question fails, and the longest names everywhere."""
    register = brief.rapport.register
    lang = sorted(register.parameters, key=lambda n: -len(register.parameters[n].omschrijving))
    aandeel = Band(0.3, 0.1, 0.5, "aandeel")
    knoppen = [
        knop("gat_nul", "bijdrage_per_gehuisveste", "waarde"),
        knop("werk_niet_zwaarder", "groei_capaciteit", "waarde"),
        PLAATSEN,
        knop("ind_niet_trager", "ind_asielbesluiten", "waarde"),
    ]
    eigen = met(brief, *(toets(n, "nee", 4.5e7, 0.1) for n in CONCLUSIES), knoppen=knoppen)
    return replace(eigen, dragers=[Drager("aanname", naam, 0, aandeel) for naam in lang[:3]])


def controleer(browser: Browser, pad: Path, code: str) -> None:
    """Two pages of paper, links that arrive, a size that can be mailed, no page wider than it."""
    soep = BeautifulSoup(pad.read_text(encoding="utf-8"), "html.parser")
    assert soep.html["lang"] == code
    assert "brief" in soep.body["class"]
    assert soep.nav is None
    assert pad.stat().st_size <= 300_000
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in soep.find_all("a", href=re.compile("^#"))} <= set(ids)
    for breedte in (320, 1280):
        pagina = browser.new_page(viewport={"width": breedte, "height": 900})
        pagina.goto(pad.as_uri())
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
        if breedte == 1280:
            inhoud = pagina.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", inhoud)) == 2
        pagina.close()


@pytest.mark.parametrize("code", TALEN)
@pytest.mark.parametrize("soort", ["goed", "langst", "niet"])
def test_twee_bladzijden(
    browser: Browser, brief: Brief, als_brief: Callable[[Brief, str], Path], soort: str, code: str
) -> None:
    eigen = {
        "goed": brief,
        "langst": langste(brief),
        "niet": met(brief, toets("ind", "nee", 9e3, 0.0), toets("wachtrij", "nee", 9e3, 0.0)),
    }[soort]
    controleer(browser, als_brief(eigen, code), code)


def test_vijandige_tekst_blijft_tekst(
    brief: Brief, als_brief: Callable[[Brief, str], Path]
) -> None:
    kwaad = "<script>alert(1)</script>\"'{x} \u202e=cmd|"
    vertaald = {**brief.taal.vertaald, f"scenario/{SCENARIO}/titel": kwaad}
    vertaald |= {s: kwaad for s in vertaald if "/niet_gemodelleerd/" in s or s.endswith("/vraag")}
    eigen = replace(brief, taal=replace(brief.taal, code="kwaad", vertaald=vertaald))
    soep = BeautifulSoup(als_brief(eigen, "nl").read_text(encoding="utf-8"), "html.parser")
    assert soep.find("script") is None
    assert soep.h1.get_text() == kwaad.replace("\u202e", "")


def test_een_onbekende_taal_stopt_voor_er_iets_draait(tmp_path: Path) -> None:
    keuze = {"scenario": SCENARIO, "trekkingen": TREKKINGEN, "taal": "de"}
    with pytest.raises(NotebookFout, match="onbekende taal 'de'"):
        maak_rapport("kamerbrief", keuze, tmp_path / "brief.html")


def test_wat_een_vraag_oplost_mag_geen_andere_breken(brief: Brief) -> None:
    duurder = knop("gat_nul", "doorstroomplaatsen", "geldt_al", boven=False, nodig_midden=7e3)
    eigen = met(brief, toets("wachtrij", "nee", 9e3, 0.1), knoppen=[PLAATSEN, duurder])
    (zin_,) = botsingen(eigen, eigen.oordeel)
    assert "28.000 plaatsen in doorstroomlocaties" in zin_
    assert eigen.taal.zin("conclusie", "gat_nul", "nee") in zin_
    ruimer = duurder | {"nodig_midden": 40e3}
    eigen = met(brief, toets("wachtrij", "nee", 9e3, 0.1), knoppen=[PLAATSEN, ruimer])
    assert botsingen(eigen, eigen.oordeel) == []


def test_de_kop_zegt_hoe_ver_het_voorstel_is(brief: Brief) -> None:
    assert "ingediend bij de Tweede Kamer op 3 oktober 2025" in tekst(kamerbrief.kop(brief))
