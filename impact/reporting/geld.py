"""Money: who pays what, per year, per cost line, per inhabitant."""

from __future__ import annotations

from impact.model.grootheden import GROOTHEDEN
from impact.reporting import thema
from impact.reporting.bouwstenen import (
    bronregel,
    rijlinks,
    uitleg_bij,
    verwijzing,
    waaierfiguur,
)
from impact.reporting.figuren import Opschrift, stapel
from impact.reporting.figuur import Figuur
from impact.reporting.getallen import Band
from impact.reporting.onderwerpen import BETALERZIN, kostensoorten
from impact.reporting.opmaak import Html, element, lijst, samen
from impact.reporting.rapport import NEDERLAND, Cijfer, Rapport
from impact.reporting.tabellen import Kolom, cellen, tabel, verschilcellen
from impact.reporting.zinnen import geldzin

TOTAAL, NETTO = "kosten_totaal", "netto_lasten_gemeente"
PER_INWONER = "euro per inwoner"


def betalers() -> list[str]:
    """Payers in the order of the charts."""
    return [b for b in thema.BETALERS if b in GROOTHEDEN[TOTAAL].betalers]


def _niveau(gemeente: str) -> str:
    return "nationaal" if gemeente == NEDERLAND else "gemeente"


def bedrag(rapport: Rapport, jaar: int, betaler: str, gemeente: str = NEDERLAND) -> Cijfer:
    """All costs of one payer in a year."""
    return rapport.cijfer(TOTAAL, jaar, gemeente, _niveau(gemeente), betaler)


def geldzinnen(rapport: Rapport, jaar: int, gemeente: str = NEDERLAND, wie: str = "") -> Html:
    """Tell per payer who pays more or less.

    Parameters
    ----------
    wie : name of the municipality when the text is about one
    """
    regels = []
    for betaler in betalers():
        cijfer = bedrag(rapport, jaar, betaler, gemeente)
        if cijfer.verschil.nul or (wie and betaler != "gemeente"):
            continue
        naam = f"de gemeente {wie}" if wie else BETALERZIN[betaler]
        tekst = geldzin(naam, cijfer.verschil, cijfer.onzeker, f"in {jaar}")
        links = verwijzing(rapport, TOTAAL, jaar, betaler)
        regels.append(samen(tekst, " ", *links))
    if not regels:
        voor = f"de gemeente {wie} veranderen de kosten in {jaar} niet" if wie else ""
        return element("p", f"Voor {voor or f'niemand veranderen de kosten in {jaar}'}.")
    return lijst(regels, class_="bevindingen")


def betalersfiguur(rapport: Rapport, gemeente: str = NEDERLAND, waar: str = "Nederland") -> Figuur:
    """Stacked bars of the difference (or the level, for a reference) by payer and year."""
    cijfers = {
        (str(jaar), b): bedrag(rapport, jaar, b, gemeente)
        for jaar in rapport.jaren
        for b in betalers()
    }
    ref = rapport.is_referentie
    titel = "Kosten per jaar, naar wie betaalt" if ref else "Verschil in kosten, naar wie betaalt"
    return stapel(
        Opschrift(f"betalers-{gemeente}", f"{titel}, {waar}", _bron(rapport)),
        {sleutel: (c.met if ref else c.verschil) for sleutel, c in cijfers.items()},
        {} if ref else {sleutel: c.onzeker for sleutel, c in cijfers.items()},
    )


def _bron(rapport: Rapport) -> Html:
    return bronregel(["financien"], uitleg_bij(rapport, TOTAAL, "gemeente"))


def lastenfiguur(rapport: Rapport, gemeente: str = NEDERLAND, waar: str = "Nederland") -> Figuur:
    """Fan chart of what stays with municipalities."""
    return waaierfiguur(rapport, NETTO, gemeente, waar, betaler="gemeente")


