"""What is needed, in words: every branch; and the chart and section of a real answer."""

from __future__ import annotations

import math
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from impact.analysis.omslagpunt import Vraag, bereken_omslagpunt, wat_is_nodig
from impact.analysis.opslag import Analyse, Instelling
from impact.reporting.omslagfiguur import kort_antwoord, omslagfiguren, wat_is_nodig_blok
from impact.reporting.omslagpunt import (
    NIETS_TE_METEN,
    Rij,
    antwoordzin,
    bladen,
    deel,
    gebiedstekst,
    niets_te_meten,
    nodigtabel,
    nodigtekst,
    standzin,
)
from impact.reporting.rapport import Rapport
from tests.reporting.conftest import SCENARIO, TREKKINGEN

NAN = math.nan


def rij(**anders: object) -> Rij:
    gewoon: dict[str, object] = {
        "conclusie": "gat_nul",
        "gebied": "NL",
        "knop": "bijdrage_per_gehuisveste",
        "omschrijving": "Bijdrage van het Rijk.",
        "soort": "instrument",
        "eenheid": "euro per persoon",
        "laagste": 0.0,
        "hoogste": 100_000.0,
        "ja_boven": True,
        "geval": "waarde",
        "nu_midden": 0.0,
        "nodig_midden": 23_000.0,
        "nodig_laag": 12_000.0,
        "nodig_hoog": 41_000.0,
        "aandeel_omslag": 1.0,
        "aandeel_altijd_ja": 0.0,
        "aandeel_altijd_nee": 0.0,
        "aandeel_andersom": 0.0,
        "uitkomst_eenheid": "euro per jaar",
        "grens": 0.0,
        "voldoet_nu": False,
        "aandeel_voldoet_nu": 0.05,
        "uitkomst_nu_laag": 1e6,
        "uitkomst_nu_hoog": 9e6,
        "uitkomst_bij_laagste": 8e8,
        "uitkomst_bij_hoogste": 2e8,
        "extra_rijk_midden": NAN,
        "extra_rijk_laag": NAN,
        "extra_rijk_hoog": NAN,
    }
    return {**gewoon, **anders}


def test_nodige_waarde_met_band_en_waarde_van_nu() -> None:
    assert antwoordzin(rij()) == (
        "Bijdrage van het Rijk: nodig is ten minste circa 23 duizend euro per persoon (12 tot 41). "
        "Nu is dat 0 euro per persoon."
    )


def test_onder_de_omslag_goed_is_hoogstens() -> None:
    assert "nodig is hoogstens circa" in antwoordzin(rij(ja_boven=False))


def test_trekkingen_zonder_antwoord_worden_genoemd() -> None:
    zin = antwoordzin(rij(aandeel_altijd_nee=0.08, aandeel_altijd_ja=0.03, nodig_hoog=NAN))
    assert "In 8 procent van de trekkingen is geen waarde tussen 0 en 100 duizend euro" in zin
    assert "In 3 procent van de trekkingen is elke waarde in dat bereik genoeg." in zin
    assert "hoog: nog niet genoeg bij 100" in zin


@pytest.mark.parametrize(
    ("ja_boven", "kant", "tekst"),
    [
        (True, "laag", "(laag: al genoeg bij 0; hoog: 40)"),
        (True, "hoog", "(laag: 10; hoog: nog niet genoeg bij 100)"),
        (False, "laag", "(laag: nog niet genoeg bij 0; hoog: 40)"),
        (False, "hoog", "(laag: 10; hoog: al genoeg bij 100)"),
    ],
)
def test_band_buiten_het_bereik_zegt_wat_daar_geldt(ja_boven: bool, kant: str, tekst: str) -> None:
    assert tekst in nodigtekst(rij(ja_boven=ja_boven, **{f"nodig_{kant}": NAN}))


def test_geen_waarde_noemt_de_uitkomst_aan_beide_einden() -> None:
    zin = antwoordzin(rij(geval="nooit", nodig_midden=NAN, nodig_laag=NAN, nodig_hoog=NAN))
    assert "er bestaat geen waarde tussen 0 en 100 duizend euro per persoon die genoeg is" in zin
    assert "800 miljoen euro per jaar bij 0 euro per persoon" in zin
    assert "200 miljoen euro per jaar bij 100 duizend euro per persoon" in zin
    assert "bestaat zo'n waarde wel" in zin


