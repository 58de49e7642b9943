"""Who share in a joint effect: laws or measures of a scenario, and which outcomes each reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impact.analysis.coalities import leden
from impact.model.modules import bereikt_door
from impact.registry.laden import Register
from impact.registry.problemen import bedoelde

SOORTEN = ("wet", "maatregel")
KETEN = "keten"
MEESTE_IN_KETEN = 10
"""Laws that change the chain; each more doubles the runs of the whole model."""
MEESTE_IN_SPEL = 12
"""Laws that come together in one module; more than the chain, for laws that only reach there."""
PLUS = " + "


class VerdeelFout(ValueError):
    """The effect of a scenario cannot be divided; the text says what can be done."""


@dataclass(frozen=True)
class Speler:
    """A law, a measure, or some of them that count as one.

    Attributes
    ----------
    naam, titel : key and name in a text
    maatregelen : measures of the scenario that belong to it
    """

    naam: str
    titel: str
    maatregelen: tuple[str, ...]


@dataclass(frozen=True)
class Verdeling:
    """Players of a scenario in a fixed order, and what they reach.

    Attributes
    ----------
    scenario : name
    spelers : those that reach the chain last, so that its runs change least often
    raakt : bit mask of the players that change a parameter
    bereik : bit mask of the players that reach a module, directly or through another module
    """

    scenario: str
    spelers: tuple[Speler, ...]
    raakt: Mapping[str, int]
    bereik: Mapping[str, int]


def maak_verdeling(
    register: Register, scenario: str, per: str = "wet", samen: Sequence[Sequence[str]] = ()
) -> Verdeling:
    """Find the players of a scenario and check that their games can be computed.

    Parameters
    ----------
    per : ``wet`` or ``maatregel``; measures of a law that are not in the scenario do not count
    samen : groups of laws (or measures) that count as one player

    Raises
    ------
    VerdeelFout
        No measures, an unknown name in a group, or too many players in one game.
    """
    spelers = voeg_samen(losse_spelers(register, scenario, per), samen)
    bereikbaar = bereikt_door()
    parameters = {s.naam: _parameters(register, s) for s in spelers}
    spelers.sort(key=lambda s: (bool(parameters[s.naam] & bereikbaar[KETEN]), s.naam))

    def masker(namen: frozenset[str]) -> int:
        return sum(1 << n for n, s in enumerate(spelers) if parameters[s.naam] & namen)

    geraakt = sorted(set().union(*parameters.values()))
    verdeling = Verdeling(
        scenario=scenario,
        spelers=tuple(spelers),
        raakt={naam: masker(frozenset({naam})) for naam in geraakt},
        bereik={module: masker(namen) for module, namen in bereikbaar.items()},
    )
    controleer_aantal(verdeling, per)
    return verdeling


def _parameters(register: Register, speler: Speler) -> frozenset[str]:
    return frozenset(
        verandering.parameter
        for naam in speler.maatregelen
        for verandering in register.maatregelen[naam].verandert
    )


def losse_spelers(register: Register, scenario: str, per: str) -> list[Speler]:
    """Laws or measures of a scenario, by name."""
    stappen = sorted(stap.maatregel for stap in register.scenario(scenario).maatregelen)
    if not stappen:
        raise VerdeelFout(
            f"scenario '{scenario}' heeft geen maatregelen: er is geen effect om te verdelen."
        )
    if per == "maatregel":
        return [Speler(naam, register.maatregelen[naam].titel, (naam,)) for naam in stappen]
    per_wet: dict[str, list[str]] = {}
    for naam in stappen:
        per_wet.setdefault(register.maatregelen[naam].wet, []).append(naam)
    return [
        Speler(wet, register.wetten[wet].naam, tuple(namen))
        for wet, namen in sorted(per_wet.items())
    ]


def voeg_samen(spelers: Sequence[Speler], samen: Sequence[Sequence[str]]) -> list[Speler]:
    """Make one player of every group.

    Raises
    ------
    VerdeelFout
        A name is unknown or stands in two groups.
    """
    over = {speler.naam: speler for speler in spelers}
    groepen: list[Speler] = []
    for namen in samen:
        for naam in namen:
            if naam not in over:
                hulp = bedoelde(naam, over)
                keuze = ", ".join(sorted(over))
                raise VerdeelFout(
                    f"'{naam}' is hier niet (meer) te kiezen. {hulp} Er is: {keuze}".strip()
                )
        delen = [over.pop(naam) for naam in sorted(set(namen))]
        groepen.append(
            Speler(
                PLUS.join(deel.naam for deel in delen),
                PLUS.join(deel.titel for deel in delen),
                tuple(naam for deel in delen for naam in deel.maatregelen),
            )
        )
    return [*over.values(), *groepen]


def controleer_aantal(verdeling: Verdeling, per: str) -> None:
    """Refuse a game with more players than can be computed.

    Raises
    ------
    VerdeelFout
        Names the module, the players that come together there, and what can be done.
    """
    for module, masker in verdeling.bereik.items():
        meeste = MEESTE_IN_KETEN if module == KETEN else MEESTE_IN_SPEL
        if masker.bit_count() > meeste:
            namen = ", ".join(verdeling.spelers[nummer].naam for nummer in leden(masker))
            wat = "wetten" if per == "wet" else "maatregelen"
            uitweg = "Tel" if per == "wet" else "Reken per wet (--per wet), of tel"
            raise VerdeelFout(
                f"scenario '{verdeling.scenario}': {masker.bit_count()} {wat} komen samen in het "
                f"deel '{module}' van het model ({namen}). Dat kunnen er hoogstens {meeste} zijn, "
                f"want elke combinatie wordt doorgerekend. {uitweg} er een paar als een "
                "(--samen A,B), of maak een kleiner scenario. Er is niets berekend."
            )
