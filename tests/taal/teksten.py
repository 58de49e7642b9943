"""All fixed texts that a reader can see, with the place where they stand."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

INGEVULD = "X"
"""Stands for a value that is filled in later: counts as one word."""
LETTERWOORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"[\\{}<>|=]|^\s*[.#]\w|\w\(|://|^[\W\d_]*$")
MINSTE_WOORDEN = 3


@dataclass(frozen=True)
class Tekst:
    """A text and its place.

    Attributes
    ----------
    plek : file and line, and for parameters the key
    inhoud : the text; filled-in values are `INGEVULD`
    """

    plek: str
    inhoud: str


def is_zin(inhoud: str) -> bool:
    """Whether a string of Python is meant for a reader: some words, and no code."""
    return len(LETTERWOORD.findall(inhoud)) >= MINSTE_WOORDEN and not CODE.search(inhoud)


def uit_python(pad: Path, naam: str) -> Iterator[Tekst]:
    """Strings and f-strings, and the help of commands; no other docstrings."""
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    uitleg = {id(d) for d in _docstrings(boom)}
    for knoop in _strings(boom):
        inhoud = knoop.value if isinstance(knoop, ast.Constant) else _ingevuld(knoop)
        if id(knoop) not in uitleg and is_zin(inhoud):
            yield Tekst(f"{naam}:{knoop.lineno}", inhoud)
    for opdracht in ast.walk(boom):
        if isinstance(opdracht, ast.FunctionDef) and _is_opdracht(opdracht):
            hulp = ast.get_docstring(opdracht) or ""
            yield Tekst(f"{naam}:{opdracht.lineno}", hulp.partition("Voorbeeld:")[0])


def _docstrings(boom: ast.AST) -> Iterator[ast.expr]:
    """Docstrings, also those below an attribute or constant."""
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Expr) and isinstance(knoop.value, ast.Constant):
            yield knoop.value


def _strings(knoop: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Every string once: the parts of an f-string belong to the whole."""
    for kind in ast.iter_child_nodes(knoop):
        if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
            yield kind
        elif isinstance(kind, ast.JoinedStr):
            yield kind
            for deel in kind.values:
                if isinstance(deel, ast.FormattedValue):
                    yield from _strings(deel.value)
        else:
            yield from _strings(kind)


def _ingevuld(knoop: ast.JoinedStr) -> str:
    delen = [d.value if isinstance(d, ast.Constant) else INGEVULD for d in knoop.values]
    return "".join(str(deel) for deel in delen)


def _is_opdracht(functie: ast.FunctionDef) -> bool:
    namen = [d.func if isinstance(d, ast.Call) else d for d in functie.decorator_list]
    return any(isinstance(n, ast.Attribute) and n.attr in {"command", "group"} for n in namen)


def uit_notebook(pad: Path, naam: str) -> Iterator[Tekst]:
    """Text cells, without markdown signs."""
    for nummer, cel in enumerate(json.loads(pad.read_text(encoding="utf-8"))["cells"], start=1):
        if cel["cell_type"] == "markdown":
            bron = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", "".join(cel["source"]))
            alineas = re.split(r"\n\s*\n|\n(?=[-*#])", re.sub(r"`[^`]*`", INGEVULD, bron))
            for alinea in alineas:
                yield Tekst(f"{naam}, cel {nummer}", re.sub(r"^[#*>\-\s]+|\*\*", "", alinea))


def uit_sjabloon(pad: Path, naam: str) -> Iterator[Tekst]:
    """Text between the tags of a template."""
    bron = re.sub(r"\{#.*?#\}|\{%.*?%\}|<!--.*?-->", "", pad.read_text("utf-8"), flags=re.DOTALL)
    kaal = re.sub(r"\{\{.*?\}\}", INGEVULD, bron, flags=re.DOTALL)
    for stuk in re.split(r"<[^>]+>", kaal):
        if is_zin(stuk):
            yield Tekst(naam, " ".join(stuk.split()))


def uit_parameters(pad: Path, naam: str, geen_tekst: set[str]) -> Iterator[Tekst]:
    """Every value with words, except those of keys that hold no text of our own."""
    wortel = yaml.compose(pad.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    yield from _uit_knoop(wortel, naam, "", geen_tekst)


def _uit_knoop(knoop: Any, naam: str, sleutel: str, geen_tekst: set[str]) -> Iterator[Tekst]:
    if isinstance(knoop, yaml.MappingNode):
        for kop, waarde in knoop.value:
            if kop.value not in geen_tekst:
                onder = f"{sleutel}.{kop.value}" if sleutel else kop.value
                yield from _uit_knoop(waarde, naam, onder, geen_tekst)
    elif isinstance(knoop, yaml.SequenceNode):
        for deel in knoop.value:
            yield from _uit_knoop(deel, naam, sleutel, geen_tekst)
    elif knoop is not None and " " in knoop.value.strip():
        yield Tekst(f"{naam}:{knoop.start_mark.line + 1} ({sleutel})", knoop.value)


def alle_teksten(wortel: Path, regels: dict[str, Any]) -> list[Tekst]:
    """All fixed texts of the checkout.

    Translations are left out: what is Dutch in them is a copy of a text that is read elsewhere, and
    the rules are about Dutch.
    """
    teksten: list[Tekst] = []
    for pad in sorted((wortel / "impact").rglob("*.py")):
        teksten += uit_python(pad, str(pad.relative_to(wortel)))
    for pad in sorted((wortel / "notebooks").rglob("*.ipynb")):
        teksten += uit_notebook(pad, str(pad.relative_to(wortel)))
    for pad in sorted((wortel / "reports" / "sjabloon").glob("*.j2")):
        teksten += uit_sjabloon(pad, str(pad.relative_to(wortel)))
    for pad in sorted((wortel / "parameters").rglob("*.yaml")):
        if pad.parent.name == "vertaling":
            continue
        verwijzing = {*regels["geen_tekst"], *regels["geen_tekst_in"].get(pad.name, [])}
        teksten += uit_parameters(pad, str(pad.relative_to(wortel)), verwijzing)
    return teksten
