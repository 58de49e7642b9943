"""From assumptions and measures to the arrays that the model reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impact.analysis.trekkingen import Samenhang, Trekkingen, waarde_bij_kans
from impact.model.reeksen import Reeks
from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Getal, Parameter, Scenario, Verandering, Waarde
from impact.registry.periode import Halfjaar

PRIJSPEIL = 2025
BEWERKINGEN = ("vervang", "maal", "plus")
GEEN_EFFECT = {"maal": 1.0, "plus": 0.0}


class GeenEffect(ValueError):
    """A measure of a scenario changes nothing: a mistake, not a result."""


class Botsing(ValueError):
    """Two measures replace the same parameter at the same time."""


@dataclass(frozen=True)
class Ingreep:
    """One change by one measure from one half-year on; a strength of 1 is the whole change."""

    maatregel: str
    nummer: int
    verandering: Verandering
    vanaf: Halfjaar
    sterkte: float = 1.0

    @property
    def naam(self) -> str:
        """Name of the uncertain value in the draw matrix."""
        return naam_maatregel(self.maatregel, self.nummer)


def naam_aanname(parameter: str) -> str:
    """Name of an assumption in the draw matrix."""
    return f"aanname:{parameter}"


def naam_maatregel(maatregel: str, nummer: int) -> str:
    """Name of the effect size of a measure in the draw matrix."""
    return f"maatregel:{maatregel}:{nummer}"


def onzekere_namen(register: Register) -> list[str]:
    """Names of all uncertain assumptions and effect sizes; levers are not among them."""
    namen = [naam_aanname(p) for p, v in register.parameters.items() if v.rol == "onzekerheid"]
    for maatregel, inhoud in register.maatregelen.items():
        namen += [naam_maatregel(maatregel, i) for i in range(len(inhoud.verandert))]
    return sorted(namen)


def samenhang(register: Register) -> dict[str, Samenhang]:
    """Correlations that the assumptions declare."""
    return {
        naam_aanname(naam): Samenhang(naam_aanname(p.samenhang.met), p.samenhang.correlatie)
        for naam, p in register.parameters.items()
        if p.samenhang is not None and p.rol == "onzekerheid"
    }


def ingrepen(register: Register, scenario: str | None) -> list[Ingreep]:
    """All changes of a scenario and of its reference, in a fixed order."""
    gevonden: list[Ingreep] = []
    while scenario is not None:
        inhoud = register.scenarios[scenario]
        for stap in inhoud.maatregelen:
            veranderingen = register.maatregelen[stap.maatregel].verandert
            gevonden += [
                Ingreep(stap.maatregel, nummer, verandering, stap.vanaf, stap.sterkte)
                for nummer, verandering in enumerate(veranderingen)
            ]
        scenario = inhoud.referentie
    return sorted(gevonden, key=lambda i: (i.maatregel, i.nummer))


def trek(waarde: Getal, kans: Reeks, parameter: Parameter) -> Reeks:
    """Draw one value within the natural bounds of its unit, array [trekking]."""
    getrokken = waarde_bij_kans(kans, waarde.midden, waarde.laag, waarde.hoog, waarde.verdeling)
    return np.clip(getrokken, *grenzen(parameter.eenheid))


def kansen(trekkingen: Trekkingen, naam: str) -> Reeks:
    """Uniform numbers of an uncertain value; the middle everywhere for a lever."""
    if naam in trekkingen.namen:
        return trekkingen.kans(naam)
    return np.full(trekkingen.aantal, 0.5)


def op_datum(waarden: Sequence[Waarde], periode: Halfjaar) -> Waarde:
    """Value that holds in a half-year; the first value also holds before its own date."""
    geldend = [waarde for waarde in waarden if waarde.vanaf is None or waarde.vanaf <= periode]
    return geldend[-1] if geldend else waarden[0]


def basisreeks(
    parameter: Parameter,
    waarden: Sequence[Waarde],
    kans: Reeks,
    perioden: Sequence[Halfjaar],
    gemeenten: Sequence[str],
) -> Reeks:
    """Array [trekking, gemeente or 1, periode] of a parameter before measures."""
    breed = len(gemeenten) if parameter.niveau == "gemeente" else 1
    reeks = np.empty((len(kans), breed, len(perioden)))
    geldend = [op_datum(waarden, periode) for periode in perioden]
    for waarde in waarden:
        wanneer = [t for t, ander in enumerate(geldend) if ander is waarde]
        if not wanneer:
            continue
        reeks[:, :, wanneer] = trek(waarde, kans, parameter)[:, np.newaxis, np.newaxis]
        for code, eigen in (waarde.gemeenten or {}).items():
            getrokken = trek(eigen, kans, parameter)[:, np.newaxis]
            reeks[:, gemeenten.index(code), wanneer] = getrokken
    return reeks


def gewichten(ingreep: Ingreep, perioden: Sequence[Halfjaar]) -> Reeks:
    """Weight of a change in every half-year, array [periode].

    0 before it begins, then its growth path times the strength of the measure in the scenario.
    """
    pad = ingreep.verandering.ingroei
    sinds = [periode - ingreep.vanaf for periode in perioden]
    groei = np.array([0.0 if n < 0 else pad[min(n, len(pad) - 1)] for n in sinds])
    return ingreep.sterkte * groei


def pas_toe(reeks: Reeks, bewerking: str, waarde: Reeks, gewicht: Reeks) -> Reeks:
    """Change an array by one measure.

    Parameters
    ----------
    reeks : array [trekking, gemeente or 1, periode]
    bewerking : vervang, maal or plus
    waarde : array [trekking, 1, 1]
    gewicht : array [periode], 0 to 1; more for a measure that is made stronger
    """
    if bewerking == "vervang":
        return (1.0 - gewicht) * reeks + gewicht * waarde
    if bewerking == "maal":
        return reeks * (1.0 + gewicht * (waarde - 1.0))
    return reeks + gewicht * waarde


def trek_effect(verandering: Verandering, kans: Reeks) -> Reeks:
    """Draw the effect size of a measure, array [trekking].

    When its range does not cross "no effect" (1 for maal, 0 for plus), no draw does: a measure
    that only helps never hurts in some draw.
    """
    waarde = verandering.waarde
    getrokken = waarde_bij_kans(kans, waarde.midden, waarde.laag, waarde.hoog, waarde.verdeling)
    niets = GEEN_EFFECT.get(verandering.bewerking)
    if niets is None:
        return getrokken
    onder = niets if min(waarde.punten) >= niets else -np.inf
    boven = niets if max(waarde.punten) <= niets else np.inf
    return np.clip(getrokken, onder, boven)


def met_maatregelen(
    naam: str,
    reeks: Reeks,
    register: Register,
    alle: Iterable[Ingreep],
    trekkingen: Trekkingen,
    perioden: Sequence[Halfjaar],
    gezet: Mapping[str, Reeks] | None = None,
) -> Reeks:
    """Apply all changes to one parameter: first vervang, then maal, then plus.

    Parameters
    ----------
    gezet : effect sizes that are set instead of drawn, by name in the draw matrix;
        array [trekking]

    Raises
    ------
    Botsing
        Two measures replace the parameter in the same half-year.
    """
    eigen = [ingreep for ingreep in alle if ingreep.verandering.parameter == naam]
    parameter, bezet = register.parameters[naam], np.zeros(len(perioden))
    for bewerking in BEWERKINGEN:
        for ingreep in (i for i in eigen if i.verandering.bewerking == bewerking):
            gewicht = gewichten(ingreep, perioden)
            if bewerking == "vervang":
                if (bezet * gewicht).any():
                    raise Botsing(
                        f"{naam}: twee maatregelen vervangen deze waarde tegelijk, waaronder "
                        f"'{ingreep.maatregel}'"
                    )
                bezet = bezet + gewicht
            if gezet is not None and ingreep.naam in gezet:
                waarde = gezet[ingreep.naam]
            else:
                waarde = trek_effect(ingreep.verandering, kansen(trekkingen, ingreep.naam))
            reeks = pas_toe(reeks, bewerking, waarde[:, np.newaxis, np.newaxis], gewicht)
    return np.clip(reeks, *grenzen(parameter.eenheid)) if eigen else reeks


def prijsfactor(register: Register, prijspeil: int, trekkingen: Trekkingen) -> Reeks:
    """Factor from the price level of a year to that of 2025, array [trekking, 1, 1]."""
    index = register.parameters["prijsindex"]
    kans = kansen(trekkingen, naam_aanname("prijsindex"))
    nieuw, oud = (
        trek(op_datum(index.waarden, Halfjaar(jaar, 1)), kans, index)
        for jaar in (PRIJSPEIL, prijspeil)
    )
    return (nieuw / oud)[:, np.newaxis, np.newaxis]


def waarden_in_scenario(naam: str, register: Register, scenario: Scenario | None) -> list[Waarde]:
    """Values of a parameter: those of the context of a scenario, else the assumption."""
    context = {stap.parameter: stap.waarden for stap in scenario.context} if scenario else {}
    return list(context.get(naam, register.parameters[naam].waarden))


def maak_reeksen(
    register: Register,
    scenario: str | None,
    trekkingen: Trekkingen,
    perioden: Sequence[Halfjaar],
    context_van: str | None = None,
) -> dict[str, Reeks]:
    """Arrays of all parameters of the model under a scenario.

    Parameters
    ----------
    scenario : whose measures apply (with those of its reference)
    context_van : scenario whose context applies; the context goes to both runs

    Returns
    -------
    dict of array [trekking, gemeente or 1, periode], amounts in euro of 2025
    """
    gemeenten = list(register.gemeenten.index)
    alle = ingrepen(register, scenario)
    met_context = context_van or scenario
    inhoud = register.scenarios[met_context] if met_context else None
    prijspeilen = {p.prijspeil for p in register.parameters.values() if p.prijspeil is not None}
    factoren = {jaar: prijsfactor(register, jaar, trekkingen) for jaar in prijspeilen}
    reeksen: dict[str, Reeks] = {}
    for naam, parameter in register.parameters.items():
        if naam == "prijsindex":
            continue
        kans = kansen(trekkingen, naam_aanname(naam))
        waarden = waarden_in_scenario(naam, register, inhoud)
        reeks = basisreeks(parameter, waarden, kans, perioden, gemeenten)
        reeks = met_maatregelen(naam, reeks, register, alle, trekkingen, perioden)
        if parameter.prijspeil is not None:
            reeks = reeks * factoren[parameter.prijspeil]
        reeksen[naam] = reeks
    return reeksen
