"""Calibration finds back what it was made from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from impact.analysis.kalibratie import (
    GEHEUGEN,
    HOOGSTE_BENUTTING,
    Kalibratie,
    Telling,
    Waarnemingen,
    begin_opgave,
    benutting,
    fout_met_weinig_punten,
    fout_vergunningen,
    gemeente_effect,
    gladgestreken,
    inzet_per_periode,
    kalibreer,
    kans_gehaald,
    recentheid,
    spreiding_gemeenten,
    uitstroom,
    vergunningen_per_periode,
)
from impact.model.huisvesting import gehuisvest

VRAAG = np.array([[4000.0, 3000.0, 2000.0]])
AANBOD = np.array([[3000.0, 2500.0, 900.0]])
SPREIDING = 0.35
TELLINGEN = [Telling(0.8, 0.3), Telling(0.7, 0.2)]


def waarneming(factor: float, spreiding: float = SPREIDING) -> Waarnemingen:
    """A half-year in which the supply was used for this factor."""
    leeg = Waarnemingen(VRAAG, AANBOD, 0.0)
    return Waarnemingen(VRAAG, AANBOD, uitstroom(leeg, float(np.log(factor)), spreiding))


@pytest.mark.parametrize("factor", [0.3, 1.0, 1.6])
@pytest.mark.parametrize("spreiding", [0.05, 0.35, 0.8])
def test_benutting_wordt_teruggevonden(factor: float, spreiding: float) -> None:
    gevonden = benutting(waarneming(factor, spreiding), spreiding)
    assert gevonden == pytest.approx(factor, rel=1e-6)


def test_zonder_verschillen_is_de_uitstroom_die_van_het_model() -> None:
    rechtstreeks = gehuisvest(VRAAG, AANBOD).sum()
    assert uitstroom(waarneming(1.0), 0.0, 1e-9) == pytest.approx(rechtstreeks)


def test_met_genoeg_aanbod_wordt_iedereen_gehuisvest_hoe_gemeenten_ook_verschillen() -> None:
    for spreiding in (0.1, 0.5, 0.9):
        alles = uitstroom(waarneming(1.0), 12.0, spreiding)
        assert alles == pytest.approx(VRAAG.sum(), rel=1e-3)


def test_meer_gehuisvest_dan_gevraagd_telt_als_bijna_alles() -> None:
    boven = benutting(Waarnemingen(VRAAG, AANBOD, 20_000.0), SPREIDING)
    bijna = benutting(Waarnemingen(VRAAG, AANBOD, 0.9 * float(VRAAG.sum())), SPREIDING)
    assert boven == bijna < HOOGSTE_BENUTTING


@pytest.mark.parametrize("sigma", [0.2, 0.4, 0.8])
def test_spreiding_tussen_gemeenten_wordt_teruggevonden(sigma: float) -> None:
    dekking = np.array([0.6, 0.75, 0.9, 1.1])
    kansen = kans_gehaald(dekking, sigma)
    tellingen = [Telling(d, float(k)) for d, k in zip(dekking, kansen, strict=True)]
    assert spreiding_gemeenten(tellingen) == pytest.approx(sigma, abs=0.01)


def test_meer_dekking_is_meer_gemeenten_die_het_halen() -> None:
    kansen = kans_gehaald(np.array([0.5, 0.7, 0.9, 1.1]), 0.4)
    assert (np.diff(kansen) > 0).all()


def test_een_jaar_ouder_telt_half_zo_zwaar() -> None:
    gewicht = recentheid([10, 12])
    assert gewicht[1] == pytest.approx(2 * gewicht[0])
    assert gewicht.sum() == pytest.approx(1.0)


@settings(deadline=None)
@given(st.lists(st.floats(-2, 2), min_size=1, max_size=8))
def test_gladgestreken_ligt_tussen_laagste_en_hoogste(waarden: list[float]) -> None:
    niveaus = gladgestreken(np.array(waarden), range(len(waarden)))
    for tot, niveau in enumerate(niveaus, start=1):
        assert min(waarden[:tot]) - 1e-9 <= niveau <= max(waarden[:tot]) + 1e-9


def test_weinig_fouten_geven_een_bredere_band() -> None:
    een = fout_met_weinig_punten([0.2, -0.2, 0.2])
    veel = fout_met_weinig_punten([0.2, -0.2] * 500)
    assert een > veel
    assert veel == pytest.approx(0.2, rel=0.01)
    assert een == pytest.approx(0.2 * stats.t.ppf(0.95, 3) / stats.norm.ppf(0.95))


def test_gelijke_vergunningen_geven_geen_fout() -> None:
    assert fout_vergunningen([15_000.0] * 5) == 0.0


def rij(factoren: list[float]) -> Kalibratie:
    spreiding = spreiding_gemeenten(TELLINGEN)
    waarnemingen = [waarneming(f, spreiding) for f in factoren]
    return kalibreer(
        waarnemingen, range(len(factoren)), TELLINGEN, None, [10.0, 12.0, 9.0], 6_400.0
    )


def test_kalibratie_van_een_rij_halfjaren() -> None:
    factoren = [0.8, 1.0, 1.25, 1.0, 0.8, 1.0]
    uit = rij(factoren)
    gewicht = recentheid(range(6))
    assert uit.niveau == pytest.approx((gewicht * np.log(factoren)).sum(), abs=1e-6)
    assert uit.spreiding_begin == uit.spreiding_gemeenten
    assert uit.aanbod == 6_400.0
    assert uit.halfjaren == 6


def test_steeds_hetzelfde_laat_geen_fout_over() -> None:
    uit = rij([0.9] * 5)
    assert uit.niveau == pytest.approx(np.log(0.9), abs=1e-6)
    assert uit.fout_huisvesting == pytest.approx(0.0, abs=1e-6)


def test_een_telling_aan_het_begin_bepaalt_de_spreiding_aan_het_begin() -> None:
    uit = kalibreer(
        [waarneming(1.0)] * 4,
        range(4),
        TELLINGEN,
        Telling(0.5, float(kans_gehaald(np.array(0.5), 0.9))),
        [1.0, 2.0],
        1.0,
    )
    assert uit.spreiding_begin == pytest.approx(0.9, abs=0.01)
    assert uit.spreiding_gemeenten < 0.6


def test_te_weinig_geschiedenis_is_een_fout() -> None:
    with pytest.raises(ValueError, match="vier halfjaren"):
        kalibreer([waarneming(1.0)] * 3, [1, 2, 3], TELLINGEN, None, [1.0, 2.0], 1.0)


VAST = Kalibratie(np.log(1.2), 6_400.0, 0.2, 0.3, 0.4, 0.8, 8)


def test_inzet_is_gemiddeld_een_en_precies_een_in_de_middentrekking() -> None:
    schokken = np.random.default_rng(1).standard_normal((40_001, 1, 4))
    schokken[0] = 0.0
    inzet = inzet_per_periode(VAST, schokken)
    assert (inzet[0] == 1.0).all()
    np.testing.assert_allclose(inzet[1:].mean(axis=0), 1.0, atol=0.01)


def test_onzekerheid_van_de_inzet_groeit_zoals_bij_gladstrijken() -> None:
    schokken = np.random.default_rng(2).standard_normal((40_000, 1, 4))
    spreiding = np.log(inzet_per_periode(VAST, schokken)).std(axis=0)[0]
    verwacht = 0.2 * np.sqrt(1 + np.arange(4) * (1 - GEHEUGEN) ** 2)
    np.testing.assert_allclose(spreiding, verwacht, rtol=0.02)


def test_afwijking_van_de_vergunningen_halveert_elk_jaar() -> None:
    factor = vergunningen_per_periode(VAST, np.array([[0.6]]), np.zeros(1), 5)
    logs = np.log(factor[0, 0])
    assert logs[0] == pytest.approx(np.log(0.6))
    assert logs[2] == pytest.approx(np.log(0.6) / 2)
    assert logs[4] == pytest.approx(np.log(0.6) / 4)


def test_fout_in_de_vergunningen_verschuift_het_gemiddelde_niet() -> None:
    schok = np.random.default_rng(3).standard_normal(40_000)
    factor = vergunningen_per_periode(VAST, np.ones((40_000, 1)), schok, 4)
    np.testing.assert_allclose(factor.mean(axis=0), 1.0, atol=0.01)


def test_gemeente_effect_en_opgave_passen_bij_elkaar() -> None:
    scores = np.vstack([np.zeros(400), np.random.default_rng(1).standard_normal((500, 400))])
    effect, opgave = gemeente_effect(VAST, scores), begin_opgave(VAST, scores)
    assert (effect[0] == 1.0).all()
    assert (opgave[0] == 1.0).all()
    assert opgave[1:].mean() == pytest.approx(1.0, abs=0.01)
    assert (1.0 / effect[1:]).mean() == pytest.approx(1.0, abs=0.01)
    assert np.corrcoef(effect[1:].ravel(), opgave[1:].ravel())[0, 1] < 0
