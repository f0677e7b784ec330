"""Earlier states of the data: how `@asOf` and `?asOf=` name them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from service import plan
from service.errors import BadInput, UnknownRevision
from service.planning.arguments import Argument

EXPECTED = "a moment with its offset from UTC (RFC 3339), such as 2026-11-01T00:00:00Z"


def moment(given: Mapping[str, Argument]) -> plan.Moment:
    """What `revision` or `time` names. Raises BadInput unless exactly one is given."""
    known = {name: value for name, value in given.items() if value is not None}
    if len(known) != 1:
        raise BadInput("asOf: give either `revision` or `time`.")
    ((name, value),) = known.items()
    return plan.Moment(name == "time", plan.Parameter(value, read_time if name == "time" else int))


def read_time(value: Any) -> str:
    """A moment as revisions have it: UTC, whole seconds, Z. Raises BadInput."""
    try:
        read = datetime.fromisoformat(value)
        if read.tzinfo is None or "T" not in value:
            raise ValueError(value)
        moment, now = read.astimezone(UTC), datetime.now(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadInput(f"{value!r} is not {EXPECTED}.") from None
    # In a second that is not over, there may yet be another write.
    if moment >= now.replace(microsecond=0):
        raise UnknownRevision(f"{value} is not past yet; ask about an earlier time.")
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}Z"


def check_revision(number: int, newest: int) -> int:
    """The revision asked about. Raises UnknownRevision where the data has not come so far."""
    if not 0 <= number <= newest:
        raise UnknownRevision(f"There is no revision {number}; the newest is {newest}.")
    return number
