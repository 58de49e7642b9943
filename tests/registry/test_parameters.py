"""The parameters that ship with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.aannamelijst import aannamelijst
from impact.registry.gemeenten import inwoners
from impact.registry.historie import stroom
from impact.registry.laden import Register, laad_register
from impact.registry.periode import Halfjaar, reeks

MAP = Path(__file__).resolve().parents[2] / "parameters"
LANDELIJK = {
    2019: 17_282_163,
    2021: 17_475_415,
    2023: 17_811_291,
    2024: 17_942_942,
    2025: 18_044_027,
}


@pytest.fixture(scope="module")
def register() -> Register:
    return laad_register(MAP, parameters_model=PARAMETEREENHEDEN)


@pytest.mark.parametrize("jaar", LANDELIJK)
def test_inwoners_tellen_op_tot_het_landelijke_cijfer(register: Register, jaar: int) -> None:
    assert inwoners(register.gemeenten, jaar).sum() == LANDELIJK[jaar]


def test_de_342_gemeenten(register: Register) -> None:
    assert len(register.gemeenten) == len(register.hexkaart) == 342
    assert register.gemeenten["netwerk"].value_counts()["G4"] == 4
    assert register.gemeenten["spreidingswet_indicatief_nov2025"].sum() == 88_000
    assert set(register.herkomst) == set(register.gemeenten.columns) - {
        "grootteklasse",
        "netwerk",
    } | {"gemeentecode"}


def test_beide_referenties_en_varianten_bestaan(register: Register) -> None:
    assert register.scenarios["recht_2025"].maatregelen == []
    assert register.scenarios["geldend_recht"].soort == "referentie"
    varianten = [s for s in register.scenarios.values() if s.soort == "variant"]
    assert len(varianten) >= 10


def test_gehuisvest_en_vergunningen_zijn_bekend_of_rood(register: Register) -> None:
    for halfjaar in reeks(Halfjaar(2014, 1), Halfjaar(2025, 2)):
        assert stroom(register.historie, "gehuisvest", halfjaar).waarde > 0
        assert stroom(register.historie, "asielvergunningen", halfjaar).waarde > 0


def test_geen_enkele_waarde_is_zonder_bron(register: Register) -> None:
    lijst = aannamelijst(register)
    assert lijst["bron"].isin(list(register.bronnen)).all()
    assert (lijst["vindplaats"].str.len() > 3).all()


def test_wat_van_de_makers_komt_zonder_bron_is_rood(register: Register) -> None:
    lijst = aannamelijst(register)
    zonder = lijst[(lijst["bron"] == "aanname_werkgroep") & (lijst["rol"] == "onzekerheid")]
    assert (zonder["kwaliteit"] == "rood").all()
