"""From an executed notebook to one offline HTML file, with the template in reports/sjabloon."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import nbformat

import impact
from impact.reporting.figuur import FiguurFout, specificaties, teken_in
from impact.reporting.levend import Levend, pak_in
from impact.reporting.opmaak import Html, anker

WERKMAP = Path(impact.__file__).resolve().parents[1]
SJABLOON, TEKSTEN = "sjabloon", "teksten"
HOOFDSJABLOON = "index.html.j2"
VASTE_TEKSTEN = {
    "nl": {
        "sprong": "Naar de inhoud",
        "inhoud": "Inhoud",
        "voet": "De uitkomsten zijn berekend met een model. "
        "Cijfers per gemeente: CBS (CC BY 4.0), bewerkt.",
    },
    "en": {
        "sprong": "Skip to the content",
        "inhoud": "Contents",
        "voet": "The outcomes were computed with a model. "
        "Figures per municipality: CBS (CC BY 4.0), adapted.",
    },
}
"""Texts of the template itself, by language."""
_KOP2 = re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.DOTALL)
_KOP1 = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_KLASSE = re.compile(r'class="([^"]*)"')
NOTEBOOKSTIJL = "notebook"
"""Class of a style sheet that an output brings along for JupyterLab; a report leaves it out."""
_NOTEBOOKSTIJL = re.compile(rf'<style class="{NOTEBOOKSTIJL}">.*?</style>', re.DOTALL)
MEESTE_TEKSTEN = 200
"""Texts of notebooks that a process remembers: the sheets of a batch have the same."""
_ELEMENT = re.compile(r"<[^>]+>")


class WeergaveFout(ValueError):
    """A notebook cannot become a report."""


@dataclass
class Hoofdstuk:
    """One chapter: heading, id and content; ``klasse`` is the class of its heading."""

    kop: str
    id: str
    inhoud: str = ""
    klasse: str = ""


@dataclass
class Pagina:
    """All that the template shows.

    Attributes
    ----------
    titel, voor : title, and what comes before the first chapter
    vorm : form of the report, from the metadata of the notebook (``impact: {vorm: brief}``)
    taal : language of the report
    levend : what makes its charts answer to the mouse; None for static charts only
    """

    titel: str
    voor: str
    vorm: str = ""
    taal: str = "nl"
    levend: Levend | None = None
    hoofdstukken: list[Hoofdstuk] = field(default_factory=list)


def sjabloonmap() -> Path:
    """Folder that holds the template.

    Raises
    ------
    WeergaveFout
        The package is installed without its checkout.
    """
    map_ = WERKMAP / "reports"
    if not (map_ / SJABLOON / HOOFDSJABLOON).is_file():
        raise WeergaveFout(f"het sjabloon ontbreekt: {map_ / SJABLOON}; werk vanuit de checkout")
    return map_


@functools.lru_cache(MEESTE_TEKSTEN)
def markdown_naar_html(bron: str) -> str:
    """Render the text of a notebook; HTML in it is shown, not obeyed."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    html: str = MarkdownWithMath(renderer=renderer).render(bron)
    return html


def stukken(notebook: Any) -> Iterator[str]:
    """HTML of every cell: text, and what code displayed; never the code.

    Raises
    ------
    WeergaveFout
        A cell failed, printed text, or displayed something else than HTML. Warnings (stderr) are
        left out.
    """
    for cel in notebook.cells:
        if cel.cell_type == "markdown":
            yield markdown_naar_html(cel.source)
        for uitvoer in cel.get("outputs", []):
            if uitvoer.get("name") == "stderr":
                continue
            html = uitvoer.get("data", {}).get("text/html")
            if html is None:
                soort = uitvoer.get("ename") or uitvoer.get("name") or uitvoer.output_type
                raise WeergaveFout(f"een cel gaf iets anders dan HTML ({soort})")
            yield _NOTEBOOKSTIJL.sub("", "".join(html))


def pagina(notebook: Any) -> Pagina:
    """Divide a notebook into a head and chapters; every h2 starts a chapter."""
    nog_te_tekenen = "\n".join(stukken(notebook))
    html = _teken_in(nog_te_tekenen)
    koppen = list(_KOP2.finditer(html))
    titels = _KOP1.findall(html)
    if len(titels) != 1:
        raise WeergaveFout(f"een rapport heeft precies een titel (h1), niet {len(titels)}")
    voor = html[: koppen[0].start()] if koppen else html
    inhoud = Pagina(_kaal(titels[0]), voor, vorm_van(notebook), taal_van(notebook))
    if parameters_van(notebook).get("interactief"):
        inhoud.levend = _levend(nog_te_tekenen)
    for nummer, kop in enumerate(koppen):
        eind = koppen[nummer + 1].start() if nummer + 1 < len(koppen) else len(html)
        tekst = _kaal(kop.group(1))
        gevonden = _KLASSE.search(kop.group(0).partition(">")[0])
        klasse = gevonden.group(1) if gevonden else ""
        inhoud.hoofdstukken.append(
            Hoofdstuk(tekst, f"h-{anker(tekst)}", html[kop.end() : eind], klasse)
        )
    return inhoud


