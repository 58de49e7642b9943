"""How JupyterLab and Voila are started: in Dutch, and without requests outside."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from impact.registry.plaats import OMGEVING

STATISCH = Path(__file__).parent / "static"
INSTELLINGEN = STATISCH / "lab"
STARTPAGINA, VERKENNING = "notebooks/start.ipynb", "notebooks/verkenning.ipynb"
POORT, POORT_VOILA = 8888, 8866
GEEN_BERICHTEN = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def omgeving(parametermap: Path) -> dict[str, str]:
    """Environment of both programs: the parameters, and the page of Voila from the package."""
    eerder = os.environ.get("JUPYTER_PATH")
    paden = [str(STATISCH / "jupyter"), *([eerder] if eerder else [])]
    return {**os.environ, OMGEVING: str(parametermap), "JUPYTER_PATH": os.pathsep.join(paden)}


def labopdracht(wortel: Path, poort: int = POORT, browser: bool = True) -> list[str]:
    """Command that starts JupyterLab at the start page.

    Settings come from the package; nothing is written in the folder of the user for it.

    Parameters
    ----------
    wortel : folder of the project
    browser : whether to open a browser
    """
    return [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={wortel}",
        f"--ServerApp.port={poort}",
        f"--LabApp.app_settings_dir={INSTELLINGEN}",
        f"--LabApp.default_url=/lab/tree/{STARTPAGINA}",
        *GEEN_BERICHTEN,
        *([] if browser else ["--no-browser"]),
    ]


def voilaopdracht(wortel: Path, poort: int = POORT_VOILA, browser: bool = True) -> list[str]:
    """Command that serves the explorer as a page; every visitor gets a kernel of their own."""
    return [
        *(sys.executable, "-m", "voila", str(wortel / VERKENNING)),
        f"--port={poort}",
        "--template=impact",
        "--theme=light",
        "--Voila.ip=127.0.0.1",
        *([] if browser else ["--no-browser"]),
    ]
