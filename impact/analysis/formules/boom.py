"""The tree of one figure: values, formulas and leaves, each one checked when it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from impact.analysis.formules.basis import Formule
from impact.analysis.formules.bladen import EENHEDEN_BLAD, Middenrun, blad, vraag_naar
from impact.analysis.formules.herkomst import Herkomst
from impact.analysis.formules.rekenaar import (
    FormuleKloptNiet,
    Rekenaar,
    bijna,
    formule_van,
    is_blad,
)
from impact.analysis.formules.stappen import Bouwsteen, Vraag, hoofdletter, leesbaar, stappen
from impact.analysis.formules.taal import Deel, Moment, delen_van, ontleed, reken
from impact.model.reeksen import Reeks

NEDERLAND = "NL"
GROOTSTE_GEMEENTEN = 5
"""Municipalities that are shown one by one in a national sum."""
TELLING = "gemeenten"
"""Unit of a count of municipalities: of the country it can only be the sum."""
OPTELBAAR = frozenset(
    {"personen", "personen per halfjaar", "huishoudens", "zaken", "woningen", "plaatsen"}
    | {"uur", "fte", "euro per halfjaar", "plaatsen per halfjaar", "woningen per halfjaar"}
    | {TELLING}
)
"""Units of which municipal values can be added up."""
VERDEELSLEUTELS = frozenset(
    {"aandeel_inwoners", "inwoners_begin", "arbeidsmarkt_gewogen", "gewicht_opgave"}
    | {"g.aandeel_spreidingswet", "g.aandeel_opvang_regulier", "g.aandeel_opvang_nood"}
    | {"g.aandeel_gehuisvest", "g.aandeel_wachtlijst", "g.aandeel_oekraine"}
)
"""Shares of one whole, which can be added up too."""
START = Moment(0)
HIERBOVEN, DIEPER, GELIJK = "hierboven", "dieper", "gelijk"


class NietOptelbaar(ValueError):
    """Values of municipalities that differ and cannot be added up, such as shares."""


@dataclass(frozen=True)
class Knoop:
    """One figure in an explanation.

    Attributes
    ----------
    deel : the part of the formula above that this is
    soort : formule, som, rest, parameter, aanname, maatregel, gemeentecijfer, historie or ijking
    titel, uitleg, eenheid : what it is
    gemeente, periode : where (``NL`` is the country) and when
    waarde : value in the middle draw
    referentie : value in the reference; None when there is none, or when nothing is compared
    rekenregel, moment : formula in the language of `taal`; empty for a leaf
    regel, grondslag : function of the model, and article of law
    herkomst : source of a leaf
    kinderen : parts; a part of a sum over groups that is zero is left out
    vervolg : why a formula is not worked out: ``hierboven`` when that was done earlier in the
        tree, ``gelijk`` when it does not differ from the reference, ``dieper`` when cut off here
    """

    deel: Deel
    soort: str
    titel: str
    uitleg: str
    eenheid: str
    gemeente: str
    periode: str
    waarde: float
    referentie: float | None = None
    rekenregel: str = ""
    moment: Moment = START
    regel: str = ""
    grondslag: str = ""
    herkomst: Herkomst | None = None
    kinderen: tuple[Knoop, ...] = ()
    vervolg: str = ""

    @property
    def verschil(self) -> float:
        """Difference with the reference; the value itself when the reference does not have it."""
        return self.waarde - (self.referentie or 0.0)

    @property
    def verschilt(self) -> bool:
        """Whether this is not the figure of the reference."""
        return self.referentie is None or not bijna(self.waarde, self.referentie)

    def alle(self, diepte: int = 0, nummer: str = "1") -> Iterator[tuple[int, str, Knoop]]:
        """Walk through the figure and all below it, with depth and number (1.2.1)."""
        yield diepte, nummer, self
        for plaats, kind in enumerate(self.kinderen, start=1):
            yield from kind.alle(diepte + 1, f"{nummer}.{plaats}")


def herbereken(knoop: Knoop) -> float:
    """Value of a figure from the values of its parts alone; a part that is not there is zero."""
    if knoop.soort == "som":
        return float(sum(kind.waarde for kind in knoop.kinderen))
    waarden = {kind.deel: np.array([kind.waarde]) for kind in knoop.kinderen}
    uitkomst = reken(
        ontleed(knoop.rekenregel), knoop.moment, lambda deel: waarden.get(deel, np.zeros(1))
    )
    return float(uitkomst[0])


def eenheid_van(run: Middenrun, naam: str) -> str:
    """Unit of a part."""
    if not is_blad(naam):
        return formule_van(naam).eenheid
    if naam in EENHEDEN_BLAD:
        return EENHEDEN_BLAD[naam]
    return run.register.parameters[_parameter(naam)].eenheid


def _parameter(naam: str) -> str:
    kaal = naam.partition(".")[2]
    return "geldigheidsduur_vergunning" if kaal == "termijn_verleden" else kaal


def getal(run: Middenrun, rekenaar: Rekenaar, deel: Deel, plek: int | None) -> float:
    """Value of a part in a municipality, or in the country when ``plek`` is None.

    Raises
    ------
    NietOptelbaar
        There is no national value.
    """
    waarden = rekenaar(deel)
    if len(waarden) == 1 or plek is not None:
        return float(waarden[0 if len(waarden) == 1 else plek or 0])
    if deel.naam in VERDEELSLEUTELS or eenheid_van(run, deel.naam) in OPTELBAAR:
        return float(waarden.sum())
    if bijna(waarden, waarden[0]):
        return float(waarden[0])
    raise NietOptelbaar(deel.naam)


@dataclass
class Bouwer:
    """Builds the tree of a figure, and of its reference beside it.

    Attributes
    ----------
    eigen : middle draw of the scenario
    basis : that of its reference; None when nothing is compared
    """

    eigen: Middenrun
    basis: Middenrun | None = None
    _uitgelegd: set[tuple[Deel, int | None]] = field(default_factory=set)

    def boom(self, deel: Deel, plek: int | None, diep: int) -> Knoop:
        """Explain a figure, ``diep`` levels deep.

        Raises
        ------
        FormuleKloptNiet
            The parts do not give the value.
        """
        zelf, plek = self._plek(deel, plek)
        return self._uitgewerkt(self._kop(deel, zelf, plek), zelf, plek, diep)

    def _knoop(self, deel: Deel, plek: int | None, diep: int) -> Knoop:
        """Explain one part, as far as that adds something."""
        zelf, plek = self._plek(deel, plek)
        if is_blad(deel.naam):
            return self._blad(deel, zelf, plek, diep)
        kop = self._kop(deel, zelf, plek)
        if (zelf, plek) in self._uitgelegd:
            return replace(kop, vervolg=HIERBOVEN)
        if self.basis is not None and not kop.verschilt:
            return replace(kop, vervolg=GELIJK)
        if diep <= 0 or kop.waarde == 0.0 == kop.verschil:
            return replace(kop, vervolg=DIEPER)
        return self._uitgewerkt(kop, zelf, plek, diep)

    def _plek(self, deel: Deel, plek: int | None) -> tuple[Deel, int | None]:
        """Return the part on its own, and its place: none for a national figure."""
        zelf = Deel(deel.naam, deel.t, deel.k)
        return zelf, None if deel.landelijk or len(self.eigen.reken(zelf)) == 1 else plek

    def _uitgewerkt(self, kop: Knoop, zelf: Deel, plek: int | None, diep: int) -> Knoop:
        self._uitgelegd.add((zelf, plek))
        delen = self._delen(zelf, plek)
        if delen is None:
            return self._som(kop, zelf, diep)
        regel = self.eigen.reken.rekenregel(zelf)
        kinderen = self._kinderen(delen, plek, diep - 1)
        return self._gecontroleerd(replace(kop, rekenregel=regel, kinderen=kinderen))

    def _kinderen(self, delen: list[Deel], plek: int | None, diep: int) -> tuple[Knoop, ...]:
        """Explain parts; of parts that are made alike (groups, half-years) only the largest."""
        grootste: dict[str, Deel] = {}
        for deel in delen:
            vorige = grootste.get(deel.naam, deel)
            if self._grootte(deel, plek) >= self._grootte(vorige, plek):
                grootste[deel.naam] = deel
        return tuple(
            self._knoop(deel, plek, diep if grootste[deel.naam] is deel else 0) for deel in delen
        )

    def _grootte(self, deel: Deel, plek: int | None) -> float:
        zelf, plek = self._plek(deel, plek)
        waarde = self._getal(self.eigen, zelf, plek)
        return abs(waarde - (self._getal(self.basis, zelf, plek) if self.basis else 0.0))

    def _kop(self, deel: Deel, zelf: Deel, plek: int | None) -> Knoop:
        formule = formule_van(deel.naam)
        return Knoop(
            deel=deel,
            soort="formule",
            titel=self._titel(formule, zelf),
            uitleg=formule.uitleg,
            eenheid=formule.eenheid,
            gemeente=self.eigen.gemeente(plek) or NEDERLAND,
            periode=str(self.eigen.halfjaar(zelf.t)),
            waarde=self._getal(self.eigen, zelf, plek),
            referentie=None if self.basis is None else self._getal(self.basis, zelf, plek),
            moment=Moment(zelf.t, zelf.k),
            regel=formule.regel,
            grondslag=formule.grondslag,
        )

    def _titel(self, formule: Formule, deel: Deel) -> str:
        if deel.k is None:
            return formule.titel
        return formule.titel.format(groep=self.eigen.halfjaar(deel.t - deel.k))

    def _getal(self, run: Middenrun, deel: Deel, plek: int | None) -> float:
        return getal(run, run.reken, deel, plek)

    def _delen(self, deel: Deel, plek: int | None) -> list[Deel] | None:
        """Parts of a formula; None when it holds in municipalities but not in their sum.

        A part of a sum over groups that is zero in every run is left out.
        """
        if plek is None and formule_van(deel.naam).eenheid == TELLING:
            return None
        gevonden: dict[Deel, bool] = {}
        for run in (self.eigen, self.basis):
            if run is None:
                continue
            delen = self._gebruikt(run, deel, plek)
            if delen is None:
                return None
            for kind, waarde in delen.items():
                los = kind.k is None or deel.k is not None
                gevonden[kind] = gevonden.get(kind, False) or los or waarde != 0.0
        over = [kind for kind, telt in gevonden.items() if telt]
        return over or list(gevonden)[:1]

    def _gebruikt(
        self, run: Middenrun, deel: Deel, plek: int | None
    ) -> Mapping[Deel, float] | None:
        uitdrukking = ontleed(run.reken.rekenregel(deel))
        moment = Moment(deel.t, deel.k)

        def haal(kind: Deel) -> Reeks:
            return np.array([self._getal(run, kind, None if kind.landelijk else plek)])

        try:
            delen = delen_van(uitdrukking, moment, haal)
            uitkomst = reken(uitdrukking, moment, haal)
        except NietOptelbaar:
            return None
        if not bijna(uitkomst, self._getal(run, deel, plek)):
            return None
        return {kind: float(waarde[0]) for kind, waarde in delen.items()}

    def _som(self, kop: Knoop, deel: Deel, diep: int) -> Knoop:
        """National sum of a formula that holds per municipality: the largest, and the rest."""
        if kop.gemeente != NEDERLAND:
            raise FormuleKloptNiet(
                f"{kop.titel} ({kop.gemeente}, {kop.periode}): de delen geven een ander getal dan "
                "het model"
            )
        waarden = self.eigen.reken(deel)
        telt = waarden if self.basis is None else waarden - self.basis.reken(deel)
        volgorde = np.argsort(-np.abs(telt), kind="stable")[:GROOTSTE_GEMEENTEN]
        namen = self.eigen.register.gemeenten["gemeentenaam"]
        kinderen = [
            replace(
                self._knoop(deel, int(plek), 0 if nummer else diep - 1),
                titel=str(namen.iloc[int(plek)]),
            )
            for nummer, plek in enumerate(volgorde)
        ]
        over = len(waarden) - len(kinderen)
        basis = sum(kind.referentie or 0.0 for kind in kinderen)
        rest = replace(
            kop,
            deel=Deel("rest", deel.t),
            soort="rest",
            titel=f"{over} andere gemeenten samen",
            uitleg="Kies een gemeente om haar cijfer te verklaren.",
            regel="",
            grondslag="",
            waarde=kop.waarde - sum(kind.waarde for kind in kinderen),
            referentie=None if kop.referentie is None else kop.referentie - basis,
        )
        uitleg = f"Som van alle gemeenten. {kop.uitleg}"
        return self._gecontroleerd(
            replace(kop, soort="som", uitleg=uitleg, kinderen=(*kinderen, rest))
        )

    def _gecontroleerd(self, knoop: Knoop) -> Knoop:
        if not bijna(herbereken(knoop), knoop.waarde):
            raise FormuleKloptNiet(
                f"{knoop.titel} ({knoop.gemeente}, {knoop.periode}): de delen geven "
                f"{herbereken(knoop):.6g}, het model {knoop.waarde:.6g}"
            )
        return knoop

    def _blad(self, deel: Deel, zelf: Deel, plek: int | None, diep: int) -> Knoop:
        basis = self.basis
        leeg = Knoop(
            deel=deel,
            soort="parameter",
            titel="",
            uitleg="",
            eenheid=eenheid_van(self.eigen, deel.naam),
            gemeente=self.eigen.gemeente(plek) or NEDERLAND,
            periode=str(self.eigen.halfjaar(zelf.t)),
            waarde=self._getal(self.eigen, zelf, plek),
            referentie=None if basis is None else self._getal(basis, zelf, plek),
        )
        vraag = vraag_naar(self.eigen, zelf, plek)
        if vraag is None:
            gevonden = blad(self.eigen, zelf, plek)
            return replace(
                leeg,
                soort=gevonden.soort,
                titel=gevonden.titel,
                uitleg=gevonden.uitleg,
                herkomst=gevonden.herkomst,
            )
        inhoud = self.eigen.register.parameters[vraag.naam]
        kop = replace(leeg, titel=hoofdletter(leesbaar(vraag.naam)), uitleg=inhoud.omschrijving)
        if (zelf, plek) in self._uitgelegd:
            return replace(kop, vervolg=HIERBOVEN)
        if plek is None and len(self.eigen.reken(zelf)) > 1:
            return self._som(kop, zelf, diep) if diep > 0 else replace(kop, vervolg=DIEPER)
        knoop = self._gecontroleerd(self._parameter(kop, vraag))
        if knoop.kinderen:
            self._uitgelegd.add((zelf, plek))
        return knoop

    def _parameter(self, kop: Knoop, vraag: Vraag) -> Knoop:
        """Add to a parameter its assumption, measures and price level, or only its source."""
        gevonden = stappen(vraag)
        basis: set[str] = set()
        if self.basis is not None:
            vorige = replace(
                vraag,
                scenario=vraag.scenario and self.basis.scenario,
                context_van=vraag.context_van and self.basis.context_van,
            )
            basis = {steen.herkomst.plek + steen.titel for steen in stappen(vorige).bouwstenen}
        if len(gevonden.bouwstenen) == 1:
            steen = gevonden.bouwstenen[0]
            return replace(
                kop,
                herkomst=steen.herkomst,
                uitleg=steen.uitleg,
                rekenregel=repr(steen.waarde),
            )
        kinderen = tuple(
            self._bouwsteen(kop, steen, steen.herkomst.plek + steen.titel in basis)
            for steen in gevonden.bouwstenen
        )
        return replace(kop, rekenregel=gevonden.rekenregel, kinderen=kinderen)

    def _bouwsteen(self, kop: Knoop, steen: Bouwsteen, ook_in_basis: bool) -> Knoop:
        return replace(
            kop,
            deel=Deel(steen.naam, kop.moment.t),
            soort=steen.soort,
            titel=steen.titel,
            uitleg=steen.uitleg,
            eenheid=steen.eenheid,
            waarde=steen.waarde,
            referentie=steen.waarde if ook_in_basis else None,
            herkomst=steen.herkomst,
        )
