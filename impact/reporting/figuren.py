"""The charts: what they show, and in words what is to be seen."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from impact.reporting import thema
from impact.reporting.datums import halfjaar_in_woorden
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, in_woorden, schaal
from impact.reporting.opmaak import Html
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.zinnen import hoofdletter, uitersten

HOOGTE = 280
MEESTE_VORMEN = 50
"""Forms of charts that a process remembers, of each kind."""


@dataclass(frozen=True)
class Opschrift:
    """What stands around a chart.

    Attributes
    ----------
    naam : unique within a report
    titel : title
    bronregel : where the figures come from, with links
    """

    naam: str
    titel: str
    bronregel: Html


def _tijd(periode: str) -> float:
    return int(periode[:4]) + (0.25 if periode.endswith("-I") else 0.75)


def _rij_band(rij: Mapping[Hashable, object], voor: str, eenheid: str, klein: bool) -> Band:
    kanten = [float(str(rij[f"{voor}{kant}"])) for kant in ("midden", "laag", "hoog")]
    return Band(kanten[0], kanten[1], kanten[2], eenheid, klein)


def _schaal_van(reeks: pd.DataFrame, eenheid: str) -> tuple[float, str]:
    """Divide a series so that the axis has short numbers; the unit says by how much."""
    kolommen = [k for k in reeks.columns if k.endswith(("midden", "laag", "hoog"))]
    top = float(reeks[kolommen].abs().to_numpy().max(initial=0.0))
    exponent, woord, _ = schaal(Band(top, top, top, eenheid))
    return 10.0**exponent, f"{woord} {eenheid}".strip()


def waaier(
    opschrift: Opschrift, reeks: pd.DataFrame, eenheid: str, *, vergelijk: bool, klein: bool = False
) -> Figuur:
    """Draw a fan chart: with the measures (line and band), and without them (dashed).

    Parameters
    ----------
    reeks : one row per half-year, with midden, laag, hoog and zonder_midden, zonder_laag,
        zonder_hoog
    vergelijk : False for a reference: one line only
    klein : small counts are not spelled out in the table
    """
    deler, eenheid_as = _schaal_van(reeks, eenheid)
    lijnen = [("met maatregelen", "", thema.MET)] if vergelijk else [("verloop", "", thema.MET)]
    if vergelijk:
        lijnen.insert(0, ("zonder maatregelen", "zonder_", thema.ZONDER))
    lang = pd.concat(
        pd.DataFrame(
            {
                "tijd": [_tijd(p) for p in reeks["periode"]],
                "lijn": naam,
                **{k: reeks[f"{voor}{k}"].to_numpy() / deler for k in ("midden", "laag", "hoog")},
            }
        )
        for naam, voor, _ in lijnen
    )
    beschrijving = _waaier_in_woorden(opschrift.titel, reeks, eenheid, vergelijk, klein)
    spec = waaierspec(lang, [(n, k) for n, _, k in lijnen])
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(spec, opschrift.naam, opschrift.titel, beschrijving),
        _waaier_tabel(opschrift.titel, reeks, eenheid, vergelijk, klein),
        eenheid_as,
        opschrift.bronregel,
    )


def waaierspec(
    lang: pd.DataFrame, lijnen: Sequence[tuple[str, str]], hoogte: int = HOOGTE
) -> dict[str, Any]:
    """Lines with their bands and names, from rows with tijd, lijn, midden, laag and hoog."""
    jaren = sorted({int(t) for t in lang["tijd"]})
    vorm = _waaiervorm(jaren[0], jaren[-1], tuple(lijnen), hoogte)
    return thema.gevuld(vorm, verloop=lang, slot=_eindlabels(lang, [n for n, _ in lijnen]))


@functools.lru_cache(maxsize=MEESTE_VORMEN)
def _waaiervorm(
    eerste: int, laatste: int, lijnen: tuple[tuple[str, str], ...], hoogte: int
) -> dict[str, Any]:
    namen, kleuren = [n for n, _ in lijnen], [k for _, k in lijnen]
    kleur = alt.Color("lijn:N", scale=alt.Scale(domain=namen, range=kleuren), legend=None)
    x = alt.X(
        "tijd:Q",
        title=None,
        scale=alt.Scale(domain=[eerste, laatste + 1], nice=False),
        axis=alt.Axis(
            values=list(range(eerste, laatste + 1)), format="d", labelAlign="left", labelOffset=2
        ),
    )
    y = alt.Y("laag:Q", title=None, axis=alt.Axis(tickCount=5))
    basis = alt.Chart(alt.NamedData("verloop"))
    streep = alt.StrokeDash(
        "lijn:N",
        scale=alt.Scale(domain=namen, range=[[6, 4], [1, 0]][-len(namen) :]),
        legend=None,
    )
    band = basis.mark_area(opacity=0.18).encode(x=x, y=y, y2="hoog:Q", color=kleur)
    lijn = basis.mark_line(strokeWidth=2.6).encode(
        x=x, y="midden:Q", color=kleur, strokeDash=streep
    )
    tekst = (
        alt.Chart(alt.NamedData("slot"))
        .mark_text(align="left", dx=8, fontSize=12, fontWeight=600)
        .encode(x="tijd:Q", y="plek:Q", text="lijn:N", color=kleur)
    )
    lagen = alt.layer(band, lijn, tekst) if len(namen) > 1 else alt.layer(band, lijn)
    return thema.spec(lagen.properties(width=thema.BREEDTE - 160, height=hoogte), "tijd")


def _eindlabels(lang: pd.DataFrame, namen: Sequence[str]) -> pd.DataFrame:
    """Labels at the end of the lines, moved apart where the lines meet."""
    slot: pd.DataFrame = lang[lang["tijd"] == lang["tijd"].max()][["tijd", "lijn", "midden"]].copy()
    spreiding = float(lang["hoog"].max() - min(0.0, lang["laag"].min())) or 1.0
    afstand = 0.075 * spreiding
    slot = slot.sort_values("midden", kind="stable").reset_index(drop=True)
    slot["plek"] = slot["midden"].astype(float)
    if len(slot) == 2 and slot["plek"].iloc[1] - slot["plek"].iloc[0] < afstand:
        mid = float(slot["plek"].mean())
        laagste = mid - afstand / 2
        laagste = max(laagste, 0.03 * spreiding) if lang["laag"].min() >= 0 else laagste
        slot["plek"] = [laagste, laagste + afstand]
    slot["lijn"] = slot["lijn"].astype(str)
    return slot


def _waaier_in_woorden(
    titel: str, reeks: pd.DataFrame, eenheid: str, vergelijk: bool, klein: bool
) -> str:
    eerste, laatste = reeks.iloc[0].to_dict(), reeks.iloc[-1].to_dict()
    begin, eind = (halfjaar_in_woorden(str(r["periode"])) for r in (eerste, laatste))
    met = [in_woorden(_rij_band(r, "", eenheid, klein)) for r in (eerste, laatste)]
    zin = (
        f"{titel}, van {begin} tot en met {eind}. "
        f"De lijn {'met de maatregelen ' if vergelijk else ''}begint op {met[0]} "
        f"en eindigt op {met[1]}."
    )
    if vergelijk:
        zonder = in_woorden(_rij_band(laatste, "zonder_", eenheid, klein))
        zin += f" De lijn zonder de maatregelen eindigt op {zonder}."
    return f"{zin} De vlakken zijn de banden: negen van de tien uitkomsten liggen daarin."


def _waaier_tabel(
    titel: str, reeks: pd.DataFrame, eenheid: str, vergelijk: bool, klein: bool
) -> Html:
    kolommen = [Kolom("Halfjaar"), Kolom("Met de maatregelen" if vergelijk else "Uitkomst", True)]
    if vergelijk:
        kolommen += [Kolom("Zonder de maatregelen", True), Kolom("Verschil", True)]
    rijen = []
    for rij in reeks.to_dict("records"):
        cellen: list[object] = [rij["periode"], cel(_rij_band(rij, "", eenheid, klein))]
        if vergelijk:
            verschil = _rij_band(rij, "verschil_", eenheid, klein)
            onzeker = bool(rij["richting_onzeker"])
            cellen.append(cel(_rij_band(rij, "zonder_", eenheid, klein)))
            cellen.append(verschilcel(verschil, onzeker))
        rijen.append(cellen)
    return tabel(f"{titel}: cijfers per halfjaar ({eenheid})", kolommen, rijen)


def stapel(
    opschrift: Opschrift,
    bedragen: Mapping[tuple[str, str], Band],
    onzeker: Mapping[tuple[str, str], bool],
) -> Figuur:
    """Draw stacked bars: per year the difference in euros by payer.

    Parameters
    ----------
    bedragen : figure per (year, payer)
    onzeker : whether the direction is unsure, per (year, payer); empty when figures are levels
    """
    top = max((b.grootste for b in bedragen.values()), default=0.0)
    exponent, woord, _ = schaal(Band(top, top, top, "euro"))
    jaren = sorted({jaar for jaar, _ in bedragen})
    met_geld = {b for (_, b), band in bedragen.items() if not band.nul}
    betalers = [b for b in thema.BETALERS if b in met_geld]
    lang = pd.DataFrame(
        [
            {
                "jaar": j,
                "betaler": thema.betalernaam(b),
                "volgorde": n,
                "waarde": bedragen[j, b].midden / 10.0**exponent,
            }
            for n, b in enumerate(betalers)
            for j in jaren
        ],
        columns=["jaar", "betaler", "volgorde", "waarde"],
    )
    beschrijving = _stapel_in_woorden(opschrift.titel, bedragen, jaren, betalers)
    spec = thema.spec(_stapel_grafiek(lang, betalers), "jaar")
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(spec, opschrift.naam, opschrift.titel, beschrijving),
        _stapel_tabel(opschrift.titel, bedragen, onzeker, jaren, betalers),
        f"{woord} euro per jaar, prijzen van 2025".strip(),
        opschrift.bronregel,
    )


def _stapel_grafiek(lang: pd.DataFrame, betalers: Sequence[str]) -> alt.LayerChart | alt.FacetChart:
    namen = [thema.betalernaam(b) for b in betalers]
    schaal_ = alt.Scale(domain=namen, range=[thema.betalerkleur(b) for b in betalers])
    staven = (
        alt.Chart(lang)
        .mark_bar(stroke="#ffffff", strokeWidth=0.7, size=34)
        .encode(
            x=alt.X("jaar:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("waarde:Q", title=None, stack="zero", axis=alt.Axis(tickCount=5)),
            color=alt.Color("betaler:N", scale=schaal_, title=None, legend=alt.Legend(columns=2)),
            order=alt.Order("volgorde:Q"),
        )
    )
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(y="nul:Q")
    return alt.layer(staven, nul).properties(width=thema.BREEDTE - 60, height=HOOGTE)


def _stapel_in_woorden(
    titel: str,
    bedragen: Mapping[tuple[str, str], Band],
    jaren: Sequence[str],
    betalers: Sequence[str],
) -> str:
    laatste = jaren[-1]
    if not betalers:
        return (
            f"{titel}. Van {jaren[0]} tot en met {laatste} is elk bedrag 0 euro: "
            "er is voor geen enkele betaler een verschil."
        )
    delen = [f"{thema.betalernaam(b)} {in_woorden(bedragen[laatste, b])}" for b in betalers]
    return (
        f"{titel}, van {jaren[0]} tot en met {laatste}. Boven de nullijn betaalt iemand meer, "
        f"eronder minder. De bedragen in {laatste}: {'; '.join(delen)}."
    )


def _stapel_tabel(
    titel: str,
    bedragen: Mapping[tuple[str, str], Band],
    onzeker: Mapping[tuple[str, str], bool],
    jaren: Sequence[str],
    betalers: Sequence[str],
) -> Html:
    kolommen = [Kolom("Jaar"), *(Kolom(thema.betalernaam(b), True) for b in betalers)]
    if not betalers:
        return tabel(
            titel, [Kolom("Jaar"), Kolom("Alle betalers", True)], [[j, "0"] for j in jaren]
        )
    rijen = [
        [j, *(verschilcel(bedragen[j, b], onzeker.get((j, b), False)) for b in betalers)]
        for j in jaren
    ]
    return tabel(f"{titel}: bedragen per jaar", kolommen, rijen)


@dataclass(frozen=True)
class Staaf:
    """One bar: a group with a figure."""

    naam: str
    band: Band
    onzeker: bool = False


def staven(opschrift: Opschrift, rijen: Sequence[Staaf], eenheid: str, kop: str) -> Figuur:
    """Draw horizontal bars with their bands, one per group.

    Parameters
    ----------
    rijen : groups in the order in which they are shown
    eenheid : unit in words
    kop : what the groups are ("Provincie")
    """
    lang = pd.DataFrame(
        [
            {
                "groep": r.naam,
                "midden": r.band.midden,
                "laag": r.band.laag,
                "hoog": r.band.hoog,
                "kant": "meer" if r.band.midden >= 0 else "minder",
            }
            for r in rijen
        ]
    )
    gesorteerd = sorted(rijen, key=lambda r: -r.band.midden)
    woorden = [in_woorden(r.band) for r in gesorteerd]
    beschrijving = (
        f"{opschrift.titel}. {hoofdletter(eenheid)} voor {len(rijen)} groepen. "
        f"{uitersten([r.naam for r in gesorteerd], woorden)}"
    )
    spec = thema.gevuld(_stavenvorm(len(rijen)), staven=lang)
    return Figuur(
        opschrift.naam,
        opschrift.titel,
        beschrijving,
        teken(spec, opschrift.naam, opschrift.titel, beschrijving),
        tabel(
            f"{opschrift.titel}: cijfers per groep ({eenheid})",
            [Kolom(kop), Kolom(hoofdletter(eenheid), True)],
            [[r.naam, verschilcel(r.band, r.onzeker)] for r in rijen],
        ),
        eenheid,
        opschrift.bronregel,
    )


@functools.lru_cache(maxsize=MEESTE_VORMEN)
def _stavenvorm(aantal: int) -> dict[str, Any]:
    """Bars in the order of their data."""
    y = alt.Y(
        "groep:N",
        sort=None,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=260, labelColor=thema.INKT),
    )
    x = alt.X("midden:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=6))
    kleur = alt.Color(
        "kant:N",
        scale=alt.Scale(domain=["meer", "minder"], range=[thema.MEER, thema.MINDER]),
        legend=None,
    )
    basis = alt.Chart(alt.NamedData("staven"))
    staaf = basis.mark_bar(height=13, opacity=0.85).encode(y=y, x=x, color=kleur)
    band = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x="laag:Q", x2="hoog:Q")
    nul = alt.Chart(alt.InlineData([{"nul": 0}])).mark_rule(color=thema.INKT).encode(x="nul:Q")
    return thema.spec(
        alt.layer(staaf, band, nul).properties(
            width=thema.BREEDTE - 230, height=max(60, 26 * aantal)
        ),
        "groep",
    )
