"""Rules between values, dates and files; broken entries do not bring false alarms with them."""

from __future__ import annotations

import json
import pickle
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from impact.registry.jsonschema import schemas
from impact.registry.problemen import Probleem, RegisterFout
from tests.registry.boom import GEVALLEN, bericht, cellen, gemeente, schrijf, vervang

REGELS: list[dict[str, Any]] = yaml.safe_load(
    (GEVALLEN / "regels.yaml").read_text(encoding="utf-8")
)
FOUTEN: list[dict[str, Any]] = yaml.safe_load(
    (GEVALLEN / "fouten.yaml").read_text(encoding="utf-8")
)
ENGELS = ("should", "Input", "Value error", "found", "expected", "String", "List")
EEN_FOUT = [
    fout
    for fout in FOUTEN
    if fout["geval"]
    not in (
        "een tikfout in een sleutel",
        "een parameter staat in twee bestanden",
        "een parameter die het model niet kent",
        "een gemeente die op de kaart ontbreekt",
        "een gemeente zonder inwoners",
        "een code die geen gemeentecode is",
        "een gemeente staat er twee keer",
    )
]


@pytest.mark.parametrize("geval", REGELS, ids=[regel["geval"] for regel in REGELS])
def test_regel_wordt_bewaakt(boom: Path, geval: dict[str, Any]) -> None:
    vervang(boom / geval["bestand"], geval["zoek"], geval["wordt"])
    melding = bericht(boom)
    for deel in geval["bericht"]:
        assert deel in melding


@pytest.mark.parametrize("geval", EEN_FOUT, ids=[fout["geval"] for fout in EEN_FOUT])
def test_een_fout_geeft_een_probleem(boom: Path, geval: dict[str, Any]) -> None:
    vervang(boom / geval["bestand"], geval["zoek"], geval["wordt"])
    assert bericht(boom).endswith("\n1 probleem; er is niets berekend.")


@pytest.mark.parametrize("geval", [*FOUTEN, *REGELS], ids=lambda geval: geval["geval"])
def test_geen_engels_in_een_bericht(boom: Path, geval: dict[str, Any]) -> None:
    vervang(boom / geval["bestand"], geval["zoek"], geval["wordt"])
    melding = bericht(boom)
    assert not [woord for woord in ENGELS if woord in melding]


def test_een_onleesbaar_bestand_met_bronnen_geeft_een_probleem(boom: Path) -> None:
    (boom / "bronnen.yaml").write_bytes(b"\xff")
    assert bericht(boom).endswith("\n1 probleem; er is niets berekend.")


def test_fouten_in_een_kapotte_wet_verbergen_elkaar_niet(boom: Path) -> None:
    wet = boom / "wetten" / "voorrang.yaml"
    vervang(wet, "naam: Wet", "nam: Wet")
    vervang(wet, "parameter: kosten_opvang", "parameter: kosten_opvag")
    vervang(wet, "stand: aangenomen, bron: vng_brief", "stand: aangenomen, bron: vng_brif")
    melding = bericht(boom)
    assert "regel 27: onbekende parameter 'kosten_opvag'\n  bedoelde u 'kosten_opvang'?" in melding
    assert "regel 13: onbekende bron 'vng_brif'\n  bedoelde u 'vng_brief'?" in melding
    assert melding.endswith("4 problemen; er is niets berekend.")


def test_een_onbruikbaar_getal_verbergt_de_rest_van_het_bestand_niet(boom: Path) -> None:
    vervang(boom / "aannames" / "wonen.yaml", "midden: 0.07", "midden: 1e400")
    vervang(boom / "aannames" / "wonen.yaml", "rol: hefboom", "rol: hefbom")
    melding = bericht(boom)
    assert "regel 6: '1e400' is te groot" in melding
    assert "regel 21: 'rol: hefbom' kan niet" in melding
    assert melding.endswith("2 problemen; er is niets berekend.")


