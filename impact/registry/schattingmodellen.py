"""Strict schemas of outside estimates: what others published, and where our own figure stands."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from impact.registry.eenheden import is_euro
from impact.registry.modellen import Basis, Gemeentecode, Moment, Tekst

Samenvatting = Literal["per_jaar", "totaal", "gemiddelde", "eind"]
Schattingseenheid = Literal[
    "personen",
    "personen per jaar",
    "woningen per jaar",
    "plaatsen",
    "aandeel",
    "fte",
    "personen per fte",
    "euro",
    "euro per jaar",
    "euro per persoon",
    "euro per persoon per jaar",
    "euro per persoon per dag",
    "euro per huishouden per jaar",
]
VOORRADEN: tuple[Samenvatting, ...] = ("gemiddelde", "eind")


class Reeksdeel(Basis):
    """One quantity of the model, with its payer where there is one."""

    grootheid: Tekst
    betaler: str = ""


class Term(Basis):
    """A sum of quantities, reduced to one number per draw.

    Attributes
    ----------
    som : quantities that are added up; they have the same unit
    samenvatting : of a flow or a cost ``per_jaar`` or ``totaal`` (over all half-years); of a stock
        ``gemiddelde`` or ``eind``
    """

    som: list[Reeksdeel] = Field(min_length=1)
    samenvatting: Samenvatting


class Tegenhanger(Basis):
    """Our own figure for what was published: (product of teller) / (product of noemer) x factor.

    Attributes
    ----------
    maat : ``niveau``, or ``verschil`` with the reference of the scenario
    factor : turns the unit of the model into that of the publication, for instance 1 / 365
    gemeenten : codes; the whole country when empty
    """

    scenario: Tekst
    maat: Literal["niveau", "verschil"] = "niveau"
    teller: list[Term] = Field(min_length=1)
    noemer: list[Term] = Field(default_factory=list)
    factor: float = Field(default=1.0, gt=0.0)
    van: Moment
    tot: Moment
    gemeenten: list[Gemeentecode] = Field(default_factory=list)

    @property
    def termen(self) -> list[Term]:
        """All sums, those of the denominator last."""
        return [*self.teller, *self.noemer]

    @model_validator(mode="after")
    def _klopt(self) -> Tegenhanger:
        if self.tot < self.van:
            raise ValueError(f"'tot' ({self.tot}) ligt voor 'van' ({self.van})")
        per_jaar = any(term.samenvatting == "per_jaar" for term in self.termen)
        if per_jaar and (self.tot - self.van) % 2 == 0:
            raise ValueError("'per_jaar' vraagt om hele jaren: van een eerste tot een tweede helft")
        return self


class Buitenschatting(Basis):
    """A figure that somebody else published.

    Attributes
    ----------
    waarde, laag, hoog : as published (or derived from it, see ``rekenstap``), in ``eenheid``; a
        range without a middle is compared by the middle of the range
    prijspeil : year of the prices; for amounts only
    periode : the period that the publication is about, in words
    meet : what it measures, exactly
    rekenstap : how the value follows from what was printed, when it was not printed as such
    model : where our own figure stands; absent when there is none
    niet_vergelijkbaar : why there is none
    verschil_in_begrip : in what the two are not the same thing
    uitleg : why the two differ
    gebruikt_in_model : the middle of an assumption, or the start, rests on this figure, so that
        agreement proves nothing
    wetten : laws that the figure says something about
    """

    titel: Tekst
    waarde: float | None = None
    laag: float | None = None
    hoog: float | None = None
    eenheid: Schattingseenheid
    prijspeil: int | None = Field(default=None, ge=2010, le=2035)
    periode: Tekst
    bron: Tekst
    meet: Tekst
    rekenstap: Tekst | None = None
    model: Tegenhanger | None = None
    niet_vergelijkbaar: Tekst | None = None
    verschil_in_begrip: Tekst | None = None
    uitleg: Tekst | None = None
    gebruikt_in_model: bool = False
    wetten: list[Tekst] = Field(default_factory=list)

    @property
    def punt(self) -> float:
        """Value to compare with: the published one, else the middle of the range."""
        if self.waarde is not None:
            return self.waarde
        return (self.onder + self.boven) / 2.0

    @property
    def onder(self) -> float:
        """Lowest published value."""
        return next(w for w in (self.laag, self.waarde, self.hoog) if w is not None)

    @property
    def boven(self) -> float:
        """Highest published value."""
        return next(w for w in (self.hoog, self.waarde, self.laag) if w is not None)

    @model_validator(mode="after")
    def _waarden_kloppen(self) -> Buitenschatting:
        if self.waarde is None and (self.laag is None or self.hoog is None):
            raise ValueError("geef een 'waarde', of 'laag' en 'hoog'")
        if not 0.0 < self.onder <= self.punt <= self.boven:
            raise ValueError(
                f"0 < laag ({self.onder:g}) <= waarde ({self.punt:g}) <= hoog ({self.boven:g}) "
                "klopt niet"
            )
        if is_euro(self.eenheid) != (self.prijspeil is not None):
            raise ValueError("een bedrag heeft een 'prijspeil' nodig, iets anders niet")
        return self

    @model_validator(mode="after")
    def _wel_of_niet_vergelijkbaar(self) -> Buitenschatting:
        if (self.model is None) == (self.niet_vergelijkbaar is None):
            raise ValueError("geef of 'model', of 'niet_vergelijkbaar' met de reden")
        if self.model is None and self.uitleg is not None:
            raise ValueError("'uitleg' gaat over een verhouding; zonder 'model' is er geen")
        return self


class Vergelijkingsgrens(Basis):
    """Between which ratios (ours / theirs) a difference needs no explanation."""

    onder: float = Field(gt=0.0, lt=1.0)
    boven: float = Field(gt=1.0)
    toelichting: Tekst
