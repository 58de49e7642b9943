"""The explorer in JupyterLab: the clipboard, the keyboard, and files that change meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from impact.werkbank.lab import VERKENNING
from tests.werkbank.labserver import AANNAME, Lab, open_notebook, verkenner, wacht_op_banden

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


def test_gewijzigde_parameters_worden_gemeld_en_op_verzoek_gelezen(
    lab: Lab, paneel: Locator
) -> None:
    pad = lab.map / "parameters" / "aannames" / "huisvesting.yaml"
    oud = pad.read_text(encoding="utf-8")
    balk = paneel.locator(".vk-herlezen")
    knop = paneel.get_by_role("button", name="Lees opnieuw")
    paneel.get_by_label("Zoek een aanname").fill("zonder voorrang overblijft")
    paneel.get_by_label("Vanaf").first.select_option("2028-I")
    wacht_op_banden(paneel)
    paneel.get_by_text("Bewaren en rapport").click()
    paneel.get_by_label("Titel").fill("Half af")
    getal = paneel.get_by_label(f"{AANNAME}, getal")
    expect(getal).to_have_value("0.15")
    expect(balk).to_be_hidden()
    try:
        pad.write_text(oud.replace("midden: 0.15", "midden: 0.16"), encoding="utf-8")
        kom_terug(paneel)
        expect(balk).to_contain_text("De bestanden in parameters/ zijn veranderd.")
        expect(getal).to_have_value("0.15")
        knop.click()
        wacht_op_banden(paneel)
        expect(balk).to_be_hidden()
        expect(getal).to_have_value("0.16")
        expect(getal).to_be_visible()
        expect(paneel.get_by_label("Vanaf").first).to_have_value("2028-I")
        expect(paneel.get_by_label("Titel")).to_have_value("Half af")

        pad.write_text(oud.replace("midden: 0.15", "middden: 0.15"), encoding="utf-8")
        kom_terug(paneel)
        knop.click()
        expect(paneel.locator(".vk-status")).to_contain_text("de oude waarden")
        expect(paneel.locator(".vk-status")).to_contain_text("huisvesting.yaml, regel")
        expect(balk).to_be_visible()
        expect(getal).to_have_value("0.16")
    finally:
        pad.write_text(oud, encoding="utf-8")
    knop.click()
    wacht_op_banden(paneel)
    expect(getal).to_have_value("0.15")
    paneel.get_by_text("Bewaren en rapport").click()


def kom_terug(paneel: Locator) -> None:
    """Work elsewhere for a while, and come back to the explorer."""
    paneel.page.mouse.move(5, 5)
    paneel.page.wait_for_timeout(1200)
    paneel.locator(".vk-status").hover()
