"""What executing a law asks: complete, sourced, and without invented articles."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from impact.analysis.volledigheid import ontbrekende_uitvoering
from impact.registry.laden import Register, laad_register
from impact.registry.uitvoeringsmodellen import Uitvoering
from tests.registry.boom import bericht, schrijf

MAP = Path(__file__).resolve().parents[2] / "parameters"
GOED = """taken:
  - taak: Woningen toewijzen
    wie: gemeente
    nu: De gemeente geeft voorrang.
    straks: De gemeente geeft geen voorrang.
    artikel: onbekend
    bron: vng_brief
    kwaliteit: oranje
voorbereiding:
  - stap: Regels aanpassen
    wie: gemeente
    maanden: 6
    laag: 3
    hoog: 12
    bron: vng_brief
    kwaliteit: oranje
"""


@pytest.fixture(scope="module")
def register() -> Register:
    return laad_register(MAP)


def test_elke_wet_heeft_taken_voor_de_uitvoering(register: Register) -> None:
    assert register.uitvoering.keys() == register.wetten.keys()
    for uitvoering in register.uitvoering.values():
        delen = {naam: deel for naam, deel in uitvoering if naam != "oordelen"}
        assert all(delen.values()), delen


def test_een_wet_zonder_uitvoering_wordt_gemeld(register: Register) -> None:
    over = {n: u for n, u in register.uitvoering.items() if n != "migratiepact"}
    assert ontbrekende_uitvoering(register) == []
    (probleem,) = ontbrekende_uitvoering(replace(register, uitvoering=over))
    assert "parameters/uitvoering/migratiepact.yaml" in str(probleem)


def test_geen_artikelnummer_dat_niet_bij_een_maatregel_staat(register: Register) -> None:
    grondslagen = [m.grondslag for m in register.maatregelen.values()]
    bekend = {f"{g.wet}, artikel {g.artikel}" for g in grondslagen}
    genoemd = {t.artikel for u in register.uitvoering.values() for t in u.taken}
    met_nummer = {artikel for artikel in genoemd if re.search(r"artikel \d", artikel)}
    assert met_nummer
    assert met_nummer <= bekend
    for artikel in genoemd - met_nummer:
        assert artikel.endswith("onbekend")


def test_een_eigen_oordeel_is_rood(register: Register) -> None:
    for uitvoering in register.uitvoering.values():
        for _, lijst in uitvoering:
            for feit in lijst:
                assert (feit.bron == "aanname_werkgroep") == (feit.kwaliteit == "rood")


@pytest.mark.parametrize(
    ("zoek", "wordt", "melding"),
    [
        ("bron: vng_brief", "bron: vng_brif", "onbekende bron 'vng_brif'"),
        ("bron: vng_brief", "bron: aanname_werkgroep", "de kwaliteit moet rood zijn"),
        ("laag: 3", "laag: 7", "klopt niet"),
        ("wie: gemeente", "wie: gemeenten", "bedoelde u 'gemeente'?"),
        ("    artikel: onbekend\n", "", "artikel"),
    ],
)
def test_een_fout_in_de_uitvoering(boom: Path, zoek: str, wordt: str, melding: str) -> None:
    (boom / "uitvoering").mkdir()
    pad = boom / "uitvoering" / "voorrang.yaml"
    schrijf(pad, GOED)
    assert bericht(boom) == ""
    schrijf(pad, GOED.replace(zoek, wordt, 1))
    assert "parameters/uitvoering/voorrang.yaml" in bericht(boom)
    assert melding in bericht(boom)


def test_een_onbekende_wet(boom: Path) -> None:
    (boom / "uitvoering").mkdir()
    schrijf(boom / "uitvoering" / "voorang.yaml", GOED)
    assert "bedoelde u 'voorrang'?" in bericht(boom)


def test_het_schema_vraagt_een_taak() -> None:
    with pytest.raises(ValueError, match="taken"):
        Uitvoering(taken=[])
