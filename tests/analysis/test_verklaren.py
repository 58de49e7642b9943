"""An explanation is the computation: every value follows from its parts, down to the source."""

from __future__ import annotations

import ast
import importlib
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from impact.analysis.ensemble import Opdracht, maak_opdracht
from impact.analysis.formules import FORMULES
from impact.analysis.formules.bladen import EENHEDEN_BLAD, Middenrun
from impact.analysis.formules.boom import GELIJK, NEDERLAND, Bouwer, Knoop, herbereken
from impact.analysis.formules.herkomst import rij_van_laatst_bekend
from impact.analysis.formules.rekenaar import FormuleKloptNiet, Rekenaar, bijna
from impact.analysis.formules.taal import GETALFUNCTIES, SOMMEN, Deel, ontleed
from impact.analysis.opslag import Instelling, Resultaat
from impact.analysis.verklaren import (
    OnbekendCijfer,
    Uitlegger,
    Vraag,
    als_tabel,
    bereken_verklaring,
    maak_uitlegger,
    middenrun,
)
from impact.model import gevolgen, keten
from impact.model.grootheden import SLEUTELS
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.historie import stroom
from impact.registry.laden import OnbekendScenario, Register
from impact.registry.modellen import Context
from impact.registry.periode import Halfjaar
from tests.analysis.conftest import KLEIN

UTRECHT, KLEINSTE, GROOTSTE = "GM0344", "GM0088", "GM0363"
Draai = Callable[[str], Middenrun]


@pytest.fixture(scope="session")
def opdracht(register: Register) -> Opdracht:
    return maak_opdracht(register, replace(KLEIN, trekkingen=0, tot="2031-II"))


@pytest.fixture(scope="session")
def draai(opdracht: Opdracht) -> Draai:
    """Middle draws by scenario; made, and held against the model, once."""
    bewaard: dict[str, Middenrun] = {}

    def geef(scenario: str) -> Middenrun:
        if scenario not in bewaard:
            bewaard[scenario] = middenrun(opdracht, scenario, scenario)
        return bewaard[scenario]

    return geef


@pytest.fixture(scope="session")
def uitlegger(register: Register, resultaten: dict[str, Resultaat]) -> Uitlegger:
    return maak_uitlegger(register, "verbod_voorrang", resultaten["verbod_voorrang"])


def plek(run: Middenrun, code: str) -> int | None:
    return None if code == NEDERLAND else list(run.register.gemeenten.index).index(code)


def namen(knoop: Knoop) -> list[str]:
    return [kind.deel.naam for kind in knoop.kinderen]


def test_elke_grootheid_heeft_een_formule() -> None:
    assert {f.sleutel for f in FORMULES.values() if f.in_catalogus} == set(SLEUTELS)


def test_elke_formule_heeft_uitleg_titel_en_eenheid() -> None:
    for formule in FORMULES.values():
        assert formule.uitleg.endswith("."), formule.naam
        assert formule.titel, formule.naam
        assert formule.eenheid, formule.naam


def test_elke_formule_noemt_een_regel_die_in_het_model_bestaat() -> None:
    for formule in FORMULES.values():
        module, functie = formule.regel.split(".")
        assert hasattr(importlib.import_module(f"impact.model.{module}"), functie), formule.regel


def test_elke_naam_in_een_formule_bestaat() -> None:
    parameters = {f"p.{naam}" for naam in PARAMETEREENHEDEN}
    rest = {"begin.termijn_verleden", "historie.spuk_per_statushouder", "t", "k"}
    bekend = {*FORMULES, *parameters, *EENHEDEN_BLAD, *rest, *SOMMEN, *GETALFUNCTIES}
    for formule in FORMULES.values():
        for regel in formule.regels:
            boom = ontleed(regel)
            binnen = {id(s.value) for s in ast.walk(boom) if isinstance(s, ast.Attribute)}
            namen = {ast.unparse(s) for s in ast.walk(boom) if isinstance(s, ast.Attribute)}
            namen |= {
                s.id for s in ast.walk(boom) if isinstance(s, ast.Name) and id(s) not in binnen
            }
            assert namen - bekend - {"laatste", "lijn"} == set(), formule.naam


