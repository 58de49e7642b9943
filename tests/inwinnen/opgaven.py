"""Made-up figures of municipalities."""

from __future__ import annotations

from datetime import date

from impact.registry.eigenmodellen import Eigencijfer, Eigenopgave, naam_bron

EENHEDEN = {
    "opvangplaatsen_regulier": "plaatsen",
    "opvangplaatsen_nood": "plaatsen",
    "opvangtaak": "plaatsen",
    "corporatiewoningen": "woningen",
    "fte_beschikbaar": "fte",
    "lvv_plaatsen": "plaatsen",
    "aandeel_lvv_voortgezet": "aandeel",
}


def maak_opgave(code: str, datum: date = date(2026, 1, 1), **cijfers: float) -> Eigenopgave:
    """What a municipality could send in."""
    return Eigenopgave(
        gemeente=code,
        afzender="Afdeling wonen",
        ingevuld=date(2026, 11, 20),
        formulier="1-0123456789ab",
        cijfers={
            naam: Eigencijfer(
                midden=midden,
                bron=naam_bron(code),
                vindplaats="Eigen registratie",
                kwaliteit="oranje",
                eenheid=EENHEDEN.get(naam, "personen"),
                datum=datum,
            )
            for naam, midden in cijfers.items()
        },
    )
