"""Load the whole folder of parameters, or say everything that is wrong with it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from pydantic import BaseModel

from impact.registry.controle import (
    ALLES,
    Vindplaats,
    Vindplaatsen,
    controleer,
    verwijzingen,
)
from impact.registry.eigencontrole import controleer_eigen
from impact.registry.eigenmodellen import Eigenopgave, Eigenvraag, naam_bron
from impact.registry.eigenopgaven import met_opgaven
from impact.registry.gemeenten import lees_gemeenten, lees_hexkaart
from impact.registry.historie import lees_historie
from impact.registry.invulplekken import invulplekken
from impact.registry.modellen import (
    Bron,
    Kolom,
    Kostensoort,
    Parameter,
    Scenario,
    Wet,
    Wetsmaatregel,
)
from impact.registry.plaats import MAPNAAM, peildag, vind_map
from impact.registry.problemen import Probleem, RegisterFout, bedoelde
from impact.registry.schattingmodellen import Buitenschatting, Vergelijkingsgrens
from impact.registry.sleutels import sleutel_van
from impact.registry.stempelmodellen import Stempel
from impact.registry.toetsen import toets, toets_alle
from impact.registry.uitkomstmodellen import Conclusie, Uitkomst
from impact.registry.uitvoeringsmodellen import Toets, Uitvoering
from impact.registry.volgordemodel import Volgorde
from impact.registry.yaml_lezen import Inhoud, lees_yaml

M = TypeVar("M", bound=BaseModel)
MAPPEN = {
    "aannames": ".yaml",
    "wetten": ".yaml",
    "uitvoering": ".yaml",
    "scenarios": ".yaml",
    "historie": ".csv",
    "gemeenten/eigen": ".yaml",
}
LIJKT_OP = {".yaml": (".yml", ".txt", ".json"), ".csv": (".txt", ".xls", ".xlsx")}
VERWIJZINGEN = ("bron", "parameter", "maatregel")
NAAMSOORTEN = (*VERWIJZINGEN, "wet", "scenario", "uitkomst", "gemeente")
"""Kinds of names that a file may refer to."""


class OnbekendScenario(KeyError):
    """A scenario that does not exist; the text has the nearest name."""

    def __str__(self) -> str:
        """Text without the quotes that KeyError puts around it."""
        return str(self.args[0])


@dataclass(frozen=True, eq=False)
class Register:
    """All parameters, checked; a change makes another register, with `replace`.

    Attributes
    ----------
    bronnen, parameters, wetten, maatregelen, scenarios, kostensoorten, uitkomsten, conclusies,
    toetsen, uitvoering, herkomst : by name
    buitenschattingen, vergelijkingsgrenzen, herkomst : by name
    volgordes, stempels, herkomst, eigenvragen : by name
    eigen : what municipalities sent in, by code; it is in bronnen and parameters too
    gemeenten, hexkaart : tables with the municipal code as index
    historie : table of observations
    map : the folder
    vindplaatsen : file and line of every parameter, measure, scenario and source
    gepubliceerd : parameters without what municipalities sent in
    genoemd : while checking: names in the files, also of entries that are wrong themselves
    """

    bronnen: dict[str, Bron]
    parameters: dict[str, Parameter]
    wetten: dict[str, Wet]
    maatregelen: dict[str, Wetsmaatregel]
    scenarios: dict[str, Scenario]
    kostensoorten: dict[str, Kostensoort]
    uitkomsten: dict[str, Uitkomst]
    conclusies: dict[str, Conclusie]
    toetsen: dict[str, Toets]
    uitvoering: dict[str, Uitvoering]
    buitenschattingen: dict[str, Buitenschatting]
    vergelijkingsgrenzen: dict[str, Vergelijkingsgrens]
    volgordes: dict[str, Volgorde]
    stempels: dict[str, Stempel]
    herkomst: dict[str, Kolom]
    eigenvragen: dict[str, Eigenvraag]
    eigen: dict[str, Eigenopgave]
    gemeenten: pd.DataFrame
    hexkaart: pd.DataFrame
    historie: pd.DataFrame
    map: Path
    peildatum: date
    vindplaatsen: Vindplaatsen = field(default_factory=dict)
    gepubliceerd: dict[str, Parameter] = field(default_factory=dict, repr=False, compare=False)
    genoemd: dict[str, set[str]] = field(default_factory=dict, repr=False, compare=False)

    def scenario(self, naam: str) -> Scenario:
        """Look up a scenario.

        Raises
        ------
        OnbekendScenario
            With the nearest name.
        """
        if naam not in self.scenarios:
            hulp = bedoelde(naam, self.scenarios) or f"kies uit: {', '.join(self.scenarios)}"
            raise OnbekendScenario(f"onbekend scenario '{naam}'; {hulp}")
        return self.scenarios[naam]

    def met_scenarios(self, scenarios: dict[str, Scenario]) -> Register:
        """Return a copy with other scenarios."""
        return replace(self, scenarios=scenarios)

    def zonder_eigen(self) -> Register:
        """Return a copy without what municipalities sent in."""
        return replace(self, parameters=self.gepubliceerd, eigen={})

    def inhoudssleutel(self) -> str:
        """Hash of everything that was loaded; comments and the order of keys do not count."""
        return _inhoudssleutel(self)

    def delen(self) -> dict[str, Mapping[str, BaseModel]]:
        """Everything that was loaded except the tables, by kind and name."""
        return {
            "bronnen": self.bronnen,
            "parameters": self.parameters,
            "wetten": self.wetten,
            "scenarios": self.scenarios,
            "kostensoorten": self.kostensoorten,
            "uitkomsten": self.uitkomsten,
            "conclusies": self.conclusies,
            "toetsen": self.toetsen,
            "uitvoering": self.uitvoering,
            "buitenschattingen": self.buitenschattingen,
            "vergelijkingsgrenzen": self.vergelijkingsgrenzen,
            "volgordes": self.volgordes,
            "stempels": self.stempels,
            "herkomst": self.herkomst,
            "eigenvragen": self.eigenvragen,
            "eigen": self.eigen,
        }


@functools.lru_cache(maxsize=32)
def _inhoudssleutel(register: Register) -> str:
    return sleutel_van(register.delen(), (register.gemeenten, register.hexkaart, register.historie))


class _Lezer:
    """Reads file after file and keeps all problems."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.problemen: list[Probleem] = []
        self.vindplaatsen: Vindplaatsen = {}
        self.genoemd: dict[str, set[str]] = defaultdict(set)
        self.kapot: list[tuple[Vindplaats, object]] = []

    def naam(self, pad: Path) -> str:
        return f"{MAPNAAM}/{pad.relative_to(self.map).as_posix()}"

    def inhoud(self, pad: Path) -> Inhoud | None:
        if not pad.exists():
            self.problemen.append(Probleem(self.naam(pad), 0, "ontbreekt"))
            return None
        inhoud, problemen = lees_yaml(pad, self.naam(pad))
        open_plekken, waarden = invulplekken(inhoud, self.naam(pad))
        self.problemen += [*problemen, *open_plekken]
        for aard in NAAMSOORTEN:
            self.genoemd[aard] |= waarden
        return None if inhoud.gegevens is None else inhoud

    def alle(self, soort: type[M], aard: str, pad: Path) -> dict[str, M]:
        """Read a file with one entry per key."""
        inhoud = self.inhoud(pad)
        if inhoud is None or not isinstance(inhoud.gegevens, dict):
            self.genoemd[aard].add(ALLES)
        if inhoud is None:
            return {}
        goed, problemen = toets_alle(soort, inhoud, self.naam(pad))
        self.problemen += problemen
        if isinstance(inhoud.gegevens, dict):
            for naam, gegevens in inhoud.gegevens.items():
                self._onthoud(aard, naam, pad, inhoud, (naam,))
                if naam not in goed:
                    self.kapot.append((self.vindplaatsen[aard, naam], gegevens))
        return goed

    def map_alle(self, soort: type[M], aard: str, map_: Path) -> dict[str, M]:
        """Read all files of a folder with one entry per key; a key may stand in one file only."""
        samen: dict[str, M] = {}
        for pad in sorted(map_.glob("*.yaml")):
            eerder = dict(self.vindplaatsen)
            gelezen = self.alle(soort, aard, pad)
            for naam in gelezen.keys() & samen.keys():
                tekst = f"'{naam}' staat ook in {eerder[aard, naam].bestand}"
                plek = self.vindplaatsen[aard, naam]
                self.problemen.append(Probleem(plek.bestand, plek.regel, tekst))
            samen |= gelezen
        return samen

    def per_bestand(self, soort: type[M], aard: str, map_: Path) -> dict[str, M]:
        """Read a folder with one entry per file; the name of the file is the name."""
        samen: dict[str, M] = {}
        for pad in sorted(map_.glob("*.yaml")):
            inhoud = self.inhoud(pad)
            if inhoud is None:
                self.genoemd[aard].add(ALLES if aard == "wet" else pad.stem)
                continue
            model, problemen = toets(soort, inhoud.gegevens, inhoud, (), self.naam(pad))
            self.problemen += problemen
            self._onthoud(aard, pad.stem, pad, inhoud, ())
            if model is None:
                self.kapot.append((self.vindplaatsen[aard, pad.stem], inhoud.gegevens))
            else:
                samen[pad.stem] = model
            if aard == "wet":
                self.genoemd["maatregel"] |= _namen(inhoud.gegevens)
        return samen

    def verdwaald(self) -> None:
        """Report files that would be skipped in silence."""
        for map_, extensie in MAPPEN.items():
            for pad in sorted((self.map / map_).glob("*")):
                if pad.suffix.lower() in LIJKT_OP.get(extensie, ()) or (
                    pad.suffix.lower() == extensie != pad.suffix
                ):
                    tekst = f"wordt niet gelezen; geef het bestand de extensie '{extensie}'"
                    self.problemen.append(Probleem(self.naam(pad), 0, tekst))

    def _onthoud(
        self, aard: str, naam: str, pad: Path, inhoud: Inhoud, plek: tuple[str | int, ...]
    ) -> None:
        self.genoemd[aard].add(naam)
        self.vindplaatsen[aard, naam] = Vindplaats(self.naam(pad), inhoud.regel(plek), inhoud, plek)


