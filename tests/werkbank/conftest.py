from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.werkbank import Verkenner


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
