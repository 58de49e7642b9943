"""Save an explored scenario as a file of the parameters: whole and valid, or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import textwrap
from datetime import date
from pathlib import Path

from impact.analysis.ensemble import controleer_effect, maak_opdracht
from impact.analysis.opslag import Instelling
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.registry.modellen import Context, Scenario, Stap, Waarde
from impact.registry.plaats import MAPNAAM
from impact.registry.problemen import bedoelde
from impact.reporting.datums import datum
from impact.reporting.getallen import onafgerond
from impact.reporting.maatregelen import krachttekst
from impact.werkbank.aanname import buiten_marge

MAP = "scenarios"
NAAM = re.compile(r"[a-z][a-z0-9_]{2,59}")
BREEDTE = 96
KOP = "Gemaakt in de verkenner op {dag}. Dit bestand mag u met de hand veranderen."


class OpslaanFout(ValueError):
    """A scenario that cannot be saved; nothing was written."""


def bewaar(register: Register, scenario: Scenario, naam: str, vervang: bool = False) -> Path:
    """Write a scenario, after the whole registry with this file in it has been checked.

    Parameters
    ----------
    vervang : whether an existing file may be replaced

    Raises
    ------
    OpslaanFout
        The name cannot be used, or the file exists and may not be replaced.
    impact.registry.problemen.RegisterFout
        The registry refuses the file; all problems.
    impact.analysis.waarden.GeenEffect
        A measure of the scenario does nothing.
    """
    doel = register.map / MAP / f"{naam}.yaml"
    controleer_naam(register, naam, vervang)
    inhoud = als_yaml(register, scenario)
    controleer(register, naam, inhoud)
    schrijf(doel, inhoud, vervang)
    return doel


def controleer_naam(register: Register, naam: str, vervang: bool) -> None:
    """Refuse a name that is no file name, or that is taken.

    Raises
    ------
    OpslaanFout
        With a name that can be used.
    """
    if not NAAM.fullmatch(naam):
        raise OpslaanFout(
            f"'{naam}' kan geen naam zijn: gebruik 3 tot 60 kleine letters, cijfers en _, en begin "
            f"met een letter. {_voorstel(naam)}".strip()
        )
    bestaat = (register.map / MAP / f"{naam}.yaml").exists()
    if bestaat and not vervang:
        raise OpslaanFout(
            f"{MAPNAAM}/{MAP}/{naam}.yaml bestaat al. Kies een andere naam, of kruis 'Vervang het "
            "bestand' aan. Er is niets geschreven."
        )
    if vervang and not bestaat:
        hulp = bedoelde(naam, register.scenarios)
        raise OpslaanFout(f"er is geen {MAPNAAM}/{MAP}/{naam}.yaml om te vervangen. {hulp}".strip())


def _voorstel(naam: str) -> str:
    kaal = re.sub(r"[^a-z0-9]+", "_", naam.strip().lower()).strip("_")[:60]
    return f"Bijvoorbeeld: {kaal}" if NAAM.fullmatch(kaal) else ""


def controleer(register: Register, naam: str, inhoud: str) -> None:
    """Load a copy of the parameters with this file in it, and see that every measure counts.

    Raises
    ------
    impact.registry.problemen.RegisterFout, impact.analysis.waarden.GeenEffect
        The file would not work.
    """
    with tempfile.TemporaryDirectory() as map_:
        proef = Path(map_) / MAPNAAM
        shutil.copytree(register.map, proef)
        (proef / MAP / f"{naam}.yaml").write_text(inhoud, encoding="utf-8")
        geladen = laad_register(proef, register.peildatum, PARAMETEREENHEDEN)
    controleer_effect(maak_opdracht(geladen, Instelling(trekkingen=1)), naam)


def schrijf(doel: Path, inhoud: str, vervang: bool) -> None:
    """Put the whole file in place at once.

    Raises
    ------
    OpslaanFout
        Another file got there first.
    """
    nummer, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=f".{doel.stem}-", suffix=".tmp")
    try:
        with os.fdopen(nummer, "w", encoding="utf-8", newline="\n") as bestand:
            bestand.write(inhoud)
        os.chmod(tijdelijk, 0o644)
        if vervang:
            os.replace(tijdelijk, doel)
        else:
            os.link(tijdelijk, doel)
    except FileExistsError:
        raise OpslaanFout(f"{doel.name} bestaat al; er is niets geschreven.") from None
    finally:
        Path(tijdelijk).unlink(missing_ok=True)


def met_sterkte(register: Register, scenario: Scenario, toelichting: str) -> str:
    """Add to an explanation which measures count for more or less than the law says.

    Reports show the explanation, so that nobody takes half a measure for a whole one.
    """
    zinnen = [
        f"Let op: '{register.maatregelen[stap.maatregel].titel}' telt hier {krachttekst(stap)}."
        for stap in scenario.maatregelen
        if stap.sterkte != 1.0
    ]
    return " ".join([toelichting, *(zin for zin in zinnen if zin not in toelichting)])


def als_yaml(register: Register, scenario: Scenario, dag: date | None = None) -> str:
    """Write a scenario as YAML that a colleague can review: every line says what it means."""
    regels = [
        f"# {KOP.format(dag=datum(dag or date.today()))}",
        f"titel: {_tekst(scenario.titel)}",
        f"soort: {scenario.soort}",
        f"referentie: {scenario.referentie or 'null'}",
        "toelichting: >-",
        *_gevouwen(scenario.toelichting),
        *_context(register, scenario.context),
        *_maatregelen(register, scenario.maatregelen),
    ]
    return "\n".join(regels) + "\n"


def _gevouwen(tekst: str) -> list[str]:
    """Lines of a text that YAML folds back into the same text: a line ends at a space only."""
    return textwrap.wrap(
        tekst,
        BREEDTE,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _tekst(waarde: str) -> str:
    """Text as YAML reads it back, whatever signs are in it."""
    return json.dumps(waarde, ensure_ascii=False)


def _context(register: Register, context: list[Context]) -> list[str]:
    if not context:
        return ["context: []"]
    regels = ["# Aannames met een andere waarde. Zij gelden ook in de referentie.", "context:"]
    for deel in context:
        parameter = register.parameters[deel.parameter]
        oud = parameter.waarden[-1]
        marge = ""
        if oud.laag is not None and oud.hoog is not None:
            marge = f", marge {onafgerond(oud.laag)} tot {onafgerond(oud.hoog)}"
        buiten = buiten_marge(parameter, deel.waarden[-1].midden)
        regels += [
            f"  # {parameter.omschrijving} ({parameter.eenheid})",
            f"  # in de aannames: {onafgerond(oud.midden)}{marge}",
            *([f"  # let op: {buiten}"] if buiten else []),
            f"  - parameter: {deel.parameter}",
            "    waarden:",
            *(f"      - {{{_waarde(w)}}}" for w in deel.waarden),
        ]
    return regels


def _waarde(waarde: Waarde) -> str:
    velden = waarde.model_dump(mode="json", exclude_none=True, exclude={"gemeenten", "vanaf"})
    if waarde.verdeling == "vast":
        del velden["verdeling"]
    begin = [f"vanaf: {waarde.vanaf}"] if waarde.vanaf is not None else []
    return ", ".join([*begin, *(f"{k}: {_veld(v)}" for k, v in velden.items())])


def _veld(waarde: object) -> str:
    return _tekst(waarde) if isinstance(waarde, str) else repr(waarde)


def _maatregelen(register: Register, stappen: list[Stap]) -> list[str]:
    if not stappen:
        return ["maatregelen: []"]
    regels = ["maatregelen:"]
    for stap in stappen:
        kracht = f", sterkte: {stap.sterkte!r}" if stap.sterkte != 1.0 else ""
        regels.append(f"  # {register.maatregelen[stap.maatregel].titel}")
        regels.append(f"  - {{maatregel: {stap.maatregel}, vanaf: {stap.vanaf}{kracht}}}")
    return regels
