"""What the chain means for municipalities, as a plain loop; belongs to `tests.model.gewoon`."""

from __future__ import annotations

from tests.model.gewoon import (
    CURVE,
    DAGEN,
    NIETS,
    Getallen,
    Land,
    Rij,
    Uitkomst,
    leeg,
    noteer,
    reken_keten,
)


def reken(land: Land) -> Uitkomst:
    """Every quantity of the catalogue for one draw, per municipality (or once) and half-year."""
    uit: Uitkomst = {}
    reken_keten(land, uit)
    reken_gevolgen(land, uit)
    for (naam, betaler), rijen in list(uit.items()):
        if not naam.startswith("kosten_"):
            continue
        totaal = uit.setdefault(("kosten_totaal", betaler), leeg(len(rijen), len(rijen[0])))
        for g, rij in enumerate(rijen):
            for t, bedrag in enumerate(rij):
                totaal[g][t] += bedrag
    uit[("netto_lasten_gemeente", "gemeente")] = uit[("kosten_totaal", "gemeente")]
    return uit


def reken_gevolgen(land: Land, uit: Uitkomst) -> None:
    """Modules 5 to 9 on top of the chain."""
    wacht = extra_wachtjaren(land, uit)
    factoren = [arbeidsmarkt(land, p) for p in land.landelijk]
    curven = [
        [curve_per_leeftijd(land, wacht, t, terug) for terug in (0, 2)]
        for t in range(len(land.landelijk))
    ]
    for g, gemeente in enumerate(land.gemeenten):
        aandeel = gemeente["aandeel_gehuisvest"]
        geschiedenis = [aantal * aandeel for aantal in land.begin["gehuisvest_verleden"]]
        gehuisvest = geschiedenis + uit[("gehuisvest", "")][g]
        inburgering(land, uit, g, gehuisvest, len(geschiedenis))
        factor = [rij[g] for rij in factoren]
        bijstand(land, uit, g, gehuisvest, wacht, factor, curven)
        voorzieningen(land, uit, g, gehuisvest, len(geschiedenis))
        zonder_verblijfsrecht(land, uit, g)
        oekraine(land, uit, g)
        uitvoering(land, uit, g)


def extra_wachtjaren(land: Land, uit: Uitkomst) -> Rij:
    """Years that status holders wait longer in COA than in the first half-year."""
    jaren: Rij = []
    wachten: Rij = []
    for t in range(len(land.landelijk)):
        wachtend = sum(rij[t] for rij in uit[("statushouders_in_coa", "")])
        geplaatst = sum(
            totaal[t] - nareis[t]
            for totaal, nareis in zip(
                uit[("gehuisvest", "")], uit[("gehuisvest_nareis", "")], strict=True
            )
        )
        wachten.append(wachtend / max(geplaatst, 1.0))
        jaren.append(min(5.0, max(-5.0, (wachten[t] - wachten[0]) / 2)))
    return jaren


def recent(rij: Rij, tot: int, duur: int) -> float:
    """Sum of the last half-years up to and including ``tot``."""
    return sum(rij[tot - duur + 1 : tot + 1])


