"""The IPython shell of a notebook, and the roads along which its output leaves."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import comm
from ipykernel.compiler import XCachingCompiler, get_file_name
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

from impact.motor.kanaal import STROMEN, Kanaal


class Sessie(Session):
    """Session of the Jupyter protocol that sends over a `Kanaal` and signs nothing."""

    def __init__(self, kanaal: Kanaal) -> None:
        super().__init__(key=b"")
        self.kanaal = kanaal

    def send(  # type: ignore[override]
        self,
        stream: Any,
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: Any = None,
        buffers: Sequence[bytes | memoryview] | None = None,
        track: bool = False,
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Send a message to the caller; a process that the notebook forked sends nothing."""
        if os.getpid() != self.pid:
            return None
        bericht = msg_or_type
        if not isinstance(bericht, dict):
            bericht = self.msg(bericht, content, parent, header, metadata)
        buffers = buffers or bericht.get("buffers", [])
        delen = self.serialize(bericht)[1:]
        self.kanaal.bericht([*delen, *(bytes(buffer) for buffer in buffers)])
        return bericht


class Stroom(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook."""

    def __init__(self, kanaal: Kanaal, nummer: int) -> None:
        self._kanaal, self._nummer, self._pid = kanaal, nummer, os.getpid()
        self.name = STROMEN[nummer]

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Encoding of the stream."""
        return "UTF-8"

    def fileno(self) -> int:
        """File descriptor that subprocesses get."""
        return self._nummer + 1

    def writable(self) -> bool:
        """Whether text can be written: always."""
        return True

    def write(self, tekst: str, /) -> int:
        """Write text; a process that the notebook forked writes past Python."""
        if not isinstance(tekst, str):
            raise TypeError(f"write() argument must be str, not {type(tekst)}")
        if os.getpid() != self._pid:
            os.write(self.fileno(), tekst.encode("utf-8", "backslashreplace"))
        else:
            self._kanaal.schrijf(self._nummer, tekst)
        return len(tekst)

    def flush(self) -> None:
        """Close a piece of output."""
        if os.getpid() == self._pid:
            self._kanaal.leeg(self._nummer)


class Kern:
    """What code in a notebook may ask of its kernel."""

    eventloop = None

    def __init__(self, sessie: Sessie) -> None:
        self.session = sessie
        self.shell: Any = None

    def get_parent(self) -> dict[str, Any]:
        """Request that is being served."""
        ouder: dict[str, Any] = self.shell.get_parent()
        return ouder


class Vertaler(XCachingCompiler):
    """Compiler that names a cell as a kernel does, but without the number of the process.

    The name is seen in warnings and tracebacks, and those must be the same every time.
    """

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """Name of the file that a cell pretends to be."""
        naam = Path(get_file_name(raw_code))
        return str(naam.parent.with_name("ipykernel") / naam.name)


class Notebookschil(ZMQInteractiveShell):
    """Shell of a kernel, without kernel."""

    def ask_exit(self) -> NoReturn:
        """End the notebook here; ``exit`` and ``quit`` mean that nothing went wrong."""
        raise SystemExit(0)


class Buiscomm(comm.base_comm.BaseComm):
    """Road of a widget to the notebook: its state is kept there."""

    sessie: Sessie
    schil: Any

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **sleutels: Any,
    ) -> None:
        """Send a message about the widget."""
        inhoud = json_clean({"data": data or {}, "comm_id": self.comm_id, **sleutels})
        self.sessie.send(
            None,
            msg_type,
            inhoud,
            parent=self.schil.get_parent(),
            metadata=json_clean(metadata or {}),
            buffers=buffers,
        )


def maak_schil(kanaal: Kanaal) -> Any:
    """Make the shell of this process; everything that it shows goes over the channel."""
    instelling = Config()
    instelling.HistoryManager.enabled = False
    sessie = Sessie(kanaal)
    kern = Kern(sessie)
    _vergeet_schil()
    schil: Any = Notebookschil.instance(config=instelling, kernel=kern, compiler_class=Vertaler)
    kern.shell = schil
    schil.displayhook.session = schil.display_pub.session = sessie
    schil.displayhook.pub_socket = schil.display_pub.pub_socket = kanaal
    schil.displayhook.topic = b"execute_result"
    Buiscomm.sessie, Buiscomm.schil = sessie, schil
    comm.create_comm = Buiscomm
    comm._comm_manager = None
    return schil


def _vergeet_schil() -> None:
    """Forget the shell that the caller had itself."""
    if ZMQInteractiveShell.initialized():
        type(ZMQInteractiveShell.instance()).clear_instance()


def geen_invoer(*_: Any, **__: Any) -> NoReturn:
    """Refuse to ask anything: nobody sits at the keyboard.

    Raises
    ------
    StdinNotImplementedError
        Always.
    """
    raise StdinNotImplementedError("Een rapport kan niets vragen: input() werkt hier niet.")
