"""A clean process that runs notebooks on request: one request and one answer a line, as JSON.

The engine copies the process that calls it, and a test run has threads (a browser, a renderer)
that do not survive that. So the tests of the engine talk to this process.
"""

import json
import os
import sys
from typing import Any

import nbformat
import papermill

from impact import motor


def voer_uit(verzoek: dict[str, Any]) -> dict[str, Any]:
    """Run a notebook; give it back with the error that papermill raised."""
    cellen = [_cel(nummer, *cel) for nummer, cel in enumerate(verzoek["cellen"])]
    notebook = nbformat.v4.new_notebook(cells=cellen)
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "P"}
    nbformat.write(notebook, verzoek["in"])
    fout, keuze = "", dict(verzoek["keuze"])
    for naam in {"stdout_file", "stderr_file"} & keuze.keys():
        keuze[naam] = open(keuze[naam], "w", encoding="utf-8")  # noqa: SIM115
    try:
        papermill.execute_notebook(
            verzoek["in"],
            verzoek["uit"],
            engine_name=verzoek["motor"],
            progress_bar=False,
            **keuze,
        )
    except Exception as gevonden:
        fout = f"{type(gevonden).__name__}: {gevonden}"
    uit = nbformat.read(verzoek["uit"], as_version=4)
    return {
        "notebook": uit,
        "fout": fout,
        "waarom_niet": motor.waarom_niet_splitsen(),
        "bestanden": len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0,
        "kinderen": _kinderen(),
    }


def _cel(nummer: int, bron: str, *labels: str) -> Any:
    cel = nbformat.v4.new_code_cell(bron, metadata={"tags": list(labels)} if labels else {})
    cel.id = f"cel-{nummer}"
    return cel


def _kinderen() -> int:
    """Number of processes that this one has not cleared up."""
    pad = f"/proc/self/task/{os.getpid()}/children"
    if not os.path.exists(pad):
        return 0
    with open(pad) as bestand:
        return len(bestand.read().split())


def main() -> None:
    """Answer until there are no more requests; a kernel writes to stdout too, so that is kept."""
    antwoorden = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for regel in sys.stdin:
        print(json.dumps(voer_uit(json.loads(regel))), file=antwoorden, flush=True)


if __name__ == "__main__":
    main()
