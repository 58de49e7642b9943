"""Keep what municipalities sent in, and overwrite nothing in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from impact.inwinnen.lezen import Gelezen
from impact.registry.eigenmodellen import Eigencijfer, Eigenopgave
from impact.registry.laden import Register
from impact.registry.yaml_lezen import Schrijver
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.getallen import onafgerond

KOP = ("gemeente", "afzender", "ingevuld", "formulier")
GETALLEN = ("midden", "laag", "hoog")
VELDEN = (*GETALLEN, "eenheid", "datum", "bron", "vindplaats", "kwaliteit", "opmerking")
MAP = Path("gemeenten") / "eigen"


@dataclass
class Verslag:
    """What happened to the forms that could be read.

    Attributes
    ----------
    bewaard : codes and files that were written
    bekend : codes of which the same figures were stored already
    conflicten : one line per figure that is in the way; nothing of that municipality was written
    botsend : codes of those municipalities
    """

    bewaard: dict[str, Path] = field(default_factory=dict)
    bekend: list[str] = field(default_factory=list)
    conflicten: list[str] = field(default_factory=list)
    botsend: list[str] = field(default_factory=list)


def bewaar(
    register: Register, gelezen: Sequence[Gelezen], vervang: bool = False, proef: bool = False
) -> Verslag:
    """Store the forms without problems, one file per municipality.

    Parameters
    ----------
    vervang : accept figures that differ from what is stored
    proef : write nothing
    """
    verslag = Verslag()
    per_gemeente: dict[str, list[tuple[str, Eigenopgave]]] = defaultdict(list)
    for stuk in gelezen:
        if stuk.opgave is not None:
            per_gemeente[stuk.opgave.gemeente].append((stuk.bestand, stuk.opgave))
    for code, stukken in sorted(per_gemeente.items()):
        botsing = _onderling(code, stukken)
        nieuw, oud = stukken[0][1], register.eigen.get(code)
        if not botsing and oud is not None and oud.cijfers == nieuw.cijfers:
            verslag.bekend.append(code)
            continue
        if not botsing and oud is not None and not vervang:
            botsing = _met_bewaard(code, oud, nieuw)
        if botsing:
            verslag.conflicten += botsing
            verslag.botsend.append(code)
            continue
        pad = register.map / MAP / f"{code}.yaml"
        if not proef:
            schrijf_heel(pad, als_yaml(nieuw, str(register.gemeenten.at[code, "gemeentenaam"])))
        verslag.bewaard[code] = pad
    return verslag


def _onderling(code: str, stukken: Sequence[tuple[str, Eigenopgave]]) -> list[str]:
    """Two forms of one municipality that do not say the same."""
    eerste_naam, eerste = stukken[0]
    regels = []
    for bestand, ander in stukken[1:]:
        for naam in sorted(_verschillend(eerste, ander)):
            een, twee = (_toon(opgave.cijfers.get(naam)) for opgave in (eerste, ander))
            regels.append(f"{code}, {naam}: {een} in {eerste_naam} en {twee} in {bestand}")
    if regels:
        regels.append(f"{code}: haal een van de formulieren weg; --vervang kiest hier niet")
    return regels


def _met_bewaard(code: str, oud: Eigenopgave, nieuw: Eigenopgave) -> list[str]:
    """Figures that differ from what is stored."""
    later = " (nieuwer dan dit formulier)" if oud.ingevuld > nieuw.ingevuld else ""
    regels = [
        f"{code}, {naam}: bewaard is {_toon(oud.cijfers.get(naam))}, formulier van "
        f"{oud.ingevuld}{later}; nu {_toon(nieuw.cijfers.get(naam))}, formulier van "
        f"{nieuw.ingevuld}"
        for naam in sorted(_verschillend(oud, nieuw))
    ]
    return [*regels, f"{code}: neem het nieuwe formulier over met --vervang"]


def _verschillend(een: Eigenopgave, ander: Eigenopgave) -> list[str]:
    namen = {**een.cijfers, **ander.cijfers}
    return [naam for naam in namen if een.cijfers.get(naam) != ander.cijfers.get(naam)]


def _toon(cijfer: Eigencijfer | None) -> str:
    """Figure in words; its range, date and origin when it has them."""
    if cijfer is None:
        return "niets"
    marge = ""
    if cijfer.laag is not None and cijfer.hoog is not None:
        marge = f" ({onafgerond(cijfer.laag)} tot {onafgerond(cijfer.hoog)})"
    waar = f"{cijfer.datum}, {cijfer.vindplaats.lower()}"
    return f"{onafgerond(cijfer.midden)}{marge} [{waar}]"


def als_yaml(opgave: Eigenopgave, naam: str) -> str:
    """File as it is stored: what a reader must know, and every figure with its origin."""
    inhoud: dict[str, Any] = opgave.model_dump(mode="json", include=set(KOP))
    inhoud["cijfers"] = {naam: _regel(cijfer) for naam, cijfer in opgave.cijfers.items()}
    kop = f"# Eigen cijfers van {' '.join(naam.split())} ({opgave.gemeente}). Gemaakt met: impact "
    kop += (
        "formulier lees\n# Gelden alleen voor deze gemeente. Wijzig ze met een nieuw formulier.\n"
    )
    tekst = yaml.dump(inhoud, Dumper=Schrijver, allow_unicode=True, sort_keys=False, width=100)
    return kop + str(tekst)


def _regel(cijfer: Eigencijfer) -> dict[str, Any]:
    """One figure, in a fixed order; whole numbers without decimals."""
    inhoud = cijfer.model_dump(mode="json", exclude_none=True)
    for naam in GETALLEN:
        if naam in inhoud and inhoud[naam] == int(inhoud[naam]):
            inhoud[naam] = int(inhoud[naam])
    return {naam: inhoud[naam] for naam in VELDEN if naam in inhoud}
