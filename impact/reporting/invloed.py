"""How much an assumption matters for a report: looked up in its sensitivity analysis."""

from __future__ import annotations

from dataclasses import dataclass

from impact.analysis.gevoeligheid import invloed as invloed_op
from impact.analysis.opslag import Analyse
from impact.registry.uitkomstmodellen import Uitkomst
from impact.reporting.analyses import analyse_van
from impact.reporting.getallen import Band
from impact.reporting.gevoeligheidzinnen import waardenaam
from impact.reporting.rapport import Rapport, onthoud

STEMPEL = "concept"
ZELFDE = {("kosten_totaal", "gemeente"): ("netto_lasten_gemeente", "gemeente")}
"""All costs of municipalities together are what stays with them: one outcome speaks for both."""
GROOT, ZICHTBAAR, NAUWELIJKS = 0.15, 0.05, 0.01


@dataclass(frozen=True)
class Invloed:
    """Influence of one value on a named outcome.

    Attributes
    ----------
    sleutel : anchor of the value in the assumption log
    naam : name in words
    uitkomst : name of the outcome
    aandeel, laag, hoog : share of its uncertainty, with a 95% interval
    richting : as in `impact.analysis.gevoeligheid.invloed`
    """

    sleutel: str
    naam: str
    uitkomst: str
    aandeel: float
    laag: float
    hoog: float
    richting: str

    @property
    def band(self) -> Band:
        """Share as a figure with its band."""
        return Band(self.aandeel, self.laag, self.hoog, "aandeel")


def sleutel_van(naam: str) -> str:
    """Anchor in the assumption log of a name in the draw matrix."""
    soort, _, rest = naam.partition(":")
    return f"{soort}-{rest.partition(':')[0]}"


@onthoud
def alle_invloeden(rapport: Rapport) -> dict[str, list[Invloed]]:
    """Influences per named outcome, the strongest first; empty without an analysis."""
    analyse = analyse_van(rapport, "gevoeligheid")
    if analyse is None:
        return {}
    return {
        uitkomst: _sterkste_eerst(rapport, analyse, uitkomst)
        for uitkomst in analyse.tabel("band")["uitkomst"]
    }


def _sterkste_eerst(rapport: Rapport, analyse: Analyse, uitkomst: str) -> list[Invloed]:
    tabel = invloed_op(analyse, uitkomst)
    return [
        Invloed(
            sleutel=sleutel_van(rij["naam"]),
            naam=waardenaam(rapport.register, rij["naam"]),
            uitkomst=uitkomst,
            aandeel=float(rij["aandeel"]),
            laag=float(rij["laag"]),
            hoog=float(rij["hoog"]),
            richting=rij["richting"],
        )
        for rij in tabel[tabel["aandeel"] > 0.0].to_dict("records")
    ]


@onthoud
def grootste_invloed(rapport: Rapport) -> dict[str, Invloed]:
    """Largest influence of every value on the outcomes that the stamp looks at, per anchor.

    Returns
    -------
    The strongest first; empty without an analysis.
    """
    alle = alle_invloeden(rapport)
    sterkste: dict[str, Invloed] = {}
    for uitkomst in rapport.register.stempels[STEMPEL].uitkomsten:
        for een in alle.get(uitkomst, []):
            if een.sleutel not in sterkste or een.aandeel > sterkste[een.sleutel].aandeel:
                sterkste[een.sleutel] = een
    return dict(sorted(sterkste.items(), key=lambda paar: (-paar[1].aandeel, paar[0])))


def uitkomst_van(rapport: Rapport, grootheid: str, betaler: str, jaar: int) -> str | None:
    """Named outcome that measures the difference of a figure in a year."""
    gezocht = ZELFDE.get((grootheid, betaler), (grootheid, betaler))
    for naam, uitkomst in rapport.register.uitkomsten.items():
        if (uitkomst.grootheid, uitkomst.betaler) == gezocht and _van_jaar(uitkomst, jaar):
            return naam
    return None


def _van_jaar(uitkomst: Uitkomst, jaar: int) -> bool:
    """Whether an outcome is the difference at the end of a year, or over exactly that year."""
    heel_jaar = uitkomst.van.jaar == jaar or uitkomst.samenvatting == "eind"
    soort = uitkomst.samenvatting in {"eind", "per_jaar", "gemiddelde"}
    return uitkomst.maat == "verschil" and soort and heel_jaar and uitkomst.tot.jaar == jaar


def drager(rapport: Rapport, grootheid: str, betaler: str, jaar: int) -> Invloed | None:
    """Value that carries most of the uncertainty of a figure; None when that cannot be told."""
    if rapport.is_referentie:
        return None
    uitkomst = uitkomst_van(rapport, grootheid, betaler, jaar)
    sterkste = next(iter(alle_invloeden(rapport).get(uitkomst or "", [])), None)
    return sterkste if sterkste is not None and sterkste.laag > 0.0 else None


def in_woorden(een: Invloed | None) -> str:
    """Size of an influence as one word."""
    aandeel = 0.0 if een is None else een.aandeel
    if aandeel >= GROOT:
        return "groot"
    if aandeel >= ZICHTBAAR:
        return "middelgroot"
    return "klein" if aandeel >= NAUWELIJKS else "nauwelijks"


def richtingzin(rapport: Rapport, een: Invloed) -> str:
    """Tell on what a value works most, and in which direction."""
    titel = rapport.register.uitkomsten[een.uitkomst].titel
    wat = titel[:1].lower() + titel[1:]
    match een.richting:
        case "hoger":
            return f"het meest op: {wat}; een hogere waarde maakt dat meer"
        case "lager":
            return f"het meest op: {wat}; een hogere waarde maakt dat minder"
        case _:
            return f"het meest op: {wat}; de richting is niet duidelijk"
