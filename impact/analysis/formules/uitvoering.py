"""Formulas of municipal work and of money."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule
from impact.model.grootheden import GROOTHEDEN

EURO = "euro per halfjaar"
FUNCTIES = ("huisvesting", "inburgering", "inkomen", "burgerzaken", "opvang")
UREN = {
    "huisvesting": (
        "huishoudens_nieuw * p.uren_per_huisvesting",
        "Nieuwe huishoudens maal uren.",
    ),
    "inburgering": (
        "(inburgeraars_in_traject / 6 + gestart_gezin) * p.uren_per_inburgeraar",
        "Een halfjaar is een zesde van een traject; anderen tellen bij de start.",
    ),
    "inkomen": (
        "(bijstand_huishoudens + oekraieners_bijstand_huishoudens)"
        " * p.uren_per_bijstandshuishouden / 2",
        "Huishoudens met bijstand maal uren per jaar; een halfjaar is de helft.",
    ),
    "burgerzaken": (
        "verlengingen * aandeel_inwoners * p.uren_verlenging_gemeente",
        "Verlengingen, verdeeld naar inwoners, maal uren.",
    ),
    "opvang": (
        "(betalers_eigen_bijdrage * p.uren_eigen_bijdrage"
        " + coa_bewoners * p.uren_per_opvangplaats) / 2",
        "Eigen bijdragen en opvangbewoners, maal uren per jaar; een halfjaar is de helft.",
    ),
}
KOSTENLIJN = {
    "huisvesting_uitvoering": "huisvesting",
    "verlengingen_uitvoering": "burgerzaken",
    "opvanglocaties_uitvoering": "opvang",
}

WERK = (
    *(
        Formule(
            f"uren_{functie}",
            regel,
            uitleg,
            "uitvoeringslast.uren",
            f"Uren voor {GROOTHEDEN[f'fte_{functie}'].omschrijving[:1].lower()}"
            f"{GROOTHEDEN[f'fte_{functie}'].omschrijving[1:]}",
            "uur",
        )
        for functie, (regel, uitleg) in UREN.items()
    ),
    *(
        Formule(
            f"fte_{functie}",
            f"uren_{functie} / (p.productieve_uren / 2)",
            "Uren, gedeeld door wat een voltijdbaan in een halfjaar werkt.",
            "uitvoeringslast.fte",
        )
        for functie in FUNCTIES
    ),
    Formule(
        "fte_nodig",
        " + ".join(f"fte_{functie}" for functie in FUNCTIES),
        "Al het werk samen.",
        "gevolgen.gevolg_uitvoering",
    ),
    Formule(
        "fte_beschikbaar",
        "fte_team * (1 + p.groei_capaciteit) ** (t / 2)",
        "Het team bij de start, met de groei die de arbeidsmarkt toelaat.",
        "uitvoeringslast.fte_beschikbaar",
    ),
    Formule(
        "fte_team",
        "g.fte_eigen + (1 - g.fte_bekend) * eerste(fte_nodig)",
        "Het team dat de gemeente zelf opgaf. Gaf zij niets op, dan het werk van het eerste "
        "halfjaar.",
        "gevolgen.gevolg_uitvoering",
        "Team bij de start",
        "fte",
    ),
    Formule(
        "fte_tekort",
        "max(0, fte_nodig - fte_beschikbaar)",
        "Werk, min wat het team kan.",
        "uitvoeringslast.fte_tekort",
    ),
    Formule(
        "inburgering_werk",
        "uren_inburgering * p.uurtarief",
        "Uren maal het tarief.",
        "gevolgen.gevolg_uitvoering",
        "Kosten van de uitvoering van de inburgering",
        EURO,
    ),
    Formule(
        "kosten_inburgering_uitvoering.rijk_gemeentefonds",
        "p.gemeentefonds_inburgering * aandeel_inwoners / 2",
        "Een vast bedrag per jaar, verdeeld naar inwoners; een halfjaar is de helft. Het volgt het "
        "aantal inburgeraars niet.",
        "inburgering.gemeentefonds",
    ),
    Formule(
        "kosten_inburgering_uitvoering.gemeente",
        "inburgering_werk - kosten_inburgering_uitvoering.rijk_gemeentefonds",
        "De kosten, min het geld uit het gemeentefonds.",
        "financien.gedeeld",
    ),
    *(
        Formule(
            f"kosten_{soort}.gemeente",
            f"uren_{functie} * p.uurtarief",
            "Uren maal het tarief.",
            "gevolgen.gevolg_uitvoering",
        )
        for soort, functie in KOSTENLIJN.items()
    ),
)

HUISVESTINGSGELD = (
    Formule(
        "doorstroom_kosten",
        "bewoners_doorstroom * p.kosten_doorstroomplaats * 182.5",
        "Bewoners maal de kosten per dag; een halfjaar is 182,5 dagen.",
        "financien.per_dag",
        "Kosten van doorstroomlocaties",
        EURO,
    ),
    Formule(
        "kosten_doorstroomlocaties.rijk_overig",
        "bewoners_doorstroom * p.vergoeding_doorstroomplaats * 182.5",
        "Bewoners maal de vergoeding per dag.",
        "gevolgen.regels_keten",
    ),
    Formule(
        "kosten_doorstroomlocaties.gemeente",
        "doorstroom_kosten - kosten_doorstroomlocaties.rijk_overig",
        "De kosten, min de vergoeding van het Rijk.",
        "financien.gedeeld",
    ),
    Formule(
        "kosten_uitstroombijdrage.rijk_overig",
        "(huishoudens_nieuw * p.personen_per_woning - gehuisvest_doorstroom)"
        " * p.bijdrage_per_gehuisveste",
        "Wie in een woning komt (niet in een doorstroomlocatie), maal de bijdrage.",
        "gevolgen.regels_keten",
    ),
    Formule(
        "kosten_uitstroombijdrage.gemeente",
        "-kosten_uitstroombijdrage.rijk_overig",
        "Geld dat de gemeente krijgt; daarom met een minteken.",
        "financien.bijdrage",
    ),
)


def _totalen() -> tuple[Formule, ...]:
    """Total per payer: all cost lines of the catalogue with that payer."""
    soorten = [g for g in GROOTHEDEN.values() if g.kostensoort is not None]
    return tuple(
        Formule(
            f"kosten_totaal.{betaler}",
            " + ".join(f"{g.naam}.{betaler}" for g in soorten if betaler in g.betalers),
            "Alle kostensoorten van deze betaler samen.",
            "financien.totaal_per_betaler",
        )
        for betaler in GROOTHEDEN["kosten_totaal"].betalers
    )


GELD = (
    *HUISVESTINGSGELD,
    *_totalen(),
    Formule(
        "netto_lasten_gemeente.gemeente",
        next(f.rekenregel for f in _totalen() if f.naam == "kosten_totaal.gemeente"),
        "Per kostensoort: wat het kost, min wat het Rijk en inwoners betalen. Minder dan 0 "
        "betekent dat de gemeente geld overhoudt.",
        "simulatie.simuleer",
        grondslag="Financiële-verhoudingswet, art. 2",
    ),
)

FORMULES = WERK + GELD
