"""Leaves that rest on calibration or chance: what they are, and how they were found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from impact.analysis.formules.herkomst import Herkomst
from impact.analysis.kalibratie import Kalibratie
from impact.analysis.samenstellen import vergunningen_nu
from impact.model.invoer import Invoer

TOETS = "hoe goed dit werkt: opdracht impact terugtoets en het notebook verantwoording"


@dataclass(frozen=True)
class Ijking:
    """One leaf that is calibrated on history, or differs by chance.

    Attributes
    ----------
    titel : what it is
    uitleg : meaning, with the values that the manifest of a result has too; Dutch
    bestand : history that it rests on; empty when it is chance alone
    """

    titel: str
    uitleg: Callable[[Kalibratie, Invoer], str]
    bestand: str = ""


def getal(waarde: float, decimalen: int = 3) -> str:
    """Write a number as in a Dutch text."""
    engels = f"{waarde:,.{decimalen}f}"
    return engels.translate(str.maketrans(",.-", ".,\N{MINUS SIGN}"))


def _benutting(kalibratie: Kalibratie, invoer: Invoer) -> str:
    return (
        "De factor waarmee het model huisvest wat er in eerdere jaren gehuisvest is. Recente "
        f"halfjaren wegen zwaarder. De factor is e^niveau. In het manifest: niveau "
        f"{getal(kalibratie.niveau)}, uit {kalibratie.halfjaren} halfjaren."
    )


def _inzet(kalibratie: Kalibratie, invoer: Invoer) -> str:
    return (
        "In de middelste berekening 1. In de trekkingen verschilt dit per halfjaar, zo veel als "
        "het model er eerder naast zat. In het manifest: fout_huisvesting "
        f"{getal(kalibratie.fout_huisvesting)}."
    )


def _gemeente_effect(kalibratie: Kalibratie, invoer: Invoer) -> str:
    return (
        "In de middelste berekening is elke gemeente gelijk (1). In de trekkingen verschilt dit, "
        "zo veel als past bij het getelde aantal gemeenten dat de taakstelling haalt. In het "
        f"manifest: spreiding_gemeenten {getal(kalibratie.spreiding_gemeenten)}."
    )


def _begin_opgave(kalibratie: Kalibratie, invoer: Invoer) -> str:
    return (
        "In de middelste berekening is elke gemeente gelijk (1). In de trekkingen heeft de ene "
        "gemeente bij de start meer te doen dan de andere. Gaf een gemeente haar achterstand zelf "
        "op, dan staat hier wat daarbij past. In het manifest: spreiding_begin "
        f"{getal(kalibratie.spreiding_begin)}."
    )


def _vergunningen(kalibratie: Kalibratie, invoer: Invoer) -> str:
    nu = float(vergunningen_nu(invoer.begin)[0, 0])
    factor = float(invoer.toeval.vergunningen[0, 0, 0])
    taak = invoer.begin.taakstelling_aangekondigd[0, 0]
    erbij = " en de aangekondigde taakstelling" if taak == taak else ""
    return (
        f"Het gemiddelde van het laatste jaar{erbij} is {getal(nu, 0)} vergunningen per halfjaar. "
        f"De aannames geven voor het eerste halfjaar {getal(nu / factor, 0)}. De factor is het "
        "eerste getal gedeeld door het tweede. In het manifest staat hoe onzeker dit is: "
        f"fout_vergunningen {getal(kalibratie.fout_vergunningen)} per jaar."
    )


def _voorspelfout(kalibratie: Kalibratie, invoer: Invoer) -> str:
    return (
        "In de middelste berekening 0. In de trekkingen verschilt dit per halfjaar. Hoeveel staat "
        "in de aanname spreiding voorspelfout."
    )


IJKINGEN = {
    "benutting": Ijking(
        "Deel van het aanbod dat echt wordt gebruikt",
        _benutting,
        "parameters/historie/taakstelling.csv",
    ),
    "inzet": Ijking(
        "Wat er geplaatst wordt, vergeleken met de verwachting",
        _inzet,
        "parameters/historie/taakstelling.csv",
    ),
    "gemeente_effect": Ijking(
        "Blijvend verschil met andere gemeenten",
        _gemeente_effect,
        "parameters/historie/naleving.csv",
    ),
    "begin_opgave": Ijking(
        "Verschil met andere gemeenten bij de start",
        _begin_opgave,
        "parameters/historie/naleving.csv",
    ),
    "vergunningen": Ijking(
        "Vergunningen van nu, vergeleken met de aannames",
        _vergunningen,
        "parameters/historie/instroom.csv",
    ),
    "voorspelfout": Ijking("Fout van de verwachting", _voorspelfout),
}
"""All leaves of `impact.model.invoer.Toeval`."""


def herkomst_van_ijking(ijking: Ijking) -> Herkomst:
    """Origin of such a leaf: our own computation, on history where it is calibrated."""
    geijkt = bool(ijking.bestand)
    bron = "geijkt op de historie tot de start" if geijkt else "toeval van het model"
    plaats = f"kalibratie.py; {TOETS}" if geijkt else "trekkingen.py"
    return Herkomst(
        titel=f"Eigen berekening: {bron}",
        uitgever="",
        datum="",
        url=None,
        vindplaats=f"impact/analysis/{plaats}",
        kwaliteit="oranje",
        bestand=ijking.bestand or "parameters/aannames/taakstelling.yaml",
        regel=0,
        sleutel="aannames-historie" if geijkt else "aanname-spreiding_voorspelfout",
    )
