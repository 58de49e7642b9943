"""Chapter that follows figures back: a tree per headline figure, and a command for the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from impact.analysis.formules.boom import NEDERLAND as LAND
from impact.analysis.verklaren import DIEPTE, Kanten, Uitlegger, Vraag, maak_uitlegger
from impact.model.grootheden import GROOTHEDEN
from impact.reporting.analyses import is_stapel
from impact.reporting.geld import TOTAAL, betalers
from impact.reporting.getallen import KLEIN_AANTAL, in_woorden, is_klein
from impact.reporting.onderwerpen import KERN, LANDELIJK_VERDEELD
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import NEDERLAND, Cijfer, Rapport, onthoud
from impact.reporting.tabellen import Kolom, tabel, uitleg_anker
from impact.reporting.thema import betalernaam
from impact.reporting.verklaarwoorden import NAREKENEN, WAAROM_ANDERS
from impact.reporting.verklaring import SECTIES, blok, verborgen

MINDER_DIEP = 2
"""Money has many parts, and a sheet is short: one level less."""
ONDIEP = 1
"""A sheet about more laws than one: only the parts themselves."""
GEWONE_TREKKINGEN = 1000

Sleutel = tuple[str, str]
"""Quantity and payer; the payer is empty for what is not money."""


@onthoud
def uitlegger_van(rapport: Rapport) -> Uitlegger:
    """Explainer of a report."""

    def lees(sleutel: Sleutel, gemeente: str, vraag: Vraag) -> Kanten:
        niveau = "nationaal" if gemeente == LAND else "gemeente"
        return rapport.kanten(sleutel, vraag.periode, gemeente, niveau, vraag.verschil)

    return maak_uitlegger(rapport.register, rapport.naam, rapport.resultaat, lees)


def hoofdcijfers(rapport: Rapport, gemeente: str = NEDERLAND) -> list[Sleutel]:
    """Figures of the summary that are there: a difference, or for a reference a level."""
    landelijk = gemeente == NEDERLAND
    namen = [n for n in KERN if landelijk or n not in LANDELIJK_VERDEELD]
    geld = [b for b in betalers() if landelijk or b == "gemeente"]
    alle = [*((n, "") for n in namen), *((TOTAAL, b) for b in geld)]
    return [sleutel for sleutel in alle if not _nul(rapport, sleutel, gemeente)]


def _cijfer(rapport: Rapport, sleutel: Sleutel, gemeente: str) -> Cijfer:
    niveau = "nationaal" if gemeente == NEDERLAND else "gemeente"
    return rapport.cijfer(sleutel[0], rapport.peiljaar, gemeente, niveau, sleutel[1])


def _nul(rapport: Rapport, sleutel: Sleutel, gemeente: str) -> bool:
    cijfer = _cijfer(rapport, sleutel, gemeente)
    return (cijfer.met if rapport.is_referentie else cijfer.verschil).nul


def vraag_naar(rapport: Rapport, sleutel: Sleutel, gemeente: str) -> Vraag:
    """Explanation that belongs to a figure: the last half-year of the year of the sentences."""
    grootheid, betaler = sleutel
    return Vraag(
        grootheid,
        LAND if gemeente == NEDERLAND else gemeente,
        f"{rapport.peiljaar}-II",
        betaler,
        _diepte(rapport, gemeente, betaler),
        not rapport.is_referentie,
    )


def _diepte(rapport: Rapport, gemeente: str, betaler: str) -> int:
    if gemeente == NEDERLAND:
        return MINDER_DIEP if betaler else DIEPTE
    return ONDIEP if is_stapel(rapport.register, rapport.naam) else MINDER_DIEP


def opdracht(rapport: Rapport, vraag: Vraag) -> str:
    """Command that explains a figure."""
    return f"{kern(vraag)} {slot(rapport, vraag)}"


def kern(vraag: Vraag) -> str:
    """Begin of the command: which figure."""
    betaler = f" --betaler {vraag.betaler}" if vraag.betaler else ""
    return f"impact verklaar {vraag.grootheid}{betaler}"


def slot(rapport: Rapport, vraag: Vraag) -> str:
    """End of the command: the same for every figure of a report."""
    trekkingen = int(rapport.resultaat.manifest["trekkingen"])
    delen = [
        f"--gemeente {vraag.gemeente}" if vraag.gemeente != LAND else "",
        f"--periode {vraag.periode} --scenario {rapport.naam}",
        "--verschil" if vraag.verschil else "",
        f"--trekkingen {trekkingen}" if trekkingen != GEWONE_TREKKINGEN else "",
    ]
    return " ".join(deel for deel in delen if deel)


def naam_van(sleutel: Sleutel) -> str:
    """Name of a figure, with its payer."""
    grootheid, betaler = sleutel
    achter = f", {betalernaam(betaler)}" if betaler else ""
    return f"{GROOTHEDEN[grootheid].omschrijving}{achter}"


def hoofdcijfers_blok(
    rapport: Rapport, gemeente: str = NEDERLAND, sleutels: Collection[str] | None = None
) -> Html:
    """Chapter: how the headline figures are made, and how to ask for every other one.

    Parameters
    ----------
    gemeente : municipality of a sheet; the country by default
    sleutels : anchors in the assumption log of this report; the full log by default
    """
    if sleutels is None:
        sleutels = frozenset(rapport.aannamelijst["sleutel"]) | SECTIES
    gekozen = hoofdcijfers(rapport, gemeente)
    wat = "cijfer" if rapport.is_referentie else "verschil"
    return samen(
        alinea(
            f"Elk {wat} uit de samenvatting staat hieronder. Open het om te zien waaruit het "
            f"bestaat: stap voor stap, tot aan de aannames en hun bronnen. De uitleg gaat over de "
            f"tweede helft van {rapport.peiljaar}."
        ),
        alinea(f"{WAAROM_ANDERS} {NAREKENEN}"),
        *(_uitleg(rapport, sleutel, gemeente, sleutels) for sleutel in gekozen),
        _andere(rapport, gemeente, gekozen),
    )


def _uitleg(rapport: Rapport, sleutel: Sleutel, gemeente: str, sleutels: Collection[str]) -> Html:
    """One headline figure: heading to link to, the published figure, and the folded tree."""
    vraag = vraag_naar(rapport, sleutel, gemeente)
    verklaring = uitlegger_van(rapport).verklaar(vraag)
    kop = element("h3", naam_van(sleutel), id=uitleg_anker(*sleutel))
    gepubliceerd = alinea(_gepubliceerd(rapport, sleutel, gemeente))
    klein = gemeente != NEDERLAND
    if klein and verborgen(verklaring.boom):
        return samen(kop, gepubliceerd, alinea(_te_klein(rapport)), _zelf(rapport, vraag))
    boom = element(
        "details",
        element("summary", f"Waaruit bestaat dit? {naam_van(sleutel)}"),
        blok(verklaring, sleutels, klein, los=False),
        class_="uitleg",
    )
    return samen(kop, gepubliceerd, boom, _zelf(rapport, vraag))


def _te_klein(rapport: Rapport) -> str:
    wat = "cijfer" if rapport.is_referentie else "verschil of cijfer"
    return (
        f"In de middelste berekening is dit {wat} kleiner dan {KLEIN_AANTAL}. Daarom staat er "
        "geen uitleg in getallen."
    )


def _gepubliceerd(rapport: Rapport, sleutel: Sleutel, gemeente: str) -> str:
    cijfer = _cijfer(rapport, sleutel, gemeente)
    band = cijfer.met if rapport.is_referentie else cijfer.verschil
    jaar = rapport.peiljaar
    wanneer = f"eind {jaar}" if GROOTHEDEN[sleutel[0]].soort == "voorraad" else f"in {jaar}"
    wat = "De uitkomst" if rapport.is_referentie else "Het verschil"
    tekst = in_woorden(band)
    if is_klein(band.midden, band):
        tekst = f"minder dan {KLEIN_AANTAL}"
    return f"{wat} {wanneer}: {tekst}."


def _zelf(rapport: Rapport, vraag: Vraag) -> Html:
    return alinea("Zelf verder kijken: ", element("code", opdracht(rapport, vraag)))


def _andere(rapport: Rapport, gemeente: str, gekozen: Sequence[Sleutel]) -> Html:
    rijen: list[list[object]] = []
    ids: list[str] = []
    for sleutel in _alle(gemeente):
        if sleutel not in gekozen:
            vraag = vraag_naar(rapport, sleutel, gemeente)
            rijen.append([naam_van(sleutel), element("code", kern(vraag))])
            ids.append(uitleg_anker(*sleutel))
    einde = slot(rapport, vraag_naar(rapport, _alle(gemeente)[0], gemeente))
    return samen(
        element("h3", "Alle andere cijfers", id="uitleg-andere"),
        alinea(
            "Deze opdrachten geven dezelfde uitleg bij elk ander cijfer. Zet achter elke "
            "opdracht: ",
            element("code", einde),
            ". Kies zelf het halfjaar met --periode. Met --diep 6 gaat de uitleg verder door.",
        ),
        tabel(
            "Opdracht per cijfer",
            [Kolom("Cijfer"), Kolom("Opdracht")],
            rijen,
            klasse="opdrachten",
            sleutels=ids,
        ),
    )


def _alle(gemeente: str) -> list[Sleutel]:
    """Every figure of a report, also per payer; on a sheet only what the municipality pays."""
    alle: list[Sleutel] = []
    for naam, g in GROOTHEDEN.items():
        if gemeente != NEDERLAND and not g.gemeentelijk:
            continue
        wie = [b for b in g.betalers if gemeente == NEDERLAND or b == "gemeente"]
        alle += [(naam, betaler) for betaler in (wie if g.betalers else [""])]
    return alle
