"""Outside estimates: measured as they say, each run once, and explained when far away."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from impact.analysis.ensemble import maak_opdracht, trekkingen_van
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.uitkomsten import HorizonFout
from impact.analysis.vergelijking import (
    VERGELEKEN,
    ZONDER,
    NoemerNul,
    UitlegOntbreekt,
    bereken_vergelijking,
    eigen_waarden,
    eis_uitleg,
    meet,
    meet_alle,
    naar_prijspeil,
    oordeel,
    schattingen_van,
    vergeleken_rij,
    zonder_uitleg,
)
from impact.analysis.volledigheid import onmeetbare_schattingen
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.periode import Halfjaar
from impact.registry.schattingmodellen import Tegenhanger

KLEIN = Instelling(trekkingen=6, tot="2028-II")
RUIM = Instelling(trekkingen=24, tot="2028-II")
PERIODEN = [Halfjaar(2026, 1), Halfjaar(2026, 2)]
CODES = ["GM0001", "GM0002"]
EIGEN = "eigen"


def tegenhanger(**anders: Any) -> Tegenhanger:
    basis: dict[str, Any] = {
        "scenario": "geldend_recht",
        "teller": [{"som": [{"grootheid": "gehuisvest"}], "samenvatting": "per_jaar"}],
        "van": "2026-I",
        "tot": "2026-II",
    }
    return Tegenhanger(**{**basis, **anders})


def term(grootheid: str, samenvatting: str) -> dict[str, Any]:
    return {"som": [{"grootheid": grootheid}], "samenvatting": samenvatting}


UITKOMST = {
    ("gehuisvest", ""): np.array([[[1.0, 2.0], [10.0, 20.0]]]),
    ("coa_bewoners", ""): np.array([[[4.0, 6.0], [40.0, 60.0]]]),
    ("achterstand", ""): np.zeros((1, 2, 2)),
}


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, 33.0),
        ({"teller": [term("gehuisvest", "totaal")]}, 33.0),
        ({"tot": "2026-I", "teller": [term("gehuisvest", "totaal")]}, 11.0),
        ({"van": "2026-II", "teller": [term("gehuisvest", "totaal")]}, 22.0),
        ({"teller": [term("coa_bewoners", "eind")]}, 66.0),
        ({"teller": [term("coa_bewoners", "gemiddelde")]}, 55.0),
        ({"noemer": [term("coa_bewoners", "gemiddelde")]}, 33.0 / 55.0),
        ({"factor": 0.5}, 16.5),
        ({"gemeenten": ["GM0002"]}, 30.0),
        ({"teller": [term("gehuisvest", "per_jaar"), term("coa_bewoners", "eind")]}, 33.0 * 66.0),
    ],
)
def test_een_tegenhanger_wordt_gemeten_zoals_hij_zegt(
    anders: dict[str, Any], verwacht: float
) -> None:
    gemeten = meet(EIGEN, tegenhanger(**anders), UITKOMST, PERIODEN, CODES)
    np.testing.assert_allclose(gemeten, [verwacht])


def test_delen_door_nul_en_een_te_korte_berekening_worden_gemeld() -> None:
    met_nul = tegenhanger(noemer=[term("achterstand", "eind")])
    with pytest.raises(NoemerNul, match="'eigen': de noemer is nul"):
        meet(EIGEN, met_nul, UITKOMST, PERIODEN, CODES)
    for anders in ({"tot": "2027-II"}, {"van": "2025-I"}):
        with pytest.raises(HorizonFout, match=r"'eigen' gaat over .* loopt van 2026-I"):
            meet(EIGEN, tegenhanger(**anders), UITKOMST, PERIODEN, CODES)


class Teller(ThreadPoolExecutor):
    """Counts what is asked of it."""

    aantal = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.aantal += 1
        return super().submit(*args, **kwargs)


def test_elke_berekening_wordt_een_keer_gemaakt(register: Register) -> None:
    opdracht = maak_opdracht(register, replace(KLEIN, trekkingen=3, tot="2026-II"))
    modellen = {
        "a": tegenhanger(),
        "b": tegenhanger(teller=[term("coa_bewoners", "eind")]),
        "c": tegenhanger(scenario="versneld_huisvesten", maat="verschil"),
    }
    with Teller(1) as werkers:
        waarden = eigen_waarden(opdracht, modellen, werkers)
        assert werkers.aantal == 2
    eigen, basis = (
        trekkingen_van(opdracht, naam)["gehuisvest", ""].sum(axis=(1, 2))
        for naam in ("versneld_huisvesten", "geldend_recht")
    )
    np.testing.assert_allclose(waarden["a"], basis)
    np.testing.assert_allclose(waarden["c"], eigen - basis)
    assert np.any(waarden["c"] > 0)


def test_de_grootte_van_een_blok_verandert_niets(register: Register) -> None:
    opdracht = maak_opdracht(register, replace(KLEIN, trekkingen=4, tot="2026-II"))
    loop = ("geldend_recht", "geldend_recht")
    heel, stukjes = (meet_alle(opdracht, loop, {"a": tegenhanger()}, b)["a"] for b in (50, 2))
    np.testing.assert_array_equal(heel, stukjes)


def test_een_scenario_krijgt_ook_de_cijfers_van_zijn_referentie(register: Register) -> None:
    alle = schattingen_van(register, None)
    gekozen = schattingen_van(register, "oekraine_normbedrag")
    assert alle == register.buitenschattingen
    scenarios = {s.model.scenario for s in gekozen.values() if s.model}
    assert scenarios == {"oekraine_normbedrag", "geldend_recht"}
    with pytest.raises(OnbekendScenario, match="bedoelde u 'oekraine_normbedrag'"):
        schattingen_van(register, "oekraine_normbedrg")


def test_prijzen_worden_omgerekend_naar_2025(register: Register) -> None:
    assert naar_prijspeil(register, None) == naar_prijspeil(register, 2025) == 1.0
    assert naar_prijspeil(register, 2030) == 1.0
    assert naar_prijspeil(register, 2019) == pytest.approx(1 / 0.83, rel=0.05)


@pytest.mark.parametrize(
    ("verhouding", "verwacht"),
    [(0.49, "buiten"), (0.5, "binnen"), (1.0, "binnen"), (2.0, "binnen"), (2.01, "buiten")],
)
def test_oordeel_volgt_de_grenzen(register: Register, verhouding: float, verwacht: str) -> None:
    assert oordeel(register, verhouding) == verwacht


def test_een_negatief_cijfer_ligt_altijd_buiten(register: Register) -> None:
    assert oordeel(register, -1.0) == "buiten"


@pytest.fixture(scope="module")
def analyse(register: Register, resultatenmap: Path) -> Analyse:
    with ThreadPoolExecutor(1) as werkers:
        return bereken_vergelijking(
            register, None, Instelling(trekkingen=24, tot="2028-II"), werkers
        )


def test_wat_wordt_meegeleverd_heeft_uitleg_waar_het_ver_weg_ligt(analyse: Analyse) -> None:
    cijfers = analyse.tabel(VERGELEKEN)
    eis_uitleg(cijfers)
    assert zonder_uitleg(cijfers).empty
    assert (~cijfers["gebruikt_in_model"]).sum() >= 15


def test_elke_rij_klopt_in_zichzelf(analyse: Analyse, register: Register) -> None:
    cijfers, zonder = analyse.tabel(VERGELEKEN), analyse.tabel(ZONDER)
    assert set(cijfers["naam"]) | set(zonder["naam"]) == set(register.buitenschattingen)
    np.testing.assert_allclose(cijfers["verhouding"], cijfers["midden"] / cijfers["buiten_midden"])
    assert (cijfers["laag"] <= cijfers["hoog"]).all()
    assert (cijfers["buiten_laag"] <= cijfers["buiten_midden"]).all()
    assert cijfers["url"].notna().sum() >= len(cijfers) - 5
    assert zonder["reden"].str.len().gt(20).all()


@pytest.mark.parametrize("factor", [0.4, 1.0, 2.5])
def test_een_rij_is_de_publicatie_met_ons_gemiddelde_en_hun_verhouding(
    register: Register, factor: float
) -> None:
    """The middle draw does not count in a mean; both are in the same prices."""
    for naam, schatting in register.buitenschattingen.items():
        prijs = naar_prijspeil(register, schatting.prijspeil)
        hun = schatting.punt * prijs
        rij = vergeleken_rij(
            register, naam, schatting, tegenhanger(), factor * hun * np.array([9.0, 0.5, 1.5])
        )
        for veld in ("titel", "meet", "periode", "eenheid", "bron", "rekenstap"):
            assert rij[veld] == getattr(schatting, veld), (naam, veld)
        assert (rij["gepubliceerd"], rij["buiten_midden"]) == (schatting.punt, hun)
        assert rij["uitgever"] == register.bronnen[schatting.bron].uitgever
        assert rij["midden"] == pytest.approx(factor * hun)
        assert rij["verhouding"] == pytest.approx(factor)
        assert rij["verhouding_laag"] == pytest.approx(0.55 * factor)
        assert rij["verhouding_hoog"] == pytest.approx(1.45 * factor)
        assert rij["oordeel"] == ("binnen" if 0.5 <= factor <= 2.0 else "buiten")


def test_een_tweede_keer_wordt_opgezocht(analyse: Analyse, register: Register) -> None:
    class Weigert(Executor):
        def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
            raise AssertionError("er is opnieuw gerekend")

    assert bereken_vergelijking(register, None, RUIM, Weigert()).map == analyse.map


def test_zonder_cijfers_van_anderen_is_de_tabel_leeg(
    register: Register, resultatenmap: Path
) -> None:
    leeg = replace(register, buitenschattingen={})
    gevonden = bereken_vergelijking(leeg, "einde_lvv", KLEIN)
    assert gevonden.tabel(VERGELEKEN).empty
    assert zonder_uitleg(gevonden.tabel(VERGELEKEN)).empty


def test_een_ver_verschil_zonder_uitleg_wordt_geweigerd(analyse: Analyse) -> None:
    cijfers: pd.DataFrame = analyse.tabel(VERGELEKEN)
    ver = cijfers["naam"] == "lvv_amsterdam_eigen"
    assert (cijfers.loc[ver, "oordeel"] == "buiten").all()
    cijfers.loc[ver, "uitleg"] = None
    with pytest.raises(UitlegOntbreekt, match=r"lvv_amsterdam_eigen.*AT5, zonder uitleg"):
        eis_uitleg(cijfers)


@pytest.mark.parametrize(
    ("eenheid", "model", "tekst"),
    [
        ("personen", {"teller": [term("gehuisvst", "totaal")]}, "grootheid 'gehuisvst' bestaat"),
        ("personen", {"teller": [term("kosten_opvang_coa", "totaal")]}, "betaler '' bestaat niet"),
        ("personen", {"teller": [term("coa_bewoners", "totaal")]}, "een voorraad vraagt"),
        ("personen", {"teller": [term("gehuisvest", "eind")]}, "een voorraad vraagt"),
        ("aandeel", {"noemer": [term("coa_bewoners", "eind")]}, ""),
        (
            "personen",
            {
                "teller": [
                    {
                        "som": [{"grootheid": "coa_bewoners"}, {"grootheid": "fte_nodig"}],
                        "samenvatting": "eind",
                    }
                ]
            },
            "niet één eenheid",
        ),
        (
            "personen",
            {"teller": [term("asielaanvragen", "totaal")], "gemeenten": ["GM0363"]},
            "alleen landelijk",
        ),
        ("euro per jaar", {}, "de ene is geld, de andere niet"),
    ],
)
def test_wat_het_model_niet_kan_meten_wordt_gemeld(
    register: Register, eenheid: str, model: dict[str, Any], tekst: str
) -> None:
    naam = "uitstroom_2024"
    schatting = register.buitenschattingen[naam].model_copy(
        update={"eenheid": eenheid, "model": tegenhanger(**model)}
    )
    problemen = onmeetbare_schattingen(replace(register, buitenschattingen={naam: schatting}))
    assert bool(problemen) is bool(tekst)
    assert all(tekst in probleem.tekst for probleem in problemen)


def test_zonder_grens_is_er_geen_oordeel(register: Register) -> None:
    problemen = onmeetbare_schattingen(replace(register, vergelijkingsgrenzen={}))
    assert [p.tekst for p in problemen] == ["'verhouding' ontbreekt"]


def test_de_meegeleverde_schattingen_zijn_meetbaar(register: Register) -> None:
    assert onmeetbare_schattingen(register) == []
