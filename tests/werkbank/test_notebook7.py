"""The explorer in a real Notebook 7."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from impact.werkbank.lab import VERKENNING
from tests.werkbank.labserver import (
    GEDULD,
    HUUR,
    MS,
    TOKEN,
    Bewaker,
    Lab,
    cellen_gedraaid,
    server,
    verkenner,
    verschuif,
    vrije_poort,
    wacht_op_banden,
)

STATUS = "jp-NotebookKernelStatus"
VAN_NOTEBOOK = "Cannot read properties of undefined (reading 'schema')"
"""A mistake of Notebook 7.6 in its own start, with any notebook."""


@pytest.fixture(scope="module")
def notebook(map_: Path) -> Iterator[Lab]:
    poort = vrije_poort()
    opdracht = [
        *(sys.executable, "-m", "notebook", "--no-browser", "--allow-root"),
        f"--ServerApp.root_dir={map_}",
        f"--ServerApp.port={poort}",
    ]
    with server(opdracht, poort, map_, map_ / "notebook.txt") as adres:
        yield Lab(adres, map_)


def voer_alles_uit(pagina: Page, adres: str) -> None:
    pagina.goto(f"{adres}/notebooks/{VERKENNING}?token={TOKEN}")
    pagina.locator(".jp-CodeCell").first.wait_for(timeout=GEDULD * MS)
    pagina.locator(f".{STATUS}-fade:not(.{STATUS}-info)").wait_for(
        timeout=GEDULD * MS, state="attached"
    )
    pagina.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    pagina.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()


def test_verkennen_in_notebook_7(notebook: Lab, venster: BrowserContext) -> None:
    bewaker, pagina = Bewaker(venster), venster.new_page()
    voer_alles_uit(pagina, notebook.adres)
    paneel = verkenner(pagina)
    assert cellen_gedraaid(pagina) == (2, "")

    cijfer = paneel.locator(".vk-vak-voorraad .vk-lees").first
    eerst = cijfer.inner_text()
    verschuif(paneel)
    expect(cijfer).not_to_have_text(eerst)
    verschoven = cijfer.inner_text()
    paneel.get_by_label(HUUR).uncheck()
    wacht_op_banden(paneel)
    expect(cijfer).not_to_have_text(verschoven)
    assert bewaker.buiten == []
    assert [fout for fout in bewaker.fouten if fout != VAN_NOTEBOOK] == []
