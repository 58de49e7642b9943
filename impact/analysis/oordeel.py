"""The verdict on a scenario: uitvoerbaar, uitvoerbaar mits, or niet uitvoerbaar.

The rules are data: ``parameters/oordeel.yaml`` asks questions, ``parameters/conclusies.yaml`` says
when the answer is yes, ``parameters/uitvoering`` says how long the preparation takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, inf
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from impact.analysis.ensemble import maak_opdracht
from impact.analysis.knop import INSTRUMENT
from impact.analysis.metingen import meet_scenario
from impact.analysis.omslagproef import (
    ALTIJD_JA,
    ELKE,
    GELDT_AL,
    GELDT_ALTIJD,
    OMSLAG,
    WAARDE,
)
from impact.analysis.omslagproef import RIJK as RIJKSBIJDRAGEN
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.analysis.uitkomsten import eenheid_van
from impact.model.reeksen import MAANDEN_PER_HALFJAAR, Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Conclusie, Uitkomst

SOORT = "oordeel"
Antwoord = Literal["ja", "nee", "onzeker"]
Woord = Literal["uitvoerbaar", "uitvoerbaar, mits", "niet uitvoerbaar"]
RIJKSBASIS = "kosten_coa"
"""Outcome whose payer is replaced by each payer of the Rijk."""
RIJK = (*RIJKSBIJDRAGEN, "coa")
HERSTELT = (WAARDE, GELDT_AL, GELDT_ALTIJD, ELKE)
BESLOTEN = ("aangenomen", "in_werking")
MAANDEN_PER_JAAR = 12


@dataclass(frozen=True)
class Klaar:
    """When a scenario can enter at the earliest.

    Attributes
    ----------
    gerekend : first half-year in which a measure of the scenario enters
    vroegst, laatst : first half-year for which preparation can be ready, with the expected and
        with the longest duration; None when nothing is known about preparation
    onbekend : laws of which nothing is known about preparation
    wet : the law of a stack that is most behind; empty for one law
    """

    gerekend: Halfjaar
    vroegst: Halfjaar | None
    laatst: Halfjaar | None
    onbekend: tuple[str, ...] = ()
    wet: str = ""

    @property
    def te_vroeg(self) -> bool:
        """Whether the scenario begins before preparation can be ready."""
        return self.vroegst is not None and self.gerekend < self.vroegst


@dataclass(frozen=True)
class Oordeel:
    """Verdict with what it rests on.

    Attributes
    ----------
    voorwaarden, breekpunten : names of the questions that are a condition, and of those that
        nothing within reach can mend
    """

    woord: Woord
    voorwaarden: tuple[str, ...]
    breekpunten: tuple[str, ...]
    klaar: Klaar | None


def geldt(conclusie: Conclusie, waarden: Reeks) -> NDArray[np.bool_]:
    """Whether a conclusion holds, array of the shape of the outcome."""
    hoogstens = conclusie.voldoet == "hoogstens"
    return waarden <= conclusie.grens if hoogstens else waarden >= conclusie.grens


def antwoord(aandeel: float, zekerheid: float) -> Antwoord:
    """Answer to a question from the share of the draws in which its conclusion holds."""
    if aandeel >= zekerheid:
        return "ja"
    return "nee" if aandeel <= round(1.0 - zekerheid, 9) else "onzeker"


def vel(
    antwoorden: Mapping[str, Antwoord], herstelbaar: Mapping[str, bool], klaar: Klaar | None
) -> Oordeel:
    """Give the verdict; the rules stand at the top of ``parameters/oordeel.yaml``.

    Parameters
    ----------
    antwoorden : answer per question
    herstelbaar : per question whether some knob makes its conclusion hold
    """
    open_ = [naam for naam, uitslag in antwoorden.items() if uitslag != "ja"]
    breekt = tuple(n for n in open_ if antwoorden[n] == "nee" and not herstelbaar.get(n, False))
    voorwaarden = tuple(n for n in open_ if n not in breekt)
    te_vroeg = klaar is not None and klaar.te_vroeg
    woord: Woord = "uitvoerbaar"
    if breekt:
        woord = "niet uitvoerbaar"
    elif voorwaarden or te_vroeg:
        woord = "uitvoerbaar, mits"
    return Oordeel(woord, voorwaarden, breekt, klaar)


def bereken_oordeel(
    register: Register,
    scenario: str,
    instelling: Instelling,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Answer every question of the verdict, or look the answers up.

    Returns
    -------
    Analyse with the tables ``toetsen`` (one row per question with the outcome midden, laag, hoog,
    its limit, the share of the draws in which the conclusion holds, what the outcome is at worst
    in as many draws as the question asks, and the answer) and ``rijk``
    (one row: what all payers of the Rijk together pay more in a year, euro; added up per draw)
    """
    vraag = {"scenario": scenario, **vars(instelling)}
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    conclusies = {n: register.conclusies[t.conclusie] for n, t in register.toetsen.items()}
    uitkomsten = {c.uitkomst: register.uitkomsten[c.uitkomst] for c in conclusies.values()}
    rijk = {b: als_betaler(register.uitkomsten[RIJKSBASIS], b) for b in RIJK}
    opdracht = maak_opdracht(register, instelling)
    gemeten = meet_scenario(opdracht, scenario, {**uitkomsten, **rijk}, uitvoerder)
    rijen = [
        toetsregel(register, naam, conclusie, gemeten[conclusie.uitkomst][1:])
        for naam, conclusie in conclusies.items()
    ]
    samen = np.sum([gemeten[betaler][1:] for betaler in RIJK], axis=0)
    tabellen = {"toetsen": pd.DataFrame(rijen), "rijk": pd.DataFrame([kanten(samen)])}
    return bewaar_analyse(register, SOORT, vraag, tabellen)


