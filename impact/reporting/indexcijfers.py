"""What the map of the index page can show: classes per municipality, never a bare local figure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from impact.analysis.opslag import Instelling, ResultaatOntbreekt
from impact.model.grootheden import GROOTHEDEN
from impact.reporting.getallen import KLEIN_AANTAL, TELEENHEDEN, decimaal, rond, tiende_macht
from impact.reporting.jaarcijfers import per_jaar
from impact.reporting.kaart import grenzen_verschil, klassen, netjes
from impact.reporting.rapport import MARGE_NUL, Rapport, open_rapport

KLASSEN = 7
ZEKER, ONZEKER, KLEIN = "0123456", "abcdefg", "k"
"""Code of a municipality on the map: its class, with a sure or an unsure direction; or a count of
people too small to name."""
TIENDUIZEND = 10_000.0


@dataclass(frozen=True)
class Kaartgrootheid:
    """A quantity that the map can show.

    Attributes
    ----------
    grootheid, betaler : key in the results
    titel, eenheid : as the reader sees them
    per : inhabitants in the unit
    """

    grootheid: str
    titel: str
    eenheid: str
    per: float = TIENDUIZEND
    betaler: str = ""


KEUZES = (
    Kaartgrootheid(
        "netto_lasten_gemeente", "Netto lasten van de gemeente", "euro per inwoner", 1.0, "gemeente"
    ),
    Kaartgrootheid("achterstand", "Achterstand op de taakstelling", "per 10.000 inwoners"),
    Kaartgrootheid("gehuisvest", "Statushouders die een plek krijgen", "per 10.000 inwoners"),
    Kaartgrootheid("wachtlijst_inburgering", "Wachtlijst inburgering", "per 10.000 inwoners"),
    Kaartgrootheid("bijstand_personen", "Statushouders met bijstand", "per 10.000 inwoners"),
    Kaartgrootheid("fte_nodig", "Werk van de gemeente", "fte per 10.000 inwoners"),
)


@dataclass(frozen=True)
class Laag:
    """One quantity of one scenario on the map.

    Attributes
    ----------
    titel : what is shown, with unit and year
    uitleg : what is to be seen, in a few sentences
    klassen : the classes in words, from low to high
    codes : one character per municipality, in the order of the register
    verschil : True for a difference with the reference, False for a level
    """

    titel: str
    uitleg: str
    klassen: list[str]
    codes: str
    verschil: bool


def lagen_van(scenario: str, instelling: Instelling) -> list[Laag]:
    """All that the map can show of a scenario; nothing when it has no result for these settings."""
    try:
        rapport = open_rapport(scenario, instelling)
    except ResultaatOntbreekt:
        return []
    cijfers = _cijfers(rapport)
    lagen = [_laag(rapport, keuze, cijfers) for keuze in KEUZES]
    return [laag for laag in lagen if laag is not None]


def _cijfers(rapport: Rapport) -> pd.DataFrame:
    """Figures of the year that reports speak about, of the quantities of the map."""
    if rapport.is_referentie:
        tabel = rapport.resultaat.tabel("gemeente").assign(richting_onzeker=False)
    else:
        tabel = rapport.resultaat.verschil("gemeente")
    helften = [f"{rapport.peiljaar}-{helft}" for helft in ("I", "II")]
    gezocht = {keuze.grootheid for keuze in KEUZES}
    rijen = tabel[tabel["periode"].isin(helften) & tabel["grootheid"].isin(gezocht)]
    return per_jaar(rijen.drop(columns=["scenario", "eenheid"]))


def _laag(rapport: Rapport, keuze: Kaartgrootheid, cijfers: pd.DataFrame) -> Laag | None:
    """One layer, or None when there is nothing to colour."""
    eigen = (cijfers["grootheid"] == keuze.grootheid) & (cijfers["betaler"] == keuze.betaler)
    inwoners = rapport.register.gemeenten["inwoners_2025"]
    rijen = cijfers[eigen].set_index("gemeente").loc[list(inwoners.index)]
    aantal = rijen["midden"].mask(rijen["midden"].abs() < MARGE_NUL, 0.0)
    klein = (aantal.abs() < KLEIN_AANTAL) & (aantal != 0.0)
    klein &= GROOTHEDEN[keuze.grootheid].eenheid in TELEENHEDEN
    waarden = aantal * keuze.per / inwoners
    if not waarden[~klein].any():
        return None
    onzeker = rijen["richting_onzeker"].astype(bool) & (rijen["laag"] < 0) & (rijen["hoog"] > 0)
    verschil = not rapport.is_referentie
    grenzen = (grenzen_verschil if verschil else grenzen_niveau)(list(waarden[~klein]))
    plaats = np.searchsorted(grenzen, waarden.to_numpy(), side="right")
    codes = "".join(
        KLEIN if k else (ONZEKER if o else ZEKER)[p]
        for p, o, k in zip(plaats, onzeker, klein, strict=True)
    )
    titel = f"{keuze.titel}, {keuze.eenheid}, {rapport.peiljaar}"
    wat = f"Verschil: {titel[:1].lower()}{titel[1:]}" if verschil else titel
    namen = klassen(grenzen) if verschil else klassen_niveau(grenzen)
    return Laag(wat, uitleg(codes, aantal, verschil), namen, codes, verschil)


def grenzen_niveau(waarden: list[float]) -> list[float]:
    """Six class borders for levels: equal steps, round numbers, over most of the values."""
    laag, hoog = np.quantile(waarden, [0.05, 0.95])
    stap = netjes(max(float(hoog - laag), abs(float(hoog)) / 10, MARGE_NUL) / (KLASSEN - 2))
    begin = float(np.floor(laag / stap) + 1) * stap
    return [begin + nummer * stap for nummer in range(KLASSEN - 1)]


def klassen_niveau(grenzen: list[float]) -> list[str]:
    """Names of the classes between equal steps."""
    exponent = tiende_macht(grenzen[1] - grenzen[0])
    tekst = [decimaal(rond(g, exponent), max(0, -exponent)) for g in grenzen]
    tussen = [f"{een} tot {ander}" for een, ander in pairwise(tekst)]
    return [f"lager dan {tekst[0]}", *tussen, f"{tekst[-1]} of hoger"]


def uitleg(codes: str, aantal: pd.Series, verschil: bool) -> str:
    """Say in words what the map shows."""
    klein = codes.count(KLEIN)
    zinnen = []
    if verschil:
        meer, minder = int((aantal > 0).sum()), int((aantal < 0).sum())
        gelijk = len(codes) - meer - minder
        zinnen.append(f"In {gemeenten(meer)} is het meer, in {minder} minder, in {gelijk} gelijk.")
        twijfel = sum(codes.count(teken) for teken in ONZEKER)
        if twijfel:
            hebben = "heeft" if twijfel == 1 else "hebben"
            zinnen.append(f"In {gemeenten(twijfel)} is de richting onzeker; die {hebben} een stip.")
    if klein:
        zinnen.append(f"In {gemeenten(klein)} gaat het om minder dan {KLEIN_AANTAL} personen.")
    return " ".join(zinnen)


def gemeenten(aantal: int) -> str:
    """Number of municipalities in words."""
    return f"{aantal} {'gemeente' if aantal == 1 else 'gemeenten'}"
