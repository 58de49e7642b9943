"""Whether the parameters hold all that a run and a report need."""

from __future__ import annotations

from impact.analysis.samenstellen import beginstand, trekkingen_voor
from impact.analysis.trekkingen import ZAAD
from impact.analysis.uitkomsten import sleutel_van
from impact.analysis.waarden import maak_reeksen
from impact.model.grootheden import GROOTHEDEN, SLEUTELS
from impact.model.inburgering import HALFJAREN_SPUK
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar, reeks
from impact.registry.problemen import Probleem, RegisterFout, bedoelde

BEGINPUNTEN = (Halfjaar(2026, 1), Halfjaar(2019, 1))
"""First half-year of the main run and of the backtest."""


def controleer_volledigheid(register: Register) -> None:
    """Check that history holds the state at every start, and that every cost has its text.

    Raises
    ------
    RegisterFout
        All that is missing.
    """
    problemen = [*ontbrekende_kostensoorten(register), *onbekende_grootheden(register)]
    for begin in BEGINPUNTEN:
        try:
            probeer_begin(register, begin)
        except RegisterFout as fout:
            problemen += fout.problemen
    if problemen:
        raise RegisterFout(problemen)


def probeer_begin(register: Register, begin: Halfjaar) -> None:
    """Put the state at a start together from history, without any draw."""
    midden = trekkingen_voor(register, 0, ZAAD)
    voor = reeks(begin + -HALFJAREN_SPUK, begin + -1)
    beginstand(register, begin, midden, maak_reeksen(register, None, midden, voor))


def ontbrekende_kostensoorten(register: Register) -> list[Probleem]:
    """Kinds of cost of the model without a description and taakveld."""
    nodig = {g.kostensoort for g in GROOTHEDEN.values() if g.kostensoort is not None}
    over = register.kostensoorten.keys() - nodig
    return [
        Probleem("parameters/kostensoorten.yaml", 0, f"'{naam}' ontbreekt", bedoelde(naam, over))
        for naam in sorted(nodig - register.kostensoorten.keys())
    ]


def onbekende_grootheden(register: Register) -> list[Probleem]:
    """Named outcomes of a quantity or payer that the model does not know."""
    problemen = []
    for naam, uitkomst in register.uitkomsten.items():
        if sleutel_van(uitkomst) in SLEUTELS:
            continue
        grootheid = GROOTHEDEN.get(uitkomst.grootheid)
        bestaand = GROOTHEDEN if grootheid is None else grootheid.betalers
        waar, gevonden = (
            ("grootheid", uitkomst.grootheid)
            if grootheid is None
            else ("betaler", uitkomst.betaler)
        )
        hulp = bedoelde(gevonden, bestaand) or f"kies uit: {', '.join(bestaand)}"
        plek = register.vindplaatsen["uitkomst", naam]
        problemen.append(plek.probleem((waar,), f"{waar} '{gevonden}' bestaat niet", hulp))
    return problemen
