"""``impact``: the commands, and what happens to a mistake in the input."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

import impact
from impact.analysis.berekeningen import VerschilFout
from impact.analysis.cluster import ClusterFout
from impact.analysis.coalities import TeGroot
from impact.analysis.ensemble import bereken
from impact.analysis.formules.rekenaar import FormuleKloptNiet
from impact.analysis.gevoeligheid import OnbekendeUitkomst
from impact.analysis.kladblok import SchijfVol
from impact.analysis.knop import KnopFout
from impact.analysis.opslag import Instelling, ResultaatOntbreekt
from impact.analysis.sobol import GeenMachtVanTwee
from impact.analysis.stapelspelers import VerdeelFout
from impact.analysis.terugtoets import GeenOorsprong
from impact.analysis.trekkingen import ZAAD
from impact.analysis.uitkomsten import HorizonFout
from impact.analysis.uitvoerder import WerkerFout, open_uitvoerder
from impact.analysis.vergelijking import NoemerNul, UitlegOntbreekt
from impact.analysis.verklaren import OnbekendCijfer
from impact.analysis.volgordeplannen import GeenVolgorde
from impact.analysis.volledigheid import controleer_volledigheid
from impact.analysis.waarden import Botsing, GeenEffect
from impact.analysis.werkproces import ProcesGestopt
from impact.cli.controleer import controleer
from impact.cli.data import data
from impact.cli.formulier import FormulierFout, formulier, toon_inpassing
from impact.cli.gevoeligheid import gevoeligheid
from impact.cli.invoer import HalfjaarSoort, cluster_optie, register, zoek_gemeente
from impact.cli.lab import lab
from impact.cli.nieuw import NieuwFout, nieuw
from impact.cli.omslagpunt import omslagpunt
from impact.cli.rapport import rapport
from impact.cli.stapeling import stapeling
from impact.cli.terugtoets import terugtoets
from impact.cli.vergelijk import vergelijk
from impact.cli.verklaar import verklaar
from impact.cli.verschil import verschil
from impact.cli.volgorde import volgorde
from impact.inwinnen.cbs import GeenVerbinding, TabelFout
from impact.inwinnen.verversen import VerversFout, lees_plan
from impact.model.taakstelling import verdeel_per_gemeente
from impact.registry.dekking import dekkingstabel
from impact.registry.gemeenten import inwoners, is_gepubliceerd
from impact.registry.historie import stroom
from impact.registry.jsonschema import schrijf_schemas
from impact.registry.laden import OnbekendScenario
from impact.registry.periode import Halfjaar
from impact.registry.problemen import RegisterFout
from impact.reporting.batchmap import BatchFout
from impact.reporting.getallen import geheel
from impact.reporting.invoercel import NotebookFout
from impact.reporting.uitvoermanifest import ManifestFout
from impact.reporting.weergave import WeergaveFout

VERWACHTE_FOUTEN = (
    RegisterFout,
    OnbekendScenario,
    ResultaatOntbreekt,
    GeenEffect,
    Botsing,
    GeenOorsprong,
    SchijfVol,
    HorizonFout,
    NoemerNul,
    UitlegOntbreekt,
    OnbekendeUitkomst,
    GeenMachtVanTwee,
    GeenVolgorde,
    KnopFout,
    VerdeelFout,
    TeGroot,
    OnbekendCijfer,
    FormuleKloptNiet,
    VerschilFout,
    NotebookFout,
    NieuwFout,
    FormulierFout,
    GeenVerbinding,
    TabelFout,
    VerversFout,
    WeergaveFout,
    BatchFout,
    ManifestFout,
    ClusterFout,
    ProcesGestopt,
    WerkerFout,
)
"""Mistakes in the input: their text is the whole message."""
FOUT_IN_INVOER = 2
GESTOPT = 128
"""Exit status of a process that a signal stopped, without the number of the signal."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(impact.__version__, prog_name="impact")
def cli() -> None:
    """Werkbank voor uitvoeringstoetsen: wat asielwetten doen met 342 gemeenten."""


@cli.command()
def check() -> None:
    """Controleer alle parameters en toon hoe goed zij zijn onderbouwd.

    Schrijft ook de JSON-schema's voor de editor.

    Voorbeeld: impact check
    """
    geladen = register()
    controleer_volledigheid(geladen)
    lees_plan(geladen)
    schrijf_schemas(geladen.map / ".schemas", geladen)
    click.echo(dekkingstabel(geladen).to_string())
    click.echo(
        f"\n{len(geladen.parameters)} aannames, {len(geladen.wetten)} wetten met "
        f"{len(geladen.maatregelen)} maatregelen, {len(geladen.scenarios)} scenario's, "
        f"{len(geladen.gemeenten)} gemeenten, {len(geladen.historie)} waarnemingen: in orde."
    )
    toon_inpassing(geladen)


