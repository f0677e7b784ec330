"""Exports: all records of a collection that match, of one revision, as CSV or as lines of JSON."""
