"""Nothing that a notebook does reaches the next one."""

from __future__ import annotations

import pytest

from tests.motor.conftest import Dienst

WAARNEMEN = """
import builtins, gc, locale, logging, os, signal, sys, textwrap, threading, warnings
import numpy, pandas
{
    "map": os.getcwd(), "omgeving": sorted(os.environ.items()), "masker": os.umask(0o22),
    "plaats": locale.setlocale(locale.LC_ALL), "pad": sys.path, "argumenten": sys.argv,
    "modules": sorted(sys.modules), "pandas": pandas.get_option("display.max_rows"),
    "numpy": numpy.geterr(), "print": numpy.get_printoptions()["precision"],
    "draden": threading.active_count(), "tekst": textwrap.dedent(" a"), "log": logging.root.level,
    "namen": sorted(n for n in dir() if not n.startswith("_")), "recursie": sys.getrecursionlimit(),
    "filters": len(warnings.filters), "alarm": str(signal.getsignal(signal.SIGALRM)),
    "gc": gc.isenabled(), "ingebouwd": dir(builtins), "cellen": get_ipython().execution_count,
    "bestanden": sorted(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else [],
}
"""
VERVUILEN = (
    "import os\nos.chdir('/')\nos.environ['IMPACT_LEK'] = os.environ['PATH'] = 'x'\nos.umask(0)",
    "import locale\nlocale.setlocale(locale.LC_ALL, 'C')",
    "import pandas, numpy\npandas.set_option('display.max_rows', 3)\n"
    "numpy.seterr(all='raise')\nnumpy.set_printoptions(precision=1)",
    "import random\nrandom.seed(1)\nnumpy.random.seed(1)",
    "import sys, types\nsys.modules['lek'] = types.ModuleType('lek')\ndel sys.modules['csv']\n"
    "sys.path.insert(0, '/lek')\nsys.setrecursionlimit(500)\nsys.argv.append('lek')",
    "import textwrap\ntextwrap.dedent = lambda tekst: 'gekaapt'",
    "import papermill.engines\npapermill.engines.NotebookExecutionManager.save = None",
    "import impact.motor.client as c\nc.Kindclient.execute_cell = None",
    "import threading, time\n"
    "for _ in range(3):\n    threading.Thread(target=time.sleep, args=(99,)).start()",
    "lek = numpy.ones(25_000_000)",
    "import signal, gc, logging, warnings\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\n"
    "signal.alarm(1)\ngc.disable()\nlogging.basicConfig(level=0)\nwarnings.simplefilter('error')",
    "import builtins\nbuiltins.lek = 1",
    "greep = open(os.devnull)\nos.dup2(greep.fileno(), 100)",
)


def test_een_notebook_ziet_niets_van_het_vorige(draai: Dienst) -> None:
    voor = draai(WAARNEMEN)
    vuil = draai(*VERVUILEN)
    na = draai(WAARNEMEN)
    assert voor.fout == vuil.fout == na.fout == ""
    assert [u for uitvoer in vuil.uitvoeren for u in uitvoer if u.output_type == "error"] == []
    assert na.uitvoeren == voor.uitvoeren
    assert na.bestanden == voor.bestanden
    assert na.kinderen <= 1, "hooguit het laatste proces is nog aan het opruimen"


def test_elk_notebook_trekt_eigen_toeval(draai: Dienst) -> None:
    bron = "import random, numpy\n(random.random(), numpy.random.random())"
    assert draai(bron).uitvoeren != draai(bron).uitvoeren


@pytest.mark.parametrize("start", ["os.fork() or time.sleep(60)", "os.system('sleep 60 &')"])
def test_processen_van_een_notebook_sterven_mee(draai: Dienst, start: str) -> None:
    antwoord = draai(f"import os, time\n{start}\nos.getpid()")
    (groep,) = [u for u in antwoord.uitvoer(0) if u.output_type == "execute_result"]
    nummer = int(groep.data["text/plain"])
    assert draai(f"import os\ntry: os.killpg({nummer}, 0)\nexcept ProcessLookupError: print('weg')")
    weg = draai(
        "import os, time",
        f"while True:\n    try:\n        os.killpg({nummer}, 0)\n"
        "    except ProcessLookupError:\n        break\n    time.sleep(0.05)",
        notebook_timeout=20,
    )
    assert weg.fout == ""


def test_tijdelijke_bestanden_van_een_notebook_gaan_weg(draai: Dienst) -> None:
    antwoord = draai("import tempfile\nm = tempfile.TemporaryDirectory()\nprint(m.name, end='')")
    kijk = draai(f"import os\nprint(os.path.exists({antwoord.tekst(0)!r}))")
    assert kijk.tekst(0) == "False\n"
