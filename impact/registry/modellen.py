"""Strict schemas of sources, assumptions, laws and scenarios."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import inf
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from impact.registry.eenheden import Eenheid, bij_bewerking, grenzen, is_euro
from impact.registry.periode import Halfjaar

Kwaliteit = Literal["groen", "oranje", "rood"]
Verdeling = Literal["driehoek", "uniform", "normaal", "lognormaal", "vast"]
Bronsoort = Literal[
    "officieel",
    "onderzoek",
    "pers",
    "vng",
    "ledenbrief",
    "eigen_berekening",
    "aanname",
    "secundair",
    "gemeente",
]
Stand = Literal[
    "aangekondigd",
    "in_consultatie",
    "ingediend",
    "aangenomen_tk",
    "aangenomen",
    "verworpen",
    "in_werking",
    "ingetrokken",
    "vervallen",
]
STERKSTE = 2.0
"""A measure can be made at most this much stronger than it stands in the law."""
BRONNEN_ZONDER_URL = ("ledenbrief", "eigen_berekening", "aanname", "gemeente")


def _datum(waarde: Any) -> Any:
    """Read yyyy-mm-dd."""
    if type(waarde) is date:
        return waarde
    if not isinstance(waarde, str) or len(waarde) != len("jjjj-mm-dd"):
        raise ValueError(f"'{waarde}' is geen datum; gebruik jjjj-mm-dd")
    try:
        return date.fromisoformat(waarde)
    except ValueError:
        raise ValueError(f"'{waarde}' is geen datum; gebruik jjjj-mm-dd") from None


def _halfjaar(waarde: Any) -> Any:
    """Read yyyy-I or yyyy-II."""
    return waarde if isinstance(waarde, Halfjaar) else Halfjaar.lees(str(waarde))


Datum = Annotated[
    date, BeforeValidator(_datum), WithJsonSchema({"type": "string", "format": "date"})
]
Moment = Annotated[
    Halfjaar,
    BeforeValidator(_halfjaar),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(I|II)$"}),
]
Tekst = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Gemeentecode = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
Brondatum = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|onbekend)$")]


Pad = tuple[str | int, ...]
Vondst = tuple[Pad, str]


class Vondsten(ValueError):
    """Several things that are wrong inside one entry, each with its place."""

    def __init__(self, lijst: list[Vondst]) -> None:
        super().__init__("; ".join(tekst for _, tekst in lijst))
        self.lijst = lijst


class Basis(BaseModel):
    """Strict, frozen, and without unknown keys."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Bron(Basis):
    """A source: where a figure or a fact was read."""

    titel: Tekst
    uitgever: Tekst
    soort: Bronsoort
    datum: Annotated[Brondatum, BeforeValidator(lambda w: str(w) if isinstance(w, int) else w)]
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None
    geraadpleegd: Datum
    toelichting: Tekst | None = None

    @model_validator(mode="after")
    def _met_adres(self) -> Bron:
        if self.url is None and self.soort not in BRONNEN_ZONDER_URL:
            raise ValueError(f"een bron van de soort '{self.soort}' heeft een url nodig")
        return self


class Getal(Basis):
    """A value with its range, source and quality."""

    midden: float
    laag: float | None = None
    hoog: float | None = None
    verdeling: Verdeling = "vast"
    bron: Tekst
    vindplaats: Tekst
    kwaliteit: Kwaliteit
    geldig_tot: Datum | None = None

    @model_validator(mode="before")
    @classmethod
    def _gewone_verdeling(cls, gegevens: Any) -> Any:
        if isinstance(gegevens, dict) and "verdeling" not in gegevens:
            marge = gegevens.get("laag") != gegevens.get("hoog")
            return gegevens | {"verdeling": "driehoek" if marge else "vast"}
        return gegevens

    @model_validator(mode="after")
    def _klopt(self) -> Getal:
        if (self.laag is None) != (self.hoog is None):
            raise ValueError("geef laag en hoog allebei, of geen van beide")
        if self.laag is None or self.hoog is None:
            if self.verdeling != "vast":
                raise ValueError(f"verdeling '{self.verdeling}' vraagt om laag en hoog")
            return self
        if not self.laag <= self.midden <= self.hoog:
            raise ValueError(
                f"laag ({self.laag:g}) <= midden ({self.midden:g}) <= hoog ({self.hoog:g}) "
                "klopt niet"
            )
        if self.verdeling == "vast" and self.laag != self.hoog:
            raise ValueError("verdeling 'vast' kan niet met een marge; haal laag en hoog weg")
        if self.verdeling == "lognormaal" and self.laag <= 0:
            raise ValueError("verdeling 'lognormaal' vraagt om waarden boven 0")
        return self

    @property
    def punten(self) -> list[float]:
        """All numbers of this value."""
        return [p for p in (self.midden, self.laag, self.hoog) if p is not None]


