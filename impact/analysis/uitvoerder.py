"""The one executor of all parallel work: processes on this machine, or a cluster of machines.

Tasks get what they need as arguments and give back objects or bytes; whoever submits them writes
the files. So the same task runs in a process beside this one and on a machine without our files.
"""

from __future__ import annotations

import atexit
import os
import queue
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from impact.analysis.werkproces import Werkproces

OMGEVING = "IMPACT_WERKERS"
"""Variable with the number of processes; as many as there are processors without it."""
STANDAARD_PLAATSEN = 2
KLAD = ".klad-"
VERLATEN = 24 * 3600
"""Seconds without writing after which a folder belongs to a process that was killed."""


class WerkerFout(ValueError):
    """The number of processes makes no sense."""


class Lokaal(ThreadPoolExecutor):
    """Executor with processes on this machine; one that dies costs one task and no more.

    Parameters
    ----------
    aantal : most processes at the same time; they start when there is work
    """

    def __init__(self, aantal: int) -> None:
        super().__init__(aantal, thread_name_prefix="impact")
        self.plaatsen = aantal
        self._rust: queue.LifoQueue[Werkproces] = queue.LifoQueue()
        self._bezig: set[Werkproces] = set()
        self._afgebroken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function in one of the processes."""
        return super().submit(self._doe, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop; with ``cancel_futures`` without waiting for what is being done."""
        super().shutdown(wait=False, cancel_futures=cancel_futures)
        if cancel_futures:
            self._afgebroken = True
            for proces in list(self._bezig):
                proces.breek_af()
        super().shutdown(wait=wait)
        while not self._rust.empty():
            self._rust.get_nowait().stop()

    def _doe(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        proces = self._pak()
        self._bezig.add(proces)
        if self._afgebroken:
            proces.breek_af()
        try:
            return proces.roep(fn, *args, **kwargs)
        finally:
            self._bezig.discard(proces)
            if proces.leeft:
                self._rust.put(proces)

    def _pak(self) -> Werkproces:
        try:
            proces = self._rust.get_nowait()
        except queue.Empty:
            return Werkproces()
        return proces if proces.leeft else Werkproces()


_gedeeld: dict[int, Lokaal] = {}


def aantal_werkers() -> int:
    """Number of processes on this machine.

    Raises
    ------
    WerkerFout
        IMPACT_WERKERS is no whole number of one or more.
    """
    tekst = os.environ.get(OMGEVING, "")
    if not tekst:
        return os.cpu_count() or 1
    if not tekst.isdigit() or int(tekst) < 1:
        raise WerkerFout(f"{OMGEVING} moet een geheel getal van 1 of meer zijn, niet '{tekst}'")
    return int(tekst)


@contextmanager
def kies_werkers(uitvoerder: Executor | None = None) -> Iterator[Executor]:
    """Give the executor that was asked for, or the processes of this machine.

    Those stay for the next analysis: a process that has imported everything is worth keeping.
    """
    if uitvoerder is not None:
        yield uitvoerder
        return
    aantal = aantal_werkers()
    if aantal not in _gedeeld:
        _gedeeld[aantal] = Lokaal(aantal)
    try:
        yield _gedeeld[aantal]
    except (KeyboardInterrupt, SystemExit):
        if afgebroken := _gedeeld.pop(aantal, None):
            afgebroken.shutdown(cancel_futures=True)  # or Python waits for the whole queue
        raise


@contextmanager
def open_uitvoerder(cluster: str = "") -> Iterator[Executor]:
    """Executor of a command: a cluster by its address, or the processes of this machine.

    Raises
    ------
    impact.analysis.cluster.ClusterFout
        The cluster cannot be used; the text says why.
    """
    if not cluster:
        with kies_werkers() as lokaal:
            yield lokaal
        return
    from impact.analysis.cluster import verbind

    with verbind(cluster) as ver:
        yield ver


@contextmanager
def kladmap(map_: Path, werkers: Executor) -> Iterator[Path]:
    """Folder for what tasks write for each other.

    It goes at the end. Whoever breaks off stops the tasks first, or they would write on in it. What
    a process left that was killed goes when the next one begins.
    """
    _ruim_verlaten_op(map_)
    with tempfile.TemporaryDirectory(dir=map_, prefix=KLAD) as klad:
        try:
            yield Path(klad)
        except (KeyboardInterrupt, SystemExit):
            werkers.shutdown(cancel_futures=True)
            raise


def is_ver(uitvoerder: Executor) -> bool:
    """Whether tasks may run on a machine that does not see our files."""
    return bool(getattr(uitvoerder, "ver", False))


def plaatsen(uitvoerder: Executor) -> int:
    """Number of tasks that run at the same time."""
    return int(getattr(uitvoerder, "plaatsen", STANDAARD_PLAATSEN))


@atexit.register
def _sluit() -> None:
    while _gedeeld:
        _gedeeld.popitem()[1].shutdown(cancel_futures=True)


def _ruim_verlaten_op(map_: Path) -> None:
    """Remove folders in which nothing was written for a long time."""
    for oud in map_.glob(f"{KLAD}*"):
        with suppress(FileNotFoundError):  # another process removes its own
            laatste = max(pad.stat().st_mtime for pad in [oud, *oud.rglob("*")])
            if time.time() - laatste > VERLATEN:
                shutil.rmtree(oud, ignore_errors=True)
