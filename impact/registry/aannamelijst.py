"""The assumption log: every value with its range, source, date and quality."""

from __future__ import annotations

from typing import Any

import pandas as pd

from impact.registry.laden import Register
from impact.registry.modellen import Getal

KOLOMMEN = [
    "sleutel",
    "soort",
    "id",
    "onderwerp",
    "omschrijving",
    "eenheid",
    "vanaf",
    "midden",
    "laag",
    "hoog",
    "verdeling",
    "bron",
    "bron_titel",
    "bron_uitgever",
    "bron_datum",
    "bron_url",
    "vindplaats",
    "kwaliteit",
    "geldig_tot",
    "verouderd",
    "rol",
    "toelichting",
    "bestand",
    "regel",
]


def aannamelijst(register: Register, scenario: str | None = None) -> pd.DataFrame:
    """All values of assumptions, measures and history, one row each.

    Parameters
    ----------
    scenario : only the measures of this scenario and of its references; all measures without it

    Returns
    -------
    DataFrame; ``sleutel`` is the anchor in a report, ``onderwerp`` the file or subject
    """
    rijen = [*_parameters(register), *_maatregelen(register, scenario), *_historie(register)]
    return pd.DataFrame(rijen, columns=KOLOMMEN)


def _bron(register: Register, naam: str) -> dict[str, Any]:
    bron = register.bronnen[naam]
    return {
        "bron": naam,
        "bron_titel": bron.titel,
        "bron_uitgever": bron.uitgever,
        "bron_datum": bron.datum,
        "bron_url": bron.url,
    }


def _getal(register: Register, getal: Getal) -> dict[str, Any]:
    verouderd = getal.geldig_tot is not None and getal.geldig_tot < register.peildatum
    return {
        "midden": getal.midden,
        "laag": getal.laag,
        "hoog": getal.hoog,
        "verdeling": getal.verdeling,
        "vindplaats": getal.vindplaats,
        "kwaliteit": getal.kwaliteit,
        "geldig_tot": getal.geldig_tot,
        "verouderd": verouderd,
        **_bron(register, getal.bron),
    }


def _parameters(register: Register) -> list[dict[str, Any]]:
    rijen = []
    for naam, parameter in register.parameters.items():
        plek = register.vindplaatsen["parameter", naam]
        vast = {
            "sleutel": f"aanname-{naam}",
            "soort": "parameter",
            "id": naam,
            "onderwerp": plek.bestand.rsplit("/", 1)[-1].removesuffix(".yaml"),
            "eenheid": parameter.eenheid,
            "rol": parameter.rol,
            "toelichting": parameter.toelichting,
            "bestand": plek.bestand,
        }
        for nummer, waarde in enumerate(parameter.waarden):
            regel = plek.inhoud.regel((*plek.plek, "waarden", nummer))
            eigen = {
                "omschrijving": parameter.omschrijving,
                "vanaf": str(waarde.vanaf),
                "regel": regel,
            }
            rijen.append({**vast, **eigen, **_getal(register, waarde)})
            for code, gemeentewaarde in (waarde.gemeenten or {}).items():
                eigen["omschrijving"] = (
                    f"{parameter.omschrijving} {register.gemeenten['gemeentenaam'][code]}."
                )
                rijen.append({**vast, **eigen, **_getal(register, gemeentewaarde)})
    return rijen


def _maatregelen(register: Register, scenario: str | None) -> list[dict[str, Any]]:
    ingang = _ingangen(register, scenario)
    rijen = []
    for naam, maatregel in register.maatregelen.items():
        if scenario is not None and naam not in ingang:
            continue
        plek = register.vindplaatsen["maatregel", naam]
        for nummer, verandering in enumerate(maatregel.verandert):
            rijen.append(
                {
                    "sleutel": f"maatregel-{naam}",
                    "soort": "maatregel",
                    "id": naam,
                    "onderwerp": maatregel.wet,
                    "omschrijving": (
                        f"{maatregel.titel}: {verandering.bewerking} {verandering.parameter}"
                    ),
                    "eenheid": verandering.eenheid,
                    "vanaf": ingang.get(naam, ""),
                    "rol": "maatregel",
                    "toelichting": maatregel.toelichting,
                    "bestand": plek.bestand,
                    "regel": plek.inhoud.regel((*plek.plek, "verandert", nummer)),
                    **_getal(register, verandering.waarde),
                }
            )
    return rijen


def _ingangen(register: Register, scenario: str | None) -> dict[str, str]:
    """Entry half-year of every measure of a scenario and of its references."""
    ingang: dict[str, str] = {}
    while scenario is not None:
        inhoud = register.scenario(scenario)
        ingang |= {stap.maatregel: str(stap.vanaf) for stap in inhoud.maatregelen}
        scenario = inhoud.referentie
    return ingang


def _historie(register: Register) -> list[dict[str, Any]]:
    rijen = []
    for rij in register.historie.to_dict("records"):
        rijen.append(
            {
                **{k: rij[k] for k in ("eenheid", "vindplaats", "kwaliteit", "bestand", "regel")},
                "sleutel": f"historie-{rij['reeks']}",
                "soort": "historie",
                "id": rij["reeks"],
                "onderwerp": "historie",
                "omschrijving": str(rij["reeks"]).replace("_", " ").capitalize(),
                "vanaf": rij["moment"],
                "midden": rij["waarde"],
                "laag": None if pd.isna(rij["laag"]) else rij["laag"],
                "hoog": None if pd.isna(rij["hoog"]) else rij["hoog"],
                "verdeling": "vast" if pd.isna(rij["laag"]) else "driehoek",
                "geldig_tot": None,
                "verouderd": False,
                "rol": "historie",
                "toelichting": rij["toelichting"] or None,
                **_bron(register, str(rij["bron"])),
            }
        )
    return rijen