def inburgering(land: Land, uit: Uitkomst, g: int, gehuisvest: Rij, v: int) -> None:
    """Who starts, who waits, what it costs and what the Rijk pays; ``v`` half-years of history."""
    lokaal, aandeel = land.lokaal[g], land.gemeenten[g]["aandeel"]
    plichtig = [
        lokaal[max(0, k - v)]["aandeel_inburgeringsplichtig"] for k in range(len(gehuisvest))
    ]
    asiel = [aantal * deel for aantal, deel in zip(gehuisvest, plichtig, strict=True)]
    eerste = asiel[v] + lokaal[0]["gezinsmigranten"] * aandeel
    wachtlijst = land.begin["wachtlijst_inburgering"] * land.gemeenten[g]["aandeel_wachtlijst"]
    wacht_asiel = min(wachtlijst * asiel[v] / max(eerste, NIETS), asiel[v - 1])
    gestart_asiel, gestart_gezin = [*asiel[: v - 1], asiel[v - 1] - wacht_asiel], []
    for t, p in enumerate(lokaal):
        nieuw = asiel[v + t] + p["gezinsmigranten"] * aandeel
        rij = wachtlijst + nieuw
        start = min(rij, p["intakecapaciteit"] * aandeel)
        wachtlijst = rij - start
        rij_asiel = wacht_asiel + asiel[v + t]
        deel = rij_asiel * start / max(rij, NIETS)
        wacht_asiel = rij_asiel - deel
        gestart_asiel.append(deel)
        gestart_gezin.append(max(0.0, start - deel))
        waarden = {"nieuwe_inburgeraars": nieuw, "gestarte_inburgeraars": start}
        waarden |= {"wachtlijst_inburgering": wachtlijst, "gestart_gezin": gestart_gezin[t]}
        noteer(uit, land, g, t, waarden)
    recht = spuk_recht(land, g, asiel, gestart_gezin, v)
    for t, p in enumerate(lokaal):
        in_traject = recent(gestart_asiel, v + t, 6)
        onderwijs, z = p["aandeel_onderwijsroute"], p["aandeel_zroute"]
        prijs = onderwijs * p["prijs_onderwijsroute"] + z * p["prijs_zroute"]
        prijs += (1 - onderwijs - z) * p["prijs_b1route"] + p["kosten_overige_voorzieningen"]
        kosten = in_traject * prijs / 6
        kosten += gestart_gezin[t] * p["kosten_voorzieningen_gezinsmigrant"]
        voorlopig, afrekening = recht[t + 2], recht[t + 3] - recht[t]
        spuk = voorlopig + afrekening
        waarden = {
            "inburgeraars_in_traject": in_traject,
            "kosten_inburgering_voorzieningen:rijk_spuk": spuk,
            "kosten_inburgering_voorzieningen:gemeente": kosten - spuk,
        }
        noteer(uit, land, g, t, waarden)


def spuk_recht(land: Land, g: int, asiel: Rij, gestart_gezin: Rij, v: int) -> Rij:
    """Euro to which the municipality is entitled, from five half-years before the start."""
    recht, eerder = [], land.begin["spuk_verleden"]
    for t in range(-5, len(land.landelijk)):
        p = land.lokaal[g][max(0, t)]
        tarief = eerder[t + 5] if t < 0 else p["spuk_per_statushouder"]
        gezin = gestart_gezin[max(0, t)] * p["spuk_per_gezinsmigrant"]
        recht.append(recent(asiel, v + t, 6) * tarief / 6 + gezin)
    return recht


def arbeidsmarkt(land: Land, p: Getallen) -> Rij:
    """Factor on bijstand in the late phase per municipality, 1 on average."""
    macht = p["elasticiteit_bijstand_gemeente"]
    ruw = [gemeente["bijstandsdichtheid"] ** macht for gemeente in land.gemeenten]
    gemiddeld = sum(f * gem["aandeel"] for f, gem in zip(ruw, land.gemeenten, strict=True))
    return [factor / gemiddeld for factor in ruw]


def curve_per_leeftijd(land: Land, wacht: Rij, t: int, terug: int) -> list[tuple[float, float]]:
    """Chance of bijstand and weight of the late phase, for cohorts of 0 to 17 half-years.

    Who waited longer for a dwelling is further on the curve on the day of the move.
    """
    p, gevonden = land.landelijk[t], []
    punten = [p[f"bijstandskans_{maand:02d}_maanden"] for maand in CURVE]
    for leeftijd in range(18):
        start = t - leeftijd - terug
        gewacht = 12 * wacht[start] if start >= 0 else 0.0
        tot_woning = land.landelijk[0]["maanden_tot_huisvesting"] + gewacht
        maanden = max(0.0, tot_woning) + 6 * leeftijd
        kans = punten[0]
        for i in range(1, len(CURVE)):
            deel = (maanden - CURVE[i - 1]) / (CURVE[i] - CURVE[i - 1])
            kans += min(1.0, max(0.0, deel)) * (punten[i] - punten[i - 1])
        gevonden.append((kans, min(1.0, max(0.0, (maanden - 24) / 12))))
    return gevonden


