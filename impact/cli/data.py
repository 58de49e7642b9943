"""``impact data``: official figures from outside."""

from __future__ import annotations

import click

from impact.cli.invoer import register
from impact.inwinnen.cbs import ADRES, Loket
from impact.inwinnen.verversen import GROOTSTE, Voorstel, Wijziging, maak_voorstel, schrijf
from impact.registry.laden import Register
from impact.reporting.getallen import onafgerond


@click.group()
def data() -> None:
    """Officiële cijfers van het CBS vergelijken en overnemen.

    Voorbeeld: impact data verversen --proef
    """


@data.command()
@click.option("--proef", is_flag=True, help="Laat alleen zien wat er zou veranderen (standaard).")
@click.option("--schrijf", "opslaan", is_flag=True, help="Neem de nieuwe cijfers over.")
@click.option("--adres", default=ADRES, show_default=True, help="Adres van de open data.")
def verversen(proef: bool, opslaan: bool, adres: str) -> None:
    """Lees de tabellen van het CBS en laat zien welke gemeentecijfers veranderen.

    Er verandert niets aan de bestanden, tenzij u --schrijf geeft.

    Voorbeeld: impact data verversen --proef
    """
    if proef and opslaan:
        raise click.UsageError("kies --proef of --schrijf, niet allebei")
    if not adres.startswith(("http://", "https://")):
        raise click.UsageError(f"'{adres}' is geen adres; begin met https://")
    geladen = register()
    voorstel = maak_voorstel(geladen, Loket(adres))
    _toon(geladen, voorstel)
    if not opslaan:
        click.echo("\nEr is niets geschreven. Neem de cijfers over met: --schrijf")
        return
    for pad in schrijf(geladen, voorstel, geladen.peildatum):
        click.echo(f"Geschreven: {pad}")


def _toon(geladen: Register, voorstel: Voorstel) -> None:
    """What would change, per column."""
    for tabel, wanneer in voorstel.bijgewerkt.items():
        click.echo(f"Tabel {tabel}, bijgewerkt op {wanneer}")
    for kolom, wijzigingen in voorstel.wijzigingen.items():
        aantal = len(wijzigingen)
        woord = "1 gemeente" if aantal == 1 else f"{aantal} gemeenten"
        click.echo(f"  {kolom}: {f'{woord} anders' if aantal else 'niets veranderd'}")
        for wijziging in wijzigingen[:GROOTSTE]:
            naam = str(geladen.gemeenten["gemeentenaam"][wijziging.code])
            click.echo(f"    {wijziging.code} {naam}: {_tekst(wijziging)}")
    if voorstel.nieuw:
        click.echo(
            "  LET OP: het CBS heeft cijfers van gemeenten die hier niet bestaan: "
            f"{', '.join(sorted(voorstel.nieuw))}. De indeling is veranderd; pas gemeenten.csv aan."
        )


def _tekst(wijziging: Wijziging) -> str:
    """Old and new figure, and the change in percent."""
    oud, nieuw = (
        "niet bekend" if waarde is None else onafgerond(waarde)
        for waarde in (wijziging.oud, wijziging.nieuw)
    )
    if not wijziging.oud or wijziging.nieuw is None:
        return f"{oud} wordt {nieuw}"
    procent = onafgerond(round(100 * (wijziging.nieuw / wijziging.oud - 1), 1))
    return f"{oud} wordt {nieuw} ({procent}%)"
