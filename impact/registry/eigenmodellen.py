"""Figures that municipalities send in themselves, and the questions that they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from impact.registry.eenheden import Eenheid, grenzen
from impact.registry.modellen import (
    Basis,
    Bron,
    Datum,
    Gemeentecode,
    Getal,
    Parameter,
    Tekst,
    Vondst,
    Vondsten,
    Waarde,
    buiten_grenzen,
)
from impact.registry.periode import Halfjaar

Inpasbaar = Literal[
    "achterstand",
    "gehuisvest_drie_jaar",
    "wachtlijst_inburgering",
    "oekraieners_in_opvang",
    "opvangplaatsen_regulier",
    "opvangplaatsen_nood",
    "opvangtaak",
    "corporatiewoningen",
    "fte_beschikbaar",
]
"""Figures that the model can take from a municipality besides parameters."""
INPASBAAR: tuple[str, ...] = get_args(Inpasbaar)
HEEL = ("personen", "plaatsen", "woningen")
"""Units that are counted, so that an answer is a whole number."""


class Marge(Basis):
    """How far an answer may lie from our figure before it needs an explanation."""

    factor: Annotated[float, Field(ge=1)]
    erbij: Annotated[float, Field(ge=0)]


class Eigenvraag(Basis):
    """One question of the form.

    Attributes
    ----------
    soort : ``landelijk`` is part of a national number that is divided over municipalities;
        ``los`` is of the municipality alone; ``aanname`` is a parameter with the same name
    rest_factor : how far all other municipalities together may be scaled so that the national
        number stays; only for ``landelijk``
    vanaf, tot : days between which the figure must hold
    marge : when an answer needs an explanation
    negatief : a figure below zero has a meaning
    """

    titel: Tekst
    vraag: Tekst
    eenheid: Eenheid
    soort: Literal["landelijk", "los", "aanname"]
    rest_factor: Annotated[float, Field(ge=1)] | None = None
    vanaf: Datum
    tot: Datum
    marge: Marge
    negatief: bool = False

    @model_validator(mode="after")
    def _klopt(self) -> Eigenvraag:
        if (self.soort == "landelijk") != (self.rest_factor is not None):
            raise ValueError("'rest_factor' hoort bij soort 'landelijk', en alleen daarbij")
        if self.vanaf > self.tot:
            raise ValueError(f"vanaf ({self.vanaf}) ligt na tot ({self.tot})")
        return self

    @property
    def heel(self) -> bool:
        """Whether an answer is a whole number."""
        return self.eenheid in HEEL

    @property
    def grenzen(self) -> tuple[float, float]:
        """Lowest and highest number that has a meaning."""
        laagste, hoogste = grenzen(self.eenheid)
        return (-inf if self.negatief else laagste), hoogste


class Eigencijfer(Getal):
    """One figure of a municipality."""

    eenheid: Eenheid
    datum: Datum
    opmerking: Tekst | None = None


class Eigenopgave(Basis):
    """All figures that one municipality sent in, on one form.

    Attributes
    ----------
    afzender : department or function, not a person
    ingevuld : day on the form
    formulier : version and content key of the form
    """

    gemeente: Gemeentecode
    afzender: Tekst
    ingevuld: Datum
    formulier: Tekst
    cijfers: Annotated[dict[Tekst, Eigencijfer], Field(min_length=1)]

    @model_validator(mode="after")
    def _eigen_bron(self) -> Eigenopgave:
        eigen = naam_bron(self.gemeente)
        fout: list[Vondst] = [
            (("cijfers", naam, "bron"), f"'bron: {cijfer.bron}' moet '{eigen}' zijn")
            for naam, cijfer in self.cijfers.items()
            if cijfer.bron != eigen
        ]
        if fout:
            raise Vondsten(fout)
        return self


def naam_bron(code: str) -> str:
    """Key of the source that a municipality is for its own figures."""
    return f"eigen_{code}"


def als_bron(opgave: Eigenopgave, gemeentenaam: str) -> Bron:
    """Source of the figures of a municipality: its own form."""
    return Bron(
        titel=f"Eigen cijfers van de gemeente {gemeentenaam}, formulier van {opgave.ingevuld}",
        uitgever=f"Gemeente {gemeentenaam} ({opgave.afzender})",
        soort="gemeente",
        datum=str(opgave.ingevuld),
        url=None,
        geraadpleegd=opgave.ingevuld,
    )


def past_niet(cijfer: Eigencijfer, vraag: Eigenvraag) -> list[Vondst]:
    """What a figure and its question do not agree about."""
    if cijfer.eenheid != vraag.eenheid:
        return [(("eenheid",), f"'eenheid: {cijfer.eenheid}' moet '{vraag.eenheid}' zijn")]
    vondsten = buiten_grenzen(cijfer, vraag.eenheid, *vraag.grenzen)
    if not vraag.vanaf <= cijfer.datum <= vraag.tot:
        tekst = f"'datum: {cijfer.datum}' kan niet; van {vraag.vanaf} tot en met {vraag.tot}"
        vondsten.append((("datum",), tekst))
    return vondsten


def met_eigen(
    parameters: Mapping[str, Parameter],
    vragen: Mapping[str, Eigenvraag],
    opgaven: Mapping[str, Eigenopgave],
) -> dict[str, Parameter]:
    """Parameters with the own values of municipalities, from the half-year of their date."""
    nieuw = dict(parameters)
    for code, opgave in sorted(opgaven.items()):
        for naam, cijfer in opgave.cijfers.items():
            soort = vragen[naam].soort if naam in vragen else None
            if soort == "aanname" and naam in nieuw:
                nieuw[naam] = _met_waarde(nieuw[naam], code, cijfer)
    return nieuw


def _met_waarde(parameter: Parameter, code: str, cijfer: Eigencijfer) -> Parameter:
    """Parameter with one more own value; a new date when there is none for its half-year."""
    sinds = Halfjaar.van_datum(cijfer.datum)
    eigen = Getal(**cijfer.model_dump(include=set(Getal.model_fields)))
    waarden: list[Waarde] = []
    geldt = [w for w in parameter.waarden if w.vanaf is not None and w.vanaf <= sinds]
    if geldt and geldt[-1].vanaf != sinds:
        waarden = [geldt[-1].model_copy(update={"vanaf": sinds})]
    waarden = sorted([*parameter.waarden, *waarden], key=_begin)
    return parameter.model_copy(
        update={
            "waarden": [
                w.model_copy(update={"gemeenten": {**(w.gemeenten or {}), code: eigen}})
                if w.vanaf is not None and w.vanaf >= sinds
                else w
                for w in waarden
            ]
        }
    )


def _begin(waarde: Waarde) -> Halfjaar:
    return waarde.vanaf or Halfjaar.van_datum(date.min.replace(year=1900))
