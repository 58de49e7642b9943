"""Official figures of municipalities: what the tables say now, what changes, and writing it."""

from __future__ import annotations

import csv
import io
import math
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from impact.inwinnen.cbs import Loket, Rijen, TabelFout
from impact.registry.gemeenten import lees_gemeenten
from impact.registry.laden import Register
from impact.registry.plaats import MAPNAAM
from impact.registry.problemen import Probleem, RegisterFout, bedoelde
from impact.registry.toetsen import toets_alle
from impact.registry.verversmodel import Verversing
from impact.registry.yaml_lezen import lees_yaml
from impact.reporting.bestanden import schrijf_heel

PLAN = Path("gemeenten") / "verversen.yaml"
CIJFERS = Path("gemeenten") / "gemeenten.csv"
BRONNEN = Path("bronnen.yaml")
CODE = re.compile(r"GM\d{4}")
GROOTSTE = 3
"""Changes that are shown one by one."""
MEESTE_CODES = 5


class VerversFout(ValueError):
    """The tables cannot be used; the text holds all problems."""


@dataclass(frozen=True)
class Wijziging:
    """One figure that changes; None is unknown."""

    code: str
    oud: float | None
    nieuw: float | None

    @property
    def relatief(self) -> float:
        """Size of the change relative to the old figure."""
        if not self.oud or self.nieuw is None:
            return math.inf
        return abs(self.nieuw - self.oud) / abs(self.oud)


@dataclass
class Voorstel:
    """What would change.

    Attributes
    ----------
    wijzigingen : per column, largest change first
    bijgewerkt : per table, what it says of itself about its last change
    nieuw : codes with figures that our table does not know
    """

    wijzigingen: dict[str, list[Wijziging]] = field(default_factory=dict)
    bijgewerkt: dict[str, str] = field(default_factory=dict)
    nieuw: set[str] = field(default_factory=set)

    @property
    def aantal(self) -> int:
        """Number of cells that change."""
        return sum(map(len, self.wijzigingen.values()))


def lees_plan(register: Register) -> dict[str, Verversing]:
    """Which column comes from which table.

    Raises
    ------
    RegisterFout
        All problems of the file.
    """
    naam = f"{MAPNAAM}/{PLAN.as_posix()}"
    inhoud, problemen = lees_yaml(register.map / PLAN, naam)
    plan, fouten = toets_alle(Verversing, inhoud, naam) if not problemen else ({}, [])
    for kolom in plan:
        if kolom not in register.herkomst:
            hulp = bedoelde(kolom, register.herkomst)
            tekst = f"kolom '{kolom}' staat niet in gemeenten.csv"
            fouten.append(Probleem(naam, inhoud.regel((kolom,)), tekst, hulp))
    if problemen or fouten:
        raise RegisterFout([*problemen, *fouten])
    return plan


def maak_voorstel(register: Register, loket: Loket) -> Voorstel:
    """Read all tables and compare them with what we have.

    Raises
    ------
    VerversFout
        All tables and columns that cannot be used.
    impact.inwinnen.cbs.GeenVerbinding
        There is no connection.
    """
    voorstel, fouten = Voorstel(), []
    per_tabel: dict[str, dict[str, Verversing]] = defaultdict(dict)
    for kolom, verversing in lees_plan(register).items():
        per_tabel[verversing.tabel][kolom] = verversing
    for tabel, kolommen in per_tabel.items():
        try:
            eigenschappen = loket.haal(tabel, "DataProperties")
            infos = loket.haal(tabel, "TableInfos")
            voorstel.bijgewerkt[tabel] = str(infos[0].get("Modified") or "onbekend")[:10]
        except TabelFout as fout:
            fouten.append(str(fout))
            continue
        for kolom, verversing in kolommen.items():
            try:
                waarden = _waarden(loket, verversing, eigenschappen)
                voorstel.nieuw |= waarden.keys() - set(register.gemeenten.index)
                voorstel.wijzigingen[kolom] = _vergelijk(register, kolom, verversing, waarden)
            except TabelFout as fout:
                fouten.append(f"{kolom}: {fout}")
    if fouten:
        raise VerversFout("\n".join([*fouten, "Er is niets veranderd."]))
    return voorstel


def _sleutel(verversing: Verversing, eigenschappen: Rijen) -> str:
    """Name of the column in the table, found by its title."""
    per_titel: dict[str, list[str]] = defaultdict(list)
    for rij in eigenschappen:
        titel, sleutel = rij.get("Title"), rij.get("Key")
        if isinstance(titel, str) and isinstance(sleutel, str):
            per_titel[titel.strip().casefold()].append(sleutel)
    gevonden = per_titel.get(verversing.titel.casefold(), [])
    if len(gevonden) != 1:
        hoe = "staat er meer dan een keer" if gevonden else "ontbreekt"
        hulp = bedoelde(verversing.titel.casefold(), per_titel)
        tekst = f"kolom '{verversing.titel}' {hoe} in tabel {verversing.tabel}"
        raise TabelFout(f"{tekst}. {hulp}".strip())
    eenheid = next(
        str(r.get("Unit") or "").strip() for r in eigenschappen if r.get("Key") in gevonden
    )
    if verversing.eenheid is not None and eenheid.casefold() != verversing.eenheid.casefold():
        tekst = f"kolom '{verversing.titel}' staat in '{eenheid}', niet in '{verversing.eenheid}'"
        raise TabelFout(tekst)
    return gevonden[0]


