"""Break-even in words, tables and charts: what must be given, or must be true."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from impact.analysis.draaibank import NEDERLAND
from impact.analysis.knop import AANNAME, FTE, INSTRUMENT, MAATREGEL
from impact.analysis.omslagproef import (
    ALLEEN_NU,
    ELKE,
    GEEN_INVLOED,
    GELDT_AL,
    GELDT_ALTIJD,
    NOOIT,
    WAARDE,
)
from impact.analysis.opslag import Analyse
from impact.registry.laden import Register
from impact.registry.modellen import Parameter
from impact.registry.uitkomstmodellen import Conclusie
from impact.reporting.getallen import Band, bandtekst, getal, in_woorden
from impact.reporting.rekenblad import Blad
from impact.reporting.zinnen import hoofdletter, opsomming

Rij = Mapping[Hashable, Any]
UITLEG = {
    INSTRUMENT: (
        "Een instrument wordt samen met de wet gegeven. Wij veranderen het alleen in het scenario, "
        "vanaf het eerste halfjaar van de maatregelen. De vraag is: wat moet erbij?"
    ),
    AANNAME: (
        "Een aanname is iets wat niemand zeker weet. Wij veranderen haar in het scenario en ook in "
        "de situatie waarmee wij vergelijken. De vraag is: wat moet waar zijn?"
    ),
    MAATREGEL: (
        "Een maatregel veranderen wij overal waar hij geldt, vanaf zijn eigen datum. De vraag is: "
        "hoe sterk moet hij werken?"
    ),
    FTE: (
        "Extra voltijdbanen tellen wij naast het model. Bij geld gaat het om het aantal banen dat "
        "even duur is als het tekort: uren maal tarief."
    ),
}
"""Rule per kind of knob: in which of the two runs it turns."""
METHODE = (
    "Het getal is de waarde waarbij de uitkomst, gemiddeld over alle trekkingen, precies op de "
    "grens ligt. Tussen haakjes staat de band: per trekking is gezocht waar zij omslaat. Wij "
    "zoeken alleen binnen een vast bereik. Bedragen zijn in prijzen van 2025. Het oordeel vraagt "
    "meer: daar moet het in genoeg trekkingen goed gaan, niet alleen gemiddeld."
)
NIETS_TE_METEN = (
    "Hier is niets te meten: de uitkomst is in elke trekking nul, welke knop wij ook veranderen."
)


def in_procent(waarde: float, eenheid: str) -> tuple[float, str]:
    """Write a share of anything as a percentage; other units stay."""
    if eenheid.split(" ")[0] != "aandeel":
        return waarde, eenheid
    return 100.0 * waarde, eenheid.replace("aandeel", "procent", 1)


def knopgetal(waarde: float, eenheid: str) -> str:
    """One value of a knob with its unit."""
    return getal(*in_procent(waarde, eenheid))


def deel(aandeel: float) -> str:
    """Share of the draws: ``in 12 procent van de trekkingen``."""
    if 0.0 < aandeel < 0.01:
        return "in minder dan 1 procent van de trekkingen"
    if 0.99 < aandeel < 1.0:
        return "in meer dan 99 procent van de trekkingen"
    return f"in {round(100 * aandeel)} procent van de trekkingen"


def nodigtekst(rij: Rij) -> str:
    """Needed value with its band; an end outside the range says what holds there."""
    eenheid = str(rij["eenheid"])
    kanten = {k: float(rij[f"nodig_{k}"]) for k in ("midden", "laag", "hoog")}
    buiten_laag, buiten_hoog = math.isnan(kanten["laag"]), math.isnan(kanten["hoog"])
    laag = float(rij["laagste"]) if buiten_laag else kanten["laag"]
    hoog = float(rij["hoogste"]) if buiten_hoog else kanten["hoog"]
    midden, eenheid = in_procent(kanten["midden"], eenheid)
    band = Band(
        midden, in_procent(laag, rij["eenheid"])[0], in_procent(hoog, rij["eenheid"])[0], eenheid
    )
    if not (buiten_laag or buiten_hoog):
        return in_woorden(band)
    onder, _, boven = bandtekst(band).partition(" tot ")
    genoeg, te_weinig = "al genoeg bij", "nog niet genoeg bij"
    bij_laag, bij_hoog = (genoeg, te_weinig) if rij["ja_boven"] else (te_weinig, genoeg)
    onder = f"{bij_laag} {onder}" if buiten_laag else onder
    boven = f"{bij_hoog} {boven}" if buiten_hoog else boven
    return f"{in_woorden(band).partition(' (')[0]} (laag: {onder}; hoog: {boven})"


def knopnaam(rij: Rij) -> str:
    """What is turned, without the full stop of the file."""
    return str(rij["omschrijving"]).rstrip(".")


def bereiktekst(rij: Rij) -> str:
    """Range of a knob: ``tussen 0 en 100.000 euro per persoon``."""
    (laagste, _), (hoogste, eenheid) = (
        in_procent(float(rij[kant]), str(rij["eenheid"])) for kant in ("laagste", "hoogste")
    )
    return f"tussen {getal(laagste, 'factor')} en {getal(hoogste, eenheid)}"


def kant(rij: Rij) -> str:
    """Which side of the flip is good."""
    return "ten minste" if rij["ja_boven"] else "hoogstens"


def antwoordzin(rij: Rij, omslagen: Sequence[float] = ()) -> str:
    """Answer for one knob, in one to four short sentences.

    Parameters
    ----------
    rij : row of the table ``antwoorden``
    omslagen : all values at which the mean flips
    """
    naam, bereik = knopnaam(rij), bereiktekst(rij)
    nu = knopgetal(float(rij["nu_midden"]), str(rij["eenheid"]))
    if rij["geval"] == GEEN_INVLOED:
        return f"{naam}: deze knop verandert niets aan deze uitkomst."
    nodig = f"{kant(rij)} {nodigtekst(rij)}" if rij["geval"] in (WAARDE, GELDT_AL) else ""
    kern = {
        WAARDE: f"nodig is {nodig}. Nu is dat {nu}.",
        GELDT_AL: f"het is nu al zo, bij {nu}. Het blijft zo bij {nodig}.",
        GELDT_ALTIJD: f"het is nu al zo, en het blijft zo bij elke waarde {bereik}.",
        NOOIT: f"er bestaat geen waarde {bereik} die genoeg is. {eindentekst(rij)}",
        ELKE: f"elke vaste waarde {bereik} is genoeg. Nu is de waarde gemiddeld {nu}.",
        ALLEEN_NU: f"het is nu zo, maar bij geen enkele vaste waarde {bereik}.",
    }[str(rij["geval"])]
    delen = [f"{naam}: {kern}", meer_omslagen(rij, omslagen), zekerheid(rij), kostenzin(rij)]
    return " ".join(deel_ for deel_ in delen if deel_)


def eindentekst(rij: Rij) -> str:
    """Outcome at both ends of the range, so that a reader sees how far off it is."""
    eenheid = str(rij["uitkomst_eenheid"])
    laag, hoog = (knopgetal(float(rij[k]), str(rij["eenheid"])) for k in ("laagste", "hoogste"))
    bij_laag, bij_hoog = (
        getal(float(rij[f"uitkomst_bij_{k}"]), eenheid) for k in ("laagste", "hoogste")
    )
    grens = getal(float(rij["grens"]), eenheid)
    return (
        f"De uitkomst is gemiddeld {bij_laag} bij {laag} en {bij_hoog} bij {hoog}; "
        f"de grens is {grens}."
    )


def meer_omslagen(rij: Rij, omslagen: Sequence[float]) -> str:
    """Say so when the outcome crosses its limit more than once."""
    if len(omslagen) < 2:
        return ""
    waarden = opsomming([knopgetal(w, str(rij["eenheid"])) for w in omslagen])
    return (
        f"Let op: de uitkomst gaat {len(omslagen)} keer door de grens, bij {waarden}. "
        "Het genoemde getal ligt het dichtst bij de waarde van nu."
    )


def zekerheid(rij: Rij) -> str:
    """In which part of the draws the answer is another one."""
    bereik, nooit, altijd = (
        bereiktekst(rij),
        float(rij["aandeel_altijd_nee"]),
        float(rij["aandeel_altijd_ja"]),
    )
    delen = []
    if rij["geval"] == NOOIT and nooit < 1.0:
        delen.append(f"{hoofdletter(deel(1.0 - nooit))} bestaat zo'n waarde wel.")
    elif rij["geval"] == GELDT_ALTIJD and altijd < 1.0:
        delen.append(f"{hoofdletter(deel(1.0 - altijd))} geldt dat niet bij elke waarde.")
        delen.append(bijna_zeker(rij))
    elif rij["geval"] in (WAARDE, GELDT_AL):
        if nooit > 0.0:
            delen.append(f"{hoofdletter(deel(nooit))} is geen waarde {bereik} genoeg.")
        if altijd > 0.0:
            delen.append(f"{hoofdletter(deel(altijd))} is elke waarde in dat bereik genoeg.")
    if float(rij["aandeel_andersom"]) > 0.0:
        delen.append(f"{hoofdletter(deel(float(rij['aandeel_andersom'])))} werkt de knop andersom.")
    return " ".join(zin for zin in delen if zin)


def bijna_zeker(rij: Rij) -> str:
    """Value that is enough in nineteen of twenty draws, when the range has one."""
    waarde = float(rij["nodig_hoog" if rij["ja_boven"] else "nodig_laag"])
    if math.isnan(waarde):
        return ""
    return (
        f"Met {kant(rij)} {knopgetal(waarde, str(rij['eenheid']))} is het in 19 van de 20 "
        "trekkingen zo."
    )


def kostenzin(rij: Rij) -> str:
    """What the needed value costs the Rijk per year; only where the knob is money."""
    if math.isnan(float(rij["extra_rijk_midden"])):
        return ""
    kanten = [float(rij[f"extra_rijk_{k}"]) for k in ("midden", "laag", "hoog")]
    bedrag = in_woorden(Band(kanten[0], kanten[1], kanten[2], "euro"))
    return f"Dat kost het Rijk per jaar {bedrag} meer."


def standzin(rij: Rij, conclusie: Conclusie) -> str:
    """What is concluded as things stand, and in which part of the draws."""
    gemiddeld, aandeel = bool(rij["voldoet_nu"]), float(rij["aandeel_voldoet_nu"])
    ja = aandeel >= 0.5
    zin, aandeel = (conclusie.ja, aandeel) if ja else (conclusie.nee, 1.0 - aandeel)
    kern = f"{zin} Dat is zo {deel(aandeel)}."
    if ja == gemiddeld:
        return kern
    return f"{kern} Gemiddeld over alle trekkingen is het andersom: de uitschieters zijn groot."


def niets_te_meten(rijen: pd.DataFrame) -> bool:
    """Whether the outcome of a conclusion is zero whatever is turned."""
    nul = (rijen[["uitkomst_nu_laag", "uitkomst_nu_hoog"]] == 0.0).all(axis=None)
    return bool(nul and (rijen["geval"] == GEEN_INVLOED).all())


def gebiedstekst(register: Register, gebied: str) -> str:
    """Where an answer is about, and what it means for one municipality."""
    if gebied == NEDERLAND:
        return ""
    naam = register.gemeenten["gemeentenaam"][gebied]
    return (
        f"Dit gaat over {naam}. Een knop is landelijk: gezocht is de landelijke waarde waarbij "
        "deze gemeente omslaat. Extra voltijdbanen zijn wel die van de gemeente zelf."
    )


def waarden_van(analyse: Analyse, rij: Rij) -> list[float]:
    """All values at which the mean of one conclusion flips for one knob."""
    alle = analyse.tabel("omslagen")
    eigen = (alle["conclusie"] == rij["conclusie"]) & (alle["knop"] == rij["knop"])
    return [float(w) for w in alle[eigen]["waarde"]]


def nodigtabel(register: Register, analyse: Analyse) -> pd.DataFrame:
    """One tidy table for briefs: a row per conclusion and knob, with its sentence.

    Returns
    -------
    DataFrame with the columns of ``antwoorden`` that a brief needs, the titles, and ``zin``
    """
    tabel = analyse.tabel("antwoorden").copy()
    rijen = tabel.to_dict("records")
    tabel.insert(1, "titel", [register.conclusies[str(r["conclusie"])].titel for r in rijen])
    tabel["aandeel_zonder_antwoord"] = 1.0 - tabel["aandeel_omslag"]
    tabel["zin"] = [antwoordzin(rij, waarden_van(analyse, rij)) for rij in rijen]
    return tabel


def bladen(register: Register, analyse: Analyse) -> list[Blad]:
    """All tables of the analysis with their explanation."""
    namen = {
        "omslagen": ("Waar het gemiddelde omslaat", "Elke waarde waarbij de conclusie verandert."),
        "raster": ("Uitkomst per waarde", "Gemiddelde en band van de uitkomst bij elke waarde."),
        "trekkingen": ("Omslagpunt per trekking", "Leeg: deze trekking slaat nergens om."),
        "gemeenten": (
            "Omslagpunt per gemeente",
            "De landelijke waarde waarbij de gemeente omslaat. Rechte lijn tussen de onderzochte "
            "waarden.",
        ),
    }
    eerste = Blad(
        "nodig",
        "Wat is nodig",
        f"{METHODE} Leeg: buiten het bereik, of geen antwoord.",
        nodigtabel(register, analyse),
    )
    rest = [
        Blad(naam, titel, tekst, analyse.tabel(naam))
        for naam, (titel, tekst) in namen.items()
        if (analyse.map / f"{naam}.parquet").is_file()
    ]
    return [eerste, *rest]


def domein_van(register: Register, knop: str) -> str | None:
    """Subject of a parameter: the file in which it stands."""
    parameter: Parameter | None = register.parameters.get(knop)
    if parameter is None:
        return None
    return register.vindplaatsen["parameter", knop].bestand.rpartition("/")[2].removesuffix(".yaml")
