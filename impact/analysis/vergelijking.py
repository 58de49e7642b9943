"""What others published beside our own figure: ratio, band, and what must still be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict

import numpy as np
import pandas as pd

from impact.analysis.ensemble import (
    BLOK,
    Opdracht,
    Uitkomst,
    basis_van,
    maak_opdracht,
    trekkingen_van,
)
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.samenvatten import banden, gemiddelde
from impact.analysis.uitkomsten import HorizonFout
from impact.analysis.uitvoerder import kies_werkers
from impact.analysis.waarden import PRIJSPEIL, op_datum
from impact.model.reeksen import HALFJAREN_PER_JAAR, Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.regels import PRIJSINDEX
from impact.registry.schattingmodellen import Buitenschatting, Tegenhanger, Term

SOORT = "vergelijking"
TREKKINGEN = 200
VERGELEKEN, ZONDER = "vergeleken", "niet_vergelijkbaar"
GRENS = "verhouding"
BINNEN, BUITEN = "binnen", "buiten"
Loop = tuple[str, str]
"""A run: whose measures apply, and whose context."""


class NoemerNul(ZeroDivisionError):
    """An outside estimate divides by a quantity that is zero in some draw."""


class UitlegOntbreekt(ValueError):
    """Our figure lies far from that of others, and nobody wrote down why."""


def schattingen_van(register: Register, scenario: str | None) -> dict[str, Buitenschatting]:
    """Outside estimates that belong to a scenario: its own and those of its reference.

    Estimates without a counterpart belong to the whole model, not to one scenario; they are left
    out when a scenario is asked for.

    Raises
    ------
    impact.registry.laden.OnbekendScenario
        The scenario does not exist.
    """
    if scenario is None:
        return dict(register.buitenschattingen)
    keuze = {scenario, register.scenario(scenario).referentie}
    return {
        naam: schatting
        for naam, schatting in register.buitenschattingen.items()
        if schatting.model is not None and schatting.model.scenario in keuze
    }


def venster(model: Tegenhanger, perioden: Sequence[Halfjaar], naam: str) -> slice:
    """Positions of the half-years of an outside estimate in a run.

    Raises
    ------
    HorizonFout
        The run begins later or ends earlier.
    """
    if model.van < perioden[0] or model.tot > perioden[-1]:
        raise HorizonFout(
            f"buitenschatting '{naam}' gaat over {model.van} tot en met {model.tot}; "
            f"de berekening loopt van {perioden[0]} tot en met {perioden[-1]}"
        )
    begin = model.van - perioden[0]
    return slice(begin, begin + (model.tot - model.van) + 1)


def meet_term(term: Term, uitkomst: Uitkomst, rijen: Sequence[int] | slice, stuk: slice) -> Reeks:
    """One number per draw for a sum of quantities, array [trekking].

    Parameters
    ----------
    uitkomst : arrays [trekking, gemeente or 1, periode]
    rijen : municipalities that count
    stuk : half-years that count
    """
    som: Reeks = sum(
        uitkomst[deel.grootheid, deel.betaler][:, rijen, stuk].sum(axis=1) for deel in term.som
    )
    if term.samenvatting == "eind":
        return som[:, -1]
    if term.samenvatting == "totaal":
        return np.asarray(som.sum(axis=-1))
    gemiddeld: Reeks = som.mean(axis=-1)
    return gemiddeld * HALFJAREN_PER_JAAR if term.samenvatting == "per_jaar" else gemiddeld


def meet(
    naam: str,
    model: Tegenhanger,
    uitkomst: Uitkomst,
    perioden: Sequence[Halfjaar],
    gemeenten: Sequence[str],
) -> Reeks:
    """Our own figure for an outside estimate in one run, array [trekking].

    Raises
    ------
    NoemerNul
        A quantity in the denominator is zero in some draw.
    """
    stuk = venster(model, perioden, naam)
    rijen = [gemeenten.index(code) for code in model.gemeenten] or slice(None)
    waarde: Reeks = np.full(1, model.factor)
    for term in model.teller:
        waarde = waarde * meet_term(term, uitkomst, rijen, stuk)
    for term in model.noemer:
        deler = meet_term(term, uitkomst, rijen, stuk)
        if not deler.all():
            raise NoemerNul(f"buitenschatting '{naam}': de noemer is nul in een van de trekkingen")
        waarde = waarde / deler
    return waarde


def meet_alle(
    opdracht: Opdracht, loop: Loop, modellen: Mapping[str, Tegenhanger], blok: int = BLOK
) -> dict[str, Reeks]:
    """Run once, and measure every outside estimate that needs this run; arrays [trekking]."""
    maatregelen_van, context_van = loop
    gemeenten = list(opdracht.register.gemeenten.index)
    stukken: dict[str, list[Reeks]] = {naam: [] for naam in modellen}
    for eerste in range(0, opdracht.trekkingen.aantal, blok):
        uitkomst = trekkingen_van(
            opdracht, maatregelen_van, slice(eerste, eerste + blok), context_van=context_van
        )
        for naam, model in modellen.items():
            stukken[naam].append(meet(naam, model, uitkomst, opdracht.perioden, gemeenten))
    return {naam: np.concatenate(delen) for naam, delen in stukken.items()}


def lopen(register: Register, model: Tegenhanger) -> list[Loop]:
    """Runs that an outside estimate needs: the scenario, and its reference for a difference."""
    basis, context = basis_van(register, model.scenario)
    eigen = (model.scenario, model.scenario)
    return [eigen] if model.maat == "niveau" else [eigen, (basis, context)]


def eigen_waarden(
    opdracht: Opdracht, modellen: Mapping[str, Tegenhanger], uitvoerder: Executor | None
) -> dict[str, Reeks]:
    """Our own figure for every outside estimate, arrays [trekking]; each run is made once."""
    register = opdracht.register
    per_loop: dict[Loop, dict[str, Tegenhanger]] = {}
    for naam, model in modellen.items():
        for loop in lopen(register, model):
            per_loop.setdefault(loop, {})[naam] = model
    with kies_werkers(uitvoerder) as werkers:
        taken = {
            loop: werkers.submit(meet_alle, opdracht, loop, deel) for loop, deel in per_loop.items()
        }
        gemeten = {loop: taak.result() for loop, taak in taken.items()}
    waarden = {}
    for naam, model in modellen.items():
        eigen, *basis = (gemeten[loop][naam] for loop in lopen(register, model))
        waarden[naam] = eigen - basis[0] if basis else eigen
    return waarden


def naar_prijspeil(register: Register, prijspeil: int | None) -> float:
    """Factor from the prices of a year to those of 2025, by the middle of the price index.

    Years after the last one of the index count as the last: nobody knows their prices yet.
    """
    if prijspeil is None:
        return 1.0
    index = register.parameters[PRIJSINDEX].waarden
    nieuw, oud = (op_datum(index, Halfjaar(jaar, 1)).midden for jaar in (PRIJSPEIL, prijspeil))
    return nieuw / oud


def _gemeen(register: Register, naam: str, schatting: Buitenschatting) -> dict[str, object]:
    """Columns about the publication."""
    bron = register.bronnen[schatting.bron]
    factor = naar_prijspeil(register, schatting.prijspeil)
    return {
        "naam": naam,
        "titel": schatting.titel,
        "meet": schatting.meet,
        "periode": schatting.periode,
        "eenheid": schatting.eenheid,
        "prijspeil": schatting.prijspeil,
        "gepubliceerd": schatting.punt,
        "buiten_midden": schatting.punt * factor,
        "buiten_laag": schatting.onder * factor,
        "buiten_hoog": schatting.boven * factor,
        "rekenstap": schatting.rekenstap,
        "bron": schatting.bron,
        "bron_titel": bron.titel,
        "uitgever": bron.uitgever,
        "datum": bron.datum,
        "url": bron.url,
    }


def oordeel(register: Register, verhouding: float) -> str:
    """Whether a ratio lies within the limits."""
    grens = register.vergelijkingsgrenzen[GRENS]
    return BINNEN if grens.onder <= verhouding <= grens.boven else BUITEN


def vergeleken_rij(
    register: Register, naam: str, schatting: Buitenschatting, model: Tegenhanger, waarde: Reeks
) -> dict[str, object]:
    """One row of the table: the publication, our mean and band, and their ratio."""
    getrokken = waarde[:, np.newaxis, np.newaxis]
    midden = float(gemiddelde(getrokken)[0, 0])
    laag, hoog = (float(kant[0, 0]) for kant in banden(getrokken))
    rij = _gemeen(register, naam, schatting)
    punt = schatting.punt * naar_prijspeil(register, schatting.prijspeil)
    return {
        **rij,
        "scenario": model.scenario,
        "maat": model.maat,
        "van": str(model.van),
        "tot": str(model.tot),
        "midden": midden,
        "laag": laag,
        "hoog": hoog,
        "verhouding": midden / punt,
        "verhouding_laag": laag / punt,
        "verhouding_hoog": hoog / punt,
        "oordeel": oordeel(register, midden / punt),
        "gebruikt_in_model": schatting.gebruikt_in_model,
        "verschil_in_begrip": schatting.verschil_in_begrip,
        "uitleg": schatting.uitleg,
    }


def niet_vergelijkbare_rij(
    register: Register, naam: str, schatting: Buitenschatting
) -> dict[str, object]:
    """One row about a publication that the model has no figure for."""
    return {**_gemeen(register, naam, schatting), "reden": schatting.niet_vergelijkbaar}


def bereken_vergelijking(
    register: Register,
    scenario: str | None = None,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Put what others published beside our own figures.

    Parameters
    ----------
    scenario : only estimates about this scenario and its reference; all by default

    Returns
    -------
    Analyse with two tables. ``vergeleken``: one row per outside estimate with a counterpart;
    amounts in prices of 2025; ``verhouding`` is our mean divided by their value. And
    ``niet_vergelijkbaar``: what was published but has no counterpart, with the reason.

    Raises
    ------
    HorizonFout
        The run is too short for an outside estimate.
    """
    instelling = instelling or Instelling(trekkingen=TREKKINGEN)
    schattingen = schattingen_van(register, scenario)
    vraag = {"scenario": scenario, **asdict(instelling)}
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    modellen = {naam: s.model for naam, s in schattingen.items() if s.model is not None}
    waarden = (
        eigen_waarden(maak_opdracht(register, instelling), modellen, uitvoerder) if modellen else {}
    )
    tabellen = {
        VERGELEKEN: pd.DataFrame(
            [
                vergeleken_rij(register, naam, schattingen[naam], model, waarden[naam])
                for naam, model in modellen.items()
            ]
        ),
        ZONDER: pd.DataFrame(
            [
                niet_vergelijkbare_rij(register, naam, schatting)
                for naam, schatting in schattingen.items()
                if schatting.model is None
            ]
        ),
    }
    grens = register.vergelijkingsgrenzen[GRENS]
    return bewaar_analyse(
        register, SOORT, vraag, tabellen, {"onder": grens.onder, "boven": grens.boven}
    )


def zonder_uitleg(vergeleken: pd.DataFrame) -> pd.DataFrame:
    """Rows that lie outside the limits while nobody wrote down why."""
    if vergeleken.empty:
        return vergeleken
    return vergeleken[(vergeleken["oordeel"] == BUITEN) & vergeleken["uitleg"].isna()]


def eis_uitleg(vergeleken: pd.DataFrame) -> None:
    """Refuse a comparison in which a large difference has no explanation.

    Raises
    ------
    UitlegOntbreekt
        Names every estimate, its ratio and where the explanation belongs.
    """
    regels = [
        f"buitenschatting '{rij.naam}': ons cijfer is {rij.verhouding:.2g} keer dat van "
        f"{rij.uitgever}, zonder uitleg"
        for rij in zonder_uitleg(vergeleken).itertuples()
    ]
    if regels:
        hulp = "Schrijf 'uitleg' in parameters/buitenschattingen.yaml, of verbeter het model."
        raise UitlegOntbreekt("\n".join([*regels, hulp]))
