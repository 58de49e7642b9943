"""Where a conclusion flips, on made-up curves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.omslagproef import band, draaigevallen, gevallen
from impact.analysis.wortels import (
    GEEN,
    GeenWortel,
    dichtste,
    kies,
    kruisingen,
    punten,
    tekort,
    wortel,
)

RASTER = np.linspace(0.0, 10.0, 11)


def test_tekort_is_te_veel_of_te_weinig() -> None:
    uitkomst = np.array([3.0, 5.0, 8.0])
    assert tekort(uitkomst, 5.0, "hoogstens").tolist() == [-2.0, 0.0, 3.0]
    assert tekort(uitkomst, 5.0, "minstens").tolist() == [2.0, 0.0, -3.0]


def test_precies_op_de_grens_is_genoeg() -> None:
    tekorten = np.array([2.0, 0.0, -1.0])
    gevonden = kruisingen(np.array([0.0, 1.0, 2.0]), tekorten)
    assert gevonden[0] == 1.0
    assert math.isnan(gevonden[1])


@given(st.floats(-9.9, -0.1), st.floats(0.1, 9.9))
def test_rechte_lijn_geeft_op_het_raster_de_precieze_waarde(helling: float, plek: float) -> None:
    gevonden = kruisingen(RASTER, helling * (RASTER - plek))
    (waarde,) = gevonden[~np.isnan(gevonden)]
    assert waarde == pytest.approx(plek, abs=1e-9)


def test_niet_monotone_lijn_geeft_alle_kruisingen_en_de_dichtste() -> None:
    tekorten = (RASTER - 2.5) * (RASTER - 7.5)
    gevonden = kruisingen(RASTER, tekorten)
    assert np.flatnonzero(~np.isnan(gevonden)).tolist() == [2, 7]
    assert dichtste(gevonden, 0.0) == 2
    assert dichtste(gevonden, 9.0) == 7
    assert kies(gevonden, dichtste(gevonden, 9.0)) == pytest.approx(7.5, abs=0.1)


def test_zonder_kruising_is_er_geen_nummer_en_geen_waarde() -> None:
    tekorten = np.stack([np.ones(11), -np.ones(11), 4.0 - RASTER], axis=1)
    gevonden = kruisingen(RASTER, tekorten)
    nummer = dichtste(gevonden, np.zeros(3))
    assert nummer.tolist() == [GEEN, GEEN, 3]
    assert np.isnan(kies(gevonden, nummer)).tolist() == [True, True, False]


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=6))
def test_alle_wortels_tegelijk_zijn_die_van_elke_lijn_apart(plekken: list[float]) -> None:
    doel = np.array(plekken)
    rijen = np.arange(len(doel))
    gevonden = wortel(
        lambda x, welke: x**3 - doel[welke] ** 3, doel * 0.0, doel * 0.0 + 1.0, rijen, 1.0
    )
    np.testing.assert_allclose(gevonden, doel, atol=3e-5)


def test_gevonden_lijnen_rekenen_niet_meer_mee() -> None:
    """Each next run is only for the draws that are still looking."""
    aantallen = []

    def f(x: np.ndarray, welke: np.ndarray) -> np.ndarray:
        aantallen.append(len(x))
        return np.where(welke == 0, x - 0.25, x**5 - 0.3)

    wortel(f, np.zeros(2), np.ones(2), np.arange(2), 1.0)
    assert aantallen[0] == 2
    assert aantallen[-1] == 1


def test_rand_van_een_vlak_stuk_op_nul_wordt_gevonden() -> None:
    (gevonden,) = wortel(
        lambda x, _: np.maximum(0.0, 0.3 - x), np.zeros(1), np.ones(1), np.arange(1), 1.0
    )
    assert gevonden == pytest.approx(0.3, abs=3e-5)


def test_sprong_wordt_gevonden() -> None:
    (gevonden,) = wortel(
        lambda x, _: np.where(x < 0.7, 5.0, -1.0), np.zeros(1), np.ones(1), np.arange(1), 1.0
    )
    assert gevonden == pytest.approx(0.7, abs=3e-5)


def test_niets_zoeken_rekent_niets() -> None:
    def nooit(x: np.ndarray, _: np.ndarray) -> np.ndarray:
        raise AssertionError("er is gerekend")

    leeg = np.empty(0)
    assert len(wortel(nooit, leeg, leeg, leeg.astype(int), 1.0)) == 0


def test_zonder_wisseling_zoeken_is_een_fout() -> None:
    with pytest.raises(GeenWortel):
        wortel(lambda x, _: x + 1.0, np.zeros(1), np.ones(1), np.arange(1), 1.0)


def test_punten_mengen_haalbaar_niet_met_onhaalbaar() -> None:
    waarden = np.concatenate([np.arange(90.0), np.full(11, np.inf)])
    laag, mediaan, hoog = punten(waarden)
    assert (laag, mediaan, hoog) == (5.0, 50.0, np.inf)


JA, NEE = [True, True], [False, False]


@pytest.mark.parametrize(
    ("ja_nu", "raster", "invloed", "geval"),
    [
        (False, [False, True], True, "waarde"),
        (False, NEE, True, "nooit"),
        (False, JA, True, "elke_waarde"),
        (True, [True, False], True, "geldt_al"),
        (True, JA, True, "geldt_altijd"),
        (True, NEE, True, "alleen_nu"),
        (True, JA, False, "geen_invloed"),
        (False, NEE, False, "geen_invloed"),
    ],
)
def test_elk_soort_antwoord(ja_nu: bool, raster: list[bool], invloed: bool, geval: str) -> None:
    assert gevallen(np.array(ja_nu), np.array(raster), np.array(invloed)) == geval


def test_elke_trekking_slaat_om_of_blijft_aan_een_kant() -> None:
    ja = np.array([[False, True, False], [True, True, False]])
    assert draaigevallen(ja).tolist() == ["omslag", "altijd_ja", "altijd_nee"]


def test_band_telt_trekkingen_zonder_antwoord_aan_hun_eigen_kant() -> None:
    waarden = np.concatenate([np.full(10, np.nan), np.arange(80.0), np.full(10, np.nan)])
    soorten = np.array(["altijd_ja"] * 10 + ["omslag"] * 80 + ["altijd_nee"] * 10)
    boven = band(waarden, soorten, ja_boven=True)
    assert math.isnan(boven["nodig_laag"])
    assert math.isnan(boven["nodig_hoog"])
    assert boven["nodig_mediaan"] == 39.0
    alleen_nee = band(waarden[10:], soorten[10:], ja_boven=True)
    assert alleen_nee["nodig_laag"] == 4.0
    assert math.isnan(alleen_nee["nodig_hoog"])
    onder = band(waarden[10:], soorten[10:], ja_boven=False)
    assert math.isnan(onder["nodig_laag"])
    assert onder["nodig_hoog"] == 75.0
