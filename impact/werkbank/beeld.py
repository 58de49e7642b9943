"""What the explorer shows: from outcomes to small messages for the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from impact.model.grootheden import GROOTHEDEN, Sleutel
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.reporting import thema
from impact.reporting.getallen import Band, in_woorden, schaal
from impact.reporting.kaart import grenzen_verschil, klassen
from impact.reporting.opmaak import Html
from impact.reporting.tabellen import Kolom, cel, tabel, verschilcel
from impact.reporting.zinnen import hoofdletter
from impact.werkbank.cijfers import (
    Draws,
    Gebied,
    Kaartcijfers,
    Verloop,
    jaarplaatsen,
    kaartcijfers,
    kaarteenheid,
    verloop,
)
from impact.werkbank.keuze import Kijk

WAAIERS = ("stroom", "voorraad", "werk")
TOTAAL = "kosten_totaal"
EERSTE_CIJFER = re.compile(r"^(circa )?(\d)")
CIJFERS = 6
"""Significant digits that go to the browser: a chart shows no more."""


def sleutel_van(grootheid: str) -> Sleutel:
    """Key of a quantity that is shown as one figure."""
    return GROOTHEDEN[grootheid].sleutels[0]


def nodig(kijk: Kijk) -> list[Sleutel]:
    """Keys of all that is on the screen."""
    namen = [getattr(kijk, veld) for veld in (*WAAIERS, "maat")]
    return sorted({sleutel_van(naam) for naam in namen} | set(GROOTHEDEN[TOTAAL].sleutels))


@dataclass(frozen=True)
class Uitslag:
    """Figures of one side.

    Attributes
    ----------
    verlopen : per key that is shown
    kaart : difference in every municipality
    """

    verlopen: Mapping[Sleutel, Verloop]
    kaart: Kaartcijfers


@dataclass(frozen=True)
class Kader:
    """What a picture is made for."""

    register: Register
    perioden: list[Halfjaar]
    kijk: Kijk
    gebied: Gebied

    def uitslag(self, met: Mapping[Sleutel, Draws], zonder: Mapping[Sleutel, Draws]) -> Uitslag:
        """Figures of one side, from the draws of its two runs."""
        inwoners = self.register.gemeenten["inwoners_2025"].to_numpy(dtype=float)
        plaatsen = jaarplaatsen(self.perioden, self.kijk.maat, self.kijk.jaar)
        return Uitslag(
            {s: verloop(s, met, zonder, self.gebied) for s in nodig(self.kijk)},
            kaartcijfers(sleutel_van(self.kijk.maat), met, zonder, plaatsen, inwoners),
        )

    def beschikbaar(self, grootheid: str) -> bool:
        """Whether a quantity is known for this area: some are national only."""
        return self.gebied.niveau == "nationaal" or GROOTHEDEN[grootheid].gemeentelijk


def beeld(kader: Kader, uitslagen: Mapping[str, Uitslag], met_band: bool) -> dict[str, Any]:
    """All charts of all sides.

    Parameters
    ----------
    met_band : False for the middle draw alone
    """
    kijk = kader.kijk
    grenzen = kaartgrenzen(uitslagen)
    panelen = {veld: paneel(kader, veld, uitslagen, met_band) for veld in WAAIERS}
    return {
        "panelen": panelen | {"euro": europaneel(kader, uitslagen, met_band)},
        "kaart": {
            "titel": GROOTHEDEN[kijk.maat].omschrijving,
            "eenheid": kaarteenheid(kijk.maat),
            "klassen": klassen(grenzen),
            "kanten": {
                naam: kaartkant(uitslag.kaart, grenzen) for naam, uitslag in uitslagen.items()
            },
            "binnen": kader.gebied.leden.astype(int).tolist(),
        },
        "tabel": tafel(kader, uitslagen) if met_band else None,
    }


def paneel(
    kader: Kader, veld: str, uitslagen: Mapping[str, Uitslag], met_band: bool
) -> dict[str, Any]:
    """One chart over time."""
    grootheid = str(getattr(kader.kijk, veld))
    eenheid = GROOTHEDEN[grootheid].eenheid
    if not kader.beschikbaar(grootheid):
        return {"eenheid": eenheid, "leeg": "Dit cijfer is er alleen voor heel Nederland."}
    sleutel = sleutel_van(grootheid)
    verlopen = {naam: uitslag.verlopen[sleutel] for naam, uitslag in uitslagen.items()}
    rollen = ("verschil",) if kader.kijk.toon == "verschil" else ("met", "zonder")
    reeksen = {
        naam: {rol: lijnen(getattr(v, rol)) for rol in rollen} for naam, v in verlopen.items()
    }
    deler, woord = schaal_van(reeksen, eenheid)
    plaats = len(kader.perioden) - 1 - 2 * (kader.perioden[-1].jaar - kader.kijk.jaar)
    return {
        "eenheid": woord,
        "deler": deler,
        "reeksen": reeksen,
        "lees": {naam: leesregel(v, plaats, met_band) for naam, v in verlopen.items()},
        "moment": str(kader.perioden[plaats]),
    }


def lijnen(reeks: Mapping[str, Draws]) -> list[list[float]]:
    """Middle, low and high as short numbers."""
    return [[kort(w) for w in reeks[kant]] for kant in ("midden", "laag", "hoog")]


def kort(waarde: float) -> float:
    """Number with as many digits as a chart can show."""
    return float(f"{waarde:.{CIJFERS}g}")


def schaal_van(
    reeksen: Mapping[str, Mapping[str, list[list[float]]]], eenheid: str
) -> tuple[float, str]:
    """Divisor that keeps the numbers of an axis short, and the unit in words."""
    alle = [
        w for kant in reeksen.values() for reeks in kant.values() for lijn in reeks for w in lijn
    ]
    top = max((abs(w) for w in alle), default=0.0)
    exponent, woord, _ = schaal(Band(top, top, top, eenheid))
    return 10.0**exponent, f"{woord} {eenheid}".strip()


def leesregel(verloop_: Verloop, plaats: int, met_band: bool) -> dict[str, str]:
    """Figures of one moment in words."""
    verschil = verloop_.band("verschil", plaats)
    onzeker = met_band and bool(verloop_.onzeker[plaats])
    return {
        "met": in_woorden(verloop_.band("met", plaats)),
        "verschil": "geen verschil" if verschil.nul else verschil_in_woorden(verschil),
        "onzeker": "richting onzeker" if onzeker else "",
    }


def verschil_in_woorden(verschil: Band) -> str:
    """Write a difference, with a plus before a number that is more; a small count has none."""
    tekst = in_woorden(verschil)
    return EERSTE_CIJFER.sub(r"\1+\2", tekst) if verschil.midden > 0 else tekst


def europaneel(kader: Kader, uitslagen: Mapping[str, Uitslag], met_band: bool) -> dict[str, Any]:
    """Euros per year and payer: the difference, or what is paid."""
    rol = "verschil" if kader.kijk.toon == "verschil" else "met"
    jaren = sorted({p.jaar for p in kader.perioden})
    bedragen = {
        naam: {
            betaler: [
                kort(
                    getattr(
                        uitslag.verlopen[TOTAAL, betaler].jaarcijfer(
                            jaarplaatsen(kader.perioden, TOTAAL, jaar), "euro"
                        ),
                        rol,
                    ).midden
                )
                for jaar in jaren
            ]
            for betaler in GROOTHEDEN[TOTAAL].betalers
        }
        for naam, uitslag in uitslagen.items()
    }
    top = max(
        (abs(w) for kant in bedragen.values() for reeks in kant.values() for w in reeks),
        default=0.0,
    )
    exponent, woord, _ = schaal(Band(top, top, top, "euro"))
    plaatsen = jaarplaatsen(kader.perioden, TOTAAL, kader.kijk.jaar)
    lees = {}
    for naam, uitslag in uitslagen.items():
        eigen = uitslag.verlopen[TOTAAL, "gemeente"].jaarcijfer(plaatsen, "euro")
        verschil = "geen verschil" if eigen.verschil.nul else in_woorden(eigen.verschil)
        lees[naam] = {
            "met": in_woorden(eigen.met),
            "verschil": verschil,
            "onzeker": "richting onzeker" if met_band and eigen.onzeker else "",
        }
    return {
        "eenheid": f"{woord} euro per jaar, prijzen van 2025".strip(),
        "deler": 10.0**exponent,
        "bedragen": {
            naam: [
                [str(jaar), thema.betalernaam(b), list(thema.BETALERS).index(b), reeks[n]]
                for b, reeks in kant.items()
                for n, jaar in enumerate(jaren)
            ]
            for naam, kant in bedragen.items()
        },
        "lees": lees,
        "moment": str(kader.kijk.jaar),
    }


def kaartgrenzen(uitslagen: Mapping[str, Uitslag]) -> list[float]:
    """Class borders that all maps share."""
    return grenzen_verschil(np.concatenate([u.kaart.waarden for u in uitslagen.values()]).tolist())


def kaartkant(kaart: Kaartcijfers, grenzen: list[float]) -> dict[str, list[int]]:
    """Class of every municipality, and whether its direction is unsure."""
    klasse = np.searchsorted(grenzen, kaart.waarden, side="right")
    return {"klasse": klasse.tolist(), "onzeker": kaart.onzeker.astype(int).tolist()}


def tafel(kader: Kader, uitslagen: Mapping[str, Uitslag]) -> Html:
    """Table behind a chart: every half-year of every side, as in the reports."""
    veld = kader.kijk.tabel
    if veld == "euro":
        return eurotafel(kader, uitslagen)
    grootheid = str(getattr(kader.kijk, veld))
    if not kader.beschikbaar(grootheid):
        return Html("<p>Dit cijfer is er alleen voor heel Nederland.</p>")
    inhoud, sleutel = GROOTHEDEN[grootheid], sleutel_van(grootheid)
    koppen = [Kolom("Halfjaar")]
    for naam in uitslagen:
        achter = f" ({naam.upper()})" if len(uitslagen) > 1 else ""
        koppen += [
            Kolom(f"{kop}{achter}", True)
            for kop in ("Met de maatregelen", "Zonder de maatregelen", "Verschil")
        ]
    rijen: list[list[object]] = []
    for plaats, periode in enumerate(kader.perioden):
        rij: list[object] = [str(periode)]
        for uitslag in uitslagen.values():
            v = uitslag.verlopen[sleutel]
            rij += [cel(v.band("met", plaats)), cel(v.band("zonder", plaats))]
            rij.append(verschilcel(v.band("verschil", plaats), bool(v.onzeker[plaats])))
        rijen.append(rij)
    return tabel(
        f"{hoofdletter(inhoud.omschrijving)}, per halfjaar ({inhoud.eenheid})", koppen, rijen
    )


def eurotafel(kader: Kader, uitslagen: Mapping[str, Uitslag]) -> Html:
    """Table behind the euros: difference per year and payer."""
    betalers = GROOTHEDEN[TOTAAL].betalers
    koppen = [Kolom("Jaar"), *([Kolom("Scenario")] if len(uitslagen) > 1 else [])]
    koppen += [Kolom(thema.betalernaam(b), True) for b in betalers]
    rijen: list[list[object]] = []
    for jaar in sorted({p.jaar for p in kader.perioden}):
        plaatsen = jaarplaatsen(kader.perioden, TOTAAL, jaar)
        for naam, uitslag in uitslagen.items():
            rij: list[object] = [str(jaar), *([naam.upper()] if len(uitslagen) > 1 else [])]
            for betaler in betalers:
                c = uitslag.verlopen[TOTAAL, betaler].jaarcijfer(plaatsen, "euro")
                rij.append(verschilcel(c.verschil, c.onzeker))
            rijen.append(rij)
    return tabel("Verschil met de referentie per jaar en betaler (euro)", koppen, rijen)
