"""Every measure of a law alone: the same runs as a scenario, and values that are really turned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from impact.analysis.ensemble import MIDDEN, maak_opdracht, trekkingen_van
from impact.analysis.opslag import Instelling
from impact.analysis.uitkomsten import meet
from impact.analysis.wetproef import (
    SAMEN,
    GeenProef,
    bereken_wetproef,
    bereken_wetwaarden,
    proeven,
)
from impact.registry.laden import Register, laad_register

KORT = Instelling(trekkingen=2, tot="2030-II")
UITKOMST = "gat_gemeenten"


@pytest.fixture(scope="module")
def register() -> Register:
    return laad_register()


def test_elke_maatregel_die_iets_verandert_en_in_een_scenario_staat_wordt_geprobeerd(
    register: Register,
) -> None:
    gebruikt = {s.maatregel for sc in register.scenarios.values() for s in sc.maatregelen}
    for wet, inhoud in register.wetten.items():
        los = [proef.maatregel for proef in proeven(register, wet) if proef.maatregel != SAMEN]
        assert los == [n for n, m in inhoud.maatregelen.items() if m.verandert and n in gebruikt]


def test_een_proef_is_de_maatregel_alleen_tegen_een_referentie_zonder_haar(
    register: Register,
) -> None:
    for wet in register.wetten:
        for proef in proeven(register, wet):
            eigen = {stap.maatregel for stap in proef.inhoud.maatregelen}
            basis = register.scenarios[str(proef.inhoud.referentie)]
            assert not eigen & {stap.maatregel for stap in basis.maatregelen}
            assert proef.maatregel == SAMEN or eigen == {proef.maatregel}
            in_scenario = register.scenarios[proef.scenario].maatregelen
            assert all(stap in in_scenario for stap in proef.inhoud.maatregelen)


def test_een_maatregel_van_de_referentie_zelf_wordt_met_het_oude_recht_vergeleken(
    register: Register,
) -> None:
    alle = proeven(register, "migratiepact")
    assert {(proef.scenario, proef.inhoud.referentie) for proef in alle} == {
        ("geldend_recht", "recht_2025")
    }


def test_een_wet_met_een_maatregel_doet_los_wat_haar_scenario_doet(register: Register) -> None:
    tabel = bereken_wetproef(register, "beeindiging_lvv", KORT).tabel("uitkomsten")
    opdracht = maak_opdracht(register, KORT)
    eigen, basis = (trekkingen_van(opdracht, naam) for naam in ("einde_lvv", "geldend_recht"))
    verwacht = meet(register.uitkomsten[UITKOMST], eigen, basis, opdracht.perioden)[1:].mean()
    gevonden = tabel[tabel["uitkomst"] == UITKOMST]
    assert list(gevonden["maatregel"]) == ["einde_rijksbijdrage_lvv"]
    assert float(gevonden["midden"].iloc[0]) == pytest.approx(float(verwacht), rel=1e-12)


def test_het_geheel_is_het_scenario_van_de_wet(register: Register) -> None:
    tabel = bereken_wetproef(register, "verbod_voorrang", KORT).tabel("grootheden")
    opdracht = maak_opdracht(register, KORT)
    sleutel = ("achterstand", "")
    eigen, basis = (
        trekkingen_van(opdracht, naam)[sleutel] for naam in ("verbod_voorrang", "geldend_recht")
    )
    verschil = (eigen - basis)[1:, :, -1].sum(axis=1)
    rij = tabel[(tabel["maatregel"] == SAMEN) & (tabel["grootheid"] == sleutel[0])].iloc[0]
    assert float(rij["midden"]) == pytest.approx(float(verschil.mean()), rel=1e-9)
    assert float(rij["laag"]) <= float(rij["midden"]) <= float(rij["hoog"])
    assert bool(rij["richting_onzeker"]) == (float(rij["laag"]) < 0 < float(rij["hoog"]))


def test_een_waarde_hoog_zetten_is_de_bovengrens_invullen(register: Register) -> None:
    """The 95% point of an effect size is its ``hoog``: filling that in gives the same."""
    maatregel = "verbod_voorrang_kamers"
    tabel = bereken_wetwaarden(register, "verbod_voorrang", KORT).tabel("waarden")
    rij = tabel[
        (tabel["waarde"] == f"maatregel:{maatregel}:0")
        & (tabel["kant"] == "hoog")
        & (tabel["uitkomst"] == UITKOMST)
    ].iloc[0]
    inhoud = register.maatregelen[maatregel]
    waarde = inhoud.verandert[0].waarde
    vast = waarde.model_copy(
        update={"midden": waarde.hoog, "laag": None, "hoog": None, "verdeling": "vast"}
    )
    anders = inhoud.model_copy(
        update={"verandert": [inhoud.verandert[0].model_copy(update={"waarde": vast})]}
    )
    aangepast = replace(register, maatregelen={**register.maatregelen, maatregel: anders})
    opdracht = maak_opdracht(aangepast, replace(KORT, trekkingen=0))
    eigen, basis = (
        trekkingen_van(opdracht, naam, MIDDEN) for naam in ("verbod_voorrang", "geldend_recht")
    )
    verwacht = meet(register.uitkomsten[UITKOMST], eigen, basis, opdracht.perioden)
    np.testing.assert_allclose(rij["anders"], verwacht[0], rtol=1e-9)
    assert rij["anders"] != rij["midden"]


def test_waarden_van_andere_wetten_draaien_niet_mee(register: Register) -> None:
    tabel = bereken_wetwaarden(register, "verbod_voorrang", KORT).tabel("waarden")
    effecten = {naam.split(":")[1] for naam in tabel["waarde"] if naam.startswith("maatregel:")}
    geldend = {stap.maatregel for stap in register.scenarios["geldend_recht"].maatregelen}
    assert effecten == geldend | {"verbod_voorrang_sociale_huur", "verbod_voorrang_kamers"}


def test_een_wet_in_geen_scenario_geeft_lege_tabellen(register: Register) -> None:
    assert bereken_wetproef(register, "crisisnoodopvang_2022", KORT).tabel("uitkomsten").empty
    assert bereken_wetwaarden(register, "crisisnoodopvang_2022", KORT).tabel("waarden").empty


def test_een_onbekende_wet_of_een_te_korte_berekening_is_een_duidelijke_fout(
    register: Register,
) -> None:
    with pytest.raises(GeenProef, match="bedoelde u 'verbod_voorrang'"):
        bereken_wetproef(register, "verbod_voorang", KORT)
    with pytest.raises(GeenProef, match="te kort voor een proef"):
        bereken_wetproef(register, "verbod_voorrang", replace(KORT, tot="2029-II"))
