"""The source line that goes with a copied figure."""

from __future__ import annotations

from datetime import date

import impact
from impact.analysis.opslag import Instelling
from impact.registry.laden import Register
from impact.registry.modellen import Scenario
from impact.reporting.datums import datum
from impact.reporting.getallen import geheel, onafgerond


def bronregel(
    gelezen: Register, register: Register, scenario: Scenario, instelling: Instelling
) -> str:
    """Say where figures come from: program, day, scenario, draws and parameters.

    Parameters
    ----------
    gelezen : parameters as they were read from the files
    register : the same, with the scenarios that were saved since
    """
    basis = register.scenarios[str(scenario.referentie)].titel
    deel = [
        f"Bron: werkbank impact {impact.__version__}, verkenning van {datum(date.today())}.",
        f"Scenario: {scenario.titel}, vergeleken met: {basis}.",
    ]
    if scenario.maatregelen:
        stappen = [
            f"{register.maatregelen[s.maatregel].titel} (vanaf {s.vanaf}"
            + (f", sterkte {s.sterkte:.0%}" if s.sterkte != 1.0 else "")
            + ")"
            for s in scenario.maatregelen
        ]
        deel.append(f"Maatregelen: {'; '.join(stappen)}.")
    if scenario.context:
        namen = "; ".join(
            f"{c.parameter} ({onafgerond(c.waarden[-1].midden)})" for c in scenario.context
        )
        deel.append(f"Verschoven aannames: {namen}.")
    deel.append(
        f"{geheel(instelling.trekkingen)} trekkingen, zaad {instelling.zaad}, parameters "
        f"{gelezen.inhoudssleutel()[:10]}."
    )
    return " ".join(deel)
