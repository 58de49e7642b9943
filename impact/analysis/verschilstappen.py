"""Tables of a comparison: outcomes old and new, and the steps from the one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from impact.analysis.berekeningen import VerschilFout, instelling_van
from impact.analysis.ensemble import maak_opdracht, trekkingsleutel
from impact.analysis.opslag import Resultaat
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.verschilspel import Speelveld, gemeten, rasterstap
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.uitkomstmodellen import Uitkomst

OUD, CODE, GROEP, OVERIG = "oud", "code", "groep", "overig"
INSTELLING, ONVERDEELD, NIEUW = "instelling", "onverdeeld", "nieuw"
STOF = 2.0
"""Steps of the raster of the game that rounding may leave: a fifth of a cent."""
STAPKOLOMMEN = ["uitkomst", "eenheid", "volgorde", "soort", "sleutel", "naam"]
KANTEN = ["midden", "laag", "hoog"]


@dataclass(frozen=True)
class Stand:
    """What the tables are made of.

    Attributes
    ----------
    runs : old and new
    uitkomsten : names that both runs have
    registers : parameters of both; None when one of them does not load
    andere_code : whether each run was made with other code than there is now
    veld, aandelen : the game and the shares, array [speler, trekking] per outcome; None without
        changes
    """

    runs: tuple[Resultaat, Resultaat]
    uitkomsten: tuple[str, ...]
    registers: tuple[Register, Register] | None = None
    andere_code: tuple[bool, bool] = (False, False)
    veld: Speelveld | None = None
    aandelen: Mapping[str, Reeks] = field(default_factory=dict)

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return str(self.runs[0].manifest["scenario"])

    @property
    def gepaard(self) -> bool:
        """Whether draw n is the same draw in both runs."""
        oud, nieuw = (run.manifest["trekkingsleutel"] for run in self.runs)
        return bool(oud == nieuw)


def band(trekkingen: Reeks) -> dict[str, float]:
    """Mean, 5% and 95% points; the middle draw (row 0) is left out when there are others."""
    rest = trekkingen[1:] if len(trekkingen) > 1 else trekkingen
    laag, hoog = np.quantile(rest, (LAAGSTE, HOOGSTE))
    return {"midden": float(rest.mean()), "laag": float(laag), "hoog": float(hoog)}


def zonder_band(midden: float) -> dict[str, float]:
    """Figure of which the band is not known, because the draws are not the same."""
    return {"midden": midden, "laag": np.nan, "hoog": np.nan}


def _verschil(oud: Reeks, nieuw: Reeks, gepaard: bool) -> dict[str, float]:
    if gepaard:
        return band(nieuw - oud)
    return zonder_band(band(nieuw)["midden"] - band(oud)["midden"])


def uitkomstentabel(stand: Stand, definities: Mapping[str, Uitkomst]) -> pd.DataFrame:
    """Named outcomes old and new with bands, and the difference.

    Returns
    -------
    DataFrame; ``laag`` and ``hoog`` of the difference are empty where the draws are not the same
    """
    oud, nieuw = (run.uitkomsten() for run in stand.runs)
    rijen = []
    for naam in _bekend(stand, definities):
        een, ander = oud[naam].to_numpy(), nieuw[naam].to_numpy()
        verschil = _verschil(een, ander, stand.gepaard)
        rijen.append(
            {
                "uitkomst": naam,
                "titel": definities[naam].titel,
                "eenheid": eenheid_van(definities[naam]),
                **{f"oud_{kant}": waarde for kant, waarde in band(een).items()},
                **{f"nieuw_{kant}": waarde for kant, waarde in band(ander).items()},
                **verschil,
                "richting_onzeker": verschil["laag"] < 0 < verschil["hoog"],
            }
        )
    kolommen = [
        "uitkomst",
        "titel",
        "eenheid",
        *(f"{w}_{k}" for w in ("oud", "nieuw") for k in KANTEN),
    ]
    return pd.DataFrame(rijen, columns=[*kolommen, *KANTEN, "richting_onzeker"])


def _bekend(stand: Stand, definities: Mapping[str, Uitkomst]) -> list[str]:
    return [naam for naam in stand.uitkomsten if naam in definities]


def stappentabel(
    stand: Stand, definities: Mapping[str, Uitkomst], werkers: Executor
) -> pd.DataFrame:
    """Steps from the old to the new figure of every outcome; they add up.

    Raises
    ------
    VerschilFout
        They do not add up, and nothing explains that.
    """
    oud, nieuw = (run.uitkomsten() for run in stand.runs)
    code = _codestap(stand, werkers)
    rijen: list[dict[str, Any]] = []
    for naam in _bekend(stand, definities):
        een, ander = oud[naam].to_numpy(), nieuw[naam].to_numpy()
        midden = _tussenstappen(stand, naam, een, ander, code.get(naam))
        begin = {"soort": OUD, "sleutel": OUD, "naam": "Oud", **band(een)}
        eind = {"soort": NIEUW, "sleutel": NIEUW, "naam": "Nieuw", **band(ander)}
        vast = {"uitkomst": naam, "eenheid": eenheid_van(definities[naam])}
        rijen += [
            {**vast, "volgorde": nummer, **stap}
            for nummer, stap in enumerate([begin, *midden, eind])
        ]
    return pd.DataFrame(rijen, columns=[*STAPKOLOMMEN, *KANTEN])


def _tussenstappen(
    stand: Stand, naam: str, oud: Reeks, nieuw: Reeks, code: dict[str, float] | None
) -> list[dict[str, Any]]:
    """Steps between the old and the new figure of one outcome."""
    totaal = _verschil(oud, nieuw, stand.gepaard)
    if stand.registers is None:
        titel = "Alle wijzigingen samen"
        return [{"soort": ONVERDEELD, "sleutel": ONVERDEELD, "naam": titel, **totaal}]
    stappen: list[dict[str, Any]] = []
    if code is not None:
        stappen.append({"soort": CODE, "sleutel": CODE, "naam": "Andere rekenregels", **code})
    if stand.veld is not None and naam in stand.aandelen:
        for groepen, deel in zip(stand.veld.overgang.groepen, stand.aandelen[naam], strict=True):
            stappen.append({**_spelernaam(groepen), **band(deel)})
    rest = totaal["midden"] - sum(stap["midden"] for stap in stappen)
    if oorzaken := restoorzaken(stand):
        titel = f"{oorzaken[0].capitalize()}"
        eigen = zonder_band(rest)
        stappen.append({"soort": INSTELLING, "sleutel": INSTELLING, "naam": titel, **eigen})
        return stappen
    if abs(rest) * rasterstap(stand.registers[1].uitkomsten[naam]) > STOF:
        raise VerschilFout(
            f"{naam}: de stappen tellen niet op tot het verschil ({rest:g} blijft over); "
            "de bewaarde cijfers passen niet bij hun parameters. Maak beide opnieuw met: impact run"
        )
    return stappen


def _spelernaam(groepen: tuple[Any, ...]) -> dict[str, str]:
    """Name of a step: the group, or the groups that were merged."""
    if len(groepen) == 1:
        return {"soort": GROEP, "sleutel": groepen[0].sleutel, "naam": groepen[0].titel}
    return {"soort": OVERIG, "sleutel": OVERIG, "naam": f"Overig: {len(groepen)} kleinere"}


def restoorzaken(stand: Stand) -> list[str]:
    """Why the steps of the parameters need not add up to the whole difference."""
    oud, nieuw = (instelling_van(run) for run in stand.runs)
    oorzaken = []
    if oud != nieuw:
        oorzaken.append("andere instellingen")
    elif not stand.gepaard:
        oorzaken.append("andere trekkingen")
    if stand.veld is not None and stand.veld.rijen < nieuw.trekkingen + 1:
        oorzaken.append("minder trekkingen bij de verdeling")
    return oorzaken


def _codestap(stand: Stand, werkers: Executor) -> dict[str, dict[str, float]]:
    """Effect of other code: each run with the present code beside the figures that were stored."""
    if stand.registers is None or not any(stand.andere_code):
        return {}
    taken = {
        kant: werkers.submit(_opnieuw, stand, kant)
        for kant, anders in enumerate(stand.andere_code)
        if anders
    }
    bewaard = [run.uitkomsten() for run in stand.runs]
    klaar = {kant: taak.result() for kant, taak in taken.items()}
    code = {}
    for naam in stand.uitkomsten:
        delen = []
        for kant, (zelfde, waarden) in klaar.items():
            oud, nieuw = bewaard[kant][naam].to_numpy(), waarden.get(naam)
            if nieuw is not None:
                een, ander = (oud, nieuw) if kant == 0 else (nieuw, oud)
                delen.append(_verschil(een, ander, zelfde))
        code[naam] = delen[0] if len(delen) == 1 else zonder_band(sum(d["midden"] for d in delen))
    return code


def _opnieuw(stand: Stand, kant: int) -> tuple[bool, dict[str, Reeks]]:
    """Outcomes of a run with the present code, and whether its draws are as they were."""
    assert stand.registers is not None
    run, register = stand.runs[kant], stand.registers[kant]
    opdracht = maak_opdracht(register, instelling_van(run))
    namen = [naam for naam in stand.uitkomsten if naam in register.uitkomsten]
    waarden = gemeten(opdracht, stand.scenario, namen, opdracht.trekkingen.aantal)
    return trekkingsleutel(opdracht) == run.manifest["trekkingsleutel"], waarden