def _waarden(loket: Loket, verversing: Verversing, eigenschappen: Rijen) -> dict[str, float | None]:
    """Figures of all municipalities by code; those that the table leaves empty are None."""
    sleutel, regio = _sleutel(verversing, eigenschappen), verversing.regio
    filters = f"startswith({regio},'GM')"
    if verversing.periode is not None:
        filters += f" and Perioden eq '{verversing.periode}'"
    rijen = loket.haal(
        verversing.tabel, "TypedDataSet", select=f"{regio},{sleutel}", filters=filters
    )
    waarden: dict[str, float | None] = {}
    for rij in rijen:
        if regio not in rij or sleutel not in rij:
            ontbreekt = regio if regio not in rij else sleutel
            raise TabelFout(f"het antwoord heeft geen kolom '{ontbreekt}'")
        code, waarde = str(rij[regio]).strip(), rij[sleutel]
        if not CODE.fullmatch(code):
            raise TabelFout(f"'{code[:20]}' is geen gemeentecode (GM en vier cijfers)")
        if code in waarden:
            raise TabelFout(f"gemeente {code} staat er twee keer")
        waarden[code] = _getal(code, waarde)
    return {code: waarde for code, waarde in waarden.items() if waarde is not None}


def _getal(code: str, waarde: object) -> float | None:
    if waarde is None:
        return None
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or not math.isfinite(waarde):
        raise TabelFout(f"gemeente {code} heeft '{str(waarde)[:20]}'; dat is geen getal")
    return float(waarde)


def _vergelijk(
    register: Register, kolom: str, verversing: Verversing, waarden: Mapping[str, float | None]
) -> list[Wijziging]:
    """Figures that differ, after a check of codes and range; largest change first."""
    codes = [str(code) for code in register.gemeenten.index]
    ontbreekt = [code for code in codes if waarden.get(code) is None]
    oud = {code: _bekend(register, kolom, code) for code in codes}
    mist = [code for code in ontbreekt if not verversing.leeg_mag]
    if mist:
        raise TabelFout(f"{len(mist)} van de {len(codes)} gemeenten ontbreken: {_codes(mist)}")
    buiten = [
        code
        for code in codes
        if (w := waarden.get(code)) is not None and not verversing.laagst <= w <= verversing.hoogst
    ]
    if buiten:
        mag = f"{verversing.laagst:g} tot {verversing.hoogst:g}"
        eerste = f"{buiten[0]} heeft {waarden[buiten[0]]:g}"
        raise TabelFout(f"{len(buiten)} gemeenten liggen buiten {mag}: {eerste}")
    anders = [Wijziging(c, oud[c], waarden.get(c)) for c in codes if oud[c] != waarden.get(c)]
    return sorted(anders, key=lambda w: (-w.relatief, w.code))


def _bekend(register: Register, kolom: str, code: str) -> float | None:
    waarde = float(register.gemeenten[kolom][code])
    return None if math.isnan(waarde) else waarde


def _codes(codes: Sequence[str]) -> str:
    """Some codes, and that there are more."""
    return ", ".join(codes[:MEESTE_CODES]) + (" en meer" if len(codes) > MEESTE_CODES else "")


def schrijf(register: Register, voorstel: Voorstel, vandaag: date) -> list[Path]:
    """Write the figures that changed, and the day on which the sources were read.

    The table is checked before it takes the place of the old one; every file is whole.

    Returns
    -------
    The files written.

    Raises
    ------
    RegisterFout
        The new table is not valid; nothing was written.
    """
    if not voorstel.aantal:
        return []
    tabel = _nieuwe_tabel(register, voorstel)
    with tempfile.TemporaryDirectory() as map_:
        proef = Path(map_) / CIJFERS.name
        schrijf_heel(proef, tabel)
        _, problemen = lees_gemeenten(proef, CIJFERS.as_posix())
        if problemen:
            raise RegisterFout(problemen)
    bronnen = {register.herkomst[kolom].bron for kolom, w in voorstel.wijzigingen.items() if w}
    tekst = (register.map / BRONNEN).read_text(encoding="utf-8")
    for bron in sorted(bronnen):
        blok = re.compile(
            rf"(^{re.escape(bron)}:\n(?:[ #].*\n)*?  geraadpleegd: )\S+", re.MULTILINE
        )
        tekst = blok.sub(rf"\g<1>{vandaag}", tekst, count=1)
    schrijf_heel(register.map / CIJFERS, tabel)
    schrijf_heel(register.map / BRONNEN, tekst)
    return [register.map / CIJFERS, register.map / BRONNEN]


def _nieuwe_tabel(register: Register, voorstel: Voorstel) -> str:
    """Text of the table; every other cell stays as it was written."""
    pad = register.map / CIJFERS
    lezer = csv.DictReader(io.StringIO(pad.read_text(encoding="utf-8"), newline=""))
    rijen = {rij["gemeentecode"]: rij for rij in lezer}
    for kolom, wijzigingen in voorstel.wijzigingen.items():
        for wijziging in wijzigingen:
            rijen[wijziging.code][kolom] = _cel(wijziging.nieuw)
    uit = io.StringIO(newline="")
    schrijver = csv.DictWriter(uit, list(lezer.fieldnames or []), lineterminator="\n")
    schrijver.writeheader()
    schrijver.writerows(rijen.values())
    return uit.getvalue()


def _cel(waarde: float | None) -> str:
    """Number as the table writes it; empty when it is unknown."""
    if waarde is None:
        return ""
    return str(int(waarde)) if waarde == int(waarde) else repr(waarde)
