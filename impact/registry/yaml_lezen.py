"""Read YAML strictly: with line numbers, without aliases, duplicates, or surprises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from impact.registry.problemen import Probleem, kort

GROOTSTE_BESTAND = 5_000_000
GROOTSTE_DIEPTE = 20
MEESTE_WAARDEN = 300_000
LANGSTE_GETAL = 30
GROOTSTE_GETAL = 1e15
GEHEEL = re.compile(r"[-+]?(0|[1-9]\d*)")
DECIMAAL = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?")
NIET_EINDIG = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
LADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Pad = tuple[str | int, ...]


@dataclass
class Inhoud:
    """Content of a file and the line of every key and item."""

    gegevens: Any = None
    regels: dict[Pad, int] = field(default_factory=dict)

    def regel(self, pad: Pad) -> int:
        """Line of a place; of the nearest place around it when it has none."""
        while pad and pad not in self.regels:
            pad = pad[:-1]
        return self.regels.get(pad, 1)


class LeesFout(Exception):
    """Something at a line; ends the reading of this file."""

    def __init__(self, regel: int, tekst: str, suggestie: str = "") -> None:
        super().__init__(tekst)
        self.regel, self.tekst, self.suggestie = regel, tekst, suggestie


def lees_tekst(pad: Path) -> str:
    """Read a text file as UTF-8, with or without a byte-order mark.

    Raises
    ------
    LeesFout
        Not a file, too large, or not UTF-8.
    """
    if pad.is_dir():
        raise LeesFout(0, "is een map; hier hoort een bestand")
    try:
        if pad.stat().st_size > GROOTSTE_BESTAND:
            groot = GROOTSTE_BESTAND // 1_000_000
            raise LeesFout(0, f"is groter dan {groot} MB; splits het bestand")
        return pad.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        tekst = f"is geen UTF-8 (byte {fout.start}); bewaar het bestand als UTF-8"
        raise LeesFout(0, tekst) from None
    except OSError as fout:
        raise LeesFout(0, f"kan niet worden gelezen: {fout.strerror}") from None


def lees_yaml(pad: Path, naam: str) -> tuple[Inhoud, list[Probleem]]:
    """Read one YAML file.

    Parameters
    ----------
    pad : where it is
    naam : how it is called in messages

    Returns
    -------
    inhoud, problemen : the data are None when the file could not be read to its end
    """
    bouwer = _Bouwer()
    try:
        bouwer.lees(lees_tekst(pad))
    except LeesFout as fout:
        bouwer.problemen.append((fout.regel, fout.tekst, fout.suggestie))
        bouwer.inhoud.gegevens = None
    return bouwer.inhoud, [Probleem(naam, *deel) for deel in bouwer.problemen]


class _Bouwer:
    """Builds data from YAML events with a stack instead of recursion."""

    def __init__(self) -> None:
        self.inhoud = Inhoud()
        self.problemen: list[tuple[int, str, str]] = []
        self._stapel: list[tuple[Any, Pad]] = []
        self._sleutel: list[str | None] = []
        self._aantal = 0

    def lees(self, tekst: str) -> None:
        """Build the data of a whole text."""
        documenten = 0
        for gebeurtenis in _gebeurtenissen(tekst):
            regel = gebeurtenis.start_mark.line + 1
            if isinstance(gebeurtenis, yaml.DocumentStartEvent):
                documenten += 1
                if documenten > 1:
                    raise LeesFout(regel, "een tweede document ('---') mag niet")
            elif isinstance(gebeurtenis, yaml.AliasEvent):
                raise LeesFout(regel, "een verwijzing (*) mag niet; schrijf de waarde voluit")
            elif isinstance(gebeurtenis, yaml.NodeEvent):
                self._knoop(gebeurtenis, regel)
            elif isinstance(gebeurtenis, yaml.CollectionEndEvent):
                self._stapel.pop()
                self._sleutel.pop()
        if self.inhoud.gegevens is None:
            raise LeesFout(0, "is leeg")

    def _knoop(self, gebeurtenis: Any, regel: int) -> None:
        self._keur(gebeurtenis, regel)
        if isinstance(gebeurtenis, yaml.ScalarEvent):
            self._tekst(gebeurtenis, regel)
            return
        if len(self._stapel) >= GROOTSTE_DIEPTE:
            raise LeesFout(regel, f"is dieper genest dan {GROOTSTE_DIEPTE} lagen")
        verzameling: Any = {} if isinstance(gebeurtenis, yaml.MappingStartEvent) else []
        plek = self._zet(verzameling, regel)
        self._stapel.append((verzameling, plek))
        self._sleutel.append(None)

    def _keur(self, gebeurtenis: Any, regel: int) -> None:
        self._aantal += 1
        if self._aantal > MEESTE_WAARDEN:
            raise LeesFout(regel, f"heeft meer dan {MEESTE_WAARDEN} waarden; splits het bestand")
        if gebeurtenis.anchor is not None:
            raise LeesFout(regel, "een anker (&) mag niet; schrijf de waarde voluit")
        if gebeurtenis.tag not in (None, "!"):
            raise LeesFout(regel, f"een soort ({kort(gebeurtenis.tag)}) mag niet; laat die weg")

    def _tekst(self, gebeurtenis: Any, regel: int) -> None:
        in_blok = bool(self._stapel) and isinstance(self._stapel[-1][0], dict)
        if in_blok and self._sleutel[-1] is None:
            self._nieuwe_sleutel(gebeurtenis.value, regel)
            return
        kaal = not gebeurtenis.style
        self._zet(_waarde(gebeurtenis.value, regel) if kaal else gebeurtenis.value, regel)

    def _nieuwe_sleutel(self, sleutel: str, regel: int) -> None:
        inhoud, plek = self._stapel[-1]
        if sleutel in inhoud:
            eerder = self.inhoud.regels[(*plek, sleutel)]
            tekst = f"'{kort(sleutel)}' staat er twee keer; de eerste staat op regel {eerder}"
            self.problemen.append((regel, tekst, ""))
        else:
            self.inhoud.regels[(*plek, sleutel)] = regel
        self._sleutel[-1] = sleutel

    def _zet(self, waarde: Any, regel: int) -> Pad:
        if not self._stapel:
            self.inhoud.gegevens = waarde
            return ()
        inhoud, plek = self._stapel[-1]
        if isinstance(inhoud, list):
            inhoud.append(waarde)
            nieuw: Pad = (*plek, len(inhoud) - 1)
            self.inhoud.regels[nieuw] = regel
            return nieuw
        sleutel = self._sleutel[-1]
        if sleutel is None:
            raise LeesFout(regel, "een sleutel moet tekst zijn")
        inhoud[sleutel] = waarde
        self._sleutel[-1] = None
        return (*plek, sleutel)


def _gebeurtenissen(tekst: str) -> Iterator[Any]:
    """Events of the parser; its errors in Dutch."""
    try:
        yield from yaml.parse(tekst, Loader=LADER)
    except yaml.YAMLError as fout:
        plek = getattr(fout, "problem_mark", None)
        reden = getattr(fout, "problem", None) or "onleesbaar teken"
        regel = plek.line + 1 if plek else 0
        hulp = "kijk naar inspringing, dubbele punten en aanhalingstekens"
        raise LeesFout(regel, f"is geen geldige YAML ({reden})", hulp) from None


def _waarde(tekst: str, regel: int) -> Any:
    """Value of plain text: number, true, false, null, or the text itself."""
    if tekst in ("", "null", "~"):
        return None
    if tekst in ("true", "false"):
        return tekst == "true"
    if NIET_EINDIG.fullmatch(tekst):
        raise LeesFout(regel, f"'{tekst}' is geen eindig getal")
    if not DECIMAAL.fullmatch(tekst):
        return tekst
    if len(tekst) > LANGSTE_GETAL or abs(float(tekst)) > GROOTSTE_GETAL:
        raise LeesFout(regel, f"'{kort(tekst)}' is te groot of te lang voor een getal")
    return int(tekst) if GEHEEL.fullmatch(tekst) else float(tekst)
