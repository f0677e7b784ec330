"""Filters by the time at which records are valid: `validAt` and `validDuring`."""

from collections.abc import Callable, Mapping
from typing import Any

from schema.concepts import Concept
from schema.operators import RANGE_ENDS
from service.errors import BadInput
from service.plan import Parameter, Valid
from service.planning.arguments import Argument
from service.planning.values import read_earliest, read_latest

VALID_AT, VALID_DURING = "validAt", "validDuring"

# The ends of a period without a start, or without an end.
_FIRST_DAY, _LAST_DAY = "0001-01-01", "9999-12-31"


def valid_at(concept: Concept, date: Argument) -> Valid:
    """Returns the condition for records that are valid at some time within a date."""
    return Valid(concept, Parameter(date, read_earliest), Parameter(date, read_latest))


def valid_during(concept: Concept, period: Mapping[str, Argument]) -> Valid:
    """Returns the condition for records that are valid at some time within a period.

    Raises BadInput for a period without ends.
    """
    start, end = (period.get(name) for name in RANGE_ENDS)
    if start is None and end is None:
        raise BadInput(f"{VALID_DURING} has neither `from` nor `to`; give at least one of them.")
    ends = [start, end]
    return Valid(
        concept,
        Parameter(ends, _end_reader(lambda first, _: first)),
        Parameter(ends, _end_reader(lambda _, last: last)),
    )


def _end_reader(choose: Callable[[str, str], str]) -> Callable[[Any], str]:
    def read(ends: list[Any]) -> str:
        start, end = ends
        first = _FIRST_DAY if start is None else read_earliest(start)
        last = _LAST_DAY if end is None else read_latest(end)
        if last < first:
            raise BadInput(f"{VALID_DURING} ends on {end}, before it begins on {start}; swap them.")
        return choose(first, last)

    return read
