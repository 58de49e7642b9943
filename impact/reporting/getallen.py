"""Numbers in Dutch words, rounded by one rule: the uncertainty decides what is shown.

The rule. A figure with a band is shown in steps of 1, 10, 100, ... (or 0,1, 0,01, ...). The step is
the largest of these that still fits three times in the band, so a band always spans three to thirty
steps; one power finer when the middle would otherwise be shown as zero while it is not, or when
that shows on which sides of zero a band lies: its direction is unsure, and a reader must see why.
The middle and both ends use the same step. A step is never finer than three significant digits of
the largest of the three, nor finer than the unit allows (persons are whole). A figure without a
band is shown in three significant digits.

Figures that stand beside each other in a table share one step and one scale, so that they can be
compared: the step of the least certain one, unless a figure would then become zero, lose its band
or lose a side of zero. Then one power finer, and so on; at most as fine as the finest step among
them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from babel.numbers import get_decimal_symbol, get_group_symbol

TAAL = "nl_NL"
STAPPEN_IN_BAND = 3
MEESTE_CIJFERS = 3
LEESBARE_CIJFERS = 4
KLEIN_AANTAL = 10
MINTEKEN = "\N{MINUS SIGN}"

FIJNSTE_STAP = {"aandeel": -3, "factor": -2, "fte": -1, "procent": -1}
"""Finest power of ten per unit; 0 (whole numbers) for every other unit."""

PER_TIENDUIZEND = "per 10.000 inwoners"
MEESTE_BANDEN = 2_000
"""Figures whose step and scale a process remembers: a table asks for them several times."""
TELEENHEDEN = frozenset(
    {"personen", "huishoudens", "zaken", "woningen", "leerlingen", PER_TIENDUIZEND}
)
"""Units that count people or their homes: small counts are not spelled out."""

SCHALEN = [(9, "miljard", "mld"), (6, "miljoen", "mln"), (3, "duizend", "dzd"), (0, "", "")]


@dataclass(frozen=True)
class Schrijfwijze:
    """How figures are written in one language.

    Attributes
    ----------
    locale : of numbers and dates
    circa, tot, minder_dan, hooguit, meestal, smal : words around a figure and its band
    schalen : word and abbreviation of a thousand and so on, by exponent
    eenheden : translated units; a unit that is not in it is written as it is
    """

    locale: str = TAAL
    circa: str = "circa"
    tot: str = "tot"
    minder_dan: str = "minder dan"
    hooguit: str = "hooguit"
    meestal: str = "meestal"
    smal: str = "bandbreedte kleiner dan de afronding"
    schalen: Mapping[int, tuple[str, str]] = field(
        default_factory=lambda: {macht: (woord, kort) for macht, woord, kort in SCHALEN}
    )
    eenheden: Mapping[str, str] = field(default_factory=dict)


NEDERLANDS = Schrijfwijze()


@dataclass(frozen=True)
class Band:
    """A figure with its 5% and 95% points.

    Attributes
    ----------
    midden, laag, hoog : the mean of the draws and the ends of the band
    eenheid : unit, from the closed list of the registry
    klein : True where small counts must not be spelled out (figures of one municipality)
    drempel : below this a count is small; per inhabitant it is the same number of people
    """

    midden: float
    laag: float
    hoog: float
    eenheid: str
    klein: bool = False
    drempel: float = KLEIN_AANTAL

    @property
    def telt(self) -> bool:
        """True for a count whose small values must not be spelled out, nor be derived."""
        return self.klein and self.eenheid.split(" per ")[0] in TELEENHEDEN

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
        drempel = self.drempel * abs(factor)
        return Band(self.midden * factor, laag, hoog, eenheid or self.eenheid, self.klein, drempel)


def tiende_macht(waarde: float) -> int:
    """Exponent of the leading digit of a positive number, exactly."""
    return Decimal(repr(float(waarde))).adjusted()


def fijnste_stap(eenheid: str) -> int:
    """Exponent of the finest step that makes sense for a unit."""
    if eenheid == "euro per inwoner":
        return -2
    if eenheid == PER_TIENDUIZEND:
        return -1
    return FIJNSTE_STAP.get(eenheid.split(" per ")[0], 0)


@functools.lru_cache(MEESTE_BANDEN)
def stap(band: Band) -> int:
    """Exponent of the rounding step of a figure, by the rule of this module.

    Counts of one municipality are rounded to tens at the finest: otherwise a small count follows
    from two larger ones and their difference.
    """
    fijnst = fijnste_stap(band.eenheid)
    if band.telt:
        fijnst = max(fijnst, tiende_macht(band.drempel))
    if band.nul:
        return 0
    grens = tiende_macht(band.grootste) - MEESTE_CIJFERS + 1
    breedte = band.hoog - band.laag
    passend = tiende_macht(breedte / STAPPEN_IN_BAND) if breedte > 0 else grens
    if (band.midden != 0 and rond(band.midden, passend) == 0) or _raakt_nul(band, passend):
        passend -= 1
    return max(passend, grens, fijnst)


def _raakt_nul(band: Band, exponent: int) -> bool:
    """Whether a band around zero has an end at zero in this step that the next finer one shows."""
    return band.laag < 0 < band.hoog and any(
        rond(einde, exponent) == 0 != rond(einde, exponent - 1) for einde in (band.laag, band.hoog)
    )


def rond(waarde: float, exponent: int) -> Decimal:
    """Round to a power of ten; halves go to the even neighbour, so signs are treated alike."""
    if not math.isfinite(waarde):
        raise ValueError(f"een cijfer in een rapport moet een getal zijn, niet {waarde}")
    schaal = Decimal(1).scaleb(exponent)
    return (Decimal(repr(float(waarde))) / schaal).quantize(
        Decimal(1), rounding=ROUND_HALF_EVEN
    ) * schaal


@functools.lru_cache(MEESTE_BANDEN)
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
    """Whether no figure becomes zero, loses its band or loses a side of zero by a coarser step."""
    return all(
        (rond(band.midden, exponent) != 0 or rond(band.midden, stap(band)) == 0)
        and _heeft_band(band, exponent) == _heeft_band(band, stap(band))
        and _raakt_nul(band, exponent) <= _raakt_nul(band, stap(band))
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


def decimaal(waarde: Decimal, cijfers: int, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Write a number with the separators of a language and a fixed number of decimals."""
    tekst = f"{abs(waarde):,.{max(0, cijfers)}f}".translate(_scheidingen(wijze.locale))
    return f"{MINTEKEN}{tekst}" if waarde < 0 else tekst


