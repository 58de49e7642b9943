"""Whether the parameters hold all that a run and a report need."""

from __future__ import annotations

from collections.abc import Sequence

from impact.analysis.samenstellen import beginstand, trekkingen_voor
from impact.analysis.trekkingen import ZAAD
from impact.analysis.vergelijking import GRENS
from impact.analysis.waarden import maak_reeksen
from impact.model.grootheden import GROOTHEDEN, SLEUTELS
from impact.model.inburgering import HALFJAREN_SPUK
from impact.registry.controle import Vindplaats
from impact.registry.eenheden import is_euro
from impact.registry.laden import Register
from impact.registry.modellen import Pad
from impact.registry.periode import Halfjaar, reeks
from impact.registry.problemen import Probleem, RegisterFout, bedoelde
from impact.registry.schattingmodellen import VOORRADEN, Tegenhanger, Term

BEGINPUNTEN = (Halfjaar(2026, 1), Halfjaar(2019, 1))
"""First half-year of the main run and of the backtest."""


def controleer_volledigheid(register: Register) -> None:
    """Check the state at every start, the text of every cost, and the execution of every law.

    Raises
    ------
    RegisterFout
        All that is missing.
    """
    problemen = [
        *ontbrekende_kostensoorten(register),
        *onbekende_grootheden(register),
        *onmeetbare_schattingen(register),
        *ontbrekende_uitvoering(register),
    ]
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


def ontbrekende_uitvoering(register: Register) -> list[Probleem]:
    """Laws of which nobody wrote down what executing them asks."""
    return [
        Probleem(f"parameters/uitvoering/{wet}.yaml", 0, f"'{wet}.yaml' ontbreekt")
        for wet in sorted(register.wetten.keys() - register.uitvoering.keys())
    ]


def sleutelprobleem(plek: Vindplaats, waar: Pad, grootheid: str, betaler: str) -> list[Probleem]:
    """Problem for a quantity or payer that the model does not know; nothing for one that it does.

    Parameters
    ----------
    waar : place inside the entry of the keys ``grootheid`` and ``betaler``
    """
    if (grootheid, betaler) in SLEUTELS:
        return []
    bekend = GROOTHEDEN.get(grootheid)
    bestaand = GROOTHEDEN if bekend is None else bekend.betalers
    sleutel, gevonden = ("grootheid", grootheid) if bekend is None else ("betaler", betaler)
    hulp = bedoelde(gevonden, bestaand) or f"kies uit: {', '.join(bestaand)}"
    return [plek.probleem((*waar, sleutel), f"{sleutel} '{gevonden}' bestaat niet", hulp)]


def onbekende_grootheden(register: Register) -> list[Probleem]:
    """Named outcomes of a quantity or payer that the model does not know."""
    problemen = []
    for naam, uitkomst in register.uitkomsten.items():
        plek = register.vindplaatsen["uitkomst", naam]
        problemen += sleutelprobleem(plek, (), uitkomst.grootheid, uitkomst.betaler)
    return problemen


def onmeetbare_schattingen(register: Register) -> list[Probleem]:
    """Outside estimates whose counterpart the model cannot compute, or in another unit."""
    problemen = []
    if register.buitenschattingen and GRENS not in register.vergelijkingsgrenzen:
        bestand = "parameters/vergelijkingsgrenzen.yaml"
        problemen.append(Probleem(bestand, 0, f"'{GRENS}' ontbreekt"))
    for naam, schatting in register.buitenschattingen.items():
        if schatting.model is not None:
            plek = register.vindplaatsen["buitenschatting", naam]
            problemen += tegenhangerproblemen(plek, schatting.model, schatting.eenheid)
    return problemen


def tegenhangerproblemen(plek: Vindplaats, model: Tegenhanger, eenheid: str) -> list[Probleem]:
    """Problems of one counterpart: names, sums that do not add up, money against no money."""
    problemen = []
    for deel in ("teller", "noemer"):
        for nummer, term in enumerate(getattr(model, deel)):
            waar = ("model", deel, nummer)
            for plaats, stuk in enumerate(term.som):
                pad = (*waar, "som", plaats)
                problemen += sleutelprobleem(plek, pad, stuk.grootheid, stuk.betaler)
            if not problemen:
                problemen += termproblemen(plek, waar, term, bool(model.gemeenten))
    if not problemen and is_euro(eenheid) != (euros(model.teller) - euros(model.noemer) == 1):
        tekst = (
            f"de eenheid '{eenheid}' past niet bij de grootheden: de ene is geld, de andere niet"
        )
        problemen.append(plek.probleem(("eenheid",), tekst))
    return problemen


def termproblemen(plek: Vindplaats, waar: Pad, term: Term, per_gemeente: bool) -> list[Probleem]:
    """A sum of one unit, summarised as its kind asks, and municipal when that is asked."""
    grootheden = [GROOTHEDEN[deel.grootheid] for deel in term.som]
    problemen = []
    if len({g.eenheid for g in grootheden}) > 1:
        problemen.append(plek.probleem((*waar, "som"), "de grootheden hebben niet één eenheid"))
    if any((g.soort == "voorraad") != (term.samenvatting in VOORRADEN) for g in grootheden):
        tekst = (
            f"'{term.samenvatting}' past niet: een voorraad vraagt gemiddelde of eind, een stroom "
            "of bedrag per_jaar of totaal"
        )
        problemen.append(plek.probleem((*waar, "samenvatting"), tekst))
    if per_gemeente and not all(g.gemeentelijk for g in grootheden):
        tekst = "de grootheid is alleen landelijk; laat 'gemeenten' weg"
        problemen.append(plek.probleem(("model", "gemeenten"), tekst))
    return problemen


def euros(termen: Sequence[Term]) -> int:
    """How many of the sums are amounts of money."""
    return sum(is_euro(GROOTHEDEN[term.som[0].grootheid].eenheid) for term in termen)
