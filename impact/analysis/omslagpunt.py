"""Break-even: the value of a knob at which a conclusion flips, and what is needed for that.

The knob stands at one value in all draws, or at a value of its own in each draw, from the first
half-year of the measures of the scenario. An instrument turns in the scenario only: what must be
given together with the law. An assumption turns in the reference too: what must be true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from impact.analysis.draaibank import (
    ALLE,
    NEDERLAND,
    Bank,
    Draaibank,
    Ftebank,
    Meting,
    maak_draaibank,
)
from impact.analysis.ensemble import Opdracht, maak_opdracht
from impact.analysis.knop import FTE, Draaiknop, KnopFout, Wens, begin_maatregelen, zoek_knop
from impact.analysis.omslagproef import (
    ALTIJD_JA,
    ALTIJD_NEE,
    OMSLAG,
    Proef,
    band,
    draaigevallen,
    gevallen,
    grens_in,
    heeft_invloed,
)
from impact.analysis.opslag import Analyse, Instelling, bewaar_analyse, zoek_analyse
from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.uitvoerder import kies_werkers
from impact.analysis.wortels import dichtste, kies, kruisingen, tekort
from impact.model.grootheden import GROOTHEDEN
from impact.model.reeksen import Reeks
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde
from impact.registry.uitkomstmodellen import Conclusie, Uitkomst

SOORT = "omslagpunt"
TREKKINGEN = 100
RASTERPUNTEN = 11
"""Values on which every knob is looked at; between two of them one flip can be seen."""
GELD, BANEN = "euro per jaar", "fte"
OMSCHRIJVING_FTE = {
    GELD: "Extra voltijdbanen bij gemeenten die het Rijk betaalt",
    BANEN: "Extra voltijdbanen, precies waar zij ontbreken",
}
Tabellen = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Vraag:
    """What is asked; without a conclusion all of them, without a knob all of a conclusion.

    Attributes
    ----------
    scenario : name
    conclusie, knop : names; see parameters/conclusies.yaml
    gemeente : code; the whole country otherwise
    soort, vanaf, laagste, hoogste : other than the parameters say; see `knop.Wens`
    """

    scenario: str
    conclusie: str | None = None
    knop: str | None = None
    gemeente: str | None = None
    soort: str | None = None
    vanaf: str | None = None
    laagste: float | None = None
    hoogste: float | None = None

    @property
    def wens(self) -> Wens:
        """What is said about the knob."""
        vanaf = None if self.vanaf is None else Halfjaar.lees(self.vanaf)
        return Wens(self.soort, vanaf, self.laagste, self.hoogste)

    @property
    def gebied(self) -> str:
        """Area that the outcome is measured in."""
        return self.gemeente or NEDERLAND


def bereken_omslagpunt(
    register: Register,
    vraag: Vraag,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Look up or compute at which values conclusions flip.

    Parameters
    ----------
    instelling : TREKKINGEN draws by default
    uitvoerder : runs the work; local processes by default

    Returns
    -------
    Analyse with the tables ``antwoorden`` (one row per conclusion and knob), ``omslagen`` (every
    flip of the mean), ``raster`` (outcome at every value), ``trekkingen`` (flip of every draw)
    and, for a question about the country, ``gemeenten`` (flip of every municipality)

    Raises
    ------
    KnopFout
        Unknown conclusion or knob, or a question that cannot be answered.
    OnbekendScenario
        With the nearest name.
    impact.analysis.uitkomsten.HorizonFout
        The run ends before the outcome.
    """
    instelling = instelling or Instelling(trekkingen=TREKKINGEN)
    register.scenario(vraag.scenario)
    taken = verdeel(register, vraag, Halfjaar.lees(instelling.van))
    sleutel = {**asdict(vraag), **asdict(instelling)}
    gevonden = zoek_analyse(register, SOORT, sleutel)
    if gevonden is not None:
        return gevonden
    opdracht = maak_opdracht(register, instelling)
    with kies_werkers(uitvoerder) as werkers:
        lopend = [werkers.submit(beantwoord, opdracht, vraag, *taak) for taak in taken.items()]
        delen = [taak.result() for taak in lopend]
    tabellen = voeg_samen(delen, list(register.conclusies))
    return bewaar_analyse(register, SOORT, sleutel, tabellen)


def wat_is_nodig(
    register: Register,
    scenario: str,
    instelling: Instelling | None = None,
    uitvoerder: Executor | None = None,
) -> Analyse:
    """Answer every conclusion with every knob that it names, and with extra posts."""
    return bereken_omslagpunt(register, Vraag(scenario), instelling, uitvoerder)


def verdeel(
    register: Register, vraag: Vraag, begin: Halfjaar
) -> dict[tuple[Draaiknop, Halfjaar], list[str]]:
    """Conclusions per knob and horizon, so that one series of runs serves all of them."""
    taken: dict[tuple[Draaiknop, Halfjaar], list[str]] = {}
    for naam in kies_conclusies(register, vraag):
        conclusie = register.conclusies[naam]
        uitkomst = register.uitkomsten[conclusie.uitkomst]
        for knopnaam in kies_knoppen(conclusie, uitkomst, vraag):
            if knopnaam == FTE:
                knop = fteknop(register, vraag, naam, uitkomst, begin)
            else:
                knop = zoek_knop(register, vraag.scenario, conclusie, knopnaam, vraag.wens, begin)
            if knop.vanaf > uitkomst.tot:
                raise KnopFout(f"'{knopnaam}' draait pas vanaf {knop.vanaf}, na {uitkomst.tot}")
            taken.setdefault((knop, uitkomst.tot), []).append(naam)
    return taken


