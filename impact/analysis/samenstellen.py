"""Put the input of the model together from the register."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from impact.analysis.eigenstand import Startpunt, met_eigen_cijfers
from impact.analysis.kalibratie import (
    Kalibratie,
    Telling,
    Waarnemingen,
    begin_opgave,
    gemeente_effect,
    inzet_per_periode,
    kalibreer,
    vergunningen_per_periode,
)
from impact.analysis.trekkingen import Ruis, Trekkingen, maak_trekkingen, waarde_bij_kans
from impact.analysis.waarden import kansen, maak_reeksen, onzekere_namen, samenhang
from impact.model.huisvesting import HuisvestingParameters
from impact.model.inburgering import HALFJAREN_SPUK
from impact.model.instroom import InstroomParameters
from impact.model.invoer import Beginstand, Gemeenten, Invoer, Toeval
from impact.model.keten import begin_instroom, regulier_aanbod, stap_instroom
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks, lees, op, som_gemeenten
from impact.registry.gemeenten import inwoners
from impact.registry.historie import Waarneming, begint_later, stand, stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks

HALFJAREN_VERLEDEN = 24
HALFJAREN_ONZEKER = 2
"""Flows of the last year before the start are drawn within their range; older ones are fixed."""
HALFJAREN_TERUG = 3
"""So far back is looked for the last known flow."""
BEWAARD = 8
"""So many answers about a register are kept: every run of a command asks for the same."""
EERSTE_KALIBRATIE = Halfjaar(2016, 1)
EERSTE_JAAR_VERGUNNINGEN = 2014
PEILJAAR_BIJSTAND = 2021
VOORRADEN = (
    "statushouders_in_coa",
    "coa_bezetting",
    "opvangplaatsen_regulier",
    "open_asielzaken",
    "open_nareiszaken",
    "nareis_vergund_niet_ingereisd",
    "doorstroom_bewoners",
    "oekraieners_in_opvang",
    "wachtlijst_inburgering",
)


def naam_stand(reeksnaam: str) -> str:
    """Name of a state at the start in the draw matrix."""
    return f"historie:{reeksnaam}"


def trekkingen_voor(register: Register, aantal: int, zaad: int) -> Trekkingen:
    """Draw matrix for all scenarios of a register."""
    namen = onzekere_namen(register) + [naam_stand(naam) for naam in (*VOORRADEN, "achterstand")]
    return maak_trekkingen(namen, aantal, zaad, samenhang(register))


def aandeel(kolom: pd.Series[float]) -> Reeks:
    """Share of each municipality in a column, array [1, gemeente]; unknown counts as nothing."""
    waarden = kolom.fillna(0.0).to_numpy(dtype=float)[np.newaxis]
    deel: Reeks = waarden / waarden.sum()
    return deel


@functools.lru_cache(maxsize=BEWAARD)
def gemeentecijfers(register: Register, perioden: tuple[Halfjaar, ...]) -> Gemeenten:
    """Municipal figures for a run; worked out once, so nobody can write in the arrays.

    Inhabitants are those on 1 January of the year before each half-year (art. 29). Corporation
    dwellings follow the shares of 2021, scaled to the last national number before the start; an
    unknown dwelling stock is filled in with the national number of dwellings per inhabitant.
    """
    df = register.gemeenten
    jaren = {p.jaar: inwoners(df, p.jaar - 1).to_numpy(dtype=float) for p in perioden}
    per_periode = [jaren[p.jaar] for p in perioden]
    stad = lid_van(df, "netwerk_g4", "netwerk_g40")
    middel = lid_van(df, "netwerk_m50", "netwerk_r8") * (1.0 - stad)
    landelijk = stand(register.historie, "corporatiewoningen", perioden[0].eerste_dag).waarde
    deel, niets = aandeel(pd.Series(per_periode[0])), np.zeros((1, len(df)))
    gevonden = Gemeenten(
        inwoners=np.stack(per_periode, axis=-1)[np.newaxis],
        corporatiewoningen=landelijk * aandeel(corporatiewoningen(df)),
        stedelijkheid=df["stedelijkheid_2024"].to_numpy(dtype=float)[np.newaxis],
        bijstandsdichtheid=bijstandsdichtheid(df),
        netwerk_groot=stad,
        netwerk_middel=middel,
        aandeel_spreidingswet=aandeel(df["spreidingswet_indicatief_nov2025"]),
        aandeel_opvang_regulier=aandeel(df["opvang_regulier_nov2025"]),
        aandeel_opvang_nood=aandeel(df["opvang_nood_nov2025"]),
        aandeel_gehuisvest=deel,
        aandeel_wachtlijst=deel,
        aandeel_oekraine=deel,
        fte_eigen=niets,
        fte_bekend=niets,
    )
    for cijfers in vars(gevonden).values():
        cijfers.flags.writeable = False
    return gevonden


def lid_van(df: pd.DataFrame, *netwerken: str) -> Reeks:
    """Membership of one of the networks, array [1, gemeente]: 1 or 0."""
    return df[list(netwerken)].max(axis=1).to_numpy(dtype=float)[np.newaxis]


def corporatiewoningen(df: pd.DataFrame) -> pd.Series[float]:
    """Dwellings of corporations per municipality in 2021."""
    per_inwoner = df["woningvoorraad_2021"] / df["inwoners_2021"]
    voorraad = df["woningvoorraad_2021"].fillna(per_inwoner.median() * df["inwoners_2021"])
    return voorraad * df["corporatiewoningen_pct_2021"] / 100.0


def bijstandsdichtheid(df: pd.DataFrame) -> Reeks:
    """Persons on bijstand per inhabitant in 2021 relative to the country, array [1, gemeente].

    Unknown (one municipality) counts as the median.
    """
    dichtheid = df["bijstand_personen_2021"] / df["inwoners_2021"]
    landelijk = df["bijstand_personen_2021"].sum() / df["inwoners_2021"].sum()
    relatief = (dichtheid / landelijk).fillna((dichtheid / landelijk).median())
    return relatief.to_numpy(dtype=float)[np.newaxis]


def beginstand(
    register: Register, begin: Halfjaar, trekkingen: Trekkingen, eerder: dict[str, Reeks]
) -> Beginstand:
    """State on the first day of a half-year, from history, with the ranges given there.

    Parameters
    ----------
    eerder : parameters without any measure in the half-years before and in the first half-year,
        as from `maak_reeksen`

    Raises
    ------
    impact.registry.problemen.RegisterFout
        A series has no observation near the first day.
    """
    dag = begin.eerste_dag
    standen = {naam: getrokken_stand(register, naam, dag, trekkingen) for naam in VOORRADEN}
    kans = kans_op_uitstroom(trekkingen)
    vorige = begin + -1
    saldo = getrokken(stroom(register.historie, "taakstelling_saldo", vorige), kans)
    netto = stroom(register.historie, "taakstelling_netto", vorige).waarde
    nieuw = stroom(register.historie, "taakstelling_aangekondigd", begin, ontbreekt=np.nan).waarde
    return Beginstand(
        **standen,
        achterstand=-saldo[:, np.newaxis],
        taakstelling_vorig=np.full((trekkingen.aantal, 1), netto),
        taakstelling_aangekondigd=np.full((trekkingen.aantal, 1), nieuw),
        gehuisvest_verleden=verleden(register, "gehuisvest", begin, kans),
        vergunningen_verleden=verleden(register, "asielvergunningen", begin, kans),
        termijn_verleden=eerder["geldigheidsduur_vergunning"][:, :, 0],
        spuk_verleden=eerder["spuk_per_statushouder"][:, :, :-1],
    )


def getrokken_stand(register: Register, naam: str, dag: date, trekkingen: Trekkingen) -> Reeks:
    """One stock at the start, array [trekking, 1]."""
    gevonden = stand(register.historie, naam, dag)
    waarde = getrokken(gevonden, kansen(trekkingen, naam_stand(naam)))
    return np.maximum(0.0, waarde)[:, np.newaxis]


def getrokken(waarneming: Waarneming, kans: Reeks) -> Reeks:
    """Draw an observation within its range, array [trekking]."""
    verdeling = "driehoek" if waarneming.laag is not None else "vast"
    return waarde_bij_kans(kans, waarneming.waarde, waarneming.laag, waarneming.hoog, verdeling)


def kans_op_uitstroom(trekkingen: Trekkingen) -> Reeks:
    """One uniform number for all that is unsure about the outflow before the start.

    The number of people in COA is known. So if more people were housed than was thought, the
    backlog is smaller, and more permits were granted.
    """
    return 1.0 - kansen(trekkingen, naam_stand("achterstand"))


def verleden(register: Register, naam: str, begin: Halfjaar, kans: Reeks) -> Reeks:
    """Flow per half-year before the start, array [trekking, 1, halfjaar], oldest first.

    Half-years before the series begins count as zero: those cohorts are not followed. Half-years
    after its end count as the last one known.

    Parameters
    ----------
    kans : array [trekking], uniform numbers, for the last year
    """
    perioden = reeks(begin + -HALFJAREN_VERLEDEN, begin + -1)
    gevonden = [laatst_bekend(register, naam, p) for p in perioden]
    kolommen = [np.full(kans.shape, w.waarde) for w in gevonden[:-HALFJAREN_ONZEKER]]
    kolommen += [getrokken(w, kans) for w in gevonden[-HALFJAREN_ONZEKER:]]
    return np.stack(kolommen, axis=-1)[:, np.newaxis]


def laatst_bekend(register: Register, naam: str, periode: Halfjaar) -> Waarneming:
    """Flow in a half-year, or in the last one before it that is known; 0 before the series begins.

    Raises
    ------
    impact.registry.problemen.RegisterFout
        There is no such series, or its last observation is too old.
    """
    for terug in range(HALFJAREN_TERUG + 1):
        gevonden = stroom(register.historie, naam, periode + -terug, ontbreekt=np.nan)
        if np.isfinite(gevonden.waarde):
            return gevonden
    if begint_later(register.historie, naam, periode):
        return Waarneming(0.0)
    return stroom(register.historie, naam, periode)


@functools.lru_cache(maxsize=BEWAARD)
def kalibreer_op_historie(register: Register, begin: Halfjaar) -> Kalibratie:
    """Calibrate on all half-years before the start for which the target is known.

    Supply and the share of nareis with a housed referent are those of the middle assumptions.
    """
    perioden = [p for p in reeks(EERSTE_KALIBRATIE, begin + -1) if heeft_taakstelling(register, p)]
    reeksen = maak_reeksen(register, None, maak_trekkingen(["midden"], 0), perioden)
    huis = lees(HuisvestingParameters, reeksen)
    tellingen = [telling(register, p) for p in perioden]
    return kalibreer(
        [waarneming(register, p, op(huis, t)) for t, p in enumerate(perioden)],
        [p.nummer for p in perioden],
        [gevonden for gevonden in tellingen if gevonden is not None],
        telling(register, begin + -1),
        vergunningen_per_jaar(register, begin),
        float(middenaanbod(register, begin).sum()),
    )


def middenaanbod(register: Register, periode: Halfjaar) -> Reeks:
    """Regular supply by the middle assumptions without any measure, array [1, gemeente]."""
    reeksen = maak_reeksen(register, None, maak_trekkingen(["midden"], 0), [periode])
    huis = op(lees(HuisvestingParameters, reeksen), 0)
    return regulier_aanbod(gemeentecijfers(register, (periode,)), huis)


def telling(register: Register, periode: Halfjaar) -> Telling | None:
    """Count of municipalities that met their target beside the national backlog, if known."""
    geteld, netto, saldo = (
        stroom(register.historie, naam, periode, ontbreekt=np.nan).waarde
        for naam in ("gemeenten_taakstelling_gehaald", "taakstelling_netto", "taakstelling_saldo")
    )
    if not np.isfinite([geteld, netto, saldo]).all():
        return None
    return Telling(dekking=netto / (netto - saldo), gehaald=geteld)


def vergunningen_per_jaar(register: Register, begin: Halfjaar) -> list[float]:
    """Permits of every whole year before the start, oldest first."""
    jaren = []
    for jaar in range(EERSTE_JAAR_VERGUNNINGEN, begin.jaar):
        helften = [
            stroom(register.historie, "asielvergunningen", Halfjaar(jaar, helft), np.nan).waarde
            for helft in (1, 2)
        ]
        jaren.append(sum(helften))
    return [jaar for jaar in jaren if np.isfinite(jaar)]


def heeft_taakstelling(register: Register, periode: Halfjaar) -> bool:
    """Whether gross target and persons housed are known, and not only assumed, in a half-year."""
    df = register.historie
    rijen = df[(df["moment"] == str(periode)) & (df["kwaliteit"] != "rood")]
    return {"taakstelling_bruto", "gehuisvest"} <= set(rijen["reeks"])


def waarneming(register: Register, periode: Halfjaar, huis: HuisvestingParameters) -> Waarnemingen:
    """One half-year of history as the model sees it, with the middle assumptions of then."""
    gemeenten = gemeentecijfers(register, (periode,))
    bruto = stroom(register.historie, "taakstelling_bruto", periode).waarde
    nareis = laatst_bekend(register, "nareis_ingereisd", periode).waarde
    nareis = nareis * float(huis.aandeel_nareis_bij_referent[0, 0])
    gehuisvest = stroom(register.historie, "gehuisvest", periode).waarde
    return Waarnemingen(
        vraag=max(0.0, bruto - nareis) * gemeenten.aandeel_inwoners,
        aanbod=regulier_aanbod(gemeenten, huis),
        gehuisvest=max(1.0, gehuisvest - nareis),
    )


def reeksen_tot_start(
    register: Register, begin: Halfjaar, trekkingen: Trekkingen
) -> dict[str, Reeks]:
    """Parameters without any measure in the half-years before and in the first half-year."""
    return maak_reeksen(register, None, trekkingen, reeks(begin + -HALFJAREN_SPUK, begin))


def startpunt(
    register: Register,
    perioden: Sequence[Halfjaar],
    trekkingen: Trekkingen,
    kalibratie: Kalibratie,
    scores: Reeks,
    eerder: dict[str, Reeks],
) -> Startpunt:
    """Where the model starts, by published figures alone.

    Parameters
    ----------
    scores : array [trekking, gemeente], standard normal; zero in the middle draw
    eerder : as from `reeksen_tot_start`
    """
    return Startpunt(
        gemeenten=gemeentecijfers(register, tuple(perioden)),
        begin=beginstand(register, perioden[0], trekkingen, eerder),
        begin_opgave=begin_opgave(kalibratie, scores),
    )


def maak_invoer(
    register: Register,
    scenario: str | None,
    perioden: Sequence[Halfjaar],
    trekkingen: Trekkingen,
    ruis: Ruis,
    kalibratie: Kalibratie,
    context_van: str | None = None,
) -> Invoer:
    """Everything that the model needs for a scenario and a number of draws."""
    begin = perioden[0]
    reeksen = maak_reeksen(register, scenario, trekkingen, perioden, context_van)
    eerder = reeksen_tot_start(register, begin, trekkingen)
    start = startpunt(register, perioden, trekkingen, kalibratie, ruis.gemeente, eerder)
    start = met_eigen_cijfers(register, begin.eerste_dag, start, ruis.gemeente)
    gemeenten, stand_begin = start.gemeenten, start.begin
    verhouding = vergunningen_nu(stand_begin) / vergunningen_volgens_aannames(stand_begin, eerder)
    return Invoer(
        reeksen=reeksen,
        gemeenten=gemeenten,
        begin=stand_begin,
        toeval=Toeval(
            benutting=benutting(kalibratie, gemeenten, eerder),
            inzet=inzet_per_periode(kalibratie, ruis.huisvesting),
            gemeente_effect=gemeente_effect(kalibratie, ruis.gemeente),
            begin_opgave=start.begin_opgave,
            vergunningen=vergunningen_per_periode(
                kalibratie, verhouding, ruis.vergunningen, len(perioden)
            ),
            voorspelfout=ruis.voorspelfout,
        ),
        perioden=len(perioden),
    )


def benutting(kalibratie: Kalibratie, gemeenten: Gemeenten, eerder: dict[str, Reeks]) -> Reeks:
    """Factor on the regular supply, array [trekking, 1].

    Together the channels housed what was housed, also in a draw in which one of them is larger:
    there the factor is smaller.

    Parameters
    ----------
    eerder : parameters without any measure up to and including the first half-year
    """
    huis = op(lees(HuisvestingParameters, eerder), -1)
    aanbod = som_gemeenten(regulier_aanbod(gemeenten, huis))
    factor: Reeks = np.exp(kalibratie.niveau) * kalibratie.aanbod / aanbod
    return factor


def vergunningen_nu(begin: Beginstand) -> Reeks:
    """Permits to expect in the first half-year from what is seen now, array [trekking, 1].

    The mean of the last year, and of the announced target where there is one: the State sets that
    by the permits that it expects. Both count equally.
    """
    laatste = begin.vergunningen_verleden[..., -HALFJAREN_PER_JAAR:].mean(axis=-1)
    taak = begin.taakstelling_aangekondigd
    nu: Reeks = np.where(np.isnan(taak), laatste, (laatste + taak) / 2)
    return nu


def vergunningen_volgens_aannames(begin: Beginstand, eerder: dict[str, Reeks]) -> Reeks:
    """Permits in the first half-year by the assumptions alone, array [trekking, 1].

    Parameters
    ----------
    eerder : parameters without any measure up to and including the first half-year
    """
    p = op(lees(InstroomParameters, eerder), -1)
    stap = stap_instroom(begin_instroom(begin, p), p, np.ones_like(begin.open_asielzaken))
    vergunningen: Reeks = stap["vergunningen"]
    return vergunningen
