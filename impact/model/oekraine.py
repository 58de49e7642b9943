"""Municipal reception of displaced persons from Ukraine, and the end of their protection."""

from __future__ import annotations

from dataclasses import dataclass

from impact.model.reeksen import (
    DAGEN_PER_HALFJAAR,
    MAANDEN_PER_HALFJAAR,
    Parameters,
    Reeks,
    parameter,
    stapel,
)


@dataclass(frozen=True)
class OekraineParameters(Parameters):
    """Parameters of the reception of Ukrainians."""

    instroom_oekraine: Reeks = parameter("personen per halfjaar")
    vertrek_oekraine: Reeks = parameter("aandeel per halfjaar")
    normbedrag_oekraine: Reeks = parameter("euro per dag")
    kosten_bed_oekraine: Reeks = parameter("euro per dag")
    eigen_bijdrage_oekraine: Reeks = parameter("euro per maand")
    aandeel_eigen_bijdrage: Reeks = parameter("aandeel")
    overgang_gewoon_recht: Reeks = parameter("aandeel per halfjaar")
    bijstandskans_oekraine: Reeks = parameter("aandeel")
    aandeel_eigen_woning_oekraine: Reeks = parameter("aandeel")


@dataclass(frozen=True)
class Oekrainers:
    """Persons at the end of a half-year, arrays [trekking, gemeente, periode].

    Attributes
    ----------
    regeling : in municipal reception under the special scheme
    gebleven : moved to ordinary law, still in the reception place
    gewoon_recht : all who moved to ordinary law, in a place or in a dwelling
    vertrokken : left in this half-year
    """

    regeling: Reeks
    gebleven: Reeks
    gewoon_recht: Reeks
    vertrokken: Reeks


def bewoners(begin: Reeks, aandeel: Reeks, p: OekraineParameters) -> Oekrainers:
    """Follow the persons in municipal reception.

    Parameters
    ----------
    begin : array [trekking, gemeente], personen
    aandeel : array [1, gemeente, 1], share of the inhabitants
    """
    regeling, gebleven, gewoon = begin, begin * 0.0, begin * 0.0
    reeksen: list[list[Reeks]] = [[], [], [], []]
    for t in range(p.vertrek_oekraine.shape[-1]):
        voorraad = regeling + p.instroom_oekraine[..., t] * aandeel[..., 0]
        vertrekt = p.vertrek_oekraine[..., t]
        vertrek = (voorraad + gewoon) * vertrekt
        overgang = voorraad * (1.0 - vertrekt) * p.overgang_gewoon_recht[..., t]
        regeling = voorraad * (1.0 - vertrekt) - overgang
        zonder_woning = overgang * (1.0 - p.aandeel_eigen_woning_oekraine[..., t])
        gebleven = gebleven * (1.0 - vertrekt) + zonder_woning
        gewoon = gewoon * (1.0 - vertrekt) + overgang
        for reeks, waarde in zip(reeksen, (regeling, gebleven, gewoon, vertrek), strict=True):
            reeks.append(waarde)
    return Oekrainers(*(stapel(reeks) for reeks in reeksen))


def eigen_bijdrage(in_opvang: Reeks, p: OekraineParameters) -> Reeks:
    """Own contribution that residents pay in a half-year, euro."""
    betalers = in_opvang * p.aandeel_eigen_bijdrage
    return betalers * p.eigen_bijdrage_oekraine * MAANDEN_PER_HALFJAAR


def opvangkosten(personen: Oekrainers, p: OekraineParameters) -> dict[str, Reeks]:
    """Cost of reception in a half-year by payer, euro.

    The Rijk pays the norm amount for who is under the special scheme; residents pay their own
    contribution; the municipality keeps the rest (negative: the norm is more than the cost).
    """
    in_opvang = personen.regeling + personen.gebleven
    totaal = in_opvang * p.kosten_bed_oekraine * DAGEN_PER_HALFJAAR
    rijk = personen.regeling * p.normbedrag_oekraine * DAGEN_PER_HALFJAAR
    inwoner = eigen_bijdrage(in_opvang, p)
    return {"rijk_overig": rijk, "inwoner": inwoner, "gemeente": totaal - rijk - inwoner}
