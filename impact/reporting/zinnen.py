"""Sentences that follow the sign, the size and the certainty of a result."""

from __future__ import annotations

from enum import Enum

from impact.reporting.getallen import (
    MINTEKEN,
    Band,
    als_procent,
    bandtekst,
    eenheidwoord,
    in_woorden,
    is_klein,
    kleintekst,
    rond,
    schaal,
    stap,
)

GENOEMD = frozenset({"personen", "huishoudens", "woningen", "plaatsen", "zaken"})
"""Units that the subject of a sentence names already."""


class Richting(Enum):
    """What a difference says about the direction of the effect."""

    GEEN = "geen verschil"
    HOGER = "hoger"
    LAGER = "lager"
    ONZEKER = "richting onzeker"
    KLEIN = "nauwelijks verschil"
    HOOGUIT_HOGER = "hooguit hoger"
    HOOGUIT_LAGER = "hooguit lager"


def richting(verschil: Band, onzeker: bool) -> Richting:
    """Direction of a difference.

    Parameters
    ----------
    verschil : difference with the reference
    onzeker : flag of the analysis: zero lies inside the band

    Notes
    -----
    A mean that points the other way than the band makes the direction uncertain too: the
    text must never be surer than the figures. A difference that rounds to zero is "hardly any".
    """
    if verschil.nul:
        return Richting.GEEN
    exponent = stap(verschil)
    afgerond = [rond(w, exponent) for w in (verschil.midden, verschil.laag, verschil.hoog)]
    kleine_aantallen = all(
        is_klein(w, verschil) for w in (verschil.midden, verschil.laag, verschil.hoog)
    )
    if kleine_aantallen or not any(afgerond):
        return Richting.KLEIN
    tekens = {(w > 0) - (w < 0) for w in (verschil.midden, verschil.laag, verschil.hoog)}
    if onzeker or {1, -1} <= tekens:
        return Richting.ONZEKER
    if not afgerond[0] or is_klein(verschil.midden, verschil):
        return Richting.HOOGUIT_HOGER if 1 in tekens else Richting.HOOGUIT_LAGER
    return Richting.HOGER if 1 in tekens else Richting.LAGER


def positief(verschil: Band) -> Band:
    """Size of a difference, without its sign."""
    laag, hoog = sorted((abs(verschil.laag), abs(verschil.hoog)))
    return Band(abs(verschil.midden), laag, hoog, verschil.eenheid, verschil.klein)


def _kleinste_stap(verschil: Band) -> str:
    if verschil.klein and is_klein(verschil.midden, verschil):
        return f"{kleintekst(verschil)} {verschil.eenheid}"
    grens = float(10 ** stap(verschil))
    return f"minder dan {in_woorden(Band(grens, grens, grens, verschil.eenheid))}"


def verschilzin(
    onderwerp: str, verschil: Band, onzeker: bool, wanneer: str, anders: str = "zonder de wet"
) -> str:
    """Tell in one sentence what changes.

    Parameters
    ----------
    onderwerp : what it is about, without article at the start of a sentence ("het aantal ...")
    verschil : difference with the reference
    onzeker : the analysis says that the direction is unsure
    wanneer : when ("in 2030", "eind 2030")
    anders : what it is compared with
    """
    kop = hoofdletter(onderwerp)
    if verschil.eenheid == "aandeel":
        verschil = als_procent(verschil)
    match richting(verschil, onzeker):
        case Richting.GEEN:
            return f"{kop} verandert niet: {wanneer} is er geen verschil met {anders_dan(anders)}."
        case Richting.KLEIN:
            return f"{kop} verandert nauwelijks: {_kleinste_stap(verschil)} verschil {wanneer}."
        case Richting.ONZEKER:
            return (
                f"Of {onderwerp} {wanneer} hoger of lager is dan {anders}, is onzeker: "
                f"{tussen(verschil)}."
            )
        case Richting.HOOGUIT_HOGER | Richting.HOOGUIT_LAGER as kant:
            return (
                f"{kop} verandert {wanneer} naar verwachting nauwelijks, maar kan "
                f"{uiterste(verschil)} {kant.value.removeprefix('hooguit ')} zijn dan {anders}."
            )
        case kant:
            return (
                f"{kop} is {wanneer} {in_woorden_met_woord(positief(verschil), kant.value)} "
                f"dan {anders}."
            )


