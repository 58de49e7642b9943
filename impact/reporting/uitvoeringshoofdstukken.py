"""The chapters about execution: tasks, capacity, systems, residents, risks, stacking.

They rest on ``parameters/uitvoering``: facts with a source, and judgement of the makers (rood).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from impact.model.grootheden import GROOTHEDEN
from impact.registry.laden import Register
from impact.registry.uitvoeringsmodellen import Onderbouwd, Risico, Taak, Uitvoering
from impact.reporting.bouwstenen import bronregel, cijfertabel, waaierfiguur, zinnen
from impact.reporting.datums import datum_van_bron
from impact.reporting.figuur import figuren
from impact.reporting.opmaak import Html, alinea, anker, element, lijst, samen
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import Kolom, aanname_link, cel, tabel, verschilcel
from impact.reporting.verantwoording import kwaliteitsmerk
from impact.reporting.zinnen import hoofdletter, opsomming

Feit = TypeVar("Feit", bound=Onderbouwd)

PARTIJ = {
    "gemeente": "gemeente",
    "ind": "IND",
    "coa": "COA",
    "duo": "DUO",
    "rijk": "Rijk",
    "provincie": "provincie",
    "rechtspraak": "rechtspraak",
    "woningcorporatie": "woningcorporatie",
    "ketenpartners": "andere organisaties",
}
FUNCTIE = {
    "huisvesting": "Huisvesting",
    "inburgering": "Inburgering",
    "inkomen": "Bijstand en inkomen",
    "burgerzaken": "Burgerzaken",
    "opvang": "Opvang",
}
GROOTTE = ("klein", "midden", "groot")
KOP_BRON = Kolom("Bron en kwaliteit")
TEAM = ("fte_nodig", "fte_beschikbaar", "fte_tekort")
GEEN_WET = "Dit scenario heeft geen maatregelen. Er is dus geen nieuwe wet om uit te voeren."
EIGEN_OORDEEL = "Rood betekent: een oordeel van de makers, zonder bron."


def wetnaam(register: Register, wet: str) -> str:
    """Full name of a law."""
    return register.wetten[wet].naam


def uitvoering_van(rapport: Rapport) -> dict[str, Uitvoering]:
    """What executing asks, per law of the scenario."""
    return {wet: rapport.register.uitvoering[wet] for wet in rapport.wetten}


def broncel(register: Register, onderbouwd: Onderbouwd) -> Html:
    """Link to the source with its date, and the quality in a word."""
    bron = register.bronnen[onderbouwd.bron]
    link = element("a", bron.uitgever, href=f"#bron-{anker(onderbouwd.bron)}")
    if bron.soort != "aanname":
        link = samen(link, f", {datum_van_bron(bron.datum)}")
    return samen(link, " ", kwaliteitsmerk(onderbouwd.kwaliteit))


def feitentabel(
    rapport: Rapport,
    bijschrift: str,
    koppen: Sequence[str],
    feiten: Iterable[tuple[str, Feit]],
    cellen: Callable[[Feit], Sequence[object]],
) -> Html:
    """Table of facts with, at the end, the law (when there are more) and the source.

    Parameters
    ----------
    feiten : pairs of law and fact
    cellen : cells of one fact, as many as there are heads
    """
    meer = len(rapport.wetten) > 1
    rijen: list[list[object]] = []
    for wet, feit in feiten:
        naam = [wetnaam(rapport.register, wet)] if meer else []
        rijen.append([*cellen(feit), *naam, broncel(rapport.register, feit)])
    kolommen = [*map(Kolom, koppen), *([Kolom("Wet")] if meer else []), KOP_BRON]
    return tabel(bijschrift, kolommen, rijen, klasse="feiten")


def taken(rapport: Rapport) -> Html:
    """Per law: task, who, now, under the law, article."""
    delen: list[object] = []
    for wet, uitvoering in uitvoering_van(rapport).items():
        naam = wetnaam(rapport.register, wet)
        rijen = [_taakrij(rapport.register, taak) for taak in uitvoering.taken]
        koppen = [Kolom(k) for k in ("Taak", "Wie", "Nu", "Straks", "Artikel")]
        kolommen = [*koppen, KOP_BRON]
        delen += [
            element("h3", naam),
            alinea(_wie_in_woorden(uitvoering), _deel_van_de_wet(rapport, wet)),
            tabel(f"Taken nu en straks: {naam}", kolommen, rijen, klasse="feiten"),
        ]
    if not delen:
        return alinea(GEEN_WET)
    uitleg = "'Nu' is de toestand zonder de wet. 'Straks' is de toestand met de wet."
    return samen(alinea(f"{uitleg} {EIGEN_OORDEEL}"), *delen)


def _deel_van_de_wet(rapport: Rapport, wet: str) -> str:
    """Warn that the table is about the whole law when the scenario uses part of it."""
    alle = rapport.register.maatregelen
    van_wet = {naam for naam, maatregel in alle.items() if maatregel.wet == wet}
    gebruikt = van_wet & {stap.maatregel for stap in rapport.scenario.maatregelen}
    if gebruikt == van_wet:
        return ""
    return (
        f" De tabel gaat over de hele wet. Dit scenario gebruikt {len(gebruikt)} van de "
        f"{len(van_wet)} maatregelen."
    )


def _taakrij(register: Register, taak: Taak) -> list[object]:
    wie = hoofdletter(PARTIJ[taak.wie])
    if taak.functie:
        wie = f"{wie}, {FUNCTIE[taak.functie].lower()}"
    bron = broncel(register, taak)
    return [taak.taak, wie, taak.nu, taak.straks, artikel_in_woorden(taak.artikel), bron]


def artikel_in_woorden(artikel: str) -> str:
    """Article as the file has it; an unknown one in a phrase."""
    if artikel == "onbekend":
        return "niet bekend"
    return artikel.replace("artikel onbekend", "artikel niet bekend")


def _wie_in_woorden(uitvoering: Uitvoering) -> str:
    """Tell how many tasks change, and for whom."""
    aantal = len(uitvoering.taken)
    wie = list(dict.fromkeys(PARTIJ[taak.wie] for taak in uitvoering.taken))
    werk = "Er verandert één taak" if aantal == 1 else f"Er veranderen {aantal} taken"
    return f"{werk}. Dat raakt: {opsomming(wie)}."


def capaciteit(rapport: Rapport) -> Html:
    """Work in fte: the team as a whole, then by function with the tasks that cause it."""
    ref = rapport.is_referentie
    return samen(
        "" if ref else zinnen(rapport, ("fte_nodig", "fte_tekort"), rapport.peiljaar),
        figuren(waaierfiguur(rapport, "fte_nodig")),
        _functietabel(rapport),
        alinea(
            "De functies tellen op tot het werk in totaal. Het model rekent zaken maal uren per "
            "zaak. De uren zijn schattingen; zie de aannames. Werk van IND, COA, DUO en "
            "rechtspraak zit er niet in."
        ),
        cijfertabel(rapport, "Werk, beschikbare mensen en tekort", TEAM),
    )


def _functietabel(rapport: Rapport) -> Html:
    jaar, ref = rapport.peiljaar, rapport.is_referentie
    rijen: list[list[object]] = []
    for functie, naam in FUNCTIE.items():
        cijfer = rapport.cijfer(f"fte_{functie}", jaar)
        cellen = [cel(cijfer.met)]
        if not ref:
            verschil = verschilcel(cijfer.verschil, cijfer.onzeker)
            cellen = [cel(cijfer.zonder), *cellen, verschil]
        rijen.append([_functienaam(naam, functie), *cellen, _taken_van_functie(rapport, functie)])
    koppen = ["Uitkomst"] if ref else ["Zonder", "Met", "Verschil"]
    kolommen = [
        Kolom("Functie"),
        *(Kolom(f"{kop}, eind {jaar}", True) for kop in koppen),
        Kolom("Taken die veranderen"),
    ]
    return samen(
        tabel(f"Werk van gemeenten per functie, in fte, eind {jaar}", kolommen, rijen, "cijfers"),
        alinea(bronregel(["uitvoering"]), class_="bronregel"),
    )


def _functienaam(naam: str, functie: str) -> Html:
    werk = GROOTHEDEN[f"fte_{functie}"].omschrijving
    return samen(naam, element("span", werk, class_="band"))


def _taken_van_functie(rapport: Rapport, functie: str) -> Html:
    namen = dict.fromkeys(
        taak.taak
        for uitvoering in uitvoering_van(rapport).values()
        for taak in uitvoering.taken
        if taak.functie == functie
    )
    if not namen:
        return Html("Geen andere taak. Alleen het aantal zaken kan veranderen.")
    return lijst(list(namen))


def systemen(rapport: Rapport) -> Html:
    """Information systems and data exchanges that must change."""
    feiten = [
        (wet, systeem)
        for wet, uitvoering in uitvoering_van(rapport).items()
        for systeem in uitvoering.systemen
    ]
    if not rapport.wetten:
        return alinea(GEEN_WET)
    if not feiten:
        return alinea("Voor zover bekend hoeft geen systeem te veranderen.")
    feiten.sort(key=lambda paar: paar[1].systeem)
    namen = list(dict.fromkeys(systeem.systeem for _, systeem in feiten))
    aantal = "één systeem" if len(namen) == 1 else f"{len(namen)} systemen"
    return samen(
        alinea(
            f"Het gaat om {aantal} of uitwisselingen van gegevens. De kosten hiervan zitten niet "
            "in het model; er is geen bedrag gevonden. Elke nieuwe uitwisseling vraagt een grond "
            f"in de wet. Of die er is, is niet nagegaan. {EIGEN_OORDEEL}"
        ),
        feitentabel(
            rapport,
            "Systemen en gegevens die moeten veranderen",
            ("Systeem", "Wie past aan", "Wat moet anders"),
            feiten,
            lambda s: (s.systeem, hoofdletter(PARTIJ[s.wie]), s.aanpassing),
        ),
    )


def inwoners(rapport: Rapport) -> Html:
    """What the laws ask of residents, and whether they can manage."""
    feiten = [
        (wet, gevolg)
        for wet, uitvoering in uitvoering_van(rapport).items()
        for gevolg in uitvoering.inwoners
    ]
    if not rapport.wetten:
        return alinea(GEEN_WET)
    if not feiten:
        return alinea("Er is niet beschreven wat inwoners van deze wet merken.")
    return samen(
        alinea(
            "Doenvermogen is wat iemand in zijn situatie zelf kan regelen. Wat hier staat over "
            "doenvermogen is steeds een oordeel van de makers. Er is geen onderzoek onder de "
            "mensen zelf gevonden."
        ),
        feitentabel(
            rapport,
            "Gevolgen voor inwoners en hun doenvermogen",
            ("Wie", "Wat merken zij", "Kunnen zij dat zelf"),
            feiten,
            lambda i: (i.wie, i.gevolg, i.doenvermogen),
        ),
    )


def risicos(rapport: Rapport) -> Html:
    """Matrix of chance and severity, and the risks from large to small."""
    feiten = [
        (wet, risico)
        for wet, uitvoering in uitvoering_van(rapport).items()
        for risico in uitvoering.risicos
    ]
    if not rapport.wetten:
        return alinea(GEEN_WET)
    if not feiten:
        return alinea("Er zijn geen risico's beschreven.")
    feiten.sort(key=lambda paar: -gewicht(paar[1]))
    return samen(
        alinea(
            "Kans en ernst zijn klein, midden of groot. Dat is een oordeel van de makers, ook als "
            "een bron het risico noemt. Wat helpt, is een voorstel van de makers, tenzij er iemand "
            "bij staat. De nummers verwijzen naar de lijst onder de tabel."
        ),
        _matrix([risico for _, risico in feiten]),
        _risicolijst(rapport, feiten),
    )


def gewicht(risico: Risico) -> int:
    """Chance times severity, from 1 to 9."""
    return (GROOTTE.index(risico.kans) + 1) * (GROOTTE.index(risico.ernst) + 1)


def _matrix(lijst_: Sequence[Risico]) -> Html:
    rijen: list[list[object]] = []
    for kans in reversed(GROOTTE):
        rij: list[object] = [f"Kans {kans}"]
        for ernst in GROOTTE:
            nummers = [
                element("a", f"risico {n}", href=f"#risico-{n}", class_="aanname heel")
                for n, risico in enumerate(lijst_, 1)
                if (risico.kans, risico.ernst) == (kans, ernst)
            ]
            rij.append(lijst(nummers) if nummers else "geen")
        rijen.append(rij)
    kolommen = [Kolom("Kans"), *(Kolom(f"Ernst {ernst}") for ernst in GROOTTE)]
    return tabel("Risico's naar kans en ernst", kolommen, rijen, klasse="matrix")


def _risicolijst(rapport: Rapport, feiten: Sequence[tuple[str, Risico]]) -> Html:
    meer = len(rapport.wetten) > 1
    rijen = [
        [
            samen(
                element("strong", f"Risico {nummer}. "),
                risico.risico,
                element("span", wetnaam(rapport.register, wet), class_="band") if meer else "",
            ),
            f"Kans {risico.kans}, ernst {risico.ernst}",
            risico.beheersing,
            broncel(rapport.register, risico),
        ]
        for nummer, (wet, risico) in enumerate(feiten, 1)
    ]
    koppen = [Kolom(k) for k in ("Risico", "Hoe groot", "Wat helpt")]
    sleutels = [f"risico-{nummer}" for nummer in range(1, len(rijen) + 1)]
    bijschrift = "De risico's, van groot naar klein"
    return tabel(bijschrift, [*koppen, KOP_BRON], rijen, "feiten", sleutels)


def stapeling(rapport: Rapport) -> Html:
    """Which other laws ask work of the same municipal functions."""
    if not rapport.wetten:
        return alinea(GEEN_WET)
    rijen: list[list[object]] = []
    for functie, naam in FUNCTIE.items():
        eigen, ander = _wetten_van_functie(rapport, functie)
        if eigen:
            rijen.append([naam, lijst(eigen), lijst(ander) if ander else "geen"])
    if not rijen:
        return alinea("Deze wet verandert geen taak van gemeenten die ook in een andere wet zit.")
    return samen(
        alinea(
            "Wetten komen niet alleen. Deze tabel laat zien welke andere wetten in dit project "
            "dezelfde mensen bij gemeenten aan het werk zetten. Het gaat ook om wetten die al "
            "gelden of zijn verworpen."
        ),
        tabel(
            "Wetten die dezelfde functie raken",
            [Kolom("Functie"), Kolom("In dit scenario"), Kolom("Ook geraakt door")],
            rijen,
            klasse="feiten",
        ),
        alinea("Bron: de taken per wet. ", aanname_link("uitvoering", "aannames uitvoering")),
    )


def _wetten_van_functie(rapport: Rapport, functie: str) -> tuple[list[str], list[str]]:
    raakt = [w for w, functies in functies_per_wet(rapport.register).items() if functie in functies]
    eigen = [wetnaam(rapport.register, wet) for wet in raakt if wet in rapport.wetten]
    ander = [wetnaam(rapport.register, wet) for wet in raakt if wet not in rapport.wetten]
    return eigen, ander


def functies_per_wet(register: Register) -> dict[str, list[str]]:
    """Municipal functions that each law asks work of; all that a report shows of other laws."""
    return {
        wet: sorted({taak.functie for taak in uitvoering.taken if taak.functie is not None})
        for wet, uitvoering in register.uitvoering.items()
    }
