"""Which quantities a chapter shows, and how a sentence speaks about them."""

from __future__ import annotations

from dataclasses import dataclass

from impact.model.grootheden import GROOTHEDEN

ONDERWERPNAAM = {
    "instroom": "Instroom en besluiten",
    "taakstelling": "Taakstelling",
    "huisvesting": "Huisvesting",
    "opvang": "Opvang",
    "inburgering": "Inburgering",
    "sociaal": "Bijstand en andere sociale diensten",
    "lvv": "LVV en vreemdelingen zonder onderdak",
    "oekraine": "Oekraïners",
    "uitvoering": "Uitvoeringslast",
    "algemeen": "Algemeen",
    "financien": "Financiën",
}
"""Name of a subject, as a heading."""

ONDERWERP = {
    "gehuisvest": "het aantal statushouders dat een plek krijgt,",
    "achterstand": "de achterstand op de taakstelling",
    "statushouders_in_coa": "het aantal statushouders dat in de opvang wacht,",
    "opvang_nood": "het aantal mensen in de noodopvang",
    "coa_bewoners": "het aantal mensen in de asielopvang",
    "asielaanvragen": "het aantal asielaanvragen",
    "open_asielzaken": "het aantal asielaanvragen dat wacht op een besluit,",
    "open_nareiszaken": "het aantal nareisverzoeken dat wacht op een besluit,",
    "nareis_ingereisd": "het aantal familieleden dat via nareis aankomt,",
    "vergunningen": "het aantal vergunningen, met nareis",
    "taakstelling": "de taakstelling",
    "wachtlijst_inburgering": "de wachtlijst voor de inburgering",
    "nieuwe_inburgeraars": "het aantal nieuwe inburgeraars",
    "inburgeraars_in_traject": "het aantal statushouders in een inburgeringstraject",
    "bijstand_personen": "het aantal statushouders met bijstand",
    "bijstand_huishoudens": "het aantal huishoudens van statushouders met bijstand",
    "leerlingen_nieuwkomers": "het aantal nieuwkomers op school",
    "lvv_bewoners": "het aantal bewoners van de LVV",
    "vreemdelingen_op_straat": "het extra aantal vreemdelingen zonder onderdak",
    "oekraieners_in_opvang": "het aantal Oekraïners in de gemeentelijke opvang",
    "corporatiewoningen_statushouders": "het aantal corporatiewoningen voor eerste huisvesting",
    "fte_nodig": "het werk voor gemeenten",
    "fte_tekort": "het werk waarvoor gemeenten geen mensen hebben,",
    "netto_lasten_gemeente": "wat bij gemeenten blijft,",
}
"""Subject of a sentence; the other quantities are shown in tables only. A subject that ends in a
verb has a comma: the verb of the sentence follows."""

ONDERWERP_GEMEENTE = {
    "fte_nodig": "het werk voor de gemeente",
    "fte_tekort": "het werk waarvoor de gemeente geen mensen heeft,",
    "netto_lasten_gemeente": "wat bij de gemeente blijft,",
}
"""Subjects that are said otherwise when it is about one municipality."""

KERN = (
    "achterstand",
    "statushouders_in_coa",
    "opvang_nood",
    "wachtlijst_inburgering",
    "bijstand_personen",
    "vreemdelingen_op_straat",
    "oekraieners_in_opvang",
    "fte_tekort",
)
"""Quantities of the summary, besides the money."""
LANDELIJK_VERDEELD = frozenset({"statushouders_in_coa", "opvang_nood", "coa_bewoners"})
"""National numbers divided by a key: they say nothing certain about one municipality, so a sheet
does not make a sentence of them."""

BETALERZIN = {
    "gemeente": "gemeenten",
    "coa": "het Rijk, via de opvang door het COA,",
    "inwoner": "inwoners",
    "corporatie": "woningcorporaties",
    "rijk_spuk": "het Rijk, via de specifieke uitkering,",
    "rijk_gemeentefonds": "het Rijk, via het gemeentefonds,",
    "rijk_buig": "het Rijk, via het bijstandsbudget (BUIG),",
    "rijk_overig": "het Rijk, via andere wegen,",
}

EXTRA_ALINEA = {
    "aantallen": "De getallen over de landelijke keten gelden voor heel Nederland.",
}


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter about part of the results.

    Attributes
    ----------
    domeinen : subjects of the quantities
    figuren : quantities with a fan chart
    """

    domeinen: tuple[str, ...]
    figuren: tuple[str, ...]

    @property
    def grootheden(self) -> list[str]:
        """Quantities of this chapter in the order of the catalogue; costs have their own."""
        return [
            naam
            for naam, g in GROOTHEDEN.items()
            if g.domein in self.domeinen and g.soort != "kosten"
        ]


HOOFDSTUKKEN = {
    "aantallen": Hoofdstuk(("instroom", "taakstelling"), ("vergunningen", "taakstelling")),
    "huisvesting": Hoofdstuk(
        ("huisvesting", "opvang"), ("gehuisvest", "statushouders_in_coa", "opvang_nood")
    ),
    "inburgering": Hoofdstuk(
        ("inburgering",), ("inburgeraars_in_traject", "wachtlijst_inburgering")
    ),
    "sociaal": Hoofdstuk(("sociaal", "lvv", "oekraine"), ("bijstand_personen",)),
    "uitvoering": Hoofdstuk(("uitvoering",), ("fte_nodig",)),
}


def onderwerp(grootheid: str, een_gemeente: bool = False) -> str:
    """Subject of a sentence about a quantity, of all municipalities or of one."""
    if een_gemeente and grootheid in ONDERWERP_GEMEENTE:
        return ONDERWERP_GEMEENTE[grootheid]
    if grootheid in ONDERWERP:
        return ONDERWERP[grootheid]
    tekst = GROOTHEDEN[grootheid].omschrijving
    return f"de uitkomst '{tekst[:1].lower()}{tekst[1:]}'"


def kostensoorten() -> list[str]:
    """Cost lines of the catalogue, without the totals."""
    return [n for n, g in GROOTHEDEN.items() if g.kostensoort is not None]


def domeinen() -> list[str]:
    """All subjects of the catalogue, in its order."""
    return list(dict.fromkeys(g.domein for g in GROOTHEDEN.values()))
