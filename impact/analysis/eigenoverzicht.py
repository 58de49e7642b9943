"""What we assume for every municipality, and what own figures do with national numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from impact.analysis.eigenstand import TEAM, Startpunt, ingepast, opgave, posten
from impact.analysis.ensemble import Opdracht, maak_opdracht, trekkingen_van
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import reeksen_tot_start, startpunt
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.analysis.waarden import op_datum
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar

TREKKINGEN = 256
"""Draws with which our own figures and their ranges are made."""
REFERENTIE = "geldend_recht"
KANTEN = ("midden", "laag", "hoog")


def onze_cijfers(register: Register) -> pd.DataFrame:
    """Figure that we assume for each question and municipality, without what they sent in.

    Returns
    -------
    DataFrame with the code and the name of the question as index, and columns midden (mean of the
    draws), laag and hoog (5% and 95% points). A parameter is there only where a municipality has a
    value of its own; its range is that of the parameter.
    """
    kaal = register.zonder_eigen()
    van = Instelling().van
    opdracht = maak_opdracht(kaal, Instelling(trekkingen=TREKKINGEN, van=van, tot=van))
    start = _start(opdracht)
    reeksen = {naam: post.per_gemeente for naam, post in posten(kaal, start).items()}
    reeksen[TEAM] = trekkingen_van(opdracht, REFERENTIE)[TEAM, ""][:, :, 0]
    delen = [_samengevat(kaal, naam, reeks) for naam, reeks in reeksen.items()]
    alles = pd.concat([*delen, _aannames(kaal, Halfjaar.lees(van))])
    return alles[alles.index.get_level_values("cijfer").isin(register.eigenvragen)]


def _start(opdracht: Opdracht) -> Startpunt:
    register, begin = opdracht.register, opdracht.perioden[0]
    return startpunt(
        register,
        opdracht.perioden,
        opdracht.trekkingen,
        opdracht.kalibratie,
        opdracht.ruis.gemeente,
        reeksen_tot_start(register, begin, opdracht.trekkingen),
    )


def _samengevat(register: Register, naam: str, reeks: Reeks) -> pd.DataFrame:
    breed = np.broadcast_to(reeks, (len(reeks), len(register.gemeenten)))
    rest = breed[1:] if len(breed) > 1 else breed
    laag, hoog = np.quantile(rest, [LAAGSTE, HOOGSTE], axis=0)
    index = pd.MultiIndex.from_product([register.gemeenten.index, [naam]], names=INDEX)
    return pd.DataFrame({"midden": rest.mean(axis=0), "laag": laag, "hoog": hoog}, index=index)


INDEX = ["gemeente", "cijfer"]


def _aannames(register: Register, begin: Halfjaar) -> pd.DataFrame:
    """Own values that the parameters have from published sources."""
    rijen = {}
    for naam, vraag in register.eigenvragen.items():
        if vraag.soort == "aanname":
            geldt = op_datum(register.parameters[naam].waarden, begin)
            for code, getal in (geldt.gemeenten or {}).items():
                punten = (getal.midden, getal.laag, getal.hoog)
                rijen[code, naam] = [getal.midden if p is None else p for p in punten]
    index = pd.MultiIndex.from_tuples(list(rijen), names=INDEX)
    return pd.DataFrame(list(rijen.values()), index=index, columns=list(KANTEN))


def inpassing(register: Register) -> pd.DataFrame:
    """What own figures do with national numbers, in the middle draw.

    Returns
    -------
    DataFrame with columns cijfer, titel, eenheid, gemeenten (how many gave it), eigen (their sum),
    landelijk (as published) and landelijk_nieuw; no rows without own figures
    """
    rijen = []
    if register.eigen:
        van = Halfjaar.lees(Instelling().van)
        opdracht = maak_opdracht(register, Instelling(trekkingen=0, van=str(van), tot=str(van)))
        scores = opdracht.ruis.gemeente
        start = _start(opdracht)
        voor = posten(register, start)
        for naam, post in ingepast(register, van.eerste_dag, start, scores).items():
            eigen = opgave(register, naam, van.eerste_dag, scores)
            assert eigen is not None, naam
            vraag, taak = register.eigenvragen[naam], float(voor[naam].taak.sum())
            landelijk = [float(p.totaal[0, 0]) - taak for p in (voor[naam], post)]
            aantal, som = len(eigen.plekken), float(eigen.waarden.sum())
            rijen.append([naam, vraag.titel, vraag.eenheid, aantal, som, *landelijk])
    kolommen = ["cijfer", "titel", "eenheid", "gemeenten", "eigen", "landelijk", "landelijk_nieuw"]
    return pd.DataFrame(rijen, columns=kolommen)
