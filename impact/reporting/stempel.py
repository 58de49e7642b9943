"""The stamp on a report of which the figures rest too much on weak assumptions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from impact.reporting.getallen import Band, in_woorden
from impact.reporting.invloed import STEMPEL, grootste_invloed
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen
from impact.reporting.rapport import Rapport, onthoud

WOORD = "CONCEPT"
"""The style sheet puts the same word on every printed page."""
MEESTE = 5
"""Assumptions that a stamp names; the rest it counts."""


@dataclass(frozen=True)
class Reden:
    """An assumption that stamps the report.

    Attributes
    ----------
    sleutel : anchor in the assumption log
    naam : name in words
    kwaliteit : ``rood`` or ``verouderd``
    aandeel : largest share of the uncertainty of an outcome, with its band
    uitkomst : title of that outcome
    """

    sleutel: str
    naam: str
    kwaliteit: str
    aandeel: Band
    uitkomst: str


@onthoud
def redenen(rapport: Rapport) -> list[Reden]:
    """Assumptions that carry more than the rule allows for their quality, the strongest first."""
    regel = rapport.register.stempels[STEMPEL]
    lijst_ = rapport.aannamelijst
    begin = str(rapport.resultaat.manifest["van"])
    per_sleutel = {
        str(sleutel): nog_geldig(rijen, begin) for sleutel, rijen in lijst_.groupby("sleutel")
    }
    gevonden = []
    for sleutel, een in grootste_invloed(rapport).items():
        kwaliteit = _kwaliteit(per_sleutel.get(sleutel))
        grens = {"verouderd": regel.grens.verouderd, "rood": regel.grens.rood}.get(kwaliteit, 1.0)
        if een.aandeel > grens:
            titel = rapport.register.uitkomsten[een.uitkomst].titel
            gevonden.append(Reden(sleutel, een.naam, kwaliteit, een.band, titel))
    return gevonden


def nog_geldig(rijen: pd.DataFrame, begin: str) -> pd.DataFrame:
    """Values of one assumption that a run from a half-year on uses: none that ended before it."""
    vanaf = rijen["vanaf"].astype(str)
    eerder = vanaf[vanaf <= begin]
    return rijen if eerder.empty else rijen[vanaf >= eerder.max()]


def _kwaliteit(rijen: pd.DataFrame | None) -> str:
    """Worst quality of the values of one assumption."""
    if rijen is None:
        return ""
    if rijen["verouderd"].any():
        return "verouderd"
    return "rood" if (rijen["kwaliteit"] == "rood").any() else ""


def delen_zonder_analyse(rapport: Rapport) -> dict[str, float]:
    """Share of the values of assumptions that are rood, and that are stale."""
    lijst_ = rapport.aannamelijst
    waarden = lijst_[lijst_["soort"] == "parameter"]
    return {
        "rood": float((waarden["kwaliteit"] == "rood").mean()),
        "verouderd": float(waarden["verouderd"].mean()),
    }


def is_concept(rapport: Rapport) -> bool:
    """Whether the report gets a stamp."""
    if grootste_invloed(rapport):
        return bool(redenen(rapport))
    grens = rapport.register.stempels[STEMPEL].grens_zonder_analyse
    delen = delen_zonder_analyse(rapport)
    return delen["rood"] > grens.rood or delen["verouderd"] > grens.verouderd


def stempel(rapport: Rapport) -> Html:
    """Stamp with why and which assumptions; nothing when the report needs none.

    The style sheet puts the word on every printed page.
    """
    if not is_concept(rapport):
        return Html("")
    gevonden = redenen(rapport)
    uitleg = _met_analyse(gevonden) if gevonden else _zonder_analyse(rapport)
    return element(
        "div",
        element("strong", WOORD, class_="stempelwoord"),
        uitleg,
        class_="stempel",
        role="note",
        aria_label="Stempel",
    )


def _met_analyse(gevonden: list[Reden]) -> Html:
    regels = [
        samen(
            element("a", een.naam, href=f"#{anker(een.sleutel)}"),
            f" ({een.kwaliteit}): {in_woorden(een.aandeel)} van de onzekerheid van "
            f"'{een.uitkomst[:1].lower()}{een.uitkomst[1:]}'.",
        )
        for een in gevonden[:MEESTE]
    ]
    meer = len(gevonden) - MEESTE
    slot = [f"En nog {meer} {'andere' if meer > 1 else 'aanname'}."] if meer > 0 else []
    zin = (
        "De uitkomsten rusten voor een flink deel op waarden zonder goede of recente bron. "
        "Zoek die eerst uit:"
    )
    return samen(alinea(zin), lijst([*regels, *slot]))


def _zonder_analyse(rapport: Rapport) -> Html:
    delen = delen_zonder_analyse(rapport)
    oud = f" en {procent(delen['verouderd'])} is verouderd" if delen["verouderd"] else ""
    return alinea(
        f"Van de waarden in de aannamelijst is {procent(delen['rood'])} een schatting van de "
        f"makers, zonder bron{oud}. Hoe zwaar elke waarde weegt, is voor dit scenario "
        "niet berekend."
    )


def procent(aandeel: float) -> str:
    """Write a share as a whole percentage."""
    return in_woorden(Band(aandeel, aandeel, aandeel, "aandeel"))
