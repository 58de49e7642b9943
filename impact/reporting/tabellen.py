"""HTML tables: caption, scope, escaped, and scrolling inside their own frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impact.registry.periode import Halfjaar
from impact.reporting.getallen import NEDERLANDS, Band, Maat, Schrijfwijze, gelijke_maat, kort
from impact.reporting.opmaak import Html, anker, element, samen, tekst

DOMEINWOORD = {"financien": "financiën", "lvv": "LVV", "oekraine": "Oekraïne"}
"""Subjects whose key is not yet a Dutch word."""
LIJST = "aannames-lijst"
"""Anchor of the whole assumption log."""


@dataclass(frozen=True)
class Kolom:
    """Head of a column.

    Attributes
    ----------
    kop : text of the head
    getal : True for figures: aligned right
    scherm : True for links, which do nothing on paper
    """

    kop: str
    getal: bool = False
    scherm: bool = False

    @property
    def klasse(self) -> str | None:
        """Class of its cells."""
        return "getal" if self.getal else "alleen-scherm" if self.scherm else None


def cel(band: Band | None, wijze: Schrijfwijze = NEDERLANDS, maat: Maat | None = None) -> Html:
    """Write a figure in a cell: the middle, and the band below it.

    Parameters
    ----------
    maat : step and scale of the figures beside it; its own by default
    """
    if band is None:
        return element("span", "niet bekend", class_="leeg")
    midden, rest = kort(band, wijze, maat)
    if not rest:
        return tekst(midden)
    return samen(tekst(midden), element("span", rest, class_="band"))


def verschilcel(band: Band | None, onzeker: bool, maat: Maat | None = None) -> Html:
    """Write a difference in a cell, with a plus or minus, and a word when the sign is unsure."""
    if band is None:
        return cel(None)
    inhoud = cel(band, maat=maat)
    if band.midden > 0 and inhoud[:1].isdigit() and not inhoud.startswith(("0<", "0\xa0")):
        inhoud = Html("+" + inhoud)
    if onzeker:
        return samen(inhoud, element("span", "richting onzeker", class_="onzeker"))
    return inhoud


def cellen(banden: Sequence[Band]) -> list[Html]:
    """Write levels that stand beside each other, with one step and one scale."""
    maat = gelijke_maat(banden)
    return [cel(band, maat=maat) for band in banden]


def verschilcellen(verschillen: Sequence[tuple[Band, bool]]) -> list[Html]:
    """Write differences that stand beside each other, with one step and one scale.

    Parameters
    ----------
    verschillen : difference, and whether its direction is unsure
    """
    maat = gelijke_maat(band for band, _ in verschillen)
    return [verschilcel(band, onzeker, maat) for band, onzeker in verschillen]


def tabel(
    bijschrift: str,
    kolommen: Sequence[Kolom],
    rijen: Sequence[Sequence[object]],
    klasse: str = "",
    sleutels: Sequence[str] | None = None,
) -> Html:
    """Make a table; the first cell of each row is its head.

    Parameters
    ----------
    bijschrift : caption; required
    kolommen : heads
    rijen : cells per row; plain text is escaped, `Html` stays
    klasse : extra class
    sleutels : ids of the rows, so that they can be linked to

    Raises
    ------
    ValueError
        No caption, no rows, or a row with another number of cells than there are heads.
    """
    if not bijschrift.strip():
        raise ValueError("een tabel heeft een bijschrift nodig")
    if not rijen or any(len(rij) != len(kolommen) for rij in rijen):
        raise ValueError(f"tabel '{bijschrift}' is leeg of heeft een rij met te veel of te weinig")
    koppen = [element("th", kolom.kop, scope="col", class_=kolom.klasse) for kolom in kolommen]
    ids = sleutels or [None] * len(rijen)  # type: ignore[list-item]
    romp = [_rij(kolommen, rij, id_) for rij, id_ in zip(rijen, ids, strict=True)]
    return element(
        "div",
        element(
            "table",
            element("caption", bijschrift),
            element("thead", element("tr", *koppen)),
            element("tbody", *romp),
            class_=klasse or None,
        ),
        class_="schuif",
        role="region",
        aria_label=bijschrift,
        tabindex="0",
    )


def _rij(kolommen: Sequence[Kolom], rij: Sequence[object], id_: str | None) -> Html:
    eerste, *rest = rij
    cellen = [
        element("td", waarde, class_=kolom.klasse)
        for kolom, waarde in zip(kolommen[1:], rest, strict=True)
    ]
    return element("tr", element("th", eerste, scope="row"), *cellen, id=id_)


def uitleg_anker(grootheid: str, betaler: str = "") -> str:
    """Id of the explanation of a figure."""
    return anker(f"uitleg-{grootheid}-{betaler}")


def uitleg_link(grootheid: str, betaler: str = "", woord: str = "uitleg") -> Html:
    """Link to the explanation of a figure."""
    return element("a", woord, href=f"#{uitleg_anker(grootheid, betaler)}", class_="aanname")


def aanname_link(domein: str, woord: str = "") -> Html:
    """Link to the assumptions behind a figure."""
    return element(
        "a",
        woord or f"aannames {domeinwoord(domein)}",
        href=f"#aannames-{anker(domein)}",
        class_="aanname",
    )


def aannamelijst_link() -> Html:
    """Link to the whole assumption log, for a figure that rests on all of it."""
    return element("a", "alle aannames", href=f"#{LIJST}", class_="aanname")


def halfjaarcel(halfjaar: Halfjaar | str) -> Html:
    """Half-year that stays on one line."""
    return element("span", str(halfjaar), class_="heel")


def domeinwoord(domein: str) -> str:
    """Subject of assumptions as a Dutch word."""
    return DOMEINWOORD.get(domein, domein)
