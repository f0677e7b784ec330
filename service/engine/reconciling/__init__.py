"""Reconciliation: finds the actor that a name or a code means (W3C reconciliation API 0.2).

`queries.py` reads requests within limits; `matching.py` has the filters that find candidates, and
their scores; `answers.py` has the forms of the responses; `reconciling.py` runs it all on the
engine.
"""
