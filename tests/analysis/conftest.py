"""The shipped parameters, and results of small runs on them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling, Resultaat
from impact.registry.laden import Register, laad_register
from impact.registry.modellen import Scenario

KLEIN = Instelling(trekkingen=12, tot="2033-II")


class Meteen(Executor):
    """Runs every task at once in this process, so that what it does can be followed."""

    def submit(self, taak: Callable, /, *invoer: object, **namen: object) -> Future:
        klaar: Future = Future()
        try:
            klaar.set_result(taak(*invoer, **namen))
        except Exception as fout:
            klaar.set_exception(fout)
        return klaar


@pytest.fixture(scope="session")
def register() -> Register:
    return laad_register(Path(__file__).parents[2] / "parameters")


@pytest.fixture(scope="session")
def met_leeg(register: Register) -> Register:
    """The register with a scenario that changes nothing."""
    leeg = Scenario(
        titel="Leeg", soort="variant", referentie="geldend_recht", toelichting="Verandert niets."
    )
    return register.met_scenarios({**register.scenarios, "leeg": leeg})


@pytest.fixture(scope="session")
def resultaten(met_leeg: Register, resultatenmap: Path) -> dict[str, Resultaat]:
    """Results of three scenarios."""
    return bereken(["leeg", "verbod_voorrang", "recht_2025"], met_leeg, KLEIN, Meteen())
