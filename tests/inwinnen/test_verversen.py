"""Refresh of the official figures: against recorded answers and a server that misbehaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from impact.cli.hoofd import main
from impact.inwinnen.cbs import GeenVerbinding, Loket, TabelFout
from impact.inwinnen.verversen import VerversFout, lees_plan, maak_voorstel, schrijf
from impact.registry.laden import Register
from impact.registry.problemen import RegisterFout
from tests.inwinnen import loket
from tests.inwinnen.conftest import laad
from tests.inwinnen.loket import Nep, draait

VANDAAG = date(2026, 12, 1)
WIJKEN = "85984NED"
KERN = "70072ned"


def opgenomen(register: Register) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Answers in the shape of the CBS that hold exactly the figures that we have."""
    tabellen: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for nummer, (kolom, plan) in enumerate(lees_plan(register).items(), start=1):
        tabel = tabellen.setdefault(
            plan.tabel,
            {
                "TableInfos": [{"Identifier": plan.tabel, "Modified": "2026-06-30T02:00:00"}],
                "DataProperties": [{"Key": plan.regio, "Title": "Regio's", "Type": "GeoDimension"}],
                "TypedDataSet": [],
            },
        )
        sleutel = f"{''.join(plan.titel.title().split())}_{nummer}"
        bekend = {rij["Title"]: rij["Key"] for rij in tabel["DataProperties"]}
        if plan.titel not in bekend:
            eigenschap = {"Key": sleutel, "Title": plan.titel, "Unit": plan.eenheid or "aantal"}
            tabel["DataProperties"].append(eigenschap)
        sleutel = bekend.get(plan.titel, sleutel)
        _vul(register, tabel["TypedDataSet"], kolom, plan.regio, plan.periode, sleutel)
    return tabellen


def _vul(
    register: Register,
    rijen: list[dict[str, Any]],
    kolom: str,
    regio: str,
    periode: str | None,
    sleutel: str,
) -> None:
    """Put one column into the rows of a table."""
    per_plek = {(rij[regio].strip(), rij.get("Perioden")): rij for rij in rijen}
    for code, waarde in register.gemeenten[kolom].items():
        rij = per_plek.get((str(code), periode))
        if rij is None:
            rij = {regio: f"{code}    "} | ({"Perioden": periode} if periode else {})
            rijen.append(rij)
        rij[sleutel] = None if waarde != waarde else float(waarde)


@pytest.fixture
def nep(register: Register) -> Iterator[Nep]:
    with draait(Nep(opgenomen(register))) as server:
        yield server


def rustig(nep: Nep) -> Loket:
    """Counter that does not wait long."""
    return Loket(nep.adres, per_antwoord=0.3, per_deel=0.8, pauze=0.01)


def geduldig(nep: Nep) -> Loket:
    """Counter that leaves room for a slow machine."""
    return Loket(nep.adres, per_antwoord=20, per_deel=40, pauze=0.01)


def cel(
    nep: Nep, tabel: str, titel: str, code: str, periode: str = ""
) -> tuple[dict[str, Any], str]:
    """Row of a municipality and name of a column."""
    delen = nep.tabellen[tabel]
    sleutel = next(r["Key"] for r in delen["DataProperties"] if r["Title"] == titel)
    rij = next(
        r
        for r in delen["TypedDataSet"]
        if code in (str(w).strip() for w in r.values()) and r.get("Perioden", "") == periode
    )
    return rij, sleutel


def test_dezelfde_cijfers_veranderen_niets(nep: Nep, register: Register) -> None:
    voorstel = maak_voorstel(register, geduldig(nep))
    assert voorstel.aantal == 0
    assert set(voorstel.wijzigingen) == set(lees_plan(register))
    assert voorstel.bijgewerkt == {KERN: "2026-06-30", WIJKEN: "2026-06-30"}
    assert schrijf(register, voorstel, VANDAAG) == []


def test_alleen_wat_verandert_wordt_geschreven(
    nep: Nep, eigen_register: Register, eigen_map: Path
) -> None:
    for code, factor in (("GM0344", 1.5), ("GM0363", 1.01)):
        rij, sleutel = cel(nep, KERN, "Totale bevolking", code, "2025JJ00")
        rij[sleutel] = round(rij[sleutel] * factor)
    rij, sleutel = cel(nep, WIJKEN, "Gemiddelde huishoudensgrootte", "GM0014")
    rij[sleutel] = 1.8
    oud = (eigen_map / "gemeenten" / "gemeenten.csv").read_text(encoding="utf-8").splitlines()
    voorstel = maak_voorstel(eigen_register, geduldig(nep))
    assert [w.code for w in voorstel.wijzigingen["inwoners_2025"]] == ["GM0344", "GM0363"]
    assert voorstel.aantal == 3
    assert (eigen_map / "gemeenten" / "gemeenten.csv").read_text("utf-8").splitlines() == oud
    schrijf(eigen_register, voorstel, VANDAAG)
    nieuw = laad(eigen_map)
    anders = (nieuw.gemeenten != eigen_register.gemeenten) & nieuw.gemeenten.notna()
    assert anders.loc[:, "inwoners_2025"].sum() == 2
    assert nieuw.gemeenten.at["GM0014", "huishoudensgrootte_2024"] == 1.8
    regels = (eigen_map / "gemeenten" / "gemeenten.csv").read_text("utf-8").splitlines()
    assert sum(een != ander for een, ander in zip(oud, regels, strict=True)) == 3
    gelezen = {naam for naam, b in nieuw.bronnen.items() if b.geraadpleegd == VANDAAG}
    assert gelezen == {"cbs_70072ned", "cbs_85984ned"}


