"""Charts that answer to the mouse: they say what stands in the table; without script they stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from playwright.sync_api import Browser, Locator, Page

from impact.cli.rapport import kies_rapporten
from impact.reporting.figuur import FiguurFout, specificaties, teken, uitgesteld
from impact.reporting.levend import met_legenda, som_van
from impact.reporting.rapport import lees_register
from impact.reporting.uitvoeren import maak_rapport
from tests.reporting import keuring
from tests.reporting.conftest import GEMEENTE, SCENARIO, TREKKINGEN
from tests.reporting.test_browser import open_pagina

GROOTSTE = 2_000_000
ZONDER_REGEL = ("figuur-paren", "figuur-model")
"""Charts with the figures in them, or with a table that is built differently."""
ALLES_LEVEND = """async () => {
    for (const figuur of document.querySelectorAll('.figuur')) {
        figuur.scrollIntoView({block: 'center', behavior: 'instant'});
        while (!figuur.dataset.levend) await new Promise(klaar => setTimeout(klaar, 20));
    }
    return document.querySelectorAll('.figuur').length;
}"""
IN_BEELD = """figuur => new Promise(klaar => {
    figuur.scrollIntoView({block: 'center', behavior: 'instant'});
    requestAnimationFrame(() => requestAnimationFrame(klaar));
})"""  # the scrolling hides what stood under the mouse, a frame later
MIDDENS = """figuur =>
    [...figuur.querySelectorAll('.levend :is(.mark-rect, .mark-symbol) path')]
    .filter(deel => deel.closest('.role-mark'))
    .map(deel => deel.getBoundingClientRect())
    .filter(vak => vak.width > 1 && vak.height > 1)
    .map(vak => [vak.x + vak.width / 2, vak.y + vak.height / 2])"""
ONDER = """([x, y, veld]) => {
    const item = document.elementFromPoint(x, y)?.__data__;
    const waarde = item?.datum?.[veld];
    return waarde === undefined ? null : [waarde].flat().join(' ').replace(/[\\s|]+/g, ' ').trim();
}"""
STAVEN = {
    "figuur-kaart-lasten": "gemeente",
    "figuur-betalers-nl": "jaar",
    "figuur-groepen-provincie": "groep",
}
"""Charts in which every mark has its own row, with the field that names it."""
AANWIJZING = """() => {
    const vak = document.querySelector('.aanwijzing');
    return vak.hidden ? '' : vak.innerText;
}"""
TABEL = """figuur => [...figuur.querySelectorAll('details tbody tr')].map(rij =>
    [...rij.cells].map(cel => [...cel.childNodes].map(deel => deel.textContent.trim())))"""


@pytest.fixture(scope="module")
def bestand(resultaten: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("levend") / "toets.html"
    keuze = {"scenario": SCENARIO, "trekkingen": TREKKINGEN, "interactief": True}
    maak_rapport("uitvoeringstoets", keuze, pad)
    return pad


@pytest.fixture(scope="module")
def pagina(browser: Browser, bestand: Path) -> Iterator[Page]:
    """The page with all its charts alive; it asked for nothing and logged nothing."""
    pagina, gevraagd, gemeld = open_pagina(browser, bestand, 1280)
    assert pagina.evaluate(ALLES_LEVEND) > 10
    yield pagina
    assert gevraagd == [bestand.as_uri()]
    assert gemeld == []
    pagina.close()


def test_onder_de_muis_staat_een_regel_van_de_tabel(pagina: Page) -> None:
    for figuur in pagina.locator(".figuur").all():
        naam = str(figuur.get_attribute("id"))
        if naam.startswith(ZONDER_REGEL):
            continue
        figuur.evaluate(IN_BEELD)
        gezien = beweeg_over(pagina, figuur)
        assert gezien, f"{naam}: nergens een aanwijzing"
        rijen = {rij[0][0]: rij[1:] for rij in figuur.evaluate(TABEL)}
        for kop, *regels in gezien:
            woorden = [deel for cel in rijen[kop] for deel in cel if deel]
            tekst = "\n".join(regels)
            assert all(woord in tekst for woord in woorden), (naam, kop)


def beweeg_over(pagina: Page, figuur: Locator) -> list[list[str]]:
    """Lines that appear while the mouse goes over the marks, or from left to right."""
    punten = figuur.evaluate(MIDDENS)[:25]
    vak = figuur.locator(".levend svg").bounding_box()
    assert vak is not None
    breedte, hoogte = vak["width"], vak["height"]
    punten += [
        [vak["x"] + breedte * x / 100, vak["y"] + hoogte * y / 100]
        for x in range(10, 80, 12)
        for y in range(10, 95, 6)
    ]
    gezien = set()
    for x, y in punten:
        pagina.mouse.move(x, y)
        gezien.add(pagina.evaluate(AANWIJZING))
    return [tekst.split("\n") for tekst in gezien - {""}]


@pytest.mark.parametrize(("naam", "veld"), STAVEN.items())
def test_de_regel_is_die_van_wat_onder_de_muis_ligt(pagina: Page, naam: str, veld: str) -> None:
    figuur = pagina.locator(f"#{naam}")
    figuur.evaluate(IN_BEELD)
    namen = set()
    for x, y in figuur.evaluate(MIDDENS)[::3]:
        pagina.mouse.move(x, y)
        eigen = pagina.evaluate(ONDER, [x, y, veld])
        if eigen is not None:
            namen.add(eigen)
            assert pagina.evaluate(AANWIJZING).split("\n")[0] == eigen
    assert len(namen) > 3


def test_een_lijn_geeft_het_halfjaar_onder_de_muis(pagina: Page) -> None:
    figuur = pagina.locator("#figuur-waaier-nl-achterstand")
    figuur.evaluate(IN_BEELD)
    halfjaren = [kop for kop, *_ in sorted(beweeg_over(pagina, figuur))]
    assert len(halfjaren) == len(set(halfjaren)) > 4
    assert all(re.fullmatch(r"20\d\d-II?", halfjaar) for halfjaar in halfjaren)


def test_een_naam_in_de_legenda_licht_zijn_staven_uit(pagina: Page) -> None:
    figuur = pagina.locator("#figuur-betalers-nl")
    figuur.evaluate(IN_BEELD)
    zwak = "f => f.querySelectorAll('.levend .mark-rect.role-mark path[opacity=\"0.15\"]').length"
    assert figuur.evaluate(zwak) == 0
    figuur.locator(".levend .role-legend-entry text").first.click(force=True)
    pagina.wait_for_function(f"({zwak})(document.querySelector('#figuur-betalers-nl')) > 0")


def test_escape_verbergt_de_aanwijzing(pagina: Page) -> None:
    figuur = pagina.locator("#figuur-kaart-lasten")
    figuur.evaluate(IN_BEELD)
    x, y = figuur.evaluate(MIDDENS)[100]
    pagina.mouse.move(x, y)
    assert pagina.evaluate(AANWIJZING)
    pagina.keyboard.press("Escape")
    assert not pagina.evaluate(AANWIJZING)


def test_zonder_script_staan_de_vaste_figuren_er(
    browser: Browser, bestand: Path, paginas: dict[str, str]
) -> None:
    met_script = bestand.read_text(encoding="utf-8")
    figuur = re.compile(r"<svg.*?</svg>", re.DOTALL)
    assert figuur.findall(met_script) == figuur.findall(paginas["toets"])
    ruimte = browser.new_context(java_script_enabled=False)
    pagina = ruimte.new_page()
    pagina.goto(bestand.as_uri())
    assert pagina.locator(".figuur svg").first.is_visible()
    assert not pagina.locator(".levenduitleg").is_visible()
    ruimte.close()


def test_een_vreemd_script_mag_niet(bestand: Path, browser: Browser) -> None:
    vreemd = bestand.with_name("vreemd.html")
    tekst = bestand.read_text(encoding="utf-8")
    vreemd.write_text(tekst.replace("</footer>", "</footer><script>window.vreemd = 1</script>"))
    ander = browser.new_page()
    ander.goto(vreemd.as_uri())
    assert ander.evaluate("window.vreemd") is None
    ander.close()


def test_op_papier_staan_de_vaste_figuren(pagina: Page) -> None:
    pagina.emulate_media(media="print")
    levend = pagina.locator(".levend").first
    assert not levend.is_visible()
    vast = pagina.locator(".beeld > svg").first.bounding_box()
    assert vast is not None
    assert vast["width"] > 200
    pagina.emulate_media(media="screen")


def test_het_bestand_voldoet(pagina: Page, bestand: Path) -> None:
    assert bestand.stat().st_size < GROOTSTE
    assert "unsafe-eval" not in bestand.read_text(encoding="utf-8")
    assert keuring.problemen_op_scherm(pagina, bestand, bestand.parent) == []
    assert keuring.problemen_op_papier(pagina, bestand, bestand.parent) == []
    assert keuring.fouten_van_vnu([bestand]) == []


def test_twee_figuren_met_een_naam_zijn_een_fout() -> None:
    with uitgesteld():
        een = teken({"mark": "bar"}, "wet a", "Titel", "Beschrijving")
        ander = teken({"mark": "line"}, "wet-a", "Titel", "Beschrijving")
    assert set(specificaties(een + een)) == {"figuur-wet-a"}
    with pytest.raises(FiguurFout, match="wet-a"):
        specificaties(een + ander)


def test_alleen_het_volledige_rapport_wordt_levend(tmp_path: Path) -> None:
    lijst = kies_rapporten(lees_register(), [SCENARIO], [GEMEENTE], tmp_path, 8, "nl", True)
    levend = [o.notebook for o in lijst if o.parameters.get("interactief")]
    assert levend == ["uitvoeringstoets"]
    with pytest.raises(click.UsageError, match="interactief"):
        kies_rapporten(lees_register(), [SCENARIO], [], tmp_path, 8, "en", True)


def test_een_legenda_wordt_een_keuze_en_de_rest_blijft() -> None:
    kleur = {"field": "betaler", "type": "nominal"}
    spec = {
        "layer": [
            {"mark": {"type": "bar", "opacity": 0.8}, "encoding": {"color": kleur}},
            {"mark": "rule", "encoding": {"color": {**kleur, "legend": None}}},
            {"mark": "line", "encoding": {"color": kleur, "opacity": {"value": 0.5}}},
        ]
    }
    staaf, streep, lijn = met_legenda(spec)["layer"]
    assert staaf["encoding"]["opacity"]["condition"]["value"] == 0.8
    assert staaf["params"][0]["bind"] == "legend"
    assert streep == spec["layer"][1]
    assert lijn == spec["layer"][2]
    assert "opacity" not in spec["layer"][0]["encoding"]


def test_de_som_van_een_script_is_die_van_de_standaard() -> None:
    """The example of the CSP specification."""
    assert som_van("alert('Hello, world.');") == (
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    )
