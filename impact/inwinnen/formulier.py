"""The form in Excel on which a municipality fills in its own figures."""

from __future__ import annotations

import io
import math
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from impact.inwinnen.vorm import (
    BLAD,
    CEL_AFZENDER,
    CEL_GEMEENTE,
    CEL_INGEVULD,
    CEL_NAAM,
    CEL_SLEUTEL,
    CEL_VERSIE,
    EERSTE_RIJ,
    HERKOMSTEN,
    INVUL,
    KOLOMMEN,
    KOPRIJ,
    LEES_MIJ,
    SCHATTING,
    VAST,
    VERSIE,
    Regel,
    Vorm,
    cel,
)
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.opmaak import veilig

KOPPEN = {
    "naam": "Code",
    "titel": "Cijfer",
    "vraag": "Vraag",
    "eenheid": "Eenheid",
    "ons_midden": "Ons cijfer",
    "ons_laag": "Ons laagste",
    "ons_hoog": "Ons hoogste",
    "midden": "Uw cijfer",
    "laag": "Uw laagste",
    "hoog": "Uw hoogste",
    "datum": "Datum van uw cijfer",
    "herkomst": "Waar komt het vandaan?",
    "opmerking": "Opmerking",
}
BREEDTES = {
    "naam": 24,
    "titel": 30,
    "vraag": 46,
    "eenheid": 12,
    "ons_midden": 10,
    "ons_laag": 10,
    "ons_hoog": 10,
    "midden": 12,
    "laag": 12,
    "hoog": 12,
    "datum": 14,
    "herkomst": 24,
    "opmerking": 40,
}
HOOGTE_TITEL, HOOGTE_REGEL = 24, 16
TEKENS_PER_REGEL = 95
"""Of the explanation, with room for a wide letter: LibreOffice makes no row higher by itself."""
UITLEG = (
    (
        "Waarvoor is dit?",
        "Wij rekenen uit wat asielwetten voor uw gemeente betekenen. U kent uw "
        "gemeente beter dan een landelijk model. Met uw eigen cijfers wordt de uitkomst beter.",
    ),
    (
        "Wat vult u in?",
        f"Ga naar het blad '{BLAD}'. Vul alleen de gele cellen in. Klopt ons cijfer, "
        "of weet u het niet? Laat de regel dan leeg.",
    ),
    (
        "Ons cijfer",
        "Dit is wat wij nu voor uw gemeente aannemen. Tussen 'ons laagste' en 'ons "
        "hoogste' ligt negen van de tien keer onze berekening. Het is vaak een landelijk cijfer, "
        "verdeeld over gemeenten.",
    ),
    (
        "Uw laagste en hoogste",
        "Weet u het cijfer niet precies? Vul dan ook het laagste en het "
        f"hoogste in dat u voor mogelijk houdt. Bij '{SCHATTING}' is dat nodig.",
    ),
    (
        "Datum en herkomst",
        "Vul bij elk cijfer de datum in waarop het geldt, en kies waar het vandaan "
        "komt. Zonder datum en herkomst kunnen wij uw cijfer niet gebruiken.",
    ),
    (
        "Wijkt uw cijfer sterk af?",
        "Schrijf dan in de laatste kolom waarom. Dan weten wij dat het geen tikfout is.",
    ),
    (
        "Getallen",
        "Schrijf getallen zoals u gewend bent: 1.234,5 of 12%. Gebruik geen formules. Plak "
        "een uitkomst als waarde.",
    ),
    (
        "Persoonsgegevens",
        "Stuur geen gegevens over personen. Wij vragen een afdeling of functie, geen naam.",
    ),
    (
        "Wat doen wij ermee?",
        "Uw cijfer geldt alleen voor uw gemeente. In uw gemeenteblad staat erbij "
        "dat het van u komt, met de datum. Landelijke totalen blijven gelijk: de andere gemeenten "
        "schuiven een klein beetje mee.",
    ),
    (
        "Terugsturen",
        "Sla het bestand op als Excel-bestand (.xlsx) en stuur het terug als antwoord op "
        "het bericht van de VNG.",
    ),
)
GEEL, GRIJS, DONKER = "#FFF7CC", "#EEF1F5", "#154273"


