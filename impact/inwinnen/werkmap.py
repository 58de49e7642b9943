"""Open a workbook that comes from outside, without trusting it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast
from xml.etree import ElementTree

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL, EmptyCell, ReadOnlyCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from impact.reporting.opmaak import veilig

Cel: TypeAlias = ReadOnlyCell | EmptyCell
LEEG: Cel = EMPTY_CELL
HOOFD = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BAND = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

GROOTSTE_BESTAND = 5_000_000
GROOTSTE_INHOUD = 30_000_000
MEESTE_DELEN = 500
OUD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
BESCHERMD = "is een oud Excel-bestand (.xls), of er zit een wachtwoord op"


class Onleesbaar(ValueError):
    """A file is not a workbook that can be read; the text says what it is and what to do."""


@dataclass(frozen=True)
class Werkblad:
    """The cells of one sheet that hold anything, and the ranges of merged cells."""

    cellen: Mapping[str, Cel]
    samengevoegd: tuple[str, ...]

    def __getitem__(self, adres: str) -> Cel:
        """Cell by its address; an empty one when it holds nothing."""
        return self.cellen.get(adres, LEEG)


def lees_werkblad(pad: Path, blad: str, rijen: int, kolommen: int) -> Werkblad:
    """Read one sheet after checking that the file is a workbook, and not one without end.

    Parameters
    ----------
    rijen, kolommen : so much of the sheet is read

    Raises
    ------
    Onleesbaar
        With what was found and what is allowed.
    """
    ruw = _inhoud(pad)
    _keur(ruw)
    try:
        return _werkblad(ruw, blad, rijen, kolommen)
    except Onleesbaar:
        raise
    except Exception as fout:  # openpyxl has no error of its own for a broken workbook
        reden = type(fout).__name__
        raise Onleesbaar(f"is beschadigd ({reden}); open het in Excel en bewaar opnieuw") from None


def _werkblad(ruw: bytes, blad: str, rijen: int, kolommen: int) -> Werkblad:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        werkmap = openpyxl.load_workbook(io.BytesIO(ruw), read_only=True, keep_links=False)
    vel = werkmap[blad] if blad in werkmap.sheetnames else None
    if not isinstance(vel, ReadOnlyWorksheet):
        namen = ", ".join(f"'{veilig(naam)[:40]}'" for naam in werkmap.sheetnames[:5])
        raise Onleesbaar(f"blad '{blad}' ontbreekt; gevonden: {namen}. Vraag een nieuw formulier")
    vel.reset_dimensions()  # what a file says about its own size is not to be trusted
    cellen: dict[str, Cel] = {}
    for rij in vel.iter_rows(max_row=rijen, max_col=kolommen):
        gevuld = [cast(Cel, cel) for cel in rij if not isinstance(cel, EmptyCell)]
        cellen |= {cel.coordinate: cel for cel in gevuld if isinstance(cel, ReadOnlyCell)}
    with zipfile.ZipFile(io.BytesIO(ruw)) as archief:
        inhoud = archief.read(_deel_van(archief, blad))
    bereiken = ElementTree.fromstring(inhoud).iter(f"{HOOFD}mergeCell")
    return Werkblad(cellen, tuple(str(bereik.get("ref")) for bereik in bereiken))


def _deel_van(archief: zipfile.ZipFile, blad: str) -> str:
    """Name of the part that holds a sheet."""
    werkmap = ElementTree.fromstring(archief.read("xl/workbook.xml"))
    per_naam = {vel.get("name"): vel.get(f"{BAND}id") for vel in werkmap.iter(f"{HOOFD}sheet")}
    banden = ElementTree.fromstring(archief.read("xl/_rels/workbook.xml.rels"))
    per_id = {band.get("Id"): str(band.get("Target")) for band in banden}
    doel = per_id[per_naam[blad]]
    return doel[1:] if doel.startswith("/") else f"xl/{doel}"


def _inhoud(pad: Path) -> bytes:
    """Bytes of a file; refuses what is not an Excel workbook."""
    if pad.suffix.lower() != ".xlsx":
        raise Onleesbaar(f"is een bestand '{pad.suffix}'; bewaar het als Excel-bestand (.xlsx)")
    try:
        if not pad.is_file():
            raise Onleesbaar("is geen bestand")
        if pad.stat().st_size > GROOTSTE_BESTAND:
            raise Onleesbaar(
                f"is groter dan {GROOTSTE_BESTAND // 1_000_000} MB; een formulier niet"
            )
        ruw = pad.read_bytes()
    except OSError as fout:
        raise Onleesbaar(f"kan niet worden gelezen: {fout.strerror}") from None
    if not ruw:
        raise Onleesbaar("is leeg; stuur het ingevulde formulier opnieuw")
    if ruw.startswith(OUD_EXCEL):
        raise Onleesbaar(f"{BESCHERMD}; bewaar het als .xlsx zonder wachtwoord")
    if not ruw.startswith(ZIP):
        raise Onleesbaar(
            "is geen Excel-bestand, al heet het .xlsx (misschien een CSV of webpagina); "
            "open het in Excel en bewaar het als .xlsx"
        )
    return ruw


def _keur(ruw: bytes) -> None:
    """Refuse a zip that is broken, too large inside, or holds XML that grows by itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(ruw)) as archief:
            delen = archief.infolist()
            _omvang(delen)
            namen = {deel.filename for deel in delen}
            if "xl/workbook.xml" not in namen:
                soort = " (een OpenDocument-bestand?)" if "mimetype" in namen else ""
                raise Onleesbaar(f"is geen Excel-werkmap{soort}; bewaar het als .xlsx")
            for deel in delen:
                if deel.filename.endswith((".xml", ".rels")):
                    _xml(archief.read(deel))
    except Onleesbaar:
        raise
    except Exception:  # zipfile raises many kinds for a broken file
        raise Onleesbaar(
            "is beschadigd of niet heel aangekomen; stuur het formulier opnieuw"
        ) from None


def _omvang(delen: list[zipfile.ZipInfo]) -> None:
    """Sizes as the zip declares them; reading never gives more than these."""
    if len(delen) > MEESTE_DELEN or sum(deel.file_size for deel in delen) > GROOTSTE_INHOUD:
        groot = GROOTSTE_INHOUD // 1_000_000
        raise Onleesbaar(f"wordt uitgepakt groter dan {groot} MB; dat is geen formulier")


def _xml(inhoud: bytes) -> None:
    """A document type has no place in a workbook: with it, a small file can grow without end."""
    if b"<!DOCTYPE" in inhoud.replace(b"\0", b"").upper():
        raise Onleesbaar("heeft een inhoud die niet in een werkmap hoort (DOCTYPE)")
