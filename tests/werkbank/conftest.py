from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.werkbank import Verkenner
from impact.werkbank.lab import labopdracht
from tests.werkbank.labserver import Lab, server, vrije_poort, werkmap, zet_trekkingen


@pytest.fixture(scope="session")
def register(wortel: Path) -> Register:
    return laad_register(wortel / "parameters", parameters_model=PARAMETEREENHEDEN)


@pytest.fixture
def kopie(tmp_path: Path, wortel: Path) -> Register:
    """The shipped parameters in a folder that a test may change."""
    shutil.copytree(wortel / "parameters", tmp_path / "parameters")
    return laad_register(tmp_path / "parameters", parameters_model=PARAMETEREENHEDEN)


@pytest.fixture
def verkenner(register: Register) -> Verkenner:
    return Verkenner(trekkingen=6, register=register)


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory, wortel: Path) -> Path:
    """What an analyst changes, as a copy, with few draws."""
    kopie = werkmap(wortel, tmp_path_factory.mktemp("werkmap"))
    zet_trekkingen(kopie)
    return kopie


@pytest.fixture(scope="module")
def lab(map_: Path) -> Iterator[Lab]:
    poort = vrije_poort()
    opdracht = [*labopdracht(map_, poort, browser=False), "--allow-root"]
    with server(opdracht, poort, map_, map_ / "lab.txt") as adres:
        yield Lab(adres, map_)


@pytest.fixture
def venster(browser: Browser) -> Iterator[BrowserContext]:
    nieuw = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield nieuw
    nieuw.close()
