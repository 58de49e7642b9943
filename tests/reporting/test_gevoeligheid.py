"""Words and charts of the sensitivity analysis: every branch, on tables made for it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from impact.analysis.onzekerheidsgroepen import RUISSOORTEN
from impact.analysis.opslag import Analyse
from impact.analysis.samenstellen import VOORRADEN
from impact.registry.laden import Register
from impact.reporting.getallen import MINTEKEN, Band
from impact.reporting.gevoeligheid import (
    aandelenfiguur,
    afgebroken,
    alle_figuren,
    bladen,
    gevoeligheid_blok,
    tornadofiguur,
)
from impact.reporting.gevoeligheidzinnen import (
    STANDNAAM,
    TOEVALNAAM,
    Deel,
    bandzin,
    deelzin,
    dragerszin,
    groepnaam,
    restzin,
    samenspelzin,
    smaller,
    smallerzin,
    uitleg,
    volgordezin,
)
from impact.reporting.rapport import Rapport

UITKOMST, STIL = "gat_gemeenten", "ind_wachtenden"
B_STATUS = "aanname:aandeel_b_status"
GROEPEN = {
    "aanname:inwilligingsaandeel": ("apart", ("aanname:inwilligingsaandeel", B_STATUS)),
    "aanname:intakecapaciteit": ("apart", ("aanname:intakecapaciteit",)),
    "maatregel:status_a_en_b:1": ("apart", ("maatregel:status_a_en_b:1",)),
    "historie:achterstand": ("apart", ("historie:achterstand",)),
    "rest:huisvesting": ("rest", ("aanname:mutatiegraad", "aanname:hotelplaatsen")),
    "rest:wet:tweestatusstelsel": ("rest", ("maatregel:status_a_en_b:0",)),
    "rest:beginstand": ("rest", ("historie:open_asielzaken",)),
    "toeval:niveau": ("toeval", ("toeval:niveau",)),
}
AANDEEL = {
    "aanname:inwilligingsaandeel": ((0.30, 0.22, 0.38), (0.40, 0.30, 0.50), (4e7, -6e7)),
    "aanname:intakecapaciteit": ((0.12, 0.05, 0.19), (0.15, 0.10, 0.20), (3e7, -2e7)),
    "maatregel:status_a_en_b:1": ((0.01, 0.0, 0.02), (0.02, 0.01, 0.03), (-1e6, 2e6)),
    "historie:achterstand": ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0)),
    "rest:huisvesting": ((0.08, 0.02, 0.14), (0.10, 0.05, 0.15), None),
    "rest:wet:tweestatusstelsel": ((0.03, 0.0, 0.07), (0.03, 0.01, 0.05), None),
    "rest:beginstand": ((0.02, 0.0, 0.05), (0.02, 0.01, 0.03), None),
    "toeval:niveau": ((0.06, 0.01, 0.11), (0.08, 0.04, 0.12), None),
}
SAMEN = {
    "dragers": (0.42, 0.31, 0.53),
    "rest": (0.13, 0.05, 0.21),
    "toeval": (0.06, 0.01, 0.11),
    "samenspel": (0.38, 0.2, 0.56),
}


def _rij(waarden: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("midden", "laag", "hoog"), waarden, strict=True))


def _tabellen() -> dict[str, pd.DataFrame]:
    kanten = ["midden", "laag", "hoog"]
    maten = {"alleen": 0, "met_samenspel": 1}
    indices = [
        {"uitkomst": UITKOMST, "groep": g, "soort": GROEPEN[g][0], "maat": m, **_rij(delen[n])}
        for m, n in maten.items()
        for g, delen in AANDEEL.items()
    ]
    tornado = [
        (u, g, kant, "euro per jaar", w, 0.9 * w, 1.1 * w)
        for u, factor in ((UITKOMST, 1.0), (STIL, 0.0))
        for g, delen in AANDEEL.items()
        if delen[2] is not None
        for kant, w in zip(("laag", "hoog"), (factor * s for s in delen[2]), strict=True)
    ]
    groepen = [(g, soort, lid, 1) for g, (soort, leden) in GROEPEN.items() for lid in leden]
    banden = [
        (UITKOMST, "euro per jaar", -6e7, -1.9e8, 5e7, True),
        (STIL, "personen", 1e-12, -1e-12, 1e-12, False),
    ]
    return {
        "indices": pd.DataFrame(indices),
        "samen": pd.DataFrame(
            [{"uitkomst": UITKOMST, "maat": m, **_rij(w)} for m, w in SAMEN.items()]
        ),
        "tornado": pd.DataFrame(tornado, columns=["uitkomst", "groep", "kant", "eenheid", *kanten]),
        "groepen": pd.DataFrame(groepen, columns=["groep", "soort", "naam", "teken"]),
        "band": pd.DataFrame(banden, columns=["uitkomst", "eenheid", *kanten, "varieert"]),
    }


@pytest.fixture(scope="session")
def analyse(tmp_path_factory: pytest.TempPathFactory) -> Analyse:
    map_ = tmp_path_factory.mktemp("analyse")
    for naam, tabel in _tabellen().items():
        tabel.to_parquet(map_ / f"{naam}.parquet")
    (map_ / "manifest.json").write_text(json.dumps({"trekkingen": 256}), encoding="utf-8")
    return Analyse(Path(map_))


@pytest.fixture(scope="session")
def register(rapport: Rapport) -> Register:
    return rapport.register


def deel(midden: float, laag: float, hoog: float, naam: str = "Naam", soort: str = "apart") -> Deel:
    band = Band(midden, laag, hoog, "aandeel")
    return Deel(naam, soort, (naam,), naam, band, band)


def band(midden: float, laag: float, hoog: float) -> Band:
    return Band(midden, laag, hoog, "aandeel")


# sentences


def test_de_uitleg_van_begin_tot_eind(register: Register, analyse: Analyse) -> None:
    regels = uitleg(register, analyse, UITKOMST)
    assert regels[0].startswith(
        f"Wat gemeenten per jaar meer kwijt zijn: circa {MINTEKEN}60 miljoen"
    )
    assert regels[1] == (
        "Twee aannames wegen het zwaarst. Op zichzelf dragen zij samen circa 42 procent "
        "(31 tot 53) van de onzekerheid."
    )
    assert regels[2].endswith(
        "circa 40 procent (30 tot 50) van de onzekerheid, waarvan circa 30 procent (22 tot 38) op "
        "zichzelf. Een hogere waarde maakt de uitkomst lager."
    )
    assert "(met 1 aanname die ermee samenhangt)" in regels[2]
    assert regels[4].startswith("Waren deze twee aannames precies bekend, dan werd de band")
    assert regels[5] == "De volgorde is zeker: de marges overlappen niet."
    assert regels[6].startswith("Deze aannames hangen samen en tellen daarom als één: ")
    assert "circa 13 procent" in regels[7]
    assert regels[8].startswith("Circa 40 procent (20 tot 60) ontstaat doordat")
    assert len(regels) == 9


def test_een_uitkomst_zonder_spreiding_krijgt_een_zin(
    register: Register, analyse: Analyse, rapport: Rapport
) -> None:
    zin = "in elke berekende trekking. Er is dus geen onzekerheid om te verdelen."
    assert uitleg(register, analyse, STIL) == [
        f"Extra asielaanvragen die bij de IND wachten: 0 personen, {zin}"
    ]
    assert alle_figuren(register, analyse, STIL) == []
    assert zin in gevoeligheid_blok(rapport, analyse, STIL)
    with pytest.raises(ValueError, match="varieert niet"):
        aandelenfiguur(register, analyse, STIL)
    assert tornadofiguur(register, analyse, STIL) is None
    assert [blad.naam for blad in bladen(register, analyse, STIL, pd.DataFrame())] == [
        "invloed",
        "band",
    ]


@pytest.mark.parametrize(
    ("aantal", "begin"),
    [
        (0, "Van geen enkele aanname apart is zeker"),
        (1, "Eén aanname weegt het zwaarst. Op zichzelf draagt zij circa 40"),
        (2, "Twee aannames wegen het zwaarst. Op zichzelf dragen zij samen circa 40"),
        (3, "Drie aannames wegen het zwaarst. Op zichzelf dragen zij samen circa 40"),
    ],
)
def test_zin_over_de_dragers(aantal: int, begin: str) -> None:
    voor = [deel(0.2, 0.1, 0.3, str(n)) for n in range(aantal)]
    assert dragerszin(voor, band(0.4, 0.3, 0.5)).startswith(begin)


@pytest.mark.parametrize(
    ("laag", "hoog", "woord"),
    [(-1.0, 1.0, "hoger"), (1.0, -1.0, "lager"), (1.0, 1.0, None), (None, None, None)],
)
def test_zin_over_de_richting(laag: float | None, hoog: float | None, woord: str | None) -> None:
    een = band(0.2, 0.1, 0.3)
    kanten = [None if w is None else Band(w, w, w, "euro") for w in (laag, hoog)]
    zin = deelzin(Deel("a", "apart", ("a",), "Naam", een, een, *kanten))
    assert zin.startswith("Naam: circa 20 procent (10 tot 30) van de onzekerheid, vrijwel geheel")
    assert ("Een hogere waarde" in zin) is (woord is not None)
    assert woord is None or zin.endswith(f"maakt de uitkomst {woord}.")


@pytest.mark.parametrize(
    ("samen", "tekst"),
    [
        (band(0.3, 0.1, 0.5), "Circa 30 procent (10 tot 50) ontstaat doordat"),
        (band(0.1, 0.0, 0.4), "niet precies te meten: hoogstens 40 procent."),
        (band(0.01, 0.0, 0.03), "elkaar nauwelijks: dat deel is hoogstens 3 procent."),
    ],
)
def test_zin_over_samenspel(samen: Band, tekst: str) -> None:
    assert tekst in samenspelzin(samen)


@pytest.mark.parametrize(
    ("alleen", "tekst"),
    [
        (0.2, "onzekerheid, vrijwel geheel op zichzelf."),
        (0.0, "onzekerheid, waarvan op zichzelf hoogstens 10 procent."),
        (0.1, "onzekerheid, waarvan circa 10 procent (0 tot 20) op zichzelf."),
    ],
)
def test_zin_over_het_deel_op_zichzelf(alleen: float, tekst: str) -> None:
    zelf = band(alleen, 0.0, alleen + 0.1)
    assert tekst in deelzin(Deel("a", "apart", ("a",), "Naam", zelf, band(0.2, 0.1, 0.3)))


def test_zin_over_de_volgorde() -> None:
    a, b, c = deel(0.5, 0.4, 0.6, "a"), deel(0.2, 0.1, 0.3, "b"), deel(0.15, 0.05, 0.25, "c")
    ander = deel(0.12, 0.0, 0.3, "d")
    klein, rest = deel(0.01, 0.0, 0.02, "e"), deel(0.6, 0.5, 0.7, "rest", "rest")
    zeker, onzeker = "De volgorde is zeker", "De volgorde is niet zeker"
    ook = "Ook een andere aanname kan bij de grootste horen."
    assert volgordezin([], [klein]) == ""
    assert volgordezin([a], [a, klein, rest]) == ""
    assert volgordezin([a, b], [a, b, klein]).startswith(zeker)
    assert volgordezin([a, b, c], [a, b, c, klein]).startswith(onzeker)
    assert volgordezin([a, b, c], [a, b, c, ander]).endswith(ook)
    assert volgordezin([a], [a, ander]) == ""


def test_de_band_wordt_smaller_met_de_wortel_van_de_spreiding() -> None:
    assert smaller(band(0.75, 0.0, 1.0)) == band(0.5, 0.0, 1.0)
    assert smallerzin(0, band(0, 0, 0)) == ""
    zin = smallerzin(3, band(0.75, 0.51, 0.84))
    assert zin.startswith("Waren deze drie aannames precies bekend")
    assert "circa 50 procent (30 tot 60) smaller" in zin


def test_zin_over_rest_en_toeval() -> None:
    zin = restzin({"rest": band(0.2, 0.1, 0.3), "toeval": band(0.0, 0.0, 0.0)})
    assert "circa 20 procent (10 tot 30)" in zin
    assert "draagt 0 procent" in zin
    assert bandzin("X", band(0.2, 0.1, 0.3)).endswith("welke aannames die band zo breed maken.")


# names


def test_elke_groep_heeft_een_naam_in_gewone_taal(register: Register) -> None:
    namen = {
        groep: groepnaam(register, groep, soort, leden) for groep, (soort, leden) in GROEPEN.items()
    }
    assert len(set(namen.values())) == len(namen)
    assert namen["rest:huisvesting"] == "Overige aannames: Huisvesting"
    assert namen["rest:wet:tweestatusstelsel"].endswith("Wet invoering tweestatusstelsel")
    assert namen["historie:achterstand"] == "Stand bij het begin: achterstand op de taakstelling"
    assert "(op: " in namen["maatregel:status_a_en_b:1"]
    assert not [naam for naam in namen.values() if "_" in naam or naam.endswith(".")]
    meer = groepnaam(register, B_STATUS, "apart", (B_STATUS, "x", "y"))
    assert meer.endswith("(met 2 aannames die ermee samenhangen)")


def test_alle_standen_en_alle_ruis_hebben_een_naam() -> None:
    assert set(STANDNAAM) == {*VOORRADEN, "achterstand"}
    assert set(TOEVALNAAM) == set(RUISSOORTEN)


def test_een_lange_naam_wordt_afgebroken() -> None:
    lang = "Deel van de " + "vrijgekomen corporatiewoningen " * 3
    assert max(map(len, afgebroken(lang).split("\n"))) <= 44
    assert afgebroken(lang).replace("\n", " ") == lang.strip()


# charts and section


def test_figuren_hebben_dezelfde_cijfers_als_hun_tabel(
    register: Register, analyse: Analyse
) -> None:
    aandelen, tornado = alle_figuren(register, analyse, UITKOMST)
    soep = BeautifulSoup(aandelen.tabel, "html.parser")
    assert len(soep.find("tbody").find_all("tr")) == len(GROEPEN)
    assert "22 tot 38" in aandelen.tabel
    assert "circa 40 procent (30 tot 50)" in aandelen.beschrijving
    assert f"{MINTEKEN}60" in tornado.tabel
    assert "Laag: circa 40 miljoen euro per jaar (36 tot 44). Hoog: " in tornado.beschrijving
    assert "Stand bij het begin" not in tornado.svg, "wat niets verschuift, krijgt geen staaf"
    for figuur in (aandelen, tornado):
        assert "vergunning" in figuur.svg


def test_het_blok_staat_in_een_rapport(rapport: Rapport, analyse: Analyse) -> None:
    soep = BeautifulSoup(gevoeligheid_blok(rapport, analyse), "html.parser")
    assert [kop.name for kop in soep.find_all(["h1", "h2", "h3", "h4"])] == ["h3"]
    links = [a["href"] for a in soep.find_all("a", class_="aanname")]
    lijst = "#aannames-lijst"
    assert links == ["#aanname-inwilligingsaandeel", "#aanname-intakecapaciteit", lijst, lijst]
    assert len(soep.find_all("figure")) == 2
    assert "nan" not in soep.get_text().lower()
    assert "2.560 trekkingen voor 8 groepen" in soep.get_text()


def test_een_stand_bij_het_begin_leidt_naar_de_hele_lijst(
    rapport: Rapport, analyse: Analyse, tmp_path: Path
) -> None:
    tabellen = _tabellen()
    eigen = tabellen["indices"]["groep"] == "historie:achterstand"
    tabellen["indices"].loc[eigen, ["midden", "laag", "hoog"]] = [0.5, 0.4, 0.6]
    for naam, tabel in tabellen.items():
        tabel.to_parquet(tmp_path / f"{naam}.parquet")
    (tmp_path / "manifest.json").write_text(json.dumps({"trekkingen": 8}), encoding="utf-8")
    soep = BeautifulSoup(gevoeligheid_blok(rapport, Analyse(tmp_path)), "html.parser")
    eerste, tweede = soep.find("ul", class_="bevindingen").find_all("li")[:2]
    assert eerste.get_text().startswith("Stand bij het begin")
    assert eerste.a["href"] == "#aannames-lijst"
    assert tweede.a["href"] != "#aannames-lijst"


def test_bladen_hebben_alle_groepen(register: Register, analyse: Analyse) -> None:
    invloeden = pd.DataFrame({"naam": ["a"], "aandeel": [0.1]})
    groepen, invloed_, banden = bladen(register, analyse, UITKOMST, invloeden)
    assert list(groepen.tabel["groep"])[:2] == list(GROEPEN)[:2]
    assert groepen.tabel["met_samenspel_midden"].is_monotonic_decreasing
    assert invloed_.tabel is invloeden
    assert len(banden.tabel) == 2
