"""Chart and report section of break-even: the outcome against the value of a knob."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from impact.analysis.knop import AANNAME, FTE, INSTRUMENT
from impact.analysis.omslagproef import (
    ALLEEN_NU,
    ELKE,
    GEEN_INVLOED,
    GELDT_AL,
    GELDT_ALTIJD,
    NOOIT,
    WAARDE,
)
from impact.analysis.opslag import Analyse
from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.reporting import thema
from impact.reporting.bouwstenen import bronregel
from impact.reporting.figuren import HOOGTE
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, getal, in_woorden, schaal
from impact.reporting.omslagpunt import (
    METHODE,
    NIETS_TE_METEN,
    UITLEG,
    Rij,
    antwoordzin,
    bereiktekst,
    deel,
    domein_van,
    gebiedstekst,
    in_procent,
    kant,
    knopgetal,
    knopnaam,
    niets_te_meten,
    nodigtekst,
    standzin,
    waarden_van,
)
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, aannamelijst_link, cel, tabel
from impact.reporting.zinnen import hoofdletter

KLEUR_OMSLAG = thema.MEER
BREEDTE = thema.BREEDTE - 60


def omslagfiguren(register: Register, analyse: Analyse) -> list[Figuur]:
    """A chart for every knob that changes an outcome."""
    rijen = analyse.tabel("antwoorden").to_dict("records")
    return [
        omslagfiguur(register, analyse, rij)
        for rij in rijen
        if rij["geval"] != GEEN_INVLOED and rij["soort"] != FTE
    ]


def omslagfiguur(register: Register, analyse: Analyse, rij: Rij) -> Figuur:
    """Draw the outcome against the value of a knob: mean, band, limit, and where it flips.

    Parameters
    ----------
    rij : row of the table ``antwoorden``
    """
    alle = analyse.tabel("raster")
    raster = alle[(alle["conclusie"] == rij["conclusie"]) & (alle["knop"] == rij["knop"])]
    conclusie = register.conclusies[str(rij["conclusie"])]
    uitkomst = register.uitkomsten[conclusie.uitkomst]
    waarden = waarden_van(analyse, rij)
    naam = f"omslag-{rij['gebied']}-{rij['conclusie']}-{rij['knop']}".replace(":", "-")
    titel = f"{uitkomst.titel}, bij een andere waarde van: {_klein(knopnaam(rij))}"
    top = float(raster[["uitkomst_laag", "uitkomst_hoog"]].abs().to_numpy().max())
    eenheid = str(rij["uitkomst_eenheid"])
    exponent, woord, _ = schaal(Band(top, top, top, eenheid))
    beschrijving = _in_woorden(titel, raster, rij, waarden)
    spec = thema.spec(_grafiek(raster, rij, waarden, 10.0**exponent), "waarde")
    domeinen = [GROOTHEDEN[uitkomst.grootheid].domein, domein_van(register, str(rij["knop"]))]
    return Figuur(
        naam,
        titel,
        beschrijving,
        teken(spec, naam, titel, beschrijving),
        _tabel(titel, raster),
        f"{woord} {eenheid}".strip(),
        bronregel(d for d in domeinen if d is not None),
    )


def _klein(tekst: str) -> str:
    """Begin in the middle of a sentence, unless the word is an abbreviation."""
    eerste = tekst.split(" ")[0]
    return tekst if eerste.isupper() else tekst[:1].lower() + tekst[1:]


def _in_woorden(titel: str, raster: pd.DataFrame, rij: Rij, waarden: Sequence[float]) -> str:
    eenheid, knop = str(rij["uitkomst_eenheid"]), str(rij["eenheid"])
    einden = [
        f"bij {knopgetal(float(punt['waarde']), knop)} {in_woorden(_band(punt, eenheid))}"
        for punt in (raster.iloc[0].to_dict(), raster.iloc[-1].to_dict())
    ]
    grens = getal(float(rij["grens"]), eenheid)
    slot = f"Zij gaat nergens door de grens van {grens}."
    if waarden:
        bij = " en ".join(knopgetal(waarde, knop) for waarde in waarden)
        slot = f"Zij gaat door de grens van {grens} bij {bij}."
    return f"{titel}. De uitkomst is {einden[0]}, en {einden[1]}. {slot}"


def _band(punt: Rij, eenheid: str) -> Band:
    kanten = [float(punt[f"uitkomst_{k}"]) for k in ("midden", "laag", "hoog")]
    return Band(kanten[0], kanten[1], kanten[2], eenheid)


def _tabel(titel: str, raster: pd.DataFrame) -> Html:
    kolommen = [Kolom("Waarde"), Kolom("Uitkomst", True), Kolom("Genoeg", True)]
    rijen = [
        [
            knopgetal(float(punt["waarde"]), str(punt["eenheid"])),
            cel(_band(punt, str(punt["uitkomst_eenheid"]))),
            deel(float(punt["aandeel_voldoet"])),
        ]
        for punt in raster.to_dict("records")
    ]
    return tabel(f"{titel}: cijfers", kolommen, rijen)


def _grafiek(
    raster: pd.DataFrame, rij: Rij, waarden: Sequence[float], deler: float
) -> alt.LayerChart | alt.FacetChart:
    """Band and mean, a dashed limit, a mark where it flips, and a dotted line at the value now."""
    knop = str(rij["eenheid"])
    punten = pd.DataFrame(
        {
            "waarde": [knopgetal(float(w), knop) for w in raster["waarde"]],
            "x": [in_procent(w, knop)[0] for w in raster["waarde"]],
            **{k: raster[f"uitkomst_{k}"].to_numpy() / deler for k in ("midden", "laag", "hoog")},
        }
    )
    eenheid = in_procent(0.0, knop)[1]
    x = alt.X(
        "x:Q",
        title=hoofdletter(eenheid),
        scale=alt.Scale(nice=False),
        axis=alt.Axis(tickCount=6),
    )
    y = alt.Y("laag:Q", title=None, axis=alt.Axis(tickCount=5))
    basis = alt.Chart(punten)
    grens = pd.DataFrame({"y": [float(rij["grens"]) / deler], "tekst": ["grens"]})
    limiet = alt.Chart(grens).encode(y="y:Q")
    nu = pd.DataFrame({"x": [in_procent(float(rij["nu_midden"]), knop)[0]], "tekst": ["nu"]})
    nu = nu[nu["x"].between(punten["x"].min(), punten["x"].max())]
    streep = alt.Chart(nu).mark_rule(color=thema.ZONDER, strokeDash=[2, 3]).encode(x="x:Q")
    woord = (
        alt.Chart(nu)
        .mark_text(color=thema.ZACHT, align="left", dx=4, baseline="top")
        .encode(x="x:Q", y=alt.value(2), text="tekst:N")
    )
    lagen = [
        basis.mark_area(opacity=0.18, color=thema.MET).encode(x=x, y=y, y2="hoog:Q"),
        limiet.mark_rule(color=thema.INKT, strokeDash=[6, 4]),
        limiet.mark_text(color=thema.ZACHT, align="right", dx=-4, baseline="bottom", dy=-3).encode(
            x=alt.value(BREEDTE), text="tekst:N"
        ),
        basis.mark_line(strokeWidth=2.6, color=thema.MET).encode(x=x, y="midden:Q"),
        streep,
        woord,
        *_omslaglagen(punten, rij, waarden, deler),
    ]
    return alt.layer(*lagen).properties(width=BREEDTE, height=HOOGTE)


def _omslaglagen(
    punten: pd.DataFrame, rij: Rij, waarden: Sequence[float], deler: float
) -> list[alt.Chart]:
    """Marks where the mean flips, with the value beside it on the side that has room."""
    knop, midden = str(rij["eenheid"]), float(punten["x"].mean())
    plekken = [(in_procent(w, knop)[0], knopgetal(w, knop)) for w in waarden]
    punten_ = pd.DataFrame(plekken, columns=["x", "tekst"]).assign(y=float(rij["grens"]) / deler)
    lagen: list[alt.Chart] = []
    for links in (True, False):
        kant = punten_[(punten_["x"] <= midden) == links]
        basis = alt.Chart(kant).encode(x="x:Q", y="y:Q")
        woord = (
            basis.mark_text(dx=9, align="left") if links else basis.mark_text(dx=-9, align="right")
        )
        lagen += [
            basis.mark_point(size=110, filled=True, opacity=1.0, color=KLEUR_OMSLAG),
            woord.encode(
                text="tekst:N",
                color=alt.value(KLEUR_OMSLAG),
                yOffset=alt.value(-12),
            ),
        ]
    return lagen


def wat_is_nodig_blok(rapport: Rapport, analyse: Analyse) -> Html:
    """Report section: per conclusion what holds now, what is needed, and one chart."""
    alle = analyse.tabel("antwoorden")
    vraag = analyse.manifest["vraag"]
    uitleg = [UITLEG[soort] for soort in UITLEG if soort in set(alle["soort"])]
    delen: list[object] = [
        alinea(
            METHODE, f" Er zijn {vraag['trekkingen']} trekkingen gebruikt. ", _verschil(rapport)
        ),
        lijst(uitleg),
    ]
    for gebied in dict.fromkeys(alle["gebied"]):
        if gebiedstekst(rapport.register, gebied):
            delen.append(alinea(gebiedstekst(rapport.register, gebied)))
    for naam in dict.fromkeys(alle["conclusie"]):
        delen.append(_conclusie(rapport, analyse, alle[alle["conclusie"] == naam]))
    return samen(*delen)


def _verschil(rapport: Rapport) -> str:
    """Why shares here differ from those of the verdict, which takes all draws."""
    alle = int(rapport.resultaat.manifest["trekkingen"])
    return f"Het oordeel gebruikt er {alle}; daardoor kan een percentage hier iets anders zijn."


def _conclusie(rapport: Rapport, analyse: Analyse, eigen: pd.DataFrame) -> Html:
    """One conclusion: heading, how it stands, a sentence per knob, and a chart."""
    rijen = eigen.to_dict("records")
    conclusie = rapport.register.conclusies[str(rijen[0]["conclusie"])]
    kop = element("h3", conclusie.titel)
    if niets_te_meten(eigen):
        return samen(kop, alinea(NIETS_TE_METEN))
    zinnen = [
        samen(antwoordzin(rij, waarden_van(analyse, rij)), " ", _naar_knop(rij)) for rij in rijen
    ]
    in_zinnen = element(
        "details",
        element("summary", f"In zinnen: {conclusie.titel}"),
        lijst(zinnen, class_="bevindingen"),
    )
    te_tekenen = [r for r in rijen if r["geval"] == WAARDE and r["soort"] != FTE]
    figuren = [omslagfiguur(rapport.register, analyse, rij).html() for rij in te_tekenen[:1]]
    return samen(
        kop,
        alinea(standzin(rijen[0], conclusie), " ", conclusie.toelichting),
        _antwoorden(conclusie.titel, rijen),
        in_zinnen,
        *figuren,
    )


def _naar_knop(rij: Rij) -> Html:
    """Link to the assumption that is turned; extra fte and measures are in the whole log."""
    if rij["soort"] not in (AANNAME, INSTRUMENT):
        return aannamelijst_link()
    doel = anker(f"aanname-{rij['knop']}")
    return element("a", "naar de aanname", href=f"#{doel}", class_="aanname")


def _antwoorden(titel: str, rijen: Sequence[Rij]) -> Html:
    """Answers about one conclusion, one row per knob."""
    kolommen = [Kolom("Knop"), Kolom("Nu", True), Kolom("Nodig", True), Kolom("Nooit genoeg", True)]
    cellen = [
        [
            knopnaam(rij),
            knopgetal(float(rij["nu_midden"]), str(rij["eenheid"])),
            kort_antwoord(rij),
            knopgetal(float(rij["aandeel_altijd_nee"]), "aandeel"),
        ]
        for rij in rijen
    ]
    kop = f"{titel}: wat is nodig? Nooit genoeg: deel van de trekkingen"
    return tabel(kop, kolommen, cellen, klasse="cijfers")


def kort_antwoord(rij: Rij) -> str:
    """Answer in a few words, for a table."""
    if rij["geval"] == WAARDE:
        return f"{kant(rij)} {nodigtekst(rij)}"
    if rij["geval"] == GELDT_AL:
        return f"het is al zo; het blijft zo bij {kant(rij)} {nodigtekst(rij)}"
    woorden = {
        GELDT_ALTIJD: "het is al zo",
        ALLEEN_NU: "het is nu zo",
        NOOIT: f"geen waarde {bereiktekst(rij)}",
        ELKE: f"elke waarde {bereiktekst(rij)}",
    }
    return woorden.get(str(rij["geval"]), "geen invloed")
