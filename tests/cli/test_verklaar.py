"""``impact verklaar`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from impact.cli.hoofd import main

VAST = ["--scenario", "verbod_voorrang", "--trekkingen", "4"]


@pytest.fixture(scope="module")
def resultaten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resultaten")


@pytest.fixture(autouse=True)
def omgeving(resultaten: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(resultaten))
    monkeypatch.setenv("COLUMNS", "200")


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    """Run a command; return exit status, output and messages."""
    with pytest.raises(SystemExit) as einde:
        main(argumenten)
    uit = capsys.readouterr()
    return int(einde.value.code or 0), uit.out, uit.err


def test_boom_tabel_figuur_en_pagina(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    vraag = ["verklaar", "achterstand", "--gemeente", "Utrecht", "--periode", "2028-I", *VAST]
    status, uit, _ = draai(capsys, *vraag, "--diep", "5", "--html", "--map", str(tmp_path))
    assert status == 0
    assert "Achterstand op de taakstelling (Utrecht, 2028-I, scenario verbod_voorrang)" in uit
    assert "Gepubliceerd cijfer: " in uit
    assert "naar boven afgerond" in uit
    assert "parameters/aannames/taakstelling.yaml, regel" in uit
    assert "Verder uitleggen kan met --diep" in uit
    naam = "verklaar-achterstand-gm0344-2028-i"
    assert (tmp_path / f"{naam}.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(list(tmp_path.glob("*.svg"))) == 1
    tabel = pd.read_csv(tmp_path / f"{naam}-boom.csv")
    assert tabel["diepte"].max() == 5
    werkboek = openpyxl.load_workbook(tmp_path / f"{naam}.xlsx")
    assert werkboek["boom"].max_row == len(tabel) + 4


def test_een_verschil_toont_de_maatregel(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    vraag = ["verklaar", "kans_corporatiewoning", "--gemeente", "GM0344", "--periode", "2028-I"]
    status, uit, _ = draai(capsys, *vraag, *VAST, "--verschil", "--map", str(tmp_path))
    assert status == 0
    assert "referentie 1, verschil \N{MINUS SIGN}0,925" in uit
    assert "verbod_voorrang_sociale_huur vervangt aandeel met voorrang vanaf 2027-I." in uit
    assert "niet in de referentie" in uit
    assert not list(tmp_path.glob("*.html"))


def test_een_geijkt_cijfer_zegt_hoe_het_is_bepaald(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    vraag = ["verklaar", "tempo_ind", "--periode", "2026-I", *VAST, "--map", str(tmp_path)]
    status, uit, _ = draai(capsys, *vraag)
    assert status == 0
    assert "vergunningen per halfjaar. De aannames geven" in uit
    assert "impact terugtoets en het notebook verantwoording" in uit


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["achterstnd", "--periode", "2028-I", *VAST], "bedoelde u 'achterstand'?"),
        (["achterstand", "--periode", "2028-III", *VAST], "gebruik 2028-I of 2028-II"),
        (
            ["achterstand", "--periode", "2028-I", "--gemeente", "Utrech", *VAST],
            "bedoelde u 'Utrecht'?",
        ),
        (
            ["achterstand", "--periode", "2028-I", "--scenario", "verbod_vorrang"],
            "bedoelde u 'verbod_voorrang'?",
        ),
        (["kosten_totaal", "--periode", "2028-I", "--betaler", "bank", *VAST], "kies uit coa"),
        (["achterstand", *VAST], "--periode"),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, "verklaar", *argumenten)
    assert status == 2
    assert tekst in fout
    assert "Traceback" not in fout