def _namen(wet: Any) -> set[str]:
    """Names of the measures in a law that may be wrong itself; all names when unreadable."""
    maatregelen = wet.get("maatregelen") if isinstance(wet, dict) else None
    return set(maatregelen) if isinstance(maatregelen, dict) else {ALLES}


def _maatregelen(lezer: _Lezer, wetten: Mapping[str, Wet]) -> dict[str, Wetsmaatregel]:
    """All measures of all laws; a name may be used once."""
    if ALLES in lezer.genoemd["wet"]:
        lezer.genoemd["maatregel"].add(ALLES)
    samen: dict[str, Wetsmaatregel] = {}
    for wet, inhoud in wetten.items():
        plek = lezer.vindplaatsen["wet", wet]
        for naam, maatregel in inhoud.maatregelen.items():
            pad = ("maatregelen", naam)
            regel = plek.inhoud.regel(pad)
            if naam in samen:
                tekst = f"maatregel '{naam}' staat ook in wet '{samen[naam].wet}'"
                lezer.problemen.append(Probleem(plek.bestand, regel, tekst))
            samen[naam] = Wetsmaatregel(wet=wet, **dict(maatregel))
            lezer.vindplaatsen["maatregel", naam] = Vindplaats(
                plek.bestand, regel, plek.inhoud, pad
            )
    return samen


