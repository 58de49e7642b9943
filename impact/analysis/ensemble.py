"""Run scenarios with many draws and store the results."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

import impact
from impact.analysis.groepen import indeling
from impact.analysis.kalibratie import Kalibratie
from impact.analysis.kladblok import Afmetingen, Kladblok
from impact.analysis.momentopname import bewaar_momentopname
from impact.analysis.opslag import (
    Instelling,
    Resultaat,
    bewaar,
    codesleutel,
    plaats,
    resultatenmap,
    sleutel,
    zoek,
)
from impact.analysis.samenstellen import kalibreer_op_historie, maak_invoer, trekkingen_voor
from impact.analysis.samenvatten import vat_samen
from impact.analysis.trekkingen import Ruis, Trekkingen, maak_ruis
from impact.analysis.uitkomsten import landelijk, meet_alle
from impact.analysis.uitvoerder import is_ver, kies_werkers, kladmap
from impact.analysis.waarden import Botsing, GeenEffect, Ingreep, ingrepen
from impact.model.grootheden import SLEUTELS, Sleutel
from impact.model.invoer import PARAMETEREENHEDEN
from impact.model.reeksen import Reeks
from impact.model.simulatie import simuleer
from impact.registry.laden import Register, laad_register
from impact.registry.periode import Halfjaar, reeks

BLOK = 50
"""Draws per block: small enough for the processor's memory; results do not depend on it."""
MIDDEN = slice(0, 1)
"""Row of the middle draw."""
SCHEIDING = "|"
"""Between quantity and payer in the name of an array."""
Uitkomst = dict[Sleutel, Reeks]


@dataclass(frozen=True)
class Opdracht:
    """What a worker needs to compute scenarios of one register."""

    register: Register
    instelling: Instelling
    trekkingen: Trekkingen
    ruis: Ruis
    kalibratie: Kalibratie

    @property
    def perioden(self) -> list[Halfjaar]:
        """Half-years of the run."""
        return reeks(Halfjaar.lees(self.instelling.van), Halfjaar.lees(self.instelling.tot))

    @property
    def maat(self) -> Afmetingen:
        """Size of the run."""
        return Afmetingen(self.trekkingen.aantal, len(self.register.gemeenten), len(self.perioden))


def maak_opdracht(register: Register, instelling: Instelling) -> Opdracht:
    """Draw once for all scenarios, and calibrate on history before the start."""
    van = Halfjaar.lees(instelling.van)
    perioden = reeks(van, Halfjaar.lees(instelling.tot))
    return Opdracht(
        register=register,
        instelling=instelling,
        trekkingen=trekkingen_voor(register, instelling.trekkingen, instelling.zaad),
        ruis=maak_ruis(
            instelling.trekkingen, len(register.gemeenten), len(perioden), instelling.zaad
        ),
        kalibratie=kalibreer_op_historie(register, van),
    )


def kladblok(opdracht: Opdracht, pad: Path) -> Kladblok:
    """Scratch file of one run."""
    return Kladblok(pad, SLEUTELS, opdracht.maat)


def reken_uit(
    opdracht: Opdracht, maatregelen_van: str, context_van: str, pad: Path, blok: int = BLOK
) -> Path:
    """Compute all draws of a run into a scratch file, block by block.

    Parameters
    ----------
    maatregelen_van : scenario whose measures (and those of its reference) apply
    context_van : scenario whose context applies

    Returns
    -------
    The scratch file; beside it a file with the totals of the country that outcomes read.

    Notes
    -----
    A block is kept until the next is there: memory that is given back to the system in between
    costs, page by page, almost as much time as the model itself.
    """
    totalen: list[Uitkomst] = []
    with kladblok(opdracht, pad) as bestand:
        for eerste in range(0, opdracht.trekkingen.aantal, blok):
            rijen = slice(eerste, eerste + blok)
            uitkomst = trekkingen_van(opdracht, maatregelen_van, rijen, context_van=context_van)
            bestand.schrijf(eerste, uitkomst)
            totalen.append(landelijk(opdracht.register.uitkomsten.values(), uitkomst))
    samen = {
        SCHEIDING.join(sleutel): np.concatenate([deel[sleutel] for deel in totalen])
        for sleutel in totalen[0]
    }
    np.savez(totaalpad(pad), allow_pickle=False, **samen)
    return pad


def totaalpad(pad: Path) -> Path:
    """File with the totals of the country, beside a scratch file."""
    return pad.with_name(f"{pad.name}.npz")


def lees_totalen(pad: Path) -> Uitkomst:
    """Totals of the country of a run, arrays [trekking, 1, periode]."""
    totalen: Uitkomst = {}
    with np.load(totaalpad(pad), allow_pickle=False) as bestand:
        for naam in bestand.files:
            grootheid, _, betaler = naam.partition(SCHEIDING)
            totalen[grootheid, betaler] = bestand[naam]
    return totalen


