"""A comparison of two runs as the note of change reads it."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from impact.analysis.opslag import Analyse
from impact.analysis.verschil import bereken_verschil
from impact.registry.laden import Register
from impact.reporting.getallen import Band
from impact.reporting.onderwerpen import ONDERWERPNAAM
from impact.reporting.rapport import lees_register
from impact.reporting.verschilfiguur import SAMEN, Stap, Waterval
from impact.reporting.zinnen import hoofdletter

UITKOMSTEN_VARIANT = ("gat_gemeenten", "kosten_coa", "wachtenden_verschil", "fte_verschil")
UITKOMSTEN_REFERENTIE = ("netto_lasten", "wachtenden_groei", "achterstand_groei", "fte_piek")
"""Outcomes with a chart; the first is the one that the summary speaks about."""
TEKST = "tekst"
SOORTNAAM = {
    "aannames": "aannames",
    "wet": "wetten",
    "scenario": "scenario's",
    "historie": "cijfers over het verleden",
    "gemeenten": "gemeentecijfers",
}
OVERIG_SOORT = "overige bestanden"
ONBEKEND = (
    "Er zijn waarden veranderd. Welke dat zijn, is niet na te gaan: een bewaarde kopie van de "
    "parameters ontbreekt of is kapot."
)


@dataclass(frozen=True)
class Nota:
    """A comparison, ready to report on."""

    register: Register
    analyse: Analyse

    @property
    def manifest(self) -> dict[str, Any]:
        """What is known about both runs."""
        return self.analyse.manifest

    @property
    def runs(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Manifests of the old and the new run."""
        oud, nieuw = self.manifest["runs"]
        return oud, nieuw

    @property
    def titel(self) -> str:
        """Title of the scenario; its name when it no longer exists."""
        naam = str(self.runs[1]["scenario"])
        bekend = self.register.scenarios.get(naam)
        return naam if bekend is None else bekend.titel

    @functools.cached_property
    def parameters(self) -> pd.DataFrame:
        """Changed values."""
        return self.analyse.tabel("parameters")

    @property
    def waarden(self) -> pd.DataFrame:
        """Changes that can count, without those of explanations only."""
        return self.parameters[self.parameters["soort"] != TEKST]

    @property
    def onbekend(self) -> bool:
        """Whether values changed without a trace of which."""
        m = self.manifest
        return bool(m["onverdeeld"] and not m["zelfde_parameters"] and self.parameters.empty)

    @property
    def niets(self) -> bool:
        """Whether nothing at all is different."""
        return bool(self.runs[0]["sleutel"] == self.runs[1]["sleutel"])

    @functools.cached_property
    def verlopen(self) -> dict[str, Waterval]:
        """Steps of every outcome."""
        stappen = self.analyse.tabel("stappen")
        return {
            str(rij["uitkomst"]): _verloop(rij, stappen[stappen["uitkomst"] == rij["uitkomst"]])
            for rij in self.analyse.tabel("uitkomsten").to_dict("records")
        }

    @property
    def kern(self) -> list[str]:
        """Outcomes with a chart."""
        variant = self.runs[1]["referentie"] is not None
        gewenst = UITKOMSTEN_VARIANT if variant else UITKOMSTEN_REFERENTIE
        return [naam for naam in gewenst if naam in self.verlopen] or list(self.verlopen)[:1]


def open_nota(oud: str, nieuw: str, scenario: str, trekkingen: int | None = None) -> Nota:
    """Open the note about two runs; compute the comparison when it has not been made."""
    register = lees_register()
    return Nota(register, bereken_verschil(register, oud, nieuw, scenario, trekkingen))


def _band(rij: Any, eenheid: str, voor: str = "") -> tuple[Band, bool]:
    """Figure of a row, and whether its band is known."""
    midden, laag, hoog = (float(rij[f"{voor}{kant}"]) for kant in ("midden", "laag", "hoog"))
    if math.isnan(laag):
        return Band(midden, midden, midden, eenheid), False
    return Band(midden, laag, hoog, eenheid), True


def _verloop(rij: Any, stappen: pd.DataFrame) -> Waterval:
    eenheid = str(rij["eenheid"])
    midden = stappen[~stappen["soort"].isin(["oud", "nieuw"])].sort_values("volgorde")
    return Waterval(
        str(rij["titel"]),
        eenheid,
        _band(rij, eenheid, "oud_")[0],
        [Stap(str(s["naam"]), *_band(s, eenheid)) for s in midden.to_dict("records")],
        Stap(SAMEN, *_band(rij, eenheid)),
        _band(rij, eenheid, "nieuw_")[0],
    )


def groepstitel(nota: Nota, groep: str) -> str:
    """Name of a group of changes for the reader."""
    soort, _, naam = groep.partition(":")
    if soort == "aannames":
        return f"Aannames: {ONDERWERPNAAM.get(naam, naam)}"
    if soort == "wet":
        wet = nota.register.wetten.get(naam)
        return f"Wet: {naam if wet is None else wet.naam}"
    if soort == "scenario":
        scenario = nota.register.scenarios.get(naam)
        return f"Scenario: {naam if scenario is None else scenario.titel}"
    return hoofdletter(SOORTNAAM.get(soort, soort))
