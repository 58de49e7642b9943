"""What changed between two runs of a scenario, and which change moved the outcomes how much."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from impact.analysis.berekeningen import instelling_van, kies_berekeningen
from impact.analysis.momentopname import MomentopnameFout, momentopname, uitgepakt
from impact.analysis.opslag import (
    Analyse,
    Resultaat,
    bewaar_analyse,
    codesleutel,
    zoek_analyse,
)
from impact.analysis.parameterverschil import KOLOMMEN, parameterverschil
from impact.analysis.uitkomsten import binnen
from impact.analysis.uitvoerder import kies_werkers
from impact.analysis.verschilspel import (
    Speelveld,
    alle_namen,
    hoogstens,
    verdeel,
    verdeeltrekkingen,
)
from impact.analysis.verschilstappen import Stand, stappentabel, uitkomstentabel
from impact.analysis.waarden import Botsing
from impact.analysis.wijzigingsgroepen import Groep, Overgang, samengevoegd, wijzigingsgroepen
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.registry.periode import Halfjaar, reeks
from impact.registry.problemen import RegisterFout

SOORT = "verschil"
MEESTE_PROBLEMEN = 10


@dataclass(frozen=True)
class Kant:
    """One of the two runs, with its parameters as far as they can be read.

    Attributes
    ----------
    map : folder with its parameters; None when the snapshot is missing or broken
    register : its parameters under the present schemas; None when they do not load
    problemen : why not
    """

    resultaat: Resultaat
    map: Path | None
    register: Register | None
    problemen: list[str] = field(default_factory=list)

    @property
    def andere_code(self) -> bool:
        """Whether the run was made with other code than there is now."""
        return bool(self.resultaat.manifest["codesleutel"] != codesleutel())


@contextmanager
def open_kant(register: Register, resultaat: Resultaat, naam: str) -> Iterator[Kant]:
    """Open the parameters of a run; a run of the parameters as they are needs no snapshot."""
    sleutel = resultaat.manifest["parametersleutel"]
    pad = momentopname(register, sleutel)
    if not pad.is_file() and sleutel == register.inhoudssleutel():
        yield Kant(resultaat, register.map, register)
        return
    with ExitStack() as stapel:
        try:
            map_ = stapel.enter_context(uitgepakt(pad))
        except MomentopnameFout as fout:
            yield Kant(resultaat, None, None, [f"{naam}: {fout}"])
            return
        try:
            geladen = laad_register(map_, parameters_model=PARAMETEREENHEDEN)
        except RegisterFout as fout:
            problemen = [f"{naam}: {probleem}" for probleem in fout.problemen]
            yield Kant(resultaat, map_, None, problemen)
            return
        yield Kant(resultaat, map_, geladen)


def bereken_verschil(
    register: Register,
    oud: str,
    nieuw: str,
    scenario: str | None = None,
    trekkingen: int | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Compare two runs of a scenario, and divide the difference over the changes.

    Parameters
    ----------
    oud, nieuw : folder of a result, start of its key, or ``nu``
    scenario : needed when both are ``nu``
    trekkingen : most draws of the split; by default as many as take about a minute
    uitvoerder : runs the work; local processes by default

    Returns
    -------
    Analyse with the tables ``parameters`` (every value that changed), ``uitkomsten`` (old, new and
    difference) and ``stappen`` (from the old to the new figure, per outcome). When the parameters
    of a run do not load, the manifest says why (``onverdeeld``) and the difference is one step.

    Raises
    ------
    VerschilFout
        The runs are unknown or cannot be compared.
    """
    runs = kies_berekeningen(register, oud, nieuw, scenario, uitvoerder)
    vraag = {
        "scenario": runs[0].manifest["scenario"],
        "oud": runs[0].manifest["sleutel"],
        "nieuw": runs[1].manifest["sleutel"],
        "trekkingen": trekkingen,
        "momentopnames": [_kenmerk(register, run) for run in runs],
    }
    gevonden = zoek_analyse(register, SOORT, vraag)
    if gevonden is not None:
        return gevonden
    with ExitStack() as stapel:
        kanten = [
            stapel.enter_context(open_kant(register, run, naam))
            for run, naam in zip(runs, ("oud", "nieuw"), strict=True)
        ]
        werkers = stapel.enter_context(kies_werkers(uitvoerder))
        parameters = _parametertabel(kanten)
        stand, manifest = _stand(kanten, trekkingen, werkers)
        definities = {**register.uitkomsten}
        for kant in kanten:
            definities |= kant.register.uitkomsten if kant.register else {}
        tabellen = {
            "parameters": parameters,
            "uitkomsten": uitkomstentabel(stand, definities),
            "stappen": stappentabel(stand, definities, werkers),
        }
    return bewaar_analyse(register, SOORT, vraag, tabellen, manifest)


