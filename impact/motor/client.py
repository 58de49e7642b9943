"""Fill a notebook with what its copy says, in the way of papermill and nbclient."""

from __future__ import annotations

import sys
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import Session, json_unpacker
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from impact.motor.kanaal import STROMEN
from impact.motor.ouder import Gestopt, Kindproces

TAAL = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class Kindclient(PapermillNotebookClient):  # type: ignore[misc]
    """Client of papermill that hears a copy instead of a kernel.

    What a message means (`process_message`) and what papermill does around a cell
    (`papermill_execute_cells`) are theirs; only the road is ours.

    Parameters
    ----------
    nb_man : papermill's manager of the notebook
    kind : the copy; it is gone after `execute`
    """

    def __init__(self, nb_man: Any, kind: Kindproces, **keuze: Any) -> None:
        super().__init__(nb_man, **keuze)
        self._kind = kind
        self._sessie = Session(key=b"")
        self._lopend: dict[str, list[str]] = {}
        self._gelogd: dict[str, int] = {}

    def execute(self, **_: Any) -> Any:
        """Run all cells; stop at the first that fails."""
        self.reset_execution_trackers()
        self._post: list[Any] = []
        self.kc = SimpleNamespace(
            session=self._sessie, shell_channel=SimpleNamespace(send=self._post.append)
        )
        try:
            self.papermill_execute_cells()
            self.nb.metadata["language_info"] = TAAL
            self.set_widgets_metadata()
            self._kind.sluit()
        finally:
            self._kind.dood()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **_: Any) -> Any:
        """Run one cell.

        Raises
        ------
        CellExecutionError
            The cell failed, and failing is not allowed; or its process is gone.
        """
        overslaan = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or overslaan:
            return cell
        if self.record_timing:
            cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        try:
            self._keur(cell, self._hoor_uit(cell, cell_index))
        except Gestopt as fout:
            self._schrijf_einde(cell, cell_index, fout)
        return cell

    def _hoor_uit(self, cel: Any, index: int) -> dict[str, Any]:
        """Run a cell to its end; give the content of the reply."""
        antwoord: dict[str, Any] = {}
        self._verzoek: dict[str, Any] | None = None
        post, self._post[:] = list(self._post), []
        for soort, stroom, inhoud in self._kind.voer_uit(cel.source, post):
            if soort == "tekst":
                self._lopend.setdefault(stroom, []).append(inhoud)
            elif soort == "leeg":
                self._leeg(stroom, cel, index)
            elif soort == "stil":
                self._log_lopend()
            else:
                bericht = self._ontcijfer(inhoud)
                self._verzoek = self._verzoek or {"header": bericht["parent_header"]}
                if bericht["msg_type"] == "execute_reply":
                    antwoord = bericht["content"]
                    self._noteer(cel, bericht)
                elif self._is_laatste(bericht, cel, index):
                    break
        return antwoord

    def _ontcijfer(self, delen: list[bytes]) -> dict[str, Any]:
        """Read a message; a notebook that broke its own process may send nonsense."""
        try:
            kop, ouder, metadata, inhoud = map(json_unpacker, delen[1:5])
            return {
                "header": {**kop, "date": datetime.fromisoformat(kop["date"])},
                "msg_id": kop["msg_id"],
                "msg_type": kop["msg_type"],
                "parent_header": ouder,
                "metadata": metadata,
                "content": inhoud,
                "buffers": [memoryview(deel) for deel in delen[5:]],
            }
        except (ValueError, TypeError, KeyError):
            wat = "het proces geeft geen leesbare uitvoer meer"
            raise self._kind.stop("ProcesGestopt", wat) from None

    def _is_laatste(self, bericht: dict[str, Any], cel: Any, index: int) -> bool:
        try:
            self.process_message(bericht, cel, index)
        except CellExecutionComplete:
            return True
        return False

    def _noteer(self, cel: Any, bericht: dict[str, Any]) -> None:
        if self.record_timing:
            cel.metadata["execution"]["shell.execute_reply"] = timestamp(bericht)

    def _leeg(self, stroom: str, cel: Any, index: int) -> None:
        """Make one output of what was written to a stream since it was last flushed."""
        tekst = "".join(self._lopend.pop(stroom, []))
        if not tekst:
            return
        inhoud = {"name": stroom, "text": tekst}
        bericht = self._sessie.msg("stream", inhoud, parent=self._verzoek)
        self.process_message(bericht, cel, index)

    def _log_lopend(self) -> None:
        """Log what was written and not yet flushed: a long cell can be followed while it runs."""
        for stroom, stukken in self._lopend.items():
            tekst = "".join(stukken)
            if nieuw := tekst[self._gelogd.get(stroom, 0) :]:
                super().log_output_message(new_output("stream", name=stroom, text=nieuw))
                self._gelogd[stroom] = len(tekst)

    def log_output_message(self, output: Any) -> None:
        """Log an output, without what was logged while it was being written."""
        if output.output_type == "stream" and (al := self._gelogd.pop(output.name, 0)):
            rest = output.text[al:]
            if not rest:
                return
            output = new_output("stream", name=output.name, text=rest)
        super().log_output_message(output)

    def _schrijf_einde(self, cel: Any, index: int, fout: Gestopt) -> None:
        """Write into the cell why its process is gone."""
        for stroom in STROMEN:
            self._leeg(stroom, cel, index)
        inhoud = {"ename": fout.naam, "evalue": str(fout), "traceback": [f"{fout.naam}: {fout}"]}
        cel.outputs.append(new_output("error", **inhoud))
        raise CellExecutionError.from_cell_and_msg(cel, inhoud) from None

    def _keur(self, cel: Any, antwoord: dict[str, Any]) -> None:
        if antwoord["status"] != "error":
            return
        mag = (
            self.allow_errors
            or antwoord["ename"] in self.allow_error_names
            or "raises-exception" in cel.metadata.get("tags", [])
        )
        if self.force_raise_errors or not mag:
            raise CellExecutionError.from_cell_and_msg(cel, antwoord)
