"""Outside estimates in the report: sentence, chart, table, and what could not be compared."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from impact.analysis.opslag import Analyse
from impact.analysis.vergelijking import BINNEN, BUITEN, VERGELEKEN, ZONDER, zonder_uitleg
from impact.reporting import thema
from impact.reporting.datums import datum_van_bron
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, decimaal, kort, onafgerond, rond, tiende_macht
from impact.reporting.opmaak import Html, alinea, element, koppeling, lijst, samen, tekst
from impact.reporting.rapport import Rapport
from impact.reporting.rekenblad import Blad
from impact.reporting.tabellen import Kolom, aannamelijst_link, cel, tabel
from impact.reporting.zinnen import opsomming

Rij = Mapping[Hashable, Any]
NAAM = "verhoudingen"
TITEL = "Ons cijfer gedeeld door dat van anderen"
BRONREGEL = samen(
    "Bron: uitkomst van het model (",
    aannamelijst_link(),
    ") en de bronnen in de tabel. Bedragen in prijzen van 2025.",
)
AS_VAN, AS_TOT = 0.1, 10.0
STREPEN = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
LABELBREEDTE, LABELRUIMTE, RIJHOOGTE, REGELHOOGTE = 38, 285, 38, 13
OPEN = "#ffffff"
LOS, VAST = "Niet in het model gebruikt", "Wel in het model gebruikt"
GETALCIJFERS = 2
KLEINSTE_VERHOUDING = 0.05
GEEN = "Voor dit scenario zijn geen cijfers van anderen gevonden om mee te vergelijken."


def verhoudingtekst(verhouding: float) -> str:
    """Write a ratio in two digits, or that it is hardly anything."""
    if abs(verhouding) < KLEINSTE_VERHOUDING:
        return "bijna nul"
    exponent = tiende_macht(abs(verhouding)) - GETALCIJFERS + 1
    return decimaal(rond(verhouding, exponent), max(0, -exponent))


def _band(rij: Rij, voor: str = "") -> Band:
    midden, laag, hoog = (float(rij[f"{voor}{kant}"]) for kant in ("midden", "laag", "hoog"))
    return Band(midden, laag, hoog, str(rij["eenheid"]))


def _een_getal(waarde: float, eenheid: str) -> str:
    return kort(Band(waarde, waarde, waarde, eenheid))[0]


def buitentekst(rij: Rij) -> str:
    """Write what others published, as a figure or a range, in prices of 2025."""
    buiten = _band(rij, "buiten_")
    if buiten.laag == buiten.hoog:
        return _een_getal(buiten.midden, buiten.eenheid)
    return " tot ".join(_een_getal(kant, buiten.eenheid) for kant in (buiten.laag, buiten.hoog))


def regeltekst(rij: Rij) -> str:
    """Write one comparison on one line: the ratio, then both figures."""
    midden, band = kort(_band(rij))
    ons = f"{midden} ({band})" if band else midden
    verhouding = float(rij["verhouding"])
    keer = "" if abs(verhouding) < KLEINSTE_VERHOUDING else " keer"
    return (
        f"{verhoudingtekst(verhouding)}{keer}: {rij['titel']}, {rij['eenheid']}. "
        f"Van anderen {buitentekst(rij)}, van ons {ons}."
    )


def grenstekst(analyse: Analyse) -> str:
    """Write the limits: ``tussen 0,5 en 2``."""
    onder, boven = (onafgerond(analyse.manifest[kant]) for kant in ("onder", "boven"))
    return f"tussen {onder} en {boven}"


def bevindingen(analyse: Analyse) -> list[str]:
    """Tell how many figures lie within the limits, which do not, and what proves nothing."""
    cijfers = analyse.tabel(VERGELEKEN)
    if cijfers.empty:
        return [GEEN]
    los, vast = _los(cijfers), cijfers[cijfers["gebruikt_in_model"]]
    regels = [_telling(los, grenstekst(analyse))] if len(los) else []
    regels += [f"{rij['titel']}: {_hoe_ver(rij)}." for rij in _buiten(los)]
    if len(vast):
        binnen = int((vast["oordeel"] == BINNEN).sum())
        regels.append(
            f"{_aantal(len(vast))} {_gebruikt(len(vast))} in het model. Daarvan "
            f"{'ligt' if binnen == 1 else 'liggen'} er {binnen} binnen de grenzen. Dat bewijst "
            "niets: het model rust erop. Daarom telt dit hierboven niet mee."
        )
    regels += [f"{rij['titel']} (gebruikt in het model): {_hoe_ver(rij)}." for rij in _buiten(vast)]
    open_ = zonder_uitleg(cijfers)
    if len(open_):
        regels.append(f"Uitleg ontbreekt nog bij: {opsomming(list(open_['titel']))}.")
    return regels


def _los(cijfers: pd.DataFrame) -> pd.DataFrame:
    return cijfers[~cijfers["gebruikt_in_model"].astype(bool)]


def _aantal(aantal: int) -> str:
    return "Eén cijfer van anderen" if aantal == 1 else f"{aantal} cijfers van anderen"


def _gebruikt(aantal: int) -> str:
    return "is gebruikt" if aantal == 1 else "zijn gebruikt"


def _buiten(cijfers: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return cijfers[cijfers["oordeel"] == BUITEN].to_dict("records")


def _telling(los: pd.DataFrame, grenzen: str) -> str:
    aantal, binnen = len(los), int((los["oordeel"] == BINNEN).sum())
    kop = f"{_aantal(aantal)} {'staat' if aantal == 1 else 'staan'} los van het model."
    if binnen == aantal:
        wat = "Het" if aantal == 1 else "Ze liggen allemaal"
        ligt = " ligt" if aantal == 1 else ""
        return f"{kop} {wat}{ligt} binnen de grenzen: ons cijfer is {grenzen} keer dat van anderen."
    if not binnen:
        return f"{kop} Geen enkel cijfer ligt binnen de grenzen ({grenzen} keer)."
    werkwoord = "ligt" if binnen == 1 else "liggen"
    return f"{kop} Daarvan {werkwoord} er {binnen} binnen de grenzen ({grenzen} keer)."


def _hoe_ver(rij: Rij) -> str:
    uitleg = rij["uitleg"].rstrip(".") if _heeft(rij["uitleg"]) else "Een uitleg ontbreekt nog"
    verhouding = float(rij["verhouding"])
    if abs(verhouding) < KLEINSTE_VERHOUDING:
        return f"ons cijfer is bijna nul. {uitleg}"
    return f"ons cijfer is {verhoudingtekst(verhouding)} keer dat van anderen. {uitleg}"


def _heeft(waarde: Any) -> bool:
    return isinstance(waarde, str) and bool(waarde.strip())


def vergelijkingsfiguur(analyse: Analyse) -> Figuur:
    """Draw our figure as a multiple of that of others, on a logarithmic axis."""
    cijfers = volgorde(analyse.tabel(VERGELEKEN))
    beschrijving = _in_woorden(cijfers, grenstekst(analyse))
    grenzen = analyse.manifest["onder"], analyse.manifest["boven"]
    spec = thema.spec(_grafiek(cijfers, *grenzen), "label")
    return Figuur(
        NAAM,
        TITEL,
        beschrijving,
        teken(spec, NAAM, TITEL, beschrijving),
        vergelijkingstabel(cijfers),
        "verhouding; 1 is gelijk. Dichte punt: niet in het model gebruikt. Open punt: wel",
        BRONREGEL,
    )


def volgorde(cijfers: pd.DataFrame) -> pd.DataFrame:
    """Rows for reading: first what the model does not use, then by ratio from high to low."""
    return cijfers.sort_values(
        ["gebruikt_in_model", "verhouding"], ascending=[True, False], kind="stable"
    ).reset_index(drop=True)


def _in_woorden(cijfers: pd.DataFrame, grenzen: str) -> str:
    rijen = sorted(cijfers.to_dict("records"), key=lambda rij: float(rij["verhouding"]))
    laagste, hoogste = rijen[0], rijen[-1]
    binnen = int((cijfers["oordeel"] == BINNEN).sum())
    return (
        f"Bij {binnen} van de {len(cijfers)} cijfers is ons cijfer {grenzen} keer dat van anderen. "
        f"Het hoogst is '{hoogste['titel']}' ({verhoudingtekst(hoogste['verhouding'])} keer), het "
        f"laagst '{laagste['titel']}' ({verhoudingtekst(laagste['verhouding'])}). De lijn door een "
        "punt is onze band, het grijze blok is de marge van de ander."
    )


def _teken_data(cijfers: pd.DataFrame) -> pd.DataFrame:
    """Rows to draw: ratios cut off at the ends of the axis, labels broken in lines."""
    labels = [textwrap.wrap(titel, LABELBREEDTE) for titel in cijfers["titel"]]
    return pd.DataFrame(
        {
            "plek": range(len(cijfers)),
            "label": labels,
            "regels": [len(regels) for regels in labels],
            "soort": [VAST if gebruikt else LOS for gebruikt in cijfers["gebruikt_in_model"]],
            "midden": cijfers["verhouding"].clip(AS_VAN, AS_TOT),
            "laag": cijfers["verhouding_laag"].clip(AS_VAN, AS_TOT),
            "hoog": cijfers["verhouding_hoog"].clip(AS_VAN, AS_TOT),
            "buiten_laag": cijfers["buiten_laag"] / cijfers["buiten_midden"],
            "buiten_hoog": cijfers["buiten_hoog"] / cijfers["buiten_midden"],
            "vorm": [_vorm(verhouding) for verhouding in cijfers["verhouding"]],
        }
    )


def _vorm(verhouding: float) -> str:
    """Mark of a point: an arrow when it lies beyond an end of the axis."""
    if verhouding < AS_VAN:
        return "triangle-left"
    return "triangle-right" if verhouding > AS_TOT else "circle"


def _grafiek(cijfers: pd.DataFrame, onder: float, boven: float) -> alt.LayerChart | alt.FacetChart:
    data = _teken_data(cijfers)
    basis = alt.Chart(data).encode(y=alt.Y("plek:O", title=None, axis=None))
    ander = basis.mark_bar(color=thema.RASTER, stroke=thema.LIJN, height=16).encode(
        x="buiten_laag:Q", x2="buiten_hoog:Q"
    )
    labels = [
        basis.mark_text(align="left", color=thema.INKT, lineHeight=REGELHOOGTE, dy=dy)
        .encode(x=alt.value(-LABELRUIMTE), text="label:N")
        .transform_filter(alt.datum.regels == regels)
        for regels in sorted(set(data["regels"]))
        for dy in [-REGELHOOGTE * (regels - 1) / 2]
    ]
    lagen = alt.layer(_strepen(onder, boven), ander, *_punten(basis), *labels)
    return lagen.properties(width=thema.BREEDTE - LABELRUIMTE, height=alt.Step(RIJHOOGTE))


def _strepen(onder: float, boven: float) -> alt.Chart:
    """Lines at equal (whole) and at the limits (dashed)."""
    data = pd.DataFrame({"x": [onder, 1.0, boven], "soort": ["grens", "gelijk", "grens"]})
    streep = alt.Scale(domain=["gelijk", "grens"], range=[[1, 0], [4, 4]])
    soort = alt.StrokeDash("soort:N", scale=streep, legend=None)
    lijnen: alt.Chart = (
        alt.Chart(data).mark_rule(color=thema.LIJN).encode(x="x:Q", strokeDash=soort)
    )
    return lijnen


def _punten(basis: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Bands and points: filled when the model does not use the figure, open when it does."""
    soorten = [LOS, VAST]
    kleur = alt.Scale(domain=soorten, range=[thema.MET, thema.ZONDER])
    vulling = alt.Scale(domain=soorten, range=[thema.MET, OPEN])
    x = alt.X(
        "midden:Q",
        title=None,
        scale=alt.Scale(type="log", domain=[AS_VAN, AS_TOT]),
        axis=alt.Axis(values=STREPEN, format="~g", grid=False, orient="top"),
    )
    band = basis.mark_rule(strokeWidth=2).encode(
        x="laag:Q", x2="hoog:Q", color=alt.Color("soort:N", scale=kleur, legend=None)
    )
    punt = basis.mark_point(size=70, opacity=1).encode(
        x=x,
        stroke=alt.Stroke("soort:N", scale=kleur, legend=None),
        fill=alt.Fill("soort:N", scale=vulling, legend=None),
        shape=alt.Shape("vorm:N", scale=None),
    )
    return band, punt


