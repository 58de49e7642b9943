"""Two runs compared: what changed, and that the steps are the whole difference."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from impact.analysis import verschil
from impact.analysis.berekeningen import VerschilFout
from impact.analysis.momentopname import bewaar_momentopname, inpakken, momentopname
from impact.analysis.opslag import Analyse, Resultaat, resultatenmap
from impact.analysis.verschilspel import (
    Speelveld,
    alle_namen,
    hoogstens,
    verdeel,
    verdeeltrekkingen,
)
from impact.analysis.verschilstappen import Stand
from impact.analysis.waarden import Botsing
from impact.analysis.wijzigingsgroepen import wijzigingsgroepen
from impact.model.reeksen import Reeks
from impact.registry.laden import OnbekendScenario
from tests.verschilgeval import (
    DATUM,
    KAMERS,
    KLEIN,
    SCENARIO,
    VOLWASSEN,
    Werkbank,
    maak_werkbank,
)

GAT = "gat_gemeenten"


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Resultaat]]:
    """A run of the shipped parameters, and one with an assumption changed; tests take a copy."""
    map_ = tmp_path_factory.mktemp("begin")
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("IMPACT_RESULTATEN", str(map_ / "resultaten"))
        werkbank = maak_werkbank(map_)
        eerste = werkbank.reken()
        bestand, oud, nieuw = VOLWASSEN
        werkbank.wijzig(VOLWASSEN)
        werkbank.reken()
        werkbank.wijzig((bestand, nieuw, oud))
        yield map_, eerste


@pytest.fixture
def werkbank(
    begin: tuple[Path, Resultaat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Werkbank:
    shutil.copytree(begin[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    return Werkbank(tmp_path / "parameters")


@pytest.fixture
def oud(werkbank: Werkbank, begin: tuple[Path, Resultaat]) -> Resultaat:
    """The same stored run in the folder of this test."""
    return Resultaat(werkbank.map.parent / "resultaten" / SCENARIO / begin[1].map.name)


def stappen(analyse: Analyse, uitkomst: str = GAT) -> pd.DataFrame:
    tabel = analyse.tabel("stappen")
    return tabel[tabel["uitkomst"] == uitkomst].set_index("sleutel")


def controleer_optelling(analyse: Analyse) -> None:
    """Old plus all steps is new, in every outcome."""
    for _, deel in analyse.tabel("stappen").groupby("uitkomst"):
        per = deel.set_index("sleutel")["midden"]
        assert per["oud"] + per.drop(["oud", "nieuw"]).sum() == pytest.approx(
            per["nieuw"], rel=1e-12, abs=2e-3
        )


def test_twee_gelijke_berekeningen_verschillen_nergens(werkbank: Werkbank, oud: Resultaat) -> None:
    analyse = werkbank.vergelijk(oud)
    assert analyse.tabel("parameters").empty
    uitkomsten = analyse.tabel("uitkomsten")
    assert len(uitkomsten) > 5
    assert not uitkomsten[["midden", "laag", "hoog"]].to_numpy().any()
    assert set(analyse.tabel("stappen")["soort"]) == {"oud", "nieuw"}


def test_een_aanname_verklaart_het_hele_verschil(werkbank: Werkbank, oud: Resultaat) -> None:
    werkbank.wijzig(VOLWASSEN)
    analyse = werkbank.vergelijk(oud)
    (rij,) = analyse.tabel("parameters").to_dict("records")
    assert (rij["naam"], rij["onderdeel"], rij["eenheid"]) == (
        "aandeel_volwassen",
        "2019-I",
        "aandeel",
    )
    assert (rij["oud"], rij["nieuw"]) == ("0,71 (0,62 tot 0,78)", "0,74 (0,65 tot 0,78)")
    assert rij["bestand"] == "aannames/sociaal.yaml"
    verloop = stappen(analyse)
    assert list(verloop["soort"]) == ["oud", "groep", "nieuw"]
    totaal = analyse.tabel("uitkomsten").set_index("uitkomst").loc[GAT]
    assert totaal["midden"] != 0
    for kant in ("midden", "laag", "hoog"):
        assert verloop.loc["aannames:sociaal", kant] == pytest.approx(totaal[kant], rel=1e-9)
    controleer_optelling(analyse)


def test_drie_wijzigingen_tellen_op_en_de_richting_keert_om(
    werkbank: Werkbank, oud: Resultaat
) -> None:
    werkbank.wijzig(VOLWASSEN, KAMERS, DATUM)
    heen = werkbank.vergelijk(oud)
    nieuw = werkbank.reken()
    terug = werkbank.vergelijk(nieuw, str(oud.map))
    assert len(heen.tabel("parameters")) == 3
    sleutels = ["aannames:sociaal", "wet:verbod_voorrang", "scenario"]
    assert list(stappen(heen).index) == ["oud", *sleutels, "nieuw"]
    controleer_optelling(heen)
    een, ander = (stappen(a).loc[sleutels, "midden"] for a in (heen, terug))
    assert een.all()
    np.testing.assert_allclose(een, -ander, rtol=1e-6)


def test_een_wijziging_in_een_ander_scenario_doet_niets(werkbank: Werkbank, oud: Resultaat) -> None:
    werkbank.wijzig(
        ("scenarios/einde_lvv.yaml", "vanaf: 2027-I", "vanaf: 2028-I"),
        ("aannames/sociaal.yaml", "Een cijfer van één stad", "Een cijfer van een stad"),
    )
    analyse = werkbank.vergelijk(oud)
    assert set(analyse.tabel("parameters")["soort"]) == {"gegeven", "tekst"}
    assert set(analyse.tabel("stappen")["soort"]) == {"oud", "nieuw"}
    assert not analyse.tabel("uitkomsten")["midden"].any()


def test_een_vervallen_maatregel_hoort_bij_het_scenario(werkbank: Werkbank, oud: Resultaat) -> None:
    werkbank.wijzig(
        (
            "scenarios/verbod_voorrang.yaml",
            "  - {maatregel: verbod_voorrang_kamers, vanaf: 2027-I}\n",
            "",
        )
    )
    analyse = werkbank.vergelijk(oud)
    (rij,) = analyse.tabel("parameters").to_dict("records")
    assert (rij["wijziging"], rij["oud"], rij["nieuw"]) == ("vervallen", "2027-I", "")
    assert list(stappen(analyse).index) == ["oud", "scenario", "nieuw"]
    controleer_optelling(analyse)


def test_een_nieuwe_maatregel_geeft_andere_trekkingen_en_telt_toch_op(
    werkbank: Werkbank, oud: Resultaat
) -> None:
    pad = werkbank.map / "wetten" / "verbod_voorrang.yaml"
    tekst = pad.read_text(encoding="utf-8")
    blok = tekst[tekst.index("  verbod_voorrang_kamers:") : tekst.index("  verbod_voorrang_volle")]
    nieuw = blok.replace("verbod_voorrang_kamers:", "minder_kamers:")
    pad.write_text(tekst.replace(blok, blok + nieuw), encoding="utf-8")
    werkbank.wijzig(
        (
            "scenarios/verbod_voorrang.yaml",
            "maatregelen:\n",
            "maatregelen:\n  - {maatregel: minder_kamers, vanaf: 2028-I}\n",
        )
    )
    analyse = werkbank.vergelijk(oud)
    parameters = analyse.tabel("parameters")
    assert set(parameters["wijziging"]) == {"toegevoegd"}
    assert set(parameters["naam"]) == {"minder_kamers", SCENARIO}
    verloop = stappen(analyse)
    assert list(verloop.index) == ["oud", "scenario", "instelling", "nieuw"]
    assert verloop.loc["instelling", "naam"] == "Andere trekkingen"
    assert np.isnan(verloop.loc["instelling", "laag"])
    assert not np.isnan(verloop.loc["scenario", "laag"])
    assert not analyse.manifest["zelfde_trekkingen"]
    controleer_optelling(analyse)


def test_andere_code_is_een_eigen_stap(werkbank: Werkbank, oud: Resultaat) -> None:
    """The old figure is 1.000 euro higher than the present code makes of it."""
    tabel = oud.uitkomsten()
    tabel[GAT] += 1000.0
    tabel.to_parquet(oud.map / "uitkomsten.parquet", index=False)
    pas_manifest_aan(oud, codesleutel="andere code")
    werkbank.wijzig(VOLWASSEN)
    verloop = stappen(werkbank.vergelijk(Resultaat(oud.map)))
    assert list(verloop.index) == ["oud", "code", "aannames:sociaal", "nieuw"]
    for kant in ("midden", "laag", "hoog"):
        assert verloop.loc["code", kant] == pytest.approx(-1000.0, abs=1e-4)


def test_cijfers_die_niet_bij_hun_parameters_passen_worden_geweigerd(
    werkbank: Werkbank, oud: Resultaat
) -> None:
    tabel = oud.uitkomsten()
    tabel[GAT] += 1000.0
    tabel.to_parquet(oud.map / "uitkomsten.parquet", index=False)
    werkbank.wijzig(VOLWASSEN)
    with pytest.raises(VerschilFout, match="tellen niet op"):
        werkbank.vergelijk(Resultaat(oud.map))
    assert not list(resultatenmap(werkbank.register()).glob("analyse-verschil/*"))


def test_andere_instellingen_zijn_een_eigen_stap(werkbank: Werkbank, oud: Resultaat) -> None:
    meer = werkbank.reken(replace(KLEIN, trekkingen=9))
    analyse = werkbank.vergelijk(oud, str(meer.manifest["sleutel"]))
    assert list(stappen(analyse).index) == ["oud", "instelling", "nieuw"]
    assert not analyse.manifest["zelfde_instelling"]
    controleer_optelling(analyse)


def test_minder_trekkingen_bij_de_verdeling_sluit_met_een_reststap(
    werkbank: Werkbank, oud: Resultaat
) -> None:
    register = werkbank.wijzig(VOLWASSEN)
    sleutel = str(oud.manifest["sleutel"])
    with ThreadPoolExecutor(1) as werkers:
        analyse = verschil.bereken_verschil(register, sleutel, "nu", None, 3, werkers)
    verloop = stappen(analyse)
    assert list(verloop.index) == ["oud", "aannames:sociaal", "instelling", "nieuw"]
    assert "minder trekkingen" in verloop.loc["instelling", "naam"].lower()
    assert analyse.manifest["trekkingen_verdeling"] == 3
    controleer_optelling(analyse)


def test_te_veel_groepen_worden_samengevoegd_en_tellen_nog_op(
    werkbank: Werkbank, oud: Resultaat
) -> None:
    voor = werkbank.register()
    na = werkbank.wijzig(VOLWASSEN, KAMERS, DATUM)
    groepen = wijzigingsgroepen(voor, na, SCENARIO)
    assert [g.soort for g in groepen] == ["aannames", "wet", "scenario"]
    stand = Stand((oud, oud), (GAT,), (voor, na))
    veld = verschil._veld(stand, groepen)
    assert veld.namen == alle_namen(voor)
    with ThreadPoolExecutor(1) as werkers:
        apart = verdeel(veld, werkers)[GAT]
        klein = hoogstens(veld, werkers, 2)
        samen = verdeel(klein, werkers)[GAT]
    assert sorted(len(spelers) for spelers in klein.overgang.groepen) == [1, 2]
    np.testing.assert_allclose(apart.sum(axis=0), samen.sum(axis=0), rtol=1e-9, atol=1e-3)


def test_wijzigingen_die_half_niet_samengaan_worden_een_stap(
    werkbank: Werkbank, oud: Resultaat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old and new may clash halfway, while both are fine by themselves."""

    def botst(veld: Speelveld, werkers: Executor) -> dict[str, Reeks]:
        if veld.spelers > 1:
            raise Botsing("twee maatregelen vervangen deze waarde tegelijk")
        return verdeel(veld, werkers)

    monkeypatch.setattr(verschil, "verdeel", botst)
    werkbank.wijzig(VOLWASSEN, KAMERS)
    analyse = werkbank.vergelijk(oud)
    assert list(stappen(analyse)["soort"]) == ["oud", "overig", "nieuw"]
    assert len(analyse.manifest["overig"]) == 2
    controleer_optelling(analyse)


