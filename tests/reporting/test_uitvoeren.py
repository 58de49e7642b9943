from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from impact.reporting import gemeenteblad, uitvoeren
from impact.reporting.bestanden import schrijf_heel
from impact.reporting.invoercel import NotebookFout, lees_notebook, standaardwaarden
from impact.reporting.rapport import Rapport
from impact.reporting.uitvoeren import maak_rapport, voer_uit
from tests.reporting.conftest import GEMEENTE, SCENARIO, TREKKINGEN


def notebook(map_: Path, *cellen: str, parameters: str = 'scenario = "verbod_voorrang"') -> Path:
    alle = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    alle += [nbformat.v4.new_code_cell(bron) for bron in cellen]
    inhoud = nbformat.v4.new_notebook(cells=alle)
    inhoud.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "P"}
    pad = map_ / "proef.ipynb"
    nbformat.write(inhoud, pad)
    return pad


KOP = 'from IPython.display import HTML, display\ndisplay(HTML(f"<h1>{scenario}</h1>"))'


@pytest.mark.parametrize(
    ("parameters", "melding"),
    [
        ({"scenaro": "x"}, "onbekende parameter 'scenaro'; bedoelde u 'scenario'?"),
        ({"scenario": 3}, "parameter 'scenario' moet een tekst zijn, niet 3"),
        ({"trekkingen": "9"}, "parameter 'trekkingen' moet een geheel getal zijn, niet '9'"),
        ({"trekkingen": True}, "moet een geheel getal zijn, niet True"),
        ({"trekkingen": 0}, "moet 1 of meer zijn"),
        ({"scenario": "verbod_vorrang"}, "bedoelde u 'verbod_voorrang'?"),
        ({"gemeente": "GM0089"}, "onbekende gemeente 'GM0089'"),
        ({"gemeente": "utrecht"}, "gebruik de code van gemeente Utrecht: GM0344"),
        ({"gemeente": "Utrect"}, "bedoelde u GM0344 (Utrecht)?"),
    ],
)
def test_parameters_worden_gecontroleerd_voor_er_iets_draait(
    parameters: dict[str, object], melding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uitvoeren, "_draai", lambda *a: pytest.fail("er is iets gedraaid"))
    with pytest.raises(NotebookFout) as fout:
        maak_rapport("gemeenteblad", parameters, tmp_path / "x.html")
    assert melding in str(fout.value)
    assert fout.value.bewaard is None
    assert not list(tmp_path.iterdir())


def test_alle_problemen_in_een_melding() -> None:
    with pytest.raises(NotebookFout) as fout:
        voer_uit("uitvoeringstoets", {"scenaro": "x", "trekkingen": "1"})
    assert len(str(fout.value).splitlines()) == 2


@pytest.mark.parametrize("regel", ["a: int = 3", "a = f()", "import os", "a = [1]"])
def test_een_cel_met_meer_dan_gewone_waarden_wordt_geweigerd(regel: str, tmp_path: Path) -> None:
    with pytest.raises(NotebookFout, match=r"mag alleen|eenvoudige"):
        standaardwaarden(lees_notebook(notebook(tmp_path, parameters=regel)))