def zonder_ingreep(register: Register, ingreep: Ingreep) -> Register:
    """Return the register with one change of one measure left out."""
    maatregel = register.maatregelen[ingreep.maatregel]
    rest = [v for nummer, v in enumerate(maatregel.verandert) if nummer != ingreep.nummer]
    anders = maatregel.model_copy(update={"verandert": rest})
    return replace(register, maatregelen={**register.maatregelen, ingreep.maatregel: anders})


def trekkingen_van(
    opdracht: Opdracht,
    scenario: str,
    rijen: slice = slice(None),
    register: Register | None = None,
    context_van: str | None = None,
) -> Uitkomst:
    """Outcome of some draws of a scenario, kept in memory.

    Parameters
    ----------
    rijen : which draws; 0 is the middle draw
    register : another register than that of the task, for instance with one measure less
    context_van : scenario whose context applies; the scenario itself by default
    """
    return simuleer(
        maak_invoer(
            register or opdracht.register,
            scenario,
            opdracht.perioden,
            opdracht.trekkingen.deel(rijen),
            opdracht.ruis.deel(rijen),
            opdracht.kalibratie,
            context_van=context_van,
        )
    )


def controleer_effect(opdracht: Opdracht, scenario: str) -> None:
    """Refuse a scenario in which a change of a measure does nothing.

    Each change is left out in turn; an identical middle draw is a mistake and not a result.

    Raises
    ------
    GeenEffect
        Names the measures and where to look.
    """
    register = opdracht.register
    eigen = {stap.maatregel for stap in register.scenarios[scenario].maatregelen}
    alles = trekkingen_van(opdracht, scenario, MIDDEN)
    zonder_effect = []
    for ingreep in ingrepen(register, scenario):
        if ingreep.maatregel in eigen:
            zonder = zonder_ingreep(register, ingreep)
            anders = trekkingen_van(opdracht, scenario, MIDDEN, zonder)
            if all((alles[naam] == anders[naam]).all() for naam in SLEUTELS):
                zonder_effect.append(f"{ingreep.maatregel} ({ingreep.verandering.parameter})")
    if zonder_effect:
        raise GeenEffect(
            f"scenario '{scenario}': maatregel zonder enig effect: {', '.join(zonder_effect)}. "
            "Controleer de ingangsdatum, de horizon, de waarde, en of de regel al in de "
            "referentie geldt."
        )


Tabellen = tuple[pd.DataFrame, pd.DataFrame]
"""Table of a scenario, and its outcomes per draw: what is stored of it."""


def reken_alleen(opdracht: Opdracht, scenario: str) -> Tabellen:
    """Compute one scenario and its reference where nobody else's scratch files can be read."""
    with tempfile.TemporaryDirectory(prefix="impact-") as klad:
        basis = basis_van(opdracht.register, scenario)
        return reken_scenario(opdracht, scenario, reken_uit(opdracht, *basis, Path(klad) / "basis"))


def reken_scenario(opdracht: Opdracht, scenario: str, referentie: Path) -> Tabellen:
    """Compute and summarise one scenario beside the draws of its reference.

    Parameters
    ----------
    referentie : scratch file of the reference; that of the scenario lies beside it for a while
    """
    controleer_effect(opdracht, scenario)
    register = opdracht.register
    eigen = referentie
    if register.scenarios[scenario].referentie is not None:
        eigen = referentie.with_name(f"variant-{scenario}")
        reken_uit(opdracht, scenario, scenario, eigen)
    tabel = vat_samen(
        kladblok(opdracht, eigen),
        kladblok(opdracht, referentie),
        indeling(register.gemeenten),
        [str(p) for p in opdracht.perioden],
    )
    gemeten = meet_alle(
        register.uitkomsten, lees_totalen(eigen), lees_totalen(referentie), opdracht.perioden
    )
    if eigen != referentie:
        eigen.unlink()
    return tabel, pd.DataFrame(gemeten)


def bewaar_scenario(opdracht: Opdracht, scenario: str, tabellen: Tabellen) -> Resultaat:
    """Store what was computed of one scenario."""
    map_ = plaats(opdracht.register, scenario, opdracht.instelling)
    return bewaar(map_, *tabellen, manifest(opdracht, scenario))


def manifest(opdracht: Opdracht, scenario: str) -> dict[str, object]:
    """What must be known to trust and repeat a result."""
    return {
        "scenario": scenario,
        "referentie": opdracht.register.scenarios[scenario].referentie,
        "sleutel": sleutel(opdracht.register, scenario, opdracht.instelling),
        "parametersleutel": opdracht.register.inhoudssleutel(),
        "codesleutel": codesleutel(),
        "trekkingsleutel": trekkingsleutel(opdracht),
        "gemaakt": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "versie": impact.__version__,
        "kalibratie": asdict(opdracht.kalibratie),
        **asdict(opdracht.instelling),
    }


