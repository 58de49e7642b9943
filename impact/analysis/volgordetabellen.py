"""Tables of the order of laws: plans, what they do, who is best, and what haste costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from impact.analysis.samenvatten import KANTEN, banden, gemiddelde
from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.volgordeplannen import (
    EIGEN,
    IN_GROEPEN,
    INEENS,
    OP_VOLGORDE,
    Data,
    Plan,
    letters,
)
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.modellen import Getal
from impact.registry.periode import Halfjaar
from impact.registry.volgordemodel import Grens, Volgorde

GEHEEL, LOS, SAMENLOOP = "geheel", "los", "samenloop"
LAAGSTE_GAT, HOOGSTE_GAT, LAAGSTE_FTE = "laagste_gat", "hoogste_gat", "laagste_fte"
MINST_SLECHT = "minst_slecht"
IN_WERKING = "in_werking"
Meting = Mapping[str, Reeks]
"""Per outcome one number per draw, array [trekking]."""


@dataclass(frozen=True)
class Gemeten:
    """All plans with what was measured.

    Attributes
    ----------
    eigen : half-year of every law in the scenario
    samen : measurements of all laws together, per set of dates
    los : measurements of one law by itself, per (law, half-year)
    """

    scenario: str
    opzet: Volgorde
    eigen: Mapping[str, Halfjaar]
    plannen: Sequence[Plan]
    samen: Mapping[Data, Meting]
    los: Mapping[tuple[str, Halfjaar], Meting]

    def delen(self, uitkomst: str) -> tuple[str, ...]:
        """Parts in which an outcome is split: peaks do not add up over laws."""
        optelbaar = uitkomst in (self.opzet.gat, self.opzet.wachtrij)
        return (GEHEEL, LOS, SAMENLOOP) if optelbaar else (GEHEEL,)

    def waarden(self, plan: Plan, uitkomst: str, deel: str = GEHEEL) -> Reeks:
        """One outcome of a plan, array [trekking].

        ``los`` is the sum of what every law does by itself from its half-year on; ``samenloop`` is
        the rest, so that both always add up to ``geheel``.
        """
        geheel = self.samen[plan.data][uitkomst]
        if deel == GEHEEL:
            return geheel
        los: Reeks = np.sum([self.los[stap][uitkomst] for stap in plan.data], axis=0)
        return los if deel == LOS else geheel - los

    def midden(self, plan: Plan, uitkomst: str) -> float:
        """Mean of an outcome over the draws."""
        return midden(self.waarden(plan, uitkomst))

    def kans(self, plan: Plan, kant: str = "midden") -> float:
        """Share of the draws in which a plan stays below all limits.

        Parameters
        ----------
        kant : which value of the limits counts: midden, laag (strict) or hoog (wide)
        """
        onder = [self.onder(plan, grens, kant) for grens in self.opzet.grenzen]
        return float(np.all(onder, axis=0).mean())

    def onder(self, plan: Plan, grens: Grens, kant: str = "midden") -> NDArray[np.bool_]:
        """Whether a plan stays below one limit, array [trekking] without the middle draw."""
        waarden = self.waarden(plan, grens.uitkomst)[1:]
        return waarden < grenswaarde(grens.grens, kant)

    def past(self, plan: Plan, kant: str = "midden") -> bool:
        """Whether a plan stays below all limits in enough draws."""
        return self.kans(plan, kant) >= self.opzet.zekerheid

    def volgordes(self, duur: int) -> list[Plan]:
        """All orders of one pace."""
        return [p for p in self.plannen if p.soort == OP_VOLGORDE and p.duur == duur]


def midden(waarden: Reeks) -> float:
    """Mean over the draws without the middle draw."""
    return float(waarden[1:].mean())


def grenswaarde(grens: Getal, kant: str) -> float:
    """Value of a limit; a side that is not given is the middle."""
    waarde = {"laag": grens.laag, "hoog": grens.hoog}.get(kant)
    return grens.midden if waarde is None else waarde


def tabellen(register: Register, gemeten: Gemeten) -> dict[str, pd.DataFrame]:
    """All tables of the analysis."""
    rollen = maak_rollen(gemeten)
    return {
        "wetten": wettentabel(register, gemeten),
        "plannen": plannentabel(gemeten, rollen),
        "data": datatabel(gemeten),
        "uitkomsten": uitkomstentabel(register, gemeten),
        "verschillen": verschillentabel(register, gemeten, rollen),
        "rollen": pd.DataFrame(rollen, columns=["rol", "duur", "plan"]),
        "grenzen": grenzentabel(register, gemeten),
    }


def wettentabel(register: Register, gemeten: Gemeten) -> pd.DataFrame:
    """Laws with their letter, own half-year, group, and whether they are in force already."""
    opzet, letter = gemeten.opzet, letters(gemeten.eigen)
    groepen = dict.fromkeys(opzet.alternatief.wetten, "alternatief")
    groepen |= dict.fromkeys(opzet.intrekking.wetten, "intrekking")
    eigen = {stap.maatregel for stap in register.scenarios[gemeten.scenario].maatregelen}
    rijen = []
    for wet, vanaf in gemeten.eigen.items():
        maatregelen = [
            m for naam, m in register.maatregelen.items() if m.wet == wet and naam in eigen
        ]
        geldt = any(m.status[-1].stand == IN_WERKING for m in maatregelen)
        titel = register.wetten[wet].naam
        rijen.append((letter[wet], wet, titel, str(vanaf), groepen.get(wet, ""), geldt))
    return pd.DataFrame(rijen, columns=["letter", "wet", "titel", "vanaf", "groep", "geldt_al"])


def plannentabel(gemeten: Gemeten, rollen: Sequence[tuple[str, int, str]]) -> pd.DataFrame:
    """Plans, how often they stay below the limits, and which cannot be told from the best.

    ``als_beste`` holds for an order that is not surely dearer than the best of its pace: the band
    of the difference, draw by draw, reaches zero.
    """
    plan = {p.naam: p for p in gemeten.plannen}
    beste = {duur: plan[naam] for rol, duur, naam in rollen if rol == LAAGSTE_GAT}
    rijen = [
        {
            "plan": plan.naam,
            "soort": plan.soort,
            "duur": plan.duur,
            "titel": plan.titel,
            "kans_past": gemeten.kans(plan),
            "past": gemeten.past(plan),
            "past_streng": gemeten.past(plan, "laag"),
            "past_ruim": gemeten.past(plan, "hoog"),
            "als_beste": plan.soort == OP_VOLGORDE and als_beste(gemeten, plan, beste[plan.duur]),
        }
        for plan in gemeten.plannen
    ]
    return pd.DataFrame(rijen)


def als_beste(gemeten: Gemeten, plan: Plan, beste: Plan) -> bool:
    """Whether a plan is not surely dearer for municipalities than the best one."""
    gat = gemeten.opzet.gat
    verschil = gemeten.waarden(plan, gat) - gemeten.waarden(beste, gat)
    laag, _ = banden(verschil[:, np.newaxis, np.newaxis])
    return float(laag[0, 0]) <= 0.0


def datatabel(gemeten: Gemeten) -> pd.DataFrame:
    """Half-year of entry per plan and law."""
    rijen = [(plan.naam, wet, str(vanaf)) for plan in gemeten.plannen for wet, vanaf in plan.data]
    return pd.DataFrame(rijen, columns=["plan", "wet", "vanaf"])


def uitkomstentabel(register: Register, gemeten: Gemeten) -> pd.DataFrame:
    """Every outcome of every plan against the reference, with its parts."""
    regels = [
        (plan, naam, deel)
        for plan in gemeten.plannen
        for naam in gemeten.opzet.uitkomsten
        for deel in gemeten.delen(naam)
    ]
    tabel = pd.DataFrame(
        [
            (plan.naam, naam, deel, eenheid_van(register.uitkomsten[naam]))
            for plan, naam, deel in regels
        ],
        columns=["plan", "uitkomst", "deel", "eenheid"],
    )
    return met_band(tabel, [gemeten.waarden(*regel) for regel in regels])


def met_band(tabel: pd.DataFrame, waarden: Sequence[Reeks]) -> pd.DataFrame:
    """Add midden, laag and hoog of one number per draw to every row."""
    if not waarden:
        return tabel.assign(**dict.fromkeys(KANTEN, 0.0))
    alles = np.stack(waarden, axis=1)[:, :, np.newaxis]
    kolommen = (gemiddelde(alles), *banden(alles))
    return tabel.assign(**{k: v[:, 0] for k, v in zip(KANTEN, kolommen, strict=True)})


def maak_rollen(gemeten: Gemeten) -> list[tuple[str, int, str]]:
    """Which plan is best or worst, per pace and over all.

    Best is chosen among the orders that stay below the limits; when there are none, among all.
    """
    opzet, rollen = gemeten.opzet, []
    for duur in opzet.duren:
        alle = gemeten.volgordes(duur)
        if not alle:
            continue
        keus = [plan for plan in alle if gemeten.past(plan)] or alle
        gat = {plan.naam: gemeten.midden(plan, opzet.gat) for plan in alle}
        fte = {plan.naam: gemeten.midden(plan, opzet.fte) for plan in alle}
        rollen += [
            (LAAGSTE_GAT, duur, min(keus, key=lambda p: gat[p.naam]).naam),
            (HOOGSTE_GAT, duur, max(alle, key=lambda p: gat[p.naam]).naam),
            (LAAGSTE_FTE, duur, min(keus, key=lambda p: fte[p.naam]).naam),
        ]
    minst = min(gemeten.plannen, key=lambda p: (-gemeten.kans(p), gemeten.midden(p, opzet.fte)))
    return [*rollen, (MINST_SLECHT, minst.duur, minst.naam)]


def vergelijkingen(
    gemeten: Gemeten, rollen: Sequence[tuple[str, int, str]]
) -> list[tuple[str, int, Plan, Plan]]:
    """Pairs of plans to compare: (name, pace, plan, plan that it is compared with)."""
    plan = {p.naam: p for p in gemeten.plannen}
    rol = {(naam, duur): plan[wie] for naam, duur, wie in rollen}
    paren = []
    for duur in gemeten.opzet.duren:
        beste = rol.get((LAAGSTE_GAT, duur))
        if beste is not None:
            paren += [
                ("haast", duur, plan[INEENS], beste),
                ("bereik", duur, rol[HOOGSTE_GAT, duur], beste),
                ("eigen", duur, plan[EIGEN], beste),
                ("werk", duur, beste, rol[LAAGSTE_FTE, duur]),
            ]
        groep = {p.naam.partition(":")[2]: p for p in gemeten.plannen if _groep(p, duur)}
        if groep:
            eerst, samen, weg = (
                groep[n] for n in ("eerst_alternatief", "samen", "eerst_intrekking")
            )
            paren += [
                ("eerst_alternatief", duur, eerst, samen),
                ("eerst_intrekking", duur, weg, samen),
                ("alternatief_of_intrekking", duur, eerst, weg),
            ]
    return paren


def _groep(plan: Plan, duur: int) -> bool:
    return plan.soort == IN_GROEPEN and plan.duur == duur


def verschillentabel(
    register: Register, gemeten: Gemeten, rollen: Sequence[tuple[str, int, str]]
) -> pd.DataFrame:
    """Differences between two plans, draw by draw, with their parts."""
    regels = [
        (naam, duur, een, ander, uitkomst, deel)
        for naam, duur, een, ander in vergelijkingen(gemeten, rollen)
        for uitkomst in gemeten.opzet.uitkomsten
        for deel in gemeten.delen(uitkomst)
    ]
    tabel = pd.DataFrame(
        [
            (naam, duur, een.naam, ander.naam, uit, deel, eenheid_van(register.uitkomsten[uit]))
            for naam, duur, een, ander, uit, deel in regels
        ],
        columns=["vergelijking", "duur", "plan", "tegen", "uitkomst", "deel", "eenheid"],
    )
    waarden = [
        gemeten.waarden(een, uit, deel) - gemeten.waarden(ander, uit, deel)
        for _, _, een, ander, uit, deel in regels
    ]
    met = met_band(tabel, waarden)
    return met.assign(richting_onzeker=(met["laag"] < 0) & (met["hoog"] > 0))


def grenzentabel(register: Register, gemeten: Gemeten) -> pd.DataFrame:
    """Limits with their source, and how many plans stay below each of them alone."""
    rijen = []
    for grens in gemeten.opzet.grenzen:
        getal, bron = grens.grens, register.bronnen[grens.grens.bron]
        rijen.append(
            {
                "grens": grens.titel,
                "uitkomst": grens.uitkomst,
                "eenheid": eenheid_van(register.uitkomsten[grens.uitkomst]),
                **{kant: grenswaarde(getal, kant) for kant in KANTEN},
                "plannen_onder": sum(
                    bool(gemeten.onder(plan, grens).mean() >= gemeten.opzet.zekerheid)
                    for plan in gemeten.plannen
                ),
                "bron": bron.titel,
                "vindplaats": getal.vindplaats,
                "kwaliteit": getal.kwaliteit,
                "toelichting": grens.toelichting,
            }
        )
    return pd.DataFrame(rijen)
