"""A report that kills its process; imports almost nothing, so that a new process is there soon."""

from __future__ import annotations

import os

from impact.reporting.opdrachten import Opbrengst, Opdracht


def sterf_een_keer(opdracht: Opdracht, motor: str) -> Opbrengst:
    """Kill the process at one report: always, or only the first time."""
    wat, gedaan = opdracht.parameters["gemeente"], opdracht.doel.parent.parent / "gedaan"
    if wat == os.environ["IMPACT_STERF_ALTIJD"]:
        os._exit(9)
    if wat == os.environ["IMPACT_STERF_EENS"] and not gedaan.exists():
        gedaan.touch()
        os._exit(9)
    return Opbrengst({opdracht.doel.name: b"klaar"}, "", None, 0.1)
