"""Charts, tables and the section of a report about which assumptions carry the band."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from impact.analysis.gevoeligheid import STANDAARD
from impact.analysis.opslag import Analyse
from impact.analysis.sobol import KLEINSTE_VERSCHIL
from impact.registry.laden import Register
from impact.reporting import thema
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, figuren, teken
from impact.reporting.getallen import Band, in_woorden, schaal
from impact.reporting.gevoeligheidzinnen import (
    Deel,
    band_van,
    bandzin,
    deelzin,
    delen,
    dragerszin,
    grootste,
    restzin,
    samen_van,
    samenhangzinnen,
    samenspelzin,
    smallerzin,
    tabelregels,
    volgordezin,
    werkwijze,
)
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen
from impact.reporting.rapport import Rapport
from impact.reporting.rekenblad import Blad
from impact.reporting.tabellen import Kolom, aannamelijst_link, cel, tabel, verschilcel
from impact.reporting.zinnen import opsomming

STAVEN, TORNADOSTAVEN = 12, 8
REGELLENGTE = 44
REGELHOOGTE = 15
NAUWELIJKS = 0.005
"""Groups whose total share surely stays under this are only in the table."""
SOORTKLEUR = {
    "apart": ("één aanname", thema.MET),
    "rest": ("overige aannames samen", "#9fd0ee"),
    "toeval": ("toeval", thema.ZONDER),
}
KANTKLEUR = {"laag": ("als de aanname laag is", "#e69f00"), "hoog": ("als zij hoog is", thema.MET)}
BRON = samen("Bron: uitkomst van het model, gevoeligheidsanalyse met ", aannamelijst_link(), ".")


def afgebroken(naam: str) -> str:
    """Name over several lines, for the axis of a chart."""
    return "\n".join(textwrap.wrap(naam, REGELLENGTE))


def _namenas(namen: Sequence[str]) -> alt.Y:
    """Axis with a name of several lines per bar."""
    as_ = alt.Axis(
        domain=False,
        ticks=False,
        labelLimit=0,
        labelPadding=10,
        labelColor=thema.INKT,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=REGELHOOGTE - 1,
        labelBaseline="middle",
    )
    return alt.Y("naam:N", sort=list(namen), title=None, axis=as_)


def _hoogte(namen: Sequence[str]) -> int:
    regels = max((naam.count("\n") + 1 for naam in namen), default=1)
    return (regels * REGELHOOGTE + 10) * len(namen)


def aandelenfiguur(register: Register, analyse: Analyse, uitkomst: str) -> Figuur:
    """Bars with the share of every group with interplay, its interval, and its share alone.

    Raises
    ------
    ValueError
        The outcome does not vary: there is nothing to draw.
    """
    alle = delen(register, analyse, uitkomst)
    if not alle:
        raise ValueError(f"uitkomst '{uitkomst}' varieert niet; er zijn geen aandelen te tekenen")
    getoond = [deel for deel in alle if deel.met_samenspel.hoog > NAUWELIJKS][:STAVEN]
    titel = f"Waar komt de onzekerheid vandaan? {register.uitkomsten[uitkomst].titel}"
    opschrift = Opschrift(f"gevoeligheid-{uitkomst}", titel, BRON)
    woorden = [f"{deel.naam} {in_woorden(deel.met_samenspel)}" for deel in getoond[:3]]
    beschrijving = (
        f"{titel}. Het aandeel in de onzekerheid van {len(getoond)} groepen van aannames, van "
        f"groot naar klein. De grootste: {opsomming(woorden)}."
    )
    return Figuur(
        opschrift.naam,
        titel,
        beschrijving,
        teken(thema.spec(_aandelengrafiek(getoond), "naam"), opschrift.naam, titel, beschrijving),
        aandelentabel(titel, alle),
        "procent van de onzekerheid met samenspel; streep: marge van 95 procent, ruit: op zichzelf",
        opschrift.bronregel,
    )


def _aandelengrafiek(getoond: Sequence[Deel]) -> alt.LayerChart | alt.FacetChart:
    rijen = [
        {
            "naam": afgebroken(deel.naam),
            "soort": SOORTKLEUR[deel.soort][0],
            "midden": 100 * deel.met_samenspel.midden,
            "laag": 100 * deel.met_samenspel.laag,
            "hoog": 100 * deel.met_samenspel.hoog,
            "zelf": 100 * deel.alleen.midden,
        }
        for deel in getoond
    ]
    namen = [str(rij["naam"]) for rij in rijen]
    y, basis = _namenas(namen), alt.Chart(pd.DataFrame(rijen))
    as_ = alt.Axis(grid=True, domain=False, tickCount=6)
    x, begin, zelf = (alt.X(f"{k}:Q", title=None, axis=as_) for k in ("midden", "laag", "zelf"))
    domein, kleuren = zip(*SOORTKLEUR.values(), strict=True)
    kleur = alt.Color("soort:N", scale=alt.Scale(domain=domein, range=kleuren), title=None)
    staaf = basis.mark_bar(height=14).encode(y=y, x=x, color=kleur)
    marge = basis.mark_rule(color=thema.INKT, strokeWidth=1.4).encode(y=y, x=begin, x2="hoog:Q")
    ruit = basis.mark_point(
        shape="diamond", size=70, filled=True, color="#ffffff", stroke=thema.INKT, opacity=1
    ).encode(y=y, x=zelf)
    return alt.layer(staaf, marge, ruit).properties(
        width=thema.BREEDTE - 320, height=_hoogte(namen)
    )


def aandelentabel(titel: str, alle: Sequence[Deel]) -> Html:
    """Table with the shares of all groups."""
    rijen = [
        [deel.naam, cel(deel.met_samenspel), cel(deel.alleen), _kantwoord(deel)] for deel in alle
    ]
    koppen = [
        Kolom("Aanname of groep"),
        Kolom("Aandeel met samenspel", True),
        Kolom("Aandeel op zichzelf", True),
        Kolom("Een hogere waarde maakt de uitkomst"),
    ]
    return tabel(f"{titel}: aandelen", koppen, rijen, klasse="cijfers")


def _kantwoord(deel: Deel) -> str:
    if deel.soort != "apart":
        return "niet te zeggen: een groep"
    return {"geen": "niet anders", "onduidelijk": "onduidelijk"}.get(deel.kant, deel.kant)


def verschuivingen(deel: Deel) -> dict[str, Band]:
    """Shift of the mean when the assumption is low, and when it is high; empty for other groups."""
    if deel.bij_laag is None or deel.bij_hoog is None:
        return {}
    return {"laag": deel.bij_laag, "hoog": deel.bij_hoog}


def _uitslag(deel: Deel) -> float:
    """Largest shift of the two sides."""
    return max((abs(band.midden) for band in verschuivingen(deel).values()), default=0.0)


def tornadofiguur(register: Register, analyse: Analyse, uitkomst: str) -> Figuur | None:
    """Bars with the shift of the mean when an assumption is low, and when it is high.

    Returns
    -------
    None when no assumption shifts the outcome.
    """
    eenheid = band_van(analyse, uitkomst).eenheid
    alle = [d for d in delen(register, analyse, uitkomst) if _uitslag(d) > KLEINSTE_VERSCHIL]
    alle.sort(key=lambda d: (-_uitslag(d), d.sleutel))
    getoond = alle[:TORNADOSTAVEN]
    if not getoond:
        return None
    titel = f"Als een aanname laag of hoog uitvalt: {register.uitkomsten[uitkomst].titel}"
    naam, top = f"tornado-{uitkomst}", _uitslag(getoond[0])
    exponent, woord, _ = schaal(Band(top, top, top, eenheid))
    woorden = {kant: in_woorden(band) for kant, band in verschuivingen(getoond[0]).items()}
    beschrijving = (
        f"{titel}. Hoeveel het gemiddelde verschuift voor {len(getoond)} aannames. De grootste "
        f"verschuiving: {getoond[0].naam}. Laag: {woorden['laag']}. Hoog: {woorden['hoog']}."
    )
    tekening = thema.spec(_tornadografiek(getoond, 10.0**exponent), "naam")
    return Figuur(
        naam,
        titel,
        beschrijving,
        teken(tekening, naam, titel, beschrijving),
        _tornadotabel(titel, alle, eenheid),
        f"verschuiving van het gemiddelde, in {f'{woord} {eenheid}'.strip()}",
        BRON,
    )


def _tornadografiek(getoond: Sequence[Deel], deler: float) -> alt.LayerChart | alt.FacetChart:
    rijen = [
        {
            "naam": afgebroken(deel.naam),
            "kant": KANTKLEUR[kant][0],
            "plek": kant,
            "waarde": band.midden / deler,
        }
        for deel in getoond
        for kant, band in verschuivingen(deel).items()
    ]
    namen = [afgebroken(deel.naam) for deel in getoond]
    domein, kleuren = zip(*KANTKLEUR.values(), strict=True)
    staven = (
        alt.Chart(pd.DataFrame(rijen))
        .mark_bar(height=11)
        .encode(
            y=_namenas(namen),
            yOffset=alt.YOffset("plek:N", sort=list(KANTKLEUR)),
            x=alt.X("waarde:Q", title=None, axis=alt.Axis(grid=True, domain=False, tickCount=5)),
            color=alt.Color("kant:N", scale=alt.Scale(domain=domein, range=kleuren), title=None),
        )
    )
    nul = alt.Chart(pd.DataFrame({"nul": [0]})).mark_rule(color=thema.INKT).encode(x="nul:Q")
    return alt.layer(staven, nul).properties(width=thema.BREEDTE - 320, height=_hoogte(namen))


def _tornadotabel(titel: str, alle: Sequence[Deel], eenheid: str) -> Html:
    rijen = [
        [deel.naam, *(verschilcel(band, False) for band in verschuivingen(deel).values())]
        for deel in alle
    ]
    koppen = [Kolom("Aanname"), Kolom("Bij laag", True), Kolom("Bij hoog", True)]
    return tabel(f"{titel} ({eenheid})", koppen, rijen, klasse="cijfers")


def alle_figuren(register: Register, analyse: Analyse, uitkomst: str) -> list[Figuur]:
    """Charts of an outcome; none when it does not vary."""
    if not delen(register, analyse, uitkomst):
        return []
    tornado = tornadofiguur(register, analyse, uitkomst)
    return [aandelenfiguur(register, analyse, uitkomst), *([tornado] if tornado else [])]


def _drager(deel: Deel) -> Html:
    """Sentence about one assumption, with a link to its line in the assumption log."""
    soort, _, rest = deel.sleutel.partition(":")
    if soort == "historie":
        return samen(deelzin(deel), " ", aannamelijst_link())
    doel = anker(f"{soort}-{rest.partition(':')[0]}")
    link = element("a", "naar de aanname", href=f"#{doel}", class_="aanname")
    return samen(deelzin(deel), " ", link)


def gevoeligheid_blok(rapport: Rapport, analyse: Analyse, uitkomst: str = STANDAARD) -> Html:
    """Section of a report: which assumptions carry the band of an outcome, and how much of it."""
    register = rapport.register
    titel, band = register.uitkomsten[uitkomst].titel, band_van(analyse, uitkomst)
    kop = element("h3", f"Welke aannames dragen de onzekerheid? {titel}")
    alle = delen(register, analyse, uitkomst)
    if not alle:
        return samen(kop, alinea(bandzin(titel, band)))
    voor, deelsom = grootste(analyse, uitkomst, alle), samen_van(analyse, uitkomst)
    slot = [
        smallerzin(len(voor), deelsom["dragers"]),
        volgordezin(voor, alle),
        *samenhangzinnen(register, voor),
        restzin(deelsom),
        samenspelzin(deelsom["samenspel"]),
    ]
    return samen(
        kop,
        alinea(bandzin(titel, band)),
        alinea(dragerszin(voor, deelsom["dragers"])),
        lijst([_drager(deel) for deel in voor], class_="bevindingen"),
        alinea(" ".join(zin for zin in slot if zin)),
        figuren(*alle_figuren(register, analyse, uitkomst)),
        alinea(werkwijze(analyse), class_="toelichting"),
    )


def bladen(
    register: Register, analyse: Analyse, uitkomst: str, invloeden: pd.DataFrame
) -> list[Blad]:
    """Sheets of the workbook of an analysis."""
    titel = register.uitkomsten[uitkomst].titel
    uitleg = werkwijze(analyse)
    lijst_ = [
        Blad("invloed", f"Invloed van elke aanname: {titel}", uitleg, invloeden),
        Blad("band", "Alle uitkomsten met hun band", uitleg, analyse.tabel("band")),
    ]
    groepen = tabelregels(register, analyse, uitkomst)
    if len(groepen):
        lijst_.insert(0, Blad("groepen", f"Aandelen per groep: {titel}", uitleg, groepen))
    return lijst_
