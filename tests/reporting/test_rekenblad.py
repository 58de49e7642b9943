"""Workbooks and CSV files: real tables, Dutch formats, and never a formula."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from impact.reporting.rekenblad import (
    EENHEIDKOLOM,
    KOPREGEL,
    LANGSTE_TEKST,
    Blad,
    als_csv,
    als_werkboek,
    geen_formule,
    per_eenheid,
    schrijf_tabellen,
)

EERSTE = KOPREGEL + 2
GEVAARLIJK = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", " =1", "\x00=1"]


def blad(**kolommen: list[object]) -> Blad:
    return Blad("proef", "Titel", "Uitleg", pd.DataFrame(kolommen))


def open_vel(*bladen: Blad) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(als_werkboek(bladen)))["proef"]


@pytest.mark.parametrize("tekst", [*GEVAARLIJK, "\u202e=1", "\uff1d1", "a;=1", 'a; "=1"', 'a;"+1'])
def test_tekst_blijft_tekst(tekst: str) -> None:
    vel = open_vel(blad(**{"Naam": [tekst], tekst: ["x"]}))
    soorten = {cel.data_type for rij in vel.iter_rows() for cel in rij if cel.value is not None}
    assert soorten == {"s"}
    (rij,) = csv.DictReader(io.StringIO(als_csv(pd.DataFrame({"Naam": [tekst]}))))
    for lezing in (rij["Naam"], *rij["Naam"].split(";")):
        assert lezing.strip(' "')[:1] not in tuple("=+-@\t\r\uff1d")


@given(st.text())
def test_geen_enkele_tekst_wordt_een_formule(tekst: str) -> None:
    veilig = geen_formule(tekst)
    assert not veilig.lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert geen_formule(veilig) == veilig


def test_een_negatief_getal_blijft_een_getal() -> None:
    tabel = pd.DataFrame({"Naam": ["a"], "Waarde": [-12.5], "Aantal": [-3]})
    vel = open_vel(Blad("proef", "Titel", "Uitleg", tabel))
    assert [vel.cell(EERSTE, kolom).value for kolom in (2, 3)] == [-12.5, -3]
    assert als_csv(tabel).splitlines()[1] == "a,-12.5,-3"


@given(st.lists(st.floats() | st.integers(-(2**53), 2**53).map(float), min_size=2))
def test_getallen_in_een_csv_zijn_volledig(waarden: list[float]) -> None:
    tabel = pd.DataFrame({"Naam": ["a"] * len(waarden), "Waarde": waarden})
    assert als_csv(tabel) == tabel.to_csv(index=False, lineterminator="\n")


def test_een_getal_tussen_teksten_blijft_een_getal() -> None:
    tabel = pd.DataFrame({"Waarde": ["-x", -2.5]}, dtype=object)
    assert als_csv(tabel).splitlines()[1:] == ["'-x", "-2.5"]
    vel = open_vel(Blad("proef", "Titel", "Uitleg", tabel))
    assert [vel.cell(EERSTE + n, 1).value for n in range(2)] == ["-x", -2.5]


def test_een_echte_tabel_met_kop_die_blijft_staan() -> None:
    vel = open_vel(blad(Naam=["a", "b"], Waarde=[1.0, 2.0]))
    (tabel,) = vel.tables.values()
    assert tabel.ref == f"A{KOPREGEL + 1}:B{KOPREGEL + 3}"
    assert [kolom.name for kolom in tabel.tableColumns] == ["Naam", "Waarde"]
    assert vel.freeze_panes == f"B{KOPREGEL + 2}"
    assert vel.print_title_rows == f"${KOPREGEL + 1}:${KOPREGEL + 1}"
    assert [vel["A1"].value, vel["A2"].value] == ["Titel", "Uitleg"]


@pytest.mark.parametrize(
    ("eenheid", "waarde", "formaat"),
    [
        ("aandeel", 0.25, "0.0%"),
        ("aandeel per jaar", 0.001, "0.0%"),
        ("personen", 1234.5, "#,##0"),
        ("personen", 0.3, "0.0000"),
        ("personen", 0.0, "#,##0"),
        ("fte", 12.3, "#,##0.0"),
        ("euro", 5000.0, "#,##0"),
        ("euro per inwoner", 4.5, "#,##0.00"),
    ],
)
def test_opmaak_volgt_de_eenheid(eenheid: str, waarde: float, formaat: str) -> None:
    assert per_eenheid(eenheid, waarde) == formaat


def test_elke_cel_heeft_de_opmaak_van_haar_rij() -> None:
    tabel = pd.DataFrame(
        {"Jaar": [2030, 2031], EENHEIDKOLOM: ["aandeel", "euro"], "Waarde": [0.5, 9.0]}
    )
    vel = open_vel(
        Blad("proef", "T", "U", tabel, per_eenheid=["Waarde"], noten={"Waarde": "Gemiddelde."})
    )
    formaten = [[cel.number_format for cel in rij] for rij in vel.iter_rows(min_row=EERSTE)]
    assert [rij[0] for rij in formaten] == ["0", "0"]
    assert [rij[2] for rij in formaten] == ["0.0%", "#,##0"]
    assert vel.cell(KOPREGEL + 1, 3).comment is not None


def test_eenheid_van_een_kolom_staat_in_de_kop() -> None:
    tabel = pd.DataFrame({"Naam": ["a"], "Deel": [0.5]})
    vel = open_vel(Blad("proef", "T", "U", tabel, eenheden={"Deel": "aandeel"}))
    assert vel.cell(KOPREGEL + 1, 2).value == "Deel (aandeel)"
    assert vel.cell(EERSTE, 2).number_format == "0.0%"


def test_wat_ontbreekt_blijft_leeg() -> None:
    vel = open_vel(blad(Naam=[None, "b"], Waarde=[math.nan, math.inf]))
    assert vel.cell(EERSTE, 1).value is None
    assert [vel.cell(EERSTE + n, 2).value for n in range(2)] == [None, None]


def test_een_lege_tabel_en_een_te_lange_tekst() -> None:
    assert len(open_vel(blad(Naam=[])).tables) == 1
    lang = open_vel(blad(Naam=["x" * (LANGSTE_TEKST + 5)])).cell(EERSTE, 1).value
    assert isinstance(lang, str)
    assert len(lang) == LANGSTE_TEKST


def test_dezelfde_tabellen_geven_dezelfde_bytes() -> None:
    proef = blad(Naam=["a"], Waarde=[1.0])
    assert als_werkboek([proef], {"Wat": "x"}) == als_werkboek([proef], {"Wat": "x"})


def test_kolommen_zijn_breed_genoeg() -> None:
    vel = open_vel(blad(Kort=["x"], Lang=["een tekst van dertig tekens..."], Enorm=["x" * 500]))
    breedtes = [vel.column_dimensions[letter].width for letter in "ABC"]
    assert breedtes[0] >= 10
    assert breedtes[1] >= 30
    assert 60 <= breedtes[2] < 61


def test_lees_mij_gaat_voor_en_noemt_elk_blad(tmp_path: Path) -> None:
    paden = schrijf_tabellen(tmp_path, "naam", [blad(Naam=["a"])], {"Wat": "=1"})
    assert [pad.name for pad in paden] == ["naam.xlsx", "naam-proef.csv"]
    werkboek = openpyxl.load_workbook(paden[0])
    assert werkboek.sheetnames == ["Lees mij", "proef"]
    cellen = {rij[0].value: rij[1] for rij in werkboek["Lees mij"].iter_rows(min_row=3)}
    assert cellen["Wat"].value == "=1"
    assert cellen["Wat"].data_type == "s"
    assert cellen["Blad proef"].value == "Titel. Uitleg"
