"""Groups of changes between two registers, and registers that are partly old and partly new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from pydantic import BaseModel

from impact.analysis.parameterverschil import TEKSTVELDEN
from impact.registry.laden import Register
from impact.registry.modellen import Wetsmaatregel

M = TypeVar("M", bound=BaseModel)
AANNAMES, WET, SCENARIO = "aannames", "wet", "scenario"
HISTORIE, GEMEENTEN, UITKOMSTEN = "historie", "gemeenten", "uitkomsten"
HISTORIETEKST = ["toelichting", "vindplaats", "bron", "bestand", "regel"]
"""Columns of the history that nothing is computed with; its quality does count."""


@dataclass(frozen=True)
class Groep:
    """Changes that are put in place together.

    Attributes
    ----------
    sleutel : as in the table of parameters, such as ``aannames:sociaal`` or ``wet:einde_lvv``
    titel : for the reader
    namen : parameters, measures or scenarios that changed; empty for a whole table
    """

    sleutel: str
    titel: str
    namen: tuple[str, ...] = ()

    @property
    def soort(self) -> str:
        """First part of the key."""
        return self.sleutel.partition(":")[0]


@dataclass(frozen=True)
class Overgang:
    """Two registers and the groups of changes that lead from one to the other."""

    oud: Register
    nieuw: Register
    groepen: tuple[tuple[Groep, ...], ...]
    """Players: each one or more groups that move together."""

    def register(self, masker: int) -> Register:
        """Register in which only the groups of some players are new.

        A name that only one of the two has stays in all of them. Nothing uses a new measure until
        a scenario names it, so its effect belongs to the scenario.
        """
        register = samengevoegd(self.oud, self.nieuw)
        for nummer, groepen in enumerate(self.groepen):
            if masker >> nummer & 1:
                for groep in groepen:
                    register = ZET[groep.soort](register, self.nieuw, groep.namen)
        return register


def samengevoegd(oud: Register, nieuw: Register) -> Register:
    """Old register with the names that only the new one has."""
    return replace(
        nieuw,
        parameters={**nieuw.parameters, **oud.parameters},
        maatregelen={**nieuw.maatregelen, **oud.maatregelen},
        scenarios={**nieuw.scenarios, **oud.scenarios},
        uitkomsten={**nieuw.uitkomsten, **oud.uitkomsten},
        historie=oud.historie,
        gemeenten=oud.gemeenten,
        eigen=oud.eigen,
        vindplaatsen={},
        genoemd={},
    )


def _met(oud: dict[str, M], nieuw: Mapping[str, M], namen: Iterable[str]) -> dict[str, M]:
    """Part of a register in which some names are new."""
    return {**oud, **{naam: nieuw[naam] for naam in namen}}


ZET: dict[str, Callable[[Register, Register, Iterable[str]], Register]] = {
    AANNAMES: lambda r, nieuw, namen: replace(
        r, parameters=_met(r.parameters, nieuw.parameters, namen)
    ),
    WET: lambda r, nieuw, namen: replace(
        r, maatregelen=_met(r.maatregelen, nieuw.maatregelen, namen)
    ),
    SCENARIO: lambda r, nieuw, namen: replace(
        r, scenarios=_met(r.scenarios, nieuw.scenarios, namen)
    ),
    UITKOMSTEN: lambda r, nieuw, namen: replace(
        r, uitkomsten=_met(r.uitkomsten, nieuw.uitkomsten, namen)
    ),
    HISTORIE: lambda r, nieuw, namen: replace(r, historie=nieuw.historie),
    GEMEENTEN: lambda r, nieuw, namen: replace(r, gemeenten=nieuw.gemeenten, eigen=nieuw.eigen),
}
"""How the changes of a group are put into a register."""


def rekendeel(inhoud: Any) -> Any:
    """Content without the texts that explain it."""
    if isinstance(inhoud, BaseModel):
        return rekendeel(inhoud.model_dump(mode="json"))
    if isinstance(inhoud, Mapping):
        return {n: rekendeel(deel) for n, deel in inhoud.items() if n not in TEKSTVELDEN}
    if isinstance(inhoud, list):
        return [rekendeel(deel) for deel in inhoud]
    return inhoud


def _gewijzigd(oud: Mapping[str, BaseModel], nieuw: Mapping[str, BaseModel]) -> list[str]:
    """Names that both have, with something else to compute with."""
    return [
        naam for naam in nieuw if naam in oud and rekendeel(oud[naam]) != rekendeel(nieuw[naam])
    ]


def wijzigingsgroepen(oud: Register, nieuw: Register, scenario: str) -> list[Groep]:
    """Groups of changes that can move the outcomes of a scenario.

    Changes of explanations only, and of laws and scenarios that the scenario does not use, are no
    group: nothing is computed with them.
    """
    ketens = [keten(register, scenario) for register in (oud, nieuw)]
    groepen = _aannames(oud, nieuw)
    groepen += _wetten(oud, nieuw, _maatregelen_in_gebruik(oud, nieuw, ketens))
    namen = [n for n in _gewijzigd(oud.scenarios, nieuw.scenarios) if n in {*ketens[0], *ketens[1]}]
    if namen:
        groepen.append(Groep(SCENARIO, "Scenario: maatregelen en datums", tuple(namen)))
    if not _zelfde(*(r.historie.drop(columns=HISTORIETEKST) for r in (oud, nieuw))):
        groepen.append(Groep(HISTORIE, "Cijfers over het verleden"))
    if not _zelfde(oud.gemeenten, nieuw.gemeenten) or oud.eigen != nieuw.eigen:
        groepen.append(Groep(GEMEENTEN, "Gemeentecijfers"))
    definities = _gewijzigd(oud.uitkomsten, nieuw.uitkomsten)
    if definities:
        groepen.append(Groep(UITKOMSTEN, "Hoe een uitkomst wordt gemeten", tuple(definities)))
    return groepen


def keten(register: Register, scenario: str) -> list[str]:
    """Scenario, its reference, and so on."""
    namen = []
    volgende: str | None = scenario
    while volgende is not None and volgende in register.scenarios:
        namen.append(volgende)
        volgende = register.scenarios[volgende].referentie
    return namen


def _zelfde(oud: pd.DataFrame, nieuw: pd.DataFrame) -> bool:
    return oud.reset_index(drop=oud.index.name is None).equals(
        nieuw.reset_index(drop=nieuw.index.name is None)
    )


def _aannames(oud: Register, nieuw: Register) -> list[Groep]:
    """Changed assumptions per file."""
    per_bestand: dict[str, list[str]] = {}
    for naam in _gewijzigd(oud.parameters, nieuw.parameters):
        stam = Path(nieuw.vindplaatsen["parameter", naam].bestand).stem
        per_bestand.setdefault(stam, []).append(naam)
    return [
        Groep(f"{AANNAMES}:{stam}", f"Aannames over {stam}", tuple(namen))
        for stam, namen in sorted(per_bestand.items())
    ]


def _maatregelen_in_gebruik(oud: Register, nieuw: Register, ketens: list[list[str]]) -> set[str]:
    return {
        stap.maatregel
        for register, namen in zip((oud, nieuw), ketens, strict=True)
        for naam in namen
        for stap in register.scenarios[naam].maatregelen
    }


def _wetten(oud: Register, nieuw: Register, gebruikt: set[str]) -> list[Groep]:
    """Changed measures in use, per law."""
    per_wet: dict[str, list[str]] = {}
    zonder_wet = {n: _los(m) for n, m in oud.maatregelen.items()}
    for naam in _gewijzigd(zonder_wet, {n: _los(m) for n, m in nieuw.maatregelen.items()}):
        if naam in gebruikt:
            per_wet.setdefault(nieuw.maatregelen[naam].wet, []).append(naam)
    return [
        Groep(f"{WET}:{wet}", f"Wet: {nieuw.wetten[wet].naam}", tuple(namen))
        for wet, namen in sorted(per_wet.items())
    ]


def _los(maatregel: Wetsmaatregel) -> Wetsmaatregel:
    """Measure without its law: moving it to another file changes nothing."""
    return maatregel.model_copy(update={"wet": ""})
