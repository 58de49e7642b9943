"""The chapter about order and pace: sentences follow sign, size and certainty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from impact.analysis.opslag import Analyse
from impact.analysis.volgordeplannen import INEENS, Plan
from impact.registry.laden import Register
from impact.reporting.rapport import Rapport, lees_register
from impact.reporting.rekenblad import schrijf_tabellen
from impact.reporting.volgorde import bladen, tempo_in_woorden, volgorde_blok, volgordefiguren
from impact.reporting.volgordefiguren import label, uiteinden
from impact.reporting.volgordeuitslag import Uitslag, jaren
from impact.reporting.volgordezinnen import bevindingen, inleiding, trekkingenzin
from tests.volgordegeval import HELPT, WEG, Geval, bewaard, vroegste

GAT, FTE, RIJ, COA = (
    "gat_gemeenten_aanloop",
    "fte_piek_lang",
    "wachtenden_verschil",
    "kosten_coa_aanloop",
)


@pytest.fixture(scope="module")
def register() -> Register:
    return lees_register()


@pytest.fixture(autouse=True)
def eigen_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))


def per_volgorde(eerst_helpt: float, eerst_weg: float, ineens: float = 0.0) -> dict[str, float]:
    return {HELPT: eerst_helpt, WEG: eerst_weg, "": ineens}


def tabelwaarde(cijfers: dict[str, dict[str, float]]) -> Geval:
    """Figures per outcome and per law that comes first."""
    return Geval(lambda plan, uitkomst: cijfers.get(uitkomst, per_volgorde(0, 0))[vroegste(plan)])


def zinnen(register: Register, geval: Geval, **anders: object) -> str:
    analyse = bewaard(register, geval.gemeten(register, **anders), vraag=(geval, anders))
    return "\n".join(bevindingen(Uitslag(analyse)))


HAAST = {GAT: per_volgorde(-4e7, -1e7, 3e7), FTE: per_volgorde(10, 90, 20)}


def test_haast_kost_geld_en_werk(register: Register) -> None:
    tekst = zinnen(register, tabelwaarde(HAAST))
    assert "De prijs van haast: alles ineens in 2027-I" in tekst
    assert "Gemeenten zijn bij alles ineens 70,0 miljoen euro per jaar meer kwijt." in tekst
    assert "Gemeenten zijn dan 40,0 miljoen euro per jaar minder kwijt." in tekst
    assert "is dan 10,0 fte hoger dan bij die volgorde." in tekst


def test_haast_kan_ook_goedkoper_zijn(register: Register) -> None:
    tekst = zinnen(register, tabelwaarde({GAT: per_volgorde(4e7, 5e7, 1e7)}))
    assert "Gemeenten zijn bij alles ineens 30,0 miljoen euro per jaar minder kwijt." in tekst


def test_zonder_verschil_zegt_de_tekst_dat_er_niets_verandert(register: Register) -> None:
    tekst = zinnen(register, tabelwaarde({}))
    assert "Voor gemeenten verandert er bij alles ineens niets aan de kosten." in tekst
    assert "De duurste is" not in tekst
    assert "Alle plannen (7) blijven in ten minste 50 procent" in tekst


def test_een_brede_band_maakt_de_richting_onzeker(register: Register) -> None:
    def waarde(plan: Plan, uitkomst: str) -> float:
        return 1e6 if plan.naam == INEENS and uitkomst == GAT else 0.0

    tekst = zinnen(register, Geval(waarde, marge=5e6))
    assert "Of gemeenten dan meer of minder kwijt zijn, is onzeker" in tekst


def test_uitstel_en_samenloop_krijgen_elk_hun_zin(register: Register) -> None:
    los = Geval(lambda plan, u: sum(1e6 * later(d) for _, d in plan.data) * (u == GAT), los=1e6)
    assert "wetten raken elkaar niet" in zinnen(register, los)
    samen = tabelwaarde({GAT: per_volgorde(1e7, 9e7)})
    assert "Hoe de wetten op elkaar volgen, telt dus ook mee." in zinnen(register, samen)


def later(dag: object) -> int:
    return dag.nummer - 2 * 2027  # type: ignore[attr-defined, no-any-return]


def test_laagste_piek_kan_een_andere_volgorde_zijn(register: Register) -> None:
    zelfde = zinnen(register, tabelwaarde(HAAST))
    assert "Diezelfde volgorde heeft ook het laagste extra tekort aan mensen: 10,0 fte." in zelfde
    botsing = {GAT: per_volgorde(-4e7, -1e7), FTE: per_volgorde(60, 20)}
    tekst = zinnen(register, tabelwaarde(botsing))
    assert (
        "Het laagste extra tekort aan mensen heeft een andere volgorde: de volgorde B, A" in tekst
    )
    assert "is dan 40,0 fte hoger dan bij die volgorde." in tekst


@pytest.mark.parametrize(
    ("fte", "verwacht"),
    [
        (1.0, "Alle plannen (7) blijven"),
        (1e6, "Geen van de 7 plannen blijft in ten minste 50 procent van de berekeningen"),
    ],
)
def test_grenzen_tellen_de_plannen(register: Register, fte: float, verwacht: str) -> None:
    tekst = zinnen(register, tabelwaarde({FTE: per_volgorde(fte, fte, fte)}))
    assert verwacht in tekst
    assert ("Het minst slecht is" in tekst) is (fte > 1e5)


def test_een_deel_van_de_plannen_past(register: Register) -> None:
    tekst = zinnen(register, tabelwaarde({FTE: per_volgorde(10, 500, 500)}))
    assert "Van de 7 plannen blijven er 2 in ten minste 50 procent" in tekst
    assert "die onder de grenzen blijven is de volgorde A, B" in tekst
    assert (
        "2 onder de grens 'Mensen bij gemeenten' en 7 onder de grens 'Mensen bij de IND'" in tekst
    )


def test_eerst_helpen_of_eerst_afschaffen(register: Register) -> None:
    cijfers = {**HAAST, RIJ: per_volgorde(1000, 4000)}
    tekst = zinnen(register, tabelwaarde(cijfers))
    assert "Gemeenten zijn met eerst wetten die helpen 30,0 miljoen euro per jaar minder" in tekst
    assert "is eind 2030 3.000 lager dan met eerst wetten die iets afschaffen" in tekst


@pytest.mark.parametrize(
    ("goedkoop", "duur", "verwacht"),
    [
        (9e8, 1e8, "geen winst voor iedereen"),
        (1e8, 9e8, "De rekening verschuift niet naar de opvang."),
        (1e8, 1e8, "Of de rekening verschuift naar de opvang, is niet zeker"),
    ],
)
def test_rekening_van_het_coa(
    register: Register, goedkoop: float, duur: float, verwacht: str
) -> None:
    cijfers = {GAT: per_volgorde(-4e7, -1e7), COA: per_volgorde(goedkoop, duur)}
    assert verwacht in zinnen(register, tabelwaarde(cijfers))


@pytest.fixture
def analyse(register: Register) -> Analyse:
    return bewaard(register, tabelwaarde(HAAST).gemeten(register))


def test_blok_is_een_sectie_met_figuren_en_tabellen(rapport: Rapport, analyse: Analyse) -> None:
    soep = BeautifulSoup(volgorde_blok(rapport, analyse), "html.parser")
    assert soep.h3.text == "In welke volgorde, en hoe snel?"
    assert len(soep.find_all("figure")) == len(soep.find_all("svg")) == 3
    ids = [knoop["id"] for knoop in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    tekst = soep.get_text(" ")
    assert "uitstel" in tekst
    assert "Wat hier niet in zit" in tekst
    assert "Mensen bij de IND" in tekst
    assert not re.search(r"\b(nan|None|NaN)\b", tekst)


def test_figuren_zeggen_wat_er_te_zien_is(analyse: Analyse) -> None:
    tijd, punten, staven = volgordefiguren(Uitslag(analyse))
    assert "Regelingen voor meer uitstroom in 2027-I" in tijd.beschrijving
    assert "tot 30,0 miljoen euro per jaar" in punten.beschrijving
    assert "onder de grens van 75,0 fte" in punten.beschrijving
    assert "Elke volgorde over een jaar" in staven.titel


def test_tabellen_gaan_naar_een_werkboek(analyse: Analyse, tmp_path: Path) -> None:
    paden = schrijf_tabellen(tmp_path, "volgorde", bladen(analyse))
    assert [pad.name for pad in paden][:2] == ["volgorde.xlsx", "volgorde-plannen.csv"]
    assert all(pad.stat().st_size for pad in paden)
    assert tempo_in_woorden(Uitslag(analyse)) == [
        "over een jaar: goedkoopst −40,0 miljoen euro per jaar, "  # noqa: RUF001
        "duurst −10,0 miljoen euro per jaar"  # noqa: RUF001
    ]


def test_inleiding_noemt_tempo_venster_en_referentie(analyse: Analyse) -> None:
    tekst = inleiding(Uitslag(analyse))
    for deel in ("2 wetten", "over een jaar", "2026-I tot en met 2030-II", "Recht van 2025"):
        assert deel in tekst
    assert "rest van dit rapport gebruikt 1.000" in trekkingenzin(Uitslag(analyse), 1000)
    assert "rest van dit rapport" not in trekkingenzin(Uitslag(analyse), 20)


def test_lange_lijst_toont_begin_en_einde() -> None:
    assert uiteinden(list("abcdef"), 4) == list("abef")
    assert uiteinden(list("abcd"), 4) == list("abcd")
    assert label("A  " + "lange naam " * 9).count("|") == 1
    assert [jaren(duur) for duur in (2, 4, 10)] == ["een jaar", "twee jaar", "5 jaar"]
