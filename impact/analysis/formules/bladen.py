"""The leaves of an explanation: parameters, municipal figures, stocks, and earlier series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impact.analysis.formules.herkomst import (
    Herkomst,
    rij_van_laatst_bekend,
    rij_van_stand,
    rij_van_stroom,
    van_gemeente,
    van_historie,
)
from impact.analysis.formules.ijking import IJKINGEN, herkomst_van_ijking
from impact.analysis.formules.rekenaar import Rekenaar
from impact.analysis.formules.stappen import Vraag, hoofdletter, leesbaar
from impact.analysis.formules.taal import Deel
from impact.analysis.kalibratie import Kalibratie
from impact.model.inburgering import HALFJAREN_SPUK
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar

GEMEENTECIJFERS = {
    "inwoners": (
        "Inwoners op 1 januari van het jaar ervoor",
        "personen",
        "Voor jaren zonder gepubliceerd cijfer ligt het op de lijn door de twee jaren ernaast.",
    ),
    "corporatiewoningen": (
        "Corporatiewoningen",
        "woningen",
        "Het aandeel van de gemeente in 2021, maal het landelijke aantal bij de start.",
    ),
    "stedelijkheid": (
        "Stedelijkheid, klasse 1 (zeer sterk) tot 5 (niet)",
        "klasse",
        "Klasse van het CBS.",
    ),
    "bijstandsdichtheid": (
        "Bijstand per inwoner, vergeleken met Nederland",
        "factor",
        "Mensen met bijstand per inwoner in 2021, gedeeld door hetzelfde voor heel Nederland.",
    ),
    "netwerk_groot": ("Lid van G4 of G40 (1 = ja)", "factor", "Het netwerk van de gemeente."),
    "netwerk_middel": ("Lid van M50 of R8 (1 = ja)", "factor", "Het netwerk van de gemeente."),
    "aandeel_spreidingswet": (
        "Aandeel in de opvangtaak",
        "aandeel",
        "De indicatieve opgave van de gemeente, gedeeld door die van alle gemeenten.",
    ),
    "aandeel_opvang_regulier": (
        "Aandeel in de gewone opvangplaatsen",
        "aandeel",
        "Plaatsen in de gemeente, gedeeld door die van alle gemeenten, november 2025.",
    ),
    "aandeel_opvang_nood": (
        "Aandeel in de noodopvang",
        "aandeel",
        "Plaatsen in de gemeente, gedeeld door die van alle gemeenten, november 2025.",
    ),
    "aandeel_gehuisvest": (
        "Aandeel in wie eerder een plek kreeg",
        "aandeel",
        "Inwoners van de gemeente, gedeeld door die van alle gemeenten.",
    ),
    "aandeel_wachtlijst": (
        "Aandeel in de wachtlijst voor de inburgering",
        "aandeel",
        "Inwoners van de gemeente, gedeeld door die van alle gemeenten.",
    ),
    "aandeel_oekraine": (
        "Aandeel in de opvang van Oekraïners",
        "aandeel",
        "Inwoners van de gemeente, gedeeld door die van alle gemeenten.",
    ),
    "fte_eigen": (
        "Team dat de gemeente zelf opgaf",
        "fte",
        "Nul: de gemeente gaf niets op.",
    ),
    "fte_bekend": (
        "Of de gemeente haar team zelf opgaf (1 = ja)",
        "factor",
        "Nul: wij gaan uit van het werk van het eerste halfjaar.",
    ),
}
"""Title, unit and meaning of each municipal figure."""
STANDEN = {
    "statushouders_in_coa": ("Statushouders die in de opvang wachten", "personen"),
    "coa_bezetting": ("Mensen in de asielopvang", "personen"),
    "opvangplaatsen_regulier": ("Gewone opvangplaatsen", "plaatsen"),
    "open_asielzaken": ("Asielaanvragen die wachten op een besluit", "personen"),
    "open_nareiszaken": ("Nareisverzoeken die wachten op een besluit", "personen"),
    "nareis_vergund_niet_ingereisd": ("Nareis: toestemming en nog niet aangekomen", "personen"),
    "doorstroom_bewoners": ("Bewoners van doorstroomlocaties", "personen"),
    "oekraieners_in_opvang": ("Oekraïners in de gemeentelijke opvang", "personen"),
    "wachtlijst_inburgering": ("Wachtlijst voor de inburgering", "personen"),
}
"""Title and unit of each stock that was measured."""
STROOMSTANDEN = {
    "achterstand": (
        "taakstelling_saldo",
        -1,
        "Achterstand op de taakstelling, bij de start",
        "Het saldo van {halfjaar}, met een minteken.",
    ),
    "taakstelling_vorig": (
        "taakstelling_netto",
        -1,
        "Landelijke taakstelling van het halfjaar voor de start",
        "De taakstelling van {halfjaar}.",
    ),
    "taakstelling_aangekondigd": (
        "taakstelling_aangekondigd",
        0,
        "Aangekondigde landelijke taakstelling",
        "Het Rijk maakte de taakstelling van {halfjaar} voor de start bekend.",
    ),
}
"""What is known at the start from a series per half-year: series, half-year, title, meaning."""
SERIES = {
    "gehuisvest": "Statushouders die een plek kregen, landelijk, voor de start",
    "asielvergunningen": "Vergunningen voor de start",
}
EENHEDEN_BLAD = {
    **{f"g.{naam}": eenheid for naam, (_, eenheid, _) in GEMEENTECIJFERS.items()},
    **{f"begin.{naam}": eenheid for naam, (_, eenheid) in STANDEN.items()},
    **{f"begin.{naam}": "personen" for naam in STROOMSTANDEN},
    **{f"historie.{naam}": "personen" for naam in SERIES},
    **{f"toeval.{naam}": "factor" for naam in IJKINGEN},
}


@dataclass(frozen=True)
class Middenrun:
    """The middle draw of one scenario: every assumption at its middle value.

    Attributes
    ----------
    scenario, context_van : whose measures and whose context apply
    perioden : half-years of the run
    reken : values of formulas and leaves, already held against the model
    kalibratie : what was calibrated on history, as in the manifest of a result
    """

    register: Register
    scenario: str
    context_van: str
    perioden: Sequence[Halfjaar]
    reken: Rekenaar
    kalibratie: Kalibratie

    def halfjaar(self, t: int) -> Halfjaar:
        """Half-year by its number; earlier than the first is negative."""
        return self.perioden[0] + t

    def gemeente(self, plek: int | None) -> str | None:
        """Code of a municipality by its place; None for the country."""
        return None if plek is None else str(self.register.gemeenten.index[plek])


@dataclass(frozen=True)
class Blad:
    """One leaf that is not a parameter: what it is, and where it comes from."""

    soort: str
    titel: str
    uitleg: str
    eenheid: str
    herkomst: Herkomst


def vraag_naar(run: Middenrun, deel: Deel, plek: int | None) -> Vraag | None:
    """Return which parameter a leaf is, or None when it is something else.

    The term and the SPUK amount before the start are parameters too: those without any measure,
    as they were then.
    """
    soort, _, naam = deel.naam.partition(".")
    code = run.gemeente(plek)
    if soort == "p":
        periode = run.halfjaar(max(deel.t, 0))
        return Vraag(run.register, run.scenario, run.context_van, naam, periode, code)
    if deel.naam == "begin.termijn_verleden":
        periode = run.halfjaar(-HALFJAREN_SPUK)
        return Vraag(run.register, None, None, "geldigheidsduur_vergunning", periode, code)
    if deel.naam == "historie.spuk_per_statushouder":
        periode = run.halfjaar(deel.t)
        return Vraag(run.register, None, None, "spuk_per_statushouder", periode, code)
    return None


def blad(run: Middenrun, deel: Deel, plek: int | None) -> Blad:
    """Explain a leaf that is not a parameter."""
    soort, _, naam = deel.naam.partition(".")
    return {"g": _gemeentecijfer, "begin": _stand, "historie": _serie, "toeval": _ijking}[soort](
        run, naam, deel, plek
    )


def _gemeentecijfer(run: Middenrun, naam: str, deel: Deel, plek: int | None) -> Blad:
    titel, eenheid, uitleg = GEMEENTECIJFERS[naam]
    jaar = run.halfjaar(max(deel.t, 0)).jaar - 1
    herkomst = van_gemeente(run.register, naam, jaar, run.gemeente(plek))
    return Blad("gemeentecijfer", titel, uitleg, eenheid, herkomst)


def _stand(run: Middenrun, naam: str, deel: Deel, plek: int | None) -> Blad:
    register, start = run.register, run.perioden[0]
    if naam in STROOMSTANDEN:
        reeksnaam, terug, titel, uitleg = STROOMSTANDEN[naam]
        rij = rij_van_stroom(register, reeksnaam, start + terug)
        assert rij is not None, f"reeks '{reeksnaam}' heeft geen waarde bij de start"
        herkomst = van_historie(register, reeksnaam, rij)
        uitleg = uitleg.format(halfjaar=start + terug)
        return Blad("historie", titel, uitleg, "personen", herkomst)
    titel, eenheid = STANDEN[naam]
    rij = rij_van_stand(register, naam, start.eerste_dag, float(run.reken(deel)[0]))
    uitleg = f"Gemeten op {rij['moment']}, het dichtst bij het begin van {start}."
    herkomst = van_historie(register, naam, rij)
    return Blad("historie", f"{titel}, bij de start", uitleg, eenheid, herkomst)


def _serie(run: Middenrun, naam: str, deel: Deel, plek: int | None) -> Blad:
    halfjaar = run.halfjaar(deel.t)
    gevonden = rij_van_laatst_bekend(run.register, naam, halfjaar)
    if gevonden is None:
        herkomst = Herkomst(
            titel="Geen waarneming",
            uitgever="",
            datum="",
            url=None,
            vindplaats=f"de reeks '{naam}' begint later; deze groepen tellen als 0",
            kwaliteit="rood",
            bestand="parameters/historie",
            regel=0,
            sleutel=f"historie-{naam}",
        )
        uitleg = f"Van {halfjaar} is geen waarneming; deze groep telt als 0."
        return Blad("historie", SERIES[naam], uitleg, "personen", herkomst)
    rij, eigen = gevonden
    van = "gemeten" if rij["moment"] == str(eigen) else "de helft van het jaar"
    uitleg = f"{hoofdletter(leesbaar(naam))} in {eigen}: {van}."
    if eigen != halfjaar:
        uitleg += f" Van {halfjaar} is nog geen cijfer bekend; dit is het laatste."
    return Blad("historie", SERIES[naam], uitleg, "personen", van_historie(run.register, naam, rij))


def _ijking(run: Middenrun, naam: str, deel: Deel, plek: int | None) -> Blad:
    ijking = IJKINGEN[naam]
    uitleg = ijking.uitleg(run.kalibratie, run.reken.invoer)
    return Blad("ijking", ijking.titel, uitleg, "factor", herkomst_van_ijking(ijking))
