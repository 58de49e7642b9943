from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from impact.reporting import weergave
from impact.reporting.figuren import Opschrift, Staaf, stapel, staven
from impact.reporting.figuur import Figuur, FiguurFout, maak_toegankelijk
from impact.reporting.getallen import Band
from impact.reporting.kaart import grenzen_verschil, hexkaart, klassen, netjes
from impact.reporting.opmaak import Html, anker, element, koppeling, samen
from impact.reporting.tabellen import Kolom, tabel, verschilcel

VIJANDIG = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "x" * 500,
    "\u202eevitagen\u202c",
    "\N{PILE OF POO} gemeente",
    "a&b;&lt;",
    "nul\x00byte",
    "=cmd|' /C calc'!A0",
]
OPSCHRIFT = Opschrift("proef", "Kosten per groep", Html("Bron: model"))
NIET_NODIG = shutil.ignore_patterns("resultaten", "uitvoer")
GOED = "De kosten lopen op van 10 miljoen euro in 2026 naar 40 miljoen euro in 2035."


@pytest.mark.parametrize("naam", VIJANDIG)
def test_vijandige_namen_staan_er_als_tekst(naam: str) -> None:
    band = Band(3, 1, 5, "euro per inwoner")
    html = staven(
        Opschrift("n", f"Titel {naam}", Html("bron")), [Staaf(naam, band)], "euro", "Groep"
    ).html()
    soep = BeautifulSoup(html, "html.parser")
    assert soep.find(["script", "img"]) is None
    assert not [k for t in soep.find_all(True) for k in t.attrs if k.startswith("on")]
    assert "\u202e" not in html
    assert "\x00" not in html
    kern = naam.replace("\u202e", "").replace("\u202c", "").replace("\x00", "")
    assert kern in soep.find("tbody").get_text()


@pytest.mark.parametrize("adres", ["javascript:alert(1)", "data:text/html,x", "//x", "", None])
def test_alleen_webadressen_worden_een_koppeling(adres: str | None) -> None:
    assert koppeling("bron", adres) == "bron"
    assert 'href="https://a.nl/?b=1&amp;c"' in koppeling("bron", "https://a.nl/?b=1&c")


def test_opmaak_ontsnapt_precies_een_keer() -> None:
    assert samen(element("p", "a < b"), "<") == "<p>a &lt; b</p>&lt;"
    assert [anker(w) for w in ("Súdwest-Fryslân", "<>", "a_b")] == ["sudwest-fryslan", "x", "a-b"]


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "   ",
        "Grafiek",
        "Een grafiek van de kosten.",
        "Kosten per groep",
        "Deze beschrijving is lang genoeg, maar noemt geen enkel cijfer dat te zien is.",
    ],
)
def test_een_beschrijving_die_niets_zegt_wordt_geweigerd(tekst: str) -> None:
    with pytest.raises(FiguurFout):
        Figuur("n", "Kosten per groep", tekst, "<svg/>", Html("t"), "euro", Html("bron"))
    assert Figuur("n", "Kosten", GOED, "<svg/>", Html("t"), "euro", Html("bron")).html()


def test_figuur_zonder_bron_wordt_geweigerd() -> None:
    with pytest.raises(FiguurFout, match="mist"):
        Figuur("n", "Kosten", GOED, "<svg/>", Html("t"), "euro", Html(""))


def test_svg_is_leesbaar_en_heeft_eigen_ids() -> None:
    bron = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><clipPath id="c"/>'
        '<g clip-path="url(#c)" role="x" aria-label="y"><rect width="9"/></g></svg>'
    )
    een, twee = (maak_toegankelijk(bron, naam, "T <", GOED) for naam in ("een", "twee"))
    wortel = ET.fromstring(een)
    assert wortel.get("role") == "img"
    assert [k.tag.split("}")[1] for k in wortel[:2]] == ["title", "desc"]
    assert "url(#een-c)" in een
    assert "aria-label=" not in een
    ids = [k.get("id") for s in (een, twee) for k in ET.fromstring(s).iter() if k.get("id")]
    assert len(ids) == len(set(ids)) == 6


