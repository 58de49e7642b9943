"""Places in a file that an analyst still has to fill in: values that begin with TODO."""

from __future__ import annotations

import re
from collections.abc import Iterator

from impact.registry.problemen import Probleem, kort
from impact.registry.yaml_lezen import Inhoud, Pad

INVULPLEK = re.compile(r"TODO\b[\s:]*(.*)", re.DOTALL)
"""A value that says what belongs in its place."""
LANGSTE_UITLEG = 120


def invulplekken(inhoud: Inhoud, bestand: str) -> tuple[list[Probleem], set[str]]:
    """Find what is still to be filled in, and let no other check complain about it.

    Parameters
    ----------
    inhoud : content of a file; the places found are marked as reported
    bestand : how the file is called in messages

    Returns
    -------
    problemen, waarden : one problem per place, and the texts that stand there
    """
    problemen: list[Probleem] = []
    waarden: set[str] = set()
    for plek, waarde in _teksten(inhoud.gegevens):
        gevonden = INVULPLEK.match(waarde)
        if gevonden is not None:
            inhoud.kapot.add(plek)
            waarden.add(waarde)
            wat = kort(" ".join(gevonden[1].split()), LANGSTE_UITLEG)
            tekst = f"{_naam(plek)} is nog niet ingevuld"
            problemen.append(Probleem(bestand, inhoud.regel(plek), tekst, f"vul in: {wat}"))
    return problemen, waarden


def _naam(plek: Pad) -> str:
    """Key of a place; for an item of a list the key of the list."""
    sleutels = [deel for deel in plek if isinstance(deel, str)]
    return f"'{sleutels[-1]}'" if sleutels else "de waarde"


def _teksten(gegevens: object) -> Iterator[tuple[Pad, str]]:
    """All texts with their places; without recursion, because a file may be nested deeply."""
    stapel: list[tuple[Pad, object]] = [((), gegevens)]
    while stapel:
        plek, deel = stapel.pop()
        if isinstance(deel, str):
            yield plek, deel
        elif isinstance(deel, dict):
            stapel += [((*plek, sleutel), waarde) for sleutel, waarde in deel.items()]
        elif isinstance(deel, list):
            stapel += [((*plek, nummer), waarde) for nummer, waarde in enumerate(deel)]