def test_trekkingen_van_de_verdeling() -> None:
    assert verdeeltrekkingen(1, 1000, None) == 1000
    assert verdeeltrekkingen(8, 1000, None) == 31
    assert verdeeltrekkingen(12, 1000, None) == 10
    assert verdeeltrekkingen(8, 1000, 200) == 200
    assert verdeeltrekkingen(2, 50, 200) == 50


def pas_manifest_aan(resultaat: Resultaat, **anders: object) -> None:
    pad = resultaat.map / "manifest.json"
    inhoud = json.loads(pad.read_text(encoding="utf-8")) | anders
    pad.write_text(json.dumps(inhoud), encoding="utf-8")


@pytest.mark.parametrize("stuk", ["weg", "kapot", "oud_schema"])
def test_zonder_bruikbare_momentopname_blijven_de_cijfers(
    stuk: str, werkbank: Werkbank, oud: Resultaat
) -> None:
    opname = momentopname(werkbank.register(), oud.manifest["parametersleutel"])
    werkbank.wijzig(VOLWASSEN)
    woord = "ontbreekt"
    if stuk == "weg":
        opname.unlink()
    elif stuk == "kapot":
        opname.write_bytes(b"geen zip")
        woord = "is kapot"
    else:
        anders = werkbank.map.parent / "anders"
        with zipfile.ZipFile(opname) as archief:
            archief.extractall(anders)
        Werkbank(anders).map.joinpath("aannames/lvv.yaml").unlink()
        opname.write_bytes(inpakken(anders))
        woord = "ontbreekt"
    analyse = werkbank.vergelijk(oud)
    problemen = analyse.manifest["onverdeeld"]
    assert problemen
    assert all(probleem.startswith("oud: ") for probleem in problemen)
    assert any(woord in probleem for probleem in problemen)
    assert list(stappen(analyse)["soort"]) == ["oud", "onverdeeld", "nieuw"]
    assert stappen(analyse).loc["onverdeeld", "midden"] != 0
    controleer_optelling(analyse)
    namen = set(analyse.tabel("parameters")["naam"])
    assert ("aandeel_volwassen" in namen) is (stuk == "oud_schema")


