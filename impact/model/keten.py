"""The chain from application to dwelling, half-year by half-year (modules 1 to 4)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from impact.model import huisvesting as hv
from impact.model import instroom as ins
from impact.model import opvang as opv
from impact.model import taakstelling as ts
from impact.model.invoer import Beginstand, Gemeenten, Invoer
from impact.model.reeksen import Reeks, lees, op, som_gemeenten, stapel, verdeel


@dataclass
class Instroomstand:
    """Stocks of the national chain, and the cohorts that still run."""

    open_asielzaken: Reeks
    open_nareiszaken: Reeks
    nog_in_te_dienen: Reeks
    niet_ingereisd: Reeks
    vergunningen_vorig: Reeks
    usuele_verlengingen: Reeks
    titels: list[Reeks]
    termijnen: list[Reeks]
    b_families: list[Reeks] = field(default_factory=list)
    b_wachttijden: list[Reeks] = field(default_factory=list)
    voorspelfouten: list[Reeks] = field(default_factory=list)


@dataclass
class Opvangstand:
    """Stocks in reception and housing."""

    statushouders: Reeks
    overigen_per_zaak: Reeks
    plaatsen: Reeks
    achterstand: Reeks
    bewoners_doorstroom: Reeks


Uitkomst = dict[str, Reeks]


def begin_instroom(begin: Beginstand, p: ins.InstroomParameters) -> Instroomstand:
    """State of the national chain at the start.

    Family members who may still be asked for are in balance with the permits of the last
    half-year: the stock that the pace of filing leaves over.
    """
    eerste = ins.besluiten(begin.open_asielzaken, p.asielaanvragen, p.ind_asielbesluiten)
    familie = eerste * p.inwilligingsaandeel * p.nareisverzoeken_per_vergunning
    tempo = p.nareis_indieningstempo
    verleden = list(np.moveaxis(begin.vergunningen_verleden, -1, 0))
    termijnen = [begin.termijn_verleden] * len(verleden)
    titels = ins.einde_termijn(verleden, termijnen, len(verleden))
    return Instroomstand(
        open_asielzaken=begin.open_asielzaken,
        open_nareiszaken=begin.open_nareiszaken,
        nog_in_te_dienen=familie * (1.0 - tempo) / tempo,
        niet_ingereisd=begin.nareis_vergund_niet_ingereisd,
        vergunningen_vorig=verleden[-1],
        usuele_verlengingen=titels * p.verlengingen_na_eerste_termijn,
        titels=verleden,
        termijnen=termijnen,
    )


def stap_verlengingen(stand: Instroomstand, p: ins.InstroomParameters) -> Reeks:
    """Renewals (next decisions) asked for in this half-year."""
    einde = ins.einde_termijn(stand.titels, stand.termijnen, len(stand.titels))
    return einde * p.verlengingen_na_eerste_termijn


def stap_nareis(
    stand: Instroomstand, nieuw: ins.Vergunningen, ruimte: Reeks, p: ins.InstroomParameters
) -> Uitkomst:
    """Family members: from permit of the referent to arrival."""
    stand.b_families.append(ins.nareis_met_wachttijd(nieuw, p))
    stand.b_wachttijden.append(p.wachttijd_nareis_b)
    vrij = ins.einde_termijn(stand.b_families, stand.b_wachttijden, len(stand.b_families) - 1)
    mogelijk = stand.nog_in_te_dienen + ins.nareis_zonder_wachttijd(nieuw, p) + vrij
    verzoeken = p.nareis_indieningstempo * mogelijk
    besluiten = ins.besluiten(stand.open_nareiszaken, verzoeken, p.ind_nareisbesluiten * ruimte)
    ingewilligd = besluiten * p.nareis_inwilliging
    onderweg = stand.niet_ingereisd + ingewilligd
    ingereisd = p.nareis_inreistempo * onderweg
    stand.nog_in_te_dienen = mogelijk - verzoeken
    stand.open_nareiszaken = stand.open_nareiszaken + verzoeken - besluiten
    stand.niet_ingereisd = onderweg - ingereisd
    return {
        "nareisverzoeken": verzoeken,
        "nareisbesluiten": besluiten,
        "nareis_ingereisd": ingereisd,
        "open_nareiszaken": stand.open_nareiszaken,
    }


def stap_instroom(stand: Instroomstand, p: ins.InstroomParameters, tempo: Reeks) -> Uitkomst:
    """One half-year of applications, decisions, permits, nareis and renewals.

    Parameters
    ----------
    tempo : array [trekking, 1], factor on the number of decisions of the IND
    """
    verlengingen = stap_verlengingen(stand, p)
    aanvragen = p.asielaanvragen + p.herhaalde_aanvragen
    afgesloten = ins.zonder_besluit(aanvragen, p)
    te_doen = aanvragen - afgesloten
    verwacht = ins.besluiten(stand.open_asielzaken, te_doen, p.ind_asielbesluiten * tempo)
    beroepen = ins.beroepen(ins.vergunningen(verwacht, p).b, p)
    extra_uren = beroepen * p.uren_per_beroep
    extra_uren = extra_uren + (verlengingen - stand.usuele_verlengingen) * p.uren_per_verlenging
    ruimte = ins.ind_ruimte(extra_uren, p) * tempo
    besluiten = ins.besluiten(stand.open_asielzaken, te_doen, p.ind_asielbesluiten * ruimte)
    nieuw = ins.vergunningen(besluiten, p)
    stand.open_asielzaken = stand.open_asielzaken + te_doen - besluiten
    nareis = stap_nareis(stand, nieuw, ruimte, p)
    vergunningen = nieuw.totaal + nareis["nareis_ingereisd"]
    stand.titels.append(vergunningen + verlengingen * p.aandeel_opnieuw_tijdelijk)
    stand.termijnen.append(p.geldigheidsduur_vergunning)
    return nareis | {
        "asielaanvragen": aanvragen,
        "aanvragen_zonder_besluit": afgesloten,
        "asielbesluiten": besluiten,
        "eerste_vergunningen": nieuw.totaal,
        "vergunningen": vergunningen,
        "open_asielzaken": stand.open_asielzaken,
        "beroepen": ins.beroepen(nieuw.b, p),
        "verlengingen": verlengingen,
        "ind_uren_extra": extra_uren,
    }


def stap_taakstelling(
    stand: Instroomstand,
    vergunningen: Reeks,
    voorspelfout: Reeks,
    p: ts.TaakstellingParameters,
    aangekondigd: Reeks,
) -> Reeks:
    """National net target of this half-year; remembers the forecast error for later.

    An announced target is taken as it is. It already holds a correction, so that it says nothing
    about the error that a later target must correct.

    Parameters
    ----------
    aangekondigd : array [trekking, 1], personen; NaN when no target was announced
    """
    onbekend = np.isnan(aangekondigd)
    verwacht = ts.verwachte_vergunningen(stand.vergunningen_vorig, voorspelfout, p)
    venster = ts.vergunningen_in_venster(stand.vergunningen_vorig, vergunningen)
    fouten = stand.voorspelfouten
    eerder = fouten[-2] if len(fouten) >= 2 else np.zeros_like(verwacht)
    fouten.append(np.where(onbekend, venster - verwacht, 0.0))
    stand.vergunningen_vorig = vergunningen
    return np.where(onbekend, ts.landelijke_taakstelling(verwacht, eerder, p), aangekondigd)


def begin_opvang(invoer: Invoer) -> Opvangstand:
    """State of reception and housing at the start.

    Municipalities differ in what they still have to do; who has little to do has a lead.
    """
    begin, g = invoer.begin, invoer.gemeenten
    overigen = np.maximum(0.0, begin.coa_bezetting - begin.statushouders_in_coa)
    gewicht = g.aandeel_inwoners * invoer.toeval.begin_opgave
    taak = begin.taakstelling_vorig * g.aandeel_inwoners
    opgave = gewicht / som_gemeenten(gewicht)
    return Opvangstand(
        statushouders=begin.statushouders_in_coa,
        overigen_per_zaak=overigen / np.maximum(begin.open_asielzaken, 1.0),
        plaatsen=begin.opvangplaatsen_regulier * g.aandeel_opvang_regulier,
        achterstand=ts.achterstand_per_gemeente(begin.achterstand, taak, opgave),
        bewoners_doorstroom=begin.doorstroom_bewoners * g.aandeel_inwoners,
    )


def regulier_aanbod(g: Gemeenten, p: hv.HuisvestingParameters) -> Reeks:
    """Supply of the regular channels together, array [trekking, gemeente]."""
    return aanbod(g, np.zeros((1, 1)), p).regulier


def aanbod(g: Gemeenten, bewoners_doorstroom: Reeks, p: hv.HuisvestingParameters) -> hv.Aanbod:
    """Supply of every channel before effort and calibration."""
    aandeel = g.aandeel_inwoners
    flex = p.flexwoningen * p.aandeel_flex_statushouders * p.personen_per_woning
    return hv.Aanbod(
        corporatie=hv.corporatie_aanbod(g.corporatiewoningen, g.stedelijkheid, p),
        kamers=p.gehuisvest_kamers_particulier * p.factor_kamers * aandeel,
        flex=flex * aandeel,
        hotel=p.hotelplaatsen * aandeel,
        versneld=hv.versneld_aanbod(g.netwerk_groot, g.netwerk_middel, p),
        doorstroom=hv.vrije_doorstroomplaatsen(bewoners_doorstroom, aandeel, p),
    )


def stap_huisvesting(
    invoer: Invoer,
    stand: Opvangstand,
    vraag: Reeks,
    wachtenden: Reeks,
    inzet: Reeks,
    p: hv.HuisvestingParameters,
) -> Uitkomst:
    """Persons housed in a half-year, by channel, apart from nareis with a housed referent.

    Parameters
    ----------
    vraag : array [trekking, gemeente], personen that the municipality is asked to house
    wachtenden : array [trekking, 1], personen waiting in COA
    inzet : array [trekking, gemeente], factor on what is placed

    Notes
    -----
    A municipality with a lasting effect above 1 can house more than it is asked to: a lead.
    """
    kanaal = aanbod(invoer.gemeenten, stand.bewoners_doorstroom, p)
    benutting = invoer.toeval.benutting
    regulier = kanaal.regulier * benutting
    vertrek = hv.vertrek_uit_doorstroom(stand.bewoners_doorstroom, regulier, p)
    over = np.maximum(0.0, regulier - vertrek)
    capaciteit = over + kanaal.extra
    geplaatst = hv.gehuisvest(vraag, capaciteit) * inzet
    geplaatst = hv.begrens(geplaatst, wachtenden, p)
    deel = np.minimum(1.0, geplaatst / np.maximum(capaciteit, hv.KLEINSTE_CAPACITEIT))
    doorstroom, versneld = deel * kanaal.doorstroom, deel * kanaal.versneld
    rest = np.maximum(0.0, geplaatst - doorstroom - versneld)
    per_regulier = rest / np.maximum(kanaal.regulier, hv.KLEINSTE_CAPACITEIT)
    stand.bewoners_doorstroom = stand.bewoners_doorstroom + doorstroom - vertrek
    verhuisd = benutting * vertrek / np.maximum(regulier, hv.KLEINSTE_CAPACITEIT)
    in_corporatie = (per_regulier + verhuisd) * kanaal.corporatie
    return {
        "corporatiewoningen_statushouders": in_corporatie / p.personen_per_woning,
        "gehuisvest_corporatie": per_regulier * kanaal.corporatie,
        "gehuisvest_kamers": per_regulier * kanaal.kamers,
        "gehuisvest_flex": per_regulier * kanaal.flex,
        "gehuisvest_hotel": per_regulier * kanaal.hotel,
        "gehuisvest_versneld": versneld,
        "gehuisvest_doorstroom": doorstroom,
        "bewoners_doorstroom": stand.bewoners_doorstroom,
    }


KANALEN = (
    "gehuisvest_corporatie",
    "gehuisvest_kamers",
    "gehuisvest_flex",
    "gehuisvest_hotel",
    "gehuisvest_versneld",
    "gehuisvest_doorstroom",
)


def stap_uitstroom(
    invoer: Invoer,
    stand: Opvangstand,
    nationaal: Uitkomst,
    netto: Reeks,
    schok: Reeks,
    p: hv.HuisvestingParameters,
    geldt: Reeks,
) -> Uitkomst:
    """Outflow from COA to municipalities in a half-year, and the backlog.

    Parameters
    ----------
    schok : array [trekking, 1], factor on what is placed

    Notes
    -----
    Without the duty (``geldt`` 0) the number of persons to be housed stays the same, municipalities
    make less effort, and there is no target and no backlog any more.
    """
    aandeel = invoer.gemeenten.aandeel_inwoners
    direct = nationaal["nareis_ingereisd"] * p.aandeel_nareis_bij_referent
    nareis = direct * aandeel
    naar_coa = nationaal["nareis_ingereisd"] - direct
    wachtenden = stand.statushouders + nationaal["eerste_vergunningen"] + naar_coa
    bruto = ts.bruto_taakstelling(netto, stand.achterstand)
    vraag = np.maximum(0.0, bruto - nareis)
    inzet = invoer.toeval.gemeente_effect * hv.inspanning(geldt, p) * schok
    per_kanaal = stap_huisvesting(invoer, stand, vraag, wachtenden, inzet, p)
    uit_coa = sum((per_kanaal[naam] for naam in KANALEN), start=np.zeros_like(vraag))
    gehuisvest = uit_coa + nareis
    stand.statushouders = wachtenden - som_gemeenten(uit_coa)
    stand.achterstand = ts.achterstand(stand.achterstand, netto, gehuisvest)
    return per_kanaal | {
        "taakstelling": netto * geldt,
        "bruto_taakstelling": bruto * geldt,
        "gehuisvest": gehuisvest,
        "gehuisvest_nareis": nareis,
        "achterstand": stand.achterstand * geldt,
        "gemeenten_taakstelling_gehaald": ts.gehaald(stand.achterstand) * geldt,
        "huishoudens_nieuw": uit_coa / p.personen_per_woning,
        "statushouders_in_coa": stand.statushouders * aandeel,
    }


def stap_opvang(
    invoer: Invoer, stand: Opvangstand, open_asielzaken: Reeks, p: opv.OpvangParameters
) -> Uitkomst:
    """Reception at the end of a half-year: places, residents, emergency places and cost."""
    g = invoer.gemeenten
    taak = opv.spreidingswet_taak(g.aandeel_spreidingswet, p)
    nieuw = opv.nieuwe_plaatsen(stand.plaatsen, taak, p)
    vervallen = opv.vervallen_plaatsen(stand.plaatsen, g.aandeel_opvang_regulier, p)
    stand.plaatsen = stand.plaatsen + nieuw - vervallen
    bezetting = stand.statushouders + stand.overigen_per_zaak * open_asielzaken
    plaatsen = som_gemeenten(stand.plaatsen)
    kosten = opv.opvangkosten(bezetting, plaatsen, p)
    bewoners = stand.plaatsen * np.minimum(1.0, bezetting / np.maximum(plaatsen, 1.0))
    nood = opv.noodopvang(bezetting, plaatsen) * g.aandeel_opvang_nood
    return {
        "spreidingswet_taak": taak,
        "opvangplaatsen_regulier": stand.plaatsen,
        "opvang_nood": nood,
        "coa_bewoners": bewoners + nood,
        "opvangkosten": verdeel(kosten, stand.plaatsen + nood),
        "bonus_spreidingswet": nieuw * p.bonus_spreidingswet,
    }


def keten(invoer: Invoer) -> Uitkomst:
    """Run modules 1 to 4 over all half-years.

    Returns
    -------
    dict of array [trekking, gemeente or 1, periode]
    """
    instroom = lees(ins.InstroomParameters, invoer.reeksen)
    taak = lees(ts.TaakstellingParameters, invoer.reeksen)
    huis = lees(hv.HuisvestingParameters, invoer.reeksen)
    opvang = lees(opv.OpvangParameters, invoer.reeksen)
    keten_stand = begin_instroom(invoer.begin, op(instroom, 0))
    aangekondigd = invoer.begin.taakstelling_aangekondigd
    opvang_stand = begin_opvang(invoer)
    per_periode: list[Uitkomst] = []
    for t in range(invoer.perioden):
        tempo = invoer.toeval.vergunningen[:, :, t]
        nationaal = stap_instroom(keten_stand, op(instroom, t), tempo)
        geldt = taak.taakstelling_geldt[:, :, t]
        fout = invoer.toeval.voorspelfout[:, :, t]
        landelijk = stap_taakstelling(
            keten_stand, nationaal["vergunningen"], fout, op(taak, t), aangekondigd
        )
        aangekondigd = np.full_like(aangekondigd, np.nan)
        inwoners = invoer.gemeenten.inwoners[:, :, t]
        netto = ts.verdeel_taakstelling(landelijk, inwoners, som_gemeenten(inwoners))
        schok = invoer.toeval.inzet[:, :, t]
        uitstroom = stap_uitstroom(
            invoer, opvang_stand, nationaal, netto, schok, op(huis, t), geldt
        )
        opgevangen = stap_opvang(invoer, opvang_stand, nationaal["open_asielzaken"], op(opvang, t))
        per_periode.append(nationaal | uitstroom | opgevangen)
    return {naam: stapel([deel[naam] for deel in per_periode]) for naam in per_periode[0]}
