"""The municipalities: groups, networks and inhabitants of any year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.gemeenten import inwoners, is_gepubliceerd
from tests.registry.boom import PEILJAREN, code, laad, vervang


@pytest.fixture
def gemeenten(boom: Path) -> pd.DataFrame:
    return laad(boom).gemeenten


def test_gesorteerd_op_code(gemeenten: pd.DataFrame) -> None:
    assert gemeenten.index.is_unique
    assert gemeenten.index.is_monotonic_increasing
    assert gemeenten.index.name == "gemeentecode"


@pytest.mark.parametrize(
    ("inwoners_2025", "klasse"),
    [
        (0, "tot 20.000"),
        (19_999, "tot 20.000"),
        (20_000, "20.000 tot 50.000"),
        (50_000, "50.000 tot 100.000"),
        (99_999, "50.000 tot 100.000"),
        (100_000, "100.000 tot 250.000"),
        (250_000, "250.000 en meer"),
        (900_000, "250.000 en meer"),
    ],
)
def test_grootteklasse(boom: Path, inwoners_2025: int, klasse: str) -> None:
    vervang(boom / "gemeenten" / "gemeenten.csv", "1000050,1000060", f"1000050,{inwoners_2025}")
    assert laad(boom).gemeenten.loc["GM1000", "grootteklasse"] == klasse


def test_netwerk(gemeenten: pd.DataFrame) -> None:
    eerste = [gemeenten.loc[code(nummer), "netwerk"] for nummer in range(5)]
    assert eerste == ["G4", "G40", "M50", "R8", "geen netwerk"]
    assert (gemeenten["netwerk"] == "geen netwerk").sum() == 338


def test_een_lid_van_twee_netwerken_hoort_bij_het_eerste(boom: Path) -> None:
    tekst = (boom / "gemeenten" / "gemeenten.csv").read_text(encoding="utf-8")
    g40 = next(regel for regel in tekst.splitlines() if regel.startswith("GM1001,"))
    vervang(boom / "gemeenten" / "gemeenten.csv", g40, g40.replace(",0,1,0,0,", ",0,1,1,1,"))
    assert laad(boom).gemeenten.loc["GM1001", "netwerk"] == "G40"


@pytest.mark.parametrize("jaar", PEILJAREN)
def test_een_gepubliceerd_jaar_is_het_cijfer_zelf(gemeenten: pd.DataFrame, jaar: int) -> None:
    assert is_gepubliceerd(jaar)
    gelijk = inwoners(gemeenten, jaar) == gemeenten[f"inwoners_{jaar}"]
    assert gelijk.all()


@pytest.mark.parametrize("jaar", [2018, 2020, 2022, 2026, 2036])
def test_een_ander_jaar_ligt_op_de_lijn(gemeenten: pd.DataFrame, jaar: int) -> None:
    assert not is_gepubliceerd(jaar)
    verwacht = gemeenten["inwoners_2019"] + 10 * (jaar - 2019)
    assert (inwoners(gemeenten, jaar) == verwacht).all()


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(2018, 2036))
def test_inwoners_zijn_hele_mensen_en_nooit_negatief(een: int, ander: int, jaar: int) -> None:
    tabel = pd.DataFrame({f"inwoners_{peil}": [een, ander] for peil in PEILJAREN})
    tabel["inwoners_2024"] = [ander, een]
    gevonden = inwoners(tabel, jaar)
    assert (gevonden >= 0).all()
    assert (gevonden == gevonden.round()).all()


def test_krimp_stopt_bij_nul() -> None:
    tabel = pd.DataFrame({f"inwoners_{jaar}": [2025 - jaar] for jaar in PEILJAREN})
    assert inwoners(tabel, 2036).tolist() == [0.0]


def test_kaart_en_tabel_hebben_dezelfde_gemeenten(boom: Path) -> None:
    register = laad(boom)
    assert list(register.hexkaart.index) == list(register.gemeenten.index)
    assert not register.hexkaart.duplicated(["kolom", "rij"]).any()


def test_onbekend_blijft_onbekend_en_wordt_geen_nul(boom: Path) -> None:
    pad = boom / "gemeenten" / "gemeenten.csv"
    regel = next(r for r in pad.read_text(encoding="utf-8").splitlines() if r.startswith("GM1009"))
    vervang(pad, regel, regel.rsplit(",", 2)[0] + ",,")
    gemeente = laad(boom).gemeenten.loc["GM1009"]
    assert pd.isna(gemeente["woningvoorraad_2021"])
    assert pd.isna(gemeente["bijstand_personen_2021"])
