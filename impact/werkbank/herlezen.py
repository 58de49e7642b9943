"""What happens when files in ``parameters/`` change while the explorer is open.

The files are looked at by date and size, which takes a millisecond or two. The choices of the
analyst move to the new parameters, or everything stays as it was.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from impact.registry.laden import Register
from impact.registry.modellen import Context, Scenario
from impact.registry.periode import Halfjaar
from impact.werkbank import keuze as kz
from impact.werkbank.aanname import VINDPLAATS, verschoven, zet_aanname
from impact.werkbank.cijfers import zoek_gebied

EERST_LEZEN = "de bestanden in parameters/ zijn veranderd. Kies eerst 'Lees opnieuw'; er is niets"
TUSSENDOOR = (
    "Let op: de bestanden in parameters/ zijn veranderd terwijl het rapport werd gemaakt. Oude en "
    "nieuwe waarden kunnen erin door elkaar staan. Maak het opnieuw."
)
NIET_GELEZEN = "Niet opnieuw gelezen; de verkenner rekent verder met de oude waarden."
SOORTEN = (".yaml", ".csv", ".json")
TUSSENPOOS = 1.0
"""Seconds between two looks while a slider moves."""
Stempels = dict[str, tuple[int, int]]
"""Date and size of every file."""


class HerleesFout(ValueError):
    """The choices do not fit the parameters any more; all reasons."""


class Bestandswacht:
    """Knows whether files have changed since they were read.

    Attributes
    ----------
    veranderd : what the last look showed
    """

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.veranderd = False
        self._gelezen = stempels(map_)
        self._gekeken = time.monotonic()

    def kijk(self) -> bool:
        """Look now."""
        self._gekeken = time.monotonic()
        self.veranderd = stempels(self.map) != self._gelezen
        return self.veranderd

    def kijk_soms(self) -> None:
        """Look, unless that was done a moment ago."""
        if time.monotonic() - self._gekeken >= TUSSENPOOS:
            self.kijk()

    def neem(self, gelezen: Stempels) -> None:
        """Take files as read; they were stamped before they were read."""
        self._gelezen = gelezen
        self.kijk()

    def neem_eigen(self, pad: Path) -> None:
        """Take one file as read, because the explorer wrote it."""
        nu = stempels(self.map)
        eigen = {naam: stempel for naam, stempel in nu.items() if naam == str(pad)}
        self._gelezen = {**self._gelezen, **eigen}
        self.veranderd = nu != self._gelezen


def stempels(map_: Path) -> Stempels:
    """Stamp the files that a register reads; hidden files of an editor do not count."""
    gevonden: Stempels = {}
    for ouder, mappen, namen in os.walk(map_):
        mappen[:] = [naam for naam in mappen if not naam.startswith(".")]
        for naam in namen:
            if naam.endswith(SOORTEN) and not naam.startswith("."):
                pad = os.path.join(ouder, naam)
                try:
                    staat = os.stat(pad)
                except FileNotFoundError:  # removed meanwhile: it counts as gone
                    continue
                gevonden[pad] = (staat.st_mtime_ns, staat.st_size)
    return gevonden


def verhuis(
    oud: Register, nieuw: Register, geschiedenis: kz.Geschiedenis, begin: Halfjaar
) -> kz.Geschiedenis:
    """Choices so far, on new parameters; steps that cannot be made there any more fall off.

    Raises
    ------
    HerleesFout
        The choice of now cannot be made there: all reasons.
    """
    redenen = bezwaren(oud, nieuw, geschiedenis.nu, begin)
    if redenen:
        raise HerleesFout("\n".join(["Uw keuze past niet bij de nieuwe bestanden.", *redenen]))

    def mee(keuze: kz.Keuze) -> kz.Keuze | None:
        if bezwaren(oud, nieuw, keuze, begin):
            return None
        return kz.Keuze(
            herschreven(oud, nieuw, keuze.a, begin),
            herschreven(oud, nieuw, keuze.b, begin),
            keuze.kijk,
        )

    return geschiedenis.verhuisd(mee)


def bezwaren(oud: Register, nieuw: Register, keuze: kz.Keuze, begin: Halfjaar) -> list[str]:
    """Why a choice cannot be made with new parameters, as far as it could with the old ones."""
    redenen = _lukt(zoek_gebied, nieuw, keuze.kijk)
    for scenario in (keuze.a, keuze.b):
        eerder = _passen(oud, scenario, begin)
        redenen += [r for r in _passen(nieuw, scenario, begin) if r not in [*eerder, *redenen]]
    return redenen


def _passen(register: Register, scenario: Scenario, begin: Halfjaar) -> list[str]:
    """Everything in a scenario that the explorer would refuse."""
    redenen = _lukt(kz.zet_referentie, register, scenario, str(scenario.referentie))
    if redenen:
        return redenen
    kaal = scenario.model_copy(update={"maatregelen": [], "context": []})
    passend = []
    for stap in scenario.maatregelen:
        bezwaar = _lukt(kz.zet_maatregel, register, kaal, stap.maatregel, True)
        redenen += bezwaar
        passend += [] if bezwaar else [stap]
    met = kaal.model_copy(update={"maatregelen": passend})
    for context in scenario.context:
        naam, waarde = context.parameter, context.waarden[-1].midden
        redenen += _lukt(zet_aanname, register, met, naam, waarde, begin)
    return redenen


def _lukt(proef: Callable[..., object], *gegevens: object) -> list[str]:
    """Nothing when it can be done, else why not."""
    try:
        proef(*gegevens)
    except kz.KeuzeFout as fout:
        return [str(fout)]
    return []


def herschreven(oud: Register, nieuw: Register, scenario: Scenario, begin: Halfjaar) -> Scenario:
    """Return a scenario on new parameters.

    A scenario that is shown as it was stored is shown as it is stored now. Of an own choice the
    shifted assumptions keep their last value; earlier years move in proportion anew.
    """
    for naam, bewaard in oud.scenarios.items():
        if bewaard == scenario and naam in nieuw.scenarios:
            return kz.begin_met(nieuw, naam)
    context = [
        Context(
            parameter=deel.parameter,
            waarden=verschoven(nieuw.parameters[deel.parameter], deel.waarden[-1].midden, begin),
        )
        if all(waarde.vindplaats == VINDPLAATS for waarde in deel.waarden)
        else deel
        for deel in scenario.context
    ]
    return scenario.model_copy(update={"context": context})
