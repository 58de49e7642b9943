"""Half-years, the time step of the workbench."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import overload

HELFTEN = {"I": 1, "II": 2}
EERSTE_JAAR = 1900
LAATSTE_JAAR = 2200
_VORM = re.compile(r"([0-9]{4})-(I{1,2})")
_BEGIN = re.compile(r"[0-9]{4}")


class GeenHalfjaar(ValueError):
    """A text is not a half-year; the message says what to write instead."""


@dataclass(frozen=True, order=True)
class Halfjaar:
    """One half of a calendar year, written as ``2026-I`` or ``2026-II``.

    Attributes
    ----------
    jaar : calendar year
    helft : 1 (January to June) or 2 (July to December)
    """

    jaar: int
    helft: int

    def __post_init__(self) -> None:
        if self.helft not in (1, 2):
            raise GeenHalfjaar(f"helft {self.helft} bestaat niet; gebruik 1 of 2")
        if not EERSTE_JAAR <= self.jaar <= LAATSTE_JAAR:
            raise GeenHalfjaar(
                f"jaar {self.jaar} valt buiten {EERSTE_JAAR} tot en met {LAATSTE_JAAR}"
            )

    @classmethod
    def lees(cls, tekst: str) -> Halfjaar:
        """Read ``2026-I``.

        Raises
        ------
        GeenHalfjaar
            With the two half-years of the year that was meant, if a year can be read.
        """
        gevonden = _VORM.fullmatch(tekst)
        if gevonden is None:
            raise GeenHalfjaar(f"'{tekst[:40]}' is geen halfjaar; {hulp(tekst)}")
        return cls(int(gevonden[1]), HELFTEN[gevonden[2]])

    @classmethod
    def van_datum(cls, dag: date) -> Halfjaar:
        """Half-year in which a day falls."""
        return cls(dag.year, 1 if dag.month <= 6 else 2)

    @classmethod
    def van_nummer(cls, nummer: int) -> Halfjaar:
        """Inverse of :attr:`nummer`."""
        return cls(nummer // 2, nummer % 2 + 1)

    @property
    def nummer(self) -> int:
        """Count of half-years since the year 0; consecutive half-years differ by one."""
        return 2 * self.jaar + self.helft - 1

    @property
    def eerste_dag(self) -> date:
        """First day: 1 January or 1 July."""
        return date(self.jaar, 1 if self.helft == 1 else 7, 1)

    @property
    def laatste_dag(self) -> date:
        """Last day: 30 June or 31 December."""
        return date(self.jaar, 6, 30) if self.helft == 1 else date(self.jaar, 12, 31)

    def __str__(self) -> str:
        return f"{self.jaar}-{'I' * self.helft}"

    def __add__(self, aantal: int) -> Halfjaar:
        return Halfjaar.van_nummer(self.nummer + aantal)

    @overload
    def __sub__(self, ander: Halfjaar) -> int: ...

    @overload
    def __sub__(self, ander: int) -> Halfjaar: ...

    def __sub__(self, ander: Halfjaar | int) -> Halfjaar | int:
        if isinstance(ander, Halfjaar):
            return self.nummer - ander.nummer
        return self + -ander


def hulp(tekst: str) -> str:
    """Say which half-years to write, for the year with which a wrong text begins."""
    jaar = _BEGIN.match(tekst)
    if jaar is None:
        return "gebruik bijvoorbeeld 2026-I of 2026-II"
    return f"gebruik {jaar[0]}-I of {jaar[0]}-II"


def reeks(van: Halfjaar, tot: Halfjaar) -> list[Halfjaar]:
    """All half-years from ``van`` up to and including ``tot``; empty if ``tot`` is earlier."""
    return [Halfjaar.van_nummer(n) for n in range(van.nummer, tot.nummer + 1)]
