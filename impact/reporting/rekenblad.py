"""Tables as files: one workbook for people, one CSV per table for machines."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from impact.reporting.bestanden import schrijf_heel

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be read as a formula by a spreadsheet."""
BREEDSTE_KOLOM, SMALSTE_KOLOM = 60, 10
LANGSTE_BLADNAAM = 31
VERBODEN_IN_BLADNAAM = re.compile(r"[\[\]:*?/\\']")
GETALOPMAAK = {"int": "#,##0", "float": "#,##0.00"}


@dataclass(frozen=True)
class Blad:
    """One table with what a reader must know about it.

    Attributes
    ----------
    naam : name of the sheet, and of the CSV
    titel, toelichting : above the table; where the figures come from and how to read them
    tabel : tidy, with Dutch column names; every row has its unit in a column, or see ``eenheden``
    eenheden : unit per column; stands between brackets in the head
    """

    naam: str
    titel: str
    toelichting: str
    tabel: pd.DataFrame
    eenheden: Mapping[str, str] = field(default_factory=dict)


def schrijf_tabellen(map_: Path, naam: str, bladen: Sequence[Blad]) -> list[Path]:
    """Write a workbook with all tables, and a CSV of each.

    Parameters
    ----------
    map_ : folder, made when it is not there
    naam : name of the workbook without extension; the CSV is called naam-blad.csv

    Returns
    -------
    The files written, the workbook first.
    """
    werkboek = map_ / f"{naam}.xlsx"
    schrijf_heel(werkboek, als_werkboek(bladen))
    paden = [werkboek]
    for blad in bladen:
        pad = map_ / f"{naam}-{blad.naam}.csv"
        schrijf_heel(pad, als_csv(blad.tabel))
        paden.append(pad)
    return paden


def als_csv(tabel: pd.DataFrame) -> str:
    """Comma-separated text with decimal points; no cell can be read as a formula."""
    veilig = tabel.copy()
    for kolom in veilig.columns:
        if not pd.api.types.is_numeric_dtype(veilig[kolom]):
            veilig[kolom] = [geen_formule(waarde) for waarde in veilig[kolom]]
    tekst: str = veilig.to_csv(index=False, lineterminator="\n")
    return tekst


def geen_formule(waarde: Any) -> Any:
    """Text with an apostrophe before it when a spreadsheet would calculate with it."""
    if isinstance(waarde, str) and waarde.startswith(GEVAARLIJK):
        return f"'{waarde}"
    return waarde


def als_werkboek(bladen: Sequence[Blad]) -> bytes:
    """Workbook with one real table per sheet; the same tables give the same bytes."""
    buffer = io.BytesIO()
    opties = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    werkboek = xlsxwriter.Workbook(buffer, opties)
    werkboek.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
    for nummer, blad in enumerate(bladen, start=1):
        _schrijf_blad(werkboek, blad, nummer)
    werkboek.close()
    return buffer.getvalue()


def _schrijf_blad(werkboek: xlsxwriter.Workbook, blad: Blad, nummer: int) -> None:
    naam = VERBODEN_IN_BLADNAAM.sub(" ", blad.naam)[:LANGSTE_BLADNAAM].strip() or f"blad {nummer}"
    vel = werkboek.add_worksheet(naam)
    vel.write_string(0, 0, blad.titel, werkboek.add_format({"bold": True, "font_size": 14}))
    vel.write_string(1, 0, blad.toelichting)
    kop = 3
    kolommen = [_kolom(werkboek, blad, str(naam)) for naam in blad.tabel.columns]
    waarden = [[_cel(waarde) for waarde in rij] for rij in blad.tabel.itertuples(index=False)]
    vel.add_table(
        kop,
        0,
        kop + max(1, len(waarden)),
        max(0, len(kolommen) - 1),
        {"name": f"tabel_{nummer}", "columns": kolommen, "data": waarden},
    )
    vel.freeze_panes(kop + 1, 0)
    for plaats, kolom in enumerate(kolommen):
        langste = max([len(kolom["header"]), *(len(str(rij[plaats])) for rij in waarden[:200])])
        vel.set_column(plaats, plaats, min(BREEDSTE_KOLOM, max(SMALSTE_KOLOM, langste + 2)))


def _kolom(werkboek: xlsxwriter.Workbook, blad: Blad, naam: str) -> dict[str, Any]:
    """Head and number format of a column."""
    eenheid = blad.eenheden.get(naam)
    kolom: dict[str, Any] = {"header": f"{naam} ({eenheid})" if eenheid else naam}
    soort = blad.tabel[naam].dtype
    for aard, opmaak in GETALOPMAAK.items():
        if aard in str(soort).lower():
            kolom["format"] = werkboek.add_format({"num_format": opmaak})
    return kolom


def _cel(waarde: Any) -> Any:
    """Value that a cell can hold; what is missing stays empty."""
    if pd.isna(waarde):
        return ""
    return waarde.item() if hasattr(waarde, "item") else waarde
