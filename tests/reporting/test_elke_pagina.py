"""Every kind of report of every shipped scenario: on screen, on paper and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.reporting.analyses import analyses_van, is_stapel, is_variant, open_analyse
from impact.reporting.opdrachten import opdrachten
from impact.reporting.rapport import lees_register
from tests.reporting.hier import html_hier
from tests.reporting.keuring import fouten_van_vnu, problemen_van

REGISTER = lees_register()
GEMEENTEN = {
    "GM0088": "Schiermonnikoog",
    "GM0363": "Amsterdam",
    "GM0344": "Utrecht",
    "GM0014": "Groningen",
    "GM1895": "Oldambt",
    "GM0093": "Terschelling",
    "GM0736": "De Ronde Venen",
    "GM0988": "Weert",
    "GM0335": "Montfoort",
    "GM0114": "Emmen",
}
KEUZE = list(zip(REGISTER.scenarios, cycle(GEMEENTEN), strict=False))
GROOTSTE = {"kamerbrief": 300_000, "uitvoeringstoets": 2_000_000}
GROOTSTE_BLAD = 250_000
TREKKINGEN, TREKKINGEN_STAPEL = 4, 2


@pytest.fixture(scope="module")
def resultaten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give results of this module a folder of their own."""
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("IMPACT_RESULTATEN", str(tmp_path_factory.mktemp("resultaten")))
        yield


def trekkingen_van(scenario: str) -> int:
    """Few draws: the form of a page hardly follows them; a stack is slow."""
    return TREKKINGEN_STAPEL if is_stapel(REGISTER, scenario) else TREKKINGEN


def maak_rapporten(scenario: str, gemeente: str, map_: Path) -> list[Path]:
    """Make the reports of a scenario; in this process, so that 22 scenarios share the imports."""
    trekkingen = trekkingen_van(scenario)
    referentie = REGISTER.scenario(scenario).referentie
    instelling = Instelling(trekkingen=trekkingen)
    bereken([naam for naam in (scenario, referentie) if naam], REGISTER, instelling)
    with ThreadPoolExecutor(1) as hier:
        for naam in analyses_van(REGISTER, scenario):
            open_analyse(REGISTER, scenario, naam, trekkingen, hier)
    brieven = [scenario] if is_variant(REGISTER, scenario) else []
    lijst = opdrachten([scenario], [gemeente], map_, trekkingen, brieven)
    for opdracht in lijst:
        opdracht.doel.parent.mkdir(parents=True, exist_ok=True)
        html = html_hier(opdracht.notebook, dict(opdracht.parameters))
        opdracht.doel.write_text(html, encoding="utf-8")
    return [opdracht.doel for opdracht in lijst]


def test_tien_gemeenten_met_de_kleinste_en_de_grootste() -> None:
    inwoners = REGISTER.gemeenten["inwoners_recent_2026"]
    assert {inwoners.idxmin(), inwoners.idxmax()} <= set(GEMEENTEN)
    assert {gemeente for _, gemeente in KEUZE} == set(GEMEENTEN)
    assert REGISTER.gemeenten.loc[list(GEMEENTEN), "gemeentenaam"].to_dict() == GEMEENTEN


@pytest.mark.usefixtures("resultaten")
@pytest.mark.parametrize(("scenario", "gemeente"), KEUZE)
def test_elke_pagina(browser: Browser, scenario: str, gemeente: str, tmp_path: Path) -> None:
    bestanden = maak_rapporten(scenario, gemeente, tmp_path)
    for bestand in bestanden:
        assert bestand.stat().st_size <= GROOTSTE.get(bestand.stem, GROOTSTE_BLAD), bestand.name
    problemen = [p for bestand in bestanden for p in problemen_van(browser, bestand, tmp_path)]
    assert problemen + fouten_van_vnu(bestanden) == []
