"""The charts of the explorer by themselves, in a real browser: other values, again and again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from impact.registry.laden import Register
from impact.werkbank.grafieken import specificaties, vega_bundel
from impact.werkbank.opbouw import domeinen, hexen
from impact.werkbank.paneel import script

JAREN = tuple(range(2026, 2036))
RIJEN = 350
MAAK = """async ([bron, spec, aantal]) => {
    const adres = URL.createObjectURL(new Blob([bron], { type: "text/javascript" }));
    const { Grafiek } = await import(adres);
    const grafiek = await new Grafiek(0, "proef").begin(impactVega, spec);
    document.body.append(grafiek.vak);
    window.view = grafiek.view;
    const rijen = (maal) => Array.from({ length: aantal }, (_, n) => (
        { jaar: String(2026 + n % 10), betaler: "Gemeenten", volgorde: n, waarde: n * maal }));
    window.zet = async (maal, eerste = aantal) => {
        const bedragen = rijen(maal).slice(0, eerste);
        await grafiek.zet({ bedragen, grens: [{ y: 0 }], nul: [{ y: 0 }] });
    };
    window.zetVaak = async (keren) => {
        for (let keer = 0; keer < keren; keer += 1) await zet(1 + keer % 5);
    };
}"""
WAARDEN = "view.data('bedragen').map((rij) => rij.waarde)"


@pytest.fixture
def pagina(browser: Browser, register: Register) -> Iterator[Page]:
    """Show the chart of euros."""
    nieuw = browser.new_page()
    nieuw.add_script_tag(content=vega_bundel().decode())
    spec = specificaties(JAREN, *domeinen(hexen(register)))["euro"]
    nieuw.evaluate(MAAK, [f"{script()}export {{ Grafiek }};", spec, RIJEN])
    yield nieuw
    nieuw.close()


def heap(cdp: CDPSession) -> float:
    """JavaScript heap after a collection, in MB."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    return float(cdp.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def test_een_grafiek_onthoudt_geen_oude_waarden(pagina: Page) -> None:
    """Vega keeps a trace of every row that was replaced: here that would be eight MB."""
    cdp = pagina.context.new_cdp_session(pagina)
    pagina.evaluate("zetVaak(100)")
    meldingen: list[str] = []
    pagina.on("console", lambda melding: meldingen.append(melding.text))
    eerst = heap(cdp)
    pagina.evaluate("zetVaak(1000)")
    assert heap(cdp) - eerst < 1.0
    assert meldingen == []


def test_een_grafiek_toont_de_laatste_waarden(pagina: Page) -> None:
    for maal in (1, 3):
        pagina.evaluate("zet", maal)
        assert pagina.evaluate(WAARDEN) == [maal * n for n in range(RIJEN)]
        # the last bar is the highest
        assert pagina.evaluate("view.scale('y').domain()[1]") >= maal * sum(range(9, RIJEN, 10))
    pagina.evaluate("zet(2, 10)")
    assert pagina.evaluate(WAARDEN) == [2 * n for n in range(10)]
