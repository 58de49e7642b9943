"""What all parts of a brief share: its report, its language and its analyses."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from impact.analysis.oordeel import Antwoord, Oordeel, herstelbaar, met_genoeg, vel, wanneer_klaar
from impact.analysis.opslag import Analyse
from impact.model.grootheden import GROOTHEDEN
from impact.reporting.analyses import analyse_van
from impact.reporting.briefkeuze import (
    MEESTE_NODIG,
    MEESTE_NODIG_STAPEL,
    Drager,
    Uitkomstkeuze,
    benodigd,
    dragers,
    sprekendste,
)
from impact.reporting.getallen import Band
from impact.reporting.opmaak import Html, anker, element
from impact.reporting.rapport import Rapport
from impact.reporting.taal import Taal, lees_taal
from impact.reporting.tabellen import LIJST
from impact.reporting.zinnen import Richting, hoofdletter

Chartlocale = Literal["nl-NL", "en-GB"]
LOCALES: dict[str, Chartlocale] = {"nl": "nl-NL", "en": "en-GB"}
SLEUTELS: dict[Richting, str] = {kant: kant.name.lower() for kant in Richting}
"""Key of the sentence that goes with a direction."""


class BriefFout(ValueError):
    """A scenario about which no brief can be made."""


@dataclass(frozen=True)
class Brief:
    """One brief, ready to be written.

    Attributes
    ----------
    toetsen : questions of the verdict with their answers
    rijk : what the whole Rijk pays more in the fifth year, euro
    antwoorden : all knobs of all conclusions, with what is enough for the verdict
    dragers : assumptions that matter most
    uitkomsten : the outcomes that say most, besides money
    stapel : analysis of the stack; None for one law
    """

    rapport: Rapport
    taal: Taal
    toetsen: pd.DataFrame
    rijk: Band
    antwoorden: pd.DataFrame
    dragers: list[Drager]
    uitkomsten: list[Uitkomstkeuze]
    stapel: Analyse | None

    @property
    def jaar(self) -> int:
        """Year that the brief speaks about: the fifth."""
        return self.rapport.peiljaar

    @property
    def oordeel(self) -> Oordeel:
        """Verdict by the rules in ``parameters/oordeel.yaml``."""
        antwoorden: dict[str, Antwoord] = dict(
            zip(self.toetsen["toets"], self.toetsen["antwoord"], strict=True)
        )
        register = self.rapport.register
        te_herstellen = herstelbaar(register, self.antwoorden)
        return vel(antwoorden, te_herstellen, wanneer_klaar(register, self.rapport.scenario))

    @property
    def zekerheid(self) -> int:
        """In how many of a hundred draws a question must go well to pass."""
        return round(100 * max(t.zekerheid for t in self.rapport.register.toetsen.values()))

    @property
    def nodig(self) -> pd.DataFrame:
        """What municipalities need, fewer rows for a stack."""
        hoogstens = MEESTE_NODIG if self.stapel is None else MEESTE_NODIG_STAPEL
        return benodigd(self.antwoorden, self.toetsen, hoogstens)

    def toets(self, naam: str) -> dict[Hashable, Any]:
        """One question of the verdict with its answer."""
        return self.toetsen[self.toetsen["toets"] == naam].to_dict("records")[0]

    def wanneer(self, grootheid: str) -> str:
        """Moment of a figure: the end of the year for a stock, else the year."""
        soort = "voorraad" if GROOTHEDEN[grootheid].soort == "voorraad" else "stroom"
        return self.taal.zeg(f"moment.{soort}", jaar=self.jaar)

    def uitkomstnaam(self, keuze: Uitkomstkeuze) -> str:
        """Name of an outcome: what it counts, or whose costs."""
        if keuze.betaler:
            return self.taal.zeg(
                "cijfer.betaler", wie=hoofdletter(self.taal.zeg(f"wie.{keuze.betaler}"))
            )
        return self.taal.naam("grootheid", keuze.grootheid, "omschrijving")

    def link(self, inhoud: object, sleutel: str = LIJST, klasse: str | None = "aanname") -> Html:
        """Link to a line of the list of assumptions at the end of the brief."""
        return element("a", inhoud, href=f"#{anker(sleutel)}", class_=klasse)

    def cijferlink(self, inhoud: object, sleutel: str = LIJST) -> Html:
        """Figure that links to what it rests on."""
        return self.link(inhoud, sleutel, "cijferlink")


def maak_brief(rapport: Rapport, taal: str = "nl") -> Brief:
    """Gather everything that a brief says.

    Raises
    ------
    BriefFout
        The scenario is a reference: there is nothing to judge.
    impact.reporting.taal.TaalFout, impact.reporting.vertaling.VertalingOntbreekt
        See `impact.reporting.taal.lees_taal`.
    """
    analyses = {n: analyse_van(rapport, n) for n in ("oordeel", "omslagpunt", "gevoeligheid")}
    oordeel, omslagpunt, gevoeligheid = analyses.values()
    if oordeel is None or omslagpunt is None or gevoeligheid is None:
        raise BriefFout(
            f"'{rapport.naam}' is een referentie; over een referentie valt geen oordeel te geven. "
            "Kies een variant"
        )
    return Brief(
        rapport=rapport,
        taal=lees_taal(rapport.register, rapport.naam, taal),
        toetsen=oordeel.tabel("toetsen"),
        rijk=als_band(oordeel.tabel("rijk").iloc[0].to_dict(), "euro"),
        antwoorden=met_genoeg(rapport.register, omslagpunt),
        dragers=dragers(gevoeligheid),
        uitkomsten=sprekendste(rapport),
        stapel=analyse_van(rapport, "stapeling"),
    )


def als_band(rij: Mapping[Any, Any], eenheid: str) -> Band:
    """Figure from the columns midden, laag and hoog."""
    midden, laag, hoog = (float(str(rij[kant])) for kant in ("midden", "laag", "hoog"))
    return Band(midden, laag, hoog, eenheid)
