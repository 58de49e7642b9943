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
GEHEEL = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
NIET_EINDIG = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
STUURTEKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
UITLEG = (
    ("mapping values are not allowed", "een dubbele punt staat waar dat niet kan"),
    ("tab character", "een tab; gebruik spaties"),
    ("cannot start any token", "een teken dat aanhalingstekens nodig heeft, of een tab"),
    ("unexpected end of stream", "aanhalingstekens die niet worden gesloten"),
    ("could not find expected ':'", "er ontbreekt een dubbele punt"),
    ("expected ',' or '}'", "er ontbreekt een komma of '}'"),
    ("expected ',' or ']'", "er ontbreekt een komma of ']'"),
    ("expected '-' indicator", "het inspringen klopt niet, of er ontbreekt een '-'"),
    ("did not find expected key", "het inspringen klopt niet"),
    ("expected <block end>", "het inspringen klopt niet"),
    ("escape character", "een '\\' tussen dubbele aanhalingstekens"),
)
LADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Pad = tuple[str | int, ...]


class Schrijver(yaml.SafeDumper):
    """Writes what is read back as it was: a text such as 1E5 between quotes."""


Schrijver.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(f"({DECIMAAL.pattern})$"), list("-+.0123456789")
)


@dataclass
class Inhoud:
    """Content of a file and the line of every key and item.

    Attributes
    ----------
    kapot : places whose value could not be read; reported while reading
    """

    gegevens: Any = None
    regels: dict[Pad, int] = field(default_factory=dict)
    kapot: set[Pad] = field(default_factory=set)

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
    if pad.exists() and not pad.is_file():
        raise LeesFout(0, "is geen gewoon bestand")
    try:
        if pad.stat().st_size > GROOTSTE_BESTAND:
            groot = GROOTSTE_BESTAND // 1_000_000
            raise LeesFout(0, f"is groter dan {groot} MB; splits het bestand")
        tekst = pad.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        tekst = f"is geen UTF-8 (byte {fout.start}); bewaar het bestand als UTF-8"
        raise LeesFout(0, tekst) from None
    except OSError as fout:
        raise LeesFout(0, f"kan niet worden gelezen: {fout.strerror}") from None
    vreemd = STUURTEKEN.search(tekst)
    if vreemd is not None:
        regel = tekst.count("\n", 0, vreemd.start()) + 1
        raise LeesFout(
            regel, f"bevat een onzichtbaar teken (U+{ord(vreemd[0]):04X})", "haal het weg"
        )
    return tekst


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
        if not kaal:
            self._zet(gebeurtenis.value, regel)
            return
        try:
            self._zet(_waarde(gebeurtenis.value, regel), regel)
        except LeesFout as fout:
            self.problemen.append((fout.regel, fout.tekst, fout.suggestie))
            self.inhoud.kapot.add(self._zet(None, regel))

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
        engels = str(getattr(fout, "problem", None) or "onleesbaar teken")
        reden = next((uitleg for deel, uitleg in UITLEG if deel in engels), engels)
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
