"""Reconciliation: which actor a name or a code means (W3C reconciliation API 0.2).

`queries.py` reads what a client sends, within limits; `matching.py` says where candidates are
looked for and how well each matches; `answers.py` has the forms of the answers; `reconciling.py`
runs it all on the engine.
"""
