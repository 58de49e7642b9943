"""The workbook and CSV files beside a report: the same figures, to calculate with."""

from __future__ import annotations

import glob
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from impact.model.grootheden import GROOTHEDEN, Grootheid
from impact.reporting.aannameregels import KWALITEIT
from impact.reporting.datums import datum
from impact.reporting.getallen import KLEIN_AANTAL, TELEENHEDEN
from impact.reporting.jaarcijfers import per_jaar
from impact.reporting.maatregelen import STAND, ingang
from impact.reporting.onderwerpen import ONDERWERPNAAM
from impact.reporting.rapport import MARGE_NUL, NEDERLAND, Rapport, jaareenheid, onthoud
from impact.reporting.rekenblad import EENHEIDKOLOM, Blad, schrijf_tabellen
from impact.reporting.thema import betalernaam
from impact.reporting.verantwoording import gebruikte_bronnen

WAARDE = "Waarde"
KANTEN = {"midden": "", "laag": " laag", "hoog": " hoog"}
ROLLEN = {"": "Met", "zonder_": "Zonder", "verschil_": "Verschil"}
BANDUITLEG = (
    "Met en zonder de maatregelen, en het verschil. Laag en hoog zijn de grenzen van de band: "
    "negen van de tien berekende uitkomsten liggen ertussen."
)
JAARUITLEG = (
    "Een stand is die van eind december. Een stroom of bedrag is de som van twee halve jaren; de "
    "band van een jaar is de som van hun banden."
)
NOTEN = {
    **{
        f"{rol}{woord}": f"{begin}: {kant}."
        for rol, begin in {
            WAARDE: "Uitkomst",
            "Met": "Met de maatregelen",
            "Zonder": "Zonder de maatregelen",
            "Verschil": "Met min zonder de maatregelen",
        }.items()
        for woord, kant in {
            "": "het gemiddelde van alle trekkingen",
            " laag": "5 procent van de trekkingen ligt lager",
            " hoog": "5 procent van de trekkingen ligt hoger",
        }.items()
    },
    "Betaler": "Wie dit bedrag betaalt. Leeg: het gaat niet om geld.",
    "Code": "Naam van de uitkomst in het model.",
    "Richting onzeker": "Ja: nul ligt binnen de band. Het kan meer of minder worden.",
}
"""Note at the head of a column."""
GEEN_GETAL = ("Betaler", "Code", "Richting onzeker")
AANNAMENOTEN = {
    "Waarde": "De waarde waarmee wij rekenen. Een aandeel staat er als procent.",
    "Laag": "De laagste waarde die wij aannemen.",
    "Hoog": "De hoogste waarde die wij aannemen.",
    "Kwaliteit": " ".join(
        f"{soort.capitalize()}: {uitleg}." for soort, uitleg in KWALITEIT.items()
    ),
    "Verouderd": "Ja: de bron is ouder dan wij voor deze waarde goed vinden.",
}
AANNAMEKOLOMMEN = {
    "id": "Aanname",
    "omschrijving": "Omschrijving",
    "onderwerp": "Onderwerp",
    "vanaf": "Vanaf",
    "midden": "Waarde",
    "laag": "Laag",
    "hoog": "Hoog",
    "eenheid": "Eenheid",
    "verdeling": "Verdeling",
    "kwaliteit": "Kwaliteit",
    "verouderd": "Verouderd",
    "bron_titel": "Bron",
    "bron_uitgever": "Uitgever",
    "bron_datum": "Datum van de bron",
    "bron_url": "Adres van de bron",
    "vindplaats": "Vindplaats",
    "toelichting": "Toelichting",
    "bestand": "Bestand",
}


def schrijf_bijlagen(rapport: Rapport, doel: Path, gemeente: str = NEDERLAND) -> list[Path]:
    """Write workbook and CSV beside a report, under the same name.

    Those of an earlier report go first, so that no old figures lie beside a new report.

    Parameters
    ----------
    doel : the report
    gemeente : municipality of a sheet; the country by default
    """
    for oud in bijlagen_van(doel):
        oud.unlink()
    return schrijf_tabellen(
        doel.parent, doel.stem, bladen(rapport, gemeente), lees_mij(rapport, gemeente)
    )


