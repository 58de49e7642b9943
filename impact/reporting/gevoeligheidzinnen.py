"""Words for a sensitivity analysis: names of groups, and sentences that follow the result."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from impact.analysis.gevoeligheid import richting, van_uitkomst
from impact.analysis.opslag import Analyse
from impact.analysis.sobol import ALLEEN, DRAGERS, MET_SAMENSPEL, REST, SAMENSPEL, TOEVAL, dragers
from impact.registry.laden import Register
from impact.reporting.getallen import Band, geheel, in_woorden
from impact.reporting.onderwerpen import ONDERWERPNAAM
from impact.reporting.rapport import MARGE_NUL
from impact.reporting.zinnen import hoofdletter, opsomming

KANTEN = ["midden", "laag", "hoog"]
TOEVALNAAM = {
    "gemeente": "verschillen tussen gemeenten",
    "huisvesting": "op en neer gaan van de woningmarkt",
    "voorspelfout": "fouten in de raming van de taakstelling",
    "vergunningen": "hoeveel vergunningen er in de eerste halfjaren zijn",
}
STANDNAAM = {
    "achterstand": "achterstand op de taakstelling",
    "statushouders_in_coa": "statushouders in de opvang",
    "coa_bezetting": "bewoners van de asielopvang",
    "opvangplaatsen_regulier": "gewone opvangplaatsen",
    "open_asielzaken": "open asielaanvragen",
    "open_nareiszaken": "open verzoeken om nareis",
    "nareis_vergund_niet_ingereisd": "nareizigers met een visum die nog komen",
    "doorstroom_bewoners": "bewoners van doorstroomlocaties",
    "oekraieners_in_opvang": "Oekraïners in de opvang",
    "wachtlijst_inburgering": "wachtlijst van de inburgering",
}
KLEIN_SAMENSPEL = 0.05
ZWAARST = {
    1: "Eén aanname weegt het zwaarst. Op zichzelf draagt zij",
    2: "Twee aannames wegen het zwaarst. Op zichzelf dragen zij samen",
    3: "Drie aannames wegen het zwaarst. Op zichzelf dragen zij samen",
}
BEKEND = {
    1: "Was deze aanname precies bekend",
    2: "Waren deze twee aannames precies bekend",
    3: "Waren deze drie aannames precies bekend",
}


@dataclass(frozen=True)
class Deel:
    """One group of the analysis as a report shows it.

    Attributes
    ----------
    sleutel, soort, leden : as in the analysis
    naam : name in words
    alleen, met_samenspel : share of the uncertainty (aandeel)
    bij_laag, bij_hoog : shift of the mean of the outcome; None when the group has no low and high
    """

    sleutel: str
    soort: str
    leden: tuple[str, ...]
    naam: str
    alleen: Band
    met_samenspel: Band
    bij_laag: Band | None = None
    bij_hoog: Band | None = None

    @property
    def kant(self) -> str:
        """Direction in which a higher value moves the outcome: hoger, lager, onduidelijk, geen."""
        if self.bij_laag is None or self.bij_hoog is None:
            return "onduidelijk"
        aandeel = self.met_samenspel
        verschil = self.bij_hoog.midden - self.bij_laag.midden
        return richting(verschil, aandeel.midden, aandeel.laag, aandeel.hoog)


def waardenaam(register: Register, naam: str) -> str:
    """Name of one uncertain value in words."""
    soort, _, rest = naam.partition(":")
    if soort == "historie":
        return f"Stand bij het begin: {STANDNAAM.get(rest, rest.replace('_', ' '))}"
    if soort == "aanname":
        return register.parameters[rest].omschrijving.rstrip(".")
    maatregel, _, nummer = rest.partition(":")
    inhoud = register.maatregelen[maatregel]
    effect = f"Hoe sterk de maatregel werkt: {inhoud.titel}"
    if len(inhoud.verandert) == 1:
        return effect
    parameter = register.parameters[inhoud.verandert[int(nummer)].parameter]
    return f"{effect} (op: {parameter.omschrijving.rstrip('.')})"


def groepnaam(register: Register, groep: str, soort: str, leden: Sequence[str]) -> str:
    """Name of a group in words."""
    _, _, rest = groep.partition(":")
    if soort == "toeval":
        return f"Toeval: {TOEVALNAAM.get(rest, rest)}"
    if soort == "rest":
        if rest == "beginstand":
            return "Overige standen bij het begin"
        if rest.startswith("wet:"):
            return f"Overige effecten van: {register.wetten[rest.removeprefix('wet:')].naam}"
        return f"Overige aannames: {ONDERWERPNAAM.get(rest, rest)}"
    naam = waardenaam(register, groep)
    if len(leden) == 1:
        return naam
    meer = "aanname die ermee samenhangt" if len(leden) == 2 else "aannames die ermee samenhangen"
    return f"{naam} (met {len(leden) - 1} {meer})"


def delen(register: Register, analyse: Analyse, uitkomst: str) -> list[Deel]:
    """All groups that vary, the largest first; empty when the outcome does not vary."""
    indices = van_uitkomst(analyse, "indices", uitkomst)
    maten = indices.set_index(["groep", "maat"])
    tornado = van_uitkomst(analyse, "tornado", uitkomst).set_index(["groep", "kant"])
    leden = analyse.tabel("groepen").groupby("groep", sort=False)["naam"].agg(tuple)
    gevonden = []
    for groep, soort in indices[["groep", "soort"]].drop_duplicates().itertuples(index=False):
        kanten: dict[str, Band | None] = dict.fromkeys(("laag", "hoog"))
        for kant in kanten:
            if (groep, kant) in tornado.index:
                rij = tornado.loc[(groep, kant)].to_dict()
                kanten[kant] = _band(rij, str(rij["eenheid"]))
        gevonden.append(
            Deel(
                sleutel=groep,
                soort=soort,
                leden=leden[groep],
                naam=groepnaam(register, groep, soort, leden[groep]),
                alleen=_band(maten.loc[(groep, ALLEEN)].to_dict()),
                met_samenspel=_band(maten.loc[(groep, MET_SAMENSPEL)].to_dict()),
                bij_laag=kanten["laag"],
                bij_hoog=kanten["hoog"],
            )
        )
    return sorted(gevonden, key=lambda d: (-d.met_samenspel.midden, -d.alleen.midden, d.sleutel))


def _band(rij: Mapping[Hashable, Any], eenheid: str = "aandeel") -> Band:
    kanten = [float(rij[kant]) for kant in KANTEN]
    return Band(kanten[0], kanten[1], kanten[2], eenheid)


def samen_van(analyse: Analyse, uitkomst: str) -> dict[str, Band]:
    """Shares of groups together, by kind."""
    tabel = van_uitkomst(analyse, "samen", uitkomst)
    return {str(rij["maat"]): _band(rij) for rij in tabel.to_dict("records")}


def band_van(analyse: Analyse, uitkomst: str) -> Band:
    """Mean and band of an outcome over the ordinary draws; one number when it does not vary."""
    rij = van_uitkomst(analyse, "band", uitkomst).to_dict("records")[0]
    band = _band(rij, str(rij["eenheid"]))
    if rij["varieert"]:
        return band
    vast = 0.0 if abs(band.midden) < MARGE_NUL else band.midden
    return Band(vast, vast, vast, band.eenheid)


def grootste(analyse: Analyse, uitkomst: str, alle: Sequence[Deel]) -> list[Deel]:
    """Assumptions that surely carry the band: at most three, the largest first."""
    per_sleutel = {deel.sleutel: deel for deel in alle}
    return [per_sleutel[n] for n in dragers(van_uitkomst(analyse, "indices", uitkomst))]


def bandzin(titel: str, band: Band) -> str:
    """Tell which band is explained, or that there is none."""
    if band.laag == band.hoog == band.midden:
        return (
            f"{titel}: {in_woorden(band)}, in elke berekende trekking. Er is dus geen "
            "onzekerheid om te verdelen."
        )
    return f"{titel}: {in_woorden(band)}. Hieronder staat welke aannames die band zo breed maken."


def dragerszin(voor: Sequence[Deel], samen: Band) -> str:
    """Tell how many assumptions carry the band, and how much of it."""
    if not voor:
        return (
            "Van geen enkele aanname apart is zeker dat zij de band draagt. De onzekerheid is "
            "verdeeld over veel aannames, of er zijn te weinig trekkingen om het te zien."
        )
    return f"{ZWAARST[len(voor)]} {in_woorden(samen)} van de onzekerheid."


def deelzin(deel: Deel) -> str:
    """Tell the share of one group, and in which direction it works."""
    tekst = f"{deel.naam}: {in_woorden(deel.met_samenspel)} van de onzekerheid, {_waarvan(deel)}."
    if deel.kant in ("hoger", "lager"):
        return f"{tekst} Een hogere waarde maakt de uitkomst {deel.kant}."
    return tekst


def _waarvan(deel: Deel) -> str:
    """Part of a share that the group carries on its own."""
    if deel.alleen.midden >= deel.met_samenspel.midden:
        return "vrijwel geheel op zichzelf"
    if deel.alleen.midden == 0.0:
        return f"waarvan op zichzelf hoogstens {_procent(deel.alleen.hoog)}"
    return f"waarvan {in_woorden(deel.alleen)} op zichzelf"


def _procent(aandeel: float) -> str:
    """Write a bound in whole percents, rounded up."""
    return f"{geheel(math.ceil(100 * aandeel))} procent"


def samenhangzinnen(register: Register, voor: Sequence[Deel]) -> list[str]:
    """Name the assumptions that are correlated and were measured as one."""
    return [
        "Deze aannames hangen samen en tellen daarom als één: "
        f"{opsomming([waardenaam(register, lid) for lid in deel.leden])}."
        for deel in voor
        if len(deel.leden) > 1
    ]


def smaller(aandeel: Band) -> Band:
    """How much narrower the band gets when a share of the variance goes.

    The width of a band follows the standard deviation: the root of the variance.
    """
    kanten = [1.0 - math.sqrt(1.0 - k) for k in (aandeel.midden, aandeel.laag, aandeel.hoog)]
    return Band(kanten[0], kanten[1], kanten[2], "aandeel")


def smallerzin(aantal: int, samen: Band) -> str:
    """Tell what knowing the largest assumptions would do to the band."""
    if aantal == 0:
        return ""
    return (
        f"{BEKEND[aantal]}, dan werd de band naar schatting {in_woorden(smaller(samen))} smaller."
    )


def overlappen(een: Deel, ander: Deel) -> bool:
    """Whether two shares cannot be put in order."""
    return een.met_samenspel.laag <= ander.met_samenspel.hoog


def volgordezin(voor: Sequence[Deel], alle: Sequence[Deel]) -> str:
    """Tell whether the order of the largest assumptions is sure."""
    if not voor:
        return ""
    rest = [deel for deel in alle if deel.soort == "apart" and deel not in voor]
    zinnen = []
    if any(overlappen(een, ander) for een, ander in pairwise(voor)):
        zinnen.append("De volgorde is niet zeker: de marges overlappen.")
    elif len(voor) > 1:
        zinnen.append("De volgorde is zeker: de marges overlappen niet.")
    if any(overlappen(voor[-1], ander) for ander in rest):
        zinnen.append("Ook een andere aanname kan bij de grootste horen.")
    return " ".join(zinnen)


def restzin(samen: Mapping[str, Band]) -> str:
    """Tell what the assumptions that were measured together carry, and what chance carries."""
    return (
        "Alle aannames die per onderwerp samen zijn gemeten, dragen op zichzelf "
        f"{in_woorden(samen[REST])}. Toeval, zoals fouten in de raming van de taakstelling en "
        f"schommelingen van de woningmarkt, draagt {in_woorden(samen[TOEVAL])}."
    )


def samenspelzin(samen: Band) -> str:
    """Tell which part belongs to no group alone."""
    if samen.laag > 0:
        return (
            f"{hoofdletter(in_woorden(samen))} ontstaat doordat aannames elkaar versterken of "
            "dempen. Dat deel hoort bij geen enkele aanname alleen."
        )
    top = _procent(samen.hoog)
    if samen.hoog < KLEIN_SAMENSPEL:
        return f"Aannames versterken of dempen elkaar nauwelijks: dat deel is hoogstens {top}."
    return (
        "Hoeveel ontstaat doordat aannames elkaar versterken of dempen, is niet precies te meten: "
        f"hoogstens {top}."
    )


def werkwijze(analyse: Analyse) -> str:
    """Explain how it was measured, and what the figures mean."""
    manifest = analyse.manifest
    groepen = analyse.tabel("groepen").query("soort != 'vast'")["groep"].nunique()
    runs = manifest["trekkingen"] * (groepen + 2)
    return (
        "Onzekerheid is hier de spreiding van de uitkomst (de variantie). Op zichzelf draagt een "
        "aanname het deel van de spreiding dat verdwijnt als zij precies bekend is (Sobol-index "
        "van de eerste orde). Met samenspel draagt zij ook wat zij samen met andere aannames doet "
        "(Sobol-index van de totale orde). Die aandelen zijn samen meer dan 100 procent als "
        "aannames elkaar versterken. Tussen haakjes staat de marge van 95 procent. "
        f"Berekend met {geheel(runs)} trekkingen voor {groepen} groepen van aannames. De band in "
        f"deze paragraaf komt uit {geheel(2 * manifest['trekkingen'])} gewone trekkingen en kan "
        "daarom iets afwijken van de band elders."
    )


def uitleg(register: Register, analyse: Analyse, uitkomst: str) -> list[str]:
    """All sentences about one outcome, in the order of the report."""
    titel, band = register.uitkomsten[uitkomst].titel, band_van(analyse, uitkomst)
    alle, samen = delen(register, analyse, uitkomst), samen_van(analyse, uitkomst)
    if not alle:
        return [bandzin(titel, band)]
    voor = grootste(analyse, uitkomst, alle)
    regels = [
        bandzin(titel, band),
        dragerszin(voor, samen[DRAGERS]),
        *(f"- {deelzin(deel)}" for deel in voor),
        smallerzin(len(voor), samen[DRAGERS]),
        volgordezin(voor, alle),
        *samenhangzinnen(register, voor),
        restzin(samen),
        samenspelzin(samen[SAMENSPEL]),
    ]
    return [regel for regel in regels if regel]


def tabelregels(register: Register, analyse: Analyse, uitkomst: str) -> pd.DataFrame:
    """Groups of an outcome as a tidy table with names in words."""
    eenheid = band_van(analyse, uitkomst).eenheid
    rijen = [
        {
            "uitkomst": uitkomst,
            "groep": deel.sleutel,
            "naam": deel.naam,
            "soort": deel.soort,
            **{f"alleen_{kant}": getattr(deel.alleen, kant) for kant in KANTEN},
            **{f"met_samenspel_{kant}": getattr(deel.met_samenspel, kant) for kant in KANTEN},
            "richting": deel.kant,
            "bij_laag": deel.bij_laag.midden if deel.bij_laag else None,
            "bij_hoog": deel.bij_hoog.midden if deel.bij_hoog else None,
            "eenheid_verschuiving": eenheid,
        }
        for deel in delen(register, analyse, uitkomst)
    ]
    return pd.DataFrame(rijen)