@cli.command()
@click.argument("scenarios", nargs=-1)
@click.option("--alles", is_flag=True, help="Alle scenario's.")
@click.option("--trekkingen", default=1000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--zaad", default=ZAAD, show_default=True, type=click.IntRange(0))
@click.option("--tot", default="2035-II", show_default=True, type=HalfjaarSoort())
@cluster_optie
def run(
    scenarios: Sequence[str], alles: bool, trekkingen: int, zaad: int, tot: Halfjaar, cluster: str
) -> None:
    """Bereken scenario's en bewaar de resultaten; wat al bestaat wordt opgezocht.

    Voorbeeld: impact run verbod_voorrang einde_lvv
    """
    geladen = register()
    namen = list(geladen.scenarios) if alles else list(scenarios)
    if not namen:
        raise click.UsageError(
            f"noem een of meer scenario's, of --alles. Er zijn: {', '.join(geladen.scenarios)}"
        )
    instelling = Instelling(trekkingen=trekkingen, zaad=zaad, tot=str(tot))
    if tot < Halfjaar.lees(instelling.van):
        raise click.UsageError(f"--tot {tot} ligt voor het begin ({instelling.van})")
    with click.progressbar(length=len(namen), label="Scenario's", file=sys.stderr) as balk:

        def meld(naam: str, berekend: bool) -> None:
            balk.update(1)
            click.echo(f"  {naam}: {'berekend' if berekend else 'bestond al'}", err=True)

        with open_uitvoerder(cluster) as werkers:
            resultaten = bereken(namen, geladen, instelling, werkers, meld)
    for naam, resultaat in resultaten.items():
        click.echo(f"{naam}: {resultaat.map}")


@cli.command()
@click.argument("halfjaar", type=HalfjaarSoort())
@click.option("--landelijk", type=click.IntRange(0), help="Landelijk aantal; anders uit historie.")
@click.option("--gemeente", help="Code of naam; anders alle 342.")
def verdeling(halfjaar: Halfjaar, landelijk: int | None, gemeente: str | None) -> None:
    """Verdeel een landelijke taakstelling over gemeenten (Huisvestingswet 2014, art. 29).

    Voorbeeld: impact verdeling 2025-I --landelijk 15000 --gemeente GM0988
    """
    geladen = register()
    if landelijk is None:
        landelijk = round(stroom(geladen.historie, "taakstelling_netto", halfjaar).waarde)
    peiljaar = halfjaar.jaar - 1
    aantallen = inwoners(geladen.gemeenten, peiljaar)
    personen = verdeel_per_gemeente(float(landelijk), aantallen.to_numpy(dtype=float))
    soort = "CBS" if is_gepubliceerd(peiljaar) else "afgeleid uit andere jaren"
    click.echo(
        f"Taakstelling {halfjaar}: {geheel(landelijk)} personen; "
        f"inwoners op 1 januari {peiljaar} ({soort})"
    )
    gekozen = geladen.gemeenten.index if gemeente is None else [zoek_gemeente(geladen, gemeente)]
    for code in gekozen:
        aantal = float(personen[list(geladen.gemeenten.index).index(code)])
        click.echo(f"{code}  {geladen.gemeenten['gemeentenaam'][code]:30} {geheel(aantal):>6}")


cli.add_command(lab)
cli.add_command(omslagpunt)
cli.add_command(rapport)
cli.add_command(controleer)
cli.add_command(vergelijk)
cli.add_command(gevoeligheid)
cli.add_command(volgorde)
cli.add_command(stapeling)
cli.add_command(verklaar)
cli.add_command(terugtoets)
cli.add_command(verschil)
cli.add_command(nieuw)
cli.add_command(formulier)
cli.add_command(data)


def main(argumenten: Sequence[str] | None = None) -> None:
    """Run a command; a mistake in the input gives its message and no traceback."""
    eerder = signal.signal(signal.SIGTERM, _stop)
    try:
        cli(args=argumenten, prog_name="impact")
    except VERWACHTE_FOUTEN as fout:
        click.echo(str(fout), err=True)
        sys.exit(FOUT_IN_INVOER)
    finally:
        signal.signal(signal.SIGTERM, eerder or signal.SIG_DFL)


def _stop(nummer: int, _: object) -> NoReturn:
    """End at a SIGTERM as at a Ctrl-C: what is half done is cleared up, once."""
    signal.signal(nummer, signal.SIG_IGN)
    sys.exit(GESTOPT + nummer)
