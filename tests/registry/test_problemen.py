"""The message itself: complete, in order, with the way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.registry.problemen import Probleem, RegisterFout, bedoelde, kort


def test_een_bericht_in_de_afgesproken_vorm() -> None:
    fout = RegisterFout(
        [
            Probleem("parameters/b.yaml", 9, "'x' kan niet", "kies y"),
            Probleem("parameters/a.yaml", 14, "onbekende parameter 'b'", "bedoelde u 'a'?"),
        ]
    )
    assert str(fout) == (
        "parameters/a.yaml, regel 14: onbekende parameter 'b'\n"
        "  bedoelde u 'a'?\n"
        "parameters/b.yaml, regel 9: 'x' kan niet\n"
        "  kies y\n"
        "2 problemen; er is niets berekend."
    )


def test_een_probleem_van_het_hele_bestand_heeft_geen_regel() -> None:
    melding = str(RegisterFout([Probleem("parameters/a.yaml", 0, "is leeg")]))
    assert melding == "parameters/a.yaml: is leeg\n1 probleem; er is niets berekend."


def test_hetzelfde_probleem_telt_een_keer() -> None:
    probleem = Probleem("a", 1, "b")
    assert RegisterFout([probleem, probleem]).problemen == [probleem]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30)), min_size=1, unique=True))
def test_gesorteerd_op_bestand_en_regel(plekken: list[tuple[str, int]]) -> None:
    fout = RegisterFout(Probleem(bestand, regel, "x") for bestand, regel in plekken)
    assert [(p.bestand, p.regel) for p in fout.problemen] == sorted(plekken)
    slot = str(fout).splitlines()[-1]
    woord = "1 probleem" if len(plekken) == 1 else f"{len(plekken)} problemen"
    assert slot == f"{woord}; er is niets berekend."


@pytest.mark.parametrize(
    ("gevonden", "antwoord"),
    [
        ("aandeel_eerste_huisvestig", "bedoelde u 'aandeel_eerste_huisvesting'?"),
        ("mutatigraad", "bedoelde u 'mutatiegraad'?"),
        ("iets heel anders", ""),
    ],
)
def test_bedoelde_u(gevonden: str, antwoord: str) -> None:
    assert bedoelde(gevonden, ["mutatiegraad", "aandeel_eerste_huisvesting"]) == antwoord


@given(st.text(max_size=200), st.integers(10, 100))
def test_een_lange_waarde_wordt_ingekort(tekst: str, lengte: int) -> None:
    getoond = kort(tekst, lengte)
    assert len(getoond) <= lengte
    assert getoond == tekst or getoond.endswith("…")
