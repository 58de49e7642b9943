"""The small language of formulas: read, calculate, and write in Dutch words.

A formula is one line, such as ``vorig(achterstand_zelf) + taakstelling_netto - gehuisvest``.

- a bare name is another formula; ``kosten_inrichting.gemeente`` is a cost line of a payer;
- ``p.`` is a parameter, ``g.`` a municipal figure, ``begin.`` a stock at the start, ``historie.`` a
  series before the start, ``toeval.`` what is calibrated or differs by chance;
- ``t`` is the half-year (0 is the first), ``k`` the number of half-years since a group began;
  ``naam[k]`` is a formula that is made for each group;
- the functions are those in `SOMMEN`, `GETALFUNCTIES`, and ``laatste`` and ``lijn``.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import Reeks

KLEINSTE_DELER = 1e-9
"""Keeps a division of nothing by nothing from happening; the model uses the same number."""
AFRONDMARGE = 1e-9
EERSTE_COHORT = -24
"""Half-year of the oldest group that is followed, counted from the start."""


class FormuleFout(ValueError):
    """A formula is not written in the language, or no longer says what the model does."""


@dataclass(frozen=True)
class Deel:
    """One part of a formula.

    Attributes
    ----------
    naam : formula, cost line with payer, or leaf with its prefix
    t : half-year, 0 is the first of the run
    k : half-years since the group began; None when the formula is not made per group
    landelijk : the sum of all municipalities
    """

    naam: str
    t: int
    k: int | None = None
    landelijk: bool = False


@dataclass(frozen=True)
class Moment:
    """Where a formula is evaluated: half-year, and age of the group."""

    t: int
    k: int | None = None


Haal = Callable[[Deel], Reeks]
Noem = Callable[[Deel], str]


@functools.cache
def ontleed(regel: str) -> ast.expr:
    """Read a formula.

    Raises
    ------
    FormuleFout
        It is not one expression.
    """
    try:
        return ast.parse(regel, mode="eval").body
    except SyntaxError as fout:
        raise FormuleFout(f"formule '{regel}' is niet te lezen: {fout.msg}") from None


def naam_van(stuk: ast.expr) -> str:
    """Full name of a part, with its prefix or payer."""
    match stuk:
        case ast.Name(id=naam):
            return naam
        case ast.Attribute(value=ast.Name(id=voor), attr=naam):
            return f"{voor}.{naam}"
    raise FormuleFout(f"'{ast.unparse(stuk)}' is geen naam")


def _geheel(stuk: ast.expr, moment: Moment) -> int:
    """Whole number, such as a number of half-years back."""

    def nooit(deel: Deel) -> Reeks:
        raise FormuleFout(f"'{deel.naam}' kan hier niet: een vast geheel getal is nodig")

    return int(reken(stuk, moment, nooit)[0])


def _terug(stukken: list[ast.expr], moment: Moment) -> list[Deel]:
    return [Deel(naam_van(stukken[0]), moment.t - _geheel(stukken[1], moment))]


def _cohorten(stukken: list[ast.expr], moment: Moment) -> list[Deel]:
    van = _geheel(stukken[1], moment)
    tot = _geheel(stukken[2], moment) if len(stukken) > 2 else moment.t - EERSTE_COHORT
    return [Deel(naam_van(stukken[0]), moment.t, k) for k in range(van, tot + 1)]


def _som_terug(stukken: list[ast.expr], moment: Moment) -> list[Deel]:
    return [Deel(naam_van(stukken[0]), moment.t - k) for k in range(_geheel(stukken[1], moment))]


SOMMEN: dict[str, Callable[[list[ast.expr], Moment], list[Deel]]] = {
    "vorig": lambda stukken, moment: [Deel(naam_van(stukken[0]), moment.t - 1)],
    "eerste": lambda stukken, _: [Deel(naam_van(stukken[0]), 0)],
    "som_nl": lambda stukken, moment: [Deel(naam_van(stukken[0]), moment.t, landelijk=True)],
    "terug": _terug,
    "cohorten": _cohorten,
    "som_terug": _som_terug,
}
"""Functions whose value is the sum of the parts that they name."""


def _omhoog(x: Reeks) -> Reeks:
    return np.ceil(x - AFRONDMARGE)


def _kleiner(een: Reeks, ander: Reeks) -> Reeks:
    return np.where(een < ander, 1.0, 0.0)


def _per(teller: Reeks, noemer: Reeks) -> Reeks:
    return teller / np.maximum(noemer, KLEINSTE_DELER)


GETALFUNCTIES: dict[str, Callable[..., Reeks]] = {
    "min": np.minimum,
    "max": np.maximum,
    "exp": np.exp,
    "abs": np.abs,
    "rond": np.rint,
    "omhoog": _omhoog,
    "klem": np.clip,
    "kleiner": _kleiner,
    "per": _per,
}
BEWERKINGEN: dict[type[ast.operator], Callable[[Reeks, Reeks], Reeks]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}


def reken(stuk: ast.expr, moment: Moment, haal: Haal) -> Reeks:
    """Value of a formula, array [gemeente] or [1].

    Parameters
    ----------
    haal : gives the value of each part; only parts that count are asked for

    Raises
    ------
    FormuleFout
        Something that the language does not have.
    """
    match stuk:
        case ast.Constant(value=int() | float() as getal):
            return np.array([float(getal)])
        case ast.Name(id="t"):
            return np.array([float(moment.t)])
        case ast.Name(id="k") if moment.k is not None:
            return np.array([float(moment.k)])
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return haal(deel_van(stuk, moment))
        case ast.UnaryOp(op=ast.USub(), operand=rest):
            return -reken(rest, moment, haal)
        case ast.BinOp(left=links, op=op, right=rechts) if type(op) in BEWERKINGEN:
            return BEWERKINGEN[type(op)](reken(links, moment, haal), reken(rechts, moment, haal))
        case ast.Call(func=ast.Name(id=functie), args=stukken):
            return _roep(functie, stukken, moment, haal)
    raise FormuleFout(f"'{ast.unparse(stuk)}' hoort niet bij de taal van formules")


def is_lange_som(stuk: ast.expr, moment: Moment, meeste: int) -> bool:
    """Whether a formula only adds parts up, and more of them than can be written out."""
    match stuk:
        case ast.Call(func=ast.Name(id=functie), args=stukken) if functie in SOMMEN:
            return len(SOMMEN[functie](stukken, moment)) > MEESTE_TERMEN
    namen = [deel for deel in ast.walk(stuk) if isinstance(deel, ast.Name)]
    soorten = (ast.BinOp, ast.Add, ast.Name, ast.Attribute, ast.Load)
    return len(namen) > meeste and all(isinstance(deel, soorten) for deel in ast.walk(stuk))


def deel_van(stuk: ast.expr, moment: Moment) -> Deel:
    """Return the part that a name, or a name with the age of a group, stands for."""
    if isinstance(stuk, ast.Subscript):
        return Deel(naam_van(stuk.value), moment.t, _geheel(stuk.slice, moment))
    return Deel(naam_van(stuk), moment.t)


def _roep(functie: str, stukken: list[ast.expr], moment: Moment, haal: Haal) -> Reeks:
    if functie in SOMMEN:
        delen = SOMMEN[functie](stukken, moment)
        return functools.reduce(np.add, map(haal, delen), np.zeros(1))
    if functie in GETALFUNCTIES:
        return GETALFUNCTIES[functie](*(reken(stuk, moment, haal) for stuk in stukken))
    if functie == "laatste":
        return reken(stukken[0], moment, haal) if moment.t == -1 else np.zeros(1)
    if functie == "lijn":
        return _lijn(stukken, moment, haal)
    raise FormuleFout(f"onbekende functie '{functie}' in een formule")


def _lijn(stukken: list[ast.expr], moment: Moment, haal: Haal) -> Reeks:
    """Straight line between points; only the two points around x are asked for."""
    x = reken(stukken[0], moment, haal)
    plaatsen = [_geheel(stuk, moment) for stuk in stukken[1::2]]
    rechts = int(np.clip(np.searchsorted(plaatsen, x[0]), 0, len(plaatsen) - 1))
    hoog = haal(deel_van(stukken[2 + 2 * rechts], moment))
    if rechts == 0 or x[0] >= plaatsen[rechts]:
        return hoog
    laag = haal(deel_van(stukken[2 * rechts], moment))
    van, tot = plaatsen[rechts - 1], plaatsen[rechts]
    return np.asarray(laag + (x - van) / (tot - van) * (hoog - laag))


def delen_van(stuk: ast.expr, moment: Moment, haal: Haal) -> dict[Deel, Reeks]:
    """Return the parts that a formula really uses, in their order, with their values."""
    gevonden: dict[Deel, Reeks] = {}

    def onthoud(deel: Deel) -> Reeks:
        gevonden[deel] = haal(deel)
        return gevonden[deel]

    reken(stuk, moment, onthoud)
    return gevonden


RANG = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.Pow: 3}
TEKEN = {
    ast.Add: "+",
    ast.Sub: "\N{MINUS SIGN}",
    ast.Mult: "\N{MULTIPLICATION SIGN}",
    ast.Div: "/",
    ast.Pow: "^",
}
WOORD = {
    "min": "de laagste van ({})",
    "max": "de hoogste van ({})",
    "exp": "e^({})",
    "abs": "afstand tot nul van ({})",
    "rond": "afgerond ({})",
    "omhoog": "naar boven afgerond ({})",
    "kleiner": "1 of 0 (1 als {} kleiner is dan {})",
}
MEESTE_TERMEN = 4
"""A sum with more terms is not written out."""
MEER_TERMEN = {
    "cohorten": "de som over {} groepen",
    "som_terug": "de som over {} halfjaren",
}


def in_woorden(stuk: ast.expr, moment: Moment, noem: Noem, rang: int = 0) -> str:
    """Write a formula with the names, or the numbers, that ``noem`` gives."""
    match stuk:
        case ast.Constant(value=int() | float() as getal):
            return f"{getal:g}".replace(".", ",")
        case ast.Name(id="t"):
            return str(moment.t)
        case ast.Name(id="k") if moment.k is not None:
            return str(moment.k)
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return noem(deel_van(stuk, moment))
        case ast.UnaryOp(operand=rest):
            return f"\N{MINUS SIGN}{in_woorden(rest, moment, noem, 3)}"
        case ast.BinOp(left=links, op=op, right=rechts):
            return _som_in_woorden(links, op, rechts, moment, noem, rang)
        case ast.Call(func=ast.Name(id="per"), args=[links, rechts]):
            return _som_in_woorden(links, ast.Div(), rechts, moment, noem, rang)
        case ast.Call(func=ast.Name(id=functie), args=stukken):
            return _aanroep_in_woorden(functie, stukken, moment, noem, rang)
    raise FormuleFout(f"'{ast.unparse(stuk)}' hoort niet bij de taal van formules")


def _som_in_woorden(
    links: ast.expr, op: ast.operator, rechts: ast.expr, moment: Moment, noem: Noem, rang: int
) -> str:
    eigen = RANG[type(op)]
    strak = eigen + isinstance(op, ast.Sub | ast.Div | ast.Pow)
    tekst = (
        f"{in_woorden(links, moment, noem, eigen)} {TEKEN[type(op)]} "
        f"{in_woorden(rechts, moment, noem, strak)}"
    )
    return f"({tekst})" if eigen < rang else tekst


def _aanroep_in_woorden(
    functie: str, stukken: list[ast.expr], moment: Moment, noem: Noem, rang: int
) -> str:
    if functie in SOMMEN:
        delen = SOMMEN[functie](stukken, moment)
        if len(delen) > MEESTE_TERMEN:
            return MEER_TERMEN[functie].format(len(delen))
        tekst = " + ".join(noem(deel) for deel in delen)
        return f"({tekst})" if rang and len(delen) > 1 else tekst
    if functie == "laatste":
        return in_woorden(stukken[0], moment, noem, rang)
    if functie == "lijn":
        return (
            f"rechte lijn door de punten van de curve, bij {in_woorden(stukken[0], moment, noem)}"
        )
    binnen = [in_woorden(stuk, moment, noem) for stuk in stukken]
    if functie == "klem":
        return f"begrensd van {binnen[1]} tot {binnen[2]} ({binnen[0]})"
    if functie == "kleiner":
        return WOORD[functie].format(*binnen)
    return WOORD[functie].format("; ".join(binnen))
