"""The chapters of the full report about one scenario."""

from __future__ import annotations

from impact.analysis.groepen import STEDELIJKHEID
from impact.model.grootheden import GROOTHEDEN
from impact.reporting.bouwstenen import bronregel, cijfertabel, waaierfiguur, zinnen
from impact.reporting.figuren import Opschrift, Staaf, staven
from impact.reporting.figuur import figuren
from impact.reporting.geld import (
    PER_INWONER,
    betalersfiguur,
    betalerstabel,
    geldzinnen,
    kostentabel,
    lastenfiguur,
    netto_per_inwoner,
)
from impact.reporting.getallen import geheel
from impact.reporting.kaart import hexkaart
from impact.reporting.onderwerpen import EXTRA_ALINEA, HOOFDSTUKKEN, KERN
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import Rapport, inwoners_per_groep
from impact.reporting.stempel import stempel
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.verantwoording import aannames, bronnen, niet_gemodelleerd, terugtoets

__all__ = [
    "aannames",
    "bronnen",
    "financien",
    "groepen",
    "hoofdstuk",
    "kop",
    "landkaart",
    "methode",
    "niet_gemodelleerd",
    "samenvatting",
    "terugtoets",
]

NIVEAUKOP = {
    "provincie": "Provincie",
    "grootteklasse": "Inwoners",
    "netwerk": "Netwerk",
    "stedelijkheid": "Stedelijkheid",
}
GROEPSGROOTHEDEN = ("achterstand", "bijstand_personen", "fte_nodig")


def kop(rapport: Rapport) -> Html:
    """Title, and what the report is about."""
    scenario = rapport.scenario
    if rapport.is_referentie:
        regel = "Een referentie: het verloop zonder nieuwe maatregelen."
    else:
        basis = rapport.register.scenario(str(scenario.referentie)).titel
        regel = f"Vergeleken met: {basis}."
    manifest = rapport.resultaat.manifest
    return element(
        "div",
        element("p", "Uitvoeringstoets", class_="soort"),
        element("h1", scenario.titel),
        element("p", scenario.toelichting, class_="inleiding"),
        element(
            "p",
            f"{regel} {len(rapport.register.gemeenten)} gemeenten, "
            f"{manifest['van']} tot en met {manifest['tot']}, prijzen van 2025.",
            class_="kader",
        ),
        stempel(rapport),
        class_="kop",
    )


def samenvatting(rapport: Rapport) -> Html:
    """What changes, who pays, and how sure that is."""
    if rapport.is_referentie:
        return samen(
            alinea(
                "Dit is een referentie. Andere scenario's worden hiermee vergeleken. Daarom "
                "staan hier geen verschillen, maar het verloop zelf."
            ),
            cijfertabel(rapport, "Het verloop in het kort", KERN),
            figuren(waaierfiguur(rapport, "achterstand")),
            *_zekerheid(rapport),
        )
    jaar = rapport.peiljaar
    return samen(
        element("h3", f"Wat verandert er in {jaar}?"),
        zinnen(rapport, KERN, jaar),
        alinea("Deze aantallen overlappen: dezelfde mensen tellen soms in meer regels mee."),
        element("h3", "Wie betaalt?"),
        geldzinnen(rapport, jaar),
        alinea(
            "Minder kosten in een jaar is niet altijd winst: kosten kunnen ook naar later schuiven."
        ),
        cijfertabel(rapport, "De uitkomsten in het kort", KERN),
        figuren(waaierfiguur(rapport, "achterstand"), betalersfiguur(rapport)),
        *_zekerheid(rapport),
    )


def _zekerheid(rapport: Rapport) -> list[Html]:
    waarden = [w for p in rapport.register.parameters.values() for w in p.waarden]
    rood = sum(w.kwaliteit == "rood" for w in waarden)
    return [
        element("h3", "Hoe zeker is dit?"),
        alinea(
            "Elk cijfer heeft een band. Negen van de tien berekende uitkomsten liggen binnen die "
            f"band. Van de {len(waarden)} waarden van de aannames zijn er {rood} rood: dat zijn "
            "schattingen van de makers, omdat er geen bron is gevonden. Elke link naar aannames "
            "laat zien waarop een cijfer rust. Loopt de band van lager tot hoger, dan staat er dat "
            "de richting onzeker is.",
        ),
        alinea(
            "Let op: de band zegt alleen hoe onzeker de aannames zijn. Wat niemand ziet aankomen, "
            "zit er niet in. Hoe vaak het model er in het verleden naast zat, staat in het "
            "hoofdstuk Methode en terugtoets.",
        ),
    ]


def hoofdstuk(rapport: Rapport, naam: str) -> Html:
    """Sentences, charts and table of one part of the results.

    Parameters
    ----------
    naam : key of `HOOFDSTUKKEN`
    """
    deel = HOOFDSTUKKEN[naam]
    stukken: list[object] = []
    if naam in EXTRA_ALINEA:
        stukken.append(alinea(EXTRA_ALINEA[naam]))
    if not rapport.is_referentie:
        stukken.append(zinnen(rapport, deel.grootheden, rapport.peiljaar))
    stukken.append(figuren(*(waaierfiguur(rapport, g) for g in deel.figuren)))
    stukken.append(cijfertabel(rapport, f"Alle uitkomsten: {naam}", deel.grootheden))
    return samen(*stukken)


