"""The note of change: sentences that follow the figures, and a page that stands by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from impact.analysis.opslag import Analyse, bewaar_analyse
from impact.analysis.parameterverschil import KOLOMMEN
from impact.registry.laden import Register
from impact.reporting.getallen import Band
from impact.reporting.uitvoeren import maak_rapport
from impact.reporting.verschil import (
    Nota,
    bevindingen,
    gelijk,
    gewijzigd,
    methode,
    samenvatting,
    verschilfiguren,
)
from impact.reporting.verschilfiguur import SAMEN, Stap, Waterval
from impact.reporting.verschilzinnen import NIETS, oorzaakzin, ramingzin, veranderzin
from tests.verschilgeval import DATUM, SCENARIO, VOLWASSEN, maak_werkbank

EURO = "euro per jaar"


def band(midden: float, marge: float = 0.0) -> Band:
    return Band(midden, midden - marge, midden + marge, EURO)


def stap(naam: str, midden: float, marge: float = 0.0) -> Stap:
    return Stap(naam, band(midden, marge), marge > 0)


def verloop(samen: Stap, *stappen: Stap) -> Waterval:
    return Waterval("Kosten", EURO, band(10e6), stappen, samen, band(10e6 + samen.band.midden))


@pytest.mark.parametrize(
    ("midden", "marge", "tekst"),
    [
        (2e6, 1e6, "is circa 2,0 miljoen euro per jaar hoger (1,0 tot 3,0)"),
        (-2e6, 1e6, "is circa 2,0 miljoen euro per jaar lager (1,0 tot 3,0)"),
        (1e6, 3e6, "hoger of lager is, is onzeker"),
        (0.0, 0.0, "is gelijk gebleven"),
        (2e6, 0.0, "andere trekkingen"),
        (0.3, 0.0, "nauwelijks anders"),
    ],
)
def test_de_raming_volgt_teken_grootte_en_zekerheid(
    midden: float, marge: float, tekst: str
) -> None:
    zin = ramingzin(verloop(stap(SAMEN, midden, marge)))
    assert tekst in zin
    assert ("hoger" in zin and "lager" not in zin) is (midden > 1 and marge < midden)


@pytest.mark.parametrize(
    ("stappen", "tekst"),
    [
        ((), "geen wijziging die deze raming kan veranderen"),
        ((stap("A", 0.0),), "Geen enkele wijziging heeft invloed"),
        ((stap("A", 5e6, 1e6), stap("B", 0.0)), "Dat komt geheel door “A”."),
        ((stap("A", 5e6, 1e6), stap("B", 0.1e6)), "bijna helemaal door “A”: circa 5,0 miljoen"),
        ((stap("A", 5e6, 1e6), stap("B", 3e6, 1e6)), "Het meest deed “A”"),
        ((stap("A", -5e6, 1e6), stap("B", 3e6, 1e6)), "De andere kant op werkte vooral “B”"),
        ((stap("A", 5e6, 9e6), stap("B", 3e6, 1e6)), "het verschil ligt tussen"),
    ],
)
def test_wat_het_meeste_deed(stappen: tuple[Stap, ...], tekst: str) -> None:
    totaal = sum(s.band.midden for s in stappen)
    assert tekst in oorzaakzin(verloop(stap(SAMEN, totaal), *stappen))


@pytest.mark.parametrize(
    ("waarden", "teksten", "code", "instelling", "zin"),
    [
        ({}, 0, False, False, NIETS),
        ({}, 2, False, False, "Alleen uitleg en bronnen zijn veranderd, geen enkele waarde."),
        ({"wetten": 1}, 0, False, False, "Veranderd is: 1 waarde in de parameters (1 in wetten)."),
        ({}, 0, True, False, "Veranderd zijn: de rekenregels van het model."),
        (
            {"aannames": 2, "wetten": 1},
            0,
            False,
            True,
            "Veranderd zijn: 3 waarden in de parameters (2 in aannames en 1 in wetten) en de "
            "instellingen van de berekening.",
        ),
    ],
)
def test_wat_er_is_veranderd(
    waarden: dict[str, int], teksten: int, code: bool, instelling: bool, zin: str
) -> None:
    assert veranderzin(waarden, teksten, code, instelling) == zin


def run(sleutel: str, **anders: object) -> dict[str, object]:
    return {
        "scenario": SCENARIO,
        "referentie": "geldend_recht",
        "sleutel": sleutel * 64,
        "parametersleutel": sleutel * 64,
        "codesleutel": "c" * 64,
        "gemaakt": "2026-11-21T08:00:00Z",
        "versie": "0.1.0",
        "trekkingen": 100,
        "zaad": 1,
        "van": "2026-I",
        "tot": "2035-II",
    } | anders


def maak_nota(register: Register, parameters: pd.DataFrame, **manifest: object) -> Nota:
    """A note over figures that a test chooses."""
    kolommen = {f"{kant}_{deel}": 5.0 for kant in ("oud", "nieuw") for deel in KANTEN}
    gelijk_ = dict.fromkeys(KANTEN, 0.0)
    rij = {"uitkomst": "gat_gemeenten", "titel": "Kosten", "eenheid": EURO, **kolommen, **gelijk_}
    vast = {"uitkomst": "gat_gemeenten", "eenheid": EURO, **dict.fromkeys(KANTEN, 5.0)}
    stappen = [
        {**vast, "volgorde": n, "soort": soort, "sleutel": soort, "naam": soort}
        for n, soort in enumerate(("oud", "nieuw"))
    ]
    inhoud: dict[str, object] = {
        "runs": [run("a"), run("b")],
        "zelfde_parameters": False,
        "zelfde_code": True,
        "zelfde_instelling": True,
        "zelfde_trekkingen": True,
        "alleen_oud": [],
        "alleen_nieuw": [],
        "onverdeeld": [],
        "groepen": [],
        "overig": [],
        "trekkingen_verdeling": None,
    }
    tabellen = {
        "parameters": parameters,
        "uitkomsten": pd.DataFrame([rij]),
        "stappen": pd.DataFrame(stappen),
    }
    analyse: Analyse = bewaar_analyse(
        register, "verschil", {"vraag": repr(manifest)}, tabellen, inhoud | manifest
    )
    return Nota(register, analyse)


KANTEN = ("midden", "laag", "hoog")


@pytest.fixture
def register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rapportregister: Register
) -> Register:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    return rapportregister


@pytest.fixture(scope="module")
def rapportregister(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return maak_werkbank(tmp_path_factory.mktemp("register")).register()


def test_niets_veranderd_geeft_een_zin_en_geen_waterval(register: Register) -> None:
    nota = maak_nota(
        register,
        pd.DataFrame(columns=KOLOMMEN),
        runs=[run("a"), run("a")],
        zelfde_parameters=True,
    )
    assert bevindingen(nota) == [NIETS]
    assert verschilfiguren(nota) == []
    assert "geen enkele waarde" in gewijzigd(nota)
    assert "Alle uitkomsten zijn gelijk." in gelijk(nota)


def test_vreemde_tekst_blijft_tekst(register: Register) -> None:
    kwaad = "<script>alert(1)</script>"
    rij = dict.fromkeys(KOLOMMEN, kwaad) | {"groep": f"wet:{kwaad}", "soort": "waarde"}
    nota = maak_nota(register, pd.DataFrame([rij]))
    html = gewijzigd(nota)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_een_onverdeeld_verschil_noemt_alle_problemen(register: Register) -> None:
    probleem = "oud: de momentopname x.zip ontbreekt"
    nota = maak_nota(register, pd.DataFrame(columns=KOLOMMEN), onverdeeld=[probleem])
    assert probleem in samenvatting(nota)
    assert "niet verdelen" in samenvatting(nota)
    assert "Alle waarden" not in gelijk(nota)
    assert "niet na te gaan" in gewijzigd(nota)
    assert "niet na te gaan" in bevindingen(nota)[0]


def test_andere_instellingen_staan_er_met_beide_waarden(register: Register) -> None:
    nota = maak_nota(
        register,
        pd.DataFrame(columns=KOLOMMEN),
        runs=[run("a"), run("b", trekkingen=200)],
        zelfde_instelling=False,
        zelfde_trekkingen=False,
    )
    html = methode(nota)
    assert "Het aantal trekkingen was 100 en is nu 200." in html
    assert "De instellingen zijn gelijk" not in gelijk(nota)


@pytest.fixture(scope="module")
def pagina(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real note, made by the whole road."""
    map_ = tmp_path_factory.mktemp("nota")
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("IMPACT_RESULTATEN", str(map_ / "resultaten"))
        werkbank = maak_werkbank(map_)
        omgeving.setenv("IMPACT_PARAMETERS", str(werkbank.map))
        oud = werkbank.reken().manifest["sleutel"]
        werkbank.wijzig(VOLWASSEN, DATUM)
        nieuw = werkbank.reken().manifest["sleutel"]
        keuze = {"oud": oud, "nieuw": nieuw, "scenario": SCENARIO, "hoogstens": 2}
        maak_rapport("nota_van_wijziging", keuze, map_ / "nota.html")
        yield (map_ / "nota.html").read_text(encoding="utf-8")


def test_de_nota_staat_op_zichzelf(pagina: str) -> None:
    assert len(pagina.encode()) < 300_000
    soep = BeautifulSoup(pagina, "html.parser")
    assert soep.find(["script", "link", "iframe"]) is None
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    doelen = {a["href"][1:] for a in soep.find_all("a", href=lambda h: h and h.startswith("#"))}
    assert doelen <= set(ids)
    for figuur in soep.find_all("figure"):
        assert figuur.svg.desc.text
        assert figuur.details.table


def test_de_nota_zegt_wat_waarom_en_hoeveel(pagina: str) -> None:
    soep = BeautifulSoup(pagina, "html.parser")
    zinnen = [li.get_text() for li in soep.select(".bevindingen li")]
    assert len(zinnen) == 3
    assert zinnen[0].startswith("Veranderd zijn: 2 waarden")
    tekst = soep.get_text(" ")
    assert "0,71 (0,62 tot 0,78)" in tekst
    assert "2028-I" in tekst
    assert "Scenario: maatregelen en datums" in tekst
    assert "Ingangsdatum: Geen voorrang meer bij sociale huur" in tekst
    assert "De gemeentecijfers zijn gelijk." in tekst
