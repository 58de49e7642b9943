"""Numbers in Dutch words, rounded by one rule: the uncertainty decides what is shown.

The rule. A figure with a band is shown in steps of 1, 10, 100, ... (or 0,1, 0,01, ...). The step is
the largest of these that still fits three times in the band, so a band always spans three to thirty
steps; one power finer when the middle would otherwise be shown as zero while it is not. The middle
and both ends use the same step. A step is never finer than three significant
digits of the largest of the three, nor finer than the unit allows (persons are whole). A figure
without a band is shown in three significant digits.

Figures that stand beside each other in a table share one step and one scale, so that they can be
compared: the step of the least certain one, unless a figure would then become zero or lose its
band. Then one power finer, and so on; at most as fine as the finest step among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

TAAL = "nl_NL"
STAPPEN_IN_BAND = 3
MEESTE_CIJFERS = 3
LEESBARE_CIJFERS = 4
KLEIN_AANTAL = 10
MINTEKEN = "\N{MINUS SIGN}"

FIJNSTE_STAP = {"aandeel": -3, "factor": -2, "fte": -1, "procent": -1}
"""Finest power of ten per unit; 0 (whole numbers) for every other unit."""

TELEENHEDEN = frozenset({"personen", "huishoudens", "zaken", "woningen", "leerlingen"})
"""Units that count people or their homes: small counts are not spelled out."""

SCHALEN = [(9, "miljard", "mld"), (6, "miljoen", "mln"), (3, "duizend", "dzd"), (0, "", "")]


@dataclass(frozen=True)
class Band:
    """A figure with its 5% and 95% points.

    Attributes
    ----------
    midden, laag, hoog : the mean of the draws and the ends of the band
    eenheid : unit, from the closed list of the registry
    klein : True where small counts must not be spelled out (figures of one municipality)
    """

    midden: float
    laag: float
    hoog: float
    eenheid: str
    klein: bool = False

    @property
    def grootste(self) -> float:
        """Largest absolute value of the three."""
        return max(abs(self.midden), abs(self.laag), abs(self.hoog))

    @property
    def nul(self) -> bool:
        """True when nothing happens in any draw."""
        return self.grootste == 0.0

    def maal(self, factor: float, eenheid: str | None = None) -> Band:
        """Multiply all three, for example to a figure per inhabitant."""
        laag, hoog = sorted((self.laag * factor, self.hoog * factor))
        return Band(self.midden * factor, laag, hoog, eenheid or self.eenheid, self.klein)


def tiende_macht(waarde: float) -> int:
    """Exponent of the leading digit of a positive number, exactly."""
    return Decimal(repr(float(waarde))).adjusted()


def fijnste_stap(eenheid: str) -> int:
    """Exponent of the finest step that makes sense for a unit."""
    if eenheid == "euro per inwoner":
        return -2
    if eenheid == "per 10.000 inwoners":
        return -1
    return FIJNSTE_STAP.get(eenheid.split(" per ")[0], 0)


def stap(band: Band) -> int:
    """Exponent of the rounding step of a figure, by the rule of this module."""
    fijnst = fijnste_stap(band.eenheid)
    if band.nul:
        return 0
    grens = tiende_macht(band.grootste) - MEESTE_CIJFERS + 1
    breedte = band.hoog - band.laag
    passend = tiende_macht(breedte / STAPPEN_IN_BAND) if breedte > 0 else grens
    if band.midden != 0 and rond(band.midden, passend) == 0:
        passend -= 1
    return max(passend, grens, fijnst)


def rond(waarde: float, exponent: int) -> Decimal:
    """Round to a power of ten; halves go to the even neighbour, so signs are treated alike."""
    if not math.isfinite(waarde):
        raise ValueError(f"een cijfer in een rapport moet een getal zijn, niet {waarde}")
    schaal = Decimal(1).scaleb(exponent)
    return (Decimal(repr(float(waarde))) / schaal).quantize(
        Decimal(1), rounding=ROUND_HALF_EVEN
    ) * schaal


def schaal(band: Band) -> tuple[int, str, str]:
    """Exponent, word and abbreviation in which a figure is shown.

    Euros use thousand, million and billion; counts of anything else only million and up. The
    largest of the three decides, unless the middle would then start with "0," and the next scale
    still gives numbers under ten thousand.
    """
    if band.nul:
        return SCHALEN[-1]
    grootte, euro = tiende_macht(band.grootste), band.eenheid.startswith("euro")
    drempel = 4 if euro else 6
    passend = [s for s in SCHALEN if s[0] == 0 or grootte >= max(s[0], drempel)]
    eerste, lager = passend[0], passend[1] if len(passend) > 1 else SCHALEN[-1]
    klein_midden = rond(band.midden, stap(band)) != 0 and abs(band.midden) < 10.0 ** eerste[0]
    past_lager = lager[0] >= 6 and grootte == eerste[0]
    return lager if klein_midden and past_lager else eerste


@dataclass(frozen=True)
class Maat:
    """How figures that stand beside each other are written.

    Attributes
    ----------
    exponent : power of ten of the step
    schaal : exponent, word and abbreviation
    """

    exponent: int
    schaal: tuple[int, str, str]


def eigen_maat(band: Band) -> Maat:
    """Step and scale of a figure that stands alone."""
    return Maat(stap(band), schaal(band))


def gelijke_maat(banden: Iterable[Band]) -> Maat | None:
    """One step and scale for figures in the same unit that stand beside each other.

    Returns
    -------
    None when there is nothing to compare: every figure is zero or too small to spell out.
    """
    getoond = [_getoond(band) for band in banden if not band.nul and not is_heel_klein(band)]
    if not getoond:
        return None
    stappen = [stap(band) for band in getoond]
    passend = (e for e in range(max(stappen), min(stappen), -1) if _blijft_heel(getoond, e))
    exponent = next(passend, min(stappen))
    return Maat(exponent, _gelijke_schaal(getoond))


def _blijft_heel(banden: Sequence[Band], exponent: int) -> bool:
    """Whether no figure becomes zero or loses its band by a coarser step."""
    return all(
        (rond(band.midden, exponent) != 0 or rond(band.midden, stap(band)) == 0)
        and _heeft_band(band, exponent) == _heeft_band(band, stap(band))
        for band in banden
    )


def _heeft_band(band: Band, exponent: int) -> bool:
    return rond(band.laag, exponent) != rond(band.hoog, exponent)


def _gelijke_schaal(banden: Sequence[Band]) -> tuple[int, str, str]:
    """Scale of the smallest figure, unless the largest would then need five digits."""
    schalen = sorted({schaal(band) for band in banden})
    grootste = max(band.grootste for band in banden)
    passend = [s for s in schalen if grootste < 10.0 ** (s[0] + LEESBARE_CIJFERS)]
    return passend[0] if passend else schalen[-1]


def decimaal(waarde: Decimal, cijfers: int) -> str:
    """Write a number with Dutch separators and a fixed number of decimals."""
    patroon = "#,##0" + ("." + "0" * cijfers if cijfers > 0 else "")
    tekst: str = format_decimal(abs(waarde), format=patroon, locale=TAAL)
    return f"{MINTEKEN}{tekst}" if waarde < 0 else tekst


def is_klein(waarde: float, band: Band) -> bool:
    """Whether a count is too small to spell out."""
    telt = band.eenheid.split(" per ")[0] in TELEENHEDEN
    return band.klein and telt and not band.nul and abs(waarde) < KLEIN_AANTAL


def is_heel_klein(band: Band) -> bool:
    """Whether the figure and both ends of its band are too small to spell out."""
    return all(is_klein(waarde, band) for waarde in (band.midden, band.laag, band.hoog))


def _deel(waarde: float, band: Band, maat: Maat | None = None) -> str:
    if is_klein(waarde, band):
        return f"minder dan {KLEIN_AANTAL}"
    maat = maat or eigen_maat(band)
    exponent, factor = maat.exponent, maat.schaal[0]
    return decimaal(rond(waarde, exponent).scaleb(-factor), max(0, factor - exponent))


def eenheidwoord(eenheid: str) -> str:
    """Unit as it stands behind a number in a sentence."""
    return {"aandeel": "", "factor": ""}.get(eenheid, eenheid)


def als_procent(band: Band) -> Band:
    """Show a share as a percentage: the only place where a share is multiplied by 100."""
    kanten = (100 * band.midden, 100 * band.laag, 100 * band.hoog)
    return Band(*kanten, "procent", band.klein)


def getal(waarde: float, eenheid: str) -> str:
    """Write one figure without a band, in three significant digits, with its unit."""
    return in_woorden(Band(waarde, waarde, waarde, eenheid))


def in_woorden(band: Band) -> str:
    """Write a figure with its band: ``circa 1,2 miljoen personen (0,8 tot 1,7)``."""
    if band.eenheid == "aandeel":
        return in_woorden(als_procent(band))
    achter = " ".join(w for w in (schaal(band)[1], eenheidwoord(band.eenheid)) if w)
    if is_heel_klein(band):
        return f"{_deel(band.midden, band)} {achter}".strip()
    if band.laag == band.hoog == band.midden:
        return f"{_deel(band.midden, band)} {achter}".strip()
    circa = "" if is_klein(band.midden, band) else "circa "
    return f"{circa}{_deel(band.midden, band)} {achter}".strip() + f" ({bandtekst(band)})"


def _getoond(band: Band) -> Band:
    """Figure as it is shown: a share as a percentage."""
    return als_procent(band) if band.eenheid == "aandeel" else band


def bandtekst(band: Band, maat: Maat | None = None) -> str:
    """Write only the band: ``0,8 tot 1,7``, or that it is smaller than the rounding."""
    if is_klein(band.laag, band) and is_klein(band.hoog, band):
        return _deel(band.laag, band)
    laag, hoog = _deel(band.laag, band, maat), _deel(band.hoog, band, maat)
    if laag == hoog:
        return "bandbreedte kleiner dan de afronding"
    return f"{laag} tot {hoog}"


def kort(band: Band, maat: Maat | None = None) -> tuple[str, str]:
    """Middle and band for two cells of a table; the scale stands with the number.

    Parameters
    ----------
    maat : step and scale of the figures beside it; its own by default
    """
    band = _getoond(band)
    maat = eigen_maat(band) if band.nul or maat is None else maat
    _, _, achter = maat.schaal
    achter = f"\N{NO-BREAK SPACE}{achter}" if achter else ""
    if band.eenheid == "procent":
        achter = "%"
    midden = _deel(band.midden, band, maat)
    midden = midden if is_klein(band.midden, band) else midden + achter
    if band.laag == band.hoog == band.midden:
        return midden, ""
    tekst = bandtekst(band, maat)
    toonbaar = not (is_klein(band.laag, band) and is_klein(band.hoog, band))
    return midden, tekst + achter if toonbaar and " tot " in tekst else tekst


def datum(waarde: date) -> str:
    """Write a date in Dutch: ``21 november 2026``."""
    tekst: str = format_date(waarde, format="d MMMM y", locale=TAAL)
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
