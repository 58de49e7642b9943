"""A made-up measurement of plans, so that a test decides what the figures are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from impact.analysis.opslag import Analyse, bewaar_analyse
from impact.analysis.volgorde import manifest
from impact.analysis.volgordeplannen import Plan, in_groepen, op_volgorde, vaste_plannen
from impact.analysis.volgordetabellen import Gemeten, tabellen
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar
from impact.registry.volgordemodel import Volgorde

NAAM = "proef"
HELPT, WEG = "uitstroomregelingen", "verbod_voorrang"
STAPPEN = {HELPT: "flexwoningen_extra", WEG: "verbod_voorrang_sociale_huur"}
EIGEN = dict.fromkeys(STAPPEN, Halfjaar(2027, 1))
TREKKINGEN = 21
Waarde = Callable[[Plan, str], float]


def opzet(register: Register, **anders: object) -> Volgorde:
    """The shipped set-up with one pace of one year."""
    return register.volgordes["standaard"].model_copy(update={"duren": [2], **anders})


def spreiding(midden: float, marge: float = 0.0) -> Reeks:
    """Draws around a middle, array [trekking]; the first is the middle draw."""
    rest = midden + marge * np.linspace(-1.0, 1.0, TREKKINGEN - 1)
    return np.concatenate([[midden], rest])


@dataclass(frozen=True)
class Geval:
    """Figures per plan: what each plan gives for an outcome, and how wide the band is."""

    waarde: Waarde
    los: float = 0.0
    marge: float = 0.0

    def gemeten(self, register: Register, **anders: object) -> Gemeten:
        """Measurement of two laws: one that helps and one that abolishes."""
        vorm = opzet(register, **anders)
        plannen = [
            *vaste_plannen(EIGEN),
            *op_volgorde(EIGEN, 2, permutations(EIGEN)),
            *in_groepen(EIGEN, 2, vorm),
        ]
        namen = vorm.uitkomsten
        samen = {
            p.data: {n: spreiding(self.waarde(p, n), self.marge) for n in namen} for p in plannen
        }
        stappen = {stap for plan in plannen for stap in plan.data}
        los = {stap: dict.fromkeys(namen, spreiding(self.los * later(stap[1]))) for stap in stappen}
        return Gemeten(NAAM, vorm, EIGEN, plannen, samen, los)


def later(dag: Halfjaar) -> int:
    """Half-years after the first date."""
    return dag - Halfjaar(2027, 1)


def vroegste(plan: Plan) -> str:
    """Law that enters first; empty when both enter together."""
    dagen: Mapping[str, Halfjaar] = dict(plan.data)
    return "" if dagen[HELPT] == dagen[WEG] else min(dagen, key=lambda wet: dagen[wet])


def met_proef(register: Register) -> Register:
    """The register with a scenario of the two laws."""
    stappen = [Stap(maatregel=m, vanaf=Halfjaar(2027, 1)) for m in STAPPEN.values()]
    proef = Scenario(
        titel="Proef",
        soort="variant",
        referentie="recht_2025",
        toelichting="Proef.",
        maatregelen=stappen,
    )
    return register.met_scenarios({**register.scenarios, NAAM: proef})


def bewaard(register: Register, gemeten: Gemeten, vraag: object = None) -> Analyse:
    """Store a measurement as the analysis does."""
    register = met_proef(register)
    inhoud = {"scenario": NAAM, "trekkingen": TREKKINGEN - 1, "geval": str(vraag)}
    tabel = tabellen(register, gemeten)
    return bewaar_analyse(register, "volgorde", inhoud, tabel, manifest(register, gemeten))
