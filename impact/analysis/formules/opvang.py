"""Formulas of reception by COA, the LVV and Ukrainians."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule

PERSONEN, PLAATSEN, EURO = "personen", "plaatsen", "euro per halfjaar"
SPREIDINGSWET = "Spreidingswet (Wet gemeentelijke taak mogelijk maken asielopvangvoorzieningen)"

OPVANG = (
    Formule(
        "spreidingswet_taak",
        "p.capaciteitsraming_spreidingswet * g.aandeel_spreidingswet",
        "De landelijke raming, maal het aandeel van de gemeente.",
        "opvang.spreidingswet_taak",
        grondslag=SPREIDINGSWET,
    ),
    Formule(
        "nieuwe_plaatsen",
        "p.realisatietempo_spreidingswet"
        " * max(0, spreidingswet_taak - vorig(opvangplaatsen_regulier))",
        "Elk halfjaar komt een vast deel van wat nog ontbreekt erbij.",
        "opvang.nieuwe_plaatsen",
        "Nieuwe opvangplaatsen",
        PLAATSEN,
    ),
    Formule(
        "vervallen_plaatsen",
        "min(vorig(opvangplaatsen_regulier), p.verlies_opvangplaatsen * g.aandeel_opvang_regulier)",
        "Het landelijke verlies, verdeeld naar de plaatsen die er zijn.",
        "opvang.vervallen_plaatsen",
        "Opvangplaatsen die verdwijnen",
        PLAATSEN,
    ),
    Formule(
        "opvangplaatsen_regulier",
        "vorig(opvangplaatsen_regulier) + nieuwe_plaatsen - vervallen_plaatsen",
        "Wat er was, plus nieuw, min verdwenen.",
        "keten.stap_opvang",
        eerder="begin.opvangplaatsen_regulier * g.aandeel_opvang_regulier",
    ),
    Formule(
        "bezetting",
        "statushouders_landelijk + andere_bewoners_per_zaak * open_asielzaken",
        "Wachtende statushouders, en asielzoekers die op een besluit wachten.",
        "keten.stap_opvang",
        "Mensen in de asielopvang, landelijk",
        PERSONEN,
    ),
    Formule(
        "andere_bewoners_per_zaak",
        "max(0, begin.coa_bezetting - begin.statushouders_in_coa) / max(begin.open_asielzaken, 1)",
        "Bewoners die geen statushouder zijn, gedeeld door open aanvragen, bij de start.",
        "keten.begin_opvang",
        "Andere bewoners per open aanvraag",
        "factor",
    ),
    Formule(
        "opvang_nood",
        "max(0, bezetting - som_nl(opvangplaatsen_regulier)) * g.aandeel_opvang_nood",
        "Wie niet in een gewone plaats past, verdeeld naar de noodopvang die er is.",
        "opvang.noodopvang",
    ),
    Formule(
        "coa_bewoners",
        "opvangplaatsen_regulier"
        " * min(1, bezetting / max(som_nl(opvangplaatsen_regulier), 1)) + opvang_nood",
        "Bewoners van gewone plaatsen en van de noodopvang.",
        "keten.stap_opvang",
    ),
    Formule(
        "opvangkosten_landelijk",
        "(min(bezetting, som_nl(opvangplaatsen_regulier)) * p.kosten_opvang_regulier"
        " + max(0, bezetting - som_nl(opvangplaatsen_regulier)) * p.kosten_opvang_nood"
        " + max(0, som_nl(opvangplaatsen_regulier) - bezetting) * p.kosten_lege_plaats) / 2",
        "Gewone plaatsen, noodplaatsen en lege plaatsen, elk maal een prijs per jaar; een halfjaar "
        "is de helft.",
        "opvang.opvangkosten",
        "Kosten van de asielopvang, landelijk",
        EURO,
    ),
    Formule(
        "plaatsen_en_nood",
        "opvangplaatsen_regulier + opvang_nood",
        "De sleutel waarmee de kosten over gemeenten zijn verdeeld.",
        "keten.stap_opvang",
        "Gewone plaatsen en noodopvang",
        PLAATSEN,
    ),
    Formule(
        "kosten_opvang_coa.coa",
        "opvangkosten_landelijk * plaatsen_en_nood / max(som_nl(plaatsen_en_nood), 1e-12)",
        "De landelijke kosten, verdeeld naar plaatsen in de gemeente.",
        "keten.stap_opvang",
    ),
    Formule(
        "kosten_bonus_opvang.rijk_overig",
        "nieuwe_plaatsen * p.bonus_spreidingswet",
        "Nieuwe plaatsen maal de bonus per plaats.",
        "keten.stap_opvang",
        grondslag=SPREIDINGSWET,
    ),
    Formule(
        "kosten_bonus_opvang.gemeente",
        "-kosten_bonus_opvang.rijk_overig",
        "Geld dat de gemeente krijgt; daarom met een minteken.",
        "financien.bijdrage",
    ),
)

LVV = (
    Formule(
        "lvv_bewoners",
        "p.lvv_plaatsen"
        " * (p.lvv_rijk_betaalt + (1 - p.lvv_rijk_betaalt) * p.aandeel_lvv_voortgezet)",
        "Alle plaatsen zolang het Rijk betaalt; daarna wat de stad zelf voortzet.",
        "lvv.bewoners",
    ),
    Formule(
        "lvv_gesloten",
        "p.lvv_plaatsen - lvv_bewoners",
        "Plaatsen die er niet meer zijn.",
        "lvv.op_straat",
        "Gesloten LVV-plaatsen",
        PLAATSEN,
    ),
    Formule(
        "nachtopvang_vreemdelingen",
        "lvv_gesloten * p.aandeel_naar_nachtopvang",
        "Wie geen LVV-plaats meer heeft en naar de nachtopvang gaat.",
        "lvv.nachtopvang",
    ),
    Formule(
        "lvv_naar_straat",
        "lvv_gesloten * (1 - p.aandeel_naar_nachtopvang)",
        "Wie geen LVV-plaats meer heeft en niet naar de nachtopvang gaat.",
        "lvv.op_straat",
        "Mensen van gesloten LVV-plaatsen zonder nachtopvang",
        PERSONEN,
        eerder="0",
    ),
    Formule(
        "vreemdelingen_op_straat",
        "vorig(vreemdelingen_op_straat) * (1 - p.uitstroom_straat)"
        " + max(0, lvv_naar_straat - vorig(lvv_naar_straat))"
        " + p.vrijgelaten_zonder_terugkeer * aandeel_inwoners",
        "Wie nog op straat is, wie erbij komt door gesloten plaatsen, en wie uit bewaring komt "
        "zonder terug te keren (verdeeld naar inwoners).",
        "lvv.op_straat",
        eerder="0",
    ),
    Formule(
        "lvv_kosten",
        "lvv_bewoners * p.kosten_lvv_plaats / 2",
        "Bewoners maal de kosten per plaats per jaar; een halfjaar is de helft.",
        "lvv.opvangkosten",
        "Kosten van de LVV",
        EURO,
    ),
    Formule(
        "kosten_lvv_opvang.rijk_overig",
        "lvv_kosten * p.aandeel_rijk_lvv * p.lvv_rijk_betaalt",
        "Het deel dat het Rijk betaalt, zolang het betaalt.",
        "lvv.opvangkosten",
    ),
    Formule(
        "kosten_lvv_opvang.gemeente",
        "lvv_kosten - kosten_lvv_opvang.rijk_overig",
        "De kosten, min wat het Rijk betaalt.",
        "lvv.opvangkosten",
    ),
    Formule(
        "kosten_dakloze_vreemdelingen.gemeente",
        "(nachtopvang_vreemdelingen * p.kosten_nachtopvang"
        " + vreemdelingen_op_straat * p.kosten_op_straat) / 2",
        "Mensen in de nachtopvang en op straat, maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_lvv",
    ),
)

OEKRAINE = (
    Formule(
        "oekraieners_voor_vertrek",
        "vorig(oekraieners_regeling) + p.instroom_oekraine * aandeel_inwoners",
        "Wie er was, en wie erbij komt (verdeeld naar inwoners).",
        "oekraine.bewoners",
        "Oekraïners onder de regeling, voor vertrek",
        PERSONEN,
    ),
    Formule(
        "oekraieners_overgang",
        "oekraieners_voor_vertrek * (1 - p.vertrek_oekraine) * p.overgang_gewoon_recht",
        "Wie niet vertrekt en onder de gewone wetten komt te vallen.",
        "oekraine.bewoners",
        "Oekraïners die dit halfjaar naar de gewone wetten gaan",
        PERSONEN,
    ),
    Formule(
        "oekraieners_regeling",
        "oekraieners_voor_vertrek * (1 - p.vertrek_oekraine) - oekraieners_overgang",
        "Wie blijft en onder de regeling blijft vallen.",
        "oekraine.bewoners",
        "Oekraïners onder de regeling",
        PERSONEN,
        eerder="begin.oekraieners_in_opvang * g.aandeel_oekraine",
    ),
    Formule(
        "oekraieners_gebleven",
        "vorig(oekraieners_gebleven) * (1 - p.vertrek_oekraine)"
        " + oekraieners_overgang * (1 - p.aandeel_eigen_woning_oekraine)",
        "Wie onder de gewone wetten valt en nog in de opvang woont.",
        "oekraine.bewoners",
        "Oekraïners in de opvang die onder de gewone wetten vallen",
        PERSONEN,
        eerder="0",
    ),
    Formule(
        "oekraieners_gewoon_recht",
        "vorig(oekraieners_gewoon_recht) * (1 - p.vertrek_oekraine) + oekraieners_overgang",
        "Wie er al onder viel en niet vertrok, en wie erbij komt.",
        "oekraine.bewoners",
        eerder="0",
    ),
    Formule(
        "oekraieners_in_opvang",
        "oekraieners_regeling + oekraieners_gebleven",
        "Wie onder de regeling valt, en wie eruit is maar nog in de opvang woont.",
        "gevolgen.gevolg_oekraine",
    ),
    Formule(
        "oekraieners_bijstand",
        "oekraieners_gewoon_recht * p.aandeel_volwassen * p.bijstandskans_oekraine",
        "Volwassenen onder de gewone wetten, maal de kans op bijstand.",
        "gevolgen.gevolg_oekraine",
    ),
    Formule(
        "oekraieners_bijstand_huishoudens",
        "oekraieners_bijstand / (2 - p.aandeel_alleenstaand)",
        "Een alleenstaande is één volwassene, een paar twee.",
        "sociaal.huishoudens",
        "Huishoudens van Oekraïners met bijstand",
        "huishoudens",
    ),
    Formule(
        "betalers_eigen_bijdrage",
        "oekraieners_in_opvang * p.aandeel_eigen_bijdrage",
        "Bewoners van de opvang die een eigen bijdrage betalen.",
        "oekraine.eigen_bijdrage",
        "Oekraïners die een eigen bijdrage betalen",
        PERSONEN,
    ),
    Formule(
        "oekraine_opvang_totaal",
        "oekraieners_in_opvang * p.kosten_bed_oekraine * 182.5",
        "Bewoners maal de kosten per dag; een halfjaar is 182,5 dagen.",
        "oekraine.opvangkosten",
        "Kosten van de opvang van Oekraïners",
        EURO,
    ),
    Formule(
        "kosten_oekraine_opvang.rijk_overig",
        "oekraieners_regeling * p.normbedrag_oekraine * 182.5",
        "Het Rijk betaalt het normbedrag per dag voor wie onder de regeling valt.",
        "oekraine.opvangkosten",
    ),
    Formule(
        "kosten_oekraine_opvang.inwoner",
        "betalers_eigen_bijdrage * p.eigen_bijdrage_oekraine * 6",
        "Wie een eigen bijdrage betaalt, maal het bedrag per maand, zes maanden.",
        "oekraine.eigen_bijdrage",
    ),
    Formule(
        "kosten_oekraine_opvang.gemeente",
        "oekraine_opvang_totaal - kosten_oekraine_opvang.rijk_overig"
        " - kosten_oekraine_opvang.inwoner",
        "De kosten, min het geld van het Rijk en de eigen bijdragen. Minder dan 0: het normbedrag "
        "is hoger dan de kosten.",
        "oekraine.opvangkosten",
    ),
    Formule(
        "oekraine_uitkeringen",
        "oekraieners_bijstand_huishoudens * uitkering_per_huishouden",
        "Huishoudens maal de uitkering.",
        "gevolgen.gevolg_oekraine",
        "Bijstandsuitkeringen aan Oekraïners",
        EURO,
    ),
    Formule(
        "oekraine_bijstand_uitvoering",
        "oekraieners_bijstand_huishoudens * p.uitvoeringskosten_bijstand / 2",
        "Huishoudens maal de kosten per jaar; een halfjaar is de helft.",
        "gevolgen.gevolg_oekraine",
        "Uitvoering van de bijstand aan Oekraïners",
        EURO,
    ),
    Formule(
        "kosten_oekraine_bijstand.rijk_buig",
        "oekraine_uitkeringen * p.buig_volgt",
        "Het deel van de uitkeringen dat het bijstandsbudget van het Rijk volgt.",
        "gevolgen.gevolg_oekraine",
        grondslag="Participatiewet, art. 69",
    ),
    Formule(
        "kosten_oekraine_bijstand.gemeente",
        "oekraine_uitkeringen + oekraine_bijstand_uitvoering - kosten_oekraine_bijstand.rijk_buig",
        "Uitkeringen en uitvoering, min het geld van het Rijk.",
        "financien.gedeeld",
    ),
)

FORMULES = OPVANG + LVV + OEKRAINE
