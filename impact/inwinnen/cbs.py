"""Read tables of Statistics Netherlands (OData version 3), from a server that may misbehave.

The library that talks to the server is called in one place only, so that another version of the
service needs a change here and nowhere else.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cbsodata
import requests

ADRES = "https://opendata.cbs.nl"
POGINGEN = 3
TIJD_PER_ANTWOORD, TIJD_PER_DEEL = 30.0, 120.0
"""Seconds of silence, and seconds for one part of a table as a whole."""
EERSTE_PAUZE = 1.0
ONBEKEND = 404
Rijen = list[dict[str, Any]]


class GeenVerbinding(ConnectionError):
    """The server cannot be reached; the text says so kindly."""


class TabelFout(ValueError):
    """The server answers, but not with the table; the text says what it gave."""


class _Opnieuw(Exception):
    """A mistake that may be gone a moment later."""


@dataclass(frozen=True)
class Loket:
    """How the server is asked.

    Attributes
    ----------
    adres : with http:// or https://
    per_antwoord, per_deel : seconds of silence, and seconds for one part of a table
    pauze : seconds before the second try; twice as long before every next one
    """

    adres: str = ADRES
    per_antwoord: float = TIJD_PER_ANTWOORD
    per_deel: float = TIJD_PER_DEEL
    pauze: float = EERSTE_PAUZE

    def haal(self, tabel: str, deel: str, **keuze: str) -> Rijen:
        """Read one part of a table, and try again when that may help.

        Parameters
        ----------
        deel : TableInfos, DataProperties or TypedDataSet
        keuze : select and filters

        Raises
        ------
        GeenVerbinding
            The server cannot be reached.
        TabelFout
            It gives something else than the table.
        """
        wat = f"tabel {tabel} ({deel})"
        for poging in range(POGINGEN):
            if poging:
                time.sleep(self.pauze * 2 ** (poging - 1))
            try:
                return self._een_keer(tabel, deel, wat, keuze)
            except _Opnieuw as fout:
                laatste = str(fout)
        raise TabelFout(f"{wat}: {laatste}; {POGINGEN} keer geprobeerd")

    def _een_keer(self, tabel: str, deel: str, wat: str, keuze: dict[str, str]) -> Rijen:
        """Read once; translate what can go wrong."""
        schema, _, plaats = self.adres.partition("://")
        try:
            with _beveiligd(schema == "https"):
                rijen = binnen(
                    self.per_deel,
                    lambda: cbsodata.get_meta(
                        tabel,
                        deel,
                        catalog_url=plaats.rstrip("/"),
                        timeout=self.per_antwoord,
                        allow_redirects=False,
                        **keuze,
                    ),
                )
        except requests.HTTPError as fout:
            _weiger_status(wat, fout)
        except (requests.Timeout, TimeoutError):
            raise _Opnieuw("het antwoord komt niet op tijd") from None
        except requests.ConnectionError as fout:
            if _afgebroken(fout):
                raise _Opnieuw("het antwoord breekt halverwege af") from None
            raise GeenVerbinding(_zonder_verbinding(self.adres)) from None
        except requests.RequestException as fout:
            raise _Opnieuw(f"het antwoord breekt af ({type(fout).__name__})") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise TabelFout(
                f"{wat}: het antwoord is geen tabel (bijvoorbeeld een webpagina)"
            ) from None
        if not isinstance(rijen, list) or not all(isinstance(rij, dict) for rij in rijen):
            raise TabelFout(f"{wat}: het antwoord heeft een onbekende vorm")
        if not rijen:
            raise TabelFout(f"{wat}: het antwoord is leeg")
        return rijen


def _weiger_status(wat: str, fout: requests.HTTPError) -> None:
    """Refuse an answer with an error code; those of the server itself may pass."""
    oorzaak = fout.__cause__
    antwoord = oorzaak.response if isinstance(oorzaak, requests.HTTPError) else fout.response
    code = antwoord.status_code if antwoord is not None else 0
    if code == ONBEKEND:
        raise TabelFout(f"{wat} bestaat niet bij het CBS (code {code})") from None
    if code < 500:
        raise TabelFout(f"{wat}: het CBS weigert de vraag (code {code})") from None
    raise _Opnieuw(f"storing bij het CBS (code {code})") from None


def _afgebroken(fout: requests.ConnectionError) -> bool:
    """Whether the connection was there and then broke."""
    return any(woord in str(fout) for woord in ("Connection aborted", "Connection broken"))


def _zonder_verbinding(adres: str) -> str:
    return (
        f"Er is geen verbinding met {adres}. Er is niets veranderd. De werkbank rekent gewoon door "
        "met de cijfers die er zijn. Probeer het opnieuw als u internet heeft."
    )


@contextmanager
def _beveiligd(https: bool) -> Iterator[None]:
    """Set the way of talking of the library, and put it back."""
    was = cbsodata.options.use_https
    cbsodata.options.use_https = https
    try:
        yield
    finally:
        cbsodata.options.use_https = was


def binnen(seconden: float, werk: Callable[[], Any]) -> Any:
    """Result of a call that may take so long as a whole; a slow answer is left behind.

    Raises
    ------
    TimeoutError
        It takes longer.
    """
    uitkomst: queue.Queue[tuple[bool, Any]] = queue.Queue()

    def doe() -> None:
        try:
            uitkomst.put((True, werk()))
        except Exception as fout:
            uitkomst.put((False, fout))

    threading.Thread(target=doe, daemon=True).start()
    try:
        gelukt, waarde = uitkomst.get(timeout=seconden)
    except queue.Empty:
        raise TimeoutError from None
    if gelukt:
        return waarde
    raise waarde
