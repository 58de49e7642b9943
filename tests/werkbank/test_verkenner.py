"""The figures of the explorer are those of the model and of stored results."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from impact.analysis.ensemble import MIDDEN, bereken, trekkingen_van
from impact.analysis.opslag import Instelling
from impact.registry.laden import Register
from impact.reporting.getallen import MINTEKEN, Band
from impact.reporting.rapport import Rapport
from impact.reporting.tabellen import cel, verschilcel
from impact.werkbank import Verkenner
from impact.werkbank.beeld import WAAIERS, nodig, verschil_in_woorden
from impact.werkbank.keuze import KeuzeFout, Kijk
from impact.werkbank.verdeling import Stapel, verdeel

HUUR, KAMERS = "verbod_voorrang_sociale_huur", "verbod_voorrang_kamers"
NAAM = "verbod_voorrang"


def test_de_middelste_trekking_is_die_van_het_model(verkenner: Verkenner) -> None:
    rekenaar = verkenner.rekenaar
    for scenario, met in ((NAAM, True), ("geldend_recht", False)):
        verwacht = trekkingen_van(rekenaar.opdracht, scenario, MIDDEN)
        gekregen = rekenaar.midden(verkenner.keuze.a, met)
        assert all(np.array_equal(verwacht[s], gekregen[s]) for s in verwacht)


def test_alle_trekkingen_zijn_die_van_het_model(verkenner: Verkenner) -> None:
    rekenaar, sleutels = verkenner.rekenaar, nodig(Kijk())
    verwacht = trekkingen_van(rekenaar.opdracht, NAAM)
    gekregen = rekenaar.uitsnede(verkenner.keuze.a, sleutels)
    for sleutel in sleutels:
        assert np.array_equal(verwacht[sleutel].astype(np.float32), gekregen[sleutel])


@pytest.mark.parametrize(
    ("niveau", "groep"),
    [("nationaal", "NL"), ("provincie", "Limburg"), ("netwerk", "G4"), ("gemeente", "GM0988")],
)
def test_de_tabel_is_die_van_een_rapport(register: Register, niveau: str, groep: str) -> None:
    """Digit by digit, for every shown quantity, what `impact run` and a report give."""
    instelling = Instelling(trekkingen=6)
    gemaakt = bereken([NAAM, "geldend_recht"], register, instelling)
    rapport = Rapport(register, NAAM, gemaakt[NAAM], gemaakt["geldend_recht"])
    verkenner = Verkenner(NAAM, 6, register)
    verkenner.doe({"wat": "gebied", "niveau": niveau, "groep": groep})
    for veld in WAAIERS:
        verkenner.doe({"wat": "kijk", "veld": "tabel", "waarde": veld})
        html = verkenner.met_banden()["tabel"]
        grootheid = getattr(verkenner.keuze.kijk, veld)
        rijen = rapport.reeks(grootheid, groep, niveau)
        for rij in rijen.to_dict("records"):
            banden = [
                rapportband(rij, voor, grootheid, niveau) for voor in ("", "zonder_", "verschil_")
            ]
            verwacht = [
                cel(banden[0]),
                cel(banden[1]),
                verschilcel(banden[2], rij["richting_onzeker"]),
            ]
            assert "".join(f'<td class="getal">{c}</td>' for c in verwacht) in html, rij["periode"]


def rapportband(rij: Any, voor: str, grootheid: str, niveau: str) -> Any:
    from impact.model.grootheden import GROOTHEDEN
    from impact.reporting.getallen import Band

    kanten = [
        0.0 if abs(w := float(rij[f"{voor}{k}"])) < 1e-6 else w for k in ("midden", "laag", "hoog")
    ]
    return Band(*kanten, GROOTHEDEN[grootheid].eenheid, niveau == "gemeente")


def test_de_bronregel_noemt_maatregelen_en_verschoven_aannames(verkenner: Verkenner) -> None:
    verkenner.doe(
        {"wat": "aanname", "kant": "a", "naam": "kans_zonder_voorrang", "waarde": 0.25},
        {"wat": "sterkte", "kant": "a", "naam": KAMERS, "waarde": 0.5},
    )
    regel = verkenner.bronregel("a")
    assert "(vanaf 2027-I, sterkte 50%)" in regel
    assert "Verschoven aannames: kans_zonder_voorrang (0,25). 6 trekkingen, zaad" in regel


def test_zonder_maatregelen_is_het_verschil_precies_nul(register: Register) -> None:
    verkenner = Verkenner("geldend_recht", 4, register)
    verkenner.doe({"wat": "kijk", "veld": "toon", "waarde": "verschil"})
    for gemaakt in (verkenner.doe(), verkenner.met_banden()):
        for veld in WAAIERS:
            reeksen = gemaakt["panelen"][veld]["reeksen"]["a"]["verschil"]
            assert not np.array(reeksen).any()
        assert set(gemaakt["kaart"]["kanten"]["a"]["klasse"]) == {3}


def test_een_sterkere_maatregel_doet_meer_en_een_halve_minder(verkenner: Verkenner) -> None:
    def effect(kracht: float) -> float:
        verkenner.doe({"wat": "sterkte", "kant": "a", "naam": KAMERS, "waarde": kracht})
        verkenner.doe({"wat": "kijk", "veld": "toon", "waarde": "verschil"})
        gemaakt = verkenner.doe()
        return float(gemaakt["panelen"]["voorraad"]["reeksen"]["a"]["verschil"][0][-1])

    assert effect(0.25) < effect(1.0) < effect(1.5)


def test_een_fout_verandert_niets(verkenner: Verkenner) -> None:
    voor = verkenner.keuze
    with pytest.raises(KeuzeFout, match="bedoelde u"):
        verkenner.doe(
            {"wat": "maatregel", "kant": "a", "naam": HUUR, "aan": False},
            {"wat": "maatregel", "kant": "a", "naam": "flexwoningen_ekstra", "aan": True},
        )
    with pytest.raises(KeuzeFout, match="bedoelde u 'Limburg'"):
        verkenner.doe({"wat": "gebied", "niveau": "provincie", "groep": "Limberg"})
    assert verkenner.keuze == voor


def test_twee_scenario_s_staan_los_van_elkaar(verkenner: Verkenner) -> None:
    gemaakt = verkenner.doe(
        {"wat": "kijk", "veld": "vergelijk", "waarde": True},
        {"wat": "begin", "kant": "b", "naam": "doorstroomlocaties"},
    )
    a, b = (gemaakt["panelen"]["voorraad"]["reeksen"][kant]["met"] for kant in ("a", "b"))
    assert a != b
    assert (
        gemaakt["panelen"]["voorraad"]["reeksen"]["a"]["zonder"]
        == (gemaakt["panelen"]["voorraad"]["reeksen"]["b"]["zonder"])
    )
    gemaakt = verkenner.doe({"wat": "kopieer", "van": "a", "naar": "b"})
    assert verkenner.keuze.a == verkenner.keuze.b


def test_een_landelijk_cijfer_is_er_niet_voor_een_gemeente(verkenner: Verkenner) -> None:
    gemaakt = verkenner.doe(
        {"wat": "kijk", "veld": "stroom", "waarde": "asielaanvragen"},
        {"wat": "gebied", "niveau": "gemeente", "groep": "GM0344"},
    )
    assert "alleen voor heel Nederland" in gemaakt["panelen"]["stroom"]["leeg"]


def test_de_stapeling_telt_op_tot_het_hele_effect(verkenner: Verkenner) -> None:
    delen = list(verdeel(verkenner.rekenaar, verkenner.keuze.a, verkenner._kader(verkenner.keuze)))
    stapel = delen[-1]
    assert isinstance(stapel, Stapel)
    assert len(stapel.delen) == 2
    assert sum(d.aandeel for d in stapel.delen) == pytest.approx(stapel.samen, rel=1e-9)
    verschil = stapel.samen - sum(d.alleen for d in stapel.delen)
    assert verschil == pytest.approx(stapel.wisselwerking, abs=1e-2)


def test_een_nieuwe_keuze_breekt_de_banden_van_de_vorige_af(
    verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the bands of the last of three choices are sent."""
    berichten: list[dict[str, Any]] = []
    monkeypatch.setattr(
        verkenner.paneel, "send", lambda inhoud, buffers=None: berichten.append(inhoud)
    )

    async def beweeg() -> None:
        for nr, waarde in enumerate((0.1, 0.2, 0.3), start=1):
            handeling = {
                "wat": "aanname",
                "kant": "a",
                "naam": "kans_zonder_voorrang",
                "waarde": waarde,
            }
            verkenner._ontvang(None, {"soort": "zet", "nr": nr, "handelingen": [handeling]}, [])
            await asyncio.sleep(0.01)
        assert verkenner._taak is not None
        await verkenner._taak

    with ThreadPoolExecutor(1) as eigen:  # the browser of another test may hold a loop here
        eigen.submit(asyncio.run, beweeg()).result()
    beelden = [
        (b["banden"], b["stand"]["kanten"]["a"]["aannames"])
        for b in berichten
        if b["soort"] == "beeld"
    ]
    assert [banden for banden, _ in beelden] == [False, False, False, True]
    assert beelden[-1][1]["kans_zonder_voorrang"]["waarde"] == 0.3
    assert berichten[-1]["soort"] == "stapel"


