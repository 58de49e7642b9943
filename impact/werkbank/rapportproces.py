"""Make the reports of a saved scenario in a process of its own, and tell how far it is.

The kernel of the notebook stays free, and the work can be stopped. Progress comes as lines of
JSON: what is being done, how much of it, and at the end the file to begin with.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from impact.analysis.ensemble import WERKERS, bereken
from impact.analysis.opslag import Instelling
from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import laad_register
from impact.reporting.analyses import analyses_van, open_analyse
from impact.reporting.batch import maak_alle, opdrachten
from impact.reporting.indexpagina import schrijf_index

UITVOERMAP = Path("reports") / "uitvoer"
Meld = Callable[[str, int, int], None]


class RapportFout(RuntimeError):
    """The reports were not made; the text is the message of the process."""


def maak(parametermap: Path, scenario: str, trekkingen: int, doel: Path, meld: Meld) -> Path:
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
        A report failed; the others were made.
    """
    register = laad_register(parametermap, parameters_model=PARAMETEREENHEDEN)
    instelling = Instelling(trekkingen=trekkingen)
    referentie = register.scenario(scenario).referentie
    namen = [naam for naam in (referentie, scenario) if naam is not None]
    meld("Scenario berekenen", 0, 1)
    bereken(namen, register, instelling)
    nodig = analyses_van(register, scenario)
    with ProcessPoolExecutor(WERKERS) as werkers:
        for nummer, naam in enumerate(nodig):
            meld("Analyses maken", nummer, len(nodig))
            open_analyse(register, scenario, naam, trekkingen, werkers)
    brieven = [scenario] if referentie is not None else []
    lijst = opdrachten([scenario], [], doel, trekkingen, brieven)
    gereed = [0]
    meld("Rapporten schrijven", 0, len(lijst))

    def tel(_: object) -> None:
        gereed[0] += 1
        meld("Rapporten schrijven", gereed[0], len(lijst))

    uitslagen = maak_alle(lijst, meld=tel)
    mislukt = [uitslag.melding for uitslag in uitslagen if not uitslag.gelukt]
    if mislukt:
        raise RapportFout("\n".join(mislukt))
    return schrijf_index(doel, register, instelling, uitslagen)


class Rapportage:
    """One run of the process above, watched from the kernel."""

    def __init__(self) -> None:
        self._proces: Process | None = None

    @property
    def bezig(self) -> bool:
        """Whether reports are being made."""
        return self._proces is not None

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._proces is not None:
            self._proces.terminate()

    async def maak(
        self, parametermap: Path, scenario: str, trekkingen: int, doel: Path, meld: Meld
    ) -> Path:
        """Make the reports of a scenario; see the function `maak`.

        Raises
        ------
        RapportFout
            With what the process said.
        """
        vraag = [str(parametermap), scenario, str(trekkingen), str(doel)]
        self._proces = proces = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __spec__.name, *vraag, stdout=PIPE, stderr=PIPE
        )
        try:
            fouten = asyncio.create_task(_lees(proces.stderr))
            begin = ""
            assert proces.stdout is not None
            async for regel in proces.stdout:
                bericht = json.loads(regel)
                begin = bericht.get("begin", begin)
                if "wat" in bericht:
                    meld(bericht["wat"], bericht["klaar"], bericht["alle"])
            await proces.wait()
            tekst = await fouten
        finally:
            self._proces = None
        if proces.returncode or not begin:
            laatste = tekst.strip().splitlines()[-1:] or ["het maken is gestopt"]
            raise RapportFout(laatste[0])
        return Path(begin)


async def _lees(stroom: asyncio.StreamReader | None) -> str:
    return (await stroom.read()).decode(errors="replace") if stroom is not None else ""


def main(vraag: Sequence[str]) -> None:
    """Run as a process: folder of parameters, scenario, draws, folder of the reports."""

    def zeg(**bericht: object) -> None:
        print(json.dumps(bericht), flush=True)

    map_, scenario, trekkingen, doel = vraag
    begin = maak(
        Path(map_),
        scenario,
        int(trekkingen),
        Path(doel),
        lambda wat, klaar, alle: zeg(wat=wat, klaar=klaar, alle=alle),
    )
    zeg(begin=str(begin))


if __name__ == "__main__":
    main(sys.argv[1:])