def test_geen_waarde_in_geen_enkele_trekking() -> None:
    zin = antwoordzin(rij(geval="nooit", nodig_midden=NAN, aandeel_altijd_nee=1.0))
    assert "bestaat zo'n waarde wel" not in zin


def test_wat_al_zo_is_noemt_de_marge() -> None:
    zin = antwoordzin(rij(geval="geldt_al", nu_midden=30_000.0))
    assert "het is nu al zo, bij 30,0 duizend euro per persoon" in zin
    assert "Het blijft zo bij ten minste circa 23 duizend euro per persoon" in zin


def test_wat_bij_elke_waarde_zo_is() -> None:
    zin = antwoordzin(rij(geval="geldt_altijd", nodig_midden=NAN, aandeel_altijd_ja=0.8))
    assert "het blijft zo bij elke waarde tussen 0 en 100 duizend euro per persoon" in zin
    assert "In 20 procent van de trekkingen geldt dat niet bij elke waarde." in zin
    assert "Met ten minste 41,0 duizend euro per persoon is het in 19 van de 20" in zin
    onhaalbaar = antwoordzin(rij(geval="geldt_altijd", aandeel_altijd_ja=0.8, nodig_hoog=NAN))
    assert "19 van de 20" not in onhaalbaar


@pytest.mark.parametrize(
    ("geval", "tekst", "kort"),
    [
        ("elke_waarde", "elke vaste waarde tussen 0 en 100", "elke waarde tussen"),
        ("alleen_nu", "het is nu zo, maar bij geen enkele vaste waarde", "het is nu zo"),
        ("geen_invloed", "deze knop verandert niets aan deze uitkomst", "geen invloed"),
        ("geldt_al", "het is nu al zo", "het blijft zo bij ten minste circa 23"),
        ("geldt_altijd", "het is nu al zo", "het is al zo"),
        ("nooit", "er bestaat geen waarde", "geen waarde tussen"),
        ("waarde", "nodig is ten minste", "circa 23"),
    ],
)
def test_elk_soort_antwoord_heeft_een_zin(geval: str, tekst: str, kort: str) -> None:
    assert tekst in antwoordzin(rij(geval=geval))
    assert kort in kort_antwoord(rij(geval=geval))


def test_meer_omslagen_worden_allemaal_genoemd() -> None:
    zin = antwoordzin(rij(), [23_000.0, 61_000.0])
    assert "gaat 2 keer door de grens, bij 23,0 duizend euro per persoon en 61,0 duizend" in zin
    assert "keer door de grens" not in antwoordzin(rij(), [23_000.0])


def test_andersom_wordt_genoemd() -> None:
    assert "In 4 procent van de trekkingen werkt de knop andersom." in antwoordzin(
        rij(aandeel_andersom=0.04)
    )


def test_kosten_voor_het_rijk_staan_erbij() -> None:
    zin = antwoordzin(rij(extra_rijk_midden=5.0e8, extra_rijk_laag=3.0e8, extra_rijk_hoog=9.0e8))
    assert "Dat kost het Rijk per jaar circa 500 miljoen euro (300 tot 900) meer." in zin


def test_aandeel_staat_in_procent() -> None:
    zin = antwoordzin(
        rij(
            eenheid="aandeel per jaar",
            laagste=0.0,
            hoogste=1.0,
            nu_midden=0.04,
            nodig_midden=0.12,
            nodig_laag=0.05,
            nodig_hoog=0.31,
        )
    )
    assert "ten minste circa 12 procent per jaar (5 tot 31). Nu is dat 4,0 procent" in zin


@pytest.mark.parametrize(
    ("aandeel", "tekst"),
    [
        (0.0, "in 0 procent"),
        (0.001, "in minder dan 1 procent"),
        (0.5, "in 50 procent"),
        (0.999, "in meer dan 99 procent"),
        (1.0, "in 100 procent"),
    ],
)
def test_deel_rondt_nooit_af_naar_niets_of_alles(aandeel: float, tekst: str) -> None:
    assert deel(aandeel).startswith(tekst)


