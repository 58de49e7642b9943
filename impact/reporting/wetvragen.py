"""What is not known about a law, and what others say about it."""

from __future__ import annotations

from collections.abc import Sequence

from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.waarden import naam_aanname, naam_maatregel
from impact.registry.modellen import Getal
from impact.registry.schattingmodellen import Buitenschatting
from impact.reporting.aannameregels import kwaliteitsmerk
from impact.reporting.getallen import Band, in_woorden
from impact.reporting.gevoeligheidzinnen import waardenaam
from impact.reporting.opmaak import Html, alinea, element, lijst, samen
from impact.reporting.tabellen import Kolom, tabel
from impact.reporting.wetboek import Wetboek, bronlink

ROOD = "rood"


def open_vragen(boek: Wetboek, uitkomst: str) -> Html:
    """Guesses behind the law, gaps in the law itself, and what the model leaves out.

    Parameters
    ----------
    uitkomst : named outcome that decides in which order the guesses stand
    """
    delen: list[object] = [element("h3", "Schattingen zonder bron"), _schattingen(boek, uitkomst)]
    gaten = [*_artikelen(boek), *_zonder_scenario(boek)]
    if gaten:
        delen += [element("h3", "Wat over de wet zelf niet bekend is"), lijst(gaten)]
    niet = _niet_gemodelleerd(boek)
    if niet:
        delen += [element("h3", "Wat het model niet rekent"), lijst(niet)]
    return samen(*delen)


def rode_waarden(boek: Wetboek) -> list[tuple[str, str]]:
    """Values of the law and of the assumptions that it changes, that rest on no source.

    Returns
    -------
    name in the draw matrix, and the explanation why this value was chosen
    """
    gevonden: dict[str, str] = {}
    for naam, _, nummer, verandering in boek.veranderingen():
        if verandering.waarde.kwaliteit == ROOD:
            gevonden[naam_maatregel(naam, nummer)] = verandering.waarde.vindplaats
        parameter = boek.register.parameters[verandering.parameter]
        if _rood(parameter.waarden) and parameter.toelichting:
            gevonden.setdefault(naam_aanname(verandering.parameter), parameter.toelichting)
    return list(gevonden.items())


def _rood(waarden: Sequence[Getal]) -> bool:
    return any(waarde.kwaliteit == ROOD for waarde in waarden)


def _schattingen(boek: Wetboek, uitkomst: str) -> Html:
    rood = rode_waarden(boek)
    if not rood:
        return alinea("Geen enkele waarde van deze wet is een schatting zonder bron.")
    zwaai = boek.waarden(uitkomst)["zwaai"]
    volgorde = sorted(rood, key=lambda paar: -float(zwaai.get(paar[0], 0.0)))
    eenheid = eenheid_van(boek.register.uitkomsten[uitkomst])
    rijen: list[list[object]] = [
        [waardenaam(boek.register, naam), reden, _weegt(float(zwaai.get(naam, 0.0)), eenheid)]
        for naam, reden in volgorde
    ]
    titel = boek.register.uitkomsten[uitkomst].titel
    koppen = [
        Kolom("Waarde"),
        Kolom("Waarom deze waarde"),
        Kolom(f"Wat zij uitmaakt: {titel}", True),
    ]
    kop = alinea(
        "Deze waarden zijn rood. Wie een bron heeft, kan ze vervangen. De zwaarste staat bovenaan."
    )
    return samen(kop, tabel("Schattingen zonder bron", koppen, rijen, klasse="cijfers"))


def _weegt(zwaai: float, eenheid: str) -> str:
    return in_woorden(Band(zwaai, zwaai, zwaai, eenheid)) if zwaai else "niets"


