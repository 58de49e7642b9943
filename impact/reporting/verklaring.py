"""An explanation as a block of a report, or as a page of its own: it opens step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from impact.analysis.formules.boom import NEDERLAND, Knoop
from impact.analysis.formules.herkomst import Herkomst
from impact.analysis.verklaren import Verklaring
from impact.reporting.getallen import KLEIN_AANTAL, Band, is_klein
from impact.reporting.opmaak import Html, alinea, anker, element, koppeling, samen
from impact.reporting.rapport import Rapport
from impact.reporting.verantwoording import kwaliteitsmerk
from impact.reporting.verklaarfiguur import figuur
from impact.reporting.verklaarwoorden import (
    VERVOLG,
    bandtekst,
    berekening,
    cijfer,
    formule_in_woorden,
    getoond,
    inleiding,
    kop,
    uitgever_en_datum,
    waar,
    waarde_in_woorden,
)

SECTIES = frozenset({"aannames-gemeenten", "aannames-historie"})
"""Parts of a full assumption log that hold more than one line."""

OPENBAAR = frozenset({"parameter", "aanname", "maatregel", "gemeentecijfer"})
"""Leaves that are published already: their small numbers are no secret."""


def verklaring_blok(
    rapport: Rapport, verklaring: Verklaring, alleen: Iterable[str] | None = None
) -> Html:
    """Nested explanation of one figure; a leaf links to its line in the assumption log.

    Parameters
    ----------
    alleen : subjects in the assumption log of this report, as for `verantwoording.aannames`;
        all by default. A leaf that has no line there links to its source.
    """
    return blok(verklaring, _sleutels(rapport, alleen))


def _sleutels(rapport: Rapport, alleen: Iterable[str] | None) -> frozenset[str]:
    """Keys of the lines that the assumption log of a report shows."""
    lijst = rapport.aannamelijst
    if alleen is None:
        return frozenset(lijst["sleutel"]) | SECTIES
    keuze = lijst["onderwerp"].isin({"algemeen", *alleen}) & (lijst["soort"] == "parameter")
    return frozenset(lijst["sleutel"][keuze | (lijst["soort"] == "maatregel")])


def blok(
    verklaring: Verklaring, sleutels: Collection[str], klein: bool = False, los: bool = True
) -> Html:
    """Nested explanation of one figure.

    Parameters
    ----------
    sleutels : keys of the assumption log that can be linked to
    klein : do not spell out small counts of a municipality, as in a report about one
    los : as in `impact.reporting.verklaarwoorden.inleiding`
    """
    boom, verschil = verklaring.boom, verklaring.vraag.verschil
    regel = samen(
        element("strong", f"{boom.titel}: {_waarde(boom, verschil, klein)}"),
        f" ({waar(verklaring)}).",
    )
    zinnen = [alinea(zin) for zin in inleiding(verklaring, los)]
    delen = _lijst(boom, verschil, sleutels, klein)
    return element("div", alinea(regel), *zinnen, _uitleg(boom, klein), delen, class_="verklaring")


def verborgen(knoop: Knoop) -> bool:
    """Whether a figure counts so few people of one municipality that it is not spelled out."""
    vergeleken = knoop.referentie is not None
    return any(
        _te_klein(knoop, waarde)
        for waarde in (knoop.waarde, knoop.referentie, knoop.verschil if vergeleken else None)
    )


def _te_klein(knoop: Knoop, waarde: float | None) -> bool:
    if not waarde or knoop.gemeente == NEDERLAND or knoop.soort in OPENBAAR:
        return False
    return is_klein(waarde, Band(waarde, waarde, waarde, knoop.eenheid, True))


def _waarde(knoop: Knoop, verschil: bool, klein: bool) -> str:
    if not klein or not verborgen(knoop):
        return waarde_in_woorden(knoop, verschil)
    weinig = f"minder dan {KLEIN_AANTAL}"
    if _te_klein(knoop, knoop.waarde) or _te_klein(knoop, knoop.referentie):
        return weinig
    return f"{waarde_in_woorden(knoop, False)}, verschil {weinig}"


def _lijst(knoop: Knoop, verschil: bool, sleutels: Collection[str], klein: bool) -> Html:
    kinderen = getoond(knoop, verschil)
    delen = [_onderdeel(kind, knoop, verschil, sleutels, klein) for kind in kinderen]
    return element("ul", *(element("li", deel) for deel in delen)) if delen else Html("")


def _onderdeel(
    knoop: Knoop, boven: Knoop, verschil: bool, sleutels: Collection[str], klein: bool
) -> Html:
    """One part: a folded element with its own parts, or a leaf with its source."""
    regel = f"{kop(knoop, boven)}: {_waarde(knoop, verschil, klein)}"
    if knoop.kinderen:
        binnen = samen(_uitleg(knoop, klein), _lijst(knoop, verschil, sleutels, klein))
        return element("details", element("summary", regel), binnen)
    vervolg = f" ({VERVOLG[knoop.vervolg]})" if knoop.vervolg and knoop.waarde else ""
    delen: list[object] = [regel, vervolg]
    if knoop.moment.k is None:
        delen.append(element("span", knoop.uitleg, class_="toelichting"))
    if knoop.herkomst is not None:
        delen.append(_bron(knoop.herkomst, sleutels))
    return samen(*delen)


def _uitleg(knoop: Knoop, klein: bool) -> Html:
    regels = [knoop.uitleg]
    if knoop.kinderen:
        regels.append(f"Formule: {formule_in_woorden(knoop)}.")
    geheim = klein and any(verborgen(deel) for deel in (knoop, *knoop.kinderen))
    som = "" if geheim else berekening(knoop)
    if som:
        regels.append(f"Berekening: {som} = {cijfer(knoop.waarde)}.")
    if knoop.grondslag:
        regels.append(f"Grondslag: {knoop.grondslag}.")
    if knoop.regel:
        regels.append(f"Regel in het model: {knoop.regel}.")
    return samen(*(element("span", regel, class_="toelichting") for regel in regels))


def _bron(herkomst: Herkomst, sleutels: Collection[str]) -> Html:
    """Source of a leaf, with a link to the assumption log or else to the source itself."""
    naam = koppeling(herkomst.titel, herkomst.url)
    if herkomst.sleutel in sleutels:
        naam = element("a", herkomst.titel, href=f"#{anker(herkomst.sleutel)}")
    wie, band = uitgever_en_datum(herkomst), bandtekst(herkomst)
    return element(
        "span",
        "Bron: ",
        naam,
        f" ({wie}). " if wie else ". ",
        f"{herkomst.vindplaats}. ",
        f"Waarden van laag tot hoog: {band}. " if band else "",
        kwaliteitsmerk(herkomst.kwaliteit, herkomst.verouderd),
        " ",
        element("code", herkomst.plek),
        class_="toelichting",
    )


def pagina(verklaring: Verklaring, stijl: Html) -> str:
    """Make one offline page of an explanation, with its chart.

    Parameters
    ----------
    stijl : style sheet, as from `weergave.lees_stijl`
    """
    titel = f"{verklaring.boom.titel}: {waar(verklaring)}"
    hoofd = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", titel),
        element("style", stijl),
    )
    uitleg = element("div", blok(verklaring, frozenset()), figuur(verklaring).html())
    binnen = element("header", element("div", element("h1", titel), class_="kop"))
    romp = element("body", binnen, element("main", uitleg, class_="blad"))
    return f"<!doctype html>\n{element('html', hoofd, romp, lang='nl')}\n"