def kies_conclusies(register: Register, vraag: Vraag) -> list[str]:
    """Names of the conclusions that are asked for and can be answered."""
    if vraag.conclusie is None:
        alle = [n for n in register.conclusies if bezwaar(register, vraag, n) is None]
        if not alle:
            raise KnopFout(f"over '{vraag.scenario}' valt geen van de conclusies te trekken")
        return alle
    if vraag.conclusie not in register.conclusies:
        hulp = bedoelde(vraag.conclusie, register.conclusies)
        hulp = hulp or f"kies uit: {', '.join(register.conclusies)}"
        raise KnopFout(f"onbekende conclusie '{vraag.conclusie}'; {hulp}")
    reden = bezwaar(register, vraag, vraag.conclusie)
    if reden is not None:
        raise KnopFout(f"'{vraag.conclusie}' kan hier niet: {reden}")
    return [vraag.conclusie]


def bezwaar(register: Register, vraag: Vraag, naam: str) -> str | None:
    """Why a conclusion cannot be drawn about a scenario or a municipality."""
    uitkomst = register.uitkomsten[register.conclusies[naam].uitkomst]
    if uitkomst.maat == "verschil" and register.scenarios[vraag.scenario].referentie is None:
        return f"'{vraag.scenario}' is zelf een referentie; er is niets om mee te vergelijken"
    if vraag.gemeente is not None and not GROOTHEDEN[uitkomst.grootheid].gemeentelijk:
        return f"'{uitkomst.titel}' is alleen landelijk bekend"
    return None


def kies_knoppen(conclusie: Conclusie, uitkomst: Uitkomst, vraag: Vraag) -> list[str]:
    """Names of the knobs that are asked for; extra posts where they can be counted."""
    if vraag.knop is not None:
        return [vraag.knop]
    extra = [FTE] if telt_in_fte(uitkomst) else []
    return [*(knop.parameter for knop in conclusie.knoppen), *extra]


def telt_in_fte(uitkomst: Uitkomst) -> bool:
    """Whether extra posts take a fixed amount off an outcome: municipal money, or lacking posts."""
    geld = uitkomst.betaler == "gemeente" and eenheid_van(uitkomst) == GELD
    return geld or uitkomst.grootheid == "fte_tekort"


def fteknop(
    register: Register, vraag: Vraag, naam: str, uitkomst: Uitkomst, begin: Halfjaar
) -> Draaiknop:
    """Extra posts as a knob; its range follows from the outcome when that is known."""
    if not telt_in_fte(uitkomst):
        raise KnopFout(f"'{naam}' is niet in voltijdbanen uit te drukken; kies een andere knop")
    vanaf = begin_maatregelen(register, vraag.scenario, begin)
    tekst = OMSCHRIJVING_FTE[eenheid_van(uitkomst)]
    hoogste = np.inf if vraag.hoogste is None else vraag.hoogste
    return Draaiknop(FTE, "", FTE, tekst, "fte", vraag.laagste or 0.0, hoogste, vanaf)


def beantwoord(
    opdracht: Opdracht, vraag: Vraag, taak: tuple[Draaiknop, Halfjaar], namen: Sequence[str]
) -> Tabellen:
    """All tables for one knob and the conclusions that it may flip."""
    knop, _ = taak
    register = opdracht.register
    conclusies = [register.conclusies[naam] for naam in namen]
    uitkomsten = [register.uitkomsten[conclusie.uitkomst] for conclusie in conclusies]
    draaibank = maak_draaibank(opdracht, vraag.scenario, knop, uitkomsten)
    bank: Bank = draaibank
    if knop.soort == FTE:
        bank, knop = maak_ftebank(draaibank, knop, uitkomsten[0], vraag.gebied)
    metingen = [m for uitkomst in uitkomsten for m in te_meten(uitkomst, vraag.gebied)]
    raster = np.linspace(knop.laagste, knop.hoogste, RASTERPUNTEN)
    rijen = np.arange(bank.aantal)
    nu = dict(zip(metingen, bank.draai(None, rijen, metingen), strict=True))
    stappen = [bank.draai(np.full(bank.aantal, w), rijen, metingen) for w in raster]
    op_raster = {m: np.stack([stap[i] for stap in stappen]) for i, m in enumerate(metingen)}
    delen: list[Tabellen] = []
    for naam, conclusie, uitkomst in zip(namen, conclusies, uitkomsten, strict=True):
        meting = Meting(uitkomst, vraag.gebied)
        proef = Proef(
            naam,
            conclusie,
            uitkomst,
            vraag.gebied,
            bank,
            knop,
            raster,
            nu[meting],
            op_raster[meting],
        )
        deel = tabellen_van(proef)
        alle = Meting(uitkomst, ALLE)
        if alle in nu:
            deel["gemeenten"] = per_gemeente(proef, register, nu[alle], op_raster[alle])
        delen.append(deel)
    return voeg_samen(delen, namen)