def test_elke_parameter_van_het_model_komt_in_een_formule_voor() -> None:
    alles = " ".join(regel for f in FORMULES.values() for regel in f.regels)
    gebruikt = {naam for naam in PARAMETEREENHEDEN if f"p.{naam}" in alles}
    assert set(PARAMETEREENHEDEN) - gebruikt == set()


def test_formules_geven_de_getallen_van_het_model(register: Register, draai: Draai) -> None:
    """All scenarios, quantities, municipalities and half-years; a mismatch is an error."""
    for scenario in register.scenarios:
        draai(scenario)


@pytest.mark.parametrize(
    "sleutel",
    [
        ("achterstand", ""),
        ("vergunningen", ""),
        ("lvv_bewoners", ""),
        ("fte_nodig", ""),
        ("kosten_oekraine_opvang", "inwoner"),
        ("netto_lasten_gemeente", "gemeente"),
    ],
)
def test_een_ander_getal_in_het_model_valt_op(draai: Draai, sleutel: tuple[str, str]) -> None:
    """One municipality in one half-year is enough."""
    run = draai("verbod_voorrang")
    anders = np.array(run.reken.uitkomst[sleutel])
    anders[0, -1, 4] += 0.01
    rekenaar = Rekenaar(run.reken.invoer, {**run.reken.uitkomst, sleutel: anders})
    with pytest.raises(FormuleKloptNiet, match=sleutel[0]):
        rekenaar.controleer()


