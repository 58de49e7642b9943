"""The index page of a folder with reports: map, search, list, links, and what failed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from impact.analysis.opslag import Instelling
from impact.registry.laden import Register
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.indexcijfers import KLEIN, ONZEKER, ZEKER, Laag, lagen_van
from impact.reporting.indexkaart import kaart, kleuren, legenda
from impact.reporting.indexmap import GEMEENTEN, Scenariomap, adres, lees_map, soortnaam
from impact.reporting.opdrachten import Uitslag
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen, tekst, veilig
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.weergave import SJABLOON, lees_stijl, sjabloonmap

BESTAND = "index.html"
TITEL = "Overzicht van de rapporten"
GEEN_BLAD = "geen blad bij dit scenario"
ZONDER_CIJFERS = (
    "Van dit scenario zijn er geen cijfers bij deze instellingen. De kaart heeft geen kleur."
)


@dataclass(frozen=True)
class Deel:
    """One scenario on the page: its files, and what the map can show of it."""

    map: Scenariomap
    lagen: list[Laag]

    @property
    def eerste(self) -> Laag | None:
        """Layer that is shown first."""
        return self.lagen[0] if self.lagen else None


def schrijf_index(
    map_: Path, register: Register, instelling: Instelling, uitslagen: Sequence[Uitslag] = ()
) -> Path:
    """Write the index of a folder from what lies in it, also from earlier batches.

    Parameters
    ----------
    map_ : folder of all reports
    instelling : settings of the run whose figures colour the map
    uitslagen : what became of the reports of this batch; failures are shown
    """
    pad = map_ / BESTAND
    schrijf_heel(pad, maak_index(map_, register, instelling, uitslagen))
    return pad


def maak_index(
    map_: Path, register: Register, instelling: Instelling, uitslagen: Sequence[Uitslag] = ()
) -> str:
    """One HTML page; the same folder and figures give the same text."""
    delen = [
        Deel(scenario, lagen_van(scenario.naam, instelling) if bekend else [])
        for scenario in lees_map(map_, register)
        for bekend in [scenario.naam in register.scenarios]
    ]
    fouten = mislukt(map_, delen, uitslagen)
    hoofdstukken: list[tuple[str, str, Html]] = []
    if delen:
        hoofdstukken += [
            ("gemeente", "Kies een gemeente", zoekdeel(register, delen)),
            ("rapporten", "Rapporten per scenario", rapporten(delen)),
            ("bladen", "Gemeenten per provincie", bladen(register, delen)),
        ]
    if fouten:
        hoofdstukken.append(("mislukt", "Niet gelukt", lijst(fouten, class_="mislukt")))
    script = _lees("overzicht.js")
    return _sjabloon().render(
        titel=TITEL,
        vingerafdruk=vingerafdruk(script),
        stijl="\n".join(map(lees_stijl, ("tokens.css", "stijl.css", "overzicht.css"))) + kleuren(),
        inleiding=inleiding(delen, len(fouten)),
        delen=hoofdstukken,
        gegevens=als_json(gegevens(register, delen)),
        script=script if delen else "",
    )


def _sjabloon() -> jinja2.Template:
    """Template without automatic escaping: all pieces are safe HTML already."""
    lader = jinja2.FileSystemLoader(sjabloonmap() / SJABLOON)
    omgeving = jinja2.Environment(
        loader=lader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return omgeving.get_template("overzicht.html.j2")


def _lees(naam: str) -> str:
    """Read a piece of the template, to put inside the page."""
    return (sjabloonmap() / SJABLOON / naam).read_text(encoding="utf-8")


def vingerafdruk(script: str) -> str:
    """Hash by which the page allows this script and no other."""
    som = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"sha256-{som}"


def als_json(inhoud: Any) -> str:
    """JSON that can stand inside a script element: no character that could end it."""
    ruw = json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(teken):04x}" if teken in "<>&\u2028\u2029" else teken for teken in ruw)


def gegevens(register: Register, delen: Sequence[Deel]) -> dict[str, Any]:
    """All that the script needs, in the order of the cells of the map."""
    rijen = register.gemeenten
    codes = list(register.hexkaart.index)
    return {
        "gemeenten": [
            [code, veilig(rijen.loc[code, "gemeentenaam"]), veilig(rijen.loc[code, "provincie"])]
            for code in codes
        ],
        "scenarios": [
            {
                "titel": veilig(deel.map.titel),
                "map": adres(Path(deel.map.naam)),
                "bladen": "".join("01"[code in deel.map.bladen] for code in codes),
                "werkboeken": "".join("01"[code in deel.map.werkboeken] for code in codes),
                "lagen": [vars(laag) for laag in deel.lagen],
            }
            for deel in delen
        ],
    }


def inleiding(delen: Sequence[Deel], fouten: int) -> Html:
    """What is in this folder, and whether something failed."""
    aantal_scenarios = _aantal(len(delen), "scenario", "scenario's")
    aantal_bladen = _aantal(sum(len(deel.map.bladen) for deel in delen), "blad", "bladen")
    stukken: list[object] = [
        alinea(
            f"Deze map heeft rapporten van {aantal_scenarios} en {aantal_bladen} van gemeenten. "
            "Alles werkt zonder internet.",
            class_="inleiding",
        )
    ]
    if fouten:
        link = element("a", _aantal(fouten, "rapport is", "rapporten zijn"), href="#mislukt")
        stukken.append(alinea(link, " niet gemaakt."))
    return samen(*stukken)


def _aantal(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"


def zoekdeel(register: Register, delen: Sequence[Deel]) -> Html:
    """Search box, choice of scenario and quantity, and the map."""
    return samen(
        Html(_lees("zoekvak.html")),
        _keuzes(delen),
        _kaartdeel(register, delen[0]),
    )


def _keuzes(delen: Sequence[Deel]) -> Html:
    velden = []
    if len(delen) > 1:
        opties = [
            element("option", deel.map.titel, value=nummer) for nummer, deel in enumerate(delen)
        ]
        velden.append(_keuze("scenario", "Scenario", opties))
    titels = [laag.titel for laag in delen[0].lagen]
    opties = [element("option", naam, value=nummer) for nummer, naam in enumerate(titels)]
    velden.append(_keuze("grootheid", "De kaart toont", opties))
    return element("div", *velden, class_="velden twee metscript", hidden=True)


def _keuze(id_: str, label: str, opties: Sequence[Html]) -> Html:
    return element("div", element("label", label, for_=id_), element("select", *opties, id=id_))


def _kaartdeel(register: Register, deel: Deel) -> Html:
    laag = deel.eerste
    cellen = register.hexkaart
    namen = [
        celnaam(str(register.gemeenten.loc[code, "gemeentenaam"]), code, plaats, deel)
        for plaats, code in enumerate(cellen.index)
    ]
    links = [blad_adres(deel.map, code) if code in deel.map.bladen else "" for code in cellen.index]
    return samen(
        element("h3", deel.map.titel, id="kaartscenario"),
        element(
            "p", laag.titel if laag else ZONDER_CIJFERS, id="kaartnaam", data_leeg=ZONDER_CIJFERS
        ),
        alinea(
            "Elke zeshoek is een gemeente. Een dikke lijn is een grens van een provincie. Klik op "
            "een gemeente voor haar blad. Met het toetsenbord: de pijltjes en Enter. Een stip "
            "betekent: richting onzeker. De kleur volgt het gemiddelde; de band staat in het blad.",
            class_="kader",
        ),
        element(
            "div",
            element("div", kaart(cellen, links, namen, laag), class_="kaartvak"),
            element(
                "div",
                element("p", id="celnaam", class_="celnaam"),
                element("p", laag.uitleg if laag else "", id="kaartuitleg"),
                element(
                    "ul", legenda(laag), id="legenda", class_="kaartlegenda", aria_label="Legenda"
                ),
            ),
            class_="kaartrij",
        ),
    )


def blad_adres(scenario: Scenariomap, code: str) -> str:
    """Link to the sheet of a municipality."""
    return adres(Path(scenario.naam) / GEMEENTEN / f"{code}.html")


def celnaam(naam: str, code: str, plaats: int, deel: Deel) -> str:
    """Name of a cell: municipality, class in words, and whether it has a sheet."""
    cijfer = f": {klasse_in_woorden(deel.eerste, plaats)}" if deel.eerste else ""
    return naam + cijfer + ("" if code in deel.map.bladen else f", {GEEN_BLAD}")


def klasse_in_woorden(laag: Laag, plaats: int) -> str:
    """Class of a municipality."""
    teken = laag.codes[plaats]
    if teken == KLEIN:
        return "minder dan 10 personen"
    if teken in ONZEKER:
        return f"{laag.klassen[ONZEKER.index(teken)]}, richting onzeker"
    return laag.klassen[ZEKER.index(teken)]


def rapporten(delen: Sequence[Deel]) -> Html:
    """Table with the reports of each scenario, their tables, and the number of sheets."""
    rijen = []
    for deel in delen:
        rijen.append(
            [
                deel.map.titel,
                _links(deel.map.rapporten, deel.map.titel),
                _links(deel.map.tabellen, deel.map.titel, bestandsnaam=True),
                _aantal(len(deel.map.bladen), "blad", "bladen"),
            ]
        )
    koppen = [Kolom(kop) for kop in ("Scenario", "Rapport", "Tabellen", "Gemeenten")]
    return samen(
        tabel("Rapporten en tabellen per scenario", koppen, rijen),
        alinea(
            "Een werkboek (xlsx) opent u in een rekenprogramma. Een csv is dezelfde tabel als "
            "gewone tekst. Naast elk blad ligt een werkboek met dezelfde naam.",
            class_="kader",
        ),
    )


def _links(paden: Sequence[Path], titel: str, bestandsnaam: bool = False) -> Html:
    if not paden:
        return tekst("geen")
    regels = []
    for pad in paden:
        naam = "/".join(pad.parts[1:]) if bestandsnaam else soortnaam(pad)
        regels.append(element("a", naam, href=adres(pad), aria_label=f"{naam}: {titel}"))
    return lijst(regels, class_="tabellen")


def bladen(register: Register, delen: Sequence[Deel]) -> Html:
    """List of sheets by province, for each scenario; municipalities without one are named."""
    blokken = [
        element(
            "details",
            element("summary", deel.map.titel),
            _provincies(register, deel.map),
            class_="lijst",
            open=not nummer,
        )
        for nummer, deel in enumerate(delen)
    ]
    return samen(*blokken)


def _provincies(register: Register, scenario: Scenariomap) -> Html:
    if not scenario.bladen:
        return alinea("Van dit scenario zijn geen bladen van gemeenten gemaakt.")
    stukken = []
    for provincie, groep in register.gemeenten.groupby("provincie"):
        namen = groep["gemeentenaam"].astype(str).sort_values(key=lambda reeks: reeks.map(sorteer))
        met = [
            element("a", naam, href=blad_adres(scenario, str(code)))
            for code, naam in namen.items()
            if code in scenario.bladen
        ]
        zonder = [naam for code, naam in namen.items() if code not in scenario.bladen]
        stukken += [element("h3", provincie), lijst(met, class_="bladen")]
        if zonder:
            stukken.append(alinea(f"Geen blad: {'; '.join(zonder)}.", class_="zonder"))
    return samen(*stukken)


def sorteer(naam: str) -> str:
    """Key to sort a name by: without apostrophes, accents and capitals."""
    return anker(naam.removeprefix("'s-").removeprefix("'t "))


def mislukt(map_: Path, delen: Sequence[Deel], uitslagen: Sequence[Uitslag]) -> list[Html]:
    """What failed in this batch with its message, and what failed before and was not mended."""
    regels, genoemd = [], set()
    for uitslag in uitslagen:
        if not uitslag.gelukt:
            genoemd.add(uitslag.bewaard)
            melding = uitslag.melding.replace(f"{map_}/", "")
            regels.append(samen(uitslag.opdracht.naam, element("pre", melding)))
    for deel in delen:
        for pad in deel.map.mislukt:
            if map_ / pad not in genoemd:
                regels.append(tekst(f"Eerder niet gelukt: {pad.as_posix()}"))
    return regels
