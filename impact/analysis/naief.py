"""What happened, and the simple forecasts that the model must beat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from impact.analysis.bekend import AANGEKONDIGD
from impact.registry.historie import stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar

REEKSEN: dict[str, str] = {
    "gehuisvest": "personen",
    "achterstand": "personen",
    "statushouders_in_coa": "personen",
    "gemeenten_taakstelling_gehaald": "gemeenten",
}
"""Series of the backtest with their unit; the names are those of the catalogue."""
HISTORIE = {"achterstand": "taakstelling_saldo"}
"""Name in history where that is another one."""
NAIEVE = ("volharding", "taakstelling", "trend")
TRENDJAREN = 3
DICHTBIJ = timedelta(days=62)
"""A stock counted further from the end of a half-year says too little about that day."""
DAGEN_PER_JAAR = 365.25


@dataclass(frozen=True)
class Punt:
    """One observation of a series of the backtest.

    Attributes
    ----------
    dag : day of the count, or last day of the half-year
    """

    dag: date
    waarde: float
    kwaliteit: str


def punten(register: Register, naam: str) -> list[Punt]:
    """All observations of a series, oldest first, in the unit of the backtest.

    A share of the municipalities is written as a number of the municipalities of today; a negative
    balance as a backlog.
    """
    factor = {"achterstand": -1.0, "gemeenten_taakstelling_gehaald": float(len(register.gemeenten))}
    historie = register.historie
    rijen = historie[historie["reeks"] == HISTORIE.get(naam, naam)]
    gevonden = [
        Punt(_dag(moment), factor.get(naam, 1.0) * float(waarde), str(kwaliteit))
        for moment, waarde, kwaliteit in zip(
            rijen["moment"], rijen["waarde"], rijen["kwaliteit"], strict=True
        )
    ]
    return sorted(gevonden, key=lambda punt: punt.dag)


def _dag(moment: str) -> date:
    if len(moment) == len("2019-01-01"):
        return date.fromisoformat(moment)
    return Halfjaar.lees(moment).laatste_dag


def werkelijkheid(register: Register, naam: str, periode: Halfjaar) -> Punt | None:
    """Observation nearest to the end of a half-year, if one lies close enough."""
    einde = periode.laatste_dag
    gevonden = [p for p in punten(register, naam) if abs(p.dag - einde) <= DICHTBIJ]
    return min(gevonden, key=lambda punt: abs(punt.dag - einde), default=None)


def naieve_voorspellingen(bekend: Register, naam: str, periode: Halfjaar) -> dict[str, float]:
    """Simple forecasts of a series for a half-year from what is known.

    Parameters
    ----------
    bekend : register as known at the origin
    """
    return {
        "volharding": punten(bekend, naam)[-1].waarde,
        "taakstelling": taakstelling_als_voorspelling(bekend, naam),
        "trend": trend(bekend, naam, periode),
    }


def taakstelling_als_voorspelling(bekend: Register, naam: str) -> float:
    """The official target read as a forecast: every municipality does what it must.

    Outflow is the target last announced; no backlog is left; the people who wait for the backlog
    have left COA; all municipalities meet their target.
    """
    if naam == "gehuisvest":
        rijen = bekend.historie[bekend.historie["reeks"] == AANGEKONDIGD]
        laatste = max(Halfjaar.lees(moment) for moment in rijen["moment"])
        return stroom(bekend.historie, AANGEKONDIGD, laatste).waarde
    if naam == "achterstand":
        return 0.0
    if naam == "statushouders_in_coa":
        wachtend = punten(bekend, naam)[-1].waarde
        return max(0.0, wachtend - punten(bekend, "achterstand")[-1].waarde)
    return float(len(bekend.gemeenten))


def trend(bekend: Register, naam: str, periode: Halfjaar) -> float:
    """Straight line through the last three years, or through the last two observations.

    NaN when there is only one observation. Numbers that cannot be negative stop at zero, and a
    number of municipalities at all of them.
    """
    alle = punten(bekend, naam)
    grens = alle[-1].dag - timedelta(days=round(TRENDJAREN * DAGEN_PER_JAAR))
    recent = [punt for punt in alle if punt.dag > grens]
    gebruikt = recent if len(recent) > 1 else alle[-2:]
    if len(gebruikt) < 2:
        return float("nan")
    jaren = [(punt.dag - periode.laatste_dag).days / DAGEN_PER_JAAR for punt in gebruikt]
    doorgetrokken = float(np.polyfit(jaren, [punt.waarde for punt in gebruikt], 1)[1])
    if naam == "achterstand":
        return doorgetrokken
    hoogste = len(bekend.gemeenten) if naam == "gemeenten_taakstelling_gehaald" else np.inf
    return float(np.clip(doorgetrokken, 0.0, hoogste))