def test_wat_geen_notebook_is(tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text("geen json", encoding="utf-8")
    for naam, woord in (("x.ipynb", "geen geldig"), ("y.ipynb", "bestaat niet")):
        with pytest.raises(NotebookFout, match=woord):
            voer_uit(str(tmp_path / naam), {})


def test_een_cel_die_faalt_laat_het_oude_rapport_staan(tmp_path: Path) -> None:
    doel = tmp_path / "uit" / "r.html"
    pad = notebook(tmp_path, KOP)
    maak_rapport(str(pad), {"scenario": "einde_lvv"}, doel)
    oud = doel.read_bytes()
    assert b"<h1>einde_lvv</h1>" in oud
    kapot = notebook(tmp_path, KOP, "1 / 0", "print('niet bereikt')")
    with pytest.raises(NotebookFout, match="cel 3: ZeroDivisionError") as fout:
        maak_rapport(str(kapot), {}, doel)
    assert doel.read_bytes() == oud
    assert fout.value.bewaard is not None
    assert fout.value.bewaard.is_file()
    maak_rapport(str(notebook(tmp_path, KOP)), {}, doel)
    assert sorted(p.name for p in doel.parent.iterdir()) == ["r.html"]


@pytest.mark.parametrize(
    ("cel", "woord"), [("print('x')", "iets anders"), ("1 + 1", "iets anders"), ("x = 1", "h1")]
)
def test_alleen_html_komt_in_een_rapport(cel: str, woord: str, tmp_path: Path) -> None:
    with pytest.raises(NotebookFout, match=woord):
        maak_rapport(str(notebook(tmp_path, cel)), {}, tmp_path / "r.html")


def test_een_notebook_ziet_niets_van_het_vorige(tmp_path: Path) -> None:
    maak_rapport(str(notebook(tmp_path, KOP, "geheim = 1")), {}, tmp_path / "r.html")
    with pytest.raises(NotebookFout, match="NameError"):
        maak_rapport(str(notebook(tmp_path, KOP, "geheim")), {}, tmp_path / "r.html")


def test_schrijven_is_heel_of_niet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doel = tmp_path / "r.html"
    schrijf_heel(doel, "oud")

    def vol(greep: int) -> None:
        raise OSError("schijf vol")

    monkeypatch.setattr("os.fsync", vol)
    with pytest.raises(OSError, match="schijf vol"):
        schrijf_heel(doel, "nieuw")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["oud"]


def test_dezelfde_invoer_geeft_dezelfde_bytes(rapport: Rapport, tmp_path: Path) -> None:
    keuze = {"scenario": SCENARIO, "gemeente": GEMEENTE, "trekkingen": TREKKINGEN}
    for naam in ("een.html", "twee.html"):
        maak_rapport("gemeenteblad", keuze, tmp_path / naam)
    assert (tmp_path / "een.html").read_bytes() == (tmp_path / "twee.html").read_bytes()


def test_cijfers_tellen_op_en_ontbreken_is_een_fout(rapport: Rapport) -> None:
    for grootheid in ("achterstand", "bijstand_personen"):
        c = rapport.cijfer(grootheid, 2030)
        assert c.met.midden - c.zonder.midden == pytest.approx(c.verschil.midden)
    with pytest.raises(KeyError, match="heeft geen grootheid"):
        rapport.reeks("bestaat_niet")
    with pytest.raises(KeyError, match="buiten het resultaat"):
        rapport.cijfer("achterstand", 2050)


def test_een_zeshoek_per_gemeente(rapport: Rapport) -> None:
    assert set(rapport.groepen("gemeente")) == set(rapport.register.hexkaart.index)


def test_een_figuur_verklapt_geen_kleine_aantallen(rapport: Rapport) -> None:
    klein = [g for g in gemeenteblad.FIGUREN if gemeenteblad.te_klein(rapport, g, GEMEENTE)]
    assert "bijstand_personen" in klein
    html = gemeenteblad.verloop(rapport, GEMEENTE)
    assert all(f"waaier-{GEMEENTE}-{g}".lower().replace("_", "-") not in html for g in klein)
    assert "onder 10 blijft: " in html
    assert not gemeenteblad.te_klein(rapport, "bijstand_personen", "GM0344")


@pytest.mark.skipif(os.name == "nt", reason="Windows kent deze weg niet")
def test_een_kernel_vraagt_geen_poort(tmp_path: Path) -> None:
    vraag = "from ipykernel.connect import get_connection_info\nprint(get_connection_info())"
    pad = notebook(tmp_path, vraag, parameters="aantal = 1")
    gedraaid = voer_uit(str(pad), {}, motor="papermill")
    assert '"transport": "ipc"' in gedraaid.cells[-1].outputs[0].text
    assert list(tmp_path.iterdir()) == [pad]
