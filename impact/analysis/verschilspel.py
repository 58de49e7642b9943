"""Outcomes of registers that are partly old and partly new, and the share of every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from impact.analysis.coalities import Spel, deelverzamelingen
from impact.analysis.ensemble import BLOK, Opdracht, basis_van, trekkingen_van
from impact.analysis.kalibratie import Kalibratie
from impact.analysis.opslag import Instelling
from impact.analysis.samenstellen import VOORRADEN, kalibreer_op_historie, naam_stand
from impact.analysis.trekkingen import Ruis, Trekkingen, maak_ruis, maak_trekkingen
from impact.analysis.uitkomsten import landelijk, meet_alle
from impact.analysis.waarden import naam_aanname, onzekere_namen, samenhang
from impact.analysis.wijzigingsgroepen import AANNAMES, GEMEENTEN, HISTORIE, Groep, Overgang
from impact.model.grootheden import GROOTHEDEN
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks
from impact.registry.uitkomstmodellen import Uitkomst

MEESTE_GROEPEN = 8
"""Players of one game; the number of coalitions doubles with every one."""
MEESTE_SOMMEN = 8000
"""Draws times coalitions that a split takes by default: about a minute on two cores."""
MINSTE_TREKKINGEN = 10
VOOR_KALIBRATIE = (AANNAMES, HISTORIE, GEMEENTEN)
RASTER_EURO, RASTER = 2.0**10, 2.0**18
"""Steps per euro (a tenth of a cent) and per unit of anything else."""


@dataclass(frozen=True)
class Speelveld:
    """Everything that is the same in all coalitions.

    Attributes
    ----------
    uitkomsten : names that both registers have and both runs reach
    rijen : draws of the split, the middle draw included
    namen : all uncertain values of both registers
    """

    overgang: Overgang
    scenario: str
    uitkomsten: tuple[str, ...]
    instelling: Instelling
    rijen: int
    namen: tuple[str, ...]

    @property
    def spelers(self) -> int:
        """Number of players."""
        return len(self.overgang.groepen)

    @property
    def relevant(self) -> int:
        """Players that can change the calibration."""
        return sum(
            1 << nummer
            for nummer, groepen in enumerate(self.overgang.groepen)
            if any(groep.soort in VOOR_KALIBRATIE for groep in groepen)
        )


def alle_namen(*registers: Register) -> tuple[str, ...]:
    """Names of all uncertain values of some registers."""
    standen = [naam_stand(naam) for naam in (*VOORRADEN, "achterstand")]
    return tuple(sorted({*standen, *(n for r in registers for n in onzekere_namen(r))}))


def gedeelde_trekkingen(
    register: Register, namen: Sequence[str], instelling: Instelling
) -> Trekkingen:
    """Draws of a register out of one matrix for all registers of a comparison.

    With the names of one register alone these are exactly its own draws. What is a lever in this
    register is not drawn.
    """
    alle = maak_trekkingen(namen, instelling.trekkingen, instelling.zaad, samenhang(register))
    hefbomen = {naam_aanname(n) for n, p in register.parameters.items() if p.rol == "hefboom"}
    houd = [nummer for nummer, naam in enumerate(alle.namen) if naam not in hefbomen]
    return Trekkingen(tuple(alle.namen[n] for n in houd), alle.kansen[:, houd], alle.zaad)


def kalibratie_van(veld: Speelveld, masker: int) -> Kalibratie:
    """Calibration of a coalition."""
    register = veld.overgang.register(masker)
    return kalibreer_op_historie(register, Halfjaar.lees(veld.instelling.van))


def waarde_van(veld: Speelveld, masker: int, kalibratie: Kalibratie) -> dict[str, Reeks]:
    """Outcomes under a coalition, array [trekking] each, the middle draw first."""
    register, instelling = veld.overgang.register(masker), veld.instelling
    opdracht = Opdracht(
        register,
        instelling,
        gedeelde_trekkingen(register, veld.namen, instelling),
        _ruis(register, instelling),
        kalibratie,
    )
    return gemeten(opdracht, veld.scenario, veld.uitkomsten, veld.rijen)


def _ruis(register: Register, instelling: Instelling) -> Ruis:
    perioden = reeks(Halfjaar.lees(instelling.van), Halfjaar.lees(instelling.tot))
    return maak_ruis(instelling.trekkingen, len(register.gemeenten), len(perioden), instelling.zaad)


def gemeten(
    opdracht: Opdracht, scenario: str, namen: Sequence[str], aantal: int
) -> dict[str, Reeks]:
    """Named outcomes in the first draws of a task, array [trekking] each."""
    uitkomsten = {naam: opdracht.register.uitkomsten[naam] for naam in namen}
    basis, context_van = basis_van(opdracht.register, scenario)
    delen = []
    for eerste in range(0, aantal, BLOK):
        rijen = slice(eerste, min(eerste + BLOK, aantal))
        runs = [
            landelijk(
                uitkomsten.values(), trekkingen_van(opdracht, van, rijen, context_van=context)
            )
            for van, context in ((scenario, scenario), (basis, context_van))
        ]
        delen.append(meet_alle(uitkomsten, runs[0], runs[1], opdracht.perioden))
    return {naam: np.concatenate([deel[naam] for deel in delen]) for naam in namen}


def verdeel(veld: Speelveld, werkers: Executor) -> dict[str, Reeks]:
    """Share of every player in the difference between the old and the new register.

    Returns
    -------
    dict of array [speler, trekking] per outcome; the players add up to the whole difference in
    every draw
    """
    kalibraties = {
        masker: werkers.submit(kalibratie_van, veld, masker)
        for masker in deelverzamelingen(veld.relevant)
    }
    klaar = {masker: taak.result() for masker, taak in kalibraties.items()}
    coalities = range(1 << veld.spelers)
    taken = [werkers.submit(waarde_van, veld, m, klaar[m & veld.relevant]) for m in coalities]
    spel = Spel(veld.spelers, raster(veld))
    for masker, taak in zip(coalities, taken, strict=True):
        spel.voeg_toe(masker, _rij(veld, taak.result()))
    vorm = (veld.spelers, len(veld.uitkomsten), veld.rijen)
    aandelen = spel.effecten()[veld.spelers : 2 * veld.spelers].reshape(vorm)
    return {naam: aandelen[:, nummer] for nummer, naam in enumerate(veld.uitkomsten)}


def _rij(veld: Speelveld, waarden: Mapping[str, Reeks]) -> Reeks:
    return np.concatenate([waarden[naam] for naam in veld.uitkomsten])


def rasterstap(uitkomst: Uitkomst) -> float:
    """Steps per unit of an outcome."""
    euro = GROOTHEDEN[uitkomst.grootheid].eenheid.startswith("euro")
    return RASTER_EURO if euro else RASTER


def raster(veld: Speelveld) -> Reeks:
    """Steps per unit for every outcome and draw."""
    uitkomsten = veld.overgang.nieuw.uitkomsten
    return np.repeat([rasterstap(uitkomsten[naam]) for naam in veld.uitkomsten], veld.rijen)


def hoogstens(veld: Speelveld, werkers: Executor, aantal: int = MEESTE_GROEPEN) -> Speelveld:
    """Merge the smallest groups until there are few enough players.

    The size of a group is its effect alone in the middle draw, as part of the largest effect of
    any group, added up over the outcomes.
    """
    if veld.spelers <= aantal:
        return veld
    midden = replace(veld, rijen=1)
    maskers = [0, *(1 << nummer for nummer in range(veld.spelers))]
    taken = [werkers.submit(_los, midden, masker) for masker in maskers]
    waarden = np.array([_rij(midden, taak.result()) for taak in taken])
    effect = np.abs(waarden[1:] - waarden[0])
    grootste = effect.max(axis=0)
    maat = (effect[:, grootste > 0] / grootste[grootste > 0]).sum(axis=1)
    volgorde = np.argsort(-maat, kind="stable")
    apart = sorted(int(nummer) for nummer in volgorde[: aantal - 1])
    rest = sorted(int(nummer) for nummer in volgorde[aantal - 1 :])
    groepen = veld.overgang.groepen
    samen: tuple[Groep, ...] = tuple(groep for nummer in rest for groep in groepen[nummer])
    spelers = (*(groepen[nummer] for nummer in apart), samen)
    return replace(veld, overgang=replace(veld.overgang, groepen=spelers))


def _los(veld: Speelveld, masker: int) -> dict[str, Reeks]:
    return waarde_van(veld, masker, kalibratie_van(veld, masker))


def verdeeltrekkingen(spelers: int, trekkingen: int, gevraagd: int | None) -> int:
    """Draws of a split: all of the run, unless that takes too long or fewer are asked for."""
    if gevraagd is None:
        gevraagd = max(MINSTE_TREKKINGEN, MEESTE_SOMMEN >> spelers)
    return min(gevraagd, trekkingen)
