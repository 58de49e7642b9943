"""Checks of the questions to municipalities and of what they sent in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from impact.registry.controle import onbekend
from impact.registry.eigenmodellen import INPASBAAR, Eigenopgave, Eigenvraag, past_niet
from impact.registry.problemen import Probleem, bedoelde
from impact.registry.yaml_lezen import Pad

if TYPE_CHECKING:
    from impact.registry.laden import Register


def controleer_eigen(register: Register) -> list[Probleem]:
    """All problems of the questions and the answers."""
    problemen: list[Probleem] = []
    for naam, vraag in register.eigenvragen.items():
        problemen += _eigenvraag(register, naam, vraag)
    for code, opgave in register.eigen.items():
        problemen += _eigenopgave(register, code, opgave)
    return problemen


def _eigenvraag(register: Register, naam: str, vraag: Eigenvraag) -> list[Probleem]:
    """A question is about something that the model can take from a municipality."""
    plek = register.vindplaatsen["eigenvraag", naam]
    if vraag.soort != "aanname":
        if naam in INPASBAAR:
            return []
        tekst = f"'{naam}' kan het model niet van een gemeente overnemen"
        return [plek.probleem((), tekst, bedoelde(naam, INPASBAAR))]
    problemen = onbekend(register, "eigenvraag", naam, (), "parameter", naam, register.parameters)
    parameter = register.parameters.get(naam)
    if parameter is not None and (parameter.niveau, parameter.eenheid) != (
        "gemeente",
        vraag.eenheid,
    ):
        tekst = f"aanname '{naam}' moet niveau 'gemeente' hebben, en eenheid '{vraag.eenheid}'"
        problemen.append(plek.probleem(("eenheid",), tekst))
    return problemen


def _eigenopgave(register: Register, code: str, opgave: Eigenopgave) -> list[Probleem]:
    """Municipality and questions exist, and every figure fits its question."""
    plek = register.vindplaatsen["eigen", code]
    problemen = onbekend(
        register,
        "eigen",
        code,
        ("gemeente",),
        "gemeente",
        opgave.gemeente,
        register.gemeenten.index,
    )
    if opgave.gemeente != code:
        tekst = f"'gemeente: {opgave.gemeente}' hoort in {opgave.gemeente}.yaml"
        problemen.append(plek.probleem(("gemeente",), tekst))
    for naam, cijfer in opgave.cijfers.items():
        waar: Pad = ("cijfers", naam)
        problemen += onbekend(
            register, "eigen", code, waar, "eigenvraag", naam, register.eigenvragen
        )
        if naam in register.eigenvragen:
            fouten = past_niet(cijfer, register.eigenvragen[naam])
            problemen += [plek.probleem((*waar, *deel), tekst) for deel, tekst in fouten]
    return problemen
