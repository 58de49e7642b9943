"""What is kept of every block of draws: groups per half-year, municipalities per year."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from impact.analysis.ensemble import Opdracht
from impact.analysis.groepen import Indeling, indeling
from impact.analysis.stapelblok import PIEK, spellen
from impact.analysis.stapelspelers import Verdeling
from impact.analysis.uitkomsten import sleutel_van, vat_samen, venster
from impact.analysis.uitvoerder import is_ver
from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.reeksen import Reeks
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Uitkomst

TOTAAL, NETTO = "kosten_totaal", ("netto_lasten_gemeente", "gemeente")


def volle_jaren(perioden: Sequence[Halfjaar]) -> list[int]:
    """Calendar years of which both halves lie in a run."""
    jaren = [p.jaar for p in perioden]
    return sorted({jaar for jaar in jaren if jaren.count(jaar) == 2})


def reken_blok(
    opdracht: Opdracht,
    verdeling: Verdeling,
    uitkomsten: Mapping[str, Uitkomst],
    rijen: slice,
    klad: Path,
) -> Path:
    """Compute all effects of a block of draws and keep what the tables need in a file."""
    schrijver = Blokschrijver(opdracht, uitkomsten)
    totalen: dict[Sleutel, Totaal] = {}
    for spel in spellen(opdracht, verdeling, uitkomsten, rijen):
        effecten = spel.effecten()
        for sleutel, effect in effecten.items():
            paren = spel.paren(sleutel)
            schrijver.neem(sleutel, spel.spelers, effect, paren)
            betaler = sleutel[1]
            if betaler and sleutel[0] != PIEK:
                doel = totalen.setdefault((TOTAAL, betaler), Totaal(len(verdeling.spelers)))
                doel.tel_bij(spel.spelers, effect, paren)
    for sleutel, totaal in totalen.items():
        schrijver.neem(sleutel, totaal.spelers, totaal.effect, totaal.paren)
        if sleutel == (TOTAAL, "gemeente"):
            schrijver.neem(NETTO, totaal.spelers, totaal.effect, totaal.paren)
    pad = klad / f"blok-{rijen.start:06d}.npz"
    np.savez(pad, allow_pickle=False, **schrijver.inhoud)
    return pad


def reken_blok_ver(
    opdracht: Opdracht, verdeling: Verdeling, uitkomsten: Mapping[str, Uitkomst], rijen: slice
) -> tuple[str, bytes]:
    """Compute a block on a machine without our files; name and bytes of the file come back."""
    with tempfile.TemporaryDirectory(prefix="impact-") as klad:
        pad = reken_blok(opdracht, verdeling, uitkomsten, rijen, Path(klad))
        return pad.name, pad.read_bytes()


def reken_blokken(
    opdracht: Opdracht,
    verdeling: Verdeling,
    uitkomsten: Mapping[str, Uitkomst],
    rijen: Sequence[slice],
    klad: Path,
    werkers: Executor,
) -> list[Path]:
    """Compute all blocks; their files stand in the scratch folder, wherever they were made."""
    vast = (opdracht, verdeling, uitkomsten)
    if not is_ver(werkers):
        hier = [werkers.submit(reken_blok, *vast, blok, klad) for blok in rijen]
        return [taak.result() for taak in hier]
    paden = []
    elders = [werkers.submit(reken_blok_ver, *vast, blok) for blok in rijen]
    for taak in elders:
        naam, ruw = taak.result()
        (klad / naam).write_bytes(ruw)
        paden.append(klad / naam)
    return paden


class Totaal:
    """Sum over cost lines: its effects are the sums of theirs, over all players."""

    def __init__(self, spelers: int) -> None:
        self.spelers = list(range(spelers))
        self.effect: Reeks = np.zeros(1)
        self.paren: Reeks = np.zeros(1)

    def tel_bij(self, spelers: Sequence[int], effect: Reeks, paren: Reeks) -> None:
        """Add a line that only some players reach."""
        alle = len(self.spelers)
        breed = np.zeros((effect.shape[0], 2 * alle + 2, *effect.shape[2:]))
        plekken = [*spelers, *(alle + s for s in spelers), 2 * alle, 2 * alle + 1]
        breed[:, plekken] = effect
        matrix = np.zeros((paren.shape[0], alle, alle, paren.shape[-1]))
        matrix[:, np.array(spelers)[:, np.newaxis], spelers] = paren
        self.effect = self.effect + breed
        self.paren = self.paren + matrix


class Blokschrijver:
    """What the tables need of every quantity: groups per half-year, municipalities per year."""

    def __init__(self, opdracht: Opdracht, uitkomsten: Mapping[str, Uitkomst]) -> None:
        self._perioden = opdracht.perioden
        self._uitkomsten = uitkomsten
        self._rijen: Indeling = indeling(opdracht.register.gemeenten)
        self.inhoud: dict[str, NDArray[Any]] = {}

    def neem(self, sleutel: Sleutel, spelers: Sequence[int], effect: Reeks, paren: Reeks) -> None:
        """Keep the effects of one quantity.

        Parameters
        ----------
        spelers : numbers of the players that reach it
        effect : array [trekking, onderdeel, gemeente or 1, periode]
        paren : array [trekking, een, ander, periode]
        """
        if sleutel[0] == PIEK:
            self._bewaar_uitkomst(sleutel[1], spelers, effect[..., 0], paren[..., 0])
            return
        naam, groepen = f"{sleutel[0]}-{sleutel[1]}", effect
        alle = effect
        if GROOTHEDEN[sleutel[0]].gemeentelijk:
            groepen = self._rijen.leden @ effect
            alle = np.concatenate([effect, groepen], axis=-2)
            per_jaar = jaarcijfers(sleutel, effect[:, len(spelers) :], self._perioden)
            self.inhoud[f"gemeente-{naam}"] = per_jaar
        self.inhoud[f"spelers-{naam}"] = np.array(spelers)
        self.inhoud[f"groep-{naam}"] = groepen
        self.inhoud[f"paar-{naam}"] = paren
        for uitkomst, inhoud in self._uitkomsten.items():
            if sleutel_van(inhoud) == sleutel and inhoud.samenvatting != PIEK:
                stuk = venster(inhoud, self._perioden)
                gemeten = (vat_samen(inhoud.samenvatting, r[..., stuk]) for r in (alle, paren))
                self._bewaar_uitkomst(uitkomst, spelers, *gemeten)

    def _bewaar_uitkomst(
        self, naam: str, spelers: Sequence[int], effect: Reeks, paren: Reeks
    ) -> None:
        self.inhoud[f"spelers-{naam}"] = np.array(spelers)
        self.inhoud[f"uitkomst-{naam}"] = effect
        self.inhoud[f"uitkomstpaar-{naam}"] = paren


def jaarcijfers(sleutel: Sleutel, reeks: Reeks, perioden: Sequence[Halfjaar]) -> Reeks:
    """Figures per full calendar year: the end of it for a stock, else the sum of both halves."""
    jaren = volle_jaren(perioden)
    eerste = next(n for n, p in enumerate(perioden) if p.jaar == jaren[0]) if jaren else 0
    stuk = reeks[..., eerste : eerste + 2 * len(jaren)]
    if GROOTHEDEN[sleutel[0]].soort == "voorraad":
        return np.asarray(stuk[..., 1::2])
    return np.asarray(stuk[..., ::2] + stuk[..., 1::2])
