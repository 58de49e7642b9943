"""Series of the past: for the state at the start, for calibration and for backtests."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from impact.registry.eenheden import EENHEDEN
from impact.registry.periode import Halfjaar
from impact.registry.problemen import Probleem, RegisterFout, bedoelde, kort
from impact.registry.yaml_lezen import LeesFout, lees_tekst

KOLOMMEN = [
    "reeks",
    "moment",
    "waarde",
    "laag",
    "hoog",
    "eenheid",
    "bron",
    "vindplaats",
    "kwaliteit",
    "toelichting",
]
GETAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
MOMENT = re.compile(r"[0-9]{4}(-(I|II)|-[0-9]{2}-[0-9]{2})?")
MAG_NEGATIEF = ("taakstelling_saldo",)
ALLES = "*"
KWALITEITEN = ("groen", "oranje", "rood")
OUDSTE_STAND = timedelta(days=366)
JONGSTE_STAND = timedelta(days=31)
MAP = "parameters/historie"


@dataclass(frozen=True)
class Waarneming:
    """One observation with its range."""

    waarde: float
    laag: float | None = None
    hoog: float | None = None
    kwaliteit: str = "groen"

    def gedeeld(self, door: float) -> Waarneming:
        """Part of the observation, such as half a year of a year."""
        laag = None if self.laag is None else self.laag / door
        hoog = None if self.hoog is None else self.hoog / door
        return replace(self, waarde=self.waarde / door, laag=laag, hoog=hoog)

    def omgekeerd(self) -> Waarneming:
        """Observation with the opposite sign."""
        laag = None if self.hoog is None else -self.hoog
        hoog = None if self.laag is None else -self.laag
        return replace(self, waarde=-self.waarde, laag=laag, hoog=hoog)


def lees_historie(
    map_: Path, naam: str, bronnen: Collection[str]
) -> tuple[pd.DataFrame, list[Probleem]]:
    """Read all series of a folder.

    Returns
    -------
    DataFrame with the columns of the files, and ``bestand`` and ``regel``; all problems
    """
    rijen: list[dict[str, object]] = []
    problemen: list[Probleem] = []
    gezien: dict[tuple[str, str], str] = {}
    eenheden: dict[str, str] = {}
    for pad in sorted(map_.glob("*.csv")):
        bestand = f"{naam}/{pad.name}"
        for regel, rij, fouten in _rijen(pad, bestand, bronnen):
            problemen += fouten
            if fouten:
                continue
            sleutel = (rij["reeks"], rij["moment"])
            if sleutel in gezien:
                tekst = f"'{sleutel[0]}' op {sleutel[1]} staat ook in {gezien[sleutel]}"
                problemen.append(Probleem(bestand, regel, tekst))
            gezien[sleutel] = f"{bestand}, regel {regel}"
            eenheid = eenheden.setdefault(rij["reeks"], rij["eenheid"])
            if rij["eenheid"] != eenheid:
                tekst = f"reeks '{rij['reeks']}' staat in '{rij['eenheid']}' en in '{eenheid}'"
                problemen.append(Probleem(bestand, regel, tekst, "kies een eenheid per reeks"))
            rijen.append({**rij, "bestand": bestand, "regel": regel})
    tabel = pd.DataFrame(rijen, columns=[*KOLOMMEN, "bestand", "regel"])
    for kolom in ("waarde", "laag", "hoog"):
        tabel[kolom] = pd.to_numeric(tabel[kolom].replace("", None))
    return tabel, problemen


def _rijen(
    pad: Path, bestand: str, bronnen: Collection[str]
) -> list[tuple[int, dict[str, str], list[Probleem]]]:
    """Rows of one file with their line and problems."""
    try:
        lezer = csv.DictReader(io.StringIO(lees_tekst(pad), newline=""), restkey="te_veel")
        return _gelezen(lezer, bestand, bronnen)
    except csv.Error:
        tekst = "is geen geldige CSV; kijk naar de aanhalingstekens"
        return [(0, {}, [Probleem(bestand, lezer.line_num + 1, tekst)])]
    except LeesFout as fout:
        return [(0, {}, [Probleem(bestand, fout.regel, fout.tekst)])]


def _gelezen(
    lezer: csv.DictReader[str], bestand: str, bronnen: Collection[str]
) -> list[tuple[int, dict[str, str], list[Probleem]]]:
    """Rows of an open file with their line and problems."""
    if lezer.fieldnames != KOLOMMEN:
        tekst = f"de kolommen moeten zijn: {', '.join(KOLOMMEN)}"
        return [(1, {}, [Probleem(bestand, 1, tekst)])]
    resultaat = []
    for rij in lezer:
        regel = lezer.line_num
        fouten = [Probleem(bestand, regel, *fout) for fout in _fouten(rij, bronnen)]
        resultaat.append((regel, rij, fouten))
    return resultaat


def _fouten(rij: Mapping[str, str | None], bronnen: Collection[str]) -> list[tuple[str, str]]:
    """What is wrong with one row."""
    if "te_veel" in rij or None in rij.values():
        return [
            ("het aantal kolommen klopt niet", "zet tekst met een komma tussen aanhalingstekens")
        ]
    fouten: list[tuple[str, str]] = []
    for kolom in ("waarde", "laag", "hoog"):
        tekst = rij[kolom] or ""
        leeg_mag = kolom != "waarde"
        if not (GETAL.fullmatch(tekst) or (leeg_mag and not tekst)):
            fouten.append(
                (f"'{kolom}: {kort(tekst)}' is geen getal", "gebruik een punt, geen komma")
            )
    if not MOMENT.fullmatch(rij["moment"] or "") or not _bestaat(rij["moment"] or ""):
        tekst = f"'moment: {rij['moment']}' kan niet; gebruik 2019-I, 2019 of 2019-01-31"
        fouten.append((tekst, ""))
    for kolom, lijst in (("eenheid", EENHEDEN), ("kwaliteit", KWALITEITEN), ("bron", bronnen)):
        if rij[kolom] not in lijst and ALLES not in lijst:
            onbekend = str(rij[kolom])
            fouten.append((f"onbekende {kolom} '{kort(onbekend)}'", bedoelde(onbekend, lijst)))
    if not rij["reeks"] or not rij["vindplaats"]:
        fouten.append(("reeks en vindplaats mogen niet leeg zijn", ""))
    if rij["kwaliteit"] == "rood" and not rij["toelichting"]:
        fouten.append(("kwaliteit rood vraagt om een toelichting", ""))
    return fouten or _marge(rij)


def _bestaat(moment: str) -> bool:
    """Whether a moment is a day that exists; years and half-years always do."""
    try:
        return len(moment) < 10 or bool(date.fromisoformat(moment))
    except ValueError:
        return False


def _marge(rij: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Range of one row: both or none, around the value."""
    if bool(rij["laag"]) != bool(rij["hoog"]):
        return [("geef laag en hoog allebei, of geen van beide", "")]
    negatief = [k for k in ("waarde", "laag", "hoog") if (rij[k] or "").startswith("-")]
    if negatief and rij["reeks"] not in MAG_NEGATIEF:
        kolom = negatief[0]
        return [(f"'{kolom}: {rij[kolom]}' kan niet negatief zijn", "")]
    if str(rij["eenheid"]).startswith("aandeel") and float(rij["hoog"] or rij["waarde"] or 0) > 1:
        return [("een aandeel ligt tussen 0 en 1", "")]
    laag, midden, hoog = (float(rij[k] or rij["waarde"] or 0) for k in ("laag", "waarde", "hoog"))
    if not laag <= midden <= hoog:
        return [(f"laag ({laag:g}) <= waarde ({midden:g}) <= hoog ({hoog:g}) klopt niet", "")]
    return []


