"""The backtest knows nothing of what came later, and counts honestly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from impact.analysis.bekend import JAAR_IN_KOLOM, zoals_bekend
from impact.analysis.naief import (
    DICHTBIJ,
    NAIEVE,
    REEKSEN,
    naieve_voorspellingen,
    punten,
    werkelijkheid,
)
from impact.analysis.samenstellen import kalibreer_op_historie
from impact.analysis.terugtoets import (
    DOEL_HORIZONNEN,
    OORSPRONGEN,
    GeenOorsprong,
    bereken_terugtoets,
    dekking_per_reeks,
    maatstaven,
    voorspelling,
    voorspellingen_vanaf,
)
from impact.model.grootheden import GROOTHEDEN
from impact.model.invoer import KETENSOORTEN
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar

EINDEN = {"2019-I": "2018-12-31", "2021-II": "2021-06-30", "2023-I": "2022-12-31"}


def einde_van(moment: str) -> str:
    """Last day of a moment in history, as text that sorts."""
    if len(moment) == 10:
        return moment
    if "-" in moment:
        return Halfjaar.lees(moment).laatste_dag.isoformat()
    return f"{moment}-12-31"


def later_anders(register: Register, oorsprong: Halfjaar) -> Register:
    """The same register with everything changed that is dated after the origin."""
    eerste = oorsprong.eerste_dag.isoformat()
    historie = register.historie.copy()
    later = historie["moment"].map(einde_van) > eerste
    bekend = (historie["reeks"] == "taakstelling_aangekondigd") & (
        historie["moment"] == str(oorsprong)
    )
    historie.loc[later & ~bekend, ["waarde", "laag", "hoog"]] *= 1.7
    parameters = {}
    for naam, parameter in register.parameters.items():
        waarden = [
            w if w.vanaf is None or w.vanaf <= oorsprong else w.model_copy(update={"midden": -7.0})
            for w in parameter.waarden
        ]
        parameters[naam] = parameter.model_copy(update={"waarden": waarden})
    gemeenten = register.gemeenten.copy()
    for kolom in gemeenten.columns:
        jaar = JAAR_IN_KOLOM.search(str(kolom))
        getallen = pd.api.types.is_numeric_dtype(gemeenten[kolom])
        if jaar and int(jaar[1]) > oorsprong.jaar and getallen:
            gemeenten[kolom] = gemeenten[kolom].to_numpy()[::-1] * 3
    return replace(register, historie=historie, parameters=parameters, gemeenten=gemeenten)


@pytest.mark.parametrize("oorsprong", EINDEN)
def test_wat_later_bekend_werd_verandert_geen_enkele_bit(
    register: Register, oorsprong: str
) -> None:
    begin = Halfjaar.lees(oorsprong)
    anders = later_anders(register, begin)
    assert not anders.historie.equals(register.historie)
    nu = voorspelling(zoals_bekend(register, begin), begin, 6)
    dan = voorspelling(zoals_bekend(anders, begin), begin, 6)
    assert {naam: reeks.tobytes() for naam, reeks in nu.items()} == {
        naam: reeks.tobytes() for naam, reeks in dan.items()
    }


@pytest.mark.parametrize("oorsprong", EINDEN)
def test_ook_de_eenvoudige_voorspellingen_kennen_de_toekomst_niet(
    register: Register, oorsprong: str
) -> None:
    begin = Halfjaar.lees(oorsprong)
    een, twee = (zoals_bekend(r, begin) for r in (register, later_anders(register, begin)))
    for naam in REEKSEN:
        voorspeld = naieve_voorspellingen(een, naam, begin + 3)
        np.testing.assert_equal(voorspeld, naieve_voorspellingen(twee, naam, begin + 3))


@pytest.mark.parametrize("oorsprong", EINDEN)
def test_niets_in_het_register_is_van_later(register: Register, oorsprong: str) -> None:
    bekend = zoals_bekend(register, Halfjaar.lees(oorsprong))
    gewoon = bekend.historie[bekend.historie["reeks"] != "taakstelling_aangekondigd"]
    assert gewoon["moment"].map(einde_van).max() <= Halfjaar.lees(oorsprong).eerste_dag.isoformat()


def test_elke_aanname_van_de_keten_heeft_een_waarde_voor_het_eerste_beginpunt(
    register: Register,
) -> None:
    eerste = Halfjaar.lees(OORSPRONGEN[0])
    for soort in KETENSOORTEN:
        for naam in soort.eenheden():
            vanaf = register.parameters[naam].waarden[0].vanaf
            assert vanaf is None or vanaf <= eerste, naam


def test_kalibratie_is_overal_mogelijk_en_gebruikt_steeds_meer(register: Register) -> None:
    begin = [Halfjaar.lees(o) for o in OORSPRONGEN]
    halfjaren = [kalibreer_op_historie(zoals_bekend(register, b), b).halfjaren for b in begin]
    assert halfjaren == sorted(set(halfjaren))


def test_reeksen_staan_met_hun_eenheid_in_de_catalogus() -> None:
    assert all(GROOTHEDEN[naam].eenheid == eenheid for naam, eenheid in REEKSEN.items())


def test_voorspellingen_beginnen_bij_de_bekende_stand(register: Register) -> None:
    begin = Halfjaar(2022, 2)
    tabel = voorspellingen_vanaf(register, 24, 5, begin).set_index(["reeks", "halfjaren_vooruit"])
    rij = tabel.loc[("gehuisvest", 1)]
    assert rij["werkelijk"] == 17126
    assert (rij["volharding"], rij["taakstelling"]) == (11934, 13500)
    assert rij["laag"] <= rij["midden"] <= rij["hoog"]
    assert tabel.loc[("achterstand", 1), "werkelijk"] == -1793
    assert tabel.loc[("gemeenten_taakstelling_gehaald", 1), "werkelijk"] == pytest.approx(
        229.1, 0.01
    )


def test_elke_waarneming_heeft_een_dag_en_een_kwaliteit(register: Register) -> None:
    """A half-year that nobody counted has neither."""
    tabel = voorspellingen_vanaf(register, 3, 5, Halfjaar(2020, 1))
    geteld = tabel["werkelijk"].notna()
    assert geteld.any()
    assert not geteld.all()
    assert set(tabel.loc[geteld, "kwaliteit"]) <= {"groen", "oranje", "rood"}
    for rij in tabel[geteld].to_dict("records"):
        einde = Halfjaar.lees(rij["periode"]).laatste_dag
        assert abs(date.fromisoformat(rij["gemeten_op"]) - einde) <= DICHTBIJ
    assert (tabel.loc[~geteld, ["gemeten_op", "kwaliteit"]] == "").all(axis=None)


def test_een_telling_te_ver_van_het_einde_telt_niet(register: Register) -> None:
    assert werkelijkheid(register, "statushouders_in_coa", Halfjaar(2020, 2)) is None
    punt = werkelijkheid(register, "statushouders_in_coa", Halfjaar(2022, 1))
    assert punt is not None
    assert punt.waarde == 14500


def test_trend_gaat_door_een_rechte_lijn(register: Register) -> None:
    historie = register.historie.copy()
    eigen = historie["reeks"] == "gehuisvest"
    nummers = historie.loc[eigen, "moment"].map(lambda m: Halfjaar.lees(m).laatste_dag.toordinal())
    historie.loc[eigen, "waarde"] = 5_000 + (nummers - nummers.min()) * 2.0
    lijn = zoals_bekend(replace(register, historie=historie), Halfjaar(2021, 1))
    verwacht = 5_000 + (Halfjaar(2022, 2).laatste_dag.toordinal() - nummers.min()) * 2.0
    assert naieve_voorspellingen(lijn, "gehuisvest", Halfjaar(2022, 2))["trend"] == pytest.approx(
        verwacht
    )


def test_met_een_recente_waarneming_gaat_de_trend_door_de_laatste_twee(register: Register) -> None:
    """They lie more than three years apart; what was counted before them does not matter."""
    historie = register.historie
    geteld = historie["moment"].isin(["2014-I", "2015-II", "2020-II"])
    lijn = historie[(historie["reeks"] != "gehuisvest") | geteld].copy()
    lijn.loc[lijn["reeks"] == "gehuisvest", "waarde"] = [1.0, 10_000.0, 15_000.0]
    bekend = zoals_bekend(replace(register, historie=lijn), Halfjaar(2021, 1))
    assert len(punten(bekend, "gehuisvest")) == 3
    trend = naieve_voorspellingen(bekend, "gehuisvest", Halfjaar(2021, 2))["trend"]
    assert trend == pytest.approx(16_000.0, rel=1e-3)


def test_met_een_waarneming_is_er_geen_trend(register: Register) -> None:
    bekend = zoals_bekend(register, Halfjaar(2019, 1))
    naam = "gemeenten_taakstelling_gehaald"
    assert len(punten(bekend, naam)) == 1
    assert np.isnan(naieve_voorspellingen(bekend, naam, Halfjaar(2019, 1))["trend"])


def voorbeeld(model: float, echt: list[float]) -> pd.DataFrame:
    """Forecasts of one series two half-years ahead, all the same."""
    rij = {
        "reeks": "gehuisvest",
        "halfjaren_vooruit": 2,
        "eenheid": "personen",
        "midden": model,
        "laag": model - 1.5,
        "hoog": model + 1.5,
        "volharding": 0.0,
        "taakstelling": 4.0,
        "trend": np.nan,
    }
    return pd.DataFrame([{**rij, "werkelijk": waarde} for waarde in echt])


def test_maatstaven_met_de_hand_na_te_rekenen() -> None:
    (rij,) = maatstaven(voorbeeld(2.0, [1.0, 5.0, np.nan])).to_dict("records")
    assert (rij["aantal"], rij["model"], rij["scheefheid"], rij["dekking"]) == (2, 2.0, -1.0, 0.5)
    assert (rij["volharding"], rij["taakstelling"]) == (3.0, 2.0)
    assert np.isnan(rij["trend"])
    assert (rij["naam_beste"], rij["beste_naieve"]) == ("taakstelling", 2.0)
    assert not rij["fout_gehaald"]
    assert not rij["dekking_gehaald"]


def test_een_methode_die_een_punt_mist_is_nooit_de_beste() -> None:
    """However close its other forecasts are."""
    tabel = voorbeeld(2.0, [1.0, 5.0]).assign(trend=[1.0, np.nan])
    (rij,) = maatstaven(tabel).to_dict("records")
    assert np.isnan(rij["trend"])
    assert rij["naam_beste"] == "taakstelling"


@pytest.mark.parametrize(
    ("binnen", "buiten", "gehaald"), [(9, 1, True), (7, 3, False), (10, 0, False)]
)
def test_de_dekking_is_gehaald_als_de_band_niet_te_smal_en_niet_te_wijd_is(
    binnen: int, buiten: int, gehaald: bool
) -> None:
    """A half-year without an observation does not count."""
    tabel = voorbeeld(2.0, [1.0] * binnen + [9.0] * buiten + [np.nan])
    (rij,) = dekking_per_reeks(tabel).to_dict("records")
    assert rij == {
        "reeks": "gehuisvest",
        "aantal": 10,
        "dekking": binnen / 10,
        "dekking_gehaald": gehaald,
    }


def test_tweede_keer_is_opzoeken(register: Register, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    een = bereken_terugtoets(register, ["2021-I", "2020-II"], trekkingen=4)
    assert een.map == bereken_terugtoets(register, ["2020-II", "2021-I"], trekkingen=4).map
    assert list(een.tabel("kalibratie")["oorsprong"]) == ["2020-II", "2021-I"]
    assert set(een.tabel("maatstaven")["reeks"]) <= set(REEKSEN)
    assert set(NAIEVE) <= set(een.tabel("voorspellingen").columns)


@pytest.mark.parametrize("oorsprongen", [["2018-II"], ["2023-II"], ["nu"], []])
def test_een_ander_beginpunt_wordt_geweigerd(register: Register, oorsprongen: list[str]) -> None:
    with pytest.raises(GeenOorsprong, match="2019-I tot en met 2023-I"):
        bereken_terugtoets(register, oorsprongen)


def test_tabellen_hebben_de_kolommen_die_rapporten_lezen(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    analyse = bereken_terugtoets(register, ["2020-II"], trekkingen=4)
    kop = {"reeks", "halfjaren_vooruit", "eenheid"}
    assert kop | {"model", "scheefheid", "dekking"} <= set(analyse.tabel("maatstaven").columns)
    assert {"reeks", "aantal", "dekking"} <= set(analyse.tabel("dekking").columns)
    voorspeld = analyse.tabel("voorspellingen")
    assert kop | {"oorsprong", "midden", "laag", "hoog", "werkelijk"} <= set(voorspeld.columns)
    per_reeks = analyse.tabel("dekking").set_index("reeks")
    telt = voorspeld["werkelijk"].notna() & voorspeld["halfjaren_vooruit"].isin(DOEL_HORIZONNEN)
    for reeks, deel in voorspeld[telt].groupby("reeks"):
        binnen = (deel["laag"] <= deel["werkelijk"]) & (deel["werkelijk"] <= deel["hoog"])
        assert per_reeks.loc[reeks, "dekking"] == binnen.mean()


@pytest.mark.parametrize("oorsprong", ["2019-I", "2022-II"])
def test_een_aanname_houdt_alle_waarden_van_voor_het_beginpunt(
    register: Register, oorsprong: str
) -> None:
    dag = Halfjaar.lees(oorsprong)
    bekend = zoals_bekend(register, dag).parameters
    for naam, parameter in register.parameters.items():
        eerder = [w for w in parameter.waarden if w.vanaf is None or w.vanaf <= dag]
        assert bekend[naam].waarden == (eerder or parameter.waarden[:1])
