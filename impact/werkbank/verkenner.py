"""The explorer: a widget that shows at once what a choice does to 342 municipalities.

The browser sends what was moved; the answer is a small message with new data for charts that stay
where they are. The middle draw is computed at once. All draws follow in short steps, and a newer
choice ends the steps of an older one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from impact.analysis.opslag import Instelling
from impact.analysis.waarden import Botsing, GeenEffect
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import OnbekendScenario, Register, laad_register
from impact.registry.modellen import Scenario
from impact.registry.periode import GeenHalfjaar
from impact.registry.plaats import vind_map
from impact.registry.problemen import RegisterFout
from impact.reporting.getallen import geheel
from impact.werkbank import keuze as kz
from impact.werkbank.aanname import buiten_marge, veranderd_door
from impact.werkbank.beeld import Kader, beeld, nodig
from impact.werkbank.bronregel import bronregel
from impact.werkbank.cijfers import Gebied, zoek_gebied
from impact.werkbank.grafieken import KLEUREN, vega_bundel
from impact.werkbank.handelingen import Handeling, doe
from impact.werkbank.herlezen import (
    EERST_LEZEN,
    NIET_GELEZEN,
    TUSSENDOOR,
    Bestandswacht,
    HerleesFout,
    stempels,
    verhuis,
)
from impact.werkbank.opbouw import gebiedsnaam, opbouw
from impact.werkbank.opslaan import OpslaanFout, bewaar, met_sterkte
from impact.werkbank.paneel import Paneel
from impact.werkbank.rapportproces import VERKENMAP, Rapportage, RapportFout
from impact.werkbank.rekenaar import Rekenaar
from impact.werkbank.verdeling import stapelbericht, verdeel

TREKKINGEN = 50
RUST = 0.12
"""Seconds without a new choice before all draws are computed."""
ADEM = 0.002
"""Seconds in which the kernel hears other messages between two steps."""
FOUTEN = (
    kz.KeuzeFout,
    OpslaanFout,
    OnbekendScenario,
    GeenHalfjaar,
    GeenEffect,
    Botsing,
    RegisterFout,
    RapportFout,
    HerleesFout,
)
"""Mistakes whose text is for the analyst."""


class Verkenner:
    """Explore scenarios.

    Parameters
    ----------
    scenario : scenario to begin with
    trekkingen : draws for the bands
    register : parameters; those of the project by default

    Attributes
    ----------
    geschiedenis : choices so far
    rekenaar : the model
    """

    def __init__(
        self,
        scenario: str = "verbod_voorrang",
        trekkingen: int = TREKKINGEN,
        register: Register | None = None,
    ) -> None:
        self.bestanden = Bestandswacht(vind_map(register.map if register else None))
        register = register or laad_register(self.bestanden.map, parameters_model=PARAMETEREENHEDEN)
        self._gelezen = register
        self.rekenaar = Rekenaar(register, Instelling(trekkingen=trekkingen))
        begin = kz.begin_met(register, scenario)
        self.geschiedenis = kz.Geschiedenis(kz.Keuze(begin, begin))
        self.rapportage = Rapportage()
        self._gebieden: dict[tuple[str, str], Gebied] = {}
        self._taak: asyncio.Task[None] | None = None
        self._rapporttaak: asyncio.Task[None] | None = None
        self._nummer = 0
        self.paneel = Paneel()
        self.paneel.on_msg(self._ontvang)

    @property
    def register(self) -> Register:
        """The parameters."""
        return self.rekenaar.register

    @property
    def keuze(self) -> kz.Keuze:
        """What is chosen now."""
        return self.geschiedenis.nu

    def toon(self) -> Paneel:
        """Widget to show in a notebook."""
        return self.paneel

    def doe(self, *handelingen: Mapping[str, object], beweging: str = "") -> dict[str, Any]:
        """Do what the analyst did, and return what is shown for the middle draw.

        Raises
        ------
        KeuzeFout and other FOUTEN
            It cannot be done; the choice stays as it was.
        """
        nieuw = self.keuze
        for handeling in handelingen:
            nieuw = doe(self.register, self.rekenaar.perioden[0], nieuw, handeling)
        gemaakt = self._beeld(nieuw, met_band=False)
        self.geschiedenis.ga_naar(nieuw, beweging)
        return gemaakt

    def met_banden(self) -> dict[str, Any]:
        """What is shown for all draws; computed now."""
        return self._beeld(self.keuze, met_band=True)

    def bewaar(
        self, naam: str, titel: str, toelichting: str, kant: str = "a", vervang: bool = False
    ) -> Path:
        """Save a side as a scenario file; afterwards it is a scenario as any other.

        Raises
        ------
        OpslaanFout, RegisterFout, GeenEffect
            Nothing was written.
        """
        if self.bestanden.kijk():
            raise OpslaanFout(f"{EERST_LEZEN} geschreven.")
        if not titel.strip() or not toelichting.strip():
            raise OpslaanFout("geef een titel en een toelichting; er is niets geschreven.")
        scenario = self.keuze.kant(kant)
        uitleg = met_sterkte(self.register, scenario, " ".join(toelichting.split()))
        woorden = {"titel": titel.strip(), "toelichting": uitleg}
        scenario = scenario.model_copy(update=woorden)
        pad = bewaar(self.register, scenario, naam, vervang)
        self.bestanden.neem_eigen(pad)
        scenarios = {**self.register.scenarios, naam: scenario}
        self.rekenaar.vernieuw(self.register.met_scenarios(scenarios))
        self.geschiedenis.ga_naar(self.keuze.met(kant, scenario))
        return pad

    def herlees(self) -> dict[str, Any]:
        """Read the parameters again and keep the choices; returns what is shown.

        Raises
        ------
        RegisterFout, HerleesFout and other FOUTEN
            The parameters are wrong, or the choices do not fit: all problems. Nothing changed.
        """
        self.bestanden.kijk()
        gelezen = stempels(self.register.map)
        register = laad_register(self.register.map, parameters_model=PARAMETEREENHEDEN)
        rekenaar = Rekenaar(register, self.rekenaar.opdracht.instelling)
        geschiedenis = verhuis(self.register, register, self.geschiedenis, rekenaar.perioden[0])
        oud = self.rekenaar, self.geschiedenis, self._gebieden
        self.rekenaar, self.geschiedenis, self._gebieden = rekenaar, geschiedenis, {}
        try:
            gemaakt = self._beeld(self.keuze, met_band=False)
        except BaseException:
            self.rekenaar, self.geschiedenis, self._gebieden = oud
            raise
        self._gelezen = register
        self.bestanden.neem(gelezen)
        return gemaakt

    def _kader(self, keuze: kz.Keuze) -> Kader:
        plek = (keuze.kijk.niveau, keuze.kijk.groep)
        if plek not in self._gebieden:
            self._gebieden[plek] = zoek_gebied(self.register, keuze.kijk)
        return Kader(self.register, self.rekenaar.perioden, keuze.kijk, self._gebieden[plek])

    def _beeld(self, keuze: kz.Keuze, met_band: bool) -> dict[str, Any]:
        kader, sleutels = self._kader(keuze), nodig(keuze.kijk)
        uitslagen = {}
        for naam in keuze.getoond:
            scenario = keuze.kant(naam)
            met, zonder = (
                self.rekenaar.uitsnede(scenario, sleutels, m)
                if met_band
                else self.rekenaar.midden(scenario, m)
                for m in (True, False)
            )
            uitslagen[naam] = kader.uitslag(met, zonder)
        return beeld(kader, uitslagen, met_band)

    def stand(self) -> dict[str, Any]:
        """The choice as the browser shows it."""
        keuze = self.keuze
        namen = self.register.gemeenten["gemeentenaam"]
        return {
            "kijk": asdict(keuze.kijk),
            "gebied": gebiedsnaam(keuze.kijk.niveau, keuze.kijk.groep, namen),
            "kanten": {naam: self._kant(keuze.kant(naam)) for naam in kz.KANTEN},
            "terug": self.geschiedenis.kan_terug,
            "vooruit": self.geschiedenis.kan_vooruit,
            "trekkingen": self.rekenaar.opdracht.instelling.trekkingen,
            "bron": {naam: self.bronregel(naam) for naam in keuze.getoond},
            "veranderd": self.bestanden.veranderd,
        }

    def _kant(self, scenario: Scenario) -> dict[str, Any]:
        register = self.register
        verschoven = {c.parameter: c.waarden[-1].midden for c in scenario.context}
        bewaard = [n for n, s in register.scenarios.items() if s == scenario]
        return {
            "titel": scenario.titel,
            "toelichting": scenario.toelichting,
            "naam": bewaard[0] if bewaard else "",
            "referentie": scenario.referentie,
            "stappen": {
                s.maatregel: {"vanaf": str(s.vanaf), "sterkte": s.sterkte}
                for s in scenario.maatregelen
            },
            "al": sorted(kz.geldt_al(register, scenario)),
            "vast": sorted(veranderd_door(register, scenario.maatregelen)),
            "aannames": {
                naam: {
                    "waarde": waarde,
                    "buiten": buiten_marge(register.parameters[naam], waarde),
                }
                for naam, waarde in verschoven.items()
            },
        }

    def bronregel(self, kant: str) -> str:
        """Where the figures of a side come from, to go with a copied figure."""
        instelling = self.rekenaar.opdracht.instelling
        return bronregel(self._gelezen, self.register, self.keuze.kant(kant), instelling)

    def _ontvang(self, _: object, inhoud: dict[str, Any], buffers: list[memoryview]) -> None:
        soort = str(inhoud.get("soort"))
        antwoorden: dict[str, Callable[[dict[str, Any]], None]] = {
            "begin": self._begin,
            "vega": self._vega,
            "zet": self._zet,
            "kijk": self._kijk,
            "herlees": self._herlees,
            "bewaar": self._bewaar,
            "rapport": self._rapport,
            "stop": lambda _: self.rapportage.stop(),
        }
        self.bestanden.kijk_soms()
        try:
            antwoorden[soort](inhoud)
        except FOUTEN as fout:
            nummer = inhoud.get("nr")
            self._zend("fout", nr=nummer, bij=soort, tekst=str(fout), stand=self.stand())

    def _zend(self, soort: str, **inhoud: object) -> None:
        self.paneel.send({"soort": soort, **inhoud})

    def _begin(self, _: dict[str, Any]) -> None:
        self._toon_opbouw(self._beeld(self.keuze, met_band=False))

    def _toon_opbouw(self, gemaakt: dict[str, Any], opnieuw: bool = False) -> None:
        self._zend(
            "opbouw",
            opbouw=opbouw(self.register, self.rekenaar.perioden),
            kleuren=KLEUREN,
            stand=self.stand(),
            opnieuw=opnieuw,
        )
        self._toon_midden(None, gemaakt)

    def _kijk(self, _: dict[str, Any]) -> None:
        if self.bestanden.kijk():
            self._zend("veranderd")

    def _herlees(self, _: dict[str, Any]) -> None:
        try:
            gemaakt = self.herlees()
        except FOUTEN as fout:
            raise HerleesFout(f"{NIET_GELEZEN}\n{fout}") from fout
        self._toon_opbouw(gemaakt, opnieuw=True)

    def _vega(self, _: dict[str, Any]) -> None:
        self.paneel.send({"soort": "vega"}, buffers=[vega_bundel()])

    def _zet(self, inhoud: dict[str, Any]) -> None:
        handelingen: list[Handeling] = inhoud["handelingen"]
        if handelingen == [{"wat": "terug"}]:
            self.geschiedenis.terug()
            gemaakt = self._beeld(self.keuze, met_band=False)
        elif handelingen == [{"wat": "vooruit"}]:
            self.geschiedenis.vooruit()
            gemaakt = self._beeld(self.keuze, met_band=False)
        else:
            gemaakt = self.doe(*handelingen, beweging=str(inhoud.get("beweging", "")))
        self._toon_midden(inhoud.get("nr"), gemaakt)

    def _toon_midden(self, nummer: object, gemaakt: dict[str, Any]) -> None:
        self._nummer += 1
        self._zend("beeld", nr=nummer, banden=False, beeld=gemaakt, stand=self.stand())
        if self._taak is not None:
            self._taak.cancel()
        self._taak = asyncio.get_running_loop().create_task(self._volg(self._nummer))

    async def _volg(self, nummer: int) -> None:
        """Send the bands, and then the stacking, of one choice."""
        await asyncio.sleep(RUST)
        keuze = self.keuze
        try:
            for naam in keuze.getoond:
                for met in (True, False):
                    stappen = self.rekenaar.stappen(keuze.kant(naam), nodig(keuze.kijk), met)
                    for _ in stappen:
                        await asyncio.sleep(ADEM)
            gemaakt = self._beeld(keuze, met_band=True)
            self._zend("beeld", nr=None, banden=True, beeld=gemaakt, stand=self.stand())
            for naam in keuze.getoond:
                for deel in verdeel(self.rekenaar, keuze.kant(naam), self._kader(keuze)):
                    await asyncio.sleep(ADEM)
                    if deel is not None:
                        self._zend("stapel", kant=naam, stapel=stapelbericht(deel))
        except FOUTEN as fout:
            self._zend("fout", nr=None, tekst=str(fout), stand=self.stand())

    def _bewaar(self, inhoud: dict[str, Any]) -> None:
        kant = str(inhoud["kant"])
        velden = {veld: str(inhoud[veld]).strip() for veld in ("naam", "titel", "toelichting")}
        pad = self.bewaar(**velden, kant=kant, vervang=bool(inhoud.get("vervang")))
        tekst = f"Bewaard: {self.register.map.name}/{pad.relative_to(self.register.map).as_posix()}"
        self._zend(
            "bewaard", tekst=tekst, stand=self.stand(), naam=velden["naam"], titel=velden["titel"]
        )

    def _rapport(self, inhoud: dict[str, Any]) -> None:
        naam = self.stand()["kanten"][str(inhoud["kant"])]["naam"]
        if not naam:
            raise OpslaanFout("bewaar het scenario eerst; een rapport hoort bij een bestand.")
        if self.bestanden.kijk():
            raise RapportFout(f"{EERST_LEZEN} gemaakt.")
        if self.rapportage.bezig:
            raise RapportFout("er wordt al een rapport gemaakt; wacht daarop, of stop het.")
        self._rapporttaak = asyncio.get_running_loop().create_task(self._maak_rapport(naam))

    async def _maak_rapport(self, naam: str) -> None:
        def meld(wat: str, klaar: int, alle: int) -> None:
            self._zend("voortgang", wat=wat, klaar=klaar, alle=alle)

        trekkingen = self.rekenaar.opdracht.instelling.trekkingen
        doel = self.register.map.parent / VERKENMAP
        vooraf = stempels(self.register.map)
        try:
            begin = await self.rapportage.maak(self.register.map, naam, trekkingen, doel, meld)
            tekst = (
                f"Klaar, met {geheel(trekkingen)} trekkingen. Begin hier: {begin}. "
                f"Om te versturen, met meer trekkingen: impact rapport --scenario {naam}"
            )
            if stempels(self.register.map) != vooraf:
                tekst = f"{TUSSENDOOR} {tekst}"
            self._zend("rapport", tekst=tekst)
        except FOUTEN as fout:
            self._zend("rapport", tekst=f"Niet gelukt: {fout}")
