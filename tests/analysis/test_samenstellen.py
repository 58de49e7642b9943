"""The input of the model comes from the register, and nothing is silently left out."""

from __future__ import annotations

import numpy as np
import pytest

from impact.analysis.ensemble import Opdracht, maak_opdracht
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import VOORRADEN, gemeentecijfers, maak_invoer
from impact.model.invoer import Invoer
from impact.registry.gemeenten import inwoners
from impact.registry.historie import stand, stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks

PERIODEN = reeks(Halfjaar(2026, 1), Halfjaar(2027, 2))


@pytest.fixture(scope="module")
def opdracht(register: Register) -> Opdracht:
    return maak_opdracht(register, Instelling(trekkingen=8, tot="2027-II"))


@pytest.fixture(scope="module")
def invoer(opdracht: Opdracht) -> Invoer:
    return maak_invoer(
        opdracht.register,
        "geldend_recht",
        opdracht.perioden,
        opdracht.trekkingen,
        opdracht.ruis,
        opdracht.kalibratie,
    )


def test_inwoners_zijn_die_van_het_jaar_ervoor(register: Register) -> None:
    cijfers = gemeentecijfers(register, tuple(PERIODEN))
    assert cijfers.inwoners.shape == (1, 342, 4)
    for t, periode in enumerate(PERIODEN):
        np.testing.assert_array_equal(
            cijfers.inwoners[0, :, t], inwoners(register.gemeenten, periode.jaar - 1)
        )


def test_netwerken_delen_de_gemeenten_in(register: Register) -> None:
    """Versneld huisvesten vraagt 30, 15 of minder personen: elke gemeente valt in een groep."""
    cijfers, df = gemeentecijfers(register, tuple(PERIODEN)), register.gemeenten
    groot = (df["netwerk_g4"] + df["netwerk_g40"]) > 0
    middel = ((df["netwerk_m50"] + df["netwerk_r8"]) > 0) & ~groot
    np.testing.assert_array_equal(cijfers.netwerk_groot[0], groot)
    np.testing.assert_array_equal(cijfers.netwerk_middel[0], middel)
    assert groot.sum() > 40
    assert middel.sum() > 40


def test_aandelen_tellen_op_tot_een_en_woningen_tot_het_land(register: Register) -> None:
    cijfers = gemeentecijfers(register, tuple(PERIODEN))
    for naam in ("spreidingswet", "opvang_regulier", "opvang_nood"):
        assert getattr(cijfers, f"aandeel_{naam}").sum() == pytest.approx(1.0), naam
    landelijk = stand(register.historie, "corporatiewoningen", PERIODEN[0].eerste_dag).waarde
    assert cijfers.corporatiewoningen.sum() == pytest.approx(landelijk)
    assert (cijfers.corporatiewoningen >= 0).all()


@pytest.mark.parametrize("naam", VOORRADEN)
def test_elke_voorraad_begint_bij_de_historie(
    register: Register, invoer: Invoer, naam: str
) -> None:
    begin = getattr(invoer.begin, naam)
    gezien = stand(register.historie, naam, PERIODEN[0].eerste_dag)
    assert begin[0, 0] == pytest.approx(gezien.waarde)
    assert (np.ptp(begin) > 0) == (gezien.laag is not None and gezien.laag != gezien.hoog)


@pytest.mark.parametrize(
    ("naam", "reeksnaam"), [("gehuisvest", "gehuisvest"), ("vergunningen", "asielvergunningen")]
)
def test_cohorten_van_voor_het_begin_komen_uit_de_historie(
    register: Register, invoer: Invoer, naam: str, reeksnaam: str
) -> None:
    verleden = getattr(invoer.begin, f"{naam}_verleden")
    for terug in (3, 8, 12):
        eerder = stroom(register.historie, reeksnaam, PERIODEN[0] + -terug)
        assert verleden[0, 0, -terug] == pytest.approx(eerder.waarde), terug
    assert (verleden[0, 0, -16:] > 0).all()


def test_achterstand_is_het_saldo_met_een_ander_teken_en_een_marge(
    register: Register, invoer: Invoer
) -> None:
    saldo = stroom(register.historie, "taakstelling_saldo", PERIODEN[0] + -1)
    assert invoer.begin.achterstand[0, 0] == pytest.approx(-saldo.waarde)
    assert (np.ptp(invoer.begin.achterstand) > 0) == (saldo.laag is not None)