def vergelijkingstabel(cijfers: pd.DataFrame) -> Html:
    """Table: figure, by whom and when, ours with its band, the ratio and the explanation."""
    rijen = [
        [_wat(rij), _wie(rij), _buitencel(rij), _eigencel(rij), _verhoudingcel(rij), _waarom(rij)]
        for rij in cijfers.to_dict("records")
    ]
    koppen = [
        Kolom("Cijfer"),
        Kolom("Gepubliceerd door"),
        Kolom("Hun cijfer", True),
        Kolom("Ons cijfer", True),
        Kolom("Verhouding", True),
        Kolom("Uitleg"),
    ]
    return tabel("Cijfers van anderen en van ons, in prijzen van 2025", koppen, rijen, "cijfers")


def _klein(inhoud: object) -> Html:
    return element("span", inhoud, class_="band")


def _wat(rij: Rij) -> Html:
    eenheid = f"{rij['eenheid']}; {rij['periode']}"
    stap = f" Berekend: {rij['rekenstap']}" if _heeft(rij["rekenstap"]) else ""
    return samen(rij["titel"], _klein(eenheid), _klein(f"{rij['meet']}{stap}"))


def _wie(rij: Rij) -> Html:
    wanneer = datum_van_bron(str(rij["datum"]))
    return samen(koppeling(rij["uitgever"], rij["url"]), _klein(wanneer))