def bijstand_in_halfjaar(
    gehuisvest: Rij,
    lokaal: list[Getallen],
    wacht: Rij,
    factor: float,
    curve: list[tuple[float, float]],
    t: int,
    terug: int,
) -> tuple[float, float]:
    """Adults on bijstand, and those in the late phase, over all cohorts."""
    p, v = lokaal[t], len(gehuisvest) - len(lokaal)
    totaal = laat = 0.0
    for leeftijd, (kans, fase) in enumerate(curve):
        start = t - leeftijd - terug
        if start >= 0:
            opslag = lokaal[start]["opslag_bijstand_tijdelijk"]
            opslag += p["effect_wachttijd_bijstand"] * wacht[start]
            kans -= (1 - fase) * lokaal[start]["verlaging_bijstand_eerder_werk"]
        else:
            opslag = 0.0
        kans = kans * (1 + fase * (factor - 1)) + fase * opslag
        aanwezig = 0.5 if leeftijd == 0 else 1.0
        personen = gehuisvest[v + start] * p["aandeel_volwassen"] * aanwezig
        personen *= min(1.0, max(0.0, kans))
        totaal += personen
        laat += fase * personen
    return totaal, laat


def bijstand(
    land: Land,
    uit: Uitkomst,
    g: int,
    gehuisvest: Rij,
    wacht: Rij,
    factor: Rij,
    curven: list[list[list[tuple[float, float]]]],
) -> None:
    """Bijstand, BUIG with its lag of a year, and what goes with it."""
    lokaal = land.lokaal[g]
    for t, p in enumerate(lokaal):
        nu, laat = bijstand_in_halfjaar(gehuisvest, lokaal, wacht, factor[t], curven[t][0], t, 0)
        eerder, _ = bijstand_in_halfjaar(gehuisvest, lokaal, wacht, factor[t], curven[t][1], t, 2)
        per_huishouden = 2 - p["aandeel_alleenstaand"]
        gezinnen, uitkering = nu / per_huishouden, uitkering_per_huishouden(p)
        buig = p["buig_volgt"] * eerder / per_huishouden * uitkering
        noteer(
            uit,
            land,
            g,
            t,
            {
                "bijstand_personen": nu,
                "bijstand_huishoudens": gezinnen,
                "kosten_bijstand_uitkeringen:rijk_buig": buig,
                "kosten_bijstand_uitkeringen:gemeente": gezinnen * uitkering - buig,
                "kosten_bijstand_uitvoering:gemeente": gezinnen
                * p["uitvoeringskosten_bijstand"]
                / 2,
                "kosten_schuldhulp:gemeente": gezinnen * p["schuldhulp_per_huishouden"] / 2,
                "kosten_inkomenstoeslag:gemeente": laat / per_huishouden * p["inkomenstoeslag"] / 2,
            },
        )


def uitkering_per_huishouden(p: Getallen) -> float:
    """Gross bijstand of a household in a half-year."""
    alleen = p["aandeel_alleenstaand"]
    netto = alleen * p["bijstandsnorm_alleenstaande"] + (1 - alleen) * p["bijstandsnorm_paar"]
    return netto * p["bruteringsfactor"] * 6


