"""The modules of the model: what each reads, in the order in which they are computed.

A module reads the parameters of its kinds and the outcome of the modules before it that it names,
and nothing else. So it is known which outcomes a changed parameter can reach, without running
the model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from impact.model import gevolgen as gv
from impact.model.gevolgen import Gevolg, aandeel_inwoners, met_verleden
from impact.model.inburgering import InburgeringParameters
from impact.model.invoer import KETENSOORTEN, Invoer
from impact.model.keten import keten
from impact.model.lvv import LvvParameters
from impact.model.oekraine import OekraineParameters
from impact.model.reeksen import Parameters, Reeks
from impact.model.sociaal import SociaalParameters
from impact.model.uitvoeringslast import UitvoeringParameters, Zaken

Eerder = Mapping[str, Gevolg]
"""Outcome of the modules computed so far, by name."""


@dataclass(frozen=True)
class Module:
    """One module of the model.

    Attributes
    ----------
    naam : name
    soorten : kinds of parameters that it reads
    na : modules whose outcome it reads
    reken : the module itself
    """

    naam: str
    soorten: tuple[type[Parameters], ...]
    na: tuple[str, ...]
    reken: Callable[[Invoer, Eerder], Gevolg]


def _keten(invoer: Invoer, eerder: Eerder) -> Gevolg:
    uitkomst = keten(invoer)
    return Gevolg(uitkomst, gv.regels_keten(invoer, uitkomst))


def _gehuisvest(invoer: Invoer, eerder: Eerder) -> Reeks:
    return met_verleden(invoer, eerder["keten"].grootheden["gehuisvest"])


def _inburgering(invoer: Invoer, eerder: Eerder) -> Gevolg:
    return gv.gevolg_inburgering(invoer, _gehuisvest(invoer, eerder))


def _sociaal(invoer: Invoer, eerder: Eerder) -> Gevolg:
    extra_wacht = gv.extra_wachtjaren(eerder["keten"].grootheden)
    return gv.gevolg_sociaal(invoer, _gehuisvest(invoer, eerder), extra_wacht)


def _voorzieningen(invoer: Invoer, eerder: Eerder) -> Gevolg:
    nieuw = eerder["keten"].grootheden["huishoudens_nieuw"]
    return gv.gevolg_voorzieningen(invoer, _gehuisvest(invoer, eerder), nieuw)


def _lvv(invoer: Invoer, eerder: Eerder) -> Gevolg:
    return gv.gevolg_lvv(invoer)


def _oekraine(invoer: Invoer, eerder: Eerder) -> Gevolg:
    return gv.gevolg_oekraine(invoer)


def _uitvoering(invoer: Invoer, eerder: Eerder) -> Gevolg:
    ketenuitkomst, inburgering, sociaal, oekraine = (
        eerder[naam].grootheden for naam in ("keten", "inburgering", "sociaal", "oekraine")
    )
    zaken = Zaken(
        huishoudens_nieuw=ketenuitkomst["huishoudens_nieuw"],
        in_traject=inburgering["inburgeraars_in_traject"],
        gestart_gezin=inburgering["gestart_gezin"],
        bijstandshuishoudens=sociaal["bijstand_huishoudens"]
        + oekraine["oekraieners_bijstand_huishoudens"],
        verlengingen=ketenuitkomst["verlengingen"] * aandeel_inwoners(invoer),
        betalers_eigen_bijdrage=oekraine["betalers_eigen_bijdrage"],
        opvangbewoners=ketenuitkomst["coa_bewoners"],
    )
    return gv.gevolg_uitvoering(invoer, zaken)


MODULES: tuple[Module, ...] = (
    Module("keten", KETENSOORTEN, (), _keten),
    Module("inburgering", (InburgeringParameters,), ("keten",), _inburgering),
    Module("sociaal", (SociaalParameters,), ("keten",), _sociaal),
    Module("voorzieningen", (SociaalParameters,), ("keten",), _voorzieningen),
    Module("lvv", (LvvParameters,), (), _lvv),
    Module("oekraine", (OekraineParameters, SociaalParameters), (), _oekraine),
    Module(
        "uitvoering",
        (UitvoeringParameters, InburgeringParameters),
        ("keten", "inburgering", "sociaal", "oekraine"),
        _uitvoering,
    ),
)


def bereikt_door() -> dict[str, frozenset[str]]:
    """Parameters that can change the outcome of each module, directly or through another."""
    gevonden: dict[str, frozenset[str]] = {}
    for module in MODULES:
        eigen = {naam for soort in module.soorten for naam in soort.eenheden()}
        gevonden[module.naam] = frozenset(eigen).union(*(gevonden[naam] for naam in module.na))
    return gevonden
