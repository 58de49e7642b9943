"""Our engine fills a notebook exactly as papermill's own engine does."""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.motor.conftest import Dienst

RIJK = (
    "x = 20\nx + 1",
    "x\n_ + x",
    "print('een')\nimport sys\nprint('fout', file=sys.stderr)\nprint('twee')",
    "from IPython.display import HTML, Markdown, SVG, clear_output, display, update_display\n"
    "print('voor')\ndisplay(HTML('<b>1</b>'))\nprint('na')\ndisplay(Markdown('**2**'))\n3",
    "greep = display('oud', display_id='vast')\nprint('ertussen')",
    "greep.update('nieuw')",
    "print('weg')\nclear_output()\nprint('blijft')",
    "print('weg')\nclear_output(wait=True)\nprint('vervangt')\nprint('en nog een')",
    "print('blijft staan')\nclear_output(wait=True)",
    "display({'text/plain': 'kaal', 'application/json': {'a': [1, None]}}, raw=True)\n"
    "display('a', metadata={'text/plain': {'k': 1}})",
    "import base64\nfrom IPython.display import Image\n"
    "Image(base64.b64decode('iVBORw0KGgo='), format='png')",
    "import asyncio\nawait asyncio.sleep(0.001)\nasyncio.get_running_loop() is not None",
    "taak = asyncio.get_running_loop().create_task(asyncio.sleep(0.001, 'klaar'))",
    "await taak",
    "!echo schil",
    "%%writefile /dev/null\ninhoud",
    "%%bash\necho bash",
    "%env IMPACT_PROEF=1",
    "get_ipython().user_ns['x'], get_ipython().execution_count",
    "In[1], Out[1], __name__",
    "def f():\n    return 5;\nf();",
    "import ipywidgets\nw = ipywidgets.IntSlider(value=4)\nw.value = 5\nw",
    "uit = ipywidgets.Output()\nwith uit:\n    print('in de widget')\nuit",
    "uit.outputs",
    ("1 / 0", "raises-exception"),
    ("raise KeyboardInterrupt('stop')", "raises-exception"),
    ("def diep(n):\n    return diep(n - 1) if n else {}['weg']\ndiep(2)", "raises-exception"),
    ("dit is geen python", "raises-exception"),
    (
        "class Stuk:\n    def __repr__(self):\n        raise ValueError('stuk')\nStuk()",
        "raises-exception",
    ),
    ("await asyncio.wait_for(asyncio.sleep(9), 0.01)", "raises-exception"),
    ("print('overgeslagen')", "skip-execution"),
    "",
    "import warnings\nwarnings.warn('let op', stacklevel=1)",
    "import logging\nlogging.info('niets')\nlogging.warning('gelogd')",
    "print('zonder einde', end='')",
    "import time\nprint('een'); time.sleep(0.01); print('twee')",
    "print('niet meer: hierna stopt het')\nimport sys\nsys.exit(0)",
    "print('niet bereikt')",
)
TIJDEN = ("start_time", "end_time", "duration")


def zonder_tijden(notebook: Any) -> Any:
    """Everything of a notebook that may not depend on when and where it ran."""
    notebook = copy.deepcopy(notebook)
    for metadata in [notebook.metadata, *(cel.metadata for cel in notebook.cells)]:
        for naam in TIJDEN:
            metadata.get("papermill", {}).pop(naam, None)
    for cel in notebook.cells:
        cel.metadata["execution"] = sorted(cel.metadata.get("execution", {}))
    return notebook


def gewoon(uitvoer: Any) -> str:
    """Text of an output without numbers of processes and of widgets."""
    tekst = re.sub(r"ipykernel_\d+/", "ipykernel/", str(uitvoer))
    return re.sub(r"[0-9a-f]{32}", "<nummer>", tekst)


def widgets(notebook: Any) -> list[str]:
    """Take the state of the widgets out of a notebook, without their random names."""
    (soort,) = notebook.metadata.pop("widgets").values()
    return sorted(gewoon(staat) for staat in soort["state"].values())


def test_dezelfde_uitvoer_als_papermill(draai: Dienst) -> None:
    eigen, hun = draai(*RIJK), draai(*RIJK, motor=None)
    assert eigen.waarom_niet == ""
    assert gewoon(eigen.fout) == gewoon(hun.fout)
    for bron, een, ander in zip(RIJK, eigen.uitvoeren, hun.uitvoeren, strict=True):
        assert [gewoon(u) for u in een] == [gewoon(u) for u in ander], bron
    een, ander = zonder_tijden(eigen.notebook), zonder_tijden(hun.notebook)
    for links, rechts in zip(een.cells, ander.cells, strict=True):
        assert links.metadata == rechts.metadata
        assert links.get("execution_count") == rechts.get("execution_count")
    assert widgets(een) == widgets(ander) != []
    assert een.metadata == ander.metadata
