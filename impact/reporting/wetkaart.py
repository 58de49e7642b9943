"""The card of a law: articles, status and votes, what it changes, and where that was read."""

from __future__ import annotations

from collections.abc import Iterator

from impact.analysis.waarden import op_datum
from impact.registry.modellen import Getal, Grondslag, Status
from impact.registry.periode import Halfjaar
from impact.reporting.aannameregels import kwaliteitsmerk
from impact.reporting.datums import datum, datum_van_bron, halfjaar_in_woorden
from impact.reporting.getallen import geheel, onafgerond
from impact.reporting.maatregelen import BEWERKING, STAND
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
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.wetboek import Wetboek, bronlink, met_eenheid, met_marge

NA_STEMMING = frozenset({"aangenomen_tk", "aangenomen", "verworpen"})
WEINIG = 100
"""With fewer draws a band is rough."""


def kop(boek: Wetboek) -> Html:
    """Title, what the law is about, and with what it is compared."""
    wet = boek.wet
    stuk = f"Kamerstuk {wet.kamerstuk}. " if wet.kamerstuk else ""
    return element(
        "div",
        element("p", "Een wet van dichtbij", class_="soort"),
        element("h1", wet.naam),
        element("p", wet.toelichting, " (", bronlink(wet.bron), ")", class_="inleiding"),
        element("p", stuk, _vergelijking(boek), class_="kader"),
        class_="kop",
    )


def inleiding(boek: Wetboek) -> Html:
    """Name and summary of a law inside a notebook about several laws."""
    wet = boek.wet
    return samen(
        element("h3", wet.naam),
        element("p", wet.toelichting, " (", bronlink(wet.bron), ")"),
        element("p", _vergelijking(boek), class_="kader"),
    )


def _vergelijking(boek: Wetboek) -> str:
    if boek.geheel is None:
        return "Geen enkel scenario rekent met deze wet. Hier staan daarom geen uitkomsten."
    basis = boek.register.scenario(str(boek.geheel.inhoud.referentie)).titel
    ruw = " Met zo weinig trekkingen zijn de banden ruw." if boek.trekkingen < WEINIG else ""
    return (
        f"Vergeleken met: {basis}. Berekend met {geheel(boek.trekkingen)} trekkingen, voor alle "
        f"{geheel(len(boek.register.gemeenten))} gemeenten.{ruw}"
    )


def kaart(boek: Wetboek) -> Html:
    """Measures with their legal basis and status, then what happened when."""
    return samen(_maatregelen(boek), element("h3", "Wat er is gebeurd"), _tijdlijn(boek))


def _maatregelen(boek: Wetboek) -> Html:
    vanaf = {
        stap.maatregel: stap.vanaf for proef in boek.proeven for stap in proef.inhoud.maatregelen
    }
    rijen: list[list[object]] = []
    for naam, maatregel in boek.wet.maatregelen.items():
        laatste = maatregel.status[-1]
        begin = halfjaar_in_woorden(str(vanaf[naam])) if naam in vanaf else "niet gerekend"
        stand = samen(STAND[laatste.stand], element("span", datum(laatste.datum), class_="band"))
        wat = samen(maatregel.titel, element("span", maatregel.toelichting, class_="toelichting"))
        rijen.append([wat, grondslag(maatregel.grondslag), stand, begin])
    koppen = [Kolom("Maatregel"), Kolom("Grondslag"), Kolom("Stand"), Kolom("Gerekend vanaf")]
    return tabel(f"De maatregelen: {boek.wet.naam}", koppen, rijen, klasse="cijfers")


def grondslag(basis: Grondslag) -> Html:
    """Law and article, with the quality of that knowledge."""
    onbekend = basis.artikel == "onbekend"
    artikel = "artikel niet bekend" if onbekend else f"artikel {basis.artikel}"
    plek = koppeling(f"{basis.wet}, {artikel}", basis.url)
    return samen(plek, " ", kwaliteitsmerk(basis.kwaliteit))


