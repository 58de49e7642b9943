"""Catalogue of what the model says: every quantity with its meaning, unit and payer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from impact.registry.eenheden import bij_optellen

Sleutel = tuple[str, str]
"""Name of a quantity and its payer; the payer is empty where money plays no part."""


@dataclass(frozen=True)
class Grootheid:
    """One quantity of the model.

    Attributes
    ----------
    naam, omschrijving, eenheid : in the words of the institution; Dutch
    domein : subject; the same name as the file with its assumptions
    soort : voorraad (end of the half-year), stroom (in the half-year) or kosten (in it)
    betalers : payers; empty where money plays no part
    gemeentelijk : False for a national quantity
    """

    naam: str
    omschrijving: str
    eenheid: str
    domein: str
    soort: str
    betalers: tuple[str, ...] = ()
    gemeentelijk: bool = True

    @property
    def kostensoort(self) -> str | None:
        """Name of the kostensoort, for one cost line."""
        if self.soort != "kosten" or self.naam == "kosten_totaal":
            return None
        return self.naam.removeprefix("kosten_") if self.naam.startswith("kosten_") else None

    @property
    def sleutels(self) -> list[Sleutel]:
        """Keys of this quantity in a result."""
        return [(self.naam, betaler) for betaler in self.betalers or ("",)]


_LANDELIJK = [
    ("asielaanvragen", "Asielaanvragen, eerste en herhaalde", "personen", "stroom"),
    (
        "aanvragen_zonder_besluit",
        "Aanvragen die eindigen zonder besluit van de IND",
        "personen",
        "stroom",
    ),
    ("asielbesluiten", "Besluiten van de IND op asielaanvragen", "personen", "stroom"),
    ("eerste_vergunningen", "Vergunningen zonder nareis", "personen", "stroom"),
    ("vergunningen", "Vergunningen met nareis", "personen", "stroom"),
    ("open_asielzaken", "Asielaanvragen die wachten op een besluit", "personen", "voorraad"),
    ("nareisverzoeken", "Verzoeken om nareis", "personen", "stroom"),
    ("nareisbesluiten", "Besluiten van de IND op nareis", "personen", "stroom"),
    ("nareis_ingereisd", "Familieleden die via nareis aankomen", "personen", "stroom"),
    ("open_nareiszaken", "Nareisverzoeken die wachten op een besluit", "personen", "voorraad"),
    ("beroepen", "Beroepen om de betere status", "zaken", "stroom"),
    ("verlengingen", "Verlengingen van vergunningen", "zaken", "stroom"),
    ("ind_uren_extra", "Extra uren bij de IND", "uur", "stroom"),
]
_GEMEENTELIJK = [
    ("taakstelling", "Taakstelling, netto", "personen", "taakstelling", "stroom"),
    ("bruto_taakstelling", "Taakstelling met achterstand", "personen", "taakstelling", "voorraad"),
    ("achterstand", "Achterstand op de taakstelling", "personen", "taakstelling", "voorraad"),
    (
        "gemeenten_taakstelling_gehaald",
        "Gemeenten die hun taakstelling halen",
        "gemeenten",
        "taakstelling",
        "voorraad",
    ),
    ("gehuisvest", "Statushouders die een plek krijgen", "personen", "huisvesting", "stroom"),
    ("gehuisvest_corporatie", "In een corporatiewoning", "personen", "huisvesting", "stroom"),
    ("gehuisvest_kamers", "In kamers of particuliere huur", "personen", "huisvesting", "stroom"),
    ("gehuisvest_flex", "In een flexwoning", "personen", "huisvesting", "stroom"),
    (
        "gehuisvest_hotel",
        "In een hotel of andere tijdelijke plek",
        "personen",
        "huisvesting",
        "stroom",
    ),
    ("gehuisvest_versneld", "Via versneld huisvesten", "personen", "huisvesting", "stroom"),
    ("gehuisvest_doorstroom", "In een doorstroomlocatie", "personen", "huisvesting", "stroom"),
    (
        "gehuisvest_nareis",
        "Nareis, bij een gehuisvest familielid",
        "personen",
        "huisvesting",
        "stroom",
    ),
    (
        "bewoners_doorstroom",
        "Bewoners van doorstroomlocaties",
        "personen",
        "huisvesting",
        "voorraad",
    ),
    (
        "corporatiewoningen_statushouders",
        "Corporatiewoningen voor eerste huisvesting",
        "woningen",
        "huisvesting",
        "stroom",
    ),
    (
        "statushouders_in_coa",
        "Statushouders die in de opvang wachten",
        "personen",
        "opvang",
        "voorraad",
    ),
    ("spreidingswet_taak", "Opvangtaak volgens de Spreidingswet", "plaatsen", "opvang", "voorraad"),
    ("opvangplaatsen_regulier", "Reguliere opvangplaatsen", "plaatsen", "opvang", "voorraad"),
    ("opvang_nood", "Bewoners van de noodopvang", "personen", "opvang", "voorraad"),
    ("coa_bewoners", "Bewoners van de asielopvang", "personen", "opvang", "voorraad"),
    ("nieuwe_inburgeraars", "Nieuwe inburgeraars", "personen", "inburgering", "stroom"),
    ("gestarte_inburgeraars", "Inburgeraars die starten", "personen", "inburgering", "stroom"),
    (
        "wachtlijst_inburgering",
        "Wachtlijst voor de inburgering",
        "personen",
        "inburgering",
        "voorraad",
    ),
    (
        "inburgeraars_in_traject",
        "Statushouders in een inburgeringstraject",
        "personen",
        "inburgering",
        "voorraad",
    ),
    ("bijstand_personen", "Statushouders met bijstand", "personen", "sociaal", "voorraad"),
    (
        "bijstand_huishoudens",
        "Huishoudens van statushouders met bijstand",
        "huishoudens",
        "sociaal",
        "voorraad",
    ),
    ("leerlingen_nieuwkomers", "Leerlingen die nieuwkomer zijn", "personen", "sociaal", "voorraad"),
    ("lvv_bewoners", "Bewoners van de LVV", "personen", "lvv", "voorraad"),
    ("nachtopvang_vreemdelingen", "Vreemdelingen in de nachtopvang", "personen", "lvv", "voorraad"),
    (
        "vreemdelingen_op_straat",
        "Extra vreemdelingen zonder onderdak",
        "personen",
        "lvv",
        "voorraad",
    ),
    (
        "oekraieners_in_opvang",
        "Oekraïners in de gemeentelijke opvang",
        "personen",
        "oekraine",
        "voorraad",
    ),
    (
        "oekraieners_gewoon_recht",
        "Oekraïners die onder de gewone wetten vallen",
        "personen",
        "oekraine",
        "voorraad",
    ),
    ("oekraieners_bijstand", "Oekraïners met bijstand", "personen", "oekraine", "voorraad"),
    ("fte_huisvesting", "Werk aan huisvesting", "fte", "uitvoering", "voorraad"),
    ("fte_inburgering", "Werk aan inburgering", "fte", "uitvoering", "voorraad"),
    ("fte_inkomen", "Werk aan bijstand", "fte", "uitvoering", "voorraad"),
    ("fte_burgerzaken", "Werk aan verlengde vergunningen", "fte", "uitvoering", "voorraad"),
    ("fte_opvang", "Werk aan opvanglocaties en eigen bijdragen", "fte", "uitvoering", "voorraad"),
    ("fte_nodig", "Werk in totaal", "fte", "uitvoering", "voorraad"),
    ("fte_beschikbaar", "Werk dat het team kan doen", "fte", "uitvoering", "voorraad"),
    ("fte_tekort", "Werk waarvoor geen mensen zijn", "fte", "uitvoering", "voorraad"),
]
_KOSTEN = [
    (
        "inburgering_voorzieningen",
        "Lessen en begeleiding bij inburgering",
        "inburgering",
        ("gemeente", "rijk_spuk"),
    ),
    (
        "inburgering_uitvoering",
        "Uitvoering van de inburgering",
        "inburgering",
        ("gemeente", "rijk_gemeentefonds"),
    ),
    ("bijstand_uitkeringen", "Bijstandsuitkeringen", "sociaal", ("gemeente", "rijk_buig")),
    ("bijstand_uitvoering", "Uitvoering van de bijstand", "sociaal", ("gemeente",)),
    ("inrichting", "Inrichting van de woning", "sociaal", ("gemeente", "inwoner")),
    ("inkomenstoeslag", "Individuele inkomenstoeslag", "sociaal", ("gemeente",)),
    ("schuldhulp", "Schuldhulp", "sociaal", ("gemeente",)),
    ("jeugd_wmo", "Jeugdhulp en Wmo", "sociaal", ("gemeente",)),
    ("leerlingenvervoer", "Leerlingenvervoer", "sociaal", ("gemeente",)),
    ("nieuwkomersonderwijs", "Onderwijs aan nieuwkomers", "sociaal", ("rijk_overig",)),
    ("huisvesting_uitvoering", "Werk aan huisvesting", "uitvoering", ("gemeente",)),
    ("verlengingen_uitvoering", "Werk aan verlengde vergunningen", "uitvoering", ("gemeente",)),
    (
        "opvanglocaties_uitvoering",
        "Werk aan opvanglocaties en eigen bijdragen",
        "uitvoering",
        ("gemeente",),
    ),
    ("doorstroomlocaties", "Doorstroomlocaties", "huisvesting", ("gemeente", "rijk_overig")),
    (
        "uitstroombijdrage",
        "Bijdrage van het Rijk per gehuisveste statushouder",
        "huisvesting",
        ("gemeente", "rijk_overig"),
    ),
    ("opvang_coa", "Opvang door het COA", "opvang", ("coa",)),
    ("bonus_opvang", "Bonus voor opvangplaatsen", "opvang", ("gemeente", "rijk_overig")),
    ("lvv_opvang", "Opvang in de LVV", "lvv", ("gemeente", "rijk_overig")),
    ("dakloze_vreemdelingen", "Nachtopvang en hulp op straat", "lvv", ("gemeente",)),
    (
        "oekraine_opvang",
        "Opvang van Oekraïners",
        "oekraine",
        ("gemeente", "rijk_overig", "inwoner"),
    ),
    ("oekraine_bijstand", "Bijstand voor Oekraïners", "oekraine", ("gemeente", "rijk_buig")),
]


def eenheid_van_som(grootheden: Iterable[Grootheid], soort: str) -> str:
    """Unit of the sum of all quantities of a kind.

    Raises
    ------
    impact.registry.eenheden.EenheidFout
        Two of them have different units, so that they cannot be added.
    """
    return reduce(bij_optellen, (g.eenheid for g in grootheden if g.soort == soort))


def _catalogus() -> dict[str, Grootheid]:
    lijst = [
        Grootheid(naam, tekst, eenheid, "instroom", soort, gemeentelijk=False)
        for naam, tekst, eenheid, soort in _LANDELIJK
    ]
    lijst += [Grootheid(*regel) for regel in _GEMEENTELIJK]
    lijst += [
        Grootheid(f"kosten_{naam}", tekst, "euro per halfjaar", domein, "kosten", betalers)
        for naam, tekst, domein, betalers in _KOSTEN
    ]
    eenheid = eenheid_van_som(lijst, "kosten")
    alle = tuple(sorted({betaler for regel in _KOSTEN for betaler in regel[3]}))
    lijst += [
        Grootheid("kosten_totaal", "Alle kosten samen", eenheid, "financien", "kosten", alle),
        Grootheid(
            "netto_lasten_gemeente",
            "Wat bij gemeenten blijft",
            eenheid,
            "financien",
            "kosten",
            ("gemeente",),
        ),
    ]
    return {grootheid.naam: grootheid for grootheid in lijst}


GROOTHEDEN: dict[str, Grootheid] = _catalogus()
SLEUTELS: tuple[Sleutel, ...] = tuple(
    sleutel for grootheid in GROOTHEDEN.values() for sleutel in grootheid.sleutels
)