def test_twee_maatregelen_vervangen_dezelfde_parameter(boom: Path) -> None:
    tekst = (boom / "wetten" / "voorrang.yaml").read_text(encoding="utf-8")
    for naam in ("geen_voorrang", "duurdere_opvang", "strafbaar"):
        tekst = tekst.replace(f"  {naam}:", f"  {naam}_2:")
    schrijf(boom / "wetten" / "zelfde.yaml", tekst)
    vervang(
        boom / "scenarios" / "verbod.yaml",
        "  - {maatregel: geen_voorrang, vanaf: 2026-II}",
        "  - {maatregel: geen_voorrang, vanaf: 2026-II}\n"
        "  - {maatregel: geen_voorrang_2, vanaf: 2029-I}",
    )
    assert (
        "verbod.yaml, regel 10: 'geen_voorrang' en 'geen_voorrang_2' vervangen allebei "
        "'aandeel_met_voorrang' in 2029-II"
    ) in bericht(boom)


def test_een_gemeente_die_overal_ontbreekt(boom: Path) -> None:
    vervang(boom / "gemeenten" / "gemeenten.csv", "\n" + gemeente(7), "")
    vervang(boom / "gemeenten" / "hexkaart.json", json.dumps(cellen()[7]) + ", ", "")
    assert "gemeenten.csv: heeft 341 gemeenten; het moeten er 342 zijn" in bericht(boom)


def test_een_kaart_die_te_diep_is_genest(boom: Path) -> None:
    schrijf(boom / "gemeenten" / "hexkaart.json", '{"cellen": ' + "[" * 100_000)
    assert "hexkaart.json: moet JSON zijn" in bericht(boom)


def test_een_reeks_met_een_veld_zonder_einde(boom: Path) -> None:
    pad = boom / "historie" / "opvang.csv"
    schrijf(pad, pad.read_text(encoding="utf-8") + 'a,2019,1,,,"' + "x" * 200_000 + "\n")
    assert "parameters/historie/opvang.csv, regel 10: is geen geldige CSV" in bericht(boom)


def test_een_toelichting_van_twee_regels_in_een_reeks(boom: Path) -> None:
    vervang(boom / "historie" / "opvang.csv", "Rond, maar", "Rond,\nmaar")
    assert bericht(boom) == ""
    vervang(boom / "historie" / "opvang.csv", "gehuisvest,2019-I,6000", "gehuisvest,2019-I,x")
    assert "opvang.csv, regel 6: 'waarde: x' is geen getal" in bericht(boom)


@pytest.mark.parametrize("naam", ["aannames/x.yml", "wetten/x.YAML", "historie/x.xlsx"])
def test_een_bestand_dat_niet_wordt_gelezen_wordt_gemeld(boom: Path, naam: str) -> None:
    schrijf(boom / naam, "x: 1\n")
    assert f"parameters/{naam}: wordt niet gelezen; geef het bestand de extensie" in bericht(boom)


def test_veel_onbekende_namen_bij_veel_bekende_blijft_snel(boom: Path) -> None:
    bron = "\n  titel: T\n  uitgever: U\n  soort: aanname\n  datum: onbekend\n  url: null\n"
    namen = "".join(f"bron_nummer_{n}:{bron}  geraadpleegd: 2026-01-01\n" for n in range(1_500))
    pad = boom / "bronnen.yaml"
    schrijf(pad, pad.read_text(encoding="utf-8") + namen)
    waarde = "vanaf: 2019-I, midden: 0, vindplaats: y, kwaliteit: groen"
    regels = "".join(f"    - {{bron: bron_numer_{n}, {waarde}}}\n" for n in range(2_000))
    vervang(
        boom / "aannames" / "geld.yaml",
        "lvv_plaatsen:\n",
        f"x:\n  waarden:\n{regels}lvv_plaatsen:\n",
    )
    begin = time.process_time()
    melding = bericht(boom)
    assert time.process_time() - begin < 10
    assert "bedoelde u 'bron_nummer_1499'?" in melding


def test_het_bericht_overleeft_een_ander_proces() -> None:
    fout = RegisterFout([Probleem("a", 1, "b"), Probleem("c", 0, "d")])
    terug = pickle.loads(pickle.dumps(fout))
    assert str(terug) == str(fout)
    assert terug.problemen == fout.problemen


def test_een_editor_vraagt_niet_om_wat_vanzelf_wordt_ingevuld() -> None:
    assert "verdeling" not in schemas()["aannames"]["$defs"]["Waarde"]["required"]
    assert "wet" not in schemas()["wet"]["$defs"]["Maatregel"]["properties"]
