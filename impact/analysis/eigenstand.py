"""What municipalities say about themselves, fitted into the national numbers.

A figure that a municipality gives holds exactly, in that municipality only. The others are scaled
together so that the national number stays as published, up to ``rest_factor`` in
`parameters/eigen_cijfers.yaml`. When that is not enough the national number moves with what the
municipalities say; `impact.analysis.eigenoverzicht` reports it. Without own figures nothing is
touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from impact.analysis.trekkingen import waarde_bij_kans
from impact.model.invoer import Beginstand, Gemeenten
from impact.model.reeksen import Reeks, som_gemeenten
from impact.registry.laden import Register

HALFJAREN_GEHUISVEST = 6
"""Half-years before the start over which a municipality counts whom it housed."""
KLEINSTE_REST = 1e-9
"""With less than this there is nothing to scale."""
TEAM = "fte_beschikbaar"


@dataclass(frozen=True)
class Post:
    """A national number and how it is divided.

    Attributes
    ----------
    totaal : array [trekking or 1, 1]
    sleutel : array [trekking or 1, gemeente], adds up to 1
    taak : array [1, gemeente] or [trekking, gemeente]
        What is in the number besides the figure that municipalities know: the target beside the
        backlog; 0 for all others.
    """

    totaal: Reeks
    sleutel: Reeks
    taak: Reeks

    @property
    def per_gemeente(self) -> Reeks:
        """Figure of each municipality, array [trekking or 1, gemeente]."""
        deel: Reeks = self.totaal * self.sleutel - self.taak
        return deel


@dataclass(frozen=True)
class Opgave:
    """Own figures of one kind: places of the municipalities, and array [trekking, plek]."""

    plekken: NDArray[np.intp]
    waarden: Reeks


@dataclass(frozen=True)
class Startpunt:
    """Where the model starts, and what own figures change in it.

    Attributes
    ----------
    begin_opgave : array [trekking, gemeente], as in `impact.model.invoer.Toeval`
    """

    gemeenten: Gemeenten
    begin: Beginstand
    begin_opgave: Reeks


def opgave(register: Register, naam: str, dag: date, scores: Reeks) -> Opgave | None:
    """Own figures of one kind, drawn within their range; None when there are none.

    They are about a start of the model on the days of their question, and of no other day.

    Parameters
    ----------
    dag : first day of the first half-year
    scores : array [trekking, gemeente], standard normal; what differs between municipalities
    """
    vraag = register.eigenvragen[naam]
    if not vraag.vanaf <= dag <= vraag.tot:
        return None
    codes = list(register.gemeenten.index)
    plekken, kolommen = [], []
    for code, eigen in sorted(register.eigen.items()):
        cijfer = eigen.cijfers.get(naam)
        if cijfer is None:
            continue
        plek = codes.index(code)
        kans = special.ndtr(scores[:, plek])
        plekken.append(plek)
        kolommen.append(
            waarde_bij_kans(kans, cijfer.midden, cijfer.laag, cijfer.hoog, cijfer.verdeling)
        )
    if not plekken:
        return None
    waarden: Reeks = np.maximum(np.stack(kolommen, axis=-1), vraag.grenzen[0])
    return Opgave(np.array(plekken), waarden)


def pas_in(post: Post, eigen: Opgave, rest_factor: float) -> Post:
    """Put own figures in, and scale the others so that the national number stays.

    Parameters
    ----------
    rest_factor : the others are scaled by at most this, and at least one divided by it
    """
    vorm = np.broadcast_shapes(post.totaal.shape, (*eigen.waarden.shape[:1], 1))
    totaal = np.broadcast_to(post.totaal, vorm)
    gemeenten = post.sleutel.shape[1]
    taak = np.broadcast_to(post.taak, (vorm[0], gemeenten))
    delen = np.array(np.broadcast_to(totaal * post.sleutel, (vorm[0], gemeenten)))
    delen[:, eigen.plekken] = 0.0
    rest = som_gemeenten(delen)
    zelf = eigen.waarden + taak[:, eigen.plekken]
    over = totaal - zelf.sum(axis=1, keepdims=True)
    nodig = np.divide(over, rest, out=np.ones(vorm), where=rest > KLEINSTE_REST)
    factor = np.clip(nodig, 1.0 / rest_factor, rest_factor)
    past = (rest > KLEINSTE_REST) & (factor == nodig)
    delen = delen * factor
    delen[:, eigen.plekken] = zelf
    nieuw = np.where(past, totaal, som_gemeenten(delen))
    sleutel = np.divide(
        delen, nieuw, out=np.array(np.broadcast_to(post.sleutel, delen.shape)), where=nieuw != 0
    )
    return Post(nieuw, sleutel, post.taak)


def posten(register: Register, start: Startpunt) -> dict[str, Post]:
    """All national numbers of which a municipality can know its own part."""
    df = register.gemeenten
    g, begin = start.gemeenten, start.begin
    niets = np.zeros((1, 1))
    gewicht = g.aandeel_inwoners * start.begin_opgave
    opgenomen = begin.gehuisvest_verleden[..., -HALFJAREN_GEHUISVEST:].sum(axis=-1)
    woningen = som_gemeenten(g.corporatiewoningen)
    return {
        "achterstand": Post(
            begin.taakstelling_vorig + begin.achterstand,
            gewicht / som_gemeenten(gewicht),
            begin.taakstelling_vorig * g.aandeel_inwoners,
        ),
        "gehuisvest_drie_jaar": Post(opgenomen, g.aandeel_gehuisvest, niets),
        "wachtlijst_inburgering": Post(begin.wachtlijst_inburgering, g.aandeel_wachtlijst, niets),
        "oekraieners_in_opvang": Post(begin.oekraieners_in_opvang, g.aandeel_oekraine, niets),
        "opvangplaatsen_regulier": Post(
            begin.opvangplaatsen_regulier, g.aandeel_opvang_regulier, niets
        ),
        "opvangplaatsen_nood": Post(_som(df["opvang_nood_nov2025"]), g.aandeel_opvang_nood, niets),
        "opvangtaak": Post(
            _som(df["spreidingswet_indicatief_nov2025"]), g.aandeel_spreidingswet, niets
        ),
        "corporatiewoningen": Post(woningen, g.corporatiewoningen / woningen, niets),
    }


def _som(kolom: pd.Series[float]) -> Reeks:
    return np.array([[float(kolom.sum())]])


def ingepast(register: Register, dag: date, start: Startpunt, scores: Reeks) -> dict[str, Post]:
    """Numbers of which some municipalities gave their own part, with those parts in them."""
    nieuw = {}
    for naam, post in posten(register, start).items():
        eigen = opgave(register, naam, dag, scores)
        if eigen is not None:
            nieuw[naam] = pas_in(post, eigen, register.eigenvragen[naam].rest_factor or 1.0)
    return nieuw


def met_eigen_cijfers(register: Register, dag: date, start: Startpunt, scores: Reeks) -> Startpunt:
    """Start in which every municipality that sent in a figure has that figure."""
    if not register.eigen:
        return start
    nieuw = ingepast(register, dag, start, scores)
    return Startpunt(
        gemeenten=_gemeenten(start.gemeenten, nieuw, opgave(register, TEAM, dag, scores)),
        begin=_begin(start.begin, nieuw),
        begin_opgave=nieuw["achterstand"].sleutel / start.gemeenten.aandeel_inwoners
        if "achterstand" in nieuw
        else start.begin_opgave,
    )


def _gemeenten(g: Gemeenten, nieuw: Mapping[str, Post], team: Opgave | None) -> Gemeenten:
    """Municipal figures with the new shares, and the teams that are known."""
    velden = {
        "gehuisvest_drie_jaar": "aandeel_gehuisvest",
        "wachtlijst_inburgering": "aandeel_wachtlijst",
        "oekraieners_in_opvang": "aandeel_oekraine",
        "opvangplaatsen_regulier": "aandeel_opvang_regulier",
        "opvangplaatsen_nood": "aandeel_opvang_nood",
        "opvangtaak": "aandeel_spreidingswet",
    }
    anders = {velden[naam]: post.sleutel for naam, post in nieuw.items() if naam in velden}
    if "corporatiewoningen" in nieuw:
        anders["corporatiewoningen"] = nieuw["corporatiewoningen"].per_gemeente
    if team is not None:
        vorm = (len(team.waarden), g.inwoners.shape[1])
        fte, bekend = np.zeros(vorm), np.zeros(vorm)
        fte[:, team.plekken], bekend[:, team.plekken] = team.waarden, 1.0
        anders |= {"fte_eigen": fte, "fte_bekend": bekend}
    return replace(g, **anders)


def _begin(begin: Beginstand, nieuw: Mapping[str, Post]) -> Beginstand:
    """State at the start with the national numbers that moved."""
    zelfde = ("wachtlijst_inburgering", "oekraieners_in_opvang", "opvangplaatsen_regulier")
    anders = {naam: nieuw[naam].totaal for naam in zelfde if naam in nieuw}
    if "achterstand" in nieuw:
        anders["achterstand"] = nieuw["achterstand"].totaal - begin.taakstelling_vorig
    if "gehuisvest_drie_jaar" in nieuw:
        was = begin.gehuisvest_verleden[..., -HALFJAREN_GEHUISVEST:].sum(axis=-1)
        factor = (nieuw["gehuisvest_drie_jaar"].totaal / was)[..., np.newaxis]
        anders["gehuisvest_verleden"] = begin.gehuisvest_verleden * factor
    return replace(begin, **anders)
