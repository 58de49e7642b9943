"""Array types and the declaration of the parameters that a module reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Reeks = NDArray[np.float64]

MAANDEN_PER_HALFJAAR = 6
HALFJAREN_PER_JAAR = 2
DAGEN_PER_HALFJAAR = 365 / 2
KLEINSTE_GEWICHT = 1e-12


def parameter(eenheid: str) -> Any:
    """Declare a dataclass field as a model parameter with its unit."""
    return field(metadata={"eenheid": eenheid})


@dataclass(frozen=True)
class Parameters:
    """Base of the parameters of a module; every field is an array [trekking, gemeente, periode].

    A national parameter has length 1 on the municipal axis.
    """

    @classmethod
    def eenheden(cls) -> dict[str, str]:
        """Return the unit of every parameter, by name."""
        return {f.name: f.metadata["eenheid"] for f in fields(cls)}


P = TypeVar("P", bound=Parameters)


def lees(soort: type[P], reeksen: Mapping[str, Reeks]) -> P:
    """Pick the parameters of one module out of all arrays."""
    return soort(**{naam: reeksen[naam] for naam in soort.eenheden()})


def op(parameters: P, periode: int) -> P:
    """Return the parameters of one half-year, arrays [trekking, gemeente]."""
    waarden = {naam: getattr(parameters, naam)[:, :, periode] for naam in parameters.eenheden()}
    return replace(parameters, **waarden)


def stapel(per_periode: list[Reeks]) -> Reeks:
    """Join arrays [trekking, gemeente] of successive half-years on a last axis."""
    return np.stack(per_periode, axis=-1)


def som_gemeenten(reeks: Reeks) -> Reeks:
    """Add up over municipalities (axis 1), keeping that axis."""
    totaal: Reeks = reeks.sum(axis=1, keepdims=True)
    return totaal


def verdeel(landelijk: Reeks, gewicht: Reeks) -> Reeks:
    """Divide a national number over municipalities in proportion to a weight.

    Where no municipality has any weight there must be nothing to divide.
    """
    return landelijk * gewicht / np.maximum(som_gemeenten(gewicht), KLEINSTE_GEWICHT)


def aandeel_bij_wachttijd(halfjaren: int, wachttijd: Reeks) -> Reeks:
    """Share of a cohort whose waiting time ends after a whole number of half-years.

    A waiting time that is not a whole number is split over the two nearest half-years, so that
    the shares over all half-years add up to one.
    """
    return np.maximum(0.0, 1.0 - np.abs(halfjaren - wachttijd))
