"""The store of analyses: found again by the same question only, whole or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from impact.analysis.berekeningen import bewaarde
from impact.analysis.opslag import Resultaat, bewaar, bewaar_analyse, zoek_analyse
from impact.registry.laden import Register

VRAAG = {"scenario": "vier_wetten", "trekkingen": 200}
TABEL = pd.DataFrame({"wet": ["a", "b"], "midden": [1.5, -2.0]})


@pytest.fixture
def lege_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("lege_map")
def test_een_analyse_wordt_met_dezelfde_vraag_teruggevonden(register: Register) -> None:
    assert zoek_analyse(register, "stapeling", VRAAG) is None
    bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL}, {"duur": 3})
    gevonden = zoek_analyse(register, "stapeling", dict(reversed(VRAAG.items())))
    assert gevonden is not None
    pd.testing.assert_frame_equal(gevonden.tabel("delen"), TABEL, check_dtype=False)
    assert gevonden.manifest == {"soort": "stapeling", "vraag": VRAAG, "duur": 3}


def test_dezelfde_analyse_staat_er_elke_keer_met_dezelfde_bytes(
    register: Register, lege_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever order the question was put."""
    bytes_van = []
    for naam, vraag in (("een", VRAAG), ("twee", dict(reversed(VRAAG.items())))):
        monkeypatch.setenv("IMPACT_RESULTATEN", str(lege_map / naam))
        map_ = bewaar_analyse(register, "stapeling", vraag, {"delen": TABEL}).map
        bytes_van.append({pad.name: pad.read_bytes() for pad in map_.iterdir()})
    assert bytes_van[0] == bytes_van[1]


@pytest.mark.usefixtures("lege_map")
def test_een_andere_vraag_vindt_niets(register: Register) -> None:
    bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL})
    assert zoek_analyse(register, "stapeling", VRAAG | {"trekkingen": 201}) is None
    assert zoek_analyse(register, "volgorde", VRAAG) is None


@pytest.mark.usefixtures("lege_map")
def test_een_gewijzigde_aanname_vindt_de_oude_analyse_niet(register: Register) -> None:
    bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL})
    uurtarief = register.parameters["uurtarief"]
    waarde = uurtarief.waarden[0].model_copy(update={"toelichting": None, "midden": 1.0})
    anders = uurtarief.model_copy(update={"waarden": [waarde]})
    gewijzigd = replace(register, parameters={**register.parameters, "uurtarief": anders})
    assert zoek_analyse(gewijzigd, "stapeling", VRAAG) is None


def test_wat_er_al_staat_blijft(register: Register, lege_map: Path) -> None:
    eerst = bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL})
    bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL.iloc[:1]})
    assert len(eerst.tabel("delen")) == 2
    assert [pad.name for pad in eerst.map.parent.iterdir()] == [eerst.map.name]


def test_een_halve_map_van_een_ander_programma_gaat_weg(register: Register, lege_map: Path) -> None:
    heel = bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL}).map
    (heel / "manifest.json").unlink()
    (heel / "rommel").write_text("x", encoding="utf-8")
    weer = bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL}).map
    assert sorted(pad.name for pad in weer.iterdir()) == ["delen.parquet", "manifest.json"]


def test_wie_tegelijk_hetzelfde_maakt_stoort_de_ander_niet(
    register: Register, lege_map: Path
) -> None:
    begin = threading.Barrier(8)

    def bewaar_tegelijk(_: int) -> bool:
        begin.wait()
        bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL})
        return zoek_analyse(register, "stapeling", VRAAG) is not None

    with ThreadPoolExecutor(8) as draden:
        assert all(draden.map(bewaar_tegelijk, range(8)))
    assert [pad.name for pad in (lege_map / "analyse-stapeling").glob(".bezig-*")] == []


def test_een_mislukte_analyse_laat_niets_achter(register: Register, lege_map: Path) -> None:
    with pytest.raises(AttributeError):
        bewaar_analyse(register, "stapeling", VRAAG, {"delen": TABEL, "fout": None})  # type: ignore[dict-item]
    assert zoek_analyse(register, "stapeling", VRAAG) is None
    assert list((lege_map / "analyse-stapeling").iterdir()) == []


def test_wat_nog_wordt_weggeschreven_is_nog_niet_te_kiezen(
    register: Register, lege_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when everything is there already, but not yet under its own name."""
    gezien = []
    monkeypatch.setattr(Path, "chmod", lambda pad, stand: gezien.append(bewaarde(register)))
    eigen = bewaar(lege_map / "leeg" / "a", TABEL, TABEL, {"scenario": "leeg"})
    assert gezien == [[]]
    assert bewaarde(register) == [eigen]


def test_een_onbekend_niveau_noemt_de_keuzen(resultaten: dict[str, Resultaat]) -> None:
    with pytest.raises(ValueError, match="onbekend niveau 'wijk'; kies uit gemeente, nationaal"):
        resultaten["leeg"].tabel("wijk")
