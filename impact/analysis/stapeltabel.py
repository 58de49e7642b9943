"""Tables of a stapeling: from the draws of all blocks to means and bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from impact.analysis.ensemble import Opdracht
from impact.analysis.groepen import NIVEAUS, indeling
from impact.analysis.samenvatten import Trekking, banden, gemiddelde
from impact.analysis.stapelschrijver import volle_jaren
from impact.analysis.stapelspelers import Verdeling
from impact.analysis.uitkomsten import eenheid_van
from impact.model.grootheden import GROOTHEDEN, SLEUTELS, Sleutel
from impact.model.reeksen import Reeks
from impact.registry.uitkomstmodellen import Uitkomst

LOS, AANDEEL, WISSELWERKING, SAMEN = "los", "aandeel", "wisselwerking", "samen"
CIJFERS = ("midden", "laag", "hoog", "richting_onzeker")
KAN_LEEG = {
    "gemeenten": (
        *("grootheid", "betaler", "eenheid", "soort", "onderdeel", "niveau", "gemeente", "jaar"),
        *CIJFERS,
    ),
    "paren": ("grootheid", "betaler", "eenheid", "een", "ander", "periode", *CIJFERS),
    "uitkomstparen": ("uitkomst", "eenheid", "een", "ander", *CIJFERS),
}
"""Columns of the tables that have no rows when there is one law, or less than a year."""
As = Sequence[Mapping[str, str]]
"""One axis of an array: for each position the words in one or more columns."""


@dataclass(frozen=True)
class Namen:
    """Words of all tables, the same for every quantity.

    Attributes
    ----------
    spelers : names of the laws, in the order of the arrays
    rijen : level and name of every municipality, then of every group
    perioden : half-years
    uitkomsten : named outcomes
    """

    spelers: tuple[str, ...]
    rijen: tuple[tuple[str, str], ...]
    perioden: tuple[str, ...]
    jaren: tuple[str, ...]
    uitkomsten: Mapping[str, Uitkomst]

    def onderdelen(self, welke: Sequence[int]) -> list[dict[str, str]]:
        """Rows of the effects of some players, in the order of `Spel.effecten`."""
        namen = [self.spelers[n] for n in welke]
        return [
            *({"soort": LOS, "onderdeel": naam} for naam in namen),
            *({"soort": AANDEEL, "onderdeel": naam} for naam in namen),
            {"soort": WISSELWERKING, "onderdeel": WISSELWERKING},
            {"soort": SAMEN, "onderdeel": SAMEN},
        ]

    def woorden(self) -> dict[str, list[str]]:
        """All words that each column can hold."""
        grootheden = GROOTHEDEN.values()
        eenheden = {g.eenheid for g in grootheden}
        eenheden |= {eenheid_van(u) for u in self.uitkomsten.values()}
        spelers = [*self.spelers]
        return {
            "niveau": list(NIVEAUS),
            "gemeente": sorted({naam for _, naam in self.rijen}),
            "periode": list(self.perioden),
            "jaar": list(self.jaren),
            "grootheid": list(GROOTHEDEN),
            "betaler": sorted({betaler for _, betaler in SLEUTELS}),
            "uitkomst": list(self.uitkomsten),
            "eenheid": sorted(eenheden),
            "soort": [LOS, AANDEEL, WISSELWERKING, SAMEN],
            "onderdeel": [*spelers, WISSELWERKING, SAMEN],
            "een": spelers,
            "ander": spelers,
        }


def maak_namen(
    opdracht: Opdracht, verdeling: Verdeling, uitkomsten: Mapping[str, Uitkomst]
) -> Namen:
    """Words for the tables of a run."""
    rijen = indeling(opdracht.register.gemeenten)
    return Namen(
        spelers=tuple(speler.naam for speler in verdeling.spelers),
        rijen=tuple(zip(rijen.niveaus, rijen.namen, strict=True)),
        perioden=tuple(str(p) for p in opdracht.perioden),
        jaren=tuple(str(jaar) for jaar in volle_jaren(opdracht.perioden)),
        uitkomsten=uitkomsten,
    )


def statistiek(trekkingen: Reeks) -> dict[str, Trekking]:
    """Mean and band over the draws (axis 0); the middle draw is left out."""
    if not trekkingen.any():
        nul: Trekking = np.zeros(trekkingen.shape[1:])
        return {"midden": nul, "laag": nul, "hoog": nul}
    laag, hoog = banden(trekkingen)
    return {"midden": gemiddelde(trekkingen), "laag": laag, "hoog": hoog}


def uitgebreid(
    cijfers: Mapping[str, Trekking], welke: Sequence[int], alle: int
) -> dict[str, Trekking]:
    """Add the players that do not reach a quantity: their effect is exactly zero."""
    plekken = [*welke, *(alle + n for n in welke), 2 * alle, 2 * alle + 1]
    breed: dict[str, Trekking] = {}
    for naam, reeks in cijfers.items():
        breed[naam] = np.zeros((2 * alle + 2, *reeks.shape[1:]))
        breed[naam][plekken] = reeks
    return breed


def als_tabel(
    vast: Mapping[str, str],
    assen: Sequence[As],
    cijfers: Mapping[str, Trekking],
    woorden: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Tidy table of arrays whose axes are described in words.

    Parameters
    ----------
    vast : columns with the same word in every row
    assen : words for every axis
    cijfers : columns with numbers, arrays with these axes
    woorden : all words that a column can hold
    """
    vorm = tuple(len(as_) for as_ in assen)
    kolommen: dict[str, object] = {}
    for naam, woord in vast.items():
        code = np.full(int(np.prod(vorm)), woorden[naam].index(woord))
        kolommen[naam] = pd.Categorical.from_codes(code, categories=pd.Index(woorden[naam]))
    for nummer, as_ in enumerate(assen):
        for naam in as_[0]:
            codes = np.array([woorden[naam].index(plek[naam]) for plek in as_])
            rek = codes.reshape([-1 if n == nummer else 1 for n in range(len(vorm))])
            code = np.broadcast_to(rek, vorm).ravel()
            kolommen[naam] = pd.Categorical.from_codes(code, categories=pd.Index(woorden[naam]))
    kolommen |= {naam: reeks.ravel() for naam, reeks in cijfers.items()}
    kolommen["richting_onzeker"] = ((cijfers["laag"] < 0) & (cijfers["hoog"] > 0)).ravel()
    return pd.DataFrame(kolommen)


