"""The sheet of one municipality: what to prepare, its likes, and its own figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from impact.registry.eigenmodellen import als_bron, naam_bron
from impact.registry.uitvoeringsmodellen import Taak, Uitvoering, Voorbereiding
from impact.reporting.eigencijfers import (
    EIGEN_MERK,
    GEBRUIKT,
    bronnen_van,
    eigen_cijfers,
    eigencijfers_blok,
)
from impact.reporting.gemeenteblad import GELIJKEN, gelijken, groepen
from impact.reporting.getallen import MINTEKEN
from impact.reporting.rapport import Cijfer, Rapport
from impact.reporting.voorbereiding import (
    MEESTE_KOSTEN,
    genoemd,
    posten,
    taken,
    voorbereiding_blok,
    voorbereidzin,
)
from impact.reporting.voorbereiding import bronnen_van as taakbronnen
from impact.reporting.zinnen import Richting
from tests.inwinnen.opgaven import maak_opgave
from tests.reporting.test_zinnen import TAKKEN

ZIN = {
    Richting.GEEN: "",
    Richting.KLEIN: "",
    Richting.HOGER: "Reken op meer geld voor lessen: in 2030 circa 8 miljoen euro meer (5 tot 12), "
    "merkbaar vanaf de tweede helft van 2028.",
    Richting.LAGER: "Reken op minder geld voor lessen: in 2030 circa 8 miljoen euro minder "
    "(5 tot 12), merkbaar vanaf de tweede helft van 2028.",
    Richting.ONZEKER: "Houd rekening met meer of minder geld voor lessen: in 2030 tussen "
    "4 miljoen euro minder en 9 miljoen euro meer.",
    Richting.HOOGUIT_HOGER: "Houd rekening met tot 5 miljoen euro meer geld voor lessen in 2030.",
    Richting.HOOGUIT_LAGER: "Houd rekening met tot 5 miljoen euro minder geld voor lessen in 2030.",
}
GROOT, KLEIN = "GM0363", "GM0088"


@pytest.mark.parametrize("tak", Richting)
def test_de_zin_over_voorbereiding_volgt_teken_en_grootte(tak: Richting) -> None:
    band = TAKKEN[tak]
    cijfer = Cijfer(band, band, band, band.laag < 0 < band.hoog)
    assert voorbereidzin("geld voor lessen", cijfer, 2030, "2028-II") == ZIN[tak]


def test_zonder_begin_staat_er_geen_begin() -> None:
    band = TAKKEN[Richting.HOGER]
    assert "merkbaar" not in voorbereidzin("werk", Cijfer(band, band, band, False), 2030, "")


@pytest.mark.parametrize("gemeente", [GROOT, KLEIN])
def test_het_begin_valt_niet_voor_de_wet(rapport: Rapport, gemeente: str) -> None:
    eerste = min(str(stap.vanaf) for stap in rapport.scenario.maatregelen)
    for post in posten(rapport, gemeente):
        assert post.vanaf == "" or post.vanaf >= eerste
    geld = [p for p in genoemd(posten(rapport, gemeente), rapport.peiljaar) if p.betaler]
    assert len(geld) <= MEESTE_KOSTEN


def test_taken_van_gemeenten_staan_er_als_ze_beschreven_zijn(rapport: Rapport) -> None:
    assert "nog niet beschreven" in taken(
        replace(rapport, register=replace(rapport.register, uitvoering={}))
    )
    bron = next(iter(rapport.register.bronnen))
    vast = {"bron": bron, "kwaliteit": "groen"}
    taak = {"nu": "nu", "straks": "straks", "artikel": "art. 9", **vast}
    uitvoering = Uitvoering(
        taken=[
            Taak(taak="Woningen <zoeken>", wie="gemeente", **taak),
            Taak(taak="Besluiten", wie="ind", **taak),
        ],
        voorbereiding=[
            Voorbereiding(
                stap="Verordening aanpassen", wie="gemeente", maanden=6, laag=4, hoog=9, **vast
            )
        ],
    )
    register = replace(rapport.register, uitvoering={"verbod_voorrang": uitvoering})
    eigen = replace(rapport, register=register)
    html = taken(eigen)
    assert "Woningen &lt;zoeken&gt;" in html
    assert "Besluiten" not in html
    assert "Verordening aanpassen: 6 maanden (4 tot 9)." in html
    assert taakbronnen(eigen) == {bron}


def test_gelijken_zitten_in_dezelfde_klasse_en_lijken_het_meest(rapport: Rapport) -> None:
    alle = rapport.register.gemeenten
    for gemeente in ("GM0988", GROOT, KLEIN):
        zelf = alle.loc[gemeente]
        gekozen = gelijken(rapport, gemeente)
        klasse = alle[alle["grootteklasse"] == zelf["grootteklasse"]].drop(gemeente)
        assert len(gekozen) == min(GELIJKEN, len(klasse))
        assert set(gekozen) <= set(klasse.index)
        afstand = (klasse["stedelijkheid_2024"] - zelf["stedelijkheid_2024"]).abs()
        assert afstand[gekozen].max() <= afstand.drop(gekozen).min() or len(klasse) <= GELIJKEN
        assert groepen(rapport, gemeente)[0][2] == gemeente


def test_eigen_cijfers_hebben_een_bron_en_een_opdracht_om_na_te_gaan(rapport: Rapport) -> None:
    cijfers = eigen_cijfers(rapport, GROOT)
    assert len(cijfers) > len(GEBRUIKT)
    assert all(c.controle and c.bron in rapport.register.bronnen for c in cijfers)
    assert len(eigen_cijfers(rapport, KLEIN)) == len(GEBRUIKT)
    html = eigencijfers_blok(rapport, KLEIN)
    doelen = set(re.findall(r'href="#bron-([^"]+)"', html))
    assert len(doelen) == len(bronnen_van(rapport, KLEIN))
    assert "@" not in html


def test_een_eigen_cijfer_staat_gemerkt_in_het_blad(rapport: Rapport) -> None:
    opgave = maak_opgave(KLEIN, opvangtaak=12.0, achterstand=-3.0)
    bron = als_bron(opgave, "Plaats & <zonen>")
    register = replace(
        rapport.register,
        eigen={KLEIN: opgave},
        bronnen={**rapport.register.bronnen, naam_bron(KLEIN): bron},
    )
    eigen = replace(rapport, register=register)
    html = eigencijfers_blok(eigen, KLEIN)
    assert html.count(EIGEN_MERK) == 2
    assert "12 plaatsen" in html
    assert "1 januari 2026, eigen registratie" in html
    assert "Begint bij het eigen cijfer van uw gemeente." in html
    assert naam_bron(KLEIN) in bronnen_van(eigen, KLEIN)
    assert len(eigen_cijfers(eigen, KLEIN)) == len(eigen_cijfers(rapport, KLEIN)) - 1
    assert EIGEN_MERK not in eigencijfers_blok(eigen, GROOT)


def test_kleine_aantallen_staan_niet_in_de_voorbereiding(rapport: Rapport) -> None:
    soep = BeautifulSoup(voorbereiding_blok(rapport, KLEIN), "html.parser")
    for rij in soep.select("table.cijfers tbody tr"):
        if "(personen)" in rij.th.text or "(huishoudens)" in rij.th.text:
            for cel in rij.select("td.getal"):
                kaal = cel.find(string=True, recursive=False).strip().lstrip(f"+{MINTEKEN}")
                assert kaal.startswith("minder dan 10") or kaal == "0" or int(kaal) >= 10
