"""The explorer in JupyterLab: the clipboard and the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from impact.werkbank.lab import VERKENNING
from tests.werkbank.labserver import Lab, open_notebook, verkenner

KLEMBORD = """async () => {
    const [deel] = await navigator.clipboard.read();
    const png = await deel.getType("image/png").catch(() => null);
    const beeld = png && await createImageBitmap(png);
    return { tekst: await (await deel.getType("text/plain")).text(),
        breed: beeld?.width ?? 0, hoog: beeld?.height ?? 0 };
}"""
GEEN_KLEMBORD = """() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    document.execCommand = () => %s;
}"""
WEER_KLEMBORD = "() => { delete navigator.clipboard; delete document.execCommand; }"
GESELECTEERD = "(vak) => vak.value.slice(vak.selectionStart, vak.selectionEnd)"


@pytest.fixture(scope="module")
def paneel(lab: Lab, browser: Browser) -> Iterator[Locator]:
    venster = browser.new_context(viewport={"width": 1400, "height": 1000})
    venster.grant_permissions(["clipboard-read", "clipboard-write"], origin=lab.adres)
    pagina = venster.new_page()
    open_notebook(pagina, lab.adres, VERKENNING)
    yield verkenner(pagina)
    venster.close()


def kopieer(paneel: Locator, figuur: str) -> None:
    paneel.get_by_role("button", name=f"Kopieer figuur: {figuur}").click()


def test_kopieer_zet_figuur_en_bronregel_op_het_klembord(paneel: Locator) -> None:
    kopieer(paneel, "Voorraden")
    expect(paneel.locator(".vk-status")).to_have_text(
        "De figuur met bronregel staat op het klembord."
    )
    klembord = paneel.page.evaluate(KLEMBORD)
    tekst = re.sub(r"\s+", " ", klembord["tekst"])
    getoond = paneel.locator(".vk-vak-voorraad .vk-lees").first.inner_text()
    assert tekst.startswith(f"Statushouders die in de opvang wachten, Nederland. {getoond}. Bron: ")
    assert re.search(r"circa [\d.]+ personen \([\d.]+ tot [\d.]+\)", getoond)
    assert "Scenario: Verbod op voorrang, vergeleken met: Geldend recht" in tekst
    assert "6 trekkingen, zaad" in tekst
    assert klembord["breed"] >= 700
    assert klembord["hoog"] > 700, "kop, grafiek, legenda en bronregel"


@pytest.mark.parametrize(
    ("gelukt", "melding"),
    [
        ("true", "De tekst met bronregel staat op het klembord"),
        ("false", "Het klembord is hier niet te gebruiken"),
    ],
)
def test_zonder_klembord_staat_de_tekst_geselecteerd_klaar(
    paneel: Locator, gelukt: str, melding: str
) -> None:
    """Without https or without permission; only what happened is said."""
    paneel.page.evaluate(GEEN_KLEMBORD % gelukt)
    kopieer(paneel, "Kaart")
    expect(paneel.locator(".vk-status")).to_contain_text(melding)
    vak = paneel.get_by_label("Tekst bij Kaart")
    expect(vak).to_be_focused()
    expect(vak).to_be_visible()
    geselecteerd = vak.evaluate(GESELECTEERD)
    assert geselecteerd == vak.input_value()
    assert "verschil in 2030 (euro" in geselecteerd
    assert "\nBron: werkbank impact" in geselecteerd
    paneel.page.evaluate(WEER_KLEMBORD)
