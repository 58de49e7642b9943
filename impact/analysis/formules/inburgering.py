"""Formulas of civic integration."""

from __future__ import annotations

from impact.analysis.formules.basis import Formule

PERSONEN, EURO = "personen", "euro per halfjaar"
WI = "Wet inburgering 2021"

FORMULES = (
    Formule(
        "nieuwe_inburgeraars_asiel",
        "gehuisvest * p.aandeel_inburgeringsplichtig",
        "Van wie een plek krijgt, het deel dat moet inburgeren.",
        "gevolgen.gevolg_inburgering",
        "Nieuwe inburgeraars: statushouders",
        PERSONEN,
    ),
    Formule(
        "nieuwe_inburgeraars_gezin",
        "p.gezinsmigranten * aandeel_inwoners",
        "Het landelijke aantal, verdeeld naar inwoners.",
        "gevolgen.gevolg_inburgering",
        "Nieuwe inburgeraars: gezinsmigranten en anderen",
        PERSONEN,
    ),
    Formule(
        "nieuwe_inburgeraars",
        "nieuwe_inburgeraars_asiel + nieuwe_inburgeraars_gezin",
        "Statushouders, en gezinsmigranten en anderen.",
        "gevolgen.gevolg_inburgering",
        grondslag=WI,
    ),
    Formule(
        "inburgeraars_in_de_rij",
        "vorig(wachtlijst_inburgering) + nieuwe_inburgeraars",
        "Wie al wachtte en wie nieuw is.",
        "inburgering.starters",
        "Mensen die kunnen starten",
        PERSONEN,
    ),
    Formule(
        "gestarte_inburgeraars",
        "min(inburgeraars_in_de_rij, p.intakecapaciteit * aandeel_inwoners)",
        "Wie in de rij staat, maar niet meer dan het team kan laten starten.",
        "inburgering.starters",
    ),
    Formule(
        "wachtlijst_inburgering",
        "inburgeraars_in_de_rij - gestarte_inburgeraars",
        "Wie in de rij stond, min wie startte.",
        "inburgering.starters",
        eerder="begin.wachtlijst_inburgering * g.aandeel_wachtlijst",
    ),
    Formule(
        "aandeel_asiel_in_rij",
        "per(nieuwe_inburgeraars_asiel, nieuwe_inburgeraars)",
        "Statushouders, gedeeld door alle nieuwe inburgeraars.",
        "gevolgen.gevolg_inburgering",
        "Aandeel statushouders onder nieuwe inburgeraars",
        "aandeel",
    ),
    Formule(
        "wachtlijst_asiel",
        "vorig(wachtlijst_asiel) + nieuwe_inburgeraars_asiel - gestart_asiel",
        "Wachtende statushouders, plus nieuwe, min wie startte.",
        "inburgering.gestart_deel",
        "Wachtlijst voor de inburgering: statushouders",
        PERSONEN,
        eerder="laatste(min(begin.wachtlijst_inburgering * g.aandeel_wachtlijst"
        " * eerste(aandeel_asiel_in_rij), nieuwe_inburgeraars_asiel))",
    ),
    Formule(
        "gestart_asiel",
        "(vorig(wachtlijst_asiel) + nieuwe_inburgeraars_asiel)"
        " * per(gestarte_inburgeraars, inburgeraars_in_de_rij)",
        "In de rij wordt elke groep naar verhouding geholpen.",
        "inburgering.gestart_deel",
        "Statushouders die starten met inburgeren",
        PERSONEN,
        eerder="nieuwe_inburgeraars_asiel - wachtlijst_asiel",
    ),
    Formule(
        "gestart_gezin",
        "max(0, gestarte_inburgeraars - gestart_asiel)",
        "Alle starters, min statushouders.",
        "gevolgen.gevolg_inburgering",
        "Gezinsmigranten en anderen die starten met inburgeren",
        PERSONEN,
    ),
    Formule(
        "inburgeraars_in_traject",
        "som_terug(gestart_asiel, 6)",
        "Wie startte in de laatste zes halfjaren: een traject duurt drie jaar.",
        "inburgering.lopend",
        grondslag=WI,
    ),
    Formule(
        "prijs_per_traject",
        "p.aandeel_onderwijsroute * p.prijs_onderwijsroute"
        " + p.aandeel_zroute * p.prijs_zroute"
        " + (1 - p.aandeel_onderwijsroute - p.aandeel_zroute) * p.prijs_b1route"
        " + p.kosten_overige_voorzieningen",
        "De prijs van de drie routes, naar hoe vaak zij voorkomen, en andere kosten.",
        "inburgering.prijs_per_traject",
        "Kosten van een traject van drie jaar",
        "euro per persoon",
    ),
    Formule(
        "inburgering_kosten",
        "inburgeraars_in_traject * prijs_per_traject / 6"
        " + gestart_gezin * p.kosten_voorzieningen_gezinsmigrant",
        "Een halfjaar is een zesde van een traject. Kosten voor anderen vallen bij de start.",
        "inburgering.voorzieningen",
        "Kosten van lessen en begeleiding",
        EURO,
    ),
    Formule(
        "spuk_tarief",
        "p.spuk_per_statushouder",
        "Het bedrag dat in dat halfjaar gold.",
        "gevolgen.spuk_recht",
        "Bedrag van de specifieke uitkering per statushouder",
        "euro per persoon",
        eerder="historie.spuk_per_statushouder",
    ),
    Formule(
        "spuk_gezin",
        "gestart_gezin * p.spuk_per_gezinsmigrant",
        "Starters maal het bedrag. Voor de start van de berekening geldt het eerste halfjaar.",
        "gevolgen.spuk_recht",
        "Recht op specifieke uitkering voor gezinsmigranten en anderen",
        EURO,
        eerder="eerste(spuk_gezin)",
    ),
    Formule(
        "spuk_geteld",
        "som_terug(nieuwe_inburgeraars_asiel, 6)",
        "Het Rijk telt een statushouder drie jaar mee.",
        "gevolgen.spuk_recht",
        "Statushouders die meetellen voor de specifieke uitkering",
        PERSONEN,
    ),
    Formule(
        "spuk_recht",
        "spuk_geteld * spuk_tarief / 6 + spuk_gezin",
        "Getelde statushouders maal een zesde van het bedrag, plus gezinsmigranten en anderen.",
        "gevolgen.spuk_recht",
        "Recht op specifieke uitkering over een halfjaar",
        EURO,
        grondslag=WI,
    ),
    Formule(
        "kosten_inburgering_voorzieningen.rijk_spuk",
        "terug(spuk_recht, 3) + (terug(spuk_recht, 2) - terug(spuk_recht, 5))",
        "Het Rijk betaalt eerst op een oudere telling en rekent later af: betaald wordt het recht "
        "van drie halfjaren terug, plus de afrekening.",
        "inburgering.spuk",
        grondslag=WI,
    ),
    Formule(
        "kosten_inburgering_voorzieningen.gemeente",
        "inburgering_kosten - kosten_inburgering_voorzieningen.rijk_spuk",
        "De kosten, min het geld van het Rijk.",
        "financien.gedeeld",
    ),
)
