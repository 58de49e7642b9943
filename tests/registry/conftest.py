"""A valid folder of parameters for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.boom import maak_boom


@pytest.fixture
def boom(tmp_path: Path) -> Path:
    """Folder of parameters that is valid and may be broken."""
    return maak_boom(tmp_path)
