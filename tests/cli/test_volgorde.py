"""``impact volgorde`` from begin to end, and what a mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.cli.hoofd import main


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as uitgang:
        main(["volgorde", *argumenten])
    gelezen = capsys.readouterr()
    return int(uitgang.value.code or 0), gelezen.out, gelezen.err


def test_hulp_heeft_een_voorbeeld(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "--help")
    assert status == 0
    assert "Voorbeeld: impact volgorde vier_wetten" in uit


def test_een_scenario_met_een_wet_heeft_een_volgorde(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    doel = tmp_path / "uit"
    keuze = ["einde_lvv", "--trekkingen", "1", "--map", str(doel)]
    status, uit, _ = draai(capsys, *keuze)
    assert status == 0
    assert "er is een volgorde" in uit
    assert (doel / "volgorde.xlsx").is_file()
    assert not list(doel.glob("*.svg"))


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["recht_2025"], "heeft geen wetten om te ordenen"),
        (["vier_weten"], "bedoelde u 'vier_wetten'?"),
        (["vier_wetten", "--opzet", "standard"], "bedoelde u 'standaard'?"),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, *argumenten)
    assert status == 2
    assert tekst in fout