def _tabellen(lezer: _Lezer) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read the municipalities, the hex map and the history; after the sources."""
    gemeentemap = lezer.map / "gemeenten"
    gemeenten, fouten = lees_gemeenten(
        gemeentemap / "gemeenten.csv", f"{MAPNAAM}/gemeenten/gemeenten.csv"
    )
    hexkaart, kaartfouten = lees_hexkaart(
        gemeentemap / "hexkaart.json", f"{MAPNAAM}/gemeenten/hexkaart.json", gemeenten
    )
    historie, historiefouten = lees_historie(
        lezer.map / "historie", f"{MAPNAAM}/historie", lezer.genoemd["bron"]
    )
    if fouten:
        lezer.genoemd["gemeente"].add(ALLES)
    lezer.problemen += [*fouten, *(kaartfouten if not fouten else []), *historiefouten]
    return gemeenten, hexkaart, historie


def laad_register(
    map_: Path | None = None,
    peildatum: date | None = None,
    parameters_model: Mapping[str, str] | None = None,
) -> Register:
    """Load and check all parameters.

    Parameters
    ----------
    map_ : folder with parameters; see `vind_map`
    peildatum : day on which values are judged to be stale; today by default
    parameters_model : unit of every parameter that the model reads; checks that exactly these
        exist

    Raises
    ------
    RegisterFout
        All problems of all files in one message.
    """
    map_ = vind_map(map_)
    lezer = _Lezer(map_)
    bronnen = lezer.alle(Bron, "bron", map_ / "bronnen.yaml")
    gemeenten, hexkaart, historie = _tabellen(lezer)
    gemeentemap = map_ / "gemeenten"
    wetten = lezer.per_bestand(Wet, "wet", map_ / "wetten")
    register = Register(
        bronnen=bronnen,
        parameters=lezer.map_alle(Parameter, "parameter", map_ / "aannames"),
        wetten=wetten,
        maatregelen=_maatregelen(lezer, wetten),
        scenarios=lezer.per_bestand(Scenario, "scenario", map_ / "scenarios"),
        kostensoorten=lezer.alle(Kostensoort, "kostensoort", map_ / "kostensoorten.yaml"),
        uitkomsten=lezer.alle(Uitkomst, "uitkomst", map_ / "uitkomsten.yaml"),
        conclusies=lezer.alle(Conclusie, "conclusie", map_ / "conclusies.yaml"),
        toetsen=lezer.alle(Toets, "toets", map_ / "oordeel.yaml"),
        uitvoering=lezer.per_bestand(Uitvoering, "uitvoering", map_ / "uitvoering"),
        buitenschattingen=lezer.alle(
            Buitenschatting, "buitenschatting", map_ / "buitenschattingen.yaml"
        ),
        vergelijkingsgrenzen=lezer.alle(
            Vergelijkingsgrens, "vergelijkingsgrens", map_ / "vergelijkingsgrenzen.yaml"
        ),
        volgordes=lezer.alle(Volgorde, "volgorde", map_ / "volgorde.yaml"),
        stempels=lezer.alle(Stempel, "stempel", map_ / "stempels.yaml"),
        herkomst=lezer.alle(Kolom, "kolom", gemeentemap / "herkomst.yaml"),
        eigenvragen=lezer.alle(Eigenvraag, "eigenvraag", map_ / "eigen_cijfers.yaml"),
        eigen=lezer.per_bestand(Eigenopgave, "eigen", gemeentemap / "eigen"),
        gemeenten=gemeenten,
        hexkaart=hexkaart,
        historie=historie,
        map=map_,
        peildatum=peildatum or peildag(),
        vindplaatsen=lezer.vindplaatsen,
        genoemd=lezer.genoemd,
    )
    lezer.genoemd["bron"] |= {naam_bron(code) for code in lezer.genoemd["eigen"]}
    register = met_opgaven(register)
    lezer.verdwaald()
    problemen = [*lezer.problemen, *controleer(register, parameters_model)]
    namen = {naam: lezer.genoemd[naam] for naam in VERWIJZINGEN}
    namen["referentie"] = lezer.genoemd["scenario"]
    problemen += controleer_eigen(register)
    for plek, gegevens in lezer.kapot:
        problemen += verwijzingen(namen, plek, gegevens)
    if problemen:
        raise RegisterFout(problemen)
    return register
