"""Checks across files: names that must exist, units that must meet, laws that must fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.registry.modellen import Getal, Maatregel, Parameter, Scenario
from impact.registry.problemen import Probleem, bedoelde, kort
from impact.registry.regels import PRIJSINDEX, regels
from impact.registry.schattingmodellen import Buitenschatting
from impact.registry.stempelmodellen import Stempel
from impact.registry.uitkomstmodellen import Conclusie
from impact.registry.uitvoeringsmodellen import Onderbouwd, Uitvoering
from impact.registry.volgordemodel import Volgorde
from impact.registry.yaml_lezen import Inhoud, Pad

if TYPE_CHECKING:
    from impact.registry.laden import Register

OPTELBAAR = {("verschil", s) for s in ("per_jaar", "gemiddelde", "eind", "groei")}
"""Outcomes of which the effects of laws that do not meet each other add up."""
ALLES = "*"
"""Stands for every name, when a file with names could not be read."""
HET_WOORDEN = ("scenario",)
SCENARIONAAM = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")
"""A scenario's name is the name of a folder with results and of one with reports."""


@dataclass(frozen=True)
class Vindplaats:
    """File, line and place inside the file of one entry."""

    bestand: str
    regel: int
    inhoud: Inhoud
    plek: Pad

    def probleem(self, waar: Pad, tekst: str, suggestie: str = "") -> Probleem:
        """Problem at a place inside this entry."""
        regel = self.inhoud.regel((*self.plek, *waar))
        return Probleem(self.bestand, regel, tekst, suggestie)


Vindplaatsen = dict[tuple[str, str], Vindplaats]


def controleer(register: Register, parameters_model: Mapping[str, str] | None) -> list[Probleem]:
    """All problems that show only when files are held together."""
    problemen: list[Probleem] = []
    for naam, parameter in register.parameters.items():
        problemen += _parameter(register, naam, parameter)
    for naam, maatregel in register.maatregelen.items():
        problemen += _maatregel(register, naam, maatregel)
    for naam, scenario in register.scenarios.items():
        problemen += _scenario(register, naam, scenario)
    for naam, wet in register.wetten.items():
        problemen += _bron(register, "wet", naam, ("bron",), wet.bron)
    for naam, kostensoort in register.kostensoorten.items():
        problemen += _bron(register, "kostensoort", naam, ("bron",), kostensoort.bron)
    for naam, kolom in register.herkomst.items():
        problemen += _bron(register, "kolom", naam, ("bron",), kolom.bron)
    for naam, conclusie in register.conclusies.items():
        problemen += _conclusie(register, naam, conclusie)
    for naam, toets in register.toetsen.items():
        problemen += onbekend(
            register,
            "toets",
            naam,
            ("conclusie",),
            "conclusie",
            toets.conclusie,
            register.conclusies,
        )
    for naam, uitvoering in register.uitvoering.items():
        problemen += _uitvoering(register, naam, uitvoering)
    for naam, schatting in register.buitenschattingen.items():
        problemen += _buitenschatting(register, naam, schatting)
    for naam, volgorde in register.volgordes.items():
        problemen += _volgorde(register, naam, volgorde)
    for naam, stempel in register.stempels.items():
        problemen += _stempel(register, naam, stempel)
    problemen += regels(register)
    if parameters_model is not None:
        problemen += _tegen_model(register, parameters_model)
    return problemen


def onbekend(
    register: Register,
    aard: str,
    naam: str,
    waar: Pad,
    wat: str,
    gevonden: str,
    bestaand: Iterable[str],
) -> list[Probleem]:
    """Problem for a name that does not exist; nothing for one that does."""
    lijst = list(bestaand)
    genoemd = register.genoemd.get(wat, set())
    if gevonden in lijst or gevonden in genoemd or ALLES in genoemd:
        return []
    plek = register.vindplaatsen[aard, naam]
    woord = "onbekend" if wat in HET_WOORDEN else "onbekende"
    return [plek.probleem(waar, f"{woord} {wat} '{gevonden}'", bedoelde(gevonden, lijst))]


def _bron(register: Register, aard: str, naam: str, waar: Pad, bron: str) -> list[Probleem]:
    return onbekend(register, aard, naam, waar, "bron", bron, register.bronnen)


