"""The sheet of one municipality, beside the country, its province and its size class."""

from __future__ import annotations

from impact.model.grootheden import GROOTHEDEN
from impact.reporting.bouwstenen import bronregel, cijfertabel, waaierfiguur, zinnen
from impact.reporting.figuren import Opschrift, Staaf, staven
from impact.reporting.figuur import figuren
from impact.reporting.geld import (
    PER_INWONER,
    geldzinnen,
    kostentabel,
    lastenfiguur,
    netto_per_inwoner,
)
from impact.reporting.getallen import KLEIN_AANTAL, PER_TIENDUIZEND, TELEENHEDEN, geheel
from impact.reporting.maatregelen import wat_verandert_kort
from impact.reporting.onderwerpen import HOOFDSTUKKEN, KERN, LANDELIJK_VERDEELD, domeinen
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import NEDERLAND, Cijfer, Rapport
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.verantwoording import aannames as aannamelijst
from impact.reporting.verantwoording import bronnen as bronnenlijst

FIGUREN = ("achterstand", "bijstand_personen", "fte_nodig")
VERGELIJK = ("gehuisvest", "achterstand", "bijstand_personen", "inburgeraars_in_traject")
PER = 10_000


def gemeentenaam(rapport: Rapport, gemeente: str) -> str:
    """Name of a municipality."""
    return str(rapport.register.gemeenten.loc[gemeente, "gemeentenaam"])


def kop(rapport: Rapport, gemeente: str) -> Html:
    """Title, and which municipality and scenario this is about."""
    rij = rapport.register.gemeenten.loc[gemeente]
    inwoners = geheel(rapport.inwoners("gemeente", gemeente))
    basis = rapport.scenario.referentie
    vergeleken = (
        f"Vergeleken met: {rapport.register.scenario(basis).titel}." if basis else "Een referentie."
    )
    return element(
        "div",
        element("p", "Gemeenteblad", class_="soort"),
        element("h1", f"{rij['gemeentenaam']}: {rapport.scenario.titel}"),
        element("p", rapport.scenario.toelichting, class_="inleiding"),
        element(
            "p",
            f"{inwoners} inwoners op 1 januari 2025, provincie {rij['provincie']}, "
            f"grootteklasse {rij['grootteklasse']}. {vergeleken}",
            class_="kader",
        ),
        class_="kop",
    )


def samenvatting(rapport: Rapport, gemeente: str) -> Html:
    """What changes for this municipality, and what it costs."""
    jaar = rapport.peiljaar
    eigen = [naam for naam in KERN if naam not in LANDELIJK_VERDEELD]
    if rapport.is_referentie:
        return cijfertabel(rapport, "Het verloop in het kort", eigen, gemeente)
    return samen(
        zinnen(rapport, eigen, jaar, gemeente),
        geldzinnen(rapport, jaar, gemeente, gemeentenaam(rapport, gemeente)),
        alinea(
            f"Aantallen onder {KLEIN_AANTAL} staan er als 'minder dan {KLEIN_AANTAL}'. Het model "
            "verdeelt landelijke aantallen; lokale afspraken en locaties kent het niet allemaal.",
            class_="kader",
        ),
    )


def maatregelen(rapport: Rapport, gemeente: str) -> Html:
    """Measures of the scenario in short."""
    return wat_verandert_kort(rapport)


def te_klein(rapport: Rapport, grootheid: str, gemeente: str) -> bool:
    """Whether a chart would draw only counts that may not be spelled out."""
    if GROOTHEDEN[grootheid].eenheid not in TELEENHEDEN:
        return False
    reeks = rapport.reeks(grootheid, gemeente, "gemeente")
    hoogste = reeks[["midden", "zonder_midden"]].abs().to_numpy().max()
    return bool(hoogste < KLEIN_AANTAL)


def verloop(rapport: Rapport, gemeente: str) -> Html:
    """Fan charts of this municipality; none for counts that stay under ten."""
    naam = gemeentenaam(rapport, gemeente)
    klein = [g for g in FIGUREN if te_klein(rapport, g, gemeente)]
    groot = [g for g in FIGUREN if g not in klein]
    delen: list[object] = [figuren(*(waaierfiguur(rapport, g, gemeente, naam) for g in groot))]
    if klein:
        namen = "; ".join(GROOTHEDEN[g].omschrijving for g in klein)
        delen.append(
            alinea(
                f"Geen figuur, omdat de uitkomst steeds onder {KLEIN_AANTAL} blijft: {namen}.",
                class_="gelijk",
            )
        )
    return samen(*delen)


