"""Calibration finds back what it was made from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from impact.analysis.kalibratie import (
    Kalibratie,
    Waarnemingen,
    benutting,
    benutting_per_periode,
    gemeente_effect,
    kalibreer,
    recentheid,
    spreiding_gemeenten,
)
from impact.model.huisvesting import gehuisvest

VRAAG = np.array([[4000.0, 3000.0, 2000.0]])
AANBOD = np.array([[3000.0, 2500.0, 900.0]])


def waarneming(factor: float) -> Waarnemingen:
    """A half-year in which the supply was used for this factor."""
    return Waarnemingen(VRAAG, AANBOD, float(gehuisvest(VRAAG, AANBOD * factor).sum()))


@pytest.mark.parametrize("factor", [0.3, 1.0, 2.5])
def test_benutting_wordt_teruggevonden(factor: float) -> None:
    assert benutting(waarneming(factor)) == pytest.approx(factor, rel=1e-6)


def test_meer_gehuisvest_dan_gevraagd_zegt_alleen_dat_het_hoog_was() -> None:
    assert benutting(Waarnemingen(VRAAG, AANBOD, 20_000.0)) == np.inf


@pytest.mark.parametrize("sigma", [0.2, 0.4, 0.8])
def test_spreiding_tussen_gemeenten_wordt_teruggevonden(sigma: float) -> None:
    verhoudingen = np.array([0.6, 0.75, 0.9, 1.1])
    kans = stats.norm.sf((-np.log(verhoudingen) + sigma**2 / 2) / sigma)
    assert spreiding_gemeenten(verhoudingen, kans) == pytest.approx(sigma, abs=0.01)


def test_kalibratie_van_een_rij_halfjaren() -> None:
    factoren = [0.8, 1.0, 1.25, 1.0, 0.8, 1.0]
    uit = kalibreer(
        [waarneming(f) for f in factoren], [1, 2, 3, 4, 5, 6, 6], [0.7, 0.9], [0.2, 0.4]
    )
    gewicht = recentheid([1, 2, 3, 4, 5, 6])
    assert uit.niveau == pytest.approx((gewicht * np.log(factoren)).sum(), abs=1e-6)
    assert uit.laatste_afwijking == pytest.approx(-uit.niveau, abs=1e-6)
    assert 0.0 <= uit.traagheid <= 0.9
    assert uit.halfjaren == 6


def test_twee_jaar_ouder_telt_half_zo_zwaar() -> None:
    gewicht = recentheid([10, 14])
    assert gewicht[1] == pytest.approx(2 * gewicht[0])
    assert gewicht.sum() == pytest.approx(1.0)


def test_een_halfjaar_boven_de_vraag_telt_als_het_hoogste() -> None:
    rij = [waarneming(f) for f in (0.8, 1.0, 1.2, 0.9)]
    boven = Waarnemingen(VRAAG, AANBOD, 20_000.0)
    uit = kalibreer([*rij, boven], [1, 2, 3, 4, 5, 5], [0.7, 0.9], [0.2, 0.4])
    assert uit.laatste_afwijking == pytest.approx(np.log(1.2) - uit.niveau, abs=1e-6)


def test_afwijking_dooft_uit_over_halfjaren_zonder_cijfers() -> None:
    rij = [waarneming(f) for f in (0.8, 1.0, 1.2, 1.5, 0.9)]
    meteen = kalibreer(rij, [1, 2, 3, 4, 5, 5], [0.7, 0.9], [0.2, 0.4])
    later = kalibreer(rij, [1, 2, 3, 4, 5, 7], [0.7, 0.9], [0.2, 0.4])
    verwacht = meteen.laatste_afwijking * meteen.traagheid**2
    assert later.laatste_afwijking == pytest.approx(verwacht)


def test_te_weinig_geschiedenis_is_een_fout() -> None:
    with pytest.raises(ValueError, match="vier halfjaren"):
        kalibreer([waarneming(1.0)] * 3, [1, 2, 3, 3], [0.7], [0.2])


VAST = Kalibratie(np.log(1.2), 0.1, 0.5, 0.2, np.log(1.5), 0.4, 8)


def test_pad_keert_terug_naar_zijn_niveau() -> None:
    pad = benutting_per_periode(VAST, np.zeros(1), np.zeros((1, 1, 20)))
    np.testing.assert_allclose(pad[0, 0, 0], 1.2 * 1.5**0.5)
    np.testing.assert_allclose(pad[0, 0, -1], 1.2, rtol=1e-5)


def test_gemeente_effect_is_gemiddeld_een_en_precies_een_in_de_middentrekking() -> None:
    scores = np.vstack([np.zeros(400), np.random.default_rng(1).standard_normal((500, 400))])
    effect = gemeente_effect(VAST, scores)
    assert (effect[0] == 1.0).all()
    assert effect[1:].mean() == pytest.approx(1.0, abs=0.01)
    assert effect.min() > 0
