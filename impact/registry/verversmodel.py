"""Which column of the municipal figures comes from which table of Statistics Netherlands."""

from __future__ import annotations

from pydantic import model_validator

from impact.registry.modellen import Basis, Tekst


class Verversing(Basis):
    """Where one column is read.

    Attributes
    ----------
    tabel : identifier of the table
    titel : title of the column there; its number changes every year
    regio : dimension with the codes of municipalities
    periode : code of the period; None for a table of one year
    eenheid : unit that the table must give; None where it is not checked
    laagst, hoogst : no municipality lies outside
    leeg_mag : some municipalities may have no figure
    """

    tabel: Tekst
    titel: Tekst
    regio: Tekst
    periode: Tekst | None = None
    eenheid: Tekst | None = None
    laagst: float
    hoogst: float
    leeg_mag: bool = False

    @model_validator(mode="after")
    def _klopt(self) -> Verversing:
        if self.laagst > self.hoogst:
            raise ValueError(f"laagst ({self.laagst:g}) is meer dan hoogst ({self.hoogst:g})")
        return self
