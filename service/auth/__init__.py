"""Callers, roles and tokens. Independent of any transport."""
