"""The backtest in words, tables and charts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal

import altair as alt
import pandas as pd

from impact.analysis.opslag import Analyse
from impact.analysis.terugtoets import DOEL_HORIZONNEN
from impact.reporting import thema
from impact.reporting.bouwstenen import bronregel
from impact.reporting.figuur import Figuur, teken
from impact.reporting.getallen import Band, decimaal, rond
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.rapport import Rapport
from impact.reporting.rekenblad import Blad
from impact.reporting.tabellen import Kolom, cel, tabel
from impact.reporting.terugtoetszinnen import (
    REEKSNAAM,
    gehele,
    halfjaren,
    misserszin,
    procent,
    uitslag,
)

METHODE = {
    "model": "Model",
    "volharding": "Blijft zoals het was",
    "taakstelling": "Taakstelling wordt gehaald",
    "trend": "Rechte lijn door drie jaar",
}
STIJL = {
    "model": (thema.MET, [1, 0], "circle"),
    "volharding": ("#1c232b", [6, 4], "square"),
    "taakstelling": ("#d55e00", [2, 2], "triangle-up"),
    "trend": ("#8a93a0", [8, 3, 2, 3], "diamond"),
}
BRON = Html("Bron: uitkomst van het model, en de waarnemingen in parameters/historie.")
HOOGTE, BREEDTE = 150, 245


def _maatcel(waarde: float, beste: bool) -> Html | str:
    if not math.isfinite(waarde):
        return "niet te maken"
    return element("strong", gehele(waarde)) if beste else gehele(waarde)


def maatstaventabel(analyse: Analyse) -> Html:
    """Mean absolute error of the model and of the simple forecasts, bias and coverage."""
    rijen: list[Sequence[object]] = []
    maten = analyse.tabel("maatstaven")
    for naam in REEKSNAAM:
        deel = maten[maten["reeks"] == naam].sort_values("halfjaren_vooruit")
        for rij in deel.to_dict("records"):
            fouten = {methode: float(rij[methode]) for methode in METHODE}
            kleinste = min(fout for fout in fouten.values() if math.isfinite(fout))
            scheef = float(rij["scheefheid"])
            teken_ = "+" if scheef > 0 else "\N{MINUS SIGN}" if scheef < 0 else ""
            rijen.append(
                [
                    f"{REEKSNAAM[naam]} ({rij['eenheid']})",
                    str(rij["halfjaren_vooruit"]),
                    *(_maatcel(fout, fout == kleinste) for fout in fouten.values()),
                    f"{teken_}{gehele(abs(scheef))}",
                    procent(float(rij["dekking"])),
                    str(rij["aantal"]),
                ]
            )
    koppen = [Kolom("Reeks"), Kolom("Halfjaren vooruit", True)]
    koppen += [Kolom(f"Fout: {naam.lower()}", True) for naam in METHODE.values()]
    koppen += [Kolom(k, True) for k in ("Scheefheid model", "Binnen de band", "Aantal punten")]
    bijschrift = "Terugtoets: gemiddelde fout per reeks; de kleinste fout is vet"
    return tabel(bijschrift, koppen, rijen, klasse="cijfers")


def voorspellingentabel(deel: pd.DataFrame, bijschrift: str) -> Html:
    """Forecasts of one series beside what happened."""
    rijen: list[Sequence[object]] = []
    for rij in deel.to_dict("records"):
        band = Band(rij["midden"], rij["laag"], rij["hoog"], str(rij["eenheid"]))
        echt = rij["werkelijk"]
        werkelijk = "geen meting" if pd.isna(echt) else decimaal(rond(float(echt), 0), 0)
        rijen.append([rij["oorsprong"], rij["periode"], cel(band), werkelijk, _raak(rij)])
    koppen = [
        Kolom("Begonnen in"),
        Kolom("Halfjaar"),
        Kolom("Model", True),
        Kolom("Werkelijk", True),
        Kolom("Binnen de band"),
    ]
    return tabel(bijschrift, koppen, rijen, klasse="cijfers")


def _raak(rij: Mapping[Hashable, object]) -> str:
    laag, hoog, echt = (float(str(rij[naam])) for naam in ("laag", "hoog", "werkelijk"))
    if not math.isfinite(echt):
        return ""
    return "ja" if laag <= echt <= hoog else "nee"


def waaierfiguur(analyse: Analyse, naam: str, bron: Html = BRON) -> Figuur:
    """What the model said one to four half-years before, with its band, and what happened."""
    alle = analyse.tabel("voorspellingen")
    deel = alle[alle["reeks"] == naam].copy()
    titel = f"{REEKSNAAM[naam]}: wat het model vooraf zei en wat er gebeurde"
    geteld = deel[deel["werkelijk"].notna()]
    binnen = int(geteld["werkelijk"].between(geteld["laag"], geteld["hoog"]).sum())
    beschrijving = (
        f"Vier vakken: 1 tot en met 4 halfjaren vooruit. Elk vak toont de voorspelling met haar "
        f"band van 90% en de werkelijkheid als punten. In alle vakken samen ligt de werkelijkheid "
        f"{binnen} van de {len(geteld)} keer binnen de band."
    )
    deel["tijd"] = [int(p[:4]) + (0.5 if p.endswith("-I") else 1.0) for p in deel["periode"]]
    deel["vak"] = [f"{halfjaren(int(h))} vooruit" for h in deel["halfjaren_vooruit"]]
    eenheid = str(deel["eenheid"].iloc[0])
    figuur = f"model-{naam}"
    return Figuur(
        figuur,
        titel,
        beschrijving,
        teken(thema.spec(_waaier(deel)), figuur, titel, beschrijving),
        voorspellingentabel(deel, f"{REEKSNAAM[naam]}: voorspeld en werkelijk ({eenheid})"),
        f"{eenheid}; lijn en vlak: model, punten: werkelijk",
        bron,
    )


def _waaier(deel: pd.DataFrame) -> alt.FacetChart:
    kolommen = ["tijd", "vak", "midden", "laag", "hoog", "werkelijk"]
    jaren = list(range(int(deel["tijd"].min()), int(deel["tijd"].max()) + 1))
    x = alt.X(
        "tijd:Q",
        title=None,
        scale=alt.Scale(domain=[jaren[0], jaren[-1] + 0.2], nice=False),
        axis=alt.Axis(values=jaren[::2], format="d"),
    )
    y = alt.Y("laag:Q", title=None, axis=alt.Axis(tickCount=4))
    basis = alt.Chart().encode(x=x)
    lagen = alt.layer(
        basis.mark_area(opacity=0.2, color=thema.MET).encode(y=y, y2="hoog:Q"),
        basis.mark_line(strokeWidth=2.2, color=thema.MET).encode(y="midden:Q"),
        basis.mark_point(filled=True, size=34, color=thema.INKT, opacity=1).encode(y="werkelijk:Q"),
        data=deel[kolommen].astype({"werkelijk": object}).where(deel[kolommen].notna(), None),
    ).properties(width=BREEDTE, height=HOOGTE)
    kop = alt.Header(title=None, labelFontSize=12, labelFont=thema.LETTER, labelColor=thema.INKT)
    return lagen.facet(facet=alt.Facet("vak:N", header=kop), columns=2)


def foutfiguur(analyse: Analyse, bron: Html = BRON) -> Figuur:
    """Mean absolute error by horizon of the model and of the simple forecasts, per series."""
    maten = analyse.tabel("maatstaven")
    titel = "Gemiddelde fout van het model en van drie eenvoudige voorspellingen"
    lang = maten.melt(
        id_vars=["reeks", "halfjaren_vooruit"], value_vars=list(METHODE), var_name="methode"
    ).dropna()
    lang["vak"] = lang["reeks"].map(REEKSNAAM)
    lang["naam"] = lang["methode"].map(METHODE)
    doel = maten[maten["halfjaren_vooruit"].isin(DOEL_HORIZONNEN)]
    beschrijving = (
        "Vier vakken, een per reeks, met de gemiddelde fout bij 1 tot en met 4 halfjaren vooruit. "
        "Bij 2 tot en met 4 halfjaren vooruit heeft het model "
        f"{int(doel['fout_gehaald'].sum())} van de {len(doel)} keer een kleinere fout dan de beste "
        "eenvoudige voorspelling."
    )
    return Figuur(
        "model-fouten",
        titel,
        beschrijving,
        teken(thema.spec(_fouten(lang)), "model-fouten", titel, beschrijving),
        maatstaventabel(analyse),
        "personen; bij het laatste vak gemeenten",
        bron,
    )


def _fouten(lang: pd.DataFrame) -> alt.FacetChart:
    namen = list(METHODE.values())
    kleuren, strepen, vormen = zip(*STIJL.values(), strict=True)
    x = alt.X("halfjaren_vooruit:O", title="halfjaren vooruit", axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4))
    kleur = alt.Color("naam:N", title=None, scale=alt.Scale(domain=namen, range=list(kleuren)))
    kleur = kleur.legend(columns=2)
    basis = alt.Chart().encode(x=x, y=y, color=kleur)
    streep = alt.StrokeDash("naam:N", scale=alt.Scale(domain=namen, range=list(strepen)))
    vorm = alt.Shape("naam:N", scale=alt.Scale(domain=namen, range=list(vormen)))
    lagen = alt.layer(
        basis.mark_line(strokeWidth=2.4).encode(strokeDash=streep.legend(None)),
        basis.mark_point(filled=True, size=50, opacity=1).encode(shape=vorm.legend(None)),
        data=lang[["halfjaren_vooruit", "value", "naam", "vak"]],
    ).properties(width=BREEDTE, height=HOOGTE)
    kop = alt.Header(title=None, labelFontSize=12, labelFont=thema.LETTER, labelColor=thema.INKT)
    vakken = alt.Facet("vak:N", header=kop, sort=list(REEKSNAAM.values()))
    grafiek: alt.FacetChart = lagen.facet(facet=vakken, columns=2).resolve_scale(y="independent")
    return grafiek


def terugtoets_blok(rapport: Rapport, analyse: Analyse) -> Html:
    """The backtest for the chapter on method: what was done, how good it is, and why not better.

    Parameters
    ----------
    rapport : the report in which it stands; the backtest does not depend on its scenario
    analyse : as from `impact.analysis.terugtoets.bereken_terugtoets`
    """
    begin = analyse.manifest["vraag"]["oorsprongen"]
    inleiding = (
        f"Wij lieten hetzelfde model beginnen in {len(begin)} eerdere halfjaren, van {begin[0]} "
        f"tot en met {begin[-1]}, zonder de maatregelen van '{rapport.scenario.titel}'. Het wist "
        "dan alleen wat toen bekend was. Wij vergeleken de uitkomst 1 tot en met 4 halfjaren later "
        "met wat er gebeurde, en met drie eenvoudige voorspellingen. De eerste: het blijft zoals "
        "het was. De tweede: gemeenten doen precies wat de taakstelling vraagt. De derde: een "
        "rechte lijn door de laatste drie jaar."
    )
    bron = bronregel(["instroom", "taakstelling", "huisvesting", "opvang"])
    return samen(
        alinea(inleiding),
        uitslaglijst(analyse),
        maatstaventabel(analyse),
        foutfiguur(analyse, bron).html(),
        waaierfiguur(analyse, "gehuisvest", bron).html(),
        waaierfiguur(analyse, "statushouders_in_coa", bron).html(),
    )


def uitslaglijst(analyse: Analyse) -> Html:
    """The outcome per series as a list, and where the band failed."""
    regels = [f"{REEKSNAAM[naam]}. {tekst}" for naam, tekst in uitslag(analyse).items()]
    return samen(lijst(regels), alinea(misserszin(analyse.tabel("voorspellingen"))))


def kop(analyse: Analyse) -> Html:
    """Title of the account of the model, and what the backtest covers."""
    vraag = analyse.manifest["vraag"]
    begin = vraag["oorsprongen"]
    return element(
        "div",
        element("p", "Verantwoording", class_="soort"),
        element("h1", "Hoe goed is het model?"),
        element(
            "p",
            f"{len(begin)} beginpunten, {begin[0]} tot en met {begin[-1]}; "
            f"{vraag['trekkingen']} trekkingen.",
            class_="kader",
        ),
        class_="kop",
    )


def kalibratietabel(analyse: Analyse) -> Html:
    """What was calibrated at each origin."""
    koppen = {
        "niveau": "Niveau van de benutting (log)",
        "fout_huisvesting": "Fout van de uitstroom (log)",
        "fout_vergunningen": "Wisseling van de vergunningen per jaar (log)",
        "spreiding_gemeenten": "Verschil tussen gemeenten (log)",
        "halfjaren": "Halfjaren gebruikt",
    }
    rijen = [
        [rij["oorsprong"], *(_getal(float(rij[kolom]), kolom) for kolom in koppen)]
        for rij in analyse.tabel("kalibratie").to_dict("records")
    ]
    kolommen = [Kolom("Begonnen in"), *(Kolom(kop, True) for kop in koppen.values())]
    return tabel("Wat op de geschiedenis is gekalibreerd", kolommen, rijen, klasse="cijfers")


def _getal(waarde: float, kolom: str) -> str:
    cijfers = 0 if kolom == "halfjaren" else 2
    return decimaal(Decimal(repr(round(waarde, cijfers))), cijfers)


def bladen(analyse: Analyse) -> list[Blad]:
    """Tables of the backtest for a workbook."""
    return [
        Blad(
            "maatstaven",
            "Terugtoets: fouten, scheefheid en dekking",
            "Gemiddelde absolute fout per reeks en aantal halfjaren vooruit, van het model en van "
            "drie eenvoudige voorspellingen. Scheefheid is model min werkelijk.",
            analyse.tabel("maatstaven"),
        ),
        Blad(
            "dekking",
            "Terugtoets: dekking van de band",
            "Hoe vaak de werkelijkheid in de band van 90% lag, 2 tot en met 4 halfjaren vooruit.",
            analyse.tabel("dekking"),
            {"dekking": "aandeel"},
        ),
        Blad(
            "voorspellingen",
            "Terugtoets: alle voorspellingen",
            "Per beginpunt, reeks en halfjaar: model, drie eenvoudige voorspellingen, werkelijk.",
            analyse.tabel("voorspellingen"),
        ),
        Blad(
            "kalibratie",
            "Terugtoets: kalibratie per beginpunt",
            "Alleen op wat bij het beginpunt bekend was.",
            analyse.tabel("kalibratie"),
            {"aanbod": "personen"},
        ),
    ]
