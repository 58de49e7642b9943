"""Closed list of units, their natural bounds, and the arithmetic that is allowed."""

from __future__ import annotations

import math
from typing import Literal, get_args

Eenheid = Literal[
    "personen",
    "personen per halfjaar",
    "personen per gemeente",
    "personen per woning",
    "personen per huishouden",
    "personen per vergunning",
    "huishoudens",
    "zaken",
    "zaken per halfjaar",
    "besluiten per halfjaar",
    "woningen",
    "woningen per halfjaar",
    "gemeenten",
    "plaatsen",
    "plaatsen per halfjaar",
    "euro",
    "euro per jaar",
    "euro per halfjaar",
    "euro per dag",
    "euro per maand",
    "euro per uur",
    "euro per persoon",
    "euro per persoon per jaar",
    "euro per huishouden",
    "euro per huishouden per jaar",
    "euro per plaats",
    "euro per plaats per jaar",
    "euro per leerling per jaar",
    "euro per inwoner",
    "aandeel",
    "aandeel per jaar",
    "aandeel per halfjaar",
    "factor",
    "uur",
    "uur per jaar",
    "fte",
    "maanden",
    "weken",
    "halfjaren",
    "jaren",
]
EENHEDEN: tuple[str, ...] = get_args(Eenheid)
ZONDER_EENHEID = "factor"


class EenheidFout(ValueError):
    """Two values meet whose units do not go together."""


def is_euro(eenheid: str) -> bool:
    """Whether an amount of money, so that it has a price level."""
    return eenheid.split(" ")[0] == "euro"


def grenzen(eenheid: str) -> tuple[float, float]:
    """Natural bounds: a share lies between 0 and 1, nothing else is negative."""
    return (0.0, 1.0) if eenheid.split(" ")[0] == "aandeel" else (0.0, math.inf)


def bij_optellen(een: str, ander: str) -> str:
    """Unit of a sum; only equal units can be added.

    Raises
    ------
    EenheidFout
        For instance a share and euros.
    """
    if een != ander:
        raise EenheidFout(f"'{een}' en '{ander}' kunnen niet worden opgeteld")
    return een


def bij_bewerking(bewerking: str, eenheid: str) -> str:
    """Unit that the value of a measure must have: vervang, plus (the same) or maal (factor)."""
    return ZONDER_EENHEID if bewerking == "maal" else eenheid