class Waarde(Getal):
    """A value from a half-year on, with own values of municipalities."""

    vanaf: Moment | None = None
    gemeenten: dict[Gemeentecode, Getal] | None = None


class Samenhang(Basis):
    """Correlation with one other assumption."""

    met: Tekst
    correlatie: Annotated[float, Field(ge=-1, le=1)]


class Parameter(Basis):
    """An assumption of the model."""

    omschrijving: Tekst
    eenheid: Eenheid
    rol: Literal["onzekerheid", "hefboom"] = "onzekerheid"
    niveau: Literal["landelijk", "gemeente"] = "landelijk"
    prijspeil: Annotated[int, Field(ge=2000, le=2040)] | None = None
    samenhang: Samenhang | None = None
    alleen_vooruit: bool = False
    waarden: Annotated[list[Waarde], Field(min_length=1)]
    toelichting: Tekst | None = None

    @model_validator(mode="after")
    def _klopt(self) -> Parameter:
        problemen = [*volgorde(self.waarden), *_grenzen(self.eenheid, self.waarden)]
        if is_euro(self.eenheid) and self.prijspeil is None:
            problemen.append(((), "een bedrag in euro heeft een prijspeil (jaartal) nodig"))
        if not is_euro(self.eenheid) and self.prijspeil is not None:
            problemen.append((("prijspeil",), "een prijspeil hoort alleen bij een bedrag in euro"))
        eigen = [g for w in self.waarden for g in (w, *(w.gemeenten or {}).values())]
        if any(getal.kwaliteit == "rood" for getal in eigen) and not self.toelichting:
            problemen.append(((), "kwaliteit rood vraagt om een toelichting: waarom deze waarde"))
        if self.niveau == "landelijk" and any(w.gemeenten for w in self.waarden):
            tekst = "waarden per gemeente kunnen alleen bij niveau 'gemeente'"
            problemen.append((("niveau",), tekst))
        if problemen:
            raise Vondsten(problemen)
        return self


def volgorde(waarden: list[Waarde]) -> list[Vondst]:
    """Every value has a date, in rising order."""
    zonder: list[Vondst] = [
        (("waarden", nummer), "'vanaf' ontbreekt")
        for nummer, waarde in enumerate(waarden)
        if waarde.vanaf is None
    ]
    return zonder or [
        (("waarden", nummer, "vanaf"), "'vanaf' moet oplopen, zonder dubbele")
        for nummer, (een, ander) in enumerate(pairwise(waarden), start=1)
        if een.vanaf is not None and ander.vanaf is not None and een.vanaf >= ander.vanaf
    ]


def _grenzen(eenheid: str, waarden: list[Waarde]) -> list[Vondst]:
    """No value lies outside the natural bounds of its unit."""
    vondsten: list[Vondst] = []
    for nummer, waarde in enumerate(waarden):
        getallen: list[tuple[Pad, Getal]] = [(("waarden", nummer), waarde)]
        for code, eigen in (waarde.gemeenten or {}).items():
            getallen.append((("waarden", nummer, "gemeenten", code), eigen))
        for waar, getal in getallen:
            buiten = buiten_grenzen(getal, eenheid, *grenzen(eenheid))
            vondsten += [((*waar, *plek), tekst) for plek, tekst in buiten]
    return vondsten


def buiten_grenzen(getal: Getal, eenheid: str, laagste: float, hoogste: float) -> list[Vondst]:
    """Numbers of a value that lie outside bounds."""
    van = f"tussen {laagste:g} en {hoogste:g}" if hoogste < inf else f"{laagste:g} of meer"
    return [
        ((naam,), f"{punt:g} kan niet bij eenheid '{eenheid}'; {van}")
        for naam, punt in (("midden", getal.midden), ("laag", getal.laag), ("hoog", getal.hoog))
        if punt is not None and not laagste <= punt <= hoogste
    ]


