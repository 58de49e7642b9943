"""Shared by all tests: the folder of the project and a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from playwright.sync_api import Browser, Playwright, sync_playwright

settings.register_profile("gewoon", max_examples=60, deadline=None)
settings.register_profile(
    "mutatie",
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a mutant need not be made small, only found
)
settings.load_profile("gewoon")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WINDOWS = ("chrome", "msedge")


@pytest.fixture(scope="session", autouse=True)
def resultatenmap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the whole session one folder of results; keys keep them apart."""
    map_ = tmp_path_factory.mktemp("resultaten")
    with pytest.MonkeyPatch.context() as omgeving:
        omgeving.setenv("IMPACT_RESULTATEN", str(map_))
        yield map_


@pytest.fixture(scope="session")
def wortel() -> Path:
    """Return the folder of the project."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless browser without network; fails, never skips, when there is none."""
    with sync_playwright() as playwright:
        venster = _open_browser(playwright)
        yield venster
        venster.close()


def _open_browser(playwright: Playwright) -> Browser:
    # without the sandbox: it does not start for root, as in containers; pages are our own files
    args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    systeem = next(filter(None, map(shutil.which, BROWSERS)), None)
    if systeem is not None:
        return playwright.chromium.launch(executable_path=systeem, args=args)
    if Path(playwright.chromium.executable_path).exists():
        return playwright.chromium.launch(args=args)
    for kanaal in WINDOWS:
        try:
            return playwright.chromium.launch(channel=kanaal, args=args)
        except Exception:
            continue
    pytest.fail("geen browser gevonden; `python3 start.py toets` installeert er een")
