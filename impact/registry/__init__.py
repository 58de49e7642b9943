"""From text files in ``parameters/`` to checked, dated, unit-bearing values.

This package imports nothing by itself, so that the model can use ``eenheden`` and ``periode``
without reading files.
"""
