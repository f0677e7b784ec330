"""Errors of the bench."""


class BenchError(Exception):
    """A comparison can't be made. The command prints the message and exits with status 1."""
