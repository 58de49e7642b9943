"""Which assumptions carry the band of an outcome: Sobol indices of groups, with intervals.

The steps: screen all uncertain values on ordinary draws; give the strongest of every outcome a
group of their own; run the Saltelli design for the scenario and its reference with the same
draws; and set every strong assumption low and high to see in which direction it works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from impact.analysis.ensemble import Opdracht, maak_opdracht
from impact.analysis.ontwerprijen import (
    KANTEN,
    TORNADO,
    Metingen,
    gewone_rijen,
    meet_in_blokken,
    saltelli_rijen,
    tornado_rijen,
    voeg_samen,
)
from impact.analysis.onzekerheidsgroepen import (
    ZEKERHEID,
    Groep,
    beweeglijk,
    bundels,
    kies_vooraan,
    maak_groepen,
    tekens,
    zeef,
)
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.sobol import (
    MET_SAMENSPEL,
    additief,
    controleer_macht,
    indices,
    varieert,
)
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.analysis.uitkomsten import eenheid_van, venster
from impact.analysis.uitvoerder import kies_werkers
from impact.analysis.waarden import samenhang
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.registry.uitkomstmodellen import Uitkomst

STANDAARD = "gat_gemeenten"
AANTAL = 256
"""Draws of each of the two matrices of the design."""
KOLOMMEN = ["midden", "laag", "hoog"]
LEEG = {
    "indices": ["groep", "soort", "maat", "midden", "laag", "hoog", "uitkomst", "eenheid"],
    "samen": ["maat", "midden", "laag", "hoog", "uitkomst", "eenheid"],
}
"""Columns of the tables that stay empty when no outcome varies."""


class OnbekendeUitkomst(KeyError):
    """An outcome that does not exist; the text has the nearest name."""

    def __str__(self) -> str:
        """Text without the quotes that KeyError puts around it."""
        return str(self.args[0])


def bereken_gevoeligheid(
    register: Register,
    scenario: str,
    uitkomst: str = STANDAARD,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Look up or compute which assumptions carry the band of the outcomes of a scenario.

    Parameters
    ----------
    uitkomst : name of an outcome; the run ends where this outcome ends, and every other outcome
        that lies inside the run is measured too
    instelling : ``trekkingen`` are the draws per matrix, a power of two; ``tot`` follows the
        outcome
    uitvoerder : runs the work; local processes by default

    Returns
    -------
    Analyse with the tables ``band`` (per outcome), ``groepen`` (every uncertain name and its
    group), ``indices`` and ``samen`` (shares of the variance), ``zeef`` (screening of every name)
    and ``tornado`` (shift of the mean when an assumption is low or high).

    Raises
    ------
    OnbekendScenario, OnbekendeUitkomst
        With the nearest name.
    GeenMachtVanTwee
        With the nearest powers of two.
    HorizonFout
        The run begins later than the outcome.
    """
    register.scenario(scenario)
    gekozen = kies_uitkomst(register, uitkomst)
    instelling = replace(instelling or Instelling(trekkingen=AANTAL), tot=str(gekozen.tot))
    venster(gekozen, [Halfjaar.lees(instelling.van), gekozen.tot])
    controleer_macht(instelling.trekkingen)
    vraag: dict[str, object] = {"scenario": scenario, **asdict(instelling)}
    gevonden = zoek_analyse(register, "gevoeligheid", vraag)
    if gevonden is not None:
        return gevonden
    with kies_werkers(uitvoerder) as werkers:
        tabellen = _bereken(register, scenario, instelling, werkers)
    manifest = {"scenario": scenario, **asdict(instelling), "tornado": TORNADO}
    return bewaar_analyse(register, "gevoeligheid", vraag, tabellen, manifest)


def kies_uitkomst(register: Register, naam: str) -> Uitkomst:
    """Look up a named outcome.

    Raises
    ------
    OnbekendeUitkomst
        With the nearest name.
    """
    if naam not in register.uitkomsten:
        hulp = bedoelde(naam, register.uitkomsten) or f"kies uit: {', '.join(register.uitkomsten)}"
        raise OnbekendeUitkomst(f"onbekende uitkomst '{naam}'; {hulp}")
    return register.uitkomsten[naam]


@dataclass(frozen=True)
class Proef:
    """What was run, before it becomes tables.

    Attributes
    ----------
    gewone_kansen, kansen_b : per name, array [trekking]: uniform numbers of the ordinary draws and
        of matrix B
    gewoon : per outcome, array [trekking]: ordinary draws
    zeven : per outcome, the screening of all names that vary
    groepen : all groups, with what does not vary
    matrices : per outcome, array [trekking, matrix] of the Saltelli design
    staarten : per outcome, array [groep, kant, trekking]: groups of their own set low and high
    """

    gewone_kansen: Metingen
    kansen_b: Metingen
    gewoon: Metingen
    zeven: dict[str, pd.DataFrame]
    groepen: list[Groep]
    matrices: Metingen
    staarten: Metingen

    @property
    def apart(self) -> list[Groep]:
        """Groups of their own."""
        return [groep for groep in self.groepen if groep.soort == "apart"]

    @property
    def los(self) -> list[Groep]:
        """Groups that vary, in the order of the design."""
        return [groep for groep in self.groepen if groep.soort != "vast"]


