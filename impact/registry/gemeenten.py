"""The 342 municipalities: figures, groups, hex map."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

from impact.registry.problemen import Probleem, bedoelde
from impact.registry.yaml_lezen import LeesFout, lees_tekst

CODE = re.compile(r"GM[0-9]{4}")
VOLLEDIG = (
    "gemeentecode",
    "gemeentenaam",
    "provinciecode",
    "provincie",
    "inwoners_2019",
    "inwoners_2021",
    "inwoners_2023",
    "inwoners_2024",
    "inwoners_2025",
    "stedelijkheid_2024",
    "corporatiewoningen_pct_2021",
    "netwerk_g4",
    "netwerk_g40",
    "netwerk_m50",
    "netwerk_r8",
    "spreidingswet_indicatief_nov2025",
    "opvang_regulier_nov2025",
    "opvang_nood_nov2025",
)
MET_LEGE_CELLEN = ("woningvoorraad_2021", "bijstand_personen_2021")
AANTAL = 342
KEUZES = {
    "stedelijkheid_2024": (1, 2, 3, 4, 5),
    "netwerk_g4": (0, 1),
    "netwerk_g40": (0, 1),
    "netwerk_m50": (0, 1),
    "netwerk_r8": (0, 1),
}
PEILJAREN = (2019, 2021, 2023, 2024, 2025)
KLASSEN = (
    (20_000, "tot 20.000"),
    (50_000, "20.000 tot 50.000"),
    (100_000, "50.000 tot 100.000"),
    (250_000, "100.000 tot 250.000"),
    (np.inf, "250.000 en meer"),
)
NETWERKEN = (
    ("netwerk_g4", "G4"),
    ("netwerk_g40", "G40"),
    ("netwerk_m50", "M50"),
    ("netwerk_r8", "R8"),
)


def lees_gemeenten(pad: Path, naam: str) -> tuple[pd.DataFrame, list[Probleem]]:
    """Read the municipal figures.

    Returns
    -------
    DataFrame with the codes as index (sorted) and the columns of the file, grootteklasse, netwerk;
    all problems
    """
    try:
        tabel = pd.read_csv(io.StringIO(lees_tekst(pad)), dtype={"gemeentecode": str})
    except LeesFout as fout:
        return pd.DataFrame(), [Probleem(naam, fout.regel, fout.tekst)]
    except (ValueError, pd.errors.ParserError):
        tekst = "is geen geldige CSV; kijk naar de komma's en de aanhalingstekens"
        return pd.DataFrame(), [Probleem(naam, 0, tekst)]
    ontbreekt = [k for k in (*VOLLEDIG, *MET_LEGE_CELLEN) if k not in tabel.columns]
    if ontbreekt:
        return pd.DataFrame(), [
            Probleem(naam, 1, f"kolom '{k}' ontbreekt", bedoelde(k, tabel.columns))
            for k in ontbreekt
        ]
    problemen = _fouten(tabel, naam)
    if problemen:
        return pd.DataFrame(), problemen
    tabel = tabel.set_index("gemeentecode").sort_index()
    tabel["grootteklasse"] = [_klasse(n) for n in tabel["inwoners_2025"]]
    leden = tabel[[kolom for kolom, _ in NETWERKEN]].itertuples(index=False, name=None)
    tabel["netwerk"] = [_netwerk(lid) for lid in leden]
    return tabel, []


def _fouten(tabel: pd.DataFrame, naam: str) -> list[Probleem]:
    """What is wrong with the table of municipalities; the first row stands on line 2."""
    problemen = []
    if len(tabel) != AANTAL:
        tekst = f"heeft {len(tabel)} gemeenten; het moeten er {AANTAL} zijn"
        problemen.append(Probleem(naam, 0, tekst))
    for kolom in VOLLEDIG[1:4]:
        for rij in np.flatnonzero(tabel[kolom].isna()):
            problemen.append(Probleem(naam, int(rij) + 2, f"'{kolom}' is leeg"))
    for kolom, mogelijk in KEUZES.items():
        for rij in np.flatnonzero(~tabel[kolom].isin(mogelijk)):
            tekst = f"'{kolom}: {tabel[kolom].iloc[rij]}' kan niet; kies uit: "
            tekst += ", ".join(map(str, mogelijk))
            problemen.append(Probleem(naam, int(rij) + 2, tekst))
    for nummer, code in enumerate(tabel["gemeentecode"].fillna(""), start=2):
        if not CODE.fullmatch(code):
            problemen.append(Probleem(naam, nummer, f"'{code}' is geen gemeentecode (GM0000)"))
    for rij in np.flatnonzero(tabel["gemeentecode"].duplicated()):
        code = tabel["gemeentecode"].iloc[rij]
        problemen.append(Probleem(naam, int(rij) + 2, f"'{code}' staat er twee keer"))
    for kolom in (*VOLLEDIG[4:], *MET_LEGE_CELLEN):
        getallen = pd.to_numeric(tabel[kolom], errors="coerce")
        leeg_mag = kolom in MET_LEGE_CELLEN
        fout = getallen.isna() & ~(tabel[kolom].isna() & leeg_mag)
        for rij in np.flatnonzero(fout | (getallen < 0) | np.isinf(getallen)):
            gevonden = tabel[kolom].iloc[rij]
            tekst = f"'{kolom}: {gevonden}' moet een getal van 0 of meer zijn"
            problemen.append(Probleem(naam, int(rij) + 2, tekst))
    return problemen


def _klasse(inwoners_: float) -> str:
    return next(klasse for grens, klasse in KLASSEN if inwoners_ < grens)


def _netwerk(leden: tuple[float, ...]) -> str:
    keuze = zip(leden, NETWERKEN, strict=True)
    return next((naam for lid, (_, naam) in keuze if lid == 1), "geen netwerk")


def lees_hexkaart(
    pad: Path, naam: str, gemeenten: pd.DataFrame
) -> tuple[pd.DataFrame, list[Probleem]]:
    """Read the hex map and check that it has exactly the municipalities of the table."""
    try:
        cellen = json.loads(lees_tekst(pad))["cellen"]
        kaart = pd.DataFrame(cellen).set_index("gemeentecode").sort_index()
        kaart = kaart[["gemeentenaam", "provinciecode", "kolom", "rij"]]
    except LeesFout as fout:
        return pd.DataFrame(), [Probleem(naam, fout.regel, fout.tekst)]
    except (ValueError, KeyError, TypeError, RecursionError):
        tekst = "moet JSON zijn met 'cellen': gemeentecode, gemeentenaam, kolom, rij"
        return pd.DataFrame(), [Probleem(naam, 0, tekst)]
    if not all(kaart[k].map(lambda w: type(w) is int).all() for k in ("kolom", "rij")):
        return pd.DataFrame(), [Probleem(naam, 0, "'kolom' en 'rij' moeten hele getallen zijn")]
    verschil = set(kaart.index) ^ set(gemeenten.index)
    problemen = [
        Probleem(
            naam,
            0,
            f"gemeente '{code}' staat alleen in "
            + ("de hexkaart" if code in kaart.index else "gemeenten.csv"),
        )
        for code in sorted(verschil)
    ]
    dubbel = sorted({str(code) for code in kaart.index[kaart.index.duplicated()]})
    problemen += [Probleem(naam, 0, f"gemeente '{code}' staat er twee keer") for code in dubbel]
    if kaart.duplicated(["kolom", "rij"]).any():
        problemen.append(Probleem(naam, 0, "twee gemeenten staan op dezelfde plek"))
    return kaart, problemen


def inwoners(gemeenten: pd.DataFrame, jaar: int) -> pd.Series:
    """Inhabitants on 1 January of a year per municipality.

    A year without a published figure is put on the straight line through the two nearest
    published years; whole persons.
    """
    if jaar in PEILJAREN:
        return gemeenten[f"inwoners_{jaar}"].astype(float)
    nabij = sorted(PEILJAREN, key=lambda peiljaar: abs(peiljaar - jaar))
    een, ander = sorted(nabij[:2])
    begin = gemeenten[f"inwoners_{een}"].astype(float)
    helling = (gemeenten[f"inwoners_{ander}"] - begin) / (ander - een)
    return (begin + helling * (jaar - een)).clip(lower=0.0).round()


def is_gepubliceerd(jaar: int) -> bool:
    """Whether inhabitants of a year were published and not derived."""
    return jaar in PEILJAREN
