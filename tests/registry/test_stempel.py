"""Mistakes in parameters/stempels.yaml, and what the analyst then reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.boom import bericht, schrijf, vervang
from tests.registry.test_volgorde import UITKOMSTEN

STEMPEL = """
concept:
  uitkomsten: [gat]
  grens: {rood: 0.1, verouderd: 0.02}
  grens_zonder_analyse: {rood: 0.25, verouderd: 0.05}
  toelichting: Een keuze.
"""


@pytest.fixture
def met_stempel(boom: Path) -> Path:
    schrijf(boom / "uitkomsten.yaml", UITKOMSTEN)
    schrijf(boom / "stempels.yaml", STEMPEL)
    return boom


def test_een_goed_stempel_wordt_gelezen(met_stempel: Path) -> None:
    assert bericht(met_stempel) == ""


@pytest.mark.parametrize(
    ("zoek", "wordt", "verwacht"),
    [
        ("[gat]", "[gatt]", ["onbekende uitkomst 'gatt'", "'gat'?"]),
        ("[gat]", "[]", ["regel 3"]),
        ("verouderd: 0.02", "verouderd: 2", ["regel 4"]),
        ("rood: 0.25", "roodd: 0.25", ["'rood'?"]),
    ],
)
def test_een_vergissing_in_het_stempel(
    met_stempel: Path, zoek: str, wordt: str, verwacht: list[str]
) -> None:
    vervang(met_stempel / "stempels.yaml", zoek, wordt)
    melding = bericht(met_stempel)
    assert "parameters/stempels.yaml" in melding
    for deel in verwacht:
        assert deel in melding
