"""A batch makes only what changed, goes on after a failure, and says what happened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from impact.analysis.uitvoerder import Lokaal
from impact.reporting import batch
from impact.reporting.batch import Werkwijze, controleer_lijst, maak_alle
from impact.reporting.batchmap import open_batchmap
from impact.reporting.invoercel import NotebookFout
from impact.reporting.mapcontrole import controleer_map
from impact.reporting.opdrachten import Opbrengst, Opdracht, Uitslag, opdrachten
from impact.reporting.rapport import lees_register
from impact.reporting.uitvoermanifest import lees_manifest
from tests.reporting.nepbatch import draai, nep_gegevens, nep_opdrachten
from tests.reporting.sterven import sterf_een_keer


def test_rapport_per_scenario_en_blad_per_gemeente(tmp_path: Path) -> None:
    lijst = opdrachten(["a", "b"], ["GM0001", "GM0002"], tmp_path, 10)
    assert [o.doel.relative_to(tmp_path).as_posix() for o in lijst] == [
        "a/uitvoeringstoets.html",
        "a/gemeenten/GM0001.html",
        "a/gemeenten/GM0002.html",
        "b/uitvoeringstoets.html",
        "b/gemeenten/GM0001.html",
        "b/gemeenten/GM0002.html",
    ]
    assert lijst[1].naam == "gemeenteblad a GM0001"
    assert {o.parameters["trekkingen"] for o in lijst} == {10}


def test_een_fout_houdt_de_andere_niet_tegen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEP_FOUT", str(nep_opdrachten(tmp_path, 2)[1].parameters["gemeente"]))
    uitslagen = draai(tmp_path, 4)
    assert [uitslag.stand for uitslag in uitslagen] == ["gemaakt", "mislukt", "gemaakt", "gemaakt"]
    fout = uitslagen[1]
    assert "cel 3: KeyError" in fout.melding
    assert fout.bewaard == fout.opdracht.doel.with_suffix(".mislukt.ipynb")
    assert fout.bewaard.read_bytes() == b"{}"
    monkeypatch.delenv("NEP_FOUT")
    weer = draai(tmp_path, 4)
    assert [u.stand for u in weer] == ["bestond al", "gemaakt", "bestond al", "bestond al"]
    assert not fout.bewaard.exists()


def test_wat_niet_is_veranderd_wordt_niet_gemaakt(tmp_path: Path) -> None:
    assert {uitslag.stand for uitslag in draai(tmp_path, 3)} == {"gemaakt"}
    eerste = nep_opdrachten(tmp_path, 1)[0].doel
    tijd = eerste.stat().st_mtime_ns
    assert {uitslag.stand for uitslag in draai(tmp_path, 3)} == {"bestond al"}
    assert eerste.stat().st_mtime_ns == tijd
    assert {uitslag.stand for uitslag in draai(tmp_path, 3, sleutel="anders")} == {"gemaakt"}


def test_een_bestand_dat_iemand_wijzigde_of_weggooide_komt_terug(tmp_path: Path) -> None:
    draai(tmp_path, 3)
    een, twee, _ = (opdracht.doel for opdracht in nep_opdrachten(tmp_path, 3))
    inhoud = een.read_bytes()
    een.write_bytes(inhoud[:-1] + b"!")
    twee.with_suffix(".xlsx").unlink()
    controle = controleer_map(tmp_path)
    assert [Path(naam).name for naam in controle.gewijzigd] == [een.name]
    assert [Path(naam).suffix for naam in controle.ontbreekt] == [".xlsx"]
    assert [u.stand for u in draai(tmp_path, 3)] == ["gemaakt", "gemaakt", "bestond al"]
    assert een.read_bytes() == inhoud
    assert controleer_map(tmp_path).in_orde


def test_oude_tabellen_naast_een_nieuw_rapport_verdwijnen(tmp_path: Path) -> None:
    draai(tmp_path, 1)
    oud = nep_opdrachten(tmp_path, 1)[0].doel
    oud = oud.with_name(f"{oud.stem}-oud.csv")
    oud.write_text("oud", encoding="utf-8")
    draai(tmp_path, 1, sleutel="nieuw")
    assert not oud.exists()
    assert controleer_map(tmp_path).in_orde


def test_opnieuw_maakt_alles_en_geeft_dezelfde_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draai(tmp_path, 2)
    voor = lees_manifest(tmp_path).bestanden
    monkeypatch.setattr(batch, "Werkwijze", lambda: Werkwijze(opnieuw=True))
    assert {uitslag.stand for uitslag in draai(tmp_path, 2)} == {"gemaakt"}
    assert lees_manifest(tmp_path).bestanden == voor


def test_de_invoer_is_nagekeken_voor_er_iets_gebeurt(tmp_path: Path) -> None:
    goed = nep_opdrachten(tmp_path, 1)
    fout = Opdracht("gemeenteblad", {"scenario": "geldend_rect"}, tmp_path / "x.html")
    with pytest.raises(NotebookFout, match="bedoelde u 'geldend_recht'"):
        controleer_lijst(lees_register(), [*goed, fout])
    zonder = Opdracht("bestaat_niet", {"scenario": "geldend_recht"}, tmp_path / "x.html")
    with pytest.raises(NotebookFout, match="bestaat niet"):
        controleer_lijst(lees_register(), [zonder])


def test_een_gedood_proces_kost_hooguit_een_rapport(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may be killed for the memory of another, so its report is tried once more."""
    lijst = nep_opdrachten(tmp_path, 4)
    monkeypatch.setenv("IMPACT_STERF_ALTIJD", str(lijst[1].parameters["gemeente"]))
    monkeypatch.setenv("IMPACT_STERF_EENS", str(lijst[2].parameters["gemeente"]))
    monkeypatch.setattr(batch, "maak", sterf_een_keer)
    monkeypatch.setattr(batch, "gegevens_van", nep_gegevens)
    lijst[0].doel.parent.mkdir(parents=True)
    gemeld: list[Uitslag] = []
    with Lokaal(1) as werkers, open_batchmap(tmp_path) as map_:
        uitslagen = maak_alle(map_, lees_register(), lijst, werkers, gemeld.append)
    assert [u.stand for u in uitslagen] == ["gemaakt", "mislukt", "gemaakt", "gemaakt"]
    assert "afgebroken" in uitslagen[1].melding
    assert len(gemeld) == 4


def test_een_fout_van_de_taak_zelf_wordt_een_melding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kapot(opdracht: Opdracht, motor: str) -> Opbrengst:
        raise ZeroDivisionError("delen door nul")

    monkeypatch.setattr(batch, "maak", kapot)
    monkeypatch.setattr(batch, "gegevens_van", nep_gegevens)
    with ThreadPoolExecutor(1) as werkers, open_batchmap(tmp_path) as map_:
        (uitslag,) = maak_alle(map_, lees_register(), nep_opdrachten(tmp_path, 1), werkers)
    assert uitslag.melding == "ZeroDivisionError: delen door nul"
