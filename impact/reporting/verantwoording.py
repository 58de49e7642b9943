"""The chapters that let a reader check: assumption log, sources, backtest, what is not modelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.reporting.aannameregels import (
    KWALITEIT,
    belangrijkste,
    korte_lijst,
    kwaliteitsmerk,
    lijsttabel,
    op_invloed,
)
from impact.reporting.analyses import analyse_van
from impact.reporting.datums import datum, datum_van_bron
from impact.reporting.onderwerpen import ONDERWERPNAAM, kostensoorten
from impact.reporting.opmaak import (
    Html,
    alinea,
    anker,
    element,
    koppeling,
    lijst,
    samen,
)
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import LIJST, Kolom, tabel
from impact.reporting.terugtoetsing import terugtoets_blok

__all__ = [
    "aannames",
    "alle_stappen",
    "bronnen",
    "gebruikte_bronnen",
    "kwaliteitsmerk",
    "niet_gemodelleerd",
    "terugtoets",
]


def _sectie(kop: str, domein: str, *inhoud: object) -> Html:
    return samen(element("h3", kop, id=f"aannames-{anker(domein)}"), *inhoud)


def aannames(
    rapport: Rapport,
    alleen: Iterable[str] | None = None,
    sleutels: Collection[str] | None = None,
) -> Html:
    """Assumption log: what does most, then per subject, then measures, history and municipalities.

    Inside a subject the assumption with the most influence comes first.

    Parameters
    ----------
    alleen : subjects to show; all by default, with history and origin of municipal figures too
    sleutels : only these assumptions and measures; all by default, with the list of what does most
    """
    lijst_ = rapport.aannamelijst
    delen: list[object] = [_legenda(lijst_)]
    if sleutels is None:
        delen.append(_belangrijkste(rapport, lijst_))
    else:
        lijst_ = korte_lijst(rapport, sleutels)
    parameters = lijst_[lijst_["soort"] == "parameter"]
    gekozen = list(dict.fromkeys(parameters["onderwerp"])) if alleen is None else list(alleen)
    for onderwerp in dict.fromkeys(["algemeen", *gekozen]):
        delen.append(_onderwerp(rapport, onderwerp, parameters))
    delen.append(_financien(rapport.register) if sleutels is None else _financien_kort())
    delen.append(_maatregelwaarden(rapport, lijst_))
    historie = lijst_[lijst_["soort"] == "historie"]
    if alleen is None or (sleutels is not None and len(historie)):
        tabel_ = lijsttabel(rapport, "Gemeten reeksen", historie, "Reeks")
        delen.append(_sectie("Historie", "historie", tabel_))
    if alleen is None:
        delen.append(_gemeentecijfers(rapport.register))
    return element("div", *delen, id=LIJST)


def _belangrijkste(rapport: Rapport, lijst_: pd.DataFrame) -> Html:
    inhoud = belangrijkste(rapport, lijst_)
    if not inhoud:
        return alinea("Voor dit scenario is niet berekend hoe zwaar elke aanname weegt.")
    uitleg = alinea(
        "Invloed is het deel van de onzekerheid van een uitkomst dat door deze aanname komt. Het "
        "telt de uitkomst waarop zij het meest werkt. Groot is 15 procent of meer, middelgroot 5 "
        "procent of meer, klein 1 procent of meer."
    )
    return _sectie("Wat het meest doet", "belangrijkste", uitleg, inhoud)


def _onderwerp(rapport: Rapport, onderwerp: str, parameters: pd.DataFrame) -> Html:
    deel = parameters[parameters["onderwerp"] == onderwerp]
    if deel.empty:
        return Html("")
    naam = ONDERWERPNAAM.get(onderwerp, onderwerp.capitalize())
    geordend = op_invloed(rapport, deel)
    return _sectie(naam, onderwerp, lijsttabel(rapport, f"Aannames: {naam}", geordend))


def _financien_kort() -> Html:
    return _sectie(
        "Financiën",
        "financien",
        alinea(
            "Een bedrag is een aantal maal een prijs. Beide staan bij het onderwerp. Bedragen "
            "zijn omgerekend naar prijzen van 2025. De taakvelden staan in de tabel met kosten."
        ),
    )


def _legenda(lijst_: pd.DataFrame) -> Html:
    aantal = lijst_["kwaliteit"].value_counts()
    regels = [
        samen(kwaliteitsmerk(naam), f" {uitleg}: {int(aantal.get(naam, 0))} waarden.")
        for naam, uitleg in KWALITEIT.items()
    ]
    oud = int(lijst_["verouderd"].sum())
    woorden = {0: "Geen enkele waarde is verouderd.", 1: "Een waarde is verouderd."}
    slot = woorden.get(oud, f"{oud} waarden zijn verouderd.")
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


def _maatregelwaarden(rapport: Rapport, lijst_: pd.DataFrame) -> Html:
    deel = op_invloed(rapport, lijst_[lijst_["soort"] == "maatregel"])
    if deel.empty:
        leeg = alinea("Dit scenario heeft geen maatregelen die een aanname veranderen.")
        return _sectie("Maatregelen", "maatregelen", leeg)
    return _sectie(
        "Maatregelen",
        "maatregelen",
        lijsttabel(rapport, "Wat de maatregelen veranderen", deel, "Maatregel"),
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


def gebruikte_bronnen(
    rapport: Rapport,
    alleen: Iterable[str] | None = None,
    sleutels: Collection[str] | None = None,
) -> list[str]:
    """Keys of the sources that this report links to, in alphabetical order.

    Parameters
    ----------
    alleen, sleutels : as for `aannames`
    """
    lijst_ = rapport.aannamelijst if sleutels is None else korte_lijst(rapport, sleutels)
    if alleen is not None:
        keuze = {"algemeen", *alleen}
        lijst_ = lijst_[
            ((lijst_["soort"] == "parameter") & lijst_["onderwerp"].isin(keuze))
            | (lijst_["soort"] == "maatregel")
            | ((lijst_["soort"] == "historie") & (sleutels is not None))
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


def bronnen(
    rapport: Rapport,
    alleen: Iterable[str] | None = None,
    sleutels: Collection[str] | None = None,
    ook: Iterable[str] = (),
) -> Html:
    """List of sources with publisher, date, link and the day on which they were read.

    Parameters
    ----------
    alleen, sleutels : as for `aannames`
    ook : more sources that the report links to
    """
    regels = []
    for naam in sorted({*gebruikte_bronnen(rapport, alleen, sleutels), *ook}):
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
