"""What municipalities sent in is stored, found back, and never overwritten in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from impact.cli.hoofd import main
from impact.inwinnen.bewaren import als_yaml, bewaar
from impact.inwinnen.lezen import Gelezen
from impact.registry.eigenmodellen import Eigenopgave, naam_bron
from impact.registry.laden import Register
from impact.registry.problemen import RegisterFout
from tests.inwinnen.conftest import CODE, Invuller, laad
from tests.inwinnen.opgaven import maak_opgave
from tests.registry.boom import vervang


def gelezen(opgave: Eigenopgave, naam: str = "een.xlsx") -> Gelezen:
    return Gelezen(naam, opgave)


def test_bewaard_en_geladen_is_hetzelfde(eigen_register: Register) -> None:
    opgave = maak_opgave(CODE, achterstand=-12.0, lvv_plaatsen=150.0, fte_beschikbaar=7.5)
    vreemd = opgave.model_copy(
        update={
            "afzender": 'Wonen: "1" # {x} \u2028 =1+1',
            "cijfers": {
                naam: c.model_copy(update={"opmerking": "- [x]: &a *b !!c '"})
                for naam, c in opgave.cijfers.items()
            },
        }
    )
    verslag = bewaar(eigen_register, [gelezen(vreemd)])
    assert list(verslag.bewaard) == [CODE]
    opnieuw = laad(eigen_register.map)
    assert opnieuw.eigen == {CODE: vreemd}
    bron = opnieuw.bronnen[naam_bron(CODE)]
    assert (bron.soort, bron.datum) == ("gemeente", "2026-11-20")
    assert "Gemeente Utrecht" in bron.uitgever
    assert opnieuw.inhoudssleutel() != eigen_register.inhoudssleutel()


def test_een_eigen_aanname_geldt_alleen_voor_die_gemeente_en_vanaf_haar_datum(
    eigen_register: Register,
) -> None:
    bewaar(eigen_register, [gelezen(maak_opgave(CODE, lvv_plaatsen=150.0))])
    opnieuw = laad(eigen_register.map)
    oud = eigen_register.parameters["lvv_plaatsen"].waarden[0].gemeenten or {}
    eerst, later = opnieuw.parameters["lvv_plaatsen"].waarden
    assert eerst.gemeenten == oud
    assert str(later.vanaf) == "2026-I"
    assert (later.gemeenten or {})[CODE].midden == 150.0
    assert {c: g for c, g in (later.gemeenten or {}).items() if c != CODE} == {
        c: g for c, g in oud.items() if c != CODE
    }
    assert opnieuw.zonder_eigen().parameters == eigen_register.parameters


def test_hetzelfde_formulier_verandert_niets(eigen_register: Register) -> None:
    opgave = maak_opgave(CODE, achterstand=10.0)
    pad = bewaar(eigen_register, [gelezen(opgave)]).bewaard[CODE]
    tijd = pad.stat().st_mtime_ns
    later = opgave.model_copy(update={"afzender": "Iemand anders"})
    verslag = bewaar(laad(eigen_register.map), [gelezen(later), gelezen(later, "twee.xlsx")])
    assert verslag.bekend == [CODE]
    assert not verslag.bewaard
    assert pad.stat().st_mtime_ns == tijd


def test_een_ander_cijfer_vraagt_om_vervang(eigen_register: Register) -> None:
    pad = bewaar(eigen_register, [gelezen(maak_opgave(CODE, achterstand=10.0))]).bewaard[CODE]
    oud, register = pad.read_text(encoding="utf-8"), laad(eigen_register.map)
    ouder = maak_opgave(CODE, achterstand=20.0, opvangtaak=5.0).model_copy(
        update={"ingevuld": date(2026, 11, 1)}
    )
    verslag = bewaar(register, [gelezen(ouder)])
    assert verslag.botsend == [CODE]
    tekst = "\n".join(verslag.conflicten)
    assert "achterstand: bewaard is 10" in tekst
    assert "(nieuwer dan dit formulier); nu 20" in tekst
    assert "opvangtaak: bewaard is niets" in tekst
    assert "--vervang" in tekst
    assert pad.read_text(encoding="utf-8") == oud
    assert list(bewaar(register, [gelezen(ouder)], vervang=True).bewaard) == [CODE]
    assert laad(eigen_register.map).eigen[CODE] == ouder


def test_twee_formulieren_die_verschillen_worden_niet_gekozen(eigen_register: Register) -> None:
    een, twee = (maak_opgave(CODE, achterstand=w) for w in (10.0, 11.0))
    ander = maak_opgave("GM0363", achterstand=5.0)
    stukken = [gelezen(een), gelezen(twee, "twee.xlsx"), gelezen(ander, "drie.xlsx")]
    verslag = bewaar(eigen_register, stukken, vervang=True)
    assert list(verslag.bewaard) == ["GM0363"]
    assert "10 [2026-01-01, eigen registratie] in een.xlsx en 11" in verslag.conflicten[0]
    assert "twee.xlsx" in verslag.conflicten[0]


def test_een_proef_bewaart_niets(eigen_register: Register) -> None:
    verslag = bewaar(eigen_register, [gelezen(maak_opgave(CODE, achterstand=1.0))], proef=True)
    assert list(verslag.bewaard) == [CODE]
    assert not (eigen_register.map / "gemeenten" / "eigen").exists()


FOUTE_BESTANDEN = [
    ("gemeente: GM0344", "gemeente: GM0363", "'bron: eigen_GM0344' moet 'eigen_GM0363' zijn"),
    ("eenheid: personen", "eenheid: plaatsen", "'eenheid: plaatsen' moet 'personen' zijn"),
    ("  achterstand:", "  achterstant:", "bedoelde u 'achterstand'?"),
    ("'2026-01-01'", "'2024-01-01'", "van 2025-12-01 tot en met 2026-01-31"),
    ("bron: eigen_GM0344", "bron: cbs_70072ned", "moet 'eigen_GM0344' zijn"),
    ("kwaliteit: oranje", "kwaliteit: geel", "'kwaliteit: geel' kan niet"),
    ("afzender: Afdeling wonen", "afzender: ''", "de tekst is leeg"),
    ("midden: 10", "midden: tien", "moet een getal zijn"),
]


@pytest.mark.parametrize(("zoek", "wordt", "tekst"), FOUTE_BESTANDEN)
def test_de_controle_ziet_ook_eigen_cijfers(
    eigen_register: Register, zoek: str, wordt: str, tekst: str
) -> None:
    opgave = maak_opgave(CODE, achterstand=10.0)
    pad = bewaar(eigen_register, [gelezen(opgave)]).bewaard[CODE]
    vervang(pad, zoek, wordt)
    with pytest.raises(RegisterFout) as fout:
        laad(eigen_register.map)
    assert "1 probleem; er is niets berekend." in str(fout.value)
    assert tekst in str(fout.value)
    assert "parameters/gemeenten/eigen/GM0344.yaml, regel" in str(fout.value)


def test_een_bestand_onder_de_naam_van_een_andere_gemeente(eigen_register: Register) -> None:
    opgave = maak_opgave(CODE, achterstand=10.0)
    pad = bewaar(eigen_register, [gelezen(opgave)]).bewaard[CODE]
    pad.rename(pad.with_name("GM0363.yaml"))
    with pytest.raises(RegisterFout, match=r"'gemeente: GM0344' hoort in GM0344\.yaml"):
        laad(eigen_register.map)


def test_een_bestand_met_een_verkeerde_extensie_wordt_genoemd(eigen_register: Register) -> None:
    map_ = eigen_register.map / "gemeenten" / "eigen"
    map_.mkdir()
    (map_ / "GM0344.yml").write_text(als_yaml(maak_opgave(CODE, achterstand=1.0), "Utrecht"))
    with pytest.raises(RegisterFout, match="wordt niet gelezen"):
        laad(eigen_register.map)


def test_het_commando_maakt_leest_en_meldt(
    eigen_register: Register,
    vul_in: Invuller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IMPACT_PARAMETERS", str(eigen_register.map))
    doel = tmp_path / "formulieren"

    def draai(*argumenten: Any) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as slot:
            main([str(deel) for deel in argumenten])
        tekst = capsys.readouterr()
        return slot.value.code, tekst.out, tekst.err

    code, uit, _ = draai("formulier", "Utrecht", "--map", doel)
    assert code in (0, None)
    assert (doel / f"eigen-cijfers-{CODE}.xlsx").is_file()
    assert "Formulier voor Utrecht" in uit
    goed = vul_in(achterstand=300, corporatiewoningen=50_000)
    slecht = vul_in(naam="slecht.xlsx", code="GM0363", achterstand="=1")
    code, uit, fout = draai("formulier", "lees", goed, slecht)
    assert code == 2
    assert "slecht.xlsx, blad 'Eigen cijfers', cel H11: " in fout
    assert "Bestanden met fouten: 1." in fout
    assert f"Bewaard: {CODE}" in uit
    assert "landelijk blijft 17.000; de andere gemeenten zijn geschaald" in uit
    assert list(laad(eigen_register.map).eigen) == [CODE]
    code, uit, _ = draai("check")
    assert "Eigen cijfers: 1 gemeente." in uit
    schemas = eigen_register.map / ".schemas"
    assert {"eigen.json", "eigen_cijfers.json", "verversen.json"} <= {
        pad.name for pad in schemas.iterdir()
    }
    assert draai("formulier", "GM9999")[0] == 2