def te_meten(uitkomst: Uitkomst, gebied: str) -> list[Meting]:
    """The outcome in the area asked for; for the country every municipality as well."""
    landelijk = gebied == NEDERLAND and GROOTHEDEN[uitkomst.grootheid].gemeentelijk
    return [Meting(uitkomst, gebied), *([Meting(uitkomst, ALLE)] if landelijk else [])]


def maak_ftebank(
    bank: Draaibank, knop: Draaiknop, uitkomst: Uitkomst, gebied: str
) -> tuple[Ftebank, Draaiknop]:
    """Count extra posts beside the model, with a range in which every draw has its answer.

    A post takes one off a lack of posts, and off an outcome in euro what it costs in a year:
    hours times rate.
    """
    per_fte = np.ones(bank.aantal)
    if eenheid_van(uitkomst) == GELD:
        per_fte = bank.gemiddelde("uurtarief", uitkomst) * bank.gemiddelde(
            "productieve_uren", uitkomst
        )
    ftebank = Ftebank(bank, per_fte)
    if np.isfinite(knop.hoogste):
        return ftebank, knop
    rijen = np.arange(bank.aantal)
    metingen = te_meten(uitkomst, gebied)
    uitkomsten = ftebank.draai(None, rijen, metingen)
    per_trekking = [np.maximum(u.reshape(len(rijen), -1), 0.0).sum(axis=1) for u in uitkomsten]
    meeste = float(np.max(np.array(per_trekking) / per_fte))
    return ftebank, replace(knop, hoogste=max(1.0, float(np.ceil(meeste))))


def tabellen_van(proef: Proef) -> Tabellen:
    """Tables of one conclusion and one knob."""
    return {
        "antwoorden": pd.DataFrame([proef.antwoord()]),
        "omslagen": proef.omslagen,
        "raster": proef.rasterrijen(),
        "trekkingen": proef.per_trekking,
    }


def per_gemeente(proef: Proef, register: Register, nu: Reeks, op_raster: Reeks) -> pd.DataFrame:
    """The national value of the knob at which each municipality flips.

    On a straight line between two values of the grid. Extra posts are counted per municipality.

    Parameters
    ----------
    nu : array [trekking, gemeente]
    op_raster : array [punt, trekking, gemeente]
    """
    codes, raster = list(register.gemeenten.index), proef.raster
    grens = grens_in(proef.conclusie, ALLE)
    alle = tekort(op_raster, grens, proef.conclusie.voldoet)
    gemiddeld = alle.mean(axis=1)
    waarde_nu = float(proef.waarde_nu.mean())
    gevonden = kruisingen(raster, gemiddeld)
    nummer = dichtste(gevonden, waarde_nu)
    ja_nu = np.asarray(tekort(nu.mean(axis=0), grens, proef.conclusie.voldoet) <= 0)
    invloed = np.asarray(heeft_invloed(op_raster).any(axis=0))
    ja_boven = kies((gemiddeld[1:] <= 0).astype(float), nummer)
    per_trekking = kruisingen(raster, alle)
    waarden = kies(per_trekking, dichtste(per_trekking, proef.waarde_nu[:, np.newaxis]))
    soorten = draaigevallen(alle <= 0)
    richting = np.where(np.isnan(ja_boven), float(bool(proef.ja_boven)), ja_boven) == 1.0
    banden = [band(waarden[:, g], soorten[:, g], bool(richting[g])) for g in range(len(codes))]
    tabel = pd.DataFrame(
        {
            "conclusie": proef.naam,
            "knop": proef.knop.naam,
            "gemeente": codes,
            "gemeentenaam": register.gemeenten["gemeentenaam"].to_numpy(),
            "geval": gevallen(ja_nu, gemiddeld <= 0, invloed),
            "nodig_midden": kies(gevonden, nummer),
            "eenheid": proef.knop.eenheid,
            "ja_boven": richting,
            "uitkomst_nu_midden": nu.mean(axis=0),
            "uitkomst_eenheid": eenheid_van(proef.uitkomst),
        }
    ).join(pd.DataFrame(banden))
    for soort in (OMSLAG, ALTIJD_JA, ALTIJD_NEE):
        tabel[f"aandeel_{soort}"] = (soorten == soort).mean(axis=0)
    return tabel


def voeg_samen(delen: Sequence[Mapping[str, pd.DataFrame]], volgorde: Sequence[str]) -> Tabellen:
    """Join tables of several conclusions, in the order of the conclusions."""
    plaats = {naam: nummer for nummer, naam in enumerate(volgorde)}
    namen = dict.fromkeys(naam for deel in delen for naam in deel)
    return {
        naam: pd.concat([deel[naam] for deel in delen if naam in deel], ignore_index=True)
        .sort_values("conclusie", key=lambda k: k.map(plaats), kind="stable")
        .reset_index(drop=True)
        for naam in namen
    }