def test_onbekend_dubbel_en_gemengd(werkbank: Werkbank, oud: Resultaat) -> None:
    register = werkbank.register()
    sleutel = str(oud.manifest["sleutel"])
    with pytest.raises(VerschilFout) as fout:
        verschil.bereken_verschil(register, "bestaatniet", "nu")
    assert "is geen berekening" in str(fout.value)
    assert sleutel[:20] in str(fout.value)
    assert "6 trekkingen" in str(fout.value)
    with pytest.raises(VerschilFout, match="noem met --scenario"):
        verschil.bereken_verschil(register, "nu", "nu")
    with pytest.raises(OnbekendScenario, match="bedoelde u 'verbod_voorrang'"):
        verschil.bereken_verschil(register, sleutel, "nu", "verbod_vorrang")
    with pytest.raises(VerschilFout, match="gaat over een scenario"):
        verschil.bereken_verschil(register, sleutel, "nu", "einde_lvv")
    dubbel = oud.map.with_name("dubbel")
    shutil.copytree(oud.map, dubbel)
    pas_manifest_aan(Resultaat(dubbel), sleutel=sleutel[:10] + "0" * 54)
    with pytest.raises(VerschilFout, match="hoort bij meer dan een"):
        verschil.bereken_verschil(register, sleutel[:8], "nu")
    (dubbel / "uitkomsten.parquet").unlink()
    with pytest.raises(VerschilFout, match="van voor de tijd"):
        verschil.bereken_verschil(register, str(dubbel), "nu")


