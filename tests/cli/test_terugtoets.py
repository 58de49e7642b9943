from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from impact.cli.hoofd import FOUT_IN_INVOER, cli, main


def test_terugtoets_schrijft_tabellen_en_figuren(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_RESULTATEN", str(tmp_path / "resultaten"))
    doel = tmp_path / "uit"
    vraag = ["terugtoets", "--oorsprong", "2021-II", "--trekkingen", "6", "--map", str(doel)]
    uitkomst = CliRunner().invoke(cli, vraag, catch_exceptions=False)
    assert uitkomst.exit_code == 0
    assert "Gehuisveste statushouders" in uitkomst.output
    assert (doel / "terugtoets.xlsx").is_file()
    assert len(list(doel.glob("*.csv"))) == 4
    assert len(list(doel.glob("*.svg"))) == 5


def test_een_onmogelijk_beginpunt_geeft_een_melding(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as einde:
        main(["terugtoets", "--oorsprong", "2031-I"])
    assert einde.value.code == FOUT_IN_INVOER
    assert "2019-I tot en met 2023-I" in capsys.readouterr().err