def test_een_korte_svg_is_dezelfde_tekening() -> None:
    """Rounded, without what draws nothing, and what all parts share stands on their group."""
    lijn = '<line x2="0.12345" y2="-0.001" stroke="#ddd" opacity="1" />'
    bron = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
        f'<g fill="none">{lijn}{lijn}</g><g><path d="M0,0h0v0h0Z" /></g>'
        '<g><path d="M1.23456,2L3.5,1.5e-7" fill="red" /><path d="M1,2" fill="blue" /></g></svg>'
    )
    svg = ET.fromstring(maak_toegankelijk(bron, "kort", "Titel", "Beschrijving"))
    lijnen, paden = svg.findall("{*}g")
    assert lijnen.attrib == {"fill": "none", "stroke": "#ddd"}
    assert [dict(deel.attrib) for deel in lijnen] == [{"x2": "0.12", "y2": "-0"}] * 2
    assert [pad.attrib for pad in paden] == [
        {"d": "M1.23,2L3.5,1.5e-7", "fill": "red"},
        {"d": "M1,2", "fill": "blue"},
    ]


def test_stapel_zonder_verschil_zegt_dat_er_niets_verandert() -> None:
    nul = Band(0, 0, 0, "euro")
    figuur = stapel(OPSCHRIFT, {("2030", "gemeente"): nul}, {})
    assert "geen enkele betaler een verschil" in figuur.beschrijving


def test_tabel_heeft_bijschrift_en_koppen_en_weigert_scheve_rijen() -> None:
    soep = BeautifulSoup(tabel("B", [Kolom("A"), Kolom("C", True)], [["x", "1"]]), "html.parser")
    assert soep.caption.text == "B"
    assert [t["scope"] for t in soep.find_all("th")] == ["col", "col", "row"]
    for fout in ([["x"]], []):
        with pytest.raises(ValueError, match="leeg of"):
            tabel("B", [Kolom("A"), Kolom("C")], fout)
    with pytest.raises(ValueError, match="bijschrift"):
        tabel(" ", [Kolom("A")], [["x"]])


def test_verschil_heeft_een_plus_en_een_woord_bij_twijfel() -> None:
    assert verschilcel(Band(8e3, 5e3, 12e3, "personen"), False).startswith("+")
    assert verschilcel(Band(0.2, -1, 30, "personen"), False).startswith("0")
    assert "richting onzeker" in verschilcel(Band(1, -5, 9, "personen"), True)


def test_kaart_mist_geen_gemeente_en_heeft_nette_klassen() -> None:
    cellen = pd.DataFrame(
        {"gemeentenaam": ["A", "B"], "kolom": [0, 1], "rij": [0, 0]}, index=["GM1", "GM2"]
    )
    band = {"GM1": Band(3, 1, 5, "euro per inwoner"), "GM2": Band(-2, -3, 1, "euro per inwoner")}
    figuur = hexkaart(OPSCHRIFT, cellen, band, {"GM1": False, "GM2": True}, "euro per inwoner")
    assert (
        "Het cijfer van een gemeente ligt bij 1 boven nul en bij 1 onder nul."
        in figuur.beschrijving
    )
    with pytest.raises(KeyError):
        hexkaart(OPSCHRIFT, cellen, {"GM1": band["GM1"]}, {"GM1": False}, "euro")
    assert [netjes(w) for w in (0, 0.7, 3.0, 51)] == [0, 0.5, 2, 50]
    assert len(klassen(grenzen_verschil([0.0, 0.0]))) == 7


def test_een_ander_sjabloon_geldt_meteen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(weergave.sjabloonmap(), tmp_path / "reports", ignore=NIET_NODIG)
    monkeypatch.setattr(weergave, "WERKMAP", tmp_path)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Titel")])
    voor = weergave.render(notebook)
    assert weergave.maak_exporteur() is weergave.maak_exporteur()
    sjabloon = tmp_path / "reports" / "sjabloon" / "index.html.j2"
    tekst = sjabloon.read_text(encoding="utf-8")
    sjabloon.write_text(tekst.replace("<header>", "<header><p>nieuw</p>"), encoding="utf-8")
    assert weergave.render(notebook) == voor.replace("<header>", "<header><p>nieuw</p>")
