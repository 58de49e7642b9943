"""Where the leaf of an explanation comes from: source, quality, range, file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from impact.analysis.samenstellen import HALFJAREN_TERUG
from impact.analysis.waarden import Ingreep
from impact.registry.eigenmodellen import naam_bron
from impact.registry.gemeenten import PEILJAREN
from impact.registry.laden import Register
from impact.registry.modellen import Getal, Scenario, Waarde
from impact.registry.periode import Halfjaar

GEMEENTEBESTAND = "parameters/gemeenten/gemeenten.csv"
KOLOMMEN = {
    "corporatiewoningen": ("woningvoorraad_2021", "corporatiewoningen_pct_2021"),
    "stedelijkheid": ("stedelijkheid_2024",),
    "bijstandsdichtheid": ("bijstand_personen_2021", "inwoners_2021"),
    "netwerk_groot": ("netwerk_g4", "netwerk_g40"),
    "netwerk_middel": ("netwerk_m50", "netwerk_r8"),
    "aandeel_spreidingswet": ("spreidingswet_indicatief_nov2025",),
    "aandeel_opvang_regulier": ("opvang_regulier_nov2025",),
    "aandeel_opvang_nood": ("opvang_nood_nov2025",),
}
"""Columns behind each municipal figure; the first one gives the source."""
EIGEN = {
    "corporatiewoningen": "corporatiewoningen",
    "aandeel_spreidingswet": "opvangtaak",
    "aandeel_opvang_regulier": "opvangplaatsen_regulier",
    "aandeel_opvang_nood": "opvangplaatsen_nood",
    "aandeel_gehuisvest": "gehuisvest_drie_jaar",
    "aandeel_wachtlijst": "wachtlijst_inburgering",
    "aandeel_oekraine": "oekraieners_in_opvang",
    "fte_eigen": "fte_beschikbaar",
    "fte_bekend": "fte_beschikbaar",
}
"""Own figure of a municipality that replaces a municipal figure."""


@dataclass(frozen=True)
class Herkomst:
    """Origin of one value.

    Attributes
    ----------
    titel, uitgever, datum, url, vindplaats : the source and the place in it
    kwaliteit : groen, oranje or rood
    laag, hoog, verdeling : range and its shape; None when there is none
    bestand, regel : file below the project and line; 0 when the whole file is meant
    sleutel : key of the line in the assumption log
    verouderd : the value was good up to a day that has passed
    """

    titel: str
    uitgever: str
    datum: str
    url: str | None
    vindplaats: str
    kwaliteit: str
    bestand: str
    regel: int
    sleutel: str
    laag: float | None = None
    hoog: float | None = None
    verdeling: str = "vast"
    verouderd: bool = False

    @property
    def plek(self) -> str:
        """File and line in words."""
        return f"{self.bestand}, regel {self.regel}" if self.regel else self.bestand


def van_getal(register: Register, getal: Getal, bestand: str, regel: int, sleutel: str) -> Herkomst:
    """Origin of a value of an assumption or a measure."""
    bron = register.bronnen[getal.bron]
    oud = getal.geldig_tot is not None and getal.geldig_tot < register.peildatum
    return Herkomst(
        titel=bron.titel,
        uitgever=bron.uitgever,
        datum=bron.datum,
        url=bron.url,
        vindplaats=getal.vindplaats,
        kwaliteit=getal.kwaliteit,
        bestand=bestand,
        regel=regel,
        sleutel=sleutel,
        laag=getal.laag,
        hoog=getal.hoog,
        verdeling=getal.verdeling,
        verouderd=oud,
    )


def van_aanname(
    register: Register, naam: str, waarden: Sequence[Waarde], nummer: int, code: str | None
) -> Herkomst:
    """Origin of a value of an assumption: national, or a municipality's own.

    Parameters
    ----------
    waarden : values of the assumption, or those of the context of a scenario
    nummer : which of these values
    code : municipality, for its own value where it has one
    """
    plek = register.vindplaatsen["parameter", naam]
    eigen = (waarden[nummer].gemeenten or {}).get(code or "")
    if code is not None and eigen is not None and eigen.bron == naam_bron(code):
        return van_opgave(register, code, naam)
    pad: tuple[str | int, ...] = (*plek.plek, "waarden", nummer)
    if eigen is not None:
        pad = (*pad, "gemeenten", str(code))
    regel = plek.inhoud.regel(pad)
    return van_getal(register, eigen or waarden[nummer], plek.bestand, regel, f"aanname-{naam}")


def van_opgave(register: Register, code: str, naam: str) -> Herkomst:
    """Origin of a figure that a municipality sent in itself."""
    plek = register.vindplaatsen["eigen", code]
    regel = plek.inhoud.regel((*plek.plek, "cijfers", naam))
    cijfer = register.eigen[code].cijfers[naam]
    return van_getal(register, cijfer, plek.bestand, regel, f"bron-{naam_bron(code)}")


def van_context(register: Register, scenario: str, naam: str, waarde: Waarde) -> Herkomst:
    """Origin of a value that the context of a scenario sets."""
    plek = register.vindplaatsen.get(("scenario", scenario))
    bestand, regel = (plek.bestand, plek.regel) if plek else (f"scenario '{scenario}'", 0)
    return van_getal(register, waarde, bestand, regel, f"aanname-{naam}")


def van_maatregel(register: Register, ingreep: Ingreep) -> Herkomst:
    """Origin of the effect size of one change by a measure."""
    plek = register.vindplaatsen["maatregel", ingreep.maatregel]
    return van_getal(
        register,
        ingreep.verandering.waarde,
        plek.bestand,
        plek.inhoud.regel((*plek.plek, "verandert", ingreep.nummer)),
        f"maatregel-{ingreep.maatregel}",
    )


def kolommen_van(naam: str, jaar: int) -> tuple[str, ...]:
    """Columns behind a municipal figure of a year."""
    if naam in KOLOMMEN:
        return KOLOMMEN[naam]
    nabij = sorted(PEILJAREN, key=lambda peiljaar: abs(peiljaar - jaar))
    gekozen = [jaar] if jaar in PEILJAREN else sorted(nabij[:2])
    return tuple(f"inwoners_{peiljaar}" for peiljaar in gekozen)


def van_gemeente(register: Register, naam: str, jaar: int, code: str | None) -> Herkomst:
    """Origin of a municipal figure: its columns, and the line of the municipality; or its form."""
    eigen = register.eigen.get(code or "")
    if eigen is not None and EIGEN.get(naam) in eigen.cijfers:
        return van_opgave(register, eigen.gemeente, EIGEN[naam])
    kolommen = kolommen_van(naam, jaar)
    kolom = register.herkomst[kolommen[0]]
    bron = register.bronnen[kolom.bron]
    regel = list(register.gemeenten.index).index(code) + 2 if code is not None else 0
    namen = " en ".join(kolommen)
    return Herkomst(
        titel=bron.titel,
        uitgever=bron.uitgever,
        datum=kolom.datum,
        url=bron.url,
        vindplaats=f"kolom {namen}" if len(kolommen) == 1 else f"kolommen {namen}",
        kwaliteit=kolom.kwaliteit,
        bestand=GEMEENTEBESTAND,
        regel=regel,
        sleutel="aannames-gemeenten",
    )


def van_historie(register: Register, naam: str, rij: pd.Series) -> Herkomst:
    """Origin of an observation."""
    bron = register.bronnen[str(rij["bron"])]
    los = bool(pd.isna(rij["laag"]))
    return Herkomst(
        titel=bron.titel,
        uitgever=bron.uitgever,
        datum=bron.datum,
        url=bron.url,
        vindplaats=str(rij["vindplaats"]),
        kwaliteit=str(rij["kwaliteit"]),
        bestand=str(rij["bestand"]),
        regel=int(rij["regel"]),
        sleutel=f"historie-{naam}",
        laag=None if los else float(rij["laag"]),
        hoog=None if los else float(rij["hoog"]),
        verdeling="vast" if los else "driehoek",
    )


def rij_van_stand(register: Register, naam: str, dag: date, waarde: float) -> pd.Series:
    """Observation that gave a stock at the start: the nearest one with that value."""
    rijen = register.historie[
        (register.historie["reeks"] == naam) & (register.historie["moment"].str.len() == 10)
    ]
    rijen = rijen[(rijen["waarde"] - waarde).abs() < 0.5]
    afstand = rijen["moment"].map(lambda moment: abs(date.fromisoformat(moment) - dag))
    return rijen.iloc[int(afstand.argmin())]


def rij_van_stroom(register: Register, naam: str, halfjaar: Halfjaar) -> pd.Series | None:
    """Observation of a half-year, or of the year around it; None before the series begins."""
    rijen = register.historie[register.historie["reeks"] == naam]
    for moment in (str(halfjaar), str(halfjaar.jaar)):
        gevonden = rijen[rijen["moment"] == moment]
        if len(gevonden):
            return gevonden.iloc[0]
    return None


def rij_van_laatst_bekend(
    register: Register, naam: str, halfjaar: Halfjaar
) -> tuple[pd.Series, Halfjaar] | None:
    """Observation of a half-year, or of the last one before it that is known, and which one."""
    for terug in range(HALFJAREN_TERUG + 1):
        rij = rij_van_stroom(register, naam, halfjaar - terug)
        if rij is not None:
            return rij, halfjaar - terug
    return None


def uit_context(scenario: Scenario | None, naam: str) -> bool:
    """Whether the context of a scenario sets a parameter."""
    return scenario is not None and any(stap.parameter == naam for stap in scenario.context)
