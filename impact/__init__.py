"""Simulation workbench: what asylum laws do to each of the Dutch municipalities."""

__version__ = "0.1.0"
