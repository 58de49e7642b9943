"""Loading: where the folder is found, what is in the register, and its content key."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from impact.registry.laden import OnbekendScenario, laad_register
from impact.registry.periode import Halfjaar
from impact.registry.plaats import vind_map
from impact.registry.problemen import RegisterFout
from tests.registry.boom import PEILDATUM, laad, maak_boom, schrijf, vervang

BESTANDEN = (
    "bronnen.yaml",
    "aannames/wonen.yaml",
    "aannames/geld.yaml",
    "wetten/voorrang.yaml",
    "scenarios/verbod.yaml",
)


@pytest.fixture(scope="module")
def vaste_boom() -> Iterator[Path]:
    """Folder for tests that put back what they change."""
    with tempfile.TemporaryDirectory() as map_:
        yield maak_boom(Path(map_))


def test_alles_staat_in_het_register(boom: Path) -> None:
    register = laad(boom)
    assert sorted(register.bronnen) == ["aanname_werkgroep", "cbs_voorraad", "vng_brief"]
    assert register.bronnen["vng_brief"].geraadpleegd == date(2026, 11, 21)
    assert list(register.wetten) == ["voorrang"]
    assert sorted(register.maatregelen) == ["duurdere_opvang", "geen_voorrang", "strafbaar"]
    assert register.maatregelen["geen_voorrang"].wet == "voorrang"
    assert register.scenarios["verbod"].maatregelen[0].vanaf == Halfjaar(2026, 2)
    assert len(register.gemeenten) == len(register.hexkaart) == 342
    assert len(register.historie) == 8
    assert register.map == boom
    assert register.peildatum == PEILDATUM


def test_waarden_zijn_getallen_met_eenheid_en_datum(boom: Path) -> None:
    mutatiegraad = laad(boom).parameters["mutatiegraad"]
    eerste, tweede = mutatiegraad.waarden
    assert mutatiegraad.eenheid == "aandeel per jaar"
    assert mutatiegraad.rol == "onzekerheid"
    assert (eerste.laag, eerste.midden, eerste.hoog) == (0.065, 0.07, 0.0735)
    assert eerste.verdeling == "driehoek"
    assert tweede.verdeling == "vast"
    assert tweede.vanaf == Halfjaar(2026, 1)
    assert eerste.geldig_tot == date(2027, 12, 31)


def test_waarden_per_gemeente(boom: Path) -> None:
    gemeenten = laad(boom).parameters["lvv_plaatsen"].waarden[0].gemeenten
    assert gemeenten is not None
    assert gemeenten["GM1001"].hoog == 520


def test_een_geladen_waarde_kan_niet_veranderen(boom: Path) -> None:
    parameter = laad(boom).parameters["mutatiegraad"]
    with pytest.raises(ValidationError, match="frozen"):
        parameter.waarden[0].midden = 0.5


def test_gewone_ingroei_is_meteen_helemaal(boom: Path) -> None:
    register = laad(boom)
    assert register.maatregelen["duurdere_opvang"].verandert[0].ingroei == [1.0]
    assert register.maatregelen["geen_voorrang"].verandert[0].ingroei == [0, 0.5, 1]


def test_plaats_van_een_parameter(boom: Path) -> None:
    plek = laad(boom).vindplaatsen["parameter", "aandeel_met_voorrang"]
    assert (plek.bestand, plek.regel) == ("parameters/aannames/wonen.yaml", 18)
    assert plek.inhoud.regel((*plek.plek, "waarden", 0)) == 23


def test_scenario_bij_naam(boom: Path) -> None:
    register = laad(boom)
    assert register.scenario("verbod").referentie == "recht_2025"
    with pytest.raises(OnbekendScenario) as fout:
        register.scenario("verbot")
    assert str(fout.value) == "onbekend scenario 'verbot'; bedoelde u 'verbod'?"


def test_een_register_met_andere_scenarios_laat_het_eerste_zoals_het_is(boom: Path) -> None:
    register = laad(boom)
    ander = register.met_scenarios({"alleen": register.scenarios["verbod"]})
    assert list(ander.scenarios) == ["alleen"]
    assert sorted(register.scenarios) == ["recht_2025", "verbod"]
    assert ander.inhoudssleutel() != register.inhoudssleutel()


def test_de_map_wordt_gevonden(boom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMPACT_PARAMETERS", raising=False)
    diep = tmp_path / "a" / "b"
    diep.mkdir(parents=True)
    monkeypatch.chdir(diep)
    assert vind_map() == boom
    elders = maak_boom(diep)
    monkeypatch.setenv("IMPACT_PARAMETERS", str(boom))
    assert vind_map() == boom
    assert vind_map(elders) == elders


def test_een_map_die_niet_bestaat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RegisterFout, match="is geen map met parameters"):
        vind_map(tmp_path / "nergens")
    monkeypatch.setenv("IMPACT_PARAMETERS", str(tmp_path / "nergens"))
    with pytest.raises(RegisterFout, match="is geen map met parameters"):
        laad_register()


def test_sleutel_hangt_niet_af_van_opmaak(boom: Path) -> None:
    sleutel = laad(boom).inhoudssleutel()
    for pad in boom.rglob("*.yaml"):
        gegevens = yaml.load(pad.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if pad.parent.name == "scenarios":
            schrijf(pad, "# opmerking\n" + pad.read_text(encoding="utf-8"))
        elif pad.name in ("bronnen.yaml", "herkomst.yaml"):
            omgekeerd = dict(reversed(gegevens.items()))
            schrijf(pad, yaml.safe_dump(omgekeerd, sort_keys=False).replace("url: 'null'", "url:"))
    for pad in boom.rglob("*.csv"):
        pad.write_bytes(pad.read_bytes().replace(b"\n", b"\r\n"))
    assert laad(boom).inhoudssleutel() == sleutel


def test_sleutel_hangt_niet_af_van_de_plaats_of_de_dag(boom: Path, tmp_path: Path) -> None:
    elders = tmp_path / "elders" / "parameters"
    shutil.copytree(boom, elders)
    sleutel = laad(boom).inhoudssleutel()
    assert laad_register(elders, date(2030, 1, 1)).inhoudssleutel() == sleutel


@pytest.mark.parametrize(
    ("bestand", "oud", "nieuw"),
    [
        ("aannames/wonen.yaml", "midden: 0.072", "midden: 0.073"),
        ("aannames/wonen.yaml", "vindplaats: tabel 2", "vindplaats: tabel 7"),
        ("wetten/voorrang.yaml", "[0, 0.5, 1]", "[0, 0.6, 1]"),
        ("wetten/voorrang.yaml", "Opvang wordt duurder.", "De opvang wordt duurder."),
        ("scenarios/verbod.yaml", "vanaf: 2026-II", "vanaf: 2027-I"),
        ("bronnen.yaml", "uitgever: CBS", "uitgever: SCP"),
        ("kostensoorten.yaml", "6.81", "6.82"),
        ("historie/opvang.csv", "6500", "6501"),
        ("historie/opvang.csv", "Rond, maar", "Rond maar"),
        ("gemeenten/gemeenten.csv", "1000000", "1000001"),
        ("gemeenten/hexkaart.json", '"kolom": 1, "rij": 17', '"kolom": 19, "rij": 40'),
        ("gemeenten/herkomst.yaml", "kwaliteit: groen", "kwaliteit: oranje"),
    ],
)
def test_elke_verandering_verandert_de_sleutel(
    boom: Path, bestand: str, oud: str, nieuw: str
) -> None:
    sleutel = laad(boom).inhoudssleutel()
    vervang(boom / bestand, oud, nieuw)
    assert laad(boom).inhoudssleutel() != sleutel


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_een_veranderde_komma_is_een_andere_inhoud_of_een_fout(
    vaste_boom: Path, data: st.DataObject
) -> None:
    pad = vaste_boom / data.draw(st.sampled_from(BESTANDEN))
    tekst = pad.read_text(encoding="utf-8")
    plekken = [m.start() for m in re.finditer("[,.]", tekst) if m.start() > tekst.index("\n")]
    plek = data.draw(st.sampled_from(plekken))
    nieuw = data.draw(st.sampled_from(["", "." if tekst[plek] == "," else ","]))
    sleutel = laad(vaste_boom).inhoudssleutel()
    schrijf(pad, tekst[:plek] + nieuw + tekst[plek + 1 :])
    try:
        anders = laad(vaste_boom).inhoudssleutel()
    except RegisterFout as fout:
        anders = str(fout)
    finally:
        schrijf(pad, tekst)
    assert anders != sleutel
