"""Stapeling on the shipped parameters, with few draws and a short horizon."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from impact.analysis.ensemble import Opdracht, maak_opdracht, trekkingen_van
from impact.analysis.kladblok import SchijfVol
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.stapelblok import met_alleen, spellen
from impact.analysis.stapeling import bereken_stapeling, binnen_horizon, controleer_schijf
from impact.analysis.stapelschrijver import reken_blokken
from impact.analysis.stapelspelers import VerdeelFout, maak_verdeling
from impact.analysis.uitkomsten import meet, sleutel_van
from impact.model.grootheden import GROOTHEDEN, SLEUTELS, Sleutel
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Context, Scenario, Stap, Verandering

KORT = Instelling(trekkingen=2, tot="2030-II")
ALLE = slice(None)
SCENARIO = "vier_wetten"
CENT = 0.01
TABELLEN = ["groepen", "gemeenten", "uitkomsten", "paren", "uitkomstparen", "spelers"]
WAARDEN = ["midden", "laag", "hoog"]


@pytest.fixture(scope="module")
def analyse(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Analyse:
    with pytest.MonkeyPatch.context() as omgeving, ThreadPoolExecutor(1) as een:
        omgeving.setenv("IMPACT_RESULTATEN", str(tmp_path_factory.mktemp("stapeling")))
        return bereken_stapeling(register, SCENARIO, instelling=KORT, uitvoerder=een)


def met_scenario(register: Register, *stappen: Stap, naam: str = "proef") -> Register:
    proef = Scenario(
        titel="Proef",
        soort="variant",
        referentie="recht_2025",
        toelichting="Proef.",
        maatregelen=list(stappen),
    )
    return register.met_scenarios({**register.scenarios, naam: proef})


def effecten(
    opdracht: Opdracht, scenario: str, per: str = "wet"
) -> dict[Sleutel, tuple[list[str], Reeks]]:
    """Players and effects [trekking, onderdeel, gemeente or 1, periode] per quantity."""
    verdeling = maak_verdeling(opdracht.register, scenario, per)
    return {
        sleutel: ([verdeling.spelers[n].naam for n in spel.spelers], effect)
        for spel in spellen(opdracht, verdeling, {}, ALLE)
        for sleutel, effect in spel.effecten().items()
    }


@pytest.fixture(scope="module")
def opdracht(register: Register) -> Opdracht:
    return maak_opdracht(register, Instelling(trekkingen=2, tot="2028-II"))


@pytest.fixture(scope="module")
def vier(opdracht: Opdracht) -> dict[Sleutel, tuple[list[str], Reeks]]:
    return effecten(opdracht, SCENARIO)


def test_aandelen_tellen_overal_op_tot_het_gezamenlijke_effect(
    opdracht: Opdracht, vier: dict[Sleutel, tuple[list[str], Reeks]]
) -> None:
    """In every draw, municipality and half-year; the joint effect is that of the scenario."""
    met = trekkingen_van(opdracht, SCENARIO)
    zonder = trekkingen_van(opdracht, "recht_2025")
    for sleutel, (namen, effect) in vier.items():
        aantal = len(namen)
        los, aandeel = effect[:, :aantal], effect[:, aantal : 2 * aantal]
        wisselwerking, samen = effect[:, -2], effect[:, -1]
        np.testing.assert_allclose(aandeel.sum(axis=1), samen, rtol=0, atol=CENT / 10)
        np.testing.assert_allclose(los.sum(axis=1) + wisselwerking, samen, rtol=0, atol=CENT / 10)
        np.testing.assert_allclose(samen, met[sleutel] - zonder[sleutel], rtol=0, atol=CENT / 10)


def test_wat_geen_wet_bereikt_verandert_niet(
    opdracht: Opdracht, vier: dict[Sleutel, tuple[list[str], Reeks]]
) -> None:
    """The reach is never too small: what is left out is equal bit for bit."""
    met = trekkingen_van(opdracht, SCENARIO)
    zonder = trekkingen_van(opdracht, "recht_2025")
    buiten = [s for s in SLEUTELS if s not in vier and s[0] in GROOTHEDEN]
    totalen = {"kosten_totaal", "netto_lasten_gemeente"}
    assert ("oekraieners_in_opvang", "") not in buiten
    for sleutel in buiten:
        if sleutel[0] not in totalen:
            assert (met[sleutel] == zonder[sleutel]).all()


@pytest.mark.parametrize("wet", ["beeindiging_lvv", "verbod_voorrang", "asielnoodmaatregelenwet"])
def test_los_effect_is_dat_van_de_wet_alleen(
    opdracht: Opdracht, vier: dict[Sleutel, tuple[list[str], Reeks]], wet: str
) -> None:
    verdeling = maak_verdeling(opdracht.register, SCENARIO)
    nummer = [s.naam for s in verdeling.spelers].index(wet)
    alleen = trekkingen_van(
        opdracht, SCENARIO, register=met_alleen(opdracht.register, verdeling, 1 << nummer)
    )
    zonder = trekkingen_van(opdracht, "recht_2025")
    for sleutel, (namen, effect) in vier.items():
        verschil = alleen[sleutel] - zonder[sleutel]
        if wet in namen:
            los = effect[:, namen.index(wet)]
            np.testing.assert_allclose(los, verschil, rtol=0, atol=CENT / 10)
        else:
            assert (verschil == 0.0).all()


def test_een_wet_zonder_effect_krijgt_precies_nul(register: Register) -> None:
    """It begins after the horizon; 0.0 and not nearly so, in every draw."""
    anders = met_scenario(
        register,
        Stap(maatregel="hotelregeling_har_plus", vanaf="2040-I"),
        Stap(maatregel="verbod_voorrang_sociale_huur", vanaf="2027-I"),
        Stap(maatregel="versneld_huisvesten", vanaf="2026-II"),
    )
    opdracht = maak_opdracht(anders, Instelling(trekkingen=2, tot="2028-II"))
    for namen, effect in effecten(opdracht, "proef").values():
        nummer = namen.index("uitstroomregelingen")
        assert (effect[:, [nummer, len(namen) + nummer]] == 0.0).all()
        assert effect[:, -1].any() or not effect.any()


def test_voor_de_ingangsdatum_is_het_aandeel_precies_nul(
    vier: dict[Sleutel, tuple[list[str], Reeks]],
) -> None:
    namen, effect = vier[("gehuisvest", "")]
    aandeel = effect[:, len(namen) + namen.index("verbod_voorrang")]
    assert (aandeel[..., :2] == 0.0).all()
    assert aandeel[..., 2:].any()


def tweelingen(register: Register) -> Register:
    """Two laws that do exactly the same."""
    voor = register.maatregelen["flexwoningen_extra"]
    vast = {"midden": 900.0, "laag": None, "hoog": None, "verdeling": "vast"}
    verandering = Verandering(
        parameter="flexwoningen",
        bewerking="plus",
        waarde=voor.verandert[0].waarde.model_copy(update=vast),
        eenheid="woningen per halfjaar",
    )
    maatregelen = {
        f"flex_{wet}": voor.model_copy(update={"verandert": [verandering], "wet": wet})
        for wet in ("oekraine", "eerder_werk")
    }
    anders = replace(register, maatregelen={**register.maatregelen, **maatregelen})
    namen = [*maatregelen, "verbod_voorrang_sociale_huur"]
    return met_scenario(anders, *(Stap(maatregel=naam, vanaf="2027-I") for naam in namen))


def test_gelijke_wetten_krijgen_gelijke_aandelen(register: Register) -> None:
    opdracht = maak_opdracht(tweelingen(register), Instelling(trekkingen=2, tot="2028-II"))
    uit = effecten(opdracht, "proef")
    for namen, effect in uit.values():
        een, ander = namen.index("oekraine"), namen.index("eerder_werk")
        for voor in (0, len(namen)):
            assert (effect[:, voor + een] == effect[:, voor + ander]).all()
    assert uit[("gehuisvest_flex", "")][1].any()


def test_een_enkele_wet_krijgt_het_hele_effect(opdracht: Opdracht) -> None:
    for _, effect in effecten(opdracht, "verbod_voorrang").values():
        los, aandeel, wisselwerking, samen = np.moveaxis(effect, 1, 0)
        assert (aandeel == samen).all()
        assert (los == samen).all()
        assert (wisselwerking == 0.0).all()


def test_een_context_geldt_met_en_zonder_wetten(opdracht: Opdracht) -> None:
    """The context is no part of the effect."""
    register = opdracht.register
    voor = register.scenarios["verbod_voorrang"]
    aanname = register.parameters["asielaanvragen"]
    waarden = [w.model_copy(update={"midden": 0.9 * w.midden}) for w in aanname.waarden]
    context = Context(parameter="asielaanvragen", waarden=waarden)
    anders = voor.model_copy(update={"context": [context]})
    met_context = replace(
        opdracht, register=register.met_scenarios({**register.scenarios, "proef": anders})
    )
    met = trekkingen_van(met_context, "proef")
    zonder = trekkingen_van(met_context, str(voor.referentie), context_van="proef")
    for sleutel, (_, effect) in effecten(met_context, "proef").items():
        verschil = met[sleutel] - zonder[sleutel]
        np.testing.assert_allclose(effect[:, -1], verschil, rtol=0, atol=CENT / 10)


def test_volgorde_in_yaml_doet_er_niet_toe(
    register: Register, opdracht: Opdracht, vier: dict[Sleutel, tuple[list[str], Reeks]]
) -> None:
    scenario = register.scenarios[SCENARIO]
    om = scenario.model_copy(update={"maatregelen": scenario.maatregelen[::-1]})
    anders = register.met_scenarios({**register.scenarios, SCENARIO: om})
    for sleutel, (namen, effect) in effecten(replace(opdracht, register=anders), SCENARIO).items():
        assert namen == vier[sleutel][0]
        assert (effect == vier[sleutel][1]).all()


def test_uitkomst_hangt_niet_af_van_blok_en_werkers(
    register: Register, analyse: Analyse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    with ThreadPoolExecutor(2) as twee:
        ander = bereken_stapeling(register, SCENARIO, instelling=KORT, uitvoerder=twee, blok=2)
    for naam in TABELLEN:
        pd.testing.assert_frame_equal(analyse.tabel(naam), ander.tabel(naam), check_exact=True)
    assert [pad for pad in tmp_path.iterdir() if pad.name.startswith(".")] == []


def test_tabellen_tellen_op(analyse: Analyse) -> None:
    """Means add up: laws to the joint effect, municipalities to the country."""
    groepen = analyse.tabel("groepen").astype({"soort": str, "onderdeel": str})
    sleutels = ["niveau", "gemeente", "periode", "grootheid", "betaler"]
    per_soort = groepen.pivot_table(
        index=sleutels, columns="soort", values="midden", aggfunc="sum", observed=True
    )
    np.testing.assert_allclose(per_soort["aandeel"], per_soort["samen"], rtol=0, atol=CENT)
    np.testing.assert_allclose(
        per_soort["los"] + per_soort["wisselwerking"], per_soort["samen"], rtol=0, atol=CENT
    )
    delen = ["jaar", "grootheid", "betaler", "soort", "onderdeel"]
    gemeenten = analyse.tabel("gemeenten").groupby(delen, observed=True)["midden"].sum()
    land = groepen[groepen["niveau"] == "nationaal"].copy()
    land["jaar"] = land["periode"].astype(str).str[:4]
    stroom = {naam for naam, g in GROOTHEDEN.items() if g.soort != "voorraad"}
    land = land[land["grootheid"].isin(stroom) & land["soort"].ne("los")]
    verwacht = land.groupby(delen, observed=True)["midden"].sum()
    gelijk = gemeenten.reset_index().merge(verwacht.reset_index(), on=delen)
    assert len(gelijk) > 500
    np.testing.assert_allclose(gelijk["midden_x"], gelijk["midden_y"], rtol=1e-9, atol=CENT)


def test_totaal_van_een_betaler_is_de_som_van_zijn_kosten(analyse: Analyse) -> None:
    tabel = analyse.tabel("groepen").astype({"grootheid": str})
    tabel = tabel[(tabel["niveau"] == "nationaal") & tabel["grootheid"].str.startswith("kosten_")]
    delen = ["betaler", "periode", "soort", "onderdeel"]
    totaal = tabel["grootheid"] == "kosten_totaal"
    som = tabel[~totaal].groupby(delen, observed=True)["midden"].sum()
    verwacht = tabel[totaal].set_index(delen)["midden"]
    np.testing.assert_allclose(som.sort_index(), verwacht.sort_index(), rtol=0, atol=CENT)


@pytest.mark.parametrize("naam", ["gat_gemeenten", "fte_piek", "wachtenden_groei"])
def test_uitkomst_met_een_naam_is_die_van_de_trekkingen(
    register: Register, analyse: Analyse, naam: str
) -> None:
    """Also a maximum, which is no sum over half-years."""
    opdracht = maak_opdracht(register, KORT)
    uitkomst = register.uitkomsten[naam]
    met, zonder = (trekkingen_van(opdracht, s) for s in (SCENARIO, "recht_2025"))
    tabel = analyse.tabel("uitkomsten").query(f"uitkomst == '{naam}' and soort == 'samen'")
    for landelijk, niveau in ((True, "nationaal"), (False, "gemeente")):
        verschil = meet(uitkomst, met, zonder, opdracht.perioden, landelijk)
        verschil = verschil - meet(uitkomst, zonder, zonder, opdracht.perioden, landelijk)
        gevonden = tabel[tabel["niveau"] == niveau]["midden"].to_numpy()
        verwacht = np.atleast_1d(verschil[1:].mean(axis=0))
        np.testing.assert_allclose(gevonden, verwacht, rtol=1e-9, atol=CENT)
    assert sleutel_van(uitkomst) in SLEUTELS


def test_paren_zijn_wat_twee_wetten_samen_anders_doen(analyse: Analyse) -> None:
    """With two laws the only pair is the whole interaction; a law apart has no pair effect."""
    paren = analyse.tabel("uitkomstparen").query("uitkomst == 'gat_gemeenten'")
    assert len(paren) == 6
    lvv = paren[(paren["een"] == "beeindiging_lvv") | (paren["ander"] == "beeindiging_lvv")]
    assert len(lvv) == 3
    assert (lvv[WAARDEN] == 0.0).all(axis=None)
    assert (paren.drop(lvv.index)["midden"] != 0.0).all()


def test_paar_van_twee_wetten_is_hun_wisselwerking(opdracht: Opdracht) -> None:
    stappen = [
        Stap(maatregel="verbod_voorrang_sociale_huur", vanaf="2027-I"),
        Stap(maatregel="versneld_huisvesten", vanaf="2026-II"),
    ]
    anders = replace(opdracht, register=met_scenario(opdracht.register, *stappen))
    verdeling = maak_verdeling(anders.register, "proef")
    for spel in spellen(anders, verdeling, {}, ALLE):
        for sleutel, effect in spel.effecten().items():
            paar = spel.paren(sleutel)[:, 0, 1]
            np.testing.assert_allclose(paar, effect[:, -2].sum(axis=1), rtol=0, atol=CENT)


def test_wetten_die_alleen_optellen_hebben_geen_wisselwerking(opdracht: Opdracht) -> None:
    """Two amounts in the same game of which neither changes the other."""
    stappen = [
        Stap(maatregel="inburgering_uitvoeringsgeld", vanaf="2027-I"),
        Stap(maatregel="versneld_huisvesten", vanaf="2026-II"),
    ]
    anders = replace(opdracht, register=met_scenario(opdracht.register, *stappen))
    verdeling = maak_verdeling(anders.register, "proef")
    sleutel = ("kosten_inburgering_uitvoering", "gemeente")
    spel = next(s for s in spellen(anders, verdeling, {}, ALLE) if sleutel in s.effecten())
    assert spel.effecten()[sleutel][:, :2].any(axis=(0, 2, 3)).all()
    assert (spel.paren(sleutel) == 0.0).all()


def test_tweede_keer_is_opzoeken(
    register: Register, analyse: Analyse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(analyse.map.parent.parent))
    monkeypatch.setattr("impact.analysis.stapeling.maak_opdracht", None)
    assert bereken_stapeling(register, SCENARIO, instelling=KORT).map == analyse.map


def test_te_veel_maatregelen_is_een_fout_met_een_uitweg(register: Register) -> None:
    with pytest.raises(
        VerdeelFout, match=r"11 maatregelen komen samen in het deel .*--per wet"
    ) as fout:
        maak_verdeling(register, SCENARIO, "maatregel")
    assert "Er is niets berekend." in str(fout.value)
    namen = [("anmw_driejarige_vergunning", "anmw_geen_permanente_vergunning")]
    assert len(maak_verdeling(register, SCENARIO, "maatregel", namen).spelers) == 11


def test_veertien_wetten_vallen_uiteen_in_kleinere_spellen(register: Register) -> None:
    verdeling = maak_verdeling(register, "alles_samen")
    aantal = {module: masker.bit_count() for module, masker in verdeling.bereik.items()}
    assert len(verdeling.spelers) == 14
    assert aantal["keten"] == 9
    assert aantal["lvv"] == 2
    assert max(aantal.values()) == 12


def test_samengevoegde_wetten_tellen_als_een(register: Register, opdracht: Opdracht) -> None:
    samen = [("verbod_voorrang", "tweestatusstelsel")]
    verdeling = maak_verdeling(register, SCENARIO, samen=samen)
    assert [s.naam for s in verdeling.spelers] == [
        "beeindiging_lvv",
        "asielnoodmaatregelenwet",
        "tweestatusstelsel + verbod_voorrang",
    ]
    with pytest.raises(VerdeelFout, match="bedoelde u 'verbod_voorrang'"):
        maak_verdeling(register, SCENARIO, samen=[("verbod_vorrang", "tweestatusstelsel")])
    with pytest.raises(VerdeelFout, match="niet \\(meer\\) te kiezen"):
        maak_verdeling(register, SCENARIO, samen=[samen[0], ("verbod_voorrang",)])


def test_een_kort_scenario_zonder_paren_heeft_lege_tabellen(
    register: Register, analyse: Analyse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    kort = Instelling(trekkingen=1, tot="2026-I")
    niets = met_scenario(register, Stap(maatregel="einde_rijksbijdrage_lvv", vanaf="2027-I"))
    with ThreadPoolExecutor(1) as een:
        leeg = bereken_stapeling(niets, "proef", instelling=kort, uitvoerder=een)
    for naam in ("gemeenten", "paren"):
        assert leeg.tabel(naam).empty
        assert list(leeg.tabel(naam).columns) == list(analyse.tabel(naam).columns)
    assert (leeg.tabel("groepen")[WAARDEN] == 0.0).all(axis=None)


@pytest.mark.parametrize("scenario", [SCENARIO, "verbod_voorrang"])
def test_er_is_plaats_gevraagd_voor_wat_er_op_schijf_komt(
    opdracht: Opdracht, scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never less than the files take, and not so much that a run is refused for nothing."""
    verdeling = maak_verdeling(opdracht.register, scenario)
    with ThreadPoolExecutor(1) as een:
        paden = reken_blokken(opdracht, verdeling, {}, [slice(0, 3)], tmp_path, een)
    gebruikt = sum(pad.stat().st_size for pad in paden)
    vrij = gebruikt - 1
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=vrij))
    with pytest.raises(SchijfVol, match="er is niets bewaard"):
        controleer_schijf(opdracht, verdeling, tmp_path)
    vrij = 2 * gebruikt
    controleer_schijf(opdracht, verdeling, tmp_path)


def test_zonder_maatregelen_valt_er_niets_te_verdelen(register: Register) -> None:
    with pytest.raises(VerdeelFout, match="geen maatregelen"):
        maak_verdeling(register, "recht_2025")


def test_uitkomsten_buiten_de_horizon_worden_genoemd(analyse: Analyse, register: Register) -> None:
    later = [naam for naam, u in register.uitkomsten.items() if str(u.tot) > KORT.tot]
    assert "ind_piek" in later
    assert sorted(analyse.manifest["weggelaten"]) == sorted(later)
    assert not set(later) & set(analyse.tabel("uitkomsten")["uitkomst"])
    totaal = register.uitkomsten["gat_gemeenten"].model_copy(update={"samenvatting": "hoogste"})
    perioden = maak_opdracht(register, KORT).perioden
    assert binnen_horizon({"piek_van_een_totaal": totaal}, perioden) == {}
