"""From an assumption to the value that the model reads: context, measures and price level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from impact.analysis.formules.herkomst import (
    Herkomst,
    uit_context,
    van_aanname,
    van_context,
    van_maatregel,
)
from impact.analysis.formules.taal import Moment, ontleed, reken
from impact.analysis.waarden import (
    BEWERKINGEN,
    PRIJSPEIL,
    Ingreep,
    gewichten,
    ingrepen,
    op_datum,
    trek,
    trek_effect,
    waarden_in_scenario,
)
from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Verandering, Waarde
from impact.registry.periode import Halfjaar

MIDDEN = np.array([0.5])
"""Chance of the middle value of every assumption."""


@dataclass(frozen=True)
class Bouwsteen:
    """One value that a parameter is made of.

    Attributes
    ----------
    naam : name in the formula of the parameter
    soort : aanname or maatregel
    titel, uitleg, eenheid, waarde, herkomst : what it is, and where it comes from
    """

    naam: str
    soort: str
    titel: str
    uitleg: str
    eenheid: str
    waarde: float
    herkomst: Herkomst


@dataclass(frozen=True)
class Stappen:
    """Formula of a parameter, and the values in it; the first one is the assumption."""

    rekenregel: str
    bouwstenen: tuple[Bouwsteen, ...]


@dataclass(frozen=True)
class Vraag:
    """Which parameter, when, where and under which scenario.

    Attributes
    ----------
    scenario, context_van : whose measures and whose context apply; None for the assumption itself
    periode : half-year
    gemeente : code; None for a national value
    """

    register: Register
    scenario: str | None
    context_van: str | None
    naam: str
    periode: Halfjaar
    gemeente: str | None

    @property
    def context(self) -> Scenario | None:
        """Scenario whose context applies."""
        return None if self.context_van is None else self.register.scenarios[self.context_van]


def stappen(vraag: Vraag) -> Stappen:
    """Explain the middle value of a parameter in one half-year.

    First the assumption, or the value of the context; then the measures in the order of the
    model (vervang, maal, plus); then the price level.
    """
    parameter = vraag.register.parameters[vraag.naam]
    aanname = _aanname(vraag)
    regel, delen = aanname.naam, [aanname]
    for ingreep in _in_volgorde(vraag):
        gewicht = float(gewichten(ingreep, [vraag.periode])[0])
        if gewicht == 0.0:
            continue
        deel = _maatregel(vraag, ingreep, len(delen))
        delen.append(deel)
        regel = _toegepast(regel, ingreep.verandering.bewerking, deel.naam, gewicht)
    regel = _begrensd(regel, delen, *grenzen(parameter.eenheid))
    if parameter.prijspeil is not None and parameter.prijspeil != PRIJSPEIL:
        nieuw, oud = (_prijsindex(vraag, jaar) for jaar in (PRIJSPEIL, parameter.prijspeil))
        if nieuw.waarde != 1.0:
            regel, delen = f"({regel}) * {nieuw.naam}", [*delen, nieuw]
        regel, delen = f"({regel}) / {oud.naam}", [*delen, oud]
    return Stappen(regel, tuple(delen))


def _in_volgorde(vraag: Vraag) -> list[Ingreep]:
    eigen = [
        ingreep
        for ingreep in ingrepen(vraag.register, vraag.scenario)
        if ingreep.verandering.parameter == vraag.naam
    ]
    return sorted(eigen, key=lambda ingreep: BEWERKINGEN.index(ingreep.verandering.bewerking))


def _toegepast(regel: str, bewerking: str, naam: str, gewicht: float) -> str:
    """Formula after one measure; a weight below 1 means that the measure still grows in."""
    if bewerking == "vervang":
        return f"{1 - gewicht:.12g} * ({regel}) + {gewicht:.12g} * {naam}"
    if bewerking == "maal":
        factor = naam if gewicht == 1.0 else f"(1 + {gewicht:.12g} * ({naam} - 1))"
        return f"({regel}) * {factor}"
    return f"{regel} + {naam}" if gewicht == 1.0 else f"{regel} + {gewicht:.12g} * {naam}"


def _begrensd(regel: str, delen: Sequence[Bouwsteen], laagste: float, hoogste: float) -> str:
    """Formula within the natural bounds of the unit; bounds that do nothing are left out."""
    waarden = {deel.naam: np.array([deel.waarde]) for deel in delen}
    waarde = reken(ontleed(regel), Moment(0), lambda deel: waarden[deel.naam])[0]
    if laagste <= waarde <= hoogste:
        return regel
    return f"max({laagste:g}, {regel})" if waarde < laagste else f"min({hoogste:g}, {regel})"


def _aanname(vraag: Vraag) -> Bouwsteen:
    """Value of the assumption itself, or of the context of the scenario."""
    register, naam = vraag.register, vraag.naam
    parameter, scenario = register.parameters[naam], vraag.context
    waarden = waarden_in_scenario(naam, register, scenario)
    geldend = op_datum(waarden, vraag.periode)
    eigen = (geldend.gemeenten or {}).get(vraag.gemeente or "", geldend)
    if vraag.context_van is not None and uit_context(scenario, naam):
        herkomst = van_context(register, vraag.context_van, naam, geldend)
        uitleg = f"Gezet door de context van scenario '{vraag.context_van}'."
    else:
        herkomst = van_aanname(register, naam, waarden, _nummer(waarden, geldend), vraag.gemeente)
        uitleg = parameter.omschrijving
    return Bouwsteen(
        "aanname",
        "aanname",
        f"Aanname: {leesbaar(naam)}",
        uitleg,
        _eenheid(parameter.eenheid, parameter.prijspeil),
        float(trek(eigen, MIDDEN, parameter)[0]),
        herkomst,
    )


def _nummer(waarden: Sequence[Waarde], gezocht: Waarde) -> int:
    return next(nummer for nummer, waarde in enumerate(waarden) if waarde is gezocht)


def _maatregel(vraag: Vraag, ingreep: Ingreep, nummer: int) -> Bouwsteen:
    verandering: Verandering = ingreep.verandering
    inhoud = vraag.register.maatregelen[ingreep.maatregel]
    doet = {"vervang": "vervangt", "maal": "vermenigvuldigt", "plus": "telt op bij"}
    return Bouwsteen(
        f"maatregel_{nummer}",
        "maatregel",
        f"Maatregel: {inhoud.titel}",
        f"{ingreep.maatregel} {doet[verandering.bewerking]} {leesbaar(vraag.naam)} "
        f"vanaf {ingreep.vanaf}.",
        verandering.eenheid,
        float(trek_effect(verandering, MIDDEN)[0]),
        van_maatregel(vraag.register, ingreep),
    )


def _prijsindex(vraag: Vraag, jaar: int) -> Bouwsteen:
    index = vraag.register.parameters["prijsindex"]
    waarde = op_datum(index.waarden, Halfjaar(jaar, 1))
    nummer = _nummer(index.waarden, waarde)
    return Bouwsteen(
        f"prijsindex_{jaar}",
        "aanname",
        f"Prijsindex {jaar}",
        f"Om het bedrag om te rekenen naar prijzen van {PRIJSPEIL}.",
        index.eenheid,
        float(trek(waarde, MIDDEN, index)[0]),
        van_aanname(vraag.register, "prijsindex", index.waarden, nummer, None),
    )


def _eenheid(eenheid: str, prijspeil: int | None) -> str:
    oud = prijspeil is not None and prijspeil != PRIJSPEIL
    return f"{eenheid}, prijzen van {prijspeil}" if oud else eenheid


AFKORTINGEN = {
    "b": "B",
    "b1route": "B1-route",
    "buig": "BUIG",
    "coa": "COA",
    "ind": "IND",
    "lvv": "LVV",
    "oekraine": "Oekraïne",
    "spuk": "SPUK",
    "spreidingswet": "Spreidingswet",
    "wmo": "Wmo",
    "zroute": "Z-route",
}


def leesbaar(naam: str) -> str:
    """Name of a parameter or series in a text."""
    return " ".join(AFKORTINGEN.get(woord, woord) for woord in naam.split("_"))


def hoofdletter(tekst: str) -> str:
    """Begin with a capital, and leave the rest as it is."""
    return tekst[:1].upper() + tekst[1:]