class Verandering(Basis):
    """What a measure does to one parameter."""

    parameter: Tekst
    bewerking: Literal["vervang", "maal", "plus"]
    waarde: Waarde
    eenheid: Eenheid
    ingroei: Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=1)] = [1.0]

    @model_validator(mode="after")
    def _klopt(self) -> Verandering:
        if self.waarde.vanaf is not None or self.waarde.gemeenten:
            raise ValueError("de datum van een maatregel staat in het scenario, niet hier")
        return self

    def juiste_eenheid(self, parameter: Parameter) -> str:
        """Unit that this change must have for a parameter."""
        return bij_bewerking(self.bewerking, parameter.eenheid)


class Grondslag(Basis):
    """Legal basis."""

    wet: Tekst
    artikel: Tekst
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    kwaliteit: Kwaliteit


class Stemmen(Basis):
    """Votes of a chamber on the law as a whole."""

    voor: Annotated[int, Field(ge=0, le=150)]
    tegen: Annotated[int, Field(ge=0, le=150)]


class Status(Basis):
    """Where a measure stood on a day, and the votes by which it came there."""

    datum: Datum
    stand: Stand
    bron: Tekst
    stemmen: Stemmen | None = None


class Maatregel(Basis):
    """One measure of a law, with its own status."""

    titel: Tekst
    grondslag: Grondslag
    status: Annotated[list[Status], Field(min_length=1)]
    verandert: list[Verandering]
    toelichting: Tekst
    niet_gemodelleerd: list[Tekst] = []

    @model_validator(mode="after")
    def _klopt(self) -> Maatregel:
        datums = [status.datum for status in self.status]
        if datums != sorted(datums):
            raise ValueError("de status moet oplopen in de tijd")
        if not self.verandert and not self.niet_gemodelleerd:
            raise ValueError("zonder 'verandert' is 'niet_gemodelleerd' nodig: wat ontbreekt")
        return self


class Wetsmaatregel(Maatregel):
    """A measure together with the law that it is part of."""

    wet: str


class Wet(Basis):
    """A law as a set of measures."""

    naam: Tekst
    kamerstuk: Tekst | None = None
    toelichting: Tekst
    bron: Tekst
    niet_gemodelleerd: list[Tekst] = []
    maatregelen: dict[str, Maatregel]


class Stap(Basis):
    """A measure, the half-year in which it begins, and how much of it applies.

    Attributes
    ----------
    sterkte : 1 is the measure as it stands in the law; 0.5 changes half as much
    """

    maatregel: Tekst
    vanaf: Moment
    sterkte: Annotated[float, Field(gt=0, le=STERKSTE)] = 1.0


class Context(Basis):
    """Other values of an assumption, for both runs."""

    parameter: Tekst
    waarden: Annotated[list[Waarde], Field(min_length=1)]


class Scenario(Basis):
    """What is compared with what."""

    titel: Tekst
    soort: Literal["referentie", "variant"]
    referentie: Tekst | None
    toelichting: Tekst
    context: list[Context] = []
    maatregelen: list[Stap] = []

    @model_validator(mode="after")
    def _klopt(self) -> Scenario:
        if self.soort == "variant" and self.referentie is None:
            raise ValueError("een variant heeft een referentie nodig")
        namen = [stap.maatregel for stap in self.maatregelen]
        dubbel = sorted({naam for naam in namen if namen.count(naam) > 1})
        if dubbel:
            raise ValueError(f"maatregel staat er twee keer: {', '.join(dubbel)}")
        return self


class Kostensoort(Basis):
    """A kind of cost and its place in the municipal accounts (Iv3)."""

    omschrijving: Tekst
    taakveld: Tekst
    bron: Tekst
    kwaliteit: Kwaliteit


class Kolom(Basis):
    """Origin of one column of the municipal figures."""

    omschrijving: Tekst
    eenheid: Tekst | None = None
    bron: Tekst
    datum: Annotated[Brondatum, BeforeValidator(lambda w: str(w) if isinstance(w, int) else w)]
    kwaliteit: Kwaliteit
    toelichting: Tekst | None = None
