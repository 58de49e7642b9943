"""Sentences of a note of change: what changed, how the estimate moved, and what did most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impact.reporting.getallen import Band, in_woorden
from impact.reporting.verschilfiguur import Stap, Waterval
from impact.reporting.zinnen import (
    Richting,
    hoofdletter,
    in_woorden_met_woord,
    opsomming,
    richting,
    tussen,
    uiterste,
)

NIETS = (
    "Er is niets veranderd. De parameters, de rekenregels en de instellingen zijn gelijk, en alle "
    "uitkomsten ook."
)
ZONDER_BAND = (
    "Hoe onzeker dit verschil is, is niet bekend: de twee berekeningen hebben andere trekkingen."
)
BIJNA_ALLES = 0.9
"""From this part of all movement on, one change explains the difference."""


def veranderzin(waarden: Mapping[str, int], teksten: int, code: bool, instelling: bool) -> str:
    """Tell what changed.

    Parameters
    ----------
    waarden : number of changed values per kind, in words ("aannames", "wetten")
    teksten : number of values of which only the explanation or source changed
    code, instelling : whether the rules of computation and the settings changed
    """
    delen = []
    totaal = sum(waarden.values())
    if totaal:
        soorten = opsomming([f"{aantal} in {soort}" for soort, aantal in waarden.items()])
        woord = "1 waarde" if totaal == 1 else f"{totaal} waarden"
        delen.append(f"{woord} in de parameters ({soorten})")
    if code:
        delen.append("de rekenregels van het model")
    if instelling:
        delen.append("de instellingen van de berekening")
    if not delen and teksten:
        return "Alleen uitleg en bronnen zijn veranderd, geen enkele waarde."
    if not delen:
        return NIETS
    werkwoord = "is" if len(delen) == 1 and totaal == 1 else "zijn"
    return f"Veranderd {werkwoord}: {opsomming(delen)}."


def ramingzin(verloop: Waterval) -> str:
    """Tell how the estimate moved; the words follow sign, size and certainty."""
    samen = verloop.samen
    naam = f"De raming “{verloop.titel}”"
    van_naar = f"Die was {in_woorden(verloop.oud)} en is nu {in_woorden(verloop.nieuw)}."
    match richting(samen.band, samen.onzeker):
        case Richting.GEEN:
            return f"{naam} is gelijk gebleven: {in_woorden(verloop.nieuw)}."
        case Richting.KLEIN:
            return f"{naam} is nauwelijks anders. {van_naar}"
        case Richting.ONZEKER:
            return (
                f"Of de raming “{verloop.titel}” hoger of lager is, is onzeker: "
                f"{tussen(samen.band)}. {van_naar}"
            )
        case Richting.HOOGUIT_HOGER | Richting.HOOGUIT_LAGER as kant:
            woord = kant.value.removeprefix("hooguit ")
            return f"{naam} is nauwelijks anders, of {uiterste(samen.band)} {woord}. {van_naar}"
        case kant:
            band = in_woorden_met_woord(positief(samen.band), kant.value)
    zin = f"{naam} is {band}. {van_naar}"
    return zin if samen.heeft_band else f"{zin} {ZONDER_BAND}"


def positief(band: Band) -> Band:
    """Size of a difference that lies on one side of zero."""
    laag, hoog = sorted((abs(band.laag), abs(band.hoog)))
    return Band(abs(band.midden), laag, hoog, band.eenheid)


def oorzaakzin(verloop: Waterval) -> str:
    """Tell which change did most."""
    werkend = [stap for stap in verloop.stappen if not stap.band.nul]
    if not verloop.stappen:
        return "Er is geen wijziging die deze raming kan veranderen."
    if not werkend:
        return "Geen enkele wijziging heeft invloed op deze raming."
    grootste = max(werkend, key=lambda stap: abs(stap.band.midden))
    naam = f"“{grootste.naam}”"
    if len(werkend) == 1:
        return f"Dat komt geheel door {naam}."
    beweging = sum(abs(stap.band.midden) for stap in werkend)
    kop = "Dat komt bijna helemaal door" if _deel(grootste, beweging) else "Het meest deed"
    zin = f"{kop} {naam}: {_effect(grootste)}."
    tegen = [s for s in werkend if s.band.midden * grootste.band.midden < 0]
    if not tegen:
        return zin
    ander = max(tegen, key=lambda stap: abs(stap.band.midden))
    return f"{zin} De andere kant op werkte vooral “{ander.naam}”: {_effect(ander)}."


def _deel(stap: Stap, beweging: float) -> bool:
    return beweging > 0 and abs(stap.band.midden) >= BIJNA_ALLES * beweging


def _effect(stap: Stap) -> str:
    """Effect of one step in words."""
    match richting(stap.band, stap.onzeker):
        case Richting.HOGER | Richting.LAGER as kant:
            return in_woorden_met_woord(positief(stap.band), kant.value)
        case Richting.ONZEKER:
            return tussen(stap.band)
        case Richting.HOOGUIT_HOGER | Richting.HOOGUIT_LAGER as kant:
            return f"{uiterste(stap.band)} {kant.value.removeprefix('hooguit ')}"
        case _:
            return "nauwelijks verschil"


def instellingzinnen(manifest: Mapping[str, Any]) -> list[str]:
    """Tell which settings differ, with both values."""
    oud, nieuw = manifest["runs"]
    namen = {
        "trekkingen": "het aantal trekkingen",
        "zaad": "het startgetal van het toeval",
        "van": "het eerste halfjaar",
        "tot": "het laatste halfjaar",
    }
    return [
        f"{hoofdletter(woorden)} was {oud[naam]} en is nu {nieuw[naam]}."
        for naam, woorden in namen.items()
        if oud[naam] != nieuw[naam]
    ]
