"""What a report reads: register, stored result, and the right figure at the right moment."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from impact.analysis.groepen import NIVEAUS, STEDELIJKHEID
from impact.analysis.opslag import Instelling, Resultaat, open_resultaat, resultatenmap
from impact.model.grootheden import GROOTHEDEN, Grootheid
from impact.registry.aannamelijst import aannamelijst
from impact.registry.laden import Register, laad_register
from impact.registry.modellen import Scenario
from impact.registry.plaats import peildag, vind_map
from impact.reporting.getallen import Band
from impact.reporting.stand import ROL, Stand, Waarden, lees_stand

P = ParamSpec("P")
T = TypeVar("T")

NEDERLAND = "NL"
MARGE_NUL = 1e-6


@dataclass(frozen=True)
class Cijfer:
    """One quantity at one moment: with the measures, without them, and the difference.

    Attributes
    ----------
    met, zonder, verschil : figures with their bands; `zonder` and `verschil` are equal to `met`
        and zero for a reference
    onzeker : the direction of the difference is unsure
    """

    met: Band
    zonder: Band
    verschil: Band
    onzeker: bool


def onthoud(functie: Callable[Concatenate[Rapport, P], T]) -> Callable[Concatenate[Rapport, P], T]:
    """Keep the answer about a report on the report: every sheet of a batch asks for the same."""

    @functools.wraps(functie)
    def vraag(rapport: Rapport, /, *args: P.args, **sleutels: P.kwargs) -> T:
        plek = (functie.__qualname__, args, tuple(sleutels.items()))
        if plek not in rapport.onthouden:
            rapport.onthouden[plek] = functie(rapport, *args, **sleutels)
        antwoord: T = rapport.onthouden[plek]
        return antwoord

    return vraag


@dataclass(frozen=True)
class Rapport:
    """One scenario, ready to report on.

    Attributes
    ----------
    register : all parameters
    naam : name of the scenario
    resultaat : result of the scenario
    referentie : result of its reference; None for a reference
    uitleg : the report has a chapter that explains its figures (`hoofdcijfers`), so every figure
        links to it
    """

    register: Register
    naam: str
    resultaat: Resultaat
    referentie: Resultaat | None
    uitleg: bool = False

    @property
    def scenario(self) -> Scenario:
        """Text and measures of the scenario."""
        return self.register.scenario(self.naam)

    @property
    def is_referentie(self) -> bool:
        """True when there is nothing to compare with."""
        return self.referentie is None

    @property
    def wetten(self) -> list[str]:
        """Laws of the measures of the scenario, in the order of the scenario."""
        maatregelen = self.register.maatregelen
        return list(dict.fromkeys(maatregelen[s.maatregel].wet for s in self.scenario.maatregelen))

    @functools.cached_property
    def onthouden(self) -> dict[object, Any]:
        """Answers that were worked out before; see `onthoud`."""
        return {}

    @functools.cached_property
    def aannamelijst(self) -> pd.DataFrame:
        """All assumptions of the scenario and its reference."""
        return aannamelijst(self.register, self.naam)

    @functools.cached_property
    def perioden(self) -> list[str]:
        """Half-years of the result."""
        return list(self.reeks("kosten_totaal", betaler="gemeente")["periode"])

    @property
    def jaren(self) -> list[int]:
        """Calendar years that lie in the result with both halves."""
        perioden = set(self.perioden)
        alle = sorted({int(p[:4]) for p in perioden})
        return [j for j in alle if {f"{j}-I", f"{j}-II"} <= perioden]

    @property
    def peiljaren(self) -> list[int]:
        """Three years that tables show: the third, the fifth and the last."""
        jaren = self.jaren
        return sorted({jaren[min(2, len(jaren) - 1)], jaren[min(4, len(jaren) - 1)], jaren[-1]})

    @property
    def peiljaar(self) -> int:
        """Year that sentences and comparisons speak about: the fifth."""
        jaren = self.jaren
        return jaren[min(4, len(jaren) - 1)]

    def tabel(self, niveau: str) -> pd.DataFrame:
        """All figures of a level, sorted by gemeente, grootheid, betaler and half-year."""
        return self._stand(niveau).tabel()

    def _stand(self, niveau: str) -> Stand:
        vergelijkbaar = self.referentie is not None and not self.scenario.context
        ander = str(self.referentie.map) if self.referentie and vergelijkbaar else None
        return lees_stand(str(self.resultaat.map), ander, niveau)

    def _plaats(self, stand: Stand, gemeente: str, grootheid: str, betaler: str) -> slice:
        try:
            return stand.plaatsen[gemeente, grootheid, betaler]
        except KeyError:
            wat = f"grootheid '{grootheid}' (betaler '{betaler}') van '{gemeente}'"
            raise KeyError(f"het resultaat van '{self.naam}' heeft geen {wat}") from None

    def lees_tabellen(self) -> None:
        """Read the figures of every level now, instead of when they are first asked for."""
        for niveau in NIVEAUS:
            self._stand(niveau)

    def reeks(
        self,
        grootheid: str,
        gemeente: str = NEDERLAND,
        niveau: str = "nationaal",
        betaler: str = "",
    ) -> pd.DataFrame:
        """All half-years of one quantity.

        Raises
        ------
        KeyError
            The result holds no such quantity, group or payer.
        """
        stand = self._stand(niveau)
        self._plaats(stand, gemeente, grootheid, betaler)
        return stand.rijen((gemeente, grootheid, betaler))

    def kanten(
        self, sleutel: tuple[str, str], periode: str, gemeente: str, niveau: str, verschil: bool
    ) -> tuple[float, float, float]:
        """Middle, low and high of a quantity and payer in one half-year."""
        stand = self._stand(niveau)
        plaats = self._plaats(stand, gemeente, *sleutel)
        rij = plaats.start + stand.perioden[plaats].index(periode)
        midden, laag, hoog = stand.waarden[rij, list(ROL).index("verschil" if verschil else "met")]
        return float(midden), float(laag), float(hoog)

    def verschillen(
        self, sleutel: tuple[str, str], gemeente: str
    ) -> Iterator[tuple[str, list[float], bool]]:
        """Half-year, difference (middle, low, high) and whether its direction is unsure."""
        stand = self._stand("gemeente")
        plaats = self._plaats(stand, gemeente, *sleutel)
        kanten = stand.waarden[plaats, list(ROL).index("verschil")].tolist()
        onzeker = stand.onzeker[plaats].tolist()
        return zip(stand.perioden[plaats], kanten, onzeker, strict=True)

    def groepen(self, niveau: str) -> list[str]:
        """Names of the groups of a level, in the order of the result."""
        return list(dict.fromkeys(gemeente for gemeente, _, _ in self._stand(niveau).plaatsen))

    def cijfer(
        self,
        grootheid: str,
        jaar: int,
        gemeente: str = NEDERLAND,
        niveau: str = "nationaal",
        betaler: str = "",
    ) -> Cijfer:
        """One quantity in a year: a stock at its end, a flow or cost added up over both halves.

        The band of a year is the sum of the bands of its halves; that is rather too wide than too
        narrow.
        """
        stand = self._stand(niveau)
        plaats = self._plaats(stand, gemeente, grootheid, betaler)
        soort = GROOTHEDEN[grootheid]
        helften = ("II",) if soort.soort == "voorraad" else ("I", "II")
        gezocht = [f"{jaar}-{helft}" for helft in helften]
        rijen = [rij for rij in range(plaats.start, plaats.stop) if stand.perioden[rij] in gezocht]
        if len(rijen) != len(helften):
            raise KeyError(f"jaar {jaar} ligt buiten het resultaat van '{self.naam}'")
        eenheid = jaareenheid(soort)
        som = stand.waarden[rijen].sum(axis=0)
        banden = [_band(drietal, eenheid, niveau == "gemeente") for drietal in som]
        met, verschil, zonder = banden
        onzeker = bool(stand.onzeker[rijen].any()) and verschil.laag < 0 < verschil.hoog
        return Cijfer(met, zonder, verschil, onzeker)

    def inwoners(self, niveau: str = "nationaal", groep: str = NEDERLAND) -> float:
        """Inhabitants of a group on 1 January 2025."""
        return float(_inwoners(self, niveau)[groep])


@onthoud
def _inwoners(rapport: Rapport, niveau: str) -> pd.Series:
    return inwoners_per_groep(rapport.register, niveau)


def jaareenheid(grootheid: Grootheid) -> str:
    """Unit of a quantity over a year: euro per half-year becomes euro."""
    return "euro" if grootheid.soort == "kosten" else grootheid.eenheid


def _band(drietal: Waarden, eenheid: str, klein: bool) -> Band:
    midden, laag, hoog = (0.0 if abs(w) < MARGE_NUL else float(w) for w in drietal)
    return Band(midden, laag, hoog, eenheid, klein)


@functools.lru_cache(maxsize=1)
def _register(map_: str, toestand: tuple[tuple[str, int, int], ...], dag: date) -> Register:
    return laad_register(Path(map_), dag)


def lees_register() -> Register:
    """Load the register; read again only when a file changed since."""
    map_ = str(vind_map())
    return _register(map_, tuple(sorted(_standen(map_))), peildag())


def _standen(map_: str) -> Iterator[tuple[str, int, int]]:
    """Name, time and size of every file in a folder and in the folders below it."""
    with os.scandir(map_) as inhoud:
        for deel in inhoud:
            if deel.is_dir(follow_symlinks=False):
                yield from _standen(deel.path)
            elif deel.is_file():
                stand = deel.stat()
                yield deel.path, stand.st_mtime_ns, stand.st_size


def inwoners_per_groep(register: Register, niveau: str) -> pd.Series:
    """Inhabitants on 1 January 2025 per group of a level."""
    gemeenten = register.gemeenten
    inwoners = gemeenten["inwoners_2025"]
    if niveau == "nationaal":
        return pd.Series({NEDERLAND: inwoners.sum()})
    if niveau == "gemeente":
        return inwoners
    if niveau == "stedelijkheid":
        return inwoners.groupby(gemeenten["stedelijkheid_2024"].map(STEDELIJKHEID)).sum()
    return inwoners.groupby(gemeenten[niveau]).sum()


_GEOPEND: dict[object, Rapport] = {}
"""The reports that were opened last."""
MEESTE_GEOPEND = 2
"""A sheet opens its scenario with the chapter that explains, and its tables without."""


def open_rapport(
    scenario: str, instelling: Instelling | None = None, uitleg: bool = False
) -> Rapport:
    """Open everything that a report about a scenario needs.

    Parameters
    ----------
    uitleg : the report has a chapter that explains its figures

    Raises
    ------
    ResultaatOntbreekt
        The scenario or its reference has not been computed.
    OnbekendScenario
        With the nearest name.
    """
    register = lees_register()
    plek = (scenario, instelling, uitleg, resultatenmap(register))
    rapport = _GEOPEND.get(plek)
    if rapport is None or rapport.register is not register or not rapport.resultaat.map.is_dir():
        basis = register.scenario(scenario).referentie
        rapport = Rapport(
            register=register,
            naam=scenario,
            resultaat=open_resultaat(scenario, register, instelling),
            referentie=None if basis is None else open_resultaat(basis, register, instelling),
            uitleg=uitleg,
        )
        if len(_GEOPEND) >= MEESTE_GEOPEND:
            del _GEOPEND[next(iter(_GEOPEND))]
        _GEOPEND[plek] = rapport
    return rapport
