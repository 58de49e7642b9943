"""Simulation workbench: what asylum laws do to each of the Dutch municipalities."""

import sys

__version__ = "0.1.0"

# jsonschema (of altair, nbformat) does without it when it is missing, and nothing here checks
# international addresses. Importing it builds dozens of parsers: seconds, in every process.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
