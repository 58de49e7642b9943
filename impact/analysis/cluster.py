"""The same work on many machines: an executor over a Dask cluster.

What is large travels once to every machine and stays with the scheduler, so that a machine that
falls away takes nothing with it; its tasks are done again elsewhere.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from impact.analysis.opslag import codesleutel

WACHT = 15
"""Seconds that a cluster gets to answer."""
KLEIN = 50_000
"""Bytes from which on an argument travels once for all tasks."""
INSTALLEER = "pip install -c constraints.txt '.[cluster]'"


class ClusterFout(RuntimeError):
    """A cluster cannot be used; the text says why and what helps."""


class Cluster(Executor):
    """Executor over a connected client of `distributed`."""

    ver = True

    def __init__(self, client: Any) -> None:
        self._client = client
        self._uitvoerder = client.get_executor()
        self._groot: dict[int, tuple[object, Any]] = {}

    @property
    def plaatsen(self) -> int:
        """Number of tasks that run at the same time, on the machines that are there now."""
        return max(1, sum(map(int, self._client.nthreads().values())))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a function on one of the machines; what is bound to it travels as an argument."""
        if isinstance(fn, functools.partial):
            return self.submit(fn.func, *fn.args, *args, **{**fn.keywords, **kwargs})
        roep = functools.partial(fn, **kwargs) if kwargs else fn
        stukken = [self._inpakken(waarde) for waarde in args]
        taak: Future[Any] = self._uitvoerder.submit(roep_aan, codesleutel(), roep, *stukken)
        return taak

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop giving out work; the cluster itself goes on."""
        self._uitvoerder.shutdown(wait=wait and not cancel_futures)
        self._groot.clear()

    def _inpakken(self, waarde: object) -> Any:
        """Bytes of an argument; a promise of them when they are many."""
        if id(waarde) in self._groot:
            return self._groot[id(waarde)][1]
        ruw = pickle.dumps(waarde, pickle.HIGHEST_PROTOCOL)
        if len(ruw) < KLEIN:
            return ruw
        naam = f"impact-{hashlib.sha256(ruw).hexdigest()[:20]}"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            belofte = self._client.submit(gelijk, ruw, key=naam)
        self._groot[id(waarde)] = (waarde, belofte)
        return belofte


def gelijk(ruw: bytes) -> bytes:
    """Return what was given: a task whose outcome can be made again on another machine."""
    return ruw


def roep_aan(code: str, functie: Callable[..., Any], *stukken: bytes) -> Any:
    """Run a function on a machine of the cluster.

    Raises
    ------
    ClusterFout
        That machine has another version of the workbench.
    """
    if code != codesleutel():
        raise ClusterFout(
            "een werker van het cluster heeft een andere versie van de werkbank; "
            "zet op alle machines dezelfde versie"
        )
    return functie(*(_uitpakken(ruw) for ruw in stukken))


def _uitpakken(ruw: bytes) -> Any:
    return pickle.loads(ruw) if len(ruw) < KLEIN else _uitgepakt(ruw)


@functools.lru_cache(maxsize=4)
def _uitgepakt(ruw: bytes) -> Any:
    return pickle.loads(ruw)


@contextmanager
def verbind(adres: str) -> Iterator[Cluster]:
    """Connect to a cluster for as long as it is used.

    Parameters
    ----------
    adres : of the scheduler, for instance tcp://10.0.0.5:8786

    Raises
    ------
    ClusterFout
        The package is missing, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        tekst = f"voor --cluster is het pakket 'distributed' nodig; installeer het: {INSTALLEER}"
        raise ClusterFout(tekst) from None
    try:
        maak: Any = Client
        client = maak(adres, timeout=WACHT, set_as_default=False)
    except (OSError, ValueError) as fout:
        raise ClusterFout(f"het cluster op '{adres}' antwoordt niet ({fout})") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WACHT)
        except TimeoutError:
            raise ClusterFout(f"het cluster op '{adres}' heeft geen werkers") from None
        cluster = Cluster(client)
        try:
            yield cluster
        except BaseException:
            cluster.shutdown(cancel_futures=True)
            raise
        cluster.shutdown()
