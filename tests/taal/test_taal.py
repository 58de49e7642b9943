"""Fixed texts read easily: short sentences, common words. The rules are in regels.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.taal.leesbaarheid import klachten, leesgemak, regels, woorden, zinnen
from tests.taal.teksten import Tekst, alle_teksten, uit_parameters, uit_python

MAKKELIJK = (
    "De gemeente zoekt een huis voor het gezin. Het Rijk betaalt een deel van de kosten. "
    "De rest betaalt de gemeente zelf. Wie geen huis vindt, blijft in de opvang. Dat kost geld."
)
MOEILIJK = (
    "Verantwoordelijkheidsverdeling tussen bestuursorganen veronderstelt voortdurende afstemming "
    "over beleidsvoorbereiding, beleidsuitvoering, financieringssystematiek, "
    "bekostigingsvoorwaarden, toezichtarrangementen. Interbestuurlijke samenwerkingsverbanden "
    "bemoeilijken ondertussen verantwoordingsprocedures, besluitvormingstrajecten, "
    "overeenstemming, onderhandelingsresultaten, beleidsevaluaties, capaciteitsvraagstukken, "
    "arbeidsmarktproblematiek, huisvestingsmogelijkheden, ondersteuningsbehoeften."
)


def test_alle_vaste_teksten_zijn_leesbaar(wortel: Path) -> None:
    teksten = alle_teksten(wortel, regels())
    soorten = {Path(tekst.plek.partition(":")[0].partition(",")[0]).suffix for tekst in teksten}
    assert soorten == {".py", ".ipynb", ".j2", ".yaml"}, "een soort tekst wordt niet meer gelezen"
    gevonden = [klacht for tekst in teksten for klacht in klachten(tekst)]
    assert not gevonden, "verbeter deze teksten (regels: tests/taal/regels.yaml):\n" + "\n".join(
        gevonden
    )


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("Wij " + "en ook wij " * 10 + "gaan.", "zin van 32 woorden, hoogstens"),
        ("Teneinde dit te doen.", "'Teneinde' is geen gewoon woord; schrijf: om"),
        ("Dat is een significante stijging.", "schrijf: duidelijk, met een getal erbij"),
        ("Ten opzichte\n  van nu.", "schrijf: vergeleken met"),
        (f"{MOEILIJK} {MOEILIJK}", "leesgemak -"),
    ],
)
def test_elke_regel_vindt_een_fout_en_noemt_plek_en_uitweg(inhoud: str, melding: str) -> None:
    gevonden = list(klachten(Tekst("bestand.yaml:3 (sleutel)", inhoud)))
    assert all(klacht.startswith("bestand.yaml:3 (sleutel): ") for klacht in gevonden)
    assert any(melding in klacht for klacht in gevonden)


def test_een_gewone_tekst_geeft_geen_klacht() -> None:
    assert list(klachten(Tekst("x", MAKKELIJK))) == []
    assert leesgemak(MAKKELIJK) > 80 > regels()["laagste_leesgemak"] > leesgemak(MOEILIJK)


def test_een_instellingswoord_telt_als_een_kort_woord() -> None:
    zin = "De {} gaat door in het hele land en dat is voor veel mensen goed nieuws."
    assert leesgemak(zin.format("gemeentetaakstelling")) == leesgemak(zin.format("wet"))
    assert leesgemak(zin.format("verantwoordelijkheid")) < leesgemak(zin.format("wet"))


def test_getallen_en_afkortingen_breken_een_zin_niet() -> None:
    assert zinnen("Er zijn 12.000 plaatsen (art. 29, lid 1). Dat is 3,5 procent.") == [
        "Er zijn 12.000 plaatsen (art. 29, lid 1).",
        "Dat is 3,5 procent.",
    ]
    assert woorden("Er zijn 12.000 plaatsen.") == 4
    assert leesgemak("Er zijn 12.000 huizen.") == leesgemak("Er zijn 12 huizen.")


def test_teksten_van_python(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '"""English docstring of a module."""\n'
        "def f(x):\n"
        '    """English docstring of a function."""\n'
        "    return f'Er zijn {x} mensen in {g(\"in de hele stad\")}'\n"
        "@cli.command()\n"
        "def opdracht():\n"
        '    """Doe iets voor de lezer.\n\n    Voorbeeld: impact doe iets\n    """\n'
        'PATROON = re.compile(r"a \\d b <c> d")\n',
        encoding="utf-8",
    )
    assert [t.inhoud.strip() for t in uit_python(tmp_path / "a.py", "a.py")] == [
        "Er zijn X mensen in X",
        "in de hele stad",
        "Doe iets voor de lezer.",
    ]


def test_teksten_van_parameters_zonder_woorden_van_anderen(tmp_path: Path) -> None:
    pad = tmp_path / "a.yaml"
    pad.write_text(
        "een:\n  titel: Wat het is\n  vindplaats: bladzijde 3 van het stuk\n"
        "  niet_gemodelleerd:\n    - Dit doen we niet\n",
        encoding="utf-8",
    )
    assert [(t.plek, t.inhoud) for t in uit_parameters(pad, "a.yaml", {"vindplaats"})] == [
        ("a.yaml:2 (een.titel)", "Wat het is"),
        ("a.yaml:5 (een.niet_gemodelleerd)", "Dit doen we niet"),
    ]
