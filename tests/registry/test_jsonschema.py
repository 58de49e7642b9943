"""The schemas that an editor reads: fresh, strict, and right about every shipped file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from impact.registry.jsonschema import NAMEN, namen, schemas
from impact.registry.laden import laad_register
from impact.registry.yaml_lezen import lees_yaml

MAPPEN = {"wetten": "wet", "uitvoering": "uitvoering", "scenarios": "scenario"}


@pytest.fixture(scope="module")
def bewaard(wortel: Path) -> dict[str, Any]:
    paden = (wortel / "parameters" / ".schemas").glob("*.json")
    return {pad.stem: json.loads(pad.read_text(encoding="utf-8")) for pad in paden}


@pytest.fixture(scope="module")
def keurders(bewaard: dict[str, Any]) -> dict[str, Draft202012Validator]:
    bronnen: Registry[Any] = Registry().with_resources(
        (f"{naam}.json", Resource.from_contents(schema)) for naam, schema in bewaard.items()
    )
    return {naam: Draft202012Validator(s, registry=bronnen) for naam, s in bewaard.items()}


def lees(pad: Path) -> Any:
    inhoud, problemen = lees_yaml(pad, pad.name)
    assert problemen == []
    return inhoud.gegevens


def test_meegeleverde_schemas_zijn_bij(wortel: Path, bewaard: dict[str, Any]) -> None:
    verwacht = {**schemas(), NAMEN: namen(laad_register(wortel / "parameters"))}
    oud = {naam for naam in verwacht | bewaard if bewaard.get(naam) != verwacht.get(naam)}
    assert oud == set(), "voer 'impact check' uit en neem parameters/.schemas mee"


@pytest.mark.parametrize(("map_", "soort"), [*MAPPEN.items(), ("aannames", "aannames")])
def test_elk_meegeleverd_bestand_past_op_zijn_schema(
    wortel: Path, keurders: dict[str, Draft202012Validator], map_: str, soort: str
) -> None:
    paden = sorted((wortel / "parameters" / map_).glob("*.yaml"))
    assert paden
    fouten = [f"{p.name}: {f.message}" for p in paden for f in keurders[soort].iter_errors(lees(p))]
    assert fouten == []


def test_een_schema_vult_namen_aan_en_legt_ze_uit(bewaard: dict[str, Any]) -> None:
    parameter = bewaard["wet"]["$defs"]["Verandering"]["properties"]["parameter"]
    assert parameter["anyOf"][0] == {"$ref": "namen.json#/$defs/parameter"}
    assert parameter["description"].endswith("parameters/aannames.")
    lijst = bewaard["namen"]["$defs"]["parameter"]
    plek = lijst["enum"].index("aandeel_met_voorrang")
    assert lijst["enumDescriptions"][plek].endswith("Eenheid: aandeel.")
    assert set(bewaard["namen"]["$defs"]["referentie"]["enum"]) == {"geldend_recht", "recht_2025"}


def test_een_schema_ziet_fouten_maar_geen_fout_in_een_nieuwe_naam(
    wortel: Path, keurders: dict[str, Draft202012Validator]
) -> None:
    scenario = lees(wortel / "parameters" / "scenarios" / "verbod_voorrang.yaml")
    scenario["maatregelen"][0]["maatregel"] = "net_bedacht"
    assert list(keurders["scenario"].iter_errors(scenario)) == []
    scenario["maatregelen"][0]["vanaf"] = "2027-III"
    scenario["sort"] = "variant"
    meldingen = " ".join(fout.message for fout in keurders["scenario"].iter_errors(scenario))
    assert "2027-III" in meldingen
    assert "sort" in meldingen


def test_de_editor_weet_bij_elk_bestand_welk_schema_erbij_hoort(
    wortel: Path, bewaard: dict[str, Any]
) -> None:
    instelling = json.loads((wortel / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    gekoppeld = {Path(pad).stem for pad in instelling["yaml.schemas"]}
    assert gekoppeld == set(bewaard) - {NAMEN}
