"""The form as a municipality opens it, in Excel or LibreOffice."""

from __future__ import annotations

import io

import openpyxl

from impact.inwinnen.formulier import HOOGTE_REGEL, TEKENS_PER_REGEL, UITLEG, als_formulier
from impact.inwinnen.vorm import BLAD, KOPRIJ, LEES_MIJ, Vorm
from tests.inwinnen.conftest import CODE


def test_elke_rij_is_hoog_genoeg_voor_haar_tekst(vormen: dict[str, Vorm]) -> None:
    """LibreOffice makes no row higher by itself; text would be cut off."""
    boek = openpyxl.load_workbook(io.BytesIO(als_formulier(vormen[CODE])))
    uitleg = boek[LEES_MIJ]
    for rij, (_, tekst) in enumerate(UITLEG, start=3):
        assert uitleg.cell(rij, 2).value == tekst
        regels = uitleg.row_dimensions[rij].height / HOOGTE_REGEL
        assert regels * TEKENS_PER_REGEL >= len(tekst)
    assert boek[BLAD].row_dimensions[KOPRIJ].height >= 2 * HOOGTE_REGEL
    for blad in (LEES_MIJ, BLAD):
        assert boek[blad].row_dimensions[1].height > HOOGTE_REGEL
