"""Series of the past: stocks on a day, flows in a half-year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.historie import Waarneming, begint_later, stand, stroom
from impact.registry.periode import Halfjaar
from impact.registry.problemen import RegisterFout
from tests.registry.boom import laad


@pytest.fixture
def historie(boom: Path) -> pd.DataFrame:
    return laad(boom).historie


@pytest.mark.parametrize(
    ("dag", "waarde"),
    [
        (date(2019, 1, 1), 22_000),
        (date(2019, 12, 31), 22_000),
        (date(2025, 1, 1), 70_000),
        (date(2026, 1, 1), 72_000),
        (date(2025, 12, 6), 72_000),
        (date(2027, 1, 5), 72_000),
    ],
)
def test_stand_rond_een_dag(historie: pd.DataFrame, dag: date, waarde: float) -> None:
    assert stand(historie, "coa_bezetting", dag).waarde == waarde


@pytest.mark.parametrize("dag", [date(2018, 11, 29), date(2020, 1, 3), date(2027, 1, 8)])
def test_een_stand_die_te_ver_weg_is(historie: pd.DataFrame, dag: date) -> None:
    with pytest.raises(RegisterFout) as fout:
        stand(historie, "coa_bezetting", dag)
    assert f"reeks 'coa_bezetting' heeft geen stand rond {dag}" in str(fout.value)


def test_marge_en_kwaliteit_van_een_stand(historie: pd.DataFrame) -> None:
    gevonden = stand(historie, "coa_bezetting", date(2026, 1, 1))
    assert gevonden == Waarneming(72_000.0, 71_000.0, 73_000.0, "oranje")
    assert stand(historie, "coa_bezetting", date(2025, 1, 1)).laag is None


def test_stroom_van_een_halfjaar(historie: pd.DataFrame) -> None:
    assert stroom(historie, "gehuisvest", Halfjaar(2019, 2)).waarde == 6_500


def test_een_jaar_geeft_twee_gelijke_helften(historie: pd.DataFrame) -> None:
    helften = [stroom(historie, "asielvergunningen", Halfjaar(2019, helft)) for helft in (1, 2)]
    assert helften[0] == helften[1] == Waarneming(10_000.0, 9_000.0, 11_500.0, "rood")


def test_een_stroom_die_ontbreekt_is_een_fout_of_de_gegeven_waarde(historie: pd.DataFrame) -> None:
    with pytest.raises(RegisterFout, match="reeks 'gehuisvest' heeft geen waarde voor 2020-I"):
        stroom(historie, "gehuisvest", Halfjaar(2020, 1))
    assert stroom(historie, "gehuisvest", Halfjaar(2020, 1), ontbreekt=0.0).waarde == 0.0


def test_een_tikfout_in_de_naam_van_een_reeks(historie: pd.DataFrame) -> None:
    with pytest.raises(RegisterFout, match="onbekende reeks 'gehuisvst'"):
        stroom(historie, "gehuisvst", Halfjaar(2019, 1))
    with pytest.raises(RegisterFout, match="bedoelde u 'gehuisvest'"):
        stroom(historie, "gehuisvst", Halfjaar(2019, 1), ontbreekt=0.0)
    with pytest.raises(RegisterFout, match="bedoelde u 'coa_bezetting'"):
        stand(historie, "coa_bezeting", date(2019, 1, 1))


def test_een_bekende_naam_krijgt_geen_voorstel(historie: pd.DataFrame) -> None:
    with pytest.raises(RegisterFout) as fout:
        stroom(historie, "gehuisvest", Halfjaar(2020, 1))
    assert "bedoelde" not in str(fout.value)


@pytest.mark.parametrize(
    ("halfjaar", "later"),
    [(Halfjaar(2018, 2), True), (Halfjaar(2019, 1), False), (Halfjaar(2025, 1), False)],
)
def test_voor_het_begin_van_een_reeks(
    historie: pd.DataFrame, halfjaar: Halfjaar, later: bool
) -> None:
    assert begint_later(historie, "asielvergunningen", halfjaar) == later


def test_een_saldo_mag_negatief_zijn(historie: pd.DataFrame) -> None:
    saldo = stroom(historie, "taakstelling_saldo", Halfjaar(2019, 1))
    assert (saldo.laag, saldo.waarde, saldo.hoog) == (-2_000, -1_500, -1_000)
    assert saldo.omgekeerd() == Waarneming(1_500.0, 1_000.0, 2_000.0, "oranje")


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.floats(0, 1e5), st.sampled_from([1.0, 2.0, 4.0]))
def test_delen_en_omkeren_houden_de_volgorde(
    waarde: float, onder: float, boven: float, door: float
) -> None:
    begin = Waarneming(waarde, waarde - onder, waarde + boven)
    for anders in (begin.gedeeld(door), begin.omgekeerd()):
        assert anders.laag is not None
        assert anders.hoog is not None
        assert anders.laag <= anders.waarde <= anders.hoog
    assert begin.omgekeerd().omgekeerd() == begin


def test_elke_rij_weet_waar_zij_vandaan_komt(historie: pd.DataFrame) -> None:
    rij = historie[historie["moment"] == "2026-01-05"].iloc[0]
    assert (rij["bestand"], rij["regel"]) == ("parameters/historie/opvang.csv", 4)
    assert rij["toelichting"] == "Rond, maar bruikbaar."
