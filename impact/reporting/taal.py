"""The language of a report: fixed texts, translated texts, figures and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from impact.registry.laden import Register
from impact.registry.problemen import bedoelde
from impact.reporting.datums import datum
from impact.reporting.getallen import NEDERLANDS, Band, Schrijfwijze, getal, in_woorden
from impact.reporting.invoercel import TALEN
from impact.reporting.opmaak import Html
from impact.reporting.vertaling import lees_teksten, toonbare_teksten, vertaal_alles
from impact.reporting.weergave import TEKSTEN, sjabloonmap

EENHEIDSLEUTEL = "eenheid/"
ENGELS = Schrijfwijze(
    locale="en_GB",
    circa="about",
    tot="to",
    minder_dan="fewer than",
    hooguit="at most",
    meestal="usually",
    smal="band smaller than the rounding",
    schalen={9: ("billion", "bn"), 6: ("million", "mn"), 3: ("thousand", "k"), 0: ("", "")},
)
SCHRIJFWIJZEN = {"nl": NEDERLANDS, "en": ENGELS}
_STUK = re.compile(r"(<[^>]*>)")
_ZONDER_UITLEG = ("svg", "h1", "h2", "h3", "caption", "figcaption", "th", "code", "details")


class TaalFout(ValueError):
    """A language that does not exist."""


@dataclass(frozen=True)
class Taal:
    """Everything that a report needs to speak one language.

    Attributes
    ----------
    code : ``nl`` or ``en``
    teksten : fixed texts, by key
    vertaald : texts of the parameters, by key
    wijze : how figures are written
    """

    code: str
    teksten: Mapping[str, str]
    vertaald: Mapping[str, str]
    wijze: Schrijfwijze

    def zeg(self, sleutel: str, **vulling: object) -> str:
        """Fixed text with its blanks filled in."""
        return self.teksten[sleutel].format(**vulling)

    def kent(self, sleutel: str) -> bool:
        """Whether there is a fixed text with this key."""
        return sleutel in self.teksten

    def naam(self, *sleutel: str) -> str:
        """Text of the parameters, without a full stop at its end."""
        return self.vertaald["/".join(sleutel)].rstrip(".")

    def zin(self, *sleutel: str) -> str:
        """Text of the parameters as it stands."""
        return self.vertaald["/".join(sleutel)]

    def band(self, band: Band) -> str:
        """Figure with its band in words."""
        return in_woorden(band, self.wijze)

    def getal(self, waarde: float, eenheid: str) -> str:
        """Figure without a band in words."""
        return getal(waarde, eenheid, self.wijze)

    def eenheid(self, eenheid: str) -> str:
        """Unit as it is written behind a figure."""
        return self.wijze.eenheden.get(eenheid, eenheid)

    def datum(self, dag: date) -> str:
        """Date in words."""
        return datum(dag, self.wijze)

    def halfjaar(self, periode: object) -> str:
        """Half-year in words."""
        jaar, _, helft = str(periode).partition("-")
        return self.zeg(f"halfjaar.{helft}", jaar=jaar)

    def opsomming(self, delen: list[str]) -> str:
        """Join words: ``a, b en c``."""
        if len(delen) < 2:
            return "".join(delen)
        return f"{', '.join(delen[:-1])} {self.zeg('en')} {delen[-1]}"


def vaste_teksten(naam: str, code: str) -> dict[str, str]:
    """Fixed texts of a kind of report in a language, and the words that all reports share.

    Raises
    ------
    TaalFout
        With the languages that exist.
    """
    if code not in TALEN:
        hulp = bedoelde(code, TALEN) or f"kies uit: {', '.join(TALEN)}"
        raise TaalFout(f"onbekende taal '{code}'; {hulp}")
    return lees_teksten(sjabloonmap() / TEKSTEN / f"{naam}.{code}.yaml")


def lees_taal(register: Register, scenario: str, code: str, naam: str = "kamerbrief") -> Taal:
    """Language of a report about a scenario.

    Raises
    ------
    TaalFout
        Unknown language.
    impact.reporting.vertaling.VertalingOntbreekt
        A text that the report can show has no translation.
    """
    teksten = vaste_teksten(naam, code)
    if code == "nl":
        return Taal(code, teksten, toonbare_teksten(register, scenario), NEDERLANDS)
    vertaald = vertaal_alles(register, scenario, code)
    eenheden = {
        sleutel.removeprefix(EENHEIDSLEUTEL): tekst
        for sleutel, tekst in vertaald.items()
        if sleutel.startswith(EENHEIDSLEUTEL)
    }
    return Taal(code, teksten, vertaald, replace(SCHRIJFWIJZEN[code], eenheden=eenheden))


def met_uitleg(stukken: Mapping[str, Html], uitleg: Mapping[str, str]) -> dict[str, Html]:
    """Explain words in brackets where they first stand in running text, over all pieces.

    Parameters
    ----------
    stukken : pieces of a page, in the order in which they are read
    uitleg : explanation by word
    """
    open_ = dict(uitleg)
    return {naam: _leg_uit(stuk, open_) for naam, stuk in stukken.items()}


def _leg_uit(html: Html, open_: dict[str, str]) -> Html:
    """Explain words that are still to be explained, and strike them off."""
    binnen: list[str] = []
    stukken = []
    for stuk in _STUK.split(html):
        if stuk.startswith("<"):
            naam = stuk.strip("</>").split(" ")[0]
            if stuk.startswith("</"):
                binnen = binnen[:-1] if naam in binnen else binnen
            elif naam in _ZONDER_UITLEG:
                binnen.append(naam)
        elif not binnen:
            for woord in [w for w in open_ if re.search(rf"\b{re.escape(w)}\b", stuk)]:
                uitleg = open_.pop(woord)
                stuk = re.sub(rf"\b{re.escape(woord)}\b", f"{woord} ({uitleg})", stuk, count=1)
        stukken.append(stuk)
    return Html("".join(stukken))
