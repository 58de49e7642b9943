"""A copy of the parameters that may be written in, and the empty forms for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from impact.inwinnen.formulier import als_formulier
from impact.inwinnen.inlezen import maak_vormen
from impact.inwinnen.vorm import BLAD, CEL_AFZENDER, CEL_INGEVULD, EERSTE_RIJ, Vorm, cel
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register

PEILDATUM = date(2026, 11, 21)
CODE = "GM0344"
Invuller = Callable[..., Path]


@pytest.fixture(scope="session")
def register(wortel: Path) -> Register:
    return laad_register(
        wortel / "parameters", PEILDATUM, parameters_model=PARAMETEREENHEDEN
    ).zonder_eigen()


@pytest.fixture
def eigen_map(wortel: Path, tmp_path: Path) -> Path:
    """Folder of parameters without own figures."""
    map_ = tmp_path / "parameters"
    shutil.copytree(wortel / "parameters", map_, ignore=shutil.ignore_patterns("eigen", ".*"))
    return map_


@pytest.fixture
def eigen_register(eigen_map: Path) -> Register:
    return laad(eigen_map)


def laad(map_: Path) -> Register:
    return laad_register(map_, PEILDATUM, parameters_model=PARAMETEREENHEDEN)


@pytest.fixture(scope="session")
def vormen(register: Register) -> dict[str, Vorm]:
    return maak_vormen(register)


@pytest.fixture
def vul_in(vormen: dict[str, Vorm], tmp_path: Path) -> Invuller:
    """Fill in a form: a line per question, and other cells by their address."""

    def invullen(
        naam: str = "antwoord.xlsx", code: str = CODE, anders: Any = None, **antwoorden: object
    ) -> Path:
        pad = tmp_path / naam
        pad.write_bytes(als_formulier(vormen[code]))
        werkmap = openpyxl.load_workbook(pad)
        vel = werkmap[BLAD]
        vel[CEL_AFZENDER], vel[CEL_INGEVULD] = "Afdeling wonen", date(2026, 11, 1)
        for vraag, waarde in antwoorden.items():
            rij = rij_van(vormen[code], vraag)
            vel[cel("midden", rij)] = waarde
            vel[cel("datum", rij)] = date(2026, 1, 1)
            vel[cel("herkomst", rij)] = "Eigen registratie"
        if anders is not None:
            anders(vel)
        werkmap.save(pad)
        return pad

    return invullen


def rij_van(vorm: Vorm, vraag: str) -> int:
    """Row of a question."""
    return EERSTE_RIJ + [regel.naam for regel in vorm.regels].index(vraag)
