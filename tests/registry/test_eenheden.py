"""Units: a closed list, natural bounds, and what may be added to what."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.eenheden import (
    EENHEDEN,
    EenheidFout,
    bij_bewerking,
    bij_optellen,
    grenzen,
    is_euro,
)

EENHEID = st.sampled_from(EENHEDEN)
AFGESPROKEN = (
    "personen",
    "personen per halfjaar",
    "personen per gemeente",
    "personen per woning",
    "personen per huishouden",
    "personen per vergunning",
    "zaken",
    "zaken per halfjaar",
    "besluiten per halfjaar",
    "woningen",
    "woningen per halfjaar",
    "plaatsen",
    "plaatsen per halfjaar",
    "euro",
    "euro per jaar",
    "euro per halfjaar",
    "euro per dag",
    "euro per maand",
    "euro per uur",
    "euro per persoon",
    "euro per persoon per jaar",
    "euro per huishouden",
    "euro per huishouden per jaar",
    "euro per plaats",
    "euro per plaats per jaar",
    "euro per leerling per jaar",
    "euro per inwoner",
    "aandeel",
    "aandeel per jaar",
    "aandeel per halfjaar",
    "factor",
    "uur",
    "uur per jaar",
    "fte",
    "maanden",
    "weken",
    "halfjaren",
    "jaren",
)


def test_alle_afgesproken_eenheden_bestaan_een_keer() -> None:
    assert set(AFGESPROKEN) <= set(EENHEDEN)
    assert len(set(EENHEDEN)) == len(EENHEDEN)


@given(EENHEID)
def test_grenzen(eenheid: str) -> None:
    laagste, hoogste = grenzen(eenheid)
    assert laagste == 0.0
    assert hoogste == (1.0 if eenheid.startswith("aandeel") else math.inf)


@given(EENHEID, EENHEID)
def test_alleen_gelijke_eenheden_kunnen_worden_opgeteld(een: str, ander: str) -> None:
    if een == ander:
        assert bij_optellen(een, ander) == een
    else:
        with pytest.raises(EenheidFout, match="kunnen niet worden opgeteld"):
            bij_optellen(een, ander)


def test_een_aandeel_bij_euro_optellen_is_een_fout() -> None:
    with pytest.raises(EenheidFout) as fout:
        bij_optellen("aandeel", "euro")
    assert "'aandeel' en 'euro'" in str(fout.value)


@given(EENHEID)
def test_eenheid_van_de_waarde_van_een_maatregel(eenheid: str) -> None:
    assert bij_bewerking("vervang", eenheid) == eenheid
    assert bij_bewerking("plus", eenheid) == eenheid
    assert bij_bewerking("maal", eenheid) == "factor"


@given(EENHEID)
def test_alleen_bedragen_zijn_euro(eenheid: str) -> None:
    assert is_euro(eenheid) == eenheid.startswith("euro")
