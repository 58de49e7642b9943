"""``impact gevoeligheid`` as an analyst types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.cli.hoofd import main


def draai(capsys: pytest.CaptureFixture[str], *argumenten: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as einde:
        main(["gevoeligheid", *argumenten])
    uit = capsys.readouterr()
    return int(einde.value.code or 0), uit.out, uit.err


def test_van_vraag_tot_bestanden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    doel = tmp_path / "uit"
    keuze = ["einde_lvv", "--trekkingen", "8", "--map", str(doel)]
    status, uit, _ = draai(capsys, *keuze)
    assert status == 0
    assert "Wat gemeenten per jaar meer kwijt zijn: circa" in uit
    assert "onzekerheid" in uit
    assert "Sobol-index" in uit
    namen = {pad.name for pad in doel.iterdir()}
    voor = "gevoeligheid-gat_gemeenten"
    assert {f"{voor}.xlsx", f"{voor}-groepen.csv", f"{voor}-invloed.csv"} <= namen
    assert any(naam.endswith(".svg") for naam in namen)
    status, uit, _ = draai(capsys, *keuze, "--uitkomst", "ind_wachtenden")
    assert status == 0
    assert "Er is dus geen onzekerheid om te verdelen." in uit


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["einde_lv"], "bedoelde u 'einde_lvv'?"),
        (["einde_lvv", "--uitkomst", "gat_gemeente"], "bedoelde u 'gat_gemeenten'?"),
        (["einde_lvv", "--trekkingen", "300"], "kies 256 of 512"),
        ([], "Er ontbreekt invoer"),
    ],
)
def test_een_vergissing_krijgt_antwoord(
    argumenten: list[str], tekst: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, *argumenten)
    assert status == 2
    assert tekst in fout


def test_hulp_heeft_een_voorbeeld(capsys: pytest.CaptureFixture[str]) -> None:
    status, uit, _ = draai(capsys, "--help")
    assert status == 0
    assert uit.rstrip().count("Voorbeeld: impact gevoeligheid") == 1
