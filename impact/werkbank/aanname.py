"""Assumptions that an analyst moves: other values in the context of a scenario."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Context, Parameter, Scenario, Stap, Waarde
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.werkbank.keuze import KeuzeFout

BRON = "aanname_werkgroep"
VINDPLAATS = "ingesteld in de verkenner"


def geldend(parameter: Parameter, begin: Halfjaar) -> list[Waarde]:
    """Values of an assumption that matter from a half-year on."""
    eerder = [w for w in parameter.waarden if w.vanaf is None or w.vanaf <= begin]
    later = [w for w in parameter.waarden if w.vanaf is not None and w.vanaf > begin]
    return [*eerder[-1:], *later]


def zet_aanname(
    register: Register, scenario: Scenario, naam: str, waarde: float | None, begin: Halfjaar
) -> Scenario:
    """Give an assumption another value, without a band; None puts it back.

    The value is that of the last date of the assumption. Values of earlier dates move in
    proportion, so that a path keeps its shape.

    Raises
    ------
    KeuzeFout
        Unknown, per municipality, changed by a measure that is on, or an impossible value.
    """
    if naam not in register.parameters:
        hulp = bedoelde(naam, register.parameters)
        raise KeuzeFout(f"onbekende aanname '{naam}'; {hulp}".strip("; "))
    rest = [context for context in scenario.context if context.parameter != naam]
    if waarde is None:
        return scenario.model_copy(update={"context": rest})
    parameter = register.parameters[naam]
    controleer_aanname(register, scenario, naam, waarde)
    eigen = Context(parameter=naam, waarden=verschoven(parameter, float(waarde), begin))
    return scenario.model_copy(update={"context": [*rest, eigen]})


def controleer_aanname(register: Register, scenario: Scenario, naam: str, waarde: float) -> None:
    """Refuse a value that cannot be.

    Raises
    ------
    KeuzeFout
        With the reason.
    """
    parameter = register.parameters[naam]
    laagste, hoogste = grenzen(parameter.eenheid)
    if not np.isfinite(waarde) or not laagste <= waarde <= hoogste:
        raise KeuzeFout(f"{waarde:g} kan niet bij '{naam}' ({parameter.eenheid})")
    if any(w.gemeenten for w in parameter.waarden):
        raise KeuzeFout(f"'{naam}' heeft een waarde per gemeente; verander die in parameters/")
    for stap in scenario.maatregelen:
        if naam in veranderd_door(register, [stap]):
            raise KeuzeFout(
                f"'{naam}' wordt al veranderd door maatregel '{stap.maatregel}'; "
                "zet die uit, of kies een andere sterkte"
            )


def veranderd_door(register: Register, stappen: Sequence[Stap]) -> frozenset[str]:
    """Assumptions that measures change."""
    return frozenset(
        verandering.parameter
        for stap in stappen
        for verandering in register.maatregelen[stap.maatregel].verandert
    )


def verschoven(parameter: Parameter, waarde: float, begin: Halfjaar) -> list[Waarde]:
    """Values of an assumption of which the last one is given, earlier ones in proportion."""
    oud = geldend(parameter, begin)
    laatste = oud[-1].midden
    laagste, hoogste = grenzen(parameter.eenheid)
    nieuw = []
    for getal in oud:
        eigen = waarde if laatste == 0.0 else getal.midden * waarde / laatste
        nieuw.append(
            Waarde(
                vanaf=getal.vanaf,
                midden=float(np.clip(eigen, laagste, hoogste)),
                bron=BRON,
                vindplaats=VINDPLAATS,
                kwaliteit="rood",
            )
        )
    return nieuw


def buiten_marge(parameter: Parameter, waarde: float) -> str:
    """Say in words that a value lies outside the range of the assumption; empty when inside."""
    eigen = parameter.waarden[-1]
    if waarde == eigen.midden:
        return ""
    if eigen.laag is None or eigen.hoog is None:
        return "buiten de marge: deze aanname heeft geen marge"
    if waarde < eigen.laag:
        return "buiten de marge: lager dan het laagste punt"
    if waarde > eigen.hoog:
        return "buiten de marge: hoger dan het hoogste punt"
    return ""
