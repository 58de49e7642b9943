"""Order and pace of laws: what every plan costs, and what of it is delay or interplay.

A law that enters later costs or saves less in a fixed window; that is delay, and says nothing about
the order. Therefore orders are compared that use the same half-years, and every difference is split
exactly, draw by draw: what the laws would do each by itself (``los``), and what comes from laws
that meet each other (``samenloop``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass

import numpy as np

from impact.analysis.ensemble import (
    BLOK,
    Opdracht,
    Uitkomst,
    basis_van,
    maak_opdracht,
    trekkingen_van,
)
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.uitkomsten import meet, sleutel_van
from impact.analysis.uitvoerder import kies_werkers
from impact.analysis.volgordeplannen import (
    Data,
    GeenVolgorde,
    Kosten,
    Plan,
    alle_volgordes,
    begin,
    eigen_data,
    gekozen_volgordes,
    in_groepen,
    op_volgorde,
    plekken,
    vaste_plannen,
    verschoven,
)
from impact.analysis.volgordetabellen import Gemeten, Meting, midden, tabellen
from impact.model.grootheden import Sleutel
from impact.registry.laden import Register
from impact.registry.modellen import Scenario
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.registry.uitkomstmodellen import Uitkomst as Uitkomstnaam
from impact.registry.volgordemodel import Volgorde

SOORT = "volgorde"
STANDAARD = "standaard"
TREKKINGEN = 50
PER_TAAK = 5
"""Scenarios per task of a worker."""


@dataclass(frozen=True)
class Proef:
    """What a worker needs to measure plans.

    Attributes
    ----------
    uitkomsten : named outcomes
    referentie, context_van : run that plans are compared with
    """

    opdracht: Opdracht
    uitkomsten: dict[str, Uitkomstnaam]
    referentie: str
    context_van: str

    @property
    def sleutels(self) -> list[Sleutel]:
        """Quantities that the outcomes read."""
        return list(dict.fromkeys(sleutel_van(u) for u in self.uitkomsten.values()))


def bereken_volgorde(
    register: Register,
    scenario: str,
    opzet: str = STANDAARD,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Look up or compute what order and pace do for the laws of a scenario.

    Parameters
    ----------
    opzet : name of the entry in ``parameters/volgorde.yaml``
    uitvoerder : runs the work; local processes by default

    Returns
    -------
    Analyse with the tables wetten, plannen, data, uitkomsten, verschillen, rollen and grenzen.

    Raises
    ------
    GeenVolgorde
        Unknown ``opzet``, a reference, or laws that enter after the window of an outcome.
    impact.analysis.uitkomsten.HorizonFout
        The run is shorter than an outcome.
    """
    instelling = instelling or Instelling(trekkingen=TREKKINGEN)
    if opzet not in register.volgordes:
        hulp = bedoelde(opzet, register.volgordes) or f"kies uit: {', '.join(register.volgordes)}"
        raise GeenVolgorde(f"onbekende opzet '{opzet}' in parameters/volgorde.yaml; {hulp}")
    eigen = eigen_data(register, scenario)
    vraag = {"scenario": scenario, "opzet": opzet, **asdict(instelling)}
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    controleer_venster(register, register.volgordes[opzet], eigen)
    with kies_werkers(uitvoerder) as werkers:
        gemeten = _meet_alles(register, scenario, register.volgordes[opzet], instelling, werkers)
    return bewaar_analyse(
        register, SOORT, vraag, tabellen(register, gemeten), manifest(register, gemeten)
    )


def controleer_venster(register: Register, opzet: Volgorde, eigen: Mapping[str, Halfjaar]) -> None:
    """Refuse a pace at which the last law is in force for less than a year of the window.

    Raises
    ------
    GeenVolgorde
        With the half-year of the last law and the end of the window.
    """
    laatste, eind = begin(eigen) + opzet.duren[-1], register.uitkomsten[opzet.gat].tot
    if laatste + 1 > eind:
        raise GeenVolgorde(
            f"in het langzaamste tempo gaat de laatste wet in {laatste} in, maar de kosten tellen "
            f"tot en met {eind}. Kies eerdere data of kortere 'duren' in parameters/volgorde.yaml"
        )


def manifest(register: Register, gemeten: Gemeten) -> dict[str, object]:
    """What must be known to read the tables."""
    opzet, referentie = gemeten.opzet, register.scenarios[gemeten.scenario].referentie
    return {
        "begin": str(begin(gemeten.eigen)),
        "alle_volgordes": len(gemeten.eigen) <= opzet.alle_volgordes_tot,
        "referentie": register.scenarios[str(referentie)].titel,
        "titels": {naam: register.uitkomsten[naam].titel for naam in opzet.uitkomsten},
        "venster": [str(getattr(register.uitkomsten[opzet.gat], kant)) for kant in ("van", "tot")],
        "gat": opzet.gat,
        "wachtrij": opzet.wachtrij,
        "fte": opzet.fte,
        "zekerheid": opzet.zekerheid,
        "groepen": {"alternatief": opzet.alternatief.titel, "intrekking": opzet.intrekking.titel},
    }


