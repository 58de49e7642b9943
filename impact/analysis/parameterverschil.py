"""What changed between two folders of parameters: every value, from the files themselves.

The files are read as they are, without the schemas of today. So an old folder can be compared even
when it no longer loads.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from impact.registry.yaml_lezen import LeesFout, lees_tekst, lees_yaml

KOLOMMEN = [
    "groep",
    "naam",
    "onderdeel",
    "omschrijving",
    "wijziging",
    "oud",
    "nieuw",
    "oud_midden",
    "nieuw_midden",
    "eenheid",
    "bron_oud",
    "bron_nieuw",
    "kwaliteit_oud",
    "kwaliteit_nieuw",
    "soort",
    "bestand",
]
GEWIJZIGD, TOEGEVOEGD, VERVALLEN = "gewijzigd", "toegevoegd", "vervallen"
WAARDE, GEGEVEN, TEKST, BESTAND = "waarde", "gegeven", "tekst", "bestand"
TEKSTVELDEN = frozenset(
    {
        "omschrijving",
        "toelichting",
        "titel",
        "naam",
        "bron",
        "vindplaats",
        "kwaliteit",
        "geldig_tot",
        "grondslag",
        "status",
        "kamerstuk",
        "niet_gemodelleerd",
        "url",
    }
)
"""Fields that explain a value, and that nothing is computed with."""
SLEUTELVELDEN = ("maatregel", "parameter", "vanaf", "datum")
"""Fields by which an item of a list is known, whatever its place in the list."""
TEKSTBESTANDEN = ("bronnen.yaml", "gemeenten/herkomst.yaml")
"""Files that explain where values come from."""
HISTORIEMAP, GEMEENTEBESTAND = "historie", "gemeenten/gemeenten.csv"
LANGSTE_TEKST = 300
VEEL_GEMEENTEN = 5

Plek = tuple[str, str, str]
"""File, name of the entry, and the place inside it."""


@dataclass(frozen=True)
class Post:
    """One value in a folder of parameters.

    Attributes
    ----------
    tekst : as a reader sees it
    midden : number, when it is one
    soort : ``waarde`` (number with its range), ``gegeven`` (anything else that counts) or ``tekst``
    """

    tekst: str
    soort: str
    midden: float | None = None
    eenheid: str = ""
    omschrijving: str = ""
    bron: str = ""
    kwaliteit: str = ""


def parameterverschil(oud: Path, nieuw: Path) -> pd.DataFrame:
    """Every value that changed, was added or was removed between two folders.

    Returns
    -------
    DataFrame with the columns of `KOLOMMEN`; municipal figures have one row per column of the file
    """
    voor, na = _zonder_onleesbaar(lees_posten(oud), lees_posten(nieuw))
    voor, na = _in_het_kort(voor, na), _in_het_kort(na, voor)
    rijen = [
        _rij(plek, voor.get(plek), na.get(plek))
        for plek in sorted({**voor, **na})
        if _anders(voor.get(plek), na.get(plek))
    ]
    rijen += _gemeentecijfers(oud, nieuw)
    return pd.DataFrame(rijen, columns=KOLOMMEN).sort_values(
        ["groep", "naam"], kind="stable", ignore_index=True
    )


def _zonder_onleesbaar(*mappen: dict[Plek, Post]) -> list[dict[Plek, Post]]:
    """Leave of a file that cannot be read on one side only the line that says so."""
    kapot = {plek[0] for posten in mappen for plek, post in posten.items() if post.soort == BESTAND}
    return [
        {p: post for p, post in posten.items() if p[0] not in kapot or post.soort == BESTAND}
        for posten in mappen
    ]


def _in_het_kort(posten: Mapping[Plek, Post], ander: Mapping[Plek, Post]) -> dict[Plek, Post]:
    """Entries that the other folder lacks shown by their numbers alone, or as one line."""
    bekend = {plek[:2] for plek in ander}
    kort = {plek: post for plek, post in posten.items() if plek[:2] in bekend}
    for plek, post in posten.items():
        if plek[:2] not in bekend and post.soort in (WAARDE, BESTAND):
            kort[plek] = post
    genoemd = {plek[:2] for plek in kort}
    for plek, post in posten.items():
        if plek[:2] not in genoemd:
            soort = TEKST if plek[0] in TEKSTBESTANDEN else GEGEVEN
            kort[(*plek[:2], "")] = Post(post.omschrijving or plek[1], soort)
    return kort


def _anders(oud: Post | None, nieuw: Post | None) -> bool:
    """Whether a reader would see another value; a source may change without its value."""
    if oud is None or nieuw is None:
        return True
    return (oud.tekst, oud.eenheid, oud.bron, oud.kwaliteit) != (
        nieuw.tekst,
        nieuw.eenheid,
        nieuw.bron,
        nieuw.kwaliteit,
    )


def _rij(plek: Plek, oud: Post | None, nieuw: Post | None) -> dict[str, Any]:
    bestand, naam, onderdeel = plek
    wijziging = TOEGEVOEGD if oud is None else VERVALLEN if nieuw is None else GEWIJZIGD
    een, ander = oud or Post("", ""), nieuw or Post("", "")
    geldend = nieuw or een
    soort = geldend.soort
    if (
        oud is not None
        and nieuw is not None
        and (oud.tekst, oud.eenheid)
        == (
            nieuw.tekst,
            nieuw.eenheid,
        )
    ):
        soort = TEKST
    return {
        "groep": groep_van(bestand),
        "naam": naam,
        "onderdeel": onderdeel,
        "omschrijving": geldend.omschrijving,
        "wijziging": wijziging,
        "oud": een.tekst,
        "nieuw": ander.tekst,
        "oud_midden": een.midden,
        "nieuw_midden": ander.midden,
        "eenheid": geldend.eenheid,
        "bron_oud": een.bron,
        "bron_nieuw": ander.bron,
        "kwaliteit_oud": een.kwaliteit,
        "kwaliteit_nieuw": ander.kwaliteit,
        "soort": soort,
        "bestand": bestand,
    }


def groep_van(bestand: str) -> str:
    """Group of a file in the waterfall: the file of an assumption, the law, or the kind.

    Parameters
    ----------
    bestand : path inside the folder of parameters
    """
    map_, _, rest = bestand.partition("/")
    stam = rest.rsplit(".", 1)[0]
    soorten = {"aannames": "aannames", "wetten": "wet", "scenarios": "scenario"}
    if map_ in soorten:
        return f"{soorten[map_]}:{stam}"
    return map_ if rest else bestand.rsplit(".", 1)[0]


def lees_posten(map_: Path) -> dict[Plek, Post]:
    """All values in the files of a folder, except the table of municipalities."""
    posten: dict[Plek, Post] = {}
    for pad in sorted(map_.rglob("*")):
        bestand = pad.relative_to(map_).as_posix()
        if any(deel.startswith(".") for deel in pad.relative_to(map_).parts):
            continue
        if pad.suffix == ".yaml":
            posten |= dict(_yamlposten(pad, bestand))
        elif bestand.startswith(f"{HISTORIEMAP}/") and pad.suffix == ".csv":
            posten |= dict(_historieposten(pad, bestand))
    return posten


def _yamlposten(pad: Path, bestand: str) -> Iterator[tuple[Plek, Post]]:
    inhoud, problemen = lees_yaml(pad, bestand)
    if problemen:
        yield (bestand, bestand, ""), Post(f"niet te lezen: {problemen[0]}", BESTAND)
    gegevens = inhoud.gegevens
    if not isinstance(gegevens, dict):
        return
    per_bestand = bestand.partition("/")[0] in ("wetten", "scenarios", "uitvoering")
    stam = Path(bestand).stem
    for naam, blok in ({stam: gegevens} if per_bestand else gegevens).items():
        maatregelen = blok.get("maatregelen") if isinstance(blok, dict) else None
        if isinstance(maatregelen, dict):
            for maatregel, deel in maatregelen.items():
                yield from _met_naam(bestand, maatregel, deel)
            blok = {sleutel: deel for sleutel, deel in blok.items() if sleutel != "maatregelen"}
        yield from _met_naam(bestand, naam, blok)


def _met_naam(bestand: str, naam: str, blok: Any) -> Iterator[tuple[Plek, Post]]:
    """Values of one entry; its description and unit go with all of them."""
    uitleg = ""
    if isinstance(blok, dict):
        uitleg = str(blok.get("omschrijving") or blok.get("titel") or blok.get("naam") or "")
    for plek, post in _bladeren(blok, (), "", uitleg):
        yield (
            (bestand, naam, plek),
            replace(post, soort=TEKST) if bestand in TEKSTBESTANDEN else post,
        )


def _bladeren(
    knoop: Any, pad: tuple[str, ...], eenheid: str, uitleg: str
) -> Iterator[tuple[str, Post]]:
    """All values below a place: numbers with their range as one, everything else apart."""
    if isinstance(knoop, dict):
        eenheid = str(knoop.get("eenheid") or eenheid)
        rest = knoop
        if "midden" in knoop:
            yield _plek(pad), _getal(knoop, eenheid, uitleg)
            rest = {k: deel for k, deel in knoop.items() if isinstance(deel, dict)}
        for naam, deel in rest.items():
            yield from _bladeren(deel, (*pad, str(naam)), eenheid, uitleg)
    elif isinstance(knoop, list) and any(isinstance(deel, dict | list) for deel in knoop):
        for naam, deel in _items(knoop):
            yield from _bladeren(deel, (*pad, naam), eenheid, uitleg)
    elif knoop is not None and knoop != []:
        soort = TEKST if TEKSTVELDEN & set(pad) else GEGEVEN
        tekst = "; ".join(map(str, knoop)) if isinstance(knoop, list) else _woord(knoop)
        yield _plek(pad), Post(tekst[:LANGSTE_TEKST], soort, omschrijving=uitleg)


def _plek(pad: tuple[str, ...]) -> str:
    """Place inside an entry as a reader sees it."""
    return " ".join(deel for deel in pad if deel not in ("waarden", "waarde", "gemeenten"))


def _items(lijst: list[Any]) -> Iterator[tuple[str, Any]]:
    """Items with the name by which they are known; a number when that is not one of a kind."""
    velden = [
        next((veld for veld in SLEUTELVELDEN if isinstance(deel, dict) and veld in deel), "")
        for deel in lijst
    ]
    namen = [str(deel[veld]) if veld else "" for deel, veld in zip(lijst, velden, strict=True)]
    telling = Counter(namen)
    for nummer, (deel, veld, naam) in enumerate(zip(lijst, velden, namen, strict=True), start=1):
        if naam and telling[naam] == 1:
            yield naam, {k: waarde for k, waarde in deel.items() if k != veld}
        else:
            yield f"{naam} {nummer}".strip(), deel


def _woord(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return _cijfer(waarde) if isinstance(waarde, int | float) else str(waarde)


def _cijfer(waarde: Any) -> str:
    """Number as it stands in the file, with a decimal comma."""
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return str(waarde)
    return f"{waarde:.10g}".replace(".", ",")


def _getal(knoop: Mapping[str, Any], eenheid: str, uitleg: str) -> Post:
    midden, laag, hoog = (knoop.get(kant) for kant in ("midden", "laag", "hoog"))
    tekst = _cijfer(midden)
    if laag is not None and (laag != midden or hoog != midden):
        tekst += f" ({_cijfer(laag)} tot {_cijfer(hoog)})"
    verdeling = knoop.get("verdeling")
    if verdeling not in (None, "vast", "driehoek"):
        tekst += f", {verdeling}"
    return Post(
        tekst,
        WAARDE,
        float(midden) if isinstance(midden, int | float) else None,
        eenheid,
        uitleg,
        str(knoop.get("bron") or ""),
        str(knoop.get("kwaliteit") or ""),
    )


def _historieposten(pad: Path, bestand: str) -> Iterator[tuple[Plek, Post]]:
    rijen = _csv(pad)
    if rijen is None:
        yield (bestand, bestand, ""), Post("niet te lezen", BESTAND)
    for rij in rijen or []:
        waarden = {kant: _als_getal(rij.get(veld)) for kant, veld in _HISTORIE.items()}
        naam = str(rij.get("reeks"))
        uitleg = naam.replace("_", " ").capitalize()
        post = _getal({**rij, **waarden}, str(rij.get("eenheid") or ""), uitleg)
        yield (bestand, naam, str(rij.get("moment"))), post


_HISTORIE = {"midden": "waarde", "laag": "laag", "hoog": "hoog"}


def _csv(pad: Path) -> list[dict[str, Any]] | None:
    """Rows of a table; None when it cannot be read."""
    try:
        return list(csv.DictReader(io.StringIO(lees_tekst(pad), newline="")))
    except (csv.Error, LeesFout, FileNotFoundError):
        return None


def _als_getal(tekst: Any) -> Any:
    try:
        return float(tekst)
    except (TypeError, ValueError):
        return tekst or None


def _gemeentecijfers(oud: Path, nieuw: Path) -> list[dict[str, Any]]:
    """One row per column of the municipal figures that differs."""
    rijen = [_csv(map_ / GEMEENTEBESTAND) for map_ in (oud, nieuw)]
    voor, na = ({str(rij.get("gemeentecode")): rij for rij in tabel or []} for tabel in rijen)
    if None in rijen:
        return []
    kolommen = dict.fromkeys([k for tabel in (voor, na) for rij in tabel.values() for k in rij])
    gevonden = []
    for kolom in kolommen:
        een, ander = ({code: rij.get(kolom) for code, rij in tabel.items()} for tabel in (voor, na))
        codes = [c for c in {**een, **ander} if een.get(c) != ander.get(c)]
        if codes:
            gevonden.append(_kolomrij(kolom, codes, een, ander))
    return gevonden


def _kolomrij(
    kolom: str, codes: list[str], oud: Mapping[str, Any], nieuw: Mapping[str, Any]
) -> dict[str, Any]:
    """Summary of one column: how many municipalities differ, which, and the totals."""
    voor, na = (_som(tabel.values()) for tabel in (oud, nieuw))
    waar = ", ".join(codes[:VEEL_GEMEENTEN]) + (" en meer" if len(codes) > VEEL_GEMEENTEN else "")
    aantal = "1 gemeente" if len(codes) == 1 else f"{len(codes)} gemeenten"
    enige = codes[0] if len(codes) == 1 else None
    teksten = [
        str(tabel.get(enige) or "") if enige else ("" if som is None else f"samen {_cijfer(som)}")
        for tabel, som in ((oud, voor), (nieuw, na))
    ]
    leeg = [all(waarde is None for waarde in tabel.values()) for tabel in (oud, nieuw)]
    wijziging = TOEGEVOEGD if leeg[0] else VERVALLEN if leeg[1] else GEWIJZIGD
    rij = _rij((GEMEENTEBESTAND, kolom, f"{aantal}: {waar}"), Post("", ""), Post("", ""))
    return rij | {
        "wijziging": wijziging,
        "oud": teksten[0],
        "nieuw": teksten[1],
        "oud_midden": voor,
        "nieuw_midden": na,
        "soort": WAARDE,
        "omschrijving": "Gemeentecijfers",
    }


def _som(waarden: Iterable[Any]) -> float | None:
    """Sum of a column; None when it holds anything else than numbers."""
    getallen = [_als_getal(waarde) for waarde in waarden]
    if any(isinstance(getal, str) for getal in getallen):
        return None
    return float(sum(getal for getal in getallen if getal is not None))