def _buitencel(rij: Rij) -> Html:
    delen: list[object] = [buitentekst(rij)]
    if rij["buiten_laag"] < rij["buiten_hoog"]:
        punt = _een_getal(float(rij["buiten_midden"]), str(rij["eenheid"]))
        delen.append(_klein(f"vergeleken met {punt}"))
    prijspeil = rij["prijspeil"]
    if rij["gepubliceerd"] != rij["buiten_midden"] and prijspeil is not None:
        toen = _een_getal(float(rij["gepubliceerd"]), str(rij["eenheid"]))
        delen.append(_klein(f"{toen} in prijzen van {int(prijspeil)}"))
    return samen(*delen)


def _eigencel(rij: Rij) -> Html:
    wanneer = rij["van"] if rij["van"] == rij["tot"] else f"{rij['van']} tot en met {rij['tot']}"
    maat = ", verschil met de referentie" if rij["maat"] == "verschil" else ""
    return samen(cel(_band(rij)), _klein(f"{wanneer}, {rij['scenario']}{maat}"))


def _verhoudingcel(rij: Rij) -> Html:
    getal = tekst(verhoudingtekst(float(rij["verhouding"])))
    if rij["oordeel"] == BINNEN:
        return getal
    return samen(getal, element("span", "buiten de grenzen", class_="onzeker"))


