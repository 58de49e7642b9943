"""Cards in columns with arrows between them, as SVG in the look of the charts."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from impact.reporting import thema
from impact.reporting.opmaak import Html, element, samen

BREEDTE, TUSSEN = 148, 30
RAND, REGEL, LUCHT, KOPRUIMTE = 9, 15, 12, 30
LETTERS = 12
TEKENS = 22
"""Characters of the letter that fit on a line of a card."""
VLAK = "#f4f6f9"
KLEUR = {"▲": thema.MEER, "▼": thema.MINDER, "◆": thema.ZACHT}


@dataclass(frozen=True)
class Regel:
    """A line below the name of a card.

    Attributes
    ----------
    tekst, cijfer : words, and a figure on a line of its own
    teken : sign that decides the colour of the figure
    """

    tekst: str
    cijfer: str = ""
    teken: str = ""


@dataclass(frozen=True)
class Kaart:
    """A card.

    Attributes
    ----------
    id : name that arrows refer to
    stil : drawn with a dashed border
    kop : the name is a heading above the lines
    """

    id: str
    naam: str
    regels: list[Regel] = field(default_factory=list)
    stil: bool = False
    kop: bool = False


@dataclass(frozen=True)
class Lijn:
    """An arrow from one card to another, by their ids."""

    van: str
    naar: str


@dataclass(frozen=True)
class Plek:
    """Where a card is drawn."""

    x: float
    y: float
    hoogte: float

    @property
    def midden(self) -> float:
        """Height of its middle."""
        return self.y + self.hoogte / 2


Kolommen = Sequence[tuple[str, Sequence[Kaart]]]
Tekstregel = tuple[str, str, str]
"""Text, colour and weight of one line."""


def teken_kaarten(kolommen: Kolommen, lijnen: Sequence[Lijn], naam: str) -> str:
    """Draw cards in columns, from left to right, with arrows behind them.

    Parameters
    ----------
    kolommen : heading and cards of every column
    lijnen : arrows; one to a card that is not there is an error
    naam : unique within a report
    """
    plekken, hoogte = _plekken(kolommen)
    breedte = len(kolommen) * (BREEDTE + TUSSEN) - TUSSEN
    delen = [_pijlpunt(), *(_pijl(plekken[lijn.van], plekken[lijn.naar]) for lijn in lijnen)]
    for nummer, (kop, kaarten) in enumerate(kolommen):
        x = nummer * (BREEDTE + TUSSEN)
        delen.append(_tekst(x, LETTERS, kop, thema.ZACHT, "normal"))
        delen += [_kaart(kaart, plekken[kaart.id]) for kaart in kaarten]
    inhoud = samen(*delen)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{breedte + 2}" height="{hoogte:g}" '
        f'viewBox="-1 0 {breedte + 2} {hoogte:g}" font-family="{thema.LETTER}" '
        f'font-size="{LETTERS}" style="min-width:{breedte // 20}rem">{inhoud}</svg>'
    )


def _plekken(kolommen: Kolommen) -> tuple[dict[str, Plek], float]:
    """Place of every card, columns centred on each other; and the height of the picture."""
    hoogten = [sum(_hoogte(kaart) + LUCHT for kaart in kaarten) - LUCHT for _, kaarten in kolommen]
    hoogste = max(hoogten)
    plekken: dict[str, Plek] = {}
    for nummer, (_, kaarten) in enumerate(kolommen):
        y = KOPRUIMTE + (hoogste - hoogten[nummer]) / 2
        for kaart in kaarten:
            plekken[kaart.id] = Plek(nummer * (BREEDTE + TUSSEN), y, _hoogte(kaart))
            y += _hoogte(kaart) + LUCHT
    return plekken, KOPRUIMTE + hoogste + LUCHT


def _hoogte(kaart: Kaart) -> float:
    return 2 * RAND + REGEL * len(_tekstregels(kaart)) - (REGEL - LETTERS)


def _tekstregels(kaart: Kaart) -> list[Tekstregel]:
    """Lines of a card; long texts are broken, none is cut off."""
    zwaar = "bold" if kaart.kop else "normal"
    kleur = thema.ZACHT if kaart.stil else thema.INKT
    regels: list[Tekstregel] = [(deel, kleur, zwaar) for deel in _breek(kaart.naam)]
    for regel in kaart.regels:
        regels += [(deel, thema.ZACHT, "normal") for deel in _breek(regel.tekst)]
        if regel.cijfer:
            regels.append((regel.cijfer, KLEUR.get(regel.teken, thema.INKT), "bold"))
    return regels


def _breek(tekst: str) -> list[str]:
    return textwrap.wrap(tekst, TEKENS) or [tekst]


def _kaart(kaart: Kaart, plek: Plek) -> Html:
    vak = element(
        "rect",
        x=f"{plek.x:g}",
        y=f"{plek.y:g}",
        width=f"{BREEDTE}",
        height=f"{plek.hoogte:g}",
        rx="4",
        fill=VLAK,
        stroke=thema.LIJN,
        stroke_dasharray="4 3" if kaart.stil else None,
    )
    regels = [
        _tekst(plek.x + RAND, plek.y + RAND + LETTERS - 2 + REGEL * nummer, *regel)
        for nummer, regel in enumerate(_tekstregels(kaart))
    ]
    return samen(vak, *regels)


def _tekst(x: float, y: float, tekst: str, kleur: str, gewicht: str) -> Html:
    return element("text", tekst, x=f"{x:g}", y=f"{y:g}", fill=kleur, font_weight=gewicht)


def _pijlpunt() -> Html:
    punt = element("path", d="M0,0L7,3.5L0,7Z", fill=thema.ZONDER)
    kenmerken = 'id="punt" markerWidth="7" markerHeight="7" refX="7" refY="3.5" orient="auto"'
    return Html(f'<defs><marker {kenmerken} markerUnits="userSpaceOnUse">{punt}</marker></defs>')


def _pijl(van: Plek, naar: Plek) -> Html:
    """Curve from the right side of one card to the left side of another; inside a column down."""
    if van.x == naar.x:
        x, y1, y2 = van.x + BREEDTE / 2, van.y + van.hoogte, naar.y
        if y2 < y1:
            y1, y2 = van.y, naar.y + naar.hoogte
        weg = f"M{x:g},{y1:g}L{x:g},{y2:g}"
    else:
        x1, x2 = van.x + BREEDTE, naar.x
        bocht = (x2 - x1) / 2 if x2 - x1 < BREEDTE else TUSSEN
        weg = (
            f"M{x1:g},{van.midden:g}C{x1 + bocht:g},{van.midden:g} "
            f"{x2 - bocht:g},{naar.midden:g} {x2:g},{naar.midden:g}"
        )
    return element(
        "path",
        d=weg,
        fill="none",
        stroke=thema.ZONDER,
        stroke_width="1.2",
        marker_end="url(#punt)",
    )
