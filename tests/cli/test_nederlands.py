"""What click itself says is Dutch too, on every machine."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from impact.cli.hoofd import main
from impact.cli.nederlands import VERTALING


@pytest.mark.parametrize(
    ("argumenten", "verwacht"),
    [
        (["run", "--help"], ["Gebruik: impact run", "Opties:", "standaard: 1000", "Toon deze"]),
        (["--version"], ["impact, versie "]),
        (["run", "--trekkinge", "3"], ["Fout: De optie '--trekkinge' bestaat niet. Bedoelde u"]),
        (["rn"], ["De opdracht 'rn' bestaat niet. Bedoelde u 'run'?"]),
        (["run", "--trekkingen", "x"], ["Ongeldige waarde voor '--trekkingen': 'x' is geen getal"]),
        (["run", "--trekkingen", "0"], ["0 ligt niet in het bereik"]),
        (["verdeling"], ["Er ontbreekt invoer: 'HALFJAAR'"]),
        (["check", "a", "b"], ["Deze woorden horen er niet bij: a b"]),
    ],
)
def test_click_spreekt_nederlands(
    argumenten: list[str], verwacht: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(argumenten)
    uit = "".join(capsys.readouterr())
    assert [woord for woord in verwacht if woord not in uit] == [], uit
    assert not {"Usage:", "Options:", "Error:", "INTEGER", "TEXT", "DIRECTORY"} & set(uit.split())


def test_de_gebruikte_vertaling_is_die_van_het_bronbestand() -> None:
    map_: Path = VERTALING / "nl" / "LC_MESSAGES"
    with (map_ / "click.po").open("rb") as bron:
        vers = io.BytesIO()
        write_mo(vers, read_po(bron, locale="nl"))
    assert vers.getvalue() == (map_ / "click.mo").read_bytes(), (
        "voer uit: pybabel compile --domain click --directory impact/cli/vertaling"
    )
