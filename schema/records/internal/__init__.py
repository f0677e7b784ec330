"""The tables that the service keeps for itself beside the records: history, former names, tokens.

Nothing that is a concept: clients never select these tables.
"""
