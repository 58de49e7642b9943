"""Order and pace of laws: what must hold on the shipped parameters."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from impact.analysis import volgorde
from impact.analysis.ensemble import maak_opdracht, trekkingen_van
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.uitkomsten import HorizonFout, eenheid_van, meet
from impact.analysis.volgorde import bereken_volgorde
from impact.analysis.volgordeplannen import GeenVolgorde, Plan
from impact.analysis.volgordetabellen import (
    Gemeten,
    grenzentabel,
    maak_rollen,
    plannentabel,
    wettentabel,
)
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.modellen import Scenario, Stap
from tests.volgordegeval import HELPT, WEG, Geval, met_proef, vroegste

INSTELLING = Instelling(trekkingen=4, tot="2030-II")
GAT, RIJ, FTE, IND = (
    "gat_gemeenten_aanloop",
    "wachtenden_verschil",
    "fte_piek_verschil",
    "ind_wachtenden",
)
EEN_WET = ("verbod_voorrang_sociale_huur",)
LOS = (
    "einde_rijksbijdrage_lvv",
    "inburgering_uitvoeringsgeld",
    "terugkeer_vrijlating_zonder_vertrek",
)
SAMEN = ("verbod_voorrang_sociale_huur", "flexwoningen_extra", "afschaffing_plicht_huisvesten")


class Meteen(Executor):
    """Runs every task at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        taak: Future[Any] = Future()
        taak.set_result(fn(*args, **kwargs))
        return taak


def met(
    register: Register, maatregelen: tuple[str, ...], vanaf: str = "2027-I", grens: float = 1e12
) -> Register:
    """The register with a scenario of some measures, and outcomes on a short horizon."""
    proef = Scenario(
        titel="Proef",
        soort="variant",
        referentie="recht_2025",
        toelichting="Proef.",
        maatregelen=[Stap(maatregel=naam, vanaf=vanaf) for naam in maatregelen],
    )
    basis = register.volgordes["standaard"]
    overal = dict.fromkeys(("laag", "midden", "hoog"), grens)
    grenzen = [
        oud.model_copy(
            update={
                "uitkomst": uitkomst,
                "grens": oud.grens.model_copy(update=overal),
            }
        )
        for oud, uitkomst in zip(basis.grenzen, (FTE, IND), strict=True)
    ]
    opzet = basis.model_copy(update={"fte": FTE, "ook": [], "duren": [2], "grenzen": grenzen})
    return replace(
        register,
        scenarios={**register.scenarios, "proef": proef},
        volgordes={"standaard": opzet},
    )


def reken(register: Register, uitvoerder: Executor | None = None) -> Analyse:
    return bereken_volgorde(
        register, "proef", instelling=INSTELLING, uitvoerder=uitvoerder or Meteen()
    )


@pytest.fixture(scope="module")
def samen(register: Register, resultatenmap: object) -> Analyse:
    return reken(met(register, SAMEN))


def test_een_wet_heeft_een_volgorde(register: Register, resultatenmap: object) -> None:
    analyse = reken(met(register, EEN_WET))
    assert list(analyse.tabel("plannen")["soort"]) == ["eigen"]
    assert analyse.tabel("verschillen").empty
    assert list(analyse.tabel("rollen")["rol"]) == ["minst_slecht"]


def test_eigen_data_geven_precies_het_resultaat_van_het_scenario(
    register: Register, samen: Analyse
) -> None:
    eigen = met(register, SAMEN)
    opdracht = maak_opdracht(eigen, INSTELLING)
    variant, basis = (
        {sleutel: reeks.sum(axis=1, keepdims=True) for sleutel, reeks in run.items()}
        for run in (trekkingen_van(opdracht, naam) for naam in ("proef", "recht_2025"))
    )
    tabel = samen.tabel("uitkomsten").set_index(["plan", "uitkomst", "deel"])
    for naam in (GAT, RIJ, FTE, IND):
        waarden = meet(eigen.uitkomsten[naam], variant, basis, opdracht.perioden)
        assert tabel.loc[("eigen", naam, "geheel"), "midden"] == waarden[1:].mean()
        assert tabel.loc[("eigen", naam, "geheel"), "laag"] == np.quantile(waarden[1:], 0.05)


def test_wetten_die_elkaar_niet_raken_hebben_geen_samenloop(
    register: Register, resultatenmap: object
) -> None:
    tabel = reken(met(register, LOS)).tabel("uitkomsten")
    gat = tabel[tabel["uitkomst"] == GAT]
    kanten = ["midden", "laag", "hoog"]
    assert gat.loc[gat["deel"] == "geheel", "midden"].nunique() > 1
    assert gat.loc[gat["deel"] == "samenloop", kanten].abs().max(axis=None) < 1e-3


