"""First page of the workbench: what is in it."""

from __future__ import annotations

import pandas as pd

from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import laad_register


def inhoud() -> pd.DataFrame:
    """Scenarios of the workbench with their reference and number of measures."""
    register = laad_register(parameters_model=PARAMETEREENHEDEN)
    return pd.DataFrame(
        [
            {
                "Scenario": inhoud.titel,
                "Naam": naam,
                "Vergeleken met": inhoud.referentie or "is zelf een referentie",
                "Maatregelen": len(inhoud.maatregelen),
            }
            for naam, inhoud in register.scenarios.items()
        ]
    ).set_index("Scenario")