def bijlagen_van(doel: Path) -> list[Path]:
    """Workbook and CSV files that lie beside a report.

    Those of a report with a longer name (`kamerbrief-en` beside `kamerbrief`) are not its own.
    """
    naam = glob.escape(doel.stem)
    langer = tuple(f"{pad.stem}-" for pad in doel.parent.glob(f"{naam}-*.html"))
    tabellen = doel.parent.glob(f"{naam}-*.csv")
    eigen = [pad for pad in tabellen if not pad.name.startswith(langer)]
    return sorted([*doel.parent.glob(f"{naam}.xlsx"), *eigen])


def titel(rapport: Rapport, gemeente: str) -> str:
    """Scenario and place."""
    waar = "Nederland"
    if gemeente != NEDERLAND:
        waar = str(rapport.register.gemeenten.loc[gemeente, "gemeentenaam"])
    return f"{rapport.scenario.titel}, {waar}"


def bladen(rapport: Rapport, gemeente: str = NEDERLAND) -> list[Blad]:
    """All tables of a report; for one municipality its figures per year only."""
    naam = titel(rapport, gemeente)
    cijfers = uitkomsten(rapport, gemeente)
    getallen = [kolom for kolom in cijfers.columns if kolom in NOTEN and kolom not in GEEN_GETAL]
    eerste = Blad("uitkomsten", naam, uitleg(gemeente), cijfers, per_eenheid=getallen, noten=NOTEN)
    if gemeente != NEDERLAND:
        return [eerste]
    return [
        eerste,
        Blad("maatregelen", naam, "Wat de wet verandert.", maatregelen(rapport)),
        Blad(
            "aannames",
            naam,
            "Elke waarde met haar bron.",
            aannames(rapport),
            per_eenheid=("Waarde", "Laag", "Hoog"),
            noten=AANNAMENOTEN,
        ),
        Blad("bronnen", naam, "Waar de waarden gelezen zijn.", bronnen(rapport)),
    ]


def lees_mij(rapport: Rapport, gemeente: str = NEDERLAND) -> dict[str, str]:
    """What a reader must know before the figures: what, when, which version, how to read."""
    manifest = rapport.resultaat.manifest
    basis = rapport.scenario.referentie
    regels = {
        "Wat": titel(rapport, gemeente),
        "Toelichting": rapport.scenario.toelichting,
        "Vergeleken met": rapport.register.scenario(basis).titel if basis else "niets",
        "Gemaakt met": f"impact {manifest['versie']}, {manifest['trekkingen']} trekkingen, "
        f"startgetal {manifest['zaad']}",
        "Looptijd": f"{manifest['van']} tot en met {manifest['tot']}",
        "Peildatum": datum(rapport.register.peildatum),
        "Sleutel van de invoer": str(manifest["sleutel"])[:20],
        "Hoe leest u de band": BANDUITLEG,
        "Bron van de cijfers": "Uitkomst van het model. De aannames staan per onderwerp in de "
        "aannamelijst; zoek op de naam in de kolom Onderwerp.",
    }
    if gemeente != NEDERLAND:
        regels |= {
            "Kleine aantallen": f"Leeg: een aantal onder de {KLEIN_AANTAL}.",
            "Per jaar": JAARUITLEG,
            "Aannames en bronnen": "Die staan een map hoger, in uitvoeringstoets.xlsx.",
        }
    return regels


def uitleg(gemeente: str) -> str:
    """How to read the figures."""
    if gemeente == NEDERLAND:
        return BANDUITLEG
    return (
        f"{BANDUITLEG} Leeg: een aantal onder de {KLEIN_AANTAL}. Andere aantallen zijn afgerond op "
        f"tientallen. {JAARUITLEG}"
    )


def uitkomsten(rapport: Rapport, gemeente: str = NEDERLAND) -> pd.DataFrame:
    """Every quantity: with, without, difference, and their bands.

    Per half-year for the country. For one municipality per year; counts of people under ten are
    left empty, and the others are rounded to tens: otherwise a small count follows from two larger
    ones.
    """
    alle, rijen = _alle_uitkomsten(rapport, gemeente != NEDERLAND)
    tabel: pd.DataFrame = alle.iloc[rijen[gemeente]].reset_index(drop=True)
    return tabel


