"""What the explorer offers to choose from: sent to the browser once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from impact.analysis.groepen import indeling
from impact.model.grootheden import GROOTHEDEN
from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Parameter
from impact.registry.periode import Halfjaar
from impact.reporting import thema
from impact.reporting.tabellen import DOMEINWOORD
from impact.reporting.zinnen import hoofdletter
from impact.werkbank.aanname import geldend
from impact.werkbank.grafieken import Domein, hoogte_per_breedte, specificaties
from impact.werkbank.keuze import GROOTHEDEN_BIJ

NIVEAUS = {
    "nationaal": "Nederland",
    "provincie": "Provincie",
    "grootteklasse": "Grootteklasse",
    "netwerk": "Netwerk",
    "stedelijkheid": "Stedelijkheid",
    "gemeente": "Gemeente",
}
STAPPEN = 200
"""Positions of the slider of an assumption."""


def opbouw(register: Register, perioden: list[Halfjaar]) -> dict[str, Any]:
    """Everything that does not change while exploring."""
    jaren = tuple(sorted({p.jaar for p in perioden}))
    cellen = hexen(register)
    breed, hoog = domeinen(cellen)
    return {
        "scenarios": [
            {"naam": naam, "titel": s.titel, "soort": s.soort}
            for naam, s in register.scenarios.items()
        ],
        "wetten": wetten(register),
        "aannames": aannames(register, perioden[0]),
        "niveaus": [{"naam": naam, "titel": titel} for naam, titel in NIVEAUS.items()],
        "gebieden": gebieden(register),
        "grootheden": {
            veld: [{"naam": naam, "titel": GROOTHEDEN[naam].omschrijving} for naam in namen]
            for veld, namen in GROOTHEDEN_BIJ.items()
        },
        "halfjaren": [str(p) for p in perioden],
        "jaren": list(jaren),
        "hexen": cellen.reset_index(names="code").to_dict("list"),
        "vorm": hoogte_per_breedte(breed, hoog),
        "specs": specificaties(jaren, breed, hoog),
        "betalers": [{"naam": naam, "kleur": kleur} for naam, kleur in thema.BETALERS.values()],
        "klassen": thema.KLASSEN_VERSCHIL,
    }


def wetten(register: Register) -> list[dict[str, Any]]:
    """Laws with their measures; those without any measure in the model come last."""
    lijst = [
        {
            "naam": naam,
            "titel": wet.naam,
            "maatregelen": [
                {"naam": sleutel, "titel": m.titel, "uitleg": m.toelichting}
                for sleutel, m in wet.maatregelen.items()
                if m.verandert
            ],
            "buiten": [m.titel for m in wet.maatregelen.values() if not m.verandert],
        }
        for naam, wet in register.wetten.items()
    ]
    return sorted(lijst, key=lambda wet: (not wet["maatregelen"], str(wet["titel"]).casefold()))


def aannames(register: Register, begin: Halfjaar) -> list[dict[str, Any]]:
    """Assumptions that can be moved, by subject."""
    lijst = [
        _aanname(register, naam, parameter, begin)
        for naam, parameter in register.parameters.items()
        if naam != "prijsindex" and not any(w.gemeenten for w in parameter.waarden)
    ]
    return sorted(lijst, key=lambda a: (a["domein"], str(a["titel"]).casefold()))


def _aanname(
    register: Register, naam: str, parameter: Parameter, begin: Halfjaar
) -> dict[str, Any]:
    eigen, laatste = geldend(parameter, begin), parameter.waarden[-1]
    onder, boven = schuifgrenzen(parameter)
    bestand = PurePosixPath(register.vindplaatsen["parameter", naam].bestand).stem
    return {
        "naam": naam,
        "titel": parameter.omschrijving,
        "eenheid": parameter.eenheid,
        "domein": hoofdletter(DOMEINWOORD.get(bestand, bestand)),
        "waarde": laatste.midden,
        "laag": laatste.laag,
        "hoog": laatste.hoog,
        "onder": onder,
        "boven": boven,
        "stap": (boven - onder) / STAPPEN,
        "kwaliteit": laatste.kwaliteit,
        "bron": register.bronnen[laatste.bron].titel,
        "vanaf": str(laatste.vanaf) if len(eigen) > 1 else "",
    }


def schuifgrenzen(parameter: Parameter) -> tuple[float, float]:
    """Ends of the slider: as much room again beside the range, within what can be."""
    laatste = parameter.waarden[-1]
    laagste, hoogste = grenzen(parameter.eenheid)
    if laatste.laag is None or laatste.hoog is None or laatste.laag == laatste.hoog:
        onder, boven = 0.0, 2.0 * laatste.midden or 1.0
    else:
        ruimte = (laatste.hoog - laatste.laag) / 2
        onder, boven = laatste.laag - ruimte, laatste.hoog + ruimte
    return max(laagste, onder), min(hoogste, boven)


def gebieden(register: Register) -> dict[str, list[dict[str, str]]]:
    """Areas per level."""
    rijen = indeling(register.gemeenten)
    namen = register.gemeenten["gemeentenaam"]
    lijst: dict[str, list[dict[str, str]]] = {niveau: [] for niveau in NIVEAUS}
    for niveau, naam in zip(rijen.niveaus, rijen.namen, strict=True):
        lijst[niveau].append({"naam": naam, "titel": gebiedsnaam(niveau, naam, namen)})
    lijst["gemeente"].sort(key=lambda g: g["titel"].casefold().lstrip("'"))
    lijst["grootteklasse"].sort(key=lambda g: _eerste_getal(g["titel"]))
    return lijst


def _eerste_getal(titel: str) -> int:
    cijfers = "".join(teken for teken in titel.split(" ")[0] if teken.isdigit())
    return int(cijfers or 0)


def gebiedsnaam(niveau: str, naam: str, gemeentenamen: pd.Series) -> str:
    """Name of an area in a text."""
    if niveau == "nationaal":
        return "Nederland"
    return str(gemeentenamen[naam]) if niveau == "gemeente" else naam


def hexen(register: Register) -> pd.DataFrame:
    """Cells of the map, in the order of the municipalities in the model."""
    kaart = register.hexkaart.loc[register.gemeenten.index]
    return pd.DataFrame(
        {
            "titel": kaart["gemeentenaam"].astype(str),
            "x": kaart["kolom"] + 0.5 * (kaart["rij"] % 2),
            "y": kaart["rij"],
        }
    )


def domeinen(cellen: pd.DataFrame) -> tuple[Domein, Domein]:
    """Extent of the map, with room for a cell around it."""
    x, y = cellen["x"], cellen["y"]
    return (float(x.min()) - 0.6, float(x.max()) + 0.6), (
        float(y.min()) - 0.8,
        float(y.max()) + 0.8,
    )
