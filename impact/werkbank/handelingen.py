"""What an analyst can do in the explorer, by name: the messages of the browser, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from impact.registry.laden import Register
from impact.registry.modellen import Scenario
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.werkbank import keuze as kz
from impact.werkbank.aanname import zet_aanname

Handeling = Mapping[str, object]
Werking = Callable[[Register, Halfjaar, Scenario, Handeling], Scenario]


def _begin(register: Register, _: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    return kz.begin_met(register, str(h["naam"]))


def _referentie(register: Register, _: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    return kz.zet_referentie(register, scenario, str(h["naam"]))


def _maatregel(register: Register, _: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    return kz.zet_maatregel(register, scenario, str(h["naam"]), bool(h["aan"]))


def _ingang(register: Register, _: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    vanaf = Halfjaar.lees(str(h["vanaf"]))
    return kz.zet_stap(scenario, str(h["naam"]), vanaf=vanaf)


def _sterkte(register: Register, _: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    return kz.zet_stap(scenario, str(h["naam"]), sterkte=getal(h["waarde"]))


def _aanname(register: Register, begin: Halfjaar, scenario: Scenario, h: Handeling) -> Scenario:
    waarde = None if h["waarde"] is None else getal(h["waarde"])
    return zet_aanname(register, scenario, str(h["naam"]), waarde, begin)


OP_SCENARIO: dict[str, Werking] = {
    "begin": _begin,
    "referentie": _referentie,
    "maatregel": _maatregel,
    "ingang": _ingang,
    "sterkte": _sterkte,
    "aanname": _aanname,
}


def getal(waarde: object) -> float:
    """Read a number from the browser.

    Raises
    ------
    KeuzeFout
        It is no number.
    """
    if isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return float(waarde)
    raise kz.KeuzeFout(f"'{waarde}' is geen getal")


def doe(register: Register, begin: Halfjaar, keuze: kz.Keuze, handeling: Handeling) -> kz.Keuze:
    """Change a choice.

    Parameters
    ----------
    begin : first half-year of the run
    handeling : ``wat`` is done, to which ``kant``, and what belongs to it

    Raises
    ------
    KeuzeFout
        Unknown, or it cannot be done.
    """
    wat = str(handeling.get("wat"))
    if wat == "kijk":
        veld = str(handeling["veld"])
        return replace(keuze, kijk=kz.kijk_naar(keuze.kijk, veld, handeling["waarde"]))
    if wat == "gebied":
        niveau, groep = str(handeling["niveau"]), str(handeling["groep"])
        return replace(keuze, kijk=replace(keuze.kijk, niveau=niveau, groep=groep))
    if wat == "kopieer":
        van, naar = str(handeling["van"]), str(handeling["naar"])
        return keuze.met(naar, keuze.kant(van))
    if wat not in OP_SCENARIO:
        hulp = bedoelde(wat, [*OP_SCENARIO, "kijk", "gebied", "kopieer"])
        raise kz.KeuzeFout(f"onbekende handeling '{wat}'; {hulp}".strip("; "))
    kant = str(handeling.get("kant", "a"))
    scenario = OP_SCENARIO[wat](register, begin, keuze.kant(kant), handeling)
    return keuze.met(kant, scenario)
