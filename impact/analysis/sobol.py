"""Sobol indices of groups: the design and the estimates of SALib, as tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from SALib.analyze import sobol as ontleding
from SALib.sample import sobol as steekproef

from impact.analysis.onzekerheidsgroepen import ZEKERHEID, Groep
from impact.model.reeksen import Reeks

HERHALINGEN = 500
"""Bootstrap resamples for the intervals."""
BETROUWBAARHEID = 0.95
ALLEEN, MET_SAMENSPEL = "alleen", "met_samenspel"
DRIE = "drie_grootste"
SAMENSPEL = "samenspel"
KLEINSTE_VERSCHIL = 1e-6
"""Outcomes that differ less than this (persons, euros, hours) are equal but for rounding."""


class GeenMachtVanTwee(ValueError):
    """A number of draws with which a Sobol sequence is not balanced."""


def controleer_macht(aantal: int) -> None:
    """Refuse a number that is not a power of two.

    Raises
    ------
    GeenMachtVanTwee
        With the nearest powers.
    """
    if aantal < 8 or aantal & (aantal - 1):
        onder = max(8, 1 << (max(aantal, 1).bit_length() - 1))
        keuze = f"kies {onder}" if aantal < 8 else f"kies {onder} of {2 * onder}"
        raise GeenMachtVanTwee(f"{aantal} trekkingen is geen macht van 2 (vanaf 8); {keuze}")


def probleem(groepen: Sequence[Groep]) -> dict[str, Any]:
    """Describe the groups for SALib: one uniform column per member."""
    leden = [(lid, groep.naam) for groep in groepen for lid in groep.leden]
    return {
        "num_vars": len(leden),
        "names": [lid for lid, _ in leden],
        "bounds": [[0.0, 1.0]] * len(leden),
        "groups": [naam for _, naam in leden],
    }


def ontwerp(groepen: Sequence[Groep], aantal: int, zaad: int) -> NDArray[np.float64]:
    """Draw the Saltelli design.

    Returns
    -------
    array [trekking, matrix, lid]. Matrix 0 is A, the last is B, and number 1 + g is A with the
    columns of group g taken from B.
    """
    rijen = steekproef.sample(probleem(groepen), aantal, calc_second_order=False, seed=zaad)
    matrices: NDArray[np.float64] = rijen.reshape(aantal, len(groepen) + 2, -1)
    return matrices


def varieert(waarden: Reeks) -> bool:
    """Whether an outcome differs between draws at all."""
    return float(np.ptp(waarden)) > KLEINSTE_VERSCHIL


def indices(
    groepen: Sequence[Groep], waarden: Reeks, zaad: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate how much of the variance of an outcome each group carries.

    Parameters
    ----------
    waarden : array [trekking, matrix], the outcome of the rows of `ontwerp`

    Returns
    -------
    per_groep : groep, soort, maat, midden, laag, hoog. ``alleen`` is the first-order index (the
        part of the variance that goes when the group is known), ``met_samenspel`` the total index
        (with what the group does together with others). Estimates are kept between 0 and 1
    samen : maat, midden, laag, hoog of the three largest groups of their own together, and of
        the part that belongs to no group alone

    Notes
    -----
    Estimators of Saltelli et al. (2010) and Jansen (1999), with 95% bootstrap intervals.
    """
    schatting = ontleding.analyze(
        probleem(groepen),
        waarden.reshape(-1),
        calc_second_order=False,
        num_resamples=HERHALINGEN,
        conf_level=BETROUWBAARHEID,
        keep_resamples=True,
        seed=zaad,
    )
    delen = [
        pd.DataFrame(
            {
                "groep": [groep.naam for groep in groepen],
                "soort": [groep.soort for groep in groepen],
                "maat": maat,
                **_marge(schatting[index], schatting[f"{index}_conf"]),
            }
        )
        for maat, index in ((ALLEEN, "S1"), (MET_SAMENSPEL, "ST"))
    ]
    return pd.concat(delen, ignore_index=True), _samen(groepen, schatting)


def drie_grootste(per_groep: pd.DataFrame) -> list[str]:
    """Names of the three groups of their own with the largest index, the largest first."""
    eigen = per_groep[(per_groep["soort"] == "apart") & (per_groep["maat"] == ALLEEN)]
    gesorteerd = eigen.sort_values(["midden", "groep"], ascending=[False, True])
    return list(gesorteerd[gesorteerd["midden"] > 0]["groep"].head(3))


def _samen(groepen: Sequence[Groep], schatting: dict[str, Any]) -> pd.DataFrame:
    eerste, herhaald = schatting["S1"], schatting["S1_conf_all"]
    apart = [g for g, groep in enumerate(groepen) if groep.soort == "apart"]
    beste = sorted(apart, key=lambda g: (-eerste[g], groepen[g].naam))[:3]
    sommen = {DRIE: (eerste[beste].sum(), herhaald[:, beste].sum(axis=1))}
    sommen[SAMENSPEL] = (1.0 - eerste.sum(), herhaald.sum(axis=1))
    return pd.DataFrame(
        {"maat": maat, **_marge(som, ZEKERHEID * reeks.std(ddof=1))}
        for maat, (som, reeks) in sommen.items()
    )


def _marge(midden: Any, half: Any) -> dict[str, Any]:
    """Estimate with its interval, kept between 0 and 1."""
    return {
        "midden": np.clip(midden, 0.0, 1.0),
        "laag": np.clip(midden - half, 0.0, 1.0),
        "hoog": np.clip(midden + half, 0.0, 1.0),
    }
