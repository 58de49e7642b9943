"""Every uncertain value of the shipped register takes part, as it is declared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from impact.analysis.samenstellen import trekkingen_voor
from impact.analysis.trekkingen import ZAAD, Trekkingen
from impact.analysis.waarden import (
    gewichten,
    ingrepen,
    kansen,
    maak_reeksen,
    met_maatregelen,
    naam_aanname,
    naam_maatregel,
    onzekere_namen,
    op_datum,
    pas_toe,
    prijsfactor,
    samenhang,
    trek,
    trek_effect,
)
from impact.model.reeksen import Reeks
from impact.registry.eenheden import grenzen
from impact.registry.laden import Register
from impact.registry.modellen import Context, Getal, Scenario, Verandering, Waarde
from impact.registry.periode import Halfjaar, reeks

PERIODEN = reeks(Halfjaar(2026, 1), Halfjaar(2035, 2))
PUNTEN = np.array([0.05, 0.5, 0.95])
EIGEN_BRON = {"bron": "aanname_werkgroep", "vindplaats": "proef", "kwaliteit": "rood"}


@pytest.fixture(scope="module")
def trekkingen(register: Register) -> Trekkingen:
    return trekkingen_voor(register, 1023, ZAAD)


def met_marge(getal: Getal) -> bool:
    return getal.laag is not None and getal.hoog is not None and getal.laag < getal.hoog


def test_hefbomen_en_onzekerheden_zijn_gescheiden_lijsten(register: Register) -> None:
    onzeker = set(onzekere_namen(register))
    assert onzeker
    for naam, parameter in register.parameters.items():
        assert (naam_aanname(naam) in onzeker) == (parameter.rol == "onzekerheid"), naam
    for maatregel, inhoud in register.maatregelen.items():
        for nummer in range(len(inhoud.verandert)):
            assert naam_maatregel(maatregel, nummer) in onzeker
    assert len(onzekere_namen(register)) == len(onzeker)


def test_elke_waarde_met_een_marge_heeft_zijn_5_50_en_95_procentpunt(register: Register) -> None:
    gezien = 0
    for naam, parameter in register.parameters.items():
        for waarde in parameter.waarden:
            for getal in (waarde, *(waarde.gemeenten or {}).values()):
                if met_marge(getal):
                    verwacht = [getal.laag, getal.midden, getal.hoog]
                    gevonden = trek(getal, PUNTEN, parameter)
                    np.testing.assert_allclose(gevonden, verwacht, rtol=1e-9, err_msg=naam)
                    gezien += 1
    assert gezien > 100


def in_trekkingen(register: Register, trekkingen: Trekkingen) -> list[tuple[str, Waarde, Reeks]]:
    """Name, value in force and what was drawn, array [trekking], for every national value."""
    gevonden = []
    for naam, waarden in maak_reeksen(register, None, trekkingen, PERIODEN).items():
        parameter = register.parameters[naam]
        prijs = parameter.prijspeil
        factor = 1.0 if prijs is None else prijsfactor(register, prijs, trekkingen)
        per_periode = [op_datum(parameter.waarden, periode) for periode in PERIODEN]
        for t, geldend in enumerate(per_periode):
            if not geldend.gemeenten and geldend not in per_periode[:t]:
                gevonden.append((naam, geldend, (waarden / factor)[:, 0, t]))
    return gevonden


def test_elke_onzekere_aanname_beweegt_over_de_trekkingen(
    register: Register, trekkingen: Trekkingen
) -> None:
    for naam, geldend, getrokken in in_trekkingen(register, trekkingen):
        assert getrokken[0] == pytest.approx(geldend.midden), naam
        if register.parameters[naam].rol == "hefboom" or not met_marge(geldend):
            np.testing.assert_allclose(getrokken, geldend.midden, rtol=1e-9, err_msg=naam)
            continue
        for punt, deel in ((geldend.laag, 0.05), (geldend.midden, 0.5), (geldend.hoog, 0.95)):
            rand = (
                punt in grenzen(register.parameters[naam].eenheid) or geldend.punten.count(punt) > 1
            )
            lager = (getrokken[1:] <= punt * (1 + 1e-12)).mean()
            assert rand or lager == pytest.approx(deel, abs=0.02), naam


def test_elk_effect_van_een_maatregel_beweegt_over_de_trekkingen(
    register: Register, trekkingen: Trekkingen
) -> None:
    for maatregel, inhoud in register.maatregelen.items():
        for nummer, verandering in enumerate(inhoud.verandert):
            kans = kansen(trekkingen, naam_maatregel(maatregel, nummer))
            getrokken = trek_effect(verandering, kans)
            assert getrokken[0] == pytest.approx(verandering.waarde.midden)
            assert (np.ptp(getrokken) > 0) == met_marge(verandering.waarde), maatregel


def test_samenhang_is_er_zoals_opgegeven(register: Register, trekkingen: Trekkingen) -> None:
    banden = samenhang(register)
    assert banden[naam_aanname("aandeel_b_status")].met == naam_aanname("inwilligingsaandeel")
    for naam, band in banden.items():
        een, ander = (stats.norm.ppf(trekkingen.kans(n)[1:]) for n in (naam, band.met))
        assert np.corrcoef(een, ander)[0, 1] == pytest.approx(band.correlatie, abs=0.05), naam


def test_wie_geen_samenhang_heeft_hangt_nergens_van_af(trekkingen: Trekkingen) -> None:
    een, ander = (
        trekkingen.kans(naam_aanname(naam))[1:] for naam in ("asielaanvragen", "uurtarief")
    )
    assert abs(np.corrcoef(een, ander)[0, 1]) < 0.05


def test_elke_kolom_van_de_trekkingen_is_een_eigen_naam(
    register: Register, trekkingen: Trekkingen
) -> None:
    assert len(set(trekkingen.namen)) == len(trekkingen.namen)
    assert set(onzekere_namen(register)) <= set(trekkingen.namen)


def waarde_vanaf(vanaf: str | None, midden: float) -> Waarde:
    return Waarde(vanaf=vanaf, midden=midden, **EIGEN_BRON)  # type: ignore[arg-type]


def test_een_waarde_geldt_vanaf_haar_datum_tot_de_volgende() -> None:
    rij = [waarde_vanaf("2024-I", 1.0), waarde_vanaf("2027-II", 2.0)]
    geldend = {p: op_datum(rij, Halfjaar.lees(p)).midden for p in ("2020-I", "2024-I", "2027-I")}
    assert geldend == {"2020-I": 1.0, "2024-I": 1.0, "2027-I": 1.0}
    assert op_datum(rij, Halfjaar(2027, 2)).midden == 2.0
    assert op_datum(rij, Halfjaar(2040, 1)).midden == 2.0


def effect(bewerking: str, laag: float, midden: float, hoog: float) -> Verandering:
    waarde = Waarde(laag=laag, midden=midden, hoog=hoog, **EIGEN_BRON)  # type: ignore[arg-type]
    eenheid = "factor" if bewerking == "maal" else "aandeel"
    return Verandering(parameter="x", bewerking=bewerking, waarde=waarde, eenheid=eenheid)


@pytest.mark.parametrize(
    ("bewerking", "punten", "onder", "boven"),
    [
        ("maal", (1.0, 1.1, 1.5), 1.0, np.inf),
        ("maal", (0.5, 0.9, 1.0), -np.inf, 1.0),
        ("plus", (0.0, 0.1, 0.4), 0.0, np.inf),
        ("plus", (-0.4, -0.1, 0.0), -np.inf, 0.0),
    ],
)
def test_een_maatregel_die_alleen_helpt_schaadt_in_geen_enkele_trekking(
    bewerking: str, punten: tuple[float, float, float], onder: float, boven: float
) -> None:
    getrokken = trek_effect(effect(bewerking, *punten), np.linspace(0.0, 1.0, 101))
    assert getrokken.min() >= onder
    assert getrokken.max() <= boven
    assert getrokken.min() < punten[1] < getrokken.max()


@pytest.mark.parametrize("bewerking", ["maal", "plus", "vervang"])
def test_een_marge_rond_geen_effect_wordt_niet_afgekapt(bewerking: str) -> None:
    getrokken = trek_effect(effect(bewerking, -0.2, 0.9, 1.2), np.array([0.01, 0.99]))
    assert getrokken[0] < -0.2
    assert getrokken[1] > 1.2


@pytest.mark.parametrize(
    ("bewerking", "verwacht"), [("vervang", 7.0), ("maal", 24.0), ("plus", 8.0)]
)
def test_een_ingroei_van_de_helft_geeft_de_helft_van_de_verandering(
    bewerking: str, verwacht: float
) -> None:
    """6 wordt 8 (vervang), maal 7, of plus 4, telkens voor de helft."""
    waarde = {"vervang": 8.0, "maal": 7.0, "plus": 4.0}[bewerking]
    basis = np.full((1, 1, 2), 6.0)
    uit = pas_toe(basis, bewerking, np.array([[[waarde]]]), np.array([0.0, 0.5]))
    np.testing.assert_allclose(uit[0, 0], [6.0, verwacht])


def test_een_maatregel_groeit_in_vanaf_zijn_ingangsdatum(register: Register) -> None:
    ingreep = next(i for i in ingrepen(register, "alles_samen") if i.nummer == 0)
    verandering = ingreep.verandering.model_copy(update={"ingroei": [0.25, 0.75, 1.0]})
    anders = replace(ingreep, verandering=verandering, vanaf=Halfjaar(2026, 2))
    gewicht = gewichten(anders, PERIODEN[:6])
    np.testing.assert_array_equal(gewicht, [0.0, 0.25, 0.75, 1.0, 1.0, 1.0])


def test_bedragen_van_eerder_worden_duurder_met_de_prijsindex(
    register: Register, trekkingen: Trekkingen
) -> None:
    assert (prijsfactor(register, 2025, trekkingen) == 1.0).all()
    factor = prijsfactor(register, 2021, trekkingen)
    index = op_datum(register.parameters["prijsindex"].waarden, Halfjaar(2021, 1))
    assert factor[0].item() == pytest.approx(1.0 / index.midden)
    assert np.ptp(factor) > 0


def test_de_context_van_een_scenario_vervangt_de_aanname_in_beide_runs(
    register: Register, trekkingen: Trekkingen
) -> None:
    stap = Context(parameter="asielaanvragen", waarden=[waarde_vanaf("2020-I", 12_345.0)])
    anders = Scenario(
        titel="Proef",
        soort="variant",
        referentie="recht_2025",
        toelichting="Proef.",
        context=[stap],
    )
    groter = register.met_scenarios({**register.scenarios, "proef": anders})
    midden = trekkingen.deel(slice(0, 1))
    eigen = maak_reeksen(groter, "proef", midden, PERIODEN)["asielaanvragen"]
    basis = maak_reeksen(groter, "recht_2025", midden, PERIODEN, context_van="proef")
    gewoon = maak_reeksen(groter, "recht_2025", midden, PERIODEN)["asielaanvragen"]
    assert (eigen == 12_345.0).all()
    assert (basis["asielaanvragen"] == 12_345.0).all()
    assert (gewoon != 12_345.0).all()


def test_een_parameter_per_gemeente_heeft_daar_zijn_eigen_waarde(
    register: Register, trekkingen: Trekkingen
) -> None:
    plaatsen = maak_reeksen(register, None, trekkingen.deel(slice(0, 3)), PERIODEN)["lvv_plaatsen"]
    geldend = op_datum(register.parameters["lvv_plaatsen"].waarden, PERIODEN[0])
    codes = list(register.gemeenten.index)
    assert plaatsen.shape == (3, 342, len(PERIODEN))
    assert geldend.gemeenten
    for code, eigen in geldend.gemeenten.items():
        assert plaatsen[0, codes.index(code), 0] == pytest.approx(eigen.midden), code
    overig = [nummer for nummer, code in enumerate(codes) if code not in geldend.gemeenten]
    assert (plaatsen[0, overig, 0] == geldend.midden).all()


def test_een_gezet_effect_vervangt_alleen_de_trekking_van_die_maatregel(
    register: Register, trekkingen: Trekkingen
) -> None:
    ingreep = next(i for i in ingrepen(register, "verbod_voorrang") if "kamers" in i.maatregel)
    naam = ingreep.verandering.parameter
    anders = replace(ingreep, vanaf=Halfjaar(2026, 1))
    basis = np.full((trekkingen.aantal, 1, len(PERIODEN)), 0.8)
    vast = {ingreep.naam: np.full(trekkingen.aantal, 0.5)}
    doe = (naam, basis, register, [anders], trekkingen, PERIODEN)
    gezet = met_maatregelen(*doe, vast)
    np.testing.assert_allclose(gezet[:, 0, -1], 0.4)
    een_ander = met_maatregelen(*doe, {"maatregel:een_andere:0": vast[ingreep.naam]})
    np.testing.assert_array_equal(een_ander, met_maatregelen(*doe))
    assert np.ptp(een_ander[:, 0, -1]) > 0
