"""How easy a text reads, by the rules in regels.yaml; textstat does the counting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import textstat
import yaml

from tests.taal.teksten import Tekst

REGELS = Path(__file__).with_name("regels.yaml")
EINDE = re.compile(r"(?<=[.!?])(?<!\bart\.)(?<!\bnr\.)[)'\"]?\s+(?=[^a-z\s])|\n\s*\n")
KORT_WOORD = "wet"


@cache
def regels() -> dict[str, Any]:
    """Read the rules."""
    inhoud: dict[str, Any] = yaml.safe_load(REGELS.read_text(encoding="utf-8"))
    return inhoud


def zinnen(inhoud: str) -> list[str]:
    """Cut a text into sentences; a point that no capital or figure follows ends nothing."""
    return [deel for stuk in EINDE.split(inhoud) if (deel := " ".join(stuk.split()))]


def woorden(zin: str) -> int:
    """Words of a sentence, as textstat counts them."""
    return int(textstat.lexicon_count(zin))


@cache
def _instellingswoorden() -> re.Pattern[str]:
    woorden_ = "|".join(re.escape(w) for w in regels()["instellingswoorden"])
    return re.compile(rf"\b[\w-]*(?:{woorden_})\w*", re.IGNORECASE)


def leesgemak(inhoud: str) -> float:
    """Score a text by Flesch-Douma; words of institutions count as a short word.

    The points inside numbers and abbreviations are taken out first, because textstat takes every
    point for the end of a sentence.
    """
    textstat.set_lang("nl")
    delen = [
        re.sub(r"[.!?:]", "", _instellingswoorden().sub(KORT_WOORD, z)) for z in zinnen(inhoud)
    ]
    return float(textstat.flesch_reading_ease(". ".join(delen) + "."))


@cache
def _verboden() -> list[tuple[re.Pattern[str], str, str]]:
    def patroon(woord: str) -> str:
        return re.escape(woord).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")

    return [
        (re.compile(rf"(?<![\w-]){patroon(woord)}(?![\w-])", re.IGNORECASE), woord, beter)
        for woord, beter in regels()["verboden"].items()
    ]


def klachten(tekst: Tekst) -> Iterator[str]:
    """Tell what is wrong with a text, and what to do about it."""
    meeste, laagste = regels()["meeste_woorden"], regels()["laagste_leesgemak"]
    for zin in zinnen(tekst.inhoud):
        if (aantal := woorden(zin)) > meeste:
            yield (
                f"{tekst.plek}: zin van {aantal} woorden, hoogstens {meeste}; maak er twee van: "
                f"{zin}"
            )
    for patroon, _, beter in _verboden():
        for gevonden in patroon.findall(tekst.inhoud):
            yield f"{tekst.plek}: '{gevonden}' is geen gewoon woord; schrijf: {beter}"
    if woorden(tekst.inhoud) >= regels()["woorden_voor_leesgemak"]:
        cijfer = leesgemak(tekst.inhoud)
        if cijfer < laagste:
            yield (
                f"{tekst.plek}: leesgemak {cijfer:.0f}, ten minste {laagste}; gebruik kortere "
                f"woorden en zinnen: {' '.join(tekst.inhoud.split())}"
            )
