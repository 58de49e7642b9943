"""Which half-year every law gets: orders are compared like with like."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.volgordeplannen import (
    EIGEN,
    INEENS,
    GeenVolgorde,
    begin,
    eigen_data,
    gekozen_volgordes,
    in_groepen,
    op_volgorde,
    plekken,
    vaste_plannen,
    verschoven,
)
from impact.registry.laden import Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar

WETTEN = {
    "a": Halfjaar(2026, 2),
    "b": Halfjaar(2027, 1),
    "c": Halfjaar(2026, 2),
    "d": Halfjaar(2027, 1),
}


@given(st.integers(1, 20), st.integers(1, 6).map(lambda jaar: 2 * jaar))
def test_plekken_lopen_van_het_begin_tot_het_einde(wetten: int, duur: int) -> None:
    plek = plekken(wetten, duur)
    assert len(plek) == wetten
    assert plek == sorted(plek)
    assert plek[0] == 0
    assert plek[-1] == (duur if wetten > 1 else 0)


@pytest.mark.parametrize("duur", [2, 4, 6])
def test_alle_volgordes_gebruiken_dezelfde_data(duur: int) -> None:
    plannen = op_volgorde(WETTEN, duur, permutations(WETTEN))
    data = {tuple(sorted(dag.nummer for _, dag in plan.data)) for plan in plannen}
    assert len(data) == 1
    assert all(dag >= WETTEN[wet] for plan in plannen for wet, dag in plan.data)
    assert len({plan.data for plan in plannen}) == len(plannen)
    assert len({plan.naam for plan in plannen}) == len(plannen)


def test_vier_wetten_over_twee_jaar_hebben_24_volgordes_en_over_een_jaar_12() -> None:
    assert len(op_volgorde(WETTEN, 4, permutations(WETTEN))) == 24
    assert len(op_volgorde(WETTEN, 2, permutations(WETTEN))) == 12


def test_letters_zeggen_wie_samen_ingaat() -> None:
    (plan,) = op_volgorde(WETTEN, 2, [("d", "b", "a", "c")])
    assert plan.titel == "BD, A, C"
    assert dict(plan.data)["c"] == Halfjaar(2028, 1)


def test_vaste_plannen_zijn_het_scenario_en_alles_ineens() -> None:
    eigen, ineens = vaste_plannen(WETTEN)
    assert (eigen.naam, dict(eigen.data)) == (EIGEN, WETTEN)
    assert ineens.naam == INEENS
    assert {dag for _, dag in ineens.data} == {Halfjaar(2027, 1)}


def test_keuze_bevat_de_goedkoopste_en_duurste_als_wetten_los_tellen() -> None:
    dagen = [begin(WETTEN) + plek for plek in plekken(4, 6)]
    prijs = {"a": 4.0, "b": 1.0, "c": 3.0, "d": 2.0}
    kosten = {(wet, dag): -prijs[wet] * n for wet in WETTEN for n, dag in enumerate(dagen)}
    gekozen = gekozen_volgordes(WETTEN, 6, [kosten], 0, 1)
    assert ("b", "d", "c", "a") in gekozen
    assert ("a", "c", "d", "b") in gekozen


def test_keuze_is_steeds_dezelfde_en_elke_wet_is_een_keer_eerste_en_laatste() -> None:
    een, twee = (gekozen_volgordes(WETTEN, 4, [], 5, 7) for _ in range(2))
    assert een == twee
    assert all(sorted(volgorde) == sorted(WETTEN) for volgorde in een)
    assert {v[0] for v in een} == {v[-1] for v in een} == set(WETTEN)
    assert len(een) == 1 + 2 * len(WETTEN) + 5


def test_groepen_hebben_gemiddeld_dezelfde_datum(register: Register) -> None:
    eigen = eigen_data(register, "alles_samen")
    opzet = register.volgordes["standaard"]
    eerst, samen, weg = in_groepen(eigen, 4, opzet)
    helpt, afschaft = opzet.alternatief.wetten[0], opzet.intrekking.wetten[0]

    def dagen(plan: object) -> tuple[int, int]:
        data = dict(plan.data)  # type: ignore[attr-defined]
        return data[helpt] - begin(eigen), data[afschaft] - begin(eigen)

    assert (dagen(eerst), dagen(samen), dagen(weg)) == ((0, 4), (2, 2), (4, 0))
    assert all(dict(plan.data)["oekraine"] == eigen["oekraine"] for plan in (eerst, samen, weg))


def test_zonder_wet_die_helpt_zijn_er_geen_groepen(register: Register) -> None:
    eigen = eigen_data(register, "vier_wetten")
    assert in_groepen(eigen, 4, register.volgordes["standaard"]) == []


def test_stappen_van_een_wet_houden_hun_afstand(register: Register) -> None:
    stappen = [
        Stap(maatregel="verbod_voorrang_sociale_huur", vanaf="2027-I"),
        Stap(maatregel="verbod_voorrang_kamers", vanaf="2028-I"),
        Stap(maatregel="einde_rijksbijdrage_lvv", vanaf="2027-II"),
    ]
    scenario = Scenario(
        titel="x", soort="variant", referentie="recht_2025", toelichting="x", maatregelen=stappen
    )
    register = register.met_scenarios({**register.scenarios, "x": scenario})
    eigen = eigen_data(register, "x")
    assert eigen == {
        "verbod_voorrang": Halfjaar(2027, 1),
        "beeindiging_lvv": Halfjaar(2027, 2),
    }
    later = verschoven(register, scenario, eigen, (("verbod_voorrang", Halfjaar(2029, 2)),))
    assert [(s.maatregel, str(s.vanaf)) for s in later.maatregelen] == [
        ("verbod_voorrang_sociale_huur", "2029-II"),
        ("verbod_voorrang_kamers", "2030-II"),
    ]
    assert verschoven(register, scenario, eigen, tuple(eigen.items())) == scenario


@pytest.mark.parametrize("naam", ["recht_2025", "geldend_recht"])
def test_een_referentie_heeft_niets_te_ordenen(register: Register, naam: str) -> None:
    with pytest.raises(GeenVolgorde, match="kies een variant"):
        eigen_data(register, naam)
