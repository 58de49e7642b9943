"""Hostile and broken files: a clear message or a loaded file, never a traceback, never slow."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.registry.boom import bericht, schrijf, vervang

AANNAMES = "aannames/wonen.yaml"
NAAM = "parameters/aannames/wonen.yaml"
LANGST = 5.0


def plak(tekst: str) -> Callable[[Path], None]:
    def doe(pad: Path) -> None:
        schrijf(pad, pad.read_text(encoding="utf-8") + tekst)

    return doe


def bytes_(inhoud: bytes) -> Callable[[Path], None]:
    return lambda pad: pad.write_bytes(inhoud) and None


def wordt_map(pad: Path) -> None:
    pad.unlink()
    pad.mkdir()


def utf_16(pad: Path) -> None:
    pad.write_bytes(pad.read_text(encoding="utf-8").encode("utf-16"))


def latin_1(pad: Path) -> None:
    pad.write_bytes(pad.read_bytes() + "# \u00e9\n".encode("latin-1"))


VIJANDIG: dict[str, tuple[Callable[[Path], None], str]] = {
    "een verwijzing": (plak("x: *a\n"), "een verwijzing (*) mag niet"),
    "een bom van verwijzingen": (
        bytes_(b"a: &a [1, 1, 1]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n"),
        "regel 1: een anker (&) mag niet",
    ),
    "een soort die code uitvoert": (
        plak("x: !!python/object/apply:os.system [echo]\n"),
        "regel 24: een soort (",
    ),
    "een tweede document": (plak("---\nx: 1\n"), "regel 24: een tweede document"),
    "diep genest tussen haken": (plak("x: " + "[" * 100_000), "dieper genest dan 20 lagen"),
    "diep ingesprongen": (
        plak("".join(" " * diep + "a:\n" for diep in range(500))),
        "dieper genest dan 20 lagen",
    ),
    "een getal van een miljoen cijfers": (plak("x: " + "1" * 1_000_000), "te groot of te lang"),
    "oneindig": (plak("x: -.inf\n"), "'-.inf' is geen"),
    "een lijst als sleutel": (plak("? [a]\n: b\n"), "een sleutel moet tekst zijn"),
    "een tab als inspringing": (plak("x:\n\ty: 1\n"), "is geen geldige YAML"),
    "een open aanhalingsteken": (plak('x: "a\n'), "is geen geldige YAML"),
    "UTF-16": (utf_16, "is geen UTF-8"),
    "Latin-1": (latin_1, "is geen UTF-8"),
    "nulbytes": (bytes_(b"\0" * 100), "teken"),
    "een plaatje": (bytes_(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "is geen UTF-8"),
    "een map": (wordt_map, "is een map; hier hoort een bestand"),
    "leeg": (bytes_(b""), "is leeg"),
    "alleen commentaar": (bytes_(b"# niets\n"), "is leeg"),
    "alleen een woord": (bytes_(b"niets\n"), "moet een blok met sleutels zijn"),
    "een lijst": (bytes_(b"- a\n- b\n"), "moet een blok met sleutels zijn"),
    "te groot": (plak("#" * 5_000_001), "is groter dan 5 MB"),
    "te veel waarden": (plak("x: [" + "1," * 400_000 + "]\n"), "meer dan 300000 waarden"),
}


@pytest.mark.parametrize("naam", VIJANDIG)
def test_vijandig_bestand(boom: Path, naam: str) -> None:
    doe, verwacht = VIJANDIG[naam]
    doe(boom / AANNAMES)
    begin = time.process_time()
    melding = bericht(boom)
    assert time.process_time() - begin < LANGST
    eigen = [regel for regel in melding.splitlines() if regel.startswith(NAAM)]
    assert any(verwacht in regel for regel in eigen)


@pytest.mark.parametrize("naam", VIJANDIG)
def test_vijandig_bestand_met_bronnen(boom: Path, naam: str) -> None:
    VIJANDIG[naam][0](boom / "bronnen.yaml")
    assert "parameters/bronnen.yaml" in bericht(boom)


@pytest.mark.parametrize(
    ("map_", "verwacht"),
    [
        ("aannames", "parameters/aannames: parameter 'mutatiegraad' (aandeel per jaar) ontbreekt"),
        ("wetten", "onbekende maatregel 'geen_voorrang'"),
        ("gemeenten", "parameters/gemeenten/gemeenten.csv"),
    ],
)
def test_een_map_die_ontbreekt_en_nodig_is(boom: Path, map_: str, verwacht: str) -> None:
    shutil.rmtree(boom / map_)
    assert verwacht in bericht(boom)


@pytest.mark.parametrize(
    "bestand", ["bronnen.yaml", "kostensoorten.yaml", "gemeenten/herkomst.yaml"]
)
def test_een_bestand_dat_ontbreekt(boom: Path, bestand: str) -> None:
    (boom / bestand).unlink()
    assert f"parameters/{bestand}: ontbreekt" in bericht(boom)


def test_windows_regeleinden_en_bom_geven_dezelfde_inhoud(boom: Path) -> None:
    for pad in (p for p in boom.rglob("*") if p.is_file()):
        pad.write_bytes(b"\xef\xbb\xbf" + pad.read_bytes().replace(b"\n", b"\r\n"))
    assert bericht(boom) == ""


def test_regelnummers_kloppen_met_windows_regeleinden(boom: Path) -> None:
    pad = boom / AANNAMES
    vervang(pad, "midden: 0.072", "midde: 0.072")
    pad.write_bytes(pad.read_bytes().replace(b"\n", b"\r\n"))
    assert f"{NAAM}, regel 14: onbekende sleutel 'midde'" in bericht(boom)


def test_tienduizend_regels_laden_snel(boom: Path) -> None:
    bron = (
        "  titel: Titel\n  uitgever: CBS\n  soort: officieel\n  datum: 2024\n"
        "  url: https://voorbeeld.invalid/\n  geraadpleegd: 2026-11-21\n"
    )
    plak("".join(f"bron_{nummer}:\n{bron}" for nummer in range(1_500)))(boom / "bronnen.yaml")
    begin = time.process_time()
    assert bericht(boom) == ""
    assert time.process_time() - begin < LANGST


def test_tienduizend_fouten_komen_snel_en_allemaal(boom: Path) -> None:
    plak("".join(f"  sleutl_{nummer}: 1\n" for nummer in range(10_000)))(boom / AANNAMES)
    begin = time.process_time()
    melding = bericht(boom)
    assert time.process_time() - begin < LANGST
    assert "onbekende sleutel 'sleutl_0'" in melding


@pytest.mark.parametrize(
    ("bestand", "inhoud"),
    [
        ("historie/opvang.csv", b""),
        ("historie/opvang.csv", b"reeks;moment;waarde\na;2019;1\n"),
        ("historie/opvang.csv", b"\xff\xfe\x00"),
        ("gemeenten/gemeenten.csv", b""),
        ("gemeenten/gemeenten.csv", b"gemeentecode;gemeentenaam\nGM0001;A\n"),
        ("gemeenten/gemeenten.csv", b'gemeentecode,x\n"a'),
        ("gemeenten/gemeenten.csv", b"\xff\xfe\x00"),
        ("gemeenten/hexkaart.json", b""),
        ("gemeenten/hexkaart.json", b'{"cellen": [1, 2]}'),
        ("gemeenten/hexkaart.json", b'{"cellen": ' + b"9" * 5_000 + b"}"),
        ("gemeenten/hexkaart.json", b"\xff\xfe\x00"),
    ],
)
def test_kapotte_tabel_of_kaart(boom: Path, bestand: str, inhoud: bytes) -> None:
    (boom / bestand).write_bytes(inhoud)
    assert f"parameters/{bestand}" in bericht(boom)


@pytest.mark.parametrize(
    "naam", ["..", "-rf", "Met Hoofdletter", "a;b", "<b>", "naam\u202e", "a" * 81]
)
def test_een_scenario_met_een_naam_die_geen_map_mag_worden(boom: Path, naam: str) -> None:
    bron = next((boom / "scenarios").glob("*.yaml"))
    shutil.copy(bron, boom / "scenarios" / f"{naam}.yaml")
    assert "kan geen naam van een scenario zijn" in bericht(boom)
