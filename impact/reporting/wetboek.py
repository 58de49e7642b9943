"""A law with everything that a notebook about it reads."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.wetproef import (
    SAMEN,
    Proef,
    bereken_wetproef,
    bereken_wetwaarden,
    hoofdscenario,
    proeven,
)
from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.registry.modellen import Bron, Getal, Maatregel, Verandering, Wet
from impact.reporting.getallen import Band, eenheidwoord, onafgerond
from impact.reporting.opmaak import Html, anker, element
from impact.reporting.rapport import jaareenheid, lees_register

ALLES = "Alle maatregelen samen"


@dataclass(frozen=True)
class Effect:
    """What a measure does to one outcome."""

    maatregel: str
    band: Band
    onzeker: bool


@dataclass(frozen=True)
class Wetboek:
    """One law, its measures tried alone, and the register that both come from.

    Attributes
    ----------
    naam : name of the law in the parameters
    proef : from `impact.analysis.wetproef.bereken_wetproef`
    """

    register: Register
    naam: str
    proef: Analyse

    @property
    def wet(self) -> Wet:
        """Text and measures of the law."""
        return self.register.wetten[self.naam]

    @functools.cached_property
    def proeven(self) -> list[Proef]:
        """How every measure is tried."""
        return proeven(self.register, self.naam)

    @property
    def scenario(self) -> str | None:
        """Scenario with the most measures of this law; None when it is in none."""
        return hoofdscenario(self.register, [p for p in self.proeven if p.maatregel != SAMEN])

    @property
    def geheel(self) -> Proef | None:
        """Trial of the law as a whole, or of its only measure."""
        return self.proeven[-1] if self.proeven else None

    @property
    def peiljaar(self) -> int:
        """Year that figures speak about."""
        return int(self.proef.manifest["peiljaar"])

    @property
    def trekkingen(self) -> int:
        """Draws behind the bands."""
        return int(self.proef.manifest["vraag"]["trekkingen"])

    def titel(self, maatregel: str) -> str:
        """Name of a measure in a text."""
        return self.register.maatregelen[maatregel].titel if maatregel != SAMEN else ALLES

    def uitkomst(self, naam: str) -> list[Effect]:
        """Effect of every measure alone on a named outcome, and of the law as a whole."""
        tabel = self.proef.tabel("uitkomsten")
        return [
            Effect(rij["maatregel"], _band(rij, rij["eenheid"]), bool(rij["richting_onzeker"]))
            for rij in tabel[tabel["uitkomst"] == naam].to_dict("records")
        ]

    def grootheden(self, maatregel: str) -> dict[tuple[str, str], Effect]:
        """Difference of every quantity of the country in the peil year by one measure."""
        tabel = self.proef.tabel("grootheden")
        return {
            (rij["grootheid"], rij["betaler"]): Effect(
                maatregel,
                _band(rij, jaareenheid(GROOTHEDEN[rij["grootheid"]])),
                bool(rij["richting_onzeker"]),
            )
            for rij in tabel[tabel["maatregel"] == maatregel].to_dict("records")
        }

    @functools.cached_property
    def _waarden(self) -> Analyse:
        zaad = int(self.proef.manifest["vraag"]["zaad"])
        return bereken_wetwaarden(self.register, self.naam, Instelling(zaad=zaad))

    def waarden(self, uitkomst: str) -> pd.DataFrame:
        """Uncertain values that move a named outcome, the strongest first.

        Returns
        -------
        DataFrame with index waarde and columns midden, laag, hoog, zwaai
        """
        tabel = self._waarden.tabel("waarden")
        tabel = tabel[tabel["uitkomst"] == uitkomst]
        breed = tabel.pivot_table("anders", "waarde", "kant", sort=False)
        if breed.empty:
            return pd.DataFrame(columns=["midden", "laag", "hoog", "zwaai"])
        breed["midden"] = float(tabel["midden"].iloc[0])
        breed["zwaai"] = breed[["midden", "laag", "hoog"]].max(axis=1) - breed[
            ["midden", "laag", "hoog"]
        ].min(axis=1)
        breed = breed[breed["zwaai"] > 0.0].sort_values("zwaai", ascending=False, kind="stable")
        return breed[["midden", "laag", "hoog", "zwaai"]]

    def veranderingen(self) -> Iterator[tuple[str, Maatregel, int, Verandering]]:
        """All changes of all measures: name of the measure, measure, number and change."""
        for naam, maatregel in self.wet.maatregelen.items():
            for nummer, verandering in enumerate(maatregel.verandert):
                yield naam, maatregel, nummer, verandering

    def bron(self, naam: str) -> Bron:
        """Look up a source."""
        return self.register.bronnen[naam]


def _band(rij: Mapping[Hashable, Any], eenheid: str) -> Band:
    return Band(float(rij["midden"]), float(rij["laag"]), float(rij["hoog"]), eenheid)


def open_wet(naam: str, trekkingen: int) -> Wetboek:
    """Open a law and try its measures; what was computed before is looked up.

    Raises
    ------
    GeenProef
        The law does not exist.
    """
    register = lees_register()
    proef = bereken_wetproef(register, naam, Instelling(trekkingen=trekkingen))
    return Wetboek(register, naam, proef)


def bronlink(naam: str) -> Html:
    """Link to a source in the list of a notebook."""
    return element("a", "bron", href=f"#bron-{anker(naam)}")


def met_eenheid(waarde: float, eenheid: str) -> str:
    """Write a value as it stands in the file; a share or a factor needs no unit."""
    return f"{onafgerond(waarde)} {eenheidwoord(eenheid)}".strip()


def met_marge(getal: Getal) -> bool:
    """Whether a value has a range."""
    return getal.laag is not None and getal.laag != getal.hoog
