"""The YAML reader gives plain data with the right lines, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from impact.registry.yaml_lezen import Inhoud, Schrijver, lees_yaml

TEKST = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
GETAL = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False).map(lambda x: round(x, 6)),
)
WAARDE = st.one_of(st.none(), st.booleans(), GETAL, TEKST)
SLEUTEL = st.text("abcdefghij_", min_size=1, max_size=8)
BOOM = st.recursive(
    WAARDE,
    lambda kind: st.one_of(st.lists(kind, max_size=4), st.dictionaries(SLEUTEL, kind, max_size=4)),
    max_leaves=25,
)


def lees(tekst: str) -> tuple[Inhoud, list[str]]:
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "x.yaml"
        pad.write_text(tekst, encoding="utf-8", newline="")
        inhoud, problemen = lees_yaml(pad, "x.yaml")
    return inhoud, [str(probleem) for probleem in problemen]


@given(st.dictionaries(SLEUTEL, BOOM, min_size=1, max_size=5), st.booleans())
@example({"a": "2026-I", "b": "no", "c": "1_000", "d": "0x1F", "e": "~", "f": ""}, False)
@example({"a": "1.5", "b": "1e3 ", "c": "null", "d": "true", "e": "- a", "f": ": "}, True)
@example({"a": "1E100", "b": "0E0", "c": "-1.e5", "d": "7", "e": 7, "f": 7.5}, False)
def test_wat_is_geschreven_wordt_zo_gelezen(boom: dict[str, Any], blok: bool) -> None:
    tekst = yaml.dump(
        boom,
        Dumper=Schrijver,
        allow_unicode=True,
        default_flow_style=not blok,
        width=10_000,
        sort_keys=False,
    )
    inhoud, problemen = lees(tekst)
    assert problemen == []
    assert inhoud.gegevens == boom
    assert list(inhoud.gegevens) == list(boom)


@given(st.lists(SLEUTEL, min_size=1, max_size=30, unique=True), st.integers(0, 3))
def test_elke_sleutel_kent_zijn_regel(sleutels: list[str], wit: int) -> None:
    tekst = "".join("\n" * wit + f"{sleutel}: 1\n" for sleutel in sleutels)
    inhoud, problemen = lees(tekst)
    assert problemen == []
    for nummer, sleutel in enumerate(sleutels, start=1):
        assert inhoud.regel((sleutel,)) == nummer * (wit + 1)


@given(st.text(max_size=200))
def test_willekeurige_tekst_geeft_gegevens_of_een_probleem(tekst: str) -> None:
    inhoud, problemen = lees(tekst.encode("utf-8", "replace").decode("utf-8"))
    assert (inhoud.gegevens is None) <= bool(problemen)


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [
        ("1", 1),
        ("-1", -1),
        ("+1", 1),
        ("0", 0),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("2.", 2.0),
        ("1e3", 1000.0),
        ("1.5e-7", 1.5e-7),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("0,04", "0,04"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("2026-I", "2026-I"),
        ("2026-11-21", "2026-11-21"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("''", ""),
    ],
)
def test_kale_waarden(tekst: str, waarde: object) -> None:
    inhoud, problemen = lees(f"a: {tekst}\n")
    assert problemen == []
    assert inhoud.gegevens == {"a": waarde}
    assert type(inhoud.gegevens["a"]) is type(waarde)


def test_regels_van_lijsten_en_van_wat_erin_staat() -> None:
    inhoud, _ = lees("a:\n  - b: 1\n    c: 2\n  -\n    - {d: 3}\n")
    assert inhoud.regel(("a", 0)) == 2
    assert inhoud.regel(("a", 0, "c")) == 3
    assert inhoud.regel(("a", 1, 0, "d")) == 5
    assert inhoud.regel(("a", 0, "bestaat_niet")) == 2
    assert inhoud.regel(("bestaat_niet",)) == 1


def test_alle_dubbele_sleutels_worden_gemeld_met_beide_regels() -> None:
    _, problemen = lees("a: 1\nb: 2\na: 3\nb: 4\n")
    assert problemen == [
        "x.yaml, regel 3: 'a' staat er twee keer; de eerste staat op regel 1",
        "x.yaml, regel 4: 'b' staat er twee keer; de eerste staat op regel 2",
    ]


def test_een_dubbele_sleutel_tussen_accolades() -> None:
    _, problemen = lees("a: {b: 1, b: 2}\n")
    assert problemen == ["x.yaml, regel 1: 'b' staat er twee keer; de eerste staat op regel 1"]


@pytest.mark.parametrize("getal", [".inf", "-.inf", ".nan", ".NaN", "1e16", "9" * 31, "1e400"])
def test_onbruikbare_getallen(getal: str) -> None:
    inhoud, problemen = lees(f"a: 1\nb: {getal}\n")
    assert len(problemen) == 1
    assert problemen[0].startswith("x.yaml, regel 2: ")
    assert "getal" in problemen[0]
    assert inhoud.gegevens is None or inhoud.gegevens["b"] is None


def test_precies_twintig_lagen_mag() -> None:
    diep = "a: " + "[" * 19 + "]" * 19
    assert lees(diep)[1] == []
    te_diep = "a: " + "[" * 20 + "]" * 20
    assert "dieper genest dan 20 lagen" in lees(te_diep)[1][0]
