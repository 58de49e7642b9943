"""The chapters that let a reader check: assumption log, sources, backtest, what is not modelled."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.registry.aannamelijst import aannamelijst
from impact.registry.laden import Register
from impact.reporting.analyses import analyse_van
from impact.reporting.getallen import datum, datum_van_bron, onafgerond
from impact.reporting.onderwerpen import kostensoorten
from impact.reporting.opmaak import (
    Html,
    alinea,
    anker,
    element,
    koppeling,
    lijst,
    samen,
    tekst,
)
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.terugtoetsing import terugtoets_blok

KWALITEIT = {
    "groen": "gelezen in een officiële bron",
    "oranje": "afgeleid, of uit de pers",
    "rood": "aanname van de makers, geen bron gevonden",
}
ONDERWERPNAAM = {
    "instroom": "Instroom en besluiten",
    "taakstelling": "Taakstelling",
    "huisvesting": "Huisvesting",
    "opvang": "Opvang",
    "inburgering": "Inburgering",
    "sociaal": "Bijstand en andere sociale diensten",
    "lvv": "LVV en vreemdelingen zonder onderdak",
    "oekraine": "Oekraïners",
    "uitvoering": "Uitvoeringslast",
    "algemeen": "Algemeen",
    "financien": "Financiën",
}
KOPPEN = [
    Kolom("Aanname"),
    Kolom("Vanaf"),
    Kolom("Waarde", True),
    Kolom("Bron"),
    Kolom("Kwaliteit"),
]


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


def _rijen(deel: pd.DataFrame) -> tuple[list[list[object]], list[str]]:
    """Rows and unique ids; the first row of a key carries its anchor and explanation."""
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
        rijen.append([naam, rij["vanaf"], _waardecel(rij), _broncel(rij), _kwaliteitcel(rij)])
        ids.append(sleutel if nieuw else f"{sleutel}-{len(ids)}")
    return rijen, ids


def _sectie(kop: str, domein: str, *inhoud: object) -> Html:
    return samen(element("h3", kop, id=f"aannames-{anker(domein)}"), *inhoud)


def _lijsttabel(bijschrift: str, deel: pd.DataFrame, kop: str = "Aanname") -> Html:
    rijen, ids = _rijen(deel)
    koppen = [Kolom(kop), *KOPPEN[1:]]
    return tabel(bijschrift, koppen, rijen, klasse="aannames", sleutels=ids)


def aannames(rapport: Rapport, alleen: Iterable[str] | None = None) -> Html:
    """Assumption log: per subject, then measures, history and municipal figures.

    Parameters
    ----------
    alleen : subjects to show; all by default, with history and origin of municipal figures too
    """
    lijst_ = aannamelijst(rapport.register, rapport.naam)
    parameters = lijst_[lijst_["soort"] == "parameter"]
    gekozen = list(dict.fromkeys(parameters["onderwerp"])) if alleen is None else list(alleen)
    delen: list[object] = [_legenda(lijst_)]
    for onderwerp in dict.fromkeys(["algemeen", *gekozen]):
        deel = parameters[parameters["onderwerp"] == onderwerp]
        if len(deel):
            naam = ONDERWERPNAAM.get(onderwerp, onderwerp.capitalize())
            delen.append(_sectie(naam, onderwerp, _lijsttabel(f"Aannames: {naam}", deel)))
    delen.append(_financien(rapport.register))
    delen.append(_maatregelwaarden(lijst_))
    if alleen is None:
        historie = lijst_[lijst_["soort"] == "historie"]
        delen.append(
            _sectie("Historie", "historie", _lijsttabel("Gemeten reeksen", historie, "Reeks"))
        )
        delen.append(_gemeentecijfers(rapport.register))
    return samen(*delen)


def _legenda(lijst_: pd.DataFrame) -> Html:
    aantal = lijst_["kwaliteit"].value_counts()
    regels = [
        samen(kwaliteitsmerk(naam), f" {uitleg}: {int(aantal.get(naam, 0))} waarden.")
        for naam, uitleg in KWALITEIT.items()
    ]
    oud = int(lijst_["verouderd"].sum())
    slot = "Geen enkele waarde is verouderd." if oud == 0 else f"{oud} waarden zijn verouderd."
    return samen(lijst(regels, class_="legenda"), alinea(slot))


def _financien(register: Register) -> Html:
    rijen = []
    for naam in kostensoorten():
        g = GROOTHEDEN[naam]
        soort = register.kostensoorten.get(str(g.kostensoort))
        link = element("a", ONDERWERPNAAM.get(g.domein, g.domein), href=f"#aannames-{g.domein}")
        rijen.append(
            [
                soort.omschrijving if soort else g.omschrijving,
                soort.taakveld if soort else "niet bekend",
                link,
                kwaliteitsmerk(soort.kwaliteit) if soort else "",
            ]
        )
    uitleg = alinea(
        "Een bedrag is een aantal maal een prijs. De aantallen en prijzen staan bij het onderwerp "
        "in de derde kolom. Bedragen zijn omgerekend naar prijzen van 2025; de omrekening staat "
        "bij ",
        element("a", "Algemeen", href="#aannames-algemeen"),
        ".",
    )
    koppen = [Kolom("Kostensoort"), Kolom("Taakveld (Iv3)"), Kolom("Aannames"), Kolom("Kwaliteit")]
    return _sectie(
        "Financiën", "financien", uitleg, tabel("Kostensoorten en hun taakveld", koppen, rijen)
    )


def _maatregelwaarden(lijst_: pd.DataFrame) -> Html:
    deel = lijst_[lijst_["soort"] == "maatregel"]
    if deel.empty:
        leeg = alinea("Dit scenario heeft geen maatregelen die een aanname veranderen.")
        return _sectie("Maatregelen", "maatregelen", leeg)
    return _sectie(
        "Maatregelen",
        "maatregelen",
        _lijsttabel("Wat de maatregelen veranderen", deel, "Maatregel"),
    )


def _gemeentecijfers(register: Register) -> Html:
    rijen = []
    for naam, kolom in register.herkomst.items():
        bron = register.bronnen[kolom.bron]
        link = element("a", bron.titel, href=f"#bron-{anker(kolom.bron)}")
        rijen.append(
            [
                samen(kolom.omschrijving, element("code", naam)),
                datum_van_bron(kolom.datum),
                link,
                kwaliteitsmerk(kolom.kwaliteit),
            ]
        )
    koppen = [Kolom("Cijfer per gemeente"), Kolom("Datum"), Kolom("Bron"), Kolom("Kwaliteit")]
    return _sectie("Cijfers per gemeente", "gemeenten", tabel("Herkomst per kolom", koppen, rijen))


def gebruikte_bronnen(rapport: Rapport, alleen: Iterable[str] | None = None) -> list[str]:
    """Keys of the sources that this report links to, in alphabetical order."""
    lijst_ = aannamelijst(rapport.register, rapport.naam)
    if alleen is not None:
        keuze = {"algemeen", *alleen}
        lijst_ = lijst_[
            ((lijst_["soort"] == "parameter") & lijst_["onderwerp"].isin(keuze))
            | (lijst_["soort"] == "maatregel")
        ]
    namen = set(lijst_["bron"])
    if alleen is None:
        namen |= {kolom.bron for kolom in rapport.register.herkomst.values()}
        namen |= _uitvoeringsbronnen(rapport)
    for stap in alle_stappen(rapport):
        maatregel = rapport.register.maatregelen[stap[0]]
        namen |= {status.bron for status in maatregel.status}
        namen.add(rapport.register.wetten[maatregel.wet].bron)
    return sorted(namen)


def _uitvoeringsbronnen(rapport: Rapport) -> set[str]:
    """Sources of the chapters about execution."""
    uitvoering = [rapport.register.uitvoering[wet] for wet in rapport.wetten]
    return {feit.bron for van_wet in uitvoering for _, lijst_ in van_wet for feit in lijst_}


def alle_stappen(rapport: Rapport) -> list[tuple[str, str]]:
    """Measures of the scenario and of its reference, with the half-year in which they begin."""
    stappen: list[tuple[str, str]] = []
    naam: str | None = rapport.naam
    while naam is not None:
        scenario = rapport.register.scenario(naam)
        stappen += [(stap.maatregel, str(stap.vanaf)) for stap in scenario.maatregelen]
        naam = scenario.referentie
    return stappen


def bronnen(rapport: Rapport, alleen: Iterable[str] | None = None) -> Html:
    """List of sources with publisher, date, link and the day on which they were read."""
    regels = []
    for naam in gebruikte_bronnen(rapport, alleen):
        bron = rapport.register.bronnen[naam]
        adres = koppeling(bron.titel, bron.url)
        rest = f". {bron.uitgever}, {datum_van_bron(bron.datum)}."
        gelezen = f" Geraadpleegd op {datum(bron.geraadpleegd)}."
        uitleg = f" {bron.toelichting}" if bron.toelichting else ""
        regels.append(element("li", adres, rest, gelezen, uitleg, id=f"bron-{anker(naam)}"))
    return element("ul", *regels, class_="bronnen")


def niet_gemodelleerd(rapport: Rapport) -> Html:
    """Everything that the measures do and the model does not."""
    delen: list[object] = []
    wetten: dict[str, list[str]] = {}
    for naam, _ in alle_stappen(rapport):
        maatregel = rapport.register.maatregelen[naam]
        wetten.setdefault(maatregel.wet, []).append(naam)
    for wet, namen in wetten.items():
        inhoud = rapport.register.wetten[wet]
        regels: list[object] = list(inhoud.niet_gemodelleerd)
        for naam in dict.fromkeys(namen):
            maatregel = rapport.register.maatregelen[naam]
            regels += [
                samen(element("strong", f"{maatregel.titel}: "), zin)
                for zin in maatregel.niet_gemodelleerd
            ]
        if regels:
            delen += [element("h3", inhoud.naam), lijst(regels)]
    if not delen:
        return alinea("Bij dit scenario horen geen maatregelen.")
    return samen(*delen)


def terugtoets(rapport: Rapport) -> Html:
    """Backtest of these parameters; stored, because every report of a batch shows the same one."""
    analyse = analyse_van(rapport, "terugtoets")
    return terugtoets_blok(rapport, analyse) if analyse is not None else Html("")
