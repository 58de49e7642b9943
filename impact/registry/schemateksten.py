"""What an editor shows beside a key of a parameter file, in Dutch."""

from __future__ import annotations

SLEUTELUITLEG = {
    "naam": "De naam van de wet of van het voorstel.",
    "kamerstuk": 'Het nummer tussen aanhalingstekens, zoals "36831", of null.',
    "titel": "Eén regel; staat zo in het rapport.",
    "toelichting": "Korte, gewone zinnen. Bij een rode waarde: waarom deze waarde?",
    "omschrijving": "Wat de waarde betekent, in één zin.",
    "bron": "De sleutel van een bron in parameters/bronnen.yaml.",
    "vindplaats": "Waar het in de bron staat: bladzijde, tabel of zin.",
    "kwaliteit": "groen = gelezen in een officiële bron; oranje = afgeleid of uit de pers; "
    "rood = eigen aanname.",
    "niet_gemodelleerd": "Wat er ook gebeurt, maar wat het model niet rekent. Een zin per regel.",
    "maatregelen": "De maatregelen. Een naam komt in alle wetten samen maar een keer voor.",
    "grondslag": "De wet en het artikel waarop de maatregel rust.",
    "artikel": 'Het nummer tussen aanhalingstekens, zoals "12", of onbekend.',
    "status": "Waar de maatregel op een dag stond; de laatste onderaan.",
    "stand": "Hoe ver de maatregel op die dag was.",
    "datum": "Een dag, als jjjj-mm-dd.",
    "verandert": "Wat de maatregel met aannames doet. [] mag ook; vul dan niet_gemodelleerd in.",
    "parameter": "De naam van een aanname uit parameters/aannames.",
    "bewerking": "vervang = de nieuwe waarde; maal = keer een factor; plus = erbij.",
    "waarde": "Het getal, met marge, bron en kwaliteit.",
    "midden": "Het getal waarmee het model rekent. Gebruik een punt, geen komma.",
    "laag": "Van de 100 trekkingen liggen er 5 lager.",
    "hoog": "Van de 100 trekkingen liggen er 5 hoger.",
    "verdeling": "De vorm van de marge. Zonder deze sleutel: driehoek.",
    "geldig_tot": "Na deze dag is de waarde verouderd.",
    "eenheid": "De eenheid van de aanname. Bij de bewerking maal: factor.",
    "ingroei": "Per halfjaar het deel dat al werkt, zoals [0, 0.5, 1].",
    "vanaf": "Het eerste halfjaar, zoals 2027-I.",
    "referentie": "Het scenario waarmee wordt vergeleken.",
    "context": "Andere waarden die in beide berekeningen gelden.",
    "maatregel": "De naam van een maatregel uit parameters/wetten.",
    "prijspeil": "Het jaar van de prijzen; alleen bij een bedrag in euro.",
    "taken": "Wat organisaties nu doen, en wat straks.",
    "wie": "Wie het doet of merkt.",
    "nu": "Hoe het nu gaat.",
    "straks": "Hoe het straks gaat.",
    "maanden": "Hoeveel maanden het duurt, geteld vanaf het besluit.",
}
"""Explanation by key; a key means the same in every file."""
