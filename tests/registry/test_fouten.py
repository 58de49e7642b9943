"""Mistakes of an analyst, and what the analyst then reads (tests/gevallen/registry/fouten.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.registry.boom import GEVALLEN, bericht, vervang

FOUTEN: list[dict[str, Any]] = yaml.safe_load(
    (GEVALLEN / "fouten.yaml").read_text(encoding="utf-8")
)


def test_de_map_van_de_tests_klopt(boom: Path) -> None:
    assert bericht(boom) == ""


@pytest.mark.parametrize("geval", FOUTEN, ids=[fout["geval"] for fout in FOUTEN])
def test_fout_wordt_gemeld(boom: Path, geval: dict[str, Any]) -> None:
    vervang(boom / geval["bestand"], geval["zoek"], geval["wordt"])
    melding = bericht(boom)
    for deel in geval["bericht"]:
        assert deel in melding
    assert melding.endswith("er is niets berekend.")


def test_alle_problemen_van_alle_bestanden_in_een_bericht(boom: Path) -> None:
    for fout in (
        ("bronnen.yaml", "uitgever: CBS", "uitgeefer: CBS"),
        ("aannames/wonen.yaml", "rol: hefboom", "rol: hefbom"),
        ("aannames/geld.yaml", "laag: 450", "laag: 501"),
        ("wetten/voorrang.yaml", "eenheid: factor", "eenheid: euro"),
        ("scenarios/verbod.yaml", "vanaf: 2026-II", "vanaf: 2026-3"),
        ("historie/opvang.csv", "2019-II", "2019-IV"),
        ("gemeenten/hexkaart.json", "GM1009", "GM9009"),
        ("kostensoorten.yaml", "kwaliteit: oranje", "kwaliteit: goed"),
    ):
        vervang(boom / fout[0], fout[1], fout[2])
    melding = bericht(boom)
    for deel in (
        "parameters/bronnen.yaml, regel 4: onbekende sleutel 'uitgeefer'",
        "parameters/aannames/wonen.yaml, regel 21: 'rol: hefbom' kan niet",
        "parameters/aannames/geld.yaml, regel 33",
        "parameters/wetten/voorrang.yaml, regel 30: bewerking 'maal'",
        "parameters/scenarios/verbod.yaml, regel 10",
        "parameters/historie/opvang.csv, regel 6: 'moment: 2019-IV'",
        "gemeente 'GM1009' staat alleen in gemeenten.csv",
        "parameters/kostensoorten.yaml, regel 5: 'kwaliteit: goed' kan niet",
    ):
        assert deel in melding


def test_een_maatregel_in_twee_wetten(boom: Path) -> None:
    tekst = (boom / "wetten" / "voorrang.yaml").read_text(encoding="utf-8")
    (boom / "wetten" / "zelfde.yaml").write_text(tekst, encoding="utf-8")
    melding = bericht(boom)
    assert "parameters/wetten/zelfde.yaml, regel 8: maatregel 'geen_voorrang'" in melding
    assert "staat ook in wet 'voorrang'" in melding
    assert melding.endswith("3 problemen; er is niets berekend.")


def test_referenties_die_rondlopen(boom: Path) -> None:
    vervang(boom / "scenarios" / "recht_2025.yaml", "referentie: null", "referentie: recht_2025")
    assert "recht_2025.yaml, regel 3: de referenties lopen rond" in bericht(boom)
