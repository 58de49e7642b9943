"""Saving: a valid, commented file that can be reviewed, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from impact.analysis.waarden import GeenEffect
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.registry.problemen import RegisterFout
from impact.werkbank import Verkenner
from impact.werkbank.opslaan import OpslaanFout, bewaar

HUUR = "verbod_voorrang_sociale_huur"


@pytest.fixture
def verkenner(kopie: Register) -> Verkenner:
    verkenner = Verkenner(trekkingen=4, register=kopie)
    verkenner.doe(
        {"wat": "sterkte", "kant": "a", "naam": HUUR, "waarde": 0.5},
        {"wat": "ingang", "kant": "a", "naam": HUUR, "vanaf": "2028-II"},
        {"wat": "aanname", "kant": "a", "naam": "kans_zonder_voorrang", "waarde": 0.6},
        {"wat": "aanname", "kant": "a", "naam": "asielaanvragen", "waarde": 15_000},
    )
    return verkenner


def scenariomap(register: Register) -> set[str]:
    return {pad.name for pad in (register.map / "scenarios").iterdir()}


def test_wat_is_bewaard_is_wat_is_gekozen(verkenner: Verkenner, kopie: Register) -> None:
    pad = verkenner.bewaar("proef", "Een 'proef': met # tekens", "Om te zien\nof het werkt.")
    gelezen = laad_register(kopie.map, parameters_model=PARAMETEREENHEDEN).scenarios["proef"]
    gekozen = verkenner.keuze.a
    assert gelezen == gekozen == verkenner.register.scenarios["proef"]
    assert gelezen.toelichting.startswith("Om te zien of het werkt. Let op:")
    assert "50% van wat in de wet staat" in gelezen.toelichting
    tekst = pad.read_text(encoding="utf-8")
    for woord in (
        "# Gemaakt in de verkenner op",
        "# Geen voorrang meer bij sociale huur",
        "vanaf: 2028-II, sterkte: 0.5",
        "# in de aannames: 0,15, marge 0 tot 0,4",
        "# let op: buiten de marge: hoger dan het hoogste punt",
    ):
        assert woord in tekst
    assert max(map(len, tekst.splitlines())) < 160


def test_een_bestand_wordt_niet_zomaar_vervangen(verkenner: Verkenner, kopie: Register) -> None:
    pad = verkenner.bewaar("proef", "Eerste", "De eerste keer.")
    eerst = pad.read_text(encoding="utf-8")
    with pytest.raises(OpslaanFout, match="bestaat al"):
        verkenner.bewaar("proef", "Tweede", "De tweede keer.")
    assert pad.read_text(encoding="utf-8") == eerst
    verkenner.bewaar("proef", "Tweede", "De tweede keer.", vervang=True)
    assert "Tweede" in pad.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("Mijn variant", "Bijvoorbeeld: mijn_variant"),
        ("../geheim", "kan geen naam zijn"),
        ("", "kan geen naam zijn"),
        ("a" * 61, "kan geen naam zijn"),
    ],
)
def test_een_naam_die_niet_kan(
    verkenner: Verkenner, kopie: Register, naam: str, woorden: str
) -> None:
    voor = scenariomap(kopie)
    with pytest.raises(OpslaanFout, match=woorden):
        verkenner.bewaar(naam, "Titel", "Uitleg.")
    assert scenariomap(kopie) == voor


def test_vervangen_wat_er_niet_is_geeft_de_naaste_naam(verkenner: Verkenner) -> None:
    with pytest.raises(OpslaanFout, match="bedoelde u 'verbod_voorrang'"):
        verkenner.bewaar("verbod_vorrang", "Titel", "Uitleg.", vervang=True)


def test_een_lange_toelichting_komt_letterlijk_terug(verkenner: Verkenner) -> None:
    lang = "Zie https://voorbeeld.nl/" + "x" * 120 + " en het IND-COA-koppelvlak-" + "y-" * 60
    verkenner.bewaar("proef", "Titel", f"{lang}z.")
    assert laad_register(verkenner.register.map).scenario("proef").toelichting.startswith(lang)


def test_zonder_titel_of_toelichting_wordt_niets_geschreven(
    verkenner: Verkenner, kopie: Register
) -> None:
    voor = scenariomap(kopie)
    for titel, toelichting in (("", "Uitleg."), ("Titel", "  ")):
        with pytest.raises(OpslaanFout, match="titel en een toelichting"):
            verkenner.bewaar("proef", titel, toelichting)
    assert scenariomap(kopie) == voor


def test_een_maatregel_zonder_effect_wordt_niet_bewaard(
    verkenner: Verkenner, kopie: Register
) -> None:
    voor = scenariomap(kopie)
    verkenner.doe(
        {"wat": "aanname", "kant": "a", "naam": "kans_zonder_voorrang", "waarde": None},
        {"wat": "maatregel", "kant": "a", "naam": "verbod_voorrang_kamers", "aan": False},
        {"wat": "aanname", "kant": "a", "naam": "mutatiegraad", "waarde": 0},
    )
    with pytest.raises(GeenEffect, match=HUUR):
        verkenner.bewaar("proef", "Titel", "Uitleg.")
    assert scenariomap(kopie) == voor


def test_wat_het_register_weigert_wordt_niet_geschreven(kopie: Register) -> None:
    kapot = kopie.scenarios["verbod_voorrang"].model_copy(update={"referentie": "geldend_rect"})
    voor = scenariomap(kopie)
    with pytest.raises(RegisterFout, match="bedoelde u 'geldend_recht'"):
        bewaar(kopie, kapot, "proef")
    assert scenariomap(kopie) == voor


def test_een_volle_schijf_laat_geen_half_bestand_achter(
    verkenner: Verkenner, kopie: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vol(*_: object) -> None:
        raise OSError("vol")

    voor = scenariomap(kopie)
    monkeypatch.setattr("os.link", vol)
    with pytest.raises(OSError, match="vol"):
        verkenner.bewaar("proef", "Titel", "Uitleg.")
    assert scenariomap(kopie) == voor
    assert not Path(kopie.map / "scenarios" / "proef.yaml").exists()
