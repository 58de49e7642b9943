"""Pieces that chapters are built from: sentences, charts and tables about a scenario.

Every figure links to the assumptions behind it. In a report with a chapter that explains its
figures (`Rapport.uitleg`) it links to its explanation too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from impact.model.grootheden import GROOTHEDEN
from impact.reporting.figuren import Opschrift, waaier
from impact.reporting.figuur import Figuur
from impact.reporting.invloed import drager
from impact.reporting.onderwerpen import ONDERWERP, onderwerp
from impact.reporting.opmaak import Html, anker, element, lijst, samen
from impact.reporting.rapport import NEDERLAND, Cijfer, Rapport
from impact.reporting.tabellen import (
    Kolom,
    aanname_link,
    cellen,
    domeinwoord,
    tabel,
    uitleg_link,
    verschilcellen,
)
from impact.reporting.zinnen import verschilzin

ANDERS = "zonder de maatregelen"


def wanneer(grootheid: str, jaar: int) -> str:
    """Moment of a figure in a sentence: the end of a year for a stock, else the year."""
    return f"eind {jaar}" if GROOTHEDEN[grootheid].soort == "voorraad" else f"in {jaar}"


def zin(rapport: Rapport, grootheid: str, jaar: int, gemeente: str = NEDERLAND) -> Html:
    """Tell in one sentence what changes, with a link to the assumptions."""
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    cijfer = rapport.cijfer(grootheid, jaar, gemeente, niveau)
    tekst = verschilzin(
        onderwerp(grootheid, gemeente != NEDERLAND),
        cijfer.verschil,
        cijfer.onzeker,
        wanneer(grootheid, jaar),
        ANDERS,
    )
    return samen(tekst, " ", *verwijzing(rapport, grootheid, jaar))


def verwijzing(
    rapport: Rapport, grootheid: str, jaar: int, betaler: str = "", woord: str = ""
) -> list[Html]:
    """Links behind a sentence: the assumption that carries the effect, and the explanation.

    Without a named outcome that measures this figure the link goes to the subject.

    Parameters
    ----------
    woord : text of the link to the subject
    """
    gevonden = drager(rapport, grootheid, betaler, jaar)
    link = aanname_link(GROOTHEDEN[grootheid].domein, woord)
    if gevonden is not None:
        tekst = f"weegt het zwaarst: {gevonden.naam}"
        link = element("a", tekst, href=f"#{anker(gevonden.sleutel)}", class_="aanname drager")
    return [*([uitleg_link(grootheid, betaler), Html(" ")] if rapport.uitleg else []), link]


def rijlinks(rapport: Rapport, grootheid: str, betaler: str = "") -> Html:
    """Links of a row of a table: the assumptions of the subject, and the explanation."""
    domein = GROOTHEDEN[grootheid].domein
    uitleg = [Html(" "), uitleg_link(grootheid, betaler)] if rapport.uitleg else []
    return samen(aanname_link(domein, domein), *uitleg)


def zinnen(
    rapport: Rapport, grootheden: Iterable[str], jaar: int, gemeente: str = NEDERLAND
) -> Html:
    """List sentences about what changes, then name what stays the same in one sentence.

    Quantities without a subject of their own are shown in tables only.
    """
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    anders: list[str] = []
    gelijk: list[str] = []
    for naam in (g for g in grootheden if g in ONDERWERP):
        nul = rapport.cijfer(naam, jaar, gemeente, niveau).verschil.nul
        (gelijk if nul else anders).append(naam)
    regels = [zin(rapport, naam, jaar, gemeente) for naam in anders]
    blok = lijst(regels, class_="bevindingen")
    if gelijk:
        namen = "; ".join(GROOTHEDEN[n].omschrijving for n in gelijk)
        blok = samen(blok, element("p", f"Geen verschil in {jaar}: {namen}.", class_="gelijk"))
    return blok


def bronregel(domeinen: Iterable[str], uitleg: Html | None = None) -> Html:
    """Source line of a chart or table, with links to the assumptions.

    Parameters
    ----------
    uitleg : link to the explanation of the figures
    """
    links = [aanname_link(domein, domeinwoord(domein)) for domein in dict.fromkeys(domeinen)]
    met_komma = [samen(", ", link) if nummer else link for nummer, link in enumerate(links)]
    slot = samen(" Waaruit dit cijfer bestaat: ", uitleg, ".") if uitleg else ""
    return samen("Bron: uitkomst van het model. Aannames en bronnen: ", *met_komma, ".", slot)


def uitleg_bij(rapport: Rapport, grootheid: str, betaler: str = "") -> Html | None:
    """Link to the explanation of a figure, in a report that has one."""
    return uitleg_link(grootheid, betaler) if rapport.uitleg else None


def waaierfiguur(
    rapport: Rapport,
    grootheid: str,
    gemeente: str = NEDERLAND,
    waar: str = "Nederland",
    betaler: str = "",
) -> Figuur:
    """Fan chart of one quantity, with and without the measures."""
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    g = GROOTHEDEN[grootheid]
    reeks = rapport.reeks(grootheid, gemeente, niveau, betaler)
    moment = "einde halfjaar" if g.soort == "voorraad" else "per halfjaar"
    opschrift = Opschrift(
        f"waaier-{gemeente}-{grootheid}",
        f"{g.omschrijving}, {waar}, {moment}",
        bronregel([g.domein], uitleg_bij(rapport, grootheid, betaler)),
    )
    return waaier(
        opschrift,
        reeks,
        g.eenheid,
        vergelijk=not rapport.is_referentie,
        klein=niveau == "gemeente",
    )


def grootheidnaam(grootheid: str) -> str:
    """Name of a quantity in a table, with its unit and moment."""
    g = GROOTHEDEN[grootheid]
    eenheid = "euro" if g.soort == "kosten" else g.eenheid
    return f"{g.omschrijving} ({eenheid}, {'einde jaar' if g.soort == 'voorraad' else 'per jaar'})"


def _koppen(rapport: Rapport) -> list[Kolom]:
    jaren = rapport.peiljaren
    if rapport.is_referentie:
        kolommen = [Kolom(f"Uitkomst {jaar}", True) for jaar in jaren]
    else:
        kolommen = [
            Kolom(f"Zonder, {rapport.peiljaar}", True),
            Kolom(f"Met, {rapport.peiljaar}", True),
            *(Kolom(f"Verschil {jaar}", True) for jaar in jaren),
        ]
    return [
        Kolom("Uitkomst" if not rapport.is_referentie else "Onderwerp"),
        *kolommen,
        Kolom("Aannames", scherm=True),
    ]


def _cellen(rapport: Rapport, per_jaar: dict[int, Cijfer]) -> list[Html]:
    """Cells of a row: what stands beside each other has one rounding step."""
    if rapport.is_referentie:
        return cellen([per_jaar[jaar].met for jaar in rapport.peiljaren])
    peil = per_jaar[rapport.peiljaar]
    verschillen = [(per_jaar[jaar].verschil, per_jaar[jaar].onzeker) for jaar in rapport.peiljaren]
    return [*cellen([peil.zonder, peil.met]), *verschilcellen(verschillen)]


def cijfertabel(
    rapport: Rapport,
    bijschrift: str,
    grootheden: Sequence[str],
    gemeente: str = NEDERLAND,
    betaler: str = "",
) -> Html:
    """Table with, per quantity: without, with, the difference in three years, the assumptions."""
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    rijen = []
    for naam in grootheden:
        if gemeente != NEDERLAND and not GROOTHEDEN[naam].gemeentelijk:
            continue
        per_jaar = {
            jaar: rapport.cijfer(naam, jaar, gemeente, niveau, betaler)
            for jaar in rapport.peiljaren
        }
        cellen_ = _cellen(rapport, per_jaar)
        rijen.append([grootheidnaam(naam), *cellen_, rijlinks(rapport, naam, betaler)])
    return tabel(bijschrift, _koppen(rapport), rijen, klasse="cijfers")