def cijfers(rapport: Rapport, gemeente: str) -> Html:
    """All stocks and flows of this municipality, per subject."""
    delen = []
    for naam, deel in HOOFDSTUKKEN.items():
        eigen = [g for g in deel.grootheden if GROOTHEDEN[g].gemeentelijk]
        if eigen:
            delen.append(cijfertabel(rapport, f"Uitkomsten: {naam}", eigen, gemeente))
    return samen(*delen)


def groepen(rapport: Rapport, gemeente: str) -> list[tuple[str, str, str]]:
    """The municipality and what it is compared with: label, level, name of the group."""
    rij = rapport.register.gemeenten.loc[gemeente]
    return [
        (str(rij["gemeentenaam"]), "gemeente", gemeente),
        (f"Provincie {rij['provincie']}", "provincie", str(rij["provincie"])),
        (f"Klasse {rij['grootteklasse']}", "grootteklasse", str(rij["grootteklasse"])),
        ("Nederland", "nationaal", NEDERLAND),
    ]


def vergelijking(rapport: Rapport, gemeente: str) -> Html:
    """Beside province, size class and country: euros per inhabitant, persons per 10,000."""
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    rijen = groepen(rapport, gemeente)
    lasten = [netto_per_inwoner(rapport, jaar, groep, niveau) for _, niveau, groep in rijen]
    naam = gemeentenaam(rapport, gemeente)
    wat = "Netto lasten" if ref else "Verschil in netto lasten"
    figuur = staven(
        Opschrift(
            f"vergelijking-{gemeente}",
            f"{wat} in {jaar}: {naam} en andere gemeenten",
            bronregel(["financien"]),
        ),
        [
            Staaf(label, c.met if ref else c.verschil, not ref and c.onzeker)
            for (label, _, _), c in zip(rijen, lasten, strict=True)
        ],
        PER_INWONER,
        "Groep",
    )
    return samen(figuur.html(), _vergelijkingstabel(rapport, rijen))


def _vergelijkingstabel(rapport: Rapport, rijen: list[tuple[str, str, str]]) -> Html:
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    regels: list[list[object]] = []
    for label, niveau, groep in rijen:
        cellen: list[object] = [label]
        for grootheid in VERGELIJK:
            c = _per_tienduizend(rapport, grootheid, jaar, niveau, groep)
            cellen.append(cel(c.met) if ref else verschilcel(c.verschil, c.onzeker))
        regels.append(cellen)
    koppen = [Kolom(GROOTHEDEN[g].omschrijving, True) for g in VERGELIJK]
    wat = "Uitkomst" if ref else "Verschil"
    return samen(
        tabel(
            f"{wat} in {jaar} per 10.000 inwoners",
            [Kolom("Groep"), *koppen],
            regels,
            klasse="cijfers",
        ),
        alinea(bronregel([GROOTHEDEN[g].domein for g in VERGELIJK]), class_="bronregel"),
    )


def _per_tienduizend(
    rapport: Rapport, grootheid: str, jaar: int, niveau: str, groep: str
) -> Cijfer:
    """A count per 10,000 inhabitants; what is small as a count stays small."""
    cijfer = rapport.cijfer(grootheid, jaar, groep, niveau)
    factor = PER / rapport.inwoners(niveau, groep)
    met, zonder, verschil = (
        band.maal(factor, PER_TIENDUIZEND) for band in (cijfer.met, cijfer.zonder, cijfer.verschil)
    )
    return Cijfer(met, zonder, verschil, cijfer.onzeker)


def financien(rapport: Rapport, gemeente: str) -> Html:
    """What stays with the municipality, per cost line."""
    naam = gemeentenaam(rapport, gemeente)
    return samen(
        lastenfiguur(rapport, gemeente, naam).html(),
        kostentabel(rapport, gemeente, alleen="gemeente"),
    )


def aannames(rapport: Rapport, gemeente: str) -> Html:
    """Assumption log of the subjects on this sheet."""
    return aannamelijst(rapport, [d for d in domeinen() if d != "financien"])


def bronnen(rapport: Rapport, gemeente: str) -> Html:
    """Sources of the assumptions on this sheet."""
    return bronnenlijst(rapport, [d for d in domeinen() if d != "financien"])