def _als_waarneming(rij: pd.Series) -> Waarneming:
    laag = None if pd.isna(rij["laag"]) else float(rij["laag"])
    hoog = None if pd.isna(rij["hoog"]) else float(rij["hoog"])
    return Waarneming(float(rij["waarde"]), laag, hoog, str(rij["kwaliteit"]))


def stand(historie: pd.DataFrame, reeks: str, dag: date) -> Waarneming:
    """Stock on a day: the nearest observation from a year before to a month after it.

    Raises
    ------
    RegisterFout
        There is no such series, or it has no observation near that day.
    """
    momenten = historie["moment"].to_numpy()
    dagen = {
        int(nummer): date.fromisoformat(momenten[nummer])
        for nummer in np.flatnonzero(historie["reeks"].to_numpy() == reeks)
        if len(momenten[nummer]) == len("jjjj-mm-dd")
    }
    bruikbaar = [
        (abs(gevonden - dag), nummer)
        for nummer, gevonden in dagen.items()
        if dag - OUDSTE_STAND <= gevonden <= dag + JONGSTE_STAND
    ]
    if not bruikbaar:
        raise _ontbreekt(historie, reeks, f"heeft geen stand rond {dag:%Y-%m-%d}")
    return _als_waarneming(historie.iloc[min(bruikbaar)[1]])


def stroom(
    historie: pd.DataFrame, reeks: str, halfjaar: Halfjaar, ontbreekt: float | None = None
) -> Waarneming:
    """Flow in a half-year: its own observation, or half of that of the year.

    Parameters
    ----------
    ontbreekt : value to use where the series has no observation; without it that is an error

    Raises
    ------
    RegisterFout
        There is no such series, or it has no observation and no value was given for that.
    """
    eigen, momenten = historie["reeks"].to_numpy() == reeks, historie["moment"].to_numpy()
    for moment, delen in ((str(halfjaar), 1.0), (str(halfjaar.jaar), 2.0)):
        gevonden = np.flatnonzero(eigen & (momenten == moment))
        if len(gevonden):
            return _als_waarneming(historie.iloc[gevonden[0]]).gedeeld(delen)
    if ontbreekt is None or not eigen.any():
        raise _ontbreekt(historie, reeks, f"heeft geen waarde voor {halfjaar}")
    return Waarneming(ontbreekt)


def begint_later(historie: pd.DataFrame, reeks: str, halfjaar: Halfjaar) -> bool:
    """Whether the first observation of a series comes after a half-year."""
    momenten = historie.loc[historie["reeks"].to_numpy() == reeks, "moment"]
    return bool((momenten > str(halfjaar)).all())  # the text of a year sorts before its half-years


def _ontbreekt(historie: pd.DataFrame, reeks: str, wat: str) -> RegisterFout:
    """Error for an observation that is not there; with the nearest name for an unknown series."""
    namen = set(historie["reeks"])
    if reeks in namen:
        return RegisterFout([Probleem(MAP, 0, f"reeks '{reeks}' {wat}")])
    return RegisterFout([Probleem(MAP, 0, f"onbekende reeks '{reeks}'", bedoelde(reeks, namen))])
