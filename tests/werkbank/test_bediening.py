"""The explorer in JupyterLab: the clipboard, the keyboard, and files that change meanwhile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from impact.werkbank.lab import VERKENNING
from tests.werkbank.labserver import (
    AANNAME,
    GEDULD,
    HUUR,
    MS,
    Lab,
    open_notebook,
    verkenner,
    wacht_op_banden,
)

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


FOCUS = """() => {
    const knoop = document.activeElement;
    const stijl = getComputedStyle(knoop);
    const vak = knoop.getBoundingClientRect();
    const boven = document.elementFromPoint(vak.left + vak.width / 2, vak.top + vak.height / 2);
    return {
        binnen: Boolean(knoop.closest(".impact-verkenner")),
        soort: knoop.type ?? knoop.tagName.toLowerCase(),
        rand: stijl.outlineStyle === "solid" && parseFloat(stijl.outlineWidth) >= 2,
        zichtbaar: knoop === boven || knoop.contains(boven),
        wat: knoop.outerHTML.slice(0, 120),
    };
}"""
EEN_VAN_ELK = """(paneel) => {
    const open = ".vk-wetten > :first-child, .vk-vak-voorraad *, .vk-breed, .vk-bewaren";
    for (const blok of paneel.querySelectorAll("details")) {
        blok.open = blok.matches(open) || blok.querySelector(".vk-aanname:not([hidden])") !== null;
    }
}"""
ALLES_OPEN = """(paneel) => {
    for (const blok of paneel.querySelectorAll("details")) blok.open = true;
}"""
SOORTEN = ("select-one", "checkbox", "range", "number", "search", "text", "textarea", "button")


def begin(paneel: Locator) -> None:
    """Forget what another test has typed and chosen."""
    paneel.get_by_label("Zoek een aanname").fill("zonder voorrang overblijft")
    paneel.get_by_label("Begin met scenario").select_option("verbod_voorrang")
    paneel.get_by_label("Gebied", exact=True).select_option("nationaal")
    wacht_op_banden(paneel)


def test_met_tab_komt_de_focus_zichtbaar_langs_elke_soort_bediening(paneel: Locator) -> None:
    begin(paneel)
    paneel.evaluate(EEN_VAN_ELK)
    paneel.get_by_label("Gebied", exact=True).focus()
    gezien: Counter[str] = Counter()
    gebreken = []
    while (nu := paneel.page.evaluate(FOCUS))["binnen"]:
        gezien[nu["soort"]] += 1
        gebreken += [] if nu["rand"] and nu["zichtbaar"] else [nu["wat"]]
        assert gezien.total() < 120, "de focus komt er niet meer uit"
        paneel.page.keyboard.press("Tab")
    assert gebreken == []
    assert set(SOORTEN) <= set(gezien)
    assert gezien["div"] == 2, "de kaart en de tabel"


def test_alles_werkt_met_toetsen(paneel: Locator) -> None:
    begin(paneel)
    toets = paneel.page.keyboard.press
    vink = paneel.get_by_label(HUUR)
    vink.focus()
    toets("Space")
    wacht_op_banden(paneel)
    expect(vink).not_to_be_checked()
    terug = paneel.get_by_role("button", name="Ongedaan maken")
    terug.focus()
    toets("Enter")
    wacht_op_banden(paneel)
    expect(vink).to_be_checked()

    sterkte = paneel.get_by_label("Sterkte").first
    sterkte.focus()
    toets("ArrowLeft")
    wacht_op_banden(paneel)
    expect(sterkte).to_have_attribute("aria-valuetext", "95%")
    expect(sterkte).to_have_accessible_description(HUUR)

    jaar = paneel.get_by_label("Peiljaar")
    jaar.focus()
    toets("ArrowDown")
    wacht_op_banden(paneel)
    expect(jaar).to_have_value("2031")
    toets("ArrowUp")
    wacht_op_banden(paneel)

    kaart = paneel.get_by_role("application")
    kaart.focus()
    toets("ArrowUp")
    wacht_op_banden(paneel)
    expect(paneel.get_by_label("Welk gebied")).to_have_value("GM0632")
    expect(kaart).to_have_accessible_name(re.compile(r"Woerden: .* \(euro per inwoner"))
    expect(paneel.locator(".vk-status")).to_contain_text("Woerden: gemiddelde en band")


def test_toetsen_in_de_verkenner_zijn_niet_voor_het_notebook(paneel: Locator) -> None:
    """In a notebook "d d" removes a cell, "a" adds one and Shift+Enter runs it."""
    begin(paneel)
    cellen = paneel.page.locator(".jp-Notebook .jp-Cell")
    aantal = cellen.count()
    vink = paneel.get_by_label(HUUR)
    vink.focus()
    for toets in ("a", "b", "x", "d", "d", "m", "ArrowUp", "ArrowDown", "Shift+Enter"):
        paneel.page.keyboard.press(toets)
    paneel.page.wait_for_timeout(500)
    expect(vink).to_be_focused()
    assert cellen.count() == aantal
    paneel.page.keyboard.press("Control+s")
    expect(paneel.page.locator(".jp-mod-dirty")).to_have_count(0)


def gebreken(paneel: Locator) -> list[str]:
    """Violations that axe finds, each with its first element."""
    paneel.evaluate(ALLES_OPEN)
    uitslag = Axe().run(
        paneel.page, context=".impact-verkenner", options={"resultTypes": ["violations"]}
    )
    return [
        f"{fout['id']}: {fout['nodes'][0]['html'][:150]}" for fout in uitslag.response["violations"]
    ]


def test_een_schermlezer_vindt_geen_gebreken_in_licht_en_donker(paneel: Locator) -> None:
    begin(paneel)
    paneel.get_by_label("Vergelijk met scenario B").check()
    wacht_op_banden(paneel)
    assert gebreken(paneel) == []
    paneel.get_by_label("Vergelijk met scenario B").uncheck()
    wacht_op_banden(paneel)
    assert gebreken(paneel) == []

    pagina = paneel.page
    pagina.locator(".lm-MenuBar-itemLabel", has_text="Instellingen").click()
    pagina.locator(".lm-Menu-itemLabel", has_text=re.compile("^Thema$")).click()
    pagina.locator(".lm-Menu-itemLabel", has_text="JupyterLab Donker").click()
    pagina.locator('body[data-jp-theme-light="false"]').wait_for(
        timeout=GEDULD * MS, state="attached"
    )
    assert gebreken(paneel) == []
    assert paneel.evaluate("(paneel) => getComputedStyle(paneel).colorScheme") == "light"