def financien(rapport: Rapport) -> Html:
    """Who pays what: by payer and year, and by cost line."""
    uitleg = alinea(
        "Een bedrag onder 'Gemeenten' is wat gemeenten zelf betalen nadat de bijdragen van het "
        "Rijk eraf zijn. Een min betekent dat zij overhouden. Alle bedragen zijn in prijzen van "
        "2025.",
    )
    ref = rapport.is_referentie
    return samen(
        uitleg,
        "" if ref else geldzinnen(rapport, rapport.peiljaar),
        figuren(*([betalersfiguur(rapport)] if ref else []), lastenfiguur(rapport)),
        betalerstabel(rapport),
        kostentabel(rapport),
    )


def groepen(rapport: Rapport, niveau: str) -> Html:
    """Compare groups of municipalities: euros per inhabitant, and other figures.

    Parameters
    ----------
    niveau : provincie, grootteklasse, netwerk or stedelijkheid
    """
    jaar = rapport.peiljaar
    ref = rapport.is_referentie
    namen = volgorde(rapport, niveau)
    per_inwoner = {n: netto_per_inwoner(rapport, jaar, n, niveau) for n in namen}
    wat = "Netto lasten" if ref else "Verschil in netto lasten"
    figuur = staven(
        Opschrift(
            f"groepen-{niveau}",
            f"{wat} van gemeenten in {jaar}, per {niveau}",
            bronregel(["financien"]),
        ),
        [
            Staaf(n, c.met if ref else c.verschil, not ref and c.onzeker)
            for n, c in per_inwoner.items()
        ],
        PER_INWONER,
        NIVEAUKOP[niveau],
    )
    return samen(figuur.html(), _groepstabel(rapport, niveau, namen))


def volgorde(rapport: Rapport, niveau: str) -> list[str]:
    """Groups in a natural order: size classes from small to large, the rest by name."""
    namen = rapport.groepen(niveau)
    if niveau not in {"grootteklasse", "stedelijkheid"}:
        return namen
    gemeenten = rapport.register.gemeenten
    if niveau == "stedelijkheid":
        rang = {naam: nummer for nummer, naam in STEDELIJKHEID.items()}
        return sorted(namen, key=lambda n: rang.get(n, 0))
    kleinste = gemeenten["inwoners_2025"].groupby(gemeenten["grootteklasse"]).min()
    return sorted(namen, key=lambda n: float(kleinste[n]))


def _groepstabel(rapport: Rapport, niveau: str, namen: list[str]) -> Html:
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    inwoners = inwoners_per_groep(rapport.register, niveau)
    rijen: list[list[object]] = []
    for naam in namen:
        cellen: list[object] = [naam, geheel(inwoners[naam])]
        for grootheid in GROEPSGROOTHEDEN:
            c = rapport.cijfer(grootheid, jaar, naam, niveau)
            cellen.append(cel(c.met) if ref else verschilcel(c.verschil, c.onzeker))
        rijen.append(cellen)
    koppen = [
        Kolom(f"{GROOTHEDEN[g].omschrijving} ({GROOTHEDEN[g].eenheid})", True)
        for g in GROEPSGROOTHEDEN
    ]
    wat = "Uitkomst" if ref else "Verschil"
    return samen(
        tabel(
            f"{wat} eind {jaar} per {niveau}",
            [Kolom(NIVEAUKOP[niveau]), Kolom("Inwoners 2025", True), *koppen],
            rijen,
            klasse="cijfers",
        ),
        alinea(bronregel([GROOTHEDEN[g].domein for g in GROEPSGROOTHEDEN]), class_="bronregel"),
    )


def landkaart(rapport: Rapport) -> Html:
    """Hex map of the 342: euros per inhabitant that stay with the municipality."""
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    cijfers = {
        code: netto_per_inwoner(rapport, jaar, code, "gemeente")
        for code in rapport.register.gemeenten.index
    }
    wat = "Netto lasten van de gemeente" if ref else "Verschil in netto lasten van de gemeente"
    figuur = hexkaart(
        Opschrift("kaart-lasten", f"{wat} in {jaar}", bronregel(["financien", "gemeenten"])),
        rapport.register.hexkaart,
        {code: (c.met if ref else c.verschil) for code, c in cijfers.items()},
        {code: not ref and c.onzeker for code, c in cijfers.items()},
        PER_INWONER,
    )
    return figuur.html()


def methode(rapport: Rapport) -> Html:
    """How the figures were made, with the settings of the run."""
    manifest = rapport.resultaat.manifest
    rijen: list[list[object]] = [
        ["Scenario", manifest["scenario"]],
        ["Referentie", manifest["referentie"] or "geen"],
        ["Looptijd", f"{manifest['van']} tot en met {manifest['tot']}, per halfjaar"],
        ["Trekkingen", geheel(manifest["trekkingen"])],
        ["Startgetal van het toeval", f"{manifest['zaad']}"],
        ["Versie", manifest["versie"]],
        ["Sleutel van de invoer", element("code", str(manifest["sleutel"])[:20])],
    ]
    return tabel("Instellingen van deze berekening", [Kolom("Wat"), Kolom("Waarde")], rijen)
