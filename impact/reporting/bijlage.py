"""The workbook and CSV files beside a report: the same figures, to calculate with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.registry.aannamelijst import aannamelijst
from impact.reporting.eigencijfers import TABBLAD, invultabel
from impact.reporting.getallen import KLEIN_AANTAL, TELEENHEDEN
from impact.reporting.maatregelen import STAND
from impact.reporting.onderwerpen import ONDERWERPNAAM
from impact.reporting.rapport import NEDERLAND, Rapport
from impact.reporting.rekenblad import Blad, schrijf_tabellen
from impact.reporting.thema import betalernaam
from impact.reporting.verantwoording import gebruikte_bronnen

KANTEN = {"midden": "", "laag": " laag", "hoog": " hoog"}
ROLLEN = {"": "Met", "zonder_": "Zonder", "verschil_": "Verschil"}
BANDUITLEG = (
    "Met en zonder de maatregelen, en het verschil. Laag en hoog zijn de grenzen van de band: "
    "negen van de tien berekende uitkomsten liggen ertussen."
)
INVULUITLEG = "Klopt een cijfer niet? Vul in de laatste kolommen uw cijfer in, met datum en bron."
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

    Parameters
    ----------
    doel : the report
    gemeente : municipality of a sheet; the country by default
    """
    return schrijf_tabellen(doel.parent, doel.stem, bladen(rapport, gemeente))


def bladen(rapport: Rapport, gemeente: str = NEDERLAND) -> list[Blad]:
    """All tables of a report."""
    waar = "Nederland"
    if gemeente != NEDERLAND:
        waar = str(rapport.register.gemeenten.loc[gemeente, "gemeentenaam"])
    titel = f"{rapport.scenario.titel}, {waar}"
    eigen = []
    if gemeente != NEDERLAND:
        eigen = [Blad(TABBLAD, titel, INVULUITLEG, invultabel(rapport, gemeente))]
    return [
        Blad("uitkomsten", titel, uitleg(gemeente), uitkomsten(rapport, gemeente)),
        *eigen,
        Blad("maatregelen", titel, "Wat de wet verandert.", maatregelen(rapport)),
        Blad("aannames", titel, "Elke waarde met haar bron.", aannames(rapport)),
        Blad("bronnen", titel, "Waar de waarden gelezen zijn.", bronnen(rapport)),
    ]


def uitleg(gemeente: str) -> str:
    """How to read the figures."""
    if gemeente == NEDERLAND:
        return BANDUITLEG
    return f"{BANDUITLEG} Leeg: een aantal onder de {KLEIN_AANTAL}."


def uitkomsten(rapport: Rapport, gemeente: str = NEDERLAND) -> pd.DataFrame:
    """Every quantity per half-year: with, without, difference, and their bands.

    Counts of people under ten in one municipality are left empty.
    """
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    cijfers = rapport.tabel(niveau).loc[[gemeente]].reset_index()
    soorten = cijfers["grootheid"].map(GROOTHEDEN)
    tabel = pd.DataFrame(
        {
            "Onderwerp": [ONDERWERPNAAM.get(g.domein, g.domein) for g in soorten],
            "Uitkomst": [g.omschrijving for g in soorten],
            "Code": cijfers["grootheid"],
            "Betaler": [betalernaam(b) if b else "" for b in cijfers["betaler"]],
            "Halfjaar": cijfers["periode"],
            "Eenheid": [g.eenheid for g in soorten],
        }
    )
    klein = pd.Series([niveau == "gemeente" and g.eenheid in TELEENHEDEN for g in soorten])
    rollen = {"": "Uitkomst"} if rapport.is_referentie else ROLLEN
    for voor, rol in rollen.items():
        for kant, woord in KANTEN.items():
            waarden = cijfers[f"{voor}{kant}"].astype(float)
            onderdrukt = klein & (waarden.abs() < KLEIN_AANTAL) & (waarden != 0.0)
            tabel[f"{rol}{woord}" if rol != "Uitkomst" else f"Waarde{woord}"] = waarden.mask(
                onderdrukt
            )
    if not rapport.is_referentie:
        tabel["Richting onzeker"] = ["ja" if o else "nee" for o in cijfers["richting_onzeker"]]
    return tabel


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
                laatste.datum.isoformat(),
                str(stap.vanaf),
                maatregel.toelichting,
            ]
        )
    koppen = ["Wet", "Maatregel", "Grondslag", "Status", "Op", "Gerekend vanaf", "Toelichting"]
    return pd.DataFrame(rijen, columns=koppen)


def aannames(rapport: Rapport) -> pd.DataFrame:
    """The assumption log."""
    lijst = aannamelijst(rapport.register, rapport.naam)[list(AANNAMEKOLOMMEN)]
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
