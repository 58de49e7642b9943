"""The figures that a sheet assumes for a municipality, and how it sends its own back."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.registry.eigenmodellen import Eigencijfer, naam_bron
from impact.registry.modellen import Getal
from impact.reporting.aannameregels import kwaliteitsmerk
from impact.reporting.bouwstenen import rijlinks
from impact.reporting.datums import datum_van_bron, halfjaar_in_woorden
from impact.reporting.getallen import Band, onafgerond
from impact.reporting.opmaak import Html, alinea, anker, element, samen
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, cel, tabel

GEBRUIKT = {
    "inwoners_2025": "Bepaalt de taakstelling.",
    "woningvoorraad_2021": "Met het deel corporatiewoningen: hoeveel woningen vrijkomen.",
    "corporatiewoningen_pct_2021": "Komt er veel bij, of wordt er gesloopt?",
    "bijstand_personen_2021": "Zegt hoe krap de arbeidsmarkt is.",
    "stedelijkheid_2024": "Bepaalt het soort woningen.",
    "spreidingswet_indicatief_nov2025": "Vergelijk met uw verdeelbesluit.",
    "opvang_regulier_nov2025": "Zijn er locaties geopend of gesloten?",
    "opvang_nood_nov2025": "Zijn er locaties geopend of gesloten?",
}
"""Columns of the municipal figures that the model reads, and what to check."""
EIGEN_MERK = "Eigen cijfer van de gemeente"
BEGIN = {
    "achterstand": "Vergelijk met de stand van uw toezichthouder.",
    "bijstand_personen": "Vergelijk met uw eigen administratie.",
    "inburgeraars_in_traject": "Tel de lopende plannen (PIP).",
    "wachtlijst_inburgering": "Tel wie nog geen intake heeft.",
    "oekraieners_in_opvang": "Vergelijk met uw eigen opvang.",
    "fte_beschikbaar": "Tel het team dat dit werk nu doet.",
}
"""Quantities that a municipality knows itself: where the model begins, and what to check."""
VERVANGEN = {
    "spreidingswet_indicatief_nov2025": "opvangtaak",
    "opvang_regulier_nov2025": "opvangplaatsen_regulier",
    "opvang_nood_nov2025": "opvangplaatsen_nood",
    "woningvoorraad_2021": "corporatiewoningen",
    "corporatiewoningen_pct_2021": "corporatiewoningen",
}
"""Published columns that an own figure of the municipality replaces."""


@dataclass(frozen=True)
class Eigen:
    """One figure that the sheet assumes.

    Attributes
    ----------
    naam, eenheid, controle : what it is, and what to check
    waarde : None when it is not known
    datum, bron, kwaliteit : where it comes from; `bron` is a key of the sources
    """

    naam: str
    waarde: float | None
    eenheid: str
    datum: str
    bron: str
    kwaliteit: str
    controle: str


def eigen_cijfers(rapport: Rapport, gemeente: str) -> list[Eigen]:
    """Published figures, and own values of assumptions, that the model uses for a municipality."""
    register = rapport.register
    cijfers, opgegeven = [], opgegeven_cijfers(rapport, gemeente)
    for kolom, controle in GEBRUIKT.items():
        if VERVANGEN.get(kolom) in opgegeven:
            continue
        herkomst, waarde = register.herkomst[kolom], register.gemeenten[kolom][gemeente]
        cijfers.append(
            Eigen(
                herkomst.omschrijving,
                None if pd.isna(waarde) else float(waarde),
                herkomst.eenheid or "",
                herkomst.datum,
                herkomst.bron,
                herkomst.kwaliteit,
                controle,
            )
        )
    return cijfers + [
        _eigen_aanname(rapport, naam, waarde)
        for naam, waarde in _eigen_waarden(rapport, gemeente).items()
    ]


def _eigen_waarden(rapport: Rapport, gemeente: str) -> dict[str, Getal]:
    """Last own value of every assumption that differs for this municipality."""
    gevonden: dict[str, Getal] = {}
    for naam, parameter in rapport.register.parameters.items():
        for waarde in parameter.waarden:
            eigen = (waarde.gemeenten or {}).get(gemeente)
            if eigen is not None and eigen.bron != naam_bron(gemeente):
                gevonden[naam] = eigen
    return gevonden


def opgegeven_cijfers(rapport: Rapport, gemeente: str) -> dict[str, Eigencijfer]:
    """Figures that the municipality sent in itself."""
    opgave = rapport.register.eigen.get(gemeente)
    return {} if opgave is None else opgave.cijfers


def _eigen_aanname(rapport: Rapport, naam: str, waarde: Getal) -> Eigen:
    parameter = rapport.register.parameters[naam]
    datum = rapport.register.bronnen[waarde.bron].datum
    return Eigen(
        parameter.omschrijving,
        waarde.midden,
        parameter.eenheid,
        datum,
        waarde.bron,
        waarde.kwaliteit,
        "Een waarde die alleen voor uw gemeente geldt.",
    )


def beginstanden(rapport: Rapport, gemeente: str) -> dict[str, Band]:
    """State of the municipality at the end of the first half-year, without the measures."""
    standen = {}
    for naam in BEGIN:
        rij = rapport.reeks(naam, gemeente, "gemeente").iloc[0]
        midden, laag, hoog = (float(rij[f"zonder_{kant}"]) for kant in ("midden", "laag", "hoog"))
        standen[naam] = Band(midden, laag, hoog, GROOTHEDEN[naam].eenheid, klein=True)
    return standen


def eigencijfers_blok(rapport: Rapport, gemeente: str) -> Html:
    """Section: which figures this sheet assumes, what to check, and how to send others back."""
    stappen = [
        "Kijk of de cijfers hieronder kloppen. Begin met de achterstand, de opvang en het team.",
        "Vraag de VNG om het formulier 'Eigen cijfers' van uw gemeente. Dat is een Excel-bestand.",
        "Vul uw eigen cijfer in, met de datum en de herkomst. Laat leeg wat klopt.",
        "Stuur het formulier terug als antwoord op het bericht van de VNG.",
    ]
    return samen(
        alinea("U kent uw gemeente beter dan een landelijk model. Zo helpt u het te verbeteren:"),
        element("ol", *(element("li", stap) for stap in stappen)),
        alinea(
            "Stuur geen gegevens over personen. Uw cijfer geldt alleen voor uw gemeente. In een "
            "volgend blad staat het in een tabel met uw eigen cijfers."
        ),
        _opgegeven(rapport, gemeente),
        _gepubliceerd(rapport, gemeente),
        _begin(rapport, gemeente),
    )


def waarde_in_woorden(eigen: Eigen) -> str:
    """Value with its unit, or that it is not known."""
    if eigen.waarde is None:
        return "niet bekend"
    getal = onafgerond(eigen.waarde)
    return getal if eigen.eenheid.startswith("klasse") else f"{getal} {eigen.eenheid}"


def _gepubliceerd(rapport: Rapport, gemeente: str) -> Html:
    rijen: list[list[object]] = [
        [
            samen(eigen.naam, element("span", eigen.controle, class_="toelichting")),
            waarde_in_woorden(eigen),
            samen(
                element(
                    "a",
                    rapport.register.bronnen[eigen.bron].titel,
                    href=f"#bron-{anker(eigen.bron)}",
                ),
                element("span", datum_van_bron(eigen.datum), class_="band"),
            ),
            kwaliteitsmerk(eigen.kwaliteit),
        ]
        for eigen in eigen_cijfers(rapport, gemeente)
    ]
    koppen = [
        Kolom("Cijfer en wat te controleren"),
        Kolom("In dit blad", True),
        Kolom("Bron"),
        Kolom("Kwaliteit"),
    ]
    return tabel("Cijfers over uw gemeente die het model gebruikt", koppen, rijen)


def _opgegeven(rapport: Rapport, gemeente: str) -> Html:
    """Table with what the municipality sent in; nothing when it sent in nothing."""
    register, rijen = rapport.register, []
    for naam, cijfer in opgegeven_cijfers(rapport, gemeente).items():
        eigen = Eigen(
            register.eigenvragen[naam].titel,
            cijfer.midden,
            cijfer.eenheid,
            str(cijfer.datum),
            cijfer.bron,
            cijfer.kwaliteit,
            cijfer.opmerking or "",
        )
        uitleg = element("span", eigen.controle, class_="toelichting") if eigen.controle else ""
        marge = element("span", _marge(cijfer), class_="band") if cijfer.laag is not None else ""
        merk = element("a", EIGEN_MERK, href=f"#bron-{anker(eigen.bron)}")
        wanneer = element(
            "span", f"{datum_van_bron(eigen.datum)}, {cijfer.vindplaats.lower()}", class_="band"
        )
        rijen.append(
            [
                samen(eigen.naam, uitleg),
                samen(waarde_in_woorden(eigen), marge),
                samen(merk, wanneer),
                kwaliteitsmerk(eigen.kwaliteit),
            ]
        )
    if not rijen:
        return samen()
    koppen = [Kolom("Cijfer"), Kolom("In dit blad", True), Kolom("Bron"), Kolom("Kwaliteit")]
    return tabel("Cijfers die uw gemeente zelf opgaf", koppen, rijen)


def _marge(cijfer: Eigencijfer) -> str:
    """Range that the municipality gave."""
    return f"{onafgerond(cijfer.laag or 0.0)} tot {onafgerond(cijfer.hoog or 0.0)}"


def _begin(rapport: Rapport, gemeente: str) -> Html:
    rijen: list[list[object]] = []
    for naam, band in beginstanden(rapport, gemeente).items():
        g = GROOTHEDEN[naam]
        opgegeven = naam in opgegeven_cijfers(rapport, gemeente)
        uitleg = "Begint bij het eigen cijfer van uw gemeente." if opgegeven else BEGIN[naam]
        kop = samen(
            f"{g.omschrijving} ({g.eenheid})",
            element("span", uitleg, class_="toelichting"),
        )
        rijen.append([kop, cel(band), rijlinks(rapport, naam)])
    wanneer = halfjaar_in_woorden(rapport.perioden[0])
    return samen(
        tabel(
            f"Waar het model voor uw gemeente begint: einde van {wanneer}",
            [
                Kolom("Stand en wat te controleren"),
                Kolom("In dit blad", True),
                Kolom("Aannames", scherm=True),
            ],
            rijen,
            klasse="cijfers",
        ),
        alinea(
            "Het model verdeelt landelijke cijfers over gemeenten. Uw eigen stand kan anders zijn.",
            class_="gelijk",
        ),
    )


def bronnen_van(rapport: Rapport, gemeente: str) -> set[str]:
    """Sources that the tables of this section link to."""
    opgegeven = {cijfer.bron for cijfer in opgegeven_cijfers(rapport, gemeente).values()}
    return opgegeven | {cijfer.bron for cijfer in eigen_cijfers(rapport, gemeente)}
