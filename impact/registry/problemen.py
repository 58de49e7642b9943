"""Problems in the parameters: all of them in one message, with file, line and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


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


def bedoelde(gevonden: str, mogelijk: Iterable[str]) -> str:
    """Return a question with the nearest known name, or nothing."""
    dichtbij = difflib.get_close_matches(str(gevonden), list(mogelijk), n=1, cutoff=0.6)
    return f"bedoelde u '{dichtbij[0]}'?" if dichtbij else ""


def kort(waarde: object, lengte: int = 60) -> str:
    """Show a found value, not longer than a line."""
    tekst = str(waarde)
    return tekst if len(tekst) <= lengte else tekst[: lengte - 1] + "…"
