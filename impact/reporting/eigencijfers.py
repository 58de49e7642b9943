"""The figures that a sheet assumes for a municipality, and how it sends its own back."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.registry.modellen import Getal
from impact.reporting.aannameregels import kwaliteitsmerk
from impact.reporting.bouwstenen import rijlinks
from impact.reporting.getallen import Band, datum_van_bron, halfjaar_in_woorden, kort, onafgerond
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
BEGIN = {
    "achterstand": "Vergelijk met de stand van uw toezichthouder.",
    "bijstand_personen": "Vergelijk met uw eigen administratie.",
    "inburgeraars_in_traject": "Tel de lopende plannen (PIP).",
    "wachtlijst_inburgering": "Tel wie nog geen intake heeft.",
    "oekraieners_in_opvang": "Vergelijk met uw eigen opvang.",
    "fte_beschikbaar": "Tel het team dat dit werk nu doet.",
}
"""Quantities that a municipality knows itself: where the model begins, and what to check."""
TABBLAD = "eigen cijfers"


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
    cijfers = []
    for kolom, controle in GEBRUIKT.items():
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
            if gemeente in (waarde.gemeenten or {}):
                gevonden[naam] = (waarde.gemeenten or {})[gemeente]
    return gevonden


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
        f"Open het werkboek (XLSX) dat naast dit blad staat, met dezelfde naam. Ga naar het "
        f"tabblad '{TABBLAD}'.",
        "Vul uw eigen cijfer in, met de datum en de bron. Laat leeg wat klopt.",
        "Stuur het werkboek terug als antwoord op het bericht van de VNG bij dit blad.",
    ]
    return samen(
        alinea("U kent uw gemeente beter dan een landelijk model. Zo helpt u het te verbeteren:"),
        element("ol", *(element("li", stap) for stap in stappen)),
        alinea(
            "Stuur geen gegevens over personen. Uw cijfer telt pas mee als het met bron in de "
            "aannames staat. Dat ziet u in een volgend blad."
        ),
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


def _begin(rapport: Rapport, gemeente: str) -> Html:
    rijen: list[list[object]] = []
    for naam, band in beginstanden(rapport, gemeente).items():
        g = GROOTHEDEN[naam]
        kop = samen(
            f"{g.omschrijving} ({g.eenheid})",
            element("span", BEGIN[naam], class_="toelichting"),
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
    return {eigen.bron for eigen in eigen_cijfers(rapport, gemeente)}


def invultabel(rapport: Rapport, gemeente: str) -> pd.DataFrame:
    """Table of the workbook with empty columns for what the municipality knows better."""
    rijen = [
        (e.naam, waarde_in_woorden(e), e.eenheid, e.datum, rapport.register.bronnen[e.bron].titel)
        for e in eigen_cijfers(rapport, gemeente)
    ]
    wanneer = rapport.perioden[0]
    for naam, band in beginstanden(rapport, gemeente).items():
        g = GROOTHEDEN[naam]
        rijen.append((g.omschrijving, kort(band)[0], g.eenheid, wanneer, "uitkomst van het model"))
    tabel_ = pd.DataFrame(rijen, columns=["Cijfer", "In dit blad", "Eenheid", "Datum", "Bron"])
    return tabel_.assign(**{"Uw cijfer": "", "Uw datum": "", "Uw bron": ""})
