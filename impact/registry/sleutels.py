"""Content keys: the same contents give the same key, whatever the files look like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

import pandas as pd
from pydantic import BaseModel


def sleutel_van(
    delen: Mapping[str, Mapping[str, BaseModel]], tabellen: Sequence[pd.DataFrame]
) -> str:
    """Hash of entries and tables; the numbers of lines do not count."""
    inhoud = {
        naam: {sleutel: model.model_dump(mode="json") for sleutel, model in deel.items()}
        for naam, deel in delen.items()
    }
    tekst = json.dumps(inhoud, sort_keys=True, ensure_ascii=False, default=str)
    som = hashlib.sha256(tekst.encode())
    for tabel in tabellen:
        som.update(
            tabel.drop(columns="regel", errors="ignore").to_csv(lineterminator="\n").encode()
        )
    return som.hexdigest()
