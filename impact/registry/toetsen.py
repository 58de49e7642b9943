"""Hold data against a schema and say in Dutch what is wrong, with the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from impact.registry.eenheden import EENHEDEN
from impact.registry.modellen import Vondsten
from impact.registry.problemen import Probleem, bedoelde, kort
from impact.registry.yaml_lezen import Inhoud, Pad

PATRONEN = {
    r"^https?://\S+$": "het moet een adres zijn dat met http:// of https:// begint",
    r"^GM\d{4}$": "het moet een gemeentecode zijn (GM en vier cijfers)",
    r"^(\d{4}(-\d{2}(-\d{2})?)?|onbekend)$": "gebruik jjjj, jjjj-mm, jjjj-mm-dd of onbekend",
}
M = TypeVar("M", bound=BaseModel)
SOORTEN = {
    "float_type": "een getal",
    "float_parsing": "een getal",
    "int_type": "een geheel getal",
    "int_from_float": "een geheel getal",
    "string_type": "tekst",
    "bool_type": "true of false",
    "list_type": "een lijst",
    "dict_type": "een blok met sleutels",
    "model_type": "een blok met sleutels",
    "model_attributes_type": "een blok met sleutels",
    "finite_number": "een eindig getal",
}


def toets(
    soort: type[M], gegevens: Any, inhoud: Inhoud, plek: Pad, bestand: str
) -> tuple[M | None, list[Probleem]]:
    """Build a model, or return all problems with their lines.

    Parameters
    ----------
    gegevens : data at ``plek`` in the file
    """
    try:
        return soort.model_validate(gegevens), []
    except ValidationError as fout:
        problemen: list[Probleem] = []
        for detail in fout.errors():
            problemen += _problemen(soort, detail, inhoud, plek, bestand)
        return None, problemen


def _problemen(
    soort: type[BaseModel], detail: ErrorDetails, inhoud: Inhoud, plek: Pad, bestand: str
) -> list[Probleem]:
    """Problems for one error of the schema; none where reading has reported one already."""
    waar = tuple(deel for deel in detail["loc"] if deel != "[key]")
    if (*plek, *waar) in inhoud.kapot:
        return []
    fout = detail.get("ctx", {}).get("error")
    if isinstance(fout, Vondsten):
        return [
            Probleem(bestand, inhoud.regel((*plek, *waar, *deel)), tekst)
            for deel, tekst in fout.lijst
        ]
    tekst, suggestie = _tekst(soort, detail, waar)
    if not waar and plek and detail["type"] in SOORTEN:
        tekst = f"'{plek[-1]}{tekst.removeprefix(chr(39))}"
    return [Probleem(bestand, inhoud.regel((*plek, *waar)), tekst, suggestie)]


def _tekst(soort: type[BaseModel], detail: ErrorDetails, waar: Pad) -> tuple[str, str]:
    """Sentence and suggestion for one error of the schema."""
    sleutel = str(waar[-1]) if waar else ""
    gevonden = detail["input"]
    aard = detail["type"]
    if aard == "extra_forbidden":
        return f"onbekende sleutel '{kort(sleutel)}'", bedoelde(sleutel, _velden(soort, waar[:-1]))
    if aard == "missing":
        return f"'{sleutel}' ontbreekt", ""
    if aard == "literal_error":
        return _keuze(soort, waar, sleutel, str(gevonden), str(detail["ctx"]["expected"]))
    if aard == "value_error":
        reden = detail["msg"].removeprefix("Value error, ")
        plek = ".".join(str(deel) for deel in waar)
        return (f"'{plek}': {reden}" if plek else reden), ""
    if aard in SOORTEN:
        komma = isinstance(gevonden, str) and "," in gevonden
        hulp = "gebruik een punt als decimaalteken, zonder punten voor duizendtallen"
        tekst = f"'{sleutel}: {kort(gevonden)}' moet {SOORTEN[aard]} zijn"
        return tekst, hulp if komma else ""
    return f"'{sleutel}: {kort(gevonden)}' kan niet; {_regel(detail)}", ""


def _regel(detail: ErrorDetails) -> str:
    """What is allowed, in Dutch, for the other errors of a schema."""
    eis = detail.get("ctx", {})
    patroon = str(eis.get("pattern", ""))
    regels = {
        "greater_than_equal": f"het moet {eis.get('ge')} of meer zijn",
        "less_than_equal": f"het moet {eis.get('le')} of minder zijn",
        "string_too_short": "de tekst is leeg",
        "too_short": "de lijst is leeg",
        "string_pattern_mismatch": PATRONEN.get(patroon, f"het moet passen op {patroon}"),
    }
    return regels.get(detail["type"], detail["msg"])


def _keuze(
    soort: type[BaseModel], waar: Pad, sleutel: str, gevonden: str, verwacht: str
) -> tuple[str, str]:
    """Sentence for a value that is not on a closed list."""
    lijst = EENHEDEN if sleutel == "eenheid" else _woorden(verwacht)
    tekst = f"'{sleutel}: {kort(gevonden)}' kan niet; kies uit: {', '.join(lijst)}"
    return tekst, bedoelde(gevonden, lijst)


def _woorden(verwacht: str) -> tuple[str, ...]:
    """Choices named in an English message such as ``'a', 'b' or 'c'``."""
    return tuple(deel for deel in verwacht.replace(" or ", ", ").replace("'", "").split(", "))


def _velden(soort: type[BaseModel], waar: Pad) -> list[str]:
    """Names of the fields of the model at a place inside another model."""
    huidig: Any = soort
    for deel in waar:
        if isinstance(deel, str) and _is_model(huidig) and deel in huidig.model_fields:
            huidig = _binnenste(huidig.model_fields[deel].annotation)
    return list(huidig.model_fields) if _is_model(huidig) else []


def _is_model(soort: Any) -> bool:
    return isinstance(soort, type) and issubclass(soort, BaseModel)


def _binnenste(annotatie: Any) -> Any:
    """Model inside list[...], dict[..., ...], ``... | None``."""
    if _is_model(annotatie):
        return annotatie
    for deel in get_args(annotatie):
        gevonden = _binnenste(deel)
        if gevonden is not None:
            return gevonden
    return None


def toets_alle(soort: type[M], inhoud: Inhoud, bestand: str) -> tuple[dict[str, M], list[Probleem]]:
    """Build a model for every key of a file; one wrong entry does not hide the others."""
    if not isinstance(inhoud.gegevens, Mapping):
        return {}, [Probleem(bestand, 1, "moet een blok met sleutels zijn")]
    goed: dict[str, M] = {}
    problemen: list[Probleem] = []
    for naam, gegevens in inhoud.gegevens.items():
        model, fouten = toets(soort, gegevens, inhoud, (naam,), bestand)
        problemen += fouten
        if model is not None:
            goed[naam] = model
    return goed, problemen
