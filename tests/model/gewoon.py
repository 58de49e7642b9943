"""The model once more as a plain loop: one draw, one municipality, one half-year, one number.

Written a second time on purpose, from the same rules but without arrays and without any function of
`impact.model`. The tests hold both against each other for random parameters: a mistake must be made
twice to stay unseen. `benchmarks/ensemble.py` uses it to say what working with arrays gains.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, expm1, isnan
from typing import Any

from impact.model.invoer import Invoer

Getallen = dict[str, float]
Rij = list[float]
Uitkomst = dict[tuple[str, str], list[Rij]]
CURVE = (6, 12, 24, 36, 48, 66, 108)
KANALEN = ("corporatie", "kamers", "flex", "hotel", "versneld", "doorstroom")
DAGEN = 182.5
NIETS = 1e-9


@dataclass
class Land:
    """Input of one draw in plain numbers.

    Attributes
    ----------
    landelijk : per half-year the parameters that hold for the whole country
    lokaal : per municipality and half-year all parameters
    gemeenten : per municipality the figures that do not change
    inwoners : per municipality and half-year
    begin : state at the start: a number, or a list of half-years
    """

    landelijk: list[Getallen]
    lokaal: list[list[Getallen]]
    gemeenten: list[Getallen]
    inwoners: list[Rij]
    begin: dict[str, Any]
    benutting: float
    inzet: Rij
    vergunningen: Rij
    voorspelfout: Rij


def maak_land(invoer: Invoer, trekking: int) -> Land:
    """Take one draw out of the arrays."""

    def een(reeks: Any) -> list[Any]:
        waarden: list[Any] = reeks[min(trekking, len(reeks) - 1)].tolist()
        return waarden

    getallen = {naam: een(reeks) for naam, reeks in invoer.reeksen.items()}
    g, halfjaren = invoer.gemeenten, range(invoer.perioden)
    landelijk = [{naam: rij[0][t] for naam, rij in getallen.items()} for t in halfjaren]
    eigen = {naam: rij for naam, rij in getallen.items() if len(rij) > 1}
    inwoners = een(g.inwoners)
    nederland = sum(rij[0] for rij in inwoners)
    effect, opgave = een(invoer.toeval.gemeente_effect), een(invoer.toeval.begin_opgave)
    vast = {naam: een(waarde) for naam, waarde in vars(g).items() if naam != "inwoners"}
    begin = {
        naam: waarden[0] if len(waarden) == 1 else waarden
        for naam, waarden in ((n, een(w)) for n, w in vars(invoer.begin).items())
    }
    return Land(
        landelijk=landelijk,
        lokaal=[
            [
                landelijk[t] | {naam: rij[nummer][t] for naam, rij in eigen.items()}
                for t in halfjaren
            ]
            for nummer in range(len(inwoners))
        ],
        gemeenten=[
            {naam: rij[nummer] for naam, rij in vast.items()}
            | {
                "aandeel": inwoners[nummer][0] / nederland,
                "effect": effect[nummer],
                "opgave": opgave[nummer],
            }
            for nummer in range(len(inwoners))
        ],
        inwoners=inwoners,
        begin=begin,
        benutting=een(invoer.toeval.benutting)[0],
        inzet=een(invoer.toeval.inzet)[0],
        vergunningen=een(invoer.toeval.vergunningen)[0],
        voorspelfout=een(invoer.toeval.voorspelfout)[0],
    )


def leeg(gemeenten: int, halfjaren: int) -> list[Rij]:
    """Zero for every municipality and half-year."""
    return [[0.0] * halfjaren for _ in range(gemeenten)]


def noteer(uit: Uitkomst, land: Land, g: int, t: int, waarden: Getallen) -> None:
    """Keep some numbers of a municipality; a payer follows the name after a colon."""
    for woord, waarde in waarden.items():
        naam, _, betaler = woord.partition(":")
        rijen = uit.get((naam, betaler))
        if rijen is None:
            rijen = uit[(naam, betaler)] = leeg(len(land.gemeenten), len(land.landelijk))
        rijen[g][t] = waarde


def noteer_landelijk(uit: Uitkomst, land: Land, t: int, waarden: Getallen) -> None:
    """Keep some numbers of the country."""
    for naam, waarde in waarden.items():
        uit.setdefault((naam, ""), leeg(1, len(land.landelijk)))[0][t] = waarde


# ---------------------------------------------------------------- modules 1 to 4: the chain


def einde_termijn(cohorten: Rij, termijnen: Rij, halfjaar: int) -> float:
    """Persons whose term ends now; a broken term is split over two half-years."""
    som = 0.0
    for begin, (cohort, termijn) in enumerate(zip(cohorten, termijnen, strict=True)):
        afstand = abs(halfjaar - begin - termijn)
        if afstand < 1.0:
            som += cohort * (1.0 - afstand)
    return som


@dataclass
class Stand:
    """Everything that the chain remembers from one half-year to the next."""

    open_asiel: float
    open_nareis: float
    nog_in_te_dienen: float
    onderweg: float
    titels: Rij
    termijnen: Rij
    b_families: Rij
    b_termijnen: Rij
    verlengingen_gewoon: float
    vergunningen_vorig: float
    voorspelfouten: Rij
    statushouders: float
    overigen_per_zaak: float
    plaatsen: Rij
    achterstand: Rij
    doorstroom: Rij


def begin_stand(land: Land) -> Stand:
    """State on the first day."""
    b, p = land.begin, land.landelijk[0]
    besluiten = min(b["open_asielzaken"] + p["asielaanvragen"], p["ind_asielbesluiten"])
    familie = besluiten * p["inwilligingsaandeel"] * p["nareisverzoeken_per_vergunning"]
    titels = list(b["vergunningen_verleden"])
    termijnen = [b["termijn_verleden"]] * len(titels)
    gewicht = [g["aandeel"] * g["opgave"] for g in land.gemeenten]
    te_doen = b["taakstelling_vorig"] + b["achterstand"]
    overigen = max(0.0, b["coa_bezetting"] - b["statushouders_in_coa"])
    return Stand(
        open_asiel=b["open_asielzaken"],
        open_nareis=b["open_nareiszaken"],
        nog_in_te_dienen=familie * (1 - p["nareis_indieningstempo"]) / p["nareis_indieningstempo"],
        onderweg=b["nareis_vergund_niet_ingereisd"],
        verlengingen_gewoon=einde_termijn(titels, termijnen, len(titels))
        * p["verlengingen_na_eerste_termijn"],
        titels=titels,
        termijnen=termijnen,
        b_families=[],
        b_termijnen=[],
        vergunningen_vorig=titels[-1],
        voorspelfouten=[],
        statushouders=b["statushouders_in_coa"],
        overigen_per_zaak=overigen / max(b["open_asielzaken"], 1.0),
        plaatsen=[
            b["opvangplaatsen_regulier"] * g["aandeel_opvang_regulier"] for g in land.gemeenten
        ],
        achterstand=[
            te_doen * w / sum(gewicht) - b["taakstelling_vorig"] * g["aandeel"]
            for w, g in zip(gewicht, land.gemeenten, strict=True)
        ],
        doorstroom=[b["doorstroom_bewoners"] * g["aandeel"] for g in land.gemeenten],
    )


def reken_keten(land: Land, uit: Uitkomst) -> None:
    """Half-year by half-year."""
    stand = begin_stand(land)
    for t in range(len(land.landelijk)):
        nationaal = instroom(land, stand, t)
        noteer_landelijk(uit, land, t, nationaal)
        huisvesting(land, stand, nationaal, t, uit)
        opvang(land, stand, t, uit)


def instroom(land: Land, stand: Stand, t: int) -> Getallen:
    """Applications, decisions, permits, renewals and nareis."""
    p, tempo = land.landelijk[t], land.vergunningen[t]
    verlengingen = einde_termijn(stand.titels, stand.termijnen, len(stand.titels))
    verlengingen *= p["verlengingen_na_eerste_termijn"]
    aanvragen = p["asielaanvragen"] + p["herhaalde_aanvragen"]
    b_deel = p["inwilligingsaandeel"] * p["aandeel_b_status"]
    te_doen = aanvragen * (1.0 - p["aandeel_zonder_besluit"])
    verwacht = min(stand.open_asiel + te_doen, p["ind_asielbesluiten"] * tempo)
    extra_uren = verwacht * b_deel * p["beroepsaandeel_b"] * p["uren_per_beroep"]
    extra_uren += (verlengingen - stand.verlengingen_gewoon) * p["uren_per_verlenging"]
    uren = p["ind_asielbesluiten"] * p["uren_per_asielbesluit"]
    uren += p["ind_nareisbesluiten"] * p["uren_per_nareisbesluit"]
    zonder_mensen = extra_uren * (1.0 - p["ind_groeit_mee"])
    ruimte = max(0.0, 1.0 - zonder_mensen / max(uren, NIETS)) * tempo
    besluiten = min(stand.open_asiel + te_doen, p["ind_asielbesluiten"] * ruimte)
    vergund = besluiten * p["inwilligingsaandeel"]
    b_status = vergund * p["aandeel_b_status"]
    stand.open_asiel += te_doen - besluiten
    uit = nareis(stand, b_status, vergund - b_status, ruimte, p)
    vergunningen = vergund + uit["nareis_ingereisd"]
    stand.titels.append(vergunningen + verlengingen * p["aandeel_opnieuw_tijdelijk"])
    stand.termijnen.append(p["geldigheidsduur_vergunning"])
    return uit | {
        "asielaanvragen": aanvragen,
        "aanvragen_zonder_besluit": aanvragen - te_doen,
        "asielbesluiten": besluiten,
        "eerste_vergunningen": vergund,
        "vergunningen": vergunningen,
        "open_asielzaken": stand.open_asiel,
        "beroepen": b_status * p["beroepsaandeel_b"],
        "verlengingen": verlengingen,
        "ind_uren_extra": extra_uren,
    }


def nareis(stand: Stand, b_status: float, overig: float, ruimte: float, p: Getallen) -> Getallen:
    """Family members, from the permit of the referent to their arrival."""
    familie = p["nareisverzoeken_per_vergunning"] * p["aandeel_kerngezin"]
    stand.b_families.append(b_status * familie * p["aandeel_b_voldoet_nareisvoorwaarden"])
    stand.b_termijnen.append(p["wachttijd_nareis_b"])
    vrij = einde_termijn(stand.b_families, stand.b_termijnen, len(stand.b_families) - 1)
    mogelijk = stand.nog_in_te_dienen + overig * familie + vrij
    verzoeken = mogelijk * p["nareis_indieningstempo"]
    besluiten = min(stand.open_nareis + verzoeken, p["ind_nareisbesluiten"] * ruimte)
    onderweg = stand.onderweg + besluiten * p["nareis_inwilliging"]
    ingereisd = onderweg * p["nareis_inreistempo"]
    stand.nog_in_te_dienen = mogelijk - verzoeken
    stand.open_nareis += verzoeken - besluiten
    stand.onderweg = onderweg - ingereisd
    return {
        "nareisverzoeken": verzoeken,
        "nareisbesluiten": besluiten,
        "nareis_ingereisd": ingereisd,
        "open_nareiszaken": stand.open_nareis,
    }


def taakstelling(land: Land, stand: Stand, vergunningen: float, t: int) -> float:
    """National net target, whole persons; the first one as announced where it is known."""
    p, aangekondigd = land.landelijk[t], land.begin["taakstelling_aangekondigd"]
    bekend = t == 0 and not isnan(aangekondigd)
    fout = p["spreiding_voorspelfout"] * land.voorspelfout[t]
    verwacht = stand.vergunningen_vorig * max(0.0, 1.0 + fout)
    eerder = stand.voorspelfouten[-2] if len(stand.voorspelfouten) >= 2 else 0.0
    fout = (stand.vergunningen_vorig + vergunningen) / 2 - verwacht
    stand.voorspelfouten.append(0.0 if bekend else fout)
    stand.vergunningen_vorig = vergunningen
    if bekend:
        return float(aangekondigd)
    return float(round(max(0.0, verwacht + p["correctieaandeel"] * eerder)))


def kans_corporatie(g: Getallen, p: Getallen) -> float:
    """What remains of first housing without priority."""
    helling = p["verschil_kans_stedelijkheid"] * (g["stedelijkheid"] - 3)
    zonder = min(1.0, max(0.0, p["kans_zonder_voorrang"] * (1 + helling)))
    return p["aandeel_met_voorrang"] + (1 - p["aandeel_met_voorrang"]) * zonder


def kanalen(g: Getallen, bewoners: float, p: Getallen) -> Getallen:
    """Persons that each channel can house in a half-year."""
    vrij = g["corporatiewoningen"] * p["mutatiegraad"] / 2 * p["aandeel_eerste_huisvesting"]
    overig = 1 - g["netwerk_groot"] - g["netwerk_middel"]
    gevraagd = (
        g["netwerk_groot"] * p["versneld_huisvesten_groot"]
        + g["netwerk_middel"] * p["versneld_huisvesten_middel"]
        + overig * p["versneld_huisvesten_overig"]
    )
    flex = p["flexwoningen"] * p["aandeel_flex_statushouders"]
    return {
        "corporatie": vrij * kans_corporatie(g, p) * p["personen_per_woning"],
        "kamers": p["gehuisvest_kamers_particulier"] * p["factor_kamers"] * g["aandeel"],
        "flex": flex * p["personen_per_woning"] * g["aandeel"],
        "hotel": p["hotelplaatsen"] * g["aandeel"],
        "versneld": gevraagd * p["deelname_versneld_huisvesten"],
        "doorstroom": max(0.0, p["doorstroomplaatsen"] * g["aandeel"] - bewoners),
    }


def plaats(land: Land, stand: Stand, nodig: Rij, wachtenden: float, t: int) -> list[Getallen]:
    """Per municipality: supply, persons who leave a transit location, persons who get a place."""
    gedaan = []
    for g, gemeente in enumerate(land.gemeenten):
        p = land.lokaal[g][t]
        aanbod = kanalen(gemeente, stand.doorstroom[g], p)
        regulier = sum(aanbod[k] for k in ("corporatie", "kamers", "flex", "hotel"))
        benut = regulier * land.benutting
        vertrek = min(stand.doorstroom[g] * p["uitstroom_doorstroom"], benut)
        capaciteit = max(0.0, benut - vertrek) + aanbod["versneld"] + aanbod["doorstroom"]
        veilig = max(capaciteit, NIETS)
        geldt = p["taakstelling_geldt"]
        inzet = gemeente["effect"] * (geldt + (1 - geldt) * p["inspanning_zonder_taakstelling"])
        inzet *= land.inzet[t]
        geplaatst = -veilig * expm1(-nodig[g] / veilig) * inzet
        gedaan.append(
            aanbod
            | {"regulier": regulier, "benut": benut, "vertrek": vertrek}
            | {"capaciteit": capaciteit, "geplaatst": geplaatst}
        )
    totaal = sum(g["geplaatst"] for g in gedaan)
    hoogste = land.landelijk[t]["maximale_uitplaatsing"] * wachtenden
    factor = min(1.0, hoogste / max(totaal, NIETS))
    return [g | {"geplaatst": g["geplaatst"] * factor} for g in gedaan]


def per_kanaal(land: Land, stand: Stand, g: int, t: int, plek: Getallen) -> Getallen:
    """Divide who gets a place over the channels, and follow the transit locations."""
    deel = min(1.0, plek["geplaatst"] / max(plek["capaciteit"], NIETS))
    doorstroom, versneld = deel * plek["doorstroom"], deel * plek["versneld"]
    rest = max(0.0, plek["geplaatst"] - doorstroom - versneld)
    per_regulier = rest / max(plek["regulier"], NIETS)
    verhuisd = land.benutting * plek["vertrek"] / max(plek["benut"], NIETS)
    stand.doorstroom[g] += doorstroom - plek["vertrek"]
    in_corporatie = (per_regulier + verhuisd) * plek["corporatie"]
    return {
        "corporatiewoningen_statushouders": in_corporatie
        / land.lokaal[g][t]["personen_per_woning"],
        "gehuisvest_corporatie": per_regulier * plek["corporatie"],
        "gehuisvest_kamers": per_regulier * plek["kamers"],
        "gehuisvest_flex": per_regulier * plek["flex"],
        "gehuisvest_hotel": per_regulier * plek["hotel"],
        "gehuisvest_versneld": versneld,
        "gehuisvest_doorstroom": doorstroom,
        "bewoners_doorstroom": stand.doorstroom[g],
    }


def huisvesting(land: Land, stand: Stand, nationaal: Getallen, t: int, uit: Uitkomst) -> None:
    """Target, persons housed and backlog of every municipality."""
    p = land.landelijk[t]
    landelijk = taakstelling(land, stand, nationaal["vergunningen"], t)
    nederland = sum(rij[t] for rij in land.inwoners)
    direct = nationaal["nareis_ingereisd"] * p["aandeel_nareis_bij_referent"]
    naar_coa = nationaal["nareis_ingereisd"] - direct
    wachtenden = stand.statushouders + nationaal["eerste_vergunningen"] + naar_coa
    netto = [float(ceil(landelijk * rij[t] / nederland - NIETS)) for rij in land.inwoners]
    nodig = [
        max(0.0, netto[g] + stand.achterstand[g] - direct * gemeente["aandeel"])
        for g, gemeente in enumerate(land.gemeenten)
    ]
    plekken = plaats(land, stand, nodig, wachtenden, t)
    uit_coa = []
    for g, gemeente in enumerate(land.gemeenten):
        eigen = per_kanaal(land, stand, g, t, plekken[g])
        uit_coa.append(sum(eigen[f"gehuisvest_{kanaal}"] for kanaal in KANALEN))
        bij_referent = direct * gemeente["aandeel"]
        bruto, gehuisvest = netto[g] + stand.achterstand[g], uit_coa[g] + bij_referent
        stand.achterstand[g] = bruto - gehuisvest
        geldt = land.lokaal[g][t]["taakstelling_geldt"]
        eigen |= {
            "taakstelling": netto[g] * geldt,
            "bruto_taakstelling": bruto * geldt,
            "achterstand": stand.achterstand[g] * geldt,
            "gemeenten_taakstelling_gehaald": geldt if stand.achterstand[g] < 0.5 else 0.0,
            "gehuisvest": gehuisvest,
            "gehuisvest_nareis": bij_referent,
            "huishoudens_nieuw": uit_coa[g] / land.lokaal[g][t]["personen_per_woning"],
        }
        noteer(uit, land, g, t, eigen)
    stand.statushouders = wachtenden - sum(uit_coa)
    for g, gemeente in enumerate(land.gemeenten):
        noteer(uit, land, g, t, {"statushouders_in_coa": stand.statushouders * gemeente["aandeel"]})


def opvang(land: Land, stand: Stand, t: int, uit: Uitkomst) -> None:
    """Reception at the end of a half-year: places, residents, emergency places and cost."""
    p, taken, nieuwe = land.landelijk[t], [], []
    for g, gemeente in enumerate(land.gemeenten):
        taak = p["capaciteitsraming_spreidingswet"] * gemeente["aandeel_spreidingswet"]
        oud = stand.plaatsen[g]
        nieuw = p["realisatietempo_spreidingswet"] * max(0.0, taak - oud)
        verlies = min(oud, p["verlies_opvangplaatsen"] * gemeente["aandeel_opvang_regulier"])
        stand.plaatsen[g] = oud + nieuw - verlies
        taken.append(taak)
        nieuwe.append(nieuw)
    plaatsen = sum(stand.plaatsen)
    bezetting = stand.statushouders + stand.overigen_per_zaak * stand.open_asiel
    nood = max(0.0, bezetting - plaatsen)
    kosten = min(bezetting, plaatsen) * p["kosten_opvang_regulier"]
    kosten += nood * p["kosten_opvang_nood"]
    kosten += max(0.0, plaatsen - bezetting) * p["kosten_lege_plaats"]
    noodplekken = [nood * gemeente["aandeel_opvang_nood"] for gemeente in land.gemeenten]
    gewicht = plaatsen + sum(noodplekken)
    for g, eigen in enumerate(stand.plaatsen):
        bonus = nieuwe[g] * p["bonus_spreidingswet"]
        deel = (eigen + noodplekken[g]) / max(gewicht, 1e-12)
        regels = {
            "spreidingswet_taak": taken[g],
            "opvangplaatsen_regulier": eigen,
            "opvang_nood": noodplekken[g],
            "coa_bewoners": eigen * min(1.0, bezetting / max(plaatsen, 1.0)) + noodplekken[g],
            "kosten_opvang_coa:coa": kosten / 2 * deel,
            "kosten_bonus_opvang:rijk_overig": bonus,
            "kosten_bonus_opvang:gemeente": -bonus,
        }
        noteer(uit, land, g, t, regels)
