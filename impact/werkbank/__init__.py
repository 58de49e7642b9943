"""Widgets over the same functions as the reports: the analyst explores, no second model."""

from impact.werkbank.startpagina import inhoud
from impact.werkbank.verkenner import Verkenner

__all__ = ["Verkenner", "inhoud"]
