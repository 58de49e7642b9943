"""Read a filled form back: every problem with its cell, what was found, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from impact.inwinnen.antwoorden import FoutAntwoord, lees_datum, lees_getal, lees_tekst
from impact.inwinnen.vorm import (
    BLAD,
    CEL_AFZENDER,
    CEL_GEMEENTE,
    CEL_INGEVULD,
    CEL_SLEUTEL,
    CEL_VERSIE,
    EERSTE_RIJ,
    HERKOMSTEN,
    INVUL,
    KOLOMMEN,
    LAATSTE_RIJ,
    SCHATTING,
    VAST,
    VERSIE,
    Regel,
    Vorm,
    cel,
    sleutel_van,
)
from impact.inwinnen.werkmap import Cel, Onleesbaar, Werkblad, lees_werkblad
from impact.registry.eigenmodellen import Eigencijfer, Eigenopgave, naam_bron
from impact.registry.problemen import bedoelde
from impact.reporting.getallen import onafgerond
from impact.reporting.opmaak import veilig

PLEK = re.compile(r"([A-Z]+)(\d+)")
CODE = re.compile(r"GM\d{4}", re.IGNORECASE)
NIEUW_FORMULIER = "vraag een nieuw formulier (impact formulier)"
T = TypeVar("T")


@dataclass(frozen=True)
class Fout:
    """One thing that is wrong with a form."""

    bestand: str
    plek: str
    tekst: str

    @property
    def volgorde(self) -> tuple[str, int, str, str]:
        """File, then row, then column."""
        kolom, rij = PLEK.fullmatch(self.plek or "A0").groups()  # type: ignore[union-attr]
        return self.bestand, int(rij), kolom, self.tekst

    def __str__(self) -> str:
        """File, sheet and cell, and the text."""
        waar = f", blad '{BLAD}', cel {self.plek}" if self.plek else ""
        return f"{self.bestand}{waar}: {self.tekst}"


@dataclass
class Gelezen:
    """What one file gave.

    Attributes
    ----------
    opgave : None when anything is wrong
    fouten : all problems
    meldingen : what a reader should know, and is no problem
    """

    bestand: str
    opgave: Eigenopgave | None = None
    fouten: list[Fout] = field(default_factory=list)
    meldingen: list[str] = field(default_factory=list)

    def fout(self, plek: str, tekst: str) -> None:
        """Add a problem."""
        self.fouten.append(Fout(self.bestand, plek, tekst))

    def heeft(self, plek: str) -> bool:
        """Whether a cell has a problem already."""
        return any(fout.plek == plek for fout in self.fouten)


def lees_formulier(pad: Path, vormen: Mapping[str, Vorm], vandaag: date) -> Gelezen:
    """Read one filled form.

    Parameters
    ----------
    vormen : empty form of every municipality as it would be made now
    vandaag : a form cannot be filled in later than this
    """
    uit = Gelezen(veilig(pad.name))
    try:
        vel = lees_werkblad(pad, BLAD, LAATSTE_RIJ, len(KOLOMMEN))
    except Onleesbaar as fout:
        uit.fout("", str(fout))
        return uit
    vorm = _herken(vel, pad, vormen, uit)
    if vorm is None:
        return uit
    _samengevoegd(vel, uit)
    _vaste_cellen(vel, vorm, uit)
    cijfers = _Regels(vel, vorm, uit).lees()
    afzender, ingevuld = _afzender(vel, vandaag, uit)
    if not cijfers and not uit.fouten:
        uit.fout("", "er is geen cijfer ingevuld; vul ten minste een gele cel in")
    if not uit.fouten and afzender is not None and ingevuld is not None:
        uit.opgave = Eigenopgave(
            gemeente=vorm.code,
            afzender=afzender,
            ingevuld=ingevuld,
            formulier=f"{VERSIE}-{vel[CEL_SLEUTEL].value}",
            cijfers=cijfers,
        )
    return uit


def _herken(vel: Werkblad, pad: Path, vormen: Mapping[str, Vorm], uit: Gelezen) -> Vorm | None:
    """Form that this is: version and municipality must be known."""
    versie, code = vel[CEL_VERSIE].value, vel[CEL_GEMEENTE].value
    if str(versie) != str(VERSIE):
        gevonden = veilig(versie)[:20] if versie is not None else "niets"
        hulp = f"deze werkbank leest versie {VERSIE}; {NIEUW_FORMULIER}"
        uit.fout(CEL_VERSIE, f"versie van het formulier is '{gevonden}'; {hulp}")
        return None
    if code not in vormen:
        gevonden = veilig(code)[:20] if code is not None else "niets"
        hulp = bedoelde(gevonden, vormen) or "gebruik het formulier van de gemeente zelf"
        uit.fout(CEL_GEMEENTE, f"'{gevonden}' is geen gemeentecode; {hulp}")
        return None
    genoemd = {c.upper() for c in CODE.findall(pad.stem)} - {str(code)}
    if genoemd:
        ander = ", ".join(sorted(genoemd))
        uit.fout(CEL_GEMEENTE, f"het formulier is van {code}, maar de bestandsnaam noemt {ander}")
    return vormen[str(code)]


def _samengevoegd(vel: Werkblad, uit: Gelezen) -> None:
    """Merged cells hide answers."""
    for bereik in vel.samengevoegd:
        uit.fout(bereik.partition(":")[0], f"samengevoegde cellen ({bereik}); splits ze weer")


def _vaste_cellen(vel: Werkblad, vorm: Vorm, uit: Gelezen) -> None:
    """Fixed cells must be as they were sent; our own figures may have changed since."""
    regels, rij = [], EERSTE_RIJ
    while rij <= LAATSTE_RIJ and vel[cel("naam", rij)].value not in (None, ""):
        regels.append([vel[cel(kolom, rij)].value for kolom in VAST])
        rij += 1
    sleutel = vel[CEL_SLEUTEL].value
    if sleutel == sleutel_van(vorm.code, regels):
        if sleutel != vorm.sleutel:
            uit.meldingen.append(
                f"{uit.bestand}: onze cijfers of vragen zijn veranderd sinds dit formulier"
            )
        return
    for nummer, regel in enumerate(vorm.regels[: len(regels)]):
        for kolom, was, waarde in zip(VAST, regel.vast, regels[nummer], strict=True):
            if sleutel_van("", [[was]]) != sleutel_van("", [[waarde]]):
                gevonden = "niets" if waarde is None else veilig(waarde)[:40]
                plek = cel(kolom, EERSTE_RIJ + nummer)
                uit.fout(plek, f"vaste cel is veranderd in '{gevonden}'; hier stond '{was}'")
    if not uit.fouten:
        uit.fout(CEL_SLEUTEL, f"de vaste cellen zijn veranderd; {NIEUW_FORMULIER}")


def _afzender(vel: Werkblad, vandaag: date, uit: Gelezen) -> tuple[str | None, date | None]:
    """Who filled it in, and when."""
    afzender = probeer(uit, CEL_AFZENDER, vel[CEL_AFZENDER], lees_tekst)
    ingevuld = probeer(uit, CEL_INGEVULD, vel[CEL_INGEVULD], lees_datum)
    if afzender is None and not uit.heeft(CEL_AFZENDER):
        uit.fout(CEL_AFZENDER, "is leeg; vul uw afdeling of functie in")
    if ingevuld is None and not uit.heeft(CEL_INGEVULD):
        uit.fout(CEL_INGEVULD, "is leeg; vul de datum in, zoals 31-01-2026")
    if ingevuld is not None and ingevuld > vandaag:
        uit.fout(CEL_INGEVULD, f"{ingevuld:%d-%m-%Y} ligt na vandaag ({vandaag:%d-%m-%Y})")
    return afzender, ingevuld


def probeer(uit: Gelezen, plek: str, inhoud: Cel, lees: Callable[[Cel], T]) -> T | None:
    """Read a cell; a problem is noted and gives nothing."""
    try:
        return lees(inhoud)
    except FoutAntwoord as fout:
        uit.fout(plek, str(fout))
        return None


class _Regels:
    """Reads the lines with answers of one form."""

    def __init__(self, vel: Werkblad, vorm: Vorm, uit: Gelezen) -> None:
        self.vel, self.vorm, self.uit = vel, vorm, uit

    def lees(self) -> dict[str, Eigencijfer]:
        """Figures that were filled in, by question."""
        per_naam = {regel.naam: regel for regel in self.vorm.regels}
        gevonden: dict[str, Eigencijfer] = {}
        for rij in range(EERSTE_RIJ, LAATSTE_RIJ + 1):
            naam = self.vel[cel("naam", rij)].value
            leeg = all(self._cel(kolom, rij).value in (None, "") for kolom in INVUL)
            if leeg:
                continue
            if naam not in per_naam:
                self.uit.fout(cel("midden", rij), "hier staat geen vraag; haal dit weg")
            elif naam in gevonden:
                self.uit.fout(cel("naam", rij), f"vraag '{naam}' staat er twee keer")
            else:
                cijfer = self._regel(per_naam[str(naam)], rij)
                if cijfer is not None:
                    gevonden[str(naam)] = cijfer
        return gevonden

    def _cel(self, kolom: str, rij: int) -> Cel:
        return self.vel[cel(kolom, rij)]

    def _regel(self, regel: Regel, rij: int) -> Eigencijfer | None:
        """Read one line; None when anything is wrong with it."""
        eerder = len(self.uit.fouten)
        getallen = {k: self._getal(regel, k, rij) for k in ("midden", "laag", "hoog")}
        dag = self._dag(regel, rij)
        herkomst, opmerking = (
            probeer(self.uit, cel(kolom, rij), self._cel(kolom, rij), lees_tekst)
            for kolom in ("herkomst", "opmerking")
        )
        self._volledig(rij, getallen["midden"], dag, herkomst)
        if not any(self.uit.heeft(cel(kolom, rij)) for kolom in ("midden", "laag", "hoog")):
            self._marge(rij, getallen, herkomst)
            self._plausibel(regel, rij, getallen["midden"], opmerking)
        midden = getallen["midden"]
        if len(self.uit.fouten) > eerder or midden is None or dag is None or herkomst is None:
            return None
        los = getallen["laag"] is None or getallen["laag"] == getallen["hoog"]
        return Eigencijfer(
            midden=midden,
            laag=None if los else getallen["laag"],
            hoog=None if los else getallen["hoog"],
            verdeling="vast" if los else "driehoek",
            bron=naam_bron(self.vorm.code),
            vindplaats=herkomst,
            kwaliteit="rood" if herkomst == SCHATTING else "oranje",
            eenheid=regel.vraag.eenheid,
            datum=dag,
            opmerking=opmerking,
        )

    def _dag(self, regel: Regel, rij: int) -> date | None:
        """Date of a figure, between the days that its question allows."""
        plek = cel("datum", rij)
        dag = probeer(self.uit, plek, self._cel("datum", rij), lees_datum)
        van, tot = regel.vraag.vanaf, regel.vraag.tot
        if dag is not None and not van <= dag <= tot:
            mag = f"van {van:%d-%m-%Y} tot en met {tot:%d-%m-%Y}"
            self.uit.fout(plek, f"{dag:%d-%m-%Y} kan niet; het cijfer geldt {mag}")
        return dag

    def _getal(self, regel: Regel, kolom: str, rij: int) -> float | None:
        """Number in a cell, within what has a meaning."""
        procent = regel.vraag.eenheid == "aandeel"
        plek = cel(kolom, rij)
        getal = probeer(self.uit, plek, self._cel(kolom, rij), lambda c: lees_getal(c, procent))
        if getal is None:
            return None
        laagste, hoogste = regel.vraag.grenzen
        if not laagste <= getal <= hoogste:
            mag = "van 0% tot 100%" if hoogste == 1 else "0 of meer"
            self.uit.fout(plek, f"{onafgerond(getal)} kan niet; het moet {mag} zijn")
        elif regel.vraag.heel and getal != int(getal):
            self.uit.fout(
                plek, f"{onafgerond(getal)} {regel.eenheid} kan niet; vul een heel getal in"
            )
        return getal

    def _plausibel(
        self, regel: Regel, rij: int, midden: float | None, opmerking: str | None
    ) -> None:
        """A figure far from ours has a remark."""
        laagste, hoogste = regel.zonder_uitleg
        waarom = cel("opmerking", rij)
        if midden is None or opmerking is not None or self.uit.heeft(waarom):
            return
        if laagste <= midden <= hoogste:
            return
        self.uit.fout(
            cel("midden", rij),
            f"{_toon(midden, regel)} wijkt sterk af van ons cijfer ({_toon(regel.midden, regel)}); "
            f"zonder uitleg mag het van {_toon(laagste, regel)} tot {_toon(hoogste, regel)}. "
            f"Klopt het? Schrijf in cel {waarom} waarom",
        )

    def _volledig(
        self, rij: int, midden: float | None, dag: date | None, herkomst: str | None
    ) -> None:
        """A figure has a date and an origin, and the reverse."""
        keuzes = ", ".join(HERKOMSTEN)
        ontbreekt = {
            "midden": (midden, "is leeg, maar de rest van de regel is ingevuld"),
            "datum": (dag, "is leeg; vul de datum in waarop uw cijfer geldt"),
            "herkomst": (herkomst, f"is leeg; kies uit: {keuzes}"),
        }
        for kolom, (waarde, tekst) in ontbreekt.items():
            if waarde is None and not self.uit.heeft(cel(kolom, rij)):
                self.uit.fout(cel(kolom, rij), tekst)
        if herkomst is not None and herkomst not in HERKOMSTEN:
            tekst = f"'{herkomst[:40]}' staat niet in de lijst; kies uit: {keuzes}"
            self.uit.fout(cel("herkomst", rij), tekst)

    def _marge(self, rij: int, getallen: Mapping[str, float | None], herkomst: str | None) -> None:
        """Lowest and highest go together, around the figure; an estimate needs them."""
        midden, laag, hoog = (getallen[k] for k in ("midden", "laag", "hoog"))
        if (laag is None) != (hoog is None):
            leeg = cel("laag" if laag is None else "hoog", rij)
            self.uit.fout(leeg, "is leeg; vul het laagste en het hoogste allebei in, of geen")
        elif laag is None and herkomst == SCHATTING:
            self.uit.fout(
                cel("laag", rij), "is leeg; een schatting heeft een laagste en een hoogste"
            )
        elif laag is not None and hoog is not None and midden is not None:
            if not laag <= midden <= hoog:
                volgorde = " - ".join(onafgerond(g) for g in (laag, midden, hoog))
                tekst = f"laagste, cijfer en hoogste ({volgorde}) staan niet in volgorde"
                self.uit.fout(cel("laag", rij), tekst)
            elif laag == hoog and herkomst == SCHATTING:
                self.uit.fout(
                    cel("hoog", rij), "is gelijk aan het laagste; een schatting heeft marge"
                )


def _toon(getal: float, regel: Regel) -> str:
    """Number as it stands on the form."""
    if regel.vraag.eenheid == "aandeel":
        return f"{onafgerond(round(100 * getal, 1))}%"
    return onafgerond(round(getal, 0 if regel.vraag.heel else 1))