def lees(paden: Sequence[Path], naam: str) -> Reeks | None:
    """One array of all draws; None where no player reaches the quantity."""
    delen = []
    for pad in paden:
        with np.load(pad) as inhoud:
            if naam not in inhoud:
                return None
            delen.append(inhoud[naam])
    return np.concatenate(delen)


def welke_spelers(paden: Sequence[Path], naam: str) -> list[int]:
    """Numbers of the players that reach a quantity."""
    spelers = lees(paden[:1], f"spelers-{naam}")
    return [] if spelers is None else [int(n) for n in spelers]


def tabellen_van_grootheid(
    paden: Sequence[Path], sleutel: Sleutel, namen: Namen
) -> dict[str, pd.DataFrame]:
    """Tables of one quantity: groups, municipalities and pairs."""
    naam = f"{sleutel[0]}-{sleutel[1]}"
    grootheid, woorden = GROOTHEDEN[sleutel[0]], namen.woorden()
    vast = {"grootheid": sleutel[0], "betaler": sleutel[1], "eenheid": grootheid.eenheid}
    gemeenten = [rij for rij in namen.rijen if rij[0] == "gemeente"]
    groepen = namen.rijen[len(gemeenten) :] if grootheid.gemeentelijk else (("nationaal", "NL"),)
    perioden = [{"periode": p} for p in namen.perioden]
    spelers, alle = welke_spelers(paden, naam), len(namen.spelers)
    groep = lees(paden, f"groep-{naam}")
    if groep is None:
        groep = np.zeros((1, 2, len(groepen), len(perioden)))
    assen = [namen.onderdelen(range(alle)), _rijen(groepen), perioden]
    cijfers = uitgebreid(statistiek(groep), spelers, alle)
    tabellen = {"groepen": als_tabel(vast, assen, cijfers, woorden)}
    per_jaar, paar = lees(paden, f"gemeente-{naam}"), lees(paden, f"paar-{naam}")
    if per_jaar is not None and namen.jaren:
        jaren = [{"jaar": jaar} for jaar in namen.jaren]
        assen = [namen.onderdelen(spelers)[len(spelers) :], _rijen(gemeenten), jaren]
        tabellen["gemeenten"] = als_tabel(vast, assen, statistiek(per_jaar), woorden)
    if paar is not None and len(spelers) > 1:
        een, ander = np.triu_indices(len(spelers), 1)
        assen = [_paren(namen, spelers), perioden]
        tabellen["paren"] = als_tabel(vast, assen, statistiek(paar[:, een, ander]), woorden)
    return tabellen


