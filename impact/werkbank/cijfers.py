"""From draws to the figures of one area: the same rule as stored results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impact.analysis.groepen import Indeling, indeling
from impact.analysis.kladblok import GEMEENTEN_PER_DEEL
from impact.analysis.samenvatten import KANTEN, cijfers, statistiek
from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.reporting.getallen import Band
from impact.reporting.rapport import Cijfer, jaareenheid
from impact.werkbank.keuze import KeuzeFout, Kijk

Draws = NDArray[np.floating]
MARGE_NUL = 1e-6
"""Below this a figure is a rounding error of the draws."""


@dataclass(frozen=True)
class Gebied:
    """Municipalities that are added up.

    Attributes
    ----------
    niveau, naam : level and name
    leden : array [gemeente], 1 for members
    """

    niveau: str
    naam: str
    leden: NDArray[np.float64]

    @property
    def klein(self) -> bool:
        """Whether small counts are not spelled out."""
        return self.niveau == "gemeente"

    def som(self, trekkingen: Draws) -> Draws:
        """Sum over the municipalities of the area, array [trekking, periode].

        Parameters
        ----------
        trekkingen : array [trekking, gemeente or 1, periode]
        """
        if trekkingen.shape[1] == 1:
            return trekkingen[:, 0]
        if self.klein:
            return trekkingen[:, int(np.argmax(self.leden))]
        totaal: Draws = np.zeros((len(trekkingen), trekkingen.shape[2]))
        for eerste in range(0, len(self.leden), GEMEENTEN_PER_DEEL):
            deel = slice(eerste, eerste + GEMEENTEN_PER_DEEL)
            totaal = totaal + self.leden[deel] @ trekkingen[:, deel]
        return totaal


def zoek_gebied(register: Register, kijk: Kijk) -> Gebied:
    """Find the area that is looked at.

    Raises
    ------
    KeuzeFout
        Unknown, with the nearest name.
    """
    rijen: Indeling = indeling(register.gemeenten)
    plaatsen = [n for n, niveau in enumerate(rijen.niveaus) if niveau == kijk.niveau]
    namen = {rijen.namen[n]: n for n in plaatsen}
    if kijk.groep not in namen:
        hulp = bedoelde(kijk.groep, namen)
        raise KeuzeFout(f"onbekend gebied '{kijk.groep}' bij '{kijk.niveau}'; {hulp}".strip("; "))
    nummer, gemeenten = namen[kijk.groep], len(register.gemeenten)
    leden = np.zeros(gemeenten)
    if kijk.niveau == "gemeente":
        leden[nummer] = 1.0
    else:
        leden = rijen.leden[nummer - gemeenten]
    return Gebied(kijk.niveau, kijk.groep, leden)


@dataclass(frozen=True)
class Verloop:
    """Figures of one quantity of one area in all half-years.

    Attributes
    ----------
    met, zonder, verschil : midden, laag and hoog, arrays [periode]
    onzeker : array [periode], the sign of the difference is unsure
    eenheid : unit
    klein : small counts are not spelled out
    """

    met: Mapping[str, Draws]
    zonder: Mapping[str, Draws]
    verschil: Mapping[str, Draws]
    onzeker: NDArray[Any]
    eenheid: str
    klein: bool

    def band(self, rol: str, plaats: int) -> Band:
        """Figure of one half-year; ``rol`` is met, zonder or verschil."""
        return self._band(rol, [plaats], self.eenheid)

    def _band(self, rol: str, plaatsen: Iterable[int], eenheid: str) -> Band:
        reeks: Mapping[str, Draws] = getattr(self, rol)
        som = [float(reeks[kant][list(plaatsen)].sum()) for kant in KANTEN]
        nette = [0.0 if abs(w) < MARGE_NUL else w for w in som]
        return Band(nette[0], nette[1], nette[2], eenheid, self.klein)

    def jaarcijfer(self, plaatsen: Iterable[int], eenheid: str) -> Cijfer:
        """Figure of a year, by the rule of the reports: the bands of the halves are added up."""
        rijen = list(plaatsen)
        banden = {rol: self._band(rol, rijen, eenheid) for rol in ("met", "zonder", "verschil")}
        verschil = banden["verschil"]
        onzeker = bool(self.onzeker[rijen].any()) and verschil.laag < 0 < verschil.hoog
        return Cijfer(banden["met"], banden["zonder"], verschil, onzeker)


def jaarplaatsen(perioden: list[Halfjaar], grootheid: str, jaar: int) -> list[int]:
    """Half-years that make up a year: the second half of a stock, both halves of a flow."""
    helften = (2,) if GROOTHEDEN[grootheid].soort == "voorraad" else (1, 2)
    return [n for n, p in enumerate(perioden) if p.jaar == jaar and p.helft in helften]


def verloop(
    sleutel: Sleutel, met: Mapping[Sleutel, Draws], zonder: Mapping[Sleutel, Draws], gebied: Gebied
) -> Verloop:
    """Figures of a quantity: level and, draw by draw, the difference with the reference.

    One draw has no band: its three lines are the same.
    """
    eigen = gebied.som(met[sleutel])
    verschil = gebied.som(met[sleutel] - zonder[sleutel])
    zonder_ = gebied.som(zonder[sleutel])
    eenheid = GROOTHEDEN[sleutel[0]].eenheid
    klein = gebied.klein and GROOTHEDEN[sleutel[0]].gemeentelijk
    if len(eigen) == 1:
        met_, basis, anders = (dict.fromkeys(KANTEN, r[0]) for r in (eigen, zonder_, verschil))
        return Verloop(met_, basis, anders, np.zeros(eigen.shape[1], dtype=bool), eenheid, klein)
    alles = cijfers(eigen[:, np.newaxis], verschil[:, np.newaxis])
    basis = statistiek(zonder_[:, np.newaxis])
    return Verloop(
        met={kant: alles[kant][0] for kant in KANTEN},
        zonder={kant: basis[kant][0] for kant in KANTEN},
        verschil={kant: alles[f"verschil_{kant}"][0] for kant in KANTEN},
        onzeker=alles["richting_onzeker"][0],
        eenheid=eenheid,
        klein=klein,
    )


@dataclass(frozen=True)
class Kaartcijfers:
    """Difference per inhabitant in every municipality, and whether its sign is unsure."""

    waarden: NDArray[np.float64]
    onzeker: NDArray[Any]


PER_TIENDUIZEND = 10_000.0


def kaartcijfers(
    sleutel: Sleutel,
    met: Mapping[Sleutel, Draws],
    zonder: Mapping[Sleutel, Draws],
    plaatsen: list[int],
    inwoners: NDArray[np.float64],
) -> Kaartcijfers:
    """Difference of a year in every municipality, per inhabitant (euro) or per 10.000 of them.

    Parameters
    ----------
    plaatsen : half-years that make up the year
    inwoners : array [gemeente]
    """
    verschil = met[sleutel][..., plaatsen] - zonder[sleutel][..., plaatsen]
    een = len(verschil) == 1
    alles = dict.fromkeys(KANTEN, verschil[0]) if een else statistiek(verschil)
    midden, laag, hoog = (alles[kant].sum(axis=1) for kant in KANTEN)
    midden = np.where(np.abs(midden) < MARGE_NUL, 0.0, midden)
    factor = 1.0 if GROOTHEDEN[sleutel[0]].soort == "kosten" else PER_TIENDUIZEND
    return Kaartcijfers(midden * factor / inwoners, (laag < 0) & (hoog > 0))


def kaarteenheid(grootheid: str) -> str:
    """Unit of the map in words."""
    eenheid = jaareenheid(GROOTHEDEN[grootheid])
    return "euro per inwoner" if eenheid == "euro" else f"{eenheid} per 10.000 inwoners"
