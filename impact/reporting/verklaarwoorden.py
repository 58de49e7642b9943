"""An explanation in words and numbers, and as a table."""

from __future__ import annotations

from impact.analysis.formules.boom import DIEPER, GELIJK, HIERBOVEN, NEDERLAND, TELLING, Knoop
from impact.analysis.formules.herkomst import Herkomst
from impact.analysis.formules.taal import Deel, in_woorden, is_lange_som, ontleed
from impact.analysis.verklaren import Gepubliceerd, Verklaring, als_tabel
from impact.reporting import getallen
from impact.reporting.datums import datum_van_bron
from impact.reporting.getallen import Band, onafgerond, rond, tiende_macht
from impact.reporting.rekenblad import Blad

CIJFERS = 6
"""Significant digits of a number in an explanation: enough to calculate it again."""
MEESTE_DECIMALEN = 8
MEESTE_NAMEN = 6
"""A sum of more parts than this is not written out in one line."""
ZONDER_WOORD = ("aandeel", "factor", "klasse")
VERVOLG = {
    HIERBOVEN: "staat hierboven uitgelegd",
    GELIJK: "gelijk aan de referentie",
    DIEPER: "hier niet verder uitgelegd",
}
WAAROM_ANDERS = (
    "De boom verklaart de middelste berekening: elke aanname staat op haar midden. Het "
    "gepubliceerde cijfer is het gemiddelde van alle trekkingen. Die twee verschillen, want veel "
    "banden zijn naar één kant breder. Bij een grens, zoals een tekort dat nooit onder 0 komt, "
    "telt toeval naar één kant mee. En in de trekkingen verschillen gemeenten blijvend van elkaar."
)
WAAROM_ANDERS_GETELD = (
    "De boom verklaart de middelste berekening. Daarin verschillen gemeenten minder van elkaar dan "
    "in het echt: vaak haalt bijna niemand of bijna iedereen de taakstelling. In de trekkingen "
    "verschillen zij zo veel als past bij eerdere tellingen. Gebruik dus het gepubliceerde cijfer."
)


NAREKENEN = (
    "De getallen in de boom zijn niet afgerond op hun onzekerheid, zodat u ze kunt narekenen."
)


def cijfer(waarde: float) -> str:
    """Write a number so that a reader can calculate with it."""
    if waarde == 0.0:
        return "0"
    exponent = min(0, max(tiende_macht(abs(waarde)) - CIJFERS + 1, -MEESTE_DECIMALEN))
    geheel = getallen.decimaal(rond(waarde, exponent), -exponent)
    return geheel.rstrip("0").rstrip(",") if "," in geheel else geheel


def met_eenheid(waarde: float, eenheid: str) -> str:
    """Write a number with its unit; a share or factor has no word."""
    soort = eenheid.split(",")[0]
    if soort == TELLING and abs(waarde) == 1.0:
        return f"{cijfer(waarde)} gemeente"
    return cijfer(waarde) if soort in ZONDER_WOORD else f"{cijfer(waarde)} {eenheid}"


def waarde_in_woorden(knoop: Knoop, verschil: bool) -> str:
    """Write the value of a figure, and in a comparison that of the reference."""
    met = met_eenheid(knoop.waarde, knoop.eenheid)
    if not verschil or knoop.vervolg == GELIJK:
        return met
    if knoop.referentie is None:
        return f"{met} (niet in de referentie)"
    if not knoop.verschilt:
        return f"{met} (gelijk aan de referentie)"
    plus = "+" if knoop.verschil > 0 else ""
    return f"{met}, referentie {cijfer(knoop.referentie)}, verschil {plus}{cijfer(knoop.verschil)}"


def kop(knoop: Knoop, boven: Knoop | None) -> str:
    """Title of a figure, with place and half-year where these differ from the figure above."""
    erbij = []
    if boven is not None and knoop.gemeente != boven.gemeente and knoop.soort != "parameter":
        waar_ = "landelijk" if knoop.gemeente == NEDERLAND else knoop.gemeente
        erbij += [] if waar_ in knoop.titel.lower() else [waar_]
    if boven is not None and knoop.periode != boven.periode:
        erbij.append(knoop.periode)
    return f"{knoop.titel} ({', '.join(erbij)})" if erbij else knoop.titel


def formule_in_woorden(knoop: Knoop) -> str:
    """Write the formula of a figure with the names of its parts; nothing for a leaf."""
    if not knoop.kinderen:
        return ""
    if knoop.soort == "som":
        return "de som van alle gemeenten"
    if _lange_som(knoop):
        return f"de som van de {len(knoop.kinderen)} delen hieronder"
    namen = {kind.deel: _naam(kind, knoop) for kind in knoop.kinderen}
    return _regel(knoop, namen)


def berekening(knoop: Knoop) -> str:
    """Write the formula of a figure with the values of its parts; nothing for a leaf."""
    if not knoop.kinderen or knoop.soort == "som" or _lange_som(knoop):
        return ""
    waarden = {kind.deel: _getal(kind.waarde) for kind in knoop.kinderen}
    return _regel(knoop, waarden)


def _naam(kind: Knoop, boven: Knoop) -> str:
    naam = kop(kind, boven)
    afkorting = naam[1:2].isupper() or naam.startswith("Oek") or naam[1:2] == "-"
    return naam if afkorting else naam[:1].lower() + naam[1:]


def _getal(waarde: float) -> str:
    return f"({cijfer(waarde)})" if waarde < 0 else cijfer(waarde)


def _regel(knoop: Knoop, woorden: dict[Deel, str]) -> str:
    stuk = ontleed(knoop.rekenregel)
    return in_woorden(stuk, knoop.moment, lambda deel: woorden.get(deel, "0"))


