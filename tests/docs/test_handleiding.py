"""The manual, followed to the letter: from a proposal to a brief, without Python."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from impact.cli.hoofd import FOUT_IN_INVOER, main
from impact.registry.laden import laad_register
from impact.reporting import wetnotebook
from impact.reporting.uitvoeren import maak_rapport
from tests.taal.leesbaarheid import zinnen

KOP = "## Een nieuwe wet in een uur"
NAAM = "kamers_bij_bewoners"
TREKKINGEN = 4
BLOK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BESTAND = re.compile(r"Dit staat in `(parameters/\S+\.yaml)`:\n\n$")
BEELD = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MEESTE_BYTES = 250_000
REKENT = ("run", "rapport")
"""Commands that get few draws in this test."""


@dataclass(frozen=True)
class Blok:
    """One block of the manual: its kind, text, and the file that it belongs in."""

    soort: str
    inhoud: str
    bestand: str = ""


@pytest.fixture(scope="module")
def hoofdstuk(wortel: Path) -> str:
    tekst = (wortel / "docs" / "handleiding.md").read_text(encoding="utf-8")
    assert tekst.count(f"{KOP}\n") == 1
    return tekst.partition(f"{KOP}\n")[2].partition("\n## ")[0]


def blokken(tekst: str) -> Iterator[Blok]:
    for gevonden in BLOK.finditer(tekst):
        bestand = BESTAND.search(tekst[: gevonden.start()])
        yield Blok(gevonden[1], gevonden[2], bestand[1] if bestand else "")


def opdracht(regel: str) -> list[str]:
    naam, *argumenten = shlex.split(regel)
    assert naam == "impact"
    few = ["--trekkingen", str(TREKKINGEN)] if argumenten[0] in REKENT else []
    return [*argumenten, *few]


@pytest.fixture(scope="module")
def gelopen(
    wortel: Path, hoofdstuk: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Folder in which the whole chapter was done, block after block."""
    map_ = tmp_path_factory.mktemp("wandeling")
    shutil.copytree(wortel / "parameters", map_ / "parameters")
    with pytest.MonkeyPatch.context() as omgeving, pytest.MonkeyPatch.context() as plek:
        omgeving.setenv("IMPACT_PARAMETERS", str(map_ / "parameters"))
        plek.chdir(map_)
        _loop(list(blokken(hoofdstuk)), map_)
        yield map_


def _loop(lijst: list[Blok], map_: Path) -> None:
    """Do what every block says; a block with messages after a command is what it must say."""
    for blok, volgende in zip(lijst, [*lijst[1:], Blok("", "")], strict=True):
        if blok.soort == "yaml":
            pad = map_ / blok.bestand
            assert pad.is_file(), "de wandeling vult een bestand in dat het sjabloon maakte"
            pad.write_text(blok.inhoud, encoding="utf-8")
        elif blok.soort == "sh":
            verwacht = volgende.inhoud if volgende.soort == "text" else ""
            for regel in blok.inhoud.splitlines():
                _voer_uit(opdracht(regel), verwacht)


def _voer_uit(argumenten: list[str], verwacht: str) -> None:
    with pytest.raises(SystemExit) as einde:
        main(argumenten)
    assert (einde.value.code or 0) == (FOUT_IN_INVOER if verwacht else 0), argumenten


def test_elk_blok_hoort_ergens_bij(hoofdstuk: str) -> None:
    lijst = list(blokken(hoofdstuk))
    assert [b.bestand for b in lijst if b.soort == "yaml"] == [
        f"parameters/{map_}/{NAAM}.yaml" for map_ in ("wetten", "uitvoering", "scenarios")
    ]
    assert {blok.soort for blok in lijst} == {"sh", "yaml", "text"}


def test_check_zegt_wat_de_handleiding_laat_zien(
    wortel: Path,
    hoofdstuk: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(wortel / "parameters", tmp_path / "parameters")
    monkeypatch.setenv("IMPACT_PARAMETERS", str(tmp_path / "parameters"))
    lijst = list(blokken(hoofdstuk))
    getoond = next(blok.inhoud for blok in lijst if blok.soort == "text")
    _voer_uit(opdracht(lijst[0].inhoud), "")
    _voer_uit(["check"], getoond)
    gezegd = capsys.readouterr().err.splitlines()
    assert [regel for regel in getoond.splitlines() if regel not in gezegd] == []


def test_de_voorbeeldwet_wordt_niet_meegeleverd(wortel: Path, gelopen: Path) -> None:
    assert not (wortel / "parameters" / "wetten" / f"{NAAM}.yaml").exists()
    register = laad_register(gelopen / "parameters")
    assert "verzonnen" in register.wetten[NAAM].naam
    waarden = [v.waarde for m in register.wetten[NAAM].maatregelen.values() for v in m.verandert]
    assert {waarde.kwaliteit for waarde in waarden} == {"rood"}


def test_de_wandeling_eindigt_met_een_brief_over_de_wet(gelopen: Path, hoofdstuk: str) -> None:
    plek = re.search(r"Open `(\S+\.html)`", hoofdstuk)
    assert plek is not None
    brief = (gelopen / plek[1]).read_text(encoding="utf-8")
    for woorden in ("Kamers bij bewoners", "Geen korting op uitkering en toeslag", "CONCEPT"):
        assert woorden in brief
    assert (gelopen / plek[1]).with_name("uitvoeringstoets.html").is_file()


def test_het_notebook_van_een_andere_wet_werkt_voor_de_nieuwe(
    wortel: Path, gelopen: Path, hoofdstuk: str, tmp_path: Path
) -> None:
    naam = re.search(r"kopie van `notebooks/wetten/(\w+)\.ipynb`", hoofdstuk)
    assert naam is not None
    assert f'`wet = "{NAAM}"`' in hoofdstuk
    kopie = tmp_path / "mijn_wet.ipynb"
    shutil.copyfile(wortel / "notebooks" / "wetten" / f"{naam[1]}.ipynb", kopie)
    doel = tmp_path / "mijn_wet.html"
    maak_rapport(str(kopie), {"wet": NAAM, "trekkingen": TREKKINGEN}, doel)
    html = doel.read_text(encoding="utf-8")
    assert "Wat overblijft van het aanbod van kamers" in html
    assert wetnotebook.EIGEN_NOTEBOOK[0] not in html


def test_beelden_bestaan_zijn_klein_en_zeggen_wat_er_te_zien_is(wortel: Path) -> None:
    tekst = (wortel / "docs" / "handleiding.md").read_text(encoding="utf-8")
    beelden = BEELD.findall(tekst)
    assert len(beelden) >= 3
    for uitleg, bestand in beelden:
        assert len(uitleg) > 30, bestand
        assert 1_000 < (wortel / "docs" / bestand).stat().st_size < MEESTE_BYTES, bestand


def test_de_handleiding_heeft_korte_zinnen(hoofdstuk: str) -> None:
    kaal = BEELD.sub("", BLOK.sub("", hoofdstuk))
    proza = re.sub(r"`[^`]*`", "X", re.sub(r"^#.*$", "", kaal, flags=re.MULTILINE))
    lang = [zin for zin in zinnen(proza) if len(zin.split()) > 28]
    assert lang == []
