"""A filled form: what is read, and what each mistake says."""

from __future__ import annotations

import contextlib
import io
import math
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.inwinnen.antwoorden import FoutAntwoord, getal_uit_tekst
from impact.inwinnen.formulier import als_formulier
from impact.inwinnen.inlezen import lees_formulieren, zoek_bestanden
from impact.inwinnen.lezen import Gelezen, lees_formulier
from impact.inwinnen.vorm import (
    BLAD,
    CEL_AFZENDER,
    CEL_GEMEENTE,
    CEL_INGEVULD,
    CEL_SLEUTEL,
    CEL_VERSIE,
    INVUL,
    KOLOMMEN,
    KOPRIJ,
    Vorm,
    cel,
)
from impact.registry.laden import Register
from tests.inwinnen.conftest import CODE, PEILDATUM, Invuller, rij_van

ACHTERSTAND, GEHUISVEST, NOOD, WONINGEN, TEAM, DEEL = (
    "H11",
    "H12",
    "H16",
    "H18",
    "H19",
    "H21",
)


@pytest.fixture
def lees(vormen: dict[str, Vorm]) -> Callable[[Path], Gelezen]:
    return lambda pad: lees_formulier(pad, vormen, PEILDATUM)


def zet(adres: str, waarde: object) -> Callable[[Any], None]:
    """Change one cell of the sheet."""
    return lambda vel: vel.__setitem__(adres, waarde)


