"""Costs as the data grows: the same questions in a small world and in a large one.

This package has only the questions and the worlds. Servers and databases are those of the bench.
"""
