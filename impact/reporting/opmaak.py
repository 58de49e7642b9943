"""Small, safe HTML: every text is escaped once, here, and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from urllib.parse import urlsplit

_STURING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RICHTING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")


class Html(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


def veilig(tekst: object) -> str:
    """Text without control characters and without marks that turn the reading direction."""
    woorden = str(tekst)
    if woorden.isprintable():
        return woorden
    return _RICHTING.sub("", _STURING.sub("", woorden))


def tekst(waarde: object) -> Html:
    """Escape a text; what is HTML already stays as it is."""
    return waarde if isinstance(waarde, Html) else Html(escape(veilig(waarde), quote=True))


def element(naam: str, *inhoud: object, **kenmerken: object) -> Html:
    """Make one element; a trailing underscore of an attribute falls off, ``_`` becomes ``-``.

    Attributes that are None or False are left out; True gives the bare name.
    """
    stukken = [naam]
    for sleutel, waarde in kenmerken.items():
        if waarde is None or waarde is False:
            continue
        kenmerk = sleutel.rstrip("_").replace("_", "-")
        stukken.append(kenmerk if waarde is True else f'{kenmerk}="{tekst(waarde)}"')
    binnen = "".join(tekst(deel) for deel in inhoud)
    return Html(f"<{' '.join(stukken)}>{binnen}</{naam}>")


def samen(*delen: object) -> Html:
    """Put pieces behind each other."""
    return Html("".join(tekst(deel) for deel in delen))


def alinea(*inhoud: object, class_: str | None = None) -> Html:
    """Make a paragraph."""
    return element("p", *inhoud, class_=class_)


def lijst(regels: list[object] | list[str] | list[Html], class_: str | None = None) -> Html:
    """Make an unordered list, or nothing when there are no lines."""
    if not regels:
        return Html("")
    return element("ul", *(element("li", regel) for regel in regels), class_=class_)


def webadres(url: str | None) -> str | None:
    """Return an address that may be linked to: http(s) only, else None."""
    if not url:
        return None
    delen = urlsplit(veilig(url).strip())
    return veilig(url).strip() if delen.scheme in {"http", "https"} and delen.netloc else None


def koppeling(inhoud: object, url: str | None) -> Html:
    """Link to a source, or the bare text when the address is missing or not a web address."""
    doel = webadres(url)
    if doel is None:
        return tekst(inhoud)
    return element("a", inhoud, href=doel, rel="noopener noreferrer external")


def anker(waarde: str) -> str:
    """Turn a text into an id: lower case ASCII letters, digits and hyphens, never empty."""
    kaal = unicodedata.normalize("NFKD", waarde).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-") or "x"
