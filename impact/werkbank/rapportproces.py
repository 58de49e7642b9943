"""Make the reports of a saved scenario with `impact rapport`, and tell how far it is.

The kernel of the notebook stays free, and the work can be stopped. Progress comes as lines of
JSON, the same that any other program can read.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

from impact.registry.plaats import OMGEVING

VERKENMAP = Path("reports") / "verkenning"
"""Reports with the few draws of the explorer do not mix with those of `impact rapport`."""
BEGIN = "index.html"
Meld = Callable[[str, int, int], None]


class RapportFout(RuntimeError):
    """The reports were not made; the text is the message of the command."""


class Rapportage:
    """One run of the command, watched from the kernel."""

    def __init__(self) -> None:
        self._proces: Process | None = None

    @property
    def bezig(self) -> bool:
        """Whether reports are being made."""
        return self._proces is not None

    def stop(self) -> None:
        """End the command, if it runs."""
        if self._proces is not None:
            self._proces.terminate()

    async def maak(
        self, parametermap: Path, scenario: str, trekkingen: int, doel: Path, meld: Meld
    ) -> Path:
        """Compute a scenario, its analyses and its reports.

        Parameters
        ----------
        meld : called with what is being done, how much is ready, and how much there is

        Returns
        -------
        The page to begin with.

        Raises
        ------
        RapportFout
            With what failed; the other reports were made.
        """
        vraag = ["--scenario", scenario, "--trekkingen", str(trekkingen), "--map", str(doel)]
        self._proces = proces = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "impact", "rapport", *vraag, "--json"),
            stdout=PIPE,
            stderr=PIPE,
            env={**os.environ, OMGEVING: str(parametermap)},
        )
        try:
            fouten = asyncio.create_task(_lees(proces.stderr))
            mislukt = await _volg(proces.stdout, meld)
            await proces.wait()
            laatste = (await fouten).strip().splitlines()[-1:]
        finally:
            self._proces = None
        if proces.returncode:
            raise RapportFout("\n".join(mislukt or laatste or ["het maken is gestopt"]))
        return doel / BEGIN


async def _volg(stroom: asyncio.StreamReader | None, meld: Meld) -> list[str]:
    """Pass on every event; return why reports failed."""
    assert stroom is not None
    wat, klaar, alle = "", 0, 0
    mislukt = []
    async for regel in stroom:
        bericht = json.loads(regel)
        if bericht["gebeurtenis"] == "begin":
            wat, klaar, alle = bericht["stap"], 0, bericht["aantal"]
        elif bericht["gebeurtenis"] != "einde":
            klaar += 1
        if "melding" in bericht:
            mislukt.append(f"{bericht['rapport']}: {bericht['melding']}")
        meld(wat, klaar, alle)
    return mislukt


async def _lees(stroom: asyncio.StreamReader | None) -> str:
    return (await stroom.read()).decode(errors="replace") if stroom is not None else ""