@onthoud
def _alle_uitkomsten(rapport: Rapport, lokaal: bool) -> tuple[pd.DataFrame, dict[Any, Any]]:
    """Table of the country or of all municipalities, and which rows are whose."""
    cijfers = rapport.tabel("gemeente" if lokaal else "nationaal")
    if lokaal:
        cijfers = per_jaar(cijfers)
    soorten = cijfers["grootheid"]
    tabel = pd.DataFrame(
        {
            "Onderwerp": _vertaald(soorten, lambda n: _onderwerp(GROOTHEDEN[n])),
            "Uitkomst": _vertaald(soorten, lambda n: GROOTHEDEN[n].omschrijving),
            "Code": _vertaald(soorten, str),
            "Betaler": _vertaald(cijfers["betaler"], lambda b: betalernaam(b) if b else ""),
            "Jaar" if lokaal else "Halfjaar": cijfers["jaar" if lokaal else "periode"],
            EENHEIDKOLOM: _vertaald(soorten, lambda n: _eenheid(GROOTHEDEN[n], lokaal)),
        }
    )
    klein = lokaal & tabel[EENHEIDKOLOM].isin(TELEENHEDEN)
    for voor, rol in ({"": WAARDE} if rapport.is_referentie else ROLLEN).items():
        for kant, woord in KANTEN.items():
            waarden = cijfers[f"{voor}{kant}"].astype(float)
            waarden = waarden.mask(waarden.abs() < MARGE_NUL, 0.0)
            onderdrukt = klein & (waarden.abs() < KLEIN_AANTAL) & (waarden != 0.0)
            tabel[f"{rol}{woord}"] = waarden.mask(klein, waarden.round(-1)).mask(onderdrukt)
    if not rapport.is_referentie:
        onzeker = cijfers["richting_onzeker"].astype(bool)
        onzeker &= (cijfers["verschil_laag"] < 0) & (cijfers["verschil_hoog"] > 0)
        tabel["Richting onzeker"] = _vertaald(onzeker, lambda o: "ja" if o else "nee")
    return tabel, dict(cijfers.groupby("gemeente").indices)


def _vertaald(reeks: pd.Series, woord: Callable[[Any], str]) -> np.ndarray[Any, np.dtype[Any]]:
    """Word for every value of a column with few different values."""
    nummers, waarden = pd.factorize(reeks, use_na_sentinel=False)
    return np.array([woord(waarde) for waarde in waarden], dtype=object)[nummers]


def _onderwerp(grootheid: Grootheid) -> str:
    return ONDERWERPNAAM.get(grootheid.domein, grootheid.domein)


def _eenheid(grootheid: Grootheid, lokaal: bool) -> str:
    return jaareenheid(grootheid) if lokaal else grootheid.eenheid


def maatregelen(rapport: Rapport) -> pd.DataFrame:
    """Measures of the scenario with legal basis, status and entry."""
    rijen = []
    for stap in rapport.scenario.maatregelen:
        maatregel = rapport.register.maatregelen[stap.maatregel]
        laatste = maatregel.status[-1]
        rijen.append(
            [
                rapport.register.wetten[maatregel.wet].naam,
                maatregel.titel,
                f"{maatregel.grondslag.wet}, artikel {maatregel.grondslag.artikel}",
                STAND[laatste.stand],
                datum(laatste.datum),
                ingang(stap),
                maatregel.toelichting,
            ]
        )
    koppen = ["Wet", "Maatregel", "Grondslag", "Status", "Op", "Gerekend vanaf", "Toelichting"]
    return pd.DataFrame(rijen, columns=koppen)


def aannames(rapport: Rapport) -> pd.DataFrame:
    """The assumption log."""
    lijst = rapport.aannamelijst[list(AANNAMEKOLOMMEN)]
    lijst = lijst.assign(verouderd=["ja" if oud else "nee" for oud in lijst["verouderd"]])
    return lijst.rename(columns=AANNAMEKOLOMMEN)


def bronnen(rapport: Rapport) -> pd.DataFrame:
    """Sources with publisher, date and address."""
    namen: Sequence[str] = gebruikte_bronnen(rapport)
    gevonden = [(naam, rapport.register.bronnen[naam]) for naam in namen]
    return pd.DataFrame(
        [[n, b.titel, b.uitgever, b.datum, b.url or "", str(b.geraadpleegd)] for n, b in gevonden],
        columns=["Naam", "Titel", "Uitgever", "Datum", "Adres", "Geraadpleegd"],
    )