STREKEN = {
    "webpagina": (loket.html, "is geen tabel (bijvoorbeeld een webpagina)"),
    "geen JSON": (loket.inhoud("{'value': []}"), "is geen tabel"),
    "zonder waarde": (loket.inhoud({"error": "x"}), "is geen tabel"),
    "andere vorm": (loket.inhoud({"value": ["a", 1]}), "onbekende vorm"),
    "leeg": (loket.inhoud({"value": []}), "het antwoord is leeg"),
    "omleiding": (loket.omleiding, "is geen tabel"),
    "onbekende tabel": (loket.code(404), "bestaat niet bij het CBS (code 404)"),
    "geweigerd": (loket.code(403), "weigert de vraag (code 403)"),
    "storing": (loket.code(500), "storing bij het CBS (code 500); 3 keer geprobeerd"),
    "afgebroken": (loket.afgebroken, "3 keer geprobeerd"),
    "traag": (loket.traag, "komt niet op tijd; 3 keer geprobeerd"),
    "druppelend": (loket.druppelend, "komt niet op tijd; 3 keer geprobeerd"),
    "eindeloos": (loket.eindeloos, "komt niet op tijd; 3 keer geprobeerd"),
}


@pytest.mark.parametrize("naam", STREKEN)
def test_een_server_die_zich_misdraagt_geeft_een_duidelijke_fout(nep: Nep, naam: str) -> None:
    nep.streek, tekst = STREKEN[naam]
    with pytest.raises(TabelFout) as fout:
        rustig(nep).haal(KERN, "TableInfos")
    assert tekst in str(fout.value)
    assert KERN in str(fout.value)


def test_na_een_storing_lukt_het_alsnog(nep: Nep) -> None:
    nep.streek = loket.na(2, loket.code(503))
    assert geduldig(nep).haal(KERN, "TableInfos")[0]["Identifier"] == KERN
    assert len(nep.vragen) == 3


def test_een_tabel_die_niet_bestaat_wordt_niet_nog_eens_gevraagd(nep: Nep) -> None:
    nep.streek = loket.code(404)
    with pytest.raises(TabelFout):
        geduldig(nep).haal(KERN, "TableInfos")
    assert len(nep.vragen) == 1


def _kolom_weg(nep: Nep) -> None:
    for rij in nep.tabellen[WIJKEN]["DataProperties"]:
        if rij["Title"] == "Mate van stedelijkheid":
            rij["Title"] = "Mate van stedelijkheit"


def _kolom_dubbel(nep: Nep) -> None:
    nep.tabellen[WIJKEN]["DataProperties"].append({"Key": "X_99", "Title": "Koopwoningen"})


def _andere_eenheid(nep: Nep) -> None:
    for rij in nep.tabellen[WIJKEN]["DataProperties"]:
        if rij["Title"] == "Oppervlakte land":
            rij["Unit"] = "km2"


def _verkeerde_kolom(nep: Nep) -> None:
    for rij in nep.tabellen[KERN]["TypedDataSet"]:
        for naam in [n for n in rij if n.startswith("Totale")]:
            rij["Iets_1"] = rij.pop(naam)


def _gemeente_weg(nep: Nep) -> None:
    rijen = nep.tabellen[KERN]["TypedDataSet"]
    rijen[:] = [rij for rij in rijen if rij["RegioS"].strip() != "GM0344"]


def _dubbele_gemeente(nep: Nep) -> None:
    nep.tabellen[KERN]["TypedDataSet"].append(nep.tabellen[KERN]["TypedDataSet"][0])


def _zet(titel: str, waarde: object, periode: str = "") -> Any:
    def pas_toe(nep: Nep) -> None:
        rij, sleutel = cel(nep, KERN if periode else WIJKEN, titel, "GM0344", periode)
        rij[sleutel] = waarde

    return pas_toe


def _verkeerde_code(nep: Nep) -> None:
    cel(nep, KERN, "Totale bevolking", "GM0344", "2025JJ00")[0]["RegioS"] = "NL01"