def _kenmerk(register: Register, run: Resultaat) -> str:
    """Hash of a snapshot; empty when it is not there. It may be put back later."""
    pad = momentopname(register, run.manifest["parametersleutel"])
    return hashlib.sha256(pad.read_bytes()).hexdigest() if pad.is_file() else ""


def _parametertabel(kanten: Sequence[Kant]) -> pd.DataFrame:
    mappen = [kant.map for kant in kanten if kant.map is not None]
    if len(mappen) < len(kanten):
        return pd.DataFrame(columns=KOLOMMEN)
    return parameterverschil(*mappen)


def _stand(
    kanten: Sequence[Kant], trekkingen: int | None, werkers: Executor
) -> tuple[Stand, dict[str, Any]]:
    """Everything that the tables of outcomes and steps are made of, and what a reader must know."""
    oud, nieuw = kanten
    runs = (oud.resultaat, nieuw.resultaat)
    kolommen = [list(run.uitkomsten().columns) for run in runs]
    manifest: dict[str, Any] = {
        "runs": [{k: w for k, w in r.manifest.items() if k != "kalibratie"} for r in runs],
        "zelfde_parameters": _zelfde(runs, "parametersleutel"),
        "zelfde_code": _zelfde(runs, "codesleutel"),
        "zelfde_instelling": instelling_van(runs[0]) == instelling_van(runs[1]),
        "zelfde_trekkingen": _zelfde(runs, "trekkingsleutel"),
        "alleen_oud": [naam for naam in kolommen[0] if naam not in kolommen[1]],
        "alleen_nieuw": [naam for naam in kolommen[1] if naam not in kolommen[0]],
        "onverdeeld": [*oud.problemen, *nieuw.problemen][:MEESTE_PROBLEMEN],
        "groepen": [],
        "overig": [],
        "trekkingen_verdeling": None,
    }
    gedeeld = tuple(naam for naam in kolommen[1] if naam in kolommen[0])
    stand = Stand(runs, gedeeld)
    if oud.register is None or nieuw.register is None:
        return stand, manifest
    if list(oud.register.gemeenten.index) != list(nieuw.register.gemeenten.index):
        manifest["onverdeeld"] = ["de twee berekeningen hebben niet dezelfde gemeenten"]
        return stand, manifest
    return _verdeeld(stand, (oud, nieuw), manifest, trekkingen, werkers)


def _verdeeld(
    stand: Stand,
    kanten: tuple[Kant, Kant],
    manifest: dict[str, Any],
    trekkingen: int | None,
    werkers: Executor,
) -> tuple[Stand, dict[str, Any]]:
    """Divide the difference over the groups of changes."""
    oud, nieuw = (kant.register for kant in kanten)
    assert oud is not None
    assert nieuw is not None
    registers = (replace(oud, vindplaatsen={}, genoemd={}), replace(nieuw, vindplaatsen={}))
    stand = replace(
        stand,
        registers=registers,
        andere_code=(kanten[0].andere_code, kanten[1].andere_code),
    )
    veld = _veld(stand, wijzigingsgroepen(oud, nieuw, stand.scenario))
    if not veld.spelers:
        return stand, manifest
    try:
        veld = hoogstens(veld, werkers)
        aantal = verdeeltrekkingen(veld.spelers, veld.instelling.trekkingen, trekkingen)
        veld = replace(veld, rijen=aantal + 1)
        aandelen = verdeel(veld, werkers)
    except Botsing:
        alle = tuple(groep for groepen in veld.overgang.groepen for groep in groepen)
        veld = replace(veld, overgang=replace(veld.overgang, groepen=(alle,)))
        aantal = verdeeltrekkingen(1, veld.instelling.trekkingen, trekkingen)
        veld = replace(veld, rijen=aantal + 1)
        aandelen = verdeel(veld, werkers)
    spelers = veld.overgang.groepen
    manifest |= {
        "groepen": [asdict(groep) for groepen in spelers for groep in groepen],
        "overig": [groep.titel for groepen in spelers if len(groepen) > 1 for groep in groepen],
        "trekkingen_verdeling": aantal,
    }
    return replace(stand, veld=veld, aandelen=aandelen), manifest


def _veld(stand: Stand, groepen: Sequence[Groep]) -> Speelveld:
    """Game over the groups, with the settings of the new run."""
    assert stand.registers is not None
    oud, nieuw = stand.registers
    instelling = instelling_van(stand.runs[1])
    perioden = reeks(Halfjaar.lees(instelling.van), Halfjaar.lees(instelling.tot))
    haalbaar = binnen(samengevoegd(oud, nieuw).uitkomsten, perioden)
    return Speelveld(
        Overgang(oud, nieuw, tuple((groep,) for groep in groepen)),
        stand.scenario,
        tuple(naam for naam in stand.uitkomsten if naam in haalbaar),
        instelling,
        instelling.trekkingen + 1,
        alle_namen(oud, nieuw),
    )


def _zelfde(runs: Sequence[Resultaat], naam: str) -> bool:
    return bool(runs[0].manifest[naam] == runs[1].manifest[naam])
