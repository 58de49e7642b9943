"""``impact vergelijk`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_hoofd import draai, kopie

__all__ = ["kopie"]
WEINIG = ("--scenario", "einde_lvv", "--trekkingen", "40")


def test_vergelijk_schrijft_tabel_en_figuur(
    kopie: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    doel = tmp_path / "uit"
    status, uit, _ = draai(capsys, "vergelijk", *WEINIG, "--map", str(doel))
    assert status == 0
    assert "Niet in het model gebruikt:" in uit
    assert "keer: Eigen geld van Amsterdam voor de LVV, euro per jaar." in uit
    tabel = pd.read_csv(doel / "vergelijking-vergeleken.csv")
    assert set(tabel["scenario"]) == {"geldend_recht"}
    for naam in ("vergelijking.xlsx", "vergelijking-verhoudingen.svg"):
        assert (doel / naam).stat().st_size > 0


def test_een_ver_verschil_zonder_uitleg_geeft_een_melding(
    kopie: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bestand = kopie / "buitenschattingen.yaml"
    voor, na = bestand.read_text(encoding="utf-8").split("lvv_amsterdam_eigen:", 1)
    na = na.replace("  uitleg: >-\n", "  rekenstap: >-\n", 1)
    bestand.write_text(f"{voor}lvv_amsterdam_eigen:{na}", encoding="utf-8")
    doel = tmp_path / "uit"
    status, uit, fout = draai(capsys, "vergelijk", *WEINIG, "--map", str(doel))
    assert status == 2
    assert "buitenschatting 'lvv_amsterdam_eigen'" in fout
    assert "Schrijf 'uitleg' in parameters/buitenschattingen.yaml" in fout
    assert "Uitleg ontbreekt nog bij: Eigen geld van Amsterdam voor de LVV." in uit
    assert (doel / "vergelijking.xlsx").is_file()


def test_een_onbekend_scenario_krijgt_antwoord(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, fout = draai(capsys, "vergelijk", "--scenario", "einde_lv")
    assert status == 2
    assert "bedoelde u 'einde_lvv'?" in fout


def test_hulp_heeft_een_voorbeeld(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "vergelijk", "--help")
    assert status == 0
    assert "Voorbeeld: impact vergelijk" in uit
