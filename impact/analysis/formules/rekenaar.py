"""Evaluate all formulas on the middle draw, and hold them against the model."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from impact.analysis.formules import FORMULES
from impact.analysis.formules.basis import Formule
from impact.analysis.formules.taal import Deel, FormuleFout, Moment, ontleed, reken
from impact.model.grootheden import Sleutel
from impact.model.invoer import Invoer
from impact.model.reeksen import Reeks

MARGE_RELATIEF, MARGE_ABSOLUUT = 1e-9, 1e-6
BLAD_SOORTEN = ("p", "g", "begin", "historie", "toeval")
HISTORIE = {
    "gehuisvest": "gehuisvest_verleden",
    "asielvergunningen": "vergunningen_verleden",
    "spuk_per_statushouder": "spuk_verleden",
}


class FormuleKloptNiet(RuntimeError):
    """A formula gives another number than the model: nothing may be explained with it."""


def is_blad(naam: str) -> bool:
    """Whether a part is a leaf and not a formula."""
    return naam.partition(".")[0] in BLAD_SOORTEN


def bijna(een: Reeks | float, ander: Reeks | float) -> bool:
    """Whether two numbers, or all numbers of two arrays, are the same but for rounding."""
    return bool(np.allclose(een, ander, rtol=MARGE_RELATIEF, atol=MARGE_ABSOLUUT))


@dataclass
class Rekenaar:
    """Values of every formula and leaf in the middle draw, arrays [gemeente] or [1].

    Attributes
    ----------
    invoer : input of the model, one draw
    uitkomst : what the model made of it
    """

    invoer: Invoer
    uitkomst: dict[Sleutel, Reeks]
    _bewaard: dict[Deel, Reeks] = field(default_factory=dict)

    def __call__(self, deel: Deel) -> Reeks:
        """Value of one part.

        A quantity of the catalogue has the value that the model gives; everything else follows
        from its formula.
        """
        if deel not in self._bewaard:
            self._bewaard[deel] = self._waarde(deel)
        return self._bewaard[deel]

    def _waarde(self, deel: Deel) -> Reeks:
        if deel.landelijk:
            return np.asarray(self(Deel(deel.naam, deel.t, deel.k)).sum(keepdims=True))
        if is_blad(deel.naam):
            return self._blad(deel)
        formule = formule_van(deel.naam)
        if formule.in_catalogus and deel.t >= 0:
            return np.asarray(self.uitkomst[formule.sleutel][0, :, deel.t])
        return self.volgens_formule(deel)

    def volgens_formule(self, deel: Deel) -> Reeks:
        """Value that the formula gives, also where the model gives the number itself."""
        return reken(ontleed(self.rekenregel(deel)), Moment(deel.t, deel.k), self)

    def rekenregel(self, deel: Deel) -> str:
        """Formula that holds in a half-year."""
        formule = formule_van(deel.naam)
        if deel.t < 0 and formule.eerder:
            return formule.eerder
        if deel.t == 0 and formule.aangekondigd and self.taakstelling_aangekondigd:
            return formule.aangekondigd
        return formule.rekenregel

    @property
    def taakstelling_aangekondigd(self) -> bool:
        """Whether the target of the first half-year was announced before the start."""
        return not np.isnan(self.invoer.begin.taakstelling_aangekondigd[0, 0])

    def _blad(self, deel: Deel) -> Reeks:
        """Value of a leaf; parameters hold their first value before the start, as in the model."""
        (soort, _, naam), t = deel.naam.partition("."), deel.t
        if soort == "p":
            return np.asarray(self.invoer.reeksen[naam][0, :, max(t, 0)])
        if soort == "historie":
            reeks: Reeks = getattr(self.invoer.begin, HISTORIE[naam])[0]
            lengte = reeks.shape[-1]
            return reeks[:, lengte + t] if -lengte <= t < 0 else np.zeros(1)
        bron = {"g": self.invoer.gemeenten, "begin": self.invoer.begin}
        waarde: Reeks = getattr(bron.get(soort, self.invoer.toeval), naam)[0]
        return waarde[:, max(t, 0)] if waarde.ndim == 2 else waarde

    def controleer(self) -> None:
        """Hold every formula against the model: all quantities, municipalities and half-years.

        Raises
        ------
        FormuleKloptNiet
            With the name of every formula that gives another number, and where it does first.
        """
        fout = [
            tekst
            for formule in FORMULES.values()
            if formule.in_catalogus and (tekst := self._afwijking(formule))
        ]
        if fout:
            raise FormuleKloptNiet(
                "deze formules geven een ander getal dan het model; pas ze aan in "
                "impact/analysis/formules:\n" + "\n".join(fout)
            )

    def _afwijking(self, formule: Formule) -> str:
        for t in range(self.invoer.perioden):
            deel = Deel(formule.naam, t)
            formulewaarde, model = np.broadcast_arrays(self.volgens_formule(deel), self(deel))
            if not bijna(formulewaarde, model):
                plek = int(np.argmax(np.abs(formulewaarde - model)))
                return (
                    f"  {formule.naam}, halfjaar {t}, gemeente {plek}: formule "
                    f"{formulewaarde[plek]:.6g}, model {model[plek]:.6g}"
                )
        return ""


def formule_van(naam: str) -> Formule:
    """Look up a formula.

    Raises
    ------
    FormuleFout
        There is none: a formula names a part that does not exist.
    """
    try:
        return FORMULES[naam]
    except KeyError:
        raise FormuleFout(f"er is geen formule voor '{naam}'") from None
