"""The drawing process draws what vl-convert draws, and survives what it is given."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.tekenaar import Tekenaar, TekenFout, bundel, teken
from impact.tekenaar.klant import WORTEL

FIGUREN = sorted((Path(__file__).parent / "figuren").glob("*.json"))
LETTER = "Arial, 'Liberation Sans', Helvetica, sans-serif"


def gelezen(pad: Path) -> dict[str, Any]:
    return json.loads(pad.read_text(encoding="utf-8"))


def labels(*namen: str, vet: bool = False) -> dict[str, Any]:
    """Chart whose left margin is as wide as its longest label."""
    as_ = {"labelFont": LETTER, "labelLimit": 0, "labelFontWeight": "bold" if vet else "normal"}
    return {
        "data": {"values": [{"naam": naam, "waarde": 1} for naam in namen]},
        "mark": "bar",
        "encoding": {
            "y": {"field": "naam", "type": "nominal", "axis": as_},
            "x": {"field": "waarde", "type": "quantitative"},
        },
    }


def volgens_vl_convert(spec: dict[str, Any], locale: str = "nl-NL") -> str:
    return vl_convert.vegalite_to_svg(
        spec, format_locale=locale, time_format_locale=locale, allowed_base_urls=[]
    )


@pytest.fixture
def eigen() -> Iterator[Tekenaar]:
    """Drawing process of this test alone."""
    tekenaar = Tekenaar()
    yield tekenaar
    tekenaar.sluit()


@pytest.mark.parametrize("pad", FIGUREN, ids=lambda pad: pad.stem)
def test_tekent_elke_soort_figuur_als_vl_convert(pad: Path) -> None:
    vraag = gelezen(pad)
    verwacht = volgens_vl_convert(vraag["spec"], vraag["locale"])
    assert teken(vraag["spec"], vraag["locale"]) == verwacht


def test_er_is_een_voorbeeld_van_elke_soort_figuur(wortel: Path) -> None:
    """A module that draws something new must be compared too."""
    bron = wortel / "impact" / "reporting"
    tekenend = {
        pad.stem
        for pad in bron.glob("*.py")
        if re.search(r"(?<![\w.])teken\(\s*\w", pad.read_text(encoding="utf-8"))
    } - {"figuur"}
    assert {pad.stem.split("-")[0] for pad in FIGUREN} == tekenend


@pytest.mark.parametrize("vet", [False, True])
def test_tekst_is_zo_breed_als_in_de_letter(vet: bool) -> None:
    namen = (
        "AVATAR Tøyr",
        "'s-Hertogenbosch",
        "Súdwest-Fryslân",
        "€ 1.234,5 \u2013 6 ≥ ½",
        "Łódź, ČŘŽ",
    )
    for naam in namen:
        spec = labels(naam, vet=vet)
        assert teken(spec) == volgens_vl_convert(spec)


def test_onbekende_tekens_krijgen_ruimte() -> None:
    breedte = {n: float(ET.fromstring(teken(labels(n))).get("width", "0")) for n in "a蘭"}
    assert breedte["蘭"] > breedte["a"]
    assert teken(labels("e\u0301e\u0301")).count(".") == teken(labels("éé")).count(".")


def test_de_gegevens_van_een_vorige_figuur_komen_niet_terug() -> None:
    spec = gelezen(FIGUREN[0].with_name("figuren-waaier.json"))["spec"]
    eerst = teken(spec)
    ander = json.loads(json.dumps(spec))
    for rijen in ander["datasets"].values():
        for rij in rijen:
            rij |= {naam: 3 * w for naam, w in rij.items() if naam in {"midden", "laag", "hoog"}}
    assert teken(ander) == volgens_vl_convert(ander)
    assert teken(spec) == eerst


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6, unique=True))
@settings(max_examples=20)
def test_dezelfde_vorm_met_andere_gegevens_is_dezelfde_figuur(waarden: list[float]) -> None:
    rijen = [{"naam": f"nummer {n}", "waarde": w} for n, w in enumerate(waarden)]
    los = labels("x") | {"data": {"values": rijen}}
    apart = labels("x") | {"data": {"name": "data-1"}, "datasets": {"data-1": rijen}}
    assert teken(apart) == teken(los)


def test_een_slechte_figuur_is_een_fout_en_de_volgende_lukt(eigen: Tekenaar) -> None:
    goed = labels("goed")
    verwacht = eigen.teken(goed)
    slecht = [
        {},
        {"mark": "bestaat niet", "data": {"values": []}},
        labels("x") | {"transform": [{"calculate": "dit is geen formule(", "as": "y"}]},
        labels("x")
        | {"transform": [{"calculate": "this.constructor.constructor('1')()", "as": "y"}]},
    ]
    for spec in slecht:
        with pytest.raises(TekenFout, match="kan niet getekend worden"):
            eigen.teken(spec)
        assert eigen.teken(goed) == verwacht


@pytest.mark.parametrize("waarde", [float("nan"), float("inf"), object()])
def test_wat_geen_json_is_wordt_geweigerd(waarde: object) -> None:
    with pytest.raises(TekenFout):
        teken(labels("x") | {"height": waarde})


def test_adressen_worden_niet_opgehaald() -> None:
    adres = "https://voorbeeld.nl/gegevens.json"
    for bron in ({"url": adres}, {"url": "file:///etc/passwd"}, {"url": "gegevens.csv"}):
        with pytest.raises(TekenFout, match="niets van buiten"):
            teken(labels("x") | {"data": bron})
    beeld = {"mark": {"type": "image", "url": adres}, "data": {"values": [{"x": 1}]}}
    with pytest.raises(TekenFout, match="niets van buiten"):
        teken(beeld | {"encoding": {"x": {"field": "x", "type": "quantitative"}}})
    verwijzing = labels("x") | {"mark": {"type": "bar", "href": adres}}
    with pytest.raises(TekenFout, match="niets van buiten"):
        teken(verwijzing)


@pytest.mark.parametrize("naam", ["nul\x00byte", "\ud800", "<script>alert(1)</script>", "\u2028"])
def test_vijandige_teksten_breken_niets(naam: str) -> None:
    svg = teken(labels(naam))
    assert "<script" not in svg
    assert teken(labels("gewoon")) == teken(labels("gewoon"))


def test_een_gestopte_tekenaar_begint_opnieuw(eigen: Tekenaar) -> None:
    verwacht = eigen.teken(labels("a"))
    eerste = eigen._proces
    assert eerste is not None
    eerste.kill()
    assert eigen.teken(labels("a")) == verwacht
    assert eigen._proces is not eerste


def test_een_figuur_die_niet_ophoudt_wordt_afgebroken() -> None:
    eigen = Tekenaar(seconden=0.5)
    eindeloos = labels("x") | {
        "transform": [{"calculate": "length(sequence(0, 3e8, 1))", "as": "lang"}]
    }
    with pytest.raises(TekenFout, match=r"langer dan 0.5 seconden"):
        eigen.teken(eindeloos)
    assert "<svg" in eigen.teken(labels("daarna"))
    eigen.sluit()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="alleen waar fork bestaat")
def test_een_kind_tekent_met_een_eigen_proces() -> None:
    verwacht = teken(labels("ouder"))
    kind = os.fork()
    if kind == 0:
        os._exit(0 if teken(labels("ouder")) == verwacht else 1)
    assert os.waitpid(kind, 0)[1] == 0
    assert teken(labels("ouder")) == verwacht


def test_het_proces_stopt_met_zijn_ouder() -> None:
    code = (
        "import os; from impact.tekenaar import Tekenaar; t = Tekenaar();"
        "t.teken({'mark': 'bar', 'data': {'values': []}, 'encoding': {}});"
        "print(t._proces.pid, flush=True); os._exit(9)"
    )
    uit = subprocess.run(
        [sys.executable, "-c", code],
        cwd=WORTEL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    nummer = int(uit.stdout)
    for _ in range(100):
        try:
            os.kill(nummer, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("het tekenproces bleef achter")


def test_vega_lite_is_dat_van_altair() -> None:
    assert f"v{bundel.VL_VERSIE}" == altair.SCHEMA_VERSION


def test_de_bundel_wordt_een_keer_gemaakt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    tekst = bundel.bundel()
    assert len(list((tmp_path / "impact").iterdir())) == 1
    monkeypatch.setattr(bundel, "_maak", lambda: pytest.fail("twee keer gemaakt"))
    assert bundel.bundel() == tekst


def test_zonder_schrijfbare_map_werkt_het_ook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dicht = tmp_path / "bestand"
    dicht.write_text("geen map")
    monkeypatch.setenv("XDG_CACHE_HOME", str(dicht))
    monkeypatch.setenv("LOCALAPPDATA", str(dicht))
    monkeypatch.setattr(bundel, "_maak", lambda: "tekst")
    assert bundel.bundel() == "tekst"
