"""Strict schema of the rule that stamps a report as a draft."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from impact.registry.modellen import Basis, Tekst

Deel = Annotated[float, Field(ge=0, le=1)]


class Stempelgrens(Basis):
    """Shares above which values of a quality stamp a report.

    Attributes
    ----------
    rood, verouderd : aandeel
    """

    rood: Deel
    verouderd: Deel


class Stempel(Basis):
    """A stamp on a report, and when it is put there.

    Attributes
    ----------
    uitkomsten : named outcomes whose band is looked at
    grens : share of the band of an outcome that one assumption carries
    grens_zonder_analyse : for a report without a sensitivity analysis, share of all values
    """

    uitkomsten: Annotated[list[Tekst], Field(min_length=1)]
    grens: Stempelgrens
    grens_zonder_analyse: Stempelgrens
    toelichting: Tekst
