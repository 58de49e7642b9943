from __future__ import annotations

from pathlib import Path

import pytest

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import Instelling
from impact.reporting.rapport import Rapport, open_rapport
from impact.reporting.uitvoeren import maak_rapport

TREKKINGEN = 12
SCENARIO, REFERENTIE, GEMEENTE = "verbod_voorrang", "geldend_recht", "GM0088"


@pytest.fixture(scope="session")
def resultaten(resultatenmap: Path) -> Path:
    """Real results of one scenario and its reference, with few draws."""
    bereken([SCENARIO, REFERENTIE], instelling=Instelling(trekkingen=TREKKINGEN))
    return resultatenmap


@pytest.fixture(scope="session")
def rapport(resultaten: Path) -> Rapport:
    return open_rapport(SCENARIO, Instelling(trekkingen=TREKKINGEN))


@pytest.fixture(scope="session")
def paginas(resultaten: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One report of every kind, made by the whole road."""
    map_ = tmp_path_factory.mktemp("rapporten")
    vast = {"trekkingen": TREKKINGEN}
    soorten = {
        "toets": ("uitvoeringstoets", {"scenario": SCENARIO}),
        "referentie": ("uitvoeringstoets", {"scenario": REFERENTIE}),
        "blad": ("gemeenteblad", {"scenario": SCENARIO, "gemeente": GEMEENTE}),
    }
    for naam, (notebook, parameters) in soorten.items():
        maak_rapport(notebook, {**parameters, **vast}, map_ / f"{naam}.html")
    return {naam: (map_ / f"{naam}.html").read_text(encoding="utf-8") for naam in soorten}
