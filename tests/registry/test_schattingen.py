"""Outside estimates: what an entry must say, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from impact.registry.schattingmodellen import Buitenschatting, Tegenhanger, Vergelijkingsgrens
from tests.registry.boom import bericht, schrijf

KAAL: dict[str, Any] = {
    "titel": "Kosten",
    "waarde": 5.0,
    "eenheid": "personen",
    "periode": "2025",
    "bron": "vng_brief",
    "meet": "Iets.",
    "niet_vergelijkbaar": "Zit niet in het model.",
}
TEGENHANGER: dict[str, Any] = {
    "scenario": "verbod",
    "teller": [{"som": [{"grootheid": "gehuisvest"}], "samenvatting": "per_jaar"}],
    "van": "2026-I",
    "tot": "2026-II",
}
REGELS = """\
schatting:
  titel: Gehuisvest
  waarde: 5
  eenheid: personen per jaar
  periode: "2025"
  bron: {bron}
  meet: Iets.
  model:
    scenario: {scenario}
    maat: {maat}
    teller:
      - som: [{{grootheid: gehuisvest}}]
        samenvatting: per_jaar
    van: 2026-I
    tot: 2026-II
    gemeenten: [{gemeente}]
"""


@given(st.floats(0.1, 1e9), st.floats(0.0, 1e9), st.floats(0.0, 1e9))
def test_een_bereik_zonder_midden_wordt_vergeleken_met_zijn_midden(
    laag: float, erbij: float, nog: float
) -> None:
    hoog = laag + erbij
    bereik = Buitenschatting(**{**KAAL, "waarde": None, "laag": laag, "hoog": hoog})
    assert bereik.onder <= bereik.punt <= bereik.boven
    assert bereik.punt == pytest.approx((laag + hoog) / 2)
    met_midden = Buitenschatting(**{**KAAL, "waarde": hoog, "laag": laag, "hoog": hoog + nog})
    assert met_midden.punt == hoog
    assert (met_midden.onder, met_midden.boven) == (laag, hoog + nog)


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({"waarde": None}, "geef een 'waarde', of 'laag' en 'hoog'"),
        ({"waarde": None, "laag": 2.0}, "geef een 'waarde', of 'laag' en 'hoog'"),
        ({"laag": 6.0}, "klopt niet"),
        ({"hoog": 4.0}, "klopt niet"),
        ({"waarde": 0.0}, "klopt niet"),
        ({"eenheid": "euro per jaar"}, "heeft een 'prijspeil' nodig"),
        ({"prijspeil": 2024}, "heeft een 'prijspeil' nodig"),
        ({"niet_vergelijkbaar": None}, "geef of 'model', of 'niet_vergelijkbaar'"),
        ({"model": TEGENHANGER}, "geef of 'model', of 'niet_vergelijkbaar'"),
        ({"uitleg": "Daarom."}, "zonder 'model' is er geen"),
    ],
)
def test_een_half_ingevulde_schatting_wordt_geweigerd(anders: dict[str, Any], tekst: str) -> None:
    with pytest.raises(ValidationError, match=tekst):
        Buitenschatting(**{**KAAL, **anders})


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({"tot": "2025-II"}, "ligt voor 'van'"),
        ({"tot": "2026-I"}, "vraagt om hele jaren"),
        ({"factor": 0.0}, "greater than 0"),
        ({"teller": []}, "at least 1 item"),
    ],
)
def test_een_tegenhanger_die_niet_kan_wordt_geweigerd(anders: dict[str, Any], tekst: str) -> None:
    assert Tegenhanger(**TEGENHANGER).maat == "niveau"
    with pytest.raises(ValidationError, match=tekst):
        Tegenhanger(**{**TEGENHANGER, **anders})


@pytest.mark.parametrize(("onder", "boven"), [(1.0, 2.0), (0.5, 1.0), (0.0, 2.0)])
def test_gelijk_ligt_altijd_tussen_de_grenzen(onder: float, boven: float) -> None:
    with pytest.raises(ValidationError):
        Vergelijkingsgrens(onder=onder, boven=boven, toelichting="Keuze.")


GOED = {"bron": "vng_brief", "scenario": "verbod", "maat": "verschil", "gemeente": "GM1000"}


@pytest.mark.parametrize(
    ("anders", "tekst"),
    [
        ({}, ""),
        ({"bron": "vng_brif"}, "onbekende bron 'vng_brif'\n  bedoelde u 'vng_brief'?"),
        ({"scenario": "verbot"}, "onbekend scenario 'verbot'\n  bedoelde u 'verbod'?"),
        ({"scenario": "recht_2025"}, "scenario 'recht_2025' heeft geen referentie"),
        ({"gemeente": "GM9999"}, "onbekende gemeente 'GM9999'"),
    ],
)
def test_namen_in_een_schatting_bestaan(boom: Path, anders: dict[str, str], tekst: str) -> None:
    schrijf(boom / "buitenschattingen.yaml", REGELS.format(**{**GOED, **anders}))
    gevonden = bericht(boom)
    assert tekst in gevonden
    assert bool(gevonden) is bool(tekst)
