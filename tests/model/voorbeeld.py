"""A small country for the tests of the model: made-up figures of a plausible size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from impact.model.inburgering import HALFJAREN_SPUK
from impact.model.invoer import PARAMETEREENHEDEN, Beginstand, Gemeenten, Invoer, Toeval
from impact.model.reeksen import Reeks

WAARDEN: dict[str, float] = {
    "asielaanvragen": 120.0,
    "herhaalde_aanvragen": 8.0,
    "aandeel_zonder_besluit": 0.1,
    "ind_groeit_mee": 0.3,
    "ind_asielbesluiten": 100.0,
    "ind_nareisbesluiten": 100.0,
    "uren_per_asielbesluit": 40.0,
    "uren_per_nareisbesluit": 12.0,
    "uren_per_beroep": 36.0,
    "uren_per_verlenging": 6.0,
    "inwilligingsaandeel": 0.5,
    "aandeel_b_status": 0.6,
    "beroepsaandeel_b": 0.0,
    "nareisverzoeken_per_vergunning": 1.2,
    "aandeel_kerngezin": 1.0,
    "wachttijd_nareis_b": 0.0,
    "aandeel_b_voldoet_nareisvoorwaarden": 1.0,
    "nareis_inwilliging": 0.88,
    "nareis_indieningstempo": 0.6,
    "nareis_inreistempo": 0.6,
    "geldigheidsduur_vergunning": 10.0,
    "verlengingen_na_eerste_termijn": 0.9,
    "aandeel_opnieuw_tijdelijk": 0.0,
    "spreiding_voorspelfout": 0.3,
    "correctieaandeel": 0.5,
    "taakstelling_geldt": 1.0,
    "mutatiegraad": 0.07,
    "aandeel_eerste_huisvesting": 0.04,
    "aandeel_met_voorrang": 1.0,
    "kans_zonder_voorrang": 0.15,
    "verschil_kans_stedelijkheid": 0.3,
    "personen_per_woning": 2.0,
    "gehuisvest_kamers_particulier": 25.0,
    "factor_kamers": 1.0,
    "flexwoningen": 10.0,
    "aandeel_flex_statushouders": 0.3,
    "hotelplaatsen": 2.0,
    "doorstroomplaatsen": 12.0,
    "uitstroom_doorstroom": 0.5,
    "aandeel_nareis_bij_referent": 0.7,
    "inspanning_zonder_taakstelling": 0.7,
    "versneld_huisvesten_groot": 0.0,
    "versneld_huisvesten_middel": 0.0,
    "versneld_huisvesten_overig": 0.0,
    "deelname_versneld_huisvesten": 0.5,
    "maximale_uitplaatsing": 0.9,
    "kosten_doorstroomplaats": 60.0,
    "vergoeding_doorstroomplaats": 60.0,
    "bijdrage_per_gehuisveste": 0.0,
    "capaciteitsraming_spreidingswet": 880.0,
    "realisatietempo_spreidingswet": 0.1,
    "verlies_opvangplaatsen": 0.0,
    "kosten_opvang_regulier": 30500.0,
    "kosten_opvang_nood": 70000.0,
    "kosten_lege_plaats": 17155.0,
    "bonus_spreidingswet": 2500.0,
    "aandeel_inburgeringsplichtig": 0.7,
    "gezinsmigranten": 69.0,
    "intakecapaciteit": 170.0,
    "aandeel_onderwijsroute": 0.17,
    "aandeel_zroute": 0.33,
    "prijs_b1route": 11600.0,
    "prijs_onderwijsroute": 17000.0,
    "prijs_zroute": 12000.0,
    "kosten_overige_voorzieningen": 3400.0,
    "spuk_per_statushouder": 15000.0,
    "spuk_per_gezinsmigrant": 700.0,
    "kosten_voorzieningen_gezinsmigrant": 700.0,
    "gemeentefonds_inburgering": 600000.0,
    "aandeel_volwassen": 0.71,
    "bijstandskans_06_maanden": 0.59,
    "bijstandskans_12_maanden": 0.85,
    "bijstandskans_24_maanden": 0.88,
    "bijstandskans_36_maanden": 0.76,
    "bijstandskans_48_maanden": 0.59,
    "bijstandskans_66_maanden": 0.49,
    "bijstandskans_108_maanden": 0.25,
    "maanden_tot_huisvesting": 9.0,
    "elasticiteit_bijstand_gemeente": 0.15,
    "effect_wachttijd_bijstand": 0.04,
    "opslag_bijstand_tijdelijk": 0.0,
    "verlaging_bijstand_eerder_werk": 0.0,
    "aandeel_alleenstaand": 0.58,
    "bijstandsnorm_alleenstaande": 1369.0,
    "bijstandsnorm_paar": 1956.0,
    "bruteringsfactor": 1.2,
    "buig_volgt": 0.95,
    "uitvoeringskosten_bijstand": 3500.0,
    "inrichtingskosten": 3500.0,
    "aandeel_inrichting_gift": 0.65,
    "jeugd_wmo_per_persoon": 430.0,
    "aandeel_leerlingen": 0.25,
    "kosten_nieuwkomersonderwijs": 7500.0,
    "leerlingenvervoer_per_leerling": 4000.0,
    "aandeel_leerlingenvervoer": 0.1,
    "schuldhulp_per_huishouden": 200.0,
    "inkomenstoeslag": 445.0,
    "lvv_plaatsen": 5.0,
    "kosten_lvv_plaats": 29000.0,
    "aandeel_rijk_lvv": 0.8,
    "lvv_rijk_betaalt": 1.0,
    "aandeel_lvv_voortgezet": 0.5,
    "aandeel_naar_nachtopvang": 0.3,
    "kosten_nachtopvang": 15000.0,
    "kosten_op_straat": 5000.0,
    "uitstroom_straat": 0.3,
    "vrijgelaten_zonder_terugkeer": 0.0,
    "instroom_oekraine": 40.0,
    "vertrek_oekraine": 0.03,
    "normbedrag_oekraine": 44.0,
    "kosten_bed_oekraine": 50.0,
    "eigen_bijdrage_oekraine": 244.0,
    "aandeel_eigen_bijdrage": 0.3,
    "overgang_gewoon_recht": 0.0,
    "bijstandskans_oekraine": 0.4,
    "aandeel_eigen_woning_oekraine": 0.3,
    "uurtarief": 75.0,
    "productieve_uren": 1363.0,
    "uren_per_huisvesting": 20.0,
    "uren_per_inburgeraar": 49.0,
    "uren_per_bijstandshuishouden": 40.0,
    "uren_verlenging_gemeente": 2.0,
    "uren_eigen_bijdrage": 3.0,
    "uren_per_opvangplaats": 2.0,
    "groei_capaciteit": 0.04,
}
PERIODEN, GEMEENTEN, VERLEDEN = 6, 4, 24


def reeksen(trekkingen: int = 2, **anders: float) -> dict[str, Reeks]:
    """Arrays [trekking, 1, periode] of every parameter, some of them changed."""
    waarden = WAARDEN | anders
    assert waarden.keys() == PARAMETEREENHEDEN.keys()
    return {n: np.full((trekkingen, 1, PERIODEN), w) for n, w in waarden.items()}


def gemeenten() -> Gemeenten:
    """Four municipalities of different size and urbanity."""
    inwoners = np.array([[90_000.0, 40_000.0, 25_000.0, 5_001.0]])
    aandeel = inwoners / inwoners.sum()
    return Gemeenten(
        inwoners=np.repeat(inwoners[..., np.newaxis], PERIODEN, axis=-1),
        corporatiewoningen=inwoners * 0.13,
        stedelijkheid=np.array([[1.0, 3.0, 4.0, 5.0]]),
        bijstandsdichtheid=np.array([[1.4, 0.9, 0.6, 0.0]]),
        netwerk_groot=np.array([[1.0, 0.0, 0.0, 0.0]]),
        netwerk_middel=np.array([[0.0, 1.0, 0.0, 0.0]]),
        aandeel_spreidingswet=aandeel,
        aandeel_opvang_regulier=np.array([[0.7, 0.3, 0.0, 0.0]]),
        aandeel_opvang_nood=np.array([[0.2, 0.2, 0.6, 0.0]]),
        aandeel_gehuisvest=np.array([[0.5, 0.3, 0.15, 0.05]]),
        aandeel_wachtlijst=np.array([[0.6, 0.1, 0.1, 0.2]]),
        aandeel_oekraine=np.array([[0.3, 0.3, 0.3, 0.1]]),
        fte_eigen=np.array([[0.0, 12.5, 0.0, 0.0]]),
        fte_bekend=np.array([[0.0, 1.0, 0.0, 1.0]]),
    )


def beginstand(trekkingen: int = 2, spuk: float = 15000.0) -> Beginstand:
    """A start in which people wait in every stock."""

    def vast(waarde: float) -> Reeks:
        return np.full((trekkingen, 1), waarde)

    def verleden(waarde: float) -> Reeks:
        return np.full((trekkingen, 1, VERLEDEN), waarde)

    return Beginstand(
        statushouders_in_coa=vast(184.0),
        coa_bezetting=vast(735.0),
        opvangplaatsen_regulier=vast(367.0),
        open_asielzaken=vast(500.0),
        open_nareiszaken=vast(600.0),
        nareis_vergund_niet_ingereisd=vast(50.0),
        achterstand=vast(100.0),
        taakstelling_vorig=vast(130.0),
        taakstelling_aangekondigd=vast(np.nan),
        doorstroom_bewoners=vast(10.0),
        oekraieners_in_opvang=vast(950.0),
        wachtlijst_inburgering=vast(80.0),
        gehuisvest_verleden=verleden(130.0),
        vergunningen_verleden=verleden(140.0),
        termijn_verleden=vast(10.0),
        spuk_verleden=np.full((trekkingen, 1, HALFJAREN_SPUK), spuk),
    )


def toeval(trekkingen: int = 2) -> Toeval:
    """Chance: the first draw is the middle, the others differ."""
    generator = np.random.default_rng(1)
    effect = np.exp(0.4 * generator.standard_normal((trekkingen, GEMEENTEN)))
    fout = generator.standard_normal((trekkingen, 1, PERIODEN))
    inzet = np.exp(0.2 * generator.standard_normal((trekkingen, 1, PERIODEN)))
    effect[0], fout[0], inzet[0] = 1.0, 0.0, 1.0
    return Toeval(
        benutting=np.full((trekkingen, 1), 1.2),
        inzet=inzet,
        gemeente_effect=effect,
        begin_opgave=1.0 / effect,
        vergunningen=inzet[:, :, ::-1],
        voorspelfout=fout,
    )


def invoer(trekkingen: int = 2, **anders: float) -> Invoer:
    """Everything together; keyword arguments change parameters."""
    return Invoer(
        reeksen=reeksen(trekkingen, **anders),
        gemeenten=gemeenten(),
        begin=beginstand(trekkingen, anders.get("spuk_per_statushouder", 15000.0)),
        toeval=toeval(trekkingen),
        perioden=PERIODEN,
    )


def met(basis: Invoer, **anders: Reeks) -> Invoer:
    """Replace whole arrays of some parameters."""
    return replace(basis, reeksen=basis.reeksen | anders)
