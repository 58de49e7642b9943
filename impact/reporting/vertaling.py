"""Texts of the parameters in another language, and whether all of them are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.registry.problemen import RegisterFout
from impact.registry.yaml_lezen import lees_yaml
from impact.reporting import thema
from impact.reporting.getallen import FIJNSTE_STAP
from impact.reporting.gevoeligheidzinnen import STANDNAAM
from impact.reporting.onderwerpen import ONDERWERP

MAP = "vertaling"
ZINNEN_IN_DE_KOP = 2
AANDEEL, PROCENT = "aandeel", "procent"
"""A share is shown as a percentage."""
MEESTE_GENOEMD = 5
_ZINSEINDE = re.compile(r"(?<=[.!?])\s+")
Vertalingen = Mapping[str, Mapping[str, str]]
"""Per key of a text: the Dutch text that was translated (``nl``), and its translation."""


class VertalingOntbreekt(ValueError):
    """A text that a brief can show has no translation, or the translation of an older text."""


def eerste_zinnen(tekst: str, aantal: int = ZINNEN_IN_DE_KOP) -> str:
    """First sentences of a text."""
    return " ".join(_ZINSEINDE.split(tekst.strip())[:aantal])


def toonbare_teksten(register: Register, scenario: str) -> dict[str, str]:
    """All texts of the parameters that a brief about a scenario can show, by key, in Dutch."""
    inhoud = register.scenario(scenario)
    basis = inhoud.referentie
    teksten = {
        f"scenario/{scenario}/titel": inhoud.titel,
        f"scenario/{scenario}/toelichting": eerste_zinnen(inhoud.toelichting),
    }
    if basis is not None:
        teksten[f"scenario/{basis}/titel"] = register.scenario(basis).titel
    return {
        **teksten,
        **_wetten(register, scenario),
        **_vragen(register),
        **_cijfers(register),
    }


def _wetten(register: Register, scenario: str) -> dict[str, str]:
    """Laws and measures of the scenario and of its references."""
    teksten: dict[str, str] = {}
    naam: str | None = scenario
    while naam is not None:
        inhoud = register.scenario(naam)
        for stap in inhoud.maatregelen:
            maatregel = register.maatregelen[stap.maatregel]
            wet = register.wetten[maatregel.wet]
            teksten[f"wet/{maatregel.wet}/naam"] = wet.naam
            teksten[f"maatregel/{stap.maatregel}/titel"] = maatregel.titel
            teksten |= _genummerd(f"wet/{maatregel.wet}", wet.niet_gemodelleerd)
            teksten |= _genummerd(f"maatregel/{stap.maatregel}", maatregel.niet_gemodelleerd)
        naam = inhoud.referentie
    return teksten


def _genummerd(voor: str, zinnen: Iterable[str]) -> dict[str, str]:
    return {f"{voor}/niet_gemodelleerd/{n}": zin for n, zin in enumerate(zinnen, start=1)}


def _vragen(register: Register) -> dict[str, str]:
    """Assumptions, conclusions, questions of the verdict and named outcomes."""
    teksten = {f"aanname/{n}/omschrijving": p.omschrijving for n, p in register.parameters.items()}
    for naam, conclusie in register.conclusies.items():
        for veld in ("titel", "ja", "nee"):
            teksten[f"conclusie/{naam}/{veld}"] = str(getattr(conclusie, veld))
    for naam, toets in register.toetsen.items():
        teksten[f"toets/{naam}/vraag"] = toets.vraag
        teksten[f"toets/{naam}/voorwaarde"] = toets.voorwaarde
    teksten |= {f"historie/{reeks}/naam": naam for reeks, naam in STANDNAAM.items()}
    return teksten | {f"uitkomst/{n}/titel": u.titel for n, u in register.uitkomsten.items()}


def _cijfers(register: Register) -> dict[str, str]:
    """Quantities, payers and units."""
    eenheden: set[str] = {p.eenheid for p in register.parameters.values()}
    eenheden |= {v.eenheid for m in register.maatregelen.values() for v in m.verandert}
    eenheden |= {g.eenheid for g in GROOTHEDEN.values() if g.soort != "kosten"}
    eenheden |= {"euro", "euro per jaar", *FIJNSTE_STAP}
    eenheden |= {e.replace(AANDEEL, PROCENT, 1) for e in eenheden if e.startswith(AANDEEL)}
    teksten: dict[str, str] = {f"eenheid/{e}": str(e) for e in sorted(eenheden)}
    teksten |= {f"betaler/{b}": naam for b, (naam, _) in thema.BETALERS.items()}
    for naam, onderwerp in ONDERWERP.items():
        teksten[f"grootheid/{naam}/omschrijving"] = GROOTHEDEN[naam].omschrijving
        teksten[f"grootheid/{naam}/onderwerp"] = onderwerp
    return teksten


def lees_vertalingen(map_: Path, code: str) -> dict[str, dict[str, str]]:
    """Read ``vertaling/<code>.yaml`` in the folder of the parameters.

    Raises
    ------
    RegisterFout
        The file cannot be read, or a key stands in it twice.
    """
    naam = f"{map_.name}/{MAP}/{code}.yaml"
    pad = map_ / MAP / f"{code}.yaml"
    if not pad.is_file():
        raise VertalingOntbreekt(f"{naam} ontbreekt; zonder dat bestand is er geen vertaling")
    inhoud, problemen = lees_yaml(pad, naam)
    if problemen:
        raise RegisterFout(problemen)
    gegevens: dict[str, Any] = inhoud.gegevens or {}
    return {str(sleutel): dict(paar) for sleutel, paar in gegevens.items()}


def problemen_van(teksten: Mapping[str, str], vertalingen: Vertalingen, code: str) -> list[str]:
    """Say for every text what is wrong with its translation; empty when all is well."""
    gevonden = []
    for sleutel, tekst in teksten.items():
        paar = vertalingen.get(sleutel, {})
        if not paar.get(code, "").strip():
            gevonden.append(f"{sleutel}: geen vertaling van '{tekst}'")
        elif paar.get("nl") != tekst:
            gevonden.append(f"{sleutel}: verouderd; de tekst is nu '{tekst}'")
    return gevonden


def vertaal_alles(register: Register, scenario: str, code: str) -> dict[str, str]:
    """Translate all texts that a brief about a scenario can show.

    Raises
    ------
    VertalingOntbreekt
        Texts without a translation; the message names the first few.
    """
    teksten = toonbare_teksten(register, scenario)
    vertalingen = lees_vertalingen(register.map, code)
    gevonden = problemen_van(teksten, vertalingen, code)
    if gevonden:
        meer = len(gevonden) - MEESTE_GENOEMD
        slot = [f"en nog {meer}"] if meer > 0 else []
        regels = "\n  ".join([*gevonden[:MEESTE_GENOEMD], *slot])
        raise VertalingOntbreekt(
            f"de brief in taal '{code}' is niet gemaakt; vul "
            f"{register.map.name}/{MAP}/{code}.yaml aan:\n  {regels}"
        )
    return {sleutel: vertalingen[sleutel][code] for sleutel in teksten}


def lees_teksten(pad: Path) -> dict[str, str]:
    """Read fixed texts: nested blocks become keys with a dot (``zin.hoger``)."""
    inhoud = yaml.safe_load(pad.read_text(encoding="utf-8"))
    return dict(_plat("", inhoud))


def _plat(voor: str, blok: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for sleutel, waarde in blok.items():
        if isinstance(waarde, dict):
            yield from _plat(f"{voor}{sleutel}.", waarde)
        else:
            yield f"{voor}{sleutel}", str(waarde)
