"""Many reports in one go: only what changed is made, one failure does not stop the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

from impact.analysis.uitvoerder import is_ver, kies_werkers, plaatsen
from impact.registry.laden import Register
from impact.reporting.batchmap import Batchmap, schijffouten
from impact.reporting.invoercel import controleer_parameters, lees_notebook
from impact.reporting.opdrachten import Opbrengst, Opdracht, Uitslag
from impact.reporting.rapportsleutel import Gegevens, gegevens_van, rapportsleutel
from impact.reporting.rapporttaak import maak, maak_bundel, maak_elders
from impact.reporting.uitvoeren import STANDAARDMOTOR, vind_notebook
from impact.reporting.weergave import sjabloonmap

Meld = Callable[[Uitslag], None]
Taak = Future[Opbrengst]
VOORRAAD = 2
"""Tasks per place that wait ready, so that nobody waits for the next."""
POGINGEN = 2
"""Times that a report is tried whose process was killed, perhaps by another."""


@dataclass(frozen=True)
class Werkwijze:
    """How a batch makes its reports.

    Attributes
    ----------
    motor : engine that runs the notebooks
    opnieuw : also make what has not changed
    """

    motor: str = STANDAARDMOTOR
    opnieuw: bool = False


def controleer_lijst(register: Register, lijst: Sequence[Opdracht]) -> None:
    """Check template, notebooks and parameters of all reports before anything is computed.

    Raises
    ------
    NotebookFout, impact.reporting.weergave.WeergaveFout
        With all problems of the first report that has any.
    """
    sjabloonmap()
    notebooks = {naam: lees_notebook(vind_notebook(naam)) for naam in {o.notebook for o in lijst}}
    for opdracht in lijst:
        controleer_parameters(notebooks[opdracht.notebook], opdracht.parameters, register)


def maak_alle(
    map_: Batchmap,
    register: Register,
    lijst: Sequence[Opdracht],
    uitvoerder: Executor | None = None,
    meld: Meld | None = None,
    werkwijze: Werkwijze | None = None,
) -> list[Uitslag]:
    """Make the reports that are not there yet, or that were made from something else.

    Parameters
    ----------
    map_ : folder, locked for this batch
    lijst : reports; the results and analyses that they show have been computed
    uitvoerder : runs the work; local processes by default
    meld : called with each outcome as it comes

    Returns
    -------
    The outcomes, in the order of the list.

    Raises
    ------
    impact.reporting.batchmap.BatchFout
        The disk refuses. What was made is whole, and the next batch goes on from there.
    """
    meld = meld or (lambda uitslag: None)
    werkwijze = werkwijze or Werkwijze()
    uitslagen: dict[str, Uitslag] = {}

    def klaar(uitslag: Uitslag) -> None:
        uitslagen[map_.naam(uitslag.opdracht.doel)] = uitslag
        meld(uitslag)

    gegevens = {
        scenario: gegevens_van(register, scenario, int(opdracht.parameters["trekkingen"]))
        for scenario, opdracht in {o.scenario: o for o in lijst}.items()
    }
    sleutels = {map_.naam(o.doel): rapportsleutel(register, o, gegevens[o.scenario]) for o in lijst}
    te_doen = []
    for opdracht in lijst:
        actueel = map_.is_actueel(opdracht, sleutels[map_.naam(opdracht.doel)])
        if actueel and not werkwijze.opnieuw:
            klaar(Uitslag(opdracht, "", None, 0.0, bestond=True))
        else:
            te_doen.append(opdracht)
    with schijffouten(map_.map), kies_werkers(uitvoerder) as werkers:
        map_.begin(str(register.peildatum))
        dien_in = _indienen(register, werkers, gegevens, werkwijze.motor)
        for opdracht, taak in _gemaakt(te_doen, dien_in, werkers):
            sleutel = sleutels[map_.naam(opdracht.doel)]
            klaar(_bewaar(map_, opdracht, sleutel, uitkomst_van(taak)))
    return [uitslagen[map_.naam(opdracht.doel)] for opdracht in lijst]


def _indienen(
    register: Register, werkers: Executor, gegevens: dict[str, Gegevens], motor: str
) -> Callable[[Opdracht], Taak]:
    """How a report is handed out: by its name here, with all that it reads elsewhere."""
    if not is_ver(werkers):
        return lambda opdracht: werkers.submit(maak, opdracht, motor)
    bundels = {naam: maak_bundel(register, deel.mappen) for naam, deel in gegevens.items()}
    return lambda opdracht: werkers.submit(maak_elders, bundels[opdracht.scenario], opdracht, motor)


def _gemaakt(
    te_doen: Sequence[Opdracht], dien_in: Callable[[Opdracht], Taak], werkers: Executor
) -> Iterator[tuple[Opdracht, Taak]]:
    """Hand out reports, never many at once, and give them as they come.

    A report whose process was killed is tried once more: it may have been killed for another.
    """
    wachtrij = deque((opdracht, 1) for opdracht in te_doen)
    lopend: dict[Taak, tuple[Opdracht, int]] = {}
    try:
        while wachtrij or lopend:
            while wachtrij and len(lopend) < VOORRAAD * plaatsen(werkers):
                opdracht, poging = wachtrij.popleft()
                lopend[dien_in(opdracht)] = opdracht, poging
            for taak in wait(lopend, return_when=FIRST_COMPLETED).done:
                opdracht, poging = lopend.pop(taak)
                if poging < POGINGEN and isinstance(taak.exception(), BrokenExecutor):
                    wachtrij.append((opdracht, poging + 1))
                else:
                    yield opdracht, taak
    finally:
        for taak in lopend:
            taak.cancel()


def uitkomst_van(taak: Taak) -> Opbrengst:
    """What came of a task; also when its process was killed or its machine fell away."""
    try:
        return taak.result()
    except BrokenExecutor:
        melding = (
            "het proces is afgebroken (misschien te weinig geheugen); maak dit rapport opnieuw"
        )
    except Exception as fout:
        melding = f"{type(fout).__name__}: {fout}"
    return Opbrengst({}, melding, None, 0.0)


def _bewaar(map_: Batchmap, opdracht: Opdracht, sleutel: str, opbrengst: Opbrengst) -> Uitslag:
    """Write what came of a report; an older report stays when the new one failed."""
    bewaard = None
    if not opbrengst.melding:
        map_.bewaar(opdracht, sleutel, opbrengst.bestanden, opbrengst.seconden)
    elif opbrengst.mislukt is not None:
        bewaard = map_.bewaar_mislukt(opdracht, opbrengst.mislukt)
    return Uitslag(opdracht, opbrengst.melding, bewaard, opbrengst.seconden)
