"""Which uncertain values are looked at alone, and which together.

A Sobol index needs groups that are independent of each other. So values with a declared
correlation always stay in one group, and every uncertain name lies in exactly one group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from impact.analysis.trekkingen import Ruis, Samenhang
from impact.analysis.waarden import ingrepen, naam_aanname, samenhang, waarden_in_scenario
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Getal

Soort = Literal["apart", "rest", "toeval", "vast"]
RUISSOORTEN = tuple(veld.name for veld in fields(Ruis))
BEGINSTAND = "beginstand"
VOORAAN = 3
"""How many bundles of every outcome get a group of their own."""
KLEINSTE_AANDEEL = 0.02
"""Below this share the screening cannot tell a small influence from none."""
ZEKERHEID = 1.96
SPREIDING_RANG = 1.06
"""Variance of a rank correlation relative to that of an ordinary one (Fieller, 1957)."""


@dataclass(frozen=True)
class Groep:
    """Uncertain values that are switched together.

    Attributes
    ----------
    naam : the first member of a group of its own; else "soort:onderwerp"
    soort : ``apart`` (one value, or values that are correlated), ``rest`` (all other values of a
        subject), ``toeval`` (one kind of noise), ``vast`` (values that do not vary here)
    leden : names of the values
    """

    naam: str
    soort: Soort
    leden: tuple[str, ...]


def bundels(namen: Iterable[str], banden: Mapping[str, Samenhang]) -> dict[str, tuple[str, ...]]:
    """Values that are correlated, directly or through others.

    Returns
    -------
    dict of first member -> all members. The first member is the one that the others follow; a
    value without correlation is a bundle of its own.
    """

    def eerste(naam: str) -> str:
        return eerste(banden[naam].met) if naam in banden else naam

    gevonden: dict[str, list[str]] = {}
    for naam in sorted(namen):
        gevonden.setdefault(eerste(naam), []).append(naam)
    return {
        hoofd: (hoofd, *(lid for lid in leden if lid != hoofd))
        for hoofd, leden in sorted(gevonden.items())
    }


def tekens(leden: Iterable[str], banden: Mapping[str, Samenhang]) -> dict[str, int]:
    """Whether each member of a bundle moves with (1) or against (-1) its first member."""

    def teken(naam: str) -> int:
        if naam not in banden:
            return 1
        eigen = -1 if banden[naam].correlatie < 0 else 1
        return eigen * teken(banden[naam].met)

    return {naam: teken(naam) for naam in leden}


def heeft_marge(getal: Getal) -> bool:
    """Whether a value was given a range."""
    return getal.laag is not None and getal.laag != getal.hoog


def beweeglijk(register: Register, scenario: str, namen: Iterable[str]) -> set[str]:
    """Names that vary in a scenario.

    A value without a range does not vary, nor does the effect of a measure that takes no part.
    The state at the start always counts as varying.
    """
    actief = {i.naam for i in ingrepen(register, scenario) if heeft_marge(i.verandering.waarde)}
    for parameter in register.parameters:
        waarden = waarden_in_scenario(parameter, register, register.scenarios[scenario])
        eigen = [g for w in waarden for g in (w, *(w.gemeenten or {}).values())]
        if any(heeft_marge(getal) for getal in eigen):
            actief.add(naam_aanname(parameter))
    return {naam for naam in namen if naam in actief or naam.startswith("historie:")}


def onderwerp(register: Register, naam: str) -> str:
    """Subject of an uncertain value: the file of an assumption, the law of a measure."""
    soort, _, rest = naam.partition(":")
    if soort == "historie":
        return BEGINSTAND
    if soort == "maatregel":
        return f"wet:{register.maatregelen[rest.partition(':')[0]].wet}"
    bestand = register.vindplaatsen["parameter", rest].bestand
    return bestand.rsplit("/", 1)[-1].removesuffix(".yaml")


def maak_groepen(
    register: Register, scenario: str, namen: Iterable[str], vooraan: Collection[str]
) -> list[Groep]:
    """Divide all uncertain names over groups.

    Parameters
    ----------
    namen : columns of the draw matrix
    vooraan : first members of the bundles that get a group of their own

    Returns
    -------
    The groups of their own, the rest by subject, the kinds of noise, and last what does not vary.
    """
    alle = bundels(namen, samenhang(register))
    beweegt = beweeglijk(register, scenario, (n for leden in alle.values() for n in leden))
    apart, rest, vast = [], dict[str, list[str]](), list[str]()
    for hoofd, leden in alle.items():
        if not beweegt & set(leden):
            vast += leden
        elif hoofd in vooraan:
            apart.append(Groep(hoofd, "apart", leden))
        else:
            rest.setdefault(f"rest:{onderwerp(register, hoofd)}", []).extend(leden)
    return [
        *apart,
        *(Groep(naam, "rest", tuple(leden)) for naam, leden in sorted(rest.items())),
        *(Groep(f"toeval:{soort}", "toeval", (f"toeval:{soort}",)) for soort in RUISSOORTEN),
        Groep("vast", "vast", tuple(vast)),
    ]


def zeef(namen: Iterable[str], kansen: NDArray[np.float64], uitkomst: Reeks) -> pd.DataFrame:
    """Rough influence of every name, from ordinary draws: the squared rank correlation.

    Parameters
    ----------
    kansen : array [trekking, naam]
    uitkomst : array [trekking]

    Returns
    -------
    DataFrame with naam, samenhang (-1 to 1), midden, laag and hoog (share of the variance with a
    95% interval). What cannot be told from zero gets share zero.
    """
    aantal = len(uitkomst)
    rang, eigen = stats.rankdata(kansen, axis=0), stats.rankdata(uitkomst)
    rang, eigen = rang - rang.mean(axis=0), eigen - eigen.mean()
    noemer = np.sqrt((rang**2).sum(axis=0) * (eigen**2).sum())
    r = np.divide(eigen @ rang, noemer, out=np.zeros(rang.shape[1]), where=noemer > 0)
    marge = ZEKERHEID * np.sqrt(SPREIDING_RANG / max(1, aantal - 3))
    score = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    laag, hoog = np.tanh(score - marge), np.tanh(score + marge)
    onzeker = laag * hoog < 0
    kwadraten = np.sort(np.stack([laag**2, hoog**2]), axis=0)
    return pd.DataFrame(
        {
            "naam": list(namen),
            "samenhang": r,
            "midden": np.where(onzeker, 0.0, r**2),
            "laag": np.where(onzeker, 0.0, kwadraten[0]),
            "hoog": np.where(noemer > 0, kwadraten[1], 0.0),
        }
    )


def kies_vooraan(zeven: Iterable[pd.DataFrame], alle: Mapping[str, tuple[str, ...]]) -> set[str]:
    """First members of the bundles that matter most for one of the outcomes.

    Parameters
    ----------
    zeven : result of `zeef` for every outcome, over the names that vary
    alle : bundles
    """
    vooraan: set[str] = set()
    for tabel in zeven:
        aandeel = tabel.set_index("naam")["midden"]
        sterkte = {
            hoofd: max((float(aandeel[lid]) for lid in leden if lid in aandeel), default=0.0)
            for hoofd, leden in alle.items()
        }
        beste = sorted(sterkte, key=lambda hoofd: (-sterkte[hoofd], hoofd))[:VOORAAN]
        vooraan |= {hoofd for hoofd in beste if sterkte[hoofd] >= KLEINSTE_AANDEEL}
    return vooraan
