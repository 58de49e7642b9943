"""What can be turned: an instrument, an assumption, or the effect of a measure; and how far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from impact.analysis.waarden import Ingreep, ingrepen
from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Getal, Parameter
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.registry.uitkomstmodellen import Conclusie

INSTRUMENT, AANNAME, MAATREGEL, FTE = "instrument", "aanname", "maatregel", "fte"
SOORTEN = (INSTRUMENT, AANNAME)
VOORVOEGSEL = "maatregel:"
GEEN_KNOP = ("prijsindex",)
RUIMTE = 2.0
"""Without bounds of its own a knob is turned up to this many times the highest known value."""


class KnopFout(ValueError):
    """A conclusion or knob that does not exist, or cannot be turned so; with the way out."""


@dataclass(frozen=True)
class Wens:
    """What the analyst says about a knob; None is left to the parameters.

    Attributes
    ----------
    soort : instrument or aanname
    vanaf : first half-year in which it is turned
    laagste, hoogste : range
    """

    soort: str | None = None
    vanaf: Halfjaar | None = None
    laagste: float | None = None
    hoogste: float | None = None


@dataclass(frozen=True)
class Draaiknop:
    """A knob that is ready to be turned.

    Attributes
    ----------
    naam : as the analyst writes it: a parameter, ``maatregel:naam``, or ``fte``
    parameter : what changes in the model; empty for ``fte``
    soort : ``instrument`` turns in the scenario only, after its measures; ``aanname`` turns in the
        reference too, before the measures; ``maatregel`` turns wherever the measure applies;
        ``fte`` is counted beside the model
    omschrijving, eenheid : for the reader; euro are of 2025
    laagste, hoogste : range, within the natural bounds of the unit
    vanaf : first half-year in which it is turned
    effect : name in the draw matrix of the effect of a measure
    """

    naam: str
    parameter: str
    soort: str
    omschrijving: str
    eenheid: str
    laagste: float
    hoogste: float
    vanaf: Halfjaar
    effect: str = ""


def begin_maatregelen(register: Register, scenario: str, begin: Halfjaar) -> Halfjaar:
    """First half-year of the measures of a scenario itself, not before the run begins."""
    stappen = [stap.vanaf for stap in register.scenarios[scenario].maatregelen]
    return max(begin, min(stappen, default=begin))


def zoek_knop(
    register: Register, scenario: str, conclusie: Conclusie, naam: str, wens: Wens, begin: Halfjaar
) -> Draaiknop:
    """Find what a name means and how far it can be turned.

    Parameters
    ----------
    conclusie : its knobs have a range and a kind of their own
    begin : first half-year of the run

    Raises
    ------
    KnopFout
        Unknown, with the nearest name; not one national value; or an impossible range.
    """
    if naam.startswith(VOORVOEGSEL):
        return _knop_maatregel(register, scenario, naam, wens)
    parameter = register.parameters.get(naam)
    if parameter is None or naam in GEEN_KNOP:
        namen = [*register.parameters, *namen_maatregelen(register, scenario), FTE]
        hulp = bedoelde(naam, namen) or "een knop is een aanname, maatregel:naam of fte"
        raise KnopFout(f"onbekende knop '{naam}'; {hulp}")
    if parameter.niveau == "gemeente":
        raise KnopFout(f"'{naam}' heeft per gemeente een eigen waarde; dat is geen landelijke knop")
    van_conclusie = {knop.parameter: knop for knop in conclusie.knoppen}.get(naam)
    op_rol = INSTRUMENT if parameter.rol == "hefboom" else AANNAME
    gewoon = gewone_grenzen(punten_van(parameter.waarden))
    if van_conclusie is not None:
        gewoon = (van_conclusie.laagste, van_conclusie.hoogste)
        op_rol = van_conclusie.soort or op_rol
    laagste, hoogste = bereik(naam, gewoon, wens, grenzen(parameter.eenheid))
    vanaf = wens.vanaf or begin_maatregelen(register, scenario, begin)
    return Draaiknop(
        naam,
        naam,
        wens.soort or op_rol,
        parameter.omschrijving,
        parameter.eenheid,
        laagste,
        hoogste,
        max(begin, vanaf),
    )


def namen_maatregelen(register: Register, scenario: str) -> list[str]:
    """Names of the effects of measures that can be turned in a scenario."""
    alle = ingrepen(register, scenario)
    return [naam_van(ingreep, alle) for ingreep in alle]


def naam_van(ingreep: Ingreep, alle: Iterable[Ingreep]) -> str:
    """``maatregel:naam``, with a number when the measure changes more than one thing."""
    enige = sum(ander.maatregel == ingreep.maatregel for ander in alle) == 1
    return f"{VOORVOEGSEL}{ingreep.maatregel}" if enige else ingreep.naam


def _knop_maatregel(register: Register, scenario: str, naam: str, wens: Wens) -> Draaiknop:
    alle = ingrepen(register, scenario)
    gevonden = [i for i in alle if naam in (naam_van(i, alle), i.naam)]
    if not gevonden:
        delen = [i for i in alle if naam == f"{VOORVOEGSEL}{i.maatregel}"]
        if delen:
            keuze = ", ".join(f"{i.naam} ({i.verandering.parameter})" for i in delen)
            raise KnopFout(f"'{naam}' verandert {len(delen)} dingen; kies uit: {keuze}")
        hulp = bedoelde(naam, namen_maatregelen(register, scenario))
        raise KnopFout(f"scenario '{scenario}' heeft geen knop '{naam}'; {hulp}".strip("; "))
    if wens.vanaf is not None or wens.soort is not None:
        raise KnopFout(f"'{naam}' draait waar en vanaf wanneer de maatregel geldt; kies niets")
    (ingreep,) = gevonden
    verandering = ingreep.verandering
    parameter = register.parameters[verandering.parameter]
    eenheid = verandering.juiste_eenheid(parameter)
    natuurlijk = (-np.inf, np.inf) if verandering.bewerking == "plus" else grenzen(eenheid)
    laagste, hoogste = bereik(naam, gewone_grenzen(verandering.waarde.punten), wens, natuurlijk)
    return Draaiknop(
        naam,
        verandering.parameter,
        MAATREGEL,
        _omschrijving(register, ingreep, parameter),
        eenheid,
        laagste,
        hoogste,
        ingreep.vanaf,
        ingreep.naam,
    )


def _omschrijving(register: Register, ingreep: Ingreep, parameter: Parameter) -> str:
    """Title of a measure and what it does to which assumption."""
    woord = {"vervang": "wordt", "maal": "maal", "plus": "plus"}[ingreep.verandering.bewerking]
    titel = register.maatregelen[ingreep.maatregel].titel
    return f"{titel}. {parameter.omschrijving.rstrip('.')}: {woord}"


def gewone_grenzen(bekend: list[float]) -> tuple[float, float]:
    """Range around zero that holds twice the lowest and highest known value."""
    return min(0.0, RUIMTE * min(bekend)), max(0.0, RUIMTE * max(bekend))


def bereik(
    naam: str, gewoon: tuple[float, float], wens: Wens, natuurlijk: tuple[float, float]
) -> tuple[float, float]:
    """Range in which a knob is turned: as asked, within the natural bounds of its unit.

    Raises
    ------
    KnopFout
        Nothing lies between the two.
    """
    laagste = gewoon[0] if wens.laagste is None else wens.laagste
    hoogste = gewoon[1] if wens.hoogste is None else wens.hoogste
    laagste, hoogste = max(laagste, natuurlijk[0]), min(hoogste, natuurlijk[1])
    if not laagste < hoogste:
        raise KnopFout(
            f"'{naam}': tussen {laagste:g} en {hoogste:g} valt niets te onderzoeken; "
            "geef --laagste en --hoogste, binnen wat bij de eenheid kan"
        )
    return laagste, hoogste


def punten_van(waarden: Iterable[Getal]) -> list[float]:
    """All numbers of some values."""
    return [punt for waarde in waarden for punt in waarde.punten]
