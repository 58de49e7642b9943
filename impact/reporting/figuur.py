"""A chart with everything a reader needs: title, description, source, and the same figures."""

from __future__ import annotations

import contextlib
import functools
import json
import math
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from impact import tekenaar
from impact.reporting.opmaak import Html, anker, element, samen, veilig
from impact.reporting.svgkort import kort_in
from impact.tekenaar import Locale, TekenFout

SVG = "http://www.w3.org/2000/svg"
KORTSTE_BESCHRIJVING = 60
ALGEMEEN = re.compile(
    r"^\W*(grafiek|figuur|afbeelding|plaatje|kaart|image|chart|graph|plot)\W*(\d+\W*)?$"
    r"|^(dit is )?een (grafiek|figuur|afbeelding|kaart) (van|over|met)\b[^.]*\.?$",
    re.IGNORECASE,
)
MEESTE_TEKENINGEN = 100
"""Drawn charts that a process remembers."""
_BEGIN, _EIND = "<!--tekening ", "-->"
_PLAATS = re.compile(rf"{_BEGIN}(.*?){_EIND}")
_GEEN_HTML = {ord(teken): f"\\u{ord(teken):04x}" for teken in "<>&"}
"""Inside a placeholder no text can end it, or begin another."""
LATER = "IMPACT_TEKEN_LATER"
"""Variable of the environment that is set while charts are to be drawn later; kernels see it."""


class FiguurFout(ValueError):
    """A chart lacks what a reader needs."""


def controleer_beschrijving(titel: str, beschrijving: str) -> None:
    """Refuse a description that does not say what is to be seen.

    Raises
    ------
    FiguurFout
        Empty, short, generic, equal to the title, or without a single figure.
    """
    kaal = " ".join(beschrijving.split())
    if len(kaal) < KORTSTE_BESCHRIJVING:
        raise FiguurFout(f"beschrijving van '{titel}' is te kort: zeg wat er te zien is")
    if ALGEMEEN.match(kaal) or kaal.casefold() == titel.strip().casefold():
        raise FiguurFout(f"beschrijving van '{titel}' zegt niets: zeg wat er te zien is")
    if not re.search(r"\d", kaal):
        raise FiguurFout(f"beschrijving van '{titel}' noemt geen enkel cijfer")


@dataclass(frozen=True)
class Figuur:
    """A finished chart.

    Attributes
    ----------
    naam : unique within a report; ids inside the SVG begin with it
    titel, beschrijving : shown above the chart, and read by a screen reader
    svg : static picture
    tabel : HTML table with the same figures
    eenheid : unit of the figures
    bronregel : where the figures come from, with links
    woorden : the words "figure" and "figures of" in the language of the report
    """

    naam: str
    titel: str
    beschrijving: str
    svg: str
    tabel: Html
    eenheid: str
    bronregel: Html
    woorden: tuple[str, str] = ("Figuur", "Cijfers bij")

    def __post_init__(self) -> None:
        if not self.titel.strip() or not self.eenheid.strip() or not self.bronregel.strip():
            raise FiguurFout(f"figuur '{self.naam}' mist een titel, eenheid of bron")
        controleer_beschrijving(self.titel, self.beschrijving)

    def html(self) -> Html:
        """Figure with caption, picture, source and a folded table."""
        return element(
            "figure",
            element(
                "figcaption",
                element("span", self.titel, class_="figuurtitel"),
                element("span", hoofdletter_eenheid(self.eenheid), class_="eenheid"),
            ),
            element(
                "div",
                Html(self.svg),
                class_="beeld",
                role="region",
                aria_label=f"{self.woorden[0]}: {self.titel}",
                tabindex="0",
            ),
            element("p", self.bronregel, class_="bronregel"),
            element(
                "details",
                element("summary", f"{self.woorden[1]}: {self.titel}"),
                self.tabel,
            ),
            id=figuur_id(self.naam),
            class_="figuur",
        )


def figuur_id(naam: str) -> str:
    """Id of a figure in a page."""
    return f"figuur-{anker(naam)}"


def hoofdletter_eenheid(eenheid: str) -> str:
    """Unit as a line under a title."""
    return eenheid[:1].upper() + eenheid[1:]


@contextlib.contextmanager
def uitgesteld() -> Iterator[None]:
    """Have every chart drawn later: `teken` gives a placeholder, to be put in by `teken_in`.

    For a process that runs notebooks: its copies and kernels do the same, and the process itself
    draws all charts of a report in one go. For one thread at a time; what a notebook writes to a
    file of its own meanwhile has placeholders too.
    """
    vorige = os.environ.get(LATER)
    os.environ[LATER] = "1"
    try:
        yield
    finally:
        if vorige is None:
            os.environ.pop(LATER)


