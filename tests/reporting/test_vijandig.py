"""Hostile names appear as text everywhere: in HTML, SVG, workbooks, CSV and names of files."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.reporting.indexpagina import schrijf_index
from impact.reporting.opdrachten import Uitslag, opdrachten
from impact.reporting.opmaak import veilig
from impact.reporting.rapport import lees_register
from impact.reporting.rapporttaak import maak
from tests.reporting.conftest import REFERENTIE, SCENARIO
from tests.reporting.vijandig import NAMEN, vijandige_map

WEINIG = 2
BLADEN = ["GM0014"]
SOORTEN = ["index.html", f"{SCENARIO}/uitvoeringstoets.html", f"{SCENARIO}/gemeenten/GM0014.html"]


@pytest.fixture(scope="module")
def uitvoer(tmp_path_factory: pytest.TempPathFactory, wortel: Path) -> Path:
    """Real reports, workbooks and index from a folder of parameters full of hostile names."""
    map_ = tmp_path_factory.mktemp("vijandig")
    parameters = vijandige_map(wortel / "parameters", map_ / "parameters")
    doel = map_ / "uit"
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("IMPACT_PARAMETERS", str(parameters))
        omgeving.setenv("IMPACT_RESULTATEN", str(map_ / "resultaten"))
        instelling = Instelling(trekkingen=WEINIG)
        bereken([SCENARIO, REFERENTIE], instelling=instelling)
        uitslagen = []
        for opdracht in opdrachten([SCENARIO], BLADEN, doel, WEINIG):
            gemaakt = maak(opdracht)
            assert gemaakt.melding == ""
            opdracht.doel.parent.mkdir(parents=True, exist_ok=True)
            for naam, inhoud in gemaakt.bestanden.items():
                (opdracht.doel.parent / naam).write_bytes(inhoud)
            uitslagen.append(Uitslag(opdracht, "", None, 0.0))
        schrijf_index(doel, lees_register(), instelling, uitslagen)
    return doel


@pytest.fixture
def titels(wortel: Path) -> str:
    return f"{NAMEN[0]} Verbod op voorrang"


def plat(tekst: str) -> str:
    """Text as a reader sees it: white space counts once."""
    return re.sub(r"\s+", " ", veilig(tekst)).strip()


def lees(uitvoer: Path, soort: str) -> BeautifulSoup:
    return BeautifulSoup((uitvoer / soort).read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("soort", SOORTEN)
def test_namen_worden_geen_elementen(uitvoer: Path, soort: str) -> None:
    soep = lees(uitvoer, soort)
    assert len(soep.find_all("script")) == (2 if soort == "index.html" else 0)
    assert soep.find(["img", "b", "iframe", "form" if soort != "index.html" else "object"]) is None
    assert not [k for deel in soep.find_all(True) for k in deel.attrs if k.startswith("on")]
    assert len(soep.find_all("style")) == 1
    assert not soep.find_all(string=lambda tekst: tekst.__class__.__name__ == "Comment")
    for link in soep.find_all(href=True):
        assert re.match(r"(https?://|#|[\w%.]+(/[\w%.-]+)*$)", link["href"]), link["href"]


@pytest.mark.parametrize("soort", SOORTEN[1:])
def test_de_titel_staat_er_als_tekst(uitvoer: Path, soort: str, titels: str) -> None:
    soep = lees(uitvoer, soort)
    assert plat(titels) in plat(soep.h1.text)
    assert plat(titels) in plat(soep.title.text)


def test_bronnen_en_maatregelen_staan_er_als_tekst(uitvoer: Path) -> None:
    tekst = plat(lees(uitvoer, SOORTEN[1]).get_text(" "))
    for naam in NAMEN:
        assert plat(naam) in tekst


def test_gemeenten_staan_als_tekst_op_de_kaart_en_in_de_lijst(uitvoer: Path) -> None:
    soep = lees(uitvoer, "index.html")
    namen = {plat(titel.text) for titel in soep.select("#kaart title")}
    lijst = plat(soep.select_one("details.lijst").get_text(" "))
    for naam in NAMEN:
        assert any(cel.startswith(plat(naam)) for cel in namen)
        assert plat(naam) in lijst
    inhoud = json.loads(soep.find("script", id="gegevens").string)
    assert [g[1] for g in inhoud["gemeenten"]][: len(NAMEN)] == [veilig(n) for n in NAMEN]


def test_grafieken_hebben_de_naam_als_tekst(uitvoer: Path) -> None:
    soep = lees(uitvoer, SOORTEN[2])
    namen = plat(" ".join(figuur.title.text for figuur in soep.find_all("svg")))
    assert plat(NAMEN[0]) in namen
    assert not soep.select("svg script, svg foreignObject, svg a")


def test_werkboeken_hebben_alleen_tekst_en_getallen(uitvoer: Path, titels: str) -> None:
    werkboeken = sorted(uitvoer.rglob("*.xlsx"))
    assert len(werkboeken) == 1 + len(BLADEN)
    gevonden = set()
    for pad in werkboeken:
        for vel in openpyxl.load_workbook(pad):
            for cel in (cel for rij in vel.iter_rows() for cel in rij):
                assert cel.data_type in {"s", "n"}, (pad.name, cel.coordinate)
                assert cel.hyperlink is None
                if isinstance(cel.value, str):
                    gevonden.add(plat(cel.value))
    samen = "\n".join(gevonden)
    assert plat(titels) in samen
    for naam in NAMEN:
        assert plat(naam) in samen


def test_csv_heeft_geen_formule_ook_niet_na_een_puntkomma(uitvoer: Path) -> None:
    paden = sorted(uitvoer.rglob("*.csv"))
    assert len(paden) == 4 + len(BLADEN)
    tekst = ""
    for pad in paden:
        ruw = pad.read_bytes().decode()
        rijen = list(csv.reader(ruw.splitlines(keepends=True)))
        assert len({len(rij) for rij in rijen}) == 1
        assert len(rijen) == ruw.count("\n")
        for deel in (d for rij in rijen for cel in rij for d in cel.split(";")):
            assert re.match(r'[\s"]*[=+@\t]', deel) is None, deel
            assert not deel.startswith("-") or float(deel) < 0
        tekst += plat(ruw)
    for naam in NAMEN:
        assert plat(naam).split(";")[0].replace('"', '""') in tekst


def test_bestanden_heten_naar_codes(uitvoer: Path) -> None:
    namen = [pad.relative_to(uitvoer).as_posix() for pad in uitvoer.rglob("*")]
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", naam) for naam in namen)
    assert not any(".." in naam for naam in namen)


@pytest.mark.parametrize("soort", SOORTEN)
def test_in_een_browser_gebeurt_er_niets(browser: Browser, uitvoer: Path, soort: str) -> None:
    pagina = browser.new_page(viewport={"width": 320, "height": 800})
    gebeurd: list[str] = []
    pagina.on("dialog", lambda venster: (gebeurd.append(venster.message), venster.dismiss()))
    pagina.on("request", lambda verzoek: gebeurd.append(verzoek.url))
    pagina.on("console", lambda melding: gebeurd.append(melding.text))
    pagina.on("pageerror", lambda fout: gebeurd.append(str(fout)))
    adres = (uitvoer / soort).as_uri()
    pagina.goto(adres)
    if soort == "index.html":
        pagina.locator("#zoek").fill("script>alert")
        assert pagina.locator("#gevonden a").first.text_content() == f"{NAMEN[0]} (GM0014)"
        assert pagina.locator("#melding").text_content() == "2 gemeenten gevonden."
    else:
        assert "<script>alert(1)</script>" in pagina.locator("h1").inner_text()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 320
    assert gebeurd == [adres]
    pagina.close()
