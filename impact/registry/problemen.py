"""Problems in the parameters: all of them in one message, with file, line and the way out."""

from __future__ import annotations

import difflib
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

LANGSTE_NAAM = 80
BUREN = 12


@dataclass(frozen=True, order=True)
class Probleem:
    """One thing that is wrong.

    Attributes
    ----------
    bestand : path as the analyst sees it, such as ``parameters/wetten/x.yaml``
    regel : line number; 0 when the whole file is meant
    tekst : what was found and what is allowed, in Dutch
    suggestie : the way out; empty when there is none
    """

    bestand: str
    regel: int
    tekst: str
    suggestie: str = ""

    def __str__(self) -> str:
        """Write as one or two lines."""
        plek = f"{self.bestand}, regel {self.regel}" if self.regel else self.bestand
        return f"{plek}: {self.tekst}" + (f"\n  {self.suggestie}" if self.suggestie else "")


class RegisterFout(ValueError):
    """The parameters cannot be used; the text holds all problems."""

    def __init__(self, problemen: Iterable[Probleem]) -> None:
        self.problemen = sorted(set(problemen))
        aantal = len(self.problemen)
        slot = "1 probleem" if aantal == 1 else f"{aantal} problemen"
        regels = [str(probleem) for probleem in self.problemen]
        super().__init__("\n".join([*regels, f"{slot}; er is niets berekend."]))

    def __reduce__(self) -> tuple[type[RegisterFout], tuple[list[Probleem]]]:
        """Keep the message when a worker process passes the error on."""
        return type(self), (self.problemen,)


def bedoelde(gevonden: str, mogelijk: Iterable[str]) -> str:
    """Return a question with the nearest known name, or nothing."""
    if len(str(gevonden)) > LANGSTE_NAAM:
        return ""
    namen = _buren(str(gevonden), list(mogelijk))
    dichtbij = difflib.get_close_matches(str(gevonden), namen, n=1, cutoff=0.6)
    return f"bedoelde u '{dichtbij[0]}'?" if dichtbij else ""


def _buren(naam: str, namen: list[str]) -> list[str]:
    """Names that begin or end alike; comparing all of thousands of names takes minutes."""
    if len(namen) <= 4 * BUREN:
        return namen
    vooraan, achteraan = sorted(namen), sorted(n[::-1] for n in namen)
    plek, einde = bisect(vooraan, naam), bisect(achteraan, naam[::-1])
    buren = vooraan[max(0, plek - BUREN) : plek + BUREN]
    return buren + [n[::-1] for n in achteraan[max(0, einde - BUREN) : einde + BUREN]]


def kort(waarde: object, lengte: int = 60) -> str:
    """Show a found value, not longer than a line."""
    tekst = str(waarde)
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1] + "…"