def _waarom(rij: Rij) -> Html:
    delen: list[object] = []
    if rij["gebruikt_in_model"]:
        delen.append(element("strong", "Gebruikt in het model; gelijk zijn bewijst niets. "))
    if _heeft(rij["uitleg"]):
        delen.append(f"{rij['uitleg']} ")
    elif rij["oordeel"] == BUITEN:
        delen.append(element("strong", "Uitleg ontbreekt nog. "))
    if _heeft(rij["verschil_in_begrip"]):
        delen.append(_klein(rij["verschil_in_begrip"]))
    return samen(*delen)


def zondertabel(cijfers: pd.DataFrame) -> Html:
    """Table of what was published but has no counterpart in the model, with the reason."""
    rijen = [
        [_wat(rij), _wie(rij), _buitencel(rij), rij["reden"]] for rij in cijfers.to_dict("records")
    ]
    koppen = [
        Kolom("Cijfer"),
        Kolom("Gepubliceerd door"),
        Kolom("Hun cijfer", True),
        Kolom("Waarom niet"),
    ]
    return tabel("Cijfers van anderen die niet te vergelijken zijn", koppen, rijen, "cijfers")


def vergelijking_blok(rapport: Rapport, analyse: Analyse) -> Html:
    """Section of a report: how our figures lie beside those of others.

    Parameters
    ----------
    analyse : from `impact.analysis.vergelijking.bereken_vergelijking`, for this scenario or all
    """
    cijfers, zonder = analyse.tabel(VERGELEKEN), analyse.tabel(ZONDER)
    if cijfers.empty:
        delen: list[object] = [alinea(f"{rapport.scenario.titel}. {GEEN}")]
    else:
        delen = [
            lijst(
                [samen(regel, " ", aannamelijst_link()) for regel in bevindingen(analyse)],
                class_="bevindingen",
            ),
            vergelijkingsfiguur(analyse).html(),
        ]
    if len(zonder):
        delen += [element("h3", "Niet te vergelijken"), zondertabel(zonder)]
    return samen(*delen)


def vergelijking_bladen(analyse: Analyse) -> list[Blad]:
    """Both tables of the comparison for a workbook; an empty one is left out."""
    bladen = [
        Blad(
            VERGELEKEN,
            "Cijfers van anderen naast die van het model",
            "Verhouding is ons cijfer gedeeld door dat van de ander. Bedragen in prijzen van 2025.",
            analyse.tabel(VERGELEKEN),
        ),
        Blad(
            ZONDER,
            "Cijfers van anderen die niet te vergelijken zijn",
            "De kolom reden zegt waarom. Bedragen in prijzen van 2025.",
            analyse.tabel(ZONDER),
        ),
    ]
    return [blad for blad in bladen if len(blad.tabel)]
