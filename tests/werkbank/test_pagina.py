"""The explorer in a page without a notebook around it and without a kernel."""

from __future__ import annotations

from playwright.sync_api import Browser

from impact.werkbank import Verkenner
from impact.werkbank.grafieken import KLEUREN
from impact.werkbank.opbouw import opbouw
from impact.werkbank.verkenner import STATISCH

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
    bron = (STATISCH / "verkenner.js").read_text(encoding="utf-8")
    pagina.evaluate(TOON, [bron, bericht])
    vak = pagina.locator(".vk-lijf").bounding_box()
    pagina.close()
    assert vak is not None
    assert 800 < vak["height"] < 900
