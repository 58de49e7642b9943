"""The workbook beside a report: the same figures, small counts empty, nothing old left behind."""

from __future__ import annotations

import gc
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from impact.analysis.opslag import Instelling
from impact.model.grootheden import GROOTHEDEN
from impact.reporting import rapporttaak
from impact.reporting.bijlage import bladen, lees_mij, schrijf_bijlagen, uitkomsten
from impact.reporting.getallen import KLEIN_AANTAL, TELEENHEDEN
from impact.reporting.opdrachten import Opdracht
from impact.reporting.rapport import Rapport, open_rapport
from impact.reporting.rapporttaak import maak
from impact.reporting.rekenblad import als_werkboek
from impact.reporting.uitvoeren import NotebookFout
from tests.reporting.conftest import GEMEENTE, REFERENTIE, SCENARIO, TREKKINGEN


@pytest.fixture(scope="module")
def blad(rapport: Rapport) -> pd.DataFrame:
    return uitkomsten(rapport, GEMEENTE)


def test_cijfers_van_een_blad_zijn_die_van_het_rapport(
    rapport: Rapport, blad: pd.DataFrame
) -> None:
    for code, betaler, naam in [
        ("fte_nodig", "", ""),
        ("netto_lasten_gemeente", "gemeente", "Gemeenten"),
    ]:
        jaar = rapport.peiljaar
        cijfer = rapport.cijfer(code, jaar, GEMEENTE, "gemeente", betaler)
        gekozen = (blad["Code"] == code) & (blad["Jaar"] == jaar) & (blad["Betaler"] == naam)
        (rij,) = blad[gekozen].to_dict("records")
        for rol, band in (
            ("Met", cijfer.met),
            ("Zonder", cijfer.zonder),
            ("Verschil", cijfer.verschil),
        ):
            gevonden = [rij[rol], rij[f"{rol} laag"], rij[f"{rol} hoog"]]
            assert gevonden == pytest.approx([band.midden, band.laag, band.hoog])
        assert rij["Richting onzeker"] == ("ja" if cijfer.onzeker else "nee")
        assert rij["Eenheid"] == cijfer.met.eenheid


def test_kleine_aantallen_van_een_gemeente_zijn_leeg(blad: pd.DataFrame) -> None:
    tellen = blad[[GROOTHEDEN[code].eenheid in TELEENHEDEN for code in blad["Code"]]]
    waarden = tellen[["Met", "Met laag", "Met hoog", "Verschil"]].to_numpy().ravel()
    gevuld = waarden[~pd.isna(waarden)]
    assert len(gevuld) < len(waarden)
    assert all(abs(w) >= KLEIN_AANTAL or w == 0.0 for w in gevuld)


def test_alle_jaren_en_alle_gemeentelijke_uitkomsten(rapport: Rapport, blad: pd.DataFrame) -> None:
    assert sorted(set(blad["Jaar"])) == rapport.jaren
    gemeentelijk = {naam for naam, g in GROOTHEDEN.items() if g.gemeentelijk}
    assert set(blad["Code"]) == gemeentelijk
    assert not blad.duplicated(["Code", "Betaler", "Jaar"]).any()


def test_landelijk_per_halfjaar_met_aannames_en_bronnen(rapport: Rapport) -> None:
    eerste, maatregelen, aannames, bronnen = bladen(rapport)
    assert set(eerste.tabel["Halfjaar"]) == set(rapport.perioden)
    assert set(eerste.tabel["Code"]) == set(GROOTHEDEN)
    assert not eerste.tabel["Met"].isna().any()
    assert len(maatregelen.tabel) == len(rapport.scenario.maatregelen)
    assert set(aannames.tabel["Kwaliteit"]) <= {"groen", "oranje", "rood"}
    assert set(aannames.tabel["Bron"]) - set(bronnen.tabel["Titel"]) <= {None, ""}


