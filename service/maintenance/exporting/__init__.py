"""Exports to files: one table, or the whole database as a folder that describes itself."""
