"""Tables as files: one workbook for people, one CSV per table for machines."""

from __future__ import annotations

import csv
import functools
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from impact.reporting.bestanden import schrijf_heel
from impact.reporting.opmaak import veilig

GEVAARLIJK = re.compile(r"""(^|;)(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]|\t)""")
"""Where a spreadsheet would begin a formula: the begin of a text, and after a semicolon, because
a Dutch spreadsheet takes that for the end of a cell."""
BREEDSTE_KOLOM, SMALSTE_KOLOM = 60, 10
REGELS_VOOR_BREEDTE = 200
LANGSTE_TEKST = 32_767
LANGSTE_BLADNAAM = 31
VERBODEN_IN_BLADNAAM = re.compile(r"[\[\]:*?/\\']")
EENHEIDKOLOM = "Eenheid"
LEES_MIJ = "Lees mij"
MEESTE_TEKSTEN = 20_000
"""Texts that a process remembers as they were cleaned: the sheets of a batch share most of them."""
KOPREGEL = 3
GEHEEL, FIJN, JAARTAL = "#,##0", "#,##0.00", "0"
OPMAAK_PER_EENHEID = {
    "aandeel": "0.0%",
    "factor": "0.00",
    "fte": "#,##0.0",
    "euro per inwoner": FIJN,
    "per 10.000 inwoners": "#,##0.0",
}
"""Number format per unit; whole numbers for every other unit. A Dutch spreadsheet shows these with
a point for thousands and a comma for decimals."""


@dataclass(frozen=True)
class Blad:
    """One table with what a reader must know about it.

    Attributes
    ----------
    naam : name of the sheet, and of the CSV
    titel, toelichting : above the table; where the figures come from and how to read them
    tabel : tidy, with Dutch column names; every row has its unit in a column, or see ``eenheden``
    eenheden : unit per column; stands between brackets in the head
    per_eenheid : columns whose values are in the unit of the row, which stands in column Eenheid
    noten : explanation per column; a note at its head
    """

    naam: str
    titel: str
    toelichting: str
    tabel: pd.DataFrame
    eenheden: Mapping[str, str] = field(default_factory=dict)
    per_eenheid: Sequence[str] = ()
    noten: Mapping[str, str] = field(default_factory=dict)


def schrijf_tabellen(
    map_: Path, naam: str, bladen: Sequence[Blad], lees_mij: Mapping[str, str] | None = None
) -> list[Path]:
    """Write a workbook with all tables, and a CSV of each.

    Parameters
    ----------
    map_ : folder, made when it is not there
    naam : name of the workbook without extension; the CSV is called naam-blad.csv,
        with a hyphen for each space
    lees_mij : what a reader must know first, by subject; a sheet of its own before the tables

    Returns
    -------
    The files written, the workbook first.
    """
    werkboek = map_ / f"{naam}.xlsx"
    schrijf_heel(werkboek, als_werkboek(bladen, lees_mij))
    paden = [werkboek]
    for blad in bladen:
        pad = map_ / f"{naam}-{blad.naam.replace(' ', '-')}.csv"
        schrijf_heel(pad, als_csv(blad.tabel))
        paden.append(pad)
    return paden


def als_csv(tabel: pd.DataFrame) -> str:
    """Comma-separated text with decimal points; no cell can be read as a formula."""
    buffer = io.StringIO()
    schrijver = csv.writer(buffer, lineterminator="\n")
    schrijver.writerow([geen_formule(str(naam)) for naam in tabel.columns])
    kolommen = [[_veld(waarde) for waarde in reeks.tolist()] for _, reeks in tabel.items()]
    schrijver.writerows(zip(*kolommen, strict=True))
    return buffer.getvalue()


def _veld(waarde: Any) -> Any:
    """Value of a field; what is missing is empty."""
    return geen_formule(waarde) if isinstance(waarde, str) or not pd.isna(waarde) else None


def geen_formule(waarde: Any) -> Any:
    """Text on one line, an apostrophe before what a spreadsheet would calculate; numbers stay."""
    return _zonder_formule(waarde) if isinstance(waarde, str) else waarde


@functools.lru_cache(MEESTE_TEKSTEN)
def _zonder_formule(tekst: str) -> str:
    return GEVAARLIJK.sub(r"\1'", " ".join(veilig(tekst).splitlines()))


def als_werkboek(bladen: Sequence[Blad], lees_mij: Mapping[str, str] | None = None) -> bytes:
    """Workbook with one real table per sheet; the same tables give the same bytes."""
    buffer = io.BytesIO()
    opties = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    schrijver = _Schrijver(xlsxwriter.Workbook(buffer, opties))
    if lees_mij is not None:
        schrijver.lees_mij(lees_mij, bladen)
    for nummer, blad in enumerate(bladen, start=1):
        schrijver.blad(blad, nummer)
    schrijver.werkboek.close()
    return buffer.getvalue()


