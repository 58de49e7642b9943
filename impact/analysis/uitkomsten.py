"""Named outcomes: one number per draw out of a run, for every municipality or the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Uitkomst


class HorizonFout(ValueError):
    """A run does not reach the half-years of a named outcome."""


def sleutel_van(uitkomst: Uitkomst) -> Sleutel:
    """Key of the quantity that an outcome reads."""
    return uitkomst.grootheid, uitkomst.betaler


def eenheid_van(uitkomst: Uitkomst) -> str:
    """Unit of an outcome; a flow per half-year becomes a flow per year."""
    eenheid = GROOTHEDEN[uitkomst.grootheid].eenheid
    if uitkomst.samenvatting != "per_jaar":
        return eenheid
    return f"{eenheid.removesuffix(' per halfjaar')} per jaar"


def meet(
    uitkomst: Uitkomst,
    eigen: Mapping[Sleutel, Reeks],
    basis: Mapping[Sleutel, Reeks],
    perioden: Sequence[Halfjaar],
    landelijk: bool = True,
) -> Reeks:
    """Measure an outcome in every draw.

    Parameters
    ----------
    eigen, basis : a run of a scenario and of its reference, with the same draws; arrays
        [trekking, gemeente or 1, periode]
    landelijk : add up the municipalities before measuring

    Returns
    -------
    array [trekking], or [trekking, gemeente] when not ``landelijk``

    Raises
    ------
    HorizonFout
        The run begins later or ends earlier than the outcome.
    """
    sleutel = sleutel_van(uitkomst)
    stuk = venster(uitkomst, perioden)
    reeks = eigen[sleutel][..., stuk]
    if uitkomst.maat == "verschil":
        reeks = reeks - basis[sleutel][..., stuk]
    return vat_samen(uitkomst.samenvatting, reeks.sum(axis=1) if landelijk else reeks)


def binnen(uitkomsten: Mapping[str, Uitkomst], perioden: Sequence[Halfjaar]) -> dict[str, Uitkomst]:
    """Named outcomes whose half-years a run reaches."""
    return {
        naam: uitkomst
        for naam, uitkomst in uitkomsten.items()
        if perioden[0] <= uitkomst.van and uitkomst.tot <= perioden[-1]
    }


def landelijk(uitkomsten: Iterable[Uitkomst], run: Mapping[Sleutel, Reeks]) -> dict[Sleutel, Reeks]:
    """Totals of the country of the quantities that outcomes read.

    Returns
    -------
    dict of array [trekking, 1, periode]
    """
    return {
        sleutel: run[sleutel].sum(axis=1, keepdims=True)
        for sleutel in sorted({sleutel_van(uitkomst) for uitkomst in uitkomsten})
    }


def meet_alle(
    uitkomsten: Mapping[str, Uitkomst],
    eigen: Mapping[Sleutel, Reeks],
    basis: Mapping[Sleutel, Reeks],
    perioden: Sequence[Halfjaar],
) -> dict[str, Reeks]:
    """Measure all outcomes that a run reaches, array [trekking] each."""
    return {
        naam: meet(uitkomst, eigen, basis, perioden)
        for naam, uitkomst in binnen(uitkomsten, perioden).items()
    }


def venster(uitkomst: Uitkomst, perioden: Sequence[Halfjaar]) -> slice:
    """Positions of the half-years of an outcome in a run."""
    if uitkomst.van < perioden[0] or uitkomst.tot > perioden[-1]:
        raise HorizonFout(
            f"'{uitkomst.titel}' gaat over {uitkomst.van} tot en met {uitkomst.tot}; "
            f"de berekening loopt van {perioden[0]} tot en met {perioden[-1]}"
        )
    begin = uitkomst.van - perioden[0]
    return slice(begin, begin + (uitkomst.tot - uitkomst.van) + 1)


def vat_samen(samenvatting: str, reeks: Reeks) -> Reeks:
    """Reduce the last axis (half-years) to one number."""
    if samenvatting == "eind":
        return np.asarray(reeks[..., -1])
    if samenvatting == "groei":
        return np.asarray(reeks[..., -1] - reeks[..., 0])
    if samenvatting == "hoogste":
        return np.asarray(reeks.max(axis=-1))
    gemiddelde: Reeks = reeks.mean(axis=-1)
    return gemiddelde * HALFJAREN_PER_JAAR if samenvatting == "per_jaar" else gemiddelde
