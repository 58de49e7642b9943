"""The shape of the form: which cell holds what, its version, and its content key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from impact.registry.eigenmodellen import Eigenvraag
from impact.registry.laden import Register

VERSIE = 1
"""Goes up when a cell moves or a question changes its meaning; older forms are refused."""
BLAD, LEES_MIJ = "Eigen cijfers", "Lees mij"
CEL_GEMEENTE, CEL_NAAM, CEL_VERSIE, CEL_SLEUTEL = "B4", "C4", "B5", "B6"
CEL_AFZENDER, CEL_INGEVULD = "B7", "B8"
KOPRIJ, EERSTE_RIJ = 10, 11
LAATSTE_RIJ = EERSTE_RIJ + 40
"""No form has as many questions; what stands below this row is not looked at."""
KOLOMMEN = {
    "naam": "A",
    "titel": "B",
    "vraag": "C",
    "eenheid": "D",
    "ons_midden": "E",
    "ons_laag": "F",
    "ons_hoog": "G",
    "midden": "H",
    "laag": "I",
    "hoog": "J",
    "datum": "K",
    "herkomst": "L",
    "opmerking": "M",
}
VAST = ("naam", "titel", "vraag", "eenheid", "ons_midden", "ons_laag", "ons_hoog")
"""Columns that the municipality does not fill in."""
INVUL = ("midden", "laag", "hoog", "datum", "herkomst", "opmerking")
SCHATTING = "Schatting"
HERKOMSTEN = ("Eigen registratie", "Jaarverslag of verantwoording", "Brief of besluit", SCHATTING)
PROCENT = "procent"
KANTEN = ("midden", "laag", "hoog")
DECIMALEN = {"fte": 1, "aandeel": 2}


@dataclass(frozen=True)
class Regel:
    """One question on the form of one municipality, with our own figure rounded for it."""

    naam: str
    vraag: Eigenvraag
    midden: float
    laag: float
    hoog: float

    @property
    def eenheid(self) -> str:
        """Unit as the municipality sees it."""
        return PROCENT if self.vraag.eenheid == "aandeel" else self.vraag.eenheid

    @property
    def vast(self) -> tuple[str | float, ...]:
        """Contents of the fixed cells, in the order of VAST."""
        tekst = (self.naam, self.vraag.titel, self.vraag.vraag, self.eenheid)
        return (*tekst, self.midden, self.laag, self.hoog)

    @property
    def zonder_uitleg(self) -> tuple[float, float]:
        """Lowest and highest answer that needs no remark."""
        factor, erbij = self.vraag.marge.factor, self.vraag.marge.erbij
        laag, hoog = min(self.laag, self.midden), max(self.hoog, self.midden)
        onder = laag / factor if laag > 0 else laag * factor
        boven = hoog * factor if hoog > 0 else hoog / factor
        laagste, hoogste = self.vraag.grenzen
        return max(laagste, onder - erbij), min(hoogste, boven + erbij)


@dataclass(frozen=True)
class Vorm:
    """The form of one municipality, empty."""

    code: str
    naam: str
    regels: tuple[Regel, ...]

    @property
    def sleutel(self) -> str:
        """Content key: changes with our figures and with the questions."""
        return sleutel_van(self.code, (regel.vast for regel in self.regels))


def vorm_van(register: Register, onze: pd.DataFrame, code: str) -> Vorm:
    """Form of a municipality.

    Parameters
    ----------
    onze : as from `impact.analysis.eigenoverzicht.onze_cijfers`
    """
    eigen = onze.loc[code]
    regels = []
    for naam, vraag in register.eigenvragen.items():
        if naam in eigen.index:
            cijfers = DECIMALEN.get(vraag.eenheid, 0)
            rij = dict(eigen.loc[naam].astype(float).round(cijfers))
            midden, laag, hoog = (rij[kant] + 0.0 for kant in KANTEN)
            regels.append(Regel(naam, vraag, midden, laag, hoog))
    return Vorm(code, str(register.gemeenten.at[code, "gemeentenaam"]), tuple(regels))


def sleutel_van(code: str, regels: Iterable[Iterable[object]]) -> str:
    """Hash of the fixed cells; numbers count up to six digits."""
    inhoud = [[_cel(waarde) for waarde in regel] for regel in regels]
    tekst = json.dumps([VERSIE, code, inhoud], ensure_ascii=False)
    return hashlib.sha256(tekst.encode()).hexdigest()[:12]


def _cel(waarde: object) -> str:
    if isinstance(waarde, int | float) and not isinstance(waarde, bool):
        return f"{waarde:.6g}"
    return "" if waarde is None else str(waarde)


def cel(kolom: str, rij: int) -> str:
    """Address of a cell by the name of its column."""
    return f"{KOLOMMEN[kolom]}{rij}"
