"""Civic integration: start, waiting list, routes, and money (Wet inburgering 2021)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import HALFJAREN_PER_JAAR, Parameters, Reeks, parameter, stapel

HALFJAREN_INBURGERING = 6
"""Term of three years to finish; the SPUK counts a status holder three years in a row."""
HALFJAREN_VOORLOPIG = 3
"""A changed forecast shows in the provisional grant after more than 18 months."""
HALFJAREN_AFREKENING = 2
"""The final settlement follows in May of the next year."""
HALFJAREN_SPUK = HALFJAREN_VOORLOPIG + HALFJAREN_AFREKENING
"""Half-years before the start for which money still follows."""


KLEINSTE_AANTAL = 1e-9


@dataclass(frozen=True)
class InburgeringParameters(Parameters):
    """Parameters of civic integration."""

    aandeel_inburgeringsplichtig: Reeks = parameter("aandeel")
    gezinsmigranten: Reeks = parameter("personen per halfjaar")
    intakecapaciteit: Reeks = parameter("personen per halfjaar")
    aandeel_onderwijsroute: Reeks = parameter("aandeel")
    aandeel_zroute: Reeks = parameter("aandeel")
    prijs_b1route: Reeks = parameter("euro per persoon")
    prijs_onderwijsroute: Reeks = parameter("euro per persoon")
    prijs_zroute: Reeks = parameter("euro per persoon")
    kosten_overige_voorzieningen: Reeks = parameter("euro per persoon")
    spuk_per_statushouder: Reeks = parameter("euro per persoon")
    spuk_per_gezinsmigrant: Reeks = parameter("euro per persoon")
    kosten_voorzieningen_gezinsmigrant: Reeks = parameter("euro per persoon")
    gemeentefonds_inburgering: Reeks = parameter("euro per jaar")


def lopend(per_halfjaar: Reeks, duur: int, aantal: int) -> Reeks:
    """Persons in the last ``duur`` half-years of arrivals, for the last ``aantal`` half-years.

    Parameters
    ----------
    per_halfjaar : array [trekking, gemeente, halfjaar], arrivals, oldest first
    duur : how many half-years a person counts
    aantal : number of half-years to return

    Returns
    -------
    array [trekking, gemeente, aantal]
    """
    lengte = per_halfjaar.shape[-1]
    totaal = np.zeros((*per_halfjaar.shape[:-1], aantal))
    for terug in range(duur):
        tot = lengte - terug
        totaal += per_halfjaar[..., tot - aantal : tot]
    return totaal


def starters(nieuw: Reeks, wachtlijst_begin: Reeks, capaciteit: Reeks) -> tuple[Reeks, Reeks]:
    """Persons who start and the waiting list, limited by what the municipal team can start.

    Parameters
    ----------
    nieuw : array [trekking, gemeente, periode], personen
    wachtlijst_begin : array [trekking, gemeente], personen
    capaciteit : array [trekking, gemeente, periode], personen per halfjaar

    Returns
    -------
    gestart, wachtlijst : arrays [trekking, gemeente, periode]; the waiting list at the end
    """
    gestart, wachtlijsten, wachtlijst = [], [], wachtlijst_begin
    for t in range(nieuw.shape[-1]):
        rij = wachtlijst + nieuw[..., t]
        begint = np.minimum(rij, capaciteit[..., t])
        wachtlijst = rij - begint
        gestart.append(begint)
        wachtlijsten.append(wachtlijst)
    return stapel(gestart), stapel(wachtlijsten)


def gestart_deel(nieuw: Reeks, wachtlijst_begin: Reeks, gestart: Reeks, wachtlijst: Reeks) -> Reeks:
    """Starters of one group in a shared queue: every group is helped in proportion.

    Parameters
    ----------
    nieuw, wachtlijst_begin : new persons and waiting list of the group
    gestart, wachtlijst : all starters and the whole waiting list, as from `starters`

    Returns
    -------
    array [trekking, gemeente, periode], personen
    """
    deel = gestart / np.maximum(gestart + wachtlijst, KLEINSTE_AANTAL)
    per_periode, wacht = [], wachtlijst_begin
    for t in range(nieuw.shape[-1]):
        rij = wacht + nieuw[..., t]
        begint = rij * deel[..., t]
        wacht = rij - begint
        per_periode.append(begint)
    return stapel(per_periode)


def prijs_per_traject(p: InburgeringParameters) -> Reeks:
    """Mean price of the provisions of one status holder over the three routes, euro."""
    b1 = 1.0 - p.aandeel_onderwijsroute - p.aandeel_zroute
    routes = p.aandeel_onderwijsroute * p.prijs_onderwijsroute + p.aandeel_zroute * p.prijs_zroute
    return routes + b1 * p.prijs_b1route + p.kosten_overige_voorzieningen


def voorzieningen(in_traject: Reeks, gestart_gezin: Reeks, p: InburgeringParameters) -> Reeks:
    """Cost of provisions in a half-year: status holders over three years, family at the start."""
    asiel = in_traject * prijs_per_traject(p) / HALFJAREN_INBURGERING
    return asiel + gestart_gezin * p.kosten_voorzieningen_gezinsmigrant


def spuk(recht: Reeks, perioden: int) -> Reeks:
    """SPUK paid in a half-year: provisional on an older count, and the settlement.

    Parameters
    ----------
    recht : array [trekking, gemeente, halfjaar], euro to which the municipality turns out to be
        entitled, with at least five half-years before the first one asked for
    perioden : number of half-years to return

    Notes
    -----
    What is paid too little or too much at first is settled two half-years later, so that over
    time exactly the entitlement is paid.
    """

    def terug(halfjaren: int) -> Reeks:
        tot = recht.shape[-1] - halfjaren
        return recht[..., tot - perioden : tot]

    afrekening = terug(HALFJAREN_AFREKENING) - terug(HALFJAREN_AFREKENING + HALFJAREN_VOORLOPIG)
    return terug(HALFJAREN_VOORLOPIG) + afrekening


def gemeentefonds(aandeel: Reeks, p: InburgeringParameters) -> Reeks:
    """Part of the gemeentefonds for execution; it does not follow the number of persons.

    Parameters
    ----------
    aandeel : array [1, gemeente, 1], share of the inhabitants
    """
    return p.gemeentefonds_inburgering * aandeel / HALFJAREN_PER_JAAR
