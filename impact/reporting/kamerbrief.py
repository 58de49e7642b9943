"""The brief for members of parliament: two pages about one scenario, in Dutch or English."""

from __future__ import annotations

from collections.abc import Callable

from impact.reporting import briefdelen, briefslot
from impact.reporting.briefbasis import Brief, maak_brief
from impact.reporting.briefoordeel import oordeel
from impact.reporting.opmaak import Html, element, samen
from impact.reporting.rapport import Rapport
from impact.reporting.stempel import is_concept
from impact.reporting.taal import met_uitleg

UITLEG = "uitleg."
DELEN: dict[str, Callable[[Brief], Html]] = {
    "oordeel": oordeel,
    "cijfers": briefdelen.cijfers,
    "beeld": briefdelen.beeld,
    "betalers": briefdelen.wie_betaalt,
    "nodig": briefdelen.nodig,
    "aannames": briefslot.aannames,
    "stapel": briefdelen.stapel,
    "onbekend": briefslot.onbekend,
    "methode": briefslot.methode,
    "lijst": briefslot.bronnenlijst,
}
"""Chapters in their order; a chapter without content is left out."""


def stempel(brief: Brief) -> Html:
    """Short stamp in the head of a brief; the style sheet puts CONCEPT on every printed page."""
    if not is_concept(brief.rapport):
        return Html("")
    zeg = brief.taal.zeg
    woord = element("strong", zeg("stempel.woord"), class_="stempelwoord")
    return element("p", woord, " ", zeg("stempel.uitleg"), class_="stempel")


def schrijf(rapport: Rapport, taal: str = "nl") -> dict[str, Html]:
    """Write the brief.

    Parameters
    ----------
    taal : ``nl`` or ``en``

    Returns
    -------
    The head (``kop``) and the chapters by name, in the order of reading

    Raises
    ------
    impact.reporting.briefbasis.BriefFout
        The scenario is a reference.
    impact.reporting.taal.TaalFout, impact.reporting.vertaling.VertalingOntbreekt
        See `impact.reporting.taal.lees_taal`.
    """
    brief = maak_brief(rapport, taal)
    stukken = {"kop": kop(brief), **{naam: hoofdstuk(brief, naam) for naam in DELEN}}
    teksten = brief.taal.teksten
    uitleg = {n.removeprefix(UITLEG): t for n, t in teksten.items() if n.startswith(UITLEG)}
    return met_uitleg(stukken, uitleg)


def hoofdstuk(brief: Brief, naam: str) -> Html:
    """One chapter with its heading; nothing when it has no content."""
    inhoud = DELEN[naam](brief)
    if not inhoud:
        return inhoud
    titel = brief.taal.zeg(f"hoofdstuk.{naam}", jaar=brief.jaar)
    return samen(element("h2", titel, class_=f"deel-{naam}"), inhoud)


def stand(brief: Brief) -> str:
    """Where one proposal stands in parliament; nothing for a stack, whose laws differ."""
    register, taal = brief.rapport.register, brief.taal
    stappen = brief.rapport.scenario.maatregelen
    laatste = [register.maatregelen[stap.maatregel].status[-1] for stap in stappen]
    standen = {(status.stand, status.datum) for status in laatste}
    if len(standen) != 1:
        return ""
    status = laatste[0]
    woord = taal.zeg(f"stand.{status.stand}")
    return taal.zeg("kop.stand", stand=woord, datum=taal.datum(status.datum)) + " "


def kop(brief: Brief) -> Html:
    """Title, what the proposal is in two sentences, and what it is compared with."""
    rapport, taal = brief.rapport, brief.taal
    register = rapport.register
    gelezen = max(bron.geraadpleegd for bron in register.bronnen.values())
    kader = taal.zeg(
        "kop.kader",
        basis=taal.naam("scenario", str(rapport.scenario.referentie), "titel"),
        aantal=len(register.gemeenten),
        datum=taal.datum(gelezen),
    )
    return element(
        "div",
        element("p", taal.zeg("kop.soort"), class_="soort"),
        element("h1", taal.naam("scenario", rapport.naam, "titel")),
        element("p", taal.zin("scenario", rapport.naam, "toelichting"), class_="inleiding"),
        element("p", stand(brief), kader, class_="kader"),
        stempel(brief),
        class_="kop",
    )
