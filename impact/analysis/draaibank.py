"""A scenario and its reference that run with a knob at any value, one of its own per draw."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from impact.analysis.ensemble import BLOK, Opdracht, basis_van
from impact.analysis.knop import AANNAME, INSTRUMENT, MAATREGEL, Draaiknop
from impact.analysis.samenstellen import maak_invoer
from impact.analysis.trekkingen import Trekkingen
from impact.analysis.uitkomsten import meet, sleutel_van, venster
from impact.analysis.waarden import (
    basisreeks,
    ingrepen,
    kansen,
    met_maatregelen,
    naam_aanname,
    prijsfactor,
    trek_effect,
    waarden_in_scenario,
)
from impact.model.grootheden import Sleutel
from impact.model.invoer import Invoer
from impact.model.reeksen import Reeks
from impact.model.simulatie import simuleer
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Uitkomst

NEDERLAND, ALLE = "NL", "alle gemeenten"
Rijen = NDArray[np.intp]
ECHT = slice(1, None)
"""The draws without the middle draw: what is published is made of these."""


@dataclass(frozen=True)
class Meting:
    """An outcome, and where: NEDERLAND, the code of a municipality, or ALLE municipalities."""

    uitkomst: Uitkomst
    gebied: str = NEDERLAND


class Bank(Protocol):
    """Something with a knob: outcomes of draws at values of the knob."""

    @property
    def aantal(self) -> int:
        """Number of draws."""

    def nu(self) -> Reeks:
        """Value of the knob as it stands, array [trekking]."""

    def draai(self, waarde: Reeks | None, rijen: Rijen, metingen: Sequence[Meting]) -> list[Reeks]:
        """Outcomes per measurement, array [n] or [n, gemeente].

        Parameters
        ----------
        waarde : array [n], the value for each of the draws; None leaves the knob alone
        rijen : array [n], which draws
        """


def tot_en_met(opdracht: Opdracht, laatste: Halfjaar) -> Opdracht:
    """Shorten a task: nothing in the model looks ahead, so what remains is the same."""
    aantal = laatste - opdracht.perioden[0] + 1
    ruis = replace(
        opdracht.ruis,
        huisvesting=opdracht.ruis.huisvesting[..., :aantal],
        voorspelfout=opdracht.ruis.voorspelfout[..., :aantal],
    )
    return replace(opdracht, ruis=ruis, instelling=replace(opdracht.instelling, tot=str(laatste)))


def kies_rijen(invoer: Invoer, rijen: Rijen) -> Invoer:
    """Input of some draws; what is the same for all draws stays."""

    def kies(reeks: Reeks) -> Reeks:
        return reeks if len(reeks) == 1 else reeks[rijen]

    begin, toeval = (
        {veld.name: kies(getattr(deel, veld.name)) for veld in fields(deel)}
        for deel in (invoer.begin, invoer.toeval)
    )
    return replace(
        invoer,
        reeksen={naam: kies(reeks) for naam, reeks in invoer.reeksen.items()},
        begin=replace(invoer.begin, **begin),
        toeval=replace(invoer.toeval, **toeval),
    )


@dataclass(frozen=True)
class Kant:
    """One of the two runs: whose measures apply, whether the knob turns in it, its input."""

    scenario: str
    draait: bool
    invoer: Invoer


@dataclass(frozen=True)
class Draaibank:
    """The two runs of a scenario with one knob.

    Attributes
    ----------
    opdracht : draws and horizon
    knop : what is turned
    context_van : scenario whose context applies to both runs
    eigen, basis : the scenario and its reference
    sleutels : quantities that are compared with the reference
    """

    opdracht: Opdracht
    knop: Draaiknop
    context_van: str
    eigen: Kant
    basis: Kant
    sleutels: frozenset[Sleutel]

    @property
    def aantal(self) -> int:
        """Number of draws, without the middle draw."""
        return self.opdracht.trekkingen.aantal - 1

    @property
    def _vanaf(self) -> slice:
        """Half-years in which the knob is turned."""
        return slice(self.knop.vanaf - self.opdracht.perioden[0], None)

    def _trekkingen(self, rijen: Rijen) -> Trekkingen:
        alle = self.opdracht.trekkingen
        return Trekkingen(alle.namen, alle.kansen[ECHT][rijen], alle.zaad)

    def _zonder_maatregel(self, trekkingen: Trekkingen) -> Reeks:
        """Assumption that the knob changes, in its own price level, array [trekking, 1, t]."""
        register, naam = self.opdracht.register, self.knop.parameter
        waarden = waarden_in_scenario(naam, register, register.scenarios[self.context_van])
        return basisreeks(
            register.parameters[naam],
            waarden,
            kansen(trekkingen, naam_aanname(naam)),
            self.opdracht.perioden,
            list(register.gemeenten.index),
        )

    def _prijs(self, trekkingen: Trekkingen) -> Reeks:
        """Factor from the price level of the assumption to 2025, array [trekking, 1, 1]."""
        prijspeil = self.opdracht.register.parameters[self.knop.parameter].prijspeil
        if prijspeil is None:
            return np.ones((trekkingen.aantal, 1, 1))
        return prijsfactor(self.opdracht.register, prijspeil, trekkingen)

    def nu(self) -> Reeks:
        """Value of the knob as it stands, array [trekking]: mean of the half-years it turns in."""
        trekkingen = self._trekkingen(np.arange(self.aantal))
        if self.knop.soort == INSTRUMENT:
            reeks = self.eigen.invoer.reeksen[self.knop.parameter]
        elif self.knop.soort == AANNAME:
            reeks = self._zonder_maatregel(trekkingen) * self._prijs(trekkingen)
        else:
            alle = ingrepen(self.opdracht.register, self.eigen.scenario)
            (ingreep,) = [i for i in alle if i.naam == self.knop.effect]
            effect = trek_effect(ingreep.verandering, kansen(trekkingen, ingreep.naam))
            return effect * self._factor_effect(trekkingen)
        gemiddeld = reeks[..., self._vanaf].mean(axis=(1, 2))
        return np.broadcast_to(gemiddeld, (self.aantal,))

    def _factor_effect(self, trekkingen: Trekkingen) -> Reeks:
        """Price factor of the effect of a measure, array [trekking]; 1 for a bare factor."""
        if self.knop.eenheid == "factor":
            return np.ones(trekkingen.aantal)
        return self._prijs(trekkingen)[:, 0, 0]

    def _reeks(self, kant: Kant, waarde: Reeks, rijen: Rijen) -> Reeks:
        """Array [n, 1, t] of the parameter with the knob at a value."""
        if self.knop.soort == INSTRUMENT:
            eigen = kant.invoer.reeksen[self.knop.parameter]
            reeks = (eigen if len(eigen) == 1 else eigen[rijen]) + np.zeros((len(rijen), 1, 1))
            reeks[..., self._vanaf] = waarde[:, np.newaxis, np.newaxis]
            return reeks
        register, trekkingen = self.opdracht.register, self._trekkingen(rijen)
        prijs, reeks = self._prijs(trekkingen), self._zonder_maatregel(trekkingen)
        gezet = {}
        if self.knop.soort == AANNAME:
            reeks[..., self._vanaf] = waarde[:, np.newaxis, np.newaxis] / prijs
        else:
            gezet = {self.knop.effect: waarde / self._factor_effect(trekkingen)}
        reeks = met_maatregelen(
            self.knop.parameter,
            reeks,
            register,
            ingrepen(register, kant.scenario),
            trekkingen,
            self.opdracht.perioden,
            gezet,
        )
        return reeks * prijs

    def _draai_kant(self, kant: Kant, waarde: Reeks | None, rijen: Rijen) -> dict[Sleutel, Reeks]:
        invoer = kies_rijen(kant.invoer, rijen)
        if waarde is not None and kant.draait:
            reeks = self._reeks(kant, waarde, rijen)
            invoer = replace(invoer, reeksen={**invoer.reeksen, self.knop.parameter: reeks})
        return simuleer(invoer)

    @functools.cached_property
    def _vaste_basis(self) -> dict[Sleutel, Reeks]:
        """The reference with the knob left alone, as far as something is compared with it."""
        delen = [
            self._draai_kant(self.basis, None, rijen) for rijen in blokken(np.arange(self.aantal))
        ]
        return {s: np.concatenate([deel[s] for deel in delen]) for s in self.sleutels}

    def _draai_basis(self, waarde: Reeks | None, rijen: Rijen) -> Mapping[Sleutel, Reeks]:
        if waarde is None or not self.basis.draait:
            return {sleutel: reeks[rijen] for sleutel, reeks in self._vaste_basis.items()}
        return self._draai_kant(self.basis, waarde, rijen)

    def draai(self, waarde: Reeks | None, rijen: Rijen, metingen: Sequence[Meting]) -> list[Reeks]:
        """Outcomes per measurement, array [n] or [n, gemeente]; see `Bank`."""
        vergelijkt = any(m.uitkomst.maat == "verschil" for m in metingen)
        delen = []
        for plekken in blokken(np.arange(len(rijen))):
            deel = None if waarde is None else waarde[plekken]
            eigen = self._draai_kant(self.eigen, deel, rijen[plekken])
            basis = self._draai_basis(deel, rijen[plekken]) if vergelijkt else {}
            delen.append([self._meet(meting, eigen, basis) for meting in metingen])
        return [np.concatenate(kolom) for kolom in zip(*delen, strict=True)]

    def _meet(
        self, meting: Meting, eigen: Mapping[Sleutel, Reeks], basis: Mapping[Sleutel, Reeks]
    ) -> Reeks:
        perioden = self.opdracht.perioden
        if meting.gebied == NEDERLAND:
            return meet(meting.uitkomst, eigen, basis, perioden)
        alle = meet(meting.uitkomst, eigen, basis, perioden, landelijk=False)
        if meting.gebied == ALLE:
            return alle
        plek = self.opdracht.register.gemeenten.index.get_loc(meting.gebied)
        return np.asarray(alle[:, plek])

    def gemiddelde(self, parameter: str, uitkomst: Uitkomst) -> Reeks:
        """Mean of a national parameter in the half-years of an outcome, array [trekking]."""
        reeks = self.eigen.invoer.reeksen[parameter][..., venster(uitkomst, self.opdracht.perioden)]
        return np.broadcast_to(reeks.mean(axis=(1, 2)), (self.aantal,))


def blokken(rijen: Rijen) -> list[Rijen]:
    """Cut into pieces that fit in memory; outcomes do not depend on it."""
    return [rijen[eerste : eerste + BLOK] for eerste in range(0, len(rijen), BLOK)]


def maak_draaibank(
    opdracht: Opdracht, scenario: str, knop: Draaiknop, uitkomsten: Sequence[Uitkomst]
) -> Draaibank:
    """Prepare both runs of a scenario up to the last half-year of some outcomes.

    Raises
    ------
    impact.analysis.uitkomsten.HorizonFout
        The task ends before an outcome.
    """
    for uitkomst in uitkomsten:
        venster(uitkomst, opdracht.perioden)
    kort = tot_en_met(opdracht, max(uitkomst.tot for uitkomst in uitkomsten))
    basis, context_van = basis_van(opdracht.register, scenario)

    def kant(naam: str, draait: bool) -> Kant:
        return Kant(
            naam,
            draait,
            maak_invoer(
                kort.register,
                naam,
                kort.perioden,
                kort.trekkingen.deel(ECHT),
                kort.ruis.deel(ECHT),
                kort.kalibratie,
                context_van=context_van,
            ),
        )

    in_basis = {ingreep.naam for ingreep in ingrepen(opdracht.register, basis)}
    draait = knop.soort == AANNAME or (knop.soort == MAATREGEL and knop.effect in in_basis)
    sleutels = frozenset(sleutel_van(u) for u in uitkomsten if u.maat == "verschil")
    return Draaibank(kort, knop, context_van, kant(scenario, True), kant(basis, draait), sleutels)


@dataclass(frozen=True)
class Ftebank:
    """Extra posts beside the model: each one takes a fixed amount off the outcome.

    Attributes
    ----------
    bank : the scenario; its own knob is left alone
    per_fte : array [trekking], what one post takes off, in the unit of the outcome
    """

    bank: Draaibank
    per_fte: Reeks

    @property
    def aantal(self) -> int:
        """Number of draws."""
        return self.bank.aantal

    def nu(self) -> Reeks:
        """No extra posts."""
        return np.zeros(self.aantal)

    @functools.cached_property
    def _onveranderd(self) -> dict[Meting, Reeks]:
        return {}

    def draai(self, waarde: Reeks | None, rijen: Rijen, metingen: Sequence[Meting]) -> list[Reeks]:
        """Outcomes without the posts, minus what the posts take off; see `Bank`."""
        nieuw = [meting for meting in metingen if meting not in self._onveranderd]
        if nieuw:
            alle = self.bank.draai(None, np.arange(self.aantal), nieuw)
            self._onveranderd.update(zip(nieuw, alle, strict=True))
        af = np.zeros(len(rijen)) if waarde is None else waarde * self.per_fte[rijen]
        uitkomsten = [self._onveranderd[meting][rijen] for meting in metingen]
        return [u - af.reshape((-1,) + (1,) * (u.ndim - 1)) for u in uitkomsten]
