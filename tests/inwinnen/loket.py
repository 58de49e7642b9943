"""A server that answers like the open data of the CBS, and can misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

Antwoord = Callable[["_Vraag"], bool]
"""Answers a request itself and says so, or leaves it to the ordinary answer."""


class Nep:
    """What the server holds, and how it misbehaves.

    Attributes
    ----------
    tabellen : per table its parts, such as DataProperties
    streek : what goes wrong; nothing by default
    vragen : paths that were asked for
    """

    def __init__(self, tabellen: dict[str, dict[str, list[dict[str, Any]]]]) -> None:
        self.tabellen = tabellen
        self.streek: Antwoord = lambda vraag: False
        self.vragen: list[str] = []
        self.adres = ""

    def antwoord(self, tabel: str, deel: str, keuze: dict[str, list[str]]) -> Any:
        """Rows of a part, with the columns and the period that were asked for."""
        rijen = self.tabellen[tabel][deel]
        filters = keuze.get("$filter", [""])[0]
        if "Perioden eq" in filters:
            periode = filters.rpartition("eq '")[2].rstrip("'")
            rijen = [rij for rij in rijen if rij["Perioden"] == periode]
        if "$select" in keuze:
            kolommen = keuze["$select"][0].split(",")
            rijen = [{k: rij[k] for k in kolommen if k in rij} for rij in rijen]
        return {"odata.metadata": "x", "value": rijen}


class _Vraag(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        nep: Nep = self.server.nep
        nep.vragen.append(self.path)
        if nep.streek(self):
            return
        adres = urlparse(self.path)
        *_, tabel, deel = adres.path.split("/")
        self.stuur(nep.antwoord(tabel, deel, parse_qs(adres.query)))

    def stuur(self, inhoud: Any, status: int = 200, soort: str = "application/json") -> None:
        """Send an answer as a whole."""
        ruw = inhoud.encode() if isinstance(inhoud, str) else json.dumps(inhoud).encode()
        self.kop(status, soort, len(ruw))
        self.wfile.write(ruw)

    def kop(self, status: int, soort: str, lengte: int) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        self.send_header("Content-Type", soort)
        self.send_header("Content-Length", str(lengte))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def html(vraag: _Vraag) -> bool:
    """A page with an explanation instead of a table."""
    vraag.stuur("<html><body>Onderhoud</body></html>", soort="text/html")
    return True


def code(status: int) -> Antwoord:
    """An error code of the server."""

    def antwoord(vraag: _Vraag) -> bool:
        vraag.stuur("stuk", status, "text/plain")
        return True

    return antwoord


def omleiding(vraag: _Vraag) -> bool:
    """Send the asker elsewhere."""
    vraag.send_response(302)
    vraag.send_header("Location", "http://127.0.0.1:9/elders")
    vraag.send_header("Content-Length", "0")
    vraag.end_headers()
    return True


def afgebroken(vraag: _Vraag) -> bool:
    """Stop halfway through the answer."""
    vraag.kop(200, "application/json", 5000)
    vraag.wfile.write(b'{"value": [{"Key": "x"')
    return True


def traag(vraag: _Vraag) -> bool:
    """Say nothing for a while."""
    time.sleep(0.6)
    return True


def druppelend(vraag: _Vraag) -> bool:
    """Send a letter now and then, so that it is never silent for long."""
    vraag.kop(200, "application/json", 5000)
    for _ in range(12):
        vraag.wfile.write(b" ")
        vraag.wfile.flush()
        time.sleep(0.1)
    return True


def eindeloos(vraag: _Vraag) -> bool:
    """Always one more page."""
    vraag.stuur({"value": [{"Key": "x"}], "odata.nextLink": vraag.server.nep.adres + vraag.path})
    return True


def inhoud(wat: Any) -> Antwoord:
    """The same answer to everything."""

    def antwoord(vraag: _Vraag) -> bool:
        vraag.stuur(wat)
        return True

    return antwoord


def na(keren: int, streek: Antwoord) -> Antwoord:
    """Misbehave a number of times, and then be good."""
    over = [keren]

    def antwoord(vraag: _Vraag) -> bool:
        over[0] -= 1
        return over[0] >= 0 and streek(vraag)

    return antwoord


@contextmanager
def draait(nep: Nep) -> Iterator[Nep]:
    """Server for as long as it is used."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Vraag)
    server.daemon_threads = True
    server.nep = nep  # type: ignore[attr-defined]
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    nep.adres = f"http://127.0.0.1:{server.server_port}"
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    draad.start()
    try:
        yield nep
    finally:
        server.shutdown()
        draad.join()
        server.server_close()
