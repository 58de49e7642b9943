"""The notebooks about laws: they run, draw what the data say, and hold no figure of their own."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.grootheden import GROOTHEDEN
from impact.model.modules import MODULES, bereikt_door
from impact.registry.laden import Register, laad_register
from impact.reporting import ketenbeeld, wetnotebook
from impact.reporting.figuur import Figuur
from impact.reporting.getallen import Band
from impact.reporting.invoercel import NotebookFout
from impact.reporting.ketentekening import Kaart, Lijn, Regel, _plekken, teken_kaarten
from impact.reporting.uitvoeren import maak_rapport, voer_uit
from impact.reporting.wetboek import Effect, Wetboek, open_wet
from impact.reporting.weteffecten import Draai, draaizinnen, loszin

TREKKINGEN = 2
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks" / "wetten"
NAMEN = sorted(pad.stem for pad in NOTEBOOKS.glob("*.ipynb"))
DELEN = (
    "De wet",
    "Hoe de wet doorwerkt",
    "Wat de wet in het model verandert",
    "Wat elke maatregel los doet",
    "Waar de uitkomst van afhangt",
    "Open vragen",
    "Wat anderen zeggen",
    "Zelf verder",
    "Bronnen",
)


@pytest.fixture(scope="module")
def register() -> Register:
    return laad_register()


@pytest.fixture(scope="module")
def boeken() -> dict[str, Wetboek]:
    wetten = (*wetnotebook.EIGEN_NOTEBOOK, "migratiepact", "crisisnoodopvang_2022")
    return {wet: open_wet(wet, TREKKINGEN) for wet in wetten}


@pytest.fixture(scope="module")
def paginas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every notebook, run from top to bottom and made into a report."""
    map_ = tmp_path_factory.mktemp("wetten")
    for naam in NAMEN:
        notebook = str(NOTEBOOKS / f"{naam}.ipynb")
        maak_rapport(notebook, {"trekkingen": TREKKINGEN}, map_ / f"{naam}.html")
    return {naam: (map_ / f"{naam}.html").read_text(encoding="utf-8") for naam in NAMEN}


def test_elke_wet_staat_in_een_notebook(register: Register) -> None:
    assert set(NAMEN) == {*wetnotebook.EIGEN_NOTEBOOK, "andere_wetten"}
    buren = {boek.naam for boek in wetnotebook.open_buren(TREKKINGEN)}
    assert buren | set(wetnotebook.EIGEN_NOTEBOOK) == set(register.wetten)


@pytest.mark.parametrize("naam", NAMEN)
def test_een_notebook_loopt_van_boven_naar_beneden(paginas: dict[str, str], naam: str) -> None:
    koppen = re.findall(r"<h2[^>]*>([^<]+)</h2>", paginas[naam])
    assert [kop for kop in koppen if kop in DELEN] == list(DELEN)
    assert paginas[naam].count("<svg") >= 3


