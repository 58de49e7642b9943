"""The hex map: one cell of equal size for every municipality."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from impact.reporting import thema
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, decimaal, in_woorden, rond, tiende_macht
from impact.reporting.opmaak import Html
from impact.reporting.tabellen import Kolom, tabel, verschilcel
from impact.reporting.zinnen import opsomming, uitersten

ZESHOEK = "M0,-1.1547L1,-0.57735L1,0.57735L0,1.1547L-1,0.57735L-1,-0.57735Z"
HOOGTE = 620
KLEINSTE_KLASSE = 1e-9
ONZEKER = "richting onzeker"


def grenzen_verschil(waarden: Sequence[float]) -> list[float]:
    """Six class borders around zero, round numbers, from the size of most values.

    When most values are zero, the size of the others decides.

    Parameters
    ----------
    waarden : differences of all municipalities
    """
    grootte = np.sort(np.abs(np.asarray(waarden, dtype=float)))
    typisch = float(np.quantile(grootte, 0.6)) if len(grootte) else 0.0
    if typisch == 0.0 and np.any(grootte > 0):
        typisch = float(np.median(grootte[grootte > 0]))
    stap = max(netjes(typisch / 2), KLEINSTE_KLASSE)
    return [-4 * stap, -2 * stap, -0.5 * stap, 0.5 * stap, 2 * stap, 4 * stap]


def netjes(waarde: float) -> float:
    """Nearest number of the form 1, 2 or 5 times a power of ten, not above the value."""
    if waarde <= 0:
        return 0.0
    macht = float(10.0 ** tiende_macht(waarde))
    return max(c * macht for c in (1.0, 2.0, 5.0) if c * macht <= waarde * (1 + 1e-12))


def klassen(grenzen: Sequence[float]) -> list[str]:
    """Names of the classes between borders, from low to high."""
    exponent = min(tiende_macht(abs(g)) for g in grenzen if g)
    cijfers = max(0, -exponent)
    tekst = [decimaal(rond(g, exponent), cijfers) for g in grenzen]
    tussen = [f"{een} tot {ander}" for een, ander in itertools.pairwise(tekst)]
    return [f"lager dan {tekst[0]}", *tussen, f"{tekst[-1]} of hoger"]


def hexkaart(
    opschrift: Opschrift,
    cellen: pd.DataFrame,
    banden: Mapping[str, Band],
    onzeker: Mapping[str, bool],
    eenheid: str,
) -> Figuur:
    """Draw a difference for every municipality.

    Parameters
    ----------
    cellen : index gemeentecode; columns gemeentenaam, kolom, rij
    banden : figure per municipality
    onzeker : whether its direction is unsure

    Raises
    ------
    KeyError
        A municipality on the map has no figure: missing is an error, never a blank.
    """
    codes = list(cellen.index)
    waarden = [banden[code].midden for code in codes]
    grenzen = grenzen_verschil(waarden)
    namen = klassen(grenzen)
    lang = pd.DataFrame(
        {
            "gemeente": cellen["gemeentenaam"].to_numpy(),
            "x": cellen["kolom"].to_numpy() + 0.5 * (cellen["rij"].to_numpy() % 2),
            "y": cellen["rij"].to_numpy(),
            "klasse": [namen[int(np.searchsorted(grenzen, w, side="right"))] for w in waarden],
            "onzeker": [ONZEKER if onzeker[code] else "" for code in codes],
        }
    )
    beschrijving = _in_woorden(opschrift.titel, cellen, banden, onzeker)
    spec = thema.spec(_grafiek(lang, namen), "gemeente")
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(spec, opschrift.naam, opschrift.titel, beschrijving),
        _tabel(opschrift.titel, cellen, banden, onzeker, eenheid),
        f"{eenheid}; een stip betekent: richting onzeker" if any(onzeker.values()) else eenheid,
        opschrift.bronregel,
    )


def _grafiek(lang: pd.DataFrame, namen: Sequence[str]) -> alt.LayerChart | alt.FacetChart:
    breed = float(lang["x"].max() - lang["x"].min() + 2)
    hoog = float(lang["y"].max() - lang["y"].min() + 2)
    cel = HOOGTE / (hoog * 0.8660254)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=_domein(lang["x"]), nice=False, zero=False))
    y = alt.Y(
        "y:Q",
        axis=None,
        scale=alt.Scale(domain=_domein(lang["y"]), nice=False, zero=False, reverse=True),
    )
    kleur = alt.Color(
        "klasse:N",
        scale=alt.Scale(domain=list(namen), range=thema.KLASSEN_VERSCHIL),
        sort=list(namen),
        title=None,
        legend=alt.Legend(orient="left", symbolType=ZESHOEK, symbolSize=170, offset=4),
    )
    zeshoeken = (
        alt.Chart(lang)
        .mark_point(
            shape=ZESHOEK,
            filled=True,
            size=cel * cel * 0.985,
            opacity=1,
            stroke="#8d97a1",
            strokeWidth=0.5,
        )
        .encode(x=x, y=y, color=kleur)
    )
    stippen = (
        alt.Chart(lang[lang["onzeker"] != ""])
        .mark_point(filled=True, size=11, color=thema.INKT, opacity=0.75)
        .encode(x=x, y=y)
    )
    return alt.layer(zeshoeken, stippen).properties(width=cel * breed, height=HOOGTE)


def _domein(reeks: pd.Series) -> list[float]:
    return [float(reeks.min()) - 1, float(reeks.max()) + 1]


def _in_woorden(
    titel: str,
    cellen: pd.DataFrame,
    banden: Mapping[str, Band],
    onzeker: Mapping[str, bool],
) -> str:
    volgorde = sorted(cellen.index, key=lambda c: (-banden[c].midden, c))
    namen = [str(cellen.loc[c, "gemeentenaam"]) for c in volgorde]
    meer = sum(banden[c].midden > 0 for c in volgorde)
    minder = sum(banden[c].midden < 0 for c in volgorde)
    twijfel = sum(onzeker[c] for c in volgorde)
    uiterst = uitersten(namen, [in_woorden(banden[c]) for c in volgorde])
    return (
        f"{titel}. Kaart met {len(volgorde)} even grote zeshoeken, een per gemeente. "
        f"{verdeelzin(meer, minder, len(volgorde) - meer - minder)} {stipzin(twijfel)}{uiterst}"
    )


def verdeelzin(meer: int, minder: int, nul: int) -> str:
    """Tell in how many municipalities a figure lies above, below and on zero."""
    delen = [(meer, "boven nul"), (minder, "onder nul"), (nul, "op nul")]
    woorden = [f"bij {aantal} {waar}" for aantal, waar in delen if aantal]
    return f"Het cijfer van een gemeente ligt {opsomming(woorden)}."


def stipzin(twijfel: int) -> str:
    """Explain the dots; empty when there are none."""
    if not twijfel:
        return ""
    if twijfel == 1:
        return "In één gemeente is de richting onzeker; die heeft een stip. "
    return f"In {twijfel} gemeenten is de richting onzeker; die hebben een stip. "


def _tabel(
    titel: str,
    cellen: pd.DataFrame,
    banden: Mapping[str, Band],
    onzeker: Mapping[str, bool],
    eenheid: str,
) -> Html:
    volgorde = sorted(cellen.index, key=lambda c: str(cellen.loc[c, "gemeentenaam"]))
    return tabel(
        f"{titel}: cijfers per gemeente ({eenheid})",
        [Kolom("Gemeente"), Kolom("Verschil", True)],
        [[cellen.loc[c, "gemeentenaam"], verschilcel(banden[c], onzeker[c])] for c in volgorde],
    )
