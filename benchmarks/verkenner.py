"""The explorer in a real browser: how long from a moved slider to charts that are drawn.

    python benchmarks/verkenner.py [--bewegingen 200] [--lang 1000] [--trekkingen 50]

Starts a real JupyterLab and a headless Chromium, runs ``notebooks/verkenning.ipynb``, and moves the
slider of an assumption that changes the whole chain. From the input event to the end of the run of
every Vega view it measures

- the middle draw of all 342 municipalities: median (below 150 ms) and 95th percentile (below 400);
- the bands of all draws: median (below 1,000 ms after the slider stopped);
- the same while dragging without a pause, where what is overtaken is skipped;
- growth of the JavaScript heap and of the memory of the kernel during ``--lang`` moves. Both are
  looked at every 50 moves, with bands and stacking shown and after collections that leave nothing
  to collect; the growth is that of the line through all those points.

Ends with exit code 1 when a limit is not met. The limits of time hold for a machine with nothing
else to do; the first line tells how busy it was.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(WORTEL))

from playwright.sync_api import (  # noqa: E402
    CDPSession,
    ElementHandle,
    Locator,
    Page,
    sync_playwright,
)

from impact.werkbank.lab import VERKENNING, labopdracht  # noqa: E402
from tests.conftest import _open_browser  # noqa: E402
from tests.werkbank.labserver import (  # noqa: E402
    AANNAME,
    GEDULD,
    MS,
    open_notebook,
    server,
    verkenner,
    vrije_poort,
    wacht_op_banden,
    werkmap,
    zet_trekkingen,
)

MEDIAAN, P95, BANDEN = 150.0, 400.0, 1000.0
GROEI = 0.02
"""Share that heap or kernel may grow in all long moves: compiled code, no data."""
PEILING = 50
"""Moves between two looks at the memory."""
METER = """() => {
    window.gemeten = { midden: [], banden: [] };
    new PerformanceObserver((lijst) => {
        for (const m of lijst.getEntries()) {
            window.gemeten[m.name.split(':')[1]]?.push(m.duration);
        }
    }).observe({ entryTypes: ['measure'] });
}"""
BEWEEG = """(invoer, waarde) => new Promise((klaar) => {
    const begin = window.gemeten.midden.length;
    invoer.value = waarde;
    invoer.dispatchEvent(new Event('input', { bubbles: true }));
    invoer.dispatchEvent(new Event('change', { bubbles: true }));
    const kijk = () => window.gemeten.midden.length > begin ? klaar() : setTimeout(kijk, 2);
    kijk();
})"""
SLEEP = """(invoer, [aantal, van, tot]) => new Promise((klaar) => {
    let n = 0;
    const stap = () => {
        invoer.value = van + (tot - van) * (0.5 + 0.5 * Math.sin(n / 9));
        invoer.dispatchEvent(new Event('input', { bubbles: true }));
        if (++n < aantal) requestAnimationFrame(stap);
        else { invoer.dispatchEvent(new Event('change', { bubbles: true })); klaar(); }
    };
    stap();
})"""


def percentiel(tijden: Sequence[float], deel: float) -> float:
    """Value below which a share of the times lies."""
    return sorted(tijden)[min(len(tijden) - 1, int(deel * len(tijden)))]


def geheugen(cdp: CDPSession, kernel: int) -> tuple[float, float]:
    """JavaScript heap after collections, and memory of the kernel, in MB."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    heap = cdp.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    regels = Path(f"/proc/{kernel}/status").read_text().splitlines()
    rss = next(int(regel.split()[1]) for regel in regels if regel.startswith("VmRSS"))
    return heap, rss / 1000


def groei(peilingen: Sequence[float]) -> float:
    """Growth from the first to the last point along the line that fits all, as a share."""
    lijn = statistics.linear_regression(range(len(peilingen)), peilingen)
    return lijn.slope * (len(peilingen) - 1) / peilingen[0]