def teken(
    specificatie: Mapping[str, Any],
    naam: str,
    titel: str,
    beschrijving: str,
    locale: Locale = "nl-NL",
) -> str:
    """Draw a Vega-Lite chart as static SVG that a screen reader can read.

    Nothing is fetched: data are inside the specification. Control characters are taken out of
    every text, and a number that is not there becomes empty.

    Returns
    -------
    The SVG; inside `uitgesteld` a placeholder for it.

    Raises
    ------
    FiguurFout
        It cannot be drawn.
    """
    opdracht = json.dumps(
        [schoon(specificatie), naam, veilig(titel), veilig(beschrijving), locale],
        separators=(",", ":"),
        allow_nan=False,
    ).translate(_GEEN_HTML)
    return f"{_BEGIN}{opdracht}{_EIND}" if LATER in os.environ else _getekend(opdracht)


def teken_in(html: str) -> str:
    """Put the drawn charts in the places that `teken` kept for them.

    Raises
    ------
    FiguurFout
        One of them cannot be drawn.
    """
    return _PLAATS.sub(lambda plaats: _getekend(plaats[1]), html)


def specificaties(html: str) -> dict[str, dict[str, Any]]:
    """Specification per id of a figure, of the charts that are still to be drawn.

    Raises
    ------
    FiguurFout
        Two charts have one id, so that one could be shown in the place of the other.
    """
    gevonden: dict[str, dict[str, Any]] = {}
    for plaats in _PLAATS.finditer(html):
        specificatie, naam, *_ = json.loads(plaats[1])
        if gevonden.setdefault(figuur_id(naam), specificatie) != specificatie:
            raise FiguurFout(f"twee figuren hebben de naam '{naam}'")
    return gevonden


@functools.lru_cache(maxsize=MEESTE_TEKENINGEN)
def _getekend(opdracht: str) -> str:
    """SVG of a task; the same content is drawn once."""
    specificatie, naam, titel, beschrijving, locale = json.loads(opdracht)
    try:
        svg = tekenaar.teken(specificatie, locale)
    except TekenFout as fout:
        raise FiguurFout(f"figuur '{titel}': {fout}") from None
    return maak_toegankelijk(svg, naam, titel, beschrijving)


def schoon(inhoud: Any) -> Any:
    """Return a specification in which every text and number is safe to draw."""
    if isinstance(inhoud, str):
        return veilig(inhoud)
    if isinstance(inhoud, Mapping):
        return {veilig(sleutel): schoon(waarde) for sleutel, waarde in inhoud.items()}
    if isinstance(inhoud, list | tuple):
        return [schoon(waarde) for waarde in inhoud]
    if isinstance(inhoud, float) and not math.isfinite(inhoud):
        return None
    return inhoud


def maak_toegankelijk(svg: str, naam: str, titel: str, beschrijving: str) -> str:
    """Give an SVG a role, title and description, and ids that clash with no other SVG."""
    ET.register_namespace("", SVG)
    wortel = ET.fromstring(svg)
    voor = anker(naam)
    _eigen_ids(wortel, voor)
    kort_in(wortel)
    breedte, hoogte = wortel.get("width", "0"), wortel.get("height", "0")
    wortel.attrib.setdefault("viewBox", f"0 0 {breedte} {hoogte}")
    wortel.attrib.pop("class", None)
    wortel.set("role", "img")
    wortel.set("aria-labelledby", f"{voor}-titel")
    wortel.set("aria-describedby", f"{voor}-beschrijving")
    desc = ET.Element(f"{{{SVG}}}desc", {"id": f"{voor}-beschrijving"})
    desc.text = veilig(beschrijving)
    title = ET.Element(f"{{{SVG}}}title", {"id": f"{voor}-titel"})
    title.text = veilig(titel)
    wortel.insert(0, desc)
    wortel.insert(0, title)
    return ET.tostring(wortel, encoding="unicode")


def _eigen_ids(wortel: ET.Element, voor: str) -> None:
    for knoop in wortel.iter():
        for sleutel in [s for s in knoop.attrib if s.startswith("aria-")]:
            del knoop.attrib[sleutel]
        for sleutel, waarde in list(knoop.attrib.items()):
            if sleutel == "id":
                knoop.set(sleutel, f"{voor}-{waarde}")
            elif "url(#" in waarde:
                knoop.set(sleutel, waarde.replace("url(#", f"url(#{voor}-"))
            elif sleutel.endswith("href") and waarde.startswith("#"):
                knoop.set(sleutel, f"#{voor}-{waarde[1:]}")
        knoop.attrib.pop("role", None)
        knoop.attrib.pop("class", None)


def figuren(*lijst: Figuur) -> Html:
    """Put figures behind each other."""
    return samen(*(figuur.html() for figuur in lijst))
