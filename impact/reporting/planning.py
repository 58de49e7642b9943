"""The chapter about planning: how long preparation takes, and when each law can begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from impact.analysis.oordeel import Klaar, besluit, eerste_halfjaar, wanneer_klaar
from impact.registry.periode import Halfjaar
from impact.registry.uitvoeringsmodellen import Voorbereiding
from impact.reporting import thema
from impact.reporting.datums import datum, halfjaar_in_woorden
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, teken
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, halfjaarcel, tabel
from impact.reporting.uitvoeringshoofdstukken import GEEN_WET, KOP_BRON, PARTIJ, broncel, wetnaam
from impact.reporting.zinnen import hoofdletter, opsomming

MAANDEN_PER_JAAR = 12
RIJHOOGTE, RUIMTE_BOVEN = 44, 26
LANGSTE_NAAM = 70
INGANG = "ingang in dit scenario"
DEKKING = {"gewone duur": 1.0, "als het tegenvalt": 0.4}


@dataclass(frozen=True)
class Stap:
    """One step of preparation, with the half-years it leads to.

    Attributes
    ----------
    wet : name of the law
    begin : day from which the months count
    ingang : half-year in which the law enters in the scenario
    klaar, laatst : first half-year after the expected and after the longest duration
    """

    wet: str
    stap: Voorbereiding
    begin: date
    ingang: Halfjaar
    klaar: Halfjaar
    laatst: Halfjaar

    @property
    def oordeel(self) -> str:
        """Whether the step is ready before the law enters, in words."""
        te_laat = self.klaar - self.ingang
        if te_laat > 0:
            return f"{te_laat} {'half jaar' if te_laat == 1 else 'halve jaren'} te laat"
        return "op tijd" if self.laatst <= self.ingang else "op tijd, tenzij het tegenvalt"


def stappen(rapport: Rapport) -> list[Stap]:
    """Steps of all laws of the scenario; within a law the longest last."""
    register = rapport.register
    alle: list[Stap] = []
    for wet in rapport.wetten:
        begin = besluit(register, rapport.scenario, wet)
        ingang = min(
            stap.vanaf
            for stap in rapport.scenario.maatregelen
            if register.maatregelen[stap.maatregel].wet == wet
        )
        voorbereiding = register.uitvoering[wet].voorbereiding
        for stap in sorted(voorbereiding, key=lambda s: (s.maanden, s.hoog)):
            klaar, laatst = (eerste_halfjaar(begin, duur) for duur in (stap.maanden, stap.hoog))
            alle.append(Stap(wet, stap, begin, ingang, klaar, laatst))
    return alle


def planning(rapport: Rapport) -> Html:
    """When preparation can be ready, beside the moment on which the laws enter."""
    alle = stappen(rapport)
    if not rapport.wetten:
        return alinea(GEEN_WET)
    if not alle:
        return alinea("Er is niet beschreven welke voorbereiding nodig is.")
    return samen(
        alinea(klaarzin(wanneer_klaar(rapport.register, rapport.scenario))),
        alinea(
            "De stappen horen bij de hele wet, ook als dit scenario een deel van de maatregelen "
            "gebruikt. De maanden tellen vanaf het besluit. Is er nog geen besluit, dan tellen "
            f"zij vanaf {datum(rapport.register.peildatum)}. Stappen van een wet lopen naast "
            "elkaar. Bijna elke duur is een schatting van de makers, met een ruime marge."
        ),
        ganttfiguur(rapport, alle).html(),
        _stappentabel(rapport, alle),
        _volgorde(rapport, alle),
    )


def klaarzin(klaar: Klaar | None) -> str:
    """Tell whether the scenario begins too early, on time, or on time with a risk."""
    if klaar is None or klaar.vroegst is None or klaar.laatst is None:
        return "Hoeveel tijd de voorbereiding vraagt, is niet bekend."
    vanaf = halfjaar_in_woorden(str(klaar.gerekend))
    vroegst, laatst = (halfjaar_in_woorden(str(h)) for h in (klaar.vroegst, klaar.laatst))
    if klaar.te_vroeg:
        tegenvaller = f" Valt het tegen, dan wordt het {laatst}." if laatst != vroegst else ""
        return (
            f"Dit scenario begint in {vanaf}. Dat is naar schatting te vroeg: alle voorbereiding "
            f"samen is pas klaar voor {vroegst}.{tegenvaller}"
        )
    if klaar.laatst > klaar.gerekend:
        return (
            f"Dit scenario begint in {vanaf}. De voorbereiding is dan naar verwachting klaar. "
            f"Valt het tegen, dan wordt het {laatst}."
        )
    return f"Dit scenario begint in {vanaf}. De voorbereiding is dan klaar, ook als het tegenvalt."


def _stappentabel(rapport: Rapport, alle: list[Stap]) -> Html:
    meer = len(rapport.wetten) > 1
    rijen = [
        [
            samen(
                hoofdletter(PARTIJ[s.stap.wie]),
                _klein(wetnaam(rapport.register, s.wet)) if meer else "",
            ),
            s.stap.stap,
            samen(_maanden(s.stap.maanden), _klein(f"{s.stap.laag} tot {s.stap.hoog}")),
            samen(halfjaarcel(s.klaar), _klein("uiterlijk ", halfjaarcel(s.laatst))),
            samen(halfjaarcel(s.ingang), _klein(s.oordeel)),
            broncel(rapport.register, s.stap),
        ]
        for s in alle
    ]
    koppen = ("Wie", "Stap", "Duur", "Klaar voor", "Ingang in dit scenario")
    return tabel("Voorbereiding per stap", [*map(Kolom, koppen), KOP_BRON], rijen, klasse="feiten")


def _klein(*inhoud: object) -> Html:
    return element("span", *inhoud, class_="band")


def _maanden(aantal: int) -> str:
    return f"{aantal} {'maand' if aantal == 1 else 'maanden'}"


def per_wet(alle: list[Stap]) -> list[Stap]:
    """Longest step of every law, in the order in which laws can be ready."""
    langste: dict[str, Stap] = {}
    for stap in alle:
        vorige = langste.get(stap.wet)
        if vorige is None or (stap.klaar, stap.laatst) > (vorige.klaar, vorige.laatst):
            langste[stap.wet] = stap
    return sorted(langste.values(), key=lambda s: (s.klaar, s.laatst, s.wet))


def _volgorde(rapport: Rapport, alle: list[Stap]) -> Html:
    """Tell in which order the laws can be ready; nothing for a single law."""
    wetten = per_wet(alle)
    if len(wetten) < 2:
        return Html("")
    namen = [wetnaam(rapport.register, s.wet) for s in wetten]
    te_laat = [n for n, s in zip(namen, wetten, strict=True) if s.klaar > s.ingang]
    slot = (
        f"Bij {opsomming(te_laat)} is de voorbereiding later klaar dan de ingang in dit scenario."
        if te_laat
        else "Elke wet is op tijd voorbereid."
    )
    return samen(
        alinea(
            f"Wetten vragen dezelfde mensen. Het eerst klaar kan zijn: {namen[0]}. Het laatst: "
            f"{namen[-1]}. {slot}"
        ),
        alinea(
            "De VNG vraagt om een vaste volgorde: eerst de keten op orde, daarna pas middelen "
            "intrekken (",
            element("a", "ledenbrief van december 2024", href="#bron-vng-ledenbrief-2024-12"),
            ").",
        ),
    )


def ganttfiguur(rapport: Rapport, alle: list[Stap]) -> Figuur:
    """Bars of preparation with the moment of entry: per step for one law, else per law."""
    een = len(rapport.wetten) == 1
    rijen = alle if een else per_wet(alle)
    namen = [stapnaam(s.stap) if een else wetnaam(rapport.register, s.wet) for s in rijen]
    titel = "Voorbereiding en ingang" if een else "Voorbereiding en ingang per wet"
    opschrift = Opschrift("planning", titel, _bronregel())
    beschrijving = _in_woorden(titel, namen, rijen)
    spec = thema.spec(_grafiek(_balken(namen, rijen), _ingangen(rijen)), "naam")
    return Figuur(
        opschrift.naam,
        titel,
        beschrijving,
        teken(spec, opschrift.naam, titel, beschrijving),
        tabel(
            f"{titel}: begin, klaar en ingang",
            [Kolom(k) for k in ("Balk", "Begin", "Klaar voor", "Uiterlijk", "Ingang", "Oordeel")],
            [
                [n, datum(s.begin), str(s.klaar), str(s.laatst), str(s.ingang), s.oordeel]
                for n, s in zip(namen, rijen, strict=True)
            ],
        ),
        "kalenderjaren",
        opschrift.bronregel,
    )


def stapnaam(stap: Voorbereiding) -> str:
    """Short name of a step: who, and its first clause."""
    deel = re.split("[.,;]", stap.stap)[0]
    kort = deel if len(deel) <= LANGSTE_NAAM else f"{deel[:LANGSTE_NAAM]}…"
    return f"{hoofdletter(PARTIJ[stap.wie])}: {kort[:1].lower()}{kort[1:]}"


def _bronregel() -> Html:
    link = element("a", "aannames uitvoering", href="#aannames-uitvoering", class_="aanname")
    return samen("Bron: de stappen in de tabel hieronder; zie ook ", link, ".")


def _in_woorden(titel: str, namen: list[str], rijen: list[Stap]) -> str:
    zinnen = [
        f"{naam}: klaar voor {s.klaar}, uiterlijk {s.laatst}; ingang {s.ingang} ({s.oordeel})"
        for naam, s in zip(namen, rijen, strict=True)
    ]
    return f"{titel}. Elke balk begint bij het besluit. {'. '.join(zinnen)}."


def _jaar(dag: date, maanden: int = 0) -> float:
    return dag.year + (dag.month - 1 + (dag.day - 1) / 31 + maanden) / MAANDEN_PER_JAAR


def _balken(namen: list[str], rijen: list[Stap]) -> pd.DataFrame:
    balken = []
    for nummer, (naam, s) in enumerate(zip(namen, rijen, strict=True)):
        grenzen = [_jaar(s.begin, duur) for duur in (0, s.stap.maanden, s.stap.hoog)]
        for deel, van, tot in zip(DEKKING, grenzen, grenzen[1:], strict=False):
            rij = {"rij": nummer, "naam": naam, "deel": deel, "van": van, "tot": tot}
            balken.append(rij)
    return pd.DataFrame(balken)


def _ingangen(rijen: list[Stap]) -> pd.DataFrame:
    dagen = [_jaar(s.ingang.eerste_dag) for s in rijen]
    return pd.DataFrame(
        {"rij": range(len(rijen)), "ingang": dagen, "teken": "ingang in dit scenario"}
    )


def _grafiek(balken: pd.DataFrame, ingangen: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    eerste = int(min(balken["van"].min(), ingangen["ingang"].min()))
    laatste = int(max(balken["tot"].max(), ingangen["ingang"].max())) + 1
    jaren = alt.Axis(format="d", values=list(range(eerste, laatste + 1)), grid=True, orient="top")
    x = alt.X("van:Q", title=None, scale=alt.Scale(domain=[eerste, laatste]), axis=jaren)
    hoogte = alt.Scale(domain=[-0.6, len(ingangen) - 0.4], reverse=True, nice=False)
    y = alt.Y("rij:Q", title=None, axis=None, scale=hoogte)
    dekking = alt.Scale(domain=list(DEKKING), range=list(DEKKING.values()))
    basis = alt.Chart(balken)
    balk = basis.mark_bar(height=13, yOffset=8, color=thema.MET).encode(
        x=x, x2="tot:Q", y=y, opacity=alt.Opacity("deel:N", title=None, scale=dekking)
    )
    tekst = (
        basis.transform_filter("datum.deel == 'gewone duur'")
        .mark_text(align="left", dy=-8, fontSize=12, color=thema.INKT)
        .encode(x=alt.datum(eerste), y="rij:Q", text="naam:N")
    )
    vorm = alt.Shape(
        "teken:N",
        title=None,
        scale=alt.Scale(domain=[INGANG], range=["diamond"]),
        legend=alt.Legend(orient="bottom"),
    )
    ruit = (
        alt.Chart(ingangen)
        .mark_point(filled=True, size=130, color=thema.MEER, stroke="#ffffff", opacity=1, yOffset=8)
        .encode(x="ingang:Q", y="rij:Q", shape=vorm)
    )
    return alt.layer(balk, tekst, ruit).properties(
        width=thema.BREEDTE - 40, height=RIJHOOGTE * len(ingangen) + RUIMTE_BOVEN
    )
