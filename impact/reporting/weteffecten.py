"""What every measure of a law does alone, and which uncertain values decide about the law."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.wetproef import SAMEN
from impact.reporting import thema
from impact.reporting.figuur import Figuur, figuren, teken
from impact.reporting.getallen import Band, in_woorden, schaal
from impact.reporting.gevoeligheidzinnen import waardenaam
from impact.reporting.opmaak import Html, alinea, element, lijst, samen, tekst
from impact.reporting.stapelfiguren import BREUK
from impact.reporting.tabellen import Kolom, cellen, tabel, verschilcellen
from impact.reporting.wetboek import Effect, Wetboek
from impact.reporting.zinnen import Richting, hoofdletter, opsomming, richting, tussen

UITKOMSTEN = ("gat_gemeenten", "wachtenden_verschil", "fte_verschil", "achterstand_verschil")
"""Named outcomes that a notebook about a law shows, one chart each."""
BRONREGEL = "Bron: uitkomst van het model. Elke maatregel is apart doorgerekend."
GEEN = "Geen scenario rekent met een maatregel van deze wet. Daarom staan hier geen uitkomsten."
BREEDTE = thema.BREEDTE - 250
TEKENS, REGEL, LUCHT = 40, 14, 14
MEESTE_WAARDEN = 10
LAAG, HOOG = "lage waarde", "hoge waarde"
WETSWAARDE = "maatregel:"


def los_effect(boek: Wetboek) -> Html:
    """Charts, sentences and a table of what every measure does alone."""
    if not boek.proeven:
        return alinea(GEEN)
    delen: list[object] = []
    stil: list[str] = []
    for naam in UITKOMSTEN:
        effecten = boek.uitkomst(naam)
        if all(effect.band.nul for effect in effecten):
            stil.append(boek.register.uitkomsten[naam].titel)
        else:
            delen += [
                element("h3", boek.register.uitkomsten[naam].titel),
                alinea(loszin(boek, effecten)),
                losfiguur(boek, naam, effecten).html(),
            ]
    if stil:
        namen = "; ".join(titel[:1].lower() + titel[1:] for titel in stil)
        delen.append(alinea(f"Geen enkele maatregel verandert in dit model: {namen}."))
    return samen(*delen, _lostabel(boek))


def losfiguur(boek: Wetboek, naam: str, effecten: Sequence[Effect]) -> Figuur:
    """Bars with the effect of every measure alone on one outcome, with their bands."""
    uitkomst = boek.register.uitkomsten[naam]
    eenheid = eenheid_van(uitkomst)
    top = max(effect.band.grootste for effect in effecten)
    exponent, woord, _ = schaal(_punt(top, eenheid))
    titels = [boek.titel(effect.maatregel) for effect in effecten]
    delen = [f"{t} {in_woorden(e.band)}" for t, e in zip(titels, effecten, strict=True)]
    titel = f"{uitkomst.titel}, per maatregel"
    beschrijving = (
        f"{titel}. Elke staaf is een maatregel die alleen ingaat: {'; '.join(delen)}. De dunne "
        "streep is de band. Rechts van de nullijn is het meer, links is het minder."
    )
    sleutel = f"los-{boek.naam}-{naam}"
    spec = thema.spec(_losgrafiek(titels, effecten, 10.0**exponent))
    return Figuur(
        sleutel,
        titel,
        beschrijving,
        teken(spec, sleutel, titel, beschrijving),
        tabel(
            f"{titel} ({eenheid})",
            [Kolom("Maatregel"), Kolom(hoofdletter(eenheid), True)],
            [
                [t, cel]
                for t, cel in zip(
                    titels, verschilcellen([(e.band, e.onzeker) for e in effecten]), strict=True
                )
            ],
        ),
        f"{woord} {eenheid}".strip(),
        tekst(BRONREGEL),
    )


def _losgrafiek(
    titels: Sequence[str], effecten: Sequence[Effect], deler: float
) -> alt.LayerChart | alt.FacetChart:
    lang = pd.DataFrame(
        [
            {
                "naam": _gebroken(titel),
                "midden": effect.band.midden / deler,
                "laag": effect.band.laag / deler,
                "hoog": effect.band.hoog / deler,
                "kant": "meer" if effect.band.midden >= 0 else "minder",
            }
            for titel, effect in zip(titels, effecten, strict=True)
        ]
    )
    y = _naamas(list(lang["naam"]))
    x = alt.X("midden:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5))
    kleur = alt.Color(
        "kant:N",
        scale=alt.Scale(domain=["meer", "minder"], range=[thema.MEER, thema.MINDER]),
        legend=None,
    )
    basis = alt.Chart(lang)
    staaf = basis.mark_bar(opacity=0.85).encode(y=y, x=x, color=kleur)
    band = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x="laag:Q", x2="hoog:Q")
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    return alt.layer(staaf, band, nul).properties(width=BREEDTE, height=_hoogte(titels))


def _gebroken(naam: str) -> str:
    """Write a name in full over several lines, so that no two bars have the same name."""
    return BREUK.join(textwrap.wrap(naam, TEKENS))


def _hoogte(namen: Sequence[str]) -> int:
    """Height of a chart in which the longest name fits beside its bar."""
    meeste = max(len(textwrap.wrap(naam, TEKENS)) for naam in namen)
    return (max(meeste, 2) * REGEL + LUCHT) * len(namen)


def _naamas(namen: list[str]) -> alt.Y:
    """Axis with a name per bar."""
    return alt.Y(
        "naam:N",
        sort=namen,
        title=None,
        axis=alt.Axis(
            labelExpr=f"split(datum.label, '{BREUK}')",
            labelLimit=300,
            labelColor=thema.INKT,
            labelLineHeight=14,
        ),
        scale=alt.Scale(paddingInner=0.45),
    )


def loszin(boek: Wetboek, effecten: Sequence[Effect]) -> str:
    """Tell which measures move an outcome up or down, and of which that is unsure."""
    groepen: dict[str, list[str]] = {"meer": [], "minder": [], "onzeker": [], "weinig": []}
    for effect in effecten:
        if effect.maatregel != SAMEN:
            groepen[_kant(effect)].append(boek.titel(effect.maatregel))
    woorden = {
        "meer": "Meer door",
        "minder": "Minder door",
        "onzeker": "Richting onzeker bij",
        "weinig": "Niet of nauwelijks anders door",
    }
    zinnen = [
        f"{woorden[kant]}: {'; '.join(titels)}." for kant, titels in groepen.items() if titels
    ]
    return f"{' '.join(zinnen)}{_samenzin(effecten)}"


def _kant(effect: Effect) -> str:
    match richting(effect.band, effect.onzeker):
        case Richting.HOGER | Richting.HOOGUIT_HOGER:
            return "meer"
        case Richting.LAGER | Richting.HOOGUIT_LAGER:
            return "minder"
        case Richting.ONZEKER:
            return "onzeker"
        case _:
            return "weinig"


def _samenzin(effecten: Sequence[Effect]) -> str:
    """What all measures together do, and how that differs from the sum of the single effects."""
    samen_ = next((effect for effect in effecten if effect.maatregel == SAMEN), None)
    if samen_ is None or samen_.band.nul:
        return ""
    if richting(samen_.band, samen_.onzeker) is Richting.ONZEKER:
        return f" Samen is de richting onzeker: {tussen(samen_.band, 'minder', 'meer')}."
    return f" Samen is het verschil {in_woorden(samen_.band)}."


def _lostabel(boek: Wetboek) -> Html:
    per_uitkomst = {naam: boek.uitkomst(naam) for naam in UITKOMSTEN}
    kolommen = [Kolom("Maatregel")]
    per_kolom: list[list[Html]] = []
    for naam, effecten in per_uitkomst.items():
        uitkomst = boek.register.uitkomsten[naam]
        kolommen.append(Kolom(f"{uitkomst.titel} ({eenheid_van(uitkomst)})", True))
        per_kolom.append(verschilcellen([(effect.band, effect.onzeker) for effect in effecten]))
    titels = [boek.titel(effect.maatregel) for effect in per_uitkomst[UITKOMSTEN[0]]]
    rijen = [[titel, *(kolom[n] for kolom in per_kolom)] for n, titel in enumerate(titels)]
    wat = "Wat elke maatregel los doet, vergeleken met het recht zonder die maatregel"
    return tabel(wat, kolommen, rijen, klasse="cijfers")


@dataclass(frozen=True)
class Draai:
    """One uncertain value: the outcome when it is low, and when it is high."""

    sleutel: str
    naam: str
    laag: Band
    hoog: Band

    @property
    def van_de_wet(self) -> bool:
        """Whether it is a value of a measure itself."""
        return self.sleutel.startswith(WETSWAARDE)


def gevoelig(boek: Wetboek, uitkomst: str) -> Html:
    """Which uncertain values move an outcome of the law most, each turned by itself.

    Parameters
    ----------
    uitkomst : a named outcome
    """
    if boek.geheel is None:
        return alinea(GEEN)
    midden, draaien = draaiwaarden(boek, uitkomst)
    if not draaien:
        titel = boek.register.uitkomsten[uitkomst].titel
        return alinea(f"Geen enkele onzekere waarde verandert deze uitkomst: {titel.lower()}.")
    figuur = draaifiguur(boek, uitkomst, midden, draaien)
    return samen(lijst(draaizinnen(boek, uitkomst, midden, draaien)), figuren(figuur))


def draaiwaarden(boek: Wetboek, uitkomst: str) -> tuple[Band, list[Draai]]:
    """Outcome of the middle draw, and the values that move it most; strongest first."""
    eenheid = eenheid_van(boek.register.uitkomsten[uitkomst])
    tabel_ = boek.waarden(uitkomst).head(MEESTE_WAARDEN)
    midden = 0.0 if tabel_.empty else float(tabel_["midden"].iloc[0])
    draaien = [
        Draai(
            str(naam),
            waardenaam(boek.register, str(naam)),
            _punt(float(rij["laag"]), eenheid),
            _punt(float(rij["hoog"]), eenheid),
        )
        for naam, rij in tabel_.iterrows()
    ]
    return _punt(midden, eenheid), draaien


def _punt(waarde: float, eenheid: str) -> Band:
    return Band(waarde, waarde, waarde, eenheid)


def draaizinnen(boek: Wetboek, uitkomst: str, midden: Band, draaien: Sequence[Draai]) -> list[str]:
    """Say what decides most, whether the sign can flip, and how much is up to the law."""
    titel = boek.register.uitkomsten[uitkomst].titel
    eerste = draaien[0]
    zinnen = [
        f"Met alle waarden in het midden is de uitkomst {in_woorden(midden)} ({titel.lower()}).",
        f"Het meest beslist: {_klein(eerste.naam)}. Bij een lage waarde is de uitkomst "
        f"{in_woorden(eerste.laag)}, bij een hoge waarde {in_woorden(eerste.hoog)}.",
    ]
    keert = [
        _klein(draai.naam)
        for draai in draaien
        if min(draai.laag.midden, draai.hoog.midden) < 0 < max(draai.laag.midden, draai.hoog.midden)
    ]
    if keert:
        zinnen.append(f"De conclusie kan omslaan door één waarde: {opsomming(keert)}.")
    else:
        zinnen.append("Geen enkele waarde laat de conclusie alleen omslaan.")
    return [*zinnen, _van_wie(draaien)]


def _van_wie(draaien: Sequence[Draai]) -> str:
    """Tell how many of the values belong to the law itself."""
    eigen, getoond = sum(draai.van_de_wet for draai in draaien), len(draaien)
    if getoond == 1:
        return f"De waarde hieronder hoort {'' if eigen else 'niet '}bij de wet zelf."
    return (
        f"Van de {getoond} waarden hieronder {'hoort' if eigen == 1 else 'horen'} er {eigen} bij "
        "de wet zelf. De andere gaan over de wereld om de wet heen."
    )


def _klein(naam: str) -> str:
    return naam if naam[:2].isupper() else naam[:1].lower() + naam[1:]


def draaifiguur(boek: Wetboek, uitkomst: str, midden: Band, draaien: Sequence[Draai]) -> Figuur:
    """Draw the outcome for a low and a high value of each assumption, around the middle."""
    inhoud = boek.register.uitkomsten[uitkomst]
    top = max(abs(b.midden) for d in draaien for b in (d.laag, d.hoog, midden))
    exponent, woord, _ = schaal(_punt(top, midden.eenheid))
    titel = f"{inhoud.titel}: wat één waarde uitmaakt"
    eerste = draaien[0]
    beschrijving = (
        f"{titel}. De streep is de uitkomst met alle waarden in het midden: {in_woorden(midden)}. "
        f"De breedste staaf is {_klein(eerste.naam)}: van {in_woorden(eerste.laag)} bij een lage "
        f"tot {in_woorden(eerste.hoog)} bij een hoge waarde. Er zijn {len(draaien)} staven."
    )
    naam = f"draai-{boek.naam}-{uitkomst}"
    return Figuur(
        naam,
        titel,
        beschrijving,
        teken(
            thema.spec(_draaigrafiek(midden, draaien, 10.0**exponent)), naam, titel, beschrijving
        ),
        _draaitabel(titel, midden, draaien),
        f"{woord} {midden.eenheid}".strip(),
        tekst("Bron: uitkomst van het model, de middelste trekking. Elke waarde draait alleen."),
    )


def _draaigrafiek(
    midden: Band, draaien: Sequence[Draai], deler: float
) -> alt.LayerChart | alt.FacetChart:
    lang = pd.DataFrame(
        [
            {
                "naam": _gebroken(draai.naam),
                "van": midden.midden / deler,
                "tot": band.midden / deler,
                "kant": kant,
            }
            for draai in draaien
            for kant, band in ((LAAG, draai.laag), (HOOG, draai.hoog))
        ]
    )
    y = _naamas([_gebroken(draai.naam) for draai in draaien])
    kleur = alt.Color(
        "kant:N",
        scale=alt.Scale(domain=[LAAG, HOOG], range=[thema.MINDER, thema.MEER]),
        title=None,
    )
    x = alt.X("van:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5))
    staaf = alt.Chart(lang).mark_bar(opacity=0.85).encode(y=y, x=x, x2="tot:Q", color=kleur)
    streep = (
        alt.Chart(pd.DataFrame({"van": [midden.midden / deler]}))
        .mark_rule(color=thema.INKT, strokeWidth=1.4)
        .encode(x="van:Q")
    )
    return alt.layer(staaf, streep).properties(
        width=BREEDTE, height=_hoogte([draai.naam for draai in draaien])
    )


def _draaitabel(titel: str, midden: Band, draaien: Sequence[Draai]) -> Html:
    rijen: list[list[object]] = [
        [
            draai.naam,
            "de wet" if draai.van_de_wet else _onderwerp(draai.sleutel),
            *cellen([draai.laag, midden, draai.hoog]),
        ]
        for draai in draaien
    ]
    koppen = [
        Kolom("Waarde"),
        Kolom("Hoort bij"),
        Kolom("Uitkomst bij laag", True),
        Kolom("In het midden", True),
        Kolom("Uitkomst bij hoog", True),
    ]
    return tabel(f"{titel} ({midden.eenheid})", koppen, rijen, klasse="cijfers")


def _onderwerp(sleutel: str) -> str:
    return "het begin" if sleutel.startswith("historie:") else "de wereld"
