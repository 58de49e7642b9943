"""What a report reads: register, stored result, and the right figure at the right moment."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from impact.analysis.groepen import STEDELIJKHEID
from impact.analysis.opslag import Instelling, Resultaat, open_resultaat
from impact.model.grootheden import GROOTHEDEN, Grootheid
from impact.registry.laden import Register, laad_register, peildag, vind_map
from impact.registry.modellen import Scenario
from impact.reporting.getallen import Band

SLEUTELS = ["gemeente", "periode", "grootheid", "betaler"]
NEDERLAND = "NL"
ROL = {"met": "", "verschil": "verschil_", "zonder": "zonder_"}
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
        """All figures of a level, sorted and indexed by gemeente, grootheid and betaler."""
        vergelijkbaar = self.referentie is not None and not self.scenario.context
        ander = str(self.referentie.map) if self.referentie and vergelijkbaar else None
        return _tabel(str(self.resultaat.map), ander, niveau)

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
        tabel = self.tabel(niveau)
        try:
            return tabel.loc[[(gemeente, grootheid, betaler)]].reset_index()
        except KeyError:
            wat = f"grootheid '{grootheid}' (betaler '{betaler}') van '{gemeente}'"
            raise KeyError(f"het resultaat van '{self.naam}' heeft geen {wat}") from None

    def groepen(self, niveau: str) -> list[str]:
        """Names of the groups of a level, in the order of the result."""
        return list(dict.fromkeys(self.tabel(niveau).index.get_level_values("gemeente")))

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
        reeks = self.reeks(grootheid, gemeente, niveau, betaler)
        soort = GROOTHEDEN[grootheid]
        helften = ("II",) if soort.soort == "voorraad" else ("I", "II")
        rijen = reeks[reeks["periode"].isin([f"{jaar}-{helft}" for helft in helften])]
        if len(rijen) != len(helften):
            raise KeyError(f"jaar {jaar} ligt buiten het resultaat van '{self.naam}'")
        eenheid = jaareenheid(soort)
        som = rijen.drop(columns=["gemeente", "periode", "grootheid", "betaler"]).sum()
        banden = {rol: _band(som, voor, eenheid, niveau == "gemeente") for rol, voor in ROL.items()}
        verschil = banden["verschil"]
        return Cijfer(
            banden["met"],
            banden["zonder"],
            verschil,
            bool(rijen["richting_onzeker"].any()) and verschil.laag < 0 < verschil.hoog,
        )

    def inwoners(self, niveau: str = "nationaal", groep: str = NEDERLAND) -> float:
        """Inhabitants of a group on 1 January 2025."""
        return float(inwoners_per_groep(self.register, niveau)[groep])


def jaareenheid(grootheid: Grootheid) -> str:
    """Unit of a quantity over a year: euro per half-year becomes euro."""
    return "euro" if grootheid.soort == "kosten" else grootheid.eenheid


def _band(som: pd.Series, voor: str, eenheid: str, klein: bool) -> Band:
    waarden = [float(som[f"{voor}{kant}"]) for kant in ("midden", "laag", "hoog")]
    nette = [0.0 if abs(w) < MARGE_NUL else w for w in waarden]
    return Band(nette[0], nette[1], nette[2], eenheid, klein)


@functools.lru_cache(maxsize=12)
def _tabel(map_: str, referentiemap: str | None, niveau: str) -> pd.DataFrame:
    """Level, difference and reference of one level beside each other.

    The middle of the reference is the middle of the scenario minus the difference, so that the
    three always add up; its band is read from the stored result of the reference. Without one (a
    reference, or a scenario with a context of its own) the reference is shown without a band.
    """
    resultaat = Resultaat(Path(map_))
    kanten = ["midden", "laag", "hoog"]
    tabel = resultaat.tabel(niveau).set_index(SLEUTELS)[kanten]
    verschil = resultaat.verschil(niveau).set_index(SLEUTELS)
    for kant in kanten:
        tabel[f"verschil_{kant}"] = verschil[kant]
    tabel["richting_onzeker"] = verschil["richting_onzeker"]
    tabel["zonder_midden"] = tabel["midden"] - tabel["verschil_midden"]
    tabel["zonder_laag"] = tabel["zonder_hoog"] = tabel["zonder_midden"]
    if referentiemap is not None:
        basis = Resultaat(Path(referentiemap)).tabel(niveau).set_index(SLEUTELS)
        tabel["zonder_laag"], tabel["zonder_hoog"] = basis["laag"], basis["hoog"]
    tabel = tabel.reset_index().set_index(["gemeente", "grootheid", "betaler"])
    return tabel.sort_index(kind="stable")


@functools.lru_cache(maxsize=1)
def _register(map_: str, toestand: tuple[tuple[str, int, int], ...], dag: date) -> Register:
    return laad_register(Path(map_), dag)


def lees_register() -> Register:
    """Load the register; read again only when a file changed since."""
    map_ = vind_map()
    bestanden = sorted(pad for pad in map_.rglob("*") if pad.is_file())
    standen = [(pad.as_posix(), pad.stat()) for pad in bestanden]
    toestand = tuple((naam, stand.st_mtime_ns, stand.st_size) for naam, stand in standen)
    return _register(str(map_), toestand, peildag())


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
    basis = register.scenario(scenario).referentie
    return Rapport(
        register=register,
        naam=scenario,
        resultaat=open_resultaat(scenario, register, instelling),
        referentie=None if basis is None else open_resultaat(basis, register, instelling),
        uitleg=uitleg,
    )