@functools.cache
def _scheidingen(locale: str) -> dict[int, str]:
    """Separators of thousands and decimals of a language in the place of those of Python."""
    tekens = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return {ord(gewoon): eigen for gewoon, eigen in tekens.items()}


def is_klein(waarde: float, band: Band) -> bool:
    """Whether a count is too small to spell out."""
    return band.telt and not band.nul and abs(waarde) < band.drempel


def kleintekst(band: Band, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Write what stands in the place of a small count: ``minder dan 10``."""
    return f"{wijze.minder_dan} {_drempel(band, wijze)}"


def _drempel(band: Band, wijze: Schrijfwijze) -> str:
    exponent = max(tiende_macht(band.drempel) - 1, fijnste_stap(band.eenheid))
    stappen = math.ceil(round(band.drempel * 10.0**-exponent, 9))
    return decimaal(Decimal(stappen).scaleb(exponent), max(0, -exponent), wijze)


def is_heel_klein(band: Band) -> bool:
    """Whether the figure and both ends of its band are too small to spell out."""
    return all(is_klein(waarde, band) for waarde in (band.midden, band.laag, band.hoog))


def _deel(waarde: float, band: Band, wijze: Schrijfwijze, maat: Maat | None = None) -> str:
    if is_klein(waarde, band):
        return kleintekst(band, wijze)
    maat = maat or eigen_maat(band)
    exponent, factor = maat.exponent, maat.schaal[0]
    return decimaal(rond(waarde, exponent).scaleb(-factor), max(0, factor - exponent), wijze)


def eenheidwoord(eenheid: str, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Unit as it stands behind a number in a sentence."""
    return {"aandeel": "", "factor": ""}.get(eenheid, wijze.eenheden.get(eenheid, eenheid))


def als_procent(band: Band) -> Band:
    """Show a share as a percentage: the only place where a share is multiplied by 100."""
    kanten = (100 * band.midden, 100 * band.laag, 100 * band.hoog)
    return Band(*kanten, "procent", band.klein)


def geheel(waarde: float) -> str:
    """Write a whole number that is known exactly: inhabitants, draws, seconds."""
    return decimaal(rond(waarde, 0), 0)


def onafgerond(waarde: float) -> str:
    """Write a value as it stands in a file: not rounded, with a decimal comma."""
    kaal = f"{float(waarde):.6f}".rstrip("0").rstrip(".")
    return decimaal(Decimal(kaal), len(kaal.partition(".")[2]))


def getal(waarde: float, eenheid: str, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Write one figure without a band, in three significant digits, with its unit."""
    return in_woorden(Band(waarde, waarde, waarde, eenheid), wijze)


def in_woorden(band: Band, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Write a figure with its band: ``circa 1,2 miljoen personen (0,8 tot 1,7)``."""
    if band.eenheid == "aandeel":
        return in_woorden(als_procent(band), wijze)
    achter = " ".join(w for w in (schaalwoord(band, wijze), eenheidwoord(band.eenheid, wijze)) if w)
    if is_heel_klein(band):
        return f"{_deel(band.midden, band, wijze)} {achter}".strip()
    if band.laag == band.hoog == band.midden:
        return f"{_deel(band.midden, band, wijze)} {achter}".strip()
    circa = "" if is_klein(band.midden, band) else f"{wijze.circa} "
    midden = _deel(band.midden, band, wijze)
    return f"{circa}{midden} {achter}".strip() + f" ({bandtekst(band, wijze)})"


def schaalwoord(band: Band, wijze: Schrijfwijze = NEDERLANDS) -> str:
    """Word of the scale in which a figure is shown: ``miljoen``."""
    return wijze.schalen[schaal(band)[0]][0]


def _getoond(band: Band) -> Band:
    """Figure as it is shown: a share as a percentage."""
    return als_procent(band) if band.eenheid == "aandeel" else band


def bandtekst(band: Band, wijze: Schrijfwijze = NEDERLANDS, maat: Maat | None = None) -> str:
    """Write only the band: ``0,8 tot 1,7``, or that it is smaller than the rounding.

    A rare event can have a mean outside the band; then nearly all draws give one other figure.
    Behind a minus a small count is a bound: ``-20 tot hooguit 10``.
    """
    if is_klein(band.laag, band) and is_klein(band.hoog, band):
        return _deel(band.laag, band, wijze)
    midden, laag, hoog = (_deel(w, band, wijze, maat) for w in (band.midden, band.laag, band.hoog))
    if is_klein(band.hoog, band) and band.laag < 0:
        hoog = f"{wijze.hooguit} {_drempel(band, wijze)}"
    if laag == hoog != midden:
        return f"{wijze.meestal} {laag}"
    return wijze.smal if laag == hoog else f"{laag} {wijze.tot} {hoog}"


def kort(band: Band, wijze: Schrijfwijze = NEDERLANDS, maat: Maat | None = None) -> tuple[str, str]:
    """Middle and band for two cells of a table; the scale stands with the number.

    Parameters
    ----------
    maat : step and scale of the figures beside it; its own by default
    """
    band = _getoond(band)
    maat = eigen_maat(band) if band.nul or maat is None else maat
    achter = wijze.schalen[maat.schaal[0]][1]
    achter = f"\N{NO-BREAK SPACE}{achter}" if achter else ""
    if band.eenheid == "procent":
        achter = "%"
    midden = _deel(band.midden, band, wijze, maat)
    midden = midden if is_klein(band.midden, band) else midden + achter
    if band.laag == band.hoog == band.midden:
        return midden, ""
    tekst = bandtekst(band, wijze, maat)
    toonbaar = not (is_klein(band.laag, band) and is_klein(band.hoog, band))
    return midden, tekst + achter if toonbaar and f" {wijze.tot} " in tekst else tekst
