"""Shelter for people without a right of residence (LVV), and what happens when it ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import HALFJAREN_PER_JAAR, Parameters, Reeks, parameter, stapel


@dataclass(frozen=True)
class LvvParameters(Parameters):
    """Parameters of the LVV."""

    lvv_plaatsen: Reeks = parameter("plaatsen")
    kosten_lvv_plaats: Reeks = parameter("euro per plaats per jaar")
    aandeel_rijk_lvv: Reeks = parameter("aandeel")
    lvv_rijk_betaalt: Reeks = parameter("aandeel")
    aandeel_lvv_voortgezet: Reeks = parameter("aandeel")
    aandeel_naar_nachtopvang: Reeks = parameter("aandeel")
    kosten_nachtopvang: Reeks = parameter("euro per plaats per jaar")
    kosten_op_straat: Reeks = parameter("euro per persoon per jaar")
    uitstroom_straat: Reeks = parameter("aandeel per halfjaar")
    vrijgelaten_zonder_terugkeer: Reeks = parameter("personen per halfjaar")


def bewoners(p: LvvParameters) -> Reeks:
    """Residents of the LVV: all places while the Rijk pays, else what the city continues."""
    blijft = p.lvv_rijk_betaalt + (1.0 - p.lvv_rijk_betaalt) * p.aandeel_lvv_voortgezet
    return p.lvv_plaatsen * blijft


def nachtopvang(in_lvv: Reeks, p: LvvParameters) -> Reeks:
    """Persons in night shelter instead of the LVV."""
    return (p.lvv_plaatsen - in_lvv) * p.aandeel_naar_nachtopvang


def op_straat(in_lvv: Reeks, aandeel: Reeks, p: LvvParameters) -> Reeks:
    """Persons without shelter at the end of each half-year.

    New: who loses a place and does not go to night shelter, and who is released from detention
    without return (divided by inhabitants). A share leaves the street each half-year.

    Parameters
    ----------
    in_lvv : array [trekking, gemeente, periode]
    aandeel : array [1, gemeente, 1], share of the inhabitants
    """
    gesloten = (p.lvv_plaatsen - in_lvv) * (1.0 - p.aandeel_naar_nachtopvang)
    vrijgelaten = p.vrijgelaten_zonder_terugkeer * aandeel
    stand, vorige, per_periode = np.zeros(1), np.zeros(1), []
    for t in range(in_lvv.shape[-1]):
        nieuw = np.maximum(0.0, gesloten[..., t] - vorige) + vrijgelaten[..., t]
        stand = stand * (1.0 - p.uitstroom_straat[..., t]) + nieuw
        vorige = gesloten[..., t]
        per_periode.append(stand)
    return stapel(per_periode)


def opvangkosten(in_lvv: Reeks, p: LvvParameters) -> tuple[Reeks, Reeks]:
    """Cost of the LVV in a half-year for the Rijk and for the city, euro."""
    totaal = in_lvv * p.kosten_lvv_plaats / HALFJAREN_PER_JAAR
    rijk = totaal * p.aandeel_rijk_lvv * p.lvv_rijk_betaalt
    return rijk, totaal - rijk
