"""The repository itself: what may be in it, and the rules between its floors."""

import ast
import json
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

MAX_REGELS = 399
MAX_FUNCTIE = 60
ZUIVER = {"impact.registry.eenheden", "impact.registry.periode"}
BINAIR = {".mo", ".png", ".parquet", ".arrow", ".xlsx", ".ico"}
ADRES = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host")
INRICHTING = ("constraints.txt", "pyproject.toml", "start.py", ".ci/run", ".pre-commit-config.yaml")
GROOTSTE_BESTAND = 500_000
MACHINEPAD = re.compile(
    r"""(?:^|[\s"'`(=:\[,]|file://)(?:/(?:home|root|Users|work|mnt|opt|tmp)/\w|[A-Za-z]:\\+Users)"""
)


@pytest.fixture(scope="module")
def bestanden(wortel: Path) -> list[Path]:
    """List every file that is or would be in the repository."""
    git = shutil.which("git")
    if git is None or not (wortel / ".git").exists():
        pytest.skip("dit is geen git-kopie")
    namen = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=wortel,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [pad for naam in namen.split("\0") if naam and (pad := wortel / naam).is_file()]


@pytest.fixture(scope="module")
def teksten(bestanden: list[Path]) -> dict[Path, str]:
    return {pad: pad.read_text(encoding="utf-8") for pad in bestanden if pad.suffix not in BINAIR}


def vindplaatsen(teksten: dict[Path, str], patroon: re.Pattern[str]) -> list[str]:
    return [
        f"{pad.name}:{nummer}: {regel.strip()[:120]}"
        for pad, tekst in teksten.items()
        for nummer, regel in enumerate(tekst.splitlines(), start=1)
        if patroon.search(regel)
    ]


@pytest.mark.parametrize("naam", INRICHTING)
def test_de_inrichting_noemt_geen_pakketregister(wortel: Path, naam: str) -> None:
    """Which registry packages come from is a matter of the machine."""
    assert ADRES.search((wortel / naam).read_text(encoding="utf-8")) is None


def test_geen_groot_bestand_bij_vergissing(bestanden: list[Path]) -> None:
    assert [pad.name for pad in bestanden if pad.stat().st_size > GROOTSTE_BESTAND] == []


def test_geen_machinepad_in_de_bestanden(teksten: dict[Path, str]) -> None:
    assert vindplaatsen(teksten, MACHINEPAD) == []


@pytest.mark.parametrize(
    ("regel", "raak"),
    [
        ("open('/ho" + "me/jan/data.csv')", True),
        ("pad: /wo" + "rk/shared", True),
        ("C:" + "\\Users\\jan", True),
        ("https://voorbeeld.nl/home/nieuws", False),
        ("reports/tmp/x", False),
    ],
)
def test_machinepad_wordt_herkend(regel: str, raak: bool) -> None:
    assert bool(MACHINEPAD.search(regel)) is raak


def test_notebooks_zijn_opgeslagen_zonder_uitvoer(bestanden: list[Path]) -> None:
    notebooks = [pad for pad in bestanden if pad.suffix == ".ipynb"]
    assert notebooks, "er zijn geen notebooks"
    for pad in notebooks:
        cellen = json.loads(pad.read_text(encoding="utf-8"))["cells"]
        vol = [c for c in cellen if c.get("outputs") or c.get("execution_count") is not None]
        assert not vol, f"{pad.name} heeft uitvoer; wis die (Jupyter: Clear All Outputs)"


def test_bestanden_van_het_pakket_zijn_klein(wortel: Path) -> None:
    lang = {
        pad.name: regels
        for pad in (wortel / "impact").rglob("*.py")
        if (regels := len(pad.read_text(encoding="utf-8").splitlines())) > MAX_REGELS
    }
    assert lang == {}


def test_functies_van_het_pakket_zijn_klein(wortel: Path) -> None:
    lang = [
        f"{pad.name}:{functie.lineno} {functie.name}"
        for pad in (wortel / "impact").rglob("*.py")
        for functie in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(functie, ast.FunctionDef | ast.AsyncFunctionDef)
        and _regels_zonder_docstring(functie) > MAX_FUNCTIE
    ]
    assert lang == []


