"""A template for a new law: written whole, refused kindly, and checked until it is filled in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from impact.cli.hoofd import main
from impact.cli.nieuw import NieuwFout, nette_naam, schrijf_wet
from impact.registry.laden import laad_register
from impact.registry.problemen import RegisterFout

NAAM = "kamers_bij_bewoners"
SCHEMAREGEL = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


@pytest.fixture
def kopie(tmp_path: Path, wortel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped parameters that a test may change."""
    doel = tmp_path / "parameters"
    shutil.copytree(wortel / "parameters", doel)
    monkeypatch.setenv("IMPACT_PARAMETERS", str(doel))
    return doel


def problemen(map_: Path) -> list[str]:
    with pytest.raises(RegisterFout) as fout:
        laad_register(map_)
    return [str(probleem) for probleem in fout.value.problemen]


def bestanden(map_: Path) -> set[Path]:
    return {pad for pad in map_.rglob("*") if pad.is_file()}


def test_er_komen_drie_bestanden_met_hun_schema(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_uit = _draai(capsys, "nieuw", "wet", NAAM)
    for map_ in ("wetten", "uitvoering", "scenarios"):
        pad = kopie / map_ / f"{NAAM}.yaml"
        assert f"parameters/{map_}/{NAAM}.yaml" in main_uit
        regel = SCHEMAREGEL.match(pad.read_text(encoding="utf-8"))
        assert regel is not None, "de eerste regel noemt het schema"
        assert (pad.parent / regel[1]).is_file()
    assert f"impact rapport --scenario {NAAM}" in main_uit


def test_check_noemt_elke_plek_die_open_staat_en_niets_anders(kopie: Path) -> None:
    geschreven = schrijf_wet(kopie, NAAM)
    verwacht = set()
    for pad in geschreven:
        regels = pad.read_text(encoding="utf-8").splitlines()
        naam = f"parameters/{pad.relative_to(kopie).as_posix()}"
        verwacht |= {
            f"{naam}, regel {nummer}"
            for nummer, regel in enumerate(regels, start=1)
            if ": TODO" in regel
        }
    gevonden = problemen(kopie)
    assert len(verwacht) > 15
    assert {melding.partition(": ")[0] for melding in gevonden} == verwacht
    assert all("is nog niet ingevuld\n  vul in: " in melding for melding in gevonden)


def test_een_half_ingevuld_bestand_noemt_ook_gewone_fouten(kopie: Path) -> None:
    wet, _, scenario = schrijf_wet(kopie, NAAM)
    tekst = wet.read_text(encoding="utf-8")
    tekst = re.sub(r"parameter: TODO.*", "parameter: factor_kamer", tekst)
    wet.write_text(re.sub(r"eenheid: TODO.*", "eenheid: ondeel", tekst), encoding="utf-8")
    tekst = scenario.read_text(encoding="utf-8")
    scenario.write_text(tekst.replace("geldend_recht ", "geldend_rech "), encoding="utf-8")
    alles = "\n".join(problemen(kopie))
    assert "onbekende parameter 'factor_kamer'\n  bedoelde u 'factor_kamers'?" in alles
    assert "bedoelde u 'aandeel'?" in alles
    assert "onbekende referentie 'geldend_rech'\n  bedoelde u 'geldend_recht'?" in alles


@pytest.mark.parametrize("al_daar", ["wetten", "uitvoering", "scenarios"])
def test_een_bestaande_naam_wordt_geweigerd_en_er_komt_niets_half(
    kopie: Path, al_daar: str
) -> None:
    (kopie / al_daar / f"{NAAM}.yaml").write_text("van mij\n", encoding="utf-8")
    voor = bestanden(kopie)
    with pytest.raises(NieuwFout, match=rf"(?s)'{NAAM}' bestaat al: parameters/{al_daar}/.*_2'"):
        schrijf_wet(kopie, NAAM)
    assert bestanden(kopie) == voor
    assert (kopie / al_daar / f"{NAAM}.yaml").read_text(encoding="utf-8") == "van mij\n"


@pytest.mark.parametrize(
    ("naam", "voorstel"),
    [
        ("Kamers bij bewoners", "kamers_bij_bewoners"),
        ("één-gezin", "een_gezin"),
        ("../ontsnapt", "ontsnapt"),
        ("_wet", "wet"),
        ("a" * 90, "a" * 80),
    ],
)
def test_een_naam_die_niet_kan_krijgt_een_voorstel(kopie: Path, naam: str, voorstel: str) -> None:
    voor = bestanden(kopie.parent)
    with pytest.raises(NieuwFout, match=f"bedoelde u '{voorstel}'"):
        schrijf_wet(kopie, naam)
    assert bestanden(kopie.parent) == voor
    assert nette_naam(naam) == voorstel


def test_een_naam_zonder_letters_krijgt_geen_voorstel(kopie: Path) -> None:
    with pytest.raises(NieuwFout) as fout:
        schrijf_wet(kopie, "?!")
    assert "kleine letters" in str(fout.value)
    assert "bedoelde" not in str(fout.value)


def test_een_sjabloon_dat_weg_is_laat_niets_half_achter(kopie: Path) -> None:
    (kopie / ".sjablonen" / "scenario.yaml").unlink()
    voor = bestanden(kopie)
    with pytest.raises(NieuwFout, match=r"scenario\.yaml ontbreekt; zet het terug"):
        schrijf_wet(kopie, NAAM)
    assert bestanden(kopie) == voor


def test_een_fout_is_een_melding_zonder_traceback(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as einde:
        main(["nieuw", "wet", "verbod_voorrang"])
    fout = capsys.readouterr().err
    assert einde.value.code == 2
    assert "bestaat al" in fout
    assert "Traceback" not in fout


def _draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> str:
    with pytest.raises(SystemExit) as einde:
        main(argumenten)
    uit = capsys.readouterr()
    assert not einde.value.code, uit.err
    return uit.out
