"""Explain a figure: the tree of what it is made of, in the middle draw."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import pandas as pd

from impact.analysis.ensemble import MIDDEN, Opdracht, basis_van, bereken, maak_opdracht
from impact.analysis.formules import FORMULES
from impact.analysis.formules.bladen import Middenrun
from impact.analysis.formules.boom import NEDERLAND, Bouwer, Knoop, NietOptelbaar, getal
from impact.analysis.formules.rekenaar import Rekenaar
from impact.analysis.formules.taal import Deel
from impact.analysis.opslag import Instelling, Resultaat
from impact.analysis.samenstellen import maak_invoer
from impact.model.grootheden import GROOTHEDEN
from impact.model.simulatie import simuleer
from impact.registry.laden import Register
from impact.registry.problemen import bedoelde

DIEPTE = 3
GROEP = re.compile(r"(\w+)\[(\d{1,2})\]")
GEWONE_BETALER = "gemeente"


class OnbekendCijfer(LookupError):
    """There is no such figure; the text has the nearest name."""


@dataclass(frozen=True)
class Vraag:
    """Which figure must be explained.

    Attributes
    ----------
    grootheid : quantity of the catalogue, or a step in a formula; ``naam[3]`` for one group
    gemeente : code of a municipality, or ``NL``
    periode : half-year
    betaler : payer, for money; the municipality by default
    diep : number of levels
    verschil : set the reference beside it
    """

    grootheid: str
    gemeente: str
    periode: str
    betaler: str = ""
    diep: int = DIEPTE
    verschil: bool = False


@dataclass(frozen=True)
class Gepubliceerd:
    """The figure as reports show it: mean of the draws, and 5% and 95% points."""

    midden: float
    laag: float
    hoog: float
    trekkingen: int


@dataclass(frozen=True)
class Verklaring:
    """The answer: a tree, and the published figure beside it.

    Attributes
    ----------
    scenario, referentie : names; the reference is empty when there is none
    gepubliceerd : None for a step that no report shows; a difference when that was asked
    boom : the tree
    verloop : the same figure (or difference) in every half-year of the middle draw
    """

    vraag: Vraag
    scenario: str
    referentie: str
    gemeentenaam: str
    gepubliceerd: Gepubliceerd | None
    boom: Knoop
    verloop: dict[str, float]

    @property
    def midden(self) -> float:
        """Value in the middle draw, or the difference when that was asked."""
        return self.boom.verschil if self.vraag.verschil else self.boom.waarde


Kanten = tuple[float, float, float]
"""Middle, low and high."""
Lezer = Callable[[tuple[str, str], str, Vraag], Kanten]
"""Gives the published figure of a quantity and payer, of a municipality or the country."""


@dataclass(frozen=True)
class Uitlegger:
    """Explains figures of one scenario; its middle draw is computed and checked once."""

    eigen: Middenrun
    basis: Middenrun
    resultaat: Resultaat
    lees: Lezer

    def verklaar(self, vraag: Vraag) -> Verklaring:
        """Explain one figure.

        Raises
        ------
        OnbekendCijfer
            Unknown quantity, payer, municipality or half-year; or a difference was asked of a
            reference.
        impact.analysis.formules.rekenaar.FormuleKloptNiet
            The parts do not give the value.
        """
        register = self.eigen.register
        referentie = register.scenario(self.eigen.scenario).referentie or ""
        if vraag.verschil and not referentie:
            raise OnbekendCijfer(
                f"scenario '{self.eigen.scenario}' is zelf een referentie; er is geen verschil"
            )
        plek = _plek(register, vraag.gemeente)
        deel = self._deel(vraag)
        bouwer = Bouwer(self.eigen, self.basis if vraag.verschil else None)
        try:
            boom = bouwer.boom(deel, plek, vraag.diep)
        except NietOptelbaar:
            raise OnbekendCijfer(
                f"'{vraag.grootheid}' bestaat alleen per gemeente; kies een gemeente"
            ) from None
        naam = "Nederland"
        if boom.gemeente != NEDERLAND:
            naam = str(register.gemeenten["gemeentenaam"][boom.gemeente])
        return Verklaring(
            vraag=vraag,
            scenario=self.eigen.scenario,
            referentie=referentie,
            gemeentenaam=naam,
            gepubliceerd=self._gepubliceerd(vraag, deel, boom),
            boom=boom,
            verloop=self._verloop(vraag, deel, boom),
        )

    def _deel(self, vraag: Vraag) -> Deel:
        """Find the figure that is asked for."""
        perioden = [str(p) for p in self.eigen.perioden]
        if vraag.periode not in perioden:
            raise OnbekendCijfer(
                f"halfjaar '{vraag.periode}' ligt buiten de berekening "
                f"({perioden[0]} tot en met {perioden[-1]}). {bedoelde(vraag.periode, perioden)}"
            )
        t = perioden.index(vraag.periode)
        groep = GROEP.fullmatch(vraag.grootheid)
        naam, k = (groep[1], int(groep[2])) if groep else (vraag.grootheid, None)
        naam = naam_met_betaler(naam, vraag.betaler)
        per_groep = "{groep}" in FORMULES[naam].kop
        if per_groep != (k is not None):
            hulp = f"{naam}[3]" if per_groep else naam
            raise OnbekendCijfer(f"'{vraag.grootheid}' kan zo niet; gebruik bijvoorbeeld '{hulp}'")
        return Deel(naam, t, k)

    def _verloop(self, vraag: Vraag, deel: Deel, boom: Knoop) -> dict[str, float]:
        """Follow the figure through all half-years."""
        plek = _plek(self.eigen.register, boom.gemeente)
        verloop: dict[str, float] = {}
        for t, periode in enumerate(self.eigen.perioden):
            toen = Deel(deel.naam, t, deel.k)
            waarde = getal(self.eigen, self.eigen.reken, toen, plek)
            if vraag.verschil:
                waarde -= getal(self.basis, self.basis.reken, toen, plek)
            verloop[str(periode)] = waarde
        return verloop

    def _gepubliceerd(self, vraag: Vraag, deel: Deel, boom: Knoop) -> Gepubliceerd | None:
        formule = FORMULES[deel.naam]
        if not formule.in_catalogus:
            return None
        aantal = int(self.resultaat.manifest["trekkingen"])
        return Gepubliceerd(*self.lees(formule.sleutel, boom.gemeente, vraag), aantal)


def lezer_van(resultaat: Resultaat) -> Lezer:
    """Read published figures from a stored result; those of one municipality at once."""

    @functools.lru_cache(maxsize=2)
    def tabel(gemeente: str, verschil: bool) -> pd.DataFrame:
        niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
        return (resultaat.verschil if verschil else resultaat.tabel)(niveau, gemeente)

    def lees(sleutel: tuple[str, str], gemeente: str, vraag: Vraag) -> Kanten:
        alle = tabel(gemeente, vraag.verschil)
        naam, betaler = sleutel
        rij = alle[
            (alle["grootheid"] == naam)
            & (alle["betaler"] == betaler)
            & (alle["periode"] == vraag.periode)
        ].iloc[0]
        return float(rij["midden"]), float(rij["laag"]), float(rij["hoog"])

    return lees


def naam_met_betaler(naam: str, betaler: str) -> str:
    """Name of a formula.

    Raises
    ------
    OnbekendCijfer
        Unknown; with the nearest name, or the payers that there are.
    """
    betalers = GROOTHEDEN[naam].betalers if naam in GROOTHEDEN else ()
    if not betalers:
        if naam not in FORMULES:
            namen = [*GROOTHEDEN, *(n for n in FORMULES if "." not in n)]
            raise OnbekendCijfer(f"onbekende grootheid '{naam}'. {bedoelde(naam, namen)}".strip())
        if betaler:
            raise OnbekendCijfer(f"'{naam}' is geen bedrag en heeft geen betaler")
        return naam
    gewoon = GEWONE_BETALER if GEWONE_BETALER in betalers else betalers[0]
    gekozen = betaler or gewoon
    if gekozen not in betalers:
        raise OnbekendCijfer(
            f"'{naam}' kent geen betaler '{gekozen}'; kies uit {', '.join(betalers)}"
        )
    return f"{naam}.{gekozen}"


def _plek(register: Register, gemeente: str) -> int | None:
    """Place of a municipality; None for the country."""
    codes = [str(code) for code in register.gemeenten.index]
    if gemeente == NEDERLAND:
        return None
    if gemeente not in codes:
        hulp = bedoelde(gemeente, [NEDERLAND, *codes])
        raise OnbekendCijfer(f"onbekende gemeente '{gemeente}'. {hulp}".strip())
    return codes.index(gemeente)


def middenrun(opdracht: Opdracht, scenario: str, context_van: str) -> Middenrun:
    """Run the middle draw of a scenario, and hold every formula against it.

    Raises
    ------
    impact.analysis.formules.rekenaar.FormuleKloptNiet
        A formula no longer says what the model does.
    """
    invoer = maak_invoer(
        opdracht.register,
        scenario,
        opdracht.perioden,
        opdracht.trekkingen.deel(MIDDEN),
        opdracht.ruis.deel(MIDDEN),
        opdracht.kalibratie,
        context_van=context_van,
    )
    rekenaar = Rekenaar(invoer, simuleer(invoer))
    rekenaar.controleer()
    return Middenrun(
        opdracht.register,
        scenario,
        context_van,
        opdracht.perioden,
        rekenaar,
        opdracht.kalibratie,
    )


def maak_uitlegger(
    register: Register, scenario: str, resultaat: Resultaat, lees: Lezer | None = None
) -> Uitlegger:
    """Prepare to explain figures of a stored result.

    Parameters
    ----------
    lees : for a caller that has read the figures already
    """
    register.scenario(scenario)
    van, tot = (str(resultaat.manifest[grens]) for grens in ("van", "tot"))
    opdracht = maak_opdracht(register, Instelling(trekkingen=0, van=van, tot=tot))
    eigen = middenrun(opdracht, scenario, scenario)
    basis, context_van = basis_van(register, scenario)
    vergelijk = eigen if basis == scenario else middenrun(opdracht, basis, context_van)
    return Uitlegger(eigen, vergelijk, resultaat, lees or lezer_van(resultaat))


def bereken_verklaring(
    register: Register,
    scenario: str,
    vraag: Vraag,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Verklaring:
    """Explain one figure of a scenario; computes the scenario when that was not done yet.

    Raises
    ------
    OnbekendCijfer
        Unknown quantity, payer, municipality or half-year.
    impact.registry.laden.OnbekendScenario
        With the nearest name.
    """
    register.scenario(scenario)
    naam_met_betaler(GROEP.sub(r"\1", vraag.grootheid), vraag.betaler)
    _plek(register, vraag.gemeente)
    resultaat = bereken([scenario], register, instelling, uitvoerder)[scenario]
    return maak_uitlegger(register, scenario, resultaat).verklaar(vraag)


def als_tabel(verklaring: Verklaring) -> pd.DataFrame:
    """One row for every figure in the tree, in the order of reading."""
    rijen = [_rij(*plaats, verklaring.vraag.verschil) for plaats in verklaring.boom.alle()]
    return pd.DataFrame(rijen)


def _rij(diepte: int, nummer: str, knoop: Knoop, met_verschil: bool) -> dict[str, object]:
    bron = knoop.herkomst
    rij: dict[str, object] = {
        "nummer": nummer,
        "diepte": diepte,
        "onderdeel": knoop.titel,
        "soort": knoop.soort,
        "gemeente": knoop.gemeente,
        "periode": knoop.periode,
        "waarde": knoop.waarde,
    }
    if met_verschil:
        rij |= {"waarde_referentie": knoop.referentie, "verschil": knoop.verschil}
    return rij | {
        "eenheid": knoop.eenheid,
        "naam": knoop.deel.naam,
        "rekenregel": knoop.rekenregel if knoop.kinderen else "",
        "uitleg": knoop.uitleg,
        "grondslag": knoop.grondslag,
        "functie_in_model": knoop.regel,
        "vervolg": knoop.vervolg,
        "bron": bron.titel if bron else "",
        "uitgever": bron.uitgever if bron else "",
        "bron_datum": bron.datum if bron else "",
        "vindplaats": bron.vindplaats if bron else "",
        "kwaliteit": bron.kwaliteit if bron else "",
        "verouderd": bron.verouderd if bron else None,
        "laag": bron.laag if bron else None,
        "hoog": bron.hoog if bron else None,
        "verdeling": bron.verdeling if bron else "",
        "bestand": bron.bestand if bron else "",
        "regel": bron.regel if bron else None,
    }
