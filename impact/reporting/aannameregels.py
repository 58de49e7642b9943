"""Rows of the assumption log: value, source, quality and influence."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

import pandas as pd

from impact.reporting.datums import datum, datum_van_bron
from impact.reporting.getallen import in_woorden as band_in_woorden
from impact.reporting.getallen import onafgerond
from impact.reporting.invloed import (
    NAUWELIJKS,
    ZICHTBAAR,
    Invloed,
    alle_invloeden,
    grootste_invloed,
    in_woorden,
    richtingzin,
)
from impact.reporting.opmaak import Html, anker, element, samen, tekst
from impact.reporting.rapport import Rapport, onthoud
from impact.reporting.tabellen import Kolom, tabel

KWALITEIT = {
    "groen": "gelezen in een officiële bron",
    "oranje": "afgeleid, of uit de pers",
    "rood": "aanname van de makers, geen bron gevonden",
}
KOPPEN = [
    Kolom("Aanname"),
    Kolom("Vanaf"),
    Kolom("Waarde", True),
    Kolom("Bron"),
    Kolom("Kwaliteit"),
]
INVLOED = Kolom("Invloed op de uitkomsten")
BELANGRIJKSTE = 20
"""Assumptions in the list of what matters most."""


def kwaliteitsmerk(kwaliteit: str, verouderd: bool = False) -> Html:
    """Quality as a colour and a word, and a mark when the value is stale."""
    merk = element("span", kwaliteit, class_=f"merk {kwaliteit}")
    if not verouderd:
        return merk
    return samen(merk, " ", element("span", "verouderd", class_="merk verouderd"))


def _heeft(waarde: Any) -> bool:
    return waarde is not None and not pd.isna(waarde) and waarde != ""


def _waardecel(rij: Mapping[Hashable, Any]) -> Html:
    midden = f"{onafgerond(rij['midden'])} {rij['eenheid']}"
    if not _heeft(rij["laag"]) or rij["laag"] == rij["hoog"]:
        return tekst(midden)
    band = f"{onafgerond(rij['laag'])} tot {onafgerond(rij['hoog'])}, {rij['verdeling']}"
    return samen(midden, element("span", band, class_="band"))


def _broncel(rij: Mapping[Hashable, Any]) -> Html:
    link = element("a", rij["bron_titel"], href=f"#bron-{anker(str(rij['bron']))}")
    uitgever = f"{rij['bron_uitgever']}, {datum_van_bron(str(rij['bron_datum']))}"
    return samen(
        link,
        element("span", uitgever, class_="band"),
        element("span", rij["vindplaats"], class_="band"),
    )


def _kwaliteitcel(rij: Mapping[Hashable, Any]) -> Html:
    merk = kwaliteitsmerk(str(rij["kwaliteit"]), bool(rij["verouderd"]))
    if not _heeft(rij["geldig_tot"]):
        return merk
    return samen(merk, element("span", f"geldig tot {datum(rij['geldig_tot'])}", class_="band"))


def _invloedcel(rapport: Rapport, een: Invloed | None) -> Html:
    """Influence as a word, with its size and direction below it."""
    woord = tekst(in_woorden(een))
    if een is None or woord == in_woorden(None):
        return woord
    uitleg = f"{band_in_woorden(een.band)} van de onzekerheid, {richtingzin(rapport, een)}"
    return samen(woord, element("span", uitleg, class_="band"))


def _rijen(
    rapport: Rapport, deel: pd.DataFrame, met_invloed: bool
) -> tuple[list[list[object]], list[str]]:
    """Rows and unique ids; the first row of a key carries its anchor, explanation and influence."""
    invloeden = grootste_invloed(rapport)
    rijen: list[list[object]] = []
    ids: list[str] = []
    for rij in deel.to_dict("records"):
        sleutel = anker(str(rij["sleutel"]))
        nieuw = sleutel not in ids
        naam: object = rij["omschrijving"]
        if nieuw and _heeft(rij["toelichting"]):
            uitleg = element("span", rij["toelichting"], class_="toelichting")
            naam = samen(rij["omschrijving"], uitleg)
        if nieuw:
            naam = samen(naam, element("code", rij["id"]))
        cellen = [naam, rij["vanaf"], _waardecel(rij), _broncel(rij), _kwaliteitcel(rij)]
        if met_invloed:
            een = invloeden.get(str(rij["sleutel"]))
            cellen.append(_invloedcel(rapport, een) if nieuw else tekst("zie hierboven"))
        rijen.append(cellen)
        ids.append(sleutel if nieuw else f"{sleutel}-{len(ids)}")
    return rijen, ids


def lijsttabel(rapport: Rapport, bijschrift: str, deel: pd.DataFrame, kop: str = "Aanname") -> Html:
    """Table with rows of the log; with influence where that was computed."""
    met_invloed = bool(grootste_invloed(rapport))
    rijen, ids = _rijen(rapport, deel, met_invloed)
    koppen = [Kolom(kop), *KOPPEN[1:], *([INVLOED] if met_invloed else [])]
    return tabel(bijschrift, koppen, rijen, klasse="aannames", sleutels=ids)


def op_invloed(rapport: Rapport, deel: pd.DataFrame) -> pd.DataFrame:
    """Rows sorted: the most influence first, then the weakest quality; a key stays together."""
    invloeden = grootste_invloed(rapport)
    aandeel = {sleutel: een.aandeel for sleutel, een in invloeden.items()}
    zwakste = _zwakste(deel["kwaliteit"])
    orde = pd.DataFrame(
        {
            "invloed": -deel["sleutel"].map(aandeel).astype(float).fillna(0.0),
            "zwakste": zwakste.groupby(deel["sleutel"]).transform("min"),
            "eerste": deel.groupby("sleutel")["sleutel"].transform(lambda s: s.index[0]),
        }
    )
    return deel.loc[orde.sort_values(["invloed", "zwakste", "eerste"], kind="stable").index]


def _zwakste(kwaliteit: pd.Series[str]) -> pd.Series[int]:
    """Order of qualities, the weakest first."""
    return kwaliteit.map(list(reversed(KWALITEIT)).index)


def belangrijkste(rapport: Rapport, lijst_: pd.DataFrame, meeste: int = BELANGRIJKSTE) -> Html:
    """Assumptions that do most, with links to their rows; nothing without an analysis.

    Parameters
    ----------
    meeste : length of the list; those with hardly any influence are left out
    """
    zwakste_eerst = lijst_.sort_values("kwaliteit", key=_zwakste, kind="stable")
    eerste = zwakste_eerst.drop_duplicates("sleutel").set_index("sleutel")
    rijen: list[list[object]] = []
    for sleutel, een in grootste_invloed(rapport).items():
        if sleutel not in eerste.index or een.aandeel < NAUWELIJKS or len(rijen) == meeste:
            continue
        rij = eerste.loc[sleutel].to_dict()
        link = element("a", een.naam, href=f"#{anker(sleutel)}")
        rijen.append([link, _invloedcel(rapport, een), _kwaliteitcel(rij), _broncel(rij)])
    if not rijen:
        return Html("")
    koppen = [Kolom("Aanname"), INVLOED, Kolom("Kwaliteit"), Kolom("Bron")]
    return tabel(f"De {len(rijen)} aannames die het meest doen", koppen, rijen, klasse="aannames")


def korte_lijst(rapport: Rapport, sleutels: Collection[str]) -> pd.DataFrame:
    """Chosen rows of the log, of each what holds where the model begins and what comes later."""
    lijst_ = rapport.aannamelijst
    lijst_ = lijst_[lijst_["sleutel"].isin(sleutels)]
    gemeten = lijst_["soort"] == "historie"
    begonnen = (lijst_["soort"] == "parameter") & (lijst_["vanaf"] <= rapport.perioden[0])
    afgelost = lijst_[gemeten | begonnen].duplicated(["sleutel", "omschrijving"], keep="last")
    return lijst_.drop(index=afgelost.index[afgelost])


@onthoud
def kies_sleutels(rapport: Rapport, per_onderwerp: int) -> frozenset[str]:
    """Assumptions and measures that matter for a short log.

    These are: all with a visible influence, the strongest of every named outcome, and the
    first few of every subject. A sentence that links to what carries its effect finds it here.
    """
    lijst_ = rapport.aannamelijst
    zwaar = {s for s, een in grootste_invloed(rapport).items() if een.aandeel >= ZICHTBAAR}
    dragers = {alle[0].sleutel for alle in alle_invloeden(rapport).values() if alle}
    eerste: set[str] = set()
    for soort, kolom in (("parameter", "onderwerp"), ("maatregel", "soort")):
        for _, deel in lijst_[lijst_["soort"] == soort].groupby(kolom):
            eerste.update(op_invloed(rapport, deel)["sleutel"].unique()[:per_onderwerp])
    return frozenset((zwaar | dragers | eerste) & set(lijst_["sleutel"]))
