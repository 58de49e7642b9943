"""Put the input of the model together from the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from impact.analysis.kalibratie import (
    Kalibratie,
    Waarnemingen,
    benutting_per_periode,
    gemeente_effect,
    kalibreer,
)
from impact.analysis.trekkingen import Ruis, Trekkingen, maak_trekkingen, waarde_bij_kans
from impact.analysis.waarden import (
    kansen,
    maak_reeksen,
    onzekere_namen,
    samenhang,
)
from impact.model.huisvesting import HuisvestingParameters
from impact.model.inburgering import HALFJAREN_SPUK
from impact.model.invoer import Beginstand, Gemeenten, Invoer, Toeval
from impact.model.keten import aanbod, begin_opvang
from impact.model.reeksen import Reeks, lees, op
from impact.registry.gemeenten import inwoners
from impact.registry.historie import stand, stroom
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks

HALFJAREN_VERLEDEN = 24
EERSTE_KALIBRATIE = Halfjaar(2016, 1)
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


def gemeentecijfers(register: Register, perioden: Sequence[Halfjaar]) -> Gemeenten:
    """Municipal figures for a run.

    Inhabitants are those on 1 January of the year before each half-year (art. 29). Corporation
    dwellings follow the shares of 2021, scaled to the last national number before the start; an
    unknown dwelling stock is filled in with the national number of dwellings per inhabitant.
    """
    df = register.gemeenten
    per_periode = [inwoners(df, p.jaar - 1).to_numpy(dtype=float) for p in perioden]
    stad = lid_van(df, "netwerk_g4", "netwerk_g40")
    middel = lid_van(df, "netwerk_m50", "netwerk_r8") * (1.0 - stad)
    landelijk = stand(register.historie, "corporatiewoningen", perioden[0].eerste_dag).waarde
    return Gemeenten(
        inwoners=np.stack(per_periode, axis=-1)[np.newaxis],
        corporatiewoningen=landelijk * aandeel(corporatiewoningen(df)),
        stedelijkheid=df["stedelijkheid_2024"].to_numpy(dtype=float)[np.newaxis],
        bijstandsdichtheid=bijstandsdichtheid(df),
        netwerk_groot=stad,
        netwerk_middel=middel,
        aandeel_spreidingswet=aandeel(df["spreidingswet_indicatief_nov2025"]),
        aandeel_opvang_regulier=aandeel(df["opvang_regulier_nov2025"]),
        aandeel_opvang_nood=aandeel(df["opvang_nood_nov2025"]),
    )


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
    eerder : parameters without any measure in the half-years before, as from `maak_reeksen`

    Raises
    ------
    impact.registry.problemen.RegisterFout
        A series has no observation near the first day.
    """
    dag = begin.eerste_dag
    standen = {naam: getrokken_stand(register, naam, dag, trekkingen) for naam in VOORRADEN}
    saldo = stroom(register.historie, "taakstelling_saldo", begin + -1)
    kans = kansen(trekkingen, naam_stand("achterstand"))
    verdeling = "driehoek" if saldo.laag is not None else "vast"
    achterstand = -waarde_bij_kans(1.0 - kans, saldo.waarde, saldo.laag, saldo.hoog, verdeling)
    return Beginstand(
        **standen,
        achterstand=achterstand[:, np.newaxis],
        gehuisvest_verleden=verleden(register, "gehuisvest", begin, trekkingen.aantal),
        vergunningen_verleden=verleden(register, "asielvergunningen", begin, trekkingen.aantal),
        termijn_verleden=eerder["geldigheidsduur_vergunning"][:, :, 0],
        spuk_verleden=eerder["spuk_per_statushouder"],
    )


def getrokken_stand(register: Register, naam: str, dag: date, trekkingen: Trekkingen) -> Reeks:
    """One stock at the start, array [trekking, 1]."""
    gevonden = stand(register.historie, naam, dag)
    kans = kansen(trekkingen, naam_stand(naam))
    verdeling = "driehoek" if gevonden.laag is not None else "vast"
    waarde = waarde_bij_kans(kans, gevonden.waarde, gevonden.laag, gevonden.hoog, verdeling)
    return np.maximum(0.0, waarde)[:, np.newaxis]


def verleden(register: Register, naam: str, begin: Halfjaar, trekkingen: int) -> Reeks:
    """Flow per half-year before the start, array [trekking, 1, halfjaar], oldest first.

    Half-years before the series begins count as zero: those cohorts are not followed.
    """
    eerste = begin + -HALFJAREN_VERLEDEN
    waarden = [
        stroom(register.historie, naam, p, ontbreekt=0.0).waarde for p in reeks(eerste, begin + -1)
    ]
    return np.broadcast_to(np.array(waarden), (trekkingen, 1, len(waarden)))


