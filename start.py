"""Set up the workbench on a bare machine and run it: one command for everything.

    python3 start.py rapporten [options of `impact rapport`]
    python3 start.py toets [options of pytest]

On Windows: ``py -3.11 start.py rapporten``. The script needs Python 3.11 or newer and nothing
else. It makes ``.venv`` beside itself and installs the versions of ``constraints.txt`` in it;
a next call skips the installation as long as nothing in those files has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

MINIMUM = (3, 11)
WORTEL = Path(__file__).resolve().parent
VENV = WORTEL / ".venv"
PROGRAMMAS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMMAS / ("python.exe" if os.name == "nt" else "python")
STEMPEL = VENV / ".impact-stempel"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

GEBRUIK = """\
Gebruik:
  python3 start.py rapporten [opties]   maak alle rapporten (opties van: impact rapport)
  python3 start.py toets [opties]       voer alle controles en tests uit (opties van: pytest)
Op Windows: py -3.11 start.py rapporten
"""


class Gestopt(Exception):
    """The set-up cannot go on; the message tells the reader what to do."""


def main(argumenten: list[str]) -> int:
    """Run one of the commands; return the exit code."""
    opdrachten = {"rapporten": rapporten, "toets": toets}
    if not argumenten or argumenten[0] not in opdrachten:
        print(GEBRUIK, end="")
        return 0 if argumenten[:1] in (["-h"], ["--help"]) else 2
    try:
        controleer_python()
        return opdrachten[argumenten[0]](argumenten[1:])
    except Gestopt as fout:
        print(f"\n{fout}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nAfgebroken.", file=sys.stderr, flush=True)
        return 130


def rapporten(opties: list[str]) -> int:
    """Make the reports of every shipped scenario, or of those that the options name."""
    richt_in(ontwikkeling=False)
    gekozen = any(optie.split("=")[0] == "--scenario" for optie in opties)
    keuze = opties if gekozen else ["--alles", *opties]
    return voer_uit("Rapporten maken", ["-m", "impact", "rapport", *keuze])


def toets(opties: list[str]) -> int:
    """Run every check and every test; all of them, also after a failure."""
    richt_in(ontwikkeling=True)
    zorg_voor_browser()
    zorg_voor_java()
    stappen = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "mypy": ["-m", "mypy"],
        "import rules": [str(programma("lint-imports"))],
        "impact check": ["-m", "impact", "check"],
    }
    mislukt = [naam for naam, deel in stappen.items() if voer_uit(naam, deel) != 0]
    if mislukt:
        print(f"\nMislukt voor pytest: {', '.join(mislukt)}", flush=True)
    code = voer_uit("pytest", ["-m", "pytest", "-n", "auto", "--dist", "worksteal", *opties])
    if mislukt:
        print(f"\nOok mislukt: {', '.join(mislukt)} (zie hierboven)", flush=True)
    return code or (1 if mislukt else 0)


def controleer_python() -> None:
    """Stop with a clear message when this Python is too old."""
    if sys.version_info[:2] < MINIMUM:
        nodig, hier = (".".join(map(str, v)) for v in (MINIMUM, sys.version_info[:2]))
        raise Gestopt(
            f"Dit werkt met Python {nodig} of nieuwer; dit is Python {hier}.\n"
            f"Installeer een nieuwere Python en probeer het opnieuw, bijvoorbeeld:\n"
            f"  python{nodig} start.py ...      (Windows: py -{nodig} start.py ...)\n"
            f"This needs Python {nodig} or newer; this is Python {hier}."
        )


def richt_in(*, ontwikkeling: bool) -> None:
    """Make ``.venv`` and install the package in it, unless that was done already."""
    bruikbaar = venv_bruikbaar()
    sleutel, _, aanwezig = lees_stempel() if bruikbaar else ("", "", "")
    # the tools for tests, once there, stay there
    extra = "ontwikkeling" if ontwikkeling or aanwezig == "ontwikkeling" else "basis"
    if bruikbaar and (sleutel, aanwezig) == (inrichtingssleutel(), extra):
        return
    if not bruikbaar:
        maak_venv()
    STEMPEL.unlink(missing_ok=True)
    doel = ".[ontwikkeling]" if extra == "ontwikkeling" else "."
    opdracht = ["-m", "pip", "install", "-q", "-c", "constraints.txt", "-e", doel]
    if voer_uit("Pakketten installeren (de eerste keer enkele minuten)", opdracht) != 0:
        raise Gestopt(
            "De pakketten zijn niet geinstalleerd; de reden staat hierboven.\n"
            "Vaak is dat de verbinding: probeer het opnieuw, of vraag uw beheerder hoe pip op\n"
            "dit netwerk pakketten haalt (proxy of interne spiegel, in te stellen met pip config)."
        )
    STEMPEL.write_text(f"{inrichtingssleutel()}\n{VENV}\n{extra}\n", encoding="utf-8")


def lees_stempel() -> tuple[str, str, str]:
    """Return key, place and extra of the last installation that went well; empty if none."""
    regels = STEMPEL.read_text(encoding="utf-8").splitlines() if STEMPEL.is_file() else []
    return (regels[0], regels[1], regels[2]) if len(regels) == 3 else ("", "", "")


def inrichtingssleutel() -> str:
    """Return a key that changes when the wanted packages change."""
    inhoud = hashlib.sha256()
    for naam in ("pyproject.toml", "constraints.txt"):
        inhoud.update((WORTEL / naam).read_bytes())
    return inhoud.hexdigest()


def venv_bruikbaar() -> bool:
    """Tell whether ``.venv`` has this version of Python, has pip, and was not moved or copied."""
    if not PYTHON.is_file() or lees_stempel()[1] not in ("", str(VENV)):
        return False
    vraag = [str(PYTHON), "-c", "import pip, sys; print(sys.version_info[:2])"]
    try:
        uitkomst = subprocess.run(vraag, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return uitkomst.stdout.strip() == str(sys.version_info[:2])


def maak_venv() -> None:
    """Make ``.venv`` anew; on Debian and Ubuntu also install what Python misses for it."""
    if VENV.exists():
        verwijder(VENV)
    opdracht = [sys.executable, "-m", "venv", str(VENV)]
    if draai("Omgeving .venv maken", opdracht) == 0:
        return
    versie = ".".join(map(str, sys.version_info[:2]))
    pakket = f"python{versie}-venv"
    verwijder(VENV)
    if not apt_installeer(pakket) or draai("Omgeving .venv opnieuw maken", opdracht) != 0:
        verwijder(VENV)
        raise Gestopt(
            "Python kan hier geen omgeving maken: de module venv of ensurepip ontbreekt.\n"
            f"Op Debian en Ubuntu: sudo apt-get install {pakket} (of python3-venv).\n"
            "Daarna: dezelfde opdracht opnieuw."
        )


def verwijder(pad: Path) -> None:
    """Remove a folder, or say which program keeps it."""
    try:
        shutil.rmtree(pad)
    except FileNotFoundError:
        return
    except OSError as fout:
        raise Gestopt(
            f"De map {pad} kan niet weg ({fout.strerror}).\n"
            "Sluit programma's die haar gebruiken (Jupyter, een terminal) en probeer het opnieuw."
        ) from fout


def zorg_voor_browser() -> None:
    """Find a browser for the tests that open a report; install Chromium when there is none."""
    if browser_aanwezig() or (apt_installeer("chromium") and browser_aanwezig()):
        return
    if voer_uit("Browser ophalen", ["-m", "playwright", "install", "chromium"]) != 0:
        print(
            "Er is geen browser voor de tests die een rapport openen; die tests zullen mislukken.\n"
            "Installeer Chromium, Chrome of Edge (Debian: sudo apt-get install chromium).",
            flush=True,
        )


def browser_aanwezig() -> bool:
    """Tell whether the browser tests have a browser: of the system, or of playwright."""
    if any(map(shutil.which, BROWSERS)):
        return True
    code = (
        "from pathlib import Path; from playwright.sync_api import sync_playwright as s\n"
        "with s() as p:\n"
        "    raise SystemExit(not Path(p.chromium.executable_path).exists())"
    )
    return subprocess.run([str(PYTHON), "-c", code], check=False).returncode == 0


def zorg_voor_java() -> None:
    """Find Java for the check of the HTML; install it when there is none."""
    if shutil.which("java") or (apt_installeer("default-jre-headless") and shutil.which("java")):
        return
    print(
        "Er is geen Java voor de controle van de HTML; die tests zullen mislukken.\n"
        "Installeer Java 8 of nieuwer (Debian: sudo apt-get install default-jre-headless).",
        flush=True,
    )


def apt_installeer(*pakketten: str) -> bool:
    """Install system packages on Debian or Ubuntu; tell whether that worked."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    vooraf: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None:
            return False
        # without a terminal nobody can type a password: then fail at once
        vooraf = [sudo] if sys.stdin.isatty() else [sudo, "-n"]
    installeer = [*vooraf, apt, "install", "-y", "-q", "--no-install-recommends", *pakketten]
    draai("Pakketlijst van het systeem ophalen", [*vooraf, apt, "update", "-q"])
    return draai(f"Systeempakketten installeren: {' '.join(pakketten)}", installeer) == 0


def programma(naam: str) -> Path:
    """Return the path of a command in ``.venv``."""
    return PROGRAMMAS / (f"{naam}.exe" if os.name == "nt" else naam)


def voer_uit(titel: str, deel: list[str]) -> int:
    """Run a module (``-m name ...``) with the Python of ``.venv``, or a program given by path."""
    return draai(titel, [str(PYTHON), *deel] if deel[0].startswith("-") else deel)


def draai(titel: str, opdracht: list[str]) -> int:
    """Print the step, run the command in the folder of the project, stream its output."""
    print(f"\n== {titel}", flush=True)
    omgeving = {
        **os.environ,
        "PATH": f"{PROGRAMMAS}{os.pathsep}{os.environ.get('PATH', '')}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONUTF8": "1",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    begin = time.monotonic()
    try:
        code = subprocess.run(opdracht, cwd=WORTEL, env=omgeving, check=False).returncode
    except OSError as fout:
        print(f"{opdracht[0]}: {fout.strerror}", flush=True)
        code = 127
    klaar = "klaar" if code == 0 else f"MISLUKT (code {code})"
    print(f"-- {titel}: {klaar}, {time.monotonic() - begin:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
