"""Reports in a real browser: nothing is fetched, nothing is logged, nothing runs off the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SOORTEN = ["toets", "referentie", "blad"]


@pytest.fixture(params=SOORTEN)
def bestand(request: pytest.FixtureRequest, paginas: dict[str, str], tmp_path: Path) -> Path:
    pad = tmp_path / f"{request.param}.html"
    pad.write_text(paginas[request.param], encoding="utf-8")
    return pad


def open_pagina(browser: Browser, bestand: Path, breedte: int) -> tuple[Page, list[str], list[str]]:
    """Open a file; return the page, what it asked for, and what it logged."""
    pagina = browser.new_page(viewport={"width": breedte, "height": 900})
    gevraagd: list[str] = []
    gemeld: list[str] = []
    pagina.on("request", lambda verzoek: gevraagd.append(verzoek.url))
    pagina.on("console", lambda melding: gemeld.append(melding.text))
    pagina.on("pageerror", lambda fout: gemeld.append(str(fout)))
    pagina.goto(bestand.as_uri())
    return pagina, gevraagd, gemeld


@pytest.mark.parametrize("breedte", [320, 1280])
def test_een_bestand_en_verder_niets(browser: Browser, bestand: Path, breedte: int) -> None:
    pagina, gevraagd, gemeld = open_pagina(browser, bestand, breedte)
    assert gevraagd == [bestand.as_uri()]
    assert gemeld == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
    pagina.close()


def test_elke_grafiek_is_zichtbaar(browser: Browser, bestand: Path) -> None:
    pagina, _, _ = open_pagina(browser, bestand, 1280)
    grafieken = pagina.locator("figure svg").all()
    assert grafieken
    for grafiek in grafieken:
        vak = grafiek.bounding_box()
        assert vak is not None
        assert vak["width"] > 200
        assert vak["height"] > 100
    pagina.close()


def test_een_koppeling_naar_een_aanname_komt_aan(browser: Browser, bestand: Path) -> None:
    pagina, _, _ = open_pagina(browser, bestand, 1280)
    koppeling = pagina.locator("a.aanname").first
    doel = koppeling.get_attribute("href")
    assert doel is not None
    koppeling.click()
    assert pagina.evaluate("location.hash") == doel
    assert pagina.locator(f"[id='{doel[1:]}']").is_visible()
    pagina.close()
