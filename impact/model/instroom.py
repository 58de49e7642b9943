"""Applications, decisions, permits, nareis and renewals (national; IND)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import Parameters, Reeks, aandeel_bij_wachttijd, parameter

KLEINSTE_CAPACITEIT = 1e-9
"""Hours; keeps a division by nothing from happening."""


@dataclass(frozen=True)
class InstroomParameters(Parameters):
    """Parameters of the asylum chain up to the permit."""

    asielaanvragen: Reeks = parameter("personen per halfjaar")
    herhaalde_aanvragen: Reeks = parameter("personen per halfjaar")
    aandeel_zonder_besluit: Reeks = parameter("aandeel")
    ind_asielbesluiten: Reeks = parameter("besluiten per halfjaar")
    ind_nareisbesluiten: Reeks = parameter("besluiten per halfjaar")
    uren_per_asielbesluit: Reeks = parameter("uur")
    uren_per_nareisbesluit: Reeks = parameter("uur")
    uren_per_beroep: Reeks = parameter("uur")
    uren_per_verlenging: Reeks = parameter("uur")
    ind_groeit_mee: Reeks = parameter("aandeel")
    inwilligingsaandeel: Reeks = parameter("aandeel")
    aandeel_b_status: Reeks = parameter("aandeel")
    beroepsaandeel_b: Reeks = parameter("aandeel")
    nareisverzoeken_per_vergunning: Reeks = parameter("personen per vergunning")
    aandeel_kerngezin: Reeks = parameter("aandeel")
    wachttijd_nareis_b: Reeks = parameter("halfjaren")
    aandeel_b_voldoet_nareisvoorwaarden: Reeks = parameter("aandeel")
    nareis_inwilliging: Reeks = parameter("aandeel")
    nareis_indieningstempo: Reeks = parameter("aandeel per halfjaar")
    nareis_inreistempo: Reeks = parameter("aandeel per halfjaar")
    geldigheidsduur_vergunning: Reeks = parameter("halfjaren")
    verlengingen_na_eerste_termijn: Reeks = parameter("aandeel")
    aandeel_opnieuw_tijdelijk: Reeks = parameter("aandeel")


@dataclass(frozen=True)
class Vergunningen:
    """First permits of one half-year, personen [trekking, 1].

    Attributes
    ----------
    b : subsidiary protection (B status)
    overig : refugees (A status) and other grounds, for whom nareis has no waiting time
    """

    b: Reeks
    overig: Reeks

    @property
    def totaal(self) -> Reeks:
        """All first permits."""
        return self.b + self.overig


def ind_ruimte(extra_uren: Reeks, p: InstroomParameters) -> Reeks:
    """Share of the decisions that the IND can still take when other work asks extra hours.

    The IND has the hours of its usual number of decisions. Appeals for the better status and
    renewals above the usual number come out of the same hours, as far as the IND does not get
    people for them.
    """
    uit_dezelfde_uren = extra_uren * (1.0 - p.ind_groeit_mee)
    uren = p.ind_asielbesluiten * p.uren_per_asielbesluit
    uren = uren + p.ind_nareisbesluiten * p.uren_per_nareisbesluit
    return np.maximum(0.0, 1.0 - uit_dezelfde_uren / np.maximum(uren, KLEINSTE_CAPACITEIT))


def zonder_besluit(aanvragen: Reeks, p: InstroomParameters) -> Reeks:
    """Applications that end without a decision on their content: withdrawn, left, another state."""
    return aanvragen * p.aandeel_zonder_besluit


def besluiten(voorraad: Reeks, instroom: Reeks, capaciteit: Reeks) -> Reeks:
    """Decisions in a half-year: never more than there are cases."""
    return np.minimum(voorraad + instroom, capaciteit)


def vergunningen(asielbesluiten: Reeks, p: InstroomParameters) -> Vergunningen:
    """Split the granted applications by status.

    References
    ----------
    Vreemdelingenwet 2000, art. 29; A status (refugee), B status (subsidiary protection).
    """
    verleend = asielbesluiten * p.inwilligingsaandeel
    b = verleend * p.aandeel_b_status
    return Vergunningen(b=b, overig=verleend - b)


def beroepen(b_vergunningen: Reeks, p: InstroomParameters) -> Reeks:
    """Appeals by persons with B status for the better status."""
    return b_vergunningen * p.beroepsaandeel_b


def nareis_zonder_wachttijd(nieuw: Vergunningen, p: InstroomParameters) -> Reeks:
    """Family members who may be asked for at once (A status and other grounds)."""
    return nieuw.overig * p.nareisverzoeken_per_vergunning * p.aandeel_kerngezin


def nareis_met_wachttijd(nieuw: Vergunningen, p: InstroomParameters) -> Reeks:
    """Family members of B status who meet the conditions once the waiting time is over."""
    familie = nieuw.b * p.nareisverzoeken_per_vergunning * p.aandeel_kerngezin
    return familie * p.aandeel_b_voldoet_nareisvoorwaarden


def einde_termijn(cohorten: list[Reeks], termijnen: list[Reeks], halfjaar: int) -> Reeks:
    """Persons of earlier cohorts whose waiting time or permit ends in this half-year.

    Parameters
    ----------
    cohorten : list of array [trekking, 1], personen, by half-year of start (oldest first)
    termijnen : list of array [trekking, 1], halfjaren, the term that each cohort got
    halfjaar : position of this half-year in the same numbering

    Returns
    -------
    array [trekking, 1], personen
    """
    totaal = np.zeros_like(cohorten[0])
    for begin, (cohort, termijn) in enumerate(zip(cohorten, termijnen, strict=True)):
        totaal = totaal + cohort * aandeel_bij_wachttijd(halfjaar - begin, termijn)
    return totaal
