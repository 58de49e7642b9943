"""The causal chain of a law as a picture: measure, assumption, parts of the model, what moves.

Everything in the picture follows from the data: the measures say which assumptions they change,
the model says which part reads an assumption and which part follows another, and the trial of the
law says what moves. A part in which nothing moves is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impact.model.grootheden import GROOTHEDEN
from impact.model.modules import MODULES
from impact.reporting.figuur import Figuur, maak_toegankelijk
from impact.reporting.getallen import Band, kort
from impact.reporting.ketentekening import Kaart, Lijn, Regel, teken_kaarten
from impact.reporting.maatregelen import BEWERKING
from impact.reporting.opmaak import Html, alinea, samen, tekst
from impact.reporting.tabellen import Kolom, tabel, verschilcel
from impact.reporting.wetboek import Effect, Wetboek, met_eenheid
from impact.reporting.zinnen import Richting, opsomming, richting

MODULENAAM = {
    "keten": "Van aanvraag tot woning",
    "inburgering": "Inburgering",
    "sociaal": "Bijstand",
    "voorzieningen": "School en zorg",
    "lvv": "Opvang zonder verblijfsrecht",
    "oekraine": "Opvang van Oekraïners",
    "uitvoering": "Werk bij gemeenten",
}
"""Parts of the model as a reader knows them."""
GELD = "geld"
GELDNAAM = "Geld"
TOONT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "keten": (
        ("asielaanvragen", ""),
        ("eerste_vergunningen", ""),
        ("nareis_ingereisd", ""),
        ("verlengingen", ""),
        ("taakstelling", ""),
        ("gehuisvest", ""),
        ("achterstand", ""),
        ("statushouders_in_coa", ""),
        ("opvang_nood", ""),
    ),
    "inburgering": (("wachtlijst_inburgering", ""), ("inburgeraars_in_traject", "")),
    "sociaal": (("bijstand_huishoudens", ""),),
    "voorzieningen": (("leerlingen_nieuwkomers", ""),),
    "lvv": (
        ("lvv_bewoners", ""),
        ("nachtopvang_vreemdelingen", ""),
        ("vreemdelingen_op_straat", ""),
    ),
    "oekraine": (("oekraieners_in_opvang", ""), ("oekraieners_bijstand", "")),
    "uitvoering": (("fte_nodig", ""), ("fte_tekort", "")),
    GELD: (
        ("netto_lasten_gemeente", "gemeente"),
        ("kosten_totaal", "coa"),
        ("kosten_totaal", "rijk_spuk"),
        ("kosten_totaal", "rijk_buig"),
        ("kosten_totaal", "rijk_overig"),
    ),
}
"""What a part shows, in the order of the chain: quantity and payer."""
GELDWOORD = {
    "gemeente": "Gemeenten",
    "coa": "Het COA",
    "rijk_spuk": "Rijk, specifieke uitkering",
    "rijk_buig": "Rijk, bijstandsbudget",
    "rijk_overig": "Rijk, andere wegen",
}
MEESTE_REGELS = 6
MEER, MINDER, ONZEKER = "▲", "▼", "◆"
KOPPEN = ("Maatregel", "Wat de wet verandert", "Waar het begint", "Wat erop volgt", "Gemeenten")
NIET = "niet in het model"
BRONREGEL = (
    "Bron: uitkomst van het model; de pijlen volgen uit de wet en uit de opbouw van het model. "
    "Een cijfer is het verschil voor heel Nederland."
)


@dataclass(frozen=True)
class Beweging:
    """One thing that moves by the law."""

    naam: str
    effect: Effect

    @property
    def richtingteken(self) -> str:
        """Sign of the direction."""
        match richting(self.effect.band, self.effect.onzeker):
            case Richting.HOGER | Richting.HOOGUIT_HOGER:
                return MEER
            case Richting.LAGER | Richting.HOOGUIT_LAGER:
                return MINDER
            case _:
                return ONZEKER

    @property
    def cijfer(self) -> str:
        """Difference in short, with its sign."""
        midden, _ = kort(self.effect.band)
        plus = "+" if self.effect.band.midden > 0 else ""
        eenheid = {"fte": " fte", "euro": ""}.get(self.effect.band.eenheid, "")
        return f"{plus}{midden}{eenheid}"


@dataclass(frozen=True)
class Keten:
    """The chain of a law.

    Attributes
    ----------
    maatregelen : names of measures that a scenario uses, with the assumptions that each changes
    stil : measures that change nothing in the model
    delen : parts of the model in which something moves, with what moves
    """

    maatregelen: dict[str, list[str]]
    stil: list[str]
    delen: dict[str, list[Beweging]]

    @property
    def aannames(self) -> list[str]:
        """Assumptions that change, each once."""
        return list(dict.fromkeys(p for lijst in self.maatregelen.values() for p in lijst))


def lezers(parameter: str) -> list[str]:
    """Parts of the model that read an assumption themselves."""
    return [m.naam for m in MODULES if any(parameter in s.eenheden() for s in m.soorten)]


def maak_keten(boek: Wetboek) -> Keten:
    """Follow a law from its measures to what moves."""
    gerekend = {s.maatregel for p in boek.proeven for s in p.inhoud.maatregelen}
    maatregelen = {
        naam: list(dict.fromkeys(v.parameter for v in boek.register.maatregelen[naam].verandert))
        for naam in boek.wet.maatregelen
        if naam in gerekend
    }
    stil = [naam for naam in boek.wet.maatregelen if naam not in gerekend]
    sterkst = _sterkste(boek)
    delen = {
        deel: bewegingen
        for deel, getoond in TOONT.items()
        if (bewegingen := _bewegingen(sterkst, getoond))
    }
    return Keten(maatregelen, stil, delen)


def _sterkste(boek: Wetboek) -> dict[tuple[str, str], Effect]:
    """Effect of the law as a whole; of measures outside it (another scenario) their own."""
    gevonden: dict[tuple[str, str], Effect] = {}
    for proef in reversed(boek.proeven):
        for sleutel, effect in boek.grootheden(proef.maatregel).items():
            if sleutel not in gevonden or gevonden[sleutel].band.nul:
                gevonden[sleutel] = effect
    return gevonden


def _bewegingen(
    effecten: Mapping[tuple[str, str], Effect], getoond: Sequence[tuple[str, str]]
) -> list[Beweging]:
    gevonden = []
    for sleutel in getoond:
        effect = effecten.get(sleutel)
        if effect is None or richting(effect.band, effect.onzeker) in {
            Richting.GEEN,
            Richting.KLEIN,
        }:
            continue
        naam = GELDWOORD.get(sleutel[1]) or GROOTHEDEN[sleutel[0]].omschrijving
        gevonden.append(Beweging(naam, effect))
    return gevonden[:MEESTE_REGELS]


def ketenfiguur(boek: Wetboek) -> Figuur | Html:
    """Draw the chain; a sentence when no scenario uses the law."""
    keten = maak_keten(boek)
    if not keten.maatregelen:
        return alinea("Het model rekent met geen enkele maatregel van deze wet.")
    naam = f"keten-{boek.naam}"
    titel = f"Hoe de wet doorwerkt: {boek.wet.naam}"
    beschrijving = in_woorden(boek, keten)
    kolommen, lijnen = _kaarten(boek, keten)
    svg = teken_kaarten(kolommen, lijnen, naam)
    return Figuur(
        naam,
        titel,
        beschrijving,
        maak_toegankelijk(svg, naam, titel, beschrijving),
        _tabellen(boek, keten, titel),
        f"verschil in {boek.peiljaar}: {MEER} meer, {MINDER} minder, {ONZEKER} richting onzeker; "
        "geld in euro",
        tekst(BRONREGEL),
    )


def in_woorden(boek: Wetboek, keten: Keten) -> str:
    """Say what the picture shows."""
    aantal, aannames = len(keten.maatregelen), len(keten.aannames)
    delen = [MODULENAAM.get(deel, GELDNAAM) for deel in keten.delen]
    wat = [
        f"{beweging.naam} {beweging.cijfer}"
        for bewegingen in keten.delen.values()
        for beweging in bewegingen[:2]
    ]
    zin = (
        f"Van links naar rechts. {_telling(aantal, 'maatregel', 'maatregelen')} "
        f"{'verandert' if aantal == 1 else 'veranderen'} "
        f"{_telling(aannames, 'aanname', 'aannames')} van het model."
    )
    if delen:
        zin += f" Dat werkt door in: {opsomming(delen)}. In {boek.peiljaar}: {'; '.join(wat)}."
    else:
        zin += f" In {boek.peiljaar} beweegt er niets zichtbaars."
    return zin


def _telling(aantal: int, een: str, meer: str) -> str:
    return f"1 {een}" if aantal == 1 else f"{aantal} {meer}"


def _kaarten(boek: Wetboek, keten: Keten) -> tuple[list[tuple[str, list[Kaart]]], list[Lijn]]:
    """Cards per column, and the arrows between them; columns without cards fall out."""
    register = boek.register
    kolommen: list[list[Kaart]] = [[] for _ in KOPPEN]
    kolommen[0] = [Kaart(f"m:{n}", boek.titel(n)) for n in keten.maatregelen]
    kolommen[0] += [Kaart(f"m:{n}", boek.titel(n), [Regel(NIET)], stil=True) for n in keten.stil]
    kolommen[1] = [
        Kaart(f"a:{p}", register.parameters[p].omschrijving.rstrip("."), _werking(boek, p))
        for p in keten.aannames
    ]
    for deel, bewegingen in keten.delen.items():
        regels = [
            Regel(b.naam, f"{b.richtingteken} {b.cijfer}", b.richtingteken) for b in bewegingen
        ]
        kaart = Kaart(f"d:{deel}", MODULENAAM.get(deel, GELDNAAM), regels, kop=True)
        kolommen[_kolom(deel)].append(kaart)
    gevuld = [(kop, kaarten) for kop, kaarten in zip(KOPPEN, kolommen, strict=True) if kaarten]
    return gevuld, _lijnen(keten)


def _kolom(deel: str) -> int:
    """Column of a part: where a law enters, what follows, and what municipalities notice."""
    if deel in (GELD, "uitvoering"):
        return 4
    return 3 if any(m.naam == deel and m.na for m in MODULES) else 2


def _werking(boek: Wetboek, parameter: str) -> list[Regel]:
    """What the law does to an assumption, one line per change."""
    return [
        Regel(f"{BEWERKING[v.bewerking]} {met_eenheid(v.waarde.midden, v.eenheid)}")
        for _, _, _, v in boek.veranderingen()
        if v.parameter == parameter
    ]


def _lijnen(keten: Keten) -> list[Lijn]:
    lijnen = [Lijn(f"m:{m}", f"a:{p}") for m, lijst in keten.maatregelen.items() for p in lijst]
    lijnen += [
        Lijn(f"a:{p}", f"d:{deel}")
        for p in keten.aannames
        for deel in lezers(p)
        if deel in keten.delen
    ]
    for module in MODULES:
        lijnen += [
            Lijn(f"d:{voor}", f"d:{module.naam}")
            for voor in module.na
            if {voor, module.naam} <= keten.delen.keys()
        ]
    if GELD in keten.delen:
        lijnen += [Lijn(f"d:{d}", f"d:{GELD}") for d in keten.delen if _kolom(d) < _kolom(GELD)]
    return lijnen


def _tabellen(boek: Wetboek, keten: Keten, titel: str) -> Html:
    """The same as the picture: which way every measure goes, and what moves how much."""
    wegen: list[list[object]] = [
        [
            boek.titel(maatregel),
            boek.register.parameters[p].omschrijving,
            opsomming([r.tekst for r in _werking(boek, p)]),
            opsomming([MODULENAAM[d] for d in lezers(p)]) or "nergens",
        ]
        for maatregel, lijst in keten.maatregelen.items()
        for p in lijst
    ]
    wegen += [[boek.titel(n), "niets", NIET, "nergens"] for n in keten.stil]
    koppen = [Kolom("Maatregel"), Kolom("Aanname"), Kolom("Wat ermee gebeurt"), Kolom("Begint bij")]
    eerste = tabel(f"{titel}: van maatregel naar model", koppen, wegen)
    bewegingen: list[list[object]] = [
        [b.naam, MODULENAAM.get(deel, GELDNAAM), b.effect.band.eenheid, _cel(b.effect)]
        for deel, lijst in keten.delen.items()
        for b in lijst
    ]
    if not bewegingen:
        return eerste
    koppen = [
        Kolom("Wat"),
        Kolom("Deel"),
        Kolom("Eenheid"),
        Kolom(f"Verschil {boek.peiljaar}", True),
    ]
    return samen(eerste, tabel(f"{titel}: wat er beweegt", koppen, bewegingen))


def _cel(effect: Effect) -> Html:
    band: Band = effect.band
    return verschilcel(band, effect.onzeker)
