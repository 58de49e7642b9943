from __future__ import annotations

import pytest
from hypothesis import given

from impact.model.grootheden import GROOTHEDEN
from impact.reporting.getallen import Band
from impact.reporting.kaart import stipzin, verdeelzin
from impact.reporting.onderwerpen import HOOFDSTUKKEN, KERN, ONDERWERP, onderwerp
from impact.reporting.zinnen import (
    Richting,
    geldzin,
    opsomming,
    richting,
    tussen,
    uitersten,
    verschilzin,
)
from tests.reporting.test_getallen import banden

TAKKEN = {
    Richting.GEEN: Band(0, 0, 0, "euro"),
    Richting.KLEIN: Band(0.2, 0.1, 0.3, "euro"),
    Richting.HOGER: Band(8e6, 5e6, 12e6, "euro"),
    Richting.LAGER: Band(-8e6, -12e6, -5e6, "euro"),
    Richting.ONZEKER: Band(2e6, -4e6, 9e6, "euro"),
    Richting.HOOGUIT_HOGER: Band(0, 0, 5e6, "euro"),
    Richting.HOOGUIT_LAGER: Band(0, -5e6, 0, "euro"),
}
ZIN = {
    Richting.GEEN: "Het werk verandert niet: in 2030 is er geen verschil met de situatie "
    "zonder de wet.",
    Richting.KLEIN: "Het werk verandert nauwelijks: minder dan 1 euro verschil in 2030.",
    Richting.HOGER: "Het werk is in 2030 circa 8 miljoen euro hoger (5 tot 12) dan zonder de wet.",
    Richting.LAGER: "Het werk is in 2030 circa 8 miljoen euro lager (5 tot 12) dan zonder de wet.",
    Richting.ONZEKER: "Of het werk in 2030 hoger of lager is dan zonder de wet, is onzeker: "
    "het verschil ligt tussen 4 miljoen euro lager en 9 miljoen euro hoger.",
    Richting.HOOGUIT_HOGER: "Het werk verandert in 2030 naar verwachting nauwelijks, maar kan "
    "tot 5 miljoen euro hoger zijn dan zonder de wet.",
    Richting.HOOGUIT_LAGER: "Het werk verandert in 2030 naar verwachting nauwelijks, maar kan "
    "tot 5 miljoen euro lager zijn dan zonder de wet.",
}
GELD = {
    Richting.GEEN: "Voor gemeenten verandert er in 2030 niets aan de kosten.",
    Richting.KLEIN: "Voor gemeenten veranderen de kosten in 2030 nauwelijks.",
    Richting.HOGER: "Gemeenten zijn in 2030 circa 8 miljoen euro meer (5 tot 12) kwijt.",
    Richting.LAGER: "Gemeenten zijn in 2030 circa 8 miljoen euro minder (5 tot 12) kwijt.",
    Richting.ONZEKER: "Of gemeenten in 2030 meer of minder kwijt zijn, is onzeker: het verschil "
    "ligt tussen 4 miljoen euro minder en 9 miljoen euro meer.",
    Richting.HOOGUIT_HOGER: "Voor gemeenten veranderen de kosten in 2030 naar verwachting "
    "nauwelijks, maar ze kunnen tot 5 miljoen euro meer zijn.",
    Richting.HOOGUIT_LAGER: "Voor gemeenten veranderen de kosten in 2030 naar verwachting "
    "nauwelijks, maar ze kunnen tot 5 miljoen euro minder zijn.",
}


def test_elke_tak_heeft_een_geval() -> None:
    assert set(TAKKEN) == set(ZIN) == set(GELD) == set(Richting)


@pytest.mark.parametrize("tak", Richting)
def test_zin_volgt_teken_en_grootte(tak: Richting) -> None:
    band = TAKKEN[tak]
    onzeker = band.laag < 0 < band.hoog
    assert richting(band, onzeker) is tak
    assert verschilzin("het werk", band, onzeker, "in 2030") == ZIN[tak]
    assert geldzin("gemeenten", band, onzeker, "in 2030") == GELD[tak]


def test_midden_dat_de_band_tegenspreekt_maakt_de_richting_onzeker() -> None:
    assert richting(Band(-5000, 1000, 9000, "personen"), False) is Richting.ONZEKER