def test_een_andere_regel_in_het_model_valt_op(
    opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    def naar_beneden(landelijk: np.ndarray, inwoners: np.ndarray, nl: np.ndarray) -> np.ndarray:
        return np.floor(landelijk * inwoners / nl)

    monkeypatch.setattr(keten.ts, "verdeel_taakstelling", naar_beneden)
    with pytest.raises(FormuleKloptNiet, match="taakstelling, halfjaar 0"):
        middenrun(opdracht, "geldend_recht", "geldend_recht")


def test_een_andere_regel_voor_bijstand_valt_op(
    opdracht: Opdracht, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gevolgen.soc, "laat", lambda maanden: np.zeros((1, 1, 1)))
    with pytest.raises(FormuleKloptNiet, match="bijstand_personen"):
        middenrun(opdracht, "geldend_recht", "geldend_recht")


@pytest.mark.parametrize("scenario", ["geldend_recht", "alles_samen"])
@pytest.mark.parametrize("code", [KLEINSTE, GROOTSTE, NEDERLAND])
def test_elk_cijfer_volgt_uit_zijn_delen(draai: Draai, scenario: str, code: str) -> None:
    """Recomputed from what a reader sees, for every quantity, at the start and at the end."""
    run = draai(scenario)
    for t in (0, len(run.perioden) - 1):
        for formule in FORMULES.values():
            if not formule.in_catalogus:
                continue
            boom = Bouwer(run).boom(Deel(formule.naam, t), plek(run, code), 2)
            reeks = run.reken.uitkomst[formule.sleutel][0, :, t]
            model = reeks.sum() if boom.gemeente == NEDERLAND else reeks[plek(run, code)]
            assert boom.waarde == pytest.approx(model, rel=1e-9, abs=1e-9), formule.naam
            assert boom.kinderen, formule.naam
            for _, _, knoop in boom.alle():
                if knoop.kinderen:
                    assert bijna(herbereken(knoop), knoop.waarde), knoop.titel


@pytest.mark.parametrize("naam", ["netto_lasten_gemeente.gemeente", "achterstand", "vergunningen"])
def test_elk_blad_heeft_een_bron_op_een_plek_die_bestaat(
    draai: Draai, wortel: Path, naam: str
) -> None:
    run = draai("alles_samen")
    boom = Bouwer(run).boom(Deel(naam, 5), plek(run, UTRECHT), 9)
    bladeren = [k for _, _, k in boom.alle() if not k.kinderen and not k.vervolg]
    bronnen = [k for k in bladeren if k.herkomst is not None]
    zonder = [k for k in bladeren if k.herkomst is None]
    assert bronnen
    assert {k.soort for k in zonder} <= {"formule", "rest"}
    for knoop in bronnen:
        herkomst = knoop.herkomst
        assert herkomst is not None
        assert herkomst.titel
        assert herkomst.kwaliteit in {"groen", "oranje", "rood"}
        assert knoop.eenheid
        tekst = (wortel / herkomst.bestand).read_text(encoding="utf-8").splitlines()
        assert 0 <= herkomst.regel <= len(tekst)


def test_een_formule_zonder_delen_is_een_vast_getal(draai: Draai) -> None:
    """What ends in a formula and not in a source depends on the age of a group alone."""
    run = draai("alles_samen")
    boom = Bouwer(run).boom(Deel("bijstand_groep", 5, 2), plek(run, UTRECHT), 9)
    kaal = {k.deel.naam for _, _, k in boom.alle() if k.soort == "formule" and not k.kinderen}
    assert "aanwezig" in kaal


def test_de_regel_van_een_aanname_staat_op_de_genoemde_regel(draai: Draai, wortel: Path) -> None:
    run = draai("verbod_voorrang")
    boom = Bouwer(run).boom(Deel("kans_zonder_voorrang_hier", 5), plek(run, UTRECHT), 3)
    kans, _, stedelijkheid = boom.kinderen
    assert (kans.waarde, kans.herkomst and kans.herkomst.kwaliteit) == (0.15, "rood")
    assert kans.herkomst is not None
    regels = (wortel / kans.herkomst.bestand).read_text(encoding="utf-8").splitlines()
    assert "kans_zonder_voorrang:" in "\n".join(regels[kans.herkomst.regel - 6 :][:6])
    assert stedelijkheid.herkomst is not None
    tabel = (wortel / stedelijkheid.herkomst.bestand).read_text(encoding="utf-8").splitlines()
    assert tabel[stedelijkheid.herkomst.regel - 1].startswith(UTRECHT)


def test_een_maatregel_is_een_eigen_stap(draai: Draai) -> None:
    run = draai("verbod_voorrang")
    voor = Bouwer(run).boom(Deel("kans_corporatiewoning", 1), plek(run, UTRECHT), 3).kinderen[0]
    na = Bouwer(run).boom(Deel("kans_corporatiewoning", 2), plek(run, UTRECHT), 3).kinderen[0]
    assert (voor.waarde, voor.kinderen) == (1.0, ())
    aanname, maatregel = na.kinderen
    assert (aanname.waarde, maatregel.waarde, na.waarde) == (1.0, 0.0, 0.0)
    assert maatregel.soort == "maatregel"
    assert maatregel.uitleg == (
        "verbod_voorrang_sociale_huur vervangt aandeel met voorrang vanaf 2027-I."
    )
    assert maatregel.herkomst is not None
    assert maatregel.herkomst.bestand == "parameters/wetten/verbod_voorrang.yaml"


def test_de_taakstelling_is_met_de_hand_na_te_rekenen(draai: Draai) -> None:
    """Huisvestingswet 2014, art. 29: naar rato van inwoners, naar boven afgerond."""
    run = draai("geldend_recht")
    boom = Bouwer(run).boom(Deel("taakstelling_netto", 4), plek(run, UTRECHT), 1)
    landelijk, inwoners, nederland = (kind.waarde for kind in boom.kinderen)
    assert boom.waarde == math.ceil(landelijk * inwoners / nederland)
    assert [kind.gemeente for kind in boom.kinderen] == [NEDERLAND, UTRECHT, NEDERLAND]


def test_een_landelijk_cijfer_dat_niet_optelt_wordt_een_som_van_gemeenten(draai: Draai) -> None:
    run = draai("verbod_voorrang")
    boom = Bouwer(run).boom(Deel("gehuisvest_corporatie", 5), None, 3)
    assert boom.soort == "som"
    assert [kind.soort for kind in boom.kinderen] == ["formule"] * 5 + ["rest"]
    assert boom.kinderen[0].titel == "Amsterdam"
    assert boom.kinderen[-1].titel == "337 andere gemeenten samen"
    assert sum(kind.waarde for kind in boom.kinderen) == pytest.approx(boom.waarde)


@pytest.mark.parametrize("van", ["2019-II", "2023-I"])
def test_een_aangekondigde_taakstelling_is_zelf_de_bron(register: Register, van: str) -> None:
    """In the first half-year it is taken as it is; the next one is computed as always."""
    opdracht = maak_opdracht(register, Instelling(trekkingen=0, van=van, tot="2024-II"))
    run = middenrun(opdracht, "geldend_recht", "geldend_recht")
    bekend = stroom(register.historie, "taakstelling_aangekondigd", Halfjaar.lees(van))
    (blad,) = Bouwer(run).boom(Deel("taakstelling_landelijk", 0), None, 3).kinderen
    assert blad.waarde == bekend.waarde
    assert van in blad.uitleg
    assert blad.herkomst is not None
    assert blad.herkomst.bestand == "parameters/historie/taakstelling.csv"
    daarna = Bouwer(run).boom(Deel("taakstelling_landelijk", 1), None, 3)
    assert "verwachte_vergunningen" in namen(daarna)
    assert run.reken(Deel("misrekening", 0))[0] == 0.0 != run.reken(Deel("misrekening", 1))[0]


def test_zonder_aankondiging_volgt_de_taakstelling_uit_de_vergunningen(draai: Draai) -> None:
    boom = Bouwer(draai("geldend_recht")).boom(Deel("taakstelling_landelijk", 0), None, 1)
    assert "verwachte_vergunningen" in namen(boom)


def test_bij_de_start_is_alles_wat_er_te_doen_is_verdeeld(draai: Draai) -> None:
    """Target and backlog together by inhabitants, minus the own target: what is left is behind."""
    run = draai("geldend_recht")
    begin = run.reken.invoer.begin
    vorige = run.reken(Deel("nog_te_huisvesten", -1))
    aandeel = run.reken(Deel("aandeel_inwoners", 0))
    np.testing.assert_allclose(vorige, begin.achterstand[0] * aandeel)
    boom = Bouwer(run).boom(Deel("nog_te_huisvesten", -1), plek(run, UTRECHT), 2)
    bladen = {k.deel.naam: k.uitleg for k in boom.kinderen if k.herkomst is not None}
    assert set(bladen) == {"begin.taakstelling_vorig", "begin.achterstand"}
    assert all("2025-II" in uitleg for uitleg in bladen.values())


def test_een_geteld_aantal_gemeenten_is_een_som(draai: Draai) -> None:
    run = draai("alles_samen")
    for t in range(len(run.perioden)):
        deel = Deel("gemeenten_taakstelling_gehaald", t)
        land, hier = (Bouwer(run).boom(deel, plek(run, c), 2) for c in (NEDERLAND, UTRECHT))
        assert land.soort == "som"
        assert (
            land.waarde == run.reken.uitkomst["gemeenten_taakstelling_gehaald", ""][0, :, t].sum()
        )
        open_, geldt = (kind.waarde for kind in hier.kinderen)
        assert hier.waarde == (1.0 if open_ < 0.5 else 0.0) * geldt


def test_wie_langer_wacht_is_verder_op_de_curve(draai: Draai) -> None:
    run = draai("verbod_voorrang")
    t, k = 8, 3
    extra = float(run.reken(Deel("extra_wachtjaren", t - k))[0])
    start = float(run.reken(Deel("p.maanden_tot_huisvesting", 0))[0])
    maanden = run.reken(Deel("maanden_sinds_vergunning", t, k))
    assert extra > 0.0
    assert maanden[0] == pytest.approx(start + 12 * extra + 6 * k)
    later = run.reken(Deel("maanden_sinds_vergunning_budget", t, k - 2))
    assert later[0] == pytest.approx(maanden[0] - 12)


def test_het_tempo_van_de_ind_gaat_naar_dat_van_de_aannames(draai: Draai) -> None:
    run = draai("geldend_recht")
    tempo = [float(run.reken(Deel("tempo_ind", t))[0]) for t in range(len(run.perioden))]
    np.testing.assert_allclose(tempo, run.reken.invoer.toeval.vergunningen[0, 0])
    assert math.log(tempo[2]) == pytest.approx(math.log(tempo[0]) / 2)


@pytest.mark.parametrize(
    ("formule", "blad", "naam"),
    [
        ("bruikbaar_aanbod", "toeval.benutting", "niveau"),
        ("inzet", "toeval.inzet", "fout_huisvesting"),
        ("inzet", "toeval.gemeente_effect", "spreiding_gemeenten"),
        ("gewicht_opgave", "toeval.begin_opgave", "spreiding_begin"),
        ("tempo_ind", "toeval.vergunningen", "fout_vergunningen"),
    ],
)
def test_een_geijkt_blad_noemt_de_waarde_uit_het_manifest(
    draai: Draai, resultaten: dict[str, Resultaat], formule: str, blad: str, naam: str
) -> None:
    run = draai("verbod_voorrang")
    boom = Bouwer(run).boom(Deel(formule, 0), plek(run, UTRECHT), 2)
    knoop = next(kind for kind in boom.kinderen if kind.deel.naam == blad)
    waarde = float(resultaten["verbod_voorrang"].manifest["kalibratie"][naam])
    tekst = f"{waarde:.3f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
    assert f"{naam} {tekst}" in knoop.uitleg
    assert knoop.herkomst is not None
    assert "impact terugtoets" in knoop.herkomst.vindplaats
    assert "notebook verantwoording" in knoop.herkomst.vindplaats


def test_benutting_en_tempo_zijn_na_te_rekenen(draai: Draai) -> None:
    run = draai("geldend_recht")
    assert run.reken(Deel("toeval.benutting", 0))[0] == pytest.approx(
        math.exp(run.kalibratie.niveau)
    )
    boom = Bouwer(run).boom(Deel("tempo_ind", 0), None, 2)
    nu, aannames = re.findall(r"is ([\d.]+) verg|halfjaar ([\d.]+)\. De", boom.kinderen[0].uitleg)
    deling = float(nu[0].replace(".", "")) / float(aannames[1].replace(".", ""))
    assert boom.waarde == pytest.approx(deling, rel=1e-3)


def test_een_reeks_die_ophoudt_noemt_het_laatste_cijfer(register: Register) -> None:
    gevonden = rij_van_laatst_bekend(register, "asielvergunningen", Halfjaar(2026, 2))
    assert gevonden is not None
    rij, halfjaar = gevonden
    assert (rij["moment"], halfjaar) == ("2025", Halfjaar(2025, 2))
    assert rij_van_laatst_bekend(register, "asielvergunningen", Halfjaar(2010, 1)) is None


def test_een_bedrag_in_oude_prijzen_wordt_omgerekend(draai: Draai) -> None:
    run = draai("geldend_recht")
    boom = Bouwer(run).boom(Deel("uitkering_per_huishouden", 3), None, 2)
    norm = next(k for k in boom.kinderen if k.titel == "Bijstandsnorm paar")
    for kind in norm.kinderen or (norm,):
        assert kind.herkomst is not None
    werk = Bouwer(run).boom(Deel("inburgering_werk", 3), None, 1).kinderen[1]
    bedrag, index = werk.kinderen
    assert bedrag.eenheid == "euro per uur, prijzen van 2024"
    assert werk.waarde == pytest.approx(bedrag.waarde / index.waarde)


def test_verschil_zet_de_referentie_ernaast(draai: Draai) -> None:
    eigen, basis = draai("verbod_voorrang"), draai("geldend_recht")
    deel, waar = Deel("achterstand", 6), plek(eigen, UTRECHT)
    boom = Bouwer(eigen, basis).boom(deel, waar, 8)
    verschil = eigen.reken(deel)[waar] - basis.reken(deel)[waar]
    assert boom.verschil == pytest.approx(verschil) != 0.0
    knopen = [knoop for _, _, knoop in boom.alle()]
    assert any(k.soort == "maatregel" and k.referentie is None for k in knopen)
    gelijk = [k for k in knopen if k.vervolg == GELIJK]
    assert gelijk
    assert all(not k.verschilt and not k.kinderen for k in gelijk)


def test_de_boom_wordt_niet_dieper_dan_gevraagd(draai: Draai) -> None:
    run = draai("geldend_recht")
    ondiep = Bouwer(run).boom(Deel("achterstand", 6), plek(run, UTRECHT), 1)
    dieper = Bouwer(run).boom(Deel("achterstand", 6), plek(run, UTRECHT), 4)
    assert max(diepte for diepte, _, _ in ondiep.alle()) == 1
    assert max(diepte for diepte, _, _ in dieper.alle()) == 4


def test_verklaring_toont_ook_het_gepubliceerde_cijfer(
    uitlegger: Uitlegger, resultaten: dict[str, Resultaat]
) -> None:
    verklaring = uitlegger.verklaar(Vraag("achterstand", UTRECHT, "2028-I"))
    tabel = resultaten["verbod_voorrang"].tabel()
    rij = tabel[
        (tabel["grootheid"] == "achterstand")
        & (tabel["gemeente"] == UTRECHT)
        & (tabel["periode"] == "2028-I")
    ].iloc[0]
    assert verklaring.gepubliceerd is not None
    assert verklaring.gepubliceerd.midden == rij["midden"]
    assert verklaring.gepubliceerd.trekkingen == KLEIN.trekkingen
    assert verklaring.gemeentenaam == "Utrecht"
    assert verklaring.verloop["2028-I"] == verklaring.midden
    assert namen(verklaring.boom) == ["nog_te_huisvesten", "p.taakstelling_geldt"]


def test_een_tussenstap_heeft_geen_gepubliceerd_cijfer(uitlegger: Uitlegger) -> None:
    assert uitlegger.verklaar(Vraag("vraag", UTRECHT, "2028-I")).gepubliceerd is None


def test_een_groep_kan_apart(uitlegger: Uitlegger) -> None:
    verklaring = uitlegger.verklaar(Vraag("bijstand_groep[4]", UTRECHT, "2028-I"))
    assert verklaring.boom.titel == "Bijstand van wie een plek kreeg in 2026-I"


def test_een_landelijk_cijfer_blijft_landelijk(uitlegger: Uitlegger) -> None:
    verklaring = uitlegger.verklaar(Vraag("vergunningen", UTRECHT, "2028-I"))
    assert verklaring.gemeentenaam == "Nederland"


def test_de_tabel_heeft_een_rij_per_cijfer(uitlegger: Uitlegger) -> None:
    verklaring = uitlegger.verklaar(Vraag("taakstelling", UTRECHT, "2028-I", verschil=True))
    tabel = als_tabel(verklaring)
    assert len(tabel) == sum(1 for _ in verklaring.boom.alle())
    assert tabel["nummer"].is_unique
    assert list(tabel.columns[:9]) == [
        *("nummer", "diepte", "onderdeel", "soort", "gemeente", "periode", "waarde"),
        *("waarde_referentie", "verschil"),
    ]
    rest = {"eenheid", "naam", "rekenregel", "uitleg", "grondslag", "functie_in_model", "vervolg"}
    herkomst = {"bron", "uitgever", "bron_datum", "vindplaats", "kwaliteit", "bestand", "regel"}
    assert rest | herkomst | {"verouderd", "laag", "hoog"} <= set(tabel.columns)
    assert tabel["eenheid"].ne("").all()


@pytest.mark.parametrize(
    ("vraag", "tekst"),
    [
        (Vraag("achterstnd", UTRECHT, "2028-I"), "bedoelde u 'achterstand'"),
        (Vraag("achterstand", UTRECHT, "2058-I"), "buiten de berekening"),
        (Vraag("achterstand", "GM9999", "2028-I"), "onbekende gemeente 'GM9999'"),
        (Vraag("achterstand", UTRECHT, "2028-I", "coa"), "geen bedrag"),
        (Vraag("kosten_totaal", UTRECHT, "2028-I", "bank"), "kies uit coa, gemeente"),
        (Vraag("bijstand_groep", UTRECHT, "2028-I"), r"bijstand_groep\[3\]"),
        (Vraag("achterstand[3]", UTRECHT, "2028-I"), "gebruik bijvoorbeeld 'achterstand'"),
        (Vraag("inzet_", UTRECHT, "2028-I"), "bedoelde u 'inzet'"),
        (Vraag("deel_van_regulier", NEDERLAND, "2028-I"), "bestaat alleen per gemeente"),
    ],
)
def test_een_vergissing_krijgt_antwoord(uitlegger: Uitlegger, vraag: Vraag, tekst: str) -> None:
    with pytest.raises(OnbekendCijfer, match=tekst):
        uitlegger.verklaar(vraag)


def test_een_referentie_heeft_geen_verschil(
    register: Register, resultaten: dict[str, Resultaat]
) -> None:
    uitleg = maak_uitlegger(register, "recht_2025", resultaten["recht_2025"])
    with pytest.raises(OnbekendCijfer, match="zelf een referentie"):
        uitleg.verklaar(Vraag("achterstand", UTRECHT, "2028-I", verschil=True))


def test_een_vergissing_wordt_gezien_voor_er_gerekend_is(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nooit(*_: object) -> None:
        raise AssertionError("er is gerekend")

    monkeypatch.setattr("impact.analysis.verklaren.bereken", nooit)
    with pytest.raises(OnbekendCijfer, match="bedoelde u 'gehuisvest'"):
        bereken_verklaring(register, "verbod_voorrang", Vraag("gehuisvst", NEDERLAND, "2028-I"))
    with pytest.raises(OnbekendScenario, match="bedoelde u 'verbod_voorrang'"):
        bereken_verklaring(register, "verbod_vorrang", Vraag("gehuisvest", NEDERLAND, "2028-I"))


def test_de_verklaring_rekent_zelf_wat_ontbreekt(
    met_leeg: Register, resultaten: dict[str, Resultaat]
) -> None:
    instelling = Instelling(trekkingen=KLEIN.trekkingen, tot=KLEIN.tot)
    vraag = Vraag("gehuisvest", NEDERLAND, "2028-I", verschil=True)
    verklaring = bereken_verklaring(met_leeg, "leeg", vraag, instelling)
    assert verklaring.midden == 0.0
    assert all(kind.vervolg == GELIJK for kind in verklaring.boom.kinderen)


def test_een_waarde_uit_de_context_noemt_het_scenario(register: Register) -> None:
    """The context goes to both runs, and its value is the leaf in both."""
    parameter = register.parameters["asielaanvragen"]
    waarde = parameter.waarden[-1].model_copy(update={"midden": 31_000.0, "vanaf": None})
    waarde = waarde.model_copy(update={"laag": None, "hoog": None, "verdeling": "vast"})
    basis = register.scenarios["verbod_voorrang"]
    stap = Context(parameter="asielaanvragen", waarden=[waarde])
    anders = basis.model_copy(update={"context": [stap]})
    met = register.met_scenarios({**register.scenarios, "veel": anders})
    opdracht = maak_opdracht(met, Instelling(trekkingen=0, tot="2027-II"))
    eigen = middenrun(opdracht, "veel", "veel")
    vergelijk = middenrun(opdracht, "geldend_recht", "veel")
    for run in (eigen, vergelijk):
        blad = Bouwer(run).boom(Deel("asielaanvragen", 2), None, 1).kinderen[0]
        assert blad.waarde == 31_000.0
        assert blad.herkomst is not None
        assert blad.herkomst.plek == "scenario 'veel'"
    met_verschil = Bouwer(eigen, vergelijk).boom(Deel("asielaanvragen", 2), None, 1)
    assert met_verschil.verschil == 0.0


def test_een_eigen_waarde_van_een_gemeente_noemt_haar_regel(draai: Draai, wortel: Path) -> None:
    run = draai("geldend_recht")
    blad = Bouwer(run).boom(Deel("lvv_bewoners", 2), plek(run, UTRECHT), 1).kinderen[0]
    assert blad.herkomst is not None
    regels = (wortel / blad.herkomst.bestand).read_text(encoding="utf-8").splitlines()
    assert UTRECHT in regels[blad.herkomst.regel - 1]


def test_geld_van_voor_de_start_komt_tot_zijn_bron(draai: Draai) -> None:
    """The first SPUK rests on counts and amounts of years before the run."""
    run = draai("geldend_recht")
    deel = Deel("kosten_inburgering_voorzieningen.rijk_spuk", 0)
    boom = Bouwer(run).boom(deel, plek(run, UTRECHT), 6)
    knopen = {k.deel.naam: k for _, _, k in boom.alle()}
    tarief = knopen["historie.spuk_per_statushouder"]
    assert tarief.herkomst or tarief.kinderen
    assert knopen["historie.gehuisvest"].herkomst is not None


def test_een_vergunning_van_voor_de_start_heeft_de_termijn_van_toen(draai: Draai) -> None:
    run = draai("alles_samen")
    boom = Bouwer(run).boom(Deel("verlengingen", 0), None, 5)
    termijn = next(k for _, _, k in boom.alle() if k.deel.naam == "begin.termijn_verleden")
    assert termijn.waarde == 10.0
    assert termijn.eenheid == "halfjaren"
    assert termijn.herkomst is not None
