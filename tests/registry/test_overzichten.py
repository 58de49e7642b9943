"""The assumption log, the coverage table and the schemas for editors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from impact.registry.aannamelijst import aannamelijst
from impact.registry.dekking import dekkingstabel
from impact.registry.jsonschema import schemas, schrijf_schemas
from impact.registry.laden import laad_register
from tests.registry.boom import PEILDATUM, laad

KOLOMMEN = {
    "sleutel",
    "soort",
    "id",
    "omschrijving",
    "eenheid",
    "vanaf",
    "midden",
    "laag",
    "hoog",
    "verdeling",
    "bron",
    "bron_titel",
    "bron_uitgever",
    "bron_datum",
    "bron_url",
    "vindplaats",
    "kwaliteit",
    "geldig_tot",
    "verouderd",
    "rol",
    "toelichting",
    "bestand",
    "regel",
}


def test_elke_waarde_staat_in_de_aannamelijst(boom: Path) -> None:
    lijst = aannamelijst(laad(boom))
    assert set(lijst.columns) >= KOLOMMEN
    assert lijst["soort"].value_counts().to_dict() == {
        "historie": 8,
        "parameter": 8,
        "maatregel": 2,
    }
    assert lijst[["bron", "bron_titel", "vindplaats", "kwaliteit"]].notna().all(axis=None)


def test_een_rij_van_de_aannamelijst(boom: Path) -> None:
    lijst = aannamelijst(laad(boom))
    rij = lijst[(lijst["id"] == "mutatiegraad") & (lijst["vanaf"] == "2019-I")].iloc[0]
    assert rij["sleutel"] == "aanname-mutatiegraad"
    assert (rij["laag"], rij["midden"], rij["hoog"]) == (0.065, 0.07, 0.0735)
    assert (rij["bron"], rij["bron_uitgever"], rij["bron_datum"]) == ("cbs_voorraad", "CBS", "2024")
    assert (rij["bestand"], rij["regel"]) == ("parameters/aannames/wonen.yaml", 5)


def test_de_naam_van_de_gemeente_staat_bij_haar_waarde(boom: Path) -> None:
    lijst = aannamelijst(laad(boom))
    rij = lijst[(lijst["id"] == "lvv_plaatsen") & (lijst["midden"] == 500)].iloc[0]
    assert "Plaats 1" in rij["omschrijving"]


@pytest.mark.parametrize(
    ("scenario", "maatregelen"),
    [
        ("recht_2025", {"duurdere_opvang": "2026-I"}),
        ("verbod", {"duurdere_opvang": "2026-I", "geen_voorrang": "2026-II"}),
    ],
)
def test_alleen_de_maatregelen_van_een_scenario_en_zijn_referentie(
    boom: Path, scenario: str, maatregelen: dict[str, str]
) -> None:
    lijst = aannamelijst(laad(boom), scenario)
    rijen = lijst[lijst["soort"] == "maatregel"]
    assert dict(zip(rijen["id"], rijen["vanaf"], strict=True)) == maatregelen


@pytest.mark.parametrize(
    ("peildatum", "verouderd"), [(date(2027, 12, 31), 0), (date(2028, 1, 1), 1)]
)
def test_verouderd_na_de_laatste_dag(boom: Path, peildatum: date, verouderd: int) -> None:
    register = laad_register(boom, peildatum)
    assert aannamelijst(register)["verouderd"].sum() == verouderd
    assert dekkingstabel(register).loc["totaal", "verouderd"] == verouderd


def test_dekking_telt_alle_waarden_een_keer(boom: Path) -> None:
    register = laad_register(boom, PEILDATUM)
    tabel = dekkingstabel(register)
    assert list(tabel.columns) == ["groen", "oranje", "rood", "totaal", "verouderd"]
    assert tabel.loc["totaal", "totaal"] == len(aannamelijst(register)) == 18
    assert tabel.loc["aanname"].to_dict() == {
        "groen": 0,
        "oranje": 0,
        "rood": 2,
        "totaal": 2,
        "verouderd": 0,
    }
    assert (tabel[["groen", "oranje", "rood"]].sum(axis=1) == tabel["totaal"]).all()
    assert (tabel.drop("totaal").sum() == tabel.loc["totaal"]).all()


def test_schemas_worden_geschreven_als_json(tmp_path: Path, boom: Path) -> None:
    register = laad_register(boom, PEILDATUM)
    paden = schrijf_schemas(tmp_path / "a" / ".schemas", register)
    assert {pad.stem for pad in paden} == {*schemas(), "namen"}
    for pad in paden:
        schema = json.loads(pad.read_text(encoding="utf-8"))
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["title"]
    eerste = {pad: pad.read_bytes() for pad in paden}
    nog_eens = schrijf_schemas(tmp_path / "a" / ".schemas", register)
    assert {pad: pad.read_bytes() for pad in nog_eens} == eerste


@pytest.mark.parametrize("naam", sorted(schemas()))
def test_een_schema_weigert_onbekende_sleutels(naam: str) -> None:
    schema = schemas()[naam]
    modellen = [*schema.get("$defs", {}).values(), *([schema] if "properties" in schema else [])]
    assert modellen
    assert all(model["additionalProperties"] is False for model in modellen)


def alle_keuzes(schema: Any) -> list[list[str]]:
    if isinstance(schema, list):
        return [keuze for deel in schema for keuze in alle_keuzes(deel)]
    if not isinstance(schema, dict):
        return []
    eigen = [schema["enum"]] if isinstance(schema.get("enum"), list) else []
    return eigen + [keuze for deel in schema.values() for keuze in alle_keuzes(deel)]


def test_een_editor_kan_eenheden_en_kwaliteiten_aanvullen() -> None:
    keuzes = alle_keuzes(schemas()["aannames"])
    assert ["groen", "oranje", "rood"] in keuzes
    assert any("euro per plaats per jaar" in keuze for keuze in keuzes)
    assert ["vervang", "maal", "plus"] in alle_keuzes(schemas()["wet"])