def _bereken(
    register: Register, scenario: str, instelling: Instelling, werkers: Executor
) -> dict[str, pd.DataFrame]:
    dubbel = replace(instelling, trekkingen=2 * instelling.trekkingen)
    opdracht = maak_opdracht(register, dubbel)
    proef = _neem_proef(opdracht, scenario, instelling.trekkingen, werkers)
    return {
        "band": _band(register, proef),
        "groepen": _groepen(register, proef.groepen),
        **_indices(proef, instelling.zaad),
        "zeef": _onder_elkaar(proef.zeven),
        "tornado": _tornado(register, proef),
    }


def _neem_proef(opdracht: Opdracht, scenario: str, aantal: int, werkers: Executor) -> Proef:
    """Screen, choose the groups, and run the design."""
    register, namen = opdracht.register, opdracht.trekkingen.namen
    gewoon = meet_in_blokken(opdracht, scenario, gewone_rijen(opdracht), werkers)
    beweegt = sorted(beweeglijk(register, scenario, namen))
    kansen = opdracht.trekkingen.kansen[1:, [namen.index(naam) for naam in beweegt]]
    zeven = {u: zeef(beweegt, kansen, y * varieert(y)) for u, y in gewoon.items()}
    vooraan = kies_vooraan(zeven.values(), bundels(namen, samenhang(register)))
    groepen = maak_groepen(register, scenario, namen, vooraan)
    los = [groep for groep in groepen if groep.soort != "vast"]
    apart = sum(groep.soort == "apart" for groep in los)
    design = saltelli_rijen(opdracht, los, aantal)
    alle = voeg_samen([design, *tornado_rijen(opdracht, los, design)])
    metingen = meet_in_blokken(opdracht, scenario, alle, werkers)
    einde, vorm = len(design.kansen), (apart, len(KANTEN), min(TORNADO, aantal))
    kansen_b = design.kansen[len(los) + 1 :: len(los) + 2]
    return Proef(
        gewone_kansen=dict(zip(namen, opdracht.trekkingen.kansen[1:].T, strict=True)),
        kansen_b=dict(zip(namen, kansen_b.T, strict=True)),
        gewoon=gewoon,
        zeven=zeven,
        groepen=groepen,
        matrices={u: y[:einde].reshape(aantal, -1) for u, y in metingen.items()},
        staarten={u: y[einde:].reshape(vorm) for u, y in metingen.items()},
    )


