"""The index of a folder with reports: complete, safe, and usable without a mouse or a script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from impact.analysis.opslag import Instelling
from impact.registry.laden import Register
from impact.reporting.batch import Opdracht, Uitslag
from impact.reporting.indexcijfers import (
    KEUZES,
    KLEIN,
    Laag,
    grenzen_niveau,
    klassen_niveau,
    lagen_van,
    uitleg,
)
from impact.reporting.indexkaart import BUREN, grenzen, plek
from impact.reporting.indexmap import adres, lees_map
from impact.reporting.indexpagina import als_json, maak_index, schrijf_index
from impact.reporting.kaart import grenzen_verschil
from impact.reporting.rapport import Rapport, lees_register
from tests.reporting.conftest import GEMEENTE, REFERENTIE, SCENARIO, TREKKINGEN

KLASSEN = "cellen => cellen.map(cel => cel.getAttribute('class'))"
INSTELLING = Instelling(trekkingen=TREKKINGEN)
BESTANDEN = [
    f"{SCENARIO}/uitvoeringstoets.html",
    f"{SCENARIO}/kamerbrief.html",
    f"{SCENARIO}/uitvoeringstoets.xlsx",
    f"{SCENARIO}/uitvoeringstoets-uitkomsten.csv",
    f"{SCENARIO}/analyse/invloed.xlsx",
    f"{SCENARIO}/gemeenten/GM0988.html",
    f"{SCENARIO}/gemeenten/{GEMEENTE}.html",
    f"{SCENARIO}/gemeenten/{GEMEENTE}.xlsx",
    f"{SCENARIO}/gemeenten/GM0363.mislukt.ipynb",
    f"{REFERENTIE}/uitvoeringstoets.html",
    f"{REFERENTIE}/gemeenten/GM0363.html",
    "oud scenario/uitvoeringstoets.html",
    "leeg/aantekening.txt",
]


def leg_neer(map_: Path, namen: list[str]) -> None:
    for naam in namen:
        (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
        (map_ / naam).write_text("<h1>inhoud</h1>", encoding="utf-8")


@pytest.fixture(scope="module")
def register(resultaten: Path) -> Register:
    return lees_register()


@pytest.fixture(scope="module")
def map_(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with reports of two scenarios with figures, and of one that is no longer known."""
    map_ = tmp_path_factory.mktemp("uit")
    leg_neer(map_, BESTANDEN)
    fout = Uitslag(
        Opdracht("gemeenteblad", {"scenario": SCENARIO, "gemeente": "GM0014"}, map_ / "x.html"),
        f"{map_}/x.html: <b>geen ruimte</b>",
        None,
        1.0,
    )
    schrijf_index(map_, register, INSTELLING, [fout])
    return map_


