"""How much of a measure applies: in the model, in the file, and in the words of a report."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from impact.analysis.waarden import gewichten, ingrepen
from impact.registry.laden import Register
from impact.registry.modellen import Stap
from impact.registry.periode import Halfjaar, reeks
from impact.reporting.maatregelen import ingang
from impact.werkbank import keuze as kz

KAMERS = "verbod_voorrang_kamers"
PERIODEN = reeks(Halfjaar(2026, 1), Halfjaar(2030, 2))


@given(sterkte=st.floats(0.01, 2.0))
def test_de_sterkte_schaalt_het_hele_ingroeipad(register: Register, sterkte: float) -> None:
    def pad(kracht: float) -> np.ndarray:
        scenario = kz.zet_stap(kz.begin_met(register, "verbod_voorrang"), KAMERS, sterkte=kracht)
        anders = register.met_scenarios({**register.scenarios, "proef": scenario})
        (ingreep,) = [i for i in ingrepen(anders, "proef") if i.maatregel == KAMERS]
        return gewichten(ingreep, PERIODEN)

    assert pad(sterkte) == pytest.approx(sterkte * pad(1.0))


@pytest.mark.parametrize("sterkte", [0.0, -0.5, 2.01, float("nan")])
def test_een_sterkte_die_niet_kan_wordt_geweigerd(sterkte: float) -> None:
    with pytest.raises(ValidationError):
        Stap(maatregel=KAMERS, vanaf=Halfjaar(2027, 1), sterkte=sterkte)


def test_een_rapport_zegt_hoe_sterk_een_maatregel_is() -> None:
    heel = Stap(maatregel=KAMERS, vanaf=Halfjaar(2027, 1))
    half = heel.model_copy(update={"sterkte": 0.5})
    assert ingang(heel) == "2027-I"
    assert ingang(half) == "2027-I, voor 50% van wat in de wet staat"