FOUTE_TABELLEN = {
    "kolom weg": (_kolom_weg, "bedoelde u 'mate van stedelijkheit'?"),
    "kolom dubbel": (_kolom_dubbel, "'Koopwoningen' staat er meer dan een keer"),
    "andere eenheid": (_andere_eenheid, "staat in 'km2', niet in 'ha'"),
    "verkeerde kolom": (_verkeerde_kolom, "het antwoord heeft geen kolom 'TotaleBevolking_1'"),
    "gemeente weg": (_gemeente_weg, "1 van de 342 gemeenten ontbreken: GM0344"),
    "dubbele gemeente": (_dubbele_gemeente, "staat er twee keer"),
    "verkeerde code": (_verkeerde_code, "'NL01' is geen gemeentecode"),
    "tekst": (_zet("Totale bevolking", "veel", "2025JJ00"), "'veel'; dat is geen getal"),
    "te groot": (_zet("Koopwoningen", 4000.0), "1 gemeenten liggen buiten 5 tot 100"),
    "leeg": (_zet("Koopwoningen", None), "1 van de 342 gemeenten ontbreken: GM0344"),
}


@pytest.mark.parametrize("naam", FOUTE_TABELLEN)
def test_een_tabel_die_niet_klopt_wordt_geweigerd(nep: Nep, register: Register, naam: str) -> None:
    verander, tekst = FOUTE_TABELLEN[naam]
    verander(nep)
    with pytest.raises(VerversFout) as fout:
        maak_voorstel(register, geduldig(nep))
    assert tekst in str(fout.value)
    assert str(fout.value).endswith("Er is niets veranderd.")


def test_een_gemeente_die_wij_niet_kennen_wordt_gemeld(nep: Nep, register: Register) -> None:
    rijen = nep.tabellen[KERN]["TypedDataSet"]
    sleutel = next(k for k in rijen[0] if k.startswith("Totale"))
    rijen.append({"RegioS": "GM1999    ", "Perioden": "2025JJ00", sleutel: 31_000.0})
    rijen.append({"RegioS": "GM0003    ", "Perioden": "2025JJ00", sleutel: None})
    voorstel = maak_voorstel(register, geduldig(nep))
    assert voorstel.nieuw == {"GM1999"}
    assert voorstel.aantal == 0


def test_een_leeg_cijfer_mag_alleen_waar_dat_staat(nep: Nep, register: Register) -> None:
    rij, sleutel = cel(nep, WIJKEN, "Gemiddeld inkomen per inwoner", "GM0344")
    rij[sleutel] = None
    (wijziging,) = maak_voorstel(register, geduldig(nep)).wijzigingen[
        "gem_inkomen_per_inwoner_x1000_2024"
    ]
    assert (wijziging.code, wijziging.nieuw) == ("GM0344", None)


def test_een_ongeldige_nieuwe_tabel_wordt_niet_geschreven(
    nep: Nep, eigen_register: Register, eigen_map: Path
) -> None:
    rij, sleutel = cel(nep, WIJKEN, "Mate van stedelijkheid", "GM0344")
    rij[sleutel] = 2.5
    pad = eigen_map / "gemeenten" / "gemeenten.csv"
    oud = pad.read_bytes()
    voorstel = maak_voorstel(eigen_register, geduldig(nep))
    with pytest.raises(RegisterFout, match=r"stedelijkheid_2024: 2\.5"):
        schrijf(eigen_register, voorstel, VANDAAG)
    assert pad.read_bytes() == oud


def test_zonder_internet_zegt_het_dat_vriendelijk(register: Register) -> None:
    with pytest.raises(GeenVerbinding, match=r"Er is geen verbinding.*Er is niets veranderd"):
        maak_voorstel(register, Loket("http://127.0.0.1:9", pauze=0.0))


def test_een_fout_in_het_plan_noemt_bestand_en_regel(eigen_register: Register) -> None:
    pad = eigen_register.map / "gemeenten" / "verversen.yaml"
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(tekst.replace("inwoners_2025:", "inwoners_2052:"), encoding="utf-8")
    with pytest.raises(RegisterFout, match=r"verversen.yaml, regel \d+: kolom 'inwoners_2052'"):
        lees_plan(replace(eigen_register))


def test_het_commando_schrijft_alleen_als_het_gevraagd_wordt(
    nep: Nep,
    eigen_map: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IMPACT_PARAMETERS", str(eigen_map))
    rij, sleutel = cel(nep, KERN, "Totale bevolking", "GM0344", "2025JJ00")
    rij[sleutel] += 1000
    pad = eigen_map / "gemeenten" / "gemeenten.csv"
    oud = pad.read_bytes()
    with pytest.raises(SystemExit):
        main(["data", "verversen", "--adres", nep.adres])
    uit = capsys.readouterr().out
    assert "inwoners_2025: 1 gemeente anders" in uit
    assert "GM0344 Utrecht" in uit
    assert "Er is niets geschreven" in uit
    assert pad.read_bytes() == oud
    with pytest.raises(SystemExit):
        main(["data", "verversen", "--adres", nep.adres, "--schrijf"])
    assert pad.read_bytes() != oud
    with pytest.raises(SystemExit) as slot:
        main(["data", "verversen", "--adres", "http://127.0.0.1:9"])
    assert slot.value.code == 2
    assert "Er is geen verbinding" in capsys.readouterr().err
