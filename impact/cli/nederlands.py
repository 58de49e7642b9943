"""The words of click itself in Dutch: usage, options, mistakes."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

VERTALING = Path(__file__).with_name("vertaling")
DOMEIN = "click"
WAARDENAMEN: dict[type[click.ParamType[object]], str] = {
    click.types.IntParamType: "getal",
    click.IntRange: "getal",
    click.types.StringParamType: "tekst",
}
"""Kinds of values as they stand in the help; click does not offer these for translation."""


def spreek_nederlands() -> None:
    """Let click find our catalogue.

    click asks the gettext of Python, which goes by the language of the machine. The commands are
    Dutch on every machine, so the language is set here. The catalogue is click.po; click.mo is
    made from it with ``pybabel compile --domain click --directory impact/cli/vertaling``.
    """
    os.environ["LANGUAGE"] = "nl"
    gettext.bindtextdomain(DOMEIN, str(VERTALING))
    gettext.textdomain(DOMEIN)
    for soort, naam in WAARDENAMEN.items():
        soort.name = naam
