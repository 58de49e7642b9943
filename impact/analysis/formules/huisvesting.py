"""Formulas of housing."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule

ART12 = "Huisvestingswet 2014, art. 12"
PERSONEN = "personen"

FORMULES = (
    Formule(
        "gehuisvest",
        "geplaatst_uit_coa + gehuisvest_nareis",
        "Wie uit de opvang een plek krijgt, en familie die bij een familielid intrekt.",
        "keten.stap_uitstroom",
        eerder="historie.gehuisvest * g.aandeel_gehuisvest",
    ),
    Formule(
        "geplaatst_uit_coa",
        "gehuisvest_corporatie + gehuisvest_kamers + gehuisvest_flex + gehuisvest_hotel"
        " + gehuisvest_versneld + gehuisvest_doorstroom",
        "Alle kanalen samen.",
        "keten.stap_uitstroom",
        "Statushouders die uit de opvang een plek krijgen",
        PERSONEN,
    ),
    Formule(
        "huishoudens_nieuw",
        "geplaatst_uit_coa / p.personen_per_woning",
        "Personen, gedeeld door personen per woning.",
        "keten.stap_uitstroom",
        "Huishoudens die een plek krijgen",
        "huishoudens",
    ),
    Formule(
        "nareis_bij_familie",
        "nareis_ingereisd * p.aandeel_nareis_bij_referent",
        "Familie die aankomt en direct bij een gehuisvest familielid gaat wonen.",
        "keten.stap_uitstroom",
        "Nareis die bij familie intrekt, landelijk",
        PERSONEN,
    ),
    Formule(
        "gehuisvest_nareis",
        "nareis_bij_familie * aandeel_inwoners",
        "Het landelijke aantal, verdeeld naar inwoners.",
        "keten.stap_uitstroom",
    ),
    Formule(
        "wachtenden",
        "vorig(statushouders_landelijk) + eerste_vergunningen"
        " + nareis_ingereisd - nareis_bij_familie",
        "Wie al wachtte, nieuwe vergunningen, en familie zonder een huis om in te trekken.",
        "keten.stap_uitstroom",
        "Statushouders die een plek zoeken, landelijk",
        PERSONEN,
    ),
    Formule(
        "statushouders_landelijk",
        "wachtenden - som_nl(geplaatst_uit_coa)",
        "Wie een plek zocht, min wie er een kreeg.",
        "keten.stap_uitstroom",
        "Statushouders die in de opvang wachten, landelijk",
        PERSONEN,
        eerder="begin.statushouders_in_coa",
    ),
    Formule(
        "statushouders_in_coa",
        "statushouders_landelijk * aandeel_inwoners",
        "Het landelijke aantal, verdeeld naar inwoners.",
        "keten.stap_uitstroom",
    ),
    Formule(
        "vraag",
        "max(0, opgave - gehuisvest_nareis)",
        "De opgave, min familie die geen eigen woning nodig heeft.",
        "keten.stap_uitstroom",
        "Personen voor wie de gemeente een plek zoekt",
        PERSONEN,
    ),
    Formule(
        "inzet",
        "toeval.gemeente_effect * (p.taakstelling_geldt"
        " + (1 - p.taakstelling_geldt) * p.inspanning_zonder_taakstelling) * toeval.inzet",
        "Zonder taakstelling doen gemeenten minder moeite. De andere twee factoren zijn 1 in de "
        "middelste berekening.",
        "keten.stap_uitstroom",
        "Inspanning van de gemeente",
        "factor",
    ),
    Formule(
        "woningen_voor_statushouders",
        "g.corporatiewoningen * p.mutatiegraad / 2 * p.aandeel_eerste_huisvesting",
        "Woningen die vrijkomen (een half jaar van de mutatiegraad), en het deel daarvan dat een "
        "eerste woning van een statushouder wordt.",
        "huisvesting.corporatie_aanbod",
        "Vrijgekomen corporatiewoningen voor statushouders",
        "woningen",
    ),
    Formule(
        "kans_corporatiewoning",
        "p.aandeel_met_voorrang + (1 - p.aandeel_met_voorrang) * kans_zonder_voorrang_hier",
        "Met voorrang 1. Zonder voorrang blijft alleen de gewone kans over.",
        "huisvesting.kans_op_corporatiewoning",
        "Wat overblijft van de kans op een corporatiewoning",
        "factor",
        grondslag=ART12,
    ),
    Formule(
        "kans_zonder_voorrang_hier",
        "klem(p.kans_zonder_voorrang"
        " * (1 + p.verschil_kans_stedelijkheid * (g.stedelijkheid - 3)), 0, 1)",
        "De kans zonder voorrang is groter in minder stedelijke gemeenten. Klasse 3 is het midden.",
        "huisvesting.kans_op_corporatiewoning",
        "Kans zonder voorrang in deze gemeente",
        "factor",
    ),
    Formule(
        "aanbod_corporatie",
        "woningen_voor_statushouders * kans_corporatiewoning * p.personen_per_woning",
        "Vrijgekomen woningen, de kans daarop, en personen per woning.",
        "huisvesting.corporatie_aanbod",
        "Aanbod van corporatiewoningen",
        PERSONEN,
    ),
    Formule(
        "aanbod_kamers",
        "p.gehuisvest_kamers_particulier * p.factor_kamers * aandeel_inwoners",
        "Het landelijke aantal, verdeeld naar inwoners.",
        "keten.aanbod",
        "Aanbod van kamers en particuliere huur",
        PERSONEN,
    ),
    Formule(
        "aanbod_flex",
        "p.flexwoningen * p.aandeel_flex_statushouders * p.personen_per_woning * aandeel_inwoners",
        "Nieuwe flexwoningen, het deel voor statushouders, verdeeld naar inwoners.",
        "keten.aanbod",
        "Aanbod van flexwoningen",
        PERSONEN,
    ),
    Formule(
        "aanbod_hotel",
        "p.hotelplaatsen * aandeel_inwoners",
        "Tijdelijke plekken, verdeeld naar inwoners.",
        "keten.aanbod",
        "Aanbod van hotels en andere tijdelijke plekken",
        PERSONEN,
    ),
    Formule(
        "aanbod_versneld",
        "(g.netwerk_groot * p.versneld_huisvesten_groot"
        " + g.netwerk_middel * p.versneld_huisvesten_middel"
        " + (1 - g.netwerk_groot - g.netwerk_middel) * p.versneld_huisvesten_overig)"
        " * p.deelname_versneld_huisvesten",
        "Het aantal dat de actie van de gemeente vraagt, maal de deelname.",
        "huisvesting.versneld_aanbod",
        "Aanbod van versneld huisvesten",
        PERSONEN,
        grondslag="VNG-ledenbrief 28 mei 2026",
    ),
    Formule(
        "aanbod_doorstroom",
        "max(0, p.doorstroomplaatsen * aandeel_inwoners - vorig(bewoners_doorstroom))",
        "Plaatsen in doorstroomlocaties die nog vrij zijn.",
        "huisvesting.vrije_doorstroomplaatsen",
        "Aanbod van doorstroomlocaties",
        PERSONEN,
    ),
    Formule(
        "aanbod_regulier",
        "aanbod_corporatie + aanbod_kamers + aanbod_flex + aanbod_hotel",
        "De gewone kanalen samen.",
        "huisvesting.Aanbod",
        "Aanbod van de gewone kanalen",
        PERSONEN,
    ),
    Formule(
        "bruikbaar_aanbod",
        "aanbod_regulier * toeval.benutting",
        "Niet al het aanbod wordt gebruikt. Hoeveel wel, is geijkt op eerdere jaren.",
        "keten.stap_huisvesting",
        "Aanbod dat echt wordt gebruikt",
        PERSONEN,
    ),
    Formule(
        "vertrek_doorstroom",
        "min(vorig(bewoners_doorstroom) * p.uitstroom_doorstroom, bruikbaar_aanbod)",
        "Bewoners die doorstromen, zolang er aanbod is.",
        "huisvesting.vertrek_uit_doorstroom",
        "Bewoners die uit een doorstroomlocatie naar een woning gaan",
        PERSONEN,
    ),
    Formule(
        "capaciteit",
        "max(0, bruikbaar_aanbod - vertrek_doorstroom) + aanbod_versneld + aanbod_doorstroom",
        "Gewone kanalen na aftrek van wie doorstroomt, plus de extra kanalen.",
        "keten.stap_huisvesting",
        "Plekken voor statushouders uit de opvang",
        PERSONEN,
    ),
    Formule(
        "plaatsbaar",
        "capaciteit * (1 - exp(-per(vraag, capaciteit))) * inzet",
        "Bij weinig vraag krijgt bijna iedereen een plek. Bij veel vraag vlakt het af op wat er "
        "aan plekken is.",
        "huisvesting.gehuisvest",
        "Statushouders die de gemeente kan plaatsen",
        PERSONEN,
    ),
    Formule(
        "grens_wachtenden",
        "min(1, per(p.maximale_uitplaatsing * wachtenden, som_nl(plaatsbaar)))",
        "Samen plaatsen gemeenten nooit meer mensen dan er wachten.",
        "huisvesting.begrens",
        "Deel dat door kan gaan omdat er genoeg mensen wachten",
        "factor",
    ),
    Formule(
        "geplaatst",
        "plaatsbaar * grens_wachtenden",
        "Wat de gemeente kan plaatsen, begrensd door het aantal wachtenden.",
        "huisvesting.begrens",
        "Statushouders die een plek krijgen, alle kanalen",
        PERSONEN,
    ),
    Formule(
        "deel_van_capaciteit",
        "min(1, per(geplaatst, capaciteit))",
        "Welk deel van de plekken wordt gevuld.",
        "keten.stap_huisvesting",
        "Deel van de plekken dat gevuld is",
        "factor",
    ),
    Formule(
        "gehuisvest_doorstroom",
        "deel_van_capaciteit * aanbod_doorstroom",
        "De vrije plaatsen, voor het deel dat gevuld wordt.",
        "keten.stap_huisvesting",
    ),
    Formule(
        "gehuisvest_versneld",
        "deel_van_capaciteit * aanbod_versneld",
        "Het extra aanbod, voor het deel dat gevuld wordt.",
        "keten.stap_huisvesting",
    ),
    Formule(
        "deel_van_regulier",
        "per(max(0, geplaatst - gehuisvest_doorstroom - gehuisvest_versneld), aanbod_regulier)",
        "Wie niet in een extra kanaal zit, gedeeld door het gewone aanbod.",
        "keten.stap_huisvesting",
        "Deel van het gewone aanbod dat gebruikt wordt",
        "factor",
    ),
    *(
        Formule(
            f"gehuisvest_{kanaal}",
            f"deel_van_regulier * aanbod_{kanaal}",
            "Het aanbod, voor het deel dat gebruikt wordt.",
            "keten.stap_huisvesting",
        )
        for kanaal in ("corporatie", "kamers", "flex", "hotel")
    ),
    Formule(
        "bewoners_doorstroom",
        "vorig(bewoners_doorstroom) + gehuisvest_doorstroom - vertrek_doorstroom",
        "Wie er woonde, plus nieuwe bewoners, min wie doorstroomt.",
        "keten.stap_huisvesting",
        eerder="begin.doorstroom_bewoners * aandeel_inwoners",
    ),
    Formule(
        "corporatiewoningen_statushouders",
        "(deel_van_regulier + per(toeval.benutting * vertrek_doorstroom, bruikbaar_aanbod))"
        " * aanbod_corporatie / p.personen_per_woning",
        "Woningen voor wie uit de opvang komt en voor wie uit een doorstroomlocatie komt.",
        "keten.stap_huisvesting",
    ),
)
