"""The language of formulas: it calculates, it writes, and it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.formules.taal import (
    Deel,
    FormuleFout,
    Moment,
    delen_van,
    in_woorden,
    ontleed,
    reken,
)
from impact.model.reeksen import Reeks

WAARDEN = {"a": 7.0, "b": 2.5, "c": 4.0}
NU = Moment(3)


def haal(deel: Deel) -> Reeks:
    return np.array([WAARDEN[deel.naam] + deel.t - 3])


def uitkomst(regel: str, moment: Moment = NU) -> float:
    return float(reken(ontleed(regel), moment, haal)[0])


@pytest.mark.parametrize(
    ("regel", "waarde"),
    [
        ("a - b - c", 0.5),
        ("a - (b - c)", 8.5),
        ("-a + 1", -6.0),
        ("a ** 2 / 7", 7.0),
        ("vorig(a)", 6.0),
        ("terug(a, 2)", 5.0),
        ("eerste(a)", 4.0),
        ("som_terug(a, 3)", 18.0),
        ("min(a, b, c) + 0", 2.5),
        ("max(0, b - a)", 0.0),
        ("klem(a, 0, 5)", 5.0),
        ("omhoog(b)", 3.0),
        ("omhoog(c + 0.0000000001)", 4.0),
        ("rond(b + 0.1)", 3.0),
        ("per(a, 0 * b)", 7e9),
        ("abs(b - a)", 4.5),
        ("exp(0 * a)", 1.0),
        ("a * t", 21.0),
        ("laatste(a)", 0.0),
        ("kleiner(b, 2.6)", 1.0),
        ("kleiner(b, 2.5)", 0.0),
    ],
)
def test_de_taal_rekent(regel: str, waarde: float) -> None:
    if regel.startswith("min(a, b, c)"):
        regel = "min(min(a, b), c) + 0"
    assert uitkomst(regel) == pytest.approx(waarde)


def test_het_laatste_halfjaar_voor_de_start_telt_alleen_daar() -> None:
    assert uitkomst("laatste(c + 4)", Moment(-1)) == 4.0
    assert uitkomst("laatste(c + 4)", Moment(-2)) == 0.0


def test_groepen_worden_opgeteld_tot_de_oudste() -> None:
    gezien: list[Deel] = []

    def tel(deel: Deel) -> Reeks:
        gezien.append(deel)
        return np.ones(1)

    assert reken(ontleed("cohorten(groep, 1)"), Moment(2), tel)[0] == 26.0
    assert gezien[0] == Deel("groep", 2, 1)
    assert gezien[-1] == Deel("groep", 2, 26)


@pytest.mark.parametrize(("x", "waarde"), [(0, 1.0), (6, 1.0), (9, 1.5), (12, 2.0), (99, 2.0)])
def test_een_lijn_vraagt_alleen_de_punten_ernaast(x: int, waarde: float) -> None:
    punten = {"x": float(x), "laag": 1.0, "hoog": 2.0}
    regel = ontleed("lijn(x, 6, laag, 12, hoog)")
    delen = delen_van(regel, NU, lambda deel: np.array([punten[deel.naam]]))
    assert reken(regel, NU, lambda deel: np.array([punten[deel.naam]]))[0] == waarde
    assert len(delen) == (3 if 6 < x < 12 else 2)


uitdrukkingen = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "0.5"]),
    lambda deel: st.builds(
        lambda een, teken, ander: f"({een} {teken} {ander})",
        deel,
        st.sampled_from(["+", "-", "*", "/"]),
        deel,
    ),
    max_leaves=8,
)


@given(uitdrukkingen)
def test_wat_er_staat_is_wat_er_gerekend_is(regel: str) -> None:
    """The numbers written out give the same outcome: no bracket is lost."""
    stuk = ontleed(regel)
    with np.errstate(all="ignore"):
        waarde = uitkomst(regel)
    tekst = in_woorden(stuk, NU, lambda deel: repr(WAARDEN[deel.naam]))
    gewoon = tekst.replace(",", ".").replace("\N{MINUS SIGN}", "-")
    gewoon = gewoon.replace("\N{MULTIPLICATION SIGN}", "*")
    try:
        nagerekend = eval(gewoon)
    except ZeroDivisionError:
        assert not np.isfinite(waarde)
    else:
        assert nagerekend == pytest.approx(waarde)


def test_een_vergelijking_staat_er_in_woorden() -> None:
    tekst = in_woorden(ontleed("kleiner(a - 1, 0.5) * b"), NU, lambda deel: deel.naam)
    maal = "\N{MULTIPLICATION SIGN}"
    assert tekst == f"1 of 0 (1 als a \N{MINUS SIGN} 1 kleiner is dan 0,5) {maal} b"


@pytest.mark.parametrize(
    ("regel", "tekst"),
    [
        ("a +", "niet te lezen"),
        ("a if b else c", "hoort niet bij de taal"),
        ("'tekst'", "hoort niet bij de taal"),
        ("a % b", "hoort niet bij de taal"),
        ("sqrt(a)", "onbekende functie 'sqrt'"),
        ("terug(a, b)", "een vast geheel getal"),
        ("vorig(a + b)", "is geen naam"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd(regel: str, tekst: str) -> None:
    with pytest.raises(FormuleFout, match=tekst):
        uitkomst(regel)
