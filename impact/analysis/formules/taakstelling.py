"""Formulas of the target."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule

ART28 = "Huisvestingswet 2014, art. 28"
ART29 = "Huisvestingswet 2014, art. 29"
PERSONEN = "personen"

FORMULES = (
    Formule(
        "aandeel_inwoners",
        "inwoners_begin / som_nl(inwoners_begin)",
        "Inwoners van de gemeente, gedeeld door alle inwoners, in het eerste halfjaar.",
        "invoer.Gemeenten",
        "Aandeel in de inwoners van Nederland",
        "aandeel",
    ),
    Formule(
        "inwoners_begin",
        "eerste(g.inwoners)",
        "De verdeling over gemeenten rust op de inwoners bij de start van de berekening.",
        "invoer.Gemeenten",
        "Inwoners bij de start",
        PERSONEN,
    ),
    Formule(
        "taakstelling",
        "taakstelling_netto * p.taakstelling_geldt",
        "Het aantal dat de gemeente dit halfjaar moet huisvesten, zolang de taakstelling geldt.",
        "keten.stap_uitstroom",
        grondslag=ART28,
    ),
    Formule(
        "taakstelling_netto",
        "omhoog(taakstelling_landelijk * g.inwoners / som_nl(g.inwoners))",
        "Het landelijke aantal naar rato van inwoners, naar boven afgerond op hele personen.",
        "taakstelling.verdeel_taakstelling",
        "Te huisvesten personen dit halfjaar",
        PERSONEN,
        grondslag=ART29,
    ),
    Formule(
        "taakstelling_landelijk",
        "rond(max(0, verwachte_vergunningen + p.correctieaandeel * terug(misrekening, 2)))",
        "Wat het Rijk aan vergunningen verwacht, met een correctie voor een eerdere misrekening. "
        "Is de taakstelling van het eerste halfjaar al aangekondigd, dan geldt die.",
        "taakstelling.landelijke_taakstelling",
        "Landelijke taakstelling",
        PERSONEN,
        aangekondigd="begin.taakstelling_aangekondigd",
        grondslag=ART29,
    ),
    Formule(
        "verwachte_vergunningen",
        "vorig(vergunningen) * max(0, 1 + p.spreiding_voorspelfout * toeval.voorspelfout)",
        "De verwachting rust op het vorige halfjaar. In de middelste berekening is de fout van de "
        "verwachting 0.",
        "taakstelling.verwachte_vergunningen",
        "Vergunningen die het Rijk verwacht",
        PERSONEN,
    ),
    Formule(
        "misrekening",
        "(vorig(vergunningen) + vergunningen) / 2 - verwachte_vergunningen",
        "Vergunningen in het venster van de taakstelling (drie maanden eerder), min de "
        "verwachting. Dit is 0 als de taakstelling was aangekondigd: die is al gecorrigeerd.",
        "keten.stap_taakstelling",
        "Vergunningen boven de verwachting",
        PERSONEN,
        eerder="0",
        aangekondigd="0",
    ),
    Formule(
        "bruto_taakstelling",
        "opgave * p.taakstelling_geldt",
        "De taakstelling met de achterstand van het vorige halfjaar erbij.",
        "keten.stap_uitstroom",
        grondslag=ART28,
    ),
    Formule(
        "opgave",
        "taakstelling_netto + vorig(nog_te_huisvesten)",
        "De nieuwe taakstelling, plus wat van eerdere halfjaren openstaat.",
        "taakstelling.bruto_taakstelling",
        "Te huisvesten personen met achterstand",
        PERSONEN,
        grondslag=ART28,
    ),
    Formule(
        "achterstand",
        "nog_te_huisvesten * p.taakstelling_geldt",
        "Wat openstaat, telt alleen als achterstand zolang de taakstelling geldt.",
        "keten.stap_uitstroom",
        grondslag=ART28,
    ),
    Formule(
        "gemeenten_taakstelling_gehaald",
        "kleiner(nog_te_huisvesten, 0.5) * p.taakstelling_geldt",
        "Een gemeente telt mee (1) als zij aan het eind van het halfjaar minder dan een halve "
        "persoon achterloopt. Een taakstelling is in hele personen. In de middelste berekening "
        "zijn alle gemeenten gelijk in wat zij blijvend doen. In de trekkingen verschillen zij.",
        "taakstelling.gehaald",
        grondslag=ART28,
    ),
    Formule(
        "nog_te_huisvesten",
        "vorig(nog_te_huisvesten) + taakstelling_netto - gehuisvest",
        "Wat openstond, plus de nieuwe taakstelling, min wie een plek kreeg. Minder dan 0 is een "
        "voorsprong. Bij de start is alles wat er te doen is (taakstelling en achterstand) over "
        "gemeenten verdeeld. Wat boven de eigen taakstelling ligt, is achterstand.",
        "taakstelling.achterstand",
        "Personen die nog een plek moeten krijgen",
        PERSONEN,
        eerder="(begin.taakstelling_vorig + begin.achterstand)"
        " * gewicht_opgave / som_nl(gewicht_opgave) - begin.taakstelling_vorig * aandeel_inwoners",
        grondslag=ART28,
    ),
    Formule(
        "gewicht_opgave",
        "aandeel_inwoners * toeval.begin_opgave",
        "Inwoners, en het verschil tussen gemeenten bij de start (1 in de middelste berekening).",
        "keten.begin_opvang",
        "Gewicht bij het verdelen van wat er bij de start te doen is",
        "aandeel",
    ),
)
