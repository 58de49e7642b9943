"""The drawing process: a question per line on standard input, an answer per line on its output.

It ends when its input ends, and on Linux also in the middle of a chart, so it never outlives the
process that started it.
"""

from __future__ import annotations

import json
import os
import sys

from py_mini_racer import JSOOMException, JSTimeoutException

from impact.tekenaar.machine import Machine
from impact.wees import sterf_met


def main() -> None:
    """Answer every question; stop after one that took too long or too much memory.

    The arguments are the longest time for one chart, in seconds, and the process that asks.
    """
    seconden, ouder = float(sys.argv[1]), int(sys.argv[2])
    sterf_met(ouder)
    with os.fdopen(os.dup(1), "wb") as uit:
        os.dup2(2, 1)  # whatever else is printed does not end up among the answers
        machine = Machine()
        for regel in sys.stdin.buffer:
            fout = ""
            try:
                antwoord = machine.beantwoord(regel.decode("ascii"), seconden)
            except JSTimeoutException:
                fout = f"tekenen duurt langer dan {seconden:g} seconden"
            except JSOOMException:
                fout = "tekenen kost te veel geheugen"
            if fout:
                antwoord = json.dumps({"fout": fout})
            uit.write(antwoord.encode("utf-8") + b"\n")
            uit.flush()
            if fout:
                os._exit(1)  # the engine is in an unknown state: do not wait for it
