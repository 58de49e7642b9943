"""What the notebooks about a law call: one function per part, and one that shows it.

In JupyterLab a notebook has no style sheet of its own, so what is shown brings a small one along.
A report has its own and leaves this one out.
"""

from __future__ import annotations

from impact.analysis.opslag import Instelling
from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.wetproef import SAMEN, bereken_wetproef
from impact.reporting.datums import datum
from impact.reporting.figuur import Figuur
from impact.reporting.ketenbeeld import ketenfiguur
from impact.reporting.maatregelen import STAND
from impact.reporting.opmaak import Html, alinea, element, samen
from impact.reporting.rapport import lees_register
from impact.reporting.tabellen import Kolom, tabel, verschilcellen
from impact.reporting.weergave import NOTEBOOKSTIJL, lees_stijl
from impact.reporting.wetboek import Wetboek, open_wet
from impact.reporting.weteffecten import gevoelig, los_effect
from impact.reporting.wetkaart import bronnen, inleiding, kaart, kop, wat_in_het_model
from impact.reporting.wetvragen import deskundigen, open_vragen

__all__ = [
    "bronnen",
    "burentabel",
    "deskundigen",
    "gevoelig",
    "inleiding",
    "kaart",
    "keten",
    "kop",
    "kop_buren",
    "los_effect",
    "open_buren",
    "open_vragen",
    "open_wet",
    "toon",
    "wat_in_het_model",
]

STIJL = "notebook.css"
EIGEN_NOTEBOOK = (
    "asielnoodmaatregelenwet",
    "tweestatusstelsel",
    "verbod_voorrang",
    "beeindiging_lvv",
)
"""Laws with a notebook of their own; the others are the neighbours."""
BURENUITKOMSTEN = ("gat_gemeenten", "wachtenden_verschil", "fte_verschil")


def toon(inhoud: Html) -> None:
    """Show a part in the output of a cell."""
    from IPython.display import HTML, display

    stijl = element("style", lees_stijl(STIJL), class_=NOTEBOOKSTIJL)
    display(HTML(samen(stijl, element("div", inhoud, class_="impact"))))  # type: ignore[no-untyped-call]


def keten(boek: Wetboek) -> Html:
    """The causal chain as a picture, with the same as a table; or why there is none."""
    figuur = ketenfiguur(boek)
    return figuur.html() if isinstance(figuur, Figuur) else figuur


def open_buren(trekkingen: int) -> list[Wetboek]:
    """Open every law without a notebook of its own, in the order of their names."""
    register, instelling = lees_register(), Instelling(trekkingen=trekkingen)
    buren = [naam for naam in register.wetten if naam not in EIGEN_NOTEBOOK]
    boeken = [Wetboek(register, n, bereken_wetproef(register, n, instelling)) for n in buren]
    return sorted(boeken, key=lambda boek: boek.wet.naam)


def kop_buren(boeken: list[Wetboek]) -> Html:
    """Title of the notebook about the neighbours."""
    maatregelen = sum(len(boek.wet.maatregelen) for boek in boeken)
    return element(
        "div",
        element("p", "Wetten van dichtbij", class_="soort"),
        element("h1", "De andere wetten en regelingen"),
        element(
            "p",
            f"Deze {len(boeken)} wetten en regelingen hebben samen {maatregelen} maatregelen. "
            "Zij raken gemeenten via dezelfde opvang, woningen en mensen.",
            class_="inleiding",
        ),
        class_="kop",
    )


def burentabel(boeken: list[Wetboek]) -> Html:
    """One row per measure of every law: where it stands, and what it does alone."""
    uitkomsten = {naam: boeken[0].register.uitkomsten[naam] for naam in BURENUITKOMSTEN}
    koppen = [Kolom("Maatregel"), Kolom("Wet"), Kolom("Stand")]
    koppen += [Kolom(f"{u.titel} ({eenheid_van(u)})", True) for u in uitkomsten.values()]
    gerekend = [
        (boek, effect.maatregel)
        for boek in boeken
        for effect in boek.uitkomst(BURENUITKOMSTEN[0])
        if effect.maatregel != SAMEN
    ]
    kolommen = [_kolom(naam, gerekend) for naam in BURENUITKOMSTEN]
    rijen = [
        [boek.titel(m), boek.wet.naam, _stand(boek, m), *(kolom[n] for kolom in kolommen)]
        for n, (boek, m) in enumerate(gerekend)
    ]
    stil = [boek.wet.naam for boek in boeken if not boek.proeven]
    slot = alinea(f"Geen scenario rekent met: {'; '.join(stil)}.") if stil else ""
    return samen(tabel("Wat elke maatregel los doet", koppen, rijen, klasse="cijfers"), slot)


def _kolom(uitkomst: str, gerekend: list[tuple[Wetboek, str]]) -> list[Html]:
    """Cells of one outcome, written with one step and scale."""
    effecten = {
        (boek.naam, effect.maatregel): effect
        for boek in {boek.naam: boek for boek, _ in gerekend}.values()
        for effect in boek.uitkomst(uitkomst)
    }
    gekozen = [effecten[boek.naam, maatregel] for boek, maatregel in gerekend]
    return verschilcellen([(effect.band, effect.onzeker) for effect in gekozen])


def _stand(boek: Wetboek, maatregel: str) -> str:
    laatste = boek.register.maatregelen[maatregel].status[-1]
    return f"{STAND[laatste.stand]}, {datum(laatste.datum)}"
