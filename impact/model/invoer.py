"""What the model needs: parameters, municipal figures, the state at the start, and chance."""

from __future__ import annotations

from dataclasses import dataclass

from impact.model.huisvesting import HuisvestingParameters
from impact.model.inburgering import InburgeringParameters
from impact.model.instroom import InstroomParameters
from impact.model.lvv import LvvParameters
from impact.model.oekraine import OekraineParameters
from impact.model.opvang import OpvangParameters
from impact.model.reeksen import Parameters, Reeks
from impact.model.sociaal import SociaalParameters
from impact.model.taakstelling import TaakstellingParameters
from impact.model.uitvoeringslast import UitvoeringParameters

KETENSOORTEN: tuple[type[Parameters], ...] = (
    InstroomParameters,
    TaakstellingParameters,
    HuisvestingParameters,
    OpvangParameters,
)
GEVOLGSOORTEN: tuple[type[Parameters], ...] = (
    InburgeringParameters,
    SociaalParameters,
    LvvParameters,
    OekraineParameters,
    UitvoeringParameters,
)
PARAMETEREENHEDEN: dict[str, str] = {
    naam: eenheid
    for soort in KETENSOORTEN + GEVOLGSOORTEN
    for naam, eenheid in soort.eenheden().items()
}


@dataclass(frozen=True)
class Gemeenten:
    """Municipal figures, arrays [1, gemeente] unless stated otherwise.

    Attributes
    ----------
    inwoners : array [1, gemeente, periode]
        Inhabitants on 1 January of the year before the half-year (art. 29).
    corporatiewoningen : array [trekking or 1, gemeente]
        Dwellings of housing corporations, scaled to the national total.
    stedelijkheid : class 1 (very urban) to 5 (not urban)
    bijstandsdichtheid : persons on bijstand per inhabitant, relative to the country
    netwerk_groot, netwerk_middel : 1 for members of G4 and G40, of M50 and R8
    aandeel_spreidingswet, aandeel_opvang_regulier, aandeel_opvang_nood, aandeel_gehuisvest,
    aandeel_wachtlijst, aandeel_oekraine : array [trekking or 1, gemeente]; add up to 1
        By inhabitants or places, or by what municipalities say themselves. `aandeel_gehuisvest` is
        the share in what was housed before the start.
    fte_eigen, fte_bekend : array [trekking or 1, gemeente]
        Team at the start as the municipality says itself, and 1 where it does; 0 elsewhere.
    """

    inwoners: Reeks
    corporatiewoningen: Reeks
    stedelijkheid: Reeks
    bijstandsdichtheid: Reeks
    netwerk_groot: Reeks
    netwerk_middel: Reeks
    aandeel_spreidingswet: Reeks
    aandeel_opvang_regulier: Reeks
    aandeel_opvang_nood: Reeks
    aandeel_gehuisvest: Reeks
    aandeel_wachtlijst: Reeks
    aandeel_oekraine: Reeks
    fte_eigen: Reeks
    fte_bekend: Reeks

    @property
    def aandeel_inwoners(self) -> Reeks:
        """Share of the inhabitants in the first half-year; divides what follows people."""
        eerste = self.inwoners[:, :, 0]
        aandeel: Reeks = eerste / eerste.sum(axis=1, keepdims=True)
        return aandeel


@dataclass(frozen=True)
class Beginstand:
    """State on the first day, national arrays [trekking, 1], and cohorts before it.

    Attributes
    ----------
    taakstelling_vorig : array [trekking, 1], personen
        National net target of the half-year before the start.
    taakstelling_aangekondigd : array [trekking, 1], personen
        National net target of the first half-year as announced; NaN when it is not known.
    gehuisvest_verleden : array [trekking, 1, halfjaar]
        Persons housed in each half-year before the start, oldest first.
    vergunningen_verleden : array [trekking, 1, halfjaar]
        Permits (with nareis) in each half-year before the start, oldest first.
    termijn_verleden : array [trekking, 1], halfjaren
        Term of permits that were granted before the start.
    spuk_verleden : array [trekking, 1, halfjaar], euro per persoon
        SPUK per status holder in the half-years before the start for which money still follows.
    """

    statushouders_in_coa: Reeks
    coa_bezetting: Reeks
    opvangplaatsen_regulier: Reeks
    open_asielzaken: Reeks
    open_nareiszaken: Reeks
    nareis_vergund_niet_ingereisd: Reeks
    achterstand: Reeks
    taakstelling_vorig: Reeks
    taakstelling_aangekondigd: Reeks
    doorstroom_bewoners: Reeks
    oekraieners_in_opvang: Reeks
    wachtlijst_inburgering: Reeks
    gehuisvest_verleden: Reeks
    vergunningen_verleden: Reeks
    termijn_verleden: Reeks
    spuk_verleden: Reeks


@dataclass(frozen=True)
class Toeval:
    """What differs by chance, the same for every scenario.

    Attributes
    ----------
    benutting : array [trekking, 1], factor
        Housing supply realised relative to the channels, calibrated on history.
    inzet : array [trekking, 1, periode], factor
        What is placed relative to the expectation; 1 in the middle draw.
    gemeente_effect : array [trekking, gemeente], factor
        Lasting difference between municipalities, calibrated; 1 in the middle draw.
    begin_opgave : array [trekking, gemeente], factor
        What a municipality still has to do at the start relative to its share by inhabitants,
        calibrated; 1 in the middle draw.
    vergunningen : array [trekking, 1, periode], factor
        Decisions of the IND relative to the assumptions: what the last permits say about the
        first half-years, fading to 1.
    voorspelfout : array [trekking, 1, periode], standard normal; 0 in the middle draw
    """

    benutting: Reeks
    inzet: Reeks
    gemeente_effect: Reeks
    begin_opgave: Reeks
    vergunningen: Reeks
    voorspelfout: Reeks


@dataclass(frozen=True)
class Invoer:
    """All that one run of the model needs."""

    reeksen: dict[str, Reeks]
    gemeenten: Gemeenten
    begin: Beginstand
    toeval: Toeval
    perioden: int