def als_betaler(uitkomst: Uitkomst, betaler: str) -> Uitkomst:
    """Return the same outcome for another payer."""
    return uitkomst.model_copy(update={"betaler": betaler})


def kanten(waarden: Reeks) -> dict[str, float]:
    """Mean and band of an array [trekking]."""
    laag, hoog = pd.Series(waarden).quantile([LAAGSTE, HOOGSTE])
    return {"midden": float(waarden.mean()), "laag": float(laag), "hoog": float(hoog)}


def ergste(conclusie: Conclusie, waarden: Reeks, zekerheid: float) -> float:
    """Worst outcome of the best draws, as many of them as a question asks.

    Who makes up for this outcome lets the question pass.
    """
    if conclusie.voldoet == "hoogstens":
        return float(np.quantile(waarden, zekerheid, method="inverted_cdf"))
    return -float(np.quantile(-waarden, zekerheid, method="inverted_cdf"))


def met_genoeg(register: Register, omslagpunt: Analyse) -> pd.DataFrame:
    """Answers of `impact.analysis.omslagpunt.wat_is_nodig` for the verdict.

    Returns
    -------
    DataFrame ``antwoorden`` with a column ``nodig_zeker``: the value of the knob that is enough in
    as many draws as the verdict asks; nan when there is none within its range, or when the verdict
    does not ask about the conclusion
    """
    antwoorden = omslagpunt.tabel("antwoorden").copy()
    per_trekking = dict(iter(omslagpunt.tabel("trekkingen").groupby(["conclusie", "knop"])))
    grens = {t.conclusie: t.zekerheid for t in register.toetsen.values()}
    waarden = []
    for rij in antwoorden.to_dict("records"):
        conclusie, ja_boven = rij["conclusie"], rij["ja_boven"]
        gevraagd = conclusie in grens and isinstance(ja_boven, bool)
        eigen = per_trekking[conclusie, rij["knop"]]
        waarden.append(genoeg(eigen, ja_boven, grens[conclusie]) if gevraagd else np.nan)
    antwoorden["nodig_zeker"] = waarden
    return antwoorden


def genoeg(trekkingen: pd.DataFrame, ja_boven: bool, zekerheid: float) -> float:
    """Value of a knob with which a conclusion holds in enough draws; nan when no value is.

    Parameters
    ----------
    trekkingen : flip of every draw, of one conclusion and one knob
    ja_boven : whether the conclusion holds above the flip
    """
    kant = 1.0 if ja_boven else -1.0
    slaat_om = (trekkingen["geval"] == OMSLAG) & (trekkingen["ja_boven"] == ja_boven)
    nodig = np.where(slaat_om, kant * trekkingen["waarde"], inf)
    nodig[(trekkingen["geval"] == ALTIJD_JA).to_numpy()] = -inf
    waarde = kant * float(np.quantile(nodig, zekerheid, method="inverted_cdf"))
    return waarde if np.isfinite(waarde) else np.nan


def helpende_knoppen(antwoorden: pd.DataFrame, naam: str, conclusie: Conclusie) -> pd.DataFrame:
    """Knobs that can make a conclusion hold, with the share of the draws in which they never do.

    An instrument counts only when more of it helps: money that is saved because fewer people get a
    home is no help.

    Parameters
    ----------
    antwoorden : table of `impact.analysis.omslagpunt.wat_is_nodig`
    naam : name of the conclusion
    """
    eigen = antwoorden[antwoorden["conclusie"] == naam]
    eigen = eigen[eigen["knop"].isin([knop.parameter for knop in conclusie.knoppen])]
    helpt = (eigen["ja_boven"] == True) | (eigen["soort"] != INSTRUMENT)  # noqa: E712
    eigen = eigen[eigen["geval"].isin(HERSTELT) & helpt]
    return eigen.assign(nooit=eigen["aandeel_altijd_nee"] + eigen["aandeel_andersom"])


def beste_knop(
    antwoorden: pd.DataFrame, naam: str, conclusie: Conclusie, zekerheid: float
) -> pd.Series | None:
    """Find the knob of a conclusion that makes it hold most often; None when there is none.

    Those that make it hold in enough draws come first; among them one that still has to be turned
    comes before one that stands far enough already.
    """
    knoppen = helpende_knoppen(antwoorden, naam, conclusie)
    if knoppen.empty:
        return None
    volgorde = knoppen.assign(
        te_zelden=1.0 - knoppen["nooit"] < zekerheid, staat_al=knoppen["geval"] != WAARDE
    )
    return volgorde.sort_values(["te_zelden", "staat_al", "nooit"], kind="stable").iloc[0]


