"""The backtest in words: sentences that follow the scores."""

from __future__ import annotations

import pandas as pd

from impact.analysis.opslag import Analyse
from impact.analysis.terugtoets import DOEL_DEKKING, DOEL_HORIZONNEN
from impact.reporting.getallen import decimaal, rond, tiende_macht
from impact.reporting.zinnen import opsomming

REEKSNAAM = {
    "gehuisvest": "Gehuisveste statushouders",
    "achterstand": "Achterstand op de taakstelling",
    "statushouders_in_coa": "Statushouders in de opvang",
    "gemeenten_taakstelling_gehaald": "Gemeenten die hun taakstelling halen",
}
OORZAAK = {
    ("gemeenten_taakstelling_gehaald", "fout"): (
        "In de tweede helft van 2022 liep een landelijke actie om statushouders sneller te "
        "huisvesten. Zo een actie voorziet het model niet."
    ),
    ("gemeenten_taakstelling_gehaald", "smal"): (
        "Er zijn maar een paar tellingen, en elke telling telt mee vanuit meer beginpunten. Een "
        "misser weegt daarom zwaar."
    ),
    ("statushouders_in_coa", "breed"): (
        "De band volgt hoe sterk het aantal vergunningen vroeger van jaar op jaar wisselde, vooral "
        "rond 2015. In deze jaren bleef de voorraad dichter bij de voorspelling."
    ),
}
"""Why a goal is not reached, where we know; only shown when it is not."""


def gehele(waarde: float) -> str:
    """Write an error with two significant digits."""
    if not waarde:
        return "0"
    return decimaal(rond(waarde, max(0, tiende_macht(waarde) - 1)), 0)


def procent(aandeel: float) -> str:
    """Write a share as a whole percentage."""
    return f"{decimaal(rond(100 * aandeel, 0), 0)}%"


def halfjaren(aantal: int) -> str:
    """Write a number of half-years."""
    return "1 halfjaar" if aantal == 1 else f"{aantal} halfjaren"


def foutzin(deel: pd.DataFrame) -> str:
    """Compare the error of the model with that of the best simple forecast for one series.

    Parameters
    ----------
    deel : scores of one series at the horizons of the goal, in order
    """
    paren = opsomming(
        [
            f"{gehele(float(rij['model']))} tegen {gehele(float(rij['beste_naieve']))} bij "
            f"{halfjaren(int(rij['halfjaren_vooruit']))} vooruit"
            for rij in deel.to_dict("records")
        ]
    )
    mis = [str(int(h)) for h in deel.loc[~deel["fout_gehaald"], "halfjaren_vooruit"]]
    if not mis:
        oordeel = "Het model zat er minder ver naast dan de beste eenvoudige voorspelling"
    elif len(mis) == len(deel):
        oordeel = "Het model was nergens beter dan de beste eenvoudige voorspelling"
    else:
        oordeel = (
            f"Het model was niet steeds beter dan de beste eenvoudige voorspelling: bij "
            f"{opsomming(mis)} halfjaren vooruit niet"
        )
    return f"{oordeel}. Gemiddelde fout in {deel['eenheid'].iloc[0]}: {paren}."


def dekkingszin(aantal: int, dekking: float) -> str:
    """Say how often history lay inside the band, and whether the band is of the right width."""
    kop = (
        f"De werkelijkheid lag {round(aantal * dekking)} van de {aantal} keer binnen de band "
        f"({procent(dekking)})."
    )
    oordeel = {
        "goed": "De bedoeling is 90%; met zo weinig metingen past dat daarbij.",
        "smal": "Dat is minder dan bij een band van 90% hoort: de band is te smal.",
        "breed": "Dat is meer dan bij een band van 90% hoort: de band is aan de brede kant.",
    }
    return f"{kop} {oordeel[breedte_van_band(dekking)]}"


def breedte_van_band(dekking: float) -> str:
    """Whether the band is too narrow (smal), too wide (breed) or neither (goed)."""
    if dekking < DOEL_DEKKING[0]:
        return "smal"
    return "breed" if dekking > DOEL_DEKKING[1] else "goed"


def scheefheidszin(deel: pd.DataFrame) -> str:
    """Say when the model is mostly on one side: the bias is more than half of the error."""
    ver = deel.iloc[-1]
    if abs(ver["scheefheid"]) <= ver["model"] / 2:
        return ""
    kant = "laag" if ver["scheefheid"] < 0 else "hoog"
    afstand = f"{gehele(abs(ver['scheefheid']))} {ver['eenheid']}"
    return f"Ver vooruit zat het model meestal te {kant}: gemiddeld {afstand}."


def misserszin(voorspellingen: pd.DataFrame) -> str:
    """Say whether history fell outside the band in one half-year above all, or everywhere."""
    geteld = voorspellingen[voorspellingen["werkelijk"].notna()]
    mis = geteld[~geteld["werkelijk"].between(geteld["laag"], geteld["hoog"])]
    if mis.empty:
        return "De werkelijkheid lag nergens buiten de band."
    aantallen = mis["periode"].value_counts()
    kop = f"De werkelijkheid lag {len(mis)} van de {len(geteld)} keer buiten de band"
    if aantallen.iloc[0] * 2 > len(mis):
        return f"{kop}. Daarvan ging het {aantallen.iloc[0]} keer om {aantallen.index[0]}."
    return f"{kop}, verspreid over {len(aantallen)} halfjaren."


def uitslag(analyse: Analyse) -> dict[str, str]:
    """The outcome per series in a few sentences, with the cause where a goal is not reached."""
    maten, dekkingen = analyse.tabel("maatstaven"), analyse.tabel("dekking")
    teksten = {}
    for rij in dekkingen.to_dict("records"):
        naam, dekking = str(rij["reeks"]), float(rij["dekking"])
        telt = (maten["reeks"] == naam) & maten["halfjaren_vooruit"].isin(DOEL_HORIZONNEN)
        deel = maten[telt].sort_values("halfjaren_vooruit")
        zinnen = [foutzin(deel), dekkingszin(int(rij["aantal"]), dekking)]
        zinnen.append(scheefheidszin(deel))
        if not deel["fout_gehaald"].all():
            zinnen.append(OORZAAK.get((naam, "fout"), ""))
        zinnen.append(OORZAAK.get((naam, breedte_van_band(dekking)), ""))
        teksten[naam] = " ".join(zin for zin in zinnen if zin)
    return teksten
