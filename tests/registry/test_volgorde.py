"""Mistakes in parameters/volgorde.yaml, and what the analyst then reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.registry.laden import laad_register
from tests.registry.boom import bericht, schrijf, vervang

UITKOMSTEN = """
gat:
  titel: Wat gemeenten meer kwijt zijn
  grootheid: netto_lasten_gemeente
  betaler: gemeente
  maat: verschil
  samenvatting: per_jaar
  van: 2026-I
  tot: 2030-II
  toelichting: Gemiddeld per jaar.
piek:
  titel: Hoogste tekort
  grootheid: fte_tekort
  maat: verschil
  samenvatting: hoogste
  van: 2026-I
  tot: 2030-II
  toelichting: Hoogste in een halfjaar.
"""
VOLGORDE = """
standaard:
  titel: Volgorde
  gat: gat
  wachtrij: gat
  fte: piek
  duren: [2, 4]
  alle_volgordes_tot: 4
  steekproef: 3
  zekerheid: 0.5
  grenzen:
    - titel: Mensen
      uitkomst: piek
      grens: {midden: 75, bron: aanname_werkgroep, vindplaats: geen, kwaliteit: rood}
      toelichting: Een keuze.
  alternatief: {titel: helpen, wetten: [voorrang]}
  intrekking: {titel: afschaffen, wetten: [spreiding]}
  toelichting: Een proef.
"""


@pytest.fixture
def met_volgorde(boom: Path) -> Path:
    schrijf(boom / "uitkomsten.yaml", UITKOMSTEN)
    wet = (boom / "wetten" / "voorrang.yaml").read_text(encoding="utf-8")
    kop, _ = wet.split("maatregelen:\n", 1)
    schrijf(boom / "wetten" / "spreiding.yaml", f"{kop}maatregelen: {{}}\n")
    schrijf(boom / "volgorde.yaml", VOLGORDE)
    return boom


def test_een_goede_volgorde_wordt_gelezen(met_volgorde: Path) -> None:
    assert bericht(met_volgorde) == ""


@pytest.mark.parametrize(
    ("zoek", "wordt", "verwacht"),
    [
        ("wachtrij: gat", "wachtrij: gatt", ["regel 5: onbekende uitkomst 'gatt'", "'gat'?"]),
        ("      uitkomst: piek", "      uitkomst: piik", ["regel 13: onbekende uitkomst 'piik'"]),
        ("wetten: [voorrang]", "wetten: [vorrang]", ["onbekende wet 'vorrang'", "'voorrang'?"]),
        ("wetten: [spreiding]", "wetten: [voorrang]", ["wet staat in allebei de groepen"]),
        ("gat: gat", "gat: piek", ["'gat' vraagt om een verschil dat optelt over wetten"]),
        ("duren: [2, 4]", "duren: [4, 2]", ["'duren' moet oplopen"]),
        ("duren: [2, 4]", "duren: [3]", ["'duren' telt halfjaren en vraagt om hele jaren"]),
        ("kwaliteit: rood", "kwaliteit: groen", ["is een schatting; de kwaliteit moet rood"]),
        ("bron: aanname_werkgroep", "bron: onbekend", ["onbekende bron 'onbekend'"]),
        ("zekerheid: 0.5", "zekerheid: 1.5", ["'zekerheid: 1.5' kan niet"]),
        ("steekproef: 3", "steekproeff: 3", ["bedoelde u 'steekproef'?"]),
    ],
)
def test_een_vergissing_in_de_volgorde(
    met_volgorde: Path, zoek: str, wordt: str, verwacht: list[str]
) -> None:
    vervang(met_volgorde / "volgorde.yaml", zoek, wordt)
    melding = bericht(met_volgorde)
    assert "parameters/volgorde.yaml" in melding
    for deel in verwacht:
        assert deel in melding
    assert "Input" not in melding


def test_zonder_het_bestand_is_het_een_probleem(boom: Path) -> None:
    (boom / "volgorde.yaml").unlink()
    assert "parameters/volgorde.yaml: ontbreekt" in bericht(boom)


def test_elke_grens_en_groep_van_de_meegeleverde_volgorde_heeft_uitleg(wortel: Path) -> None:
    register = laad_register(wortel / "parameters")
    for opzet in register.volgordes.values():
        assert opzet.gat in opzet.uitkomsten
        assert opzet.uitkomsten == list(dict.fromkeys(opzet.uitkomsten))
        assert all(len(grens.toelichting) > 60 for grens in opzet.grenzen)
