"""Backtest: start in an earlier half-year with what was known then, and look at what happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from impact.analysis.samenstellen import kalibreer_op_historie, maak_invoer, trekkingen_voor
from impact.analysis.samenvatten import banden, gemiddelde
from impact.analysis.trekkingen import ZAAD, maak_ruis
from impact.model.keten import keten
from impact.model.reeksen import Reeks
from impact.registry.historie import Waarneming, stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks

LAATSTE = Halfjaar(2024, 1)
TREKKINGEN = 500


def voorspelling(
    register: Register, oorsprong: Halfjaar, tot: Halfjaar, trekkingen: int, zaad: int
) -> dict[str, Reeks]:
    """National outflow and backlog as foreseen at the origin, array [trekking, periode].

    Assumptions and history dated after the origin are not used, neither for the start nor for
    the calibration. Not everything could be known: the division of corporation dwellings over
    municipalities is that of 2021, and assumptions that were never measured before are used as
    they are now.
    """
    perioden = reeks(oorsprong, tot)
    invoer = maak_invoer(
        register,
        None,
        perioden,
        trekkingen_voor(register, trekkingen, zaad),
        maak_ruis(trekkingen, len(register.gemeenten), len(perioden), zaad),
        kalibreer_op_historie(register, oorsprong),
        bekend_tot=oorsprong,
    )
    uitkomst = keten(invoer)
    return {naam: uitkomst[naam].sum(axis=1) for naam in ("gehuisvest", "achterstand")}


def werkelijkheid(register: Register, naam: str, periode: Halfjaar) -> Waarneming:
    """What happened: persons housed, or the backlog at the end (a lead is negative)."""
    if naam == "gehuisvest":
        return stroom(register.historie, "gehuisvest", periode)
    saldo = stroom(register.historie, "taakstelling_saldo", periode)
    return saldo.omgekeerd()


def terugtoetstabel(
    register: Register,
    oorsprong: str = "2019-I",
    trekkingen: int = TREKKINGEN,
    zaad: int = ZAAD,
) -> pd.DataFrame:
    """Modelled outflow and backlog beside history.

    Parameters
    ----------
    oorsprong : first half-year that is predicted

    Returns
    -------
    DataFrame with columns reeks, periode, werkelijk, midden, laag, hoog, kwaliteit (of the
    observation); personen
    """
    begin = Halfjaar.lees(oorsprong)
    rijen = []
    for naam, getrokken in voorspelling(register, begin, LAATSTE, trekkingen, zaad).items():
        midden = gemiddelde(getrokken)
        laag, hoog = banden(getrokken[:, np.newaxis, :])
        for t, periode in enumerate(reeks(begin, LAATSTE)):
            echt = werkelijkheid(register, naam, periode)
            rijen.append(
                {
                    "reeks": naam,
                    "periode": str(periode),
                    "werkelijk": echt.waarde,
                    "midden": midden[t],
                    "laag": laag[0, t],
                    "hoog": hoog[0, t],
                    "kwaliteit": echt.kwaliteit,
                }
            )
    return pd.DataFrame(rijen)
