"""Stapeling: which law of a scenario brings what, and what the laws do to each other.

For every quantity the effect of all laws together is divided over the laws: the share of a law is
what it adds on average over all orders (Shapley). Beside it stand the effect of each law alone,
the interaction (joint effect minus all single effects), and the interaction of every two laws.
All of them are computed draw by draw over all combinations of laws, and only then summarised.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import numpy as np

from impact.analysis.ensemble import Opdracht, maak_opdracht
from impact.analysis.kladblok import BYTES_PER_MEGABYTE, SchijfVol
from impact.analysis.opslag import (
    Analyse,
    Instelling,
    bewaar_analyse,
    resultatenmap,
    zoek_analyse,
)
from impact.analysis.stapelblok import PIEK
from impact.analysis.stapelschrijver import NETTO, TOTAAL, reken_blokken
from impact.analysis.stapelspelers import Verdeling, maak_verdeling
from impact.analysis.stapeltabel import maak_namen, tabellen
from impact.analysis.uitvoerder import is_ver, kies_werkers, kladmap
from impact.model.grootheden import SLEUTELS
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Uitkomst

SOORT = "stapeling"
BLOK = 4
"""Draws per block; results do not depend on it."""
TREKKINGEN = 200


def bereken_stapeling(
    register: Register,
    scenario: str,
    per: str = "wet",
    samen: Sequence[Sequence[str]] = (),
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
    blok: int = BLOK,
) -> Analyse:
    """Divide the joint effect of a scenario over its laws or measures, or look it up.

    Parameters
    ----------
    per : ``wet`` or ``maatregel``
    samen : groups of laws (or measures) that count as one
    uitvoerder : runs the blocks of draws; local processes by default

    Returns
    -------
    Analyse with the tables of `stapeltabel.tabellen`.

    Raises
    ------
    VerdeelFout
        No measures, or more laws in one game than can be computed.
    OnbekendScenario
        With the nearest name.
    """
    instelling = instelling or Instelling(trekkingen=TREKKINGEN)
    verdeling = maak_verdeling(register, scenario, per, samen)
    vraag = {
        "scenario": scenario,
        "per": per,
        "samen": sorted(sorted(set(groep)) for groep in samen),
        **asdict(instelling),
    }
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    opdracht = maak_opdracht(register, instelling)
    uitkomsten = binnen_horizon(register.uitkomsten, opdracht.perioden)
    with ExitStack() as stapel:
        map_ = resultatenmap(register)
        map_.mkdir(parents=True, exist_ok=True)
        werkers = stapel.enter_context(kies_werkers(uitvoerder))
        klad = stapel.enter_context(kladmap(map_, werkers))
        controleer_schijf(opdracht, verdeling, klad)
        rijen = [slice(n, n + blok) for n in range(0, opdracht.trekkingen.aantal, blok)]
        paden = reken_blokken(opdracht, verdeling, uitkomsten, rijen, klad, werkers)
        if is_ver(werkers):
            werkers = stapel.enter_context(kies_werkers())
        namen = maak_namen(opdracht, verdeling, uitkomsten)
        manifest = {"weggelaten": sorted(set(register.uitkomsten) - set(uitkomsten))}
        gemaakt = tabellen(paden, verdeling, namen, werkers)
        return bewaar_analyse(register, SOORT, vraag, gemaakt, manifest)


def binnen_horizon(
    uitkomsten: Mapping[str, Uitkomst], perioden: Sequence[Halfjaar]
) -> dict[str, Uitkomst]:
    """Named outcomes that a run reaches, and that can be divided.

    The maximum of a total over modules is left out: it is no sum of what happens in each module.
    """
    return {
        naam: inhoud
        for naam, inhoud in uitkomsten.items()
        if perioden[0] <= inhoud.van
        and inhoud.tot <= perioden[-1]
        and not (inhoud.samenvatting == PIEK and inhoud.grootheid in (TOTAAL, NETTO[0]))
    }


def controleer_schijf(opdracht: Opdracht, verdeling: Verdeling, map_: Path) -> None:
    """Refuse to begin when the disk has no room for the draws.

    Raises
    ------
    SchijfVol
        With the room that is needed.
    """
    maat = opdracht.maat
    aantal = max(masker.bit_count() for masker in (*verdeling.bereik.values(), 1))
    getallen = maat.gemeenten * (aantal + 2) * maat.perioden / 2
    nodig = int(maat.trekkingen * len(SLEUTELS) * getallen * np.dtype(float).itemsize * 1.5)
    vrij = shutil.disk_usage(map_).free
    if vrij < nodig:
        raise SchijfVol(
            f"{map_.parent}: er is {nodig // BYTES_PER_MEGABYTE} MB nodig voor de trekkingen en "
            f"er is {vrij // BYTES_PER_MEGABYTE} MB vrij; er is niets bewaard."
        )
