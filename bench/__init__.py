"""Reproducible comparisons of AllyGraph with other servers, as ratios: `python -m bench`."""
