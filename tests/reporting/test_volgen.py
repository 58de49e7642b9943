"""A reader can follow every figure, and sees when the figures rest on weak assumptions."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from impact.registry.aannamelijst import aannamelijst
from impact.reporting.aannameregels import kies_sleutels, op_invloed
from impact.reporting.bouwstenen import zin
from impact.reporting.getallen import MINTEKEN
from impact.reporting.hoofdcijfers import hoofdcijfers, hoofdcijfers_blok, vraag_naar
from impact.reporting.hoofdcijfers import opdracht as opdracht_van
from impact.reporting.invloed import Invloed, drager, grootste_invloed, sleutel_van, uitkomst_van
from impact.reporting.rapport import Rapport
from impact.reporting.stempel import WOORD, is_concept, nog_geldig, redenen, stempel
from impact.reporting.verantwoording import aannames

ROOD, GOED = "aanname-intakecapaciteit", "aanname-uurtarief"
BLAD_HOOGSTENS = 250_000
A4_HOOGSTENS = 8


def een(sleutel: str, aandeel: float, uitkomst: str = "gat_gemeenten") -> Invloed:
    """Influence made up for a test."""
    return Invloed(sleutel, sleutel, uitkomst, aandeel, aandeel / 2, aandeel, "hoger")


@pytest.fixture
def met_invloed(rapport: Rapport, monkeypatch: pytest.MonkeyPatch) -> object:
    """Set the influences of a report."""

    def zet(*lijst: Invloed) -> None:
        per_uitkomst: dict[str, list[Invloed]] = {}
        for item in sorted(lijst, key=lambda i: -i.aandeel):
            per_uitkomst.setdefault(item.uitkomst, []).append(item)
        onthouden = {("alle_invloeden", (), ()): per_uitkomst}
        monkeypatch.setitem(rapport.__dict__, "onthouden", onthouden)

    return zet


@pytest.fixture
def blad(paginas: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(paginas["blad"], "html.parser")


def test_elke_zin_en_rij_van_het_blad_leidt_naar_aanname_en_uitleg(blad: BeautifulSoup) -> None:
    zinnen = blad.select(".bevindingen li")
    rijen = [
        rij
        for tabel in blad.select("table.cijfers")
        if tabel.thead.find_all("th")[-1].text == "Aannames"
        for rij in tabel.tbody.find_all("tr")
    ]
    assert len(zinnen) > 5
    assert len(rijen) > 40
    for deel in [*zinnen, *rijen]:
        doelen = [a["href"] for a in deel.find_all("a")]
        assert any(re.match("#(aannames?|maatregel|historie)-", doel) for doel in doelen)
        assert any(doel.startswith("#uitleg-") for doel in doelen)


def test_elke_figuur_van_het_blad_leidt_naar_uitleg(blad: BeautifulSoup) -> None:
    for figuur in blad.find_all("figure"):
        assert figuur.find(class_="bronregel").find("a", href=re.compile("^#uitleg-"))


def test_een_uitleg_heeft_een_boom_of_een_opdracht(blad: BeautifulSoup) -> None:
    doelen = {a["href"][1:] for a in blad.find_all("a", href=re.compile("^#uitleg-"))}
    for doel in doelen:
        plek = blad.find(id=doel)
        zelf = plek if plek.name == "tr" else plek.find_next("code", string=re.compile("impact"))
        assert "impact verklaar" in zelf.text


def test_hoofdcijfers_van_het_land_hebben_een_boom_met_bronnen(rapport: Rapport) -> None:
    volledig = BeautifulSoup(hoofdcijfers_blok(rapport), "html.parser")
    bomen = volledig.select("details.uitleg")
    assert len(bomen) == len(hoofdcijfers(rapport)) > 3
    assert all("Formule:" in boom.text for boom in bomen)
    assert len(str(volledig)) < 200_000


def test_de_opdracht_geeft_hetzelfde_cijfer(rapport: Rapport) -> None:
    vraag = vraag_naar(rapport, ("kosten_totaal", "coa"), "GM0088")
    assert opdracht_van(rapport, vraag) == (
        "impact verklaar kosten_totaal --betaler coa --gemeente GM0088 --periode 2030-II "
        "--scenario verbod_voorrang --verschil --trekkingen 12"
    )


def test_kleine_aantallen_staan_niet_in_de_uitleg_van_een_blad(blad: BeautifulSoup) -> None:
    """Schiermonnikoog has fewer than ten of almost everything."""
    for regel in blad.select(".verklaring summary, .verklaring li"):
        eigen = "".join(regel.find_all(string=True, recursive=False))
        gevonden = re.search(rf": ({MINTEKEN}?[0-9,.]+) (personen|huishoudens)\b", eigen)
        if gevonden and "landelijk" not in eigen and "norm" not in eigen.lower():
            getal = float(gevonden[1].replace(MINTEKEN, "-").replace(".", "").replace(",", "."))
            assert abs(getal) >= 10 or getal == 0, eigen


def test_een_zin_noemt_de_aanname_die_het_zwaarst_weegt(
    rapport: Rapport, met_invloed: object
) -> None:
    met_invloed(een(ROOD, 0.4, "achterstand_verschil"))  # type: ignore[operator]
    assert f'href="#{ROOD}"' in zin(rapport, "achterstand", 2030)
    assert 'href="#aannames-' in zin(rapport, "achterstand", 2028)
    assert 'href="#aannames-' in zin(rapport, "bijstand_personen", 2030)


def test_alleen_een_uitkomst_die_hetzelfde_meet_telt(rapport: Rapport) -> None:
    assert uitkomst_van(rapport, "kosten_totaal", "gemeente", 2030) == "gat_gemeenten"
    assert uitkomst_van(rapport, "statushouders_in_coa", "", 2030) == "wachtenden_verschil"
    assert uitkomst_van(rapport, "fte_tekort", "", 2030) is None
    assert uitkomst_van(rapport, "achterstand", "", 2035) is None


def test_een_aandeel_dat_nul_kan_zijn_wijst_niets_aan(
    rapport: Rapport, met_invloed: object
) -> None:
    met_invloed(replace(een(ROOD, 0.4), laag=0.0))  # type: ignore[operator]
    assert drager(rapport, "kosten_totaal", "gemeente", 2030) is None


def test_namen_van_trekkingen_wijzen_naar_regels_van_de_aannamelijst(rapport: Rapport) -> None:
    assert sleutel_van("maatregel:verbod_voorrang:0") == "maatregel-verbod_voorrang"
    bekend = set(aannamelijst(rapport.register, rapport.naam)["sleutel"])
    assert set(grootste_invloed(rapport)) <= bekend
    assert kies_sleutels(rapport, 1) <= bekend


def test_de_aannamelijst_staat_op_invloed(rapport: Rapport, met_invloed: object) -> None:
    met_invloed(een("aanname-uurtarief", 0.3), een("aanname-uren_per_huisvesting", 0.2))  # type: ignore[operator]
    soep = BeautifulSoup(aannames(rapport), "html.parser")
    top = soep.find(id="aannames-belangrijkste").find_next("table").tbody.find_all("tr")
    assert [rij.a["href"] for rij in top] == ["#aanname-uurtarief", "#aanname-uren-per-huisvesting"]
    tabel = soep.find(id="aannames-uitvoering").find_next("table")
    ids = [rij["id"] for rij in tabel.tbody.find_all("tr") if rij.find("code")]
    assert ids[:2] == ["aanname-uurtarief", "aanname-uren-per-huisvesting"]
    assert "groot" in tabel.tbody.tr.find_all("td")[-1].text


def test_zonder_invloed_staat_de_zwakste_kwaliteit_voorop(
    rapport: Rapport, met_invloed: object
) -> None:
    met_invloed()  # type: ignore[operator]
    lijst = aannamelijst(rapport.register, rapport.naam)
    deel = op_invloed(rapport, lijst[lijst["onderwerp"] == "sociaal"])
    rang = {"rood": 0, "oranje": 1, "groen": 2}
    zwakste = deel.groupby("sleutel", sort=False)["kwaliteit"].agg(lambda k: min(map(rang.get, k)))
    assert all(voor <= na for voor, na in pairwise(zwakste))
    assert len(deel) == (lijst["onderwerp"] == "sociaal").sum()


@pytest.mark.parametrize(
    ("sleutel", "factor", "verwacht"),
    [(ROOD, 1.01, True), (ROOD, 0.99, False), (GOED, 9.0, False)],
)
def test_het_stempel_volgt_de_regel(
    rapport: Rapport, met_invloed: object, sleutel: str, factor: float, verwacht: bool
) -> None:
    grens = rapport.register.stempels["concept"].grens.rood
    met_invloed(een(sleutel, grens * factor))  # type: ignore[operator]
    assert is_concept(rapport) is verwacht
    assert (WOORD in stempel(rapport)) is verwacht
    assert [r.sleutel for r in redenen(rapport)] == ([sleutel] if verwacht else [])


def test_een_verouderde_waarde_stempelt_eerder(
    rapport: Rapport, met_invloed: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    grens = rapport.register.stempels["concept"].grens
    lijst = aannamelijst(rapport.register, rapport.naam)
    oud = lijst.assign(verouderd=lijst["sleutel"] == GOED)
    monkeypatch.setitem(rapport.__dict__, "aannamelijst", oud)
    met_invloed(een(GOED, grens.verouderd * 1.5))  # type: ignore[operator]
    assert grens.verouderd * 1.5 < grens.rood
    assert [r.kwaliteit for r in redenen(rapport)] == ["verouderd"]


def test_zonder_analyse_telt_het_deel_rode_waarden(rapport: Rapport, met_invloed: object) -> None:
    met_invloed()  # type: ignore[operator]
    regel = rapport.register.stempels["concept"]
    for grens, verwacht in ((0.0, True), (1.0, False)):
        ander = regel.grens_zonder_analyse.model_copy(update={"rood": grens, "verouderd": 1.0})
        stempels = {"concept": regel.model_copy(update={"grens_zonder_analyse": ander})}
        eigen = replace(rapport, register=replace(rapport.register, stempels=stempels))
        eigen.onthouden.update(rapport.onthouden)
        assert is_concept(eigen) is verwacht
    assert "makers" in stempel(rapport)


def test_het_blad_is_klein_en_past_op_acht_paginas(
    paginas: dict[str, str], browser: Browser, tmp_path: Path
) -> None:
    assert len(paginas["blad"].encode()) < BLAD_HOOGSTENS
    pad = tmp_path / "blad.html"
    pad.write_text(paginas["blad"], encoding="utf-8")
    pagina = browser.new_page()
    pagina.goto(pad.as_uri())
    pagina.emulate_media(media="print")
    gestempeld = pagina.locator(".stempel").count() == 1
    soort = pagina.evaluate("getComputedStyle(document.body).page")
    assert soort == ("concept" if gestempeld else "auto")
    afdruk = pagina.pdf(format="A4", prefer_css_page_size=True)
    pagina.close()
    aantal = len(re.findall(rb"/Type\s*/Page\b", afdruk))
    assert 4 <= aantal <= A4_HOOGSTENS


def test_een_waarde_van_voor_de_berekening_stempelt_niet() -> None:
    rijen = pd.DataFrame(
        {
            "vanaf": ["2019-I", "2023-I", "2026-I", "2028-I"],
            "kwaliteit": ["rood", "rood", "oranje", "groen"],
        }
    )
    assert list(nog_geldig(rijen, "2026-I")["kwaliteit"]) == ["oranje", "groen"]
    assert list(nog_geldig(rijen, "2024-II")["kwaliteit"]) == ["rood", "oranje", "groen"]
    assert len(nog_geldig(rijen, "2018-I")) == 4
