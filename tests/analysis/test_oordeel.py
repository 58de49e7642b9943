"""The verdict follows the rules that stand in parameters/oordeel.yaml."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.ensemble import maak_opdracht, trekkingen_van
from impact.analysis.omslagproef import ALTIJD_JA, ALTIJD_NEE, GELDT_AL, OMSLAG, WAARDE
from impact.analysis.oordeel import (
    Antwoord,
    Klaar,
    antwoord,
    bereken_oordeel,
    besluit,
    beste_knop,
    eerste_halfjaar,
    ergste,
    geldt,
    genoeg,
    herstelbaar,
    klaar_voor,
    vel,
    wanneer_klaar,
)
from impact.analysis.opslag import Instelling
from impact.model.grootheden import SLEUTELS
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Conclusie, Knop
from impact.registry.uitvoeringsmodellen import Taak, Uitvoering, Voorbereiding

KLEIN = Instelling(trekkingen=8, tot="2030-II")


@pytest.mark.parametrize(
    ("aandeel", "verwacht"),
    [(1.0, "ja"), (0.67, "ja"), (0.66, "onzeker"), (0.34, "onzeker"), (0.33, "nee"), (0.0, "nee")],
)
def test_antwoord_volgt_het_deel_van_de_trekkingen(aandeel: float, verwacht: str) -> None:
    assert antwoord(aandeel, 0.67) == verwacht


@pytest.mark.parametrize(
    ("antwoorden", "herstelbaar", "woord", "voorwaarden", "breekpunten"),
    [
        ({"a": "ja", "b": "ja"}, {}, "uitvoerbaar", (), ()),
        ({"a": "ja", "b": "nee"}, {"b": True}, "uitvoerbaar, mits", ("b",), ()),
        ({"a": "ja", "b": "nee"}, {"b": False}, "niet uitvoerbaar", (), ("b",)),
        ({"a": "onzeker"}, {"a": False}, "uitvoerbaar, mits", ("a",), ()),
        ({"a": "nee", "b": "onzeker"}, {}, "niet uitvoerbaar", ("b",), ("a",)),
    ],
)
def test_oordeel(
    antwoorden: dict[str, Antwoord],
    herstelbaar: dict[str, bool],
    woord: str,
    voorwaarden: tuple[str, ...],
    breekpunten: tuple[str, ...],
) -> None:
    oordeel = vel(antwoorden, herstelbaar, None)
    assert (oordeel.woord, oordeel.voorwaarden, oordeel.breekpunten) == (
        woord,
        voorwaarden,
        breekpunten,
    )


def test_te_weinig_voorbereiding_is_een_voorwaarde() -> None:
    klaar = Klaar(Halfjaar(2027, 1), Halfjaar(2027, 2), Halfjaar(2028, 2))
    assert klaar.te_vroeg
    assert vel({"a": "ja"}, {}, klaar).woord == "uitvoerbaar, mits"
    op_tijd = replace(klaar, gerekend=Halfjaar(2027, 2))
    assert vel({"a": "ja"}, {}, op_tijd).woord == "uitvoerbaar"


@given(st.dictionaries(st.text(), st.sampled_from(["ja", "nee", "onzeker"]), min_size=1))
def test_elke_open_vraag_staat_er_precies_een_keer(antwoorden: dict[str, Antwoord]) -> None:
    oordeel = vel(antwoorden, {}, None)
    genoemd = [*oordeel.voorwaarden, *oordeel.breekpunten]
    assert sorted(genoemd) == sorted(n for n, a in antwoorden.items() if a != "ja")


@pytest.mark.parametrize(
    ("dag", "duur", "verwacht"),
    [
        (date(2026, 1, 1), 0, "2026-I"),
        (date(2026, 1, 2), 0, "2026-II"),
        (date(2026, 1, 1), 6, "2026-II"),
        (date(2026, 1, 1), 7, "2027-I"),
        (date(2026, 11, 21), 12, "2028-I"),
        (date(2026, 7, 1), 6, "2027-I"),
    ],
)
def test_eerste_halfjaar_na_de_voorbereiding(dag: date, duur: int, verwacht: str) -> None:
    assert str(eerste_halfjaar(dag, duur)) == verwacht


def test_conclusie_geldt_tot_en_met_de_grens(register: Register) -> None:
    conclusie = register.conclusies["gat_nul"]
    assert geldt(conclusie, np.array([-1.0, 0.0, 1.0])).tolist() == [True, True, False]
    minstens = conclusie.model_copy(update={"voldoet": "minstens"})
    assert geldt(minstens, np.array([-1.0, 0.0, 1.0])).tolist() == [False, True, True]


@pytest.mark.usefixtures("resultatenmap")
def test_een_leeg_scenario_is_uitvoerbaar(met_leeg: Register) -> None:
    toetsen = bereken_oordeel(met_leeg, "leeg", KLEIN).tabel("toetsen")
    assert set(toetsen["toets"]) == set(met_leeg.toetsen)
    assert (toetsen[["midden", "laag", "hoog"]] == 0.0).all().all()
    assert set(toetsen["antwoord"]) == {"ja"}


@pytest.mark.usefixtures("resultatenmap")
def test_wat_het_rijk_meer_betaalt_zijn_alle_kostenregels_van_rijk_en_coa(
    register: Register,
) -> None:
    """In the last year of the run, added up per draw, and not what one payer pays many times."""
    rijk = bereken_oordeel(register, "verbod_voorrang", KLEIN).tabel("rijk")
    opdracht = maak_opdracht(register, KLEIN)
    eigen, basis = (trekkingen_van(opdracht, n) for n in ("verbod_voorrang", "geldend_recht"))
    betaald = [
        (eigen[naam, betaler] - basis[naam, betaler])[1:, :, -2:].sum(axis=(1, 2))
        for naam, betaler in SLEUTELS
        if naam.startswith("kosten_") and naam != "kosten_totaal"
        if betaler.startswith("rijk_") or betaler == "coa"
    ]
    assert sum(regel.any() for regel in betaald) > 1
    (rij,) = rijk.to_dict("records")
    assert rij["midden"] == pytest.approx(np.sum(betaald, axis=0).mean(), rel=1e-9)


def test_voorbereiding_telt_vanaf_het_besluit(register: Register) -> None:
    kern = {"wie": "gemeente", "bron": "eigen_berekening", "kwaliteit": "rood"}
    taak = Taak(taak="t", nu="n", straks="s", artikel="1", **kern)
    stap = Voorbereiding(stap="mensen", maanden=12, laag=6, hoog=24, **kern)
    scenario = register.scenario("verbod_voorrang")
    (wet,) = {register.maatregelen[s.maatregel].wet for s in scenario.maatregelen}
    met = replace(
        register,
        uitvoering={wet: Uitvoering(taken=[taak], voorbereiding=[stap])},
        peildatum=date(2026, 11, 21),
        maatregelen={
            naam: m.model_copy(update={"status": m.status[:1]})
            for naam, m in register.maatregelen.items()
        },
    )
    klaar = wanneer_klaar(met, scenario)
    assert klaar is not None
    assert (str(klaar.vroegst), str(klaar.laatst)) == ("2028-I", "2029-I")
    assert klaar.te_vroeg
    assert (
        wanneer_klaar(
            met, register.scenario("geldend_recht").model_copy(update={"maatregelen": []})
        )
        is None
    )


@pytest.mark.parametrize(
    ("maatregel", "dag"),
    [
        ("oekraine_einde_bescherming", None),
        ("oekraine_eigen_bijdrage_oud", None),
        ("oekraine_normbedrag_verlaging_2025", date(2025, 1, 1)),
    ],
)
def test_het_besluit_is_dat_over_de_maatregelen_van_het_scenario(
    register: Register, maatregel: str, dag: date | None
) -> None:
    stap = register.scenario("oekraine_einde_bescherming").maatregelen[0]
    scenario = register.scenario("oekraine_einde_bescherming").model_copy(
        update={"maatregelen": [stap.model_copy(update={"maatregel": maatregel})]}
    )
    assert besluit(register, scenario, "oekraine") == (dag or register.peildatum)


def test_in_een_stapel_telt_elke_wet_naar_haar_eigen_ingang(register: Register) -> None:
    scenario = register.scenario("vier_wetten")
    wetten = {register.maatregelen[s.maatregel].wet for s in scenario.maatregelen}
    per_wet = [klaar_voor(register, scenario, wet) for wet in sorted(wetten)]
    gekozen = wanneer_klaar(register, scenario)
    assert gekozen is not None
    assert (gekozen.gerekend, gekozen.vroegst) in [(k.gerekend, k.vroegst) for k in per_wet]
    assert gekozen.te_vroeg == any(klaar.te_vroeg for klaar in per_wet)


def knoppentabel(
    *rijen: tuple[str, str, bool, float, float],
) -> tuple[pd.DataFrame, Conclusie]:
    """Answers about the knobs of one conclusion, and that conclusion."""
    kolommen = ["knop", "geval", "ja_boven", "aandeel_altijd_nee", "aandeel_andersom"]
    knoppen = [Knop.model_construct(parameter=rij[0]) for rij in rijen]
    tabel = pd.DataFrame(rijen, columns=kolommen).assign(conclusie="gat_nul", soort="instrument")
    return tabel, Conclusie.model_construct(knoppen=knoppen)


@pytest.mark.parametrize(
    ("nooit", "andersom", "verwacht"),
    [(0.0, 0.0, True), (0.3, 0.0, True), (0.34, 0.0, False), (0.2, 0.2, False)],
)
def test_een_vraag_is_te_herstellen_als_een_knop_in_genoeg_trekkingen_helpt(
    register: Register, nooit: float, andersom: float, verwacht: bool
) -> None:
    tabel, conclusie = knoppentabel(
        ("vooraan", WAARDE, True, 0.9, 0.0), ("achteraan", WAARDE, True, nooit, andersom)
    )
    toets = next(iter(register.toetsen.values())).model_copy(
        update={"conclusie": "gat_nul", "zekerheid": 0.67}
    )
    register = replace(register, toetsen={"gat": toets}, conclusies={"gat_nul": conclusie})
    assert herstelbaar(register, tabel) == {"gat": verwacht}
    assert herstelbaar(register, tabel[:0]) == {"gat": False}


def test_een_wet_die_in_werking_is_hoeft_niet_meer_voorbereid(register: Register) -> None:
    klaar = wanneer_klaar(register, register.scenario("wet_tweestatusstelsel"))
    assert klaar is not None
    assert not klaar.te_vroeg


@st.composite
def omslagen(draw: st.DrawFn) -> pd.DataFrame:
    rijen = draw(
        st.lists(
            st.tuples(
                st.sampled_from([OMSLAG, ALTIJD_JA, ALTIJD_NEE]),
                st.floats(0.0, 1e6),
                st.booleans(),
            ),
            min_size=1,
            max_size=40,
        )
    )
    return pd.DataFrame(rijen, columns=["geval", "waarde", "ja_boven"])


def houdt(trekkingen: pd.DataFrame, waarde: float, ja_boven: bool) -> float:
    """Share of the draws in which a conclusion holds at a value, from the meaning of a flip."""
    kant = trekkingen["waarde"] <= waarde if ja_boven else trekkingen["waarde"] >= waarde
    om = (trekkingen["geval"] == OMSLAG) & (trekkingen["ja_boven"] == ja_boven) & kant
    return float((om | (trekkingen["geval"] == ALTIJD_JA)).mean())


@given(omslagen(), st.booleans(), st.sampled_from([0.5, 0.67, 0.9]))
def test_wat_genoeg_is_houdt_in_genoeg_trekkingen_en_minder_niet(
    trekkingen: pd.DataFrame, ja_boven: bool, zekerheid: float
) -> None:
    waarde = genoeg(trekkingen, ja_boven, zekerheid)
    uiterste = np.inf if ja_boven else -np.inf
    if np.isnan(waarde):
        altijd = houdt(trekkingen, -uiterste, ja_boven) >= zekerheid
        nooit = houdt(trekkingen, uiterste, ja_boven) < zekerheid
        assert altijd or nooit
    else:
        assert houdt(trekkingen, waarde, ja_boven) >= zekerheid
        minder = np.nextafter(waarde, -uiterste)
        assert houdt(trekkingen, minder, ja_boven) < zekerheid


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50), st.sampled_from([0.5, 0.67, 0.9]))
def test_wie_de_ergste_uitkomst_goedmaakt_laat_de_vraag_slagen(
    waarden: list[float], zekerheid: float
) -> None:
    reeks = np.array(waarden)
    hoogstens = Conclusie.model_construct(voldoet="hoogstens")
    assert (reeks <= ergste(hoogstens, reeks, zekerheid)).mean() >= zekerheid
    minstens = Conclusie.model_construct(voldoet="minstens")
    assert (reeks >= ergste(minstens, reeks, zekerheid)).mean() >= zekerheid


def test_de_beste_knop_moet_nog_gedraaid_worden_en_helpt_het_vaakst() -> None:
    antwoorden, conclusie = knoppentabel(
        ("al_goed", GELDT_AL, True, 0.0, 0.0),
        ("soms", WAARDE, True, 0.3, 0.0),
        ("vaak", WAARDE, True, 0.1, 0.1),
        ("andersom", WAARDE, True, 0.0, 0.3),
        ("minder", WAARDE, False, 0.0, 0.0),
    )
    vreemd = antwoorden[:1].assign(knop="van_een_ander", geval=WAARDE)
    antwoorden = pd.concat([antwoorden, vreemd])
    gekozen = {}
    for zekerheid in (0.67, 0.9, 0.99):
        beste = beste_knop(antwoorden, "gat_nul", conclusie, zekerheid)
        assert beste is not None
        gekozen[zekerheid] = beste["knop"]
    assert gekozen == {0.67: "vaak", 0.9: "al_goed", 0.99: "al_goed"}
    assert beste_knop(antwoorden, "iets_anders", conclusie, 0.67) is None
