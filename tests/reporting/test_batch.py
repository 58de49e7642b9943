"""A batch goes on after a failure and says what happened."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from impact.reporting import batch
from impact.reporting.batch import Opdracht, Uitslag, maak_alle, opdrachten
from impact.reporting.uitvoeren import NotebookFout


def test_rapport_per_scenario_en_blad_per_gemeente(tmp_path: Path) -> None:
    lijst = opdrachten(["a", "b"], ["GM0001", "GM0002"], tmp_path, 10)
    assert [o.doel.relative_to(tmp_path).as_posix() for o in lijst] == [
        "a/uitvoeringstoets.html",
        "a/gemeenten/GM0001.html",
        "a/gemeenten/GM0002.html",
        "b/uitvoeringstoets.html",
        "b/gemeenten/GM0001.html",
        "b/gemeenten/GM0002.html",
    ]
    assert lijst[1].naam == "gemeenteblad a GM0001"
    assert {o.parameters["trekkingen"] for o in lijst} == {10}


@pytest.fixture
def nep_rapport(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-in that writes a file, or fails for scenario 'fout' and 'schijf'."""

    def maak(notebook: str, parameters: dict[str, str], doel: Path) -> None:
        if parameters["scenario"] == "fout":
            raise NotebookFout("cel 3: KeyError: 'x'", doel.with_suffix(".mislukt.ipynb"), 3)
        if parameters["scenario"] == "schijf":
            raise PermissionError(13, "Permission denied")
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_text("klaar", encoding="utf-8")

    monkeypatch.setattr(batch, "maak_rapport", maak)
    monkeypatch.setattr(batch, "maak_bijlagen", lambda opdracht: None)


@pytest.mark.usefixtures("nep_rapport")
def test_een_fout_houdt_de_andere_niet_tegen(tmp_path: Path) -> None:
    lijst = opdrachten(["goed", "fout", "schijf", "ook_goed"], [], tmp_path, 10)
    gemeld: list[Uitslag] = []
    with ThreadPoolExecutor(2) as uitvoerder:
        uitslagen = maak_alle(lijst, uitvoerder, gemeld.append)
    assert [uitslag.opdracht for uitslag in uitslagen] == lijst
    assert [uitslag.gelukt for uitslag in uitslagen] == [True, False, False, True]
    assert "KeyError" in uitslagen[1].melding
    assert uitslagen[1].bewaard == lijst[1].doel.with_suffix(".mislukt.ipynb")
    assert "Permission denied" in uitslagen[2].melding
    assert len(gemeld) == 4
    assert lijst[3].doel.read_text(encoding="utf-8") == "klaar"


def sterf(_: Opdracht) -> Uitslag:
    """Kill the worker."""
    os._exit(9)


def test_een_gedood_proces_wordt_een_melding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "voer_uit", sterf)
    uitvoerder: Executor = ProcessPoolExecutor(1)
    with uitvoerder:
        (uitslag,) = maak_alle(opdrachten(["a"], [], tmp_path, 10), uitvoerder)
    assert not uitslag.gelukt
    assert "afgebroken" in uitslag.melding