def schrijf_formulier(vorm: Vorm, doel: Path) -> Path:
    """Write the form of a municipality; the same figures give the same bytes."""
    schrijf_heel(doel, als_formulier(vorm))
    return doel


def als_formulier(vorm: Vorm) -> bytes:
    """Workbook of the form."""
    buffer = io.BytesIO()
    veilige_opties = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    werkboek = xlsxwriter.Workbook(buffer, veilige_opties)
    werkboek.set_properties(
        {"title": f"Eigen cijfers van {vorm.naam}", "created": datetime(2000, 1, 1)}
    )
    schrijver = _Schrijver(werkboek, vorm)
    schrijver.uitleg()
    schrijver.vragen()
    werkboek.close()
    return buffer.getvalue()


class _Schrijver:
    """Writes the two sheets of one form."""

    def __init__(self, werkboek: xlsxwriter.Workbook, vorm: Vorm) -> None:
        self.werkboek, self.vorm = werkboek, vorm
        self._gemaakt: dict[tuple[tuple[str, object], ...], Any] = {}

    def _opmaak(self, **eigenschappen: object) -> Any:
        vaste = {"valign": "top", "text_wrap": True, "font_name": "Calibri", **eigenschappen}
        sleutel = tuple(sorted(vaste.items()))
        if sleutel not in self._gemaakt:
            self._gemaakt[sleutel] = self.werkboek.add_format(vaste)
        return self._gemaakt[sleutel]

    def uitleg(self) -> None:
        """Sheet that says what the form is for and how to fill it in."""
        vel = self.werkboek.add_worksheet(LEES_MIJ)
        vel.set_column("A:A", 26)
        vel.set_column("B:B", 95)
        titel = f"Eigen cijfers van {veilig(self.vorm.naam)}"
        vel.write_string("A1", titel, self._opmaak(bold=True, font_size=16, text_wrap=False))
        vel.set_row(0, HOOGTE_TITEL)
        for rij, (kop, tekst) in enumerate(UITLEG, start=2):
            vel.write_string(rij, 0, kop, self._opmaak(bold=True))
            vel.write_string(rij, 1, tekst, self._opmaak())
            vel.set_row(rij, HOOGTE_REGEL * math.ceil(len(tekst) / TEKENS_PER_REGEL))
        vel.protect("", {"format_columns": True, "format_rows": True})
        _afdruk(vel)

    def vragen(self) -> None:
        """Sheet with the questions; only the cells for answers can be changed."""
        vel = self.werkboek.add_worksheet(BLAD)
        for kolom, letter in KOLOMMEN.items():
            vel.set_column(f"{letter}:{letter}", BREEDTES[kolom])
        self._kop(vel)
        kop = self._opmaak(bold=True, bg_color=DONKER, font_color="#FFFFFF", border=1)
        for kolom in KOLOMMEN:
            vel.write_string(cel(kolom, KOPRIJ), KOPPEN[kolom], kop)
        vel.set_row(KOPRIJ - 1, 2 * HOOGTE_REGEL)
        for nummer, regel in enumerate(self.vorm.regels):
            self._regel(vel, EERSTE_RIJ + nummer, regel)
        vel.freeze_panes(KOPRIJ, 2)
        vel.protect("", {"format_columns": True, "format_rows": True})
        vel.activate()
        vel.set_selection(CEL_AFZENDER)
        _afdruk(vel)

    def _kop(self, vel: Any) -> None:
        """Municipality, version and key, and the two cells about the sender."""
        naam = veilig(self.vorm.naam)
        groot = self._opmaak(bold=True, font_size=16, text_wrap=False)
        vel.write_string("A1", f"Eigen cijfers van {naam}", groot)
        vel.set_row(0, HOOGTE_TITEL)
        los = self._opmaak(text_wrap=False)
        vel.write_string("A2", "Vul alleen de gele cellen in. Laat leeg wat klopt.", los)
        vet, grijs = self._opmaak(bold=True), self._opmaak(bg_color=GRIJS)
        regels = {
            CEL_GEMEENTE: ("Gemeente", self.vorm.code),
            CEL_VERSIE: ("Versie van het formulier", str(VERSIE)),
            CEL_SLEUTEL: ("Sleutel", self.vorm.sleutel),
        }
        for adres, (kop, inhoud) in regels.items():
            vel.write_string(f"A{adres[1:]}", kop, vet)
            vel.write_string(adres, inhoud, grijs)
        vel.write_string(CEL_NAAM, naam, grijs)
        for adres, kop in (
            (CEL_AFZENDER, "Uw afdeling of functie"),
            (CEL_INGEVULD, "Ingevuld op"),
        ):
            vel.write_string(f"A{adres[1:]}", kop, vet)
        vel.write_blank(CEL_AFZENDER, None, self._invul())
        vel.write_blank(CEL_INGEVULD, None, self._invul("dd-mm-yyyy"))
        vel.data_validation(
            CEL_INGEVULD,
            {
                "validate": "date",
                "criteria": ">=",
                "value": min(regel.vraag.vanaf for regel in self.vorm.regels),
                "error_title": "Datum",
                "error_message": "Vul een datum in, zoals 31-01-2026.",
            },
        )

    def _invul(self, formaat: str = "General") -> Any:
        return self._opmaak(bg_color=GEEL, border=1, locked=False, num_format=formaat)

    def _regel(self, vel: Any, rij: int, regel: Regel) -> None:
        getal = _getalvorm(regel)
        for kolom, waarde in zip(VAST, regel.vast, strict=True):
            adres = cel(kolom, rij)
            if isinstance(waarde, str):
                kleur = {"font_color": "#666666"} if kolom == "naam" else {}
                vel.write_string(adres, waarde, self._opmaak(border=1, bg_color=GRIJS, **kleur))
            else:
                opmaak = self._opmaak(border=1, bg_color=GRIJS, num_format=getal)
                vel.write_number(adres, waarde, opmaak)
        for kolom in INVUL:
            formaat = {"datum": "dd-mm-yyyy", "herkomst": "General", "opmerking": "@"}
            vel.write_blank(cel(kolom, rij), None, self._invul(formaat.get(kolom, getal)))
        for kolom in ("midden", "laag", "hoog"):
            vel.data_validation(cel(kolom, rij), _getalregel(regel))
        vel.data_validation(cel("datum", rij), _datumregel(regel))
        vel.data_validation(
            cel("herkomst", rij),
            {
                "validate": "list",
                "source": list(HERKOMSTEN),
                "error_title": "Herkomst",
                "error_message": "Kies uit de lijst.",
            },
        )
        vel.set_row(rij - 1, 48)