def betalerstabel(rapport: Rapport, gemeente: str = NEDERLAND) -> Html:
    """Euros by payer: without, with, and the difference in three years."""
    jaren, peil = rapport.peiljaren, rapport.peiljaar
    rijen: list[list[object]] = []
    for betaler in betalers():
        cijfers = {jaar: bedrag(rapport, jaar, betaler, gemeente) for jaar in jaren}
        if all(c.met.nul and c.zonder.nul for c in cijfers.values()):
            continue
        naam = thema.betalernaam(betaler)
        links = rijlinks(rapport, TOTAAL, betaler)
        rijen.append([naam, *_geldcellen(rapport, cijfers, peil), links])
    return tabel(
        "Kosten naar wie betaalt, in euro per jaar, prijzen van 2025",
        [Kolom("Betaler"), *_geldkoppen(rapport), Kolom("Aannames", scherm=True)],
        rijen,
        klasse="cijfers",
    )


def _geldkoppen(rapport: Rapport) -> list[Kolom]:
    jaren = rapport.peiljaren
    if rapport.is_referentie:
        return [Kolom(f"{jaar}", True) for jaar in jaren]
    return [
        Kolom(f"Zonder, {rapport.peiljaar}", True),
        Kolom(f"Met, {rapport.peiljaar}", True),
        *(Kolom(f"Verschil {jaar}", True) for jaar in jaren),
    ]


def _geldcellen(rapport: Rapport, cijfers: dict[int, Cijfer], peil: int) -> list[Html]:
    if rapport.is_referentie:
        return cellen([c.met for c in cijfers.values()])
    verschillen = verschilcellen([(c.verschil, c.onzeker) for c in cijfers.values()])
    return [*cellen([cijfers[peil].zonder, cijfers[peil].met]), *verschillen]


def kostentabel(rapport: Rapport, gemeente: str = NEDERLAND, alleen: str | None = None) -> Html:
    """Euros by cost line and payer in one year, with the Iv3 taakveld.

    Parameters
    ----------
    alleen : one payer; all by default
    """
    peil = rapport.peiljaar
    rijen: list[list[object]] = []
    for naam in kostensoorten():
        g = GROOTHEDEN[naam]
        soort = rapport.register.kostensoorten.get(str(g.kostensoort))
        for betaler in g.betalers:
            cijfer = rapport.cijfer(naam, peil, gemeente, _niveau(gemeente), betaler)
            if (alleen and betaler != alleen) or (cijfer.met.nul and cijfer.zonder.nul):
                continue
            bedragen = cellen([cijfer.met])
            if not rapport.is_referentie:
                bedragen = cellen([cijfer.zonder, cijfer.met])
                bedragen += verschilcellen([(cijfer.verschil, cijfer.onzeker)])
            rijen.append(
                [
                    g.omschrijving,
                    soort.taakveld if soort else "niet bekend",
                    thema.betalernaam(betaler),
                    *bedragen,
                    rijlinks(rapport, naam, betaler),
                ]
            )
    koppen = ["Met"] if rapport.is_referentie else ["Zonder", "Met", "Verschil"]
    return tabel(
        f"Kosten per kostensoort, taakveld en betaler, {peil}, in euro, prijzen van 2025",
        [
            Kolom("Kostensoort"),
            Kolom("Taakveld (Iv3)"),
            Kolom("Betaler"),
            *(Kolom(f"{kop}, {peil}", True) for kop in koppen),
            Kolom("Aannames", scherm=True),
        ],
        rijen,
        klasse="cijfers",
    )


def netto_per_inwoner(
    rapport: Rapport, jaar: int, groep: str = NEDERLAND, niveau: str = "nationaal"
) -> Cijfer:
    """What stays with municipalities, per inhabitant (on 1 January 2025)."""
    cijfer = rapport.cijfer(NETTO, jaar, groep, niveau, "gemeente")
    factor = 1.0 / rapport.inwoners(niveau, groep)

    def deel(band: Band) -> Band:
        return band.maal(factor, PER_INWONER)

    return Cijfer(deel(cijfer.met), deel(cijfer.zonder), deel(cijfer.verschil), cijfer.onzeker)
