"""One conclusion and one knob: at which value the conclusion flips, on average and per draw."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from impact.analysis.draaibank import NEDERLAND, Bank, Meting
from impact.analysis.knop import INSTRUMENT, Draaiknop
from impact.analysis.trekkingen import HOOGSTE, LAAGSTE
from impact.analysis.uitkomsten import eenheid_van
from impact.analysis.wortels import GEEN, dichtste, kies, kruisingen, punten, tekort, wortel
from impact.model.financien import BETALERS
from impact.model.reeksen import Reeks
from impact.registry.eenheden import is_euro
from impact.registry.periode import Halfjaar
from impact.registry.uitkomstmodellen import Conclusie, Uitkomst

Vlag = NDArray[np.bool_]
WAARDE, NOOIT, ELKE = "waarde", "nooit", "elke_waarde"
GELDT_AL, GELDT_ALTIJD, ALLEEN_NU = "geldt_al", "geldt_altijd", "alleen_nu"
GEEN_INVLOED = "geen_invloed"
OMSLAG, ALTIJD_JA, ALTIJD_NEE = "omslag", "altijd_ja", "altijd_nee"
GEEN_VERSCHIL = 1e-9
RIJK = tuple(betaler for betaler in BETALERS if betaler.startswith("rijk_"))


def gevallen(ja_nu: Vlag, ja_raster: Vlag, invloed: Vlag) -> NDArray[np.str_]:
    """What kind of answer each curve gives.

    Parameters
    ----------
    ja_nu : array [...], the conclusion holds as things stand
    ja_raster : array [punt, ...], it holds at each value of the knob
    invloed : array [...], the knob changes the outcome

    Returns
    -------
    array [...]: ``geen_invloed``; with a flip ``geldt_al`` or ``waarde``; without one, when it
    holds now, ``geldt_altijd`` or ``alleen_nu``, and when it does not, ``elke_waarde`` or ``nooit``
    """
    alle, geen = ja_raster.all(axis=0), ~ja_raster.any(axis=0)
    keuzes = [
        (~invloed, GEEN_INVLOED),
        (ja_nu & alle, GELDT_ALTIJD),
        (ja_nu & geen, ALLEEN_NU),
        (ja_nu, GELDT_AL),
        (alle, ELKE),
        (geen, NOOIT),
    ]
    return np.select([k for k, _ in keuzes], [naam for _, naam in keuzes], WAARDE)


def draaigevallen(ja_raster: Vlag) -> NDArray[np.str_]:
    """Whether each draw flips somewhere, or on which side it stays."""
    alle, geen = ja_raster.all(axis=0), ~ja_raster.any(axis=0)
    return np.select([alle, geen], [ALTIJD_JA, ALTIJD_NEE], OMSLAG)


def band(waarden: Reeks, soorten: NDArray[np.str_], ja_boven: bool) -> dict[str, float]:
    """5%, middle and 95% point of the needed value; NaN where that lies outside the range.

    A draw that always holds needs less than the range has, a draw that never holds needs more;
    they count on their own side, so that the band does not speak of the easy draws only.
    """
    ver = np.inf if ja_boven else -np.inf
    alle = np.select([soorten == ALTIJD_JA, soorten == ALTIJD_NEE], [-ver, ver], waarden)
    return {
        f"nodig_{kant}": punt if np.isfinite(punt) else np.nan
        for kant, punt in zip(("laag", "mediaan", "hoog"), punten(alle), strict=True)
    }


def spreiding(naam: str, waarden: Reeks) -> dict[str, float]:
    """Mean, 5% and 95% point of draws, as columns."""
    laag, hoog = np.quantile(waarden, [LAAGSTE, HOOGSTE])
    midden = float(waarden.mean())
    return {f"{naam}_midden": midden, f"{naam}_laag": float(laag), f"{naam}_hoog": float(hoog)}


def heeft_invloed(raster_uitkomst: Reeks) -> Vlag:
    """Whether a curve changes anywhere on the grid, array [...]."""
    grootte = np.maximum(np.abs(raster_uitkomst).max(axis=0), 1.0)
    return np.asarray(np.ptp(raster_uitkomst, axis=0) > GEEN_VERSCHIL * grootte)


@dataclass(frozen=True)
class Proef:
    """A conclusion, a knob, and what the outcome is on a grid of values of that knob.

    Attributes
    ----------
    naam, conclusie, uitkomst : what is concluded from which outcome
    gebied : NEDERLAND or the code of a municipality
    bank, knop : what runs, and what is turned
    raster : array [punt]
    op_nu : array [trekking], outcome with the knob left alone
    op_raster : array [punt, trekking]
    """

    naam: str
    conclusie: Conclusie
    uitkomst: Uitkomst
    gebied: str
    bank: Bank
    knop: Draaiknop
    raster: Reeks
    op_nu: Reeks
    op_raster: Reeks

    @property
    def grens(self) -> float:
        """Limit for this area."""
        return grens_in(self.conclusie, self.gebied)

    def tekort(self, uitkomst: Reeks) -> Reeks:
        """Shortfall of outcomes; see `wortels`."""
        return tekort(uitkomst, self.grens, self.conclusie.voldoet)

    @property
    def _alle(self) -> NDArray[np.intp]:
        return np.arange(self.bank.aantal)

    def _tekort_bij(self, waarde: Reeks, rijen: NDArray[np.intp]) -> Reeks:
        (uitkomst,) = self.bank.draai(waarde, rijen, [Meting(self.uitkomst, self.gebied)])
        return self.tekort(uitkomst)

    def _gemiddeld_bij(self, waarde: Reeks, _: NDArray[np.intp]) -> Reeks:
        """Mean shortfall over all draws at each of some values."""
        per_waarde = [self._tekort_bij(self._overal(w), self._alle).mean() for w in waarde]
        return np.array(per_waarde)

    def _overal(self, waarde: float) -> Reeks:
        return np.full(self.bank.aantal, waarde)

    @functools.cached_property
    def waarde_nu(self) -> Reeks:
        """Value of the knob as it stands, array [trekking]."""
        return self.bank.nu()

    @functools.cached_property
    def omslagen(self) -> pd.DataFrame:
        """Every value at which the mean outcome flips, found exactly, in rising order."""
        gemiddeld = self.tekort(self.op_raster).mean(axis=1)
        plekken = np.flatnonzero(~np.isnan(kruisingen(self.raster, gemiddeld)))
        waarden = wortel(
            self._gemiddeld_bij,
            self.raster[plekken],
            self.raster[plekken + 1],
            plekken,
            self.knop.hoogste - self.knop.laagste,
        )
        return pd.DataFrame(
            {
                "conclusie": self.naam,
                "knop": self.knop.naam,
                "waarde": waarden,
                "eenheid": self.knop.eenheid,
                "ja_boven": gemiddeld[plekken + 1] <= 0,
            }
        )

    @functools.cached_property
    def per_trekking(self) -> pd.DataFrame:
        """The value at which each draw flips; of several the one nearest to the value it has."""
        tekorten = self.tekort(self.op_raster)
        nummer = dichtste(kruisingen(self.raster, tekorten), self.waarde_nu)
        rijen = np.flatnonzero(nummer != GEEN)
        plekken = nummer[rijen]
        waarden = np.full(self.bank.aantal, np.nan)
        waarden[rijen] = wortel(
            self._tekort_bij,
            self.raster[plekken],
            self.raster[plekken + 1],
            rijen,
            self.knop.hoogste - self.knop.laagste,
        )
        return pd.DataFrame(
            {
                "conclusie": self.naam,
                "knop": self.knop.naam,
                "trekking": self._alle + 1,
                "geval": draaigevallen(tekorten <= 0),
                "waarde": waarden,
                "eenheid": self.knop.eenheid,
                "ja_boven": kies((tekorten[1:] <= 0).astype(float), nummer) == 1.0,
            }
        )

    @property
    def nodig(self) -> tuple[float, bool] | None:
        """The flip of the mean nearest to the value of the knob as it stands, and its side."""
        waarden = self.omslagen["waarde"].to_numpy()
        if not len(waarden):
            return None
        plek = int(np.argmin(np.abs(waarden - self.waarde_nu.mean())))
        return float(waarden[plek]), bool(self.omslagen["ja_boven"].iloc[plek])

    @property
    def ja_boven(self) -> bool | None:
        """Whether the conclusion holds above the flip; None when nothing flips."""
        if self.nodig is not None:
            return self.nodig[1]
        draws = self.per_trekking[self.per_trekking["geval"] == OMSLAG]
        return None if draws.empty else bool(draws["ja_boven"].mean() >= 0.5)

    @property
    def geval(self) -> str:
        """What kind of answer the mean gives; `gevallen`."""
        gemiddeld = self.tekort(self.op_raster).mean(axis=1)
        ja_nu = np.asarray(self.tekort(self.op_nu).mean() <= 0)
        invloed = np.asarray(heeft_invloed(self.op_raster).any())
        return str(gevallen(ja_nu, gemiddeld <= 0, invloed))

    def antwoord(self) -> dict[str, object]:
        """One row: what is needed, how sure that is, and what it costs."""
        nodig = self.nodig
        return {
            "conclusie": self.naam,
            "gebied": self.gebied,
            **self._over_de_knop(),
            "geval": self.geval,
            **spreiding("nu", self.waarde_nu),
            "nodig_midden": np.nan if nodig is None else nodig[0],
            **self._over_de_trekkingen(),
            **self._over_de_uitkomst(),
            **self._kosten_rijk(),
        }

    def _over_de_knop(self) -> dict[str, object]:
        return {
            "knop": self.knop.naam,
            "omschrijving": self.knop.omschrijving,
            "soort": self.knop.soort,
            "eenheid": self.knop.eenheid,
            "vanaf": str(self.knop.vanaf),
            "laagste": self.knop.laagste,
            "hoogste": self.knop.hoogste,
            "ja_boven": self.ja_boven,
            "omslagen": len(self.omslagen),
        }

    def _over_de_trekkingen(self) -> dict[str, float]:
        draws, ja_boven = self.per_trekking, self.ja_boven
        aandelen = {
            f"aandeel_{geval}": float((draws["geval"] == geval).mean())
            for geval in (OMSLAG, ALTIJD_JA, ALTIJD_NEE)
        }
        if ja_boven is None:
            leeg = dict.fromkeys(("nodig_laag", "nodig_mediaan", "nodig_hoog"), np.nan)
            return {**leeg, **aandelen, "aandeel_andersom": 0.0}
        andersom = (draws["geval"] == OMSLAG) & (draws["ja_boven"] != ja_boven)
        punten_ = band(draws["waarde"].to_numpy(), draws["geval"].to_numpy(str), ja_boven)
        return {**punten_, **aandelen, "aandeel_andersom": float(andersom.mean())}

    def _over_de_uitkomst(self) -> dict[str, object]:
        tekorten = self.tekort(self.op_nu)
        return {
            "uitkomst": self.conclusie.uitkomst,
            "uitkomst_eenheid": eenheid_van(self.uitkomst),
            "grens": self.grens,
            "voldoet_nu": bool(tekorten.mean() <= 0),
            "aandeel_voldoet_nu": float((tekorten <= 0).mean()),
            **spreiding("uitkomst_nu", self.op_nu),
            "uitkomst_bij_laagste": float(self.op_raster[0].mean()),
            "uitkomst_bij_hoogste": float(self.op_raster[-1].mean()),
        }

    def _kosten_rijk(self) -> dict[str, float]:
        """What the Rijk pays more per year at the needed value, where the knob is money."""
        samen = np.array([np.nan])
        in_geld = is_euro(self.knop.eenheid) and self.knop.soort == INSTRUMENT
        if in_geld and self.nodig is not None and self.geval == WAARDE:
            metingen = [Meting(betaald_door(betaler, self.uitkomst.tot)) for betaler in RIJK]
            dan = self.bank.draai(self._overal(self.nodig[0]), self._alle, metingen)
            nu = self.bank.draai(None, self._alle, metingen)
            samen = np.sum(dan, axis=0) - np.sum(nu, axis=0)
        return spreiding("extra_rijk", samen)

    def rasterrijen(self) -> pd.DataFrame:
        """Outcome at every value of the grid and where it flips: mean, 5% and 95% point, share."""
        meting = Meting(self.uitkomst, self.gebied)
        punten_ = list(zip(self.raster, self.op_raster, strict=True))
        for waarde in self.omslagen["waarde"]:
            (uitkomst,) = self.bank.draai(self._overal(waarde), self._alle, [meting])
            punten_.append((waarde, uitkomst))
        rijen = [
            {
                "conclusie": self.naam,
                "knop": self.knop.naam,
                "waarde": waarde,
                "eenheid": self.knop.eenheid,
                **spreiding("uitkomst", uitkomst),
                "uitkomst_eenheid": eenheid_van(self.uitkomst),
                "aandeel_voldoet": float((self.tekort(uitkomst) <= 0).mean()),
            }
            for waarde, uitkomst in sorted(punten_, key=lambda punt: punt[0])
        ]
        return pd.DataFrame(rijen)


def grens_in(conclusie: Conclusie, gebied: str) -> float:
    """Limit of a conclusion for the country or for a municipality."""
    if gebied != NEDERLAND and conclusie.grens_gemeente is not None:
        return conclusie.grens_gemeente
    return conclusie.grens


def betaald_door(betaler: str, laatste: Halfjaar) -> Uitkomst:
    """Outcome: what a payer spends in the last whole year up to a half-year."""
    jaar = laatste.jaar if laatste.helft == 2 else laatste.jaar - 1
    return Uitkomst(
        titel="Wat een betaler per jaar kwijt is",
        grootheid="kosten_totaal",
        betaler=betaler,
        maat="niveau",
        samenvatting="per_jaar",
        van=Halfjaar(jaar, 1),
        tot=Halfjaar(jaar, 2),
        toelichting="Alle kosten samen.",
    )
