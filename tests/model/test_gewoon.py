"""The model gives the same numbers as the plain loop, for any parameters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from impact.model.grootheden import SLEUTELS
from impact.model.invoer import Beginstand, Invoer
from impact.model.simulatie import simuleer
from tests.model import voorbeeld
from tests.model.gewone_gevolgen import reken
from tests.model.gewoon import maak_land
from tests.model.test_altijd_waar import andere_parameters

ALLES_AAN: dict[str, float] = {
    "beroepsaandeel_b": 0.5,
    "wachttijd_nareis_b": 2.5,
    "aandeel_b_voldoet_nareisvoorwaarden": 0.6,
    "aandeel_kerngezin": 0.8,
    "geldigheidsduur_vergunning": 3.0,
    "aandeel_opnieuw_tijdelijk": 0.5,
    "aandeel_met_voorrang": 0.4,
    "factor_kamers": 1.2,
    "inspanning_zonder_taakstelling": 0.7,
    "taakstelling_geldt": 0.6,
    "versneld_huisvesten_groot": 9.0,
    "versneld_huisvesten_middel": 5.0,
    "versneld_huisvesten_overig": 2.0,
    "bijdrage_per_gehuisveste": 1000.0,
    "vergoeding_doorstroomplaats": 45.0,
    "verlies_opvangplaatsen": 40.0,
    "intakecapaciteit": 90.0,
    "opslag_bijstand_tijdelijk": 0.05,
    "verlaging_bijstand_eerder_werk": 0.1,
    "lvv_rijk_betaalt": 0.5,
    "vrijgelaten_zonder_terugkeer": 5.0,
    "overgang_gewoon_recht": 0.2,
}
"""Every instrument at once, so that every line of the model counts."""


def vergelijk(invoer: Invoer, trekking: int) -> None:
    uit, los = simuleer(invoer), reken(maak_land(invoer, trekking))
    for sleutel in SLEUTELS:
        np.testing.assert_allclose(
            uit[sleutel][trekking], los[sleutel], rtol=1e-9, atol=1e-6, err_msg=str(sleutel)
        )


@pytest.mark.parametrize("trekking", [0, 1])
def test_met_alle_maatregelen_aan_is_elk_getal_gelijk(trekking: int) -> None:
    vergelijk(voorbeeld.invoer(**ALLES_AAN), trekking)


@given(anders=andere_parameters)
def test_voor_elke_waarde_is_elk_getal_gelijk(anders: dict[str, float]) -> None:
    vergelijk(voorbeeld.invoer(**(ALLES_AAN | anders)), 1)


@pytest.mark.parametrize("zaad", range(4))
def test_ook_als_alles_per_halfjaar_en_gemeente_verandert(zaad: int) -> None:
    """Values that move in time show a half-year too early or too late."""
    generator = np.random.default_rng(zaad)
    vast = voorbeeld.invoer(**ALLES_AAN)
    begin = {n: w * generator.uniform(0.5, 1.0, w.shape) for n, w in vars(vast.begin).items()}
    begin["taakstelling_aangekondigd"] = np.array([[np.nan], [np.nan if zaad % 2 else 140.0]])
    invoer = replace(vast, begin=Beginstand(**begin))
    reeksen = {
        naam: reeks * generator.uniform(0.5, 1.0, reeks.shape)
        for naam, reeks in invoer.reeksen.items()
    }
    per_gemeente = {
        naam: reeksen[naam] * generator.uniform(0.5, 1.0, (1, voorbeeld.GEMEENTEN, 1))
        for naam in ("lvv_plaatsen", "aandeel_lvv_voortgezet")
    }
    vergelijk(voorbeeld.met(invoer, **(reeksen | per_gemeente)), 1)
