"""Reproducible comparisons of AllyGraph with its peers, printed as ratios: `python -m bench`."""
