"""What an analyst can choose, undo and not choose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.eenheden import grenzen
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.periode import Halfjaar
from impact.werkbank import keuze as kz
from impact.werkbank.aanname import buiten_marge, geldend, verschoven, zet_aanname

BEGIN = Halfjaar(2026, 1)
HUUR, KAMERS = "verbod_voorrang_sociale_huur", "verbod_voorrang_kamers"


def namen(scenario: kz.Scenario) -> list[str]:
    return [stap.maatregel for stap in scenario.maatregelen]


def test_begin_met_een_variant_is_dat_scenario(register: Register) -> None:
    assert kz.begin_met(register, "verbod_voorrang") == register.scenarios["verbod_voorrang"]


def test_begin_met_een_referentie_heeft_geen_maatregelen(register: Register) -> None:
    scenario = kz.begin_met(register, "recht_2025")
    assert (scenario.referentie, scenario.maatregelen) == ("recht_2025", [])


def test_een_verkeerd_gespeld_scenario_krijgt_de_naaste_naam(register: Register) -> None:
    with pytest.raises(OnbekendScenario, match="bedoelde u 'verbod_voorrang'"):
        kz.begin_met(register, "verbod_vorrang")


def test_een_maatregel_gaat_uit_en_weer_aan(register: Register) -> None:
    vol = kz.begin_met(register, "verbod_voorrang")
    leger = kz.zet_maatregel(register, vol, HUUR, False)
    assert namen(leger) == [KAMERS]
    weer = kz.zet_maatregel(register, leger, HUUR, True)
    assert {(s.maatregel, s.vanaf, s.sterkte) for s in weer.maatregelen} == {
        (s.maatregel, s.vanaf, s.sterkte) for s in vol.maatregelen
    }


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("verbod_voorang_kamers", "bedoelde u 'verbod_voorrang_kamers'"),
        ("status_a_en_b", "geldt al in de referentie"),
        ("verbod_voorrang_volledig", "zit niet in het model"),
    ],
)
def test_een_maatregel_die_niet_kan_zegt_waarom(
    register: Register, naam: str, woorden: str
) -> None:
    with pytest.raises(kz.KeuzeFout, match=woorden):
        kz.zet_maatregel(register, kz.begin_met(register, "verbod_voorrang"), naam, True)


def test_een_andere_referentie_laat_vallen_wat_daar_al_geldt(register: Register) -> None:
    scenario = kz.begin_met(register, "vier_wetten")
    anders = kz.zet_referentie(register, scenario, "geldend_recht")
    weg = set(namen(scenario)) - set(namen(anders))
    assert weg == set(namen(scenario)) & kz.geldt_al(register, anders) != set()
    with pytest.raises(kz.KeuzeFout, match="bedoelde u 'geldend_recht'"):
        kz.zet_referentie(register, scenario, "geldend_rect")


def test_ingang_en_sterkte(register: Register) -> None:
    scenario = kz.begin_met(register, "verbod_voorrang")
    later = kz.zet_stap(scenario, HUUR, vanaf=Halfjaar(2029, 2))
    half = kz.zet_stap(later, HUUR, sterkte=0.5)
    stap = next(s for s in half.maatregelen if s.maatregel == HUUR)
    assert (str(stap.vanaf), stap.sterkte) == ("2029-II", 0.5)
    for kracht in (0.0, 2.5, -1.0):
        with pytest.raises(kz.KeuzeFout, match="meer dan 0 en hoogstens 2"):
            kz.zet_stap(scenario, HUUR, sterkte=kracht)
    with pytest.raises(kz.KeuzeFout, match="staat uit"):
        kz.zet_stap(scenario, "flexwoningen_extra", sterkte=1.0)


@pytest.mark.parametrize(
    ("waarde", "woorden"),
    [(0.15, ""), (0.0, ""), (0.4, ""), (0.41, "hoger dan het hoogste punt")],
)
def test_buiten_de_marge_staat_er_in_woorden(
    register: Register, waarde: float, woorden: str
) -> None:
    tekst = buiten_marge(register.parameters["kans_zonder_voorrang"], waarde)
    assert bool(tekst) == bool(woorden)
    assert woorden in tekst


def test_een_aanname_zonder_marge_is_altijd_buiten_de_marge(register: Register) -> None:
    parameter = register.parameters["normbedrag_oekraine"]
    assert "geen marge" in buiten_marge(parameter, 45.0)
    assert buiten_marge(parameter, 44.0) == ""


@given(deel=st.floats(0.0, 3.0, allow_nan=False))
def test_een_pad_houdt_zijn_vorm_en_blijft_binnen_wat_kan(register: Register, deel: float) -> None:
    parameter = register.parameters["asielaanvragen"]
    oud = geldend(parameter, BEGIN)
    nieuw = verschoven(parameter, oud[-1].midden * deel, BEGIN)
    laagste, hoogste = grenzen(parameter.eenheid)
    assert [w.vanaf for w in nieuw] == [w.vanaf for w in oud]
    for een, ander in zip(oud, nieuw, strict=True):
        assert ander.midden == pytest.approx(min(max(een.midden * deel, laagste), hoogste))
        assert (ander.laag, ander.hoog, ander.kwaliteit) == (None, None, "rood")


def test_een_aanname_gaat_heen_en_terug(register: Register) -> None:
    scenario = kz.begin_met(register, "verbod_voorrang")
    anders = zet_aanname(register, scenario, "kans_zonder_voorrang", 0.3, BEGIN)
    assert anders.context[-1].waarden[-1].midden == 0.3
    assert zet_aanname(register, anders, "kans_zonder_voorrang", None, BEGIN) == scenario


@pytest.mark.parametrize(
    ("naam", "waarde", "woorden"),
    [
        ("kans_zonder_vorrang", 0.3, "bedoelde u 'kans_zonder_voorrang'"),
        ("kans_zonder_voorrang", -1.0, "kan niet bij"),
        ("aandeel_volwassen", 1.01, "kan niet bij"),
        ("aandeel_volwassen", float("nan"), "kan niet bij"),
        ("lvv_plaatsen", 5.0, "waarde per gemeente"),
        ("aandeel_met_voorrang", 0.5, "wordt al veranderd door maatregel"),
    ],
)
def test_een_aanname_die_niet_kan_zegt_waarom(
    register: Register, naam: str, waarde: float, woorden: str
) -> None:
    scenario = kz.begin_met(register, "verbod_voorrang")
    with pytest.raises(kz.KeuzeFout, match=woorden):
        zet_aanname(register, scenario, naam, waarde, BEGIN)


def test_een_maatregel_en_een_verschoven_aanname_botsen(register: Register) -> None:
    kaal = kz.begin_met(register, "geldend_recht")
    scenario = zet_aanname(register, kaal, "aandeel_met_voorrang", 0.5, BEGIN)
    with pytest.raises(kz.KeuzeFout, match="zet eerst de aanname terug"):
        kz.zet_maatregel(register, scenario, HUUR, True)


@given(acties=st.lists(st.sampled_from(["zet", "terug", "vooruit"]), max_size=30))
def test_ongedaan_maken_is_een_lint(register: Register, acties: list[str]) -> None:
    """Undo and redo walk over one ribbon of choices; a new choice cuts off what was undone."""
    begin = kz.begin_met(register, "verbod_voorrang")
    verhaal = kz.Geschiedenis(kz.Keuze(begin, begin))
    lint, plek = [verhaal.nu], 0
    for nummer, actie in enumerate(acties):
        if actie == "zet":
            kijk = kz.kijk_naar(verhaal.nu.kijk, "jaar", 2026 + nummer)
            verhaal.ga_naar(kz.Keuze(begin, begin, kijk))
            if verhaal.nu != lint[plek]:
                lint, plek = [*lint[: plek + 1], verhaal.nu], plek + 1
        elif actie == "terug":
            verhaal.terug()
            plek = max(0, plek - 1)
        else:
            verhaal.vooruit()
            plek = min(len(lint) - 1, plek + 1)
        assert verhaal.nu == lint[plek]
        assert (verhaal.kan_terug, verhaal.kan_vooruit) == (plek > 0, plek < len(lint) - 1)


def test_een_beweging_van_een_schuif_is_een_stap(register: Register) -> None:
    begin = kz.begin_met(register, "verbod_voorrang")
    verhaal = kz.Geschiedenis(kz.Keuze(begin, begin))
    eerste = verhaal.nu
    for waarde in (0.2, 0.25, 0.3):
        scenario = zet_aanname(register, begin, "kans_zonder_voorrang", waarde, BEGIN)
        verhaal.ga_naar(verhaal.nu.met("a", scenario), beweging="schuif#1")
    verhaal.terug()
    assert verhaal.nu == eerste


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [("joar", 2030), ("jaar", "2030"), ("jaar", True), ("stroom", "gehuisvestt"), ("maat", "fte")],
)
def test_wat_niet_te_zien_is_wordt_geweigerd(veld: str, waarde: object) -> None:
    with pytest.raises(kz.KeuzeFout):
        kz.kijk_naar(kz.Kijk(), veld, waarde)
