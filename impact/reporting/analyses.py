"""The analyses that reports use: which ones belong to a scenario, and with how many draws."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from impact.analysis.gevoeligheid import bereken_gevoeligheid
from impact.analysis.omslagpunt import wat_is_nodig
from impact.analysis.oordeel import bereken_oordeel
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.stapeling import bereken_stapeling
from impact.analysis.terugtoets import bereken_terugtoets
from impact.analysis.vergelijking import bereken_vergelijking
from impact.analysis.volgorde import bereken_volgorde
from impact.registry.laden import Register
from impact.reporting.rapport import Rapport

VEEL_WETTEN = 5
"""From this number of laws on, a stack takes fewer draws: coalitions double with every law."""
ALLE_TREKKINGEN = 1_000
"""The verdict takes the draws of the report, so that its figures are those of the report."""
TREKKINGEN_STAPEL, TREKKINGEN_GROTE_STAPEL = 100, 12
MINSTE_SOBOL = 8


@dataclass(frozen=True)
class Gebruik:
    """How reports use one analysis.

    Attributes
    ----------
    trekkingen : most draws; a report with fewer draws takes fewer here too
    hoort_bij : whether it says anything about a scenario
    bereken : looks the analysis up, or computes it
    """

    trekkingen: int
    hoort_bij: Callable[[Register, str], bool]
    bereken: Callable[[Register, str, Instelling, Executor | None], Analyse]


def wetten(register: Register, scenario: str) -> set[str]:
    """Laws of which a scenario has measures."""
    stappen = register.scenario(scenario).maatregelen
    return {register.maatregelen[stap.maatregel].wet for stap in stappen}


def is_variant(register: Register, scenario: str) -> bool:
    """Whether a scenario is compared with another."""
    return register.scenario(scenario).referentie is not None


def is_stapel(register: Register, scenario: str) -> bool:
    """Whether a scenario has measures of more than one law."""
    return is_variant(register, scenario) and len(wetten(register, scenario)) > 1


def _stapeling(
    register: Register, scenario: str, instelling: Instelling, uitvoerder: Executor | None
) -> Analyse:
    groot = len(wetten(register, scenario)) > VEEL_WETTEN
    hoogste = TREKKINGEN_GROTE_STAPEL if groot else TREKKINGEN_STAPEL
    minder = replace(instelling, trekkingen=min(instelling.trekkingen, hoogste))
    return bereken_stapeling(register, scenario, instelling=minder, uitvoerder=uitvoerder)


def _gevoeligheid(
    register: Register, scenario: str, instelling: Instelling, uitvoerder: Executor | None
) -> Analyse:
    """The design of Sobol asks for a power of two, and not for the smallest."""
    macht = 1 << (instelling.trekkingen.bit_length() - 1)
    instelling = replace(instelling, trekkingen=max(MINSTE_SOBOL, macht))
    return bereken_gevoeligheid(register, scenario, instelling=instelling, uitvoerder=uitvoerder)


GEBRUIK: dict[str, Gebruik] = {
    "oordeel": Gebruik(ALLE_TREKKINGEN, is_variant, bereken_oordeel),
    "omslagpunt": Gebruik(50, is_variant, wat_is_nodig),
    "gevoeligheid": Gebruik(128, is_variant, _gevoeligheid),
    "stapeling": Gebruik(TREKKINGEN_STAPEL, is_stapel, _stapeling),
    "volgorde": Gebruik(
        30,
        is_stapel,
        lambda r, s, i, u: bereken_volgorde(r, s, instelling=i, uitvoerder=u),
    ),
    "terugtoets": Gebruik(
        500,
        lambda register, scenario: True,
        lambda r, s, i, u: bereken_terugtoets(r, trekkingen=i.trekkingen, uitvoerder=u),
    ),
    "vergelijking": Gebruik(
        200,
        lambda register, scenario: True,
        lambda r, s, i, u: bereken_vergelijking(r, s, instelling=i, uitvoerder=u),
    ),
}


def analyses_van(register: Register, scenario: str) -> list[str]:
    """Names of the analyses that belong to a scenario."""
    return [naam for naam, gebruik in GEBRUIK.items() if gebruik.hoort_bij(register, scenario)]


def open_analyse(
    register: Register,
    scenario: str,
    naam: str,
    trekkingen: int,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Look up an analysis for a report, or compute it.

    Parameters
    ----------
    trekkingen : draws of the report
    uitvoerder : runs the work when it has not been computed; local processes by default
    """
    gebruik = GEBRUIK[naam]
    instelling = Instelling(trekkingen=min(trekkingen, gebruik.trekkingen))
    return gebruik.bereken(register, scenario, instelling, uitvoerder)


def analyse_van(rapport: Rapport, naam: str) -> Analyse | None:
    """Analysis that belongs to a report; None when it says nothing about its scenario."""
    if not GEBRUIK[naam].hoort_bij(rapport.register, rapport.naam):
        return None
    trekkingen = int(rapport.resultaat.manifest["trekkingen"])
    return open_analyse(rapport.register, rapport.naam, naam, trekkingen)
