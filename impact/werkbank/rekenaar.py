"""The model behind the explorer: the middle draw at once, all draws in short steps.

It calls the functions that `impact run` calls. What does not depend on a scenario (state at the
start, municipal figures, chance) is made once. Outcomes that come back are kept for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from impact.analysis.ensemble import MIDDEN, Opdracht, basis_van, maak_opdracht
from impact.analysis.kladblok import GETAL
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import maak_invoer
from impact.analysis.waarden import maak_reeksen
from impact.model.grootheden import Sleutel
from impact.model.invoer import Invoer
from impact.model.reeksen import Reeks
from impact.model.simulatie import simuleer
from impact.registry.laden import Register
from impact.registry.modellen import Scenario
from impact.registry.periode import Halfjaar

NAAM = "verkenning"
"""Name of the scenario that is explored, in a register of its own."""
STAP = 17
"""Draws of one step: about 70 milliseconds, in which the kernel answers nothing else."""
MEESTE_MIDDENS, MEESTE_TREKKINGEN = 8, 6
Uitkomst = dict[Sleutel, Reeks]
Uitsnede = dict[Sleutel, NDArray[np.float32]]
"""All draws of some quantities, array [trekking, gemeente or 1, periode]."""
S = TypeVar("S")
W = TypeVar("W")


class Rekenaar:
    """Computes scenarios of one register with one set of draws.

    Attributes
    ----------
    opdracht : draws and horizon
    """

    def __init__(self, register: Register, instelling: Instelling) -> None:
        self.opdracht: Opdracht = maak_opdracht(register, instelling)
        self._invoer: dict[tuple[int, int], Invoer] = {}
        self._middens: OrderedDict[str, Uitkomst] = OrderedDict()
        self._trekkingen: OrderedDict[tuple[str, frozenset[Sleutel]], Uitsnede] = OrderedDict()

    @property
    def register(self) -> Register:
        """The parameters."""
        return self.opdracht.register

    def vernieuw(self, register: Register) -> None:
        """Go on with a register that differs only in its scenarios; the draws stay."""
        self.opdracht = replace(self.opdracht, register=register)

    @property
    def perioden(self) -> list[Halfjaar]:
        """Half-years of the run."""
        return self.opdracht.perioden

    def _vast(self, rijen: slice) -> Invoer:
        """Input of some draws in which only the parameters still depend on a scenario."""
        plek = (rijen.start, rijen.stop)
        if plek not in self._invoer:
            self._invoer[plek] = maak_invoer(
                self.register,
                None,
                self.perioden,
                self.opdracht.trekkingen.deel(rijen),
                self.opdracht.ruis.deel(rijen),
                self.opdracht.kalibratie,
            )
        return self._invoer[plek]

    def reken(self, scenario: Scenario, rijen: slice, met: bool = True) -> Uitkomst:
        """Outcome of some draws.

        Parameters
        ----------
        met : with the measures of the scenario; else its reference, with the same context
        """
        register = self.register.met_scenarios({**self.register.scenarios, NAAM: scenario})
        basis, context_van = basis_van(register, NAAM)
        reeksen = maak_reeksen(
            register,
            NAAM if met else basis,
            self.opdracht.trekkingen.deel(rijen),
            self.perioden,
            NAAM if met else context_van,
        )
        return simuleer(replace(self._vast(rijen), reeksen=reeksen))

    def midden(self, scenario: Scenario, met: bool = True) -> Uitkomst:
        """Outcome of the middle draw."""
        run = sleutel(scenario, met)
        if run not in self._middens:
            self._middens[run] = self.reken(scenario, MIDDEN, met)
        self._middens.move_to_end(run)
        _begrens(self._middens, MEESTE_MIDDENS)
        return self._middens[run]

    def stappen(
        self, scenario: Scenario, sleutels: Sequence[Sleutel], met: bool = True
    ) -> Iterator[None]:
        """Compute all draws of some quantities in short steps; afterwards `uitsnede` has them."""
        run = (sleutel(scenario, met), frozenset(sleutels))
        if run in self._trekkingen:
            self._trekkingen.move_to_end(run)
            return
        delen = []
        for eerste in range(0, self.opdracht.trekkingen.aantal, STAP):
            rijen = slice(eerste, min(eerste + STAP, self.opdracht.trekkingen.aantal))
            uitkomst = self.reken(scenario, rijen, met)
            delen.append({s: uitkomst[s].astype(GETAL) for s in run[1]})
            yield
        self._trekkingen[run] = {s: np.concatenate([d[s] for d in delen]) for s in run[1]}
        _begrens(self._trekkingen, MEESTE_TREKKINGEN)

    def uitsnede(
        self, scenario: Scenario, sleutels: Sequence[Sleutel], met: bool = True
    ) -> Uitsnede:
        """All draws of some quantities; computed now when that was not done in steps."""
        for _ in self.stappen(scenario, sleutels, met):
            pass
        return self._trekkingen[sleutel(scenario, met), frozenset(sleutels)]


def sleutel(scenario: Scenario, met: bool) -> str:
    """What decides the outcome of a run, as text."""
    delen = {"referentie", "context", *(["maatregelen"] if met else [])}
    return scenario.model_dump_json(include=delen)


def _begrens(bewaard: OrderedDict[S, W], meeste: int) -> None:
    """Forget what was used longest ago."""
    while len(bewaard) > meeste:
        bewaard.popitem(last=False)
