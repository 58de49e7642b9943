"""Put what municipalities sent in where every other value is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from impact.registry.eigenmodellen import als_bron, met_eigen, naam_bron

if TYPE_CHECKING:
    from impact.registry.laden import Register


def met_opgaven(register: Register) -> Register:
    """Register in which what municipalities sent in is a source and a value like any other."""
    namen = {} if register.gemeenten.empty else dict(register.gemeenten["gemeentenaam"])
    bronnen = {
        naam_bron(code): als_bron(opgave, str(namen[code]))
        for code, opgave in register.eigen.items()
        if code in namen
    }
    return replace(
        register,
        bronnen={**register.bronnen, **bronnen},
        parameters=met_eigen(register.parameters, register.eigenvragen, register.eigen),
        gepubliceerd=register.parameters,
    )
