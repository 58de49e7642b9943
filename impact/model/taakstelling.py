"""The half-yearly target for housing permit holders and its backlog (Huisvestingswet 2014)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import Parameters, Reeks, parameter

AFRONDMARGE = 1e-9
HALVE_PERSOON = 0.5
"""A target is in whole persons: less than half a person behind counts as met."""


@dataclass(frozen=True)
class TaakstellingParameters(Parameters):
    """Parameters of the target."""

    spreiding_voorspelfout: Reeks = parameter("aandeel")
    correctieaandeel: Reeks = parameter("aandeel")
    taakstelling_geldt: Reeks = parameter("aandeel")


def verwachte_vergunningen(
    vorig_halfjaar: Reeks, voorspelfout: Reeks, p: TaakstellingParameters
) -> Reeks:
    """Permits that the State expects in the window of the target.

    The forecast is made three months ahead and rests on the half-year before; its relative error
    has the spread of the revisions in the past.
    """
    return vorig_halfjaar * np.maximum(0.0, 1.0 + p.spreiding_voorspelfout * voorspelfout)


def vergunningen_in_venster(vorig_halfjaar: Reeks, dit_halfjaar: Reeks) -> Reeks:
    """Permits realised in the window of the target: three months earlier than the half-year."""
    return 0.5 * (vorig_halfjaar + dit_halfjaar)


def landelijke_taakstelling(
    verwacht: Reeks, eerdere_voorspelfout: Reeks, p: TaakstellingParameters
) -> Reeks:
    """National net target: expected permits and a correction for an earlier error, whole persons.

    Parameters
    ----------
    verwacht : array [trekking, 1], personen
    eerdere_voorspelfout : array [trekking, 1], personen; realised minus expected two half-years ago

    References
    ----------
    Huisvestingswet 2014, art. 29; announcements of April and September 2022.
    """
    som = verwacht + p.correctieaandeel * eerdere_voorspelfout
    return np.rint(np.maximum(0.0, som))


def verdeel_taakstelling(landelijk: Reeks, inwoners: Reeks, inwoners_nederland: Reeks) -> Reeks:
    """Net target per municipality: ``ceil(vg * iG / iN)``.

    Parameters
    ----------
    landelijk : array [trekking, 1], personen; the published national number
    inwoners : array [1, gemeente]; inhabitants on 1 January of the year before the half-year
    inwoners_nederland : array [1, 1]; the same for the whole country

    Returns
    -------
    array [trekking, gemeente], whole persons

    References
    ----------
    Huisvestingswet 2014, art. 29: rounded up to a whole number.
    """
    aandeel = landelijk * inwoners / inwoners_nederland
    return np.ceil(aandeel - AFRONDMARGE)


def verdeel_per_gemeente(landelijk: float, inwoners: Reeks) -> Reeks:
    """Net target per municipality for one national number.

    Parameters
    ----------
    landelijk : personen, the published number
    inwoners : array [gemeente], all municipalities of the country

    Returns
    -------
    array [gemeente], whole persons
    """
    aantallen = inwoners[np.newaxis]
    nederland = aantallen.sum(axis=1, keepdims=True)
    verdeeld: Reeks = verdeel_taakstelling(np.array([[landelijk]]), aantallen, nederland)[0]
    return verdeeld


def bruto_taakstelling(netto: Reeks, achterstand_vorig: Reeks) -> Reeks:
    """Gross target: the net target plus the backlog (a lead is negative)."""
    return netto + achterstand_vorig


def achterstand_per_gemeente(landelijk: Reeks, taakstelling: Reeks, opgave: Reeks) -> Reeks:
    """Divide the national backlog: some municipalities have a lead, others are far behind.

    What all municipalities have to do is the target and the backlog. Each has its own part of that;
    what is above its target is its backlog, and what is below its target is its lead.

    Parameters
    ----------
    landelijk : array [trekking, 1], personen, backlog
    taakstelling : array [trekking, gemeente], personen, target of the same half-year
    opgave : array [trekking, gemeente], part of each municipality in what there is to do; sums to 1

    Returns
    -------
    array [trekking, gemeente], personen; sums to the national backlog
    """
    totaal = taakstelling.sum(axis=1, keepdims=True) + landelijk
    deel: Reeks = totaal * opgave - taakstelling
    return deel


def gehaald(achterstand_einde: Reeks) -> Reeks:
    """Whether each municipality meets its target at the end of a half-year, 1 or 0.

    References
    ----------
    Huisvestingswet 2014, art. 28.
    """
    return np.where(achterstand_einde < HALVE_PERSOON, 1.0, 0.0)


def achterstand(vorige: Reeks, netto: Reeks, gehuisvest: Reeks) -> Reeks:
    """Administrative backlog at the end of a half-year.

    Parameters
    ----------
    vorige, netto, gehuisvest : array [trekking, gemeente], personen

    Returns
    -------
    array [trekking, gemeente], personen; negative means a lead (voorsprong).

    References
    ----------
    Huisvestingswet 2014, art. 28-29; circulaire taakstelling.
    """
    return vorige + netto - gehuisvest
