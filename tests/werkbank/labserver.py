"""A real JupyterLab or Voila on this machine, and the explorer in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from impact.werkbank.lab import omgeving

TOKEN = "proef"
GEDULD = 120.0
"""Seconds in which a server or a kernel must answer; a busy machine is slow."""
MS = 1000
TREKKINGEN = 6
"""Draws in tests: enough for bands, and quick."""
HUUR = "Geen voorrang meer bij sociale huur"
AANNAME = "Wat zonder voorrang overblijft van de eerste huisvesting in corporatiewoningen."


@dataclass(frozen=True)
class Lab:
    """A running server of notebooks and the copy of the project in which it works."""

    adres: str
    map: Path


def werkmap(wortel: Path, map_: Path) -> Path:
    """Make a copy of what an analyst changes, so that nothing of the project is touched."""
    for deel in ("notebooks", "parameters"):
        shutil.copytree(
            wortel / deel, map_ / deel, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    return map_


def zet_trekkingen(map_: Path, aantal: int = TREKKINGEN) -> None:
    """Set the parameter that every notebook offers."""
    for pad in map_.glob("notebooks/**/*.ipynb"):
        tekst = pad.read_text(encoding="utf-8")
        pad.write_text(
            re.sub(r"trekkingen = \d+", f"trekkingen = {aantal}", tekst), encoding="utf-8"
        )


def vrije_poort() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as stekker:
        stekker.bind(("127.0.0.1", 0))
        return int(stekker.getsockname()[1])


@contextmanager
def server(opdracht: Sequence[str], poort: int, map_: Path, log: Path) -> Iterator[str]:
    """Run a server with settings of its own; gives its address, and ends it with its kernels."""
    eigen = {**omgeving(map_ / "parameters"), "JUPYTER_TOKEN": TOKEN}
    eigen |= {
        naam: str(map_ / naam.lower())
        for naam in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    adres = f"http://127.0.0.1:{poort}"
    with log.open("w") as uit:
        proces = subprocess.Popen(
            opdracht,
            env=eigen,
            cwd=map_,
            stdout=uit,
            stderr=uit,
            start_new_session=True,
        )
        try:
            wacht_op(f"{adres}/?token={TOKEN}", proces, log)
            yield adres
        finally:
            proces.send_signal(signal.SIGTERM)
            try:
                proces.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(proces.pid, signal.SIGKILL)
                proces.wait()


def wacht_op(adres: str, proces: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers; fails with its log."""
    einde = time.monotonic() + GEDULD
    while time.monotonic() < einde and proces.poll() is None:
        try:
            urllib.request.urlopen(adres, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"de server start niet:\n{log.read_text()[-2000:]}")


class Bewaker:
    """Remembers what a browser asked for outside this machine, and what went wrong in it."""

    def __init__(self, venster: BrowserContext) -> None:
        self.buiten: list[str] = []
        self.fouten: list[str] = []
        venster.on("request", lambda verzoek: self._zie(verzoek.url))
        venster.on("weberror", lambda fout: self.fouten.append(str(fout.error)))

    def _zie(self, adres: str) -> None:
        if not adres.startswith(("http://127.0.0.1:", "data:", "blob:", "ws://127.0.0.1:")):
            self.buiten.append(adres)


def open_notebook(pagina: Page, adres: str, pad: str) -> None:
    """Open a notebook in JupyterLab and run all its cells."""
    pagina.goto(f"{adres}/lab/tree/{pad}?token={TOKEN}&reset")
    pagina.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=GEDULD * MS)
    pagina.get_by_text("| Inactief").wait_for(timeout=GEDULD * MS)
    pagina.locator(".lm-MenuBar-itemLabel", has_text="Uitvoeren").click()
    pagina.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()


def cellen_gedraaid(pagina: Page) -> tuple[int, str]:
    """Wait until every code cell has run; return how many there are and the text of errors."""
    pagina.wait_for_function(
        """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')]
            .every((p) => /\\[\\d+\\]/.test(p.textContent))""",
        timeout=GEDULD * MS,
    )
    fouten = pagina.locator('.jp-Notebook [data-mime-type="application/vnd.jupyter.stderr"]')
    return pagina.locator(".jp-Notebook .jp-CodeCell").count(), " ".join(fouten.all_inner_texts())


def verkenner(pagina: Page) -> Locator:
    """Wait for the explorer with its bands."""
    paneel = pagina.locator(".impact-verkenner")
    paneel.wait_for(timeout=GEDULD * MS)
    wacht_op_banden(paneel)
    return paneel


def wacht_op_banden(paneel: Locator) -> None:
    """Wait until the bands of the last choice are shown, and the stacking after it."""
    paneel.page.wait_for_selector(
        '.impact-verkenner[data-stand="banden"]', timeout=GEDULD * MS, state="attached"
    )


def verschuif(paneel: Locator) -> None:
    """Move an assumption out of its range with the keyboard."""
    paneel.get_by_label("Zoek een aanname").fill("zonder voorrang overblijft")
    schuif = paneel.get_by_label(f"{AANNAME}, schuif")
    schuif.focus()
    schuif.press("End")
    wacht_op_banden(paneel)
    expect(paneel.get_by_text("buiten de marge: hoger dan het hoogste punt")).to_be_visible()
