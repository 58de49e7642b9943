"""The stored order of laws, read by name: plans, roles, and figures with their bands."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from impact.analysis.opslag import Analyse
from impact.analysis.volgordeplannen import EIGEN, INEENS, OP_VOLGORDE
from impact.analysis.volgordetabellen import GEHEEL, LAAGSTE_GAT
from impact.reporting.getallen import Band

KLEINSTE = 0.01
"""Less than a hundredth of a euro, person or fte is rounding of the computer."""
Rij = dict[str, Any]


@dataclass(frozen=True)
class Uitslag:
    """The stored analysis, and the figures in it."""

    analyse: Analyse

    @property
    def manifest(self) -> dict[str, Any]:
        """Names and settings of the analysis."""
        return self.analyse.manifest

    @functools.cached_property
    def wetten(self) -> dict[str, Rij]:
        """Laws with their letter, by name."""
        return {rij["wet"]: rij for rij in self._rijen("wetten")}

    @functools.cached_property
    def plannen(self) -> dict[str, Rij]:
        """Plans, by name."""
        return {rij["plan"]: rij for rij in self._rijen("plannen")}

    @functools.cached_property
    def data(self) -> dict[tuple[str, str], str]:
        """Half-year per (plan, law)."""
        return {(rij["plan"], rij["wet"]): rij["vanaf"] for rij in self._rijen("data")}

    @functools.cached_property
    def rollen(self) -> dict[tuple[str, int], str]:
        """Plan per (role, pace)."""
        return {(rij["rol"], rij["duur"]): rij["plan"] for rij in self._rijen("rollen")}

    @functools.cached_property
    def grenzen(self) -> list[Rij]:
        """Limits with their source."""
        return self._rijen("grenzen")

    @functools.cached_property
    def _uitkomsten(self) -> dict[tuple[str, str, str], Rij]:
        rijen = self._rijen("uitkomsten")
        return {(rij["plan"], rij["uitkomst"], rij["deel"]): rij for rij in rijen}

    @functools.cached_property
    def _verschillen(self) -> dict[tuple[str, int, str, str], Rij]:
        return {
            (rij["vergelijking"], rij["duur"], rij["uitkomst"], rij["deel"]): rij
            for rij in self._rijen("verschillen")
        }

    def _rijen(self, naam: str) -> list[Rij]:
        rijen = self.analyse.tabel(naam).to_dict("records")
        return [{str(kolom): waarde for kolom, waarde in rij.items()} for rij in rijen]

    @property
    def duren(self) -> list[int]:
        """Paces for which there are orders, in half-years; empty with one law."""
        return sorted({duur for rol, duur in self.rollen if rol == LAAGSTE_GAT})

    @property
    def heeft_groepen(self) -> bool:
        """Whether the scenario holds laws that help and laws that abolish."""
        return any(naam == "eerst_alternatief" for naam, *_ in self._verschillen)

    def volgordes(self, duur: int) -> dict[str, Rij]:
        """All orders of one pace."""
        return {
            naam: rij
            for naam, rij in self.plannen.items()
            if rij["soort"] == OP_VOLGORDE and rij["duur"] == duur
        }

    def cijfer(self, plan: str, uitkomst: str, deel: str = GEHEEL) -> Band:
        """Outcome of a plan against the reference."""
        return als_band(self._uitkomsten[plan, uitkomst, deel])

    def verschil(
        self, vergelijking: str, duur: int, uitkomst: str, deel: str = GEHEEL
    ) -> tuple[Band, bool]:
        """Difference between two plans, and whether its direction is unsure."""
        rij = self._verschillen[vergelijking, duur, uitkomst, deel]
        return als_band(rij), bool(rij["richting_onzeker"])

    def titel(self, plan: str) -> str:
        """A plan in words."""
        rij = self.plannen[plan]
        if rij["soort"] == OP_VOLGORDE:
            return f"volgorde {rij['titel']} over {jaren(rij['duur'])}"
        vast = {
            INEENS: f"alles ineens in {self.manifest['begin']}",
            EIGEN: "de data van het scenario",
        }
        return vast.get(plan, f"{rij['titel']} ({jaren(rij['duur'])} ertussen)")


def als_band(rij: Rij) -> Band:
    """Figure of a row; what is only rounding of the computer is zero."""
    kanten = [float(rij[kant]) for kant in ("midden", "laag", "hoog")]
    nette = [0.0 if abs(waarde) < KLEINSTE else waarde for waarde in kanten]
    return Band(nette[0], nette[1], nette[2], str(rij["eenheid"]))


def onzeker(band: Band) -> bool:
    """Whether zero lies inside the band."""
    return band.laag < 0 < band.hoog


def kort(titel: str) -> str:
    """Name of a law without what stands between brackets."""
    return titel.partition(" (")[0]


def jaren(duur: int) -> str:
    """Half-years as a number of years in words."""
    woord = {2: "een", 4: "twee", 6: "drie", 8: "vier"}.get(duur, str(duur // 2))
    return f"{woord} jaar"
