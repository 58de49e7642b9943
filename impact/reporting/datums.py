"""Dates in words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from impact.reporting.getallen import NEDERLANDS, TAAL, Schrijfwijze


def datum(waarde: date, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Write a date: ``21 november 2026``."""
    tekst: str = format_date(waarde, format="d MMMM y", locale=wijze.locale)
    return tekst


def datum_van_bron(waarde: str) -> str:
    """Write the date of a source (yyyy, yyyy-mm, yyyy-mm-dd or onbekend) in Dutch."""
    delen = waarde.split("-")
    try:
        if len(delen) == 3:
            return datum(date.fromisoformat(waarde))
        if len(delen) == 2:
            eerste = date(int(delen[0]), int(delen[1]), 1)
            tekst: str = format_date(eerste, format="MMMM y", locale=TAAL)
            return tekst
    except ValueError:
        return waarde
    return "datum onbekend" if waarde == "onbekend" else waarde


def halfjaar_in_woorden(periode: str) -> str:
    """Write a half-year: ``de eerste helft van 2030``."""
    jaar, helft = periode.split("-")
    return f"de {'eerste' if helft == 'I' else 'tweede'} helft van {jaar}"
