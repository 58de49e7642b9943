"""Exact attribution: what must hold for every game."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.coalities import (
    Spel,
    TeGroot,
    deelverzamelingen,
    gewichten,
    ingedikt,
    leden,
)
from impact.model.reeksen import Reeks

RASTER = 2.0**10
bedragen = st.floats(-1e8, 1e8, allow_nan=False)


@st.composite
def spellen(draw: st.DrawFn) -> Reeks:
    """Values of all coalitions of one to four players, array [coalitie, 2]."""
    aantal = draw(st.integers(1, 4))
    waarden = draw(st.lists(bedragen, min_size=2 * 2**aantal, max_size=2 * 2**aantal))
    return np.array(waarden).reshape(-1, 2)


def speel(waarden: Reeks) -> tuple[Reeks, Reeks, Reeks, Reeks]:
    """Single effects, shares, interaction and joint effect."""
    aantal = len(waarden).bit_length() - 1
    spel = Spel(aantal, np.full(waarden.shape[1], RASTER))
    for coalitie, rij in enumerate(waarden):
        spel.voeg_toe(coalitie, rij)
    uit = spel.effecten()
    return uit[:aantal], uit[aantal:-2], uit[-2], uit[-1]


@given(spellen())
def test_aandelen_tellen_op_tot_het_gezamenlijke_effect(waarden: Reeks) -> None:
    los, aandeel, wisselwerking, samen = speel(waarden)
    np.testing.assert_allclose(aandeel.sum(axis=0), samen, rtol=0, atol=1e-6)
    assert (los.sum(axis=0) + wisselwerking == samen).all()
    np.testing.assert_allclose(samen, waarden[-1] - waarden[0], rtol=0, atol=1 / RASTER)


@given(spellen())
def test_aandeel_is_het_gemiddelde_over_alle_volgorden(waarden: Reeks) -> None:
    """The definition, written out: what a player adds, in every order of arrival."""
    aantal = len(waarden).bit_length() - 1
    volgorden = list(permutations(range(aantal)))
    verwacht = np.zeros((aantal, waarden.shape[1]))
    for volgorde in volgorden:
        coalitie = 0
        for speler in volgorde:
            verwacht[speler] += waarden[coalitie | 1 << speler] - waarden[coalitie]
            coalitie |= 1 << speler
    np.testing.assert_allclose(
        speel(waarden)[1], verwacht / len(volgorden), rtol=0, atol=2 / RASTER
    )


@given(spellen(), st.integers(0, 4))
def test_wie_niets_toevoegt_krijgt_precies_nul(waarden: Reeks, plek: int) -> None:
    aantal = len(waarden).bit_length() - 1
    plek = min(plek, aantal)
    anderen = [n for n in range(aantal + 1) if n != plek]
    met = np.array([waarden[ingedikt(c, anderen)] for c in range(2 * len(waarden))])
    los, aandeel, _, _ = speel(met)
    assert (los[plek] == 0.0).all()
    assert (aandeel[plek] == 0.0).all()


@given(st.lists(st.lists(bedragen, min_size=3, max_size=3), min_size=5, max_size=5))
def test_wie_hetzelfde_doet_krijgt_hetzelfde(waarden: list[list[float]]) -> None:
    """A game in which only the number of players counts."""
    per_grootte = np.array(waarden)
    aandeel = speel(np.array([per_grootte[c.bit_count()] for c in range(16)]))[1]
    assert (aandeel == aandeel[0]).all()


@given(spellen(), st.randoms(use_true_random=False))
def test_volgorde_van_coalities_doet_er_niet_toe(waarden: Reeks, toeval: st.RandomModule) -> None:
    aantal = len(waarden).bit_length() - 1
    volgorde = list(range(1, len(waarden)))
    toeval.shuffle(volgorde)  # type: ignore[attr-defined]
    spel = Spel(aantal, np.full(2, RASTER))
    for coalitie in (0, *volgorde):
        spel.voeg_toe(coalitie, waarden[coalitie])
    assert (spel.effecten() == np.concatenate([np.atleast_2d(d) for d in speel(waarden)])).all()


@pytest.mark.parametrize("aantal", range(1, 13))
def test_gewichten_zijn_geheel_en_tellen_op(aantal: int) -> None:
    gewicht, noemer = gewichten(aantal)
    assert (gewicht == np.rint(gewicht)).all()
    assert (np.maximum(gewicht, 0).sum(axis=1) == noemer).all()
    assert (gewicht.sum(axis=1) == 0).all()


def test_een_effect_dat_niet_exact_past_is_een_fout() -> None:
    spel = Spel(10, np.array([RASTER]))
    spel.voeg_toe(0, np.zeros(1))
    with pytest.raises(TeGroot, match="te groot"):
        spel.voeg_toe(1, np.array([1e12]))
    with pytest.raises(TeGroot):
        spel.voeg_toe(2, np.array([np.nan]))


def test_deelverzamelingen_en_leden() -> None:
    assert list(deelverzamelingen(0b1010)) == [0, 0b10, 0b1000, 0b1010]
    assert list(deelverzamelingen(0)) == [0]
    assert leden(0b1010) == [1, 3]
    assert ingedikt(0b1000, [1, 3]) == 0b10
