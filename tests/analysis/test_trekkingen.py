"""The draw matrix: reproducible, the middle first, the 5% and 95% points where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.analysis.trekkingen import (
    Samenhang,
    maak_ruis,
    maak_trekkingen,
    waarde_bij_kans,
)

NAMEN = [f"aanname:{letter}" for letter in "abcdef"]


def test_zelfde_zaad_zelfde_trekkingen_ongeacht_volgorde() -> None:
    een = maak_trekkingen(NAMEN, 100, zaad=7)
    twee = maak_trekkingen(NAMEN[::-1], 100, zaad=7)
    assert een.kansen.tobytes() == twee.kansen.tobytes()
    assert (een.kansen != maak_trekkingen(NAMEN, 100, zaad=8).kansen).any()


def test_middentrekking_staat_voorop() -> None:
    trekkingen = maak_trekkingen(NAMEN, 10)
    assert trekkingen.aantal == 11
    assert (trekkingen.kansen[0] == 0.5).all()


def test_meer_trekkingen_beginnen_met_dezelfde() -> None:
    weinig, veel = maak_trekkingen(NAMEN, 64), maak_trekkingen(NAMEN, 128)
    np.testing.assert_array_equal(weinig.kansen, veel.kansen[:65])


def test_kansen_zijn_gelijk_verdeeld() -> None:
    kansen = maak_trekkingen(NAMEN, 1024).kansen[1:]
    np.testing.assert_allclose(np.quantile(kansen, 0.05, axis=0), 0.05, atol=0.01)
    np.testing.assert_allclose(np.quantile(kansen, 0.95, axis=0), 0.95, atol=0.01)


def test_samenhang_geeft_de_gevraagde_correlatie() -> None:
    band = {"aanname:b": Samenhang("aanname:a", -0.8)}
    trekkingen = maak_trekkingen(NAMEN, 2048, samenhang=band)
    a, b = trekkingen.kans("aanname:a")[1:], trekkingen.kans("aanname:b")[1:]
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(-0.785, abs=0.03)


def test_samenhang_in_een_kring_is_een_fout() -> None:
    band = {
        "aanname:a": Samenhang("aanname:b", 0.5),
        "aanname:b": Samenhang("aanname:a", 0.5),
    }
    with pytest.raises(ValueError, match="loopt rond"):
        maak_trekkingen(NAMEN, 8, samenhang=band)


@pytest.mark.parametrize("verdeling", ["driehoek", "uniform", "normaal", "lognormaal"])
def test_laag_en_hoog_zijn_de_5_en_95_procentpunten(verdeling: str) -> None:
    kans = np.array([0.05, 0.5, 0.95])
    waarden = waarde_bij_kans(kans, 10.0, 4.0, 30.0, verdeling)
    np.testing.assert_allclose(waarden, [4.0, 10.0, 30.0], rtol=1e-9)


@settings(deadline=None)
@given(
    laag=st.floats(0.1, 10),
    breed=st.floats(0, 10),
    hoger=st.floats(0, 10),
    verdeling=st.sampled_from(["driehoek", "uniform", "normaal", "lognormaal", "vast"]),
)
def test_een_hogere_kans_geeft_geen_lagere_waarde(
    laag: float, breed: float, hoger: float, verdeling: str
) -> None:
    kansen = np.linspace(0.001, 0.999, 41)
    waarden = waarde_bij_kans(kansen, laag + breed, laag, laag + breed + hoger, verdeling)
    assert (np.diff(waarden) >= -1e-12).all()


def test_zonder_marge_altijd_het_midden() -> None:
    assert (waarde_bij_kans(np.array([0.1, 0.9]), 3.0, None, None, "vast") == 3.0).all()


def test_ruis_begint_met_niets_en_is_herhaalbaar() -> None:
    een, twee = maak_ruis(20, 5, 4, zaad=3), maak_ruis(20, 5, 4, zaad=3)
    assert not een.gemeente[0].any()
    assert not een.huisvesting[0].any()
    assert een.voorspelfout.tobytes() == twee.voorspelfout.tobytes()
    assert een.gemeente.shape == (21, 5)
    np.testing.assert_array_equal(maak_ruis(40, 5, 4, zaad=3).gemeente[:21], een.gemeente)


def test_een_langere_of_grotere_berekening_houdt_het_toeval_van_een_kortere() -> None:
    kort, lang = maak_ruis(20, 5, 4, zaad=3), maak_ruis(50, 5, 9, zaad=3)
    for naam in ("gemeente", "vergunningen"):
        np.testing.assert_array_equal(getattr(lang, naam)[:21], getattr(kort, naam))
    for naam in ("huisvesting", "voorspelfout"):
        np.testing.assert_array_equal(getattr(lang, naam)[:21, :, :4], getattr(kort, naam))


def test_meer_trekkingen_laten_de_eerste_zoals_zij_waren() -> None:
    weinig, veel = (maak_trekkingen(["a", "b", "c"], n, zaad=3) for n in (10, 50))
    np.testing.assert_array_equal(veel.kansen[:11], weinig.kansen)
