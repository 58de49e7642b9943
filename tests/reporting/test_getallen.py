from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.reporting.datums import datum, datum_van_bron, halfjaar_in_woorden
from impact.reporting.getallen import (
    MINTEKEN,
    PER_TIENDUIZEND,
    Band,
    bandtekst,
    geheel,
    in_woorden,
    is_klein,
    kort,
    onafgerond,
    rond,
    stap,
)
from impact.reporting.rapport import MARGE_NUL
from impact.reporting.taal import ENGELS
from impact.reporting.tabellen import verschilcellen

GETAL = st.floats(-1e11, 1e11, allow_nan=False).filter(lambda w: w == 0 or abs(w) > 1e-3)
EENHEID = st.sampled_from(["personen", "euro", "fte", "woningen", "euro per inwoner"])


@st.composite
def banden(trek: st.DrawFn) -> Band:
    laag, midden, hoog = sorted(trek(st.tuples(GETAL, GETAL, GETAL)))
    return Band(midden, laag, hoog, trek(EENHEID))


@given(banden())
def test_afronden_verschuift_hooguit_een_halve_stap_en_houdt_de_volgorde(band: Band) -> None:
    exponent = stap(band)
    afgerond = [rond(w, exponent) for w in (band.laag, band.midden, band.hoog)]
    assert afgerond == sorted(afgerond)
    for voor, na in zip((band.laag, band.midden, band.hoog), afgerond, strict=True):
        assert abs(float(na) - voor) <= 0.5 * 10.0**exponent * (1 + 1e-9)


@given(banden())
def test_de_stap_past_drie_keer_in_de_band_of_is_de_fijnste_die_mag(band: Band) -> None:
    exponent = stap(band)
    grootste = band.grootste
    if grootste == 0:
        return
    grens = len(str(int(grootste))) - 3 if grootste >= 1 else -9
    past = 3 * 10.0**exponent <= (band.hoog - band.laag) * (1 + 1e-9)
    assert past or exponent <= max(grens, 0)


@given(banden())
def test_tekens_worden_gelijk_behandeld(band: Band) -> None:
    spiegel = Band(-band.midden, -band.hoog, -band.laag, band.eenheid)
    assert stap(band) == stap(spiegel)
    assert rond(band.midden, stap(band)) == -rond(spiegel.midden, stap(spiegel))


@given(banden())
def test_geen_cijfer_wordt_zonder_band_gepubliceerd(band: Band) -> None:
    tekst = in_woorden(band)
    assert ("(" in tekst) == (not band.laag == band.midden == band.hoog)


@given(st.floats(-9.99, 9.99), st.floats(0, 500), st.floats(0, 500))
def test_kleine_aantallen_worden_bij_een_gemeente_niet_uitgeschreven(
    midden: float, onder: float, boven: float
) -> None:
    band = Band(midden, midden - onder, midden + boven, "personen", klein=True)
    if band.nul:
        return
    assert in_woorden(band).startswith("minder dan 10")
    assert kort(band)[0] == "minder dan 10"


@pytest.mark.parametrize(
    ("band", "tekst"),
    [
        (Band(1.2e6, 0.8e6, 1.7e6, "personen"), "circa 1,2 miljoen personen (0,8 tot 1,7)"),
        (Band(8093, 617, 29976, "personen"), "circa 8.000 personen (1.000 tot 30.000)"),
        (Band(2.8e8, 8e6, 1.06e9, "euro"), "circa 300 miljoen euro (0 tot 1.100)"),
        (Band(12345, 10000, 17000, "euro"), "circa 12 duizend euro (10 tot 17)"),
        (
            Band(-0.2, -1.2, 0.4, "euro per inwoner"),
            f"circa {MINTEKEN}0,2 euro per inwoner ({MINTEKEN}1,2 tot 0,4)",
        ),
        (
            Band(30.7, -3.2, 61.4, "euro per inwoner"),
            f"circa 31 euro per inwoner ({MINTEKEN}3 tot 61)",
        ),
        (Band(0.35, 0.3, 0.4, "aandeel"), "circa 35 procent (30 tot 40)"),
        (Band(0, 0, 0, "personen", True), "0 personen"),
        (Band(7, 7, 7, "personen"), "7 personen"),
        (Band(25, 3, 44, "personen", True), "circa 20 personen (minder dan 10 tot 40)"),
    ],
)
def test_cijfer_in_woorden(band: Band, tekst: str) -> None:
    assert in_woorden(band) == tekst


