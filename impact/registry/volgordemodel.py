"""Strict schema of what the order of laws is judged by: outcomes, limits, pace and groups."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from impact.registry.modellen import Basis, Getal, Tekst


class Grens(Basis):
    """What can be done at most: an outcome must stay below ``grens`` (in its own unit).

    Attributes
    ----------
    grens : ``midden`` decides; ``laag`` and ``hoog`` show what a stricter or wider limit does
    """

    titel: Tekst
    uitkomst: Tekst
    grens: Getal
    toelichting: Tekst


class Groep(Basis):
    """Laws that belong together when asking what should come first."""

    titel: Tekst
    wetten: Annotated[list[Tekst], Field(min_length=1)]


class Volgorde(Basis):
    """How orders of laws are made and judged.

    Attributes
    ----------
    gat, wachtrij : outcomes that add up over laws, so that delay can be told from interplay
    fte : outcome with the peak in municipal work
    ook : other outcomes to show
    duren : half-years between the first and the last law
    alle_volgordes_tot : up to this number of laws every order is computed
    steekproef : orders drawn at random per pace, when there are more laws
    zekerheid : share of the draws in which a plan must stay below all limits
    """

    titel: Tekst
    gat: Tekst
    wachtrij: Tekst
    fte: Tekst
    ook: list[Tekst] = Field(default_factory=list)
    duren: Annotated[list[Annotated[int, Field(ge=2)]], Field(min_length=1)]
    alle_volgordes_tot: Annotated[int, Field(ge=1, le=6)]
    steekproef: Annotated[int, Field(ge=0, le=1000)]
    zekerheid: Annotated[float, Field(ge=0.01, le=1)]
    grenzen: Annotated[list[Grens], Field(min_length=1)]
    alternatief: Groep
    intrekking: Groep
    toelichting: Tekst

    @model_validator(mode="after")
    def _klopt(self) -> Volgorde:
        if any(een >= ander for een, ander in pairwise(self.duren)):
            raise ValueError("'duren' moet oplopen, zonder dubbele")
        if any(duur % 2 for duur in self.duren):
            raise ValueError("'duren' telt halfjaren en vraagt om hele jaren: 2, 4, 6")
        beide = sorted(set(self.alternatief.wetten) & set(self.intrekking.wetten))
        if beide:
            raise ValueError(f"wet staat in allebei de groepen: {', '.join(beide)}")
        return self

    @property
    def uitkomsten(self) -> list[str]:
        """Names of all outcomes, each once."""
        grenzen = [grens.uitkomst for grens in self.grenzen]
        return list(dict.fromkeys([self.gat, self.wachtrij, self.fte, *grenzen, *self.ook]))
