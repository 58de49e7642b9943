"""The sheet of one municipality, beside the country, its province and its size class."""

from __future__ import annotations

import numpy as np
import pandas as pd

from impact.analysis.groepen import STEDELIJKHEID
from impact.model.grootheden import GROOTHEDEN
from impact.reporting import eigencijfers
from impact.reporting.aannameregels import belangrijkste, kies_sleutels
from impact.reporting.bouwstenen import (
    bronregel,
    cijfertabel,
    uitleg_bij,
    waaierfiguur,
    zinnen,
)
from impact.reporting.eigencijfers import eigencijfers_blok
from impact.reporting.figuren import Opschrift, Staaf, staven
from impact.reporting.figuur import figuren, uitgesteld
from impact.reporting.geld import (
    NETTO,
    PER_INWONER,
    geldzinnen,
    kostentabel,
    lastenfiguur,
    netto_per_inwoner,
)
from impact.reporting.getallen import (
    KLEIN_AANTAL,
    PER_TIENDUIZEND,
    TELEENHEDEN,
    geheel,
    gelijke_maat,
)
from impact.reporting.hoofdcijfers import hoofdcijfers_blok
from impact.reporting.maatregelen import wat_verandert_kort
from impact.reporting.onderwerpen import HOOFDSTUKKEN, KERN, LANDELIJK_VERDEELD, domeinen
from impact.reporting.opmaak import Html, alinea, element, samen, tekst
from impact.reporting.rapport import NEDERLAND, Cijfer, Rapport, onthoud
from impact.reporting.stempel import stempel
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.verantwoording import aannames as aannamelijst
from impact.reporting.verantwoording import bronnen as bronnenlijst
from impact.reporting.voorbereiding import bronnen_van as taken_bronnen
from impact.reporting.voorbereiding import voorbereiding_blok

FIGUREN = ("achterstand", "bijstand_personen", "fte_nodig")
VERGELIJK = ("gehuisvest", "achterstand", "bijstand_personen", "inburgeraars_in_traject")
PER = 10_000
GELIJKEN = 5
"""Municipalities that a sheet is compared with."""
MEESTE_AANNAMES = 8
"""Assumptions in the list of what does most on a sheet."""
PER_ONDERWERP = 1
"""Assumptions of every subject that the short log shows at least."""


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
        stempel(rapport),
        alinea(
            "Alle cijfers, de uitleg per cijfer, de aannames en de bronnen staan in het bestand "
            "waarvan dit een afdruk is.",
            class_="alleen-afdruk",
        ),
        class_="kop beknopt",
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
    return _scherm_hoofdstuk(samen(*delen))


@onthoud
def gelijken(rapport: Rapport, gemeente: str) -> list[str]:
    """Municipalities that look most like this one, inside its size class.

    Urbanity comes first, then the number of inhabitants: the smallest ratio wins.
    """
    alle = rapport.register.gemeenten
    zelf = alle.loc[gemeente]
    klasse = alle[alle["grootteklasse"] == zelf["grootteklasse"]].drop(gemeente)
    verhouding = klasse["inwoners_2025"] / zelf["inwoners_2025"]
    afstand = pd.DataFrame(
        {
            "stedelijkheid": (klasse["stedelijkheid_2024"] - zelf["stedelijkheid_2024"]).abs(),
            "inwoners": np.abs(np.log(verhouding)),
        }
    )
    geordend = afstand.sort_values(["stedelijkheid", "inwoners"], kind="stable")
    return [str(code) for code in geordend.index[:GELIJKEN]]


def groepen(rapport: Rapport, gemeente: str) -> list[tuple[str, str, str]]:
    """The municipality and what it is compared with: label, level, name of the group."""
    rij = rapport.register.gemeenten.loc[gemeente]
    stedelijk = STEDELIJKHEID[int(rapport.register.gemeenten["stedelijkheid_2024"][gemeente])]
    return [
        (str(rij["gemeentenaam"]), "gemeente", gemeente),
        *((gemeentenaam(rapport, c), "gemeente", c) for c in gelijken(rapport, gemeente)),
        (f"Provincie {rij['provincie']}", "provincie", str(rij["provincie"])),
        (f"Klasse {rij['grootteklasse']}", "grootteklasse", str(rij["grootteklasse"])),
        (stedelijk.capitalize(), "stedelijkheid", stedelijk),
        ("Nederland", "nationaal", NEDERLAND),
    ]


def vergelijking(rapport: Rapport, gemeente: str) -> Html:
    """Beside its likes, province, size class, urbanity and country, per inhabitant."""
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    rijen = groepen(rapport, gemeente)
    lasten = [netto_per_inwoner(rapport, jaar, groep, niveau) for _, niveau, groep in rijen]
    naam = gemeentenaam(rapport, gemeente)
    wat = "Netto lasten" if ref else "Verschil in netto lasten"
    figuur = staven(
        Opschrift(
            f"vergelijking-{gemeente}",
            f"{wat} in {jaar}: {naam} en andere gemeenten",
            bronregel(["financien"], uitleg_bij(rapport, NETTO, "gemeente")),
        ),
        [
            Staaf(label, c.met if ref else c.verschil, not ref and c.onzeker)
            for (label, _, _), c in zip(rijen, lasten, strict=True)
        ],
        PER_INWONER,
        "Groep",
    )
    return samen(
        alinea(
            f"De {len(gelijken(rapport, gemeente))} gemeenten hieronder lijken het meest op "
            f"{naam}. Zij zitten in dezelfde grootteklasse. De stedelijkheid telt eerst, daarna "
            "het aantal inwoners."
        ),
        figuur.html(),
        _vergelijkingstabel(rapport, rijen),
    )


