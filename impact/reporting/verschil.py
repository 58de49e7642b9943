"""The note of change: what is different since the previous brief, and why the figures moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from impact.reporting.datums import datum
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, figuren
from impact.reporting.onderwerpen import ONDERWERPNAAM
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.rekenblad import Blad
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.verschilfiguur import waterval
from impact.reporting.verschilnota import (
    ONBEKEND,
    OVERIG_SOORT,
    SOORTNAAM,
    Nota,
    groepstitel,
    open_nota,
)
from impact.reporting.verschiltabellen import gewijzigd
from impact.reporting.verschilzinnen import (
    NIETS,
    instellingzinnen,
    oorzaakzin,
    ramingzin,
    veranderzin,
)
from impact.reporting.zinnen import opsomming

__all__ = [
    "Nota",
    "bevindingen",
    "bladen",
    "effect",
    "gelijk",
    "gewijzigd",
    "groepstitel",
    "kop",
    "methode",
    "open_nota",
    "samenvatting",
    "verschilfiguren",
]

BLADEN = {
    "parameters": ("Gewijzigde waarden", "Elke waarde die is gewijzigd, toegevoegd of vervallen."),
    "uitkomsten": (
        "Uitkomsten oud en nieuw",
        "midden, laag en hoog zonder voorvoegsel zijn het verschil: nieuw min oud. Een leeg vak "
        "betekent dat de band niet bekend is.",
    ),
    "stappen": (
        "Van de oude naar de nieuwe raming",
        "Oud plus alle stappen is nieuw. Stappen van wijzigingen zijn verdeeld volgens Shapley.",
    ),
}
BRONREGEL = samen(
    "Bron: uitkomst van het model. Wat er is gewijzigd staat in ",
    element("a", "de lijst met gewijzigde waarden", href="#h-gewijzigde-waarden"),
    ".",
)
METHODE = (
    "Een wijziging doet vaak iets anders als een andere er al is. Daarom proberen wij alle "
    "volgordes. Elke wijziging krijgt het gemiddelde van wat zij toevoegt (methode van Shapley). "
    "De stappen tellen op tot het hele verschil."
)


def kop(nota: Nota) -> Html:
    """Title, and which two runs are compared."""
    oud, nieuw = nota.runs
    return element(
        "div",
        element("p", "Nota van wijziging", class_="soort"),
        element("h1", nota.titel),
        element(
            "p",
            "Deze nota hoort bij een eerdere toets van hetzelfde voorstel. U leest wat er "
            "sindsdien is veranderd, en wat dat doet met de cijfers.",
            class_="inleiding",
        ),
        element(
            "p",
            f"Oud: berekend op {_dag(oud)}. Nieuw: berekend op {_dag(nieuw)}.",
            class_="kader",
        ),
        class_="kop",
    )


def _dag(run: dict[str, Any]) -> str:
    return datum(date.fromisoformat(str(run["gemaakt"])[:10]))


def samenvatting(nota: Nota) -> Html:
    """Three sentences: what changed, how the estimate moved, and which change did most."""
    return samen(lijst(bevindingen(nota), class_="bevindingen"), element("div", _onverdeeld(nota)))


def bevindingen(nota: Nota) -> list[str]:
    """The summary as sentences."""
    if nota.niets:
        return [NIETS]
    m = nota.manifest
    per_soort: dict[str, int] = {}
    for groep in nota.waarden["groep"]:
        soort = SOORTNAAM.get(str(groep).partition(":")[0], OVERIG_SOORT)
        per_soort[soort] = per_soort.get(soort, 0) + 1
    teksten = len(nota.parameters) - len(nota.waarden)
    regels = [veranderzin(per_soort, teksten, not m["zelfde_code"], not m["zelfde_instelling"])]
    if regels == [NIETS]:
        regels = []
    if nota.onbekend:
        regels.insert(0, ONBEKEND)
    if nota.kern:
        verloop = nota.verlopen[nota.kern[0]]
        regels.append(ramingzin(verloop))
        if not m["onverdeeld"] and not verloop.samen.band.nul:
            regels.append(oorzaakzin(verloop))
    return regels


def _onverdeeld(nota: Nota) -> Html:
    """Say why the difference could not be divided."""
    problemen = nota.manifest["onverdeeld"]
    if not problemen:
        return Html("")
    return samen(
        alinea(
            "Wij konden het verschil niet verdelen over de wijzigingen. De bewaarde parameters "
            "zijn niet te gebruiken. De oude en nieuwe cijfers hieronder kloppen wel."
        ),
        lijst(list(problemen)),
    )


def effect(nota: Nota) -> Html:
    """Waterfalls of the main outcomes, and all outcomes old and new."""
    return samen(
        figuren(*verschilfiguren(nota)),
        element("h3", "Alle uitkomsten"),
        _uitkomsten(nota),
    )


def verschilfiguren(nota: Nota) -> list[Figuur]:
    """Waterfall of every main outcome that moved; none when nothing did."""
    lijst_ = []
    for naam in nota.kern:
        verloop = nota.verlopen[naam]
        if any(not stap.band.nul for stap in (*verloop.stappen, verloop.samen)):
            titel = f"{verloop.titel}: van de oude naar de nieuwe raming"
            bewegend = [stap for stap in verloop.stappen if not stap.band.nul]
            opschrift = Opschrift(f"verschil-{naam}", titel, BRONREGEL)
            lijst_.append(waterval(opschrift, replace(verloop, stappen=bewegend)))
    return lijst_


def _uitkomsten(nota: Nota) -> Html:
    if not nota.verlopen:
        return alinea("De twee berekeningen hebben geen enkele uitkomst gemeen.")
    rijen: list[list[object]] = [
        [
            samen(v.titel, element("span", v.eenheid, class_="band")),
            cel(v.oud),
            cel(v.nieuw),
            verschilcel(v.samen.band, v.samen.onzeker),
        ]
        for v in nota.verlopen.values()
    ]
    koppen = [Kolom("Uitkomst"), Kolom("Oud", True), Kolom("Nieuw", True), Kolom("Verschil", True)]
    return tabel("De uitkomsten, oud en nieuw", koppen, rijen, klasse="cijfers")


def gelijk(nota: Nota) -> Html:
    """What did not change: files, rules, settings and outcomes."""
    m = nota.manifest
    nieuw = nota.runs[1]
    regels = []
    if m["zelfde_code"]:
        regels.append(f"De rekenregels zijn gelijk (versie {nieuw['versie']}).")
    elif code_doet_niets(nota):
        regels.append("De rekenregels zijn aangepast, maar geven dezelfde uitkomsten.")
    if m["zelfde_instelling"]:
        regels.append(
            f"De instellingen zijn gelijk: {nieuw['trekkingen']} trekkingen, {nieuw['van']} tot en "
            f"met {nieuw['tot']}."
        )
    regels += _gelijke_delen(nota)
    vast = [v.titel for v in nota.verlopen.values() if v.samen.band.nul and v.samen.heeft_band]
    if vast and len(vast) == len(nota.verlopen):
        regels.append("Alle uitkomsten zijn gelijk.")
    elif vast:
        regels.append(f"Deze uitkomsten zijn gelijk: {'; '.join(vast)}.")
    return lijst(regels) if regels else alinea("Er is niets wat zeker gelijk is gebleven.")


def code_doet_niets(nota: Nota) -> bool:
    """Whether other code gave the same figures in every outcome."""
    stappen = nota.analyse.tabel("stappen")
    code = stappen[stappen["soort"] == "code"]
    return not code.empty and not code["midden"].any()


def _gelijke_delen(nota: Nota) -> list[str]:
    """Assumptions, laws and figures of which no value changed."""
    if nota.onbekend:
        return []
    if nota.waarden.empty:
        return ["Alle waarden in de parameters zijn gelijk."]
    anders = set(nota.waarden["groep"])
    bestanden = {
        plek.bestand.rsplit("/", 1)[-1].removesuffix(".yaml")
        for (soort, _), plek in nota.register.vindplaatsen.items()
        if soort == "parameter"
    }
    namen = [ONDERWERPNAAM.get(b, b) for b in sorted(bestanden) if f"aannames:{b}" not in anders]
    regels = (
        [f"De aannames over deze onderwerpen zijn gelijk: {'; '.join(namen)}."] if namen else []
    )
    if not any(groep.startswith("wet:") for groep in anders):
        regels.append("De maatregelen in alle wetten zijn gelijk.")
    if "historie" not in anders:
        regels.append("De cijfers over het verleden zijn gelijk.")
    if "gemeenten" not in anders:
        regels.append("De gemeentecijfers zijn gelijk.")
    return regels


def methode(nota: Nota) -> Html:
    """How the difference was divided, and the settings of both runs."""
    m = nota.manifest
    regels = list(instellingzinnen(m))
    if m["trekkingen_verdeling"]:
        regels.append(METHODE)
        regels.append(f"De verdeling rekent met {m['trekkingen_verdeling']} trekkingen.")
    if m["overig"]:
        regels.append(f"Samengevoegd tot een stap: {opsomming(m['overig'])}.")
    if not (m["zelfde_trekkingen"]):
        regels.append(
            "De twee berekeningen hebben andere trekkingen van het toeval. Dat geeft een eigen "
            "stap, zonder band."
        )
    for woord, naam in (("oude", "alleen_oud"), ("nieuwe", "alleen_nieuw")):
        if m[naam]:
            regels.append(f"Alleen in de {woord} berekening: {opsomming(m[naam])}.")
    return samen(lijst(regels), _instellingen(nota))


def _instellingen(nota: Nota) -> Html:
    regels: dict[str, Callable[[dict[str, Any]], object]] = {
        "Berekend op": _dag,
        "Versie": lambda run: str(run["versie"]),
        "Trekkingen": lambda run: str(run["trekkingen"]),
        "Looptijd": lambda run: f"{run['van']} tot en met {run['tot']}",
        "Sleutel van de invoer": lambda run: element("code", str(run["sleutel"])[:20]),
        "Sleutel van de parameters": lambda run: element("code", run["parametersleutel"][:20]),
        "Sleutel van de rekenregels": lambda run: element("code", run["codesleutel"][:20]),
    }
    rijen = [[kop_, *(maak(run) for run in nota.runs)] for kop_, maak in regels.items()]
    koppen = [Kolom("Wat"), Kolom("Oud"), Kolom("Nieuw")]
    return tabel("De twee berekeningen", koppen, rijen)


def bladen(nota: Nota) -> Sequence[Blad]:
    """All tables as sheets."""
    return [
        Blad(naam, titel, toelichting, nota.analyse.tabel(naam))
        for naam, (titel, toelichting) in BLADEN.items()
    ]