def test_een_fout_in_een_bericht_wordt_een_melding(
    verkenner: Verkenner, monkeypatch: pytest.MonkeyPatch
) -> None:
    berichten: list[dict[str, Any]] = []
    monkeypatch.setattr(
        verkenner.paneel, "send", lambda inhoud, buffers=None: berichten.append(inhoud)
    )
    verkenner.doe({"wat": "maatregel", "kant": "b", "naam": HUUR, "aan": False})
    handeling = {"wat": "maatregel", "kant": "a", "naam": "onzin", "aan": True}
    verkenner._ontvang(None, {"soort": "zet", "nr": 7, "handelingen": [handeling]}, [])
    verkenner._ontvang(None, {"soort": "rapport", "kant": "b"}, [])
    assert [(b["soort"], b["nr"]) for b in berichten] == [("fout", 7), ("fout", None)]
    assert "bewaar het scenario eerst" in berichten[1]["tekst"]
    assert "onbekende maatregel 'onzin'" in berichten[0]["tekst"]


def test_het_geheugen_is_begrensd(verkenner: Verkenner) -> None:
    for nummer in range(12):
        verkenner.doe(
            {"wat": "aanname", "kant": "a", "naam": "kans_zonder_voorrang", "waarde": nummer / 20}
        )
    verkenner.met_banden()
    assert len(verkenner.rekenaar._middens) <= 8
    assert len(verkenner.rekenaar._trekkingen) <= 6


@pytest.mark.parametrize(
    ("band", "tekst"),
    [
        (Band(1200, 800, 1700, "personen"), "circa +1.200 personen (800 tot 1.700)"),
        (Band(7, 7, 7, "personen"), "+7 personen"),
        (Band(4, 1, 6, "personen", klein=True), "minder dan 10 personen"),
        (Band(-40, -40, -40, "fte"), f"{MINTEKEN}40,0 fte"),
    ],
)
def test_een_plus_staat_alleen_voor_een_getal(band: Band, tekst: str) -> None:
    assert verschil_in_woorden(band) == tekst