def test_een_breuk_laat_niets_half_achter(
    werkbank: Werkbank, oud: Resultaat, monkeypatch: pytest.MonkeyPatch
) -> None:
    werkbank.wijzig(VOLWASSEN)

    def breek(*_: object) -> None:
        raise RuntimeError("stroom weg")

    monkeypatch.setattr(verschil, "verdeel", breek)
    with pytest.raises(RuntimeError, match="stroom weg"):
        werkbank.vergelijk(oud)
    map_ = resultatenmap(werkbank.register())
    assert not (map_ / "analyse-verschil").exists()
    assert not list(map_.rglob(".bezig-*"))


def test_een_momentopname_is_heel_gelijk_en_van_deze_parameters(
    werkbank: Werkbank, oud: Resultaat, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = werkbank.register()
    opname = momentopname(register, register.inhoudssleutel())
    assert oud.manifest["parametersleutel"] == register.inhoudssleutel()
    assert opname.read_bytes() == inpakken(werkbank.map)
    namen = sorted(os.listdir(opname.parent))
    opname.unlink()
    assert bewaar_momentopname(register) == opname
    in_geheugen = register.met_scenarios(dict(list(register.scenarios.items())[:-1]))
    assert bewaar_momentopname(in_geheugen) is None
    assert sorted(os.listdir(opname.parent)) == namen


def test_de_datum_staat_niet_in_de_sleutel(werkbank: Werkbank, oud: Resultaat) -> None:
    eerste = oud.manifest
    shutil.rmtree(oud.map)
    tweede = werkbank.reken().manifest
    assert {k: w for k, w in eerste.items() if k != "gemaakt"} == {
        k: w for k, w in tweede.items() if k != "gemaakt"
    }