def voorzieningen(land: Land, uit: Uitkomst, g: int, gehuisvest: Rij, v: int) -> None:
    """Furnishing, youth care and Wmo, school."""
    for t, p in enumerate(land.lokaal[g]):
        gevolgd = recent(gehuisvest, v + t, 18)
        leerlingen = recent(gehuisvest, v + t, 4) * p["aandeel_leerlingen"]
        inrichting = uit[("huishoudens_nieuw", "")][g][t] * p["inrichtingskosten"]
        lening = inrichting * (1 - p["aandeel_inrichting_gift"])
        vervoer = p["leerlingenvervoer_per_leerling"] * p["aandeel_leerlingenvervoer"]
        waarden = {
            "statushouders_gevolgd": gevolgd,
            "leerlingen_nieuwkomers": leerlingen,
            "kosten_inrichting:inwoner": lening,
            "kosten_inrichting:gemeente": inrichting - lening,
            "kosten_jeugd_wmo:gemeente": gevolgd * p["jeugd_wmo_per_persoon"] / 2,
            "kosten_leerlingenvervoer:gemeente": leerlingen * vervoer / 2,
            "kosten_nieuwkomersonderwijs:rijk_overig": leerlingen
            * p["kosten_nieuwkomersonderwijs"]
            / 2,
        }
        noteer(uit, land, g, t, waarden)


def zonder_verblijfsrecht(land: Land, uit: Uitkomst, g: int) -> None:
    """LVV, night shelter and street."""
    straat = gesloten_vorig = 0.0
    for t, p in enumerate(land.lokaal[g]):
        betaald = p["lvv_rijk_betaalt"]
        bewoners = p["lvv_plaatsen"] * (betaald + (1 - betaald) * p["aandeel_lvv_voortgezet"])
        weg = p["lvv_plaatsen"] - bewoners
        nacht = weg * p["aandeel_naar_nachtopvang"]
        gesloten = weg * (1 - p["aandeel_naar_nachtopvang"])
        nieuw = max(0.0, gesloten - gesloten_vorig)
        nieuw += p["vrijgelaten_zonder_terugkeer"] * land.gemeenten[g]["aandeel"]
        straat, gesloten_vorig = straat * (1 - p["uitstroom_straat"]) + nieuw, gesloten
        kosten = bewoners * p["kosten_lvv_plaats"] / 2
        rijk = kosten * p["aandeel_rijk_lvv"] * betaald
        dakloos = nacht * p["kosten_nachtopvang"] + straat * p["kosten_op_straat"]
        waarden = {
            "lvv_bewoners": bewoners,
            "nachtopvang_vreemdelingen": nacht,
            "vreemdelingen_op_straat": straat,
            "kosten_lvv_opvang:rijk_overig": rijk,
            "kosten_lvv_opvang:gemeente": kosten - rijk,
            "kosten_dakloze_vreemdelingen:gemeente": dakloos / 2,
        }
        noteer(uit, land, g, t, waarden)


def oekraine(land: Land, uit: Uitkomst, g: int) -> None:
    """Reception of Ukrainians and the way to ordinary law."""
    aandeel = land.gemeenten[g]["aandeel"]
    regeling = land.begin["oekraieners_in_opvang"] * land.gemeenten[g]["aandeel_oekraine"]
    gebleven, gewoon = 0.0, 0.0
    for t, p in enumerate(land.lokaal[g]):
        blijft = 1 - p["vertrek_oekraine"]
        voorraad = (regeling + p["instroom_oekraine"] * aandeel) * blijft
        overgang = voorraad * p["overgang_gewoon_recht"]
        regeling = voorraad - overgang
        gebleven = gebleven * blijft + overgang * (1 - p["aandeel_eigen_woning_oekraine"])
        gewoon = gewoon * blijft + overgang
        opvang = regeling + gebleven
        betalers = opvang * p["aandeel_eigen_bijdrage"]
        bijdrage = betalers * p["eigen_bijdrage_oekraine"] * 6
        rijk = regeling * p["normbedrag_oekraine"] * DAGEN
        in_bijstand = gewoon * p["aandeel_volwassen"] * p["bijstandskans_oekraine"]
        gezinnen = in_bijstand / (2 - p["aandeel_alleenstaand"])
        uitkering = gezinnen * uitkering_per_huishouden(p)
        buig = uitkering * p["buig_volgt"]
        werk = gezinnen * p["uitvoeringskosten_bijstand"] / 2
        waarden = {
            "oekraieners_in_opvang": opvang,
            "oekraieners_gewoon_recht": gewoon,
            "oekraieners_bijstand": in_bijstand,
            "oekraieners_bijstand_huishoudens": gezinnen,
            "betalers_eigen_bijdrage": betalers,
            "kosten_oekraine_opvang:rijk_overig": rijk,
            "kosten_oekraine_opvang:inwoner": bijdrage,
            "kosten_oekraine_opvang:gemeente": opvang * p["kosten_bed_oekraine"] * DAGEN
            - rijk
            - bijdrage,
            "kosten_oekraine_bijstand:rijk_buig": buig,
            "kosten_oekraine_bijstand:gemeente": uitkering + werk - buig,
        }
        noteer(uit, land, g, t, waarden)


