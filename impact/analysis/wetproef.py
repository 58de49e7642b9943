"""What a law does, measure by measure: every measure tried alone, and every value set low and high.

A measure alone is compared with the reference of the scenario that it comes from, and begins in
the half-year that the scenario says. So no choice is made here that is not in the parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from impact.analysis.ensemble import BLOK, Opdracht, Uitkomst, maak_opdracht, trekkingen_van
from impact.analysis.ontwerprijen import KANTEN, meet_rijen
from impact.analysis.ontwerprijen import Rijen as Proefrijen
from impact.analysis.onzekerheidsgroepen import RUISSOORTEN
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.samenvatten import banden, gemiddelde
from impact.analysis.trekkingen import MIDDEN
from impact.analysis.uitkomsten import eenheid_van, meet
from impact.analysis.waarden import ingrepen
from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde

SOORT, SOORT_WAARDEN = "wetproef", "wetwaarden"
TREKKINGEN = 100
SAMEN = ""
"""Stands in a table for all measures of the law together."""
JAREN_VOORUIT = 4
"""A report speaks about the fifth year of a run; so does a trial."""
PROEF = "wetproef"
"""Name of the scenario with which a measure is tried."""


class GeenProef(ValueError):
    """A law cannot be tried; the text says why."""


@dataclass(frozen=True)
class Proef:
    """How one measure, or a law as a whole, is tried.

    Attributes
    ----------
    maatregel : its name; `SAMEN` for the law as a whole
    scenario : scenario that says when it begins and what it is compared with
    inhoud : the scenario that is computed
    """

    maatregel: str
    scenario: str
    inhoud: Scenario


def proeven(register: Register, wet: str) -> list[Proef]:
    """Every measure of a law alone, as far as a scenario uses it; then the law as a whole.

    The scenario that a measure comes from is the one with the fewest measures of other laws. A
    measure that is only part of a reference is compared with another reference that lacks it.

    Raises
    ------
    GeenProef
        The law does not exist.
    """
    if wet not in register.wetten:
        hulp = bedoelde(wet, register.wetten) or f"kies uit: {', '.join(register.wetten)}"
        raise GeenProef(f"onbekende wet '{wet}'; {hulp}")
    los = [
        Proef(naam, scenario, _alleen(register, scenario, [naam]))
        for naam, maatregel in register.wetten[wet].maatregelen.items()
        if maatregel.verandert and (scenario := _scenario_van(register, wet, naam)) is not None
    ]
    hoofd = hoofdscenario(register, los)
    eigen = [proef.maatregel for proef in los if proef.scenario == hoofd]
    if hoofd is None or len(eigen) < 2:
        return los
    return [*los, Proef(SAMEN, hoofd, _alleen(register, hoofd, eigen))]


def hoofdscenario(register: Register, los: Sequence[Proef]) -> str | None:
    """Scenario with the most measures of a law; None when it is in no scenario."""
    namen = list(dict.fromkeys(proef.scenario for proef in los))
    return max(namen, key=lambda n: sum(p.scenario == n for p in los), default=None)


def _scenario_van(register: Register, wet: str, maatregel: str) -> str | None:
    van_wet = set(register.wetten[wet].maatregelen)

    def rang(naam: str) -> tuple[int, int, str]:
        namen = {stap.maatregel for stap in register.scenarios[naam].maatregelen}
        return len(namen - van_wet), -len(namen & van_wet), naam

    gebruikt = [
        naam
        for naam, scenario in register.scenarios.items()
        if any(stap.maatregel == maatregel for stap in scenario.maatregelen)
    ]
    return min(gebruikt, key=rang, default=None)


def _alleen(register: Register, scenario: str, maatregelen: Iterable[str]) -> Scenario:
    """Some measures of a scenario, against a reference without them."""
    inhoud, gekozen = register.scenarios[scenario], set(maatregelen)
    stappen = [stap for stap in inhoud.maatregelen if stap.maatregel in gekozen]
    basis = inhoud.referentie or _referentie_zonder(register, stappen)
    return inhoud.model_copy(
        update={"soort": "variant", "referentie": basis, "maatregelen": stappen}
    )


def _referentie_zonder(register: Register, stappen: Sequence[Stap]) -> str:
    """First reference that has none of these measures."""
    namen = {stap.maatregel for stap in stappen}
    for naam, scenario in register.scenarios.items():
        eigen = {stap.maatregel for stap in scenario.maatregelen}
        if scenario.soort == "referentie" and not eigen & namen:
            return naam
    raise GeenProef(f"geen referentie zonder de maatregel {', '.join(sorted(namen))}")


def bereken_wetproef(register: Register, wet: str, instelling: Instelling | None = None) -> Analyse:
    """Try every measure of a law alone, or look it up.

    Returns
    -------
    Analyse with two tables. ``uitkomsten``: every named outcome per measure. ``grootheden``: the
    difference of every quantity of the country in the fifth year (a stock at its end, a flow over
    it).

    Raises
    ------
    GeenProef
        The law does not exist, or the run ends before its fifth year.
    """
    instelling = instelling or Instelling(trekkingen=TREKKINGEN)
    vraag = {"wet": wet, **asdict(instelling)}
    te_doen = proeven(register, wet)
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    opdracht = maak_opdracht(register, instelling)
    if _einde(opdracht) not in opdracht.perioden:
        raise GeenProef(f"de berekening loopt tot {instelling.tot}; dat is te kort voor een proef")
    runs = _Runs(opdracht)
    gemeten = [(proef, *runs.verschil(proef)) for proef in te_doen]
    tabellen = {
        "uitkomsten": _uitkomstentabel(opdracht, gemeten),
        "grootheden": _groothedentabel(opdracht, gemeten),
    }
    manifest = {"peiljaar": _einde(opdracht).jaar}
    return bewaar_analyse(register, SOORT, vraag, tabellen, manifest)


def _einde(opdracht: Opdracht) -> Halfjaar:
    """Last half-year of the year that a trial speaks about."""
    return Halfjaar(opdracht.perioden[0].jaar + JAREN_VOORUIT, HALFJAREN_PER_JAAR)


class _Runs:
    """Runs of a task, totals of the country; every reference once."""

    def __init__(self, opdracht: Opdracht) -> None:
        self.opdracht = opdracht
        self._basis: dict[tuple[str, str], Uitkomst] = {}

    def verschil(self, proef: Proef) -> tuple[Uitkomst, Uitkomst]:
        """Run of a trial, and the run that it is compared with."""
        basis = str(proef.inhoud.referentie)
        context = proef.scenario if proef.inhoud.context else basis
        if (basis, context) not in self._basis:
            self._basis[basis, context] = self._reken(self.opdracht.register, basis, context)
        register = met_proef(self.opdracht.register, proef)
        return self._reken(register, PROEF, PROEF), self._basis[basis, context]

    def _reken(self, register: Register, scenario: str, context: str) -> Uitkomst:
        delen = [
            {
                naam: reeks.sum(axis=1, keepdims=True)
                for naam, reeks in trekkingen_van(
                    self.opdracht, scenario, slice(n, n + BLOK), register, context
                ).items()
            }
            for n in range(0, self.opdracht.trekkingen.aantal, BLOK)
        ]
        return {naam: np.concatenate([deel[naam] for deel in delen]) for naam in delen[0]}


def met_proef(register: Register, proef: Proef) -> Register:
    """Return a register in which a trial is the scenario `PROEF`."""
    return register.met_scenarios({**register.scenarios, PROEF: proef.inhoud})


WAARDEKOLOMMEN = ["waarde", "kant", "uitkomst", "midden", "anders"]
KOLOMMEN = ["midden", "laag", "hoog", "richting_onzeker"]
Gemeten = Sequence[tuple[Proef, Uitkomst, Uitkomst]]


def _uitkomstentabel(opdracht: Opdracht, gemeten: Gemeten) -> pd.DataFrame:
    register, perioden = opdracht.register, opdracht.perioden
    rijen = [
        {
            "maatregel": proef.maatregel,
            "uitkomst": naam,
            "eenheid": eenheid_van(uitkomst),
            **_cijfers(meet(uitkomst, eigen, basis, perioden)),
        }
        for proef, eigen, basis in gemeten
        for naam, uitkomst in register.uitkomsten.items()
        if uitkomst.maat == "verschil"
        and perioden[0] <= uitkomst.van <= uitkomst.tot <= perioden[-1]
    ]
    return pd.DataFrame(rijen, columns=["maatregel", "uitkomst", "eenheid", *KOLOMMEN])


def _groothedentabel(opdracht: Opdracht, gemeten: Gemeten) -> pd.DataFrame:
    rijen = [
        {
            "maatregel": proef.maatregel,
            "grootheid": sleutel[0],
            "betaler": sleutel[1],
            **_cijfers(peiljaarverschil(opdracht, sleutel, eigen, basis)),
        }
        for proef, eigen, basis in gemeten
        for sleutel in eigen
    ]
    return pd.DataFrame(rijen, columns=["maatregel", "grootheid", "betaler", *KOLOMMEN])


def peiljaarverschil(
    opdracht: Opdracht,
    sleutel: Sleutel,
    eigen: Mapping[Sleutel, Reeks],
    basis: Mapping[Sleutel, Reeks],
) -> Reeks:
    """Difference in the fifth year, array [trekking]: a stock at its end, a flow over it."""
    einde = opdracht.perioden.index(_einde(opdracht)) + 1
    verschil = (eigen[sleutel] - basis[sleutel])[:, 0, :einde]
    if GROOTHEDEN[sleutel[0]].soort == "voorraad":
        return np.asarray(verschil[:, -1])
    return np.asarray(verschil[:, -HALFJAREN_PER_JAAR:].sum(axis=1))


def _cijfers(verschil: Reeks) -> dict[str, float | bool]:
    """Mean and band of the draws; of the middle draw when it is the only one."""
    laag, hoog = banden(verschil)
    return {
        "midden": float(gemiddelde(verschil)),
        "laag": float(laag),
        "hoog": float(hoog),
        "richting_onzeker": bool(laag < 0.0 < hoog),
    }


def bereken_wetwaarden(
    register: Register, wet: str, instelling: Instelling | None = None
) -> Analyse:
    """Set every uncertain value low and high, or look it up.

    Only the middle draw is computed: the number of draws does not matter.

    Returns
    -------
    Analyse with the table ``waarden``: named outcomes of the law as a whole (or its only measure)
    with one value at its 5% or 95% point and all others in the middle. It is empty when no
    scenario uses the law.

    Raises
    ------
    GeenProef
        The law does not exist.
    """
    instelling = replace(instelling or Instelling(), trekkingen=0)
    einde = Halfjaar.lees(instelling.van) + (JAREN_VOORUIT + 1) * HALFJAREN_PER_JAAR
    instelling = replace(instelling, tot=str(Halfjaar(einde.jaar - 1, HALFJAREN_PER_JAAR)))
    vraag = {"wet": wet, **asdict(instelling)}
    te_doen = proeven(register, wet)
    gevonden = zoek_analyse(register, SOORT_WAARDEN, vraag)
    if gevonden is not None:
        return gevonden
    tabel = pd.DataFrame(columns=WAARDEKOLOMMEN)
    if te_doen:
        tabel = _waardentabel(maak_opdracht(met_proef(register, te_doen[-1]), instelling))
    return bewaar_analyse(register, SOORT_WAARDEN, vraag, {"waarden": tabel})


def _waardentabel(kort: Opdracht) -> pd.DataFrame:
    """Named outcomes of the trial, per value and side."""
    namen = _draaibaar(kort)
    kansen = np.full((1 + len(namen) * len(KANTEN), len(kort.trekkingen.namen)), MIDDEN)
    rijnamen = [(naam, kant) for naam in namen for kant in KANTEN]
    for rij, (naam, kant) in enumerate(rijnamen, start=1):
        kansen[rij, kort.trekkingen.namen.index(naam)] = KANTEN[kant]
    geen_ruis = dict.fromkeys(RUISSOORTEN, np.zeros(len(kansen), dtype=np.int64))
    gemeten = [
        meet_rijen(kort, PROEF, Proefrijen(kansen, geen_ruis).deel(slice(n, n + BLOK)))
        for n in range(0, len(kansen), BLOK)
    ]
    tabel = []
    for uitkomst in gemeten[0]:
        waarden = np.concatenate([deel[uitkomst] for deel in gemeten])
        tabel += [
            (naam, kant, uitkomst, float(waarden[0]), float(waarden[rij]))
            for rij, (naam, kant) in enumerate(rijnamen, start=1)
        ]
    return pd.DataFrame(tabel, columns=WAARDEKOLOMMEN)


def _draaibaar(opdracht: Opdracht) -> list[str]:
    """Uncertain values that can matter: not the effect sizes of measures that do not apply."""
    eigen = {ingreep.naam for ingreep in ingrepen(opdracht.register, PROEF)}
    return [n for n in opdracht.trekkingen.namen if not n.startswith("maatregel:") or n in eigen]
