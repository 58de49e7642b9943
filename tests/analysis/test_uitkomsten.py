"""Named outcomes: one number per draw out of two runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from impact.analysis.uitkomsten import HorizonFout, eenheid_van, meet, sleutel_van
from impact.analysis.volledigheid import onbekende_grootheden, ontbrekende_kostensoorten
from impact.model.grootheden import SLEUTELS
from impact.registry.laden import Register
from impact.registry.modellen import Kostensoort
from impact.registry.periode import Halfjaar, reeks
from impact.registry.uitkomstmodellen import Uitkomst

PERIODEN = reeks(Halfjaar(2026, 1), Halfjaar(2029, 2))
EIGEN = {
    ("gehuisvest", ""): np.arange(2)[:, None, None] * 100.0
    + np.arange(2)[:, None] * 10.0
    + np.array([1.0, 2.0, 9.0, 4.0, 5.0, 6.0, 7.0, 8.0])
}
"""Two draws, two municipalities, eight half-years; every number says where it is."""
BASIS = {("gehuisvest", ""): np.ones((2, 2, 8))}


def uitkomst(register: Register, **anders: object) -> Uitkomst:
    gewoon = {
        "grootheid": "gehuisvest",
        "betaler": "",
        "maat": "niveau",
        "van": Halfjaar(2026, 2),
        "tot": Halfjaar(2027, 2),
    }
    voorbeeld = next(iter(register.uitkomsten.values()))
    return voorbeeld.model_copy(update=gewoon | anders)


@pytest.mark.parametrize(
    ("samenvatting", "verwacht"),
    [
        ("eind", [18.0, 218.0]),
        ("groei", [4.0, 4.0]),
        ("hoogste", [28.0, 228.0]),
        ("gemiddelde", [20.0, 220.0]),
        ("per_jaar", [40.0, 440.0]),
    ],
)
def test_elke_samenvatting_van_drie_halfjaren(
    register: Register, samenvatting: str, verwacht: list[float]
) -> None:
    """De twee gemeenten hebben samen 10 + 2 x (2, 9, 4) in de eerste trekking."""
    gevonden = meet(uitkomst(register, samenvatting=samenvatting), EIGEN, BASIS, PERIODEN)
    np.testing.assert_allclose(gevonden, verwacht)


def test_verschil_is_trekking_voor_trekking(register: Register) -> None:
    gevraagd = uitkomst(register, samenvatting="eind", maat="verschil")
    np.testing.assert_allclose(meet(gevraagd, EIGEN, BASIS, PERIODEN), [16.0, 216.0])


def test_per_gemeente_wordt_niet_opgeteld(register: Register) -> None:
    gevraagd = uitkomst(register, samenvatting="eind")
    gevonden = meet(gevraagd, EIGEN, BASIS, PERIODEN, landelijk=False)
    np.testing.assert_allclose(gevonden, [[4.0, 14.0], [104.0, 114.0]])


@pytest.mark.parametrize(
    "buiten", [{"van": Halfjaar(2025, 2)}, {"tot": Halfjaar(2030, 1)}], ids=["eerder", "later"]
)
def test_een_uitkomst_buiten_de_berekening_is_een_fout(
    register: Register, buiten: dict[str, Halfjaar]
) -> None:
    with pytest.raises(HorizonFout, match="loopt van 2026-I tot en met 2029-II"):
        meet(uitkomst(register, samenvatting="eind", **buiten), EIGEN, BASIS, PERIODEN)


def test_elke_meegeleverde_uitkomst_bestaat_in_het_model(register: Register) -> None:
    assert register.uitkomsten
    assert {sleutel_van(u) for u in register.uitkomsten.values()} <= set(SLEUTELS)
    assert onbekende_grootheden(register) == []
    assert ontbrekende_kostensoorten(register) == []


def test_een_onbekende_grootheid_noemt_de_dichtstbijzijnde(register: Register) -> None:
    naam = next(iter(register.uitkomsten))
    fout = register.uitkomsten[naam].model_copy(update={"grootheid": "gehuisvst", "betaler": ""})
    (probleem,) = onbekende_grootheden(met_uitkomst(register, naam, fout))
    assert "grootheid 'gehuisvst' bestaat niet" in str(probleem)
    assert "gehuisvest" in str(probleem).split("bestaat niet")[1]


def test_een_onbekende_betaler_noemt_de_betalers(register: Register) -> None:
    naam = next(iter(register.uitkomsten))
    anders = {"grootheid": "kosten_lvv_opvang", "betaler": "koning"}
    fout = register.uitkomsten[naam].model_copy(update=anders)
    (probleem,) = onbekende_grootheden(met_uitkomst(register, naam, fout))
    assert "betaler 'koning' bestaat niet" in str(probleem)
    assert "rijk_overig" in str(probleem)


def met_uitkomst(register: Register, naam: str, uitkomst: Uitkomst) -> Register:
    return replace(register, uitkomsten={**register.uitkomsten, naam: uitkomst})


def test_een_kostensoort_zonder_tekst_wordt_genoemd(register: Register) -> None:
    zonder: dict[str, Kostensoort] = {
        naam: inhoud for naam, inhoud in register.kostensoorten.items() if naam != "lvv_opvang"
    }
    (probleem,) = ontbrekende_kostensoorten(replace(register, kostensoorten=zonder))
    assert "'lvv_opvang' ontbreekt" in str(probleem)


def test_een_stroom_per_jaar_heeft_zijn_eigen_eenheid(register: Register) -> None:
    kosten = {"grootheid": "kosten_lvv_opvang", "betaler": "gemeente"}
    per_jaar = uitkomst(register, samenvatting="per_jaar", **kosten)
    assert eenheid_van(per_jaar) == "euro per jaar"
    assert eenheid_van(uitkomst(register, samenvatting="eind", **kosten)) == "euro per halfjaar"
    personen = uitkomst(register, samenvatting="per_jaar", grootheid="gehuisvest")
    assert eenheid_van(personen) == "personen per jaar"
