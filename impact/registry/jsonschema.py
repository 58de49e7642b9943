"""JSON Schemas of the parameter files, so that an editor completes and checks while typing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from impact.registry.eigenmodellen import Eigenopgave, Eigenvraag
from impact.registry.laden import Register
from impact.registry.modellen import (
    Bron,
    Kolom,
    Kostensoort,
    Parameter,
    Scenario,
    Wet,
)
from impact.registry.schattingmodellen import Buitenschatting, Vergelijkingsgrens
from impact.registry.schemateksten import SLEUTELUITLEG
from impact.registry.stempelmodellen import Stempel
from impact.registry.uitkomstmodellen import Conclusie, Uitkomst
from impact.registry.uitvoeringsmodellen import Toets, Uitvoering
from impact.registry.verversmodel import Verversing
from impact.registry.volgordemodel import Volgorde

SCHEMAS: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "bronnen": ("Alle bronnen, elk een keer", TypeAdapter(dict[str, Bron])),
    "aannames": ("Aannames van het model", TypeAdapter(dict[str, Parameter])),
    "kostensoorten": ("Kostensoorten en taakvelden", TypeAdapter(dict[str, Kostensoort])),
    "uitkomsten": ("Uitkomsten met een naam", TypeAdapter(dict[str, Uitkomst])),
    "conclusies": ("Wat er over een uitkomst gezegd wordt", TypeAdapter(dict[str, Conclusie])),
    "oordeel": ("Regels voor het oordeel over een wet", TypeAdapter(dict[str, Toets])),
    "uitvoering": ("Wat de uitvoering van een wet vraagt", TypeAdapter(Uitvoering)),
    "buitenschattingen": ("Wat anderen schatten", TypeAdapter(dict[str, Buitenschatting])),
    "vergelijkingsgrenzen": (
        "Wanneer een verschil met een ander uitleg nodig heeft",
        TypeAdapter(dict[str, Vergelijkingsgrens]),
    ),
    "volgorde": ("Waarop volgordes worden beoordeeld", TypeAdapter(dict[str, Volgorde])),
    "stempels": ("Wanneer een rapport een stempel krijgt", TypeAdapter(dict[str, Stempel])),
    "herkomst": ("Herkomst van de gemeentecijfers", TypeAdapter(dict[str, Kolom])),
    "eigen_cijfers": ("Wat een gemeente kan opgeven", TypeAdapter(dict[str, Eigenvraag])),
    "eigen": ("Eigen cijfers van een gemeente", TypeAdapter(Eigenopgave)),
    "verversen": ("Welke kolom uit welke tabel van het CBS", TypeAdapter(dict[str, Verversing])),
    "wet": ("Een wet als verzameling maatregelen", TypeAdapter(Wet)),
    "scenario": ("Wat met wat wordt vergeleken", TypeAdapter(Scenario)),
}


NAMEN = "namen"
"""File with the names that exist, which the other schemas refer to."""
NAAMSLEUTELS = {
    "bron": "bron",
    "parameter": "parameter",
    "maatregel": "maatregel",
    "referentie": "referentie",
}
"""Keys whose value is a name, and the list in `NAMEN` that completes it."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file, by name."""
    resultaat = {}
    for naam, (titel, soort) in SCHEMAS.items():
        schema = soort.json_schema()
        for deel in _delen(schema):
            deel.pop("description", None)
            for sleutel, eigenschap in deel.get("properties", {}).items():
                deel["properties"][sleutel] = _met_hulp(sleutel, eigenschap)
        schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": titel}
        resultaat[naam] = schema
    return resultaat


def _delen(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and the models inside it."""
    yield schema
    yield from schema.get("$defs", {}).values()


def _met_hulp(sleutel: str, eigenschap: dict[str, Any]) -> dict[str, Any]:
    """Give a key its explanation in Dutch, and the names that exist.

    A name that is not on the list is no mistake for the editor: the list is as old as the last
    ``impact check``, which does refuse unknown names.
    """
    kaal = {k: v for k, v in eigenschap.items() if k not in {"title", "description"}}
    if sleutel in NAAMSLEUTELS:
        lijst = {"$ref": f"{NAMEN}.json#/$defs/{NAAMSLEUTELS[sleutel]}"}
        kaal = {"anyOf": [lijst, *kaal.pop("anyOf", [kaal])]}
    if sleutel in SLEUTELUITLEG:
        kaal["description"] = SLEUTELUITLEG[sleutel]
    return kaal


def namen(register: Register) -> dict[str, Any]:
    """Names that a file may refer to, with what each means."""
    lijsten = {
        "bron": {n: f"{b.titel} ({b.uitgever}, {b.datum})" for n, b in register.bronnen.items()},
        "parameter": {
            n: f"{p.omschrijving} Eenheid: {p.eenheid}." for n, p in register.parameters.items()
        },
        "maatregel": {n: m.titel for n, m in register.maatregelen.items()},
        "referentie": {
            n: s.titel for n, s in register.scenarios.items() if s.soort == "referentie"
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Namen die bestaan",
        "$defs": {
            soort: {"enum": sorted(uitleg), "enumDescriptions": [uitleg[n] for n in sorted(uitleg)]}
            for soort, uitleg in lijsten.items()
        },
    }


def schrijf_schemas(doel: Path, register: Register) -> list[Path]:
    """Write all schemas into a folder, with the names of a register.

    Returns
    -------
    The files written.
    """
    doel.mkdir(parents=True, exist_ok=True)
    paden = []
    for naam, schema in {**schemas(), NAMEN: namen(register)}.items():
        pad = doel / f"{naam}.json"
        tekst = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        pad.write_text(tekst, encoding="utf-8", newline="\n")
        paden.append(pad)
    return paden
