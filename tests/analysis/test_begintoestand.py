"""The state at the start: what is unsure about the past hangs together."""

from __future__ import annotations

import numpy as np
import pytest

from impact.analysis.ensemble import maak_opdracht
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import laatst_bekend, maak_invoer, verleden
from impact.model.invoer import Invoer
from impact.model.keten import begin_opvang, keten
from impact.model.reeksen import som_gemeenten
from impact.registry.historie import stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.problemen import RegisterFout


@pytest.fixture(scope="module")
def invoer(register: Register) -> Invoer:
    opdracht = maak_opdracht(register, Instelling(trekkingen=63, tot="2026-II"))
    return maak_invoer(
        register, None, opdracht.perioden, opdracht.trekkingen, opdracht.ruis, opdracht.kalibratie
    )


def test_meer_gehuisvest_is_minder_achterstand_en_meer_vergunningen(invoer: Invoer) -> None:
    begin = invoer.begin
    volgorde = np.argsort(begin.achterstand[:, 0], kind="stable")
    for eerder in (begin.gehuisvest_verleden, begin.vergunningen_verleden):
        laatste = eerder[volgorde, 0, -1]
        assert (np.diff(laatste) <= 1e-9).all()
        assert laatste[0] > laatste[-1]
        assert np.ptp(eerder[:, 0, :-2]) > 0
        assert (eerder[:, 0, :-2] == eerder[0, 0, :-2]).all()


def test_middentrekking_is_wat_in_de_historie_staat(register: Register, invoer: Invoer) -> None:
    saldo = stroom(register.historie, "taakstelling_saldo", Halfjaar(2025, 2)).waarde
    assert invoer.begin.achterstand[0, 0] == -saldo
    gehuisvest = stroom(register.historie, "gehuisvest", Halfjaar(2025, 2)).waarde
    assert invoer.begin.gehuisvest_verleden[0, 0, -1] == gehuisvest


def test_aan_het_begin_lopen_zoveel_gemeenten_voor_als_geteld(
    register: Register, invoer: Invoer
) -> None:
    geteld = stroom(register.historie, "gemeenten_taakstelling_gehaald", Halfjaar(2025, 2)).waarde
    begin = begin_opvang(invoer)
    np.testing.assert_allclose(som_gemeenten(begin.achterstand), invoer.begin.achterstand)
    aandeel = (begin.achterstand[1:] < 0.5).mean()
    assert aandeel == pytest.approx(geteld, abs=0.06)


def test_eerste_halfjaar_volgt_de_vergunningen_van_het_laatste_jaar(invoer: Invoer) -> None:
    vergunningen = keten(invoer)["vergunningen"][0, 0, 0]
    laatste_jaar = invoer.begin.vergunningen_verleden[0, 0, -2:].mean()
    assert vergunningen == pytest.approx(laatste_jaar, rel=0.1)


def test_aanbod_is_gelijk_in_elke_trekking_hoe_groot_een_kanaal_ook_is(invoer: Invoer) -> None:
    benutting = invoer.toeval.benutting[:, 0]
    kamers = invoer.reeksen["gehuisvest_kamers_particulier"][:, 0, 0]
    assert np.corrcoef(benutting, kamers)[0, 1] < -0.5


def test_een_halfjaar_zonder_cijfer_krijgt_het_laatst_bekende(register: Register) -> None:
    laatste = stroom(register.historie, "asielvergunningen", Halfjaar(2025, 2)).waarde
    assert laatst_bekend(register, "asielvergunningen", Halfjaar(2026, 2)).waarde == laatste
    assert laatst_bekend(register, "asielvergunningen", Halfjaar(2010, 1)).waarde == 0.0


def test_een_reeks_die_niet_bestaat_of_te_oud_is_wordt_geen_nul(register: Register) -> None:
    with pytest.raises(RegisterFout, match="bedoelde u 'asielvergunningen'"):
        laatst_bekend(register, "asielvergunning", Halfjaar(2020, 1))
    with pytest.raises(RegisterFout, match="bedoelde u 'gehuisvest'"):
        verleden(register, "gehuisvesten", Halfjaar(2026, 1), np.full(2, 0.5))
    with pytest.raises(RegisterFout, match="geen waarde voor 2029-I"):
        laatst_bekend(register, "asielvergunningen", Halfjaar(2029, 1))


def test_groepen_van_voor_het_begin_van_een_reeks_tellen_niet(register: Register) -> None:
    vroeg = verleden(register, "gehuisvest", Halfjaar(2016, 1), np.full(2, 0.5))
    assert (vroeg[0, 0, :-4] == 0.0).all()
    assert (vroeg[0, 0, -4:] > 0.0).all()
