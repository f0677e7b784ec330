"""Callers, roles and tokens. No transport comes in here."""
