"""Figures that come in from outside: forms of municipalities, and official tables."""
