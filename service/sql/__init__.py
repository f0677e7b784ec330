"""Compiles a plan to SQL: one statement per root, which returns the JSON text of its result."""