def uitvoering(land: Land, uit: Uitkomst, g: int) -> None:
    """Hours, fte, cost of municipal work, and money that follows the chain."""
    aandeel, begin = land.gemeenten[g]["aandeel"], 0.0
    for t, p in enumerate(land.lokaal[g]):

        def aantal(naam: str, halfjaar: int = t) -> float:
            return uit[(naam, "")][g][halfjaar]

        gezinnen = aantal("bijstand_huishoudens") + aantal("oekraieners_bijstand_huishoudens")
        inburgeraars = aantal("inburgeraars_in_traject") / 6 + aantal("gestart_gezin")
        opvang = aantal("betalers_eigen_bijdrage") * p["uren_eigen_bijdrage"]
        opvang += aantal("coa_bewoners") * p["uren_per_opvangplaats"]
        verlengingen = uit[("verlengingen", "")][0][t] * aandeel
        uren = {
            "huisvesting": aantal("huishoudens_nieuw") * p["uren_per_huisvesting"],
            "inburgering": inburgeraars * p["uren_per_inburgeraar"],
            "inkomen": gezinnen * p["uren_per_bijstandshuishouden"] / 2,
            "burgerzaken": verlengingen * p["uren_verlenging_gemeente"],
            "opvang": opvang / 2,
        }
        fte = {f"fte_{functie}": n / (p["productieve_uren"] / 2) for functie, n in uren.items()}
        nodig = sum(fte.values())
        if t == 0:
            eigen = land.gemeenten[g]
            begin = eigen["fte_eigen"] if eigen["fte_bekend"] else nodig
        beschikbaar = begin * (1 + p["groei_capaciteit"]) ** (t / 2)
        fonds = p["gemeentefonds_inburgering"] * aandeel / 2
        bewoners = aantal("bewoners_doorstroom")
        vergoeding = bewoners * p["vergoeding_doorstroomplaats"] * DAGEN
        in_woning = aantal("huishoudens_nieuw") * p["personen_per_woning"]
        bijdrage = (in_woning - aantal("gehuisvest_doorstroom")) * p["bijdrage_per_gehuisveste"]
        geld = {
            "inburgering_uitvoering:rijk_gemeentefonds": fonds,
            "inburgering_uitvoering:gemeente": uren["inburgering"] * p["uurtarief"] - fonds,
            "huisvesting_uitvoering:gemeente": uren["huisvesting"] * p["uurtarief"],
            "verlengingen_uitvoering:gemeente": uren["burgerzaken"] * p["uurtarief"],
            "opvanglocaties_uitvoering:gemeente": uren["opvang"] * p["uurtarief"],
            "uitstroombijdrage:rijk_overig": bijdrage,
            "uitstroombijdrage:gemeente": -bijdrage,
            "doorstroomlocaties:rijk_overig": vergoeding,
            "doorstroomlocaties:gemeente": bewoners * p["kosten_doorstroomplaats"] * DAGEN
            - vergoeding,
        }
        tekort = max(0.0, nodig - beschikbaar)
        fte |= {"fte_nodig": nodig, "fte_beschikbaar": beschikbaar, "fte_tekort": tekort}
        noteer(uit, land, g, t, fte | {f"kosten_{naam}": bedrag for naam, bedrag in geld.items()})
