"""Plans for the order of laws: which law enters in which half-year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from scipy.optimize import linear_sum_assignment

from impact.registry.laden import Register
from impact.registry.modellen import Scenario
from impact.registry.periode import Halfjaar
from impact.registry.volgordemodel import Volgorde

EIGEN, INEENS, OP_VOLGORDE, IN_GROEPEN = "eigen", "ineens", "volgorde", "groepen"
Data = tuple[tuple[str, Halfjaar], ...]
Kosten = Mapping[tuple[str, Halfjaar], float]


class GeenVolgorde(ValueError):
    """A scenario in which there is nothing to put in order."""


@dataclass(frozen=True)
class Plan:
    """A half-year of entry for every law.

    Attributes
    ----------
    naam : unique within an analysis
    soort : ``eigen`` (the dates of the scenario), ``ineens``, ``volgorde`` or ``groepen``
    duur : half-years between the first and the last law that the plan moves
    titel : in words; for an order the letters of the laws
    data : (law, half-year), in the order of the laws in the scenario
    """

    naam: str
    soort: str
    duur: int
    titel: str
    data: Data


def eigen_data(register: Register, scenario: str) -> dict[str, Halfjaar]:
    """First half-year of every law of a scenario, in the order in which laws are named.

    Raises
    ------
    GeenVolgorde
        The scenario is a reference or has no measures.
    """
    inhoud = register.scenario(scenario)
    if inhoud.referentie is None or not inhoud.maatregelen:
        raise GeenVolgorde(
            f"scenario '{scenario}' heeft geen wetten om te ordenen; kies een variant"
        )
    eerste: dict[str, Halfjaar] = {}
    for stap in inhoud.maatregelen:
        wet = register.maatregelen[stap.maatregel].wet
        eerste[wet] = min(stap.vanaf, eerste.get(wet, stap.vanaf))
    return eerste


def verschoven(
    register: Register, scenario: Scenario, eigen: Mapping[str, Halfjaar], data: Data
) -> Scenario:
    """Return the scenario with only the laws of ``data``, each from its new half-year.

    The measures of a law keep their distance to each other.
    """
    nieuw = dict(data)
    stappen = []
    for stap in scenario.maatregelen:
        wet = register.maatregelen[stap.maatregel].wet
        if wet in nieuw:
            later = stap.vanaf + (nieuw[wet] - eigen[wet])
            stappen.append(stap.model_copy(update={"vanaf": later}))
    return scenario.model_copy(update={"maatregelen": stappen})


def begin(eigen: Mapping[str, Halfjaar]) -> Halfjaar:
    """First half-year that every law can have: none enters before its own date."""
    return max(eigen.values())


def plekken(wetten: int, duur: int) -> list[int]:
    """Half-years after the start of the first, second, ... law; the last one is ``duur``."""
    return [nummer * duur // max(1, wetten - 1) for nummer in range(wetten)]


def letters(wetten: Iterable[str]) -> dict[str, str]:
    """Short name of every law in a chart: A, B, C, ..."""
    return {wet: chr(ord("A") + nummer) for nummer, wet in enumerate(wetten)}


def vaste_plannen(eigen: Mapping[str, Halfjaar]) -> list[Plan]:
    """The dates of the scenario, and all laws at once."""
    start = begin(eigen)
    duur = start - min(eigen.values())
    ineens = tuple((wet, start) for wet in eigen)
    return [
        Plan(EIGEN, EIGEN, duur, "zoals in het scenario", tuple(eigen.items())),
        Plan(INEENS, INEENS, 0, "alles ineens", ineens),
    ]


def op_volgorde(
    eigen: Mapping[str, Halfjaar], duur: int, volgordes: Iterable[Sequence[str]]
) -> list[Plan]:
    """Turn orders of laws into plans; orders with the same dates are one plan."""
    start, letter = begin(eigen), letters(eigen)
    uniek: dict[Data, Plan] = {}
    for volgorde in volgordes:
        datum = {
            wet: start + plek
            for wet, plek in zip(volgorde, plekken(len(volgorde), duur), strict=True)
        }
        data = tuple((wet, datum[wet]) for wet in eigen)
        titel = in_letters(datum, letter)
        uniek.setdefault(data, Plan(f"{duur}:{titel}", OP_VOLGORDE, duur, titel, data))
    return list(uniek.values())


def in_letters(datum: Mapping[str, Halfjaar], letter: Mapping[str, str]) -> str:
    """Write an order with letters: ``C, AB, D`` when A and B enter together."""
    stukken = [
        "".join(sorted(letter[wet] for wet, dag in datum.items() if dag == moment))
        for moment in sorted(set(datum.values()))
    ]
    return ", ".join(stukken)


def alle_volgordes(wetten: Sequence[str]) -> list[tuple[str, ...]]:
    """Every order of laws."""
    return list(permutations(wetten))


def gekozen_volgordes(
    eigen: Mapping[str, Halfjaar],
    duur: int,
    kosten: Sequence[Kosten],
    steekproef: int,
    zaad: int,
) -> list[tuple[str, ...]]:
    """A selection of orders, for more laws than can be tried in every order.

    In it are: the order of the scenario; each law first, and each law last; for every outcome the
    orders with the smallest and the largest sum when every law is counted apart (an assignment
    problem); and a random sample.

    Parameters
    ----------
    kosten : per outcome what a law does by itself when it enters in a half-year
    """
    basis = sorted(eigen, key=lambda wet: eigen[wet])
    gekozen = [tuple(basis)]
    for wet in basis:
        rest = [ander for ander in basis if ander != wet]
        gekozen += [(wet, *rest), (*rest, wet)]
    dagen = [begin(eigen) + plek for plek in plekken(len(basis), duur)]
    for tabel in kosten:
        matrix = np.array([[tabel[wet, dag] for dag in dagen] for wet in basis])
        for hoogste in (False, True):
            _, plaats = linear_sum_assignment(matrix, maximize=hoogste)
            gekozen.append(tuple(basis[int(rij)] for rij in np.argsort(plaats)))
    toeval = np.random.Generator(np.random.Philox(key=[zaad, duur]))
    gekozen += [tuple(basis[i] for i in toeval.permutation(len(basis))) for _ in range(steekproef)]
    return gekozen


def in_groepen(eigen: Mapping[str, Halfjaar], duur: int, opzet: Volgorde) -> list[Plan]:
    """Alternatives first, repeal first, and both together halfway; other laws stay.

    The three plans have the same mean half-year of each pair, so that none is simply later.
    Empty when the scenario does not hold laws of both kinds.
    """
    eerst = [wet for wet in opzet.alternatief.wetten if wet in eigen]
    weg = [wet for wet in opzet.intrekking.wetten if wet in eigen]
    if not eerst or not weg:
        return []
    start = begin(eigen)
    momenten = {
        "eerst_alternatief": (0, duur, f"eerst {opzet.alternatief.titel}"),
        "samen": (duur // 2, duur // 2, "allebei halverwege"),
        "eerst_intrekking": (duur, 0, f"eerst {opzet.intrekking.titel}"),
    }
    plannen = []
    for naam, (plek_eerst, plek_weg, titel) in momenten.items():
        nieuw = dict.fromkeys(eerst, start + plek_eerst) | dict.fromkeys(weg, start + plek_weg)
        data = tuple((wet, nieuw.get(wet, dag)) for wet, dag in eigen.items())
        plannen.append(Plan(f"{duur}:{naam}", IN_GROEPEN, duur, titel, data))
    return plannen