@pytest.fixture(scope="module")
def html(map_: Path) -> str:
    return (map_ / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def soep(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def lagen(register: Register) -> list[Laag]:
    return lagen_van(SCENARIO, INSTELLING)


def test_elke_koppeling_komt_aan(map_: Path, soep: BeautifulSoup) -> None:
    ids = {deel["id"] for deel in soep.find_all(id=True)}
    for link in soep.find_all("a", href=True):
        doel = link["href"].replace("%20", " ")
        assert (doel[1:] in ids) if doel.startswith("#") else (map_ / doel).is_file(), doel


def test_elk_bestand_heeft_een_koppeling(soep: BeautifulSoup) -> None:
    links = {link["href"].replace("%20", " ") for link in soep.find_all("a", href=True)}
    zonder = {f"{SCENARIO}/gemeenten/{GEMEENTE}.xlsx", f"{SCENARIO}/gemeenten/GM0363.mislukt.ipynb"}
    assert set(BESTANDEN) - links == zonder | {"leeg/aantekening.txt"}


def test_alleen_een_gemeente_met_een_blad_is_een_koppeling(soep: BeautifulSoup) -> None:
    cellen = soep.select("#kaart .cel")
    assert len(cellen) == 342
    met = [cel for cel in cellen if cel.get("href")]
    namen = sorted(cel.title.text.split(":")[0] for cel in met)
    assert namen == ["Schiermonnikoog", "Weert"]
    assert all(cel["role"] == "img" for cel in cellen if not cel.get("href"))
    assert all(("geen blad" in cel.title.text) == (not cel.get("href")) for cel in cellen)
    lijst = soep.select("details.lijst")[0]
    assert {a.text for a in lijst.find_all("a")} == {"Weert", "Schiermonnikoog"}
    zonder = " ".join(p.text for p in lijst.select(".zonder"))
    assert zonder.count(";") + zonder.count("Geen blad:") == 340


def test_opbouw_van_de_pagina(soep: BeautifulSoup) -> None:
    niveaus = [int(k.name[1]) for k in soep.find_all(re.compile(r"^h[1-6]$"))]
    assert niveaus[0] == 1
    assert niveaus.count(1) == 1
    assert all(na - voor <= 1 for voor, na in pairwise(niveaus))
    assert soep.html["lang"] == "nl"
    assert soep.title.text == soep.h1.text
    ids = [deel["id"] for deel in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for veld in soep.find_all(["select", "input"]):
        assert soep.find("label", attrs={"for": veld["id"]}).text
    assert soep.find(id="melding")["role"] == "status"


def test_alleen_ons_eigen_script_mag(html: str, soep: BeautifulSoup) -> None:
    gegevens, script = soep.find_all("script")
    assert gegevens["type"] == "application/json"
    som = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    csp = soep.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert csp == (f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{som}'")
    for woord in ("eval", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "http"):
        assert woord not in script.string
    assert not [k for deel in soep.find_all(True) for k in deel.attrs if k.startswith("on")]
    assert soep.find(["link", "img", "iframe", "base"]) is None


def test_wat_mislukte_staat_erbij_zonder_pad_van_de_machine(
    html: str, soep: BeautifulSoup, map_: Path
) -> None:
    regels = [li.get_text(" ") for li in soep.select(".mislukt li")]
    assert regels == [
        f"gemeenteblad {SCENARIO} GM0014 x.html: <b>geen ruimte</b>",
        f"Eerder niet gelukt: {SCENARIO}/gemeenten/GM0363.mislukt.ipynb",
    ]
    assert str(map_) not in html
    assert "2 rapporten zijn" in soep.header.text


def test_een_latere_batch_verliest_niets(
    map_: Path, register: Register, soep: BeautifulSoup, tmp_path: Path
) -> None:
    leg_neer(tmp_path, BESTANDEN[:9])
    eerst = maak_index(tmp_path, register, INSTELLING)
    leg_neer(tmp_path, BESTANDEN[9:])
    later = BeautifulSoup(maak_index(tmp_path, register, INSTELLING), "html.parser")
    oud = {a["href"] for a in BeautifulSoup(eerst, "html.parser").find_all("a", href=True)}
    nieuw = {a["href"] for a in later.find_all("a", href=True)}
    lijst = {href for href in oud if not href.startswith("#")}
    assert lijst
    assert lijst <= nieuw
    assert maak_index(tmp_path, register, INSTELLING) == maak_index(tmp_path, register, INSTELLING)


def test_een_scenario_zonder_cijfers_houdt_zijn_koppelingen(
    register: Register, tmp_path: Path
) -> None:
    leg_neer(tmp_path, BESTANDEN[:6])
    tekst = maak_index(tmp_path, register, Instelling(trekkingen=7))
    soep = BeautifulSoup(tekst, "html.parser")
    assert "Van dit scenario zijn er geen cijfers" in soep.find(id="kaartnaam").text
    assert soep.select("#legenda li") == []
    assert [cel["href"] for cel in soep.select("#kaart .cel[href]")] == [BESTANDEN[5]]


def test_een_lege_map(register: Register, tmp_path: Path) -> None:
    soep = BeautifulSoup(maak_index(tmp_path / "niets", register, INSTELLING), "html.parser")
    assert "0 scenario's" in soep.header.text
    assert soep.find(id="kaart") is None


def test_volgorde_en_titels_van_de_map(map_: Path, register: Register) -> None:
    delen = lees_map(map_, register)
    assert [deel.naam for deel in delen] == [SCENARIO, REFERENTIE, "oud scenario"]
    assert [deel.titel for deel in delen][::2] == ["Verbod op voorrang", "oud scenario"]
    assert [pad.name for pad in delen[0].rapporten] == ["kamerbrief.html", "uitvoeringstoets.html"]
    assert delen[0].werkboeken == {GEMEENTE}


def test_klassen_kloppen_met_de_cijfers(rapport: Rapport, lagen: list[Laag]) -> None:
    laag, jaar = lagen[0], rapport.peiljaar
    assert laag.titel == f"Verschil: netto lasten van de gemeente, euro per inwoner, {jaar}"
    codes = list(rapport.register.gemeenten.index)
    waarden = {
        code: rapport.cijfer("netto_lasten_gemeente", jaar, code, "gemeente", "gemeente")
        for code in codes[:40]
    }
    plaatsen = {c: "0123456abcdefg".index(laag.codes[n]) for n, c in enumerate(codes[:40])}
    per_klasse: dict[int, list[float]] = {}
    for code, cijfer in waarden.items():
        assert (plaatsen[code] >= 7) == cijfer.onzeker
        per_inwoner = cijfer.verschil.midden / rapport.inwoners("gemeente", code)
        per_klasse.setdefault(plaatsen[code] % 7, []).append(per_inwoner)
    volgorde = [per_klasse[klasse] for klasse in sorted(per_klasse)]
    assert len(volgorde) > 1
    for lager, hoger in pairwise(volgorde):
        assert max(lager) < min(hoger)


def test_kleine_aantallen_krijgen_geen_klasse(rapport: Rapport, lagen: list[Laag]) -> None:
    (laag,) = [laag for laag in lagen if "statushouders met bijstand" in laag.titel]
    for nummer, code in enumerate(rapport.register.gemeenten.index[:60]):
        cijfer = rapport.cijfer("bijstand_personen", rapport.peiljaar, code, "gemeente")
        klein = 0 < abs(cijfer.verschil.midden) < 10
        assert (laag.codes[nummer] == KLEIN) == klein
    assert "om minder dan 10 personen" in laag.uitleg


def test_een_referentie_toont_een_stand_en_geen_verschil(register: Register) -> None:
    lagen = lagen_van(REFERENTIE, INSTELLING)
    assert len(lagen) == len(KEUZES)
    assert not any(laag.verschil or "Verschil" in laag.titel for laag in lagen)
    assert all(len(laag.codes) == 342 and len(laag.klassen) == 7 for laag in lagen)


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=50))
def test_grenzen_lopen_op_en_hebben_een_naam(waarden: list[float]) -> None:
    grenzen_ = grenzen_niveau(waarden)
    assert len(grenzen_) == 6
    assert all(np.diff(grenzen_) > 0)
    assert len(set(klassen_niveau(grenzen_))) == 7


def test_grenzen_als_bijna_alles_nul_is() -> None:
    assert grenzen_verschil([0.0] * 337 + [-8.0, 40.0, 40.0, 45.0, 60.0])[-1] == 80.0


def test_uitleg_volgt_het_teken() -> None:
    tekst = uitleg("06ak3", pd.Series([-2.0, 3.0, -1.0, 4.0, 0.0]), True)
    assert tekst == (
        "In 2 gemeenten is het meer, in 2 minder, in 1 gelijk. In 1 gemeente is de richting "
        "onzeker; die heeft een stip. In 1 gemeente gaat het om minder dan 10 personen."
    )
    assert uitleg("000", pd.Series([1.0, 1.0, 1.0]), False) == ""


def test_grens_van_een_eenzame_gemeente_is_een_hele_zeshoek() -> None:
    een = pd.DataFrame({"kolom": [3], "rij": [2], "provinciecode": ["PV20"]})
    assert grenzen(een).count("M") == 6
    twee = pd.DataFrame({"kolom": [3, 4], "rij": [2, 2], "provinciecode": ["PV20", "PV20"]})
    assert grenzen(twee).count("M") == 10
    for rij in (4, 5):
        x, y = plek(6, rij)
        afstanden = [
            np.hypot(*np.subtract(plek(6 + k, rij + r), (x, y))) for k, r in BUREN[rij % 2]
        ]
        assert afstanden == pytest.approx([20.0] * 6)


@given(st.text())
def test_json_kan_het_script_niet_sluiten(tekst: str) -> None:
    veilig = als_json({"naam": tekst})
    assert json.loads(veilig) == {"naam": tekst}
    assert not set("<>&\u2028\u2029") & set(veilig)


@pytest.mark.parametrize("naam", ["javascript:alert(1)", "a b", "x?y#z", "50%", "caf\u00e9"])
def test_een_mapnaam_wordt_een_veilig_adres(naam: str) -> None:
    assert re.fullmatch(r"[\w%.~-]+/index\.html", adres(Path(naam) / "index.html"))


def test_omvang(html: str) -> None:
    assert len(html.encode()) < 300_000


@pytest.fixture
def pagina(browser: Browser, map_: Path) -> Iterator[Page]:
    pagina = browser.new_page(viewport={"width": 1280, "height": 900})
    meldingen: list[str] = []
    pagina.on("console", lambda melding: meldingen.append(melding.text))
    pagina.on("pageerror", lambda fout: meldingen.append(str(fout)))
    pagina.goto((map_ / "index.html").as_uri())
    yield pagina
    assert meldingen == []
    pagina.close()


def test_zoeken_op_naam_en_op_code(pagina: Page) -> None:
    zoek, melding = pagina.locator("#zoek"), pagina.locator("#melding")
    for tekst, verwacht in [
        ("schiermon", "1 gemeente gevonden."),
        ("GM0088", "1 gemeente gevonden."),
        ("sudwest fryslan", "1 gemeente gevonden."),
        ("zzz", "Geen gemeenten gevonden."),
        ("", ""),
    ]:
        zoek.fill(tekst)
        assert melding.text_content() == verwacht
    zoek.fill("en")
    assert "Hier staan de eerste 12." in (melding.text_content() or "")
    assert pagina.locator("#gevonden li").count() == 12


def test_enter_opent_het_blad(pagina: Page, map_: Path) -> None:
    pagina.locator("#zoek").fill("Weert")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/GM0988.html")
    assert pagina.url == (map_ / SCENARIO / "gemeenten" / "GM0988.html").as_uri()


def test_enter_zonder_blad_zegt_dat(pagina: Page) -> None:
    pagina.locator("#zoek").fill("Urk")
    pagina.keyboard.press("Enter")
    assert pagina.locator("#melding").text_content() == "Urk: geen blad bij dit scenario."


def test_kiezen_verandert_kaart_legenda_en_lijst(pagina: Page, register: Register) -> None:
    for titel in (register.scenario(naam).titel for naam in (REFERENTIE, SCENARIO)):
        pagina.locator("#scenario").select_option(label=titel)
        assert pagina.locator("#kaartscenario").text_content() == titel
        assert pagina.locator("details.lijst:visible summary").all_text_contents() == [titel]
        keuzes = pagina.locator("#grootheid option").all_text_contents()
        kleuren = set()
        for nummer, keuze in enumerate(keuzes):
            pagina.locator("#grootheid").select_option(index=nummer)
            assert pagina.locator("#kaartnaam").text_content() == keuze
            tellingen = pagina.locator("#legenda li").all_text_contents()
            assert sum(int(re.findall(r"(\d+) gemeente", t)[0]) for t in tellingen) == 342
            kleuren.add(str(pagina.locator(".cel").evaluate_all(KLASSEN)))
        assert len(kleuren) == len(keuzes) > 3
    assert pagina.locator(".cel[href]").count() == 2


def test_het_script_zegt_hetzelfde_als_de_pagina_zonder_script(
    pagina: Page, soep: BeautifulSoup
) -> None:
    zonder = [(c.title.text, c.get("href"), c.get("role")) for c in soep.select("#kaart .cel")]
    met = pagina.evaluate(
        "[...document.querySelectorAll('.cel')].map(c => [c.querySelector('title').textContent,"
        " c.getAttribute('href'), c.getAttribute('role')])"
    )
    assert [tuple(cel) for cel in met] == zonder
    legenda = pagina.locator("#legenda li").all_text_contents()
    assert legenda == [li.text for li in soep.select("#legenda li")]


def test_de_kaart_met_het_toetsenbord(pagina: Page) -> None:
    assert pagina.locator("#kaart [tabindex='0']").count() == 1
    pagina.locator("#kaart [tabindex='0']").focus()
    gezien = [pagina.locator("#celnaam").text_content()]
    for toets in ("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        pagina.keyboard.press(toets)
        gezien.append(pagina.locator("#celnaam").text_content())
        assert pagina.locator("#ring").get_attribute("class") == "ring aan"
    assert gezien[0] is not None
    assert gezien[0].startswith("Groningen:")
    assert len(set(gezien[:3])) == 3
    assert pagina.locator("#kaart [tabindex='0']").count() == 1


def test_zonder_script(browser: Browser, map_: Path) -> None:
    pagina = browser.new_page(java_script_enabled=False)
    pagina.goto((map_ / "index.html").as_uri())
    assert not pagina.locator("#zoek").is_visible()
    assert pagina.locator("#kaart").is_visible()
    assert pagina.locator("#legenda li").count() >= 7
    pagina.locator("details.lijst summary").nth(1).click()
    pagina.locator("details.lijst a", has_text="Amsterdam").click()
    assert pagina.url.endswith(f"/{REFERENTIE}/gemeenten/GM0363.html")
    pagina.close()


@pytest.mark.parametrize(("breedte", "kleuren"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_toegankelijk_zonder_verzoek_en_zonder_overloop(
    browser: Browser, map_: Path, breedte: int, kleuren: str
) -> None:
    pagina = browser.new_page(
        viewport={"width": breedte, "height": 900},
        color_scheme="dark" if kleuren == "dark" else "light",
    )
    gevraagd: list[str] = []
    pagina.on("request", lambda verzoek: gevraagd.append(verzoek.url))
    pagina.goto((map_ / "index.html").as_uri())
    pagina.locator("#zoek").fill("am")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    assert gevraagd == [(map_ / "index.html").as_uri()]
    regels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    uitslag = Axe().run(pagina, options={"runOnly": {"type": "tag", "values": regels}})
    fouten = [(f["id"], f["nodes"][0]["html"][:200]) for f in uitslag.response["violations"]]
    assert fouten == []
    pagina.close()