def test_delen_tellen_op_tot_het_geheel(samen: Analyse) -> None:
    for naam in ("uitkomsten", "verschillen"):
        tabel = samen.tabel(naam)
        sleutels = [k for k in ("vergelijking", "duur", "plan", "uitkomst") if k in tabel]
        breed = tabel[tabel["uitkomst"].isin([GAT, RIJ])].pivot_table(
            index=sleutels, columns="deel", values="midden"
        )
        np.testing.assert_allclose(
            breed["geheel"], breed["los"] + breed["samenloop"], rtol=1e-9, atol=1e-6
        )
        assert breed["samenloop"].abs().max() > 1.0


def test_elke_volgorde_is_berekend(samen: Analyse) -> None:
    plannen = samen.tabel("plannen")
    assert (plannen["soort"] == "volgorde").sum() == 6
    assert (plannen["soort"] == "groepen").sum() == 3
    assert samen.manifest["alle_volgordes"] is True


def test_boven_een_aantal_wetten_is_het_een_keuze(
    register: Register, resultatenmap: object
) -> None:
    eigen = met(register, SAMEN)
    opzet = eigen.volgordes["standaard"].model_copy(
        update={"alle_volgordes_tot": 2, "steekproef": 0}
    )
    analyse = reken(replace(eigen, volgordes={"standaard": opzet}))
    assert analyse.manifest["alle_volgordes"] is False
    assert 2 <= (analyse.tabel("plannen")["soort"] == "volgorde").sum() <= 6


def test_verschil_is_per_trekking(samen: Analyse) -> None:
    """A band of a difference that ignored the shared draws would be as wide as both bands."""
    uitkomsten = samen.tabel("uitkomsten").query("deel == 'geheel'").set_index(["plan", "uitkomst"])
    rij = samen.tabel("verschillen").query("vergelijking == 'bereik' and deel == 'geheel'")
    gat = rij.set_index("uitkomst").loc[GAT]
    een, ander = (uitkomsten.loc[(gat[naam], GAT)] for naam in ("plan", "tegen"))
    assert gat["midden"] == pytest.approx(een["midden"] - ander["midden"])
    assert gat["hoog"] - gat["laag"] < een["hoog"] - ander["laag"] - (een["laag"] - ander["hoog"])


@pytest.mark.parametrize(("grens", "past"), [(0.0, 0.0), (1e12, 1.0)])
def test_grens_nul_laat_niets_toe_en_een_oneindige_alles(
    register: Register, resultatenmap: object, grens: float, past: float
) -> None:
    plannen = reken(met(register, SAMEN, grens=grens)).tabel("plannen")
    assert (plannen["kans_past"] == past).all()
    assert (plannen[["past", "past_streng", "past_ruim"]] == bool(past)).all(axis=None)


