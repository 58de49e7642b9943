"""Formulas of bijstand and other social services."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule

PERSONEN, EURO = "personen", "euro per halfjaar"
PW20 = "Participatiewet, art. 20-22"
CURVE = ", ".join(f"{m}, p.bijstandskans_{m:02d}_maanden" for m in (6, 12, 24, 36, 48, 66, 108))


def _bijstand(vorm: str, terug: int, kop: str) -> tuple[Formule, ...]:
    """Persons on bijstand by group; for the budget with a lag of two half-years."""
    plus = f" + {terug}" if terug else ""
    groep = "een jaar voor {groep}" if terug else "in {groep}"
    return (
        Formule(
            f"bijstand{vorm}_groep",
            f"terug(gehuisvest, k{plus}) * p.aandeel_volwassen * aanwezig[k]"
            f" * bijstandskans{vorm}[k]",
            "Wie toen een plek kreeg, het deel dat volwassen is, en hun kans op bijstand. In het "
            "eerste halfjaar telt een persoon half mee.",
            "sociaal.bijstand_personen",
            f"{kop} van wie een plek kreeg {groep}",
            PERSONEN,
        ),
        Formule(
            f"bijstandskans{vorm}",
            f"klem(kans_vroeg{vorm}[k] * (1 + late_fase{vorm}[k] * (gemeentefactor - 1))"
            f" + late_fase{vorm}[k] * (p.effect_wachttijd_bijstand"
            f" * terug(extra_wachtjaren, k{plus}) + terug(opslag_tijdelijk, k{plus})), 0, 1)",
            "De kans uit de landelijke curve. Na twee jaar telt de plaatselijke arbeidsmarkt mee, "
            "en wat lang wachten en een tijdelijke vergunning doen.",
            "sociaal.bijstand_personen",
            f"Kans op bijstand van wie een plek kreeg {groep}",
            "aandeel",
        ),
        Formule(
            f"kans_vroeg{vorm}",
            f"bijstandscurve{vorm}[k]"
            f" - (1 - late_fase{vorm}[k]) * terug(verlaging_eerder_werk, k{plus})",
            "De curve, min wat eerder werken in de eerste jaren scheelt.",
            "sociaal.bijstand_personen",
            f"Kans op bijstand volgens de curve van wie een plek kreeg {groep}",
            "aandeel",
        ),
        *_op_de_curve(vorm, plus, groep),
    )


def _op_de_curve(vorm: str, plus: str, groep: str) -> tuple[Formule, ...]:
    """Where a group is on the national curve; who waited longer is further on it."""
    return (
        Formule(
            f"maanden_sinds_vergunning{vorm}",
            f"max(0, eerste(p.maanden_tot_huisvesting) + 12 * terug(extra_wachtjaren, k{plus}))"
            " + 6 * k",
            "Maanden tot de woning, en daarna zes maanden per halfjaar. Wie langer wachtte dan "
            "bij de start gewoon was, is bij de verhuizing al verder.",
            "sociaal.maanden_sinds_vergunning",
            f"Maanden sinds de vergunning van wie een plek kreeg {groep}",
            "maanden",
        ),
        Formule(
            f"late_fase{vorm}",
            f"klem((maanden_sinds_vergunning{vorm}[k] - 24) / 12, 0, 1)",
            "0 tot twee jaar na de vergunning, 1 vanaf drie jaar.",
            "sociaal.laat",
            f"Hoe ver in de late fase is wie een plek kreeg {groep}",
            "aandeel",
        ),
        Formule(
            f"bijstandscurve{vorm}",
            f"lijn(maanden_sinds_vergunning{vorm}[k], {CURVE})",
            "Deel van de volwassenen met bijstand, naar tijd sinds de vergunning.",
            "sociaal.bijstandscurve",
            f"Landelijke curve voor wie een plek kreeg {groep}",
            "aandeel",
        ),
    )


BIJSTAND = (
    Formule(
        "bijstand_personen",
        "cohorten(bijstand_groep, 0, 17)",
        "Alle groepen die in de laatste negen jaar een plek kregen.",
        "sociaal.bijstand_personen",
    ),
    Formule(
        "bijstand_personen_budget",
        "cohorten(bijstand_budget_groep, 0, 17)",
        "Dezelfde som, voor groepen van een jaar eerder: het budget rust op het vorige jaar.",
        "sociaal.bijstand_personen",
        "Statushouders met bijstand waarop het budget rust",
        PERSONEN,
    ),
    *_bijstand("", 0, "Bijstand"),
    *_bijstand("_budget", 2, "Bijstand voor het budget"),
    Formule(
        "aanwezig",
        "1 - max(0, 1 - k) / 2",
        "In het eerste halfjaar is iemand er gemiddeld de helft van de tijd.",
        "sociaal.bijstand_personen",
        "Deel van het halfjaar dat de groep er is",
        "aandeel",
    ),
    Formule(
        "opslag_tijdelijk",
        "p.opslag_bijstand_tijdelijk",
        "Wat een korte vergunning aan kans op bijstand toevoegt.",
        "gevolgen.gevolg_sociaal",
        "Opslag door een tijdelijke vergunning",
        "aandeel",
        eerder="0",
    ),
    Formule(
        "verlaging_eerder_werk",
        "p.verlaging_bijstand_eerder_werk",
        "Wat eerder werken van de kans op bijstand afhaalt.",
        "gevolgen.gevolg_sociaal",
        "Verlaging door eerder werk",
        "aandeel",
        eerder="0",
    ),
    Formule(
        "wachttijd_coa",
        "statushouders_landelijk / max(som_nl(geplaatst_uit_coa), 1)",
        "Wie wacht, gedeeld door wie per halfjaar een plek krijgt.",
        "gevolgen.extra_wachtjaren",
        "Halfjaren wachten in de opvang",
        "halfjaren",
    ),
    Formule(
        "extra_wachtjaren",
        "klem((wachttijd_coa - eerste(wachttijd_coa)) / 2, -5, 5)",
        "Langer wachten dan in het eerste halfjaar, in jaren, nooit meer dan vijf.",
        "gevolgen.extra_wachtjaren",
        "Extra jaren wachten in de opvang",
        "jaren",
        eerder="0",
    ),
    Formule(
        "arbeidsmarkt",
        "g.bijstandsdichtheid ** p.elasticiteit_bijstand_gemeente",
        "Meer bijstand in de gemeente betekent minder kans op werk.",
        "sociaal.gemeentefactor",
        "Plaatselijke arbeidsmarkt",
        "factor",
    ),
    Formule(
        "arbeidsmarkt_gewogen",
        "arbeidsmarkt * aandeel_inwoners",
        "Voor het landelijke gemiddelde.",
        "sociaal.gemeentefactor",
        "Plaatselijke arbeidsmarkt maal aandeel inwoners",
        "aandeel",
    ),
    Formule(
        "gemeentefactor",
        "arbeidsmarkt / som_nl(arbeidsmarkt_gewogen)",
        "De arbeidsmarkt hier, vergeleken met het landelijke gemiddelde.",
        "sociaal.gemeentefactor",
        "Arbeidsmarkt vergeleken met Nederland",
        "factor",
    ),
    Formule(
        "bijstand_huishoudens",
        "bijstand_personen / (2 - p.aandeel_alleenstaand)",
        "Een alleenstaande is één volwassene, een paar twee.",
        "sociaal.huishoudens",
    ),
    Formule(
        "uitkering_per_huishouden",
        "(p.aandeel_alleenstaand * p.bijstandsnorm_alleenstaande"
        " + (1 - p.aandeel_alleenstaand) * p.bijstandsnorm_paar) * p.bruteringsfactor * 6",
        "De norm per maand, met belasting en premies, zes maanden.",
        "sociaal.uitkering_per_huishouden",
        "Uitkering per huishouden per halfjaar",
        "euro per huishouden",
        grondslag=PW20,
    ),
    Formule(
        "bijstand_kosten",
        "bijstand_huishoudens * uitkering_per_huishouden",
        "Huishoudens maal de uitkering.",
        "gevolgen.gevolg_sociaal",
        "Bijstandsuitkeringen",
        EURO,
        grondslag=PW20,
    ),
    Formule(
        "kosten_bijstand_uitkeringen.rijk_buig",
        "p.buig_volgt * bijstand_personen_budget / (2 - p.aandeel_alleenstaand)"
        " * uitkering_per_huishouden",
        "Het budget volgt de huishoudens van een jaar eerder, voor een deel.",
        "gevolgen.gevolg_sociaal",
        grondslag="Participatiewet, art. 69",
    ),
    Formule(
        "kosten_bijstand_uitkeringen.gemeente",
        "bijstand_kosten - kosten_bijstand_uitkeringen.rijk_buig",
        "De uitkeringen, min het geld van het Rijk.",
        "financien.gedeeld",
    ),
    Formule(
        "kosten_bijstand_uitvoering.gemeente",
        "bijstand_huishoudens * p.uitvoeringskosten_bijstand / 2",
        "Huishoudens maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_sociaal",
    ),
    Formule(
        "kosten_schuldhulp.gemeente",
        "bijstand_huishoudens * p.schuldhulp_per_huishouden / 2",
        "Huishoudens maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_sociaal",
    ),
    Formule(
        "bijstand_laat_groep",
        "bijstand_groep[k] * late_fase[k]",
        "De bijstand van deze groep, voor zover zij in de late fase is.",
        "sociaal.bijstand_personen",
        "Langdurige bijstand van wie een plek kreeg in {groep}",
        PERSONEN,
    ),
    Formule(
        "bijstand_laat",
        "cohorten(bijstand_laat_groep, 0, 17)",
        "Alle groepen samen.",
        "sociaal.bijstand_personen",
        "Statushouders met langdurige bijstand",
        PERSONEN,
    ),
    Formule(
        "kosten_inkomenstoeslag.gemeente",
        "bijstand_laat / (2 - p.aandeel_alleenstaand) * p.inkomenstoeslag / 2",
        "Huishoudens met langdurige bijstand maal de toeslag per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_sociaal",
        grondslag="Participatiewet, art. 36",
    ),
)

VOORZIENINGEN = (
    Formule(
        "statushouders_gevolgd",
        "som_terug(gehuisvest, 18)",
        "Wie in de laatste negen jaar een plek kreeg.",
        "gevolgen.gevolg_voorzieningen",
        "Statushouders die negen jaar of korter een plek hebben",
        PERSONEN,
    ),
    Formule(
        "pas_gehuisvest",
        "som_terug(gehuisvest, 4)",
        "Wie in de laatste twee jaar een plek kreeg.",
        "gevolgen.gevolg_voorzieningen",
        "Statushouders die twee jaar of korter een plek hebben",
        PERSONEN,
    ),
    Formule(
        "leerlingen_nieuwkomers",
        "pas_gehuisvest * p.aandeel_leerlingen",
        "Wie kort een plek heeft, het deel dat naar school gaat.",
        "gevolgen.gevolg_voorzieningen",
    ),
    Formule(
        "inrichting_totaal",
        "huishoudens_nieuw * p.inrichtingskosten",
        "Nieuwe huishoudens maal de kosten.",
        "gevolgen.gevolg_voorzieningen",
        "Kosten van inrichting",
        EURO,
    ),
    Formule(
        "kosten_inrichting.inwoner",
        "inrichting_totaal * (1 - p.aandeel_inrichting_gift)",
        "Wat geen gift is, is een lening die de inwoner terugbetaalt.",
        "gevolgen.gevolg_voorzieningen",
    ),
    Formule(
        "kosten_inrichting.gemeente",
        "inrichting_totaal - kosten_inrichting.inwoner",
        "De kosten, min wat de inwoner terugbetaalt.",
        "financien.gedeeld",
    ),
    Formule(
        "kosten_jeugd_wmo.gemeente",
        "statushouders_gevolgd * p.jeugd_wmo_per_persoon / 2",
        "Personen maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_voorzieningen",
    ),
    Formule(
        "kosten_leerlingenvervoer.gemeente",
        "leerlingen_nieuwkomers * p.leerlingenvervoer_per_leerling"
        " * p.aandeel_leerlingenvervoer / 2",
        "Leerlingen die vervoer nodig hebben, maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_voorzieningen",
    ),
    Formule(
        "kosten_nieuwkomersonderwijs.rijk_overig",
        "leerlingen_nieuwkomers * p.kosten_nieuwkomersonderwijs / 2",
        "Leerlingen maal het bedrag per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_voorzieningen",
    ),
)

FORMULES = BIJSTAND + VOORZIENINGEN