def kalibreer_op_historie(register: Register, bekend_tot: Halfjaar) -> Kalibratie:
    """Calibrate on all half-years before ``bekend_tot`` for which the target is known.

    Supply and the share of nareis with a housed referent are those of the middle assumptions.
    """
    perioden = [
        p for p in reeks(EERSTE_KALIBRATIE, bekend_tot + -1) if heeft_taakstelling(register, p)
    ]
    waarnemingen = [waarneming(register, p, bekend_tot) for p in perioden]
    verhoudingen, gehaald = [], []
    for p in perioden:
        telling = stroom(register.historie, "gemeenten_taakstelling_gehaald", p, ontbreekt=np.nan)
        if np.isfinite(telling.waarde):
            bruto = stroom(register.historie, "taakstelling_bruto", p).waarde
            verhoudingen.append(stroom(register.historie, "gehuisvest", p).waarde / bruto)
            gehaald.append(telling.waarde)
    nummers = [*(p.nummer for p in perioden), bekend_tot.nummer - 1]
    return kalibreer(waarnemingen, nummers, verhoudingen, gehaald)


def heeft_taakstelling(register: Register, periode: Halfjaar) -> bool:
    """Whether gross target and persons housed are known, and not only assumed, in a half-year."""
    df = register.historie
    rijen = df[(df["moment"] == str(periode)) & (df["kwaliteit"] != "rood")]
    return {"taakstelling_bruto", "gehuisvest"} <= set(rijen["reeks"])


def waarneming(register: Register, periode: Halfjaar, bekend_tot: Halfjaar) -> Waarnemingen:
    """One half-year of history as the model sees it."""
    midden = maak_trekkingen(["midden"], 0)
    reeksen = maak_reeksen(register, None, midden, [periode], bekend_tot)
    invoer = Invoer(
        reeksen=reeksen,
        gemeenten=gemeentecijfers(register, [periode]),
        begin=lege_beginstand(),
        toeval=Toeval(
            np.ones((1, 1, 1)), np.ones((1, len(register.gemeenten))), np.zeros((1, 1, 1))
        ),
        perioden=1,
    )
    huis = op(lees(HuisvestingParameters, reeksen), 0)
    kanaal = aanbod(invoer, begin_opvang(invoer), huis)
    bruto = stroom(register.historie, "taakstelling_bruto", periode).waarde
    nareis = stroom(register.historie, "nareis_ingereisd", periode).waarde
    nareis = nareis * float(huis.aandeel_nareis_bij_referent[0, 0])
    gehuisvest = stroom(register.historie, "gehuisvest", periode).waarde
    return Waarnemingen(
        vraag=max(0.0, bruto - nareis) * invoer.gemeenten.aandeel_inwoners,
        aanbod=kanaal.regulier,
        gehuisvest=max(1.0, gehuisvest - nareis),
    )


def lege_beginstand() -> Beginstand:
    """Nobody anywhere: for looking at supply alone."""
    nul, rij = np.zeros((1, 1)), np.zeros((1, 1, HALFJAREN_VERLEDEN))
    return Beginstand(
        **dict.fromkeys(VOORRADEN, nul),
        achterstand=nul,
        gehuisvest_verleden=rij,
        vergunningen_verleden=rij,
        termijn_verleden=nul,
        spuk_verleden=np.zeros((1, 1, HALFJAREN_SPUK)),
    )


def maak_invoer(
    register: Register,
    scenario: str | None,
    perioden: Sequence[Halfjaar],
    trekkingen: Trekkingen,
    ruis: Ruis,
    kalibratie: Kalibratie,
    bekend_tot: Halfjaar | None = None,
    context_van: str | None = None,
) -> Invoer:
    """Everything that the model needs for a scenario and a number of draws."""
    reeksen = maak_reeksen(register, scenario, trekkingen, perioden, bekend_tot, context_van)
    voor = reeks(perioden[0] + -HALFJAREN_SPUK, perioden[0] + -1)
    eerder = maak_reeksen(register, None, trekkingen, voor, bekend_tot)
    return Invoer(
        reeksen=reeksen,
        gemeenten=gemeentecijfers(register, perioden),
        begin=beginstand(register, perioden[0], trekkingen, eerder),
        toeval=Toeval(
            benutting=benutting_per_periode(kalibratie, ruis.niveau, ruis.huisvesting),
            gemeente_effect=gemeente_effect(kalibratie, ruis.gemeente),
            voorspelfout=ruis.voorspelfout,
        ),
        perioden=len(perioden),
    )
