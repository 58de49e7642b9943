"""Names that try to be code, and a folder of parameters that is full of them."""

from __future__ import annotations

import csv
import itertools
import shutil
from pathlib import Path
from typing import Any

import yaml

NAMEN = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(2)> 'enkel' `accent`",
    "lang " + "x" * 495,
    "\u202eomgekeerd\u202c \u200f\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f3d8\ufe0f dorp \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "=cmd|' /C calc'!A0",
    "+1;=1+1",
    "../../etc",
    "regel een\nregel twee",
    "</style></script><!-- ]]>",
    "{{7*7}} {% raise %} ${x}",
    "&lt;b&gt; &amp; %3Cb%3E \\u003cb",
]


def vijandige_map(bron: Path, doel: Path) -> Path:
    """Copy the parameters, with hostile names and titles everywhere a reader sees them."""
    shutil.copytree(bron, doel)
    _gemeenten(doel / "gemeenten" / "gemeenten.csv")
    _yaml(doel / "bronnen.yaml", lambda inhoud: list(inhoud.values()), ("titel", "uitgever"))
    for pad in sorted((doel / "wetten").glob("*.yaml")):
        _yaml(pad, lambda inhoud: [inhoud], ("naam",))
        _yaml(pad, lambda inhoud: list(inhoud["maatregelen"].values()), ("titel", "toelichting"))
    for pad in sorted((doel / "scenarios").glob("*.yaml")):
        _yaml(pad, lambda inhoud: [inhoud], ("titel", "toelichting"))
    return doel


def _gemeenten(pad: Path) -> None:
    with pad.open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand))
    for rij, naam in zip(rijen, [*NAMEN, "".join(NAMEN)], strict=False):
        rij["gemeentenaam"] = naam
    rijen[0]["provincie"] = NAMEN[0]
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, list(rijen[0]))
        schrijver.writeheader()
        schrijver.writerows(rijen)


def _yaml(pad: Path, kies: Any, velden: tuple[str, ...]) -> None:
    inhoud = yaml.safe_load(pad.read_text(encoding="utf-8"))
    namen = itertools.cycle(NAMEN)
    for deel in kies(inhoud):
        for veld in velden:
            deel[veld] = f"{next(namen)}\x00 {deel[veld]}"
    pad.write_text(yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False), encoding="utf-8")
