"""Copies of the shipped parameters that differ in a way that a test chooses."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Analyse, Instelling, Resultaat
from impact.analysis.verschil import bereken_verschil
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register

SCENARIO = "verbod_voorrang"
KLEIN = Instelling(trekkingen=6, tot="2030-II")
VOLWASSEN = (
    "aannames/sociaal.yaml",
    "midden: 0.71\n      laag: 0.62",
    "midden: 0.74\n      laag: 0.65",
)
KAMERS = ("wetten/verbod_voorrang.yaml", "{midden: 0.65, laag: 0.35", "{midden: 0.55, laag: 0.35")
DATUM = (
    "scenarios/verbod_voorrang.yaml",
    "verbod_voorrang_sociale_huur, vanaf: 2027-I",
    "verbod_voorrang_sociale_huur, vanaf: 2028-I",
)
Wijziging = tuple[str, str, str]


@dataclass(frozen=True)
class Werkbank:
    """A folder of parameters that may be changed, with stored runs beside it."""

    map: Path

    def register(self) -> Register:
        """Load the parameters as they are now."""
        return laad_register(self.map, parameters_model=PARAMETEREENHEDEN)

    def wijzig(self, *wijzigingen: Wijziging) -> Register:
        """Change texts in files."""
        for bestand, oud, nieuw in wijzigingen:
            pad = self.map / bestand
            tekst = pad.read_text(encoding="utf-8")
            assert oud in tekst, f"{oud!r} staat niet in {bestand}"
            pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
        return self.register()

    def reken(self, instelling: Instelling = KLEIN) -> Resultaat:
        """Run the scenario with the parameters as they are now."""
        with ThreadPoolExecutor(1) as werkers:
            return bereken([SCENARIO], self.register(), instelling, werkers)[SCENARIO]

    def vergelijk(self, oud: Resultaat, nieuw: str = "nu") -> Analyse:
        """Compare a run with another."""
        with ThreadPoolExecutor(1) as werkers:
            sleutel = str(oud.manifest["sleutel"])
            return bereken_verschil(self.register(), sleutel, nieuw, uitvoerder=werkers)


def maak_werkbank(ouder: Path) -> Werkbank:
    """Copy the shipped parameters."""
    doel = ouder / "parameters"
    shutil.copytree(Path(__file__).parents[1] / "parameters", doel)
    return Werkbank(doel)