def _schatting(
    register: Register, aard: str, naam: str, waar: Pad, getal: Getal | Onderbouwd
) -> list[Probleem]:
    """An assumption without a source is never better than rood."""
    bron = register.bronnen.get(getal.bron)
    if bron is None or bron.soort != "aanname" or getal.kwaliteit == "rood":
        return []
    plek = register.vindplaatsen[aard, naam]
    tekst = f"een waarde met bron '{getal.bron}' is een schatting; de kwaliteit moet rood zijn"
    return [plek.probleem((*waar, "kwaliteit"), tekst)]


def _getal(register: Register, aard: str, naam: str, waar: Pad, getal: Getal) -> list[Probleem]:
    """Source of a value, and codes of municipalities with a value of their own."""
    problemen = _bron(register, aard, naam, (*waar, "bron"), getal.bron)
    problemen += _schatting(register, aard, naam, waar, getal)
    for code, eigen in (getattr(getal, "gemeenten", None) or {}).items():
        plek = (*waar, "gemeenten", code)
        problemen += onbekend(
            register, aard, naam, plek, "gemeente", code, register.gemeenten.index
        )
        problemen += _bron(register, aard, naam, (*plek, "bron"), eigen.bron)
    return problemen


def _parameter(register: Register, naam: str, parameter: Parameter) -> list[Probleem]:
    problemen: list[Probleem] = []
    for nummer, waarde in enumerate(parameter.waarden):
        problemen += _getal(register, "parameter", naam, ("waarden", nummer), waarde)
    if parameter.samenhang is not None:
        waar = ("samenhang", "met")
        ander = parameter.samenhang.met
        problemen += onbekend(
            register, "parameter", naam, waar, "parameter", ander, register.parameters
        )
    return problemen


def _maatregel(register: Register, naam: str, maatregel: Maatregel) -> list[Probleem]:
    plek = register.vindplaatsen["maatregel", naam]
    problemen: list[Probleem] = []
    for nummer, status in enumerate(maatregel.status):
        waar: Pad = ("status", nummer, "bron")
        problemen += _bron(register, "maatregel", naam, waar, status.bron)
    for nummer, verandering in enumerate(maatregel.verandert):
        waar = ("verandert", nummer)
        problemen += _getal(register, "maatregel", naam, (*waar, "waarde"), verandering.waarde)
        vreemd = onbekend(
            register,
            "maatregel",
            naam,
            (*waar, "parameter"),
            "parameter",
            verandering.parameter,
            register.parameters,
        )
        problemen += vreemd
        if vreemd or verandering.parameter not in register.parameters:
            continue
        juist = verandering.juiste_eenheid(register.parameters[verandering.parameter])
        if verandering.eenheid != juist:
            tekst = (
                f"bewerking '{verandering.bewerking}' op '{verandering.parameter}' vraagt eenheid "
                f"'{juist}', gevonden '{verandering.eenheid}'"
            )
            problemen.append(plek.probleem((*waar, "eenheid"), tekst))
    return problemen


def _scenario(register: Register, naam: str, scenario: Scenario) -> list[Probleem]:
    plek = register.vindplaatsen["scenario", naam]
    problemen: list[Probleem] = []
    if not SCENARIONAAM.fullmatch(naam):
        tekst = f"'{kort(naam)}' kan geen naam van een scenario zijn; gebruik voor het bestand"
        problemen.append(plek.probleem((), f"{tekst} kleine letters, cijfers en _"))
    keten, fouten = _referenties(register, naam, scenario)
    problemen += fouten
    eerder = {stap.maatregel for ouder in keten for stap in register.scenarios[ouder].maatregelen}
    geraakt: set[str] = set()
    for nummer, stap in enumerate(scenario.maatregelen):
        waar: Pad = ("maatregelen", nummer, "maatregel")
        problemen += onbekend(
            register, "scenario", naam, waar, "maatregel", stap.maatregel, register.maatregelen
        )
        if stap.maatregel in eerder:
            tekst = f"maatregel '{stap.maatregel}' geldt al in de referentie"
            problemen.append(plek.probleem(waar, tekst))
        if stap.maatregel in register.maatregelen:
            geraakt |= {v.parameter for v in register.maatregelen[stap.maatregel].verandert}
    for nummer, context in enumerate(scenario.context):
        waar = ("context", nummer, "parameter")
        problemen += onbekend(
            register, "scenario", naam, waar, "parameter", context.parameter, register.parameters
        )
        for volgnummer, waarde in enumerate(context.waarden):
            plaats: Pad = ("context", nummer, "waarden", volgnummer)
            problemen += _getal(register, "scenario", naam, plaats, waarde)
        if context.parameter in geraakt:
            tekst = (
                f"'{context.parameter}' staat in de context en in een maatregel; kies een van beide"
            )
            problemen.append(plek.probleem(waar, tekst))
    return problemen


