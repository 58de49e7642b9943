"""Files that change while the explorer is open: it says so, and never mixes old and new."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from impact.registry.laden import Register
from impact.registry.problemen import RegisterFout
from impact.werkbank import Verkenner
from impact.werkbank.herlezen import HerleesFout, stempels, verhuis
from impact.werkbank.opslaan import OpslaanFout

HUUR = "verbod_voorrang_sociale_huur"
KANS = "kans_zonder_voorrang"


@pytest.fixture
def verkenner(kopie: Register) -> Verkenner:
    return Verkenner(trekkingen=4, register=kopie)


def verander(map_: Path, bestand: str, oud: str, nieuw: str) -> None:
    pad = map_ / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")


def andere_kans(map_: Path) -> None:
    pad = map_ / "aannames" / "huisvesting.yaml"
    tekst = pad.read_text(encoding="utf-8")
    anders = re.sub(rf"(?s)(\n{KANS}:.*?midden: )[\d.]+", r"\g<1>0.17", tekst, count=1)
    assert anders != tekst
    pad.write_text(anders, encoding="utf-8")


def berichten_van(verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    berichten: list[dict[str, Any]] = []
    monkeypatch.setattr(
        verkenner.paneel, "send", lambda inhoud, buffers=None: berichten.append(inhoud)
    )
    return berichten


def test_een_gewijzigd_bestand_wordt_gezien(
    verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch
) -> None:
    berichten = berichten_van(verkenner, monkeypatch)
    verkenner._ontvang(None, {"soort": "kijk"}, [])
    assert berichten == []
    andere_kans(verkenner.register.map)
    verkenner._ontvang(None, {"soort": "kijk"}, [])
    assert [b["soort"] for b in berichten] == ["veranderd"]
    assert verkenner.stand()["veranderd"]


def test_een_verborgen_bestand_van_een_editor_telt_niet(verkenner: Verkenner) -> None:
    map_ = verkenner.register.map
    (map_ / "aannames" / ".huisvesting.yaml.swp").touch()
    (map_ / "aannames" / ".ipynb_checkpoints").mkdir()
    (map_ / "aannames" / ".ipynb_checkpoints" / "x-checkpoint.yaml").touch()
    assert not verkenner.bestanden.kijk()
    (map_ / "aannames" / "nieuw.yaml").touch()
    assert verkenner.bestanden.kijk()


def test_bewaren_en_rapport_wachten_op_het_herlezen(
    verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch
) -> None:
    berichten = berichten_van(verkenner, monkeypatch)
    andere_kans(verkenner.register.map)
    with pytest.raises(OpslaanFout, match="Lees opnieuw"):
        verkenner.bewaar("proef", "Proef", "Een proef.")
    assert not (verkenner.register.map / "scenarios" / "proef.yaml").exists()
    verkenner._ontvang(None, {"soort": "rapport", "kant": "a"}, [])
    assert "er is niets gemaakt" in berichten[0]["tekst"]
    assert berichten[0]["bij"] == "rapport"
    verkenner.herlees()
    assert verkenner.bewaar("proef", "Proef", "Een proef.").exists()


def test_wat_de_verkenner_zelf_schrijft_is_geen_wijziging(verkenner: Verkenner) -> None:
    verkenner.bewaar("proef", "Proef", "Een proef.")
    assert not verkenner.bestanden.kijk()
    andere_kans(verkenner.register.map)
    verkenner.bestanden.neem_eigen(verkenner.register.map / "scenarios" / "proef.yaml")
    assert verkenner.bestanden.veranderd


def test_herlezen_geeft_de_cijfers_van_een_nieuwe_verkenner(verkenner: Verkenner) -> None:
    keuzes = (
        {"wat": "sterkte", "kant": "a", "naam": HUUR, "waarde": 0.5},
        {"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": 15_000},
        {"wat": "gebied", "niveau": "gemeente", "groep": "GM0344"},
    )
    oud = verkenner.doe(*keuzes)
    andere_kans(verkenner.register.map)
    gemaakt = verkenner.herlees()
    vers = Verkenner(trekkingen=4, register=verkenner._gelezen)
    assert gemaakt == vers.doe(*keuzes)
    assert gemaakt["panelen"]["voorraad"] != oud["panelen"]["voorraad"]
    assert verkenner.keuze == vers.keuze
    assert verkenner.stand() == vers.stand()
    assert not verkenner.bestanden.kijk()
    verkenner.geschiedenis.terug()
    assert verkenner.keuze.a == verkenner.register.scenarios["verbod_voorrang"]


def test_een_pad_van_jaren_schuift_mee_met_de_nieuwe_waarden(verkenner: Verkenner) -> None:
    verkenner.doe({"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": 15_000})
    eerste = verkenner.keuze.a.context[0].waarden[0].midden
    parameters = dict(verkenner.register.parameters)
    parameter = parameters["asielaanvragen"]
    waarden = [
        *(w.model_copy(update={"midden": 2 * w.midden}) for w in parameter.waarden[:-1]),
        parameter.waarden[-1],
    ]
    parameters["asielaanvragen"] = parameter.model_copy(update={"waarden": waarden})
    nieuw = replace(verkenner.register, parameters=parameters)
    begin = verkenner.rekenaar.perioden[0]
    mee = verhuis(verkenner.register, nieuw, verkenner.geschiedenis, begin).nu.a.context[0].waarden
    assert mee[-1].midden == 15_000
    assert mee[0].midden == pytest.approx(2 * eerste)


def test_een_bewaard_scenario_komt_mee_in_zijn_nieuwe_vorm(verkenner: Verkenner) -> None:
    map_ = verkenner.register.map
    verander(map_, "scenarios/verbod_voorrang.yaml", "vanaf: 2027-I", "vanaf: 2028-I")
    verkenner.herlees()
    assert verkenner.keuze.a == verkenner.register.scenarios["verbod_voorrang"]
    assert "2028-I" in {str(stap.vanaf) for stap in verkenner.keuze.a.maatregelen}


def test_met_fouten_in_de_bestanden_werkt_alles_door_met_de_oude(
    verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch
) -> None:
    berichten = berichten_van(verkenner, monkeypatch)
    oud = verkenner.doe()
    map_ = verkenner.register.map
    verander(map_, "aannames/huisvesting.yaml", "midden:", "mideen:")
    verander(map_, "scenarios/verbod_voorrang.yaml", "vanaf: 2027-I", "vanaf: 2027-III")
    with pytest.raises(RegisterFout):
        verkenner.herlees()
    verkenner._ontvang(None, {"soort": "herlees"}, [])
    tekst = berichten[0]["tekst"]
    assert tekst.startswith("Niet opnieuw gelezen; de verkenner rekent verder met de oude waarden.")
    assert "parameters/aannames/huisvesting.yaml, regel" in tekst
    assert "parameters/scenarios/verbod_voorrang.yaml, regel" in tekst
    assert berichten[0]["stand"]["veranderd"]
    assert verkenner.doe() == oud


def test_een_keuze_die_niet_meer_kan_blijft_staan_met_de_redenen(verkenner: Verkenner) -> None:
    verkenner.doe(
        {"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": 15_000},
    )
    oud = verkenner.register
    nieuw = replace(
        oud,
        maatregelen={n: m for n, m in oud.maatregelen.items() if n != HUUR},
        parameters={n: p for n, p in oud.parameters.items() if n != "asielaanvragen"},
        scenarios={n: s for n, s in oud.scenarios.items() if s.referentie is None},
    )
    begin = verkenner.rekenaar.perioden[0]
    with pytest.raises(HerleesFout) as fout:
        verhuis(oud, nieuw, verkenner.geschiedenis, begin)
    regels = str(fout.value).splitlines()
    assert regels[0] == "Uw keuze past niet bij de nieuwe bestanden."
    assert f"onbekende maatregel '{HUUR}'" in regels[1]
    assert "onbekende aanname 'asielaanvragen'" in regels[2]
    assert len(regels) == 3, "elke reden een keer"


def test_een_stap_terug_die_niet_meer_kan_valt_weg(verkenner: Verkenner) -> None:
    verkenner.doe({"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": 15_000})
    verkenner.doe({"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": None})
    verkenner.doe({"wat": "aanname", "kant": "a", "naam": KANS, "waarde": 0.3})
    oud = verkenner.register
    nieuw = replace(
        oud, parameters={n: p for n, p in oud.parameters.items() if n != "asielaanvragen"}
    )
    geschiedenis = verhuis(oud, nieuw, verkenner.geschiedenis, verkenner.rekenaar.perioden[0])
    assert geschiedenis.nu == verkenner.keuze
    geschiedenis.terug()
    geschiedenis.terug()
    assert not geschiedenis.kan_terug, "het begin, en de keuze zonder verschoven aanname"


def test_de_stempels_zijn_die_van_alle_gelezen_bestanden(kopie: Register) -> None:
    gestempeld = stempels(kopie.map)
    for plek in kopie.vindplaatsen.values():
        assert str(kopie.map.parent / plek.bestand) in gestempeld
