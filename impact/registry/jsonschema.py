"""JSON Schemas of the parameter files, so that an editor completes and checks while typing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from impact.registry.eigenmodellen import Eigenopgave, Eigenvraag
from impact.registry.modellen import (
    Bron,
    Kolom,
    Kostensoort,
    Parameter,
    Scenario,
    Wet,
)
from impact.registry.schattingmodellen import Buitenschatting, Vergelijkingsgrens
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


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of file, by name."""
    resultaat = {}
    for naam, (titel, soort) in SCHEMAS.items():
        schema = soort.json_schema()
        schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": titel}
        resultaat[naam] = schema
    return resultaat


def schrijf_schemas(doel: Path) -> list[Path]:
    """Write all schemas into a folder.

    Returns
    -------
    The files written.
    """
    doel.mkdir(parents=True, exist_ok=True)
    paden = []
    for naam, schema in schemas().items():
        pad = doel / f"{naam}.json"
        tekst = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        pad.write_text(tekst, encoding="utf-8", newline="\n")
        paden.append(pad)
    return paden
