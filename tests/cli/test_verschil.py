"""``impact verschil`` from begin to end, and what a mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.cli.hoofd import main
from tests.verschilgeval import SCENARIO, VOLWASSEN, Werkbank, maak_werkbank


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as uitgang:
        main(["verschil", *argumenten])
    gelezen = capsys.readouterr()
    return int(uitgang.value.code or 0), gelezen.out, gelezen.err


@pytest.fixture
def werkbank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Werkbank:
    werkbank = maak_werkbank(tmp_path)
    monkeypatch.setenv("IMPACT_PARAMETERS", str(werkbank.map))
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    return werkbank


def test_hulp_heeft_een_voorbeeld(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "--help")
    assert status == 0
    assert "Voorbeeld: impact verschil a25ad0cf34ed nu" in uit


def test_een_gewijzigde_aanname(
    werkbank: Werkbank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oud = str(werkbank.reken().manifest["sleutel"])
    werkbank.wijzig(VOLWASSEN)
    doel = tmp_path / "uit"
    status, uit, _ = draai(capsys, oud[:12], "nu", "--trekkingen", "2", "--map", str(doel))
    assert status == 0
    assert "Veranderd is: 1 waarde in de parameters (1 in aannames)." in uit
    assert "0,71 (0,62 tot 0,78) -> 0,74 (0,65 tot 0,78) aandeel" in uit
    namen = {pad.name for pad in doel.iterdir()}
    vast = {"nota-van-wijziging.html", "nota-van-wijziging.xlsx"}
    tabellen = {f"nota-van-wijziging-{t}.csv" for t in ("parameters", "uitkomsten", "stappen")}
    assert vast | tabellen <= namen
    assert "nota-van-wijziging-verschil-gat_gemeenten.svg" in namen


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["nu", "nu"], "noem met --scenario"),
        (["abcdef", "nu"], "'abcdef' is geen berekening. Er is nog niets bewaard"),
        (["nu", "nu", "--scenario", "verbod_vorrang"], f"bedoelde u '{SCENARIO}'?"),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, werkbank: Werkbank, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, *argumenten)
    assert status == 2
    assert tekst in fout
