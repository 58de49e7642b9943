"""All effects of all coalitions of laws for one block of draws."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from impact.analysis.coalities import Spel, deelverzamelingen, ingedikt, leden
from impact.analysis.ensemble import Opdracht
from impact.analysis.groepen import Indeling, indeling
from impact.analysis.samenstellen import maak_invoer
from impact.analysis.stapelspelers import Verdeling
from impact.analysis.uitkomsten import sleutel_van, vat_samen, venster
from impact.analysis.waarden import maak_reeksen
from impact.model.gevolgen import Gevolg
from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.invoer import Invoer
from impact.model.modules import MODULES
from impact.model.reeksen import Reeks
from impact.model.simulatie import uitkomst_van
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Uitkomst

OPEN = 24
"""Outcomes of modules that are kept at hand while the coalitions change one law at a time."""
RASTER_EURO, RASTER = 2.0**10, 2.0**18
"""Steps per euro (a tenth of a cent) and per unit of anything else."""
PIEK: str = "hoogste"
"""The only way to summarise an outcome that is not a weighted sum over half-years."""


def met_alleen(register: Register, verdeling: Verdeling, coalitie: int) -> Register:
    """Return the register in which the scenario has only the measures of some players."""
    over = {naam for n in leden(coalitie) for naam in verdeling.spelers[n].maatregelen}
    scenario = register.scenarios[verdeling.scenario]
    stappen = [stap for stap in scenario.maatregelen if stap.maatregel in over]
    anders = scenario.model_copy(update={"maatregelen": stappen})
    return register.met_scenarios({**register.scenarios, verdeling.scenario: anders})


class Doorrekening:
    """Outcome of every module under every coalition, for a block of draws.

    A module is computed for the players that reach it; a parameter for those that change it.
    """

    def __init__(self, opdracht: Opdracht, verdeling: Verdeling, rijen: slice) -> None:
        self._opdracht, self._verdeling = opdracht, verdeling
        self._trekkingen = opdracht.trekkingen.deel(rijen)
        self.invoer: Invoer = maak_invoer(
            met_alleen(opdracht.register, verdeling, 0),
            verdeling.scenario,
            opdracht.perioden,
            self._trekkingen,
            opdracht.ruis.deel(rijen),
            opdracht.kalibratie,
        )
        self._modules = {module.naam: module for module in MODULES}
        self._geraakt = functools.cache(self._maak_geraakt)
        self._gevolg = functools.lru_cache(maxsize=OPEN)(self._maak_gevolg)

    def gevolg(self, module: str, coalitie: int) -> Gevolg:
        """Outcome of a module under a coalition."""
        return self._gevolg(module, coalitie & self._verdeling.bereik[module])

    def _maak_gevolg(self, module: str, coalitie: int) -> Gevolg:
        eerder = {naam: self.gevolg(naam, coalitie) for naam in self._modules[module].na}
        return self._modules[module].reken(self._invoer_bij(coalitie), eerder)

    def _invoer_bij(self, coalitie: int) -> Invoer:
        anders = {
            naam: self._geraakt(coalitie & masker)[naam]
            for naam, masker in self._verdeling.raakt.items()
        }
        return Invoer(
            reeksen={**self.invoer.reeksen, **anders},
            gemeenten=self.invoer.gemeenten,
            begin=self.invoer.begin,
            toeval=self.invoer.toeval,
            perioden=self.invoer.perioden,
        )

    def _maak_geraakt(self, coalitie: int) -> dict[str, Reeks]:
        """Parameters that any player changes, under only these players."""
        register = met_alleen(self._opdracht.register, self._verdeling, coalitie)
        alle = maak_reeksen(
            register, self._verdeling.scenario, self._trekkingen, self._opdracht.perioden
        )
        return {naam: alle[naam] for naam in self._verdeling.raakt}


class Vakken:
    """Quantities of a module behind each other in one row, for all draws of the block."""

    def __init__(self, uitkomst: Mapping[Sleutel, Reeks]) -> None:
        self.vorm = {sleutel: reeks.shape for sleutel, reeks in uitkomst.items()}
        self._maat = [reeks.size for reeks in uitkomst.values()]
        euro = [RASTER_EURO if _is_euro(sleutel) else RASTER for sleutel in uitkomst]
        self.raster: Reeks = np.repeat(np.array(euro), self._maat)

    def rij(self, uitkomst: Mapping[Sleutel, Reeks]) -> Reeks:
        """Write an outcome as one row."""
        return np.concatenate([uitkomst[sleutel].ravel() for sleutel in self.vorm])

    def lees(self, rijen: Reeks) -> dict[Sleutel, Reeks]:
        """Turn rows into arrays [trekking, onderdeel, gemeente or 1, periode]."""
        delen = np.split(rijen, np.cumsum(self._maat)[:-1], axis=-1)
        return {
            sleutel: np.moveaxis(deel.reshape(len(rijen), *vorm), 0, 1)
            for (sleutel, vorm), deel in zip(self.vorm.items(), delen, strict=True)
        }


def _is_euro(sleutel: Sleutel) -> bool:
    return sleutel[0] in GROOTHEDEN and GROOTHEDEN[sleutel[0]].eenheid.startswith("euro")


class Modulespel:
    """Game of one module: all its quantities at once, and its pairs in the country."""

    def __init__(self, spelers: list[int], leeg: Mapping[Sleutel, Reeks], gemeenten: int) -> None:
        self.spelers, self._gemeenten = spelers, gemeenten
        self.vakken = Vakken(leeg)
        self._spel = Spel(len(spelers), self.vakken.raster)
        self._paren: dict[int, dict[Sleutel, Reeks]] = {}
        self._gedaan: set[int] = set()

    def nieuw(self, coalitie: int) -> bool:
        """Whether a coalition has not been added yet."""
        return coalitie not in self._gedaan

    def voeg_toe(self, coalitie: int, uitkomst: Mapping[Sleutel, Reeks]) -> None:
        """Add the outcome under a coalition."""
        self._gedaan.add(coalitie)
        klein = ingedikt(coalitie, self.spelers)
        effect = self._spel.voeg_toe(klein, self.vakken.rij(uitkomst))
        if klein.bit_count() == 2:
            per_sleutel = self.vakken.lees(self._spel.paar(klein, effect)[np.newaxis])
            self._paren[klein] = {
                sleutel: landelijk(sleutel, reeks[:, 0], self._gemeenten)
                for sleutel, reeks in per_sleutel.items()
            }

    def effecten(self) -> dict[Sleutel, Reeks]:
        """Array [trekking, onderdeel, rij, periode] per quantity; see `Spel.effecten`."""
        return self.vakken.lees(self._spel.effecten())

    def paren(self, sleutel: Sleutel) -> Reeks:
        """Interaction of every two players in the country, array [trekking, een, ander, periode].

        See `Spel.paar`; zero on the diagonal.
        """
        aantal = len(self.spelers)
        trekkingen, _, perioden = self.vakken.vorm[sleutel]
        matrix = np.zeros((trekkingen, aantal, aantal, perioden))
        for coalitie, per_sleutel in self._paren.items():
            een, ander = leden(coalitie)
            matrix[:, een, ander] = matrix[:, ander, een] = per_sleutel[sleutel]
        return matrix


def landelijk(sleutel: Sleutel, reeks: Reeks, gemeenten: int) -> Reeks:
    """Country of an array [.., rij, periode]: sum over municipalities, or its row of a peak."""
    if sleutel[0] == PIEK:
        plek = gemeenten if reeks.shape[-2] > 1 else 0
        return np.asarray(reeks[..., plek, :])
    som: Reeks = reeks.sum(axis=-2)
    return som


def pieken(
    uitkomsten: Mapping[str, Uitkomst],
    uitkomst: Mapping[Sleutel, Reeks],
    leeg: Mapping[Sleutel, Reeks],
    perioden: Sequence[Halfjaar],
    rijen: Indeling,
) -> dict[Sleutel, Reeks]:
    """Outcomes that are a maximum over half-years, array [trekking, rij, 1].

    A maximum is no sum: it must be measured under every coalition, for every group by itself.
    """
    gemeten: dict[Sleutel, Reeks] = {}
    for naam, inhoud in uitkomsten.items():
        sleutel = sleutel_van(inhoud)
        if inhoud.samenvatting == PIEK and sleutel in uitkomst:
            reeks = uitkomst[sleutel]
            if inhoud.maat == "verschil":
                reeks = reeks - leeg[sleutel]
            alle = (rijen if GROOTHEDEN[sleutel[0]].gemeentelijk else rijen.landelijk).alle(reeks)
            stuk = np.asarray(alle[..., venster(inhoud, perioden)], dtype=np.float64)
            gemeten[(PIEK, naam)] = vat_samen("hoogste", stuk)[..., np.newaxis]
    return gemeten


def spellen(
    opdracht: Opdracht,
    verdeling: Verdeling,
    uitkomsten: Mapping[str, Uitkomst],
    rijen: slice,
) -> Iterator[Modulespel]:
    """Play the games of all modules that some player reaches, for a block of draws."""
    rekenaar = Doorrekening(opdracht, verdeling, rijen)
    groepen = indeling(opdracht.register.gemeenten)
    gemeenten = len(opdracht.register.gemeenten)
    leeg: dict[str, dict[Sleutel, Reeks]] = {}
    gespeeld: dict[str, Modulespel] = {}
    for top in toppen(verdeling.bereik.values()):
        for coalitie in deelverzamelingen(top):
            for module, masker in verdeling.bereik.items():
                deel = coalitie & masker
                if not masker or masker & ~top:
                    continue
                if module in gespeeld and not gespeeld[module].nieuw(deel):
                    continue
                gevonden = uitkomst_van(rekenaar.invoer, rekenaar.gevolg(module, deel))
                basis = leeg.setdefault(module, gevonden)
                alles = gevonden | pieken(uitkomsten, gevonden, basis, opdracht.perioden, groepen)
                if module not in gespeeld:
                    gespeeld[module] = Modulespel(leden(masker), alles, gemeenten)
                gespeeld[module].voeg_toe(deel, alles)
    while gespeeld:
        yield gespeeld.pop(next(iter(gespeeld)))


def toppen(maskers: Iterable[int]) -> list[int]:
    """Bit masks that lie in no other; together their subsets hold every game."""
    alle = set(maskers)
    return sorted(m for m in alle if m and not any(m != a and m & ~a == 0 for a in alle))