def herstelbaar(register: Register, antwoorden: pd.DataFrame) -> dict[str, bool]:
    """Per question of the verdict whether some knob lets it pass.

    That is so when the conclusion can hold, somewhere in the range of the knob, in as many draws
    as the question asks.
    """
    uit = {}
    for naam, toets in register.toetsen.items():
        conclusie = register.conclusies[toets.conclusie]
        knoppen = helpende_knoppen(antwoorden, toets.conclusie, conclusie)
        uit[naam] = bool((1.0 - knoppen["nooit"] >= toets.zekerheid).any())
    return uit


def toetsregel(
    register: Register, naam: str, conclusie: Conclusie, waarden: Reeks
) -> dict[str, object]:
    """One question with its answer; ``waarden`` is array [trekking]."""
    toets, uitkomst = register.toetsen[naam], register.uitkomsten[conclusie.uitkomst]
    aandeel = float(geldt(conclusie, waarden).mean())
    return {
        "toets": naam,
        "vraag": toets.vraag,
        "conclusie": toets.conclusie,
        "uitkomst": uitkomst.titel,
        "eenheid": eenheid_van(uitkomst),
        "grens": conclusie.grens,
        **kanten(waarden),
        "aandeel": aandeel,
        "genoeg": ergste(conclusie, waarden, toets.zekerheid),
        "antwoord": antwoord(aandeel, toets.zekerheid),
    }


def wanneer_klaar(register: Register, scenario: Scenario) -> Klaar | None:
    """When preparation can be ready, of the law of a scenario that is most behind.

    Every law is held against its own entry: in a stack the slowest law does not hold up the
    others. None for a scenario without measures.
    """
    if not scenario.maatregelen:
        return None
    wetten = sorted({register.maatregelen[s.maatregel].wet for s in scenario.maatregelen})
    per_wet = {wet: klaar_voor(register, scenario, wet) for wet in wetten}
    achterop = max(per_wet, key=lambda wet: achterstand(per_wet[wet]))
    onbekend = tuple(wet for wet in wetten if not maanden(register, wet))
    naam = achterop if len(wetten) > 1 else ""
    return replace(per_wet[achterop], onbekend=onbekend, wet=naam)


def klaar_voor(register: Register, scenario: Scenario, wet: str) -> Klaar:
    """When preparation of one law can be ready.

    Months count from the decision on its measures, or from the day of the report as long as there
    is none. Steps of one law run side by side. A law that is in
    force needs no preparation any more.
    """
    eigen = [s for s in scenario.maatregelen if register.maatregelen[s.maatregel].wet == wet]
    gerekend = min(stap.vanaf for stap in eigen)
    duur = maanden(register, wet)
    if not duur:
        return Klaar(gerekend, None, None)
    if any(in_werking(register, stap) for stap in eigen):
        return Klaar(gerekend, gerekend, gerekend)
    dag = besluit(register, scenario, wet)
    gewoon, lang = (max(stap[kant] for stap in duur) for kant in (0, 1))
    return Klaar(gerekend, eerste_halfjaar(dag, gewoon), eerste_halfjaar(dag, lang))


def in_werking(register: Register, stap: Stap) -> bool:
    """Whether a measure was in force when its scenario lets it begin."""
    laatste = register.maatregelen[stap.maatregel].status[-1]
    return laatste.stand == "in_werking" and laatste.datum <= stap.vanaf.laatste_dag


def achterstand(klaar: Klaar) -> tuple[float, Halfjaar]:
    """Half-years that preparation comes too late (negative when there is time left)."""
    te_laat = -inf if klaar.vroegst is None else float(klaar.vroegst - klaar.gerekend)
    return te_laat, klaar.gerekend


def maanden(register: Register, wet: str) -> Sequence[tuple[int, int]]:
    """Expected and longest duration of every step of preparation of a law, months."""
    uitvoering = register.uitvoering.get(wet)
    return [(s.maanden, s.hoog) for s in uitvoering.voorbereiding] if uitvoering else []


def besluit(register: Register, scenario: Scenario, wet: str) -> date:
    """Day of the first decision on the measures of a law that a scenario uses.

    A measure that was rejected, withdrawn or has lapsed since counts as not decided. Without any
    decision it is the day of the report.
    """
    dagen = [
        status.datum
        for maatregel in (register.maatregelen[stap.maatregel] for stap in scenario.maatregelen)
        if maatregel.wet == wet and maatregel.status[-1].stand in BESLOTEN
        for status in maatregel.status
        if status.stand in BESLOTEN
    ]
    return min(dagen, default=register.peildatum)


def eerste_halfjaar(vanaf: date, duur: int) -> Halfjaar:
    """First half-year that begins when a number of months after a day have gone by."""
    maand = vanaf.year * MAANDEN_PER_JAAR + vanaf.month - 1 + (vanaf.day > 1) + duur
    return Halfjaar.van_nummer(ceil(maand / MAANDEN_PER_HALFJAAR))