class _Schrijver:
    """Writes the sheets of one workbook; every format is made once."""

    def __init__(self, werkboek: xlsxwriter.Workbook) -> None:
        self.werkboek = werkboek
        self._opmaak: dict[str, Any] = {}
        werkboek.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        self._kop = werkboek.add_format({"bold": True, "font_size": 14})
        self._vet = werkboek.add_format({"bold": True, "valign": "top"})
        self._terugloop = werkboek.add_format({"text_wrap": True, "valign": "top"})

    def lees_mij(self, regels: Mapping[str, str], bladen: Sequence[Blad]) -> None:
        """Sheet that says what the workbook is and which tables are in it."""
        vel = self.werkboek.add_worksheet(LEES_MIJ)
        vel.set_column(0, 0, 28)
        vel.set_column(1, 1, 100)
        vel.write_string(0, 0, LEES_MIJ, self._kop)
        inhoud = {**regels, **{f"Blad {b.naam}": f"{b.titel}. {b.toelichting}" for b in bladen}}
        for rij, (onderwerp, tekst) in enumerate(inhoud.items(), start=2):
            vel.write_string(rij, 0, _tekst(onderwerp), self._vet)
            vel.write_string(rij, 1, _tekst(tekst), self._terugloop)
        _afdruk(vel)

    def blad(self, blad: Blad, nummer: int) -> None:
        """One sheet: title, explanation, and the table below a head that stays in view."""
        naam = VERBODEN_IN_BLADNAAM.sub(" ", blad.naam)[:LANGSTE_BLADNAAM].strip()
        vel = self.werkboek.add_worksheet(naam or f"blad {nummer}")
        vel.write_string(0, 0, _tekst(blad.titel), self._kop)
        vel.write_string(1, 0, _tekst(blad.toelichting))
        koppen = [_kop(blad, str(kolom)) for kolom in blad.tabel.columns]
        onderste = KOPREGEL + max(1, len(blad.tabel))
        vel.add_table(
            KOPREGEL,
            0,
            onderste,
            max(0, len(koppen) - 1),
            {"name": f"tabel_{nummer}", "columns": [{"header": kop} for kop in koppen]},
        )
        for plaats, kop in enumerate(koppen):
            breedte = self._kolom(vel, blad, plaats)
            breedte = max(SMALSTE_KOLOM, len(kop) + 4, breedte + 2)
            vel.set_column(plaats, plaats, min(BREEDSTE_KOLOM, breedte))
        for plaats, kolom in enumerate(blad.tabel.columns):
            if kolom in blad.noten:
                vel.write_comment(KOPREGEL, plaats, _tekst(blad.noten[kolom]))
        vel.freeze_panes(KOPREGEL + 1, 1)
        vel.repeat_rows(KOPREGEL)
        _afdruk(vel)

    def _kolom(self, vel: Any, blad: Blad, plaats: int) -> int:
        """Write the cells of one column; return the length of the longest of the first."""
        inhoud = [_cel(waarde) for waarde in blad.tabel.iloc[:, plaats].tolist()]
        formaten = _formaten(blad, str(blad.tabel.columns[plaats]), inhoud)
        for rij, (waarde, formaat) in enumerate(zip(inhoud, formaten, strict=True), KOPREGEL + 1):
            if isinstance(waarde, str):
                vel.write_string(rij, plaats, waarde)
            elif waarde is not None:
                vel.write_number(rij, plaats, waarde, self._getal(formaat))
        return max(map(_breedte, inhoud[:REGELS_VOOR_BREEDTE]), default=0)

    def _getal(self, formaat: str) -> Any:
        if formaat not in self._opmaak:
            self._opmaak[formaat] = self.werkboek.add_format({"num_format": formaat})
        return self._opmaak[formaat]


def _afdruk(vel: Any) -> None:
    """Print on A4, on its side, as wide as one page."""
    vel.set_paper(9)
    vel.set_landscape()
    vel.fit_to_pages(1, 0)


def _kop(blad: Blad, naam: str) -> str:
    """Head of a column, with its unit."""
    eenheid = blad.eenheden.get(naam)
    return _tekst(f"{naam} ({eenheid})" if eenheid else naam)


def _formaten(blad: Blad, naam: str, inhoud: Sequence[object]) -> Iterable[str]:
    """Number format of every cell of a column, by unit and kind."""
    geheel = pd.api.types.is_integer_dtype(blad.tabel[naam])
    if naam in blad.per_eenheid:
        return map(per_eenheid, blad.tabel[EENHEIDKOLOM].tolist(), inhoud)
    if naam.lower().endswith("jaar") and geheel:
        return [JAARTAL] * len(inhoud)
    if naam in blad.eenheden:
        return map(per_eenheid, [blad.eenheden[naam]] * len(inhoud), inhoud)
    return [GEHEEL if geheel else FIJN] * len(inhoud)


def per_eenheid(eenheid: str, waarde: object) -> str:
    """Number format of a value in a unit; a value below one that would show as zero gets digits."""
    formaat = _formaat(eenheid)
    if not isinstance(waarde, int | float) or waarde == 0 or formaat.endswith("%"):
        return formaat
    return formaat if abs(waarde) >= 1 else "0.0000"


@functools.cache
def _formaat(eenheid: str) -> str:
    """Number format of a unit."""
    soort = eenheid if eenheid in OPMAAK_PER_EENHEID else eenheid.split(" ")[0]
    return OPMAAK_PER_EENHEID.get(soort, GEHEEL)


def _cel(waarde: Any) -> str | float | None:
    """Value that a cell can hold; None for what is missing or not finite."""
    if isinstance(waarde, str):
        return _tekst(waarde)
    getal = waarde.item() if hasattr(waarde, "item") else waarde
    if isinstance(getal, float):
        return getal if math.isfinite(getal) else None
    if pd.isna(getal):
        return None
    if isinstance(getal, bool):
        return "ja" if getal else "nee"
    return getal if isinstance(getal, int) else _tekst(str(getal))


@functools.lru_cache(MEESTE_TEKSTEN)
def _tekst(waarde: str) -> str:
    """Text that fits in a cell."""
    return veilig(waarde)[:LANGSTE_TEKST]


def _breedte(inhoud: str | float | None) -> int:
    """Number of characters that a cell needs."""
    if isinstance(inhoud, str):
        return len(inhoud)
    return 0 if inhoud is None else len(f"{inhoud:,.2f}")