def test_kleine_aantallen_lekken_niet_in_een_zin() -> None:
    zin = verschilzin("de wachtlijst", Band(-3, -14, 2, "personen", True), True, "eind 2030")
    assert "tussen 10 lager en hooguit 10 hoger" in zin
    weinig = verschilzin("de wachtlijst", Band(3, 1, 8, "personen", True), False, "eind 2030")
    assert (
        weinig == "De wachtlijst verandert nauwelijks: minder dan 10 personen verschil eind 2030."
    )


def test_een_aandeel_wordt_een_percentage() -> None:
    zin = verschilzin("het deel", Band(0.2, 0.1, 0.3, "aandeel"), False, "in 2030")
    assert "20 procent hoger" in zin


@pytest.mark.parametrize(
    ("wie", "woord"), [("het Rijk", "is"), ("inwoners", "zijn"), ("de gemeente Weert", "is")]
)
def test_enkelvoud_en_meervoud(wie: str, woord: str) -> None:
    assert f" {woord} in 2030 circa" in geldzin(wie, TAKKEN[Richting.HOGER], False, "in 2030")


@given(banden())
def test_nooit_stijgt_bij_een_daling(band: Band) -> None:
    tak = richting(band, band.laag < 0 < band.hoog)
    if band.hoog <= 0:
        assert tak not in {Richting.HOGER, Richting.HOOGUIT_HOGER, Richting.ONZEKER}
    if band.laag >= 0:
        assert tak not in {Richting.LAGER, Richting.HOOGUIT_LAGER, Richting.ONZEKER}


def test_opsomming_en_uitersten() -> None:
    assert [opsomming(d) for d in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b en c"]
    assert uitersten(["x"], ["1"]) == "Er is één waarde. x: 1."
    assert uitersten(["x", "y"], ["2 (1 tot 3)", "1"]) == (
        "Hoogste: x, 2 (1 tot 3). Laagste: y, 1."
    )
    assert uitersten(["x", "y"], ["2 (1 tot 3)", "2 (0 tot 4)"]).endswith(
        "De middens zijn na afronding gelijk."
    )
    assert uitersten(["x", "y"], ["0 euro", "0 euro"]) == (
        "Alle waarden zijn na afronding gelijk: 0 euro."
    )


def test_een_kant_die_op_nul_afrondt_houdt_haar_teken() -> None:
    assert tussen(Band(-100, -520, 4, "fte")).endswith("tussen 500 fte lager en nauwelijks hoger")
    assert tussen(Band(100, -4, 520, "fte")).endswith("tussen nauwelijks lager en 500 fte hoger")
    assert tussen(Band(-100, -520, 0, "fte")).endswith("tussen 500 fte lager en nul")


@pytest.mark.parametrize(
    ("grootheid", "een_gemeente", "tekst"),
    [
        ("fte_tekort", False, "Het werk waarvoor gemeenten geen mensen hebben, is in 2030 circa 8"),
        ("fte_tekort", True, "Het werk waarvoor de gemeente geen mensen heeft, is in 2030 circa 8"),
        ("achterstand", True, "De achterstand op de taakstelling is in 2030 circa 8"),
    ],
)
def test_onderwerp_van_een_gemeente_is_enkelvoud(
    grootheid: str, een_gemeente: bool, tekst: str
) -> None:
    naam = onderwerp(grootheid, een_gemeente)
    assert verschilzin(naam, TAKKEN[Richting.HOGER], False, "in 2030").startswith(tekst)


def test_de_kaart_noemt_geen_nul_gemeenten() -> None:
    assert (
        verdeelzin(13, 329, 0)
        == "Het cijfer van een gemeente ligt bij 13 boven nul en bij 329 onder nul."
    )
    assert (
        verdeelzin(5, 0, 337)
        == "Het cijfer van een gemeente ligt bij 5 boven nul en bij 337 op nul."
    )
    assert [stipzin(0), stipzin(1), stipzin(2)] == [
        "",
        "In één gemeente is de richting onzeker; die heeft een stip. ",
        "In 2 gemeenten is de richting onzeker; die hebben een stip. ",
    ]


def test_elk_onderwerp_en_elke_figuur_bestaat_in_de_catalogus() -> None:
    gebruikt = {*ONDERWERP, *KERN, *(f for h in HOOFDSTUKKEN.values() for f in h.figuren)}
    assert gebruikt <= set(GROOTHEDEN)
    assert set(KERN) <= set(ONDERWERP)
    assert onderwerp("beroepen").startswith("de uitkomst '")
