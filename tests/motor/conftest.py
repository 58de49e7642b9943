"""Run notebooks in a clean process, with our engine or with papermill's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

DIENST = Path(__file__).with_name("dienst.py")
Cel = str | tuple[str, ...]


@dataclass
class Antwoord:
    """What became of a notebook."""

    notebook: Any
    fout: str
    waarom_niet: str
    bestanden: int
    kinderen: int

    def uitvoer(self, nummer: int) -> list[Any]:
        """Outputs of a cell that the test wrote."""
        (cel,) = [c for c in self.notebook.cells if c.get("id") == f"cel-{nummer}"]
        return list(cel.outputs)

    def tekst(self, nummer: int, stroom: str = "stdout") -> str:
        """Everything that a cell wrote to a stream."""
        return "".join(u.text for u in self.uitvoer(nummer) if u.get("name") == stroom)

    @property
    def uitvoeren(self) -> list[Any]:
        """Outputs of all cells, without the markers that papermill adds to a failed notebook."""
        return [cel.outputs for cel in self.notebook.cells if cel.cell_type == "code"]


class Dienst:
    """The clean process."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self._proces = subprocess.Popen(
            [sys.executable, str(DIENST)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *cellen: Cel, motor: str | None = "impact", **keuze: Any) -> Antwoord:
        verzoek = {
            "cellen": [[cel] if isinstance(cel, str) else list(cel) for cel in cellen],
            "motor": motor,
            "keuze": keuze,
            "in": str(self.map / "in.ipynb"),
            "uit": str(self.map / "uit.ipynb"),
        }
        assert self._proces.stdin is not None
        assert self._proces.stdout is not None
        self._proces.stdin.write(json.dumps(verzoek) + "\n")
        self._proces.stdin.flush()
        antwoord = json.loads(self._proces.stdout.readline())
        return Antwoord(**{**antwoord, "notebook": nbformat.from_dict(antwoord["notebook"])})

    def sluit(self) -> None:
        """End the process."""
        self._proces.communicate()


@pytest.fixture(scope="module")
def draai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """Run cells as a notebook: ``draai("1 + 1", ("1 / 0", "raises-exception"))``."""
    dienst = Dienst(tmp_path_factory.mktemp("notebooks"))
    yield dienst
    dienst.sluit()
