"""The backtest in words: every branch, and a notebook that runs from top to bottom."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from impact.analysis.opslag import Analyse
from impact.analysis.terugtoets import bereken_terugtoets
from impact.registry.laden import laad_register
from impact.reporting import terugtoetsing as toets
from impact.reporting import terugtoetszinnen as zinnen
from impact.reporting.rapport import Rapport
from impact.reporting.uitvoeren import maak_rapport


@pytest.fixture(scope="module")
def analyse(resultaten: Path) -> Analyse:
    return bereken_terugtoets(laad_register(), trekkingen=8)


def scores(goed: list[bool], scheefheid: float = 0.0, eenheid: str = "personen") -> pd.DataFrame:
    """Scores of one series at the horizons of the goal."""
    return pd.DataFrame(
        {
            "halfjaren_vooruit": [2, 3, 4],
            "eenheid": eenheid,
            "model": [900.0 if g else 1100.0 for g in goed],
            "beste_naieve": 1000.0,
            "fout_gehaald": goed,
            "scheefheid": scheefheid,
        }
    )


@pytest.mark.parametrize(
    ("goed", "woorden"),
    [
        ([True, True, True], "minder ver naast"),
        (
            [True, False, False],
            "niet steeds beter dan de beste eenvoudige voorspelling: bij 3 en 4",
        ),
        ([False, False, False], "nergens beter"),
    ],
)
def test_oordeel_volgt_de_fouten(goed: list[bool], woorden: str) -> None:
    zin = zinnen.foutzin(scores(goed))
    assert woorden in zin
    assert "Gemiddelde fout in personen:" in zin
    assert "tegen 1.000 bij 4 halfjaren vooruit" in zin


@pytest.mark.parametrize(
    ("dekking", "woorden"),
    [(0.5, "te smal"), (0.9, "past dat daarbij"), (1.0, "aan de brede kant")],
)
def test_oordeel_volgt_de_dekking(dekking: float, woorden: str) -> None:
    zin = zinnen.dekkingszin(20, dekking)
    assert woorden in zin
    assert f"{round(20 * dekking)} van de 20 keer" in zin


@pytest.mark.parametrize(
    ("scheefheid", "woord"), [(-800.0, "te laag"), (800.0, "te hoog"), (100.0, "")]
)
def test_scheefheid_wordt_gezegd_als_zij_groot_is(scheefheid: float, woord: str) -> None:
    zin = zinnen.scheefheidszin(scores([True] * 3, scheefheid))
    assert (woord in zin) if woord else zin == ""


@pytest.mark.parametrize(
    ("echt", "woorden"),
    [
        ([5.0, 5.0, float("nan")], "nergens buiten"),
        ([5.0, 11.0, 12.0], "2 van de 3 keer buiten de band, verspreid over 2 halfjaren"),
        ([5.0, 5.0, -1.0], "1 van de 3 keer buiten de band. Daarvan ging het 1 keer om 2022-II"),
    ],
)
def test_waar_de_band_het_mis_had(echt: list[float], woorden: str) -> None:
    perioden = ["2021-I", "2022-I", "2022-II"]
    tabel = pd.DataFrame({"periode": perioden, "laag": 0.0, "hoog": 10.0, "werkelijk": echt})
    assert woorden in zinnen.misserszin(tabel)


def test_elke_reeks_krijgt_een_uitslag(analyse: Analyse) -> None:
    assert set(zinnen.uitslag(analyse)) == set(zinnen.REEKSNAAM)


def test_een_niet_gehaald_doel_krijgt_zijn_oorzaak(analyse: Analyse) -> None:
    teksten, dekking = zinnen.uitslag(analyse), analyse.tabel("dekking").set_index("reeks")
    for (naam, wat), oorzaak in zinnen.OORZAAK.items():
        if wat != "fout":
            breedte = zinnen.breedte_van_band(float(dekking.loc[naam, "dekking"]))
            assert (oorzaak in teksten[naam]) == (breedte == wat)


def test_de_kleinste_fout_is_vet(analyse: Analyse) -> None:
    soep = BeautifulSoup(toets.maatstaventabel(analyse), "html.parser")
    rijen = soep.tbody.find_all("tr")
    assert len(rijen) == len(analyse.tabel("maatstaven"))
    assert all(rij.find("strong") for rij in rijen)


def test_figuren_hebben_een_tabel_met_dezelfde_cijfers(analyse: Analyse) -> None:
    figuur = toets.waaierfiguur(analyse, "gehuisvest")
    rijen = BeautifulSoup(figuur.tabel, "html.parser").tbody.find_all("tr")
    assert len(rijen) == 36
    assert "17.126" in figuur.tabel
    assert "<svg" in toets.foutfiguur(analyse).svg


def test_blok_staat_in_het_rapport(rapport: Rapport, analyse: Analyse) -> None:
    blok = BeautifulSoup(toets.terugtoets_blok(rapport, analyse), "html.parser")
    assert len(blok.find_all("figure")) == 3
    assert rapport.scenario.titel in blok.p.text
    assert "9 eerdere halfjaren" in blok.p.text


def test_bladen_hebben_alle_tabellen(analyse: Analyse) -> None:
    assert [blad.naam for blad in toets.bladen(analyse)] == [
        "maatstaven",
        "dekking",
        "voorspellingen",
        "kalibratie",
    ]


def test_notebook_loopt_van_boven_tot_onder(resultaten: Path, tmp_path: Path) -> None:
    doel = tmp_path / "verantwoording.html"
    maak_rapport("verantwoording", {"trekkingen": 8}, doel)
    soep = BeautifulSoup(doel.read_text(encoding="utf-8"), "html.parser")
    assert soep.h1.text == "Hoe goed is het model?"
    assert len(soep.find_all("figure")) == 5
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in soep.find_all("a", href=True)} <= set(ids)
