"""The explorer in a page without a notebook around it and without a kernel."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from impact.werkbank import Verkenner
from impact.werkbank.grafieken import KLEUREN
from impact.werkbank.opbouw import opbouw
from impact.werkbank.paneel import MODULES, STATISCH, script

TOON = """async ([bron, bericht]) => {
    const adres = URL.createObjectURL(new Blob([bron], { type: "text/javascript" }));
    const { default: { render } } = await import(adres);
    const el = document.body.appendChild(document.createElement("div"));
    const model = { on: (_, luister) => luister(bericht), off: () => {}, send: () => {} };
    render({ model, el });
}"""


def test_in_een_pagina_hoger_dan_het_scherm_past_de_verkenner_op_het_scherm(
    browser: Browser, verkenner: Verkenner
) -> None:
    """VS Code shows the outputs of a notebook in one page that is as high as the whole notebook."""
    pagina = browser.new_page(
        viewport={"width": 1400, "height": 9000}, screen={"width": 1400, "height": 1000}
    )
    pagina.add_style_tag(content=(STATISCH / "verkenner.css").read_text(encoding="utf-8"))
    bericht = {
        "soort": "opbouw",
        "opbouw": opbouw(verkenner.register, verkenner.rekenaar.perioden),
        "kleuren": KLEUREN,
        "stand": verkenner.stand(),
    }
    pagina.evaluate(TOON, [script(), bericht])
    vak = pagina.locator(".vk-lijf").bounding_box()
    pagina.close()
    assert vak is not None
    assert 800 < vak["height"] < 900


def test_elke_module_gaat_naar_de_browser() -> None:
    assert sorted(MODULES) == sorted(pad.stem for pad in STATISCH.glob("*.js"))
    assert "import" not in re.findall(r"^\w+", script(), re.MULTILINE)