def _conclusie(register: Register, naam: str, conclusie: Conclusie) -> list[Probleem]:
    """Outcome and knobs of a conclusion exist."""
    waar: Pad = ("uitkomst",)
    problemen = onbekend(
        register, "conclusie", naam, waar, "uitkomst", conclusie.uitkomst, register.uitkomsten
    )
    for nummer, knop in enumerate(conclusie.knoppen):
        waar = ("knoppen", nummer, "parameter")
        problemen += onbekend(
            register, "conclusie", naam, waar, "parameter", knop.parameter, register.parameters
        )
    return problemen


def _uitvoering(register: Register, naam: str, uitvoering: Uitvoering) -> list[Probleem]:
    """The law of a file about execution exists, and its sources; own judgement is rood."""
    problemen = onbekend(register, "uitvoering", naam, (), "wet", naam, register.wetten)
    for deel, lijst in uitvoering:
        for nummer, onderbouwd in enumerate(lijst):
            waar: Pad = (deel, nummer)
            problemen += _bron(register, "uitvoering", naam, (*waar, "bron"), onderbouwd.bron)
            problemen += _schatting(register, "uitvoering", naam, waar, onderbouwd)
    return problemen


def _buitenschatting(register: Register, naam: str, schatting: Buitenschatting) -> list[Probleem]:
    """Source, scenario and municipalities of an outside estimate exist."""
    aard = "buitenschatting"
    problemen = _bron(register, aard, naam, ("bron",), schatting.bron)
    for nummer, wet in enumerate(schatting.wetten):
        plek: Pad = ("wetten", nummer)
        problemen += onbekend(register, aard, naam, plek, "wet", wet, register.wetten)
    model = schatting.model
    if model is None:
        return problemen
    waar: Pad = ("model", "scenario")
    problemen += onbekend(
        register, aard, naam, waar, "scenario", model.scenario, register.scenarios
    )
    scenario = register.scenarios.get(model.scenario)
    if model.maat == "verschil" and scenario is not None and scenario.referentie is None:
        tekst = f"scenario '{model.scenario}' heeft geen referentie om mee te verschillen"
        problemen.append(register.vindplaatsen[aard, naam].probleem(waar, tekst))
    for nummer, code in enumerate(model.gemeenten):
        waar = ("model", "gemeenten", nummer)
        problemen += onbekend(
            register, aard, naam, waar, "gemeente", code, register.gemeenten.index
        )
    return problemen


def _volgorde(register: Register, naam: str, volgorde: Volgorde) -> list[Probleem]:
    """Outcomes, laws and sources exist, and what is split over laws adds up over laws."""
    namen = [
        *((veld, getattr(volgorde, veld)) for veld in ("gat", "wachtrij", "fte")),
        *((("ook", n), ook) for n, ook in enumerate(volgorde.ook)),
        *((("grenzen", n, "uitkomst"), g.uitkomst) for n, g in enumerate(volgorde.grenzen)),
    ]
    problemen: list[Probleem] = []
    for plek, uitkomst in namen:
        waar: Pad = plek if isinstance(plek, tuple) else (plek,)
        problemen += onbekend(
            register, "volgorde", naam, waar, "uitkomst", uitkomst, register.uitkomsten
        )
    for nummer, grens in enumerate(volgorde.grenzen):
        problemen += _getal(register, "volgorde", naam, ("grenzen", nummer, "grens"), grens.grens)
    for groep in ("alternatief", "intrekking"):
        for nummer, wet in enumerate(getattr(volgorde, groep).wetten):
            waar = (groep, "wetten", nummer)
            problemen += onbekend(register, "volgorde", naam, waar, "wet", wet, register.wetten)
    for veld in ("gat", "wachtrij"):
        gevonden = register.uitkomsten.get(getattr(volgorde, veld))
        if gevonden is not None and (gevonden.maat, gevonden.samenvatting) not in OPTELBAAR:
            tekst = f"'{veld}' vraagt om een verschil dat optelt over wetten, geen 'hoogste'"
            problemen.append(register.vindplaatsen["volgorde", naam].probleem((veld,), tekst))
    return problemen


