"""What a municipality should prepare: from its own results, and from what a law asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from impact.model.grootheden import GROOTHEDEN
from impact.registry.uitvoeringsmodellen import Taak, Uitvoering
from impact.reporting.analyses import is_stapel, wetten
from impact.reporting.bouwstenen import bronregel, rijlinks
from impact.reporting.datums import halfjaar_in_woorden
from impact.reporting.getallen import Band, in_woorden
from impact.reporting.onderwerpen import ONDERWERPNAAM, kostensoorten
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen
from impact.reporting.rapport import Cijfer, Rapport
from impact.reporting.tabellen import Kolom, cellen, halfjaarcel, tabel, verschilcellen
from impact.reporting.zinnen import (
    Richting,
    in_woorden_met_woord,
    opsomming,
    positief,
    richting,
    tussen,
    uiterste,
)

PARTIJ = "gemeente"
WAT = {
    "taakstelling": "mensen om te huisvesten volgens de taakstelling",
    "gehuisvest": "mensen die een plek krijgen",
    "nieuwe_inburgeraars": "mensen die beginnen met inburgeren",
    "bijstand_huishoudens": "huishoudens met bijstand",
    "leerlingen_nieuwkomers": "nieuwkomers op school",
    "fte_huisvesting": "werk aan huisvesting",
    "fte_inburgering": "werk aan inburgering",
    "fte_inkomen": "werk aan bijstand",
    "fte_burgerzaken": "werk bij burgerzaken",
    "fte_opvang": "werk aan opvang",
}
"""What a municipality plans for, as it stands in a sentence; every cost line comes after it."""
MEESTE_KOSTEN = 3
"""Cost lines that get a sentence; the table has them all."""
MEESTE_TAKEN = 2
"""Tasks per law on a sheet about more laws than one; the rest is counted."""
ZEKER = frozenset({Richting.HOGER, Richting.LAGER})


@dataclass(frozen=True)
class Post:
    """One thing to plan for.

    Attributes
    ----------
    grootheid, betaler : which figure
    wat : as it stands in a sentence
    waar : function or taakveld that has the work or the money
    per_jaar : figures of the years that tables show
    vanaf : first half-year in which the direction is sure; empty when there is none
    """

    grootheid: str
    betaler: str
    wat: str
    waar: str
    per_jaar: dict[int, Cijfer]
    vanaf: str


def posten(rapport: Rapport, gemeente: str) -> list[Post]:
    """Everything to plan for that is not zero in every year."""
    alle = [_post(rapport, gemeente, naam, "", wat, _functie(naam)) for naam, wat in WAT.items()]
    for naam in kostensoorten():
        g = GROOTHEDEN[naam]
        if PARTIJ in g.betalers:
            soort = rapport.register.kostensoorten.get(str(g.kostensoort))
            wat = f"geld voor {g.omschrijving[:1].lower()}{g.omschrijving[1:]}"
            waar = soort.taakveld if soort else "niet bekend"
            alle.append(_post(rapport, gemeente, naam, PARTIJ, wat, waar))
    return [post for post in alle if not all(_band(rapport, c).nul for c in post.per_jaar.values())]


def _functie(naam: str) -> str:
    g = GROOTHEDEN[naam]
    return "Team" if g.eenheid == "fte" else ONDERWERPNAAM[g.domein]


def _post(
    rapport: Rapport, gemeente: str, grootheid: str, betaler: str, wat: str, waar: str
) -> Post:
    per_jaar = {
        jaar: rapport.cijfer(grootheid, jaar, gemeente, "gemeente", betaler)
        for jaar in rapport.peiljaren
    }
    vanaf = begint(rapport, grootheid, gemeente, betaler)
    return Post(grootheid, betaler, wat, waar, per_jaar, vanaf)


def _band(rapport: Rapport, cijfer: Cijfer) -> Band:
    return cijfer.met if rapport.is_referentie else cijfer.verschil


def begint(rapport: Rapport, grootheid: str, gemeente: str, betaler: str = "") -> str:
    """First half-year in which the difference surely points one way; empty when there is none."""
    if rapport.is_referentie:
        return ""
    eenheid = GROOTHEDEN[grootheid].eenheid
    sleutel = grootheid, betaler
    for periode, (midden, laag, hoog), onzeker in rapport.verschillen(sleutel, gemeente):
        if richting(Band(midden, laag, hoog, eenheid, klein=True), onzeker) in ZEKER:
            return periode
    return ""


def voorbereidzin(wat: str, cijfer: Cijfer, jaar: int, vanaf: str) -> str:
    """Tell what to plan for; empty when there is nothing to do.

    Parameters
    ----------
    vanaf : half-year in which it begins; empty when that cannot be told
    """
    verschil = cijfer.verschil
    begin = f", merkbaar vanaf {halfjaar_in_woorden(vanaf)}" if vanaf else ""
    match richting(verschil, cijfer.onzeker):
        case Richting.GEEN | Richting.KLEIN:
            return ""
        case Richting.HOGER:
            tekst = in_woorden_met_woord(positief(verschil), "meer")
            return f"Reken op meer {wat}: in {jaar} {tekst}{begin}."
        case Richting.LAGER:
            tekst = in_woorden_met_woord(positief(verschil), "minder")
            return f"Reken op minder {wat}: in {jaar} {tekst}{begin}."
        case Richting.ONZEKER:
            plek = tussen(verschil, "minder", "meer")
            return f"Houd rekening met meer of minder {wat}: in {jaar} {plek.removeprefix(HET)}."
        case kant:
            woord = "meer" if kant is Richting.HOOGUIT_HOGER else "minder"
            return f"Houd rekening met {uiterste(verschil)} {woord} {wat} in {jaar}."


HET = "het verschil ligt "


def voorbereiding_blok(rapport: Rapport, gemeente: str) -> Html:
    """Section: sentences, a table with the half-year in which each begins, and the tasks."""
    alle, jaar = posten(rapport, gemeente), rapport.peiljaar
    if not alle:
        return samen(alinea("Dit scenario vraagt niets van deze gemeente."), taken(rapport))
    if rapport.is_referentie:
        regels = [_niveauzin(post, jaar) for post in alle if not post.betaler]
        return samen(lijst([r for r in regels if r]), _tabel(rapport, alle), taken(rapport))
    paren = [
        (post, voorbereidzin(post.wat, post.per_jaar[jaar], jaar, post.vanaf))
        for post in genoemd(alle, jaar)
    ]
    regels_ = [
        samen(zin, " ", rijlinks(rapport, post.grootheid, post.betaler))
        for post, zin in paren
        if zin
    ]
    weinig = [post.wat for post, zin in paren if not zin]
    slot = alinea(f"Nauwelijks of geen verschil: {opsomming(weinig)}.", class_="gelijk")
    return samen(
        lijst(regels_, class_="bevindingen"),
        slot if weinig else "",
        _tabel(rapport, alle),
        taken(rapport),
    )


def genoemd(alle: list[Post], jaar: int) -> list[Post]:
    """Posts that get a sentence: people and work, and the cost lines that change the most."""
    geld = [post for post in alle if post.betaler]
    geld.sort(key=lambda post: -abs(post.per_jaar[jaar].verschil.midden))
    return [post for post in alle if not post.betaler or post in geld[:MEESTE_KOSTEN]]


def _niveauzin(post: Post, jaar: int) -> str:
    band = post.per_jaar[jaar].met
    return (
        "" if band.nul else f"{post.wat[:1].upper()}{post.wat[1:]} in {jaar}: {in_woorden(band)}."
    )


def _tabel(rapport: Rapport, alle: list[Post]) -> Html:
    ref = rapport.is_referentie
    rijen: list[list[object]] = []
    for post in alle:
        cijfers = list(post.per_jaar.values())
        waarden = (
            cellen([c.met for c in cijfers])
            if ref
            else verschilcellen([(c.verschil, c.onzeker) for c in cijfers])
        )
        vanaf = [] if ref else [halfjaarcel(post.vanaf) if post.vanaf else "niet te zeggen"]
        links = rijlinks(rapport, post.grootheid, post.betaler)
        eenheid = "euro" if post.betaler else GROOTHEDEN[post.grootheid].eenheid
        naam = f"{GROOTHEDEN[post.grootheid].omschrijving} ({eenheid})"
        rijen.append([naam, post.waar, *waarden, *vanaf, links])
    koppen = [
        Kolom("Waarop"),
        Kolom("Onderwerp of taakveld"),
        *(Kolom(f"{'Uitkomst' if ref else 'Verschil'} {jaar}", True) for jaar in rapport.peiljaren),
        *([] if ref else [Kolom("Merkbaar vanaf")]),
        Kolom("Aannames", scherm=True),
    ]
    wat = "Waarop de gemeente kan rekenen" if ref else "Wat er verandert en vanaf wanneer"
    return samen(
        tabel(wat, koppen, rijen, klasse="cijfers"),
        alinea(bronregel(GROOTHEDEN[post.grootheid].domein for post in alle), class_="bronregel"),
    )


def taken(rapport: Rapport) -> Html:
    """Tasks and preparation of municipalities by law, where these have been described."""
    if rapport.is_referentie:
        return Html("")
    delen: list[object] = [element("h3", "Taken en voorbereiding volgens de wet")]
    beschreven = False
    for wet in sorted(wetten(rapport.register, rapport.naam)):
        inhoud = _wet(rapport, wet)
        beschreven = beschreven or bool(inhoud)
        delen.append(inhoud)
    if not beschreven:
        delen.append(alinea("De taken van gemeenten zijn voor dit scenario nog niet beschreven."))
    return samen(*delen)


def _wet(rapport: Rapport, wet: str) -> Html:
    uitvoering = rapport.register.uitvoering.get(wet)
    if uitvoering is None:
        return Html("")
    naam = rapport.register.wetten[wet].naam
    eigen = _taken_van(uitvoering)
    getoond = _getoond(rapport, eigen)
    rijen: list[list[object]] = [
        [t.taak, t.nu, t.straks, samen(t.artikel, " ", _bron(t.bron))] for t in getoond
    ]
    over = len(eigen) - len(getoond)
    stappen = [
        samen(f"{s.stap.rstrip('.')}: {_maanden(s.maanden, s.laag, s.hoog)} ", _bron(s.bron))
        for s in uitvoering.voorbereiding
        if s.wie == PARTIJ
    ]
    koppen = [Kolom("Taak"), Kolom("Nu"), Kolom("Straks"), Kolom("Artikel")]
    return samen(
        tabel(f"Taken van de gemeente: {naam}", koppen, rijen) if rijen else "",
        alinea(_rest(over)) if over else "",
        alinea(f"Voorbereiding, geteld vanaf het besluit ({naam}):") if stappen else "",
        lijst(stappen),
    )


def _taken_van(uitvoering: Uitvoering) -> list[Taak]:
    return [taak for taak in uitvoering.taken if taak.wie == PARTIJ]


def _getoond(rapport: Rapport, eigen: list[Taak]) -> list[Taak]:
    """Tasks that a sheet shows: all for one law, the first few of each law for more."""
    return eigen[:MEESTE_TAKEN] if is_stapel(rapport.register, rapport.naam) else eigen


def _rest(aantal: int) -> str:
    wat = "1 andere taak staat" if aantal == 1 else f"{aantal} andere taken staan"
    return f"Nog {wat} in de uitvoeringstoets."


def _maanden(midden: int, laag: int, hoog: int) -> str:
    band = f" ({laag} tot {hoog})" if laag != hoog else ""
    return f"{midden} {'maand' if midden == 1 else 'maanden'}{band}."


def _bron(naam: str) -> Html:
    return element("a", "bron", href=f"#bron-{anker(naam)}")


def bronnen_van(rapport: Rapport) -> set[str]:
    """Sources that the tasks and preparation on a sheet link to."""
    namen: set[str] = set()
    for wet in () if rapport.is_referentie else wetten(rapport.register, rapport.naam):
        uitvoering = rapport.register.uitvoering.get(wet)
        if uitvoering is not None:
            namen |= {taak.bron for taak in _getoond(rapport, _taken_van(uitvoering))}
            namen |= {stap.bron for stap in uitvoering.voorbereiding if stap.wie == PARTIJ}
    return namen
