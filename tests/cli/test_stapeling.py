"""``impact stapeling`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_hoofd import draai


@pytest.fixture
def uitvoer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    return tmp_path / "uit"


def test_stapeling_van_begin_tot_eind(uitvoer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keuze = ["einde_lvv", "--trekkingen", "3", "--map", str(uitvoer)]
    status, uit, _ = draai(capsys, "stapeling", *keuze)
    assert status == 0
    assert "Het hele effect komt van: Beëindiging van de Landelijke" in uit
    assert "meer kwijt zijn: door deze wet circa" in uit
    assert "elkaar" not in uit
    namen = {pad.name for pad in uitvoer.iterdir()}
    assert namen == {
        "stapeling.xlsx",
        "stapeling-uitkomsten.csv",
        "stapeling-gemeenten.csv",
        "stapeling-wetten.csv",
        "stapeling-waterval-nederland-gat_gemeenten.svg",
    }
    tabel = pd.read_csv(uitvoer / "stapeling-gemeenten.csv")
    assert tabel["gemeente"].nunique() == 342
    assert set(tabel["uitkomst"]) == {"gat_gemeenten"}


def test_stapeling_van_een_gemeente_en_een_groep(
    uitvoer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keuze = ["oekraine_eigen_bijdrage", "--per", "maatregel", "--gemeente", "Utrecht"]
    status, uit, _ = draai(capsys, "stapeling", *keuze, "--trekkingen", "2", "--map", str(uitvoer))
    assert status == 0
    assert ", Utrecht\n" in uit


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["verbod_vorrang"], "bedoelde u 'verbod_voorrang'?"),
        (["recht_2025"], "heeft geen maatregelen"),
        (["einde_lvv", "--uitkomst", "gat_gemente"], "bedoelde u 'gat_gemeenten'?"),
        (["einde_lvv", "--gemeente", "Weet"], "bedoelde u 'Weert'?"),
        (["vier_wetten", "--per", "maatregel"], "Reken per wet (--per wet)"),
        (["vier_wetten", "--samen", "verbod_vorrang,tweestatusstelsel"], "'verbod_voorrang'?"),
        (
            ["einde_lvv", "--uitkomst", "ind_piek", "--gemeente", "Weert", "--trekkingen", "1"],
            "alleen voor heel Nederland",
        ),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, uitvoer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, "stapeling", *argumenten)
    assert status == 2
    assert tekst in fout
    assert not uitvoer.exists()


def test_hulp_heeft_een_voorbeeld(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "stapeling", "--help")
    assert status == 0
    assert "Voorbeeld: impact stapeling" in uit
