"""Break-even on the shipped parameters: what a hand calculation, or the model itself, says too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from impact.analysis import draaibank, omslagpunt
from impact.analysis.draaibank import NEDERLAND, Draaibank, Meting, maak_draaibank
from impact.analysis.ensemble import maak_opdracht, trekkingen_van
from impact.analysis.knop import KnopFout, Wens, namen_maatregelen, zoek_knop
from impact.analysis.omslagproef import betaald_door
from impact.analysis.omslagpunt import Vraag, bereken_omslagpunt, verdeel, wat_is_nodig
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.uitkomsten import HorizonFout, meet
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.periode import Halfjaar

KLEIN = Instelling(trekkingen=6, tot="2031-II")
BEGIN = Halfjaar(2026, 1)
ALLE = np.arange(6)


@pytest.fixture(scope="module")
def werker() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as uitvoerder:
        yield uitvoerder


def bank_voor(
    register: Register, scenario: str, conclusie: str, knop: str, wens: Wens | None = None
) -> Draaibank:
    inhoud = register.conclusies[conclusie]
    gevonden = zoek_knop(register, scenario, inhoud, knop, wens or Wens(), BEGIN)
    uitkomst = register.uitkomsten[inhoud.uitkomst]
    return maak_draaibank(maak_opdracht(register, KLEIN), scenario, gevonden, [uitkomst])


def meting(register: Register, conclusie: str, gebied: str = NEDERLAND) -> Meting:
    return Meting(register.uitkomsten[register.conclusies[conclusie].uitkomst], gebied)


@pytest.fixture(scope="module")
def lvv(register: Register, resultatenmap: Path, werker: Executor) -> Analyse:
    vraag = Vraag("einde_lvv", "gat_nul", "bijdrage_per_gehuisveste")
    return bereken_omslagpunt(register, vraag, KLEIN, werker)


def controleer_trekkingen(
    analyse: Analyse, gat: np.ndarray, verwacht: np.ndarray, marge: float
) -> None:
    """A draw with a gap flips where the hand calculation says; without one it holds already."""
    draws = analyse.tabel("trekkingen")
    assert (gat > 0).sum() > 1
    assert list(draws["geval"]) == ["omslag" if g > 0 else "altijd_ja" for g in gat]
    hand = np.where(gat > 0, verwacht, np.nan)
    np.testing.assert_allclose(draws["waarde"], hand, atol=marge)


def test_nodige_bijdrage_is_het_gat_gedeeld_door_wie_een_woning_krijgt(
    register: Register, lvv: Analyse
) -> None:
    bank = bank_voor(register, "einde_lvv", "gat_nul", "bijdrage_per_gehuisveste")
    gat = meting(register, "gat_nul")
    (nul,) = bank.draai(np.zeros(6), ALLE, [gat])
    rijk = Meting(betaald_door("rijk_overig", Halfjaar(2030, 2)))
    (een,) = bank.draai(np.ones(6), ALLE, [rijk])
    (geen,) = bank.draai(np.zeros(6), ALLE, [rijk])
    antwoord = lvv.tabel("antwoorden").iloc[0]
    assert antwoord["geval"] == "waarde"
    assert antwoord["nodig_midden"] == pytest.approx(nul.mean() / (een - geen).mean(), abs=1.5)
    controleer_trekkingen(lvv, nul, nul / (een - geen), marge=1.5)
    assert antwoord["extra_rijk_midden"] == pytest.approx(nul.mean(), rel=1e-3)


def test_gemeente_apart_gevraagd_geeft_wat_de_tabel_zegt(
    register: Register, lvv: Analyse, werker: Executor
) -> None:
    vraag = Vraag("einde_lvv", "gat_nul", "bijdrage_per_gehuisveste", gemeente="GM0344")
    apart = bereken_omslagpunt(register, vraag, KLEIN, werker).tabel("antwoorden").iloc[0]
    tabel = lvv.tabel("gemeenten").set_index("gemeente")
    assert len(tabel) == 342
    assert apart["gebied"] == "GM0344"
    for kant in ("midden", "mediaan", "hoog"):
        naam = f"nodig_{kant}"
        assert tabel[naam]["GM0344"] == pytest.approx(apart[naam], abs=3.0)
    open_onder = apart["aandeel_altijd_ja"] > 0.05
    assert np.isnan(apart["nodig_laag"]) == open_onder
    assert tabel["nodig_laag"]["GM0344"] == pytest.approx(apart["nodig_laag"], abs=3.0, nan_ok=True)
    for soort in ("omslag", "altijd_ja", "altijd_nee"):
        assert tabel[f"aandeel_{soort}"]["GM0344"] == apart[f"aandeel_{soort}"]
    assert tabel["geval"]["GM0344"] == "waarde"


def test_gevonden_waarde_klopt_als_het_model_opnieuw_draait(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    """Transit places enter through a supply that saturates: no straight line."""
    vraag = Vraag("verbod_voorrang", "wachtrij_niet_langer", "doorstroomplaatsen")
    analyse = bereken_omslagpunt(register, vraag, KLEIN, werker)
    antwoord = analyse.tabel("antwoorden").iloc[0]
    bank = bank_voor(register, "verbod_voorrang", "wachtrij_niet_langer", "doorstroomplaatsen")
    wachtrij = meting(register, "wachtrij_niet_langer")
    (bij,) = bank.draai(np.full(6, antwoord["nodig_midden"]), ALLE, [wachtrij])
    (nul,) = bank.draai(np.zeros(6), ALLE, [wachtrij])
    grens = register.conclusies["wachtrij_niet_langer"].grens
    assert bij.mean() == pytest.approx(grens, abs=1e-3 * abs(nul.mean()))
    draws = analyse.tabel("trekkingen")
    om = draws[draws["geval"] == "omslag"]
    rijen = om["trekking"].to_numpy() - 1
    (elk,) = bank.draai(om["waarde"].to_numpy(), rijen, [wachtrij])
    assert len(om) > 1
    np.testing.assert_allclose(elk, grens, atol=25.0)
    raster = analyse.tabel("raster")
    (op_lijn,) = raster[raster["waarde"] == antwoord["nodig_midden"]]["uitkomst_midden"]
    assert op_lijn == pytest.approx(bij.mean())


def test_onhaalbaar_is_een_duidelijk_antwoord(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    vraag = Vraag("einde_lvv", "gat_nul", "bijdrage_per_gehuisveste", hoogste=50.0)
    analyse = bereken_omslagpunt(register, vraag, KLEIN, werker)
    antwoord = analyse.tabel("antwoorden").iloc[0]
    assert antwoord["geval"] == "nooit"
    assert np.isnan(antwoord["nodig_midden"])
    assert antwoord["uitkomst_bij_laagste"] > antwoord["uitkomst_bij_hoogste"] > 0
    assert antwoord["aandeel_altijd_nee"] > 0.5
    assert analyse.tabel("omslagen").empty


def test_wat_al_zo_is_heeft_een_marge(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    """The priority ban makes municipalities cheaper; with less SPUK that ends."""
    vraag = Vraag("verbod_voorrang", "gat_nul", "spuk_per_statushouder")
    antwoord = bereken_omslagpunt(register, vraag, KLEIN, werker).tabel("antwoorden").iloc[0]
    assert antwoord["voldoet_nu"]
    assert antwoord["geval"] == "geldt_al"
    assert antwoord["ja_boven"]
    assert 0 < antwoord["nodig_midden"] < antwoord["nu_midden"]
    assert np.isnan(antwoord["extra_rijk_midden"])


def test_extra_banen_zijn_het_gat_gedeeld_door_uren_maal_tarief(
    register: Register, lvv: Analyse, werker: Executor
) -> None:
    analyse = bereken_omslagpunt(register, Vraag("einde_lvv", "gat_nul", "fte"), KLEIN, werker)
    antwoord = analyse.tabel("antwoorden").iloc[0]
    bank = bank_voor(register, "einde_lvv", "gat_nul", "bijdrage_per_gehuisveste")
    uitkomst = register.uitkomsten["gat_gemeenten"]
    prijs = bank.gemiddelde("uurtarief", uitkomst) * bank.gemiddelde("productieve_uren", uitkomst)
    (gat,) = bank.draai(None, ALLE, [Meting(uitkomst)])
    controleer_trekkingen(analyse, gat, gat / prijs, marge=0.1)
    assert antwoord["nodig_midden"] == pytest.approx(gat.mean() / prijs.mean(), rel=0.02)
    assert antwoord["aandeel_altijd_nee"] == 0.0
    assert antwoord["aandeel_altijd_ja"] == pytest.approx((gat <= 0).mean())


def test_werk_past_met_evenveel_banen_als_het_tekort(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    analyse = bereken_omslagpunt(register, Vraag("alles_samen", "werk_past", "fte"), KLEIN, werker)
    antwoord = analyse.tabel("antwoorden").iloc[0]
    grens = register.conclusies["werk_past"].grens
    assert antwoord["nodig_midden"] == pytest.approx(
        antwoord["uitkomst_nu_midden"] - grens, abs=0.1
    )


@pytest.mark.parametrize(
    ("scenario", "conclusie", "knop"),
    [
        ("einde_lvv", "gat_nul", "bijdrage_per_gehuisveste"),
        ("verbod_voorrang", "wachtrij_stabiel", "kans_zonder_voorrang"),
        ("verbod_voorrang", "wachtrij_stabiel", "maatregel:verbod_voorrang_kamers"),
        ("verbod_voorrang", "gat_nul", "uurtarief"),
    ],
)
def test_op_de_waarde_van_nu_verandert_er_niets(
    register: Register, scenario: str, conclusie: str, knop: str
) -> None:
    """Prices too: a knob in euro of 2025 that stands where it stood gives the same outcome."""
    bank = bank_voor(register, scenario, conclusie, knop)
    m = meting(register, conclusie)
    (nu,), (zelfde,) = (bank.draai(w, ALLE, [m]) for w in (None, bank.nu()))
    np.testing.assert_allclose(zelfde, nu, rtol=1e-9, atol=1e-3)


def test_instrument_draait_alleen_in_het_scenario(register: Register) -> None:
    """An assumption that changes both runs alike has no effect on their difference."""
    gat = meting(register, "gat_nul")
    banken = [
        bank_voor(register, "einde_lvv", "gat_nul", "uurtarief", Wens(soort=soort))
        for soort in ("instrument", "aanname")
    ]
    assert [b.basis.draait for b in banken] == [False, True]
    (instrument,), (aanname,) = (b.draai(2 * b.nu(), ALLE, [gat]) for b in banken)
    (nu,) = banken[0].draai(None, ALLE, [gat])
    np.testing.assert_allclose(aanname, nu, rtol=1e-9, atol=1e-3)
    assert (instrument > nu + 1e6).all()


def test_maatregel_draait_ook_in_de_referentie_als_hij_daar_geldt(register: Register) -> None:
    eigen = bank_voor(register, "verbod_voorrang", "gat_nul", "maatregel:verbod_voorrang_kamers")
    van_basis = register.scenarios["geldend_recht"].maatregelen[0].maatregel
    namen = omslagnamen(register, "verbod_voorrang", van_basis)
    assert not eigen.basis.draait
    assert bank_voor(register, "verbod_voorrang", "gat_nul", namen[0]).basis.draait


def omslagnamen(register: Register, scenario: str, maatregel: str) -> list[str]:
    return [n for n in namen_maatregelen(register, scenario) if n.split(":")[1] == maatregel]


def test_elke_trekking_heeft_haar_eigen_waarde(register: Register) -> None:
    bank = bank_voor(register, "verbod_voorrang", "wachtrij_stabiel", "flexwoningen")
    m = meting(register, "wachtrij_stabiel")
    waarden = np.array([0.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
    (samen,) = bank.draai(waarden, ALLE, [m])
    for rij in ALLE:
        (alleen,) = bank.draai(waarden[[rij]], np.array([rij]), [m])
        assert alleen[0] == pytest.approx(samen[rij], rel=1e-12)


def test_korter_rekenen_geeft_dezelfde_uitkomst(register: Register) -> None:
    bank = bank_voor(register, "verbod_voorrang", "gat_nul", "flexwoningen")
    m = meting(register, "gat_nul")
    (kort,) = bank.draai(None, ALLE, [m])
    opdracht = maak_opdracht(register, KLEIN)
    eigen, basis = (trekkingen_van(opdracht, naam) for naam in ("verbod_voorrang", "geldend_recht"))
    lang = meet(m.uitkomst, eigen, basis, opdracht.perioden)[1:]
    assert len(bank.opdracht.perioden) < len(opdracht.perioden)
    np.testing.assert_allclose(kort, lang, rtol=1e-9)


def test_uitkomst_hangt_niet_af_van_het_blok(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    m = [meting(register, "gat_nul"), meting(register, "gat_nul", draaibank.ALLE)]
    uitkomsten = []
    for blok in (1, 4, 50):
        monkeypatch.setattr(draaibank, "BLOK", blok)
        bank = bank_voor(register, "vier_wetten", "gat_nul", "spuk_per_statushouder")
        uitkomsten.append([u.tobytes() for u in bank.draai(np.full(6, 9e3), ALLE, m)])
    assert uitkomsten[0] == uitkomsten[1] == uitkomsten[2]


def test_tweede_keer_is_opzoeken(
    register: Register, lvv: Analyse, werker: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nooit(*_: object) -> None:
        raise AssertionError("er is opnieuw gerekend")

    monkeypatch.setattr(omslagpunt, "beantwoord", nooit)
    vraag = Vraag("einde_lvv", "gat_nul", "bijdrage_per_gehuisveste")
    assert bereken_omslagpunt(register, vraag, KLEIN, werker).map == lvv.map


def test_wat_is_nodig_beantwoordt_elke_conclusie_met_elke_knop(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    twee = Instelling(trekkingen=2, tot="2030-II")
    tabel = wat_is_nodig(register, "alles_samen", twee, werker).tabel("antwoorden")
    gevraagd = {
        (naam, knop.parameter)
        for naam, conclusie in register.conclusies.items()
        for knop in conclusie.knoppen
    } | {(naam, "fte") for naam in ("gat_nul", "werk_past", "werk_niet_zwaarder")}
    assert set(zip(tabel["conclusie"], tabel["knop"], strict=True)) == gevraagd
    assert list(dict.fromkeys(tabel["conclusie"])) == list(register.conclusies)
    aandelen = tabel[["aandeel_omslag", "aandeel_altijd_ja", "aandeel_altijd_nee"]].sum(axis=1)
    np.testing.assert_allclose(aandelen, 1.0)
    met = tabel[tabel["geval"].isin(["waarde", "geldt_al"])]
    assert met["nodig_midden"].between(met["laagste"], met["hoogste"]).all()
    assert (tabel[tabel["conclusie"] == "achterstand_stabiel"]["geval"] == "geen_invloed").all()


def test_een_knop_draait_een_keer_voor_alle_conclusies(register: Register) -> None:
    """A knob that is an instrument here and an assumption there turns in two ways, so twice."""
    taken = {
        (knop.naam, knop.soort): namen
        for (knop, _), namen in verdeel(register, Vraag("vier_wetten"), BEGIN).items()
        if knop.naam != "fte"
    }
    gevraagd = [(knop, naam) for (knop, _), namen in taken.items() for naam in namen]
    assert sorted(gevraagd) == sorted(
        (knop.parameter, naam)
        for naam, conclusie in register.conclusies.items()
        for knop in conclusie.knoppen
    )
    assert len(taken["flexwoningen", "instrument"]) > 2
    assert {soort for naam, soort in taken if naam == "groei_capaciteit"} == {
        "instrument",
        "aanname",
    }


def test_over_een_referentie_gaan_alleen_conclusies_zonder_vergelijking(
    register: Register,
) -> None:
    taken = verdeel(register, Vraag("geldend_recht"), BEGIN)
    assert "gat_nul" not in {naam for namen in taken.values() for naam in namen}
    with pytest.raises(KnopFout, match="zelf een referentie"):
        verdeel(register, Vraag("geldend_recht", "gat_nul"), BEGIN)


@pytest.mark.parametrize(
    ("vraag", "melding"),
    [
        (Vraag("einde_lvv", "gat_null"), "bedoelde u 'gat_nul'"),
        (Vraag("einde_lvv", "xyzzy"), "kies uit: gat_nul, "),
        (Vraag("einde_lvv", "gat_nul", "flexwoning"), "bedoelde u 'flexwoningen'"),
        (Vraag("einde_lvv", "gat_nul", "xyzzy"), "maatregel:naam"),
        (Vraag("einde_lvv", "gat_nul", "prijsindex"), "onbekende knop 'prijsindex'"),
        (Vraag("einde_lvv", "gat_nul", "lvv_plaatsen"), "per gemeente een eigen waarde"),
        (Vraag("einde_lvv", "wachtrij_stabiel", "fte"), "niet in voltijdbanen"),
        (
            Vraag("einde_lvv", "gat_nul", "maatregel:einde_rijksbijdrage_lv"),
            "bedoelde u 'maatregel:einde_rijksbijdrage_lvv'",
        ),
        (
            Vraag("einde_lvv", "gat_nul", "maatregel:einde_rijksbijdrage_lvv", vanaf="2028-I"),
            "vanaf wanneer de maatregel geldt",
        ),
        (
            Vraag("einde_lvv", "gat_nul", "flexwoningen", laagste=9.0, hoogste=1.0),
            "--laagste en --hoogste",
        ),
        (Vraag("einde_lvv", "gat_nul", "flexwoningen", vanaf="2031-I"), "na 2030-II"),
    ],
)
def test_een_vraag_die_niet_kan_zegt_wat_wel_kan(
    register: Register, vraag: Vraag, melding: str
) -> None:
    with pytest.raises(KnopFout, match=melding):
        verdeel(register, vraag, BEGIN)


def test_maatregel_met_twee_veranderingen_vraagt_welke(register: Register) -> None:
    scenario, maatregel = next(
        (naam, stap.maatregel)
        for naam, inhoud in register.scenarios.items()
        for stap in inhoud.maatregelen
        if len(register.maatregelen[stap.maatregel].verandert) > 1
    )
    with pytest.raises(KnopFout, match=f"kies uit: maatregel:{maatregel}:0"):
        verdeel(register, Vraag(scenario, "wachtrij_stabiel", f"maatregel:{maatregel}"), BEGIN)
    tweede = f"maatregel:{maatregel}:1"
    taken = verdeel(register, Vraag(scenario, "wachtrij_stabiel", tweede), BEGIN)
    ((knop, _),) = taken
    assert knop.effect == tweede


def test_landelijke_uitkomst_heeft_geen_antwoord_per_gemeente(register: Register) -> None:
    ind = register.conclusies["gat_nul"].model_copy(update={"uitkomst": "ind_wachtenden"})
    anders = replace(register, conclusies={**register.conclusies, "ind": ind})
    with pytest.raises(KnopFout, match="alleen landelijk"):
        verdeel(anders, Vraag("einde_lvv", "ind", gemeente="GM0344"), BEGIN)


def test_onbekend_scenario_noemt_de_dichtstbijzijnde_naam(register: Register) -> None:
    with pytest.raises(OnbekendScenario, match="bedoelde u 'einde_lvv'"):
        bereken_omslagpunt(register, Vraag("einde_lv"), KLEIN)


def test_een_te_korte_horizon_is_een_fout(
    register: Register, resultatenmap: Path, werker: Executor
) -> None:
    kort = replace(KLEIN, tot="2029-II")
    with pytest.raises(HorizonFout, match="2030-I tot en met 2030-II"):
        bereken_omslagpunt(register, Vraag("einde_lvv", "gat_nul", "fte"), kort, werker)


@pytest.mark.parametrize(
    ("naam", "wens", "bereik"),
    [
        ("bijdrage_per_gehuisveste", Wens(), (0.0, 100_000.0)),
        ("aandeel_nareis_bij_referent", Wens(laagste=-1.0, hoogste=3.0), (0.0, 1.0)),
        ("flexwoningen", Wens(laagste=500.0), (500.0, 20_000.0)),
    ],
)
def test_bereik_blijft_binnen_wat_bij_de_eenheid_kan(
    register: Register, naam: str, wens: Wens, bereik: tuple[float, float]
) -> None:
    knop = zoek_knop(register, "einde_lvv", register.conclusies["gat_nul"], naam, wens, BEGIN)
    assert (knop.laagste, knop.hoogste) == bereik


def test_knop_zonder_eigen_bereik_gaat_tot_twee_keer_de_hoogste_waarde(register: Register) -> None:
    knop = zoek_knop(
        register, "einde_lvv", register.conclusies["gat_nul"], "uurtarief", Wens(), BEGIN
    )
    hoogste = max(w.hoog or w.midden for w in register.parameters["uurtarief"].waarden)
    assert (knop.laagste, knop.hoogste, knop.soort) == (0.0, 2 * hoogste, "aanname")


def test_knop_begint_met_de_maatregelen(register: Register) -> None:
    conclusie = register.conclusies["gat_nul"]
    knop = zoek_knop(register, "einde_lvv", conclusie, "flexwoningen", Wens(), BEGIN)
    assert knop.vanaf == Halfjaar(2027, 1)
    later = zoek_knop(
        register, "einde_lvv", conclusie, "flexwoningen", Wens(vanaf=Halfjaar(2028, 2)), BEGIN
    )
    assert later.vanaf == Halfjaar(2028, 2)


def test_gemeentetabel_telt_elke_gemeente_en_elk_aandeel(lvv: Analyse) -> None:
    tabel: pd.DataFrame = lvv.tabel("gemeenten")
    som = tabel[["aandeel_omslag", "aandeel_altijd_ja", "aandeel_altijd_nee"]].sum(axis=1)
    np.testing.assert_allclose(som, 1.0)
    assert set(tabel["geval"]) <= {"waarde", "geldt_altijd", "geldt_al", "nooit"}
    assert (tabel[tabel["geval"] == "waarde"]["uitkomst_nu_midden"] > 0).all()
