"""What the order and pace of laws do, in sentences that follow sign, size and certainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impact.analysis.volgordetabellen import (
    HOOGSTE_GAT,
    LAAGSTE_FTE,
    LAAGSTE_GAT,
    LOS,
    MINST_SLECHT,
    SAMENLOOP,
)
from impact.reporting.getallen import Band, geheel, in_woorden
from impact.reporting.volgordeuitslag import Uitslag, jaren, kort, onzeker
from impact.reporting.zinnen import geldzin, hoofdletter, opsomming, verschilzin

WEINIG = 0.2
"""Interplay below this share of a difference is called small."""
FTE = "het hoogste extra tekort aan mensen bij gemeenten"
WACHTRIJ = "het aantal statushouders dat in de opvang wacht,"
COA = "kosten_coa_aanloop"
UITLEG = (
    "Een wet die later ingaat, kost of bespaart in deze jaren minder, want zij geldt korter. Dat "
    "is uitstel, en geen betere volgorde. Daarom vergelijken we volgordes met dezelfde data. We "
    "zeggen apart wat uitstel doet, en wat het doet dat wetten elkaar raken."
)
NIET_GEMODELLEERD = (
    "Of er een meerderheid is voor een volgorde, en wanneer een wet klaar kan zijn.",
    "Overgangsrecht: wat geldt voor mensen die al een aanvraag of vergunning hadden.",
    "Wat het gemeenten kost om zich vaker voor te bereiden als wetten na elkaar ingaan.",
    "Dat mensen en gemeenten zich al aanpassen voordat een wet ingaat, behalve waar een maatregel "
    "dat zelf zegt.",
    "Dat een gemeente mensen tekort komt terwijl een buurgemeente ruimte heeft: de grens geldt "
    "voor het land als geheel.",
)


def inleiding(uitslag: Uitslag) -> str:
    """What was tried, and since when."""
    begin, (van, tot) = uitslag.manifest["begin"], uitslag.manifest["venster"]
    if not uitslag.duren:
        return (
            "Dit scenario heeft een wet. Er valt dus niets te ordenen: er is een volgorde, en dat "
            "is die van het scenario zelf."
        )
    tempo = opsomming([jaren(duur) for duur in uitslag.duren])
    return (
        f"We laten de {len(uitslag.wetten)} wetten van dit scenario in andere volgordes ingaan: "
        f"ineens, of verspreid over {tempo}. De eerste wet begint in {begin}; geen wet begint "
        f"eerder dan in het scenario. We tellen de kosten van {van} tot en met {tot}, vergeleken "
        f"met: {uitslag.manifest['referentie']}. Een min voor een bedrag betekent dat gemeenten "
        "minder kwijt zijn."
    )


def aantallen(uitslag: Uitslag) -> str:
    """How many plans were computed, and whether these are all orders."""
    plannen = len(uitslag.plannen)
    if not uitslag.duren:
        return "Er is een plan doorgerekend."
    if uitslag.manifest["alle_volgordes"]:
        return (
            f"Er zijn {plannen} plannen doorgerekend; alle volgordes zitten erin. Volgordes met "
            "dezelfde data tellen als een."
        )
    return (
        f"Er zijn {plannen} plannen doorgerekend. Dat zijn niet alle volgordes: daarvoor zijn het "
        "er te veel. Erin zitten de volgorde van het scenario, en elke wet als eerste en als "
        "laatste. Ook de goedkoopste en duurste volgorde als elke wet los telt, en een steekproef. "
        "Een andere volgorde kan nog iets beter zijn."
    )


def grenszin(uitslag: Uitslag) -> str:
    """How many plans stay below the limits; the least bad when there are none."""
    plannen = uitslag.plannen.values()
    alle, past, streng, ruim = (
        len(plannen),
        *(sum(plan[naam] for plan in plannen) for naam in ("past", "past_streng", "past_ruim")),
    )
    procent = geheel(100 * uitslag.manifest["zekerheid"])
    voorwaarde = f"in ten minste {procent} procent van de berekeningen"
    marge = f"Met de strengste grenzen zijn het er {streng}, met de ruimste {ruim}."
    if past == alle:
        return f"Alle plannen ({alle}) blijven {voorwaarde} onder de grenzen voor het werk. {marge}"
    if past:
        tekst = f"Van de {alle} plannen blijven er {past} {voorwaarde} onder de grenzen."
    else:
        minst = next(plan for (rol, _), plan in uitslag.rollen.items() if rol == MINST_SLECHT)
        kans = geheel(100 * uitslag.plannen[minst]["kans_past"])
        tekst = (
            f"Geen van de {alle} plannen blijft {voorwaarde} onder de grenzen. Het minst slecht "
            f"is {uitslag.titel(minst)}: daar lukt het in {kans} procent."
        )
    apart = [
        f"{grens['plannen_onder']} onder de grens '{grens['grens']}'" for grens in uitslag.grenzen
    ]
    return f"{tekst} Elke grens apart: {opsomming(apart)}. {marge}"


def bestezinnen(uitslag: Uitslag) -> list[str]:
    """Which order of the slowest pace leaves municipalities with least, and the range."""
    duur, gat = uitslag.duren[-1], uitslag.manifest["gat"]
    beste, duurste = (uitslag.rollen[rol, duur] for rol in (LAAGSTE_GAT, HOOGSTE_GAT))
    band, volgordes = uitslag.cijfer(beste, gat), uitslag.volgordes(duur).values()
    past = [plan["past"] for plan in volgordes]
    waaronder = " die onder de grenzen blijven" if any(past) and not all(past) else ""
    zinnen = [
        f"Van de volgordes over {jaren(duur)}{waaronder} is {volgordetekst(uitslag, beste)} voor "
        f"gemeenten het goedkoopst. {geldzin('gemeenten', band, onzeker(band), 'dan')}"
    ]
    verschil, twijfel = uitslag.verschil("bereik", duur, gat)
    if beste != duurste and not verschil.nul:
        gelijk = sum(plan["als_beste"] for plan in volgordes)
        zinnen.append(
            f"De duurste is {uitslag.titel(duurste)}. "
            f"{geldzin('gemeenten', verschil, twijfel, 'daarmee')} "
            f"{deelzin(uitslag, 'bereik', duur)} {_gelijkzin(gelijk, len(volgordes))}"
        )
    return zinnen


def _gelijkzin(gelijk: int, alle: int) -> str:
    if gelijk == 1:
        return f"Alle andere volgordes ({alle - 1}) zijn duidelijk duurder dan de goedkoopste."
    return (
        f"Van de {alle} volgordes zijn er {gelijk} niet duidelijk te scheiden van de goedkoopste, "
        "zijzelf meegeteld."
    )


def volgordetekst(uitslag: Uitslag, plan: str) -> str:
    """An order with the names of the first and the last law."""
    dagen = {wet: uitslag.data[plan, wet] for wet in uitslag.wetten}
    eerst, laatst = (
        opsomming([kort(uitslag.wetten[wet]["titel"]) for wet in dagen if dagen[wet] == dag])
        for dag in (min(dagen.values()), max(dagen.values()))
    )
    letters = uitslag.plannen[plan]["titel"]
    return f"de volgorde {letters} (eerst: {eerst}; laatst: {laatst})"


def deelzin(uitslag: Uitslag, vergelijking: str, duur: int) -> str:
    """How much of a difference in money is delay, and how much laws that meet each other."""
    gat = uitslag.manifest["gat"]
    los, _ = uitslag.verschil(vergelijking, duur, gat, LOS)
    samen, twijfel = uitslag.verschil(vergelijking, duur, gat, SAMENLOOP)
    if los.nul and samen.nul:
        return ""
    if samen.nul:
        return "Dat is helemaal uitstel: de wetten raken elkaar niet."
    kop = f"Door uitstel: {in_woorden(los)}. Doordat wetten elkaar raken: {in_woorden(samen)}."
    if twijfel or abs(samen.midden) < WEINIG * abs(los.midden):
        return f"{kop} Het gaat dus vooral om hoe lang elke wet geldt."
    return f"{kop} Hoe de wetten op elkaar volgen, telt dus ook mee."


def ftezin(uitslag: Uitslag) -> str:
    """Which order of the slowest pace has the smallest peak in work, and what that costs."""
    duur, m = uitslag.duren[-1], uitslag.manifest
    beste, laagste = (uitslag.rollen[rol, duur] for rol in (LAAGSTE_GAT, LAAGSTE_FTE))
    piek = in_woorden(uitslag.cijfer(laagste, m["fte"]))
    if beste == laagste:
        return f"Diezelfde volgorde heeft ook het laagste extra tekort aan mensen: {piek}."
    fte = verschilzin(FTE, *uitslag.verschil("werk", duur, m["fte"]), "dan", "bij die volgorde")
    geld = geldzin("gemeenten", *uitslag.verschil("werk", duur, m["gat"]), "dan")
    return (
        "Het laagste extra tekort aan mensen heeft een andere volgorde: "
        f"{volgordetekst(uitslag, laagste)}, op het hoogste punt {piek}. We leggen de "
        f"goedkoopste volgorde ernaast. {fte} {geld}"
    )


def haastzin(uitslag: Uitslag) -> str:
    """What all at once costs more than the best order of the slowest pace."""
    duur, m = uitslag.duren[-1], uitslag.manifest
    geld = geldzin("gemeenten", *uitslag.verschil("haast", duur, m["gat"]), "bij alles ineens")
    fte, rij = (
        verschilzin(wat, *uitslag.verschil("haast", duur, naam), wanneer, "bij die volgorde")
        for wat, naam, wanneer in ((FTE, m["fte"], "dan"), (WACHTRIJ, m["wachtrij"], eind(m)))
    )
    return (
        f"De prijs van haast: alles ineens in {m['begin']}, vergeleken met de goedkoopste "
        f"volgorde over {jaren(duur)}. {geld} {deelzin(uitslag, 'haast', duur)} {fte} {rij}"
    )


def groepszin(uitslag: Uitslag) -> str:
    """Alternatives first or repeal first: euros, queue and work."""
    duur, m = uitslag.duren[-1], uitslag.manifest
    naam = "alternatief_of_intrekking"
    eerst, weg = m["groepen"]["alternatief"], m["groepen"]["intrekking"]
    anders = f"met eerst {weg}"
    geld = geldzin("gemeenten", *uitslag.verschil(naam, duur, m["gat"]), f"met eerst {eerst}")
    fte, rij = (
        verschilzin(wat, *uitslag.verschil(naam, duur, uitkomst), wanneer, anders)
        for wat, uitkomst, wanneer in ((FTE, m["fte"], "dan"), (WACHTRIJ, m["wachtrij"], eind(m)))
    )
    return (
        f"Eerst {eerst} en {jaren(duur)} later {weg}, vergeleken met andersom. {geld} "
        f"{deelzin(uitslag, naam, duur)} {rij} {fte}"
    )


def eind(manifest: Mapping[str, Any]) -> str:
    """End of the window in a sentence."""
    return f"eind {manifest['venster'][1][:4]}"


def coazin(uitslag: Uitslag) -> str:
    """What the cheapest order does to the shelter: a bill that moves is no gain."""
    duur = uitslag.duren[-1]
    verschil, twijfel = uitslag.verschil("bereik", duur, COA)
    andersom = Band(-verschil.midden, -verschil.hoog, -verschil.laag, verschil.eenheid)
    if not twijfel and andersom.midden > 0:
        kop = (
            "Een lagere rekening voor gemeenten is hier geen winst voor iedereen: wie in de opvang "
            "wacht, kost de gemeente weinig, maar het COA veel."
        )
    elif not twijfel and andersom.midden < 0:
        kop = "De rekening verschuift niet naar de opvang."
    else:
        kop = "Of de rekening verschuift naar de opvang, is niet zeker te zeggen."
    zin = geldzin("het COA", andersom, twijfel, "bij de goedkoopste volgorde")
    return f"{kop} We vergelijken met de duurste volgorde. {zin}"


def geldt_al(uitslag: Uitslag) -> str:
    """Laws that are in force already; empty when there are none."""
    namen = [kort(wet["titel"]) for wet in uitslag.wetten.values() if wet["geldt_al"]]
    if not namen or not uitslag.duren:
        return ""
    wat = "deze wet is" if len(namen) == 1 else "deze wetten is"
    kop = hoofdletter(opsomming(namen))
    return f"{kop}: voor {wat} het een vraag achteraf, want er geldt al iets van."


def bevindingen(uitslag: Uitslag) -> list[str]:
    """All findings, the most important first."""
    if not uitslag.duren:
        return [grenszin(uitslag)]
    regels = [*bestezinnen(uitslag), ftezin(uitslag), grenszin(uitslag), haastzin(uitslag)]
    if uitslag.heeft_groepen:
        regels.append(groepszin(uitslag))
    if COA in uitslag.manifest["titels"]:
        regels.append(coazin(uitslag))
    return [regel for regel in (*regels, geldt_al(uitslag), aantallen(uitslag)) if regel]


def trekkingenzin(uitslag: Uitslag, rapport: int) -> str:
    """Why figures here can differ a little from those in the rest of the report."""
    eigen = uitslag.manifest["vraag"]["trekkingen"]
    if eigen == rapport:
        return f"Elk plan is {geheel(eigen)} keer doorgerekend, met steeds dezelfde loting."
    return (
        f"Elk plan is {geheel(eigen)} keer doorgerekend, met steeds dezelfde loting. De rest van "
        f"dit rapport gebruikt {geheel(rapport)} berekeningen. Cijfers kunnen daarom iets "
        "verschillen; de verschillen tussen plannen hebben daar weinig last van."
    )
