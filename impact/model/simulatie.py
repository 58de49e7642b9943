"""The whole model: from input arrays to every quantity of the catalogue."""

from __future__ import annotations

import numpy as np

from impact.model import financien as fin
from impact.model.gevolgen import Gevolg
from impact.model.grootheden import GROOTHEDEN, SLEUTELS, Sleutel
from impact.model.invoer import Invoer
from impact.model.modules import MODULES
from impact.model.reeksen import Reeks

BEKEND = frozenset(SLEUTELS)


def simuleer(invoer: Invoer) -> dict[Sleutel, Reeks]:
    """Run the model for all draws, municipalities and half-years.

    Returns
    -------
    dict of (grootheid, betaler) -> array [trekking, gemeente or 1, periode]
        Every key of the catalogue, in its order. The payer is empty where money plays no part.
    """
    gevolgen: dict[str, Gevolg] = {}
    alles: dict[Sleutel, Reeks] = {}
    regels: fin.Regels = {}
    for module in MODULES:
        gevolg = gevolgen[module.naam] = module.reken(invoer, gevolgen)
        alles |= uitkomst_van(invoer, gevolg)
        regels |= gevolg.regels
    for betaler, bedrag in fin.totaal_per_betaler(regels).items():
        alles[("kosten_totaal", betaler)] = gevuld(invoer, ("kosten_totaal", betaler), bedrag)
    alles[("netto_lasten_gemeente", "gemeente")] = alles[("kosten_totaal", "gemeente")]
    return {sleutel: alles[sleutel] for sleutel in SLEUTELS}


def uitkomst_van(invoer: Invoer, gevolg: Gevolg) -> dict[Sleutel, Reeks]:
    """Quantities and money lines of one module that are in the catalogue, in full shape."""
    alles: dict[Sleutel, Reeks] = {(naam, ""): reeks for naam, reeks in gevolg.grootheden.items()}
    for (kostensoort, betaler), bedrag in gevolg.regels.items():
        alles[(f"kosten_{kostensoort}", betaler)] = bedrag
    return {
        sleutel: gevuld(invoer, sleutel, reeks)
        for sleutel, reeks in alles.items()
        if sleutel in BEKEND
    }


def gevuld(invoer: Invoer, sleutel: Sleutel, reeks: Reeks) -> Reeks:
    """Give an array its full shape: municipal or national."""
    trekkingen = invoer.toeval.voorspelfout.shape[0]
    gemeenten = invoer.gemeenten.inwoners.shape[1] if GROOTHEDEN[sleutel[0]].gemeentelijk else 1
    return np.broadcast_to(reeks, (trekkingen, gemeenten, invoer.perioden))
