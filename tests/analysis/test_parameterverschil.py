"""Every value that changed between two folders, read from the files themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from impact.analysis.parameterverschil import groep_van, parameterverschil

AANNAME = """
plek:
  omschrijving: Een aanname.
  eenheid: {eenheid}
  rol: {rol}
  waarden:
    - vanaf: 2019-I
      midden: {midden}
      laag: 1
      hoog: 9
      bron: {bron}
      vindplaats: hier
      kwaliteit: oranje
      gemeenten:
        GM0014: {{midden: {gemeente}, bron: x, vindplaats: hier, kwaliteit: rood}}
  toelichting: {uitleg}
"""
GEWOON: dict[str, object] = {
    "eenheid": "personen",
    "rol": "hefboom",
    "midden": 4,
    "bron": "x",
    "gemeente": 5,
    "uitleg": "Daarom.",
}
HISTORIE = "reeks,moment,waarde,laag,hoog,eenheid,bron,vindplaats,kwaliteit,toelichting\n"


def schrijf(map_: Path, bestand: str, tekst: str) -> None:
    pad = map_ / bestand
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, encoding="utf-8")


def verschillen(map_: Path, bestand: str, oud: str | None, nieuw: str | None) -> list[Any]:
    """Rows of two folders that hold one file each."""
    for naam, tekst in (("oud", oud), ("nieuw", nieuw)):
        (map_ / naam).mkdir(exist_ok=True)
        if tekst is not None:
            schrijf(map_ / naam, bestand, tekst)
    return parameterverschil(map_ / "oud", map_ / "nieuw").to_dict("records")


@pytest.mark.parametrize(
    ("anders", "onderdeel", "oud", "nieuw", "soort"),
    [
        ({}, None, "", "", ""),
        ({"midden": 4.5}, "2019-I", "4 (1 tot 9)", "4,5 (1 tot 9)", "waarde"),
        ({"gemeente": 6}, "2019-I GM0014", "5", "6", "waarde"),
        ({"rol": "onzekerheid"}, "rol", "hefboom", "onzekerheid", "gegeven"),
        ({"bron": "y"}, "2019-I", "4 (1 tot 9)", "4 (1 tot 9)", "tekst"),
        ({"uitleg": "Anders."}, "toelichting", "Daarom.", "Anders.", "tekst"),
    ],
)
def test_een_regel_per_gewijzigde_waarde(
    anders: dict[str, object],
    onderdeel: str | None,
    oud: str,
    nieuw: str,
    soort: str,
    tmp_path: Path,
) -> None:
    rijen = verschillen(
        tmp_path,
        "aannames/x.yaml",
        AANNAME.format(**GEWOON),
        AANNAME.format(**{**GEWOON, **anders}),
    )
    if onderdeel is None:
        assert rijen == []
        return
    (rij,) = rijen
    gevonden = (rij["onderdeel"], rij["oud"], rij["nieuw"], rij["soort"])
    assert gevonden == (onderdeel, oud, nieuw, soort)
    assert (rij["groep"], rij["naam"], rij["wijziging"]) == ("aannames:x", "plek", "gewijzigd")


def test_een_nieuwe_aanname_is_een_regel_per_waarde(tmp_path: Path) -> None:
    rijen = verschillen(tmp_path, "aannames/x.yaml", None, AANNAME.format(**GEWOON))
    assert [(r["onderdeel"], r["wijziging"], r["oud"]) for r in rijen] == [
        ("2019-I", "toegevoegd", ""),
        ("2019-I GM0014", "toegevoegd", ""),
    ]


def test_een_andere_bron_of_kwaliteit_staat_naast_de_oude(tmp_path: Path) -> None:
    """The value stays; a reader sees how sure it was and is."""
    oud = AANNAME.format(**GEWOON)
    nieuw = oud.replace("bron: x\n", "bron: y\n", 1).replace("oranje", "groen")
    (rij,) = verschillen(tmp_path, "aannames/x.yaml", oud, nieuw)
    assert (rij["onderdeel"], rij["oud"], rij["nieuw"]) == ("2019-I", "4 (1 tot 9)", "4 (1 tot 9)")
    assert (rij["bron_oud"], rij["bron_nieuw"]) == ("x", "y")
    assert (rij["kwaliteit_oud"], rij["kwaliteit_nieuw"]) == ("oranje", "groen")


def test_wat_een_maatregel_twee_keer_verandert_is_genummerd_vanaf_een(tmp_path: Path) -> None:
    verandering = "      - {{parameter: huur, bewerking: plus, waarde: {{midden: {}}}}}\n"
    wet = "naam: Wet\nmaatregelen:\n  a:\n    titel: A\n    verandert:\n"
    oud, nieuw = (wet + verandering.format(1) + verandering.format(n) for n in (2, 3))
    (rij,) = verschillen(tmp_path, "wetten/x.yaml", oud, nieuw)
    assert (rij["naam"], rij["onderdeel"]) == ("a", "verandert huur 2")
    assert (rij["oud"], rij["nieuw"]) == ("2", "3")


def test_een_scenario_noemt_de_maatregel_en_zijn_datum(tmp_path: Path) -> None:
    oud = "titel: X\nmaatregelen:\n  - {maatregel: a, vanaf: 2027-I}\n"
    nieuw = (
        "titel: X\nmaatregelen:\n  - {maatregel: b, vanaf: 2027-I}\n"
        "  - {maatregel: a, vanaf: 2028-I}\n"
    )
    rijen = verschillen(tmp_path, "scenarios/x.yaml", oud, nieuw)
    assert {(r["onderdeel"], r["oud"], r["nieuw"]) for r in rijen} == {
        ("maatregelen a vanaf", "2027-I", "2028-I"),
        ("maatregelen b vanaf", "", "2027-I"),
    }


def test_een_vervallen_maatregel_zonder_getal_is_een_regel(tmp_path: Path) -> None:
    maatregel = "  {}:\n    titel: Titel van {}\n    toelichting: Tekst.\n    verandert: []\n"
    wet = "naam: Wet\nmaatregelen:\n"
    rijen = verschillen(
        tmp_path,
        "wetten/x.yaml",
        wet + maatregel.format("a", "a") + maatregel.format("b", "b"),
        wet + maatregel.format("a", "a"),
    )
    assert [(r["naam"], r["wijziging"], r["oud"]) for r in rijen] == [
        ("b", "vervallen", "Titel van b")
    ]


def test_historie_en_gemeentecijfers(tmp_path: Path) -> None:
    rij = "bijstand,2019-I,{},,,personen,x,hier,groen,\n"
    (eerste,) = verschillen(
        tmp_path, "historie/x.csv", HISTORIE + rij.format(10), HISTORIE + rij.format(12)
    )
    assert (eerste["groep"], eerste["naam"], eerste["onderdeel"]) == (
        "historie",
        "bijstand",
        "2019-I",
    )
    assert (eerste["oud"], eerste["nieuw"], eerste["eenheid"]) == ("10", "12", "personen")
    (tmp_path / "g").mkdir()
    kop = "gemeentecode,gemeentenaam,inwoners\n"
    rijen = verschillen(
        tmp_path / "g",
        "gemeenten/gemeenten.csv",
        kop + "GM1,A,10\nGM2,B,20\n",
        kop + "GM1,A,11\nGM2,Bee,22\n",
    )
    per = {r["naam"]: r for r in rijen}
    assert (per["inwoners"]["oud"], per["inwoners"]["nieuw"]) == ("samen 30", "samen 33")
    assert per["inwoners"]["onderdeel"] == "2 gemeenten: GM1, GM2"
    assert (per["gemeentenaam"]["oud"], per["gemeentenaam"]["nieuw"]) == ("B", "Bee")
    assert {r["groep"] for r in rijen} == {"gemeenten"}


def test_een_bron_is_uitleg_en_geen_waarde(tmp_path: Path) -> None:
    bron = "x: {titel: X, datum: 2024}\n"
    rijen = verschillen(
        tmp_path, "bronnen.yaml", bron, bron.replace("2024", "2025") + "y: {a: b}\n"
    )
    assert [(r["naam"], r["soort"], r["wijziging"]) for r in rijen] == [
        ("x", "tekst", "gewijzigd"),
        ("y", "tekst", "toegevoegd"),
    ]


def test_een_onleesbaar_bestand_staat_in_de_tabel(tmp_path: Path) -> None:
    rijen = verschillen(tmp_path, "aannames/x.yaml", AANNAME.format(**GEWOON), "a: [1\n")
    (rij,) = rijen
    assert "niet te lezen" in rij["nieuw"]
    assert rij["soort"] == "bestand"


@pytest.mark.parametrize(
    ("bestand", "groep"),
    [
        ("aannames/sociaal.yaml", "aannames:sociaal"),
        ("wetten/x.yaml", "wet:x"),
        ("scenarios/x.yaml", "scenario:x"),
        ("historie/wonen.csv", "historie"),
        ("gemeenten/gemeenten.csv", "gemeenten"),
        ("uitkomsten.yaml", "uitkomsten"),
    ],
)
def test_groep_van_een_bestand(bestand: str, groep: str) -> None:
    assert groep_van(bestand) == groep