def _levend(html: str) -> Levend:
    """All charts of a page with what makes them answer to the mouse."""
    try:
        figuren = specificaties(html)
    except FiguurFout as fout:
        raise WeergaveFout(str(fout)) from fout
    if not figuren:
        raise WeergaveFout("dit rapport heeft geen figuren die op de muis kunnen antwoorden")
    return pak_in(figuren, lees_script("levend.js"))


def _teken_in(html: str) -> str:
    """Page with its charts drawn."""
    try:
        return teken_in(html)
    except FiguurFout as fout:
        raise WeergaveFout(str(fout)) from fout


def met_figuren(notebook: Any) -> str:
    """Text of a notebook with its charts drawn, as far as it came."""
    for cel in notebook.cells:
        for uitvoer in cel.get("outputs", []):
            if "text/html" in uitvoer.get("data", {}):
                uitvoer.data["text/html"] = _teken_in("".join(uitvoer.data["text/html"]))
    tekst: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return tekst


def vorm_van(notebook: Any) -> str:
    """Form that a notebook asks for in its metadata; empty for an ordinary report."""
    return str(notebook.metadata.get("impact", {}).get("vorm", ""))


def taal_van(notebook: Any) -> str:
    """Language in which a notebook was run: its parameter ``taal``."""
    return str(parameters_van(notebook).get("taal", "nl"))


def parameters_van(notebook: Any) -> dict[str, Any]:
    """Parameters with which a notebook was run."""
    return dict(notebook.metadata.get("papermill", {}).get("parameters", {}))


def vaste_tekst(taal: str, sleutel: str) -> str:
    """Fixed text of the page around a report."""
    return VASTE_TEKSTEN[taal][sleutel]


def _kaal(html: str) -> str:
    return unescape(_ELEMENT.sub("", html)).strip()


def maak_exporteur() -> Any:
    """Exporter of nbconvert with our own template: no base template, no script, no fonts.

    It stays as long as the template is the same file.
    """
    map_ = sjabloonmap()
    stand = (map_ / SJABLOON / HOOFDSJABLOON).stat()
    return _exporteur(str(map_), stand.st_mtime_ns, stand.st_size)


@functools.lru_cache(1)
def _exporteur(map_: str, *stand: int) -> Any:
    from nbconvert.exporters.templateexporter import TemplateExporter

    soort: Any = TemplateExporter
    exporteur = soort(
        extra_template_basedirs=[map_],
        template_name=SJABLOON,
        template_file=HOOFDSJABLOON,
        file_extension=".html",
        default_preprocessors=[],
    )
    filters: dict[str, Callable[..., Any]] = {
        "pagina": pagina,
        "lees_stijl": lees_stijl,
        "vaste_tekst": vaste_tekst,
    }
    for naam, functie in filters.items():
        exporteur.register_filter(naam, functie)
    return exporteur


def lees_stijl(naam: str) -> Html:
    """Style sheet of the template, to put inside the page."""
    tekst = (sjabloonmap() / SJABLOON / naam).read_text(encoding="utf-8")
    if "</" in tekst or "@import" in tekst or "url(" in tekst:
        raise WeergaveFout(f"{naam} mag niets van buiten halen")
    return Html(tekst)


def lees_script(naam: str) -> str:
    """Script of the template, as it stands in a page, so that its hash can be taken."""
    regels = (sjabloonmap() / SJABLOON / naam).read_text(encoding="utf-8").splitlines()
    tekst = "\n".join(regel.rstrip() for regel in regels)
    if "</" in tekst or "<!--" in tekst:
        raise WeergaveFout(f"{naam} mag geen HTML bevatten")
    return tekst


def render(notebook: Any) -> str:
    """Make the report: one HTML document as text, the same bytes for the same notebook."""
    tekst, _ = maak_exporteur().from_notebook_node(notebook)
    return "\n".join(regel.rstrip() for regel in str(tekst).splitlines()).strip() + "\n"