def _stempel(register: Register, naam: str, stempel: Stempel) -> list[Probleem]:
    """Outcomes of a stamp exist."""
    problemen: list[Probleem] = []
    for nummer, uitkomst in enumerate(stempel.uitkomsten):
        waar: Pad = ("uitkomsten", nummer)
        problemen += onbekend(
            register, "stempel", naam, waar, "uitkomst", uitkomst, register.uitkomsten
        )
    return problemen


def _referenties(
    register: Register, naam: str, scenario: Scenario
) -> tuple[list[str], list[Probleem]]:
    """The chain of references of a scenario."""
    plek = register.vindplaatsen["scenario", naam]
    keten: list[str] = []
    volgende = scenario.referentie
    while volgende is not None:
        if volgende not in register.scenarios:
            genoemd = register.genoemd.get("scenario", set())
            if volgende in genoemd or ALLES in genoemd:
                return keten, []
            bestaand = [n for n, s in register.scenarios.items() if s.soort == "referentie"]
            tekst = f"onbekende referentie '{volgende}'"
            return keten, [plek.probleem(("referentie",), tekst, bedoelde(volgende, bestaand))]
        if register.scenarios[volgende].soort != "referentie":
            tekst = f"'{volgende}' is geen referentie maar een variant"
            return keten, [plek.probleem(("referentie",), tekst)]
        if volgende in keten or volgende == naam:
            return keten, [plek.probleem(("referentie",), "de referenties lopen rond")]
        keten.append(volgende)
        volgende = register.scenarios[volgende].referentie
    return keten, []


def _tegen_model(register: Register, parameters_model: Mapping[str, str]) -> list[Probleem]:
    """The model must find exactly its own parameters, in its own units."""
    problemen = []
    aanwezig = register.parameters
    genoemd = register.genoemd.get("parameter", set())
    ontbreekt = set() if ALLES in genoemd else parameters_model.keys() - aanwezig.keys() - genoemd
    for naam in sorted(ontbreekt):
        over = aanwezig.keys() - parameters_model.keys()
        tekst = f"parameter '{naam}' ({parameters_model[naam]}) ontbreekt"
        problemen.append(Probleem("parameters/aannames", 0, tekst, bedoelde(naam, over)))
    for naam, parameter in aanwezig.items():
        plek = register.vindplaatsen["parameter", naam]
        if naam not in parameters_model and naam != PRIJSINDEX:
            hulp = bedoelde(naam, parameters_model)
            tekst = f"parameter '{naam}' wordt door het model niet gebruikt"
            problemen.append(plek.probleem((), tekst, hulp))
        elif naam != PRIJSINDEX and parameter.eenheid != parameters_model[naam]:
            juist = parameters_model[naam]
            tekst = f"het model leest '{naam}' in '{juist}', niet in '{parameter.eenheid}'"
            problemen.append(plek.probleem(("eenheid",), tekst))
    return problemen


def verwijzingen(
    genoemd: Mapping[str, Iterable[str]], plek: Vindplaats, kapot: object
) -> list[Probleem]:
    """Unknown names in an entry that does not fit its schema, so that they do not hide."""
    problemen: list[Probleem] = []
    stapel: list[tuple[Pad, object]] = [((), kapot)]
    while stapel:
        waar, deel = stapel.pop()
        inhoud = enumerate(deel) if isinstance(deel, list) else ()
        for sleutel, waarde in deel.items() if isinstance(deel, dict) else inhoud:
            stapel.append(((*waar, sleutel), waarde))
            namen = set(genoemd.get(str(sleutel), (ALLES,)))
            if isinstance(waarde, str) and not namen & {waarde, ALLES}:
                tekst = f"onbekende {sleutel} '{waarde}'"
                problemen.append(plek.probleem((*waar, sleutel), tekst, bedoelde(waarde, namen)))
    return problemen
