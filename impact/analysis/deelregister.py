"""Which part of the register one scenario can reach, and the key of that part.

A result or a report has to be made again when this part changes, and only then. What every run
reads (assumptions, municipalities, history, outcomes) belongs to every scenario.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from impact.analysis.waarden import onzekere_namen
from impact.registry.laden import Register
from impact.registry.sleutels import sleutel_van

Delen = dict[str, Mapping[str, BaseModel]]


def keten(register: Register, scenario: str) -> list[str]:
    """Name of a scenario and of its references, nearest first."""
    namen: list[str] = []
    volgende: str | None = scenario
    while volgende is not None:
        namen.append(volgende)
        volgende = register.scenario(volgende).referentie
    return namen


def wetten_van(register: Register, scenario: str) -> set[str]:
    """Laws of the measures of a scenario and of its references."""
    stappen = [s for naam in keten(register, scenario) for s in register.scenario(naam).maatregelen]
    return {register.maatregelen[stap.maatregel].wet for stap in stappen}


def deel_van(register: Register, scenario: str) -> Delen:
    """Entries that a scenario reaches.

    Returns
    -------
    As `Register.delen`: every kind, with the entries that belong to the scenario. Sources are those
    that any of these entries, or a figure of the history, names.
    """
    delen = register.delen()
    wetten = wetten_van(register, scenario)
    delen["scenarios"] = _kies(delen["scenarios"], set(keten(register, scenario)))
    delen["wetten"] = _kies(delen["wetten"], wetten)
    delen["uitvoering"] = _kies(delen["uitvoering"], wetten)
    genoemd = {str(naam) for naam in register.historie["bron"]}
    for soort, deel in delen.items():
        if soort != "bronnen":
            genoemd |= {tekst for model in deel.values() for tekst in teksten(model.model_dump())}
    delen["bronnen"] = _kies(delen["bronnen"], genoemd)
    return delen


def _kies(deel: Mapping[str, BaseModel], namen: set[str]) -> Mapping[str, BaseModel]:
    return {naam: model for naam, model in deel.items() if naam in namen}


def teksten(inhoud: Any) -> Iterator[str]:
    """All texts in an entry, however deep; names of sources are among them."""
    if isinstance(inhoud, str):
        yield inhoud
    elif isinstance(inhoud, dict):
        for waarde in inhoud.values():
            yield from teksten(waarde)
    elif isinstance(inhoud, list | tuple):
        for waarde in inhoud:
            yield from teksten(waarde)


@functools.lru_cache(maxsize=256)
def deelsleutel(register: Register, scenario: str) -> str:
    """Key of what a scenario reaches.

    The names of all uncertain values belong to it: they are the columns of the one matrix of draws,
    so that a new one changes every draw. So does the file of an assumption: it is its subject.
    """
    tabellen = (register.gemeenten, register.hexkaart, register.historie)
    som = hashlib.sha256(sleutel_van(deel_van(register, scenario), tabellen).encode())
    plekken = [register.vindplaatsen["parameter", naam].bestand for naam in register.parameters]
    som.update("\n".join([*onzekere_namen(register), *plekken]).encode())
    return som.hexdigest()
