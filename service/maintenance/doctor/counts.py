"""Checks the stored counts of supports."""

from sqlalchemy import Engine

from schema.writing.support_counts import count_differences
from service.errors import AllyGraphError


def support_counts(engine: Engine) -> str:
    """Counts all supports again. Raises AllyGraphError if a stored count differs."""
    with engine.connect() as connection:
        different = count_differences(connection)
    if different:
        raise AllyGraphError(
            f"{different} numbers of supports are wrong, so totals and totalCount are; go back to "
            "migration 0008 and migrate again"
        )
    return "the numbers of supports are right"