def test_stand_volgt_het_gemiddelde_en_het_aandeel(rapport: Rapport) -> None:
    conclusie = rapport.register.conclusies["gat_nul"]
    nee = standzin(rij(), conclusie)
    assert nee == f"{conclusie.nee} Dat is zo in 95 procent van de trekkingen."
    ja = standzin(rij(voldoet_nu=True, aandeel_voldoet_nu=0.7), conclusie)
    assert ja == f"{conclusie.ja} Dat is zo in 70 procent van de trekkingen."


def test_niets_te_meten_als_alles_nul_is_en_niets_invloed_heeft() -> None:
    nul = rij(geval="geen_invloed", uitkomst_nu_laag=0.0, uitkomst_nu_hoog=0.0)
    assert niets_te_meten(pd.DataFrame([nul, nul]))
    assert not niets_te_meten(pd.DataFrame([nul, {**nul, "geval": "waarde"}]))
    assert not niets_te_meten(pd.DataFrame([{**nul, "uitkomst_nu_hoog": 3.0}]))


def test_gemeente_krijgt_uitleg_over_de_landelijke_knop(rapport: Rapport) -> None:
    assert gebiedstekst(rapport.register, "NL") == ""
    assert "Dit gaat over Utrecht" in gebiedstekst(rapport.register, "GM0344")


@pytest.fixture(scope="module")
def wachtrij(rapport: Rapport) -> Analyse:
    vraag = Vraag(SCENARIO, "wachtrij_niet_langer", "doorstroomplaatsen")
    with ThreadPoolExecutor(1) as werker:
        return bereken_omslagpunt(rapport.register, vraag, Instelling(TREKKINGEN), werker)


def test_figuur_toont_grens_omslag_en_nu(rapport: Rapport, wachtrij: Analyse) -> None:
    (figuur,) = omslagfiguren(rapport.register, wachtrij)
    omslag = float(wachtrij.tabel("omslagen")["waarde"].iloc[0])
    afgerond = f"{round(omslag, -2):,.0f}".replace(",", ".")
    for woord in ("grens", "nu", f"{afgerond} plaatsen"):
        assert re.search(rf">{woord}<", figuur.svg), woord
    assert f"door de grens van 500 personen bij {afgerond} plaatsen" in figuur.beschrijving
    assert len(wachtrij.tabel("raster")) == figuur.tabel.count("<tr>") - 1


def test_bladen_hebben_elke_tabel_en_de_zin(rapport: Rapport, wachtrij: Analyse) -> None:
    namen = [blad.naam for blad in bladen(rapport.register, wachtrij)]
    assert namen == ["nodig", "omslagen", "raster", "trekkingen", "gemeenten"]
    tabel = nodigtabel(rapport.register, wachtrij)
    assert tabel["zin"].str.startswith("Plaatsen in doorstroomlocaties, landelijk: ").all()
    assert tabel["aandeel_zonder_antwoord"].between(0, 1).all()


def test_blok_beantwoordt_elke_conclusie_in_het_rapport(rapport: Rapport) -> None:
    conclusies = {
        naam: inhoud.model_copy(update={"knoppen": inhoud.knoppen[:1]})
        for naam, inhoud in rapport.register.conclusies.items()
        if naam in ("wachtrij_niet_langer", "werk_past")
    }
    klein = replace(rapport, register=replace(rapport.register, conclusies=conclusies))
    with ThreadPoolExecutor(1) as werker:
        analyse = wat_is_nodig(klein.register, SCENARIO, Instelling(3), werker)
    html = wat_is_nodig_blok(klein, analyse)
    for conclusie in conclusies.values():
        assert f"<h3>{conclusie.titel}</h3>" in html
    assert "Er zijn 3 trekkingen gebruikt." in html
    assert html.count("<figure") == 1
    assert "wat is nodig? Nooit genoeg: deel van de trekkingen" in html


def test_blok_zegt_dat_er_niets_te_meten_is(rapport: Rapport) -> None:
    vraag = Vraag("afschaffing_taakstelling", "achterstand_stabiel", "kans_zonder_voorrang")
    with ThreadPoolExecutor(1) as werker:
        analyse = bereken_omslagpunt(rapport.register, vraag, Instelling(3), werker)
    assert NIETS_TE_METEN in wat_is_nodig_blok(rapport, analyse)
