"""The catalogue of quantities."""

from __future__ import annotations

import pytest

from impact.model.financien import BETALERS
from impact.model.grootheden import (
    GROOTHEDEN,
    SLEUTELS,
    Grootheid,
    _catalogus,
    eenheid_van_som,
)
from impact.registry.eenheden import EENHEDEN, EenheidFout


def test_elke_grootheid_heeft_een_bekende_eenheid() -> None:
    assert {g.eenheid for g in GROOTHEDEN.values()} <= set(EENHEDEN)


def test_elke_betaler_is_bekend() -> None:
    assert {b for g in GROOTHEDEN.values() for b in g.betalers} == set(BETALERS)


def test_een_aandeel_wordt_nooit_bij_euro_opgeteld() -> None:
    kosten = Grootheid("kosten_a", "A", "euro per halfjaar", "sociaal", "kosten", ("gemeente",))
    aandeel = Grootheid("kosten_b", "B", "aandeel", "sociaal", "kosten", ("gemeente",))
    with pytest.raises(EenheidFout, match="niet worden opgeteld"):
        eenheid_van_som([kosten, aandeel], "kosten")


def test_alleen_kostenregels_hebben_een_kostensoort() -> None:
    met = {g.kostensoort for g in GROOTHEDEN.values() if g.kostensoort}
    assert "bijstand_uitkeringen" in met
    assert GROOTHEDEN["kosten_totaal"].kostensoort is None
    assert GROOTHEDEN["gehuisvest"].kostensoort is None
    assert GROOTHEDEN["netto_lasten_gemeente"].kostensoort is None


def test_de_catalogus_noemt_alles_een_keer_en_in_woorden() -> None:
    """Made anew: the catalogue itself is made when the module is read."""
    nieuw = _catalogus()
    assert nieuw == GROOTHEDEN
    assert [naam for naam, g in nieuw.items() if naam != g.naam] == []
    assert len(set(SLEUTELS)) == len(SLEUTELS)
    assert all(g.omschrijving[0].isupper() for g in nieuw.values())
    assert {g.soort for g in nieuw.values()} == {"voorraad", "stroom", "kosten"}


def test_kosten_staan_in_euro_met_hun_betalers() -> None:
    for g in GROOTHEDEN.values():
        assert (g.soort == "kosten") == bool(g.betalers) == g.eenheid.startswith("euro"), g.naam
    assert GROOTHEDEN["netto_lasten_gemeente"].betalers == ("gemeente",)
    assert set(GROOTHEDEN["kosten_totaal"].betalers) == set(BETALERS)


@pytest.mark.parametrize("naam", ["asielaanvragen", "vergunningen", "ind_uren_extra"])
def test_de_keten_tot_de_vergunning_is_landelijk(naam: str) -> None:
    assert GROOTHEDEN[naam].gemeentelijk is False