def kernelproces(server_pid: int) -> int:
    """Process of the kernel: the child of the server that runs ipykernel."""
    for pad in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            opdracht = pad.read_bytes().split(b"\0")
            ouder = int((pad.parent / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if ouder == server_pid and b"ipykernel_launcher" in opdracht:
            return int(pad.parent.name)
    raise RuntimeError("de kernel is niet gevonden")


def serverproces(poort: int) -> int:
    """Process of JupyterLab: the child of this process with the port in its command."""
    for pad in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--ServerApp.port={poort}".encode() in pad.read_bytes().split(b"\0"):
                return int(pad.parent.name)
        except OSError:
            continue
    raise RuntimeError("de server is niet gevonden")


def uiteinden(schuif: ElementHandle) -> tuple[float, float]:
    """Lowest and highest value of the slider."""
    return float(schuif.get_attribute("min") or 0), float(schuif.get_attribute("max") or 0)


def beweeg(schuif: ElementHandle, aantal: int) -> None:
    """Move the slider to and fro, each time after the charts have been drawn."""
    van, tot = uiteinden(schuif)
    for n in range(aantal):
        waarde = van + (tot - van) * ((n * 37) % 101) / 101
        schuif.evaluate(BEWEEG, f"{waarde:.4f}")


def meet(pagina: Page, adres: str, poort: int, opties: argparse.Namespace) -> bool:
    """Measure everything; tells whether the limits were met."""
    open_notebook(pagina, adres, VERKENNING)
    paneel = verkenner(pagina)
    paneel.get_by_label("Zoek een aanname").fill(AANNAME)
    # the element itself: looking it up anew for every move would take time of the page
    schuif = paneel.get_by_label(f"{AANNAME}, schuif").element_handle(timeout=GEDULD * MS)
    pagina.evaluate(METER)
    tijdig = meet_tijden(paneel, schuif, opties)
    kernel = kernelproces(serverproces(poort))
    return meet_geheugen(paneel, schuif, kernel, opties.lang) and tijdig


def meet_tijden(paneel: Locator, schuif: ElementHandle, opties: argparse.Namespace) -> bool:
    """Measure and print how long charts take; tells whether the limits were met."""
    pagina, (van, tot) = paneel.page, uiteinden(schuif)
    beweeg(schuif, 20)
    pagina.evaluate("window.gemeten.midden.length = window.gemeten.banden.length = 0")
    beweeg(schuif, opties.bewegingen)
    midden = pagina.evaluate("window.gemeten.midden")
    banden = []
    for n in range(20):
        schuif.evaluate(BEWEEG, f"{van + (tot - van) * (n + 0.37) / 21:.4f}")
        wacht_op_banden(paneel)
        banden.append(pagina.evaluate("window.gemeten.banden.at(-1)"))
    pagina.evaluate("window.gemeten.midden.length = 0")
    schuif.evaluate(SLEEP, [300, van, tot])
    wacht_op_banden(paneel)
    slepen = pagina.evaluate("window.gemeten.midden")
    print(
        f"middelste trekking, {len(midden)} bewegingen: mediaan {statistics.median(midden):.0f} ms"
        f" (grens {MEDIAAN:.0f}), 95% {percentiel(midden, 0.95):.0f} ms (grens {P95:.0f}),"
        f" grootste {max(midden):.0f} ms"
    )
    print(
        f"banden van {opties.trekkingen} trekkingen: mediaan {statistics.median(banden):.0f} ms"
        f" (grens {BANDEN:.0f}), 95% {percentiel(banden, 0.95):.0f} ms"
    )
    print(
        f"slepen zonder rust, 300 standen: {len(slepen)} keer getekend, mediaan "
        f"{statistics.median(slepen):.0f} ms, 95% {percentiel(slepen, 0.95):.0f} ms"
    )
    return (
        statistics.median(midden) < MEDIAAN
        and percentiel(midden, 0.95) < P95
        and statistics.median(banden) < BANDEN
    )


def meet_geheugen(paneel: Locator, schuif: ElementHandle, kernel: int, aantal: int) -> bool:
    """Measure and print what a long session keeps; tells whether it stays the same."""
    keren = max(1, math.ceil(aantal / PEILING))
    cdp = paneel.page.context.new_cdp_session(paneel.page)
    peilingen = [geheugen(cdp, kernel)]
    for _ in range(keren):
        beweeg(schuif, PEILING)
        wacht_op_banden(paneel)
        peilingen.append(geheugen(cdp, kernel))
    print(
        f"geheugen, {keren * PEILING} bewegingen, elke {PEILING} gepeild (grens {GROEI:.0%} groei):"
    )
    gelijk = True
    for naam, reeks in zip(("JavaScript", "kernel"), zip(*peilingen, strict=True), strict=True):
        gelijk &= groei(reeks) < GROEI
        print(
            f"  {naam}: groei {groei(reeks):.1%}; begin {reeks[0]:.1f}, kleinste {min(reeks):.1f}, "
            f"grootste {max(reeks):.1f}, einde {reeks[-1]:.1f} MB"
        )
    return gelijk


def main() -> int:
    """Start everything and measure."""
    keuzes = argparse.ArgumentParser(description=__doc__)
    keuzes.add_argument("--bewegingen", type=int, default=200)
    keuzes.add_argument("--lang", type=int, default=1000)
    keuzes.add_argument("--trekkingen", type=int, default=50)
    opties = keuzes.parse_args()
    print(f"ander werk op de machine: {os.getloadavg()[0]:.1f} processen, {os.cpu_count()} kernen")
    os.environ["PYTHONPATH"] = str(WORTEL)
    poort = vrije_poort()
    with tempfile.TemporaryDirectory() as tijdelijk, sync_playwright() as playwright:
        map_ = werkmap(WORTEL, Path(tijdelijk))
        zet_trekkingen(map_, opties.trekkingen)
        opdracht = [*labopdracht(map_, poort, browser=False), "--allow-root"]
        with server(opdracht, poort, map_, map_ / "log.txt") as adres:
            browser = _open_browser(playwright)
            pagina = browser.new_page(viewport={"width": 1400, "height": 1000})
            gelukt = meet(pagina, adres, poort, opties)
            browser.close()
    print("gehaald" if gelukt else "NIET gehaald")
    return 0 if gelukt else 1


if __name__ == "__main__":
    sys.exit(main())
