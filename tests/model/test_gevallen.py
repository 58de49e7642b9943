"""Cases in YAML that a lawyer can read, run against the rules of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from impact.model import huisvesting, inburgering, instroom, sociaal, taakstelling
from impact.model.reeksen import lees, op
from tests.model import voorbeeld

MAP = Path(__file__).parent.parent / "gevallen"
GEVALLEN = [
    geval
    for pad in sorted(MAP.glob("*.yaml"))
    for geval in yaml.safe_load(pad.read_text(encoding="utf-8"))
]


def getal(waarde: Any) -> np.ndarray:
    """One number as array [trekking, gemeente]."""
    return np.array([[float(waarde)]])


def rij(waarden: list[float]) -> np.ndarray:
    """Numbers per half-year as array [trekking, gemeente, periode]."""
    return np.array([[waarden]], dtype=float)


def verdeel_taakstelling(landelijk: Any, inwoners: dict, inwoners_nederland: Any) -> dict:
    aantallen = np.array([list(inwoners.values())], dtype=float)
    deel = taakstelling.verdeel_taakstelling(getal(landelijk), aantallen, getal(inwoners_nederland))
    return dict(zip(inwoners, deel[0].tolist(), strict=True))


def verdeel_per_gemeente(landelijk: Any, inwoners: dict) -> dict:
    aantallen = np.array(list(inwoners.values()), dtype=float)
    verdeeld = taakstelling.verdeel_per_gemeente(landelijk, aantallen)
    return dict(zip(inwoners, verdeeld.tolist(), strict=True))


def achterstand(**gegeven: Any) -> float:
    return taakstelling.achterstand(**{k: getal(v) for k, v in gegeven.items()}).item()


def achterstand_per_gemeente(landelijk: Any, taakstelling_: dict, opgave: dict) -> dict:
    taak, deel = (np.array([list(d.values())], dtype=float) for d in (taakstelling_, opgave))
    uit = taakstelling.achterstand_per_gemeente(getal(landelijk), taak, deel)
    return dict(zip(opgave, uit[0].tolist(), strict=True))


def gehaald(achterstand: dict) -> dict:
    uit = taakstelling.gehaald(np.array([list(achterstand.values())], dtype=float))
    return dict(zip(achterstand, uit[0].tolist(), strict=True))


def landelijke_taakstelling(verwacht: Any, eerdere_voorspelfout: Any, **parameters: Any) -> float:
    p = op(lees(taakstelling.TaakstellingParameters, voorbeeld.reeksen(1, **parameters)), 0)
    fout = getal(eerdere_voorspelfout)
    return taakstelling.landelijke_taakstelling(getal(verwacht), fout, p).item()


def einde_termijn(cohorten: list, termijnen: list, halfjaar: int) -> float:
    return instroom.einde_termijn(
        [getal(c) for c in cohorten], [getal(t) for t in termijnen], halfjaar
    ).item()


def bijstandscurve(maanden: Any) -> float:
    p = lees(sociaal.SociaalParameters, voorbeeld.reeksen(1))
    return sociaal.bijstandscurve(rij([maanden]), p)[0, 0, 0]


def maanden_sinds_vergunning(
    halfjaren: int, extra_wachtjaren: Any, maanden_tot_huisvesting: Any
) -> float:
    anders = voorbeeld.reeksen(1, maanden_tot_huisvesting=maanden_tot_huisvesting)
    p = lees(sociaal.SociaalParameters, anders)
    maanden = sociaal.maanden_sinds_vergunning(halfjaren, rij([extra_wachtjaren]), p)
    return maanden.item()


def starters(nieuw: list, wachtlijst_begin: Any, capaciteit: list) -> dict:
    gestart, wacht = inburgering.starters(rij(nieuw), getal(wachtlijst_begin), rij(capaciteit))
    return {"gestart": gestart[0, 0].tolist(), "wachtlijst": wacht[0, 0].tolist()}


def spuk(recht: list, perioden: int) -> list:
    return inburgering.spuk(rij(recht), perioden)[0, 0].tolist()


def gehuisvest(vraag: Any, capaciteit: Any) -> float:
    return huisvesting.gehuisvest(getal(vraag), getal(capaciteit)).item()


REGELS: dict[str, Callable[..., Any]] = {
    functie.__name__: functie
    for functie in (
        verdeel_taakstelling,
        verdeel_per_gemeente,
        achterstand,
        achterstand_per_gemeente,
        gehaald,
        landelijke_taakstelling,
        einde_termijn,
        bijstandscurve,
        maanden_sinds_vergunning,
        starters,
        spuk,
        gehuisvest,
    )
}


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda geval: geval["geval"])
def test_geval(geval: dict[str, Any]) -> None:
    uitkomst = REGELS[geval["regel"]](**geval["gegeven"])
    verwacht = geval["verwacht"]
    if isinstance(verwacht, dict):
        assert uitkomst == {naam: pytest.approx(w, abs=1e-6) for naam, w in verwacht.items()}
    else:
        assert uitkomst == pytest.approx(verwacht, abs=1e-5)
