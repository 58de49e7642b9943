"""Own figures hold exactly, and national numbers stay or move in the open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.analysis.bekend import zoals_bekend
from impact.analysis.eigenoverzicht import inpassing, onze_cijfers
from impact.analysis.eigenstand import Opgave, Post, opgave, pas_in
from impact.analysis.ensemble import Opdracht, maak_opdracht, trekkingen_van
from impact.analysis.formules.herkomst import van_gemeente
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import maak_invoer
from impact.analysis.verklaren import middenrun
from impact.inwinnen.bewaren import bewaar
from impact.inwinnen.lezen import Gelezen
from impact.model.keten import begin_opvang
from impact.model.reeksen import Reeks
from impact.registry.eigenmodellen import Eigenopgave
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from tests.inwinnen.conftest import CODE, laad
from tests.inwinnen.opgaven import maak_opgave

KORT = Instelling(trekkingen=4, tot="2026-II")
CIJFERS = {
    "achterstand": 400.0,
    "gehuisvest_drie_jaar": 2100.0,
    "wachtlijst_inburgering": 50.0,
    "oekraieners_in_opvang": 700.0,
    "opvangplaatsen_regulier": 1000.0,
    "opvangplaatsen_nood": 100.0,
    "opvangtaak": 1900.0,
    "corporatiewoningen": 50_000.0,
    "fte_beschikbaar": 60.0,
    "lvv_plaatsen": 150.0,
}
getallen = st.floats(0, 1e6)


@st.composite
def verdelingen(draw: st.DrawFn) -> tuple[Post, Opgave, float]:
    """A national number, its division over six municipalities, and own figures of some."""
    gewicht = np.array([draw(st.lists(st.floats(0, 100), min_size=6, max_size=6))])
    gewicht[0, 0] += 1.0
    totaal = np.array([[draw(getallen)], [draw(getallen)]])
    plekken = np.array(sorted(draw(st.sets(st.integers(0, 5), min_size=1, max_size=6))))
    eigen = np.array([[draw(getallen) for _ in plekken] for _ in range(2)])
    post = Post(totaal, gewicht / gewicht.sum(), np.zeros((1, 1)))
    return post, Opgave(plekken, eigen), draw(st.floats(1, 4))


@given(verdelingen())
def test_een_eigen_cijfer_geldt_precies_en_de_rest_telt_op(
    geval: tuple[Post, Opgave, float],
) -> None:
    post, eigen, grens = geval
    nieuw = pas_in(post, eigen, grens)
    per_gemeente = nieuw.per_gemeente
    schaal = 1.0 + np.abs(nieuw.totaal)
    assert (np.abs(per_gemeente[:, eigen.plekken] - eigen.waarden) <= 1e-9 * schaal).all()
    assert (np.abs(per_gemeente.sum(axis=1, keepdims=True) - nieuw.totaal) <= 1e-9 * schaal).all()
    assert (per_gemeente >= 0).all()
    anderen = np.setdiff1d(np.arange(6), eigen.plekken)
    oud = post.per_gemeente[:, anderen]
    marge = 1e-6 * (1.0 + oud)
    assert (per_gemeente[:, anderen] <= oud * grens + marge).all()
    assert (per_gemeente[:, anderen] >= oud / grens - marge).all()


@given(verdelingen())
def test_het_landelijke_getal_blijft_als_de_rest_het_kan_dragen(
    geval: tuple[Post, Opgave, float],
) -> None:
    post, eigen, grens = geval
    nieuw = pas_in(post, eigen, grens)
    anderen = np.setdiff1d(np.arange(6), eigen.plekken)
    rest = post.per_gemeente[:, anderen].sum(axis=1, keepdims=True)
    over = post.totaal - eigen.waarden.sum(axis=1, keepdims=True)
    past = (rest > 1e-9) & (over <= rest * grens * 0.999) & (over >= rest / grens * 1.001)
    assert (nieuw.totaal[past] == post.totaal[past]).all()
    assert ((nieuw.totaal > post.totaal) | past | (over >= 0) | (rest <= 1e-9)).all()


@given(verdelingen())
def test_ons_eigen_cijfer_teruggeven_verandert_niets(geval: tuple[Post, Opgave, float]) -> None:
    post, eigen, grens = geval
    zelfde = Opgave(eigen.plekken, post.per_gemeente[:, eigen.plekken])
    nieuw = pas_in(post, zelfde, grens)
    np.testing.assert_allclose(nieuw.per_gemeente, post.per_gemeente, rtol=1e-6, atol=1e-6)


def met(register: Register, *opgaven: Eigenopgave) -> Register:
    """Load the parameters again after storing figures."""
    bewaar(register, [Gelezen("x.xlsx", stuk) for stuk in opgaven], vervang=True)
    return laad(register.map)


def uitkomst(register: Register, scenario: str = "geldend_recht") -> tuple[Opdracht, dict]:
    opdracht = maak_opdracht(register, KORT)
    return opdracht, trekkingen_van(opdracht, scenario)


def test_alle_eigen_cijfers_komen_in_het_model(eigen_register: Register) -> None:
    register = met(eigen_register, maak_opgave(CODE, **CIJFERS))
    opdracht, nieuw = uitkomst(register)
    _, oud = uitkomst(eigen_register)
    invoer = maak_invoer(
        register,
        "geldend_recht",
        opdracht.perioden,
        opdracht.trekkingen,
        opdracht.ruis,
        opdracht.kalibratie,
    )
    g, begin, plek = invoer.gemeenten, invoer.begin, list(register.gemeenten.index).index(CODE)

    def zelf(totaal: Reeks, deel: Reeks) -> Reeks:
        waarde: Reeks = (totaal * deel)[:, plek]
        return waarde

    gehuisvest = begin.gehuisvest_verleden[..., -6:].sum(axis=-1)
    for waarde, verwacht in (
        (zelf(gehuisvest, g.aandeel_gehuisvest), 2100),
        (zelf(begin.wachtlijst_inburgering, g.aandeel_wachtlijst), 50),
        (zelf(begin.oekraieners_in_opvang, g.aandeel_oekraine), 700),
        (zelf(begin.opvangplaatsen_regulier, g.aandeel_opvang_regulier), 1000),
        (g.aandeel_opvang_nood[:, plek] * 26_943, 100),
        (g.corporatiewoningen[:, plek], 50_000),
        (nieuw["spreidingswet_taak", ""][:, plek, 0], 1900),
        (nieuw["fte_beschikbaar", ""][:, plek, 0], 60),
        (nieuw["lvv_bewoners", ""][0, plek, 0], 150),
    ):
        np.testing.assert_allclose(waarde, verwacht, rtol=1e-9)
    for naam in ("oekraieners_in_opvang", "wachtlijst_inburgering", "opvangplaatsen_regulier"):
        assert nieuw[naam, ""].shape == oud[naam, ""].shape
    tabel = inpassing(register)
    assert (tabel["landelijk"] == tabel["landelijk_nieuw"]).all()
    assert set(tabel["cijfer"]) == set(CIJFERS) - {"fte_beschikbaar", "lvv_plaatsen"}


def test_de_uitleg_klopt_ook_met_eigen_cijfers(eigen_register: Register) -> None:
    register = met(eigen_register, maak_opgave(CODE, **CIJFERS))
    opdracht = maak_opdracht(register, KORT)
    run = middenrun(opdracht, "geldend_recht", "geldend_recht")
    plek = list(register.gemeenten.index).index(CODE)
    for naam in ("aandeel_wachtlijst", "fte_eigen", "aandeel_spreidingswet"):
        herkomst = van_gemeente(register, naam, 2025, CODE)
        assert herkomst.bestand == f"parameters/gemeenten/eigen/{CODE}.yaml"
        assert herkomst.regel > 5
        assert "Eigen cijfers van de gemeente Utrecht" in herkomst.titel
    assert van_gemeente(register, "aandeel_wachtlijst", 2025, "GM0363").bestand.endswith(".csv")
    assert run.gemeente(plek) == CODE


def test_het_lege_scenario_blijft_precies_nul(eigen_register: Register) -> None:
    register = met(eigen_register, maak_opgave(CODE, **CIJFERS))
    leeg = register.scenarios["verbod_voorrang"].model_copy(
        update={"maatregelen": [], "context": []}
    )
    register = register.met_scenarios({**register.scenarios, "leeg": leeg})
    opdracht, variant = uitkomst(register, "leeg")
    basis = trekkingen_van(opdracht, str(leeg.referentie))
    assert all((variant[naam] == basis[naam]).all() for naam in basis)


def test_zonder_eigen_cijfers_verandert_er_geen_byte(eigen_register: Register) -> None:
    met_opgave = met(eigen_register, maak_opgave(CODE, achterstand=400.0, lvv_plaatsen=1.0))
    _, oud = uitkomst(eigen_register)
    _, nieuw = uitkomst(met_opgave.zonder_eigen())
    assert all(oud[naam].tobytes() == nieuw[naam].tobytes() for naam in oud)
    _, anders = uitkomst(met_opgave)
    plek = list(eigen_register.gemeenten.index).index(CODE)
    assert (anders["achterstand", ""][:, plek] != oud["achterstand", ""][:, plek]).any()


def test_een_cijfer_van_de_laatste_dag_die_het_formulier_toestaat_telt_mee(
    eigen_register: Register,
) -> None:
    laatste = eigen_register.eigenvragen["fte_beschikbaar"].tot
    register = met(eigen_register, maak_opgave(CODE, laatste, fte_beschikbaar=60.0))
    _, nieuw = uitkomst(register)
    plek = list(register.gemeenten.index).index(CODE)
    np.testing.assert_allclose(nieuw["fte_beschikbaar", ""][:, plek, 0], 60.0)


def test_te_grote_eigen_cijfers_laten_het_landelijke_getal_schuiven(
    eigen_register: Register,
) -> None:
    register = met(eigen_register, maak_opgave(CODE, wachtlijst_inburgering=9_000.0))
    (rij,) = inpassing(register).to_dict("records")
    assert rij["eigen"] == 9_000
    assert rij["landelijk_nieuw"] > rij["landelijk"]


def test_de_achterstand_van_alle_gemeenten_telt_op(eigen_register: Register) -> None:
    voorsprong = maak_opgave(CODE, achterstand=-250.0)
    register = met(eigen_register, voorsprong, maak_opgave("GM0363", achterstand=900.0))
    opdracht = maak_opdracht(register, KORT)
    invoer = maak_invoer(
        register,
        "geldend_recht",
        opdracht.perioden,
        opdracht.trekkingen,
        opdracht.ruis,
        opdracht.kalibratie,
    )
    stand = begin_opvang(invoer).achterstand
    codes = list(register.gemeenten.index)
    np.testing.assert_allclose(stand[:, codes.index(CODE)], -250.0, rtol=1e-9)
    np.testing.assert_allclose(stand[:, codes.index("GM0363")], 900.0, rtol=1e-9)
    np.testing.assert_allclose(stand.sum(axis=1), invoer.begin.achterstand[:, 0], rtol=1e-9)


def test_een_marge_wordt_getrokken_en_het_midden_niet(eigen_register: Register) -> None:
    basis = maak_opgave(CODE, achterstand=400.0)
    ruim = basis.cijfers["achterstand"].model_copy(
        update={"laag": 300.0, "hoog": 500.0, "verdeling": "driehoek"}
    )
    register = met(eigen_register, basis.model_copy(update={"cijfers": {"achterstand": ruim}}))
    scores = np.zeros((3, len(register.gemeenten)))
    scores[1:] = [[-1.0], [1.0]]
    eigen = opgave(register, "achterstand", date(2026, 1, 1), scores)
    assert eigen is not None
    midden, laag, hoog = eigen.waarden[:, 0]
    assert midden == 400.0
    assert 300.0 < laag < 400.0 < hoog < 500.0


def test_een_eerdere_start_kent_de_eigen_cijfers_niet(eigen_register: Register) -> None:
    register = met(eigen_register, maak_opgave(CODE, achterstand=400.0, lvv_plaatsen=1.0))
    toen = zoals_bekend(register, Halfjaar(2022, 1))
    assert not toen.eigen
    scores = np.zeros((1, len(register.gemeenten)))
    assert opgave(register, "achterstand", date(2023, 1, 1), scores) is None
    lvv = toen.parameters["lvv_plaatsen"].waarden
    assert all((w.gemeenten or {})[CODE].midden != 1.0 for w in lvv)


def test_onze_cijfers_kennen_de_opgave_niet(eigen_register: Register) -> None:
    oud = onze_cijfers(eigen_register)
    register = met(eigen_register, maak_opgave(CODE, **CIJFERS))
    assert oud.equals(onze_cijfers(register))
    eigen = replace(register, eigen={}).gepubliceerd
    assert eigen == eigen_register.parameters


def test_elk_cijfer_van_ons_ligt_in_zijn_band_en_telt_op_tot_het_land(
    eigen_register: Register,
) -> None:
    """Every question about a stock of the country has a figure for every municipality."""
    cijfers = onze_cijfers(eigen_register)
    assert list(cijfers.columns) == ["midden", "laag", "hoog"]
    assert cijfers.notna().all(axis=None)
    marge = 1e-9 * cijfers["midden"].abs()
    assert (cijfers["laag"] <= cijfers["midden"] + marge).all()
    assert (cijfers["midden"] <= cijfers["hoog"] + marge).all()
    per_vraag = cijfers["midden"].groupby("cijfer")
    assert set(per_vraag.groups) == set(eigen_register.eigenvragen)
    nood = eigen_register.gemeenten["opvang_nood_nov2025"].sum()
    assert per_vraag.sum()["opvangplaatsen_nood"] == pytest.approx(nood)
    (geldt, *_) = eigen_register.parameters["lvv_plaatsen"].waarden
    assert per_vraag.size()["lvv_plaatsen"] == len(geldt.gemeenten or {})


@pytest.mark.parametrize("aantal", [1, 5])
@settings(max_examples=5)
@given(st.data())
def test_alle_gemeenten_samen_bepalen_het_getal(aantal: int, data: st.DataObject) -> None:
    sleutel = np.full((1, aantal), 1.0 / aantal)
    eigen = np.array([[data.draw(getallen) for _ in range(aantal)]])
    post = Post(np.array([[1000.0]]), sleutel, np.zeros((1, 1)))
    nieuw = pas_in(post, Opgave(np.arange(aantal), eigen), 2.0)
    assert nieuw.totaal[0, 0] == pytest.approx(eigen.sum())
