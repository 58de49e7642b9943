"""Rules of the domain that hold between values, dates and names; see ``controle`` for names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from impact.registry.eenheden import grenzen
from impact.registry.modellen import (
    Getal,
    Parameter,
    Scenario,
    Stap,
    Verandering,
    buiten_grenzen,
    volgorde,
)
from impact.registry.periode import Halfjaar, reeks
from impact.registry.problemen import Probleem
from impact.registry.yaml_lezen import Pad

if TYPE_CHECKING:
    from impact.registry.laden import Register

BEGIN_TERUGTOETS = Halfjaar(2019, 1)
BEGIN_VOORUIT = Halfjaar(2026, 1)
EINDE = Halfjaar(2035, 2)
PRIJSINDEX = "prijsindex"
AFGELEID = ("grootteklasse", "netwerk")


def regels(register: Register) -> list[Probleem]:
    """All problems with values and dates that need more than one file."""
    problemen: list[Probleem] = []
    for naam, parameter in register.parameters.items():
        plek = register.vindplaatsen["parameter", naam]
        vondsten = [*_begin(parameter), *_prijspeil(register, parameter)]
        vondsten += _samenhang(register, naam, parameter)
        problemen += [plek.probleem(waar, tekst) for waar, tekst in vondsten]
    for naam, maatregel in register.maatregelen.items():
        plek = register.vindplaatsen["maatregel", naam]
        for nummer, verandering in enumerate(maatregel.verandert):
            for waar, tekst in _effect(register, verandering):
                problemen.append(plek.probleem(("verandert", nummer, "waarde", *waar), tekst))
    for naam, scenario in register.scenarios.items():
        plek = register.vindplaatsen["scenario", naam]
        vondsten = [*_context(register, scenario), *_dubbel_vervangen(register, scenario)]
        problemen += [plek.probleem(waar, tekst) for waar, tekst in vondsten]
    return problemen + _kolommen(register)


Vondst = tuple[Pad, str]


def _begin(parameter: Parameter) -> Iterator[Vondst]:
    """The first value holds from the first half-year in which the model needs it."""
    nodig = BEGIN_VOORUIT if parameter.alleen_vooruit else BEGIN_TERUGTOETS
    eerste = parameter.waarden[0].vanaf
    if eerste is not None and eerste > nodig:
        yield ("waarden", 0, "vanaf"), f"de eerste waarde begint in {eerste}; nodig vanaf {nodig}"


def _prijspeil(register: Register, parameter: Parameter) -> Iterator[Vondst]:
    """The price index reaches back to the price level of an amount."""
    index = register.parameters.get(PRIJSINDEX)
    if index is None or parameter.prijspeil is None or index.waarden[0].vanaf is None:
        return
    eerste = index.waarden[0].vanaf.jaar
    if parameter.prijspeil < eerste:
        yield ("prijspeil",), f"prijspeil {parameter.prijspeil}: de prijsindex begint in {eerste}"


def _samenhang(register: Register, naam: str, parameter: Parameter) -> Iterator[Vondst]:
    """A correlation leads to another uncertain parameter and never round."""
    if parameter.samenhang is None:
        return
    waar: Pad = ("samenhang", "met")
    if parameter.rol == "hefboom":
        yield waar, "een hefboom wordt niet getrokken en kan geen samenhang hebben"
    keten, volgende = [naam], parameter.samenhang.met
    while volgende in register.parameters and volgende not in keten:
        keten.append(volgende)
        schakel = register.parameters[volgende].samenhang
        volgende = schakel.met if schakel else ""
    if volgende == naam:
        yield waar, f"de samenhang loopt rond: {' -> '.join([*keten, naam])}"
    ander = register.parameters.get(parameter.samenhang.met)
    if ander is not None and ander.rol == "hefboom":
        yield waar, f"'{parameter.samenhang.met}' is een hefboom en wordt niet getrokken"


def _effect(register: Register, verandering: Verandering) -> Iterator[Vondst]:
    """The value of a measure lies within what its parameter can be."""
    parameter = register.parameters.get(verandering.parameter)
    if parameter is None:
        return
    laagste, hoogste = grenzen(parameter.eenheid)
    if verandering.bewerking == "maal":
        hoogste = math.inf
    elif verandering.bewerking == "plus":
        laagste = -hoogste
    yield from buiten_grenzen(verandering.waarde, verandering.eenheid, laagste, hoogste)


def _context(register: Register, scenario: Scenario) -> Iterator[Vondst]:
    """Context values fit their parameter; no measure of the reference changes it too."""
    geraakt = {
        verandering.parameter
        for stap in _stappen(register, scenario.referentie)
        if stap.maatregel in register.maatregelen
        for verandering in register.maatregelen[stap.maatregel].verandert
    }
    for nummer, context in enumerate(scenario.context):
        waar: Pad = ("context", nummer)
        if context.parameter in geraakt:
            tekst = f"'{context.parameter}' staat in de context en in een maatregel van de"
            yield (*waar, "parameter"), f"{tekst} referentie; kies een van beide"
        parameter = register.parameters.get(context.parameter)
        vondsten = volgorde(context.waarden)
        for volgnummer, waarde in enumerate(context.waarden if parameter else []):
            assert parameter is not None
            getal: Getal = waarde
            for plek, tekst in buiten_grenzen(
                getal, parameter.eenheid, *grenzen(parameter.eenheid)
            ):
                vondsten.append((("waarden", volgnummer, *plek), tekst))
        yield from (((*waar, *plek), tekst) for plek, tekst in vondsten)


def _stappen(register: Register, scenario: str | None) -> list[Stap]:
    """Steps of a scenario and of its references."""
    stappen: list[Stap] = []
    gezien: set[str] = set()
    while scenario in register.scenarios and scenario not in gezien:
        gezien.add(scenario)
        stappen += register.scenarios[scenario].maatregelen
        scenario = register.scenarios[scenario].referentie
    return stappen


def _dubbel_vervangen(register: Register, scenario: Scenario) -> Iterator[Vondst]:
    """Two measures never replace the same parameter in the same half-year."""
    eigen = len(scenario.maatregelen)
    stappen = [*scenario.maatregelen, *_stappen(register, scenario.referentie)]
    vervangers = [
        (nummer, stap, verandering)
        for nummer, stap in enumerate(stappen)
        if stap.maatregel in register.maatregelen
        for verandering in register.maatregelen[stap.maatregel].verandert
        if verandering.bewerking == "vervang"
    ]
    for (een, stap, verandering), (_, ander, tweede) in combinations(vervangers, 2):
        zelfde = stap.maatregel == ander.maatregel
        if een >= eigen or zelfde or verandering.parameter != tweede.parameter:
            continue
        samen = _actief(stap, verandering) & _actief(ander, tweede)
        if samen:
            tekst = f"'{stap.maatregel}' en '{ander.maatregel}' vervangen allebei "
            tekst += f"'{verandering.parameter}' in {min(samen)}"
            yield ("maatregelen", een), tekst


def _actief(stap: Stap, verandering: Verandering) -> set[Halfjaar]:
    """Half-years in which a change has any weight."""
    pad = verandering.ingroei
    perioden = reeks(stap.vanaf, max(EINDE, stap.vanaf + len(pad)))
    return {p for p in perioden if pad[min(p - stap.vanaf, len(pad) - 1)] > 0}


def _kolommen(register: Register) -> list[Probleem]:
    """Every column of the municipal figures has an origin, and the reverse."""
    if register.gemeenten.empty or not register.herkomst:
        return []
    kolommen = {"gemeentecode", *register.gemeenten.columns} - set(AFGELEID)
    zonder = sorted(kolommen - register.herkomst.keys() - register.genoemd.get("kolom", set()))
    problemen = [
        Probleem("parameters/gemeenten/herkomst.yaml", 0, f"kolom '{kolom}' ontbreekt")
        for kolom in zonder
    ]
    for kolom in sorted(register.herkomst.keys() - kolommen):
        plek = register.vindplaatsen["kolom", kolom]
        problemen.append(plek.probleem((), f"kolom '{kolom}' staat niet in gemeenten.csv"))
    return problemen
