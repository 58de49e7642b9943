"""What an analyst has chosen: two scenarios and what is looked at, with undo and redo.

A choice is a `Scenario` of the registry, the same thing that is saved and that reports read. So
there is no second way to write down a scenario.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde

KANTEN = ("a", "b")
EERSTE_INGANG = Halfjaar(2027, 1)
MEESTE_STAPPEN = 200
"""Steps back that are kept."""

GROOTHEDEN_BIJ = {
    "stroom": [g.naam for g in GROOTHEDEN.values() if g.soort == "stroom"],
    "voorraad": [
        g.naam for g in GROOTHEDEN.values() if g.soort == "voorraad" and g.eenheid != "fte"
    ],
    "werk": [g.naam for g in GROOTHEDEN.values() if g.eenheid == "fte"],
    "maat": [
        g.naam
        for g in GROOTHEDEN.values()
        if g.gemeentelijk and (g.soort != "kosten" or g.naam == "netto_lasten_gemeente")
    ],
}
"""Quantities that each chart can show."""


class KeuzeFout(ValueError):
    """A choice that cannot be made; the text says why and what can be done."""


@dataclass(frozen=True)
class Kijk:
    """What is looked at.

    Attributes
    ----------
    niveau, groep : level and name of the area, as in the tables of a result
    stroom, voorraad, werk : quantity of the three charts over time
    maat, jaar : quantity and year of the map and of the stacking
    tabel : chart whose figures stand in the table
    toon : ``stand`` for the level, ``verschil`` for the difference with the reference
    vergelijk : whether scenario B is shown beside A
    """

    niveau: str = "nationaal"
    groep: str = "NL"
    stroom: str = "gehuisvest"
    voorraad: str = "statushouders_in_coa"
    werk: str = "fte_nodig"
    maat: str = "netto_lasten_gemeente"
    jaar: int = 2030
    tabel: str = "voorraad"
    toon: str = "stand"
    vergelijk: bool = False


@dataclass(frozen=True)
class Keuze:
    """Both scenarios and what is looked at."""

    a: Scenario
    b: Scenario
    kijk: Kijk = field(default_factory=Kijk)

    def kant(self, naam: str) -> Scenario:
        """Scenario of one side."""
        if naam not in KANTEN:
            raise KeuzeFout(f"'{naam}' is geen scenario van de verkenner; kies a of b")
        return self.a if naam == "a" else self.b

    def met(self, naam: str, scenario: Scenario) -> Keuze:
        """Return the choice with another scenario on one side."""
        self.kant(naam)
        return replace(self, a=scenario) if naam == "a" else replace(self, b=scenario)

    @property
    def getoond(self) -> tuple[str, ...]:
        """Sides that are on the screen."""
        return KANTEN if self.kijk.vergelijk else KANTEN[:1]


class Geschiedenis:
    """Choices so far; movements of one slider count as one step."""

    def __init__(self, begin: Keuze) -> None:
        self._terug: list[Keuze] = []
        self._vooruit: list[Keuze] = []
        self._beweging = ""
        self.nu = begin

    @property
    def kan_terug(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._terug)

    @property
    def kan_vooruit(self) -> bool:
        """Whether there is something to redo."""
        return bool(self._vooruit)

    def ga_naar(self, keuze: Keuze, beweging: str = "") -> None:
        """Take a next choice.

        Parameters
        ----------
        beweging : name of a movement that goes on; its steps are undone at once
        """
        if keuze == self.nu:
            return
        if not beweging or beweging != self._beweging:
            self._terug = [*self._terug, self.nu][-MEESTE_STAPPEN:]
        self._beweging, self._vooruit, self.nu = beweging, [], keuze

    def terug(self) -> None:
        """Undo the last step; does nothing at the beginning."""
        if self._terug:
            self._vooruit.append(self.nu)
            self.nu, self._beweging = self._terug.pop(), ""

    def vooruit(self) -> None:
        """Redo the step that was undone; does nothing at the end."""
        if self._vooruit:
            self._terug.append(self.nu)
            self.nu, self._beweging = self._vooruit.pop(), ""

    def verhuisd(self, mee: Callable[[Keuze], Keuze | None]) -> Geschiedenis:
        """Return the same steps with other choices; where `mee` gives nothing a step falls off."""
        nieuw = Geschiedenis(mee(self.nu) or self.nu)
        nieuw._terug = [k for keuze in self._terug if (k := mee(keuze)) is not None]
        nieuw._vooruit = [k for keuze in self._vooruit if (k := mee(keuze)) is not None]
        return nieuw


def kijk_naar(kijk: Kijk, veld: str, waarde: object) -> Kijk:
    """Look at something else.

    Raises
    ------
    KeuzeFout
        There is nothing of that name, or the value is of the wrong kind.
    """
    soorten = {naam: type(eigen) for naam, eigen in vars(kijk).items()}
    if veld not in soorten:
        raise KeuzeFout(f"onbekend veld '{veld}'; {bedoelde(veld, soorten)}".strip("; "))
    if type(waarde) is not soorten[veld]:
        raise KeuzeFout(f"'{waarde}' kan niet bij '{veld}'")
    if veld in GROOTHEDEN_BIJ and waarde not in GROOTHEDEN_BIJ[veld]:
        hulp = bedoelde(str(waarde), GROOTHEDEN_BIJ[veld])
        raise KeuzeFout(f"onbekende grootheid '{waarde}'; {hulp}".strip("; "))
    return replace(kijk, **{veld: waarde})  # type: ignore[arg-type]


def begin_met(register: Register, naam: str) -> Scenario:
    """Scenario to explore from: a variant as it stands, a reference without measures.

    Raises
    ------
    impact.registry.laden.OnbekendScenario
        With the nearest name.
    """
    scenario = register.scenario(naam)
    if scenario.referentie is not None:
        return scenario
    return Scenario(
        titel=f"Verkenning bij: {scenario.titel}",
        soort="variant",
        referentie=naam,
        toelichting="Nog zonder maatregelen.",
    )


def geldt_al(register: Register, scenario: Scenario) -> frozenset[str]:
    """Measures that are part of the reference."""
    al: set[str] = set()
    naam = scenario.referentie
    while naam is not None:
        inhoud = register.scenarios[naam]
        al |= {stap.maatregel for stap in inhoud.maatregelen}
        naam = inhoud.referentie
    return frozenset(al)


def zet_referentie(register: Register, scenario: Scenario, referentie: str) -> Scenario:
    """Choose what is compared with; measures that hold there already fall off.

    Raises
    ------
    KeuzeFout
        This is no reference.
    """
    mogelijk = [naam for naam, s in register.scenarios.items() if s.soort == "referentie"]
    if referentie not in mogelijk:
        hulp = bedoelde(referentie, mogelijk) or f"kies uit: {', '.join(mogelijk)}"
        raise KeuzeFout(f"onbekende referentie '{referentie}'; {hulp}")
    anders = scenario.model_copy(update={"referentie": referentie})
    al = geldt_al(register, anders)
    stappen = [stap for stap in anders.maatregelen if stap.maatregel not in al]
    return anders.model_copy(update={"maatregelen": stappen})


def zet_maatregel(register: Register, scenario: Scenario, naam: str, aan: bool) -> Scenario:
    """Switch a measure on or off; it begins in the half-year that another scenario gives it.

    Raises
    ------
    KeuzeFout
        Unknown, not in the model, in the reference already, or it changes a moved assumption.
    """
    controleer_maatregel(register, naam)
    stappen = [stap for stap in scenario.maatregelen if stap.maatregel != naam]
    if not aan:
        return scenario.model_copy(update={"maatregelen": stappen})
    if naam in geldt_al(register, scenario):
        raise KeuzeFout(f"maatregel '{naam}' geldt al in de referentie")
    inhoud = register.maatregelen[naam]
    if not inhoud.verandert:
        raise KeuzeFout(f"maatregel '{naam}' zit niet in het model: {inhoud.niet_gemodelleerd[0]}")
    verschoven = {context.parameter for context in scenario.context}
    vast = [v.parameter for v in inhoud.verandert if v.parameter in verschoven]
    if vast:
        raise KeuzeFout(
            f"maatregel '{naam}' verandert '{vast[0]}', en die aanname hebt u zelf verschoven; "
            "zet eerst de aanname terug"
        )
    stap = Stap(maatregel=naam, vanaf=gewone_ingang(register, naam))
    return scenario.model_copy(update={"maatregelen": [*stappen, stap]})


def controleer_maatregel(register: Register, naam: str) -> None:
    """Refuse a measure that does not exist.

    Raises
    ------
    KeuzeFout
        With the nearest name.
    """
    if naam not in register.maatregelen:
        hulp = bedoelde(naam, register.maatregelen)
        raise KeuzeFout(f"onbekende maatregel '{naam}'; {hulp}".strip("; "))


def gewone_ingang(register: Register, naam: str) -> Halfjaar:
    """Half-year in which the first scenario that has this measure lets it begin."""
    for scenario in register.scenarios.values():
        for stap in scenario.maatregelen:
            if stap.maatregel == naam:
                return stap.vanaf
    return EERSTE_INGANG


def zet_stap(
    scenario: Scenario, naam: str, vanaf: Halfjaar | None = None, sterkte: float | None = None
) -> Scenario:
    """Change entry or strength of a measure that is on.

    Raises
    ------
    KeuzeFout
        The measure is off, or the strength is not above 0 and at most 2.
    """
    if naam not in {stap.maatregel for stap in scenario.maatregelen}:
        raise KeuzeFout(f"maatregel '{naam}' staat uit; zet hem eerst aan")

    def anders(stap: Stap) -> Stap:
        if stap.maatregel != naam:
            return stap
        kracht = stap.sterkte if sterkte is None else sterkte
        try:
            return Stap(maatregel=naam, vanaf=vanaf or stap.vanaf, sterkte=float(kracht))
        except ValueError:
            raise KeuzeFout(
                f"sterkte {kracht:g} kan niet; kies meer dan 0 en hoogstens 2"
            ) from None

    stappen = [anders(stap) for stap in scenario.maatregelen]
    return scenario.model_copy(update={"maatregelen": stappen})
