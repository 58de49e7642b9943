"""What must hold for every value of the parameters (section 5 of the design)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.grootheden import GROOTHEDEN, SLEUTELS
from impact.model.invoer import PARAMETEREENHEDEN
from impact.model.keten import KANALEN, begin_opvang, keten
from impact.model.reeksen import lees
from impact.model.simulatie import simuleer
from impact.model.sociaal import SociaalParameters, gemeentefactor
from tests.model import voorbeeld

VRIJ_NEGATIEF = {
    "achterstand",
    "bruto_taakstelling",
    "ind_uren_extra",
    "netto_lasten_gemeente",
    "kosten_totaal",
}
TERMIJNEN = {"wachttijd_nareis_b", "geldigheidsduur_vergunning"}
ROUTES = {"aandeel_onderwijsroute", "aandeel_zroute"}


def waarde(naam: str) -> st.SearchStrategy[float]:
    """Any value that the unit allows, around the example."""
    if naam in TERMIJNEN:
        return st.floats(0.0, 12.0)
    if naam in ROUTES:
        return st.floats(0.0, 0.5)
    if PARAMETEREENHEDEN[naam].startswith("aandeel"):
        return st.floats(0.01 if naam.endswith("tempo") else 0.0, 1.0)
    midden = voorbeeld.WAARDEN[naam]
    return st.floats(midden * 0.2, max(midden, 1.0) * 3.0)


andere_parameters = st.fixed_dictionaries(
    {}, optional={naam: waarde(naam) for naam in PARAMETEREENHEDEN}
)


@given(anders=andere_parameters)
def test_geen_negatieve_voorraad_of_stroom_en_alles_eindig(anders: dict[str, float]) -> None:
    for (naam, _), reeks in simuleer(voorbeeld.invoer(**anders)).items():
        assert np.isfinite(reeks).all(), naam
        if naam not in VRIJ_NEGATIEF and GROOTHEDEN[naam].soort != "kosten":
            assert reeks.min() >= -1e-9, naam


@given(anders=andere_parameters)
def test_personen_blijven_behouden_in_de_keten(anders: dict[str, float]) -> None:
    invoer = voorbeeld.invoer(**anders)
    uit = keten(invoer)
    begin = invoer.begin

    def stand(naam: str) -> np.ndarray:
        return uit[naam].sum(axis=1)

    uit_coa = sum(stand(naam) for naam in KANALEN)
    naar_coa = stand("nareis_ingereisd") - stand("gehuisvest_nareis")
    in_coa = (stand("eerste_vergunningen") + naar_coa - uit_coa).cumsum(axis=-1)
    np.testing.assert_allclose(
        stand("statushouders_in_coa"), begin.statushouders_in_coa + in_coa, atol=1e-9
    )
    afgedaan = stand("asielbesluiten") + stand("aanvragen_zonder_besluit")
    open_ = (stand("asielaanvragen") - afgedaan).cumsum(axis=-1)
    np.testing.assert_allclose(stand("open_asielzaken"), begin.open_asielzaken + open_, atol=1e-9)
    nareis = (stand("nareisverzoeken") - stand("nareisbesluiten")).cumsum(axis=-1)
    np.testing.assert_allclose(
        stand("open_nareiszaken"), begin.open_nareiszaken + nareis, atol=1e-9
    )


@given(anders=andere_parameters)
def test_boekhouding_van_de_achterstand(anders: dict[str, float]) -> None:
    uit = keten(voorbeeld.invoer(**(anders | {"taakstelling_geldt": 1.0})))
    begin = uit["bruto_taakstelling"][..., 0] - uit["taakstelling"][..., 0]
    saldo = (uit["taakstelling"] - uit["gehuisvest"]).cumsum(axis=-1)
    np.testing.assert_allclose(uit["achterstand"], begin[..., None] + saldo, atol=1e-6)


@given(anders=andere_parameters)
def test_inburgeraars_verdwijnen_niet(anders: dict[str, float]) -> None:
    uit = simuleer(voorbeeld.invoer(**anders))
    nieuw = uit[("nieuwe_inburgeraars", "")].sum(axis=1).cumsum(axis=-1)
    gestart = uit[("gestarte_inburgeraars", "")].sum(axis=1).cumsum(axis=-1)
    wacht = uit[("wachtlijst_inburgering", "")].sum(axis=1)
    np.testing.assert_allclose(80.0 + nieuw - gestart, wacht, atol=1e-6)


@given(anders=andere_parameters, inspanning=st.floats(0.0, 1.0))
def test_afschaffing_van_de_taakstelling_maakt_de_opvang_nooit_leger(
    anders: dict[str, float], inspanning: float
) -> None:
    anders = anders | {"inspanning_zonder_taakstelling": inspanning}
    met = keten(voorbeeld.invoer(**(anders | {"taakstelling_geldt": 1.0})))
    zonder = keten(voorbeeld.invoer(**(anders | {"taakstelling_geldt": 0.0})))
    wacht = "statushouders_in_coa"
    eerste = (zonder[wacht] - met[wacht])[..., 0].sum(axis=1)
    assert (eerste >= -1e-9).all()
    assert not zonder["taakstelling"].any()
    assert not zonder["achterstand"].any()


@given(overgang=st.floats(0.0, 1.0), woning=st.floats(0.0, 1.0), vertrek=st.floats(0.0, 1.0))
def test_einde_bescherming_maakt_de_gemeentelijke_opvang_nooit_voller(
    overgang: float, woning: float, vertrek: float
) -> None:
    vast = {"aandeel_eigen_woning_oekraine": woning, "vertrek_oekraine": vertrek}
    zonder = simuleer(voorbeeld.invoer(**vast))
    met = simuleer(voorbeeld.invoer(**vast, overgang_gewoon_recht=overgang))
    opvang = ("oekraieners_in_opvang", "")
    assert (met[opvang] <= zonder[opvang] + 1e-6).all()


@given(elasticiteit=st.floats(0.0, 0.5))
def test_arbeidsmarkt_verdeelt_bijstand_en_verandert_de_curve_niet(elasticiteit: float) -> None:
    invoer = voorbeeld.invoer()
    p = lees(SociaalParameters, voorbeeld.reeksen(elasticiteit_bijstand_gemeente=elasticiteit))
    aandeel = invoer.gemeenten.aandeel_inwoners[..., None]
    factor = gemeentefactor(invoer.gemeenten.bijstandsdichtheid[..., None], aandeel, p)
    np.testing.assert_allclose((factor * aandeel).sum(axis=1), 1.0)


@given(anders=andere_parameters)
def test_betalers_tellen_op_tot_de_kosten(anders: dict[str, float]) -> None:
    uit = simuleer(voorbeeld.invoer(**anders))
    for betaler in GROOTHEDEN["kosten_totaal"].betalers:
        delen = [
            reeks
            for (naam, wie), reeks in uit.items()
            if wie == betaler and GROOTHEDEN[naam].kostensoort
        ]
        np.testing.assert_allclose(
            sum(delen), uit[("kosten_totaal", betaler)], rtol=1e-9, atol=1e-3
        )


@given(anders=andere_parameters, index=st.floats(0.5, 2.0))
def test_euro_schaalt_met_een_index(anders: dict[str, float], index: float) -> None:
    basis = voorbeeld.WAARDEN | anders
    duurder = {
        naam: basis[naam] * (index if eenheid.startswith("euro") else 1.0)
        for naam, eenheid in PARAMETEREENHEDEN.items()
    }
    voor, na = simuleer(voorbeeld.invoer(**basis)), simuleer(voorbeeld.invoer(**duurder))
    for sleutel in SLEUTELS:
        factor = index if GROOTHEDEN[sleutel[0]].eenheid.startswith("euro") else 1.0
        np.testing.assert_allclose(na[sleutel], voor[sleutel] * factor, rtol=1e-6, atol=1e-3)


@given(anders=andere_parameters)
def test_zelfde_invoer_zelfde_bytes(anders: dict[str, float]) -> None:
    een, twee = (simuleer(voorbeeld.invoer(**anders)) for _ in range(2))
    assert all(een[s].tobytes() == twee[s].tobytes() for s in SLEUTELS)


@pytest.mark.parametrize("sleutel", SLEUTELS, ids=lambda s: "-".join(s))
def test_elke_grootheid_is_er_in_de_juiste_vorm(sleutel: tuple[str, str]) -> None:
    reeks = simuleer(voorbeeld.invoer(3))[sleutel]
    breed = voorbeeld.GEMEENTEN if GROOTHEDEN[sleutel[0]].gemeentelijk else 1
    assert reeks.shape == (3, breed, voorbeeld.PERIODEN)


def test_elke_trekking_staat_op_zichzelf() -> None:
    breed = simuleer(voorbeeld.invoer(2))
    smal = simuleer(voorbeeld.invoer(1))
    for sleutel in SLEUTELS:
        assert breed[sleutel][0].tobytes() == smal[sleutel][0].tobytes(), sleutel


@pytest.mark.parametrize("naam", sorted(PARAMETEREENHEDEN))
def test_elke_parameter_doet_ertoe(naam: str) -> None:
    """A parameter that never changes an outcome does not belong in the model."""
    helpt = {
        "wachttijd_nareis_b": 2.0,
        "taakstelling_geldt": 0.5,
        "aandeel_met_voorrang": 0.5,
        "lvv_rijk_betaalt": 0.5,
        "vrijgelaten_zonder_terugkeer": 5.0,
        "beroepsaandeel_b": 0.5,
        "overgang_gewoon_recht": 0.2,
        "versneld_huisvesten_groot": 9.0,
        "intakecapaciteit": 50.0,
        "versneld_huisvesten_middel": 9.0,
        "versneld_huisvesten_overig": 9.0,
        "geldigheidsduur_vergunning": 2.0,
        "aandeel_opnieuw_tijdelijk": 0.5,
        "maximale_uitplaatsing": 0.3,
        "uren_per_verlenging": 30.0,
        "gezinsmigranten": 400.0,
    }
    if naam == "kosten_lege_plaats":
        helpt |= {"capaciteitsraming_spreidingswet": 3000.0, "realisatietempo_spreidingswet": 0.9}
    basis = {k: v for k, v in helpt.items() if k != naam}
    voor = simuleer(voorbeeld.invoer(**basis))
    ander = helpt.get(naam, voorbeeld.WAARDEN[naam] * 0.7 + 0.01)
    na = simuleer(voorbeeld.invoer(**(basis | {naam: ander})))
    assert any((voor[s] != na[s]).any() for s in SLEUTELS)


def test_achterstand_van_gemeenten_telt_bij_het_begin_op_tot_de_landelijke() -> None:
    basis = voorbeeld.invoer()
    weinig = replace(basis.begin, achterstand=np.full((2, 1), 5.0))
    basis = replace(basis, begin=weinig)
    begin = begin_opvang(basis)
    np.testing.assert_allclose(
        begin.achterstand.sum(axis=1, keepdims=True), basis.begin.achterstand
    )
    assert (begin.achterstand[1] < 0).any(), "geen gemeente loopt voor"


def test_een_aangekondigde_taakstelling_geldt_in_het_eerste_halfjaar() -> None:
    basis = voorbeeld.invoer()
    begin = replace(basis.begin, taakstelling_aangekondigd=np.full((2, 1), 321.0))
    uit = keten(replace(basis, begin=begin))
    zonder = keten(basis)
    landelijk = uit["taakstelling"].sum(axis=1)
    assert (np.abs(landelijk[:, 0] - 321.0) <= voorbeeld.GEMEENTEN).all()
    assert (uit["vergunningen"] == zonder["vergunningen"]).all()
    assert (landelijk[:, 1] == zonder["taakstelling"].sum(axis=1)[:, 1]).all()


def test_gehaald_is_nul_of_een_en_hoort_bij_de_achterstand() -> None:
    uit = keten(voorbeeld.invoer())
    gehaald = uit["gemeenten_taakstelling_gehaald"]
    assert set(np.unique(gehaald)) <= {0.0, 1.0}
    np.testing.assert_array_equal(gehaald == 1.0, uit["achterstand"] < 0.5)
    afgeschaft = keten(voorbeeld.invoer(taakstelling_geldt=0.0))
    assert not afgeschaft["gemeenten_taakstelling_gehaald"].any()


def test_een_hoger_tempo_van_de_ind_geeft_meer_vergunningen() -> None:
    basis = voorbeeld.invoer()
    sneller = replace(basis.toeval, vergunningen=basis.toeval.vergunningen * 1.1)
    meer, gewoon = keten(replace(basis, toeval=sneller)), keten(basis)
    assert (meer["eerste_vergunningen"][:, :, 0] > gewoon["eerste_vergunningen"][:, :, 0]).all()