def test_een_referentie_heeft_geen_verschil(resultaten: Path) -> None:
    basis = open_rapport(REFERENTIE, Instelling(trekkingen=TREKKINGEN))
    kolommen = list(uitkomsten(basis, GEMEENTE).columns)
    assert kolommen[-3:] == ["Waarde", "Waarde laag", "Waarde hoog"]
    assert lees_mij(basis)["Vergeleken met"] == "niets"


def test_lees_mij_zegt_wat_welke_versie_en_welke_sleutel(rapport: Rapport) -> None:
    regels = lees_mij(rapport, GEMEENTE)
    manifest = rapport.resultaat.manifest
    assert regels["Sleutel van de invoer"] == manifest["sleutel"][:20]
    assert f"{TREKKINGEN} trekkingen" in regels["Gemaakt met"]
    assert regels["Wat"] == "Verbod op voorrang, Schiermonnikoog"
    assert "uitvoeringstoets.xlsx" in regels["Aannames en bronnen"]


def test_werkboek_van_een_blad_is_klein_en_heeft_geen_formule(
    rapport: Rapport, tmp_path: Path
) -> None:
    doel = tmp_path / f"{GEMEENTE}.html"
    oud = tmp_path / f"{GEMEENTE}-oud.csv"
    oud.write_text("oud", encoding="utf-8")
    ander = tmp_path / "GM0363.xlsx"
    ander.write_text("van een ander blad", encoding="utf-8")
    paden = schrijf_bijlagen(rapport, doel, GEMEENTE)
    assert [pad.name for pad in paden] == [
        f"{GEMEENTE}.xlsx",
        f"{GEMEENTE}-uitkomsten.csv",
    ]
    assert not oud.exists()
    assert ander.exists()
    assert paden[0].stat().st_size < 120_000
    werkboek = openpyxl.load_workbook(paden[0])
    soorten = {cel.data_type for vel in werkboek for rij in vel.iter_rows() for cel in rij}
    assert soorten <= {"s", "n"}
    assert als_werkboek(bladen(rapport, GEMEENTE)) == als_werkboek(bladen(rapport, GEMEENTE))


@pytest.fixture
def opdracht(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resultaten: Path) -> Opdracht:
    """Order for a sheet whose report is made in no time."""
    monkeypatch.setattr(
        rapporttaak, "maak_rapport", lambda n, p, doel, motor: doel.write_text("nieuw")
    )
    keuze: dict[str, str | int] = {
        "scenario": SCENARIO,
        "gemeente": GEMEENTE,
        "trekkingen": TREKKINGEN,
    }
    return Opdracht("gemeenteblad", keuze, tmp_path / f"{GEMEENTE}.html")


def test_een_batch_maakt_het_werkboek_erbij(opdracht: Opdracht) -> None:
    gemaakt = maak(opdracht)
    assert gemaakt.melding == ""
    assert f"{GEMEENTE}.xlsx" in gemaakt.bestanden


def test_wat_alle_rapporten_delen_blijft_buiten_de_vuilnisronde(
    opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    keren: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: keren.append(None))
    open_rapport(SCENARIO, Instelling(trekkingen=TREKKINGEN)).onthouden.clear()
    maak(opdracht)
    maak(opdracht)
    assert len(keren) == 1


def test_een_werkboek_dat_mislukt_is_een_rapport_dat_mislukt(
    opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:

    def stuk(*_: object) -> None:
        raise ValueError("kolom ontbreekt")

    monkeypatch.setattr("impact.reporting.bijlage.bladen", stuk)
    gemaakt = maak(opdracht)
    assert gemaakt.melding == "werkboek: ValueError: kolom ontbreekt"
    assert gemaakt.bestanden == {}


def test_een_rapport_dat_mislukt_houdt_het_oude_werkboek(
    opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = opdracht.doel.with_suffix(".xlsx")
    oud.write_text("oud", encoding="utf-8")

    def stuk(*_: object) -> None:
        raise NotebookFout("cel 2: KeyError: 'x'")

    monkeypatch.setattr(rapporttaak, "maak_rapport", stuk)
    assert maak(opdracht).melding == "cel 2: KeyError: 'x'"
    assert oud.read_text(encoding="utf-8") == "oud"