def _getalvorm(regel: Regel) -> str:
    """Number format of a question."""
    if regel.vraag.eenheid == "aandeel":
        return "0%"
    return "#,##0" if regel.vraag.heel else "#,##0.0"


def _getalregel(regel: Regel) -> dict[str, object]:
    """What may be typed in a cell for a number."""
    laagste, hoogste = regel.vraag.grenzen
    grens: dict[str, object] = {"criteria": ">=", "value": max(laagste, -1_000_000)}
    wat = "een getal van 0 of meer" if laagste == 0 else "een getal"
    if hoogste == 1:
        grens = {"criteria": "between", "minimum": 0, "maximum": 1}
        wat = "een deel van 0% tot 100%"
    return grens | {
        "validate": "integer" if regel.vraag.heel else "decimal",
        "error_title": regel.vraag.titel[:32],
        "error_message": f"Vul {wat} in{', zonder cijfers achter de komma' * regel.vraag.heel}.",
    }


def _datumregel(regel: Regel) -> dict[str, object]:
    """Days on which a figure may hold."""
    van, tot = regel.vraag.vanaf, regel.vraag.tot
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": van,
        "maximum": tot,
        "input_title": "Datum",
        "input_message": f"Van {van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}.",
        "error_title": "Datum",
        "error_message": f"Kies een datum van {van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}.",
    }


def _afdruk(vel: Any) -> None:
    """Print on A4, on its side, as wide as one page."""
    vel.set_paper(9)
    vel.set_landscape()
    vel.fit_to_pages(1, 0)
