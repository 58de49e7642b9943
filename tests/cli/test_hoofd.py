"""The commands as an analyst types them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from impact.cli.hoofd import GESTOPT, main


@pytest.fixture
def kopie(tmp_path: Path, wortel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped parameters that a test may change."""
    doel = tmp_path / "parameters"
    shutil.copytree(wortel / "parameters", doel)
    monkeypatch.setenv("IMPACT_PARAMETERS", str(doel))
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    return doel


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    """Run a command; return exit status, output and messages."""
    with pytest.raises(SystemExit) as einde:
        main(argumenten)
    uit = capsys.readouterr()
    return int(einde.value.code or 0), uit.out, uit.err


def test_check_toont_de_dekking(kopie: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "check")
    assert status == 0
    for woord in ("groen", "oranje", "rood", "verouderd", "officieel", "342 gemeenten"):
        assert woord in uit
    wet = json.loads((kopie / ".schemas" / "wet.json").read_text(encoding="utf-8"))
    assert wet["title"]


def test_alle_fouten_in_een_keer_zonder_traceback(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sociaal = kopie / "aannames" / "sociaal.yaml"
    tekst = sociaal.read_text(encoding="utf-8").replace(
        "eenheid: aandeel\n", "eenheid: ondeel\n", 1
    )
    sociaal.write_text(tekst, encoding="utf-8")
    scenario = kopie / "scenarios" / "verbod_voorrang.yaml"
    tekst = scenario.read_text(encoding="utf-8").replace("vanaf: 2027-I}", "vanaf: 2027-III}", 1)
    scenario.write_text(tekst, encoding="utf-8")
    status, _, fout = draai(capsys, "check")
    assert status == 2
    assert "parameters/aannames/sociaal.yaml, regel" in fout
    assert "bedoelde u 'aandeel'?" in fout
    assert "'2027-III' is geen halfjaar; gebruik 2027-I of 2027-II" in fout
    assert "er is niets berekend." in fout
    assert "Traceback" not in fout


def test_check_mist_geen_bestand_dat_weg_is(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kopie / "historie" / "opvang.csv").unlink()
    soorten = kopie / "kostensoorten.yaml"
    tekst = soorten.read_text(encoding="utf-8").replace("\nschuldhulp:", "\nschuldhup:")
    soorten.write_text(tekst, encoding="utf-8")
    status, _, fout = draai(capsys, "check")
    assert status == 2
    assert "parameters/historie: onbekende reeks 'statushouders_in_coa'" in fout
    assert "'schuldhulp' ontbreekt\n  bedoelde u 'schuldhup'?" in fout


def test_run_rekent_en_zoekt_daarna_op(kopie: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = ["run", "einde_lvv", "--trekkingen", "4", "--tot", "2028-I"]
    status, uit, fout = draai(capsys, *opdracht)
    assert status == 0
    assert "einde_lvv: berekend" in fout
    map_ = Path(uit.strip().removeprefix("einde_lvv: "))
    assert (map_ / "tabel.parquet").is_file()
    status, weer, fout = draai(capsys, *opdracht)
    assert status == 0
    assert weer == uit
    assert "einde_lvv: bestond al" in fout


def test_gewijzigde_bijstandscurve_geeft_een_nieuw_resultaat(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opdracht = ["run", "einde_lvv", "--trekkingen", "2", "--tot", "2027-II"]
    eerste = draai(capsys, *opdracht)[1]
    sociaal = kopie / "aannames" / "sociaal.yaml"
    tekst = sociaal.read_text(encoding="utf-8")
    voor, na = tekst.split("bijstandskans_24_maanden:", 1)
    assert "midden: 0.88" in na
    nieuw = voor + "bijstandskans_24_maanden:" + na.replace("midden: 0.88", "midden: 0.87", 1)
    sociaal.write_text(nieuw, encoding="utf-8")
    assert draai(capsys, *opdracht)[1] != eerste


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["run", "verbod_vorrang"], "bedoelde u 'verbod_voorrang'?"),
        (["run"], "noem een of meer scenario's"),
        (["run", "einde_lvv", "--tot", "2030-III"], "gebruik 2030-I of 2030-II"),
        (["rapport"], "noem een --scenario"),
        (["rapport", "--alles", "--scenario", "geldend_recht"], "niet allebei"),
        (["rapport", "--scenario", "einde_lv"], "bedoelde u 'einde_lvv'?"),
        (["rapport", "--scenario", "einde_lvv", "--gemeente", "GM9999"], "onbekende gemeente"),
        (["verdeling", "2025-I", "--gemeente", "Weet"], "bedoelde u 'Weert'?"),
        (["run", "einde_lvv", "--tot", "2020-I"], "ligt voor het begin (2026-I)"),
        (["verdeling", "2031-I"], "heeft geen waarde voor 2031-I"),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, *argumenten)
    assert status == 2
    assert tekst in fout


PROGRAMMA = [sys.executable, "-c", "from impact.cli.hoofd import main; main()"]


@pytest.mark.skipif(os.name == "nt", reason="dit systeem vraagt een proces niet om te stoppen")
def test_sigterm_laat_niets_achter(tmp_path: Path) -> None:
    resultaten, klad = tmp_path / "resultaten", tmp_path / "tijdelijk"
    klad.mkdir()
    omgeving = {**os.environ, "IMPACT_RESULTATEN": str(resultaten), "TMPDIR": str(klad)}
    opdracht = [*PROGRAMMA, "run", "einde_lvv", "--trekkingen", "2000"]
    with subprocess.Popen(opdracht, env=omgeving, stderr=subprocess.DEVNULL) as proces:
        eind = time.monotonic() + 120
        while not list(resultaten.glob(".klad-*/*")) and time.monotonic() < eind:
            time.sleep(0.05)
        proces.terminate()
        assert proces.wait(30) == GESTOPT + signal.SIGTERM
    assert list(klad.iterdir()) == []
    assert [pad.name for pad in resultaten.iterdir()] == ["parameters"]


def draai_apart(*argumenten: str) -> tuple[int, str]:
    """Run a command as an analyst does, in a process of its own; return exit status and output."""
    uit = subprocess.run([*PROGRAMMA, *argumenten], capture_output=True, text=True, check=False)
    return uit.returncode, uit.stdout


@pytest.mark.usefixtures("kopie")
def test_rapport_en_blad_van_begin_tot_eind(tmp_path: Path) -> None:
    doel = tmp_path / "uit"
    keuze = ["--scenario", "einde_lvv", "--gemeente", "Amsterdam", "--trekkingen", "6"]
    status, uit = draai_apart("rapport", *keuze, "--map", str(doel))
    assert status == 0
    assert "Gemaakt: 3 rapporten" in uit
    for naam in ("einde_lvv/uitvoeringstoets.html", "einde_lvv/gemeenten/GM0363.html"):
        assert naam in uit
        assert "<h1" in (doel / naam).read_text(encoding="utf-8")
        assert (doel / naam).with_suffix(".xlsx").is_file()
    assert f"Begin hier: {doel / 'index.html'}" in uit
    assert "GM0363.html" in (doel / "index.html").read_text(encoding="utf-8")


def test_verdeling_van_een_gemeente(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "verdeling", "2020-II", "--gemeente", "GM0988")
    assert status == 0
    assert "6.500 personen; inwoners op 1 januari 2019 (CBS)" in uit
    assert uit.rstrip().endswith("19")


def test_verdeling_over_alle_gemeenten_is_ten_minste_het_landelijke_getal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, uit, _ = draai(capsys, "verdeling", "2025-I", "--landelijk", "15000")
    aantallen = [int(regel.split()[-1]) for regel in uit.splitlines()[1:]]
    assert len(aantallen) == 342
    assert 15_000 <= sum(aantallen) < 15_000 + 342


@pytest.mark.parametrize("opdracht", ["check", "run", "verdeling", "rapport", "verklaar"])
def test_hulp_heeft_een_voorbeeld(opdracht: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, opdracht, "--help")
    assert status == 0
    assert f"Voorbeeld: impact {opdracht}" in uit