def test_een_ingevuld_formulier_geeft_cijfers_met_herkomst(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    gelezen = lees(vul_in(achterstand="1.200", fte_beschikbaar=70.5, aandeel_lvv_voortgezet="40%"))
    assert not gelezen.fouten
    assert gelezen.opgave is not None
    assert gelezen.opgave.gemeente == CODE
    assert gelezen.opgave.ingevuld == date(2026, 11, 1)
    cijfers = gelezen.opgave.cijfers
    assert {naam: c.midden for naam, c in cijfers.items()} == {
        "achterstand": 1200.0,
        "fte_beschikbaar": 70.5,
        "aandeel_lvv_voortgezet": 0.4,
    }
    cijfer = cijfers["achterstand"]
    assert (cijfer.eenheid, cijfer.datum) == ("personen", date(2026, 1, 1))
    assert (cijfer.bron, cijfer.vindplaats) == (f"eigen_{CODE}", "Eigen registratie")
    assert (cijfer.laag, cijfer.kwaliteit) == (None, "oranje")


def test_een_schatting_is_rood_en_heeft_een_marge(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    def schat(vel: Any) -> None:
        vel["L12"], vel["I12"], vel["J12"] = "Schatting", 1700, "1.900"

    opgave = lees(vul_in(gehuisvest_drie_jaar=1800, anders=schat)).opgave
    assert opgave is not None
    cijfer = opgave.cijfers["gehuisvest_drie_jaar"]
    assert (cijfer.laag, cijfer.hoog, cijfer.kwaliteit) == (1700, 1900, "rood")
    zonder = lees(vul_in(gehuisvest_drie_jaar=1800, anders=zet("L12", "Schatting")))
    assert [f.plek for f in zonder.fouten] == ["I12"]


def verander_formule(vel: Any) -> None:
    vel[ACHTERSTAND] = "=100+167"


def maak_fout(vel: Any) -> None:
    vel[ACHTERSTAND] = "#N/A"
    vel[ACHTERSTAND].data_type = "e"


FOUTEN: list[tuple[str, Callable[[Any], None], str, str]] = [
    ("formule", verander_formule, ACHTERSTAND, "hier staat een formule"),
    ("fout van Excel", maak_fout, ACHTERSTAND, "hier staat de fout #N/A"),
    ("tekst", zet(ACHTERSTAND, "ca. 300"), ACHTERSTAND, "'ca. 300' is geen getal"),
    ("Engels getal", zet(TEAM, "70.5"), TEAM, "gebruik een komma"),
    ("datum als getal", zet(ACHTERSTAND, date(2026, 1, 1)), ACHTERSTAND, "een datum"),
    ("ja of nee", zet(ACHTERSTAND, True), ACHTERSTAND, "'WAAR' is geen getal"),
    ("halve persoon", zet(ACHTERSTAND, 12.5), ACHTERSTAND, "vul een heel getal in"),
    ("procent bij aantal", zet(ACHTERSTAND, "12%"), ACHTERSTAND, "is een percentage"),
    ("negatief", zet(GEHUISVEST, -5), GEHUISVEST, "moet 0 of meer zijn"),
    ("aandeel van 40", zet(DEEL, 40), DEEL, "schrijf 40% of een deel van 1"),
    ("150 procent", zet(DEEL, "150%"), DEEL, "van 0% tot 100%"),
    ("ver van ons cijfer", zet(WONINGEN, 1), WONINGEN, "Schrijf in cel M18 waarom"),
    ("datum is tekst", zet("K11", "gisteren"), "K11", "'gisteren' is geen datum"),
    ("dag bestaat niet", zet("K11", "31-02-2026"), "K11", "is geen datum"),
    ("datum te vroeg", zet("K11", "01-01-2020"), "K11", "van 01-12-2025 tot en met 31-01-2026"),
    ("herkomst onbekend", zet("L11", "buurman"), "L11", "staat niet in de lijst; kies uit"),
    ("zonder cijfer", zet(ACHTERSTAND, None), ACHTERSTAND, "is leeg, maar de rest"),
    ("zonder datum", zet("K11", None), "K11", "is leeg; vul de datum in"),
    ("zonder herkomst", zet("L11", "  "), "L11", "is leeg; kies uit"),
    ("halve marge", zet("I11", 100), "J11", "allebei in, of geen"),
    ("marge omgekeerd", lambda v: (zet("I11", 500)(v), zet("J11", 400)(v))[0], "I11", "volgorde"),
    ("samengevoegd", lambda v: v.merge_cells("H11:I11"), ACHTERSTAND, "samengevoegde cellen"),
    ("vaste cel", zet("E11", 999), "E11", "vaste cel is veranderd in '999'; hier stond"),
    ("andere vraag", zet("A11", "onzin"), ACHTERSTAND, "hier staat geen vraag"),
    ("onder de vragen", zet("H30", 5), "H30", "hier staat geen vraag"),
    ("geen afzender", zet(CEL_AFZENDER, None), CEL_AFZENDER, "vul uw afdeling of functie in"),
    ("lange tekst", zet(CEL_AFZENDER, "x" * 501), CEL_AFZENDER, "langer dan 500 tekens"),
    ("geen dag", zet(CEL_INGEVULD, None), CEL_INGEVULD, "is leeg; vul de datum in"),
    ("in de toekomst", zet(CEL_INGEVULD, "22-11-2026"), CEL_INGEVULD, "ligt na vandaag"),
    ("oude versie", zet(CEL_VERSIE, "0"), CEL_VERSIE, "versie van het formulier is '0'"),
    ("onbekende gemeente", zet(CEL_GEMEENTE, "GM9999"), CEL_GEMEENTE, "is geen gemeentecode"),
    ("andere gemeente", zet(CEL_GEMEENTE, "GM0363"), "E11", "vaste cel is veranderd"),
    ("andere sleutel", zet(CEL_SLEUTEL, "abc"), CEL_SLEUTEL, "vaste cellen zijn veranderd"),
]


@pytest.mark.parametrize(
    ("verander", "plek", "tekst"), [f[1:] for f in FOUTEN], ids=[f[0] for f in FOUTEN]
)
def test_een_fout_noemt_blad_cel_en_uitweg(
    vul_in: Invuller,
    lees: Callable[[Path], Gelezen],
    verander: Callable[[Any], None],
    plek: str,
    tekst: str,
) -> None:
    gelezen = lees(vul_in(achterstand=300, anders=verander_alles(verander)))
    assert gelezen.opgave is None
    gevonden = [fout for fout in gelezen.fouten if fout.plek == plek and tekst in fout.tekst]
    assert gevonden, [str(fout) for fout in gelezen.fouten]
    assert str(gevonden[0]).startswith(f"antwoord.xlsx, blad '{BLAD}', cel {plek}: ")


def verander_alles(verander: Callable[[Any], None]) -> Callable[[Any], None]:
    """Give the lines that a test changes their date and origin first."""

    def pas_toe(vel: Any) -> None:
        for adres in (GEHUISVEST, WONINGEN, TEAM, DEEL):
            vel[f"K{adres[1:]}"], vel[f"L{adres[1:]}"] = date(2026, 1, 1), "Brief of besluit"
        for adres, waarde in ((GEHUISVEST, 1742), (WONINGEN, 51000), (TEAM, 79), (DEEL, 0.5)):
            vel[adres] = waarde
        verander(vel)

    return pas_toe


def test_alle_fouten_van_een_bestand_komen_tegelijk(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    def veel(vel: Any) -> None:
        vel[CEL_INGEVULD], vel["K11"], vel["L11"] = "morgen", "gisteren", "buurman"
        vel["H12"] = "=1"

    plekken = {f.plek for f in lees(vul_in(achterstand="veel", anders=veel)).fouten}
    assert plekken == {CEL_INGEVULD, "H11", "K11", "L11", "H12", "K12", "L12"}


def test_een_opmerking_maakt_een_groot_verschil_goed(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    gelezen = lees(vul_in(corporatiewoningen=1, anders=zet("M18", "=2+2 is geen formule")))
    assert [f.plek for f in gelezen.fouten] == ["M18"]
    gelezen = lees(vul_in(corporatiewoningen=1, anders=zet("M18", "Alles gesloopt\x09of verkocht")))
    assert gelezen.opgave is not None
    assert gelezen.opgave.cijfers["corporatiewoningen"].opmerking == "Alles gesloopt of verkocht"


def test_een_leeg_formulier_is_geen_antwoord(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    (fout,) = lees(vul_in()).fouten
    assert "er is geen cijfer ingevuld" in fout.tekst


def test_een_andere_gemeente_in_de_bestandsnaam(
    vul_in: Invuller, lees: Callable[[Path], Gelezen]
) -> None:
    (fout,) = lees(vul_in(naam="gm0363 antwoord.xlsx", achterstand=300)).fouten
    assert fout.plek == CEL_GEMEENTE
    assert "bestandsnaam noemt GM0363" in fout.tekst


def _zip(**delen: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, inhoud in delen.items():
            archief.writestr(naam.replace("__", "/"), inhoud)
    return buffer.getvalue()


def _zonder_blad() -> bytes:
    werkmap = openpyxl.Workbook()
    werkmap.active.title = "Blad1 =x"
    buffer = io.BytesIO()
    werkmap.save(buffer)
    return buffer.getvalue()


BESTANDEN = {
    "leeg": (b"", "is leeg"),
    "oud Excel": (b"\xd0\xcf\x11\xe0" + bytes(600), "een oud Excel-bestand (.xls)"),
    "csv": (b"cijfer;waarde\nachterstand;12\n", "is geen Excel-bestand, al heet het .xlsx"),
    "webpagina": (b"<html></html>", "is geen Excel-bestand"),
    "halve zip": (_zonder_blad()[:900], "is beschadigd"),
    "andere zip": (_zip(brief=b"x"), "is geen Excel-werkmap"),
    "OpenDocument": (_zip(mimetype=b"x"), "OpenDocument"),
    "zipbom": (_zip(**{"xl__workbook.xml": bytes(31_000_000)}), "groter dan 30 MB"),
    "XML-bom": (_zip(**{"xl__workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
    "lege werkmap": (_zip(**{"xl__workbook.xml": b"<a/>"}), "is beschadigd"),
    "verkeerd blad": (_zonder_blad(), f"blad '{BLAD}' ontbreekt; gevonden: 'Blad1 =x'"),
}


@pytest.mark.parametrize("soort", BESTANDEN)
def test_een_bestand_dat_geen_formulier_is(
    tmp_path: Path, lees: Callable[[Path], Gelezen], soort: str
) -> None:
    inhoud, tekst = BESTANDEN[soort]
    pad = tmp_path / "raar.xlsx"
    pad.write_bytes(inhoud)
    (fout,) = lees(pad).fouten
    assert tekst in str(fout)
    assert str(fout).startswith("raar.xlsx: ")


def test_een_ander_bestand_in_de_map_wordt_genoemd(
    tmp_path: Path, vul_in: Invuller, register: Register
) -> None:
    vul_in(achterstand=300)
    (tmp_path / "oud.xls").write_bytes(b"x")
    (tmp_path / "~$antwoord.xlsx").write_bytes(b"x")
    bestanden, fouten = zoek_bestanden([tmp_path, tmp_path / "weg.xlsx"])
    assert [pad.name for pad in bestanden] == ["antwoord.xlsx", "oud.xls"]
    assert [fout.tekst for fout in fouten] == ["bestaat niet"]
    gelezen = lees_formulieren(register, bestanden)
    assert gelezen[0].opgave is not None
    assert "bewaar het als Excel-bestand (.xlsx)" in gelezen[1].fouten[0].tekst


def test_alleen_de_antwoordcellen_zijn_open(vormen: dict[str, Vorm]) -> None:
    vel = openpyxl.load_workbook(io.BytesIO(als_formulier(vormen[CODE])))[BLAD]
    assert vel.protection.sheet
    open_ = {c.coordinate for rij in vel.iter_rows() for c in rij if not c.protection.locked}
    rijen = range(KOPRIJ + 1, KOPRIJ + 1 + len(vormen[CODE].regels))
    assert open_ == {CEL_AFZENDER, CEL_INGEVULD} | {cel(k, rij) for k in INVUL for rij in rijen}
    regels = {str(regel.sqref): regel for regel in vel.data_validations.dataValidation}
    rij = rij_van(vormen[CODE], "aandeel_lvv_voortgezet")
    assert regels[cel("herkomst", rij)].type == "list"
    assert (regels[cel("midden", rij)].formula1, regels[cel("midden", rij)].formula2) == ("0", "1")
    assert len(KOLOMMEN) == len(set(KOLOMMEN.values()))


def test_hetzelfde_formulier_geeft_dezelfde_bytes(vormen: dict[str, Vorm]) -> None:
    assert als_formulier(vormen[CODE]) == als_formulier(vormen[CODE])
    assert len({vorm.sleutel for vorm in vormen.values()}) == len(vormen)


def test_alleen_steden_met_een_lvv_krijgen_die_vragen(vormen: dict[str, Vorm]) -> None:
    met = {c for c, vorm in vormen.items() if any(r.naam == "lvv_plaatsen" for r in vorm.regels)}
    assert met == {"GM0363", "GM0344", "GM0014", "GM0599", "GM0772"}


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_een_nederlands_getal_komt_terug(heel: int, deel: int) -> None:
    for tekst in (f"{heel},{deel:02d}", f"{heel:,}".replace(",", ".") + f",{deel:02d}"):
        getal, _ = getal_uit_tekst(tekst, False)
        assert getal == float(f"{heel}.{deel:02d}")


@given(st.text(max_size=20))
def test_willekeurige_tekst_is_een_getal_of_een_nette_fout(tekst: str) -> None:
    with contextlib.suppress(FoutAntwoord):
        getal, _ = getal_uit_tekst(tekst, True)
        assert math.isfinite(getal)
