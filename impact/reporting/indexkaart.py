"""The hex map of the index page: every cell is a link with a name, coloured by class."""

from __future__ import annotations

import math

import pandas as pd

from impact.reporting import thema
from impact.reporting.indexcijfers import KLEIN, ONZEKER, ZEKER, Laag, gemeenten
from impact.reporting.opmaak import Html, element, samen

HALF = 10.0
"""Half the width of a cell."""
STRAAL = HALF / math.cos(math.pi / 6)
HOEKEN = [
    (STRAAL * math.sin(n * math.pi / 3), -STRAAL * math.cos(n * math.pi / 3)) for n in range(6)
]
"""Corners of a cell, from the top, clockwise."""
BUREN = {
    0: [(0, -1), (1, 0), (0, 1), (-1, 1), (-1, 0), (-1, -1)],
    1: [(1, -1), (1, 0), (1, 1), (0, 1), (-1, 0), (0, -1)],
}
"""Column and row of the neighbour across each side, in even and odd rows."""


def plek(kolom: int, rij: int) -> tuple[float, float]:
    """Middle of a cell."""
    return 2 * HALF * kolom + HALF * (rij % 2), 1.5 * STRAAL * rij


def kort(getal: float) -> str:
    """Write a coordinate in one decimal."""
    return f"{getal:.1f}".removesuffix(".0")


def klasse(laag: Laag | None, plaats: int) -> str:
    """Style class of a cell: its colour, and a dot when its direction is unsure."""
    if laag is None or laag.codes[plaats] == KLEIN:
        return "cel"
    teken = laag.codes[plaats]
    soort = "v" if laag.verschil else "n"
    if teken in ONZEKER:
        return f"cel {soort}{ONZEKER.index(teken)} stip"
    return f"cel {soort}{ZEKER.index(teken)}"


def kleuren() -> str:
    """Style rules with the colours of the theme, so that they stand in one place."""
    reeksen = {"v": thema.KLASSEN_VERSCHIL, "n": thema.KLASSEN_NIVEAU}
    return "".join(
        f".{soort}{nummer}{{--vlak:{kleur}}}"
        for soort, reeks in reeksen.items()
        for nummer, kleur in enumerate(reeks)
    )


def kaart(cellen: pd.DataFrame, links: list[str], namen: list[str], laag: Laag | None) -> Html:
    """Draw the map.

    Parameters
    ----------
    cellen : index gemeentecode; columns kolom, rij, provinciecode
    links : address of the sheet per cell; empty when there is none
    namen : full name per cell, with its class in words
    laag : what colours the cells
    """
    punten = [plek(int(k), int(r)) for k, r in zip(cellen["kolom"], cellen["rij"], strict=True)]
    vormen = [
        _cel(punt, link, naam, klasse(laag, nummer))
        for nummer, (punt, link, naam) in enumerate(zip(punten, links, namen, strict=True))
    ]
    breed = max(x for x, _ in punten) - min(x for x, _ in punten) + 2 * HALF + 4
    hoog = max(y for _, y in punten) - min(y for _, y in punten) + 2 * STRAAL + 4
    links_, boven = min(x for x, _ in punten) - HALF - 2, min(y for _, y in punten) - STRAAL - 2
    hoeken = "L".join(f"{kort(x)},{kort(y)}" for x, y in HOEKEN)
    vorm = element(
        "defs",
        element(
            "g",
            element("path", d=f"M{hoeken}Z", class_="vlak"),
            element("circle", r="2.6", class_="rondje"),
            id="zeshoek",
        ),
    )
    return element(
        "svg",
        vorm,
        *vormen,
        element("path", d=grenzen(cellen), class_="grens"),
        element("path", d=f"M{hoeken}Z", class_="ring", id="ring"),
        id="kaart",
        viewBox=f"{kort(links_)} {kort(boven)} {kort(breed)} {kort(hoog)}",
        role="group",
        aria_labelledby="kaartnaam",
    )


def _cel(punt: tuple[float, float], link: str, naam: str, klasse_: str) -> Html:
    vorm = element("use", href="#zeshoek", x=kort(punt[0]), y=kort(punt[1]))
    kenmerken = {"href": link} if link else {"role": "img"}
    return element("a", element("title", naam), vorm, class_=klasse_, **kenmerken)


def grenzen(cellen: pd.DataFrame) -> str:
    """Lines between provinces and around the country, as one path."""
    provincie = {
        (int(k), int(r)): str(p)
        for k, r, p in zip(cellen["kolom"], cellen["rij"], cellen["provinciecode"], strict=True)
    }
    stukken = []
    for (kolom, rij), eigen in provincie.items():
        x, y = plek(kolom, rij)
        for zijde, (dk, dr) in enumerate(BUREN[rij % 2]):
            # side n lies between corner n and n + 1, clockwise from the top; its own side only once
            ander = provincie.get((kolom + dk, rij + dr))
            if ander != eigen and (ander is None or eigen < ander):
                (x1, y1), (x2, y2) = HOEKEN[zijde], HOEKEN[(zijde + 1) % 6]
                stukken.append(f"M{kort(x + x1)},{kort(y + y1)}L{kort(x + x2)},{kort(y + y2)}")
    return "".join(stukken)


def legenda(laag: Laag | None) -> Html:
    """Legend in words: colour, class, and how many municipalities."""
    if laag is None:
        return Html("")
    soort = "v" if laag.verschil else "n"
    regels = []
    for nummer, woorden in enumerate(laag.klassen):
        aantal = laag.codes.count(ZEKER[nummer]) + laag.codes.count(ONZEKER[nummer])
        regels.append(_regel(f"{soort}{nummer}", woorden, aantal))
    klein = laag.codes.count(KLEIN)
    if klein:
        regels.append(_regel("", "minder dan 10 personen", klein))
    return samen(*regels)


def _regel(klasse_: str, woorden: str, aantal: int) -> Html:
    staal = element("span", class_=f"staal {klasse_}".strip(), aria_hidden="true")
    return element("li", staal, f"{woorden}: {gemeenten(aantal)}")
