"""What stands in a cell for an answer: a number, a date or a text, as the Dutch write them."""

from __future__ import annotations

import re
from datetime import date, datetime

from impact.inwinnen.werkmap import Cel
from impact.reporting.opmaak import veilig

GETAL = re.compile(r"([-+]?)(\d{1,15}|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,9}))?")
DATUM = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})-(\d{2})-(\d{2})")
MINNEN = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " "})
LANGSTE_TEKST = 500
GROOTSTE_GETAL = 1e12


class FoutAntwoord(ValueError):
    """An answer cannot be used; the text says what was found and what is allowed."""


def lees_getal(cel: Cel, procent: bool = False) -> float | None:
    """Number in a cell, or None when it is empty.

    Parameters
    ----------
    procent : the answer is a share, written as 12% or as 0,12

    Raises
    ------
    FoutAntwoord
        A formula, an error, a date, or text that is not a number.
    """
    waarde = _kale_waarde(cel)
    if waarde is None:
        return None
    if isinstance(waarde, str):
        getal, was_procent = getal_uit_tekst(waarde, procent)
        return getal / 100.0 if was_procent else _deel(getal, waarde, procent)
    if isinstance(waarde, bool):
        raise FoutAntwoord(f"'{'WAAR' if waarde else 'ONWAAR'}' is geen getal")
    if isinstance(waarde, int | float):
        return _deel(float(waarde), str(waarde).replace(".", ","), procent)
    raise FoutAntwoord("hier staat een datum; vul een getal in")


def _deel(getal: float, gevonden: str, procent: bool) -> float:
    """A share between 0 and 1; refuse 12 where 12% or 0,12 is meant."""
    if abs(getal) > GROOTSTE_GETAL or getal != getal:
        raise FoutAntwoord(f"'{gevonden}' is te groot voor een getal")
    if procent and abs(getal) > 1:
        raise FoutAntwoord(f"'{gevonden}' is meer dan 100%; schrijf {gevonden}% of een deel van 1")
    return getal


def getal_uit_tekst(tekst: str, procent: bool) -> tuple[float, bool]:
    """Number that was typed as text, and whether a percent sign follows it.

    Raises
    ------
    FoutAntwoord
        Not a number as the Dutch write it.
    """
    kaal = tekst.translate(MINNEN).strip()
    met_teken = kaal.endswith("%")
    if met_teken and not procent:
        raise FoutAntwoord(f"'{_kort(tekst)}' is een percentage; vul een aantal in")
    gevonden = GETAL.fullmatch(re.sub(r"(?<=\d) (?=\d{3})", "", kaal.rstrip("% ")))
    if gevonden is None:
        hulp = "schrijf 12% of 0,12" if procent else "schrijf alleen het getal, zoals 1.234,5"
        if re.search(r"\d\.\d{1,2}$|,\d{3}\.", kaal):
            hulp = "gebruik een komma voor decimalen, zoals 12,5"
        raise FoutAntwoord(f"'{_kort(tekst)}' is geen getal; {hulp}")
    teken, heel, deel = gevonden.groups()
    getal = float(f"{teken}{heel.replace('.', '')}.{deel or '0'}")
    return getal, met_teken


def lees_datum(cel: Cel) -> date | None:
    """Date in a cell, or None when it is empty.

    Raises
    ------
    FoutAntwoord
        Not a date.
    """
    waarde = _kale_waarde(cel)
    if waarde is None:
        return None
    if isinstance(waarde, datetime):
        return waarde.date()
    if isinstance(waarde, date):
        return waarde
    gevonden = DATUM.fullmatch(str(waarde).strip()) if isinstance(waarde, str) else None
    if gevonden is not None:
        dag, maand, jaar, *anders = gevonden.groups()
        delen = (jaar, maand, dag) if jaar else anders
        try:
            return date(*(int(deel) for deel in delen))
        except ValueError:
            pass
    raise FoutAntwoord(f"'{_kort(str(waarde))}' is geen datum; schrijf bijvoorbeeld 01-01-2026")


def lees_tekst(cel: Cel) -> str | None:
    """Text on one line, or None when the cell is empty.

    Raises
    ------
    FoutAntwoord
        A formula or an error, or far too long.
    """
    waarde = _kale_waarde(cel)
    if waarde is None:
        return None
    tekst = " ".join(veilig(str(waarde)).split())
    if len(tekst) > LANGSTE_TEKST:
        raise FoutAntwoord(f"de tekst is langer dan {LANGSTE_TEKST} tekens; maak hem korter")
    return tekst or None


def _kale_waarde(cel: Cel) -> object:
    """Value of a cell; an empty text counts as empty.

    Raises
    ------
    FoutAntwoord
        A formula, or an error of the spreadsheet.
    """
    if cel.data_type == "f":
        raise FoutAntwoord("hier staat een formule; plak de uitkomst als waarde")
    if cel.data_type == "e":
        raise FoutAntwoord(f"hier staat de fout {_kort(str(cel.value))}; vul een waarde in")
    waarde: object = cel.value
    return None if isinstance(waarde, str) and not waarde.strip() else waarde


def _kort(tekst: str) -> str:
    schoon = " ".join(veilig(tekst).split())
    return schoon if len(schoon) <= 40 else schoon[:39] + "…"