def _regels_zonder_docstring(functie: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    eerste = functie.body[0]
    docstring = ast.get_docstring(functie, clean=False) is not None
    uitleg = (eerste.end_lineno or 0) - eerste.lineno + 1 if docstring else 0
    return (functie.end_lineno or 0) - functie.lineno + 1 - uitleg


def test_de_verdiepingen_staan_in_de_importregels(wortel: Path) -> None:
    instellingen = tomllib.loads((wortel / "pyproject.toml").read_text(encoding="utf-8"))
    regels = {c["id"]: c for c in instellingen["tool"]["importlinter"]["contracts"]}
    lagen = [re.findall(r"impact\.(\w+)", laag) for laag in regels["verdiepingen"]["layers"]]
    onder = [["reporting"], ["analysis"], ["model"], ["registry"], ["motor"]]
    assert lagen == [["cli"], ["werkbank", "inwinnen"], *onder]
    verboden = regels["model-zonder-bestanden"]
    assert verboden["source_modules"] == ["impact.model"]
    assert set(verboden["forbidden_modules"]) >= {"yaml", "pandas", "pydantic"}


def test_het_model_kent_van_het_register_alleen_eenheden_en_periode() -> None:
    graaf = grimp.build_graph("impact", cache_dir=None)
    gekend = {
        naar
        for module in graaf.find_descendants("impact.model") | {"impact.model"}
        for naar in graaf.find_modules_directly_imported_by(module)
        if naar.startswith("impact.registry")
    }
    assert gekend <= ZUIVER


def test_het_model_laadt_geen_yaml_of_pandas(wortel: Path) -> None:
    """What import rules read in the source, seen once more in a running Python."""
    code = (
        "import sys, pkgutil, importlib, impact.model as m\n"
        "for x in pkgutil.walk_packages(m.__path__, 'impact.model.'):\n"
        "    importlib.import_module(x.name)\n"
        "print(sorted({'yaml', 'pandas', 'pydantic', 'pyarrow'} & set(sys.modules)))"
    )
    uitkomst = subprocess.run(
        [sys.executable, "-c", code], cwd=wortel, capture_output=True, text=True, check=True
    )
    assert uitkomst.stdout.strip() == "[]"


def test_elke_afhankelijkheid_heeft_een_vaste_versie(wortel: Path) -> None:
    project = tomllib.loads((wortel / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    gevraagd = [*project["dependencies"], *project["optional-dependencies"]["ontwikkeling"]]
    regels = (wortel / "constraints.txt").read_text(encoding="utf-8").splitlines()
    vast = {_sleutel(regel) for regel in regels if re.match(r"[\w.-]+==[\w.!+-]+(;.*)?$", regel)}
    assert [regel for regel in regels if regel and not regel.startswith("#")] != []
    assert {_sleutel(naam) for naam in gevraagd} - vast == set()
    assert [r for r in regels if "://" in r or "--hash" in r] == []


def _sleutel(regel: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[=<>;!~ ]", regel)[0]).lower()


def test_ci_voert_precies_de_testopdracht_van_de_readme_uit(wortel: Path) -> None:
    opdracht = "python3 start.py toets"
    ci = (wortel / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert ci[-1] == opdracht
    assert opdracht in (wortel / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("opties", "keuze"),
    [
        ([], ["--alles"]),
        (["--gemeente", "Weert"], ["--alles", "--gemeente", "Weert"]),
        (["--scenario", "einde_lvv"], ["--scenario", "einde_lvv"]),
        (["--scenario=einde_lvv"], ["--scenario=einde_lvv"]),
    ],
)
def test_start_maakt_alles_of_wat_is_gevraagd(
    opties: list[str], keuze: list[str], wortel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = runpy.run_path(str(wortel / "start.py"))["rapporten"]
    gegeven: list[str] = []
    monkeypatch.setitem(start.__globals__, "richt_in", lambda ontwikkeling: None)
    monkeypatch.setitem(start.__globals__, "voer_uit", lambda _, deel: gegeven.extend(deel))
    start(opties)
    assert gegeven == ["-m", "impact", "rapport", *keuze]