def _lange_som(knoop: Knoop) -> bool:
    return is_lange_som(ontleed(knoop.rekenregel), knoop.moment, MEESTE_NAMEN)


def bron_in_woorden(herkomst: Herkomst) -> str:
    """Write source, date, quality, range and place of a leaf in one line."""
    wie = uitgever_en_datum(herkomst)
    delen = [f"{herkomst.titel} ({wie})" if wie else herkomst.titel, herkomst.vindplaats]
    kwaliteit = f"kwaliteit {herkomst.kwaliteit}" + (", verouderd" if herkomst.verouderd else "")
    band = bandtekst(herkomst)
    return "Bron: " + "; ".join([*delen, *([band] if band else []), kwaliteit, herkomst.plek])


def uitgever_en_datum(herkomst: Herkomst) -> str:
    """Who published the source, and when; as far as it is known."""
    datum = datum_van_bron(herkomst.datum) if herkomst.datum else ""
    return ", ".join(deel for deel in (herkomst.uitgever, datum) if deel)


def bandtekst(herkomst: Herkomst) -> str:
    """Write the range of a leaf; nothing when it has none."""
    if herkomst.laag is None or herkomst.hoog is None or herkomst.laag == herkomst.hoog:
        return ""
    laag, hoog = onafgerond(herkomst.laag), onafgerond(herkomst.hoog)
    return f"band {laag} tot {hoog}"


def opdracht(verklaring: Verklaring, knoop: Knoop) -> str:
    """Command that explains a figure further."""
    naam, _, betaler = knoop.deel.naam.partition(".")
    if knoop.moment.k is not None:
        naam = f"'{naam}[{knoop.moment.k}]'"
    delen = ["impact verklaar", naam]
    if knoop.gemeente != NEDERLAND:
        delen.append(f"--gemeente {knoop.gemeente}")
    delen += [f"--periode {knoop.periode}", f"--scenario {verklaring.scenario}"]
    delen += [f"--betaler {betaler}"] if betaler else []
    return " ".join([*delen, *(["--verschil"] if verklaring.vraag.verschil else [])])


def waar(verklaring: Verklaring) -> str:
    """Place, half-year and scenario in words."""
    plaats = f"{verklaring.gemeentenaam}, {verklaring.vraag.periode}"
    tegen = f" tegenover {verklaring.referentie}" if verklaring.vraag.verschil else ""
    return f"{plaats}, scenario {verklaring.scenario}{tegen}"


def inleiding(verklaring: Verklaring, los: bool = True) -> list[str]:
    """Tell the published figure, that of the middle draw, and why they differ.

    Parameters
    ----------
    los : False in a chapter that gives the published figure and the common reasons itself
    """
    boom, wat = verklaring.boom, "verschil" if verklaring.vraag.verschil else "cijfer"
    midden = met_eenheid(verklaring.midden, boom.eenheid)
    regel = f"In de middelste berekening is het {wat} {midden}."
    gepubliceerd = verklaring.gepubliceerd
    if gepubliceerd is None:
        return [f"{regel} Dit is een tussenstap; rapporten tonen hem niet. {NAREKENEN}"]
    geteld = boom.eenheid == TELLING
    if not los:
        return [f"{regel} {WAAROM_ANDERS_GETELD}" if geteld else regel]
    waarom = WAAROM_ANDERS_GETELD if geteld else WAAROM_ANDERS
    return [_gepubliceerd(gepubliceerd, boom, wat), f"{regel} {waarom} {NAREKENEN}"]


def _gepubliceerd(gepubliceerd: Gepubliceerd, boom: Knoop, wat: str) -> str:
    """Tell the published figure; of one municipality a count is the chance that it counts."""
    klein = boom.gemeente != NEDERLAND
    trekkingen = f"{cijfer(gepubliceerd.trekkingen)} trekkingen"
    if klein and boom.eenheid == TELLING:
        kans = cijfer(round(100 * gepubliceerd.midden, 1))
        if wat == "verschil":
            return (
                "Gepubliceerd verschil: het deel van de trekkingen waarin de gemeente meetelt, "
                f"verschilt {kans} procentpunt (in {trekkingen})."
            )
        return f"Gepubliceerd cijfer: de gemeente telt mee in {kans} procent van de {trekkingen}."
    band = Band(gepubliceerd.midden, gepubliceerd.laag, gepubliceerd.hoog, boom.eenheid, klein)
    return f"Gepubliceerd {wat}: {getallen.in_woorden(band)}, het gemiddelde van {trekkingen}."


def getoond(knoop: Knoop, verschil: bool) -> list[Knoop]:
    """Parts that a reader sees: all, or in a comparison those that differ.

    Of a parameter that a measure changes the assumption stays in view too.
    """
    if not verschil or knoop.soort == "parameter":
        return list(knoop.kinderen)
    return [kind for kind in knoop.kinderen if kind.verschilt]


def bladen(verklaring: Verklaring) -> list[Blad]:
    """Tables of an explanation: the whole tree, and the figure in all half-years."""
    boom = verklaring.boom
    tabel = als_tabel(verklaring)
    woorden = [(formule_in_woorden(knoop), berekening(knoop)) for _, _, knoop in boom.alle()]
    plaats = list(tabel.columns).index("rekenregel")
    tabel.insert(plaats, "formule", [formule for formule, _ in woorden])
    tabel.insert(plaats + 1, "berekening", [som for _, som in woorden])
    toelichting = " ".join(inleiding(verklaring))
    return [Blad("boom", f"{boom.titel}: {waar(verklaring)}", toelichting, tabel)]