def test_uitkomst_hangt_niet_af_van_werkers_en_blokken(
    register: Register,
    samen: Analyse,
    resultatenmap: object,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    monkeypatch.setattr(volgorde, "PER_TAAK", 2)
    monkeypatch.setattr(volgorde, "BLOK", 3)
    with ThreadPoolExecutor(2) as werkers:
        ander = reken(met(register, SAMEN), uitvoerder=werkers)
    assert ander.map != samen.map
    for naam in ("plannen", "uitkomsten", "verschillen", "rollen"):
        pd.testing.assert_frame_equal(ander.tabel(naam), samen.tabel(naam), check_exact=True)


def test_tweede_keer_is_opzoeken(
    register: Register, samen: Analyse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nooit(*_: object) -> None:
        raise AssertionError("er is opnieuw gerekend")

    monkeypatch.setattr(volgorde, "_meet_alles", nooit)
    assert reken(met(register, SAMEN)).map == samen.map


def test_vergissingen_krijgen_antwoord(register: Register, resultatenmap: object) -> None:
    eigen = met(register, SAMEN)
    with pytest.raises(GeenVolgorde, match="bedoelde u 'standaard'"):
        bereken_volgorde(eigen, "proef", "standard", INSTELLING, Meteen())
    with pytest.raises(OnbekendScenario, match="bedoelde u 'proef'"):
        bereken_volgorde(eigen, "prof", instelling=INSTELLING, uitvoerder=Meteen())
    with pytest.raises(GeenVolgorde, match="2031-I in, maar de kosten tellen tot en met 2030-II"):
        reken(met(register, SAMEN, vanaf="2030-I"))
    with pytest.raises(HorizonFout, match="2030-II"):
        bereken_volgorde(
            eigen, "proef", instelling=Instelling(trekkingen=1, tot="2029-II"), uitvoerder=Meteen()
        )


def duur_eerst(plan: Plan, uitkomst: str) -> float:
    """The law that abolishes first costs 100, the law that helps first 10, both at once 50."""
    if uitkomst == "ind_piek":
        return 0.0
    return {WEG: 100.0, HELPT: 10.0, "": 50.0}[vroegste(plan)]


def test_beste_komt_uit_de_plannen_die_passen(register: Register) -> None:
    gemeten = Geval(duur_eerst).gemeten(register)
    rollen = {rol: plan for rol, _, plan in maak_rollen(gemeten)}
    assert (rollen["laagste_gat"], rollen["hoogste_gat"]) == ("2:A, B", "2:B, A")
    gat = gemeten.opzet.gat

    def goedkoop_maar_te_zwaar(plan: Plan, uitkomst: str) -> float:
        waarde = duur_eerst(plan, uitkomst)
        return 200.0 - waarde if uitkomst == gat else waarde

    zwaar = Geval(goedkoop_maar_te_zwaar).gemeten(register)
    assert zwaar.midden(zwaar.plannen[2], gat) > zwaar.midden(zwaar.plannen[3], gat)
    assert ("laagste_gat", 2, "2:A, B") in maak_rollen(zwaar)
    past_niets = Geval(lambda plan, u: 1e9 + goedkoop_maar_te_zwaar(plan, u)).gemeten(register)
    assert ("laagste_gat", 2, "2:B, A") in maak_rollen(past_niets)


def test_wat_niet_te_scheiden_is_van_de_beste_staat_erbij(register: Register) -> None:
    gelijk = plannentabel_van(Geval(lambda plan, u: 5.0).gemeten(register))
    assert gelijk["als_beste"].sum() == 2
    anders = plannentabel_van(Geval(duur_eerst, marge=5.0).gemeten(register))
    assert list(anders.index[anders["als_beste"]]) == ["2:A, B"]


def test_elke_grens_heeft_een_eenheid_een_bron_en_een_kwaliteit(register: Register) -> None:
    gemeten = Geval(duur_eerst).gemeten(register)
    grenzen = grenzentabel(register, gemeten)
    assert list(grenzen["uitkomst"]) == [grens.uitkomst for grens in gemeten.opzet.grenzen]
    for rij in grenzen.to_dict("records"):
        assert rij["eenheid"] == eenheid_van(register.uitkomsten[rij["uitkomst"]])
        assert rij["laag"] <= rij["midden"] <= rij["hoog"]
        assert 0 <= rij["plannen_onder"] <= len(gemeten.plannen)
        assert rij["kwaliteit"] in {"groen", "oranje", "rood"}
        assert all(rij[veld] for veld in ("grens", "bron", "vindplaats"))


def test_elke_wet_staat_in_de_groep_die_de_opzet_noemt(register: Register) -> None:
    gemeten = Geval(duur_eerst).gemeten(register)
    wetten = wettentabel(met_proef(register), gemeten).set_index("wet")
    assert wetten["groep"].to_dict() == {HELPT: "alternatief", WEG: "intrekking"}
    for wet, titel in wetten["titel"].items():
        assert titel == register.wetten[str(wet)].naam


def plannentabel_van(gemeten: Gemeten) -> pd.DataFrame:
    return plannentabel(gemeten, maak_rollen(gemeten)).set_index("plan")


def test_tabellen_en_manifest_hebben_wat_rapporten_lezen(samen: Analyse) -> None:
    kolommen = {
        "wetten": ["letter", "wet", "titel", "vanaf", "groep", "geldt_al"],
        "rollen": ["rol", "duur", "plan"],
        "data": ["plan", "wet", "vanaf"],
    }
    for naam, verwacht in kolommen.items():
        assert list(samen.tabel(naam).columns) == verwacht
    band = {"midden", "laag", "hoog", "eenheid", "uitkomst", "deel", "plan"}
    assert band <= set(samen.tabel("uitkomsten").columns)
    assert band | {"vergelijking", "tegen"} <= set(samen.tabel("verschillen").columns)
    assert {"gat", "wachtrij", "fte", "zekerheid", "begin", "venster"} <= samen.manifest.keys()
    soorten = set(samen.tabel("verschillen")["vergelijking"])
    assert "eigen" in soorten
    assert soorten == {str(soort) for soort in soorten}
