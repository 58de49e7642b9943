"""The chapter about stapeling: what each law brings, and what the laws do to each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from impact.analysis.opslag import Analyse
from impact.analysis.stapeltabel import AANDEEL, LOS, SAMEN, WISSELWERKING
from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.registry.uitkomstmodellen import Uitkomst
from impact.reporting.bouwstenen import bronregel
from impact.reporting.figuren import Opschrift
from impact.reporting.figuur import Figuur, figuren
from impact.reporting.getallen import Band, in_woorden
from impact.reporting.opmaak import Html, alinea, anker, element, lijst
from impact.reporting.opmaak import samen as achter_elkaar
from impact.reporting.rapport import NEDERLAND, Rapport
from impact.reporting.stapelfiguren import Paar, Slot, Trede, matrix, waterval
from impact.reporting.tabellen import Kolom, aanname_link, tabel, verschilcel
from impact.reporting.zinnen import Richting, hoofdletter, opsomming, richting, tussen, uiterste

HOOFDUITKOMST = "gat_gemeenten"
UITKOMSTEN_PER_TABEL = 4
MEERVOUD = {"wet": "wetten", "maatregel": "maatregelen"}


def uitleg(per: str) -> str:
    """What the figures mean.

    Parameters
    ----------
    per : ``wet`` or ``maatregel``
    """
    meer = MEERVOUD[per]
    return (
        f"Het losse effect is wat een {per} doet als alleen die {per} ingaat. De wisselwerking is "
        f"wat alle {meer} samen anders doen dan die losse effecten opgeteld. Het aandeel verdeelt "
        f"het hele effect over de {meer}, met de wisselwerking erin. Het is wat een {per} "
        f"gemiddeld toevoegt, over alle volgorden waarin de {meer} kunnen ingaan (Shapley). De "
        "aandelen tellen op tot het geheel."
    )


@dataclass(frozen=True)
class Effect:
    """One figure of a stapeling with its band."""

    band: Band
    onzeker: bool


@dataclass(frozen=True)
class Stapelcijfers:
    """All figures of one named outcome for the country or one municipality.

    Attributes
    ----------
    naam, uitkomst : the outcome
    per : ``wet`` or ``maatregel``
    eenheid : its unit
    los, aandeel : per law, by title, from most to least
    wisselwerking, samen : of all laws
    paren : interaction of every two laws; empty for a municipality
    """

    naam: str
    uitkomst: Uitkomst
    per: str
    eenheid: str
    los: dict[str, Effect]
    aandeel: dict[str, Effect]
    wisselwerking: Effect
    samen: Effect
    paren: list[Paar]

    @property
    def meervoud(self) -> str:
        """What is stacked: laws or measures."""
        return MEERVOUD[self.per]

    @property
    def zonder_effect(self) -> list[str]:
        """Titles of the laws that do nothing to this outcome."""
        return [t for t in self.los if self.los[t].band.nul and self.aandeel[t].band.nul]


def lees_cijfers(
    register: Register, analyse: Analyse, naam: str, gemeente: str | None = None
) -> Stapelcijfers:
    """Read one named outcome.

    Raises
    ------
    KeyError
        The analysis does not hold the outcome, or not for this municipality.
    """
    plek = gemeente or NEDERLAND
    niveau = "nationaal" if gemeente is None else "gemeente"
    tabel_ = analyse.tabel("uitkomsten")
    gekozen = (tabel_["uitkomst"] == naam) & (tabel_["gemeente"] == plek)
    rijen = tabel_[gekozen & (tabel_["niveau"] == niveau)]
    if rijen.empty:
        raise KeyError(f"de stapeling heeft geen uitkomst '{naam}' voor '{plek}'")
    spelers = analyse.tabel("spelers")
    titels = dict(zip(spelers["onderdeel"], spelers["titel"], strict=True))
    klein = gemeente is not None
    per: dict[tuple[str, str], Effect] = {
        (str(rij["soort"]), str(rij["onderdeel"])): _effect(rij, klein)
        for rij in rijen.to_dict("records")
    }
    volgorde = sorted(titels, key=lambda n: (-per[LOS, n].band.midden, titels[n]))
    return Stapelcijfers(
        naam=naam,
        uitkomst=register.uitkomsten[naam],
        per=str(analyse.manifest["vraag"]["per"]),
        eenheid=str(rijen["eenheid"].iloc[0]),
        los={titels[n]: per[LOS, n] for n in volgorde},
        aandeel={titels[n]: per[AANDEEL, n] for n in volgorde},
        wisselwerking=per[WISSELWERKING, WISSELWERKING],
        samen=per[SAMEN, SAMEN],
        paren=[] if klein or len(titels) < 2 else _paren(analyse, naam, titels, volgorde),
    )


def _effect(rij: Mapping[Hashable, object], klein: bool = False) -> Effect:
    midden, laag, hoog = (float(str(rij[kant])) for kant in ("midden", "laag", "hoog"))
    band = Band(midden, laag, hoog, str(rij["eenheid"]), klein)
    return Effect(band, bool(rij["richting_onzeker"]))


def _paren(
    analyse: Analyse, naam: str, titels: dict[str, str], volgorde: Sequence[str]
) -> list[Paar]:
    tabel_ = analyse.tabel("uitkomstparen")
    rijen = tabel_[tabel_["uitkomst"] == naam]
    paren = []
    for rij in rijen.to_dict("records"):
        een, ander = sorted((str(rij["een"]), str(rij["ander"])), key=volgorde.index)
        effect = _effect(rij)
        paren.append(Paar(titels[een], titels[ander], effect.band, effect.onzeker))
    plek = {titels[n]: nummer for nummer, n in enumerate(volgorde)}
    return sorted(paren, key=lambda p: (plek[p.een], plek[p.ander]))


def hoeveel(effect: Effect) -> str:
    """Write an effect with the words more or less: ``circa 20 fte meer (10 tot 30)``."""
    band = effect.band
    match richting(band, effect.onzeker):
        case Richting.GEEN:
            return "geen verschil"
        case Richting.KLEIN:
            return "nauwelijks verschil"
        case Richting.ONZEKER:
            return f"meer of minder is onzeker ({tussen(band, 'minder', 'meer')})"
        case Richting.HOOGUIT_HOGER:
            return f"nauwelijks verschil, maar mogelijk {uiterste(band)} meer"
        case Richting.HOOGUIT_LAGER:
            return f"nauwelijks verschil, maar mogelijk {uiterste(band)} minder"
        case Richting.HOGER:
            getal, haakje, rest = in_woorden(band).partition(" (")
            return f"{getal} meer{haakje}{rest}"
        case _:
            getal, haakje, rest = in_woorden(band.maal(-1.0)).partition(" (")
            return f"{getal} minder{haakje}{rest}"


def samenzin(cijfers: Stapelcijfers) -> str:
    """Tell what all laws do together."""
    wie = f"deze {cijfers.per}" if len(cijfers.los) == 1 else f"alle {cijfers.meervoud} samen"
    return f"{cijfers.uitkomst.titel}: door {wie} {hoeveel(cijfers.samen)}."


def wisselzin(cijfers: Stapelcijfers) -> str:
    """Tell whether the laws strengthen or weaken each other, and by how much.

    Empty for a single law.
    """
    if len(cijfers.los) == 1:
        return ""
    wissel = cijfers.wisselwerking
    wie = f"De {cijfers.meervoud}"
    samen = "samen kosten zij" if cijfers.uitkomst.betaler else "samen is het"
    match richting(wissel.band, wissel.onzeker):
        case Richting.GEEN:
            return f"{wie} beïnvloeden elkaar hier niet: samen doen zij wat zij los doen."
        case Richting.KLEIN:
            return f"{wie} beïnvloeden elkaar hier nauwelijks."
        case Richting.ONZEKER:
            plek = tussen(wissel.band, "minder", "meer")
            return f"Of de {cijfers.meervoud} elkaar versterken of dempen, is onzeker: {plek}."
        case Richting.HOOGUIT_HOGER | Richting.HOOGUIT_LAGER as kant:
            woord = "meer" if kant is Richting.HOOGUIT_HOGER else "minder"
            return (
                f"{wie} beïnvloeden elkaar hier naar verwachting nauwelijks. Mogelijk: "
                f"{samen} {uiterste(wissel.band)} {woord} dan apart."
            )
        case _:
            return f"{wie} {_versterken(cijfers)} elkaar: {samen} {hoeveel(wissel)} dan apart."


def _versterken(cijfers: Stapelcijfers) -> str:
    """Whether the interaction makes the effect larger or smaller, when its direction is clear."""
    samen, wissel = cijfers.samen, cijfers.wisselwerking.band.midden
    los = samen.band.midden - wissel
    duidelijk = richting(samen.band, samen.onzeker) in (Richting.HOGER, Richting.LAGER)
    if not duidelijk or los * samen.band.midden <= 0:
        return "beïnvloeden"
    return "versterken" if los * wissel > 0 else "dempen"


def aandeelzin(cijfers: Stapelcijfers) -> str:
    """Name the law with the largest share."""
    met = {t: e for t, e in cijfers.aandeel.items() if not e.band.nul}
    if not met:
        return f"Geen van de {cijfers.meervoud} doet hier iets."
    titel = max(met, key=lambda t: (abs(met[t].band.midden), t))
    if len(met) == 1:
        return f"Het hele effect komt van: {titel}."
    return f"Het grootste aandeel heeft {titel}: {hoeveel(met[titel])}."


def niets_zin(cijfers: Stapelcijfers) -> str:
    """Name the laws that do nothing here."""
    zonder = cijfers.zonder_effect
    if not zonder:
        return ""
    werkwoord = "doet" if len(zonder) == 1 else "doen"
    return f"Hieraan {werkwoord} niets: {opsomming(zonder)}."


def watervalfiguur(cijfers: Stapelcijfers, waar: str = "Nederland") -> Figuur | None:
    """Waterfall of a named outcome; None where nothing happens."""
    met = [t for t in cijfers.los if t not in cijfers.zonder_effect]
    if not met:
        return None
    treden = [
        Trede(
            t,
            cijfers.los[t].band,
            cijfers.aandeel[t].band,
            cijfers.los[t].onzeker,
            cijfers.aandeel[t].onzeker,
        )
        for t in met
    ]
    slot = Slot(
        cijfers.wisselwerking.band,
        cijfers.samen.band,
        cijfers.wisselwerking.onzeker,
        cijfers.samen.onzeker,
    )
    titel = f"{cijfers.uitkomst.titel}: wat elke {cijfers.per} doet, {waar}"
    opschrift = Opschrift(f"waterval-{anker(waar)}-{cijfers.naam}", titel, _bron(cijfers))
    return waterval(opschrift, treden, slot, _eenheid(cijfers), cijfers.per, niets_zin(cijfers))


def matrixfiguur(cijfers: Stapelcijfers) -> Figuur | None:
    """Matrix of the laws that interact with at least one other; None where none do."""
    namen = {n for p in cijfers.paren if not p.band.nul for n in (p.een, p.ander)}
    paren = [p for p in cijfers.paren if p.een in namen and p.ander in namen]
    if not paren:
        return None
    titel = f"{cijfers.uitkomst.titel}: wat twee {cijfers.meervoud} met elkaar doen"
    opschrift = Opschrift(f"paren-{cijfers.naam}", titel, _bron(cijfers))
    return matrix(opschrift, paren, _eenheid(cijfers), cijfers.meervoud)


def _bron(cijfers: Stapelcijfers) -> Html:
    return bronregel([_domein(cijfers)])


def _domein(cijfers: Stapelcijfers) -> str:
    return GROOTHEDEN[cijfers.uitkomst.grootheid].domein


def _eenheid(cijfers: Stapelcijfers) -> str:
    euro = cijfers.eenheid.startswith("euro")
    return f"{cijfers.eenheid}, prijzen van 2025" if euro else cijfers.eenheid


def aandelentabellen(alle: Sequence[Stapelcijfers]) -> Html:
    """Shares of all laws, a few outcomes per table: more does not fit on paper."""
    delen = [
        alle[begin : begin + UITKOMSTEN_PER_TABEL]
        for begin in range(0, len(alle), UITKOMSTEN_PER_TABEL)
    ]
    return achter_elkaar(
        *(aandelentabel(deel, f"{n} van {len(delen)}") for n, deel in enumerate(delen, start=1))
    )


def aandelentabel(alle: Sequence[Stapelcijfers], deel: str) -> Html:
    """Shares of all laws in several outcomes."""
    titels = sorted(alle[0].aandeel)
    rijen: list[list[object]] = [
        [titel, *(verschilcel(c.aandeel[titel].band, c.aandeel[titel].onzeker) for c in alle)]
        for titel in titels
    ]
    rijen.append(["Samen", *(verschilcel(c.samen.band, c.samen.onzeker) for c in alle)])
    rijen.append(
        [
            "Waarvan wisselwerking",
            *(verschilcel(c.wisselwerking.band, c.wisselwerking.onzeker) for c in alle),
        ]
    )
    koppen = [Kolom(f"{c.uitkomst.titel} ({c.eenheid})", True) for c in alle]
    per, meer = alle[0].per, alle[0].meervoud
    bijschrift = f"Aandeel van elke {per} in het effect van alle {meer} samen ({deel})"
    return tabel(bijschrift, [Kolom(hoofdletter(per)), *koppen], rijen)


def uitkomstnamen(analyse: Analyse, gemeente: str | None = None) -> list[str]:
    """Named outcomes that the analysis holds for the country or a municipality."""
    tabel_: pd.DataFrame = analyse.tabel("uitkomsten")
    plek = tabel_[tabel_["gemeente"] == (gemeente or NEDERLAND)]
    return [str(naam) for naam in dict.fromkeys(plek["uitkomst"])]


def stapeling_blok(rapport: Rapport, analyse: Analyse, gemeente: str | None = None) -> Html:
    """Chapter: which law brings what, nationally or for one municipality.

    Parameters
    ----------
    gemeente : code; the country by default
    """
    register = rapport.register
    namen = uitkomstnamen(analyse, gemeente)
    alle = [lees_cijfers(register, analyse, naam, gemeente) for naam in namen]
    hoofd = next((c for c in alle if c.naam == HOOFDUITKOMST), alle[0])
    waar = "Nederland" if gemeente is None else str(register.gemeenten["gemeentenaam"][gemeente])
    bewegend = [c for c in alle if not c.samen.band.nul]
    zinnen = [
        achter_elkaar(f"{samenzin(c)} {wisselzin(c)}".strip(), " ", aanname_link(_domein(c)))
        for c in bewegend
        if c is not hoofd
    ]
    beelden = [
        beeld
        for beeld in (
            watervalfiguur(hoofd, waar),
            matrixfiguur(hoofd),
        )
        if beeld is not None
    ]
    return achter_elkaar(
        alinea(uitleg(hoofd.per)),
        alinea(" ".join(z for z in hoofdzinnen(hoofd) if z)),
        figuren(*beelden),
        element("h3", "Andere uitkomsten"),
        lijst(zinnen, class_="bevindingen"),
        aandelentabellen(alle),
    )


def hoofdzinnen(cijfers: Stapelcijfers) -> list[str]:
    """Sentences about one outcome: together, interaction, largest share, who does nothing."""
    return [samenzin(cijfers), wisselzin(cijfers), aandeelzin(cijfers), niets_zin(cijfers)]
