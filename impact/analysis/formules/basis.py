"""One formula: what a figure is made of, in the language of `taal`."""

from __future__ import annotations

from dataclasses import dataclass

from impact.model.grootheden import GROOTHEDEN, Sleutel

BETALERNAAM = {
    "gemeente": "blijft bij de gemeente",
    "rijk_spuk": "betaald met de specifieke uitkering van het Rijk",
    "rijk_gemeentefonds": "betaald uit het gemeentefonds",
    "rijk_buig": "betaald uit het bijstandsbudget van het Rijk (BUIG)",
    "rijk_overig": "betaald door het Rijk",
    "coa": "betaald door het COA",
    "inwoner": "betaald door inwoners",
}


@dataclass(frozen=True)
class Formule:
    """What one figure is made of.

    Attributes
    ----------
    naam : name; ``grootheid`` or ``grootheid.betaler`` for a quantity of the catalogue
    rekenregel : the formula
    uitleg : one or two sentences, Dutch
    regel : ``module.functie`` of ``impact.model`` that holds the rule
    kop, maat : title and unit; those of the catalogue for a quantity
    eerder : formula for half-years before the start; without it the same formula holds there
    aangekondigd : formula for the first half-year when its target was announced before the start
    grondslag : law and article
    """

    naam: str
    rekenregel: str
    uitleg: str
    regel: str
    kop: str = ""
    maat: str = ""
    eerder: str = ""
    aangekondigd: str = ""
    grondslag: str = ""

    @property
    def sleutel(self) -> Sleutel:
        """Key in an outcome of the model, for a quantity of the catalogue."""
        naam, _, betaler = self.naam.partition(".")
        return naam, betaler

    @property
    def in_catalogus(self) -> bool:
        """Whether the model says this figure itself, so that the formula can be checked."""
        naam, betaler = self.sleutel
        return naam in GROOTHEDEN and (naam, betaler) in GROOTHEDEN[naam].sleutels

    @property
    def titel(self) -> str:
        """Name in a text."""
        naam, betaler = self.sleutel
        if not self.in_catalogus:
            return self.kop
        kop = GROOTHEDEN[naam].omschrijving
        return f"{kop}, {BETALERNAAM[betaler]}" if len(GROOTHEDEN[naam].betalers) > 1 else kop

    @property
    def eenheid(self) -> str:
        """Unit."""
        return GROOTHEDEN[self.sleutel[0]].eenheid if self.in_catalogus else self.maat

    @property
    def regels(self) -> tuple[str, ...]:
        """Every formula that can hold, in some half-year."""
        return tuple(filter(None, (self.rekenregel, self.eerder, self.aangekondigd)))
