"""Make an SVG smaller without changing the picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

DECIMALEN = 2
"""A hundredth of a pixel cannot be seen, also not on paper."""
MATEN = frozenset({"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points"})
GETAL = re.compile(rf"-?\d*\.\d{{{DECIMALEN + 1},}}(?![\de])")
OVERBODIG = {"pointer-events": "none", "opacity": "1"}
"""Does nothing in a picture that cannot be clicked, or is what a browser does by itself."""
GEERFD = (
    "fill",
    "font-family",
    "font-size",
    "font-weight",
    "stroke",
    "stroke-width",
    "text-anchor",
)
"""What a group passes on to its parts."""
ONZICHTBAAR = ("", "M0,0h0v0h0Z")


def kort_in(wortel: ET.Element) -> None:
    """Round coordinates, drop what draws nothing, and say once what all parts share."""
    for knoop in wortel.iter():
        for sleutel in MATEN & knoop.attrib.keys():
            knoop.set(sleutel, GETAL.sub(_rond, knoop.attrib[sleutel]))
        for sleutel, waarde in OVERBODIG.items():
            if knoop.get(sleutel) == waarde:
                del knoop.attrib[sleutel]
    _snoei(wortel)
    _deel(wortel)


def _rond(gevonden: re.Match[str]) -> str:
    return f"{float(gevonden[0]):.{DECIMALEN}f}".rstrip("0").rstrip(".")


def _snoei(knoop: ET.Element) -> None:
    """Take out paths without a line and groups without parts, from the inside out."""
    for kind in list(knoop):
        _snoei(kind)
        soort = kind.tag.rpartition("}")[2]
        leeg_pad = soort == "path" and kind.get("d", "") in ONZICHTBAAR
        if leeg_pad or (soort == "g" and not len(kind)):
            knoop.remove(kind)


def _deel(knoop: ET.Element) -> None:
    """Move what all parts of a group have in common to the group, from the inside out."""
    for kind in knoop:
        _deel(kind)
    if knoop.tag.rpartition("}")[2] != "g" or not len(knoop):
        return
    for sleutel in GEERFD:
        waarden = {kind.get(sleutel) for kind in knoop}
        if len(waarden) == 1 and None not in waarden:
            knoop.set(sleutel, waarden.pop() or "")
            for kind in knoop:
                del kind.attrib[sleutel]
