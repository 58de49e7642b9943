"""Stacking in the explorer: what each measure adds, for the middle draw, exactly (Shapley)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from impact.analysis.coalities import Spel, leden
from impact.analysis.ensemble import MIDDEN
from impact.analysis.stapelblok import RASTER, RASTER_EURO
from impact.model.grootheden import GROOTHEDEN
from impact.registry.modellen import Scenario
from impact.reporting.getallen import Band
from impact.reporting.rapport import jaareenheid
from impact.werkbank.beeld import Kader, sleutel_van, verschil_in_woorden
from impact.werkbank.cijfers import jaarplaatsen
from impact.werkbank.rekenaar import Rekenaar

MEESTE = 6
"""Measures or laws that are divided here; each more doubles the runs."""


@dataclass(frozen=True)
class Deel:
    """A measure or a law: what it adds on average, and what it does alone."""

    titel: str
    aandeel: float
    alleen: float


@dataclass(frozen=True)
class Stapel:
    """Joint effect and its parts.

    Attributes
    ----------
    melding : why there are no parts; empty when there are
    """

    delen: tuple[Deel, ...]
    samen: float
    wisselwerking: float
    eenheid: str
    per: str
    melding: str = ""


def groepeer(rekenaar: Rekenaar, scenario: Scenario) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Measures that are divided one by one, or taken together per law when there are many."""
    register = rekenaar.register
    namen = [stap.maatregel for stap in scenario.maatregelen]
    if len(namen) <= MEESTE:
        return "maatregel", {register.maatregelen[n].titel: (n,) for n in sorted(namen)}
    groepen: dict[str, tuple[str, ...]] = {}
    for naam in namen:
        wet = register.wetten[register.maatregelen[naam].wet].naam
        groepen[wet] = (*groepen.get(wet, ()), naam)
    return "wet", groepen


def verdeel(rekenaar: Rekenaar, scenario: Scenario, kader: Kader) -> Iterator[Stapel | None]:
    """Divide the effect on what the map shows; yields None after each run, the result at last."""
    per, groepen = groepeer(rekenaar, scenario)
    kijk, sleutel = kader.kijk, sleutel_van(kader.kijk.maat)
    eenheid = jaareenheid(GROOTHEDEN[kijk.maat])
    if not groepen or len(groepen) > MEESTE:
        melding = (
            "Zet een maatregel aan om te zien wat die toevoegt."
            if not groepen
            else f"Dit scenario heeft {len(groepen)} wetten. Meer dan {MEESTE} verdelen duurt hier "
            "te lang: bewaar het scenario en gebruik de opdracht impact stapeling."
        )
        yield Stapel((), 0.0, 0.0, eenheid, per, melding)
        return
    plaatsen = jaarplaatsen(kader.perioden, kijk.maat, kijk.jaar)
    raster = RASTER_EURO if GROOTHEDEN[kijk.maat].soort == "kosten" else RASTER
    spel, lijst = Spel(len(groepen), np.array([float(raster)])), list(groepen.values())
    for coalitie in range(2 ** len(groepen)):
        aan = {naam for nummer in leden(coalitie) for naam in lijst[nummer]}
        stappen = [stap for stap in scenario.maatregelen if stap.maatregel in aan]
        deel = scenario.model_copy(update={"maatregelen": stappen})
        uitkomst = rekenaar.reken(deel, MIDDEN)[sleutel][..., plaatsen]
        spel.voeg_toe(coalitie, kader.gebied.som(uitkomst).sum(axis=1))
        yield None
    yield _lees(spel.effecten()[:, 0], list(groepen), eenheid, per)


def _lees(effecten: np.ndarray, titels: list[str], eenheid: str, per: str) -> Stapel:
    aantal = len(titels)
    alleen, aandeel = effecten[:aantal], effecten[aantal : 2 * aantal]
    delen = [
        Deel(titel, float(deel), float(los))
        for titel, deel, los in zip(titels, aandeel, alleen, strict=True)
    ]
    delen.sort(key=lambda d: -abs(d.aandeel))
    wisselwerking, samen = effecten[-2:]
    return Stapel(tuple(delen), float(samen), float(wisselwerking), eenheid, per)


def stapelbericht(stapel: Stapel) -> dict[str, Any]:
    """Stacking as text and lengths of bars."""

    def woord(waarde: float) -> str:
        return verschil_in_woorden(Band(waarde, waarde, waarde, stapel.eenheid))

    delen = [(d.titel, d.aandeel, f"alleen: {woord(d.alleen)}") for d in stapel.delen]
    grootste = max([abs(w) for _, w, _ in delen] + [abs(stapel.samen)], default=0.0) or 1.0
    return {
        "per": stapel.per,
        "melding": stapel.melding,
        "samen": woord(stapel.samen),
        "wisselwerking": woord(stapel.wisselwerking),
        "delen": [
            {"titel": t, "tekst": woord(w), "deel": w / grootste, "alleen": alleen}
            for t, w, alleen in delen
        ],
    }
