"""The analyses as parts of a report; a sentence where an analysis says nothing about a scenario."""

from __future__ import annotations

from collections.abc import Callable

from impact.analysis.opslag import Analyse
from impact.reporting.analyses import analyse_van
from impact.reporting.briefbasis import maak_brief
from impact.reporting.briefoordeel import oordeel
from impact.reporting.gevoeligheid import gevoeligheid_blok
from impact.reporting.omslagfiguur import wat_is_nodig_blok
from impact.reporting.opmaak import Html, alinea
from impact.reporting.rapport import Rapport
from impact.reporting.stapeling import stapeling_blok
from impact.reporting.vergelijking import vergelijking_blok
from impact.reporting.volgorde import volgorde_blok

BLOKKEN: dict[str, Callable[[Rapport, Analyse], Html]] = {
    "gevoeligheid": gevoeligheid_blok,
    "omslagpunt": wat_is_nodig_blok,
    "stapeling": stapeling_blok,
    "vergelijking": vergelijking_blok,
    "volgorde": volgorde_blok,
}
NIET_VAN_TOEPASSING = {
    "gevoeligheid": "Dit is een referentie. Er is geen verschil met iets anders.",
    "omslagpunt": "Dit is een referentie. Er is niets waarvoor gemeenten iets extra nodig hebben.",
    "stapeling": "Dit scenario heeft niet meer dan één wet. Er is geen effect te verdelen.",
    "volgorde": "Dit scenario heeft niet meer dan één wet. Er is geen volgorde te kiezen.",
}


def oordeelblok(rapport: Rapport) -> Html:
    """Verdict with its conditions and rules: the same as in the brief for parliament."""
    if rapport.is_referentie:
        return alinea("Dit is een referentie. Over een referentie valt geen oordeel te geven.")
    return oordeel(maak_brief(rapport))


def analyseblok(rapport: Rapport, naam: str) -> Html:
    """Section of a report about one analysis.

    Parameters
    ----------
    naam : key of `BLOKKEN`
    """
    analyse = analyse_van(rapport, naam)
    if analyse is None:
        return alinea(NIET_VAN_TOEPASSING[naam])
    return BLOKKEN[naam](rapport, analyse)
