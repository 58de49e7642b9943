"""Half-years: reading, writing, counting."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.periode import GeenHalfjaar, Halfjaar, reeks

HALFJAREN = st.builds(Halfjaar, st.integers(1950, 2150), st.sampled_from([1, 2]))
STAPPEN = st.integers(-80, 80)


@given(HALFJAREN)
def test_schrijven_en_lezen_geeft_hetzelfde(halfjaar: Halfjaar) -> None:
    assert Halfjaar.lees(str(halfjaar)) == halfjaar


@given(HALFJAREN, STAPPEN)
def test_optellen_en_aftrekken_heffen_elkaar_op(halfjaar: Halfjaar, aantal: int) -> None:
    later = halfjaar + aantal
    assert later - halfjaar == aantal
    assert later - aantal == halfjaar
    assert (later > halfjaar) == (aantal > 0)


@given(HALFJAREN)
def test_elke_dag_valt_in_zijn_halfjaar(halfjaar: Halfjaar) -> None:
    assert Halfjaar.van_datum(halfjaar.eerste_dag) == halfjaar
    assert Halfjaar.van_datum(halfjaar.laatste_dag) == halfjaar
    assert halfjaar.laatste_dag + timedelta(days=1) == (halfjaar + 1).eerste_dag


@given(HALFJAREN, HALFJAREN)
def test_volgorde_is_die_van_de_kalender(een: Halfjaar, ander: Halfjaar) -> None:
    assert (een < ander) == (een.eerste_dag < ander.eerste_dag)
    assert sorted([een, ander], key=str) == sorted([een, ander])


@given(HALFJAREN, st.integers(0, 40))
def test_reeks_is_aaneengesloten(van: Halfjaar, aantal: int) -> None:
    alle = reeks(van, van + aantal)
    assert len(alle) == aantal + 1
    assert (alle[0], alle[-1]) == (van, van + aantal)
    assert all(later - eerder == 1 for eerder, later in pairwise(alle))


def test_hoofdberekening_telt_twintig_halfjaren() -> None:
    assert len(reeks(Halfjaar.lees("2026-I"), Halfjaar.lees("2035-II"))) == 20


def test_reeks_die_achteruit_loopt_is_leeg() -> None:
    assert reeks(Halfjaar(2026, 2), Halfjaar(2026, 1)) == []


def test_halfjaar_van_een_datum() -> None:
    assert str(Halfjaar.van_datum(date(2026, 6, 30))) == "2026-I"
    assert str(Halfjaar.van_datum(date(2026, 7, 1))) == "2026-II"


@pytest.mark.parametrize(
    ("tekst", "hulp"),
    [
        ("2027-III", "'2027-III' is geen halfjaar; gebruik 2027-I of 2027-II"),
        ("2027-2", "gebruik 2027-I of 2027-II"),
        ("2027", "gebruik 2027-I of 2027-II"),
        ("2027-i", "gebruik 2027-I of 2027-II"),
        ("2027-I ", "gebruik 2027-I of 2027-II"),
        ("I-2027", "gebruik bijvoorbeeld 2026-I of 2026-II"),
        ("", "gebruik bijvoorbeeld 2026-I of 2026-II"),
        ("\u0662\u0660\u0662\u0666-I", "is geen halfjaar"),
        ("0000-I", "valt buiten 1900"),
        ("9999-II", "valt buiten 1900"),
    ],
)
def test_geen_halfjaar(tekst: str, hulp: str) -> None:
    with pytest.raises(GeenHalfjaar) as fout:
        Halfjaar.lees(tekst)
    assert hulp in str(fout.value)


@pytest.mark.parametrize("helft", [0, 3, -1])
def test_een_derde_helft_bestaat_niet(helft: int) -> None:
    with pytest.raises(GeenHalfjaar, match="bestaat niet"):
        Halfjaar(2026, helft)


@given(st.text(max_size=12))
def test_elke_tekst_is_een_halfjaar_of_een_nette_fout(tekst: str) -> None:
    try:
        gelezen = str(Halfjaar.lees(tekst))
    except GeenHalfjaar as fout:
        gelezen = str(fout)
    assert gelezen == tekst or "gebruik" in gelezen or "buiten" in gelezen
