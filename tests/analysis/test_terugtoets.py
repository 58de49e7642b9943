"""The backtest knows nothing of what came later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from impact.analysis.samenstellen import kalibreer_op_historie
from impact.analysis.terugtoets import terugtoetstabel, voorspelling
from impact.registry.laden import Register
from impact.registry.periode import Halfjaar

BEGIN = Halfjaar(2019, 1)


def later_anders(register: Register) -> Register:
    """The same register with every later observation doubled."""
    historie = register.historie.copy()
    later = historie["moment"].str[:4].astype(int) >= BEGIN.jaar
    corporatie = historie["moment"].str.endswith("-01-01")
    historie.loc[later & ~corporatie, ["waarde", "laag", "hoog"]] *= 2.0
    return replace(register, historie=historie)


def test_latere_geschiedenis_verandert_de_voorspelling_niet(register: Register) -> None:
    tot = Halfjaar(2021, 2)
    nu = voorspelling(register, BEGIN, tot, 8, 1)
    anders = voorspelling(later_anders(register), BEGIN, tot, 8, 1)
    for naam, reeks in nu.items():
        np.testing.assert_array_equal(reeks, anders[naam])


def test_latere_geschiedenis_verandert_de_kalibratie_niet(register: Register) -> None:
    assert kalibreer_op_historie(register, BEGIN) == kalibreer_op_historie(
        later_anders(register), BEGIN
    )


def test_tabel_zet_model_naast_werkelijkheid(register: Register) -> None:
    tabel = terugtoetstabel(register, trekkingen=16)
    assert list(tabel.columns) == [
        "reeks",
        "periode",
        "werkelijk",
        "midden",
        "laag",
        "hoog",
        "kwaliteit",
    ]
    rij = tabel.set_index(["reeks", "periode"]).loc[("gehuisvest", "2022-II")]
    assert rij["werkelijk"] == pytest.approx(17126)
    achterstand = tabel.set_index(["reeks", "periode"]).loc[("achterstand", "2022-II")]
    assert achterstand["werkelijk"] == pytest.approx(-1793)
    assert len(tabel) == 22
