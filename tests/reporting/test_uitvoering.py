"""The chapters about execution, planning and article 2 Fvw: complete, right by sign, and safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from impact.analysis.oordeel import Klaar
from impact.analysis.opslag import Instelling
from impact.model.grootheden import GROOTHEDEN
from impact.registry.periode import Halfjaar
from impact.registry.uitvoeringsmodellen import (
    Inwonergevolg,
    Risico,
    Systeem,
    Taak,
    Uitvoering,
    Voorbereiding,
)
from impact.reporting import fvw, planning
from impact.reporting import uitvoeringshoofdstukken as hoofdstukken
from impact.reporting.getallen import Band
from impact.reporting.opmaak import Html, anker
from impact.reporting.rapport import Cijfer, Rapport, open_rapport
from impact.reporting.verantwoording import gebruikte_bronnen
from tests.reporting.conftest import REFERENTIE, TREKKINGEN

HOOFDSTUKKEN: dict[str, Callable[[Rapport], Html]] = {
    "taken": hoofdstukken.taken,
    "capaciteit": hoofdstukken.capaciteit,
    "systemen": hoofdstukken.systemen,
    "inwoners": hoofdstukken.inwoners,
    "planning": planning.planning,
    "risicos": hoofdstukken.risicos,
    "stapeling": hoofdstukken.stapeling,
    "art2": fvw.art2,
}
FEITELIJK = [n for n in HOOFDSTUKKEN if n not in {"capaciteit", "art2"}]
KWAAD = "<script>alert('x')</script>\u202e\x00 \"&=cmd|"
GROOTSTE = 10**9


@pytest.fixture(scope="session")
def referentie(resultaten: object) -> Rapport:
    return open_rapport(REFERENTIE, Instelling(trekkingen=TREKKINGEN))


@pytest.fixture(scope="session")
def soorten(rapport: Rapport, referentie: Rapport) -> dict[str, Rapport]:
    """One law, a stack, a reference with laws, and one without; the figures do not matter here."""
    return {
        "wet": rapport,
        "stapel": replace(rapport, naam="alles_samen"),
        "referentie": referentie,
        "zonder": replace(referentie, naam="recht_2025"),
    }


@pytest.mark.parametrize("naam", HOOFDSTUKKEN)
@pytest.mark.parametrize("soort", ["wet", "stapel", "referentie", "zonder"])
def test_elk_hoofdstuk_voor_elk_soort_scenario(
    soorten: dict[str, Rapport], naam: str, soort: str
) -> None:
    soep = BeautifulSoup(HOOFDSTUKKEN[naam](soorten[soort]), "html.parser")
    leeg = soort == "zonder" and naam in FEITELIJK
    assert (hoofdstukken.GEEN_WET in soep.text) == leeg
    assert bool(soep.table) != leeg
    for tabel in soep.find_all("table"):
        assert tabel.caption.text
        assert all(th.get("scope") for th in tabel.find_all("th"))
    ids = [t["id"] for t in soep.find_all(id=True)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("naam", ["taken", "systemen", "inwoners", "risicos", "planning"])
def test_elk_feit_heeft_een_bron_en_een_kwaliteit(rapport: Rapport, naam: str) -> None:
    soep = BeautifulSoup(HOOFDSTUKKEN[naam](rapport), "html.parser")
    rijen = soep.select("table.feiten tbody tr")
    assert rijen
    for rij in rijen:
        assert rij.find("a", href=re.compile("^#bron-"))
        assert rij.find(class_="merk").text in {"groen", "oranje", "rood"}


@pytest.mark.parametrize("soort", ["wet", "stapel", "referentie"])
def test_elke_genoemde_bron_staat_in_de_bronnenlijst(
    soorten: dict[str, Rapport], soort: str
) -> None:
    rapport = soorten[soort]
    lijst = {f"#bron-{anker(naam)}" for naam in gebruikte_bronnen(rapport)}
    html = "".join(maak_hoofdstuk(rapport) for maak_hoofdstuk in HOOFDSTUKKEN.values())
    genoemd = set(re.findall(r'href="(#bron-[^"]+)"', html))
    assert genoemd
    assert genoemd <= lijst


def test_de_wet_staat_er_alleen_bij_als_er_meer_zijn(soorten: dict[str, Rapport]) -> None:
    assert '<th scope="col">Wet</th>' not in hoofdstukken.systemen(soorten["wet"])
    assert '<th scope="col">Wet</th>' in hoofdstukken.systemen(soorten["stapel"])


def test_elk_risico_staat_een_keer_in_de_matrix(soorten: dict[str, Rapport]) -> None:
    soep = BeautifulSoup(hoofdstukken.risicos(soorten["stapel"]), "html.parser")
    doelen = [a["href"][1:] for a in soep.select("table.matrix a")]
    assert sorted(doelen) == sorted(tr["id"] for tr in soep.select("table.feiten tr[id]"))
    grootte = [td.text for td in soep.select("table.feiten tbody tr td:nth-of-type(1)")]
    assert grootte[0] == "Kans groot, ernst groot"


def test_functies_tellen_op_tot_het_werk_in_totaal(rapport: Rapport) -> None:
    jaar = rapport.peiljaar
    for kant in ("met", "zonder", "verschil"):
        delen = [
            getattr(rapport.cijfer(f"fte_{f}", jaar), kant).midden for f in hoofdstukken.FUNCTIE
        ]
        totaal = getattr(rapport.cijfer("fte_nodig", jaar), kant).midden
        assert sum(delen) == pytest.approx(totaal, rel=1e-6, abs=1e-6)


def met_uitvoering(rapport: Rapport, uitvoering: Uitvoering) -> Rapport:
    alle = dict.fromkeys(rapport.register.uitvoering, uitvoering)
    return replace(rapport, register=replace(rapport.register, uitvoering=alle))


def kwade_uitvoering(tekst: str = KWAAD) -> Uitvoering:
    vast = {"bron": "aanname_werkgroep", "kwaliteit": "rood"}
    return Uitvoering(
        taken=[Taak(taak=tekst, wie="gemeente", nu=tekst, straks=tekst, artikel=tekst, **vast)],
        systemen=[Systeem(systeem=tekst, wie="duo", aanpassing=tekst, **vast)],
        inwoners=[Inwonergevolg(wie=tekst, gevolg=tekst, doenvermogen=tekst, **vast)],
        risicos=[Risico(risico=tekst, kans="klein", ernst="groot", beheersing=tekst, **vast)],
        voorbereiding=[Voorbereiding(stap=tekst, wie="ind", maanden=1, laag=1, hoog=120, **vast)],
    )


@pytest.mark.parametrize("naam", FEITELIJK)
def test_kwade_tekst_blijft_tekst(rapport: Rapport, naam: str) -> None:
    html = HOOFDSTUKKEN[naam](met_uitvoering(rapport, kwade_uitvoering()))
    assert "<script" not in html
    assert "\u202e" not in html
    assert "\x00" not in html
    if naam != "stapeling":
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("naam", FEITELIJK)
def test_een_wet_met_alleen_een_taak(rapport: Rapport, naam: str) -> None:
    kaal = kwade_uitvoering("iets").model_copy(
        update={"systemen": [], "inwoners": [], "risicos": [], "voorbereiding": []}
    )
    html = HOOFDSTUKKEN[naam](met_uitvoering(rapport, kaal))
    assert ("Er verandert één taak." in html) == (naam == "taken")
    assert bool(BeautifulSoup(html, "html.parser").table) == (naam == "taken")


def test_een_deel_van_een_wet_wordt_gezegd(soorten: dict[str, Rapport]) -> None:
    alle = soorten["wet"].register.maatregelen
    stap = soorten["wet"].scenario.maatregelen[0]
    heel = soorten["wet"].scenario.model_copy(
        update={
            "maatregelen": [
                stap.model_copy(update={"maatregel": naam})
                for naam, maatregel in alle.items()
                if maatregel.wet == "verbod_voorrang"
            ]
        }
    )
    register = soorten["wet"].register
    met = register.met_scenarios({**register.scenarios, "heel": heel})
    zin = "Dit scenario gebruikt 2 van de 3 maatregelen."
    assert zin in hoofdstukken.taken(soorten["wet"])
    assert "van de 3" not in hoofdstukken.taken(replace(soorten["wet"], register=met, naam="heel"))


@pytest.mark.parametrize(
    ("artikel", "verwacht"),
    [
        ("onbekend", "niet bekend"),
        ("Wet X, artikel onbekend", "Wet X, artikel niet bekend"),
        ("Wet X, artikel 3", "Wet X, artikel 3"),
    ],
)
def test_artikel_in_woorden(artikel: str, verwacht: str) -> None:
    assert hoofdstukken.artikel_in_woorden(artikel) == verwacht


H = Halfjaar.lees


@pytest.mark.parametrize(
    ("klaar", "wel", "niet"),
    [
        (None, "niet bekend", "begint"),
        (Klaar(H("2027-I"), None, None), "niet bekend", "begint"),
        (Klaar(H("2027-I"), H("2028-I"), H("2029-I")), "te vroeg", "De voorbereiding is dan"),
        (Klaar(H("2027-I"), H("2028-I"), H("2028-I")), "te vroeg", "Valt het tegen"),
        (Klaar(H("2027-I"), H("2027-I"), H("2028-I")), "Valt het tegen", "te vroeg"),
        (Klaar(H("2027-I"), H("2026-II"), H("2027-I")), "ook als het tegenvalt", "te vroeg"),
    ],
)
def test_klaarzin_volgt_de_uitkomst(klaar: Klaar | None, wel: str, niet: str) -> None:
    zin = planning.klaarzin(klaar)
    assert wel in zin
    assert niet not in zin


@pytest.mark.parametrize(
    ("klaar", "laatst", "verwacht"),
    [
        ("2027-I", "2027-I", "op tijd"),
        ("2027-I", "2027-II", "op tijd, tenzij het tegenvalt"),
        ("2027-II", "2028-II", "1 half jaar te laat"),
        ("2028-I", "2028-II", "2 halve jaren te laat"),
    ],
)
def test_oordeel_over_een_stap(klaar: str, laatst: str, verwacht: str) -> None:
    stap = kwade_uitvoering("iets").voorbereiding[0]
    dag = date(2026, 1, 1)
    assert planning.Stap("w", stap, dag, H("2027-I"), H(klaar), H(laatst)).oordeel == verwacht


def test_de_volgorde_loopt_van_vroeg_naar_laat(soorten: dict[str, Rapport]) -> None:
    wetten = planning.per_wet(planning.stappen(soorten["stapel"]))
    assert [s.wet for s in wetten] != []
    assert sorted(s.wet for s in wetten) == sorted(soorten["stapel"].wetten)
    assert all(a.klaar <= b.klaar for a, b in pairwise(wetten))


@dataclass(frozen=True)
class Schijnrapport:
    """Just enough of a report for the table of article 2."""

    bedragen: dict[tuple[str, int], float]
    jaren: list[int]
    is_referentie: bool = False

    def cijfer(self, grootheid: str, jaar: int, betaler: str) -> Cijfer:
        assert grootheid == "kosten_totaal"
        midden = self.bedragen.get((betaler, jaar), 0.0)
        band = Band(midden, midden - 1, midden + 2, "euro")
        return Cijfer(band, band, band, band.laag < 0 < band.hoog)


def maak(bedragen: dict[tuple[str, int], float], jaren: list[int]) -> fvw.Fvw:
    return fvw.maak_fvw(Schijnrapport(bedragen, jaren))  # type: ignore[arg-type]


@given(st.data(), st.integers(1, 12))
def test_de_tabel_van_artikel_2_telt_op(data: st.DataObject, aantal: int) -> None:
    jaren = list(range(2026, 2026 + aantal))
    getal = st.integers(-GROOTSTE, GROOTSTE)
    sleutels = [(s, j) for s in (*fvw.OPTELLING["kosten"], "coa") for j in jaren]
    tabel = maak({s: float(data.draw(getal)) for s in sleutels}, jaren)
    assert (*tabel.aanloop, *tabel.structureel) == tabel.jaren
    assert 1 <= len(tabel.structureel) <= fvw.STRUCTURELE_JAREN
    for stroom in fvw.VOLGORDE:
        aanloop = tabel.som(stroom, tabel.aanloop).midden if tabel.aanloop else 0.0
        looptijd = aanloop + len(tabel.structureel) * tabel.per_jaar(stroom).midden
        assert looptijd == pytest.approx(tabel.som(stroom, tabel.jaren).midden, abs=1.0)
    for jaar in jaren:
        per = {s: tabel.bedragen[s, jaar].midden for s in fvw.VOLGORDE}
        assert per["rijk"] == sum(per[s] for s in fvw.RIJK)
        assert per["kosten"] == per["rijk"] + per["inwoner"] + per["gemeente"]


def test_de_band_van_een_optelling_van_stromen_wordt_niet_verzonnen(rapport: Rapport) -> None:
    tabel = fvw.maak_fvw(rapport)
    for stroom in fvw.VOLGORDE:
        band = tabel.som(stroom, tabel.jaren).band
        assert (band.laag == band.midden == band.hoog) == (stroom in fvw.OPTELLING) or band.nul


def test_het_gat_is_wat_bij_gemeenten_blijft(rapport: Rapport) -> None:
    tabel = fvw.maak_fvw(rapport)
    for jaar in tabel.jaren:
        netto = rapport.cijfer("netto_lasten_gemeente", jaar, betaler="gemeente").verschil
        assert tabel.bedragen["gemeente", jaar].midden == pytest.approx(netto.midden, rel=1e-6)
    betalers = set(GROOTHEDEN["kosten_totaal"].betalers)
    assert set(fvw.OPTELLING["kosten"]) | {"coa"} == betalers


JAREN = [2026, 2027, 2028, 2029]


@pytest.mark.parametrize(
    ("bedrag", "aanloop", "structureel"),
    [
        (5e6, " miljoen euro meer ", " miljoen euro meer "),
        (-5e6, " miljoen euro minder ", " miljoen euro minder "),
        (0.5, "is onzeker", "is onzeker"),
    ],
)
def test_de_gatzin_volgt_het_teken(bedrag: float, aanloop: str, structureel: str) -> None:
    tabel = maak({("gemeente", j): bedrag for j in JAREN}, JAREN)
    zinnen = [li.text for li in BeautifulSoup(fvw._gatzinnen(tabel), "html.parser")("li")]
    assert aanloop in zinnen[0]
    assert "in de aanloop (2026)" in zinnen[0]
    assert structureel in zinnen[1]
    assert "2027 tot en met 2029" in zinnen[1]


def test_een_geldstroom_waarin_niets_gebeurt_staat_er_niet(rapport: Rapport) -> None:
    assert "rijk_gemeentefonds" not in fvw.stromen(fvw.maak_fvw(rapport))
    assert {"rijk", "gemeente", "kosten"} <= set(fvw.stromen(fvw.maak_fvw(rapport)))
