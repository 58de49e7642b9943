"""From draws to figures: mean, 5% and 95% points, and whether the sign is unsure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from impact.analysis.groepen import Indeling
from impact.analysis.kladblok import GEMEENTEN_PER_DEEL, Afmetingen, Kladblok, SchijfVol
from impact.analysis.samenvatten import banden, blok, cijfers, gemiddelde, vat_samen
from impact.model.grootheden import GROOTHEDEN, SLEUTELS, Sleutel

GEHUISVEST, AANVRAGEN = ("gehuisvest", ""), ("asielaanvragen", "")
getallen = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 30), st.integers(1, 3), st.integers(1, 2)),
    elements=st.floats(-1e6, 1e6),
)


@given(trekkingen=getallen)
def test_banden_zijn_de_5_en_95_procentpunten_van_numpy(trekkingen: np.ndarray) -> None:
    laag, hoog = banden(trekkingen)
    verwacht = np.quantile(trekkingen[1:], [0.05, 0.95], axis=0)
    np.testing.assert_allclose([laag, hoog], verwacht, rtol=1e-9, atol=1e-6)


@given(trekkingen=getallen)
def test_de_middentrekking_telt_niet_mee(trekkingen: np.ndarray) -> None:
    anders = trekkingen.copy()
    anders[0] = 1e9
    np.testing.assert_array_equal(gemiddelde(anders), gemiddelde(trekkingen))
    np.testing.assert_array_equal(banden(anders), banden(trekkingen))


def test_met_alleen_de_middentrekking_is_die_het_antwoord() -> None:
    een = np.array([[[3.0]]])
    assert gemiddelde(een) == 3.0
    assert banden(een) == (3.0, 3.0)


@pytest.mark.parametrize(
    ("van", "tot", "onzeker"),
    [(-1.0, 1.0, True), (0.1, 1.0, False), (-1.0, -0.1, False), (0.0, 1.0, False), (0, 0, False)],
)
def test_richting_is_onzeker_als_nul_in_de_band_ligt(van: float, tot: float, onzeker: bool) -> None:
    verschil = np.concatenate([[0.5], np.linspace(van, tot, 101)])[:, np.newaxis, np.newaxis]
    uit = cijfers(np.full_like(verschil, 7.0), verschil)
    assert uit["richting_onzeker"].item() is onzeker
    assert uit["midden"].item() == uit["laag"].item() == uit["hoog"].item() == 7.0
    assert uit["verschil_midden"].item() == pytest.approx((van + tot) / 2)


def schrijf(pad: Path, maat: Afmetingen, waarden: dict[Sleutel, np.ndarray], blok: int) -> Kladblok:
    with Kladblok(pad, list(waarden), maat) as klad:
        for eerste in range(0, maat.trekkingen, blok):
            klad.schrijf(eerste, {s: w[eerste : eerste + blok] for s, w in waarden.items()})
    return Kladblok(pad, list(waarden), maat)


@pytest.mark.parametrize("gemeenten", [1, GEMEENTEN_PER_DEEL, 2 * GEMEENTEN_PER_DEEL + 5])
@pytest.mark.parametrize("trekkingen_per_blok", [1, 3, 7])
def test_wat_in_het_kladblok_gaat_komt_eruit(
    tmp_path: Path, gemeenten: int, trekkingen_per_blok: int
) -> None:
    maat = Afmetingen(7, gemeenten, 4)
    willekeur = np.random.default_rng(1)
    waarden = {
        AANVRAGEN: willekeur.normal(size=(7, 1, 4)).astype(np.float32),
        GEHUISVEST: willekeur.normal(size=(7, gemeenten, 4)).astype(np.float32),
    }
    klad = schrijf(tmp_path / "klad", maat, waarden, trekkingen_per_blok)
    for sleutel, verwacht in waarden.items():
        delen = [klad.lees(sleutel, deel) for deel in klad.delen(sleutel)]
        np.testing.assert_array_equal(np.concatenate(delen, axis=1), verwacht)
    assert (tmp_path / "klad").stat().st_size == klad.lengte


def test_te_weinig_schijfruimte_is_een_fout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.analysis.kladblok._vrije_ruimte", lambda map_: 5_000_000)
    klad = Kladblok(tmp_path / "klad", SLEUTELS, Afmetingen(1000, 342, 20))
    nodig = f"er is {klad.lengte // 1_000_000} MB nodig voor de trekkingen en er is 5 MB vrij"
    with pytest.raises(SchijfVol, match=nodig), klad:
        pass
    assert not (tmp_path / "klad").exists()


LAND = Indeling(
    ("gemeente",) * 3 + ("nationaal", "provincie"),
    ("A", "B", "C", "NL", "P"),
    np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 1.0]]),
)


def test_een_groep_is_de_som_van_haar_gemeenten_trekking_voor_trekking(tmp_path: Path) -> None:
    maat = Afmetingen(40, 3, 2)
    willekeur = np.random.default_rng(2)
    eigen, basis = (willekeur.normal(size=(40, 3, 2)).astype(np.float32) for _ in range(2))
    uit = blok(
        GEHUISVEST,
        schrijf(tmp_path / "eigen", maat, {GEHUISVEST: eigen}, 10),
        schrijf(tmp_path / "basis", maat, {GEHUISVEST: basis}, 10),
        LAND,
    ).cijfers
    groep = eigen[:, [0, 2]].astype(float).sum(axis=1)
    verschil = (eigen - basis).astype(float).sum(axis=1)
    np.testing.assert_allclose(uit["midden"][4], groep[1:].mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(uit["laag"][4], np.quantile(groep[1:], 0.05, axis=0), rtol=1e-5)
    np.testing.assert_allclose(uit["verschil_midden"][3], verschil[1:].mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(
        uit["verschil_hoog"][3], np.quantile(verschil[1:], 0.95, axis=0), rtol=1e-5
    )
    assert uit["richting_onzeker"].shape == (5, 2)


def test_tabel_zet_elk_getal_bij_zijn_eigen_namen(tmp_path: Path) -> None:
    """Every value carries its own place, so that a shifted row or column shows."""
    maat = Afmetingen(1, 3, 2)
    waarden = {
        sleutel: np.full((1, 3 if GROOTHEDEN[sleutel[0]].gemeentelijk else 1, 2), 1000.0 * nummer)
        + np.arange(3 if GROOTHEDEN[sleutel[0]].gemeentelijk else 1)[:, np.newaxis] * 10
        + np.arange(2)
        for nummer, sleutel in enumerate(SLEUTELS)
    }
    klad = schrijf(tmp_path / "klad", maat, waarden, 1)
    tabel = vat_samen(klad, klad, LAND, ["2026-I", "2026-II"])
    assert list(tabel["niveau"].unique()) == ["gemeente", "nationaal", "provincie"]
    for nummer, (naam, betaler) in enumerate(SLEUTELS):
        rijen = tabel[(tabel["grootheid"] == naam) & (tabel["betaler"] == betaler)]
        gevonden = rijen.set_index(["gemeente", "periode"])["midden"]
        assert set(rijen["eenheid"]) == {GROOTHEDEN[naam].eenheid}
        if GROOTHEDEN[naam].gemeentelijk:
            assert gevonden["B", "2026-II"] == 1000.0 * nummer + 11
            assert gevonden["P", "2026-I"] == 2000.0 * nummer + 20
        assert len(gevonden) == (10 if GROOTHEDEN[naam].gemeentelijk else 2)
    assert (tabel["verschil_midden"] == 0).all()
    assert isinstance(tabel["grootheid"].dtype, pd.CategoricalDtype)
