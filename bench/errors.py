"""What keeps a comparison from being made."""


class BenchError(Exception):
    """Said to the person in one line; the command then exits with a status that is not 0."""
