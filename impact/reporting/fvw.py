"""The table of article 2 Financiële-verhoudingswet: who pays, one-off and structural, and the gap.

Rule for the two kinds: the last three years of the run are structural, all years before them are
the start-up. Start-up plus three times the structural amount is the total of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impact.reporting import thema
from impact.reporting.geld import TOTAAL
from impact.reporting.getallen import Band
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.rapport import Cijfer, Rapport
from impact.reporting.tabellen import Kolom, aanname_link, cel, tabel, verschilcel
from impact.reporting.zinnen import geldzin

STRUCTURELE_JAREN = 3
RIJK = ("rijk_spuk", "rijk_gemeentefonds", "rijk_buig", "rijk_overig")
NAAM = {
    "rijk": "Rijk samen, zonder het COA",
    "gemeente": "Blijft bij gemeenten (het gat)",
    "kosten": "Kosten van de taken samen",
    "coa": "Daarnaast: Rijk, opvang door het COA",
}
VOLGORDE = (*RIJK, "rijk", "inwoner", "gemeente", "kosten", "coa")
OPTELLING = {"rijk": RIJK, "kosten": (*RIJK, "inwoner", "gemeente")}


@dataclass(frozen=True)
class Bedrag:
    """Euros of one money stream over one or more years.

    Attributes
    ----------
    band : the amount; only its middle is known when several streams are added up
    met_band : False for a sum of streams
    onzeker : the direction is unsure
    """

    band: Band
    met_band: bool
    onzeker: bool

    @property
    def midden(self) -> float:
        """Mean of the draws."""
        return self.band.midden


@dataclass(frozen=True)
class Fvw:
    """The whole table.

    Attributes
    ----------
    jaren : all years; `structureel` are the last of them
    bedragen : by (money stream or total, year)
    """

    jaren: tuple[int, ...]
    structureel: tuple[int, ...]
    bedragen: dict[tuple[str, int], Bedrag]

    @property
    def aanloop(self) -> tuple[int, ...]:
        """Years before the structural ones."""
        return self.jaren[: -len(self.structureel)]

    def som(self, stroom: str, jaren: Sequence[int]) -> Bedrag:
        """Sum over years; the band is the sum of the bands, as that of a year is of its halves."""
        delen = [self.bedragen[stroom, jaar] for jaar in jaren]
        laag, hoog = sum(d.band.laag for d in delen), sum(d.band.hoog for d in delen)
        band = Band(sum(d.midden for d in delen), laag, hoog, "euro")
        een = delen[0].onzeker if len(delen) == 1 else True
        return Bedrag(band, delen[0].met_band, een and laag < 0 < hoog)

    def per_jaar(self, stroom: str) -> Bedrag:
        """Structural amount per year: the mean of the structural years."""
        som = self.som(stroom, self.structureel)
        return Bedrag(som.band.maal(1 / len(self.structureel)), som.met_band, som.onzeker)


def maak_fvw(rapport: Rapport) -> Fvw:
    """Read the amounts: the difference with the reference, or the level of a reference."""
    jaren = tuple(rapport.jaren)
    structureel = jaren[-min(STRUCTURELE_JAREN, max(1, len(jaren) - 1)) :]
    los = (*OPTELLING["kosten"], "coa")
    bedragen = {(s, j): _bedrag(rapport, s, j) for s in los for j in jaren}
    for naam, delen in OPTELLING.items():
        for jaar in jaren:
            midden = sum(bedragen[deel, jaar].midden for deel in delen)
            bedragen[naam, jaar] = Bedrag(Band(midden, midden, midden, "euro"), False, False)
    return Fvw(jaren, structureel, bedragen)


def _bedrag(rapport: Rapport, stroom: str, jaar: int) -> Bedrag:
    cijfer: Cijfer = rapport.cijfer(TOTAAL, jaar, betaler=stroom)
    if rapport.is_referentie:
        return Bedrag(cijfer.met, True, False)
    return Bedrag(cijfer.verschil, True, cijfer.onzeker)


def naam_van(stroom: str) -> str:
    """Name of a row."""
    return NAAM.get(stroom) or thema.betalernaam(stroom)


def art2(rapport: Rapport) -> Html:
    """Sentences, the short table (start-up and structural) and the table by year."""
    fvw = maak_fvw(rapport)
    return samen(
        alinea(
            "Het Rijk moet laten zien wat beleid gemeenten kost en hoe zij dat betalen. Dat staat "
            "in artikel 2 van de Financiële-verhoudingswet. Kosten van een opgelegde taak die bij "
            "gemeenten blijven, vergoedt het Rijk. Dat staat in artikel 108, derde lid, van de "
            "Gemeentewet."
        ),
        alinea(_regel(fvw)),
        "" if rapport.is_referentie else _gatzinnen(fvw),
        _korte_tabel(rapport, fvw),
        _jarentabel(rapport, fvw),
        _uitleg(rapport),
    )


def _jaren(jaren: Sequence[int]) -> str:
    return f"{jaren[0]}" if len(jaren) == 1 else f"{jaren[0]} tot en met {jaren[-1]}"


def _samen(jaren: Sequence[int]) -> str:
    return _jaren(jaren) if len(jaren) == 1 else f"{_jaren(jaren)} samen"


def _regel(fvw: Fvw) -> str:
    if not fvw.aanloop:
        return f"Het resultaat heeft één jaar. {_jaren(fvw.jaren)} telt daarom als structureel."
    return (
        f"Wij tellen {_jaren(fvw.aanloop)} als aanloop. {_jaren(fvw.structureel)} tellen als "
        "structureel: het gemiddelde van die jaren is het bedrag per jaar. De aanloop plus "
        f"{len(fvw.structureel)} keer het bedrag per jaar is het bedrag over de hele looptijd."
    )


def _gatzinnen(fvw: Fvw) -> Html:
    """Tell what stays with municipalities: in the start-up, and in a structural year."""
    link = aanname_link("financien", "aannames financiën")
    structureel = fvw.per_jaar("gemeente")
    wanneer = f"structureel per jaar ({_jaren(fvw.structureel)})"
    regels = [geldzin("gemeenten", structureel.band, structureel.onzeker, wanneer)]
    if fvw.aanloop:
        begin = fvw.som("gemeente", fvw.aanloop)
        wanneer = f"in de aanloop ({_samen(fvw.aanloop)})"
        regels.insert(0, geldzin("gemeenten", begin.band, begin.onzeker, wanneer))
    return lijst([samen(regel, " ", link) for regel in regels], class_="bevindingen")


def _cel(rapport: Rapport, bedrag: Bedrag, woord: bool = True) -> Html:
    """Amount in a cell; ``woord`` False leaves out the word about an unsure direction."""
    if rapport.is_referentie:
        return cel(bedrag.band)
    return verschilcel(bedrag.band, woord and bedrag.onzeker)


def _rijkop(stroom: str) -> Html:
    nadruk = stroom in {*OPTELLING, "gemeente"}
    return element("strong", naam_van(stroom)) if nadruk else Html(naam_van(stroom))


def stromen(fvw: Fvw) -> list[str]:
    """Rows in their order, without streams in which nothing happens; totals always stay."""
    vast = {*OPTELLING, "gemeente"}
    return [s for s in VOLGORDE if s in vast or not all(_nul(fvw, s, j) for j in fvw.jaren)]


def _nul(fvw: Fvw, stroom: str, jaar: int) -> bool:
    return fvw.bedragen[stroom, jaar].band.nul


def _korte_tabel(rapport: Rapport, fvw: Fvw) -> Html:
    koppen = [Kolom(f"Structureel, per jaar ({_jaren(fvw.structureel)})", True)]
    koppen.append(Kolom(f"Hele looptijd ({_jaren(fvw.jaren)})", True))
    if fvw.aanloop:
        soort = "Aanloop" if rapport.is_referentie else "Eenmalig: aanloop"
        koppen.insert(0, Kolom(f"{soort} ({_samen(fvw.aanloop)})", True))
    rijen: list[list[object]] = []
    for stroom in stromen(fvw):
        bedragen = [fvw.per_jaar(stroom), fvw.som(stroom, fvw.jaren)]
        if fvw.aanloop:
            bedragen.insert(0, fvw.som(stroom, fvw.aanloop))
        rijen.append([_rijkop(stroom), *(_cel(rapport, b) for b in bedragen)])
    wat = "Kosten" if rapport.is_referentie else "Verschil"
    return tabel(
        f"Artikel 2 Fvw: {wat.lower()} per geldstroom, in euro, prijzen van 2025",
        [Kolom("Geldstroom"), *koppen],
        rijen,
        klasse="cijfers",
    )


def _jarentabel(rapport: Rapport, fvw: Fvw) -> Html:
    rijen: list[list[object]] = []
    namen = [stroom for stroom in stromen(fvw) if stroom != "coa"]
    for jaar in fvw.jaren:
        soort = "structureel" if jaar in fvw.structureel else "aanloop"
        kop = samen(f"{jaar}", element("span", soort, class_="band"))
        rijen.append([kop, *(_cel(rapport, fvw.bedragen[s, jaar], woord=False) for s in namen)])
    wat = "kosten" if rapport.is_referentie else "verschil"
    return tabel(
        f"Artikel 2 Fvw: {wat} per jaar en per geldstroom, in euro, prijzen van 2025",
        [Kolom("Jaar"), *(Kolom(naam_van(s), True) for s in namen)],
        rijen,
        klasse="cijfers jaren",
    )


def _uitleg(rapport: Rapport) -> Html:
    min_ = (
        "Een min bij het gat betekent dat gemeenten geld overhouden."
        if rapport.is_referentie
        else "Een min betekent minder dan in de vergelijking. Een min bij het gat betekent dat "
        "gemeenten minder zelf betalen."
    )
    return lijst(
        [
            min_,
            "De taken samen kosten: Rijk zonder het COA, inwoners en wat bij gemeenten blijft. "
            "De opvang door het COA telt daarin niet mee; die betaalt het Rijk zelf.",
            "Bij 'Rijk, overig' hoort ook het onderwijs aan nieuwkomers. Dat geld gaat naar "
            "scholen.",
            "De band van een jaar of van meer jaren is de som van de banden van de halve jaren. "
            "Die is eerder te ruim dan te krap. Bij een optelling van geldstromen staat geen "
            "band: die volgt niet uit de banden van de delen.",
            "Het invoeren zelf zit er niet in, zoals software, scholing en werving. Daarvoor is "
            "geen bedrag gevonden.",
            "Loopt een band van min tot plus, dan is de richting onzeker.",
            "Door afronden telt een kolom niet altijd precies op.",
        ]
    )
