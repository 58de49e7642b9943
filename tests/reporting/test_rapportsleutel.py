"""A report is made again when something that it shows changed, and only then."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from impact.analysis.deelregister import deel_van, deelsleutel, keten, wetten_van
from impact.analysis.opslag import Instelling, plaats, sleutel
from impact.registry.laden import Register, laad_register
from impact.reporting import rapportsleutel as sleutels
from impact.reporting.opdrachten import Opdracht
from impact.reporting.rapportsleutel import Gegevens, rapportsleutel, registersleutel
from impact.reporting.uitvoeren import maak_rapport
from tests.reporting.conftest import GEMEENTE, REFERENTIE, SCENARIO, TREKKINGEN

ANDER = "einde_lvv"
PROEF = (SCENARIO, REFERENTIE, ANDER, "alles_samen")
"""Some scenarios: one with the law of the tests, one without, a reference, and one with all."""
NOTEBOOKS = ("gemeenteblad", "kamerbrief", "uitvoeringstoets")


@pytest.fixture
def kopie(tmp_path: Path, wortel: Path) -> Path:
    doel = tmp_path / "parameters"
    shutil.copytree(wortel / "parameters", doel)
    return doel


def wijzig(pad: Path, patroon: str, nieuw: str) -> None:
    """Change the first such text in a file; it must be there."""
    oud = pad.read_text(encoding="utf-8")
    tekst, aantal = re.subn(patroon, nieuw, oud, count=1, flags=re.MULTILINE)
    assert aantal, f"{pad.name} heeft geen {patroon}"
    pad.write_text(tekst, encoding="utf-8")


def alle(register: Register, scenario: str) -> dict[str, str]:
    return {naam: registersleutel(register, scenario, naam) for naam in NOTEBOOKS}


def test_een_titel_raakt_alleen_het_eigen_scenario(kopie: Path) -> None:
    oud = laad_register(kopie)
    eerder = {s: alle(oud, s) for s in PROEF}
    wijzig(kopie / "scenarios" / f"{ANDER}.yaml", "^titel: .*", "titel: Iets anders")
    nieuw = laad_register(kopie)
    geraakt = [s for s in PROEF if eerder[s] != alle(nieuw, s)]
    assert geraakt == [ANDER]
    instelling = Instelling(trekkingen=TREKKINGEN)
    assert plaats(oud, SCENARIO, instelling).name == plaats(nieuw, SCENARIO, instelling).name
    assert plaats(oud, ANDER, instelling).name != plaats(nieuw, ANDER, instelling).name


def test_een_wet_raakt_de_scenarios_met_die_wet(kopie: Path) -> None:
    oud, wet = laad_register(kopie), "beeindiging_lvv"
    eerder = {s: alle(oud, s) for s in PROEF}
    wijzig(kopie / "wetten" / f"{wet}.yaml", "^naam: .*", "naam: Iets anders")
    nieuw = laad_register(kopie)
    met = [s for s in PROEF if wet in wetten_van(oud, s)]
    assert ANDER in met
    assert SCENARIO not in met
    for naam in ("gemeenteblad", "kamerbrief"):
        anders = [s for s in eerder if eerder[s][naam] != alle(nieuw, s)[naam]]
        assert anders == met


@pytest.mark.parametrize(
    ("bestand", "patroon", "anders", "geraakt"),
    [
        ("wetten", "^kamerstuk: .*", "kamerstuk: x", False),
        ("wetten", "^naam: .*", "naam: Iets anders", True),
        ("uitvoering", "taak: .*", "taak: Iets anders", False),
        ("uitvoering", "functie: opvang", "functie: huisvesting", True),
    ],
)
def test_van_een_andere_wet_toont_de_toets_naam_en_functies(
    kopie: Path, bestand: str, patroon: str, anders: str, geraakt: bool
) -> None:
    eerder = alle(laad_register(kopie), SCENARIO)
    wijzig(kopie / bestand / "beeindiging_lvv.yaml", patroon, anders)
    if bestand == "uitvoering" and geraakt:
        wijzig(kopie / bestand / "beeindiging_lvv.yaml", "functie: opvang", anders)
    nieuw = alle(laad_register(kopie), SCENARIO)
    assert nieuw["gemeenteblad"] == eerder["gemeenteblad"]
    assert (nieuw["uitvoeringstoets"] != eerder["uitvoeringstoets"]) is geraakt


def test_een_aanname_in_een_ander_bestand_raakt_ook_de_cijfers(kopie: Path) -> None:
    oud = laad_register(kopie)
    eerder = alle(oud, SCENARIO)
    (kopie / "aannames" / "lvv.yaml").rename(kopie / "aannames" / "onderdak.yaml")
    nieuw = laad_register(kopie)
    assert not set(eerder.values()) & set(alle(nieuw, SCENARIO).values())
    instelling = Instelling(trekkingen=TREKKINGEN)
    assert plaats(oud, SCENARIO, instelling).name != plaats(nieuw, SCENARIO, instelling).name


@pytest.mark.parametrize(
    "bestand",
    ["aannames/lvv.yaml", f"scenarios/{SCENARIO}.yaml", "wetten/verbod_voorrang.yaml"],
)
def test_een_regel_erbij_raakt_rapporten_die_regels_noemen(kopie: Path, bestand: str) -> None:
    eerder = alle(laad_register(kopie), SCENARIO)
    wijzig(kopie / bestand, r"\A", "# een regel erbij\n")
    assert not set(eerder.values()) & set(alle(laad_register(kopie), SCENARIO).values())


def test_een_andere_volgorde_in_een_bestand_raakt_alles(kopie: Path) -> None:
    """Reports show entries in the order of their file."""
    eerder = alle(laad_register(kopie), SCENARIO)
    pad = kopie / "kostensoorten.yaml"
    kop, eerste, tweede, rest = re.split(r"^(?=\w)", pad.read_text("utf-8"), maxsplit=3, flags=re.M)
    pad.write_text("".join([kop, tweede, eerste, rest]), encoding="utf-8")
    assert not set(eerder.values()) & set(alle(laad_register(kopie), SCENARIO).values())


def test_een_bron_raakt_wie_haar_noemt(kopie: Path) -> None:
    oud = laad_register(kopie)
    (bron,) = [oud.wetten["beeindiging_lvv"].bron]
    wijzig(kopie / "bronnen.yaml", rf"^{bron}:\n  titel: .*", f'{bron}:\n  titel: "Anders"')
    nieuw = laad_register(kopie)
    for scenario in PROEF:
        noemt = bron in deel_van(oud, scenario)["bronnen"]
        assert (deelsleutel(oud, scenario) != deelsleutel(nieuw, scenario)) is noemt


@pytest.mark.parametrize(
    ("patroon", "nieuw"),
    [
        ("omschrijving: Plaatsen in de LVV.", "omschrijving: Bedden in de LVV."),
        ("midden: 28650", "midden: 28651"),
        ("vindplaats: Alleen vijf steden", "vindplaats: Slechts vijf steden"),
        ("De cijfers zijn van verschillende jaren", "Deze cijfers zijn van verschillende jaren"),
    ],
)
def test_een_aanname_raakt_alles_want_rapporten_noemen_de_sleutel_van_hun_invoer(
    kopie: Path, patroon: str, nieuw: str
) -> None:
    oud = laad_register(kopie)
    wijzig(kopie / "aannames" / "lvv.yaml", patroon, nieuw)
    anders = laad_register(kopie)
    for scenario in PROEF:
        assert not set(alle(oud, scenario).values()) & set(alle(anders, scenario).values())
        invoer = [sleutel(register, scenario, Instelling()) for register in (oud, anders)]
        assert invoer[0] != invoer[1]


def test_de_sleutel_dekt_dag_notebook_parameters_programma_en_cijfers(
    wortel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = laad_register(wortel / "parameters")
    vast: dict[str, str | int] = {"scenario": SCENARIO, "trekkingen": 4, "gemeente": GEMEENTE}
    opdracht, leeg = Opdracht("gemeenteblad", vast, tmp_path / "x.html"), Gegevens((), "")
    eigen = tmp_path / "gemeenteblad.ipynb"
    eigen.write_bytes((wortel / "notebooks" / "gemeenteblad.ipynb").read_bytes() + b"\n")
    morgen = replace(register, peildatum=date(2100, 1, 1))
    gevonden = [
        rapportsleutel(register, opdracht, leeg),
        rapportsleutel(register, opdracht, Gegevens((), "andere cijfers")),
        rapportsleutel(morgen, opdracht, leeg),
        rapportsleutel(register, replace(opdracht, notebook=str(eigen)), leeg),
        rapportsleutel(register, replace(opdracht, parameters={**vast, "gemeente": "x"}), leeg),
    ]
    monkeypatch.setattr(sleutels, "programmasleutel", lambda: "ander programma")
    gevonden.append(rapportsleutel(register, opdracht, leeg))
    assert len(set(gevonden)) == len(gevonden)
    ergens_anders = replace(opdracht, doel=tmp_path / "y.html")
    assert rapportsleutel(register, ergens_anders, leeg) == gevonden[-1]


def test_een_vertaling_raakt_alleen_brieven_in_die_taal(kopie: Path, tmp_path: Path) -> None:
    register = laad_register(kopie)
    soorten = [("kamerbrief", {"taal": "nl"}), ("kamerbrief", {"taal": "en"}), ("gemeenteblad", {})]

    def alle_sleutels() -> list[str]:
        return [
            rapportsleutel(
                register,
                Opdracht(notebook, {"scenario": SCENARIO, **extra}, tmp_path / "x.html"),
                Gegevens((), ""),
            )
            for notebook, extra in soorten
        ]

    eerder = alle_sleutels()
    wijzig(kopie / "vertaling" / "en.yaml", "en: .*", "en: Other")
    geraakt = [oud != nieuw for oud, nieuw in zip(eerder, alle_sleutels(), strict=True)]
    assert geraakt == [False, True, False]


def verander_de_rest(kopie: Path, register: Register) -> None:
    """Change every text that the reports of one scenario do not reach, and all comments.

    Of laws that a scenario does not have, its full report shows the name and who has work.
    """
    for pad in kopie.rglob("*.yaml"):
        tekst = pad.read_text(encoding="utf-8")
        pad.write_text(re.sub(r"^( *)# .*", r"\1# Anders.", tekst, flags=re.M), encoding="utf-8")
    for naam in ("uitkomsten.yaml", "kostensoorten.yaml", "gemeenten/herkomst.yaml"):
        wijzig(kopie / naam, r"\A", "# een regel erbij\n")
    for naam in register.scenarios.keys() - set(keten(register, SCENARIO)):
        wijzig(kopie / "scenarios" / f"{naam}.yaml", "^titel: .*", f"titel: Anders {naam}")
    bekend = deel_van(register, SCENARIO)["bronnen"]
    for bron in register.bronnen.keys() - bekend.keys():
        wijzig(kopie / "bronnen.yaml", rf"^{bron}:\n  titel: .*", f'{bron}:\n  titel: "Anders"')
    for wet in register.wetten.keys() - wetten_van(register, SCENARIO):
        wijzig(kopie / "wetten" / f"{wet}.yaml", "^    titel: .*", f"    titel: Anders {wet}")
        wijzig(kopie / "wetten" / f"{wet}.yaml", "^kamerstuk: .*", "kamerstuk: anders")
        wijzig(kopie / "uitvoering" / f"{wet}.yaml", "taak: .*", "taak: Anders")


@pytest.mark.parametrize(
    ("notebook", "pagina"), [("gemeenteblad", "blad"), ("uitvoeringstoets", "toets")]
)
def test_een_rapport_leest_niet_meer_dan_zijn_sleutel_dekt(
    notebook: str,
    pagina: str,
    kopie: Path,
    paginas: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything else is another text: the key stays, no result is computed, no byte differs."""
    oud = laad_register(kopie)
    eerder = registersleutel(oud, SCENARIO, notebook)
    verander_de_rest(kopie, oud)
    nieuw = laad_register(kopie)
    assert oud.inhoudssleutel() != nieuw.inhoudssleutel()
    assert registersleutel(nieuw, SCENARIO, notebook) == eerder
    monkeypatch.setenv("IMPACT_PARAMETERS", str(kopie))
    keuze: dict[str, object] = {"scenario": SCENARIO, "trekkingen": TREKKINGEN}
    keuze |= {"gemeente": GEMEENTE} if notebook == "gemeenteblad" else {}
    for naam in (SCENARIO, REFERENTIE):
        assert plaats(nieuw, naam, Instelling(trekkingen=TREKKINGEN)).is_dir()
    maak_rapport(notebook, keuze, tmp_path / "weer.html")
    assert (tmp_path / "weer.html").read_text(encoding="utf-8") == paginas[pagina]
