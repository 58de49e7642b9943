"""Strict schemas of named outcomes and of what is concluded from them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from impact.registry.modellen import Basis, Moment, Tekst


class Uitkomst(Basis):
    """A named outcome of a scenario: one number per draw, for a municipality or the country.

    Attributes
    ----------
    maat : ``niveau``, or ``verschil`` with the reference
    samenvatting : over the half-years ``van`` to ``tot``: ``per_jaar`` (sum of a flow, per year),
        ``gemiddelde``, ``eind`` (the last), ``groei`` (the last minus the first), ``hoogste``
    """

    titel: Tekst
    grootheid: Tekst
    betaler: str = ""
    maat: Literal["niveau", "verschil"]
    samenvatting: Literal["per_jaar", "gemiddelde", "eind", "groei", "hoogste"]
    van: Moment
    tot: Moment
    toelichting: Tekst

    @model_validator(mode="after")
    def _klopt(self) -> Uitkomst:
        if self.tot < self.van:
            raise ValueError(f"'tot' ({self.tot}) ligt voor 'van' ({self.van})")
        if self.samenvatting == "per_jaar" and (self.tot - self.van) % 2 == 0:
            raise ValueError("'per_jaar' vraagt om hele jaren: van een eerste tot een tweede helft")
        return self


class Knop(Basis):
    """An assumption that can be turned until a conclusion flips, and how far.

    Attributes
    ----------
    soort : ``instrument``: given together with the law, so it turns in the scenario only and
        replaces what the measures make of it; ``aanname``: what nobody knows, so it turns in the
        reference too. Without it the role of the parameter decides.
    """

    parameter: Tekst
    soort: Literal["instrument", "aanname"] | None = None
    laagste: float
    hoogste: float

    @model_validator(mode="after")
    def _klopt(self) -> Knop:
        if not self.laagste < self.hoogste:
            raise ValueError(f"laagste ({self.laagste:g}) < hoogste ({self.hoogste:g}) klopt niet")
        return self


class Conclusie(Basis):
    """What is said about an outcome: it holds when the outcome is at most (or least) a limit.

    Attributes
    ----------
    grens, grens_gemeente : limit for the country, and for one municipality when that is another
    ja, nee : the sentence when it holds, and when it does not
    knoppen : what could be turned to make it hold
    """

    titel: Tekst
    uitkomst: Tekst
    grens: float
    grens_gemeente: float | None = None
    voldoet: Literal["hoogstens", "minstens"] = "hoogstens"
    ja: Tekst
    nee: Tekst
    knoppen: list[Knop] = Field(default_factory=list)
    toelichting: Tekst