@given(
    st.floats(0.5, 3e6),
    st.floats(-30, 30).filter(lambda w: abs(w) > MARGE_NUL),
    st.floats(0, 100),
    st.floats(0, 100),
)
def test_een_klein_aantal_per_inwoner_blijft_een_klein_aantal(
    inwoners: float, midden: float, onder: float, boven: float
) -> None:
    aantal = Band(midden, midden - onder, midden + boven, "personen", klein=True)
    deel = aantal.maal(10_000 / inwoners, PER_TIENDUIZEND)
    for getoond, kant in ((aantal.midden, deel.midden), (aantal.laag, deel.laag)):
        assert is_klein(kant, deel) == is_klein(getoond, aantal) or abs(abs(getoond) - 10) < 1e-6
    if is_klein(deel.midden, deel):
        assert kort(deel)[0].startswith("minder dan ")


def test_een_klein_aantal_volgt_niet_uit_twee_grotere() -> None:
    met, verschil = (Band(w, w - 3, w + 3, "personen", klein=True) for w in (14.0, 12.0))
    assert [kort(b)[0] for b in (met, verschil)] == ["10", "10"]
    per = Band(4.0, 2.0, 6.0, "personen", klein=True).maal(10_000 / 970, PER_TIENDUIZEND)
    assert kort(per) == ("minder dan 110", "minder dan 110")
    assert in_woorden(Band(4.0, 4.0, 4.0, "personen")) == "4 personen"


def test_achter_een_min_is_een_klein_aantal_een_grens() -> None:
    minder = Band(-14.0, -23.0, 4.0, "personen", klein=True)
    assert in_woorden(minder) == f"circa {MINTEKEN}10 personen ({MINTEKEN}20 tot hooguit 10)"
    assert kort(minder)[1] == f"{MINTEKEN}20 tot hooguit 10"
    assert bandtekst(minder, ENGELS) == f"{MINTEKEN}20 to at most 10"
    meer = Band(14.0, 4.0, 23.0, "personen", klein=True)
    assert bandtekst(meer) == "minder dan 10 tot 20"


def test_een_zeldzame_gebeurtenis_zegt_wat_meestal_gebeurt() -> None:
    assert in_woorden(Band(3.0, 0.0, 0.0, "personen")) == "circa 3 personen (meestal 0)"


def test_naast_een_groter_cijfer_blijven_beide_kanten_van_nul_zichtbaar() -> None:
    om_nul = Band(30.7, -3.2, 61.4, "euro per inwoner")
    groter = Band(310, 220, 420, "euro per inwoner")
    klein, groot = verschilcellen([(om_nul, True), (groter, False)])
    assert f"{MINTEKEN}3 tot 61" in klein
    assert "220 tot 420" in groot


def test_gehele_en_onafgeronde_getallen_in_het_nederlands() -> None:
    assert [geheel(w) for w in (1000, 17942.0, 0.4)] == ["1.000", "17.942", "0"]
    assert [onafgerond(w) for w in (0.5, 2.0, 1234.25)] == ["0,5", "2", "1.234,25"]


def test_een_band_die_wegvalt_in_de_afronding_wordt_gezegd() -> None:
    assert "kleiner dan de afronding" in bandtekst(Band(12345678, 12345600, 12345700, "euro"))


def test_wat_geen_getal_is_komt_niet_in_een_rapport() -> None:
    with pytest.raises(ValueError, match="moet een getal zijn"):
        rond(float("nan"), 0)


def test_datums_en_halfjaren_in_het_nederlands() -> None:
    assert datum(date(2026, 6, 12)) == "12 juni 2026"
    gelezen = [datum_van_bron(w) for w in ("2024", "2024-03", "2024-03-01", "onbekend", "2024-99")]
    assert gelezen == ["2024", "maart 2024", "1 maart 2024", "datum onbekend", "2024-99"]
    assert halfjaar_in_woorden("2030-I") == "de eerste helft van 2030"
    assert halfjaar_in_woorden("2030-II") == "de tweede helft van 2030"


def test_een_midden_dat_niet_nul_is_staat_er_niet_als_nul() -> None:
    assert in_woorden(Band(4999.0, 0.0, 30_400.0, "personen")).startswith("circa 5.000 personen")
