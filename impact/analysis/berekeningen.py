"""Stored runs by name: a folder, the start of a key, or ``nu`` for the parameters as they are."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from impact.analysis.ensemble import bereken
from impact.analysis.opslag import MANIFEST, UITKOMSTEN, Instelling, Resultaat, resultatenmap
from impact.registry.laden import Register

NU = "nu"
KORTSTE_SLEUTEL = 4
MEESTE_REGELS = 20
DEEL_VAN_SLEUTEL = 20


class VerschilFout(ValueError):
    """Two runs that cannot be compared; the text says why, and what there is."""


def kies_berekeningen(
    register: Register,
    oud: str,
    nieuw: str,
    scenario: str | None = None,
    uitvoerder: Executor | None = None,
) -> tuple[Resultaat, Resultaat]:
    """Find two runs of one scenario; ``nu`` is computed when it has not been stored.

    Parameters
    ----------
    oud, nieuw : folder of a result, start of its key, or ``nu``
    scenario : needed when both are ``nu``; otherwise a check

    Raises
    ------
    VerschilFout
        Unknown, ambiguous, of two scenarios, or too old to be compared.
    OnbekendScenario
        With the nearest name.
    """
    if scenario is not None:
        bekend = {resultaat.manifest["scenario"] for resultaat in bewaarde(register)}
        if scenario not in bekend:
            register.scenario(scenario)
    gevonden = {naam: zoek_berekening(register, naam, scenario) for naam in {oud, nieuw} - {NU}}
    namen = {str(resultaat.manifest["scenario"]) for resultaat in gevonden.values()}
    namen |= {scenario} if scenario is not None else set()
    if len(namen) > 1:
        raise VerschilFout(
            f"een verschil gaat over een scenario; dit zijn er {len(namen)}: "
            f"{', '.join(sorted(namen))}"
        )
    if not namen:
        raise VerschilFout(f"twee keer '{NU}': noem met --scenario over welk scenario het gaat")
    (naam,) = namen
    if NU in (oud, nieuw):
        instelling = next((instelling_van(r) for r in gevonden.values()), Instelling())
        gevonden[NU] = bereken([naam], register, instelling, uitvoerder)[naam]
    return gevonden[oud], gevonden[nieuw]


def instelling_van(resultaat: Resultaat) -> Instelling:
    """Settings of a stored run."""
    m = resultaat.manifest
    return Instelling(trekkingen=m["trekkingen"], zaad=m["zaad"], van=m["van"], tot=m["tot"])


def bewaarde(register: Register, scenario: str | None = None) -> list[Resultaat]:
    """All stored runs, of one scenario or of all; not one that is still being written."""
    paden = sorted(resultatenmap(register).glob(f"{scenario or '*'}/*/{MANIFEST}"))
    runs = [
        Resultaat(pad.parent)
        for pad in paden
        if not any(map_.name.startswith(".") for map_ in (pad.parent, pad.parent.parent))
    ]
    return [run for run in runs if "scenario" in run.manifest]


def zoek_berekening(register: Register, naam: str, scenario: str | None = None) -> Resultaat:
    """Find one stored run.

    Raises
    ------
    VerschilFout
        Unknown or ambiguous, with what exists; or from before outcomes were stored.
    """
    als_map = Path(naam)
    if (als_map / MANIFEST).is_file():
        keuze = [Resultaat(als_map)]
    else:
        keuze = [
            run
            for run in bewaarde(register)
            if len(naam) >= KORTSTE_SLEUTEL and run.manifest["sleutel"].startswith(naam)
        ]
    if len(keuze) != 1:
        wat = "hoort bij meer dan een berekening" if keuze else "is geen berekening"
        raise VerschilFout(f"'{naam}' {wat}. {_aanbod(keuze or bewaarde(register, scenario))}")
    (run,) = keuze
    if "parametersleutel" not in run.manifest or not (run.map / f"{UITKOMSTEN}.parquet").is_file():
        raise VerschilFout(
            f"'{naam}' is van voor de tijd dat uitkomsten per trekking werden bewaard; "
            "die kan niet worden vergeleken"
        )
    return run


def _aanbod(runs: list[Resultaat]) -> str:
    """What can be chosen, newest first."""
    if not runs:
        return f"Er is nog niets bewaard; maak iets met: impact run, of gebruik '{NU}'."
    op_datum = sorted(runs, key=lambda run: str(run.manifest.get("gemaakt", "")), reverse=True)
    regels = [f"  {omschrijving(run)}" for run in op_datum[:MEESTE_REGELS]]
    if len(op_datum) > MEESTE_REGELS:
        regels.append(f"  en nog {len(op_datum) - MEESTE_REGELS}; kies met --scenario")
    return "\n".join([f"Kies uit ('{NU}' mag ook):", *regels])


def omschrijving(run: Resultaat) -> str:
    """One line about a run: key, scenario, day, draws and version."""
    m = run.manifest
    dag = str(m.get("gemaakt", "datum onbekend"))[:10]
    return (
        f"{m['sleutel'][:DEEL_VAN_SLEUTEL]}  {m['scenario']}, {dag}, "
        f"{m['trekkingen']} trekkingen, versie {m['versie']}"
    )
