"""Stored results: one folder per scenario and content key, in Parquet."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

import impact
from impact.analysis.deelregister import deelsleutel
from impact.analysis.groepen import NIVEAUS
from impact.analysis.trekkingen import ZAAD
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register

KOLOMMEN = [
    "scenario",
    "gemeente",
    "periode",
    "grootheid",
    "eenheid",
    "betaler",
    "midden",
    "laag",
    "hoog",
]
LEESBAAR = 0o755
TABEL, MANIFEST = "tabel.parquet", "manifest.json"
UITKOMSTEN = "uitkomsten"
RESULTATEN = "IMPACT_RESULTATEN"
"""Variable with the folder of all results, when it is not beside the parameters."""
BREED = ("verschil",)
"""Analyses about one scenario that read more of the register than that scenario reaches."""
VLOEREN = ("registry", "model", "analysis")


class ResultaatOntbreekt(LookupError):
    """A result has not been computed yet; the text says which command does it."""


@dataclass(frozen=True)
class Instelling:
    """Settings of a run.

    Attributes
    ----------
    trekkingen : draws besides the middle draw
    zaad : seed of the draws
    van, tot : first and last half-year
    """

    trekkingen: int = 1000
    zaad: int = ZAAD
    van: str = "2026-I"
    tot: str = "2035-II"


@dataclass(frozen=True)
class Resultaat:
    """A stored result of one scenario."""

    map: Path

    @functools.cached_property
    def manifest(self) -> dict[str, Any]:
        """Settings, key, version and reference of this result."""
        inhoud: dict[str, Any] = json.loads((self.map / MANIFEST).read_text(encoding="utf-8"))
        return inhoud

    def tabel(self, niveau: str = "gemeente", groep: str | None = None) -> pd.DataFrame:
        """Tidy table with the level of every quantity.

        Parameters
        ----------
        niveau : gemeente, nationaal, provincie, grootteklasse, netwerk or stedelijkheid; the
            column ``gemeente`` holds the name of the group
        groep : only this group; all by default

        Returns
        -------
        DataFrame with columns scenario, gemeente, periode, grootheid, eenheid, betaler, midden,
        laag, hoog. ``midden`` is the mean of the draws and adds up; ``laag`` and ``hoog`` are
        the 5% and 95% points of the draws.
        """
        return self._lees(niveau, "", groep)[KOLOMMEN]

    def verschil(self, niveau: str = "gemeente", groep: str | None = None) -> pd.DataFrame:
        """Tidy table with the difference with the reference, computed draw by draw.

        Returns
        -------
        DataFrame as `tabel`, and ``richting_onzeker``: zero lies inside the band.
        """
        return self._lees(niveau, "verschil_", groep)[[*KOLOMMEN, "richting_onzeker"]]

    def uitkomsten(self) -> pd.DataFrame:
        """Named outcomes of the country in every draw.

        Returns
        -------
        DataFrame with a column per outcome and a row per draw, the middle draw first
        """
        return pd.read_parquet(self.map / f"{UITKOMSTEN}.parquet")

    def _lees(self, niveau: str, voorvoegsel: str, groep: str | None) -> pd.DataFrame:
        if niveau not in NIVEAUS:
            raise ValueError(f"onbekend niveau '{niveau}'; kies uit {', '.join(NIVEAUS)}")
        waarden = [f"{voorvoegsel}{kant}" for kant in ("midden", "laag", "hoog")]
        sleutels = ["gemeente", "periode", "grootheid", "eenheid", "betaler"]
        tabel = pd.read_parquet(
            self.map / TABEL,
            columns=[*sleutels, *waarden, "richting_onzeker"],
            filters=[("niveau", "==", niveau), *([("gemeente", "==", groep)] if groep else [])],
        )
        tabel = tabel.rename(columns=dict(zip(waarden, ("midden", "laag", "hoog"), strict=True)))
        tabel.insert(0, "scenario", self.manifest["scenario"])
        for kolom in sleutels:
            tabel[kolom] = _als_tekst(tabel[kolom])
        return tabel


def _als_tekst(reeks: pd.Series) -> pd.Series:
    """Words of a stored column, without writing the same word out for every row."""
    if not isinstance(reeks.dtype, pd.CategoricalDtype):
        return reeks.astype(str)
    woorden = reeks.cat.categories.astype(str).array
    plaatsen = reeks.cat.codes.to_numpy()
    return pd.Series(woorden.take(plaatsen, allow_fill=True), index=reeks.index)


@dataclass(frozen=True)
class Analyse:
    """Stored tables of one analysis (stapeling, gevoeligheid, ...)."""

    map: Path

    @functools.cached_property
    def manifest(self) -> dict[str, Any]:
        """The question that was answered, and what else must be known."""
        inhoud: dict[str, Any] = json.loads((self.map / MANIFEST).read_text(encoding="utf-8"))
        return inhoud

    def tabel(self, naam: str) -> pd.DataFrame:
        """One of the tables of the analysis."""
        return pd.read_parquet(self.map / f"{naam}.parquet")


def resultatenmap(register: Register) -> Path:
    """Folder of all results: IMPACT_RESULTATEN, or reports/resultaten beside the parameters."""
    omgeving = os.environ.get(RESULTATEN)
    return Path(omgeving) if omgeving else register.map.parent / "reports" / "resultaten"


@functools.cache
def codesleutel() -> str:
    """Hash of the code that computes, so that a changed rule never finds an old result."""
    som = hashlib.sha256(impact.__version__.encode())
    wortel = Path(impact.__file__).parent
    for vloer in VLOEREN:
        for pad in sorted((wortel / vloer).rglob("*.py")):
            som.update(pad.relative_to(wortel).as_posix().encode())
            som.update(pad.read_bytes().replace(b"\r\n", b"\n"))
    return som.hexdigest()


def sleutel(register: Register, scenario: str, instelling: Instelling) -> str:
    """Content key over what the scenario reaches, settings, code and version."""
    delen = [deelsleutel(register, scenario), codesleutel(), scenario, repr(instelling)]
    return hashlib.sha256("\n".join(delen).encode()).hexdigest()


def plaats(register: Register, scenario: str, instelling: Instelling) -> Path:
    """Folder of a result, whether it exists or not."""
    return resultatenmap(register) / scenario / sleutel(register, scenario, instelling)[:20]


def zoek(register: Register, scenario: str, instelling: Instelling) -> Resultaat | None:
    """Return the stored result, or None when it has not been computed."""
    map_ = plaats(register, scenario, instelling)
    return Resultaat(map_) if (map_ / MANIFEST).is_file() else None


def analyseplaats(register: Register, soort: str, vraag: Mapping[str, object]) -> Path:
    """Folder of an analysis; its key covers code, the whole question and what that reaches."""
    tekst = json.dumps(vraag, sort_keys=True, default=str)
    scenario = vraag.get("scenario")
    gericht = isinstance(scenario, str) and scenario in register.scenarios and soort not in BREED
    inhoud = deelsleutel(register, str(scenario)) if gericht else register.inhoudssleutel()
    delen = [inhoud, codesleutel(), soort, tekst]
    som = hashlib.sha256("\n".join(delen).encode()).hexdigest()
    return resultatenmap(register) / f"analyse-{soort}" / som[:20]


def zoek_analyse(register: Register, soort: str, vraag: Mapping[str, object]) -> Analyse | None:
    """Return the stored analysis, or None when it has not been made."""
    map_ = analyseplaats(register, soort, vraag)
    return Analyse(map_) if (map_ / MANIFEST).is_file() else None


def bewaar_analyse(
    register: Register,
    soort: str,
    vraag: Mapping[str, object],
    tabellen: Mapping[str, pd.DataFrame],
    manifest: Mapping[str, object] | None = None,
) -> Analyse:
    """Store the tables of an analysis with the question that they answer."""
    map_ = analyseplaats(register, soort, vraag)
    _bewaar_map(map_, tabellen, {"soort": soort, "vraag": dict(vraag), **(manifest or {})})
    return Analyse(map_)


def bewaar(
    map_: Path, tabel: pd.DataFrame, uitkomsten: pd.DataFrame, manifest: dict[str, Any]
) -> Resultaat:
    """Store a result."""
    _bewaar_map(map_, {Path(TABEL).stem: tabel, UITKOMSTEN: uitkomsten}, manifest)
    return Resultaat(map_)


def _bewaar_map(
    map_: Path, tabellen: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any]
) -> None:
    """Write a folder that appears whole or not at all; one that is there already stays."""
    map_.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = Path(tempfile.mkdtemp(prefix=".bezig-", dir=map_.parent))
    try:
        for naam, tabel in tabellen.items():
            tabel.to_parquet(
                tijdelijk / f"{naam}.parquet",
                index=False,
                compression="zstd",
                row_group_size=50_000,
            )
        tekst = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
        (tijdelijk / MANIFEST).write_text(tekst + "\n", encoding="utf-8")
        tijdelijk.chmod(LEESBAAR)
        _zet_neer(tijdelijk, map_)
    finally:
        shutil.rmtree(tijdelijk, ignore_errors=True)


def _zet_neer(tijdelijk: Path, map_: Path) -> None:
    """Give a whole folder its name, unless another process made the same in the meantime."""
    try:
        tijdelijk.replace(map_)
    except OSError:  # there is a folder of that name
        if (map_ / MANIFEST).is_file():
            return
        shutil.rmtree(map_, ignore_errors=True)
        tijdelijk.replace(map_)


def open_resultaat(
    scenario: str, register: Register | None = None, instelling: Instelling | None = None
) -> Resultaat:
    """Open the result of a scenario as the parameters are now.

    Raises
    ------
    ResultaatOntbreekt
        It has not been computed, or parameters or code changed since.
    """
    register = register or laad_register(parameters_model=PARAMETEREENHEDEN)
    instelling = instelling or Instelling()
    gevonden = zoek(register, scenario, instelling)
    if gevonden is None:
        raise ResultaatOntbreekt(
            f"van scenario '{scenario}' is nog geen resultaat met de huidige parameters; "
            f"maak het met: impact run {scenario}"
        )
    return gevonden
