"""Backtest: start in an earlier half-year with what was known then, and look at what happened."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict
from functools import partial

import numpy as np
import pandas as pd

from impact.analysis.bekend import zoals_bekend
from impact.analysis.naief import NAIEVE, REEKSEN, naieve_voorspellingen, werkelijkheid
from impact.analysis.opslag import Analyse, bewaar_analyse, zoek_analyse
from impact.analysis.samenstellen import kalibreer_op_historie, maak_invoer, trekkingen_voor
from impact.analysis.samenvatten import banden, gemiddelde
from impact.analysis.trekkingen import ZAAD, maak_ruis
from impact.model.keten import keten
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks

SOORT = "terugtoets"
OORSPRONGEN = tuple(str(p) for p in reeks(Halfjaar(2019, 1), Halfjaar(2023, 1)))
HORIZON = 4
"""Half-years."""
TREKKINGEN = 500
DOEL_DEKKING = (0.80, 0.97)
DOEL_HORIZONNEN = (2, 3, 4)


class GeenOorsprong(ValueError):
    """A half-year from which the backtest cannot start."""


def controleer_oorsprongen(oorsprongen: Sequence[str]) -> list[Halfjaar]:
    """Read the origins, sorted and each once.

    Raises
    ------
    GeenOorsprong
        The state at the start is not known there, or history does not reach four half-years on.
    """
    fout = [oorsprong for oorsprong in oorsprongen if oorsprong not in OORSPRONGEN]
    if fout or not oorsprongen:
        raise GeenOorsprong(
            f"geen terugtoets vanaf {', '.join(fout) or 'niets'}; kies een of meer halfjaren van "
            f"{OORSPRONGEN[0]} tot en met {OORSPRONGEN[-1]}"
        )
    return sorted({Halfjaar.lees(oorsprong) for oorsprong in oorsprongen})


def voorspelling(
    bekend: Register, oorsprong: Halfjaar, trekkingen: int = TREKKINGEN, zaad: int = ZAAD
) -> dict[str, Reeks]:
    """National forecast of every series, array [trekking, periode]; row 0 is the middle draw.

    Parameters
    ----------
    bekend : register as known at the origin; the same model and the same calibration as for a
        scenario, without any measure
    """
    perioden = reeks(oorsprong, oorsprong + (HORIZON - 1))
    invoer = maak_invoer(
        bekend,
        None,
        perioden,
        trekkingen_voor(bekend, trekkingen, zaad),
        maak_ruis(trekkingen, len(bekend.gemeenten), len(perioden), zaad),
        kalibreer_op_historie(bekend, oorsprong),
    )
    uitkomst = keten(invoer)
    return {naam: uitkomst[naam].sum(axis=1) for naam in REEKSEN}


def voorspellingen_vanaf(
    register: Register, trekkingen: int, zaad: int, oorsprong: Halfjaar
) -> pd.DataFrame:
    """Forecasts from one origin beside the naive ones and what happened."""
    bekend = zoals_bekend(register, oorsprong)
    perioden = reeks(oorsprong, oorsprong + (HORIZON - 1))
    rijen = []
    for naam, getrokken in voorspelling(bekend, oorsprong, trekkingen, zaad).items():
        midden = gemiddelde(getrokken)
        laag, hoog = (kant[0] for kant in banden(getrokken[:, np.newaxis, :]))
        for t, periode in enumerate(perioden):
            punt = werkelijkheid(register, naam, periode)
            rijen.append(
                {
                    "oorsprong": str(oorsprong),
                    "reeks": naam,
                    "periode": str(periode),
                    "halfjaren_vooruit": t + 1,
                    "eenheid": REEKSEN[naam],
                    "midden": midden[t],
                    "laag": laag[t],
                    "hoog": hoog[t],
                    **naieve_voorspellingen(bekend, naam, periode),
                    "werkelijk": np.nan if punt is None else punt.waarde,
                    "gemeten_op": "" if punt is None else punt.dag.isoformat(),
                    "kwaliteit": "" if punt is None else punt.kwaliteit,
                }
            )
    return pd.DataFrame(rijen)


def maatstaven(voorspellingen: pd.DataFrame) -> pd.DataFrame:
    """Score per series and horizon, over all origins with an observation.

    Returns
    -------
    DataFrame with columns reeks, halfjaren_vooruit, eenheid, aantal, model, volharding,
    taakstelling, trend (mean absolute errors; NaN where the method misses a point), beste_naieve,
    naam_beste, scheefheid (mean of model minus observation), dekking (share of observations inside
    the 90% band), fout_gehaald (model below the best naive), dekking_gehaald
    """
    geteld = voorspellingen[voorspellingen["werkelijk"].notna()]
    volgorde = pd.Categorical(geteld["reeks"], list(REEKSEN), ordered=True)
    op_volgorde = geteld.assign(reeks=volgorde).sort_values(["reeks", "halfjaren_vooruit"])
    op_volgorde["reeks"] = op_volgorde["reeks"].astype(str)
    groepen = op_volgorde.groupby(["reeks", "halfjaren_vooruit", "eenheid"], sort=False)
    rijen = [
        dict(zip(("reeks", "halfjaren_vooruit", "eenheid"), sleutel, strict=True)) | _score(deel)
        for sleutel, deel in groepen
    ]
    return pd.DataFrame(rijen)


def _score(deel: pd.DataFrame) -> dict[str, object]:
    echt = deel["werkelijk"]
    naief = {naam: float((deel[naam] - echt).abs().mean(skipna=False)) for naam in NAIEVE}
    beste = min((n for n in NAIEVE if np.isfinite(naief[n])), key=lambda n: naief[n])
    model = float((deel["midden"] - echt).abs().mean())
    dekking = float(((echt >= deel["laag"]) & (echt <= deel["hoog"])).mean())
    return {
        "aantal": len(deel),
        "model": model,
        **naief,
        "beste_naieve": naief[beste],
        "naam_beste": beste,
        "scheefheid": float((deel["midden"] - echt).mean()),
        "dekking": dekking,
        "fout_gehaald": model < naief[beste],
        "dekking_gehaald": DOEL_DEKKING[0] <= dekking <= DOEL_DEKKING[1],
    }


def dekking_per_reeks(voorspellingen: pd.DataFrame) -> pd.DataFrame:
    """Coverage of the 90% band per series over the horizons of the goal together.

    Returns
    -------
    DataFrame with columns reeks, aantal, dekking, dekking_gehaald
    """
    telt = voorspellingen["werkelijk"].notna()
    telt &= voorspellingen["halfjaren_vooruit"].isin(DOEL_HORIZONNEN)
    geteld = voorspellingen[telt]
    binnen = geteld["werkelijk"].between(geteld["laag"], geteld["hoog"])
    tabel = binnen.groupby(geteld["reeks"], sort=False).agg(aantal="size", dekking="mean")
    tabel["dekking_gehaald"] = tabel["dekking"].between(*DOEL_DEKKING)
    return tabel.reset_index()


def kalibraties(register: Register, oorsprongen: Sequence[Halfjaar]) -> pd.DataFrame:
    """Calibrated values per origin."""
    rijen = [
        {
            "oorsprong": str(oorsprong),
            **asdict(kalibreer_op_historie(zoals_bekend(register, oorsprong), oorsprong)),
        }
        for oorsprong in oorsprongen
    ]
    return pd.DataFrame(rijen)


def bereken_terugtoets(
    register: Register,
    oorsprongen: Sequence[str] = OORSPRONGEN,
    trekkingen: int = TREKKINGEN,
    zaad: int = ZAAD,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Look up the backtest, or make and store it.

    Parameters
    ----------
    oorsprongen : half-years to start from
    uitvoerder : runs the origins side by side; one after the other by default, as each takes about
        a second

    Returns
    -------
    Analyse with the tables voorspellingen, maatstaven, dekking and kalibratie

    Raises
    ------
    GeenOorsprong
        See `controleer_oorsprongen`.
    """
    begin = controleer_oorsprongen(oorsprongen)
    vraag = {"oorsprongen": [str(o) for o in begin], "trekkingen": trekkingen, "zaad": zaad}
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    doe = partial(voorspellingen_vanaf, register, trekkingen, zaad)
    delen = (uitvoerder.map if uitvoerder else map)(doe, begin)
    alle = pd.concat(delen, ignore_index=True)
    tabellen = {
        "voorspellingen": alle,
        "maatstaven": maatstaven(alle),
        "dekking": dekking_per_reeks(alle),
        "kalibratie": kalibraties(register, begin),
    }
    return bewaar_analyse(register, SOORT, vraag, tabellen)
