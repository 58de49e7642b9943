"""Supply of housing for permit holders by channel, and the realised outflow from COA."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model.reeksen import HALFJAREN_PER_JAAR, Parameters, Reeks, parameter, som_gemeenten

GEMIDDELDE_STEDELIJKHEIDSKLASSE = 3
KLEINSTE_CAPACITEIT = 1e-9


@dataclass(frozen=True)
class HuisvestingParameters(Parameters):
    """Parameters of the housing supply."""

    mutatiegraad: Reeks = parameter("aandeel per jaar")
    aandeel_eerste_huisvesting: Reeks = parameter("aandeel")
    aandeel_met_voorrang: Reeks = parameter("aandeel")
    kans_zonder_voorrang: Reeks = parameter("factor")
    verschil_kans_stedelijkheid: Reeks = parameter("factor")
    personen_per_woning: Reeks = parameter("personen per woning")
    gehuisvest_kamers_particulier: Reeks = parameter("personen per halfjaar")
    factor_kamers: Reeks = parameter("factor")
    flexwoningen: Reeks = parameter("woningen per halfjaar")
    aandeel_flex_statushouders: Reeks = parameter("aandeel")
    hotelplaatsen: Reeks = parameter("personen per halfjaar")
    doorstroomplaatsen: Reeks = parameter("plaatsen")
    uitstroom_doorstroom: Reeks = parameter("aandeel per halfjaar")
    aandeel_nareis_bij_referent: Reeks = parameter("aandeel")
    inspanning_zonder_taakstelling: Reeks = parameter("factor")
    versneld_huisvesten_groot: Reeks = parameter("personen per gemeente")
    versneld_huisvesten_middel: Reeks = parameter("personen per gemeente")
    versneld_huisvesten_overig: Reeks = parameter("personen per gemeente")
    deelname_versneld_huisvesten: Reeks = parameter("aandeel")
    maximale_uitplaatsing: Reeks = parameter("aandeel per halfjaar")
    kosten_doorstroomplaats: Reeks = parameter("euro per dag")
    vergoeding_doorstroomplaats: Reeks = parameter("euro per dag")
    bijdrage_per_gehuisveste: Reeks = parameter("euro per persoon")


@dataclass(frozen=True)
class Aanbod:
    """Persons that each channel can house in a half-year, array [trekking, gemeente]."""

    corporatie: Reeks
    kamers: Reeks
    flex: Reeks
    hotel: Reeks
    versneld: Reeks
    doorstroom: Reeks

    @property
    def regulier(self) -> Reeks:
        """Channels that follow the usual effort of a municipality."""
        return self.corporatie + self.kamers + self.flex + self.hotel

    @property
    def extra(self) -> Reeks:
        """Channels that come on top: the accelerated action and transit places."""
        return self.versneld + self.doorstroom


def kans_op_corporatiewoning(stedelijkheid: Reeks, p: HuisvestingParameters) -> Reeks:
    """What remains of first housing in corporation dwellings, as a factor of now.

    With priority nothing changes (1). Without priority a permit holder has almost no registration
    time; the chance that remains is larger where waiting times are short, in less urban places.

    Parameters
    ----------
    stedelijkheid : array [1, gemeente], class 1 (very urban) to 5 (not urban)
    """
    helling = p.verschil_kans_stedelijkheid * (stedelijkheid - GEMIDDELDE_STEDELIJKHEIDSKLASSE)
    zonder = np.clip(p.kans_zonder_voorrang * (1.0 + helling), 0.0, 1.0)
    return p.aandeel_met_voorrang + (1.0 - p.aandeel_met_voorrang) * zonder


def corporatie_aanbod(
    corporatiewoningen: Reeks, stedelijkheid: Reeks, p: HuisvestingParameters
) -> Reeks:
    """Persons that vacated corporation dwellings can house in a half-year."""
    vrijgekomen = corporatiewoningen * p.mutatiegraad / HALFJAREN_PER_JAAR
    eerste = vrijgekomen * p.aandeel_eerste_huisvesting
    return eerste * kans_op_corporatiewoning(stedelijkheid, p) * p.personen_per_woning


def versneld_aanbod(groot: Reeks, middel: Reeks, p: HuisvestingParameters) -> Reeks:
    """Persons housed in the accelerated action, by network of the municipality.

    Parameters
    ----------
    groot, middel : array [1, gemeente]; 1 for members of G4 and G40, of M50 and R8

    References
    ----------
    VNG-ledenbrief 28 May 2026 (Lbr. 26/014).
    """
    overig = 1.0 - groot - middel
    gevraagd = groot * p.versneld_huisvesten_groot + middel * p.versneld_huisvesten_middel
    gevraagd = gevraagd + overig * p.versneld_huisvesten_overig
    return gevraagd * p.deelname_versneld_huisvesten


def inspanning(geldt: Reeks, p: HuisvestingParameters) -> Reeks:
    """Effort of municipalities relative to the effort under the target (art. 28)."""
    return geldt + (1.0 - geldt) * p.inspanning_zonder_taakstelling


def vrije_doorstroomplaatsen(bewoners: Reeks, aandeel: Reeks, p: HuisvestingParameters) -> Reeks:
    """Places in transit locations that are free for new permit holders."""
    return np.maximum(0.0, p.doorstroomplaatsen * aandeel - bewoners)


def vertrek_uit_doorstroom(bewoners: Reeks, regulier: Reeks, p: HuisvestingParameters) -> Reeks:
    """Residents who leave a transit location for a dwelling, limited by the regular supply.

    When supply is short the location becomes full and nobody can move in ("volstroomlocatie").
    """
    return np.minimum(bewoners * p.uitstroom_doorstroom, regulier)


def gehuisvest(vraag: Reeks, capaciteit: Reeks) -> Reeks:
    """Persons housed when demand meets a capacity that saturates.

    ``capaciteit * (1 - exp(-vraag / capaciteit))``: with little demand nearly everybody is
    housed, with much demand outflow levels off at the capacity, as it did in 2023 and 2024.

    Parameters
    ----------
    vraag, capaciteit : array [trekking, gemeente], personen, not negative
    """
    veilig = np.maximum(capaciteit, KLEINSTE_CAPACITEIT)
    return -veilig * np.expm1(-vraag / veilig)


def begrens(gehuisvesten: Reeks, wachtenden: Reeks, p: HuisvestingParameters) -> Reeks:
    """Scale down when more would be housed than status holders are waiting."""
    totaal = som_gemeenten(gehuisvesten)
    beschikbaar = p.maximale_uitplaatsing * wachtenden
    factor = np.minimum(1.0, beschikbaar / np.maximum(totaal, KLEINSTE_CAPACITEIT))
    return gehuisvesten * factor
