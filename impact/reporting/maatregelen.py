"""What changes: laws and their measures, with legal basis, status and entry."""

from __future__ import annotations

from collections.abc import Sequence

from impact.registry.modellen import Maatregel, Stap, Verandering
from impact.reporting.datums import datum, halfjaar_in_woorden
from impact.reporting.getallen import onafgerond
from impact.reporting.opmaak import Html, alinea, anker, element, koppeling, lijst, samen, tekst
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, halfjaarcel, tabel
from impact.reporting.verantwoording import kwaliteitsmerk
from impact.reporting.zinnen import opsomming

STAND = {
    "aangekondigd": "aangekondigd",
    "in_consultatie": "in consultatie",
    "ingediend": "ingediend bij de Tweede Kamer",
    "aangenomen_tk": "aangenomen door de Tweede Kamer",
    "aangenomen": "aangenomen door de Eerste en Tweede Kamer",
    "verworpen": "verworpen",
    "in_werking": "in werking",
    "ingetrokken": "ingetrokken",
    "vervallen": "vervallen",
}
BEWERKING = {"vervang": "wordt", "maal": "wordt vermenigvuldigd met", "plus": "wordt verhoogd met"}


def wat_verandert(rapport: Rapport) -> Html:
    """Laws of the scenario with their measures; then what holds in the comparison too."""
    register, scenario = rapport.register, rapport.scenario
    if not scenario.maatregelen:
        return alinea("Dit scenario heeft geen maatregelen: het is het recht zoals beschreven.")
    per_wet: dict[str, list[Stap]] = {}
    for stap in scenario.maatregelen:
        wet = register.maatregelen[stap.maatregel].wet
        per_wet.setdefault(wet, []).append(stap)
    delen = [_wet(rapport, wet, stappen) for wet, stappen in per_wet.items()]
    return samen(*delen, _vergelijking(rapport))


def wat_verandert_kort(rapport: Rapport) -> Html:
    """Measures of the scenario with status and entry, one line each."""
    if not rapport.scenario.maatregelen:
        return alinea("Dit scenario heeft geen maatregelen: het is het recht zoals beschreven.")
    rijen: list[list[object]] = []
    for stap in rapport.scenario.maatregelen:
        maatregel = rapport.register.maatregelen[stap.maatregel]
        wet = rapport.register.wetten[maatregel.wet].naam
        moment = halfjaarcel(stap.vanaf) if stap.sterkte == 1.0 else ingang(stap)
        rijen.append([maatregel.titel, wet, _status(maatregel), moment])
    koppen = [Kolom("Maatregel"), Kolom("Wet"), Kolom("Status"), Kolom("Gerekend vanaf")]
    return tabel("Maatregelen in dit scenario", koppen, rijen)


def ingang(stap: Stap) -> str:
    """Half-year in which a measure begins, and how much of it applies when that is not all."""
    if stap.sterkte == 1.0:
        return str(stap.vanaf)
    return f"{stap.vanaf}, {krachttekst(stap)}"


def krachttekst(stap: Stap) -> str:
    """Say how strong a measure is: ``voor 50% van wat in de wet staat``."""
    return f"voor {onafgerond(round(100 * stap.sterkte, 1))}% van wat in de wet staat"


def _wet(rapport: Rapport, naam: str, stappen: list[Stap]) -> Html:
    wet = rapport.register.wetten[naam]
    stuk = f"Kamerstuk {wet.kamerstuk}. " if wet.kamerstuk else ""
    bron = element("a", "bron", href=f"#bron-{anker(wet.bron)}")
    kaarten = [_maatregel(rapport, stap) for stap in stappen]
    return samen(
        element("h3", wet.naam),
        alinea(wet.toelichting, " ", stuk, "(", bron, ")"),
        *kaarten,
    )


def _maatregel(rapport: Rapport, stap: Stap) -> Html:
    naam = stap.maatregel
    kracht = "" if stap.sterkte == 1.0 else f", {krachttekst(stap)}"
    maatregel = rapport.register.maatregelen[naam]
    regels = [
        ("Grondslag", _grondslag(maatregel)),
        ("Status", _status(maatregel)),
        ("In dit scenario", tekst(f"vanaf {halfjaar_in_woorden(str(stap.vanaf))}{kracht}")),
        ("In het model", _veranderingen(rapport, naam, maatregel)),
    ]
    omschrijving = [samen(element("dt", kop), element("dd", inhoud)) for kop, inhoud in regels]
    return element(
        "div",
        element("h4", maatregel.titel),
        alinea(maatregel.toelichting),
        element("dl", *omschrijving),
        class_="maatregel",
    )


def _grondslag(maatregel: Maatregel) -> Html:
    grondslag = maatregel.grondslag
    onbekend = grondslag.artikel == "onbekend"
    artikel = "artikel niet bekend" if onbekend else f"artikel {grondslag.artikel}"
    plek = koppeling(f"{grondslag.wet}, {artikel}", grondslag.url)
    return samen(plek, " ", kwaliteitsmerk(grondslag.kwaliteit))


def _status(maatregel: Maatregel) -> Html:
    laatste = maatregel.status[-1]
    link = element("a", "bron", href=f"#bron-{anker(laatste.bron)}")
    return samen(f"{STAND[laatste.stand]} op {datum(laatste.datum)} (", link, ")")


def _veranderingen(rapport: Rapport, naam: str, maatregel: Maatregel) -> Html:
    if not maatregel.verandert:
        return Html("niet gemodelleerd; zie het hoofdstuk over wat niet is gemodelleerd")
    return lijst([_verandering(rapport, naam, v) for v in maatregel.verandert])


def _verandering(rapport: Rapport, naam: str, verandering: Verandering) -> Html:
    parameter = rapport.register.parameters[verandering.parameter]
    waarde = verandering.waarde
    doelanker = f"#aanname-{anker(verandering.parameter)}"
    doel = element(
        "a",
        verandering.parameter.replace("_", " "),
        href=doelanker,
        title=parameter.omschrijving,
    )
    getal = f"{onafgerond(waarde.midden)} {verandering.eenheid}"
    if waarde.laag is not None and waarde.hoog is not None and waarde.laag != waarde.hoog:
        getal += f" ({onafgerond(waarde.laag)} tot {onafgerond(waarde.hoog)})"
    link = element("a", getal, href=f"#maatregel-{anker(naam)}")
    return samen(
        doel,
        f" {BEWERKING[verandering.bewerking]} ",
        link,
        ingroeizin(verandering.ingroei),
        " ",
        kwaliteitsmerk(waarde.kwaliteit),
    )


def ingroeizin(ingroei: Sequence[float]) -> str:
    """Say how a measure grows in: ``; 0 procent van het effect in het eerste halfjaar, ...``."""
    if ingroei == [1.0]:
        return ""
    delen = [
        f"{onafgerond(100.0 * deel)} procent in halfjaar {n}" for n, deel in enumerate(ingroei, 1)
    ]
    return f"; het effect groeit: {opsomming(delen)}"


def _vergelijking(rapport: Rapport) -> Html:
    basis = rapport.scenario.referentie
    if basis is None:
        return Html("")
    referentie = rapport.register.scenario(basis)
    titels = [rapport.register.maatregelen[s.maatregel].titel for s in referentie.maatregelen]
    return samen(
        element("h3", f"Waarmee we vergelijken: {referentie.titel}"),
        alinea(referentie.toelichting),
        lijst([f"{titel}: geldt in beide berekeningen." for titel in titels]),
    )
