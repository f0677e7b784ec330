"""Reads GraphQL text: parse, limits, validation, variables. Nothing is planned or run here."""