def _vergelijkingstabel(rapport: Rapport, rijen: list[tuple[str, str, str]]) -> Html:
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    kolommen = [_kolom(rapport, grootheid, rijen) for grootheid in VERGELIJK]
    regels: list[list[object]] = [
        [label, *cellen_] for (label, _, _), *cellen_ in zip(rijen, *kolommen, strict=True)
    ]
    koppen = [
        Kolom(samen(f"{GROOTHEDEN[g].omschrijving} ", *_uitleg(rapport, g)), True)
        for g in VERGELIJK
    ]
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


def _uitleg(rapport: Rapport, grootheid: str) -> list[Html]:
    link = uitleg_bij(rapport, grootheid)
    return [link] if link else []


def _kolom(rapport: Rapport, grootheid: str, rijen: list[tuple[str, str, str]]) -> list[Html]:
    """One column: figures below each other share a step; small counts are not spelled out."""
    cijfers = [
        _per_tienduizend(rapport, grootheid, rapport.peiljaar, niveau, groep)
        for _, niveau, groep in rijen
    ]
    banden = [
        None if c is None else (c.met if rapport.is_referentie else c.verschil) for c in cijfers
    ]
    maat = gelijke_maat(band for band in banden if band is not None)
    return [
        tekst(f"minder dan {KLEIN_AANTAL} {GROOTHEDEN[grootheid].eenheid}")
        if cijfer is None or band is None
        else verschilcel(band, not rapport.is_referentie and cijfer.onzeker, maat)
        if not rapport.is_referentie
        else cel(band, maat=maat)
        for cijfer, band in zip(cijfers, banden, strict=True)
    ]


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
        _scherm(kostentabel(rapport, gemeente, alleen="gemeente")),
    )


def voorbereiding(rapport: Rapport, gemeente: str) -> Html:
    """What to prepare."""
    return voorbereiding_blok(rapport, gemeente)


def eigen_cijfers(rapport: Rapport, gemeente: str) -> Html:
    """Figures that this sheet assumes, and how to send others back."""
    return eigencijfers_blok(rapport, gemeente)


def uitleg(rapport: Rapport, gemeente: str) -> Html:
    """How the figures were made."""
    sleutels = kies_sleutels(rapport, PER_ONDERWERP)
    return _scherm_hoofdstuk(hoofdcijfers_blok(rapport, gemeente, sleutels))


def _onderwerpen() -> list[str]:
    return [d for d in domeinen() if d != "financien"]


def aannames(rapport: Rapport, gemeente: str) -> Html:
    """Assumptions that matter for this sheet; the workbook has them all."""
    return korte_aannamelijst(rapport)


@onthoud
def warm_op(rapport: Rapport) -> None:
    """Work out what every sheet of a scenario works out alike, above all the form of its charts."""
    gemeente = str(rapport.register.gemeenten.index[0])
    with uitgesteld():
        for hoofdstuk in (verloop, vergelijking, cijfers, financien, voorbereiding):
            hoofdstuk(rapport, gemeente)


@onthoud
def korte_aannamelijst(rapport: Rapport) -> Html:
    """Short log of assumptions: the same on every sheet of a scenario."""
    return samen(
        alinea(
            "Hier staan alleen de aannames die het meest doen, en de eerste van elk onderwerp. "
            "Van elke aanname staat er wat bij het begin geldt en wat later verandert. "
            "Alle aannames staan in het werkboek naast dit blad en in de uitvoeringstoets."
        ),
        belangrijkste(rapport, rapport.aannamelijst, MEESTE_AANNAMES),
        _scherm(aannamelijst(rapport, _onderwerpen(), kies_sleutels(rapport, PER_ONDERWERP))),
    )


def _scherm(inhoud: Html) -> Html:
    """Part that is on the screen only: too long for a printed sheet."""
    return element("div", inhoud, class_="alleen-scherm")


def bronnen(rapport: Rapport, gemeente: str) -> Html:
    """Sources that this sheet links to."""
    ook = eigencijfers.bronnen_van(rapport, gemeente) | taken_bronnen(rapport)
    sleutels = kies_sleutels(rapport, PER_ONDERWERP)
    return _scherm_hoofdstuk(bronnenlijst(rapport, _onderwerpen(), sleutels, ook))


def _scherm_hoofdstuk(inhoud: Html) -> Html:
    """Chapter that is on the screen only, with its heading."""
    return element("div", inhoud, class_="hoofdstuk-scherm")
