"""An explanation as a reader sees it: words, numbers, a chart, and a block that opens."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser

from impact.analysis.formules.boom import DIEPER, Knoop
from impact.analysis.formules.taal import Deel
from impact.analysis.verklaren import Uitlegger, Verklaring, Vraag, maak_uitlegger
from impact.reporting.rapport import Rapport
from impact.reporting.verantwoording import aannames
from impact.reporting.verklaarfiguur import bijdragen, figuur
from impact.reporting.verklaarwoorden import (
    berekening,
    bladen,
    bron_in_woorden,
    cijfer,
    formule_in_woorden,
    getoond,
    inleiding,
    kop,
    met_eenheid,
    opdracht,
    waar,
    waarde_in_woorden,
)
from impact.reporting.verklaring import blok, pagina, verklaring_blok
from impact.reporting.weergave import lees_stijl

UTRECHT = "GM0344"
LINK = re.compile(r'href="#([^"]+)"')
ID = re.compile(r'id="([^"]+)"')


@pytest.fixture(scope="module")
def uitlegger(rapport: Rapport) -> Uitlegger:
    return maak_uitlegger(rapport.register, rapport.naam, rapport.resultaat)


@pytest.fixture(scope="module")
def achterstand(uitlegger: Uitlegger) -> Verklaring:
    return uitlegger.verklaar(Vraag("achterstand", UTRECHT, "2028-I", diep=5))


@pytest.fixture(scope="module")
def verschil(uitlegger: Uitlegger) -> Verklaring:
    return uitlegger.verklaar(Vraag("gehuisvest", UTRECHT, "2028-I", diep=7, verschil=True))


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        (0.0, "0"),
        (0.15, "0,15"),
        (1234567.8, "1.234.568"),
        (-12.3456789, "\N{MINUS SIGN}12,3457"),
        (1000.0, "1.000"),
        (0.000123456789, "0,00012346"),
    ],
)
def test_een_getal_is_na_te_rekenen(waarde: float, tekst: str) -> None:
    assert cijfer(waarde) == tekst


def test_een_aandeel_heeft_geen_woord_erachter() -> None:
    assert met_eenheid(0.5, "aandeel") == "0,5"
    assert met_eenheid(5.0, "euro per uur") == "5 euro per uur"


def test_formule_en_berekening_staan_naast_elkaar(achterstand: Verklaring) -> None:
    taken = [k for _, _, k in achterstand.boom.alle() if k.deel.naam == "taakstelling_netto"]
    taak = next(knoop for knoop in taken if knoop.kinderen)
    assert formule_in_woorden(taak) == (
        "naar boven afgerond (landelijke taakstelling \N{MULTIPLICATION SIGN} inwoners "
        "op 1 januari van het jaar ervoor / inwoners op 1 januari van het jaar ervoor (landelijk))"
    )
    landelijk, inwoners, nederland = (cijfer(kind.waarde) for kind in taak.kinderen)
    maal = "\N{MULTIPLICATION SIGN}"
    assert berekening(taak) == f"naar boven afgerond ({landelijk} {maal} {inwoners} / {nederland})"


def test_een_lange_som_wordt_niet_uitgeschreven(uitlegger: Uitlegger) -> None:
    netto = uitlegger.verklaar(Vraag("netto_lasten_gemeente", "NL", "2030-I", diep=1)).boom
    assert formule_in_woorden(netto) == f"de som van de {len(netto.kinderen)} delen hieronder"
    assert berekening(netto) == ""


def test_de_inleiding_noemt_beide_cijfers_en_waarom_zij_verschillen(
    achterstand: Verklaring,
) -> None:
    eerste, tweede = inleiding(achterstand)
    assert eerste.startswith("Gepubliceerd cijfer: ")
    assert "gemiddelde van 12 trekkingen" in eerste
    assert cijfer(achterstand.boom.waarde) in tweede
    assert "Die twee verschillen, want" in tweede
    assert "narekenen" in tweede


def test_een_tussenstap_zegt_dat_rapporten_hem_niet_tonen(achterstand: Verklaring) -> None:
    (regel,) = inleiding(replace(achterstand, gepubliceerd=None))
    assert "tussenstap" in regel


def test_een_klein_gepubliceerd_aantal_wordt_niet_voluit_genoemd(achterstand: Verklaring) -> None:
    assert achterstand.gepubliceerd is not None
    klein = replace(achterstand.gepubliceerd, midden=4.0, laag=2.0, hoog=6.0)
    assert "minder dan 10 personen" in inleiding(replace(achterstand, gepubliceerd=klein))[0]


def test_van_een_gemeente_is_een_telling_een_kans(uitlegger: Uitlegger) -> None:
    geteld = uitlegger.verklaar(Vraag("gemeenten_taakstelling_gehaald", UTRECHT, "2028-I", diep=1))
    assert geteld.gepubliceerd is not None
    deel = cijfer(round(100 * geteld.gepubliceerd.midden, 1))
    eerste, tweede = inleiding(geteld)
    assert eerste.endswith(f"telt mee in {deel} procent van de 12 trekkingen.")
    assert "Gebruik dus het gepubliceerde cijfer" in tweede
    assert "kleiner is dan 0,5" in formule_in_woorden(geteld.boom)


def test_een_telling_van_nul_gemeenten_heeft_een_figuur(uitlegger: Uitlegger) -> None:
    """In the middle draw nobody meets the target: there is nothing to add up."""
    land = uitlegger.verklaar(Vraag("gemeenten_taakstelling_gehaald", "NL", "2026-I", diep=1))
    assert land.boom.waarde == 0.0
    assert bijdragen(land.boom) == []
    assert figuur(land).titel.startswith("Per halfjaar: ")


@pytest.mark.parametrize(
    ("waarde", "tekst"), [(0.0, "0 gemeenten"), (1.0, "1 gemeente"), (98.0, "98 gemeenten")]
)
def test_een_gemeente_is_enkelvoud(waarde: float, tekst: str) -> None:
    assert met_eenheid(waarde, "gemeenten") == tekst


def test_een_verschil_in_kans_is_in_procentpunt(uitlegger: Uitlegger) -> None:
    vraag = Vraag("gemeenten_taakstelling_gehaald", UTRECHT, "2028-I", diep=1, verschil=True)
    eerste = inleiding(uitlegger.verklaar(vraag))[0]
    assert "procentpunt (in 12 trekkingen)" in eerste


def test_een_verschil_noemt_de_referentie(verschil: Verklaring) -> None:
    boom = verschil.boom
    tekst = waarde_in_woorden(boom, verschil=True)
    assert f"referentie {cijfer(boom.referentie or 0.0)}" in tekst
    assert f"verschil {cijfer(boom.verschil)}" in tekst
    assert waar(verschil).endswith("tegenover geldend_recht")
    assert inleiding(verschil)[0].startswith("Gepubliceerd verschil: ")


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({"referentie": None}, "(niet in de referentie)"),
        ({"waarde": 3.0, "referentie": 3.0}, "(gelijk aan de referentie)"),
        ({"waarde": 5.0, "referentie": 3.0}, "verschil +2"),
        ({"waarde": 1.0, "referentie": 3.0}, "verschil \N{MINUS SIGN}2"),
    ],
)
def test_elke_uitkomst_van_de_vergelijking_heeft_woorden(
    verschil: Verklaring, anders: dict[str, float | None], tekst: str
) -> None:
    assert tekst in waarde_in_woorden(replace(verschil.boom, **anders), verschil=True)


def test_in_een_vergelijking_blijft_staan_wat_verschilt(verschil: Verklaring) -> None:
    for _, _, knoop in verschil.boom.alle():
        delen = getoond(knoop, verschil=True)
        if knoop.soort == "parameter":
            assert delen == list(knoop.kinderen)
        else:
            assert all(deel.verschilt for deel in delen)
    assert any(len(getoond(k, True)) < len(k.kinderen) for _, _, k in verschil.boom.alle())


def test_plaats_en_halfjaar_staan_erbij_waar_zij_anders_zijn(achterstand: Verklaring) -> None:
    boven = achterstand.boom.kinderen[0]
    vorige, taak, _ = boven.kinderen
    assert kop(vorige, boven).endswith("(2027-II)")
    assert kop(taak, boven) == taak.titel
    assert kop(replace(taak, gemeente="NL"), boven).endswith("(landelijk)")


def test_de_opdracht_om_verder_te_gaan_klopt(uitlegger: Uitlegger, achterstand: Verklaring) -> None:
    verder = next(k for _, _, k in achterstand.boom.alle() if k.vervolg == DIEPER)
    tekst = opdracht(achterstand, verder)
    woorden = tekst.split()
    assert woorden[:2] == ["impact", "verklaar"]
    opnieuw = uitlegger.verklaar(
        Vraag(woorden[2], UTRECHT, woorden[woorden.index("--periode") + 1])
    )
    assert opnieuw.boom.waarde == verder.waarde
    groep = replace(verder, deel=Deel("bijstand_groep", 4, 2), moment=replace(verder.moment, k=2))
    assert "'bijstand_groep[2]'" in opdracht(achterstand, groep)
    geld = replace(verder, deel=Deel("kosten_inrichting.inwoner", 4), gemeente="NL")
    assert opdracht(achterstand, geld).endswith("--betaler inwoner")


def test_een_bron_staat_op_een_regel(achterstand: Verklaring) -> None:
    blad = next(k for _, _, k in achterstand.boom.alle() if k.titel == "Correctieaandeel")
    assert blad.herkomst is not None
    tekst = bron_in_woorden(blad.herkomst)
    assert tekst.startswith("Bron: ")
    assert "kwaliteit " in tekst
    assert "band " in tekst
    assert tekst.endswith("parameters/aannames/taakstelling.yaml, regel 27") or "regel" in tekst


def test_de_tabel_heeft_formule_en_berekening(achterstand: Verklaring) -> None:
    (blad,) = bladen(achterstand)
    tabel = blad.tabel
    for kolom in ("diepte", "onderdeel", "waarde", "eenheid", "formule", "berekening", "bron"):
        assert kolom in tabel
    met_delen = tabel[tabel["rekenregel"] != ""]
    assert (met_delen["formule"] != "").all()


def test_de_figuur_van_geld_telt_op(uitlegger: Uitlegger) -> None:
    netto = uitlegger.verklaar(Vraag("netto_lasten_gemeente", "NL", "2030-I", diep=2))
    delen = bijdragen(netto.boom)
    assert sum(bijdrage for _, bijdrage in delen) == pytest.approx(netto.boom.waarde)
    beeld = figuur(netto)
    assert beeld.eenheid == "miljoen euro per halfjaar"
    assert "Waaruit bestaat het" in beeld.titel
    assert beeld.svg.startswith("<svg")


def test_een_aftrekking_telt_met_een_minteken(uitlegger: Uitlegger) -> None:
    vraag = Vraag("kosten_bijstand_uitkeringen", UTRECHT, "2030-I", diep=1)
    (_, kosten), (_, rijk) = bijdragen(uitlegger.verklaar(vraag).boom)
    assert kosten > 0 > rijk


def test_wat_niet_optelt_laat_zijn_verloop_zien(uitlegger: Uitlegger, verschil: Verklaring) -> None:
    product = uitlegger.verklaar(Vraag("lvv_bewoners", "GM0014", "2030-I", diep=1))
    assert bijdragen(product.boom) == []
    assert figuur(product).titel.startswith("Per halfjaar: ")
    assert figuur(verschil).titel.startswith("Verschil per halfjaar: ")


def test_elke_koppeling_in_het_blok_bestaat_in_het_rapport(
    rapport: Rapport, achterstand: Verklaring, verschil: Verklaring
) -> None:
    doelen = set(ID.findall(aannames(rapport)))
    for verklaring in (achterstand, verschil):
        links = set(LINK.findall(verklaring_blok(rapport, verklaring)))
        assert links
        assert links <= doelen


def test_een_kort_rapport_krijgt_alleen_koppelingen_die_bestaan(
    rapport: Rapport, achterstand: Verklaring
) -> None:
    alleen = ["huisvesting"]
    doelen = set(ID.findall(aannames(rapport, alleen)))
    links = set(LINK.findall(verklaring_blok(rapport, achterstand, alleen)))
    assert links <= doelen


class Nesting(HTMLParser):
    """Checks that elements close in order, and that every folded part has its summary first."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.eerste: list[str] = []
        self._wacht = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._wacht:
            self.eerste.append(tag)
        self._wacht = tag == "details"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_het_blok_is_goed_genest_en_begint_met_een_samenvatting(
    rapport: Rapport, achterstand: Verklaring
) -> None:
    nesting = Nesting()
    nesting.feed(verklaring_blok(rapport, achterstand))
    assert nesting.open == []
    assert nesting.eerste
    assert set(nesting.eerste) == {"summary"}


def test_tekst_uit_de_parameters_wordt_geen_html(achterstand: Verklaring) -> None:
    kwaad = "<script>alert(1)</script>"
    blad: Knoop = replace(achterstand.boom.kinderen[1], titel=kwaad, uitleg=kwaad)
    boom = replace(achterstand.boom, titel=kwaad, kinderen=(blad,))
    assert "<script" not in blok(replace(achterstand, boom=boom), frozenset())


def test_de_pagina_opent_stap_voor_stap_met_het_toetsenbord(
    browser: Browser, achterstand: Verklaring
) -> None:
    pagina_ = browser.new_page(viewport={"width": 320, "height": 800})
    pagina_.set_content(pagina(achterstand, lees_stijl("stijl.css")))
    assert pagina_.locator("details[open]").count() == 0
    pagina_.keyboard.press("Tab")
    pagina_.keyboard.press("Enter")
    assert pagina_.locator("details[open]").count() == 1
    assert pagina_.locator("details[open] > ul").first.is_visible()
    breedte = pagina_.evaluate("document.documentElement.scrollWidth")
    pagina_.close()
    assert breedte <= 320