def _onder_elkaar(tabellen: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One table with the outcome in its first column."""
    return pd.concat(
        [tabel.assign(uitkomst=naam, eenheid="aandeel") for naam, tabel in tabellen.items()],
        ignore_index=True,
    )


def _band(register: Register, proef: Proef) -> pd.DataFrame:
    """Mean and band of every outcome over the ordinary draws."""
    return pd.DataFrame(
        {
            "uitkomst": naam,
            "eenheid": eenheid_van(register.uitkomsten[naam]),
            "midden": y.mean(),
            "laag": np.quantile(y, LAAGSTE),
            "hoog": np.quantile(y, HOOGSTE),
            "varieert": varieert(proef.matrices[naam][:, [0, -1]]),
        }
        for naam, y in proef.gewoon.items()
    )


def _groepen(register: Register, groepen: Sequence[Groep]) -> pd.DataFrame:
    """Every uncertain name, its group, and whether it moves with the first of its group."""
    banden = samenhang(register)
    return pd.DataFrame(
        [
            (groep.naam, groep.soort, lid, teken)
            for groep in groepen
            for lid, teken in tekens(groep.leden, banden).items()
        ],
        columns=["groep", "soort", "naam", "teken"],
    )


def _indices(proef: Proef, zaad: int) -> dict[str, pd.DataFrame]:
    paren = {
        naam: indices(proef.los, y, zaad, _steun(proef, naam))
        for naam, y in proef.matrices.items()
        if varieert(y[:, [0, -1]])
    }
    if not paren:
        return {naam: pd.DataFrame(columns=kolommen) for naam, kolommen in LEEG.items()}
    return {
        "indices": _onder_elkaar({u: per_groep for u, (per_groep, _) in paren.items()}),
        "samen": _onder_elkaar({u: samen for u, (_, samen) in paren.items()}),
    }


def _steun(proef: Proef, uitkomst: str) -> Reeks:
    """Approximate part of each group in matrix B, array [trekking, groep].

    Fitted on the ordinary draws, with the names of which the screening is sure.
    """
    tabel = proef.zeven[uitkomst]
    namen = list(tabel[tabel["midden"] > 0]["naam"])
    aantal = len(next(iter(proef.kansen_b.values())))
    deel = {groep.naam: np.zeros(aantal) for groep in proef.los}
    if not namen:
        return np.stack(list(deel.values()), axis=1)
    kansen = np.stack([proef.gewone_kansen[naam] for naam in namen], axis=1)
    waar = {lid: groep.naam for groep in proef.los for lid in groep.leden}
    for naam, factor in zip(namen, additief(kansen, proef.gewoon[uitkomst]), strict=True):
        deel[waar[naam]] += factor * stats.norm.ppf(proef.kansen_b[naam])
    return np.stack(list(deel.values()), axis=1)


def _tornado(register: Register, proef: Proef) -> pd.DataFrame:
    """Shift of the mean of every outcome when an assumption is low, and when it is high.

    With a 95% interval: the mean is taken over few draws.
    """
    delen = []
    for naam, y in proef.staarten.items():
        verschil = y - proef.matrices[naam][: y.shape[-1], 0]
        marge = ZEKERHEID * verschil.std(axis=-1, ddof=1) / np.sqrt(y.shape[-1])
        midden = verschil.mean(axis=-1)
        for plaats, kant in enumerate(KANTEN):
            cijfers = midden[:, plaats], marge[:, plaats]
            delen.append(
                pd.DataFrame(
                    {
                        "uitkomst": naam,
                        "groep": [groep.naam for groep in proef.apart],
                        "kant": kant,
                        "eenheid": eenheid_van(register.uitkomsten[naam]),
                        "midden": cijfers[0],
                        "laag": cijfers[0] - cijfers[1],
                        "hoog": cijfers[0] + cijfers[1],
                    }
                )
            )
    return pd.concat(delen, ignore_index=True)


def invloed(analyse: Analyse, uitkomst: str) -> pd.DataFrame:
    """Influence of every uncertain value on an outcome, the strongest first.

    Returns
    -------
    DataFrame with

    naam : name in the draw matrix ("aanname:...", "maatregel:...:0", "historie:...")
    aandeel, laag, hoog : share of the variance, interplay with other values included, with a 95%
        interval. Values that are correlated all get the share of their group
    richting : whether a higher value makes the outcome ``hoger`` or ``lager``; ``onduidelijk``
        when that cannot be told, ``geen`` when there is no influence
    wijze : ``eigen groep`` (total Sobol index), ``zeef`` (only a rough estimate by rank
        correlation: the value lies in a rest group) or ``vast`` (does not vary here)
    groep : name of the group
    """
    leden = analyse.tabel("groepen").query("soort != 'toeval'")
    indices = van_uitkomst(analyse, "indices", uitkomst).query(f"maat == '{MET_SAMENSPEL}'")
    per_groep = _per_sleutel(indices, "groep", KOLOMMEN)
    per_naam = _per_sleutel(
        van_uitkomst(analyse, "zeef", uitkomst), "naam", [*KOLOMMEN, "samenhang"]
    )
    tornado = van_uitkomst(analyse, "tornado", uitkomst)
    laag, hoog = (
        _per_sleutel(tornado[tornado["kant"] == kant], "groep", ["midden"]) for kant in KANTEN
    )
    rijen = []
    for groep, soort, naam, teken in leden.itertuples(index=False):
        if not per_groep or naam not in per_naam:
            deel, kant, wijze = [0.0] * len(KOLOMMEN), 0.0, "vast"
        elif soort == "apart":
            deel, wijze = per_groep[groep], "eigen groep"
            kant = (hoog[groep][0] - laag[groep][0]) * teken
        else:
            grens = per_groep[groep][KOLOMMEN.index("hoog")]
            *ruw, kant = per_naam[naam]
            deel, wijze = [min(waarde, grens) for waarde in ruw], "zeef"
        rijen.append((naam, *deel, richting(kant, *deel), wijze, groep))
    kolommen = ["naam", "aandeel", "laag", "hoog", "richting", "wijze", "groep"]
    tabel = pd.DataFrame(rijen, columns=kolommen)
    return tabel.sort_values(["aandeel", "naam"], ascending=[False, True], ignore_index=True)


def _per_sleutel(
    tabel: pd.DataFrame, sleutel: str, kolommen: Sequence[str]
) -> dict[str, list[float]]:
    """Figures of some columns by the value of another."""
    return dict(zip(tabel[sleutel], tabel[list(kolommen)].to_numpy(float).tolist(), strict=True))


def richting(kant: float, midden: float, laag: float, hoog: float) -> str:
    """Say whether a higher value makes an outcome higher or lower, or that it cannot be told."""
    if hoog == 0.0 or kant == 0.0:
        return "geen"
    if midden == 0.0:
        return "onduidelijk"
    return "hoger" if kant > 0 else "lager"


def van_uitkomst(analyse: Analyse, tabel: str, uitkomst: str) -> pd.DataFrame:
    """Rows of a table that are about one outcome."""
    alles = analyse.tabel(tabel)
    return alles[alles["uitkomst"] == uitkomst].reset_index(drop=True)
