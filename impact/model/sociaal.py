"""Bijstand by cohort, and other social services (Participatiewet, Jeugdwet, Wmo, education)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import (
    HALFJAREN_PER_JAAR,
    MAANDEN_PER_HALFJAAR,
    Parameters,
    Reeks,
    parameter,
)

CURVEMAANDEN = (6, 12, 24, 36, 48, 66, 108)
MAANDEN_PER_JAAR = 12
HALFJAREN_GEVOLGD = 18
"""Nine years: the last point of the curve. Older cohorts are not followed."""
MAANDEN_TOT_LAAT = 24
"""From here on work matters; earlier nearly everybody depends on bijstand."""
HALFJAREN_NIEUWKOMERSONDERWIJS = 4
BUIG_VERTRAGING = 2
"""The macro budget rests on what was realised in the year before."""


@dataclass(frozen=True)
class SociaalParameters(Parameters):
    """Parameters of bijstand and other social services."""

    aandeel_volwassen: Reeks = parameter("aandeel")
    bijstandskans_06_maanden: Reeks = parameter("aandeel")
    bijstandskans_12_maanden: Reeks = parameter("aandeel")
    bijstandskans_24_maanden: Reeks = parameter("aandeel")
    bijstandskans_36_maanden: Reeks = parameter("aandeel")
    bijstandskans_48_maanden: Reeks = parameter("aandeel")
    bijstandskans_66_maanden: Reeks = parameter("aandeel")
    bijstandskans_108_maanden: Reeks = parameter("aandeel")
    maanden_tot_huisvesting: Reeks = parameter("maanden")
    elasticiteit_bijstand_gemeente: Reeks = parameter("factor")
    effect_wachttijd_bijstand: Reeks = parameter("aandeel per jaar")
    opslag_bijstand_tijdelijk: Reeks = parameter("aandeel")
    verlaging_bijstand_eerder_werk: Reeks = parameter("aandeel")
    aandeel_alleenstaand: Reeks = parameter("aandeel")
    bijstandsnorm_alleenstaande: Reeks = parameter("euro per maand")
    bijstandsnorm_paar: Reeks = parameter("euro per maand")
    bruteringsfactor: Reeks = parameter("factor")
    buig_volgt: Reeks = parameter("aandeel")
    uitvoeringskosten_bijstand: Reeks = parameter("euro per huishouden per jaar")
    inrichtingskosten: Reeks = parameter("euro per huishouden")
    aandeel_inrichting_gift: Reeks = parameter("aandeel")
    jeugd_wmo_per_persoon: Reeks = parameter("euro per persoon per jaar")
    aandeel_leerlingen: Reeks = parameter("aandeel")
    kosten_nieuwkomersonderwijs: Reeks = parameter("euro per leerling per jaar")
    leerlingenvervoer_per_leerling: Reeks = parameter("euro per leerling per jaar")
    aandeel_leerlingenvervoer: Reeks = parameter("aandeel")
    schuldhulp_per_huishouden: Reeks = parameter("euro per huishouden per jaar")
    inkomenstoeslag: Reeks = parameter("euro per huishouden per jaar")


def maanden_sinds_vergunning(
    halfjaren: int, extra_wachtjaren: Reeks, p: SociaalParameters
) -> Reeks:
    """Months since the permit of cohorts that were housed some half-years ago.

    Who waited longer for a dwelling is further on the curve on the day of the move.

    Parameters
    ----------
    extra_wachtjaren : array [trekking, 1, periode], years waited more than at the start

    Returns
    -------
    array [trekking, 1, periode], not negative
    """
    wacht = p.maanden_tot_huisvesting[..., :1] + MAANDEN_PER_JAAR * extra_wachtjaren
    return np.maximum(0.0, wacht) + MAANDEN_PER_HALFJAAR * halfjaren


def bijstandscurve(maanden: Reeks, p: SociaalParameters) -> Reeks:
    """Share of adults on bijstand by months since the permit.

    Straight lines between the points of the curve; level before the first and after the last.

    Parameters
    ----------
    maanden : array [trekking, 1, periode]

    Returns
    -------
    array [trekking, 1, periode], aandeel

    References
    ----------
    CBS table in the answer to parliamentary questions 2021D35125 (permits of 2014).
    """
    punten = [getattr(p, f"bijstandskans_{m:02d}_maanden") for m in CURVEMAANDEN]
    kans: Reeks = punten[0]
    for begin, einde, van, tot in zip(
        CURVEMAANDEN, CURVEMAANDEN[1:], punten, punten[1:], strict=False
    ):
        deel = np.clip((maanden - begin) / (einde - begin), 0.0, 1.0)
        kans = kans + deel * (tot - van)
    return kans


def laat(maanden: Reeks) -> Reeks:
    """Weight of the late phase: 0 before two years, 1 a year later; [trekking, 1, periode]."""
    return np.clip((maanden - MAANDEN_TOT_LAAT) / MAANDEN_PER_JAAR, 0.0, 1.0)


def gemeentefactor(bijstandsdichtheid: Reeks, aandeel: Reeks, p: SociaalParameters) -> Reeks:
    """Local labour market: late-phase bijstand is higher where more residents have bijstand.

    The factor is 1 on average, so that it divides and does not change the national curve.

    Parameters
    ----------
    bijstandsdichtheid : array [1, gemeente, 1], relative to the country
    aandeel : array [1, gemeente, 1], share of the inhabitants

    Returns
    -------
    array [trekking, gemeente, periode], factor
    """
    factor: Reeks = bijstandsdichtheid**p.elasticiteit_bijstand_gemeente
    genormeerd: Reeks = factor / (factor * aandeel).sum(axis=1, keepdims=True)
    return genormeerd


@dataclass(frozen=True)
class Cohorten:
    """Persons housed per half-year, and what their cohort carries along.

    All arrays [trekking, gemeente or 1, halfjaar], oldest first, the same number of half-years.
    """

    gehuisvest: Reeks
    extra_wachtjaren: Reeks
    opslag: Reeks
    verlaging: Reeks


def bijstand_personen(
    cohorten: Cohorten, factor: Reeks, p: SociaalParameters, terug: int = 0
) -> tuple[Reeks, Reeks]:
    """Adults on bijstand, and those of them in the late phase.

    Parameters
    ----------
    cohorten : cohorts up to the last half-year of the run
    factor : array [trekking, gemeente, periode], local labour market
    terug : look this many half-years back (for money that follows with a lag)

    Returns
    -------
    totaal, laat : arrays [trekking, gemeente, periode], personen
    """
    perioden = p.aandeel_volwassen.shape[-1]
    vorm = np.broadcast_shapes(cohorten.gehuisvest.shape[:-1], factor.shape[:-1])
    totaal = np.zeros((*vorm, perioden))
    laten = np.zeros_like(totaal)
    for leeftijd in range(HALFJAREN_GEVOLGD):
        tot = cohorten.gehuisvest.shape[-1] - leeftijd - terug
        deel = slice(tot - perioden, tot)
        maanden = maanden_sinds_vergunning(leeftijd, cohorten.extra_wachtjaren[..., deel], p)
        fase = laat(maanden)
        extra = p.effect_wachttijd_bijstand * cohorten.extra_wachtjaren[..., deel]
        vroeg = bijstandscurve(maanden, p) - (1.0 - fase) * cohorten.verlaging[..., deel]
        overal = (1.0 - fase) * vroeg + fase * (extra + cohorten.opslag[..., deel])
        aanwezig = 0.5 if leeftijd == 0 else 1.0
        personen = fase * vroeg * factor
        personen += overal
        np.clip(personen, 0.0, 1.0, out=personen)
        personen *= cohorten.gehuisvest[..., deel]
        personen *= p.aandeel_volwassen * aanwezig
        totaal += personen
        personen *= fase
        laten += personen
    return totaal, laten


def huishoudens(personen: Reeks, p: SociaalParameters) -> Reeks:
    """Benefit households: a single has one adult, a couple two."""
    return personen / (2.0 - p.aandeel_alleenstaand)


def uitkering_per_huishouden(p: SociaalParameters) -> Reeks:
    """Gross bijstand of a household in a half-year, euro (Participatiewet, art. 20-22)."""
    paar = (1.0 - p.aandeel_alleenstaand) * p.bijstandsnorm_paar
    netto = p.aandeel_alleenstaand * p.bijstandsnorm_alleenstaande + paar
    return netto * p.bruteringsfactor * MAANDEN_PER_HALFJAAR


def halfjaarbedrag(per_jaar: Reeks) -> Reeks:
    """Half of a yearly amount."""
    return per_jaar / HALFJAREN_PER_JAAR
