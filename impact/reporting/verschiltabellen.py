"""Tables of changed values: old beside new, with source and quality."""

from __future__ import annotations

from typing import Any

import pandas as pd

from impact.reporting.opmaak import Html, alinea, element, koppeling, samen
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.verantwoording import kwaliteitsmerk
from impact.reporting.verschilnota import ONBEKEND, Nota, groepstitel
from impact.reporting.zinnen import opsomming

MEESTE_RIJEN = 150


def gewijzigd(nota: Nota) -> Html:
    """Tables of changed values per group, old and new, with source and quality."""
    if nota.onbekend:
        return alinea(ONBEKEND)
    if nota.parameters.empty:
        return alinea("Er is geen enkele waarde gewijzigd, toegevoegd of vervallen.")
    delen: list[Html] = []
    over = MEESTE_RIJEN
    for groep, deel in nota.waarden.groupby("groep", sort=True):
        if over > 0:
            delen += [
                element("h3", groepstitel(nota, str(groep))),
                _tabel(nota, groep, deel[:over]),
            ]
        over -= len(deel)
    if over < 0:
        delen.append(alinea(f"Er zijn nog {-over} wijzigingen. Die staan in het rekenblad."))
    teksten = len(nota.parameters) - len(nota.waarden)
    if teksten:
        woord = "1 plek" if teksten == 1 else f"{teksten} plekken"
        delen.append(
            alinea(
                f"Op {woord} is alleen de uitleg, de bron of de kwaliteit veranderd. Dat verandert "
                "geen cijfer. Het staat in het rekenblad."
            )
        )
    return samen(*delen)


def _tabel(nota: Nota, groep: object, deel: pd.DataFrame) -> Html:
    rijen: list[list[object]] = [
        [
            samen(_wat(nota, rij), element("code", _waar(rij))),
            _waardecel(rij, "oud"),
            _waardecel(rij, "nieuw"),
            _broncel(nota, rij),
            _kwaliteitcel(rij),
        ]
        for rij in deel.to_dict("records")
    ]
    koppen = [
        Kolom("Wat"),
        Kolom("Was"),
        Kolom("Wordt"),
        Kolom("Bron"),
        Kolom("Kwaliteit"),
    ]
    bestanden = opsomming([str(bestand) for bestand in dict.fromkeys(deel["bestand"])])
    bijschrift = f"{groepstitel(nota, str(groep))}, uit {bestanden}"
    return tabel(bijschrift, koppen, rijen, klasse="aannames")


def _wat(nota: Nota, rij: Any) -> str:
    """Description of a value; a step of a scenario is the date of its measure."""
    lijst, _, rest = str(rij["onderdeel"]).partition(" ")
    naam, _, veld = rest.rpartition(" ")
    if (lijst, veld) == ("maatregelen", "vanaf"):
        maatregel = nota.register.maatregelen.get(naam)
        return f"Ingangsdatum: {naam if maatregel is None else maatregel.titel}"
    return str(rij["omschrijving"] or rij["naam"])


def _waar(rij: Any) -> str:
    return f"{rij['naam']} {rij['onderdeel']}".strip()


def _waardecel(rij: Any, kant: str) -> Html | str:
    waarde = str(rij[kant])
    if not waarde:
        ontbreekt = {"toegevoegd": "was er niet", "vervallen": "vervallen"}
        return element("span", ontbreekt.get(str(rij["wijziging"]), "leeg"), class_="leeg")
    return f"{waarde} {rij['eenheid']}".strip()


def _broncel(nota: Nota, rij: Any) -> Html:
    """Source, and the previous one when that was another."""
    oud, nieuw = str(rij["bron_oud"]), str(rij["bron_nieuw"])
    if not (oud or nieuw):
        return Html("")
    eigen = _bron(nota, nieuw or oud)
    if oud and nieuw and oud != nieuw:
        return samen(eigen, element("span", "eerst: ", _bron(nota, oud), class_="band"))
    return eigen


def _bron(nota: Nota, naam: str) -> Html:
    bron = nota.register.bronnen.get(naam)
    return koppeling(naam, None) if bron is None else koppeling(bron.titel, bron.url)


def _kwaliteitcel(rij: Any) -> Html:
    oud, nieuw = str(rij["kwaliteit_oud"]), str(rij["kwaliteit_nieuw"])
    if not (oud or nieuw):
        return Html("")
    merk = kwaliteitsmerk(nieuw or oud)
    if oud and nieuw and oud != nieuw:
        return samen(merk, element("span", f"eerst: {oud}", class_="band"))
    return merk
