"""Floor 4: numbers into words, charts, tables, notebooks and reports."""
