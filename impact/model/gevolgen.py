"""What the chain means for municipalities, vectorised over half-years; see `modules`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impact.model import financien as fin
from impact.model import inburgering as inb
from impact.model import lvv as lvv_
from impact.model import oekraine as oek
from impact.model import sociaal as soc
from impact.model import uitvoeringslast as uit
from impact.model.huisvesting import HuisvestingParameters
from impact.model.invoer import Invoer
from impact.model.keten import Uitkomst
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks, lees, som_gemeenten

GROOTSTE_EXTRA_WACHTTIJD = 5.0
"""Years; a longer wait has no further effect on work in the studies used."""
KLEINSTE_AANTAL = 1e-9


@dataclass(frozen=True)
class Gevolg:
    """Quantities and money lines of one or more modules."""

    grootheden: Uitkomst
    regels: fin.Regels


def aandeel_inwoners(invoer: Invoer) -> Reeks:
    """Share of the inhabitants, array [1, gemeente, 1]."""
    return invoer.gemeenten.aandeel_inwoners[..., np.newaxis]


def met_verleden(invoer: Invoer, gehuisvest: Reeks) -> Reeks:
    """Persons housed per half-year, those before the start included.

    No municipal history is published: before the start persons are divided by inhabitants, or by
    what municipalities say that they housed.
    """
    aandeel = invoer.gemeenten.aandeel_gehuisvest[..., np.newaxis]
    verleden = invoer.begin.gehuisvest_verleden * aandeel
    verleden = np.broadcast_to(verleden, (*gehuisvest.shape[:2], verleden.shape[-1]))
    return np.concatenate([verleden, gehuisvest], axis=-1)


def aangevuld(reeks: Reeks, halfjaren: int) -> Reeks:
    """Put the first value before a series for the half-years before the start."""
    eerder = np.repeat(reeks[..., :1], halfjaren, axis=-1)
    return np.concatenate([eerder, reeks], axis=-1)


def extra_wachtjaren(keten: Uitkomst) -> Reeks:
    """Years that status holders wait longer in COA than at first, array [trekking, 1, T]."""
    wachtenden = som_gemeenten(keten["statushouders_in_coa"])
    uit_coa = som_gemeenten(keten["gehuisvest"] - keten["gehuisvest_nareis"])
    wacht = wachtenden / np.maximum(uit_coa, 1.0)
    jaren = (wacht - wacht[..., :1]) / HALFJAREN_PER_JAAR
    return np.clip(jaren, -GROOTSTE_EXTRA_WACHTTIJD, GROOTSTE_EXTRA_WACHTTIJD)


def gevolg_inburgering(invoer: Invoer, gehuisvest: Reeks) -> Gevolg:
    """Civic integration: who starts, who waits, cost, SPUK and gemeentefonds."""
    p = lees(inb.InburgeringParameters, invoer.reeksen)
    aandeel = aandeel_inwoners(invoer)
    verleden = gehuisvest.shape[-1] - invoer.perioden
    asiel = gehuisvest * aangevuld(p.aandeel_inburgeringsplichtig, verleden)
    gezin = p.gezinsmigranten * aandeel
    nieuw_asiel = asiel[..., verleden:]
    nieuw = nieuw_asiel + gezin
    deel_asiel = nieuw_asiel[..., 0] / np.maximum(nieuw[..., 0], KLEINSTE_AANTAL)
    wachtlijst = invoer.begin.wachtlijst_inburgering * invoer.gemeenten.aandeel_wachtlijst
    gestart, wachtend = inb.starters(nieuw, wachtlijst, p.intakecapaciteit * aandeel)
    wacht_asiel = np.minimum(wachtlijst * deel_asiel, asiel[..., verleden - 1])
    gestart_asiel = inb.gestart_deel(nieuw_asiel, wacht_asiel, gestart, wachtend)
    gestart_gezin = np.maximum(0.0, gestart - gestart_asiel)
    eerder_gestart = asiel[..., :verleden].copy()
    eerder_gestart[..., -1] -= wacht_asiel
    reeks = np.concatenate([eerder_gestart, gestart_asiel], axis=-1)
    in_traject = inb.lopend(reeks, inb.HALFJAREN_INBURGERING, invoer.perioden)
    kosten = inb.voorzieningen(in_traject, gestart_gezin, p)
    uitkering = inb.spuk(spuk_recht(invoer, asiel, gestart_gezin, p), invoer.perioden)
    regels = fin.gedeeld("inburgering_voorzieningen", kosten, {"rijk_spuk": uitkering})
    grootheden = {
        "nieuwe_inburgeraars": nieuw,
        "gestarte_inburgeraars": gestart,
        "wachtlijst_inburgering": wachtend,
        "inburgeraars_in_traject": in_traject,
        "gestart_gezin": gestart_gezin,
    }
    return Gevolg(grootheden, regels)


def spuk_recht(
    invoer: Invoer, asiel: Reeks, gestart_gezin: Reeks, p: inb.InburgeringParameters
) -> Reeks:
    """Euro to which a municipality is entitled by count, from five half-years before the start."""
    aantal = invoer.perioden + inb.HALFJAREN_SPUK
    geteld = inb.lopend(asiel, inb.HALFJAREN_INBURGERING, aantal)
    tarief = np.concatenate([invoer.begin.spuk_verleden, p.spuk_per_statushouder], axis=-1)
    gezin = aangevuld(gestart_gezin * p.spuk_per_gezinsmigrant, inb.HALFJAREN_SPUK)
    recht: Reeks = geteld * tarief / inb.HALFJAREN_INBURGERING + gezin
    return recht


def gevolg_sociaal(invoer: Invoer, gehuisvest: Reeks, extra_wacht: Reeks) -> Gevolg:
    """Bijstand and BUIG; other social services are in `gevolg_voorzieningen`."""
    p = lees(soc.SociaalParameters, invoer.reeksen)
    verleden = gehuisvest.shape[-1] - invoer.perioden
    leeg = np.zeros((*extra_wacht.shape[:2], verleden))

    def vanaf_start(reeks: Reeks) -> Reeks:
        rij = np.broadcast_to(reeks, (*leeg.shape[:2], reeks.shape[-1]))
        return np.concatenate([leeg, rij], axis=-1)

    cohorten = soc.Cohorten(
        gehuisvest=gehuisvest,
        extra_wachtjaren=vanaf_start(extra_wacht),
        opslag=vanaf_start(p.opslag_bijstand_tijdelijk),
        verlaging=vanaf_start(p.verlaging_bijstand_eerder_werk),
    )
    dichtheid = invoer.gemeenten.bijstandsdichtheid[..., np.newaxis]
    factor = soc.gemeentefactor(dichtheid, aandeel_inwoners(invoer), p)
    personen, laat = soc.bijstand_personen(cohorten, factor, p)
    eerder, _ = soc.bijstand_personen(cohorten, factor, p, terug=soc.BUIG_VERTRAGING)
    per_huishouden = soc.uitkering_per_huishouden(p)
    kosten = soc.huishoudens(personen, p) * per_huishouden
    buig = p.buig_volgt * soc.huishoudens(eerder, p) * per_huishouden
    gezinnen = soc.huishoudens(personen, p)
    regels = fin.gedeeld("bijstand_uitkeringen", kosten, {"rijk_buig": buig})
    regels |= fin.eigen_rekening(
        {
            "bijstand_uitvoering": gezinnen * soc.halfjaarbedrag(p.uitvoeringskosten_bijstand),
            "schuldhulp": gezinnen * soc.halfjaarbedrag(p.schuldhulp_per_huishouden),
            "inkomenstoeslag": soc.huishoudens(laat, p) * soc.halfjaarbedrag(p.inkomenstoeslag),
        }
    )
    return Gevolg({"bijstand_personen": personen, "bijstand_huishoudens": gezinnen}, regels)


def gevolg_voorzieningen(invoer: Invoer, gehuisvest: Reeks, huishoudens_nieuw: Reeks) -> Gevolg:
    """Furnishing, youth care and Wmo, and education of newcomers."""
    p = lees(soc.SociaalParameters, invoer.reeksen)
    gevolgd = inb.lopend(gehuisvest, soc.HALFJAREN_GEVOLGD, invoer.perioden)
    kort = inb.lopend(gehuisvest, soc.HALFJAREN_NIEUWKOMERSONDERWIJS, invoer.perioden)
    leerlingen = kort * p.aandeel_leerlingen
    vervoer = soc.halfjaarbedrag(p.leerlingenvervoer_per_leerling * p.aandeel_leerlingenvervoer)
    inrichting = huishoudens_nieuw * p.inrichtingskosten
    lening = inrichting * (1.0 - p.aandeel_inrichting_gift)
    regels = fin.gedeeld("inrichting", inrichting, {"inwoner": lening})
    regels |= fin.eigen_rekening(
        {
            "jeugd_wmo": gevolgd * soc.halfjaarbedrag(p.jeugd_wmo_per_persoon),
            "leerlingenvervoer": leerlingen * vervoer,
        }
    )
    onderwijs = leerlingen * soc.halfjaarbedrag(p.kosten_nieuwkomersonderwijs)
    regels[("nieuwkomersonderwijs", "rijk_overig")] = onderwijs
    grootheden = {"statushouders_gevolgd": gevolgd, "leerlingen_nieuwkomers": leerlingen}
    return Gevolg(grootheden, regels)


def gevolg_lvv(invoer: Invoer) -> Gevolg:
    """People without a right of residence: LVV, night shelter, street."""
    p = lees(lvv_.LvvParameters, invoer.reeksen)
    bewoners = lvv_.bewoners(p)
    nacht = lvv_.nachtopvang(bewoners, p)
    straat = lvv_.op_straat(bewoners, aandeel_inwoners(invoer), p)
    rijk, stad = lvv_.opvangkosten(bewoners, p)
    dakloos = nacht * p.kosten_nachtopvang + straat * p.kosten_op_straat
    regels: fin.Regels = {("lvv_opvang", "rijk_overig"): rijk, ("lvv_opvang", "gemeente"): stad}
    regels |= fin.eigen_rekening({"dakloze_vreemdelingen": soc.halfjaarbedrag(dakloos)})
    grootheden = {
        "lvv_bewoners": bewoners,
        "nachtopvang_vreemdelingen": nacht,
        "vreemdelingen_op_straat": straat,
    }
    return Gevolg(grootheden, regels)


def gevolg_oekraine(invoer: Invoer) -> Gevolg:
    """Reception of Ukrainians and what follows when they move to ordinary law."""
    p = lees(oek.OekraineParameters, invoer.reeksen)
    s = lees(soc.SociaalParameters, invoer.reeksen)
    aandeel = aandeel_inwoners(invoer)
    begin = invoer.begin.oekraieners_in_opvang * invoer.gemeenten.aandeel_oekraine
    personen = oek.bewoners(begin, aandeel, p)
    in_bijstand = personen.gewoon_recht * s.aandeel_volwassen * p.bijstandskans_oekraine
    gezinnen = soc.huishoudens(in_bijstand, s)
    uitkering = gezinnen * soc.uitkering_per_huishouden(s)
    uitvoering = gezinnen * soc.halfjaarbedrag(s.uitvoeringskosten_bijstand)
    regels: fin.Regels = {
        ("oekraine_opvang", betaler): bedrag
        for betaler, bedrag in oek.opvangkosten(personen, p).items()
    }
    regels |= fin.gedeeld(
        "oekraine_bijstand", uitkering + uitvoering, {"rijk_buig": uitkering * s.buig_volgt}
    )
    in_opvang = personen.regeling + personen.gebleven
    grootheden = {
        "oekraieners_in_opvang": in_opvang,
        "oekraieners_gewoon_recht": personen.gewoon_recht,
        "oekraieners_bijstand": in_bijstand,
        "oekraieners_bijstand_huishoudens": gezinnen,
        "betalers_eigen_bijdrage": in_opvang * p.aandeel_eigen_bijdrage,
    }
    return Gevolg(grootheden, regels)


def gevolg_uitvoering(invoer: Invoer, zaken: uit.Zaken) -> Gevolg:
    """Hours, fte and cost of municipal work."""
    p = lees(uit.UitvoeringParameters, invoer.reeksen)
    i = lees(inb.InburgeringParameters, invoer.reeksen)
    uren = uit.uren(zaken, p)
    fte = {functie: uit.fte(aantal, p) for functie, aantal in uren.items()}
    nodig = sum(fte.values(), start=np.zeros(1))
    g = invoer.gemeenten
    team = g.fte_eigen + (1.0 - g.fte_bekend) * nodig[..., 0]
    beschikbaar = uit.fte_beschikbaar(team, p)
    tekort = uit.fte_tekort(nodig, beschikbaar)
    fonds = inb.gemeentefonds(aandeel_inwoners(invoer), i)
    regels = fin.gedeeld(
        "inburgering_uitvoering",
        uren["inburgering"] * p.uurtarief,
        {"rijk_gemeentefonds": fonds},
    )
    regels |= fin.eigen_rekening(
        {
            "huisvesting_uitvoering": uren["huisvesting"] * p.uurtarief,
            "verlengingen_uitvoering": uren["burgerzaken"] * p.uurtarief,
            "opvanglocaties_uitvoering": uren["opvang"] * p.uurtarief,
        }
    )
    grootheden = {f"fte_{functie}": aantal for functie, aantal in fte.items()}
    grootheden |= {"fte_nodig": nodig, "fte_beschikbaar": beschikbaar, "fte_tekort": tekort}
    return Gevolg(grootheden, regels)


def regels_keten(invoer: Invoer, keten: Uitkomst) -> fin.Regels:
    """Money that follows from the chain: COA, bonus, transit locations, payment per person."""
    p = lees(HuisvestingParameters, invoer.reeksen)
    bewoners = keten["bewoners_doorstroom"]
    doorstroom = fin.per_dag(bewoners, p.kosten_doorstroomplaats)
    vergoeding = fin.per_dag(bewoners, p.vergoeding_doorstroomplaats)
    in_woning = keten["huishoudens_nieuw"] * p.personen_per_woning - keten["gehuisvest_doorstroom"]
    regels: fin.Regels = {("opvang_coa", "coa"): keten["opvangkosten"]}
    regels |= fin.bijdrage("bonus_opvang", keten["bonus_spreidingswet"])
    regels |= fin.bijdrage("uitstroombijdrage", in_woning * p.bijdrage_per_gehuisveste)
    return regels | fin.gedeeld("doorstroomlocaties", doorstroom, {"rijk_overig": vergoeding})
