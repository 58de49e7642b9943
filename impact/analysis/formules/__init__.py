"""What every figure of the model is made of, as formulas that can be read and checked."""

from __future__ import annotations

from impact.analysis.formules import (
    huisvesting,
    inburgering,
    instroom,
    opvang,
    sociaal,
    taakstelling,
    uitvoering,
)
from impact.analysis.formules.basis import Formule

FORMULES: dict[str, Formule] = {
    formule.naam: formule
    for module in (instroom, taakstelling, huisvesting, opvang, inburgering, sociaal, uitvoering)
    for formule in module.FORMULES
}
