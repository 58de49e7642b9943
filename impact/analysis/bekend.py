"""The register as it was known on the first day of an earlier half-year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from impact.registry.laden import Register
from impact.registry.modellen import Parameter
from impact.registry.periode import Halfjaar

AANGEKONDIGD = "taakstelling_aangekondigd"
"""Published at least thirteen weeks before its half-year, so known on the first day of it."""
JAAR_IN_KOLOM = re.compile(r"_[a-z]*(\d{4})(_|$)")
NEUTRAAL = {"stedelijkheid_2024": 3, "corporatiewoningen_pct_2021": 1.0}
"""Value for every municipality where shares by inhabitants make no sense."""


def zoals_bekend(register: Register, oorsprong: Halfjaar) -> Register:
    """Register without anything that became known after the first day of a half-year.

    - Assumptions keep the values dated up to the half-year. A parameter without any keeps its
      first value.
    - History keeps flows of half-years and years that are over, stocks up to and including the
      first day, and the target announced for the half-year.
    - A municipal figure of a later year gives way to the inhabitants of the last known year, so
      that whatever it divides is divided by inhabitants.
    - What municipalities sent in themselves is left out.

    Municipal borders and networks are those of today.
    """
    parameters = {naam: _tot(p, oorsprong) for naam, p in register.parameters.items()}
    historie = register.historie
    bekend = [
        _is_bekend(str(reeks), str(moment), oorsprong)
        for reeks, moment in zip(historie["reeks"], historie["moment"], strict=True)
    ]
    return replace(
        register,
        parameters=parameters,
        historie=historie[bekend].reset_index(drop=True),
        gemeenten=_gemeenten(register.gemeenten, oorsprong.jaar),
        eigen={},
    )


def _tot(parameter: Parameter, oorsprong: Halfjaar) -> Parameter:
    waarden = [w for w in parameter.waarden if w.vanaf is None or w.vanaf <= oorsprong]
    return parameter.model_copy(update={"waarden": waarden or parameter.waarden[:1]})


def _is_bekend(reeks: str, moment: str, oorsprong: Halfjaar) -> bool:
    if len(moment) == len("2019-01-01"):
        return date.fromisoformat(moment) <= oorsprong.eerste_dag
    if "-" in moment:
        halfjaar = Halfjaar.lees(moment)
        return halfjaar < oorsprong or (reeks == AANGEKONDIGD and halfjaar == oorsprong)
    return int(moment) < oorsprong.jaar


def _gemeenten(tabel: pd.DataFrame, jaar: int) -> pd.DataFrame:
    """Municipal table in which figures of later years are replaced."""
    jaren = {
        str(kolom): int(gevonden[1])
        for kolom in tabel.columns
        if (gevonden := JAAR_IN_KOLOM.search(str(kolom)))
    }
    inwoners = max(k for k, j in jaren.items() if k.startswith("inwoners_2") and j <= jaar)
    later = [kolom for kolom, j in jaren.items() if j > jaar]
    return tabel.assign(**{kolom: NEUTRAAL.get(kolom, tabel[inwoners]) for kolom in later})
