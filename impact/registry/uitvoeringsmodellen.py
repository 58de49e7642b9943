"""Strict schemas of what executing a law asks, and of the rules for a verdict on it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from impact.registry.modellen import Basis, Kwaliteit, Tekst

Partij = Literal[
    "gemeente",
    "ind",
    "coa",
    "duo",
    "rijk",
    "provincie",
    "rechtspraak",
    "woningcorporatie",
    "ketenpartners",
]
Functie = Literal["huisvesting", "inburgering", "inkomen", "burgerzaken", "opvang"]
Grootte = Literal["klein", "midden", "groot"]


class Onderbouwd(Basis):
    """Something that is said about a law, with where it was read."""

    bron: Tekst
    kwaliteit: Kwaliteit


class Taak(Onderbouwd):
    """A task: what is done now, and what under the law."""

    taak: Tekst
    wie: Partij
    nu: Tekst
    straks: Tekst
    artikel: Tekst
    functie: Functie | None = None


class Systeem(Onderbouwd):
    """An information system or an exchange of data that must change."""

    systeem: Tekst
    wie: Partij
    aanpassing: Tekst


class Inwonergevolg(Onderbouwd):
    """What a law asks of residents, and whether they can be expected to manage (doenvermogen)."""

    wie: Tekst
    gevolg: Tekst
    doenvermogen: Tekst


class Risico(Onderbouwd):
    """A risk of execution, and what can be done about it."""

    risico: Tekst
    kans: Grootte
    ernst: Grootte
    beheersing: Tekst


class Voorbereiding(Onderbouwd):
    """One step of preparation and how many months it takes, counted from the decision."""

    stap: Tekst
    wie: Partij
    maanden: Annotated[int, Field(ge=0, le=120)]
    laag: Annotated[int, Field(ge=0, le=120)]
    hoog: Annotated[int, Field(ge=0, le=120)]

    @model_validator(mode="after")
    def _klopt(self) -> Voorbereiding:
        if not self.laag <= self.maanden <= self.hoog:
            tekst = f"laag ({self.laag}) <= maanden ({self.maanden}) <= hoog ({self.hoog})"
            raise ValueError(f"{tekst} klopt niet")
        return self


class Oordeel(Onderbouwd):
    """What an expert or an organisation says about a law."""

    wie: Tekst
    oordeel: Tekst


class Uitvoering(Basis):
    """Everything about executing one law that is not a number of the model."""

    taken: Annotated[list[Taak], Field(min_length=1)]
    systemen: list[Systeem] = Field(default_factory=list)
    inwoners: list[Inwonergevolg] = Field(default_factory=list)
    risicos: list[Risico] = Field(default_factory=list)
    voorbereiding: list[Voorbereiding] = Field(default_factory=list)
    oordelen: list[Oordeel] = Field(default_factory=list)


class Toets(Basis):
    """One question of the verdict: does a conclusion hold, and what if it does not.

    Attributes
    ----------
    zekerheid : share of the draws in which the conclusion must hold (or fail) to say so
    voorwaarde : what must be arranged when it does not hold; ends a sentence with "mits"
    """

    vraag: Tekst
    conclusie: Tekst
    zekerheid: Annotated[float, Field(gt=0.5, le=1)]
    voorwaarde: Tekst
    toelichting: Tekst
