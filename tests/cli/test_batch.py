"""The commands of a batch as an analyst types them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from impact.cli.rapport import kies_dag, vaste_invoer
from impact.registry.plaats import PEILDATUM, peildag, vind_map
from impact.reporting.batchmap import open_batchmap
from tests.cli.test_hoofd import draai, draai_apart, kopie
from tests.reporting.nepbatch import draai as nepbatch
from tests.reporting.nepbatch import nep_opdrachten

__all__ = ["kopie"]


def test_controleer_zegt_wat_er_anders_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nepbatch(tmp_path, 2)
    status, uit, _ = draai(capsys, "controleer", str(tmp_path))
    assert status == 0
    assert uit == "In orde: alle 4 bestanden zijn nog zoals gemaakt.\n"
    een, twee = (opdracht.doel for opdracht in nep_opdrachten(tmp_path, 2))
    een.unlink()
    twee.write_text("anders", encoding="utf-8")
    (tmp_path / "vreemd.txt").write_text("?", encoding="utf-8")
    status, uit, _ = draai(capsys, "controleer", str(tmp_path))
    assert status == 1
    naam = "geldend_recht/gemeenten/"
    assert uit == (
        f"Ontbreekt: 1\n  {naam}{een.name}\nGewijzigd: 1\n  {naam}{twee.name}\n"
        "Hoort er niet bij: 1\n  vreemd.txt\n"
    )


def test_controleer_van_een_map_zonder_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, fout = draai(capsys, "controleer", str(tmp_path))
    assert status == 2
    assert "heeft geen manifest.json" in fout


def test_controleer_van_een_afgebroken_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nepbatch(tmp_path, 1)
    with open_batchmap(tmp_path) as map_:
        map_.begin("2026-11-20")
        opdracht = nep_opdrachten(tmp_path, 2)[1]
        map_.bewaar(opdracht, "s", {opdracht.doel.name: b"x"}, 0.0)
    status, uit, _ = draai(capsys, "controleer", str(tmp_path))
    assert status == 1
    assert "De laatste batch is afgebroken" in uit


def test_een_tweede_batch_in_dezelfde_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_batchmap(tmp_path):
        keuze = ["--scenario", "geldend_recht", "--trekkingen", "2", "--map", str(tmp_path)]
        status, _, fout = draai(capsys, "rapport", *keuze)
    assert status == 2
    assert "al een batch bezig" in fout


def test_een_cluster_dat_er_niet_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impact.analysis.cluster.WACHT", 0.3)
    keuze = ["--scenario", "geldend_recht", "--map", str(tmp_path), "--cluster"]
    status, _, fout = draai(capsys, "rapport", *keuze, "tcp://127.0.0.1:9")
    assert status == 2
    assert "tcp://127.0.0.1:9" in fout
    assert "antwoordt niet" in fout


def test_de_dag_van_een_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PEILDATUM, "2026-01-02")
    assert kies_dag(None, "") == "2026-01-02"
    assert kies_dag(None, "2026-03-04") == "2026-03-04"


def test_de_parameters_staan_stil_tijdens_een_batch(kopie: Path) -> None:
    bestand = kopie / "bronnen.yaml"
    oud = bestand.read_text(encoding="utf-8")
    with vaste_invoer("2026-03-04"):
        bestand.write_text("kapot", encoding="utf-8")
        assert vind_map() != kopie
        assert (vind_map() / "bronnen.yaml").read_text(encoding="utf-8") == oud
        assert str(peildag()) == "2026-03-04"
        assert Path(os.environ["IMPACT_RESULTATEN"]) == kopie.parent / "resultaten"
    assert vind_map() == kopie
    assert PEILDATUM not in os.environ


@pytest.mark.usefixtures("kopie")
def test_json_geeft_een_regel_per_gebeurtenis_en_de_tweede_keer_bestaat_alles(
    tmp_path: Path,
) -> None:
    keuze = ["--scenario", "recht_2025", "--trekkingen", "4", "--map", str(tmp_path / "uit")]
    for stand in ("gemaakt", "bestond_al"):
        status, uit = draai_apart("rapport", *keuze, "--json")
        assert status == 0
        regels = [json.loads(regel) for regel in uit.splitlines()]
        rapporten = [r["rapport"] for r in regels if r["gebeurtenis"] == stand]
        assert rapporten == ["recht_2025/uitvoeringstoets.html"]
        assert regels[-1]["gebeurtenis"] == "einde"
        assert regels[-1][stand] == 1