def tabellen_van_uitkomst(
    paden: Sequence[Path], naam: str, namen: Namen
) -> dict[str, pd.DataFrame]:
    """Tables of one named outcome: all rows, and pairs in the country."""
    uitkomst, woorden = namen.uitkomsten[naam], namen.woorden()
    vast = {"uitkomst": naam, "eenheid": eenheid_van(uitkomst)}
    gemeentelijk = GROOTHEDEN[uitkomst.grootheid].gemeentelijk
    rijen = namen.rijen if gemeentelijk else (("nationaal", "NL"),)
    spelers, alle = welke_spelers(paden, naam), len(namen.spelers)
    effect, paar = lees(paden, f"uitkomst-{naam}"), lees(paden, f"uitkomstpaar-{naam}")
    if effect is None or paar is None:
        effect, paar = np.zeros((1, 2, len(rijen))), np.zeros((1, 0, 0))
    matrix = np.zeros((len(paar), alle, alle))
    matrix[:, np.array(spelers, dtype=int)[:, np.newaxis], spelers] = paar
    cijfers = uitgebreid(statistiek(effect), spelers, alle)
    assen = [namen.onderdelen(range(alle)), _rijen(rijen)]
    tabellen = {"uitkomsten": als_tabel(vast, assen, cijfers, woorden)}
    if alle > 1:
        een, ander = np.triu_indices(alle, 1)
        assen = [_paren(namen, range(alle))]
        tabellen["uitkomstparen"] = als_tabel(
            vast, assen, statistiek(matrix[:, een, ander]), woorden
        )
    return tabellen


def _rijen(rijen: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"niveau": niveau, "gemeente": naam} for niveau, naam in rijen]


def _paren(namen: Namen, spelers: Sequence[int]) -> list[dict[str, str]]:
    een, ander = np.triu_indices(len(spelers), 1)
    return [
        {"een": namen.spelers[spelers[int(a)]], "ander": namen.spelers[spelers[int(b)]]}
        for a, b in zip(een, ander, strict=True)
    ]


def tabellen(
    paden: Sequence[Path], verdeling: Verdeling, namen: Namen, uitvoerder: Executor
) -> dict[str, pd.DataFrame]:
    """All tables of a stapeling, from the files of the blocks of draws.

    Returns
    -------
    groepen : every quantity, country and groups, per half-year
    gemeenten : shares, interaction and joint effect per municipality and calendar year; a law that
        cannot reach a quantity has no rows there: its share is zero
    uitkomsten : named outcomes, every municipality and group
    paren, uitkomstparen : interaction of every two laws in the country
    spelers : the laws, their titles and measures

    All with ``soort`` (los, aandeel, wisselwerking, samen), ``onderdeel`` (the law), ``eenheid``,
    ``midden``, ``laag``, ``hoog`` and ``richting_onzeker``.
    """
    taken = [uitvoerder.submit(tabellen_van_grootheid, paden, s, namen) for s in SLEUTELS]
    taken += [uitvoerder.submit(tabellen_van_uitkomst, paden, u, namen) for u in namen.uitkomsten]
    delen: dict[str, list[pd.DataFrame]] = {}
    for taak in taken:
        for naam, tabel in taak.result().items():
            delen.setdefault(naam, []).append(tabel)
    spelers = pd.DataFrame(
        [
            {"onderdeel": s.naam, "titel": s.titel, "maatregelen": ", ".join(s.maatregelen)}
            for s in verdeling.spelers
        ]
    )
    leeg = {naam: pd.DataFrame(columns=list(kolommen)) for naam, kolommen in KAN_LEEG.items()}
    vol = {naam: pd.concat(deel, ignore_index=True) for naam, deel in delen.items()}
    return leeg | vol | {"spelers": spelers}