def _artikelen(boek: Wetboek) -> list[str]:
    """Measures of which the article was not found, or not read."""
    onbekend = [m.titel for m in boek.wet.maatregelen.values() if m.grondslag.artikel == "onbekend"]
    niet_gelezen = [
        m.titel
        for m in boek.wet.maatregelen.values()
        if m.grondslag.artikel != "onbekend" and m.grondslag.kwaliteit == ROOD
    ]
    regels = [f"Het artikel is niet gevonden: {'; '.join(onbekend)}."] if onbekend else []
    if niet_gelezen:
        regels.append(f"Het artikel is niet in de wetstekst nagelezen: {'; '.join(niet_gelezen)}.")
    return regels


def _zonder_scenario(boek: Wetboek) -> list[str]:
    gerekend = {s.maatregel for p in boek.proeven for s in p.inhoud.maatregelen}
    vergeten = [
        m.titel for n, m in boek.wet.maatregelen.items() if m.verandert and n not in gerekend
    ]
    return [f"Geen scenario rekent met: {'; '.join(vergeten)}."] if vergeten else []


def _niet_gemodelleerd(boek: Wetboek) -> list[Html]:
    regels = [element("span", regel) for regel in boek.wet.niet_gemodelleerd]
    for maatregel in boek.wet.maatregelen.values():
        regels += [
            samen(regel, element("span", maatregel.titel, class_="band"))
            for regel in maatregel.niet_gemodelleerd
        ]
    return regels


def deskundigen(boek: Wetboek) -> Html:
    """What experts and organisations say, and the figures that they published."""
    uitvoering = boek.register.uitvoering.get(boek.naam)
    oordelen = uitvoering.oordelen if uitvoering is not None else []
    if oordelen:
        rijen: list[list[object]] = [
            [o.wie, o.oordeel, samen(_wie(boek, o.bron), " ", kwaliteitsmerk(o.kwaliteit))]
            for o in oordelen
        ]
        koppen = [Kolom("Wie"), Kolom("Wat zij zeggen"), Kolom("Waar dat staat")]
        blok = tabel(f"Wat deskundigen zeggen: {boek.wet.naam}", koppen, rijen)
    else:
        blok = alinea("Er is nog geen oordeel van deskundigen over deze wet opgenomen.")
    return samen(blok, element("h3", "Cijfers van anderen"), _cijfers(boek))


def _wie(boek: Wetboek, bron: str) -> Html:
    return samen(f"{boek.bron(bron).uitgever}, {boek.bron(bron).datum} (", bronlink(bron), ")")


def _cijfers(boek: Wetboek) -> Html:
    gevonden = [s for s in boek.register.buitenschattingen.values() if boek.naam in s.wetten]
    if not gevonden:
        return alinea("Er zijn geen cijfers van anderen over deze wet opgenomen.")
    rijen: list[list[object]] = [
        [s.titel, _waarde(s), s.periode, s.meet, _wie(boek, s.bron)] for s in gevonden
    ]
    koppen = [
        Kolom("Waarover"),
        Kolom("Cijfer"),
        Kolom("Wanneer"),
        Kolom("Wat het precies is"),
        Kolom("Waar dat staat"),
    ]
    vergelijk = alinea(
        "Ons eigen cijfer ernaast zetten doet de opdracht ",
        element("code", f"impact vergelijk --scenario {boek.scenario}"),
        ".",
    )
    blok = tabel(f"Cijfers van anderen: {boek.wet.naam}", koppen, rijen)
    return samen(blok, vergelijk if boek.scenario and any(s.model for s in gevonden) else "")


def _waarde(schatting: Buitenschatting) -> str:
    """Published figure, or its range, in the prices of the publication."""
    punten = (
        [schatting.onder]
        if schatting.onder == schatting.boven
        else [
            schatting.onder,
            schatting.boven,
        ]
    )
    woorden = [in_woorden(Band(p, p, p, schatting.eenheid)) for p in punten]
    prijzen = f" (prijzen van {schatting.prijspeil})" if schatting.prijspeil else ""
    return f"{' tot '.join(woorden)}{prijzen}"
