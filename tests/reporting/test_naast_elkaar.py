"""Figures that stand beside each other share one rounding step and one scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.reporting.getallen import (
    MINTEKEN,
    Band,
    Maat,
    eigen_maat,
    gelijke_maat,
    kort,
    rond,
    stap,
)
from impact.reporting.tabellen import cellen, verschilcellen
from tests.reporting.test_getallen import banden


def euro(midden: float, laag: float, hoog: float) -> Band:
    return Band(midden, laag, hoog, "euro")


@given(st.lists(banden(), min_size=1, max_size=5))
def test_de_gedeelde_stap_ligt_tussen_de_eigen_stappen(rij: list[Band]) -> None:
    rij = [Band(b.midden, b.laag, b.hoog, rij[0].eenheid) for b in rij]
    maat = gelijke_maat(rij)
    stappen = [stap(b) for b in rij if not b.nul]
    if maat is None:
        assert not stappen
        return
    assert min(stappen) <= maat.exponent <= max(stappen)
    for band in rij:
        if rond(band.midden, stap(band)) != 0:
            assert rond(band.midden, maat.exponent) != 0


def test_een_cijfer_alleen_houdt_zijn_eigen_stap_en_schaal() -> None:
    band = euro(8e6, 5e6, 12e6)
    assert gelijke_maat([band]) == eigen_maat(band)
    assert kort(band, maat=gelijke_maat([band])) == kort(band)


def test_het_onzekerste_cijfer_bepaalt_de_stap() -> None:
    smal, breed = euro(12_345_000, 12_300_000, 12_390_000), euro(14e6, 5e6, 30e6)
    maat = gelijke_maat([smal, breed])
    assert maat is not None
    assert maat.exponent < stap(breed)
    assert maat.exponent >= stap(smal)
    assert kort(smal, maat=maat)[1] != "bandbreedte kleiner dan de afronding"


def test_een_klein_cijfer_wordt_geen_nul_naast_een_groot() -> None:
    klein, groot = euro(40_000, 20_000, 60_000), euro(6e6, 3e6, 9e6)
    teksten = [kort(band, maat=gelijke_maat([klein, groot]))[0] for band in (klein, groot)]
    assert teksten == ["40\xa0dzd", "6.000\xa0dzd"]


def test_nullen_en_kleine_aantallen_tellen_niet_mee() -> None:
    nul = Band(0, 0, 0, "personen", klein=True)
    weinig = Band(3, 1, 6, "personen", klein=True)
    veel = Band(4100, 2000, 6300, "personen", klein=True)
    assert gelijke_maat([nul, weinig]) is None
    assert gelijke_maat([nul, weinig, veel]) == eigen_maat(veel)
    assert cellen([nul, weinig, veel])[1].startswith("minder dan 10")
    assert cellen([nul])[0] == "0"


def test_een_aandeel_wordt_ook_naast_een_ander_een_percentage() -> None:
    delen = [Band(0.2, 0.1, 0.3, "aandeel"), Band(0.25, 0.05, 0.6, "aandeel")]
    assert all("%" in cel for cel in cellen(delen))


def test_verschillen_houden_plus_en_min() -> None:
    paar = [(euro(8e6, 5e6, 12e6), False), (euro(-3e6, -9e6, 2e6), True)]
    eerste, tweede = verschilcellen(paar)
    assert eerste.startswith("+8")
    assert tweede.startswith(f"{MINTEKEN}3")
    assert "richting onzeker" in tweede


@pytest.mark.parametrize("exponent", [3, 6])
def test_een_gegeven_stap_wordt_gebruikt(exponent: int) -> None:
    maat = Maat(exponent, (6, "miljoen", "mln"))
    assert kort(euro(8_123_456, 5e6, 12e6), maat=maat)[0] == (
        "8,123\xa0mln" if exponent == 3 else "8\xa0mln"
    )