def in_woorden_met_woord(band: Band, woord: str) -> str:
    """Put a word between the figure and its band: ``circa 1.200 hoger (300 tot 2.100)``.

    The subject of a sentence says what is counted, so persons are not named again.
    """
    tekst = in_woorden(band).replace(f" {band.eenheid}", "", band.eenheid in GENOEMD)
    getal, haakje, rest = tekst.partition(" (")
    return f"{getal} {woord}{haakje}{rest}"


def tussen(verschil: Band, lager: str = "lager", hoger: str = "hoger") -> str:
    """Tell a band around zero: ``het verschil ligt tussen 400 lager en 1.300 hoger``.

    An end that rounds to zero still says on which side of zero it lies.

    Parameters
    ----------
    lager, hoger : words for the two sides ("minder" and "meer" for money)
    """
    woord = schaal(verschil)[1]
    eenheid = "" if verschil.eenheid in GENOEMD else eenheidwoord(verschil.eenheid)
    achter = " ".join(w for w in (woord, eenheid) if w)
    laag, _, hoog = bandtekst(verschil).partition(" tot ")
    onder = _kant(verschil.laag, laag, achter, lager)
    return f"het verschil ligt tussen {onder} en {_kant(verschil.hoog, hoog, achter, hoger)}"


def _kant(waarde: float, tekst: str, achter: str, woord: str) -> str:
    kaal = tekst.lstrip(MINTEKEN)
    if not kaal.strip("0,"):
        return f"nauwelijks {woord}" if waarde else "nul"
    return f"{kaal} {achter}".strip() + f" {woord}"


def uiterste(verschil: Band) -> str:
    """Write the far end of a band that lies on one side of zero: ``tot 3 fte``."""
    band = positief(verschil)
    eenheid = "" if verschil.eenheid in GENOEMD else eenheidwoord(verschil.eenheid)
    achter = " ".join(w for w in (schaal(band)[1], eenheid) if w)
    hoog = bandtekst(band).partition(" tot ")[2] or bandtekst(band)
    return f"tot {hoog} {achter}".strip()


def anders_dan(anders: str) -> str:
    """Turn "zonder de wet" into a noun: ``de situatie zonder de wet``."""
    return f"de situatie {anders}"


def hoofdletter(tekst: str) -> str:
    """Start a sentence."""
    return tekst[:1].upper() + tekst[1:]


def geldzin(wie: str, verschil: Band, onzeker: bool, wanneer: str) -> str:
    """Tell who pays more or less.

    Parameters
    ----------
    wie : payer, ready to start a clause ("gemeenten", "het Rijk")
    verschil : extra euros for this payer, negative when it is cheaper
    """
    match richting(verschil, onzeker):
        case Richting.GEEN:
            return f"Voor {wie} verandert er {wanneer} niets aan de kosten."
        case Richting.KLEIN:
            return f"Voor {wie} veranderen de kosten {wanneer} nauwelijks."
        case Richting.ONZEKER:
            plek = tussen(verschil, "minder", "meer")
            return f"Of {wie} {wanneer} meer of minder kwijt {_zijn(wie)}, is onzeker: {plek}."
        case Richting.HOOGUIT_HOGER | Richting.HOOGUIT_LAGER as kant:
            kwijt = "meer" if kant is Richting.HOOGUIT_HOGER else "minder"
            return (
                f"Voor {wie} veranderen de kosten {wanneer} naar verwachting nauwelijks, maar ze "
                f"kunnen {uiterste(verschil)} {kwijt} zijn."
            )
        case Richting.HOGER:
            tekst = in_woorden_met_woord(positief(verschil), "meer")
        case _:
            tekst = in_woorden_met_woord(positief(verschil), "minder")
    return f"{hoofdletter(wie)} {_zijn(wie)} {wanneer} {tekst} kwijt."


def _zijn(wie: str) -> str:
    enkelvoud = wie.startswith(("het ", "de gemeente ", "een ")) or wie[:1].isupper()
    return "is" if enkelvoud else "zijn"


def uitersten(namen: list[str], waarden: list[str]) -> str:
    """Tell the highest and the lowest of a list that is ordered from high to low."""
    if len(namen) == 1:
        return f"Er is één waarde. {namen[0]}: {waarden[0]}."
    if waarden[0] == waarden[-1]:
        return f"Alle waarden zijn na afronding gelijk: {waarden[0]}."
    zelfde = waarden[0].partition(" (")[0] == waarden[-1].partition(" (")[0]
    gelijk = " De middens zijn na afronding gelijk." if zelfde else ""
    return f"Hoogste: {namen[0]}, {waarden[0]}. Laagste: {namen[-1]}, {waarden[-1]}.{gelijk}"


def opsomming(delen: list[str]) -> str:
    """Join words: ``a, b en c``."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"