def _meet_alles(
    register: Register,
    scenario: str,
    opzet: Volgorde,
    instelling: Instelling,
    werkers: Executor,
) -> Gemeten:
    """First every law by itself on every date, then all plans."""
    eigen, inhoud = eigen_data(register, scenario), register.scenarios[scenario]
    referentie, context_van = basis_van(register, scenario)
    proef = Proef(
        maak_opdracht(register, instelling),
        {naam: register.uitkomsten[naam] for naam in opzet.uitkomsten},
        referentie,
        context_van,
    )
    basis = werkers.submit(landelijk, proef, inhoud, True).result()

    def meet_data(lijst: Sequence[Data]) -> dict[Data, Meting]:
        scenarios = [verschoven(register, inhoud, eigen, data) for data in lijst]
        stukken = [
            werkers.submit(meet_scenarios, proef, scenarios[n : n + PER_TAAK], basis)
            for n in range(0, len(scenarios), PER_TAAK)
        ]
        metingen = [meting for stuk in stukken for meting in stuk.result()]
        return dict(zip(lijst, metingen, strict=True))

    apart = meet_data([(stap,) for stap in momenten(eigen, opzet)])
    los = {data[0]: meting for data, meting in apart.items()}
    plannen = alle_plannen(eigen, opzet, los, instelling.zaad)
    samen = meet_data(list(dict.fromkeys(plan.data for plan in plannen)))
    return Gemeten(scenario, opzet, eigen, plannen, samen, los)


def momenten(eigen: Mapping[str, Halfjaar], opzet: Volgorde) -> list[tuple[str, Halfjaar]]:
    """Every law with every half-year in which some plan lets it enter."""
    sprongen = {0} | {duur // 2 for duur in opzet.duren}
    sprongen |= {plek for duur in opzet.duren for plek in plekken(len(eigen), duur)}
    dagen = [begin(eigen) + sprong for sprong in sorted(sprongen | set(opzet.duren))]
    return list(
        dict.fromkeys((wet, dag) for wet, eerste in eigen.items() for dag in (eerste, *dagen))
    )


def alle_plannen(
    eigen: Mapping[str, Halfjaar],
    opzet: Volgorde,
    los: Mapping[tuple[str, Halfjaar], Meting],
    zaad: int,
) -> list[Plan]:
    """All plans of an analysis; with one law only that of the scenario."""
    plannen = vaste_plannen(eigen)
    if len(eigen) == 1:
        return plannen[:1]
    kosten: list[Kosten] = [
        {stap: midden(meting[naam]) for stap, meting in los.items()}
        for naam in (opzet.gat, opzet.fte)
    ]
    for duur in opzet.duren:
        if len(eigen) <= opzet.alle_volgordes_tot:
            volgordes = alle_volgordes(list(eigen))
        else:
            volgordes = gekozen_volgordes(eigen, duur, kosten, opzet.steekproef, zaad)
        plannen += [*op_volgorde(eigen, duur, volgordes), *in_groepen(eigen, duur, opzet)]
    return plannen


def landelijk(proef: Proef, inhoud: Scenario, basis: bool = False) -> Uitkomst:
    """National sums of a run, arrays [trekking, 1, periode], block by block.

    Parameters
    ----------
    basis : run the reference with the context of the scenario, and not the scenario
    """
    opdracht = proef.opdracht
    scenarios = {**opdracht.register.scenarios, SOORT: inhoud}
    register = opdracht.register.met_scenarios(scenarios)
    wie, context = (proef.referentie, proef.context_van) if basis else (SOORT, None)
    stukken = []
    for eerste in range(0, opdracht.trekkingen.aantal, BLOK):
        rijen = slice(eerste, eerste + BLOK)
        blok = trekkingen_van(opdracht, wie, rijen, register, context)
        stukken.append({s: blok[s].sum(axis=1, keepdims=True) for s in proef.sleutels})
    return {s: np.concatenate([stuk[s] for stuk in stukken]) for s in proef.sleutels}


def meet_scenarios(proef: Proef, scenarios: Sequence[Scenario], basis: Uitkomst) -> list[Meting]:
    """All outcomes of some scenarios against the reference, for the country."""
    perioden = proef.opdracht.perioden
    metingen: list[Meting] = []
    for inhoud in scenarios:
        eigen = landelijk(proef, inhoud)
        metingen.append(
            {
                naam: meet(uitkomst, eigen, basis, perioden)
                for naam, uitkomst in proef.uitkomsten.items()
            }
        )
    return metingen
