"""What a brief shows: the rules that choose its figures, needs, assumptions and gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from impact.analysis.gevoeligheid import invloed
from impact.analysis.knop import FTE
from impact.analysis.opslag import Analyse
from impact.analysis.waarden import op_datum
from impact.registry.laden import Register
from impact.registry.modellen import Getal
from impact.registry.periode import Halfjaar
from impact.reporting import thema
from impact.reporting.getallen import Band
from impact.reporting.onderwerpen import KERN, ONDERWERP
from impact.reporting.rapport import MARGE_NUL, Cijfer, Rapport
from impact.reporting.zinnen import Richting, richting

GELD, NETTO, TOTAAL = "gat_gemeenten", "netto_lasten_gemeente", "kosten_totaal"
WERK = "fte_nodig"
AANTAL_UITKOMSTEN, MEESTE_NODIG, MEESTE_AANNAMES, MEESTE_GATEN = 2, 4, 3, 3
MEESTE_NODIG_STAPEL, MEESTE_GATEN_STAPEL = 2, 2
"""A brief about a stack has less room: it shows its laws too."""
KLEINSTE_AANDEEL = 0.01
ZEKERHEID = [
    {Richting.HOGER, Richting.LAGER},
    {Richting.HOOGUIT_HOGER, Richting.HOOGUIT_LAGER},
    {Richting.ONZEKER},
]
"""From sure to unsure; what hardly changes comes last."""


@dataclass(frozen=True)
class Uitkomstkeuze:
    """An outcome that a brief shows: a quantity, and a payer where it is money."""

    grootheid: str
    betaler: str = ""


@dataclass(frozen=True)
class Drager:
    """An assumption that carries part of the uncertainty.

    Attributes
    ----------
    soort, naam : ``aanname``, ``maatregel`` or ``historie``, and its name
    nummer : which change of a measure
    aandeel : share of the uncertainty
    samen_met : how many other assumptions move along with it and share this share
    """

    soort: str
    naam: str
    nummer: int
    aandeel: Band
    samen_met: int = 0


def cijfer_van(rapport: Rapport, keuze: Uitkomstkeuze) -> Cijfer:
    """Figure of a chosen outcome in the fifth year."""
    return rapport.cijfer(keuze.grootheid, rapport.peiljaar, betaler=keuze.betaler)


def rang(rapport: Rapport, keuze: Uitkomstkeuze) -> tuple[int, float]:
    """Place of an outcome: certain direction first, then the largest change beside the level.

    What does not exist without the proposal has no level to set it against, and comes after what
    does.
    """
    cijfer = cijfer_van(rapport, keuze)
    kant = richting(cijfer.verschil, cijfer.onzeker)
    trede = next((n for n, kanten in enumerate(ZEKERHEID) if kant in kanten), len(ZEKERHEID))
    niveau = abs(cijfer.zonder.midden)
    return trede, -abs(cijfer.verschil.midden) / niveau if niveau > MARGE_NUL else 0.0


def sprekendste(rapport: Rapport) -> list[Uitkomstkeuze]:
    """Choose the two outcomes that say most about a scenario, besides the money of municipalities.

    The rule: a certain direction comes before an uncertain one, then the largest change relative
    to the level. Candidates are the quantities of the summary and the work of municipalities. When
    fewer than two of these change, all quantities with a sentence of their own take part; when
    that is not enough either, the costs of the other payers do. The work of municipalities fills
    an empty place: that nothing changes is an answer too.
    """
    betalers = [b for b in thema.BETALERS if b not in ("gemeente", "corporatie")]
    kringen = [
        [Uitkomstkeuze(g) for g in (*KERN, WERK)],
        [Uitkomstkeuze(g) for g in ONDERWERP if g != NETTO],
        [Uitkomstkeuze(TOTAAL, b) for b in betalers],
    ]
    gekozen: list[Uitkomstkeuze] = []
    for kring in kringen:
        over = [k for k in kring if k not in gekozen and rang(rapport, k)[0] < len(ZEKERHEID)]
        gekozen += sorted(over, key=lambda k: rang(rapport, k))
        if len(gekozen) >= AANTAL_UITKOMSTEN:
            break
    vulling = [k for k in (Uitkomstkeuze(WERK), Uitkomstkeuze(KERN[0])) if k not in gekozen]
    return [*gekozen, *vulling][:AANTAL_UITKOMSTEN]


def benodigd(
    nodig: pd.DataFrame,
    toetsen: pd.DataFrame,
    hoogstens: int = MEESTE_NODIG,
) -> pd.DataFrame:
    """Rows of what is needed, each with another knob.

    Only questions of the verdict that do not pass: what is short without the law too is no need of
    this law. Only knobs with a value that is enough in as many draws as the verdict asks. Within a
    conclusion the knob that is enough most often comes first; only what helps when there is more of
    it counts for an instrument. Jobs that cost as much as the money that is short are no means.
    """
    open_ = list(toetsen[toetsen["antwoord"] != "ja"]["conclusie"])
    helpt = nodig["ja_boven"].eq(True) | (nodig["soort"] == "aanname")
    in_geld = (nodig["soort"] == FTE) & nodig["uitkomst_eenheid"].str.startswith("euro")
    rijen = nodig[meer_nodig(nodig) & helpt & ~in_geld].sort_values(
        "aandeel_altijd_nee", kind="stable"
    )
    gekozen: list[object] = []
    gezien: set[str] = set()
    per_conclusie = [list(rijen[rijen["conclusie"] == c].iterrows()) for c in open_]
    for ronde in zip_longest(*per_conclusie):
        for index, rij in (paar for paar in ronde if paar is not None):
            if str(rij["knop"]) not in gezien and len(gekozen) < hoogstens:
                gezien.add(str(rij["knop"]))
                gekozen.append(index)
    return nodig.loc[gekozen]


def meer_nodig(nodig: pd.DataFrame) -> pd.Series:
    """Per knob whether it must be turned further than it stands to be enough for the verdict."""
    kant = nodig["ja_boven"].eq(True).map({True: 1.0, False: -1.0})
    return (nodig["nodig_zeker"] - nodig["nu_midden"]) * kant > 0.0


def dragers(analyse: Analyse, uitkomst: str = GELD) -> list[Drager]:
    """Assumptions that carry most of the band of an outcome: at most three, one per group."""
    tabel = invloed(analyse, uitkomst)
    leden = tabel["groep"].value_counts()
    tabel = tabel[tabel["aandeel"] >= KLEINSTE_AANDEEL]
    apart = tabel["wijze"] == "eigen groep"
    tabel = tabel[~(apart & tabel["groep"].where(apart).duplicated())]
    gevonden = []
    for rij in tabel.head(MEESTE_AANNAMES).to_dict("records"):
        soort, _, rest = str(rij["naam"]).partition(":")
        naam, _, nummer = rest.partition(":")
        kanten = [float(str(rij[k])) for k in ("aandeel", "laag", "hoog")]
        band = Band(kanten[0], kanten[1], kanten[2], "aandeel")
        mee = int(leden[rij["groep"]]) - 1 if rij["wijze"] == "eigen groep" else 0
        gevonden.append(Drager(soort, naam, int(nummer or 0), band, mee))
    return gevonden


def waarde_van(register: Register, drager: Drager, jaar: int) -> tuple[Getal, str] | None:
    """Value of an assumption or measure in a year, with its unit; None for a state in history."""
    if drager.soort == "maatregel":
        verandering = register.maatregelen[drager.naam].verandert[drager.nummer]
        return verandering.waarde, verandering.eenheid
    if drager.soort != "aanname":
        return None
    parameter = register.parameters[drager.naam]
    begin = Halfjaar(jaar, 1)
    return op_datum(parameter.waarden, begin), parameter.eenheid


def gaten(register: Register, scenario: str) -> list[str]:
    """Keys of what the laws of a scenario do and the model does not; fewer for a stack.

    In turn one of each law, so that no law of a stack is left out before another has its second.
    """
    per_wet: dict[str, list[str]] = {}
    for stap in register.scenario(scenario).maatregelen:
        wet = register.maatregelen[stap.maatregel].wet
        if wet not in per_wet:
            zinnen = register.wetten[wet].niet_gemodelleerd
            per_wet[wet] = list(_sleutels(f"wet/{wet}", zinnen))
        zinnen = register.maatregelen[stap.maatregel].niet_gemodelleerd
        per_wet[wet] += _sleutels(f"maatregel/{stap.maatregel}", zinnen)
    om_en_om = (s for ronde in zip_longest(*per_wet.values()) for s in ronde if s is not None)
    hoogstens = MEESTE_GATEN_STAPEL if len(per_wet) > 1 else MEESTE_GATEN
    return list(dict.fromkeys(om_en_om))[:hoogstens]


def _sleutels(voor: str, zinnen: Iterable[str]) -> Iterable[str]:
    return (f"{voor}/niet_gemodelleerd/{n}" for n, _ in enumerate(zinnen, start=1))
