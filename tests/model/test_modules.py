"""Every module reads only what it declares: the reach of a law rests on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from impact.model.gevolgen import Gevolg
from impact.model.grootheden import SLEUTELS
from impact.model.invoer import PARAMETEREENHEDEN
from impact.model.modules import MODULES, Module, bereikt_door
from impact.model.simulatie import uitkomst_van
from tests.model import voorbeeld

TOTALEN = {"kosten_totaal", "netto_lasten_gemeente"}


@pytest.fixture(scope="module")
def gevolgen() -> dict[str, Gevolg]:
    klaar: dict[str, Gevolg] = {}
    for module in MODULES:
        klaar[module.naam] = module.reken(voorbeeld.invoer(), klaar)
    return klaar


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.naam)
def test_een_module_leest_alleen_wat_zij_noemt(module: Module, gevolgen: dict[str, Gevolg]) -> None:
    """With everything else taken away it still runs, and gives the same."""
    genoemd = {naam for soort in module.soorten for naam in soort.eenheden()}
    vol = voorbeeld.invoer()
    kaal = replace(vol, reeksen={n: r for n, r in vol.reeksen.items() if n in genoemd})
    opnieuw = module.reken(kaal, {naam: gevolgen[naam] for naam in module.na})
    for sleutel, reeks in uitkomst_van(vol, gevolgen[module.naam]).items():
        assert (uitkomst_van(kaal, opnieuw)[sleutel] == reeks).all()


def test_elke_grootheid_komt_uit_precies_een_module(gevolgen: dict[str, Gevolg]) -> None:
    invoer = voorbeeld.invoer()
    gemaakt = [s for gevolg in gevolgen.values() for s in uitkomst_van(invoer, gevolg)]
    assert sorted(gemaakt) == sorted(s for s in SLEUTELS if s[0] not in TOTALEN)


def test_bereik_gaat_door_de_modules_heen() -> None:
    bereik = bereikt_door()
    assert set().union(*bereik.values()) == set(PARAMETEREENHEDEN)
    assert [m for m, namen in bereik.items() if "lvv_plaatsen" in namen] == ["lvv"]
    assert [m for m, namen in bereik.items() if "uurtarief" in namen] == ["uitvoering"]
    assert {m for m, namen in bereik.items() if "asielaanvragen" not in namen} == {
        "lvv",
        "oekraine",
    }
