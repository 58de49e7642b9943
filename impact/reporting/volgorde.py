"""The chapter about the order and pace of laws, and its tables as files."""

from __future__ import annotations

from collections.abc import Sequence

from impact.analysis.opslag import Analyse
from impact.analysis.volgordeplannen import IN_GROEPEN
from impact.reporting.figuur import Figuur, figuren
from impact.reporting.getallen import Band, in_woorden
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.rapport import Rapport
from impact.reporting.rekenblad import Blad
from impact.reporting.tabellen import Kolom, aannamelijst_link, cel, tabel
from impact.reporting.verantwoording import kwaliteitsmerk
from impact.reporting.volgordefiguren import geld_tegen_werk, tempotabel, tijdlijn, volgordestaven
from impact.reporting.volgordeuitslag import Uitslag, jaren, kort
from impact.reporting.volgordezinnen import (
    NIET_GEMODELLEERD,
    UITLEG,
    bevindingen,
    inleiding,
    trekkingenzin,
)
from impact.reporting.zinnen import hoofdletter

BLADEN = {
    "plannen": (
        "Plannen",
        "Elk plan: wanneer de wetten ingaan, en in welk deel van de berekeningen het onder alle "
        "grenzen voor het werk blijft (kans_past). Letters: zie het blad wetten.",
    ),
    "uitkomsten": (
        "Uitkomsten per plan, vergeleken met de referentie",
        "deel 'los' is wat elke wet alleen doet, vanaf haar eigen datum. 'samenloop' is wat erbij "
        "komt doordat wetten elkaar raken. Samen zijn zij 'geheel'.",
    ),
    "verschillen": (
        "Verschil tussen twee plannen, per trekking berekend",
        "plan min tegen. Het deel 'los' van een verschil is uitstel.",
    ),
    "data": ("Ingangsdata", "Eerste halfjaar van elke wet in elk plan."),
    "wetten": ("Wetten", "Letter, titel en datum in het scenario."),
    "rollen": ("Beste en slechtste plan", "Per tempo (duur in halfjaren)."),
    "grenzen": ("Grenzen voor het werk", "Uit parameters/volgorde.yaml."),
}


def volgorde_blok(rapport: Rapport, analyse: Analyse) -> Html:
    """Section: in which order and how fast laws can enter, and what that does."""
    uitslag = Uitslag(analyse)
    return samen(
        element("h3", "In welke volgorde, en hoe snel?"),
        alinea(inleiding(uitslag)),
        alinea(UITLEG) if uitslag.duren else "",
        lijst(
            [samen(zin, " ", aannamelijst_link()) for zin in bevindingen(uitslag)],
            class_="bevindingen",
        ),
        wettentabel(uitslag),
        figuren(*volgordefiguren(uitslag)),
        tempotabel(uitslag) if uitslag.duren else "",
        groepentabel(uitslag) if uitslag.heeft_groepen else "",
        grenzentabel(uitslag),
        alinea(trekkingenzin(uitslag, rapport.resultaat.manifest["trekkingen"])),
        element("h4", "Wat hier niet in zit"),
        lijst(list(NIET_GEMODELLEERD)),
    )


def volgordefiguren(uitslag: Uitslag) -> list[Figuur]:
    """All charts; none when there is nothing to put in order."""
    if not uitslag.duren:
        return []
    return [tijdlijn(uitslag), geld_tegen_werk(uitslag), volgordestaven(uitslag)]


def wettentabel(uitslag: Uitslag) -> Html:
    """Letters of the laws."""
    soort = uitslag.manifest["groepen"]
    rijen = [
        [
            wet["letter"],
            kort(wet["titel"]),
            wet["vanaf"],
            soort.get(wet["groep"], "overig"),
            "ja" if wet["geldt_al"] else "nee",
        ]
        for wet in uitslag.wetten.values()
    ]
    koppen = ("Letter", "Wet", "In het scenario vanaf", "Soort", "Geldt al iets van")
    return tabel("De letters van de wetten", [Kolom(kop) for kop in koppen], rijen)


def groepentabel(uitslag: Uitslag) -> Html:
    """Alternatives first, together, and repeal first: euros, queue and work."""
    m = uitslag.manifest
    plannen = {n: rij for n, rij in uitslag.plannen.items() if rij["soort"] == IN_GROEPEN}
    rijen: list[list[object]] = [
        [
            hoofdletter(uitslag.titel(naam)),
            *(cel(uitslag.cijfer(naam, m[wat])) for wat in ("gat", "wachtrij", "fte")),
        ]
        for naam in plannen
    ]
    return tabel(
        "Eerst helpen of eerst afschaffen, vergeleken met de referentie. De drie plannen van een "
        "tempo hebben gemiddeld dezelfde datum",
        [
            Kolom("Plan"),
            Kolom("Gemeenten, euro per jaar", True),
            Kolom("Wachtenden in de opvang aan het eind, personen", True),
            Kolom("Hoogste extra tekort, fte", True),
        ],
        rijen,
        klasse="cijfers",
    )


def grenzentabel(uitslag: Uitslag) -> Html:
    """Limits on work: value, source and quality."""
    rijen: list[list[object]] = []
    for grens in uitslag.grenzen:
        laag, midden, hoog = (
            in_woorden(Band(grens[k], grens[k], grens[k], grens["eenheid"]))
            for k in ("laag", "midden", "hoog")
        )
        rijen.append(
            [
                samen(grens["grens"], element("span", grens["toelichting"], class_="toelichting")),
                samen(midden, element("span", f"{laag} tot {hoog}", class_="band")),
                samen(grens["bron"], element("span", grens["vindplaats"], class_="band")),
                kwaliteitsmerk(grens["kwaliteit"]),
                str(grens["plannen_onder"]),
            ]
        )
    return tabel(
        "De grenzen voor het werk: hoogste extra werk in een halfjaar",
        [
            Kolom("Grens"),
            Kolom("Waarde", True),
            Kolom("Bron"),
            Kolom("Kwaliteit"),
            Kolom("Plannen eronder", True),
        ],
        rijen,
    )


def bladen(analyse: Analyse) -> Sequence[Blad]:
    """All tables of the analysis as sheets, the plans first."""
    return [
        Blad(naam, titel, toelichting, analyse.tabel(naam))
        for naam, (titel, toelichting) in BLADEN.items()
    ]


def tempo_in_woorden(uitslag: Uitslag) -> list[str]:
    """One line per pace for the terminal: cheapest and dearest order."""
    gat = uitslag.manifest["gat"]
    return [
        f"over {jaren(duur)}: "
        + ", ".join(
            f"{woord} {in_woorden(uitslag.cijfer(uitslag.rollen[rol, duur], gat))}"
            for woord, rol in (("goedkoopst", "laagste_gat"), ("duurst", "hoogste_gat"))
        )
        for duur in uitslag.duren
    ]
