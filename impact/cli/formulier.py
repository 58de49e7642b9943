"""``impact formulier``: ask municipalities for their own figures, and read the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from impact.analysis.eigenoverzicht import inpassing
from impact.cli.invoer import register, zoek_gemeente
from impact.inwinnen.bewaren import Verslag, bewaar
from impact.inwinnen.formulier import schrijf_formulier
from impact.inwinnen.inlezen import lees_formulieren, maak_vormen, zoek_bestanden
from impact.registry.laden import Register
from impact.reporting.getallen import geheel

ALLE = "alle"
DOELMAP = Path("reports") / "formulieren"


class FormulierFout(ValueError):
    """Some forms have problems or conflicts; the text holds all of them."""


class _MetStandaard(click.Group):
    """Group in which the name of a municipality may follow directly: that makes its form."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take the first word for a municipality when it is no command."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["maak", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_MetStandaard)
def formulier() -> None:
    """Vraag gemeenten om hun eigen cijfers en lees de antwoorden in.

    Noem een gemeente of 'alle' om een formulier in Excel te maken. Gebruik 'lees' voor de
    formulieren die terugkomen.

    Voorbeeld: impact formulier GM0344
    """


@formulier.command()
@click.argument("gemeenten", nargs=-1, required=True)
@click.option(
    "--map", "map_", type=click.Path(file_okay=False, path_type=Path), help="Map voor formulieren."
)
def maak(gemeenten: Sequence[str], map_: Path | None) -> None:
    """Maak een formulier voor een of meer gemeenten (code of naam), of voor alle.

    Voorbeeld: impact formulier maak GM0344 Weert
    """
    geladen = register()
    doel = map_ or geladen.map.parent / DOELMAP
    if list(gemeenten) == [ALLE]:
        codes = [str(code) for code in geladen.gemeenten.index]
    else:
        codes = list(dict.fromkeys(zoek_gemeente(geladen, naam) for naam in gemeenten))
    vormen = maak_vormen(geladen)
    for code in codes:
        pad = schrijf_formulier(vormen[code], doel / f"eigen-cijfers-{code}.xlsx")
        if len(codes) == 1:
            click.echo(f"Formulier voor {vormen[code].naam}: {pad}")
    if len(codes) > 1:
        click.echo(f"{len(codes)} formulieren in {doel}")


@formulier.command()
@click.argument("paden", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--vervang", is_flag=True, help="Neem ook over wat anders is dan bewaard.")
@click.option("--proef", is_flag=True, help="Controleer alleen; bewaar niets.")
def lees(paden: Sequence[Path], vervang: bool, proef: bool) -> None:
    """Lees ingevulde formulieren (bestanden of mappen) en bewaar de eigen cijfers.

    Een formulier met een fout wordt niet bewaard; de andere wel. Wat anders is dan een eerder
    formulier wordt alleen met --vervang overgenomen.

    Voorbeeld: impact formulier lees ontvangen/ --proef
    """
    geladen = register()
    bestanden, fouten = zoek_bestanden(paden)
    gelezen = lees_formulieren(geladen, bestanden)
    fouten += [fout for stuk in gelezen for fout in stuk.fouten]
    for melding in (melding for stuk in gelezen for melding in stuk.meldingen):
        click.echo(melding)
    verslag = bewaar(geladen, gelezen, vervang=vervang, proef=proef)
    _toon(verslag, proef)
    if verslag.bewaard and not proef:
        toon_inpassing(register())
    regels = [str(fout) for fout in sorted(fouten, key=lambda fout: fout.volgorde)]
    if regels or verslag.conflicten:
        slot = f"Bestanden met fouten: {len({fout.bestand for fout in fouten})}. "
        slot += f"Gemeenten met een conflict: {len(verslag.botsend)}. Daarvan is niets bewaard."
        raise FormulierFout("\n".join([*regels, *verslag.conflicten, slot]))


def _toon(verslag: Verslag, proef: bool) -> None:
    """What happened, in a few lines."""
    woord = "In orde, niet bewaard (proef)" if proef else "Bewaard"
    for code, pad in verslag.bewaard.items():
        click.echo(f"{woord}: {code} -> {pad}")
    if verslag.bekend:
        click.echo(f"Stond er al, met dezelfde cijfers: {', '.join(verslag.bekend)}")


def toon_inpassing(geladen: Register) -> None:
    """How the own figures fit into the national numbers."""
    if geladen.eigen:
        click.echo(f"\nEigen cijfers: {_gemeenten(len(geladen.eigen))}.")
    for rij in inpassing(geladen).to_dict("records"):
        was, nu = float(rij["landelijk"]), float(rij["landelijk_nieuw"])
        samen = f"samen {geheel(float(rij['eigen']))} {rij['eenheid']}"
        click.echo(f"  {rij['titel']}: {_gemeenten(rij['gemeenten'])}, {samen}")
        if round(was) == round(nu):
            click.echo(f"    landelijk blijft {geheel(was)}; de andere gemeenten zijn geschaald")
        else:
            click.echo(
                f"    LET OP: landelijk schuift van {geheel(was)} naar {geheel(nu)}; de eigen "
                "cijfers passen niet in het landelijke getal"
            )


def _gemeenten(aantal: int) -> str:
    return "1 gemeente" if aantal == 1 else f"{aantal} gemeenten"
