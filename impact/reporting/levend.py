"""Charts that answer to the mouse: Vega packed into the page, without network and without eval.

The static charts stay in the page. A browser that does not run the script shows those, and so does
paper.
"""

from __future__ import annotations

import base64
import copy
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from impact.reporting.opmaak import Html
from impact.tekenaar import bundel

LAGEN = ("layer", "concat", "hconcat", "vconcat")
UITLEG = (
    "Wijs in een figuur een punt, lijn of staaf aan: dan ziet u de cijfers. Klik in een legenda op "
    "een naam: dan wordt de rest lichter."
)
ZWAK = 0.15
"""Opacity of what was not chosen in a legend."""


@dataclass(frozen=True)
class Levend:
    """What a page needs for its charts to live.

    Attributes
    ----------
    script : code of the page itself
    pakket : the library, the charts and the way numbers are written, packed (gzip, base64)
    beleid : the scripts that the page may run, for its Content-Security-Policy
    uitleg : what a reader can do
    """

    script: Html
    pakket: Html
    beleid: str
    uitleg: str = UITLEG


def pak_in(figuren: Mapping[str, Mapping[str, Any]], script: str) -> Levend:
    """Pack the charts of a page with the library that draws them.

    Parameters
    ----------
    figuren : Vega-Lite specification per id of a figure
    script : code that unpacks and draws
    """
    vega = bundel.browserbundel()
    inhoud = {
        "vega": vega,
        "locale": bundel.locale("nl-NL"),
        "figuren": {naam: bundel.als_vega(met_legenda(spec)) for naam, spec in figuren.items()},
    }
    gepakt = gzip.compress(json.dumps(inhoud, separators=(",", ":")).encode(), mtime=0)
    return Levend(
        Html(script),
        Html(base64.b64encode(gepakt).decode()),
        f"{som_van(script)} {som_van(vega)}",
    )


def som_van(script: str) -> str:
    """Name of a script in a Content-Security-Policy: the hash of its text."""
    som = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(som).decode()}'"


def met_legenda(specificatie: Mapping[str, Any]) -> dict[str, Any]:
    """Chart in which a click on a name in the legend lets the others fade."""
    spec: dict[str, Any] = copy.deepcopy(dict(specificatie))
    for nummer, eenheid in enumerate(_eenheden(spec)):
        codering = eenheid.get("encoding", {})
        kleur = codering.get("color", {})
        if "field" not in kleur or kleur.get("legend", {}) is None or "opacity" in codering:
            continue
        naam, mark = f"gekozen_{nummer}", eenheid["mark"]
        sterk = mark.get("opacity", 1) if isinstance(mark, dict) else 1
        keuze = {"type": "point", "fields": [kleur["field"]]}
        eenheid["params"] = [{"name": naam, "select": keuze, "bind": "legend"}]
        codering["opacity"] = {"condition": {"param": naam, "value": sterk}, "value": ZWAK}
    return spec


def _eenheden(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the parts of a chart that draw one kind of mark."""
    if "mark" in spec:
        yield spec
    for deel in [d for soort in LAGEN for d in spec.get(soort, [])]:
        yield from _eenheden(deel)
    if "spec" in spec:
        yield from _eenheden(spec["spec"])
