"""A folder of reports survives a kill, a full disk and a second batch."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from impact.reporting import bestanden
from impact.reporting.batchmap import SLOT, BatchFout, dag_van_afgebroken, open_batchmap
from impact.reporting.bestanden import BEZIG, schrijf_heel, schrijf_samen
from impact.reporting.mapcontrole import controleer_map
from impact.reporting.uitvoermanifest import (
    JOURNAAL,
    MANIFEST,
    ManifestFout,
    lees_journaal,
    lees_manifest,
)
from tests.reporting.nepbatch import draai, nep_opdrachten

AANTAL, KEREN = 300, 3


def inhoud(map_: Path) -> dict[str, bytes]:
    """All files that a reader gets, without the manifest, which says how long things took."""
    return {
        pad.relative_to(map_).as_posix(): pad.read_bytes()
        for pad in map_.rglob("*")
        if pad.is_file() and pad.name not in (MANIFEST, SLOT)
    }


def begin_apart(map_: Path, wortel: Path) -> subprocess.Popen[str]:
    """Start a batch in a process of its own, and wait until it is about to begin."""
    proces = subprocess.Popen(
        [sys.executable, "-m", "tests.reporting.nepbatch", str(map_), str(AANTAL)],
        cwd=wortel,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert proces.stdout is not None
    assert proces.stdout.readline() == "begin\n"
    return proces


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="dit systeem kent geen kill -9")
def test_kill_9_op_willekeurige_momenten(tmp_path: Path, wortel: Path) -> None:
    """Every time after some new reports. With real reports: python benchmarks/afbreken.py."""
    draai(tmp_path / "heel", AANTAL)
    map_, kans = tmp_path / "afgebroken", random.Random(20261121)
    halverwege = 0
    for _ in range(KEREN):
        proces = begin_apart(map_, wortel)
        eind = time.monotonic() + 60
        eerder = len(list(map_.rglob("*.html")))
        genoeg = eerder + kans.randint(1, AANTAL // (KEREN + 2))
        while proces.poll() is None and time.monotonic() < eind:
            if len(list(map_.rglob("*.html"))) >= genoeg:
                break
            time.sleep(kans.random() * 0.01)
        proces.kill()
        proces.communicate()
        halverwege += eerder < len(list(map_.rglob("*.html"))) < AANTAL
    assert halverwege == KEREN, "een batch was al klaar of nog niet begonnen"
    uitslagen = draai(map_, AANTAL)
    assert {uitslag.stand for uitslag in uitslagen} == {"bestond al", "gemaakt"}
    assert inhoud(map_) == inhoud(tmp_path / "heel")
    assert lees_manifest(map_).bestanden == lees_manifest(tmp_path / "heel").bestanden
    assert controleer_map(map_).in_orde


def test_resten_van_een_gedode_batch_verdwijnen(tmp_path: Path) -> None:
    draai(tmp_path, 1)
    rest = nep_opdrachten(tmp_path, 1)[0].doel.with_name(f"{BEZIG}abc")
    rest.write_bytes(b"half")
    draai(tmp_path, 1)
    assert not rest.exists()


def test_een_afgebroken_batch_houdt_zijn_peildatum(tmp_path: Path) -> None:
    with open_batchmap(tmp_path) as map_:
        map_.begin("2026-11-20")
    assert dag_van_afgebroken(tmp_path) == "2026-11-20"
    with open_batchmap(tmp_path) as map_:
        map_.sluit()
    assert dag_van_afgebroken(tmp_path) == ""


def test_een_halve_regel_in_het_journaal_telt_niet(tmp_path: Path) -> None:
    draai(tmp_path, 2)
    een, twee = lees_manifest(tmp_path).rapporten.items()
    regels = [json.dumps({"rapport": naam, **vars(regel)}) for naam, regel in (een, twee)]
    (tmp_path / JOURNAAL).write_text(f"{regels[0]}\n{regels[1][:50]}", encoding="utf-8")
    assert list(lees_journaal(tmp_path)[1]) == [een[0]]
    (tmp_path / MANIFEST).unlink()
    assert [uitslag.stand for uitslag in draai(tmp_path, 2)] == ["bestond al", "gemaakt"]


@pytest.mark.parametrize("tekst", ["", "{", "[]", '{"vorm": 1}', '{"vorm": 99}', "\x00\x01"])
def test_een_kapot_manifest_wordt_gemeld_en_daarna_vervangen(tmp_path: Path, tekst: str) -> None:
    draai(tmp_path, 1)
    (tmp_path / MANIFEST).write_text(tekst, encoding="utf-8")
    with pytest.raises(ManifestFout, match=MANIFEST):
        controleer_map(tmp_path)
    assert [uitslag.stand for uitslag in draai(tmp_path, 1)] == ["gemaakt"]
    assert controleer_map(tmp_path).in_orde


def test_controle_noemt_wat_er_niet_bij_hoort(tmp_path: Path) -> None:
    draai(tmp_path, 1)
    (tmp_path / "vreemd.html").write_text("?", encoding="utf-8")
    assert controleer_map(tmp_path).extra == ["vreemd.html"]


def test_twee_batches_in_een_map_sluiten_elkaar_uit(tmp_path: Path) -> None:
    with open_batchmap(tmp_path), pytest.raises(BatchFout, match="al een batch bezig"):
        draai(tmp_path, 1)
    assert (tmp_path / SLOT).exists(), "een slot zonder proces blijft liggen en hindert niet"
    assert [uitslag.stand for uitslag in draai(tmp_path, 1)] == ["gemaakt"]


def test_een_volle_schijf_is_een_melding_en_niets_is_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    echt, geschreven = bestanden._schrijf_naast, []

    def vol(map_: Path, inhoud_: str | bytes) -> Path:
        geschreven.append(map_)
        if len(geschreven) > 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        return echt(map_, inhoud_)

    with monkeypatch.context() as nep:
        nep.setattr(bestanden, "_schrijf_naast", vol)
        with pytest.raises(BatchFout, match="de schijf is vol"):
            draai(tmp_path, 6)
    assert not list(tmp_path.rglob(f"{BEZIG}*"))
    gemaakt = lees_journaal(tmp_path)[1]
    assert 0 < len(gemaakt) < 6
    standen = [uitslag.stand for uitslag in draai(tmp_path, 6)]
    assert standen.count("bestond al") == len(gemaakt)
    assert controleer_map(tmp_path).in_orde


@pytest.mark.skipif(
    shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="alleen root kan een kleine schijf maken",
)
def test_een_echte_volle_schijf(tmp_path: Path) -> None:
    klein = tmp_path / "klein"
    klein.mkdir()
    opdracht = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(klein)]
    if subprocess.run(opdracht, capture_output=True, check=False).returncode:
        pytest.skip("deze omgeving laat geen schijf maken")
    try:
        with pytest.raises(BatchFout, match="de schijf is vol"):
            draai(klein, 12)
        assert not list(klein.rglob(f"{BEZIG}*"))
        for naam, regel in lees_journaal(klein)[1].items():
            assert (klein / naam).stat().st_size > 0
            assert regel.bestanden
    finally:
        subprocess.run(["umount", str(klein)], check=True)


def test_een_map_waarin_niemand_mag_schrijven(tmp_path: Path) -> None:
    bestand = tmp_path / "bestand"
    bestand.write_text("geen map", encoding="utf-8")
    with pytest.raises(BatchFout), open_batchmap(bestand / "uit"):
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root mag alles")
def test_een_alleen_lezen_map(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(BatchFout, match="u mag hier niet schrijven"):
            draai(tmp_path, 1)
    finally:
        tmp_path.chmod(0o755)


def test_een_map_die_tijdens_de_batch_verdwijnt(tmp_path: Path) -> None:
    map_ = tmp_path / "uit"
    with open_batchmap(map_) as in_map:
        in_map.begin("2026-11-21")
        opdracht = nep_opdrachten(map_, 1)[0]
        map_.rename(tmp_path / "elders")
        with pytest.raises(BatchFout, match="de map is verdwenen"):
            in_map.bewaar(opdracht, "s", {opdracht.doel.name: b"x"}, 0.0)
    assert not map_.exists(), "een verdwenen map wordt niet stil opnieuw gemaakt"


def test_samen_geschreven_of_geen_van_beide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schrijf_heel(tmp_path / "een", "oud")
    echt = bestanden._schrijf_naast

    def tweede_faalt(map_: Path, inhoud_: str | bytes) -> Path:
        if inhoud_ == "twee":
            raise OSError(errno.ENOSPC, "No space left on device")
        return echt(map_, inhoud_)

    monkeypatch.setattr(bestanden, "_schrijf_naast", tweede_faalt)
    with pytest.raises(OSError, match="No space"):
        schrijf_samen(tmp_path, {"een": "nieuw", "twee": "twee"})
    assert [pad.name for pad in tmp_path.iterdir()] == ["een"]
    assert (tmp_path / "een").read_text(encoding="utf-8") == "oud"
