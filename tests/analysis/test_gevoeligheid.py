"""Sensitivity: known indices of known functions, and what must hold on the real model."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import sobol as ontleding
from scipy import stats

from impact.analysis import gevoeligheid as gev
from impact.analysis import ontwerprijen
from impact.analysis.ensemble import maak_opdracht, trekkingen_van
from impact.analysis.gevoeligheid import OnbekendeUitkomst, bereken_gevoeligheid, invloed, richting
from impact.analysis.ontwerprijen import (
    gewone_rijen,
    meet_in_blokken,
    meet_rijen,
    saltelli_rijen,
    tornado_rijen,
)
from impact.analysis.onzekerheidsgroepen import (
    RUISSOORTEN,
    Groep,
    beweeglijk,
    bundels,
    kies_vooraan,
    maak_groepen,
    tekens,
    zeef,
)
from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.samenstellen import trekkingen_voor
from impact.analysis.sobol import (
    ALLEEN,
    DRAGERS,
    MET_SAMENSPEL,
    SAMENSPEL,
    GeenMachtVanTwee,
    additief,
    controleer_macht,
    dragers,
    eerste_orde,
    indices,
    ontwerp,
    probleem,
)
from impact.analysis.trekkingen import Ruis, Samenhang, Trekkingen, maak_ruis
from impact.analysis.uitkomsten import HorizonFout, meet
from impact.analysis.waarden import samenhang
from impact.registry.laden import OnbekendScenario, Register

KLEIN = Instelling(trekkingen=8)
SCENARIO = "einde_lvv"
ABC = [Groep(naam, "apart", (naam,)) for naam in "abc"]
ONGELIJK = "uitkomst == 'gat_gemeenten'"


def bekend(
    functie: Callable[[np.ndarray], np.ndarray], groepen: list[Groep], aantal: int = 1024
) -> tuple[pd.DataFrame, pd.DataFrame]:
    return indices(groepen, functie(ontwerp(groepen, aantal, 1)), 1)


def ishigami(kansen: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * kansen - 1)
    return np.asarray(
        np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])
    )


@pytest.mark.parametrize(
    ("maat", "waar"),
    [(ALLEEN, [0.3139, 0.4424, 0.0]), (MET_SAMENSPEL, [0.5576, 0.4424, 0.2437])],
)
def test_ishigami_ligt_binnen_de_marge(maat: str, waar: list[float]) -> None:
    per_groep, samen = bekend(ishigami, ABC)
    rijen = per_groep[per_groep["maat"] == maat]
    assert (rijen["laag"].to_numpy() <= np.array(waar) + 1e-9).all()
    assert (rijen["hoog"].to_numpy() >= np.array(waar) - 1e-9).all()
    np.testing.assert_allclose(rijen["midden"], waar, atol=0.08)
    interactie = samen.set_index("maat").loc[SAMENSPEL]
    assert interactie["laag"] <= 0.2437 <= interactie["hoog"]


def test_een_som_verdeelt_de_variantie_over_groepen() -> None:
    groepen = [Groep("een", "apart", ("a", "b")), Groep("twee", "apart", ("c",))]
    per_groep, samen = bekend(lambda u: u @ np.array([1.0, 2.0, 2.0]), groepen)
    waar = {"een": 5 / 9, "twee": 4 / 9}
    for rij in per_groep.to_dict("records"):
        assert rij["laag"] <= waar[rij["groep"]] <= rij["hoog"]
        assert rij["midden"] == pytest.approx(waar[rij["groep"]], abs=0.06)
    delen = samen.set_index("maat")
    assert delen.loc[SAMENSPEL, "laag"] == 0.0
    assert delen.loc[DRAGERS, "hoog"] >= 0.99


def test_steun_maakt_de_marge_kleiner_en_de_schatting_niet_anders() -> None:
    """Also a worthless approximation leaves the truth inside the interval."""
    factor = np.array([3.0, 2.0, 1.0])
    kansen = ontwerp(ABC, 256, 1)
    waarden, b = kansen @ factor, kansen[:, -1]
    waar = factor**2 / (factor**2).sum()
    goed, slecht = b * factor, np.random.default_rng(3).random(b.shape)
    breedte = {}
    for naam, steun in (("zonder", None), ("goed", goed), ("slecht", slecht)):
        schatting, herhaald = eerste_orde(waarden, steun, 1)
        marge = 1.96 * herhaald.std(axis=0, ddof=1)
        assert (np.abs(schatting - waar) <= 1.5 * marge).all()
        breedte[naam] = marge
    assert (breedte["goed"] < breedte["zonder"]).all()
    assert breedte["goed"][2] < 0.5 * breedte["zonder"][2], "het meest bij een kleine groep"


def test_eerste_orde_is_die_van_salib() -> None:
    waarden = ishigami(ontwerp(ABC, 512, 1))
    schatting = ontleding.analyze(probleem(ABC), waarden.reshape(-1), False, seed=1)
    np.testing.assert_allclose(eerste_orde(waarden, None, 1)[0], schatting["S1"], atol=0.02)


def test_additieve_benadering_vindt_de_factoren() -> None:
    kansen = np.random.default_rng(1).random((300, 2))
    scores = stats.norm.ppf(kansen)
    gevonden = additief(kansen, 5 + scores @ np.array([3.0, -1.0]))
    np.testing.assert_allclose(gevonden, [3.0, -1.0], atol=1e-9)


def test_wat_niet_wordt_gelezen_heeft_precies_aandeel_nul() -> None:
    per_groep, _ = bekend(lambda u: u[..., 0] + u[..., 1], ABC, 64)
    niets = per_groep[per_groep["groep"] == "c"]
    assert (niets[["midden", "laag", "hoog"]] == 0.0).all(axis=None)


def test_dragers_zijn_alleen_groepen_waarvan_het_zeker_is() -> None:
    per_groep, samen = bekend(lambda u: 3 * u[..., 0] + u[..., 1], ABC, 256)
    assert dragers(per_groep) == ["a", "b"]
    rest = [replace(groep, soort="rest") for groep in ABC]
    zonder, niets = bekend(lambda u: 3 * u[..., 0] + u[..., 1], rest, 256)
    assert dragers(zonder) == []
    assert niets.set_index("maat").loc[DRAGERS, "hoog"] == 0.0
    assert samen.set_index("maat").loc[DRAGERS, "midden"] > 0.9


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [(300, "kies 256 of 512"), (0, "kies 8"), (7, "kies 8"), (100, "kies 64 of 128")],
)
def test_het_aantal_is_een_macht_van_twee(aantal: int, tekst: str) -> None:
    with pytest.raises(GeenMachtVanTwee, match=tekst):
        controleer_macht(aantal)
    controleer_macht(256)


# groups


@pytest.mark.parametrize("scenario", ["einde_lvv", "alles_samen", "recht_2025"])
def test_elke_naam_ligt_in_precies_een_groep(register: Register, scenario: str) -> None:
    namen = trekkingen_voor(register, 2, 1).namen
    vooraan = {"aanname:inwilligingsaandeel", "aanname:asielaanvragen", "historie:achterstand"}
    groepen = maak_groepen(register, scenario, namen, vooraan)
    leden = [lid for groep in groepen for lid in groep.leden]
    ruis = [f"toeval:{soort}" for soort in RUISSOORTEN]
    assert sorted(leden) == sorted([*namen, *ruis])
    assert len({groep.naam for groep in groepen}) == len(groepen)
    assert vooraan == {groep.naam for groep in groepen if groep.soort == "apart"}


def test_samenhangende_aannames_worden_nooit_gescheiden(register: Register) -> None:
    namen = trekkingen_voor(register, 2, 1).namen
    banden = samenhang(register)
    assert banden, "de parameters hebben geen samenhang meer; deze toets bewijst niets"
    for vooraan in ([], ["aanname:inwilligingsaandeel"], ["aanname:bijstandskans_06_maanden"]):
        groepen = maak_groepen(register, "vier_wetten", namen, vooraan)
        waar = {lid: groep.naam for groep in groepen for lid in groep.leden}
        assert all(waar[naam] == waar[band.met] for naam, band in banden.items())


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=8))
def test_bundels_verdelen_alles_en_scheiden_niets(paren: list[tuple[int, int]]) -> None:
    namen = [f"n{i}" for i in range(9)]
    banden = {f"n{max(p)}": Samenhang(f"n{min(p)}", 0.5) for p in paren if p[0] != p[1]}
    gevonden = bundels(namen, banden)
    assert sorted(lid for leden in gevonden.values() for lid in leden) == namen
    waar = {lid: hoofd for hoofd, leden in gevonden.items() for lid in leden}
    assert all(waar[naam] == waar[band.met] for naam, band in banden.items())
    assert all(leden[0] == hoofd for hoofd, leden in gevonden.items())


def test_teken_volgt_de_keten_van_samenhang() -> None:
    banden = {"b": Samenhang("a", -0.5), "c": Samenhang("b", -0.5), "d": Samenhang("b", 0.5)}
    assert tekens("abcd", banden) == {"a": 1, "b": -1, "c": 1, "d": -1}


def test_maatregel_die_niet_meedoet_beweegt_niet(register: Register) -> None:
    namen = trekkingen_voor(register, 2, 1).namen
    zonder = beweeglijk(register, "einde_lvv", namen)
    met = beweeglijk(register, "verbod_voorrang", namen)
    assert "maatregel:verbod_voorrang_kamers:0" in met - zonder


def test_wat_niet_beweegt_verandert_niets(register: Register) -> None:
    """Names in the group "vast" may take any value: no outcome notices."""
    opdracht = maak_opdracht(register, Instelling(trekkingen=2, tot="2030-II"))
    namen = opdracht.trekkingen.namen
    vast = set(namen) - beweeglijk(register, SCENARIO, namen)
    kansen = opdracht.trekkingen.kansen.copy()
    kansen[:, [namen.index(naam) for naam in vast]] = 0.93
    anders = replace(opdracht, trekkingen=Trekkingen(namen, kansen, 1))
    voor, na = (trekkingen_van(o, SCENARIO) for o in (opdracht, anders))
    assert vast
    assert all((voor[sleutel] == na[sleutel]).all() for sleutel in voor)


def test_zeef_vindt_wat_telt_en_de_richting() -> None:
    kansen = np.random.default_rng(1).random((400, 3))
    tabel = zeef("abc", kansen, 2 * kansen[:, 0] - kansen[:, 1]).set_index("naam")
    assert tabel.loc["a", "samenhang"] > 0.8
    assert tabel.loc["b", "samenhang"] < -0.3
    assert tabel.loc["c", "midden"] == 0.0
    assert tabel.loc["a", "laag"] < 0.8 < tabel.loc["a", "hoog"]
    niets = zeef("abc", kansen, np.zeros(400))
    assert (niets[["samenhang", "midden", "laag", "hoog"]] == 0.0).all(axis=None)


def test_elke_uitkomst_krijgt_haar_sterkste_bundels() -> None:
    def tabel(**aandelen: float) -> pd.DataFrame:
        return pd.DataFrame({"naam": list(aandelen), "midden": list(aandelen.values())})

    zeven = [
        tabel(a=0.5, b=0.2, c=0.1, d=0.05, e=0.001),
        tabel(a=0.001, b=0.0, c=0.0, d=0.0, e=0.3),
    ]
    alle = {"a": ("a", "c"), "b": ("b",), "d": ("d",), "e": ("e", "zonder_marge")}
    assert kies_vooraan(zeven, alle) == {"a", "b", "d", "e"}
    assert kies_vooraan(zeven[1:], alle) == {"e"}


# the design on the real model


@pytest.fixture(scope="module")
def groepen(register: Register) -> list[Groep]:
    namen = trekkingen_voor(register, 2, 1).namen
    vooraan = {"aanname:inwilligingsaandeel", "aanname:lvv_plaatsen"}
    alle = maak_groepen(register, SCENARIO, namen, vooraan)
    return [groep for groep in alle if groep.soort != "vast"]


def test_elke_matrix_wisselt_precies_een_groep(register: Register, groepen: list[Groep]) -> None:
    opdracht = maak_opdracht(register, Instelling(trekkingen=16, tot="2030-II"))
    rijen, breed = saltelli_rijen(opdracht, groepen, 8), len(groepen) + 2
    namen = opdracht.trekkingen.namen
    kansen = rijen.kansen.reshape(8, breed, -1)
    ruis = {soort: nummers.reshape(8, breed) for soort, nummers in rijen.ruis.items()}
    for plaats, groep in enumerate(groepen, start=1):
        anders = {n for k, n in enumerate(namen) if (kansen[:, plaats, k] != kansen[:, 0, k]).any()}
        wissel = {f"toeval:{s}" for s, r in ruis.items() if (r[:, plaats] != r[:, 0]).any()}
        assert anders | wissel == set(groep.leden)
        for soort in RUISSOORTEN:
            bron = -1 if f"toeval:{soort}" in groep.leden else 0
            assert (ruis[soort][:, plaats] == ruis[soort][:, bron]).all()
    assert all((r[:, 0] == np.arange(1, 9)).all() for r in ruis.values())
    assert all((r[:, -1] == np.arange(9, 17)).all() for r in ruis.values())


def test_het_ontwerp_houdt_de_samenhang(register: Register, groepen: list[Groep]) -> None:
    opdracht = maak_opdracht(register, Instelling(trekkingen=512, tot="2030-II"))
    rijen, namen = saltelli_rijen(opdracht, groepen, 256), opdracht.trekkingen.namen
    a, b = (
        rijen.kansen[:: len(groepen) + 2, namen.index(f"aanname:{naam}")]
        for naam in ("inwilligingsaandeel", "aandeel_b_status")
    )
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(0.48, abs=0.06)


def test_tornado_zet_alleen_de_eigen_groep_vast(register: Register, groepen: list[Groep]) -> None:
    opdracht = maak_opdracht(register, Instelling(trekkingen=16, tot="2030-II"))
    design = saltelli_rijen(opdracht, groepen, 8)
    namen = opdracht.trekkingen.namen
    basis = design.kansen[:: len(groepen) + 2]
    laag, hoog = tornado_rijen(opdracht, groepen, design)[:2]
    eigen = [namen.index(lid) for lid in groepen[0].leden]
    assert groepen[0].leden == ("aanname:inwilligingsaandeel", "aanname:aandeel_b_status")
    assert (laag.kansen[:, eigen] == 0.05).all()
    assert (hoog.kansen[:, eigen] == 0.95).all()
    ander = [k for k in range(len(namen)) if k not in eigen]
    np.testing.assert_array_equal(hoog.kansen[:, ander], basis[:, ander])


def test_tornado_kent_de_richting(register: Register, groepen: list[Groep]) -> None:
    """The more places the Rijk paid for, the more it costs cities on average to go on alone."""
    opdracht = maak_opdracht(register, Instelling(trekkingen=16, tot="2030-II"))
    design = saltelli_rijen(opdracht, groepen, 8)
    assert groepen[1].naam == "aanname:lvv_plaatsen"
    laag, hoog = (
        meet_rijen(opdracht, SCENARIO, rijen)["gat_gemeenten"]
        for rijen in tornado_rijen(opdracht, groepen, design)[2:4]
    )
    assert laag.mean() < hoog.mean()


def test_gewone_rijen_zijn_het_gewone_ensemble(register: Register) -> None:
    opdracht = maak_opdracht(register, Instelling(trekkingen=3, tot="2030-II"))
    gemeten = meet_rijen(opdracht, SCENARIO, gewone_rijen(opdracht))
    eigen, basis = (trekkingen_van(opdracht, n, slice(1, 4)) for n in (SCENARIO, "geldend_recht"))
    for naam, waarden in gemeten.items():
        verwacht = meet(register.uitkomsten[naam], eigen, basis, opdracht.perioden)
        np.testing.assert_array_equal(waarden, verwacht)
    assert "gat_gemeenten" in gemeten
    assert "ind_piek" not in gemeten, "loopt langer door dan deze berekening"


def test_een_langere_horizon_verandert_eerdere_uitkomsten_niet(register: Register) -> None:
    """The run ends where the outcome ends; what comes later cannot matter."""
    lang = maak_opdracht(register, Instelling(trekkingen=3, tot="2035-II"))
    ruis = maak_ruis(3, len(register.gemeenten), len(lang.perioden))
    kort = replace(
        maak_opdracht(register, Instelling(trekkingen=3, tot="2030-II")),
        ruis=Ruis(
            ruis.gemeente,
            ruis.huisvesting[..., :10],
            ruis.voorspelfout[..., :10],
            ruis.vergunningen,
        ),
    )
    een, twee = (
        meet_rijen(o, "vier_wetten", gewone_rijen(o)) for o in (kort, replace(lang, ruis=ruis))
    )
    for naam, waarden in een.items():
        np.testing.assert_allclose(waarden, twee[naam], rtol=1e-9, atol=1e-6)


# the whole analysis


@pytest.fixture(scope="module")
def analyse(register: Register, resultatenmap: Path) -> Analyse:
    with ThreadPoolExecutor(1) as werker:
        return bereken_gevoeligheid(register, SCENARIO, instelling=KLEIN, uitvoerder=werker)


def test_aandelen_liggen_tussen_nul_en_een(analyse: Analyse) -> None:
    for tabel in ("indices", "samen", "zeef"):
        cijfers = analyse.tabel(tabel)
        assert cijfers[["midden", "laag", "hoog"]].notna().all(axis=None)
        assert (cijfers["laag"] <= cijfers["midden"]).all()
        assert (cijfers["midden"] <= cijfers["hoog"]).all()
        assert cijfers["laag"].min() >= 0.0
        assert cijfers["hoog"].max() <= 1.0
        assert set(cijfers["eenheid"]) == {"aandeel"}


def test_wat_de_uitkomst_niet_leest_heeft_aandeel_nul(analyse: Analyse) -> None:
    """The end of the LVV has nothing to do with the prices of inburgering."""
    rijen = analyse.tabel("indices").query(f"{ONGELIJK} and groep == 'rest:inburgering'")
    assert len(rijen) == 2
    assert rijen["hoog"].max() < 1e-9
    tabel = invloed(analyse, "gat_gemeenten").set_index("naam")
    assert tabel.loc["aanname:prijs_b1route", "hoog"] < 1e-9
    assert tabel.loc["maatregel:verbod_voorrang_kamers:0", "wijze"] == "vast"


def test_een_uitkomst_die_niet_varieert_krijgt_geen_aandelen(analyse: Analyse) -> None:
    band = analyse.tabel("band").set_index("uitkomst")
    assert not band.loc["ind_wachtenden", "varieert"]
    assert band.loc["gat_gemeenten", "varieert"]
    assert "ind_wachtenden" not in set(analyse.tabel("indices")["uitkomst"])
    tabel = invloed(analyse, "ind_wachtenden")
    assert (tabel[["aandeel", "laag", "hoog"]] == 0.0).all(axis=None)
    assert set(tabel["richting"]) == {"geen"}


def test_invloed_noemt_elke_aanname_een_keer(register: Register, analyse: Analyse) -> None:
    tabel = invloed(analyse, "gat_gemeenten")
    assert sorted(tabel["naam"]) == list(trekkingen_voor(register, 2, 1).namen)
    assert set(tabel["wijze"]) == {"eigen groep", "zeef", "vast"}
    assert tabel["aandeel"].is_monotonic_decreasing
    assert set(tabel["richting"]) <= {"hoger", "lager", "onduidelijk", "geen"}


def test_zelfde_zaad_zelfde_tabellen_bij_elk_aantal_werkers(
    register: Register, analyse: Analyse
) -> None:
    with ThreadPoolExecutor(3) as drie:
        opnieuw = gev._bereken(register, SCENARIO, replace(KLEIN, tot="2030-II"), drie)
    for naam, tabel in opnieuw.items():
        pd.testing.assert_frame_equal(tabel, analyse.tabel(naam), check_dtype=False)


def test_blokken_en_werkers_veranderen_geen_meting(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    opdracht = maak_opdracht(register, Instelling(trekkingen=7, tot="2030-II"))
    metingen = []
    for blok, aantal in ((50, 1), (3, 2)):
        monkeypatch.setattr(ontwerprijen, "BLOK", blok)
        with ThreadPoolExecutor(aantal) as werkers:
            rijen = gewone_rijen(opdracht)
            metingen.append(meet_in_blokken(opdracht, SCENARIO, rijen, werkers))
    een, ander = metingen
    assert all((een[naam] == ander[naam]).all() for naam in een)


def test_tweede_keer_is_opzoeken(
    register: Register, analyse: Analyse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nooit(*_: object) -> None:
        raise AssertionError("er is opnieuw gerekend")

    monkeypatch.setattr(gev, "_bereken", nooit)
    zelfde = bereken_gevoeligheid(register, SCENARIO, "fte_piek", KLEIN)
    assert zelfde.map == analyse.map, "uitkomsten met hetzelfde einde delen een analyse"


def test_vergissingen_krijgen_antwoord(register: Register) -> None:
    with pytest.raises(OnbekendeUitkomst, match="bedoelde u 'gat_gemeenten'"):
        bereken_gevoeligheid(register, SCENARIO, "gat_gemeente")
    with pytest.raises(OnbekendeUitkomst, match="kies uit: gat_gemeenten"):
        bereken_gevoeligheid(register, SCENARIO, "xyz")
    with pytest.raises(OnbekendScenario):
        bereken_gevoeligheid(register, "einde_lv")
    with pytest.raises(GeenMachtVanTwee):
        bereken_gevoeligheid(register, SCENARIO, instelling=Instelling(trekkingen=1000))


def test_een_begin_na_de_uitkomst_is_een_fout(register: Register) -> None:
    later = replace(KLEIN, van="2030-II")
    with pytest.raises(HorizonFout, match="gaat over 2030-I tot en met 2030-II"):
        bereken_gevoeligheid(register, SCENARIO, instelling=later)


def test_als_niets_varieert_zijn_de_tabellen_leeg(groepen: list[Groep]) -> None:
    stil = {"gat_gemeenten": np.zeros((8, len(groepen) + 2))}
    proef = gev.Proef({}, {}, {}, {}, groepen, stil, {})
    for naam, tabel in gev._indices(proef, 1).items():
        assert tabel.empty
        assert list(tabel.columns) == gev.LEEG[naam]


@pytest.mark.parametrize(
    ("kant", "aandeel", "woord"),
    [
        (1.0, (0.2, 0.1, 0.3), "hoger"),
        (-1.0, (0.2, 0.1, 0.3), "lager"),
        (1.0, (0.0, 0.0, 0.1), "onduidelijk"),
        (1.0, (0.0, 0.0, 0.0), "geen"),
        (0.0, (0.2, 0.1, 0.3), "geen"),
    ],
)
def test_richting(kant: float, aandeel: tuple[float, float, float], woord: str) -> None:
    assert richting(kant, *aandeel) == woord
