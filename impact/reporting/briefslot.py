"""The end of a brief: assumptions that matter, gaps, method, and the list behind it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from impact.reporting.analyses import analyse_van
from impact.reporting.briefbasis import Brief
from impact.reporting.briefkeuze import GELD, Drager, gaten, waarde_van
from impact.reporting.briefoordeel import op_honderd
from impact.reporting.datums import datum_van_bron
from impact.reporting.getallen import decimaal, rond, tiende_macht
from impact.reporting.omslagpunt import in_procent
from impact.reporting.opmaak import Html, alinea, anker, element, koppeling, lijst, samen
from impact.reporting.tabellen import LIJST, Kolom, tabel

MEESTE_CIJFERS = 4
Punten = tuple[float, float | None, float | None]
"""Middle, low and high of a value."""


def aannames(brief: Brief) -> Html:
    """The three assumptions that matter: share, value, quality and source."""
    if not brief.dragers:
        return alinea(brief.taal.zeg("aannames.geen"))
    uitkomst = brief.taal.naam("uitkomst", GELD, "titel")
    uitkomst = uitkomst[:1].lower() + uitkomst[1:]
    return samen(
        alinea(brief.taal.zeg("aannames.inleiding", uitkomst=uitkomst)),
        lijst([_drager(brief, drager) for drager in brief.dragers], class_="dragers"),
    )


def _drager(brief: Brief, drager: Drager) -> Html:
    taal = brief.taal
    naam = dragernaam(brief, drager)
    deel = f"{op_honderd(drager.aandeel.midden)} {taal.eenheid('procent')}"
    aandeel = taal.zeg(
        "aannames.aandeel_samen" if drager.samen_met else "aannames.aandeel",
        aandeel=deel,
        aantal=drager.samen_met,
    )
    doel = LIJST if drager.soort == "historie" else f"{drager.soort}-{drager.naam}"
    kop = samen(element("strong", naam), " ", brief.cijferlink(aandeel, doel), ". ")
    gevonden = waarde_van(brief.rapport.register, drager, brief.jaar)
    if gevonden is None:
        return kop
    waarde, eenheid = gevonden
    tekst = waardetekst(brief, (waarde.midden, waarde.laag, waarde.hoog), eenheid)
    return samen(
        kop,
        taal.zeg("aannames.waarde", waarde=tekst),
        " ",
        _merk(brief, waarde.kwaliteit),
        " ",
        taal.zeg("aannames.bron"),
        bronlink(brief, waarde.bron),
        ".",
    )


def dragernaam(brief: Brief, drager: Drager) -> str:
    """Name of an assumption in words."""
    taal = brief.taal
    if drager.soort == "aanname":
        return f"{taal.naam('aanname', drager.naam, 'omschrijving')}:"
    if drager.soort == "maatregel":
        titel = taal.naam("maatregel", drager.naam, "titel")
        return f"{taal.zeg('aannames.maatregel', titel=titel)}:"
    naam = taal.zin("historie", drager.naam, "naam")
    return f"{taal.zeg('aannames.historie', naam=naam)}:"


def waardetekst(brief: Brief, punten: Punten, eenheid: str) -> str:
    """Value of an assumption as it stands in the file, with its range and unit."""
    wijze = brief.taal.wijze
    midden, laagste, hoogste = punten
    midden, naam = in_procent(midden, eenheid)
    tekst = " ".join(w for w in (cijfer(brief, midden), _eenheid(brief, naam)) if w)
    if laagste is None or hoogste is None or laagste == hoogste:
        return tekst
    laag, hoog = (cijfer(brief, in_procent(w, eenheid)[0]) for w in (laagste, hoogste))
    return f"{tekst} ({laag} {wijze.tot} {hoog})"


def _eenheid(brief: Brief, eenheid: str) -> str:
    return "" if eenheid == "factor" else brief.taal.eenheid(eenheid)


def cijfer(brief: Brief, waarde: float) -> str:
    """Number of the log in at most four digits."""
    if waarde == 0.0:
        return "0"
    stap = max(min(0, tiende_macht(abs(waarde)) - MEESTE_CIJFERS + 1), -4)
    kaal = rond(waarde, stap).normalize()
    return decimaal(kaal, max(0, -int(kaal.as_tuple().exponent)), brief.taal.wijze)


def _merk(brief: Brief, kwaliteit: str) -> Html:
    """Quality as a colour and a word."""
    return element("span", brief.taal.zeg(f"kwaliteit.{kwaliteit}"), class_=f"merk {kwaliteit}")


def bronlink(brief: Brief, naam: str) -> Html:
    """Link to a source in the list; an estimate or calculation of the makers is called so."""
    bron, taal = brief.rapport.register.bronnen[naam], brief.taal
    doel = f"#bron-{anker(naam)}"
    if taal.kent(f"bron.{bron.soort}"):
        return element("a", taal.zeg(f"bron.{bron.soort}"), href=doel)
    return element("a", bron.titel, href=doel, lang=_nederlands(brief))


def _nederlands(brief: Brief) -> str | None:
    """Language of a Dutch text inside a brief in another language."""
    return None if brief.taal.code == "nl" else "nl"


def onbekend(brief: Brief) -> Html:
    """What is not known: red assumptions, what is not counted, and the backtest."""
    taal, register = brief.taal, brief.rapport.register
    regels: list[object] = []
    for drager in brief.dragers:
        gevonden = waarde_van(register, drager, brief.jaar)
        if not regels and gevonden is not None and gevonden[0].kwaliteit == "rood":
            naam = dragernaam(brief, drager).rstrip(":")
            link = brief.link(taal.zeg("link"))
            regels.append(samen(taal.zeg("onbekend.rood", naam=naam), " ", link))
    for sleutel in gaten(register, brief.rapport.naam):
        zin = taal.zin(sleutel)
        kort = zin[:1].lower() + zin[1:] if zin[:2] != zin[:2].upper() else zin
        regels.append(taal.zeg("onbekend.niet_gemodelleerd", zin=kort))
    return lijst([*regels, _terugtoets(brief)])


def _terugtoets(brief: Brief) -> str:
    analyse = analyse_van(brief.rapport, "terugtoets")
    if analyse is None:
        return ""
    tabel_ = analyse.tabel("voorspellingen").dropna(subset=["werkelijk"])
    raak = (tabel_["werkelijk"] >= tabel_["laag"]) & (tabel_["werkelijk"] <= tabel_["hoog"])
    return brief.taal.zeg("onbekend.terugtoets", raak=int(raak.sum()), aantal=len(tabel_))


def methode(brief: Brief) -> Html:
    """Method in two sentences, where the rest is, and the key of the run."""
    manifest, taal = brief.rapport.resultaat.manifest, brief.taal
    meer = taal.zeg("methode.meer", versie=manifest["versie"])
    sleutel = element("code", str(manifest["sleutel"])[:20])
    zin = taal.zeg("methode.zin", trekkingen=cijfer(brief, float(manifest["trekkingen"])))
    return samen(alinea(zin, " ", meer, sleutel, "."))


def sleutels(brief: Brief) -> list[str]:
    """Lines of the list: measures, assumptions that matter, and the knobs that are named."""
    gekozen = [f"maatregel-{stap.maatregel}" for stap in brief.rapport.scenario.maatregelen]
    gekozen += [f"{d.soort}-{d.naam}" for d in brief.dragers]
    toetsen = brief.rapport.register.toetsen.values()
    conclusies = [brief.rapport.register.conclusies[t.conclusie] for t in toetsen]
    gekozen += [f"aanname-{knop.parameter}" for c in conclusies for knop in c.knoppen]
    gekozen += [f"aanname-{knop}" for knop in brief.nodig["knop"]]
    return list(dict.fromkeys(gekozen))


def bronnenlijst(brief: Brief) -> Html:
    """List of assumptions and sources, on screen only, so that links inside the file work."""
    zeg = brief.taal.zeg
    alles = brief.rapport.aannamelijst
    deel = alles[alles["sleutel"].isin(sleutels(brief))]
    koppen = [
        Kolom(zeg("lijst.aanname")),
        Kolom(zeg("lijst.vanaf")),
        Kolom(zeg("lijst.waarde"), True),
        Kolom(zeg("lijst.bron")),
        Kolom(zeg("lijst.kwaliteit")),
    ]
    ids = [f"{LIJST}-{n}" for n in range(len(deel))]
    eerste = ~deel["sleutel"].duplicated()
    ids = [
        anker(str(s)) if nieuw else id_
        for s, nieuw, id_ in zip(deel["sleutel"], eerste, ids, strict=True)
    ]
    tabel_ = tabel(zeg("lijst.bijschrift"), koppen, list(_rijen(brief, deel)), "aannames", ids)
    bronnen = [_bron(brief, naam) for naam in sorted(set(deel["bron"]))]
    return samen(
        element("div", alinea(zeg("lijst.uitleg")), tabel_, id=LIJST),
        element("h3", zeg("lijst.bronnen")),
        element("ul", *bronnen, class_="bronnen"),
    )


def _rijen(brief: Brief, deel: pd.DataFrame) -> Iterable[list[object]]:
    """Cells of the lines of the list."""
    taal = brief.taal
    for rij in deel.to_dict("records"):
        naam = str(rij["id"])
        if rij["soort"] == "maatregel":
            tekst = taal.naam("maatregel", naam, "titel")
        elif rij["soort"] == "historie":
            tekst = taal.zin("historie", naam, "naam")
        else:
            tekst = taal.naam("aanname", naam, "omschrijving")
        laag, hoog = (None if pd.isna(rij[k]) else float(rij[k]) for k in ("laag", "hoog"))
        bron = str(rij["bron"])
        yield [
            samen(tekst, element("code", naam)),
            str(rij["vanaf"]),
            waardetekst(brief, (float(rij["midden"]), laag, hoog), str(rij["eenheid"])),
            samen(
                bronlink(brief, bron),
                element("span", rij["vindplaats"], class_="band", lang=_nederlands(brief)),
            ),
            _merk(brief, str(rij["kwaliteit"])),
        ]


def _bron(brief: Brief, naam: str) -> Html:
    bron, taal = brief.rapport.register.bronnen[naam], brief.taal
    titel = koppeling(bron.titel, bron.url)
    dag = bron.datum if taal.code != "nl" else datum_van_bron(bron.datum)
    return element(
        "li",
        element("span", titel, f". {bron.uitgever}", lang=_nederlands(brief)),
        f", {dag}. ",
        taal.zeg("lijst.gelezen", datum=taal.datum(bron.geraadpleegd)),
        id=f"bron-{anker(naam)}",
    )
