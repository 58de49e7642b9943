from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

SOORTEN = ["toets", "referentie", "blad"]


@pytest.fixture(params=SOORTEN)
def soep(request: pytest.FixtureRequest, paginas: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(paginas[request.param], "html.parser")


def test_koppen(soep: BeautifulSoup) -> None:
    niveaus = [int(k.name[1]) for k in soep.find_all(re.compile(r"^h[1-6]$"))]
    assert niveaus.count(1) == 1
    assert niveaus[0] == 1
    assert all(na - voor <= 1 for voor, na in pairwise(niveaus))
    assert soep.html["lang"] == "nl"
    assert soep.title.text == soep.h1.get_text()


def test_elk_id_is_uniek_en_elke_koppeling_heeft_een_doel(soep: BeautifulSoup) -> None:
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))
    doelen = {a["href"][1:] for a in soep.find_all("a", href=re.compile("^#"))}
    assert doelen - set(ids) == set()
    for t in soep.find_all(attrs={"aria-labelledby": True}):
        assert t["aria-labelledby"] in ids


def test_niets_komt_van_buiten(soep: BeautifulSoup) -> None:
    assert soep.find(["script", "link", "iframe", "object", "embed", "base", "form"]) is None
    bronnen = [t for t in soep.find_all(True) if t.get("src") or t.get("srcset")]
    assert bronnen == []
    assert not [k for t in soep.find_all(True) for k in t.attrs if k.startswith("on")]
    for t in soep.find_all(href=True):
        assert t.name == "a", t
    stijl = "".join(s.text for s in soep.find_all("style"))
    assert "url(" not in stijl
    assert "@import" not in stijl
    csp = soep.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert csp == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_elke_figuur_en_tabel_is_toegankelijk(soep: BeautifulSoup) -> None:
    figuren = soep.find_all("figure")
    assert figuren
    for figuur in figuren:
        assert figuur.svg["role"] == "img"
        assert figuur.svg.title.text
        assert re.search(r"\d", figuur.svg.desc.text)
        assert figuur.details.table
        assert figuur.find(class_="bronregel").find("a", href=re.compile("^#aannames-"))
    for t in soep.find_all("table"):
        assert t.caption.text
        assert all(th.get("scope") for th in t.find_all("th"))


def test_landmarks(soep: BeautifulSoup) -> None:
    assert [len(soep.find_all(n)) for n in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert soep.body.find("a")["href"] == "#inhoud"
    assert [a.text for a in soep.nav.find_all("a")] == [h.text for h in soep.find_all("h2")]


def test_elk_cijfer_leidt_naar_de_aannamelijst(soep: BeautifulSoup) -> None:
    for zin in soep.select(".bevindingen li"):
        assert zin.find("a", class_="aanname")
    for rij in soep.select("#inhoud table.aannames tbody tr"):
        assert rij.find("a", href=re.compile("^#bron-"))
        assert rij.find(class_="merk").text in {"groen", "oranje", "rood"}


def test_geen_code_en_geen_machinepad(paginas: dict[str, str]) -> None:
    for html in paginas.values():
        assert "display(" not in html
        assert "open_rapport" not in html
        assert "/tmp/" not in html


def test_omvang(paginas: dict[str, str]) -> None:
    assert len(paginas["toets"].encode()) < 2_000_000
    assert len(paginas["blad"].encode()) < 250_000
