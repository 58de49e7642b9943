"""Mutation testing of one floor, on a random sample of all mutants.

    python benchmarks/mutaties.py model --steekproef 300 --zaad 1

mutmut changes the code in one place at a time and runs the tests that reach it. A mutant that no
test notices has survived: look at it with `mutmut show NAAM`. The settings are in pyproject.toml,
the results in the folder `mutants`. Prints per file how many mutants were tried and killed. The
first time takes a minute longer: all mutants are written and all tests are timed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

MUTANTEN = Path("mutants")
KLEIN = "impact.model.taakstelling.x_achterstand*"
"""A few mutants, to have all others written before the sample is drawn."""
OVERLEEFD = (None, 0, 5, 33)
"""Not tried, all tests passed, no test found; 33 is what mutmut notes when no test comes there."""


def mutmut(*namen: str) -> None:
    """Run mutmut on some mutants, one at a time."""
    opdracht = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1", *namen]
    subprocess.run(opdracht, check=True, stdout=subprocess.DEVNULL)


def uitslagen(vloer: str) -> dict[str, int | None]:
    """Exit code of the tests per mutant of a floor; None when it was not tried."""
    gevonden: dict[str, int | None] = {}
    for pad in sorted((MUTANTEN / "impact" / vloer).glob("*.meta")):
        gevonden |= json.loads(pad.read_text(encoding="utf-8"))["exit_code_by_key"]
    return gevonden


def main() -> None:
    """Draw the sample, run it, print the table and the survivors."""
    lezer = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    lezer.add_argument("vloer", choices=("model", "analysis"))
    lezer.add_argument("--steekproef", type=int, default=300)
    lezer.add_argument("--zaad", type=int, default=1)
    gevraagd = lezer.parse_args()
    mutmut(KLEIN)
    alle = sorted(uitslagen(gevraagd.vloer))
    aantal = min(gevraagd.steekproef, len(alle))
    proef = random.Random(gevraagd.zaad).sample(alle, aantal)
    mutmut(*proef)
    uitslag = uitslagen(gevraagd.vloer)
    over = sorted(naam for naam in proef if uitslag[naam] in OVERLEEFD)
    print(f"{'bestand':44}{'geprobeerd':>12}{'gedood':>10}{'deel':>8}")
    for bestand in sorted({naam.rsplit(".", 1)[0] for naam in proef}):
        eigen = [naam for naam in proef if naam.rsplit(".", 1)[0] == bestand]
        gedood = len(eigen) - len([naam for naam in eigen if naam in over])
        print(f"{bestand:44}{len(eigen):12}{gedood:10}{gedood / len(eigen):8.0%}")
    deel = (aantal - len(over)) / aantal
    print(f"{f'samen, van {len(alle)} mutanten':44}{aantal:12}{aantal - len(over):10}{deel:8.0%}")
    print("\n".join(["overleefd:", *over]))


if __name__ == "__main__":
    main()
