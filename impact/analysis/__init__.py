"""Ensembles, calibration, backtest and stored results on top of the model."""
