"""Exports: all matching records of a collection, as of one revision, in a file."""
