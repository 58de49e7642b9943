"""The workbench in a real JupyterLab and a real Voila, in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.model.grootheden import GROOTHEDEN
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.reporting.getallen import Band
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import cel, verschilcel
from impact.werkbank.lab import VERKENNING, voilaopdracht
from impact.werkbank.opbouw import domeinen, hexen
from tests.werkbank.labserver import (
    GEDULD,
    HUUR,
    MS,
    TREKKINGEN,
    Bewaker,
    Lab,
    cellen_gedraaid,
    open_notebook,
    server,
    verkenner,
    verschuif,
    vrije_poort,
    wacht_op_banden,
)

WORTEL = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    pad.relative_to(WORTEL).as_posix()
    for pad in WORTEL.glob("notebooks/**/*.ipynb")
    if ".ipynb_checkpoints" not in pad.parts
)
GEMEENTE = "GM0988"


def klik_op_kaart(pagina: Page, paneel: Locator, register: Register, code: str) -> None:
    """Click the hexagon of a municipality."""
    cellen = hexen(register)
    breed, hoog = domeinen(cellen)
    kaart = paneel.get_by_label("Kaart", exact=True).locator("canvas").first
    kaart.scroll_into_view_if_needed()
    vak = kaart.bounding_box()
    assert vak is not None
    x = (float(cellen.loc[code, "x"]) - breed[0]) / (breed[1] - breed[0])
    y = (float(cellen.loc[code, "y"]) - hoog[0]) / (hoog[1] - hoog[0])
    pagina.mouse.click(vak["x"] + x * vak["width"], vak["y"] + y * vak["height"])


def getoonde_tabel(paneel: Locator) -> list[list[str]]:
    """Cells of the table behind a chart, row by row."""
    return [
        [re.sub(r"\s+", " ", cel).strip() for cel in rij.locator("td").all_inner_texts()]
        for rij in paneel.locator(".vk-tabel tbody tr").all()
    ]


def tabel_van_run(map_: Path, naam: str, grootheid: str, browser: Browser) -> list[list[str]]:
    """The same table from the stored result of `impact run`, in the words of the reports."""
    register = laad_register(map_ / "parameters", parameters_model=PARAMETEREENHEDEN)
    gemaakt = bereken([naam, "geldend_recht"], register, Instelling(trekkingen=TREKKINGEN))
    rapport = Rapport(register, naam, gemaakt[naam], gemaakt["geldend_recht"])
    eenheid = GROOTHEDEN[grootheid].eenheid
    rijen = []
    for rij in rapport.reeks(grootheid, GEMEENTE, "gemeente").to_dict("records"):
        band, zonder, verschil = (
            Band(
                *(float(rij[f"{rol}{kant}"]) for kant in ("midden", "laag", "hoog")), eenheid, True
            )
            for rol in ("", "zonder_", "verschil_")
        )
        rijen.append([cel(band), cel(zonder), verschilcel(verschil, bool(rij["richting_onzeker"]))])
    pagina = browser.new_page()
    pagina.set_content(
        "<style>.band,.onzeker{display:block}</style><table>"
        + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in rij)}</tr>" for rij in rijen)
        + "</table>"
    )
    tekst = [
        [re.sub(r"\s+", " ", c).strip() for c in rij.locator("td").all_inner_texts()]
        for rij in pagina.locator("tr").all()
    ]
    pagina.close()
    return tekst


def test_verkennen_in_jupyterlab(lab: Lab, venster: BrowserContext, browser: Browser) -> None:
    """From opening to report: what is shown is what `impact run` gives for the same choices."""
    bewaker, pagina = Bewaker(venster), venster.new_page()
    register = laad_register(lab.map / "parameters", parameters_model=PARAMETEREENHEDEN)
    open_notebook(pagina, lab.adres, VERKENNING)
    paneel = verkenner(pagina)
    assert cellen_gedraaid(pagina) == (2, "")

    klik_op_kaart(pagina, paneel, register, GEMEENTE)
    expect(paneel.get_by_label("Welk gebied")).to_have_value(GEMEENTE)
    wacht_op_banden(paneel)
    expect(paneel.get_by_role("status").first).to_contain_text("Weert: gemiddelde en band")

    paneel.get_by_label(HUUR).uncheck()
    wacht_op_banden(paneel)
    paneel.get_by_role("button", name="Ongedaan maken").click()
    wacht_op_banden(paneel)
    expect(paneel.get_by_label(HUUR)).to_be_checked()
    paneel.get_by_role("button", name="Opnieuw").click()
    wacht_op_banden(paneel)
    expect(paneel.get_by_label(HUUR)).not_to_be_checked()
    paneel.get_by_role("button", name="Ongedaan maken").click()
    wacht_op_banden(paneel)

    verschuif(paneel)
    bewaar(paneel)
    pad = lab.map / "parameters" / "scenarios" / "proef_in_lab.yaml"
    assert "parameter: kans_zonder_voorrang" in pad.read_text(encoding="utf-8")

    paneel.get_by_text("De cijfers in een tabel").click()
    getoond = getoonde_tabel(paneel)
    voer_uit(lab.map, "run", "proef_in_lab", "--trekkingen", str(TREKKINGEN))
    verwacht = tabel_van_run(lab.map, "proef_in_lab", "statushouders_in_coa", browser)
    # with a context of its own a report shows the reference without its band
    kolommen = [[rij[0], rij[2]] for rij in getoond]
    assert kolommen == [[rij[0], rij[2]] for rij in verwacht]
    assert len(getoond) == 20

    paneel.get_by_role("button", name="Maak het rapport").click()
    melding = paneel.locator(".vk-bewaren [role=status]").last
    expect(melding).to_contain_text("Begin hier:", timeout=2 * GEDULD * MS)
    assert (lab.map / "reports" / "verkenning" / "proef_in_lab" / "kamerbrief.html").is_file()
    assert (bewaker.buiten, bewaker.fouten) == ([], [])


def bewaar(paneel: Locator) -> None:
    """Save, first under a name that is taken."""
    paneel.get_by_text("Bewaren en rapport").click()
    paneel.get_by_label("Titel").fill("Proef in het lab")
    paneel.get_by_label("Toelichting").fill("Een proef met een andere kans.")
    paneel.get_by_label("Naam van het bestand").fill("verbod_voorrang")
    paneel.get_by_role("button", name="Bewaar als scenario").click()
    expect(paneel.locator(".vk-status")).to_contain_text("bestaat al")
    paneel.get_by_label("Naam van het bestand").fill("proef_in_lab")
    paneel.get_by_role("button", name="Bewaar als scenario").click()
    expect(paneel.locator(".vk-status")).to_contain_text(
        "Bewaard: parameters/scenarios/proef_in_lab.yaml", timeout=GEDULD * MS
    )


def voer_uit(map_: Path, *argumenten: str) -> None:
    """Run a command of the workbench on the copy."""
    subprocess.run(
        [sys.executable, "-m", "impact", *argumenten],
        env={**os.environ, "IMPACT_PARAMETERS": str(map_ / "parameters")},
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("pad", [p for p in NOTEBOOKS if p != VERKENNING])
def test_elk_notebook_draait(lab: Lab, venster: BrowserContext, pad: str) -> None:
    register = laad_register(lab.map / "parameters", parameters_model=PARAMETEREENHEDEN)
    bereken(["verbod_voorrang", "geldend_recht"], register, Instelling(trekkingen=TREKKINGEN))
    bewaker, pagina = Bewaker(venster), venster.new_page()
    open_notebook(pagina, lab.adres, pad)
    aantal, fouten = cellen_gedraaid(pagina)
    assert aantal > 0
    assert fouten == ""
    assert pagina.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert (bewaker.buiten, bewaker.fouten) == ([], [])


def test_twee_bezoekers_van_voila_zitten_elkaar_niet_in_de_weg(
    map_: Path, browser: Browser
) -> None:
    poort = vrije_poort()
    opdracht = voilaopdracht(map_, poort, browser=False)
    with server(opdracht, poort, map_, map_ / "voila.txt") as adres:
        vensters = [browser.new_context() for _ in range(2)]
        bewakers = [Bewaker(venster) for venster in vensters]
        paginas = [venster.new_page() for venster in vensters]
        for pagina in paginas:
            pagina.goto(adres, wait_until="commit")
        een, ander = (verkenner(pagina) for pagina in paginas)
        een.get_by_label(HUUR).uncheck()
        wacht_op_banden(een)
        ander.get_by_label("Gebied", exact=True).select_option("provincie")
        wacht_op_banden(ander)
        expect(ander.get_by_label(HUUR)).to_be_checked()
        expect(een.get_by_label(HUUR)).not_to_be_checked()
        expect(een.get_by_label("Gebied", exact=True)).to_have_value("nationaal")
        assert [b.buiten for b in bewakers] == [[], []]
        for venster in vensters:
            venster.close()