@pytest.mark.parametrize("naam", NAMEN)
def test_koppelingen_komen_uit_en_namen_zijn_uniek(paginas: dict[str, str], naam: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', paginas[naam])
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', paginas[naam])) <= set(ids)


@pytest.mark.parametrize("naam", NAMEN)
def test_in_de_tekst_van_een_notebook_staat_geen_cijfer_met_de_hand(naam: str) -> None:
    cellen = json.loads((NOTEBOOKS / f"{naam}.ipynb").read_text(encoding="utf-8"))["cells"]
    tekst = "\n".join("".join(c["source"]) for c in cellen if c["cell_type"] == "markdown")
    assert re.findall(r"\d+", tekst.replace("1.000 zijn zij gelijk", "")) == []


def test_de_kaart_noemt_artikel_stand_stemmen_en_bron(paginas: dict[str, str]) -> None:
    for woorden in ("artikel 39", "94 voor, 56 tegen", "31 voor, 44 tegen", "21 april 2026"):
        assert woorden in paginas["asielnoodmaatregelenwet"]
    for woorden in ("95 voor, 55 tegen", "41 voor, 34 tegen", "in werking"):
        assert woorden in paginas["tweestatusstelsel"]
    assert "Raad van State" in paginas["verbod_voorrang"]


def test_een_parameter_die_niet_kan_wordt_geweigerd_voor_er_iets_loopt() -> None:
    notebook = str(NOTEBOOKS / "verbod_voorrang.ipynb")
    with pytest.raises(NotebookFout, match="bedoelde u 'tweestatusstelsel'") as fout:
        voer_uit(notebook, {"wet": "tweestatustelsel"})
    assert fout.value.cel == 0
    with pytest.raises(NotebookFout, match="onbekende uitkomst"):
        voer_uit(notebook, {"uitkomst": "gat"})


@pytest.mark.parametrize("wet", [*wetnotebook.EIGEN_NOTEBOOK, "migratiepact"])
def test_wat_beweegt_is_volgens_het_model_te_bereiken(boeken: dict[str, Wetboek], wet: str) -> None:
    keten = ketenbeeld.maak_keten(boeken[wet])
    bereik = bereikt_door()
    assert keten.delen
    for deel in keten.delen.keys() - {ketenbeeld.GELD}:
        assert set(keten.aannames) & bereik[deel], f"niets van de wet bereikt '{deel}'"


@pytest.mark.parametrize("wet", [*wetnotebook.EIGEN_NOTEBOOK, "migratiepact"])
def test_elke_maatregel_staat_in_het_beeld_en_in_de_tabel(
    boeken: dict[str, Wetboek], wet: str
) -> None:
    boek = boeken[wet]
    figuur = ketenbeeld.ketenfiguur(boek)
    assert isinstance(figuur, Figuur)
    beeld = " ".join(re.sub(r"<[^>]+>", " ", figuur.svg).split())
    for maatregel in boek.wet.maatregelen.values():
        assert maatregel.titel in beeld
        assert maatregel.titel in figuur.tabel
    keten = ketenbeeld.maak_keten(boek)
    assert set(keten.maatregelen) | set(keten.stil) == set(boek.wet.maatregelen)
    for bewegingen in keten.delen.values():
        cijfers = [" ".join(beweging.cijfer.split()) for beweging in bewegingen]
        assert [cijfer for cijfer in cijfers if cijfer not in beeld] == []


def test_een_wet_in_geen_scenario_zegt_dat(boeken: dict[str, Wetboek]) -> None:
    boek = boeken["crisisnoodopvang_2022"]
    assert "geen enkele maatregel" in wetnotebook.keten(boek)
    assert "Geen scenario rekent" in wetnotebook.los_effect(boek)
    assert "Geen scenario rekent" in wetnotebook.gevoelig(boek, "gat_gemeenten")
    for deel in (wetnotebook.kop, wetnotebook.kaart, wetnotebook.deskundigen, wetnotebook.bronnen):
        assert deel(boek)
    assert "Wat het model niet rekent" in wetnotebook.open_vragen(boek, "gat_gemeenten")


def test_het_beeld_kent_elk_deel_van_het_model_en_alleen_echte_grootheden() -> None:
    assert set(ketenbeeld.MODULENAAM) == {module.naam for module in MODULES}
    assert set(ketenbeeld.TOONT) == {*ketenbeeld.MODULENAAM, ketenbeeld.GELD}
    for getoond in ketenbeeld.TOONT.values():
        for grootheid, betaler in getoond:
            assert (grootheid, betaler) in GROOTHEDEN[grootheid].sleutels


WOORDEN = st.text("abc ", min_size=1, max_size=80).filter(str.strip)
REGELS = st.lists(st.builds(Regel, WOORDEN, WOORDEN), max_size=3)
KAARTEN = st.lists(st.lists(st.tuples(WOORDEN, REGELS), max_size=4), min_size=1, max_size=4).filter(
    any
)


@given(KAARTEN)
def test_kaarten_van_een_kolom_raken_elkaar_niet(
    inhoud: list[list[tuple[str, list[Regel]]]],
) -> None:
    kolommen = [
        (f"kop {k}", [Kaart(f"{k}-{n}", naam, regels) for n, (naam, regels) in enumerate(kaarten)])
        for k, kaarten in enumerate(inhoud)
    ]
    plekken, hoogte = _plekken(kolommen)
    for _, kaarten in kolommen:
        grenzen = [(plekken[k.id].y, plekken[k.id].y + plekken[k.id].hoogte) for k in kaarten]
        assert all(een[1] < ander[0] for een, ander in itertools.pairwise(grenzen))
        assert all(0 < boven < onder <= hoogte for boven, onder in grenzen)


def test_een_pijl_naar_een_kaart_die_er_niet_is_is_een_fout() -> None:
    with pytest.raises(KeyError):
        teken_kaarten([("kop", [Kaart("a", "A")])], [Lijn("a", "b")], "x")


def effect(naam: str, midden: float, laag: float, hoog: float) -> Effect:
    return Effect(naam, Band(midden, laag, hoog, "personen"), laag < 0 < hoog)


def test_zinnen_volgen_richting_en_zekerheid(boeken: dict[str, Wetboek]) -> None:
    boek = boeken["verbod_voorrang"]
    huur, kamers = list(boek.wet.maatregelen)[:2]
    titels = boek.titel(huur), boek.titel(kamers)
    zin = loszin(boek, [effect(huur, 500, 300, 900), effect(kamers, -500, -900, -300)])
    assert zin == f"Meer door: {titels[0]}. Minder door: {titels[1]}."
    zin = loszin(boek, [effect(huur, 100, -300, 400), effect(kamers, 0, 0, 0)])
    assert f"Richting onzeker bij: {titels[0]}." in zin
    assert f"Niet of nauwelijks anders door: {titels[1]}." in zin
    samen = loszin(boek, [effect(huur, 500, 300, 900), effect("", 100, -300, 400)])
    assert "Samen is de richting onzeker: het verschil ligt tussen" in samen
    samen = loszin(boek, [effect(huur, 500, 300, 900), effect("", 600, 400, 900)])
    assert samen.endswith("Samen is het verschil circa 600 personen (400 tot 900).")


@pytest.mark.parametrize(
    ("laag", "hoog", "verwacht"),
    [
        (-50.0, 200.0, "De conclusie kan omslaan door één waarde: een waarde."),
        (50.0, 200.0, "Geen enkele waarde laat de conclusie alleen omslaan."),
    ],
)
def test_of_een_waarde_de_conclusie_omkeert(
    boeken: dict[str, Wetboek], laag: float, hoog: float, verwacht: str
) -> None:
    def punt(waarde: float) -> Band:
        return Band(waarde, waarde, waarde, "fte")

    draai = Draai("maatregel:x:0", "Een waarde", punt(laag), punt(hoog))
    regels = draaizinnen(boeken["verbod_voorrang"], "fte_verschil", punt(100.0), [draai])
    assert verwacht in regels
    assert regels[-1] == "De waarde hieronder hoort bij de wet zelf."
    wereld = Draai("aanname:x", "Een aanname", punt(laag), punt(hoog))
    regels = draaizinnen(boeken["verbod_voorrang"], "fte_verschil", punt(100.0), [wereld])
    assert regels[-1] == "De waarde hieronder hoort niet bij de wet zelf."
    regels = draaizinnen(boeken["verbod_voorrang"], "fte_verschil", punt(100.0), [draai, wereld])
    assert regels[-1].startswith("Van de 2 waarden hieronder hoort er 1 bij de wet zelf.")