def trekkingsleutel(opdracht: Opdracht) -> str:
    """Hash of all random numbers of a run: with the same key, draw n is the same draw."""
    ruis = opdracht.ruis
    som = hashlib.sha256("\n".join(opdracht.trekkingen.namen).encode())
    kansen = opdracht.trekkingen.kansen
    for reeks_ in (kansen, ruis.gemeente, ruis.huisvesting, ruis.voorspelfout, ruis.vergunningen):
        som.update(np.ascontiguousarray(reeks_).tobytes())
    return som.hexdigest()


def bereken(
    scenarios: Iterable[str],
    register: Register | None = None,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
    meld: Callable[[str, bool], None] | None = None,
) -> dict[str, Resultaat]:
    """Look up the results of scenarios, and compute those that are missing.

    Parameters
    ----------
    scenarios : names of scenarios
    uitvoerder : runs the work; local processes by default
    meld : called with the name of each scenario and whether it was computed (or only looked up)

    Raises
    ------
    KeyError
        Unknown scenario.
    GeenEffect
        A measure of a scenario changes nothing.
    """
    register = register or laad_register(parameters_model=PARAMETEREENHEDEN)
    instelling = instelling or Instelling()
    namen = list(dict.fromkeys(scenarios))
    for naam in namen:
        register.scenario(naam)
    meld = meld or (lambda naam, berekend: None)
    klaar: dict[str, Resultaat] = {}
    for naam in namen:
        gevonden = zoek(register, naam, instelling)
        if gevonden is not None:
            klaar[naam] = gevonden
            meld(naam, False)
    ontbreekt = [naam for naam in namen if naam not in klaar]
    if ontbreekt:
        klaar |= _bereken(ontbreekt, register, instelling, uitvoerder, meld)
    return {naam: klaar[naam] for naam in namen}


def basis_van(register: Register, scenario: str) -> tuple[str, str]:
    """Reference of a scenario, and the scenario whose context applies to it.

    Scenarios without a context of their own share one run of their reference.
    """
    inhoud = register.scenarios[scenario]
    basis = inhoud.referentie or scenario
    return basis, scenario if inhoud.context else basis


def _bereken(
    namen: Sequence[str],
    register: Register,
    instelling: Instelling,
    uitvoerder: Executor | None,
    meld: Callable[[str, bool], None],
) -> dict[str, Resultaat]:
    opdracht = maak_opdracht(register, instelling)
    map_ = resultatenmap(register)
    map_.mkdir(parents=True, exist_ok=True)
    bewaar_momentopname(register)
    with ExitStack() as stapel:
        werkers = stapel.enter_context(kies_werkers(uitvoerder))
        klad = stapel.enter_context(kladmap(map_, werkers))
        taken = _verdeel(opdracht, namen, werkers, klad)
        return verzamel(opdracht, taken, meld)


def _verdeel(
    opdracht: Opdracht, namen: Sequence[str], werkers: Executor, klad: Path
) -> dict[str, Future[Tabellen]]:
    """Hand out the scenarios; on this machine every reference is computed only once."""
    if is_ver(werkers):
        return {naam: werkers.submit(reken_alleen, opdracht, naam) for naam in namen}
    bases = {naam: basis_van(opdracht.register, naam) for naam in namen}
    referenties = {
        basis: werkers.submit(reken_uit, opdracht, *basis, klad / f"basis-{nummer}")
        for nummer, basis in enumerate(dict.fromkeys(bases.values()))
    }
    klaar = {basis: taak.result() for basis, taak in referenties.items()}
    return {
        naam: werkers.submit(reken_scenario, opdracht, naam, klaar[basis])
        for naam, basis in bases.items()
    }


def verzamel(
    opdracht: Opdracht,
    taken: Mapping[str, Future[Tabellen]],
    meld: Callable[[str, bool], None],
) -> dict[str, Resultaat]:
    """Wait for all scenarios and store them; a mistake in one does not stop the others.

    Raises
    ------
    GeenEffect, Botsing
        With the text of every scenario that has a mistake; the others have been stored.
    """
    resultaten: dict[str, Resultaat] = {}
    fouten: list[GeenEffect | Botsing] = []
    for naam, taak in taken.items():
        try:
            resultaten[naam] = bewaar_scenario(opdracht, naam, taak.result())
            meld(naam, True)
        except (GeenEffect, Botsing) as fout:
            fouten.append(fout)
    if fouten:
        raise type(fouten[0])("\n".join(str(fout) for fout in fouten))
    return resultaten
