"""Outside estimates in the report: every sentence follows the figures, and nothing is hidden."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from impact.analysis.opslag import Analyse
from impact.reporting.rapport import Rapport
from impact.reporting.vergelijking import (
    GEEN,
    bevindingen,
    buitentekst,
    grenstekst,
    regeltekst,
    vergelijking_bladen,
    vergelijking_blok,
    vergelijkingsfiguur,
    verhoudingtekst,
    volgorde,
)

BASIS: dict[str, Any] = {
    "naam": "a",
    "titel": "Mensen in de opvang",
    "meet": "Wie er woont.",
    "periode": "2026",
    "eenheid": "personen",
    "prijspeil": None,
    "gepubliceerd": 100.0,
    "buiten_midden": 100.0,
    "buiten_laag": 100.0,
    "buiten_hoog": 100.0,
    "rekenstap": None,
    "bron": "x",
    "bron_titel": "Titel",
    "uitgever": "NOS <b>",
    "datum": "2024-06",
    "url": "https://nos.nl/a",
    "scenario": "geldend_recht",
    "maat": "niveau",
    "van": "2026-I",
    "tot": "2026-II",
    "midden": 80.0,
    "laag": 60.0,
    "hoog": 90.0,
    "verhouding": 0.8,
    "verhouding_laag": 0.6,
    "verhouding_hoog": 0.9,
    "oordeel": "binnen",
    "gebruikt_in_model": False,
    "verschil_in_begrip": "Een ander jaar.",
    "uitleg": None,
}
VER: dict[str, Any] = {
    "titel": "Geld van de stad",
    "midden": 300.0,
    "laag": 200.0,
    "hoog": 400.0,
    "verhouding": 3.0,
    "verhouding_laag": 2.0,
    "verhouding_hoog": 4.0,
    "oordeel": "buiten",
    "uitleg": "Wij tellen anders.",
}
ZONDER = {**BASIS, "titel": "Duitsland", "reden": "Een ander land."}


def maak(tmp_path: Path, *rijen: dict[str, Any], zonder: bool = False) -> Analyse:
    """Analysis with the given rows."""
    pd.DataFrame([{**BASIS, **rij} for rij in rijen]).to_parquet(tmp_path / "vergeleken.parquet")
    leeg = pd.DataFrame([ZONDER] if zonder else [])
    leeg.to_parquet(tmp_path / "niet_vergelijkbaar.parquet")
    manifest = json.dumps({"onder": 0.5, "boven": 2.0})
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    return Analyse(tmp_path)


@pytest.mark.parametrize(
    ("verhouding", "tekst"),
    [
        (0.8369, "0,84"),
        (1.0, "1,0"),
        (3.86, "3,9"),
        (12.4, "12"),
        (250.0, "250"),
        (0.19, "0,19"),
        (-0.0027, "bijna nul"),
        (0.049, "bijna nul"),
        (-1.5, "\N{MINUS SIGN}1,5"),
    ],
)
def test_een_verhouding_heeft_twee_cijfers(verhouding: float, tekst: str) -> None:
    assert verhoudingtekst(verhouding) == tekst


@pytest.mark.parametrize(
    ("rijen", "zin"),
    [
        ([{}], "Eén cijfer van anderen staat los van het model. Het ligt binnen de grenzen: ons"),
        ([{}, {}], "2 cijfers van anderen staan los van het model. Ze liggen allemaal binnen"),
        ([{}, VER], "staan los van het model. Daarvan ligt er 1 binnen de grenzen (tussen 0,5 en"),
        ([{}, {}, VER], "3 cijfers van anderen staan los van het model. Daarvan liggen er 2"),
        ([VER], "Geen enkel cijfer ligt binnen de grenzen (tussen 0,5 en 2 keer)."),
    ],
)
def test_de_telling_volgt_de_cijfers(tmp_path: Path, rijen: list[dict[str, Any]], zin: str) -> None:
    assert zin in bevindingen(maak(tmp_path, *rijen))[0]


def test_wat_buiten_ligt_krijgt_zijn_uitleg_en_wat_gebruikt_is_telt_niet_mee(
    tmp_path: Path,
) -> None:
    vast = {"gebruikt_in_model": True}
    regels = bevindingen(maak(tmp_path, {}, VER, vast, {**VER, **vast, "titel": "Uren"}))
    assert regels[0].startswith("2 cijfers van anderen staan los")
    assert (
        regels[1] == "Geld van de stad: ons cijfer is 3,0 keer dat van anderen. Wij tellen anders."
    )
    assert regels[2].startswith(
        "2 cijfers van anderen zijn gebruikt in het model. Daarvan ligt er 1"
    )
    assert "Dat bewijst niets" in regels[2]
    assert regels[3].startswith("Uren (gebruikt in het model): ons cijfer is 3,0 keer")
    assert len(regels) == 4


def test_alleen_gebruikte_cijfers_geven_geen_telling(tmp_path: Path) -> None:
    regels = bevindingen(maak(tmp_path, {"gebruikt_in_model": True}))
    assert len(regels) == 1
    assert regels[0].startswith("Eén cijfer van anderen is gebruikt in het model.")


def test_een_uitleg_die_ontbreekt_staat_er_open_en_bloot(tmp_path: Path) -> None:
    analyse = maak(tmp_path, {}, {**VER, "uitleg": None})
    regels = bevindingen(analyse)
    assert (
        "Geld van de stad: ons cijfer is 3,0 keer dat van anderen. Een uitleg ontbreekt nog."
        in regels
    )
    assert regels[-1] == "Uitleg ontbreekt nog bij: Geld van de stad."
    assert "Uitleg ontbreekt nog." in vergelijkingsfiguur(analyse).tabel


def test_een_cijfer_van_bijna_nul_heeft_geen_veelvoud(tmp_path: Path) -> None:
    nul = {**VER, "verhouding": -0.002, "verhouding_laag": -1.0, "verhouding_hoog": 1.0}
    analyse = maak(tmp_path, {}, nul)
    assert "Geld van de stad: ons cijfer is bijna nul. Wij tellen anders." in bevindingen(analyse)
    assert "bijna nul" in vergelijkingsfiguur(analyse).beschrijving


def test_de_figuur_heeft_elk_cijfer_een_adres_en_geen_vreemde_opmaak(tmp_path: Path) -> None:
    veel = {**VER, "titel": "Veel te hoog", "verhouding": 40.0, "verhouding_hoog": 50.0}
    ander = {"gebruikt_in_model": True, "titel": "Gebruikt", "buiten_laag": 50.0}
    figuur = vergelijkingsfiguur(maak(tmp_path, {}, VER, veel, ander))
    for titel in ("Mensen in de opvang", "Geld van de stad", "Veel te hoog", "Gebruikt"):
        assert titel in figuur.svg
        assert titel in figuur.tabel
    assert "Bij 2 van de 4 cijfers is ons cijfer tussen 0,5 en 2 keer" in figuur.beschrijving
    assert "NOS &lt;b&gt;" in figuur.tabel
    assert 'href="https://nos.nl/a"' in figuur.tabel
    assert "juni 2024" in figuur.tabel
    assert "buiten de grenzen" in figuur.tabel
    assert "vergeleken met 100" in figuur.tabel
    assert "NaN" not in figuur.svg


def test_bedragen_tonen_ook_hun_eigen_prijspeil(tmp_path: Path) -> None:
    oud = {
        "eenheid": "euro per jaar",
        "prijspeil": 2019,
        "gepubliceerd": 90.0,
        "rekenstap": "2 x 45",
    }
    tabel = vergelijkingsfiguur(maak(tmp_path, oud, {"maat": "verschil"})).tabel
    assert "90 in prijzen van 2019" in tabel
    assert "Berekend: 2 x 45" in tabel
    assert "verschil met de referentie" in tabel


def test_een_bereik_staat_er_als_bereik() -> None:
    assert buitentekst({**BASIS, "buiten_laag": 50.0, "buiten_hoog": 200.0}) == "50 tot 200"
    assert buitentekst(BASIS) == "100"
    assert regeltekst(BASIS) == (
        "0,80 keer: Mensen in de opvang, personen. Van anderen 100, van ons 80 (60 tot 90)."
    )
    assert regeltekst({**BASIS, "verhouding": 0.01}).startswith("bijna nul: Mensen")


def test_eerst_staat_wat_het_model_niet_gebruikt(tmp_path: Path) -> None:
    gebruikt = {"gebruikt_in_model": True, "naam": "u", "verhouding": 9.0}
    analyse = maak(tmp_path, gebruikt, {"naam": "laag"}, {**VER, "naam": "hoog"})
    assert list(volgorde(analyse.tabel("vergeleken"))["naam"]) == ["hoog", "laag", "u"]
    assert grenstekst(analyse) == "tussen 0,5 en 2"


def test_het_blok_toont_wat_niet_te_vergelijken_is(tmp_path: Path, rapport: Rapport) -> None:
    blok = vergelijking_blok(rapport, maak(tmp_path, {}, VER, zonder=True))
    for woord in ("<figure", "Wij tellen anders.", "Niet te vergelijken", "Een ander land."):
        assert woord in blok
    assert len(vergelijking_bladen(maak(tmp_path, {}, zonder=True))) == 2


def test_een_blok_zonder_cijfers_zegt_dat(tmp_path: Path, rapport: Rapport) -> None:
    leeg = maak(tmp_path)
    assert GEEN in vergelijking_blok(rapport, leeg)
    assert bevindingen(leeg) == [GEEN]
    assert vergelijking_bladen(leeg) == []
