"""Many forms at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from impact.analysis.eigenoverzicht import onze_cijfers
from impact.inwinnen.lezen import Fout, Gelezen, lees_formulier
from impact.inwinnen.vorm import Vorm, vorm_van
from impact.registry.laden import Register
from impact.reporting.opmaak import veilig

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


def lees_formulieren(register: Register, paden: Sequence[Path]) -> list[Gelezen]:
    """Read all forms; a problem with one does not stop the others."""
    vormen = maak_vormen(register)
    return [lees_formulier(pad, vormen, register.peildatum) for pad in paden]
