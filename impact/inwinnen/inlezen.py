"""Many forms at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from impact.analysis.eigenoverzicht import onze_cijfers
from impact.inwinnen.lezen import Fout, Gelezen, lees_formulier
from impact.inwinnen.vorm import Vorm, vorm_van
from impact.registry.laden import Register
from impact.reporting.opmaak import veilig

PER_DEEL, WERKERS = 25, 2
"""So many forms go to a process at once."""
TIJDELIJK = ("~$", ".")
"""Begin of the name of a file that a spreadsheet program makes for itself."""


def maak_vormen(register: Register) -> dict[str, Vorm]:
    """Empty form of every municipality."""
    onze = onze_cijfers(register)
    return {str(code): vorm_van(register, onze, str(code)) for code in register.gemeenten.index}


def zoek_bestanden(paden: Sequence[Path]) -> tuple[list[Path], list[Fout]]:
    """Files to read, each once; and what is in a folder and cannot be a form."""
    gevonden: dict[Path, None] = {}
    fouten = []
    for pad in paden:
        if not pad.exists():
            fouten.append(Fout(veilig(pad), "", "bestaat niet"))
        elif pad.is_dir():
            inhoud = [p for p in sorted(pad.iterdir()) if p.is_file()]
            gevonden |= dict.fromkeys(p for p in inhoud if not p.name.startswith(TIJDELIJK))
            if not inhoud:
                fouten.append(Fout(veilig(pad), "", "is een map zonder bestanden"))
        else:
            gevonden[pad] = None
    return list(gevonden), fouten


def lees_formulieren(
    register: Register, paden: Sequence[Path], uitvoerder: Executor | None = None
) -> list[Gelezen]:
    """Read all forms; a problem with one does not stop the others.

    Parameters
    ----------
    uitvoerder : reads a large number of forms; local processes by default
    """
    vormen, vandaag = maak_vormen(register), register.peildatum
    delen = [paden[nummer : nummer + PER_DEEL] for nummer in range(0, len(paden), PER_DEEL)]
    if len(delen) <= 1:
        return lees_deel(paden, vormen, vandaag)
    with ExitStack() as stapel:
        werkers = uitvoerder or stapel.enter_context(ProcessPoolExecutor(WERKERS))
        taken = [werkers.submit(lees_deel, deel, vormen, vandaag) for deel in delen]
        return [stuk for taak in taken for stuk in taak.result()]


def lees_deel(paden: Sequence[Path], vormen: Mapping[str, Vorm], vandaag: date) -> list[Gelezen]:
    """Read some forms, one after the other."""
    return [lees_formulier(pad, vormen, vandaag) for pad in paden]
