"""Sobol indices of groups: the design and the estimates of SALib, as tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from SALib.analyze import sobol as ontleding
from SALib.sample import sobol as steekproef
from scipy import stats

from impact.analysis.onzekerheidsgroepen import KLEINSTE_AANDEEL, ZEKERHEID, Groep
from impact.model.reeksen import Reeks

HERHALINGEN = 500
"""Bootstrap resamples for the intervals."""
BETROUWBAARHEID = 0.95
MEESTE_DRAGERS = 3
ALLEEN, MET_SAMENSPEL = "alleen", "met_samenspel"
DRAGERS, REST, TOEVAL = "dragers", "rest", "toeval"
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
    groepen: Sequence[Groep], waarden: Reeks, zaad: int, steun: Reeks | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate how much of the variance of an outcome each group carries.

    Parameters
    ----------
    waarden : array [trekking, matrix], the outcome of the rows of `ontwerp`
    steun : array [trekking, groep], what an additive approximation that was fitted on other draws
        says about the part of each group in matrix B; makes the intervals smaller

    Returns
    -------
    per_groep : groep, soort, maat, midden, laag, hoog. ``alleen`` is the first-order index (the
        part of the variance that goes when the group is known), ``met_samenspel`` the total index
        (with what the group does together with others). Estimates are kept between 0 and 1
    samen : maat, midden, laag, hoog of groups together: the largest (see `dragers`), all rest
        groups, all noise, and the part that belongs to no group alone (``samenspel``)

    Notes
    -----
    Total index: Jansen (1999) by SALib. First-order index: Saltelli et al. (2010) with control
    variates, see `eerste_orde`. Intervals of 95% by bootstrap.
    """
    schatting = ontleding.analyze(
        probleem(groepen),
        waarden.reshape(-1),
        calc_second_order=False,
        num_resamples=HERHALINGEN,
        conf_level=BETROUWBAARHEID,
        seed=zaad + 1,  # SALib takes 0 for no seed
    )
    eerste, herhaald = eerste_orde(waarden, steun, zaad)
    maten = {
        ALLEEN: (eerste, ZEKERHEID * herhaald.std(axis=0, ddof=1)),
        MET_SAMENSPEL: (schatting["ST"], schatting["ST_conf"]),
    }
    wie = {"groep": [g.naam for g in groepen], "soort": [g.soort for g in groepen]}
    delen = [pd.DataFrame({**wie, "maat": maat, **_marge(*s)}) for maat, s in maten.items()]
    per_groep = pd.concat(delen, ignore_index=True)
    return per_groep, _samen(groepen, eerste, herhaald, dragers(per_groep))


def eerste_orde(waarden: Reeks, steun: Reeks | None, zaad: int) -> tuple[Reeks, Reeks]:
    """First-order indices, and their bootstrap resamples.

    The estimator of Saltelli et al. (2010) is the mean of B (AB - A) over the variance. What the
    other groups do to B is only noise in it: AB - A does not depend on their values in B. So the
    part of B that an approximation ascribes to the other groups is taken off first. The estimate
    stays unbiased, whatever the approximation is worth.

    Parameters
    ----------
    waarden : array [trekking, matrix]
    steun : array [trekking, groep]; None takes nothing off

    Returns
    -------
    array [groep], array [herhaling, groep]
    """
    a, b, wissel = waarden[:, 0], waarden[:, -1], waarden[:, 1:-1] - waarden[:, :1]
    eigen = np.zeros(wissel.shape) if steun is None else steun - steun.mean(axis=0)
    ander = eigen.sum(axis=1, keepdims=True) - eigen
    product = ((b - b.mean())[:, np.newaxis] - ander) * wissel
    keer = np.random.default_rng(zaad).integers(len(b), size=(HERHALINGEN, len(b)))
    variantie = np.concatenate([a[keer], b[keer]], axis=1).var(axis=1, keepdims=True)
    herhaald = np.stack([product[rijen].mean(axis=0) for rijen in keer])
    herhaald = np.divide(herhaald, variantie, out=np.zeros_like(herhaald), where=variantie > 0)
    return product.mean(axis=0) / np.concatenate([a, b]).var(), herhaald


def additief(kansen: NDArray[np.float64], uitkomst: Reeks) -> Reeks:
    """Fit an additive approximation: one coefficient per name on its normal score.

    Parameters
    ----------
    kansen : array [trekking, naam], ordinary draws
    uitkomst : array [trekking]

    Returns
    -------
    array [naam]
    """
    scores = np.column_stack([np.ones(len(uitkomst)), stats.norm.ppf(kansen)])
    passing: Reeks = np.linalg.lstsq(scores, uitkomst, rcond=None)[0][1:]
    return passing


def dragers(per_groep: pd.DataFrame) -> list[str]:
    """Names of the groups of their own that carry most, with interplay: at most three.

    Only groups of which it is sure that they carry more than next to nothing.

    Parameters
    ----------
    per_groep : as `indices` gives it, for one outcome
    """
    eigen = per_groep[(per_groep["soort"] == "apart") & (per_groep["maat"] == MET_SAMENSPEL)]
    zeker = eigen[eigen["laag"] >= KLEINSTE_AANDEEL]
    gesorteerd = zeker.sort_values(["midden", "groep"], ascending=[False, True])
    return list(gesorteerd["groep"].head(MEESTE_DRAGERS))


def _samen(
    groepen: Sequence[Groep], eerste: Reeks, herhaald: Reeks, grootste: Sequence[str]
) -> pd.DataFrame:
    delen = {DRAGERS: np.array([groep.naam in grootste for groep in groepen])}
    for soort in (REST, TOEVAL):
        delen[soort] = np.array([groep.soort == soort for groep in groepen])
    sommen = {maat: (eerste[wie].sum(), herhaald[:, wie]) for maat, wie in delen.items()}
    sommen[SAMENSPEL] = (1.0 - eerste.sum(), herhaald)
    return pd.DataFrame(
        {"maat": maat, **_marge(som, ZEKERHEID * reeks.sum(axis=1).std(ddof=1))}
        for maat, (som, reeks) in sommen.items()
    )


def _marge(midden: Any, half: Any) -> dict[str, Any]:
    """Estimate with its interval, kept between 0 and 1."""
    return {
        "midden": np.clip(midden, 0.0, 1.0),
        "laag": np.clip(midden - half, 0.0, 1.0),
        "hoog": np.clip(midden + half, 0.0, 1.0),
    }
