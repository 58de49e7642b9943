"""``impact omslagpunt`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from impact.cli.hoofd import main


@pytest.fixture
def uit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    return tmp_path / "uit"


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    """Run the command; return exit status, output and messages."""
    with pytest.raises(SystemExit) as einde:
        main(["omslagpunt", *argumenten])
    gezegd = capsys.readouterr()
    return int(einde.value.code or 0), gezegd.out, gezegd.err


def test_een_vraag_geeft_een_zin_een_werkboek_en_een_figuur(
    uit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    knop = "bijdrage_per_gehuisveste"
    vraag = ("einde_lvv", "--conclusie", "gat_nul", "--knop", knop)
    status, gezegd, _ = draai(capsys, *vraag, "--trekkingen", "4", "--map", str(uit))
    assert status == 0
    assert "Gemeenten komen geld tekort." in gezegd
    assert "nodig is ten minste circa" in gezegd
    assert "Een instrument wordt samen met de wet gegeven." in gezegd
    namen = {pad.name.removeprefix(f"omslagpunt-gat_nul-{knop}") for pad in uit.iterdir()}
    assert {".xlsx", "-nodig.csv", "-gemeenten.csv", "-trekkingen.csv"} <= namen
    assert any(naam.endswith(".svg") for naam in namen)
    tabel = pd.read_csv(uit / f"omslagpunt-gat_nul-{knop}-nodig.csv")
    assert tabel["geval"].tolist() == ["waarde"]
    assert len(pd.read_csv(uit / f"omslagpunt-gat_nul-{knop}-gemeenten.csv")) == 342


def test_een_gemeente_bij_haar_naam(uit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vraag = ("einde_lvv", "--conclusie", "gat_nul", "--knop", "fte", "--gemeente", "Utrecht")
    status, gezegd, _ = draai(capsys, *vraag, "--trekkingen", "3", "--map", str(uit))
    assert status == 0
    assert "Dit gaat over Utrecht." in gezegd
    assert (uit / "omslagpunt-gat_nul-fte-GM0344.xlsx").is_file()


@pytest.mark.parametrize(
    ("argumenten", "melding"),
    [
        (["einde_lv"], "bedoelde u 'einde_lvv'"),
        (["einde_lvv", "--conclusie", "gat_nil"], "bedoelde u 'gat_nul'"),
        (["einde_lvv", "--conclusie", "gat_nul", "--knop", "flex"], "onbekende knop 'flex'"),
        (["einde_lvv", "--knop", "flexwoningen"], "--knop vraagt om --conclusie"),
        (["einde_lvv", "--laagste", "3"], "vragen om --knop"),
        (["einde_lvv", "--gemeente", "Utrect"], "bedoelde u 'Utrecht'"),
    ],
)
def test_een_fout_zegt_wat_wel_kan_en_schrijft_niets(
    uit: Path, capsys: pytest.CaptureFixture[str], argumenten: list[str], melding: str
) -> None:
    status, _, fout = draai(capsys, *argumenten, "--map", str(uit))
    assert status == 2
    assert melding in fout
    assert not uit.exists()
    assert "Traceback" not in fout
