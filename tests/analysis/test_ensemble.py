"""Runs on the shipped parameters: what the issue calls done."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from impact.analysis import ensemble
from impact.analysis.opslag import (
    KOLOMMEN,
    Instelling,
    Resultaat,
    ResultaatOntbreekt,
    open_resultaat,
    sleutel,
)
from impact.analysis.waarden import Botsing, GeenEffect, ingrepen, maak_reeksen
from impact.model.grootheden import GROOTHEDEN, SLEUTELS
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.modellen import Scenario, Stap
from impact.registry.periode import Halfjaar, reeks
from tests.analysis.conftest import KLEIN, Meteen

WAARDEN = ["midden", "laag", "hoog"]


def test_leeg_scenario_geeft_overal_precies_nul(resultaten: dict[str, Resultaat]) -> None:
    for niveau in ("gemeente", "nationaal", "provincie"):
        assert (resultaten["leeg"].verschil(niveau)[WAARDEN] == 0.0).all(axis=None)


def test_leeg_scenario_is_gelijk_aan_zijn_referentie(
    met_leeg: Register, resultaten: dict[str, Resultaat]
) -> None:
    uit = ensemble.bereken(["geldend_recht", "leeg"], met_leeg, KLEIN, Meteen())
    assert list(uit) == ["geldend_recht", "leeg"], "een nieuw en een opgezocht resultaat"
    eigen = resultaten["leeg"].tabel().drop(columns="scenario")
    assert eigen.equals(uit["geldend_recht"].tabel().drop(columns="scenario"))


def test_tabel_heeft_precies_de_afgesproken_kolommen(resultaten: dict[str, Resultaat]) -> None:
    tabel = resultaten["verbod_voorrang"].tabel()
    assert list(tabel.columns) == KOLOMMEN
    assert tabel["gemeente"].nunique() == 342
    assert set(tabel["scenario"]) == {"verbod_voorrang"}


@pytest.mark.parametrize("soort", ["tabel", "verschil"])
@pytest.mark.parametrize("niveau", ["provincie", "grootteklasse", "netwerk", "stedelijkheid"])
def test_som_van_gemeenten_is_het_landelijke_cijfer(
    resultaten: dict[str, Resultaat], soort: str, niveau: str
) -> None:
    sleutels = ["grootheid", "betaler", "periode"]
    resultaat = resultaten["verbod_voorrang"]
    landelijk = getattr(resultaat, soort)("nationaal").set_index(sleutels)["midden"]
    gemeentelijk = [naam for naam, g in GROOTHEDEN.items() if g.gemeentelijk]
    landelijk = landelijk[landelijk.index.get_level_values(0).isin(gemeentelijk)].sort_index()
    for deel in ("gemeente", niveau):
        som = getattr(resultaat, soort)(deel).groupby(sleutels)["midden"].sum().sort_index()
        np.testing.assert_allclose(som, landelijk, rtol=1e-9, atol=1e-6)


def test_landelijk_ligt_het_midden_in_zijn_band(resultaten: dict[str, Resultaat]) -> None:
    tabel = resultaten["verbod_voorrang"].tabel("nationaal")
    marge = 1e-5 * tabel[WAARDEN].abs().max(axis=1)
    assert (tabel["laag"] <= tabel["midden"] + marge).all()
    assert (tabel["midden"] <= tabel["hoog"] + marge).all()


def test_tweede_keer_is_opzoeken(
    met_leeg: Register, resultaten: dict[str, Resultaat], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nooit(*_: object) -> None:
        raise AssertionError("er is opnieuw gerekend")

    monkeypatch.setattr(ensemble, "_bereken", nooit)
    meldingen: list[tuple[str, bool]] = []
    ensemble.bereken(["leeg"], met_leeg, KLEIN, meld=lambda n, b: meldingen.append((n, b)))
    assert meldingen == [("leeg", False)]


def test_uitkomst_hangt_niet_af_van_het_blok(register: Register, tmp_path: Path) -> None:
    opdracht = ensemble.maak_opdracht(register, KLEIN)
    for blok in (1, 5, 13):
        ensemble.reken_uit(opdracht, "alles_samen", "alles_samen", tmp_path / str(blok), blok)
    een = (tmp_path / "1").read_bytes()
    assert een == (tmp_path / "5").read_bytes() == (tmp_path / "13").read_bytes()


def test_uitkomst_hangt_niet_af_van_het_aantal_werkers(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kort = Instelling(trekkingen=5, tot="2028-II")
    tabellen = []
    for naam, uitvoerder in (("geen", Meteen()), ("twee", None)):
        monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / naam))
        resultaat = ensemble.bereken(["verbod_voorrang"], register, kort, uitvoerder)
        tabellen.append((resultaat["verbod_voorrang"].map / "tabel.parquet").read_bytes())
    assert tabellen[0] == tabellen[1]


def test_een_ander_zaad_geeft_andere_trekkingen_en_hetzelfde_midden(register: Register) -> None:
    een, ander = (
        ensemble.maak_opdracht(register, Instelling(trekkingen=3, zaad=zaad)) for zaad in (1, 2)
    )
    assert (een.trekkingen.kansen[1:] != ander.trekkingen.kansen[1:]).any()
    assert (een.ruis.gemeente[1:] != ander.ruis.gemeente[1:]).all()
    assert (een.trekkingen.kansen[0] == ander.trekkingen.kansen[0]).all()
    assert not een.ruis.gemeente[0].any()


def test_alle_scenarios_delen_de_trekkingen(register: Register) -> None:
    """What no measure touches is the same in every scenario, draw by draw."""
    opdracht = ensemble.maak_opdracht(register, Instelling(trekkingen=2, tot="2027-II"))
    een, ander = (ensemble.trekkingen_van(opdracht, n) for n in ("recht_2025", "verbod_voorrang"))
    los = ("oekraieners_in_opvang", "")
    assert een[los].tobytes() == ander[los].tobytes()
    assert np.ptp(een[los], axis=0).max() > 0


def test_sleutel_volgt_parameters_en_instelling(register: Register) -> None:
    basis = sleutel(register, "verbod_voorrang", KLEIN)
    assert basis != sleutel(register, "verbod_voorrang", Instelling(trekkingen=13))
    curve = register.parameters["bijstandskans_24_maanden"]
    waarde = curve.waarden[0].model_copy(update={"midden": 0.8801})
    anders = curve.model_copy(update={"waarden": [waarde]})
    gewijzigd = replace(
        register, parameters={**register.parameters, "bijstandskans_24_maanden": anders}
    )
    assert basis != sleutel(gewijzigd, "verbod_voorrang", KLEIN)


def test_sleutel_volgt_de_code(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    basis = sleutel(register, "verbod_voorrang", KLEIN)
    monkeypatch.setattr("impact.analysis.opslag.codesleutel", lambda: "andere code")
    assert basis != sleutel(register, "verbod_voorrang", KLEIN)


def test_ontbrekend_resultaat_noemt_het_commando(register: Register, resultatenmap: Path) -> None:
    with pytest.raises(ResultaatOntbreekt, match="impact run einde_lvv"):
        open_resultaat("einde_lvv", register, KLEIN)


def test_onbekend_scenario_noemt_de_dichtstbijzijnde_naam(register: Register) -> None:
    with pytest.raises(OnbekendScenario, match="bedoelde u 'verbod_voorrang'"):
        ensemble.bereken(["verbod_vorrang"], register, KLEIN)


def met_scenario(register: Register, *stappen: Stap) -> Register:
    """The register with one more scenario."""
    proef = Scenario(
        titel="Proef",
        soort="variant",
        referentie="recht_2025",
        toelichting="Proef.",
        maatregelen=list(stappen),
    )
    return register.met_scenarios({**register.scenarios, "proef": proef})


def test_maatregel_zonder_effect_is_een_fout(register: Register, resultatenmap: Path) -> None:
    te_laat = Stap(maatregel="verbod_voorrang_sociale_huur", vanaf="2040-I")
    with pytest.raises(GeenEffect, match="verbod_voorrang_sociale_huur"):
        ensemble.bereken(["proef"], met_scenario(register, te_laat), KLEIN, Meteen())
    assert not (resultatenmap / "proef").exists()


def test_volgorde_van_maatregelen_doet_er_niet_toe(register: Register) -> None:
    stappen = register.scenarios["vng_alternatief"].maatregelen
    trekkingen = ensemble.maak_opdracht(register, KLEIN).trekkingen
    perioden = reeks(Halfjaar(2026, 1), Halfjaar(2029, 2))
    heen, terug = (
        maak_reeksen(met_scenario(register, *rij), "proef", trekkingen, perioden)
        for rij in (stappen, stappen[::-1])
    )
    assert all(heen[naam].tobytes() == terug[naam].tobytes() for naam in heen)


def test_twee_vervangingen_tegelijk_botsen(register: Register) -> None:
    maatregel = register.maatregelen["verbod_voorrang_sociale_huur"]
    dubbel = maatregel.model_copy()
    twee = replace(register, maatregelen={**register.maatregelen, "nog_een": dubbel})
    stappen = [
        Stap(maatregel=naam, vanaf="2027-I") for naam in ("verbod_voorrang_sociale_huur", "nog_een")
    ]
    trekkingen = ensemble.maak_opdracht(register, KLEIN).trekkingen
    with pytest.raises(Botsing, match="aandeel_met_voorrang"):
        maak_reeksen(
            met_scenario(twee, *stappen),
            "proef",
            trekkingen,
            reeks(Halfjaar(2026, 1), Halfjaar(2028, 1)),
        )


def test_elk_scenario_heeft_een_vaste_volgorde_van_ingrepen(register: Register) -> None:
    for naam in register.scenarios:
        rij = [(i.maatregel, i.nummer) for i in ingrepen(register, naam)]
        assert rij == sorted(rij)


def test_manifest_zegt_hoe_het_resultaat_is_gemaakt(resultaten: dict[str, Resultaat]) -> None:
    manifest = resultaten["verbod_voorrang"].manifest
    assert manifest["referentie"] == "geldend_recht"
    assert manifest["trekkingen"] == KLEIN.trekkingen
    assert manifest["kalibratie"]["halfjaren"] > 4
    assert len(manifest["sleutel"]) == 64
    assert json.dumps(manifest)


def test_alle_grootheden_staan_in_de_tabel(resultaten: dict[str, Resultaat]) -> None:
    tabel = resultaten["verbod_voorrang"].tabel("nationaal")
    assert set(zip(tabel["grootheid"], tabel["betaler"], strict=True)) == set(SLEUTELS)
