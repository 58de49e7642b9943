"""The side of the caller: make the copy, give it cells, hear it out, and clear it up."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any

from jupyter_client.jsonutil import json_default

from impact.motor.grenzen import MB, Grenzen, balkslot
from impact.motor.kanaal import BERICHT, EINDE, LEEG, STROMEN, TEKST, maak_pijp, wachtend

RUST = 0.02
"""Seconds of silence after which output of a subprocess counts as no longer on its way."""
TIK = 0.1
AFSCHEID = 5.0
"""Seconds that a notebook gets for its own exit functions."""
UITLEG: dict[int, str] = {
    signal.SIGSEGV: "een fout in het geheugen",
    signal.SIGABRT: "een bibliotheek brak het af",
    signal.SIGKILL: "misschien te weinig geheugen",
    signal.SIGXCPU: "te veel rekentijd",
}


class Gestopt(Exception):
    """A notebook cannot go on; the text is for the reader.

    Attributes
    ----------
    naam : kind of end, as the name of an error
    """

    def __init__(self, naam: str, melding: str) -> None:
        super().__init__(melding)
        self.naam = naam


Stukje = tuple[str, str, Any]
_stervend: list[int] = []
"""The process that is done, and that the system is still clearing up."""


class Kindproces:
    """A copy of this process that runs the cells of one notebook.

    Parameters
    ----------
    grenzen : limits of the notebook
    """

    def __init__(self, grenzen: Grenzen) -> None:
        self.grenzen = grenzen
        self._eind = _over(grenzen.notebook)
        self._verbinding, andere = Pipe()
        pijpen = [maak_pijp(), maak_pijp()]
        ouder = os.getpid()
        _begraaf()
        with balkslot():
            self.pid = os.fork()
        if self.pid == 0:
            from impact.motor.kind import leef

            self._verbinding.close()
            leef(andere, pijpen, grenzen, ouder)
        andere.close()
        for _, schrijven in pijpen:
            os.close(schrijven)
        self._pijpen = [lezen for lezen, _ in pijpen]
        self._status: int | None = None

    def voer_uit(self, bron: str, post: list[Any]) -> Iterator[Stukje]:
        """Run a cell and give what comes out, piece by piece, until the caller stops asking.

        Parameters
        ----------
        bron : source of the cell
        post : messages of widgets that are to be delivered first

        Yields
        ------
        ``("tekst", stroom, text)``, ``("leeg", stroom, "")``, ``("stil", "", "")`` when nothing
        comes, or ``("bericht", "", parts)``.

        Raises
        ------
        Gestopt
            The process ended or went over a limit. It is gone then.
        """
        cel_eind, ruimte = _over(self.grenzen.cel), self.grenzen.uitvoer
        with contextlib.suppress(BrokenPipeError):
            opdracht = json.dumps({"bron": bron, "comm": post}, default=json_default)
            self._verbinding.send_bytes(opdracht.encode())
        while True:
            for stukje in self._hoor():
                ruimte -= _omvang(stukje)
                if ruimte < 0:
                    raise self.stop(
                        "Uitvoergrens",
                        f"de cel gaf meer dan {self.grenzen.uitvoer / MB:g} MB uitvoer",
                    )
                yield stukje
            nu = time.monotonic()
            if nu > cel_eind:
                wat = f"de cel duurde langer dan {self.grenzen.cel:g} seconden"
                raise self.stop("Tijdgrens", wat)
            if nu > self._eind:
                wat = f"het notebook duurde langer dan {self.grenzen.notebook:g} seconden"
                raise self.stop("Tijdgrens", wat)

    def stop(self, naam: str, melding: str) -> Gestopt:
        """Kill the process; give the reason, to be raised."""
        self.dood()
        return Gestopt(naam, melding)

    def _hoor(self) -> Iterator[Stukje]:
        """Give what is ready now; wait a little when nothing is."""
        klaar = wait([self._verbinding, *self._pijpen], TIK)
        try:
            if self._verbinding in klaar:
                yield from self._lees()
            elif klaar:
                time.sleep(RUST)
                yield from self._lees_pijpen()
            else:
                yield ("stil", "", "")
        except (EOFError, ConnectionError):
            yield from self._lees_pijpen(ook_laatste=True)
            raise self._einde() from None
        if not klaar and self._is_dood():
            raise self._einde()

    def _lees(self) -> Iterator[Stukje]:
        """Give all frames that are there."""
        while self._verbinding.poll():
            ruw = self._verbinding.recv_bytes()
            soort, nummer = ruw[:1], ruw[1]
            if soort == TEKST:
                yield ("tekst", STROMEN[nummer], ruw[2:].decode("utf-8", "replace"))
            elif soort == LEEG:
                yield ("leeg", STROMEN[nummer], "")
            elif soort == BERICHT:
                yield ("bericht", "", [self._verbinding.recv_bytes() for _ in range(nummer)])
            elif soort == EINDE:
                yield ("einde", "", "")

    def _lees_pijpen(self, ook_laatste: bool = False) -> Iterator[Stukje]:
        """Give what was written past Python, unless frames came in first."""
        aantallen = [wachtend(pijp) for pijp in self._pijpen]
        if not ook_laatste and self._verbinding.poll():
            return
        for stroom, pijp, aantal in zip(STROMEN, self._pijpen, aantallen, strict=True):
            with contextlib.suppress(BlockingIOError):
                if aantal and (ruw := os.read(pijp, aantal)):
                    yield ("tekst", stroom, ruw.decode("utf-8", "replace"))

    def _is_dood(self) -> bool:
        """Whether the process has ended; it keeps its number until `dood` clears it up."""
        vraag = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return self._status is not None or os.waitid(os.P_PID, self.pid, vraag) is not None

    def _einde(self) -> Gestopt:
        """Say how the process ended, and clear up."""
        self.dood()
        status = self._status or 0
        if status >= 0:
            return Gestopt("ProcesGestopt", f"de cel heeft het proces beëindigd (status {status})")
        teken = -status
        naam = signal.Signals(teken).name if teken in signal.valid_signals() else str(teken)
        uitleg = UITLEG.get(teken, "van buiten")
        return Gestopt("ProcesGestopt", f"het proces is gestopt door signaal {naam} ({uitleg})")

    def sluit(self) -> None:
        """Let the process end by itself; clear it up when it does not.

        A process that said that it is done is not waited for: giving back the memory of a copy
        takes as long as making one.
        """
        if self._status is not None:
            return
        with contextlib.suppress(OSError):
            self._verbinding.send_bytes(json.dumps(None).encode())
        eind = time.monotonic() + AFSCHEID
        with contextlib.suppress(Gestopt):
            while not self._is_dood() and time.monotonic() < eind:
                if any(soort == "einde" for soort, *_ in self._hoor()):
                    self._schiet()
                    _stervend.append(self.pid)
                    self._laat_los(0)
                    return
        self.dood()

    def dood(self) -> None:
        """Kill the process with everything that it started, and close the channels."""
        if self._status is not None:
            return
        self._schiet()
        self._laat_los(os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]))

    def _schiet(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        os.kill(self.pid, signal.SIGKILL)  # not yet a leader of a group when just born

    def _laat_los(self, status: int) -> None:
        self._status = status
        self._verbinding.close()
        for pijp in self._pijpen:
            os.close(pijp)
        self._pijpen = []


def _begraaf() -> None:
    """Take leave of the process that was done before this one begins."""
    while _stervend:
        with contextlib.suppress(ChildProcessError):  # a child of the process we are a copy of
            os.waitpid(_stervend.pop(), 0)


def _over(seconden: float | None) -> float:
    return float("inf") if not seconden or seconden < 0 else time.monotonic() + seconden


def _omvang(stukje: Stukje) -> int:
    soort, _, inhoud = stukje
    return sum(map(len, inhoud)) if soort == "bericht" else len(inhoud)
