"""What the commands read from the command line and from the parameters."""

from __future__ import annotations

import click

from impact.model.invoer import PARAMETEREENHEDEN
from impact.registry.laden import Register, laad_register
from impact.registry.periode import Halfjaar
from impact.registry.problemen import bedoelde

cluster_optie = click.option(
    "--cluster", default="", metavar="ADRES", help="Reken op een Dask-cluster."
)
"""Option of every command that computes in parallel; see `open_uitvoerder`."""


class HalfjaarSoort(click.ParamType[Halfjaar]):
    """A half-year such as 2026-I on the command line."""

    name = "halfjaar"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Halfjaar:
        """Read the text, or say how it should be written."""
        try:
            return value if isinstance(value, Halfjaar) else Halfjaar.lees(str(value))
        except ValueError as fout:
            self.fail(str(fout), param, ctx)


def register() -> Register:
    """Load the parameters and check them against the model."""
    return laad_register(parameters_model=PARAMETEREENHEDEN)


def zoek_gemeente(geladen: Register, gevraagd: str) -> str:
    """Find a municipality by code or name.

    Raises
    ------
    click.UsageError
        Unknown; with the nearest code or name.
    """
    namen = {str(naam): str(code) for code, naam in geladen.gemeenten["gemeentenaam"].items()}
    if gevraagd in namen.values():
        return gevraagd
    if gevraagd in namen:
        return namen[gevraagd]
    hulp = bedoelde(gevraagd, [*namen, *namen.values()])
    raise click.UsageError(f"onbekende gemeente '{gevraagd}'. {hulp}".strip())
