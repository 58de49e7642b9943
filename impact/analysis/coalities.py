"""Exact attribution of a joint effect over players: the arithmetic, without laws or model.

A game gives every coalition (set of players) a value. The share of a player (Shapley) is the mean
of what the player adds over all orders in which the players can come. Coalitions are bit masks.

Values are rounded to a fine raster first and the weights are whole numbers. Every sum is then a
sum of whole numbers that a double holds exactly. So the shares add up to the joint effect, a
player that adds nothing gets exactly zero, players that do the same get the same, and nothing
depends on the order in which the coalitions come.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, lcm

import numpy as np

from impact.model.reeksen import Reeks

GROOTSTE_GEHELE = 2.0**53
"""Whole numbers up to here are exact in a double."""
BUFFER = 8
"""Coalitions that go through one matrix product."""
AFRONDING = 1.0
"""Steps of the raster that rounding three values can leave of nothing, in whole steps."""
STUK = 2**14
"""Columns that are worked on at a time, so that they stay in the processor's memory."""


class TeGroot(ArithmeticError):
    """An effect is too large for exact sums on the raster."""


def deelverzamelingen(masker: int) -> Iterator[int]:
    """All subsets of a bit mask, in rising order, the empty one first."""
    deel = 0
    while True:
        yield deel
        if deel == masker:
            return
        deel = (deel - masker) & masker


def leden(masker: int) -> list[int]:
    """Numbers of the players in a coalition, in rising order."""
    return [nummer for nummer in range(masker.bit_length()) if masker >> nummer & 1]


def ingedikt(coalitie: int, spelers: list[int]) -> int:
    """Bit mask of a coalition within a game of only some of the players."""
    return sum((coalitie >> speler & 1) << plek for plek, speler in enumerate(spelers))


def gewichten(aantal: int) -> tuple[Reeks, int]:
    """Whole weights of all coalitions for the share of every player.

    Returns
    -------
    gewicht : array [speler, coalitie]; positive where the player is a member
    noemer : by which the weighted sum must be divided

    References
    ----------
    Shapley, L.S. (1953), A value for n-person games.
    """
    noemer = aantal * lcm(*(comb(aantal - 1, grootte) for grootte in range(aantal)))
    per_grootte = np.array([noemer // (aantal * comb(aantal - 1, s)) for s in range(aantal)])
    coalities = np.arange(2**aantal)
    lid = (coalities >> np.arange(aantal)[:, np.newaxis] & 1).astype(bool)
    grootte = lid.sum(axis=0)
    met = per_grootte[np.maximum(grootte - 1, 0)]
    zonder = per_grootte[np.minimum(grootte, aantal - 1)]
    return np.where(lid, met, -zonder).astype(float), noemer


class Spel:
    """Shares, single effects and joint effect of a game that gets its coalitions one by one.

    Parameters
    ----------
    aantal : players, at least one
    raster : array [kolom]; steps of the raster per unit, powers of two
    """

    def __init__(self, aantal: int, raster: Reeks) -> None:
        self.raster = raster
        self.gewicht, self.noemer = gewichten(aantal)
        self.grootste = GROOTSTE_GEHELE / (2 * self.noemer)
        self._leeg = np.zeros(len(raster))
        self._los = np.zeros((aantal, len(raster)))
        self._samen = np.zeros(len(raster))
        self._som = np.zeros((aantal, len(raster)))
        self._buffer = np.empty((BUFFER, len(raster)))
        self._coalities: list[int] = []
        self._stukken = [slice(begin, begin + STUK) for begin in range(0, len(raster), STUK)]

    def voeg_toe(self, coalitie: int, waarden: Reeks) -> Reeks:
        """Add the value of a coalition; every coalition once, the empty one first.

        Parameters
        ----------
        waarden : array [kolom]

        Returns
        -------
        array [kolom], the effect of the coalition on the raster; valid until the next call

        Raises
        ------
        TeGroot
            The effect does not fit.
        """
        if coalitie == 0:
            self._leeg = waarden.copy()
        rij: Reeks = self._buffer[len(self._coalities)]
        for stuk in self._stukken:
            effect = (waarden[stuk] - self._leeg[stuk]) * self.raster[stuk]
            if not max(effect.max(), -effect.min()) < self.grootste:
                raise TeGroot("een effect is te groot om exact te verdelen; er is niets bewaard.")
            np.rint(effect, out=rij[stuk])
        if coalitie.bit_count() == 1:
            self._los[coalitie.bit_length() - 1] = rij
        if coalitie == self.gewicht.shape[1] - 1:
            self._samen[:] = rij
        self._coalities.append(coalitie)
        if len(self._coalities) == BUFFER:
            self._verwerk()
        return rij

    def paar(self, coalitie: int, effect: Reeks) -> Reeks:
        """Interaction of the two players of a coalition, in units.

        What the two do together minus what each does alone; what rounding alone can leave is zero.

        Parameters
        ----------
        coalitie : of two players, whose single effects have been added
        effect : as returned by `voeg_toe`

        Returns
        -------
        array [kolom]
        """
        een, ander = leden(coalitie)
        samen: Reeks = effect - self._los[een] - self._los[ander]
        samen[np.abs(samen) <= AFRONDING] = 0.0
        samen /= self.raster
        return samen

    def _verwerk(self) -> None:
        gewicht = self.gewicht[:, self._coalities]
        for stuk in self._stukken:
            self._som[:, stuk] += gewicht @ self._buffer[: len(self._coalities), stuk]
        self._coalities = []

    def effecten(self) -> Reeks:
        """All effects of the game once all coalitions have been added.

        Returns
        -------
        array [onderdeel, kolom]: the single effects of all players, their shares, the interaction
        (joint effect minus all single effects) and the joint effect, in units
        """
        self._verwerk()
        wisselwerking = self._samen - self._los.sum(axis=0)
        rest = np.stack([wisselwerking, self._samen]) / self.raster
        aandeel = self._som / (self.noemer * self.raster)
        alles: Reeks = np.concatenate([self._los / self.raster, aandeel, rest])
        return alles
