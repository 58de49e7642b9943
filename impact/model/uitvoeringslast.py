"""Hours, fte and cost of municipal work, and what the labour market gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.inburgering import HALFJAREN_INBURGERING
from impact.model.reeksen import HALFJAREN_PER_JAAR, Parameters, Reeks, parameter


@dataclass(frozen=True)
class UitvoeringParameters(Parameters):
    """Parameters of municipal work."""

    uurtarief: Reeks = parameter("euro per uur")
    productieve_uren: Reeks = parameter("uur per jaar")
    uren_per_huisvesting: Reeks = parameter("uur")
    uren_per_inburgeraar: Reeks = parameter("uur")
    uren_per_bijstandshuishouden: Reeks = parameter("uur per jaar")
    uren_verlenging_gemeente: Reeks = parameter("uur")
    uren_eigen_bijdrage: Reeks = parameter("uur per jaar")
    uren_per_opvangplaats: Reeks = parameter("uur per jaar")
    groei_capaciteit: Reeks = parameter("aandeel per jaar")


@dataclass(frozen=True)
class Zaken:
    """Work in a half-year, arrays [trekking, gemeente, periode].

    Attributes
    ----------
    huishoudens_nieuw : households housed
    in_traject : status holders in a civic integration track (three years)
    gestart_gezin : family and other migrants who start
    bijstandshuishoudens : households on bijstand
    verlengingen : permits that ask a check by the municipality
    betalers_eigen_bijdrage : Ukrainians who pay an own contribution
    opvangbewoners : COA residents in the municipality
    """

    huishoudens_nieuw: Reeks
    in_traject: Reeks
    gestart_gezin: Reeks
    bijstandshuishoudens: Reeks
    verlengingen: Reeks
    betalers_eigen_bijdrage: Reeks
    opvangbewoners: Reeks


def uren(zaken: Zaken, p: UitvoeringParameters) -> dict[str, Reeks]:
    """Hours in a half-year by municipal function: cases times hours per case."""
    opvang = zaken.betalers_eigen_bijdrage * p.uren_eigen_bijdrage
    opvang = opvang + zaken.opvangbewoners * p.uren_per_opvangplaats
    inburgeraars = zaken.in_traject / HALFJAREN_INBURGERING + zaken.gestart_gezin
    bijstand = zaken.bijstandshuishoudens * p.uren_per_bijstandshuishouden
    return {
        "huisvesting": zaken.huishoudens_nieuw * p.uren_per_huisvesting,
        "inburgering": inburgeraars * p.uren_per_inburgeraar,
        "inkomen": bijstand / HALFJAREN_PER_JAAR,
        "burgerzaken": zaken.verlengingen * p.uren_verlenging_gemeente,
        "opvang": opvang / HALFJAREN_PER_JAAR,
    }


def fte(uren_halfjaar: Reeks, p: UitvoeringParameters) -> Reeks:
    """Full-time equivalents for the hours of a half-year (Handleiding Overheidstarieven)."""
    return uren_halfjaar / (p.productieve_uren / HALFJAREN_PER_JAAR)


def fte_beschikbaar(fte_begin: Reeks, p: UitvoeringParameters) -> Reeks:
    """What the team can be: the team at the start, growing with the labour market.

    Parameters
    ----------
    fte_begin : array [trekking, gemeente]
    """
    jaren = np.arange(p.groei_capaciteit.shape[-1]) / HALFJAREN_PER_JAAR
    return fte_begin[..., np.newaxis] * (1.0 + p.groei_capaciteit) ** jaren


def fte_tekort(nodig: Reeks, beschikbaar: Reeks) -> Reeks:
    """Posts that cannot be filled."""
    return np.maximum(0.0, nodig - beschikbaar)
