"""Sentences and charts of a stapeling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from impact.analysis.opslag import Analyse, Instelling
from impact.analysis.stapeling import bereken_stapeling
from impact.registry.laden import Register, laad_register
from impact.reporting.getallen import Band
from impact.reporting.rapport import Rapport
from impact.reporting.stapelfiguren import Paar
from impact.reporting.stapeling import (
    Effect,
    Stapelcijfers,
    aandeelzin,
    hoeveel,
    lees_cijfers,
    matrixfiguur,
    niets_zin,
    samenzin,
    stapeling_blok,
    uitkomstnamen,
    watervalfiguur,
    wisselzin,
)

EENHEID = "euro per jaar"
NIETS = (0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def register(wortel: Path) -> Register:
    return laad_register(wortel / "parameters")


@pytest.fixture(scope="module")
def analyse(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Analyse:
    with pytest.MonkeyPatch.context() as omgeving, ThreadPoolExecutor(1) as een:
        omgeving.setenv("IMPACT_RESULTATEN", str(tmp_path_factory.mktemp("stapeling")))
        instelling = Instelling(trekkingen=3, tot="2030-II")
        return bereken_stapeling(register, "vier_wetten", instelling=instelling, uitvoerder=een)


def effect(midden: float, laag: float, hoog: float) -> Effect:
    return Effect(Band(midden, laag, hoog, EENHEID), laag < 0 < hoog)


def cijfers(
    register: Register,
    samen: tuple[float, float, float],
    wissel: tuple[float, float, float] = NIETS,
    **aandelen: tuple[float, float, float],
) -> Stapelcijfers:
    per_wet = {naam: effect(*waarden) for naam, waarden in aandelen.items()}
    return Stapelcijfers(
        naam="gat_gemeenten",
        uitkomst=register.uitkomsten["gat_gemeenten"],
        per="wet",
        eenheid=EENHEID,
        los=per_wet,
        aandeel=per_wet,
        wisselwerking=effect(*wissel),
        samen=effect(*samen),
        paren=[],
    )


MEER, MINDER, ONZEKER = (6e7, 4e7, 9e7), (-6e7, -9e7, -4e7), (1e7, -5e7, 9e7)


@pytest.mark.parametrize(
    ("waarden", "tekst"),
    [
        (NIETS, "geen verschil"),
        ((0.2, 0.1, 0.3), "nauwelijks verschil"),
        (MEER, "circa 60 miljoen euro per jaar meer (40 tot 90)"),
        (MINDER, "circa 60 miljoen euro per jaar minder (40 tot 90)"),
        (ONZEKER, "meer of minder is onzeker (het verschil ligt tussen 50 miljoen"),
        ((0.0, 0.0, 9e7), "maar mogelijk tot 90 miljoen euro per jaar meer"),
        ((0.0, -9e7, 0.0), "maar mogelijk tot 90 miljoen euro per jaar minder"),
    ],
)
def test_hoeveel_volgt_teken_en_grootte(waarden: tuple[float, float, float], tekst: str) -> None:
    assert tekst in hoeveel(effect(*waarden))


@pytest.mark.parametrize(
    ("samen", "wissel", "tekst"),
    [
        (MEER, NIETS, "beïnvloeden elkaar hier niet"),
        (MEER, (0.2, 0.1, 0.3), "beïnvloeden elkaar hier nauwelijks."),
        (MEER, (1e7, -3e7, 5e7), "Of de wetten elkaar versterken of dempen, is onzeker"),
        (MEER, (0.0, 0.0, 4e6), "Mogelijk: samen kosten zij tot 4 miljoen euro per jaar meer"),
        (MEER, (0.0, -4e6, 0.0), "Mogelijk: samen kosten zij tot 4 miljoen euro per jaar minder"),
        (MEER, (2e7, 1e7, 3e7), "De wetten versterken elkaar: samen kosten zij circa 20 miljoen"),
        (MEER, (-2e7, -3e7, -1e7), "De wetten dempen elkaar: samen kosten zij circa 20 miljoen"),
        (MINDER, (-2e7, -3e7, -1e7), "De wetten versterken elkaar: samen kosten zij"),
        (MINDER, (2e7, 1e7, 3e7), "De wetten dempen elkaar: samen kosten zij"),
        (ONZEKER, (2e7, 1e7, 3e7), "De wetten beïnvloeden elkaar: samen kosten zij"),
        (MEER, (8e7, 7e7, 9e7), "De wetten beïnvloeden elkaar: samen kosten zij"),
    ],
)
def test_wisselzin_volgt_teken_en_richting(
    register: Register,
    samen: tuple[float, float, float],
    wissel: tuple[float, float, float],
    tekst: str,
) -> None:
    assert tekst in wisselzin(cijfers(register, samen, wissel))


def test_wisselzin_zegt_meer_of_minder_dan_apart(register: Register) -> None:
    meer = wisselzin(cijfers(register, MINDER, (2e7, 1e7, 3e7)))
    assert meer.endswith("euro per jaar meer (10 tot 30) dan apart.")
    personen = register.uitkomsten["wachtenden_verschil"]
    zin = wisselzin(replace(cijfers(register, MEER, (2e7, 1e7, 3e7)), uitkomst=personen))
    assert "samen is het circa" in zin


def test_aandeelzin_noemt_het_grootste_aandeel(register: Register) -> None:
    assert "Geen van de wetten" in aandeelzin(cijfers(register, NIETS, een=NIETS))
    een = cijfers(register, MEER, een=MEER, twee=NIETS)
    assert aandeelzin(een) == "Het hele effect komt van: een."
    assert niets_zin(een) == "Hieraan doet niets: twee."
    meer = cijfers(register, MINDER, een=(1e7, 5e6, 2e7), twee=(-7e7, -9e7, -5e7))
    assert aandeelzin(meer).startswith("Het grootste aandeel heeft twee: circa 70 miljoen")
    assert niets_zin(meer) == ""
    assert "doen niets: twee en drie." in niets_zin(
        cijfers(register, MEER, een=MEER, twee=NIETS, drie=NIETS)
    )
    assert samenzin(meer).endswith("circa 60 miljoen euro per jaar minder (40 tot 90).")


def test_maatregelen_heten_geen_wetten(register: Register) -> None:
    inhoud = replace(cijfers(register, MEER, een=MEER, twee=NIETS), per="maatregel")
    assert "door alle maatregelen samen" in samenzin(inhoud)
    assert wisselzin(inhoud).startswith("De maatregelen beïnvloeden elkaar hier niet")
    figuur = watervalfiguur(inhoud)
    assert figuur is not None
    assert "Maatregel" in figuur.tabel
    assert "wet" not in figuur.titel.split(": ")[1]


def test_waterval_toont_wisselwerking_en_geheel_als_eigen_staaf(register: Register) -> None:
    inhoud = cijfers(register, (8e7, 6e7, 9e7), (2e7, 1e7, 3e7), een=MEER, twee=NIETS)
    figuur = watervalfiguur(inhoud)
    assert figuur is not None
    assert "stroke-dasharray" in figuur.svg
    assert figuur.eenheid == "miljoen euro per jaar, prijzen van 2025"
    for woord in ("Wisselwerking", "Samen"):
        assert woord in figuur.svg
        assert woord in figuur.tabel
    assert "Hieraan doet niets: twee." in figuur.beschrijving
    assert "twee" not in figuur.tabel
    assert watervalfiguur(cijfers(register, NIETS, twee=NIETS)) is None


def test_matrix_laat_wetten_zonder_wisselwerking_weg(register: Register) -> None:
    niets, veel = Band(*NIETS, EENHEID), Band(*MEER, EENHEID)
    paren = [
        Paar("een", "twee", veel, False),
        Paar("een", "drie", niets, False),
        Paar("twee", "drie", niets, False),
    ]
    inhoud = replace(cijfers(register, MEER, een=MEER), paren=paren)
    figuur = matrixfiguur(inhoud)
    assert figuur is not None
    assert "een met twee" in figuur.tabel
    assert "drie" not in figuur.tabel
    assert matrixfiguur(replace(inhoud, paren=paren[1:])) is None


def test_hoofdstuk_en_gemeente(register: Register, rapport: Rapport, analyse: Analyse) -> None:
    blok = stapeling_blok(rapport, analyse)
    assert blok.count("<figure") == 2
    assert "Asielnoodmaatregelenwet" in blok
    assert "Waarvan wisselwerking" in blok
    lokaal = stapeling_blok(rapport, analyse, "GM0344")
    assert lokaal.count("<figure") == 1
    assert "Utrecht" in lokaal
    landelijk = set(uitkomstnamen(analyse)) - set(uitkomstnamen(analyse, "GM0344"))
    assert landelijk == {"ind_wachtenden"}
    with pytest.raises(KeyError, match="geen uitkomst 'ind_wachtenden'"):
        lees_cijfers(register, analyse, "ind_wachtenden", "GM0344")


def test_cijfers_in_het_rapport_zijn_die_van_de_analyse(
    register: Register, analyse: Analyse
) -> None:
    gelezen = lees_cijfers(register, analyse, "gat_gemeenten")
    som = sum(effect.band.midden for effect in gelezen.aandeel.values())
    assert som == pytest.approx(gelezen.samen.band.midden, abs=0.01)
    los = sum(effect.band.midden for effect in gelezen.los.values())
    assert los + gelezen.wisselwerking.band.midden == pytest.approx(
        gelezen.samen.band.midden, abs=0.01
    )
    middens = [effect.band.midden for effect in gelezen.los.values()]
    assert middens == sorted(middens, reverse=True)
    assert len(gelezen.paren) == 6