def _tijdlijn(boek: Wetboek) -> Html:
    """Every event once, with the measures that it is about, in the order of time."""
    per_stand: dict[tuple[object, str, str], tuple[Status, list[str]]] = {}
    for maatregel in boek.wet.maatregelen.values():
        for status in maatregel.status:
            sleutel = (status.datum, status.stand, status.bron)
            per_stand.setdefault(sleutel, (status, []))[1].append(maatregel.titel)
    rijen: list[list[object]] = [
        [
            datum(status.datum),
            STAND[status.stand],
            _stemmen(status),
            _voor_wie(titels, len(boek.wet.maatregelen)),
            bronlink(status.bron),
        ]
        for status, titels in sorted(per_stand.values(), key=lambda paar: paar[0].datum)
    ]
    koppen = [Kolom(k) for k in ("Dag", "Wat er gebeurde", "Stemmen", "Welke maatregelen", "Bron")]
    return tabel(f"De weg van de wet: {boek.wet.naam}", koppen, rijen)


def _stemmen(status: Status) -> str:
    if status.stemmen is None:
        return "niet gevonden" if status.stand in NA_STEMMING else "geen"
    return f"{status.stemmen.voor} voor, {status.stemmen.tegen} tegen"


def _voor_wie(titels: list[str], alle: int) -> str:
    return "alle maatregelen" if len(titels) == alle > 1 else "; ".join(titels)


def wat_in_het_model(boek: Wetboek) -> Html:
    """Every assumption that the law changes: its value now, the new one, and its source."""
    rijen: list[list[object]] = []
    ids: list[str] = []
    for naam, maatregel, nummer, verandering in boek.veranderingen():
        parameter = boek.register.parameters[verandering.parameter]
        nu = op_datum(parameter.waarden, _begin(boek, naam))
        wordt = samen(
            f"{BEWERKING[verandering.bewerking]} ",
            getaltekst(verandering.waarde, verandering.eenheid),
        )
        herkomst = samen(
            koppeling(
                boek.bron(verandering.waarde.bron).titel, boek.bron(verandering.waarde.bron).url
            ),
            element("span", verandering.waarde.vindplaats, class_="band"),
        )
        merk = kwaliteitsmerk(verandering.waarde.kwaliteit)
        wat = samen(parameter.omschrijving, element("code", verandering.parameter))
        rijen.append(
            [wat, maatregel.titel, getaltekst(nu, parameter.eenheid), wordt, herkomst, merk]
        )
        ids.append(f"maatregel-{anker(naam)}-{nummer}")
    if not rijen:
        return alinea("Het model rekent met geen enkele maatregel van deze wet.")
    koppen = [
        Kolom("Aanname"),
        Kolom("Maatregel"),
        Kolom("Nu"),
        Kolom("Met de wet"),
        Kolom("Waar het staat"),
        Kolom("Kwaliteit"),
    ]
    return tabel("Wat de wet in het model verandert", koppen, rijen, "cijfers", ids)


def _begin(boek: Wetboek, maatregel: str) -> Halfjaar:
    """Half-year in which a measure begins; the first of the run when no scenario uses it."""
    begin = (
        s.vanaf for p in boek.proeven for s in p.inhoud.maatregelen if s.maatregel == maatregel
    )
    return next(begin, Halfjaar.lees(str(boek.proef.manifest["vraag"]["van"])))


def getaltekst(getal: Getal, eenheid: str) -> Html:
    """A value as it stands in the file, with its range below it."""
    midden = met_eenheid(getal.midden, eenheid)
    if not met_marge(getal):
        return tekst(midden)
    band = f"{onafgerond(float(getal.laag or 0))} tot {onafgerond(float(getal.hoog or 0))}"
    return samen(midden, element("span", band, class_="band"))


def bronnen(boek: Wetboek) -> Html:
    """Sources that this notebook names, with their addresses."""
    regels = []
    for naam in sorted(set(_bronnamen(boek)), key=lambda n: boek.bron(n).titel.casefold()):
        bron = boek.bron(naam)
        plek = koppeling(bron.titel, bron.url)
        regel = samen(plek, f". {bron.uitgever}, {datum_van_bron(bron.datum)}.")
        regels.append(element("span", regel, id=f"bron-{anker(naam)}"))
    return lijst(regels, class_="bronnen")


def _bronnamen(boek: Wetboek) -> Iterator[str]:
    yield boek.wet.bron
    for maatregel in boek.wet.maatregelen.values():
        yield from (status.bron for status in maatregel.status)
        yield from (verandering.waarde.bron for verandering in maatregel.verandert)
    uitvoering = boek.register.uitvoering.get(boek.naam)
    if uitvoering is not None:
        yield from (oordeel.bron for oordeel in uitvoering.oordelen)
    for schatting in boek.register.buitenschattingen.values():
        if boek.naam in schatting.wetten:
            yield schatting.bron
