"""Charts of the order of laws: when each law enters, and money against work."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from impact.analysis.volgordeplannen import EIGEN, IN_GROEPEN, INEENS
from impact.analysis.volgordetabellen import HOOGSTE_GAT, LAAGSTE_GAT
from impact.registry.periode import Halfjaar, reeks
from impact.reporting import thema
from impact.reporting.bouwstenen import bronregel
from impact.reporting.figuren import Opschrift, Staaf, staven
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import getal
from impact.reporting.opmaak import Html
from impact.reporting.tabellen import Kolom, cel, tabel
from impact.reporting.volgordeuitslag import Uitslag, jaren, kort, onzeker
from impact.reporting.zinnen import hoofdletter

BRON = ("financien", "uitvoering", "instroom")
GOEDKOOPST, DUURST, SCENARIO = "goedkoopste volgorde", "duurste volgorde", "zoals in het scenario"
MERKEN = {
    GOEDKOOPST: ("#0b5cad", "circle"),
    SCENARIO: ("#6e7781", "diamond"),
    DUURST: ("#b4530a", "triangle-up"),
}
TINTEN = ["#9fd0ee", "#3f83bd", "#08417c"]
VORMEN = ["circle", "square", "triangle-up"]
MILJOEN = 1e6
HOOGTE, RIJ = 300, 44
BREEDSTE_LABEL = 36
MEESTE_STAVEN = 16


def tijdlijn(uitslag: Uitslag) -> Figuur:
    """Draw when each law enters: cheapest order, the scenario, dearest order."""
    duur = uitslag.duren[-1]
    plannen = {
        GOEDKOOPST: uitslag.rollen[LAAGSTE_GAT, duur],
        SCENARIO: EIGEN,
        DUURST: uitslag.rollen[HOOGSTE_GAT, duur],
    }
    data = uitslag.data
    wetten = sorted(uitslag.wetten, key=lambda wet: data[plannen[GOEDKOOPST], wet])
    naam = {wet: f"{rij['letter']}  {kort(rij['titel'])}" for wet, rij in uitslag.wetten.items()}
    lang = pd.DataFrame(
        [
            {"wet": naam[wet], "plan": merk, "vanaf": data[plan, wet]}
            for wet in wetten
            for merk, plan in plannen.items()
        ]
    )
    titel = f"Wanneer elke wet ingaat, bij een invoering over {jaren(duur)}"
    eerste, laatste = wetten[0], wetten[-1]
    beschrijving = (
        f"{titel}. Voor {len(wetten)} wetten drie momenten: in de goedkoopste volgorde, in het "
        f"scenario en in de duurste volgorde. In de goedkoopste volgorde begint {naam[eerste]} "
        f"in {data[plannen[GOEDKOOPST], eerste]} en als laatste {naam[laatste]} in "
        f"{data[plannen[GOEDKOOPST], laatste]}."
    )
    gebroken = {tekst: label(tekst) for tekst in naam.values()}
    lang["wet"] = lang["wet"].map(gebroken)
    spec = thema.spec(_tijdlijn_grafiek(lang, [gebroken[naam[wet]] for wet in wetten]), "wet")
    rijen = [[naam[wet], *(data[plan, wet] for plan in plannen.values())] for wet in wetten]
    return Figuur(
        "invoering-van-wetten",
        titel,
        beschrijving,
        teken(spec, "invoering-van-wetten", titel, beschrijving),
        tabel(titel, [Kolom("Wet"), *(Kolom(hoofdletter(merk)) for merk in plannen)], rijen),
        "eerste halfjaar waarin de wet geldt",
        bronregel(BRON),
    )


def label(tekst: str) -> str:
    """Name of a law over at most two lines, with ``|`` where a line ends."""
    return "|".join(textwrap.wrap(tekst, BREEDSTE_LABEL, max_lines=2, placeholder=" …"))


def _tijdlijn_grafiek(lang: pd.DataFrame, wetten: Sequence[str]) -> alt.LayerChart | alt.FacetChart:
    eerste, laatste = Halfjaar.lees(lang["vanaf"].min()), Halfjaar.lees(lang["vanaf"].max())
    halfjaren = [str(p) for p in reeks(eerste, laatste + 1)]
    lang = lang.assign(eind=halfjaren[-1])
    kleur = alt.Color(
        "plan:N",
        scale=alt.Scale(domain=list(MERKEN), range=[k for k, _ in MERKEN.values()]),
        legend=alt.Legend(title=None, columns=1),
    )
    vorm = alt.Shape(
        "plan:N",
        scale=alt.Scale(domain=list(MERKEN), range=[v for _, v in MERKEN.values()]),
        legend=alt.Legend(title=None, columns=1),
    )
    x = alt.X(
        "vanaf:O",
        title=None,
        scale=alt.Scale(domain=halfjaren),
        axis=alt.Axis(labelAngle=0, grid=True, domain=False, orient="top"),
    )
    y = alt.Y(
        "wet:N",
        sort=list(wetten),
        title=None,
        axis=alt.Axis(labelLimit=260, labelColor=thema.INKT, labelExpr="split(datum.label, '|')"),
    )
    hoogte = alt.YOffset("plan:N", sort=list(MERKEN), scale=alt.Scale(paddingOuter=0.6))
    basis = alt.Chart(lang)
    lijn = basis.mark_rule(strokeWidth=2.2, opacity=0.55).encode(
        x=x, x2="eind:O", y=y, yOffset=hoogte, color=kleur
    )
    punt = basis.mark_point(filled=True, size=80, opacity=1).encode(
        x=x, y=y, yOffset=hoogte, color=kleur, shape=vorm
    )
    return alt.layer(lijn, punt).properties(width=thema.BREEDTE - 260, height=RIJ * len(wetten))


def geld_tegen_werk(uitslag: Uitslag) -> Figuur:
    """Draw every plan as a dot: the peak in work against the gap of municipalities."""
    gat, fte = uitslag.manifest["gat"], uitslag.manifest["fte"]
    tempo = ["alles ineens", *(f"over {jaren(duur)}" for duur in uitslag.duren)]
    lang = pd.DataFrame(
        [
            {
                "plan": hoofdletter(uitslag.titel(plan)),
                "fte": uitslag.cijfer(plan, fte).midden,
                "gat": uitslag.cijfer(plan, gat).midden / MILJOEN,
                "tempo": _tempo(rij["soort"], rij["duur"]),
            }
            for plan, rij in uitslag.plannen.items()
            if rij["soort"] != IN_GROEPEN
        ]
    ).iloc[::-1]
    titel = "Geld en werk: elk plan een punt"
    beschrijving = _geld_in_woorden(uitslag, titel, lang)
    spec = thema.spec(_punten(lang, [SCENARIO, *tempo]), "plan")
    return Figuur(
        "geld-tegen-werk",
        titel,
        beschrijving,
        teken(spec, "geld-tegen-werk", titel, beschrijving),
        plantabel(uitslag, titel),
        "miljoen euro per jaar voor gemeenten (omhoog), tegen voltijdbanen te weinig op de piek",
        bronregel(BRON),
    )


def _tempo(soort: str, duur: int) -> str:
    return {EIGEN: SCENARIO, INEENS: "alles ineens"}.get(soort, f"over {jaren(duur)}")


def _geld_in_woorden(uitslag: Uitslag, titel: str, lang: pd.DataFrame) -> str:
    laag, hoog = lang["gat"].min() * MILJOEN, lang["gat"].max() * MILJOEN
    weinig, veel = float(lang["fte"].min()), float(lang["fte"].max())
    zin = (
        f"{titel}, {len(lang)} plannen. Voor gemeenten loopt het van "
        f"{getal(laag, 'euro per jaar')} tot {getal(hoog, 'euro per jaar')}. Het hoogste extra "
        f"tekort aan mensen loopt van {getal(weinig, 'fte')} tot {getal(veel, 'fte')}. Een punt "
        "is een gemiddelde; de banden staan in de tabel."
    )
    per_grens = [
        f"Van alle {len(uitslag.plannen)} plannen blijven er {grens['plannen_onder']} vaak genoeg "
        f"onder de grens van {getal(grens['midden'], 'fte')}."
        for grens in uitslag.grenzen
        if grens["uitkomst"] == uitslag.manifest["fte"]
    ]
    return " ".join([zin, *per_grens])


def _punten(lang: pd.DataFrame, namen: Sequence[str]) -> alt.Chart:
    """One dot per plan, in the order of the rows: later rows lie on top."""
    tinten = [thema.ZONDER, thema.INKT, *TINTEN[-(len(namen) - 2) :]]
    vormen = ["diamond", "cross", *VORMEN[-(len(namen) - 2) :]]
    kleur = alt.Color(
        "tempo:N",
        scale=alt.Scale(domain=list(namen), range=tinten),
        legend=alt.Legend(title=None, columns=3),
    )
    vorm = alt.Shape(
        "tempo:N",
        scale=alt.Scale(domain=list(namen), range=vormen),
        legend=alt.Legend(title=None, columns=3),
    )
    punten: alt.Chart = (
        alt.Chart(lang)
        .mark_point(filled=True, opacity=0.9, stroke="#ffffff", strokeWidth=0.6)
        .encode(
            x=alt.X(
                "fte:Q",
                title="hoogste extra tekort aan mensen bij gemeenten (fte)",
                scale=alt.Scale(zero=False, nice=True, padding=12),
                axis=alt.Axis(tickCount=6),
            ),
            y=alt.Y(
                "gat:Q",
                title=None,
                scale=alt.Scale(zero=False, padding=12),
                axis=alt.Axis(tickCount=6),
            ),
            color=kleur,
            shape=vorm,
            size=alt.Size(
                "tempo:N",
                scale=alt.Scale(domain=list(namen), range=[150, 150, *[70] * (len(namen) - 2)]),
                legend=None,
            ),
        )
    )
    return punten.properties(width=thema.BREEDTE - 90, height=HOOGTE)


def plantabel(uitslag: Uitslag, titel: str) -> Html:
    """Table of all plans with the two figures of a dot and their bands."""
    m = uitslag.manifest
    rijen = [
        [
            hoofdletter(uitslag.titel(plan)),
            *(cel(uitslag.cijfer(plan, m[n])) for n in ("fte", "gat")),
        ]
        for plan, rij in uitslag.plannen.items()
        if rij["soort"] != IN_GROEPEN
    ]
    koppen = [Kolom("Plan"), Kolom("Hoogste extra tekort, fte", True)]
    return tabel(titel, [*koppen, Kolom("Gemeenten, euro per jaar", True)], rijen)


def tempotabel(uitslag: Uitslag) -> Html:
    """Table per pace: range of the gap over orders, and work at its ends."""
    m = uitslag.manifest
    rijen: list[list[object]] = []
    for plan in (EIGEN, INEENS):
        gat, fte = (cel(uitslag.cijfer(plan, m[naam])) for naam in ("gat", "fte"))
        rijen.append([hoofdletter(uitslag.titel(plan)), gat, gat, fte, fte])
    for duur in uitslag.duren:
        laag, hoog = (uitslag.rollen[rol, duur] for rol in (LAAGSTE_GAT, HOOGSTE_GAT))
        cellen = [cel(uitslag.cijfer(plan, m["gat"])) for plan in (laag, hoog)]
        cellen += [cel(uitslag.cijfer(plan, m["fte"])) for plan in (laag, hoog)]
        rijen.append([f"Over {jaren(duur)}", *cellen])
    return tabel(
        "Hoe snel: de goedkoopste en de duurste volgorde per tempo (euro per jaar en fte)",
        [
            Kolom("Tempo"),
            Kolom("Goedkoopste volgorde, euro", True),
            Kolom("Duurste volgorde, euro", True),
            Kolom("Tekort bij goedkoopste, fte", True),
            Kolom("Tekort bij duurste, fte", True),
        ],
        rijen,
        klasse="cijfers",
    )


def volgordestaven(uitslag: Uitslag) -> Figuur:
    """Draw the gap with its band per order of the slowest pace: the range per order."""
    duur, gat = uitslag.duren[-1], uitslag.manifest["gat"]
    banden = {plan: uitslag.cijfer(plan, gat) for plan in uitslag.volgordes(duur)}
    keus = uiteinden(sorted(banden, key=lambda plan: banden[plan].midden), MEESTE_STAVEN)
    deler, eenheid = _schaal(max(band.grootste for band in banden.values()))
    welke = "Elke volgorde" if len(keus) == len(banden) else "De goedkoopste en duurste volgordes"
    return staven(
        Opschrift(
            "geld-per-volgorde",
            f"{welke} over {jaren(duur)}: wat gemeenten meer of minder kwijt zijn",
            bronregel(BRON),
        ),
        [
            Staaf(
                uitslag.plannen[plan]["titel"],
                banden[plan].maal(1 / deler, eenheid),
                onzeker(banden[plan]),
            )
            for plan in keus
        ],
        eenheid,
        "Volgorde (letters van de wetten)",
    )


def _schaal(grootste: float) -> tuple[float, str]:
    """Divide euros so that an axis has short numbers."""
    if grootste >= 10 * MILJOEN:
        return MILJOEN, "miljoen euro per jaar"
    return (1e3, "duizend euro per jaar") if grootste >= 1e4 else (1.0, "euro per jaar")


def uiteinden(lijst: Sequence[str], meeste: int) -> list[str]:
    """First and last names of a list that is too long to show."""
    if len(lijst) <= meeste:
        return list(lijst)
    return [*lijst[: meeste // 2], *lijst[-(meeste // 2) :]]
