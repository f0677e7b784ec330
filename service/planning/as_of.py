"""Earlier states of the data: how `@asOf`, `?asOf=` and the header `AllyGraph-As-Of` name them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from schema.values.shown import shown
from service import plan
from service.errors import BadInput, UnknownRevision
from service.planning.arguments import Argument

REVISION_DIGITS_MOST = 15

EXPECTED = "a revision number, or an RFC 3339 time with a UTC offset, such as 2026-11-01T00:00:00Z"


def moment(arguments: Mapping[str, Argument]) -> plan.Moment:
    """Returns the moment that `revision` or `time` names.

    Raises BadInput unless exactly one of the two is set.
    """
    present = {name: value for name, value in arguments.items() if value is not None}
    if len(present) != 1:
        raise BadInput("asOf: set exactly one of `revision` and `time`.")
    ((name, value),) = present.items()
    return plan.Moment(name == "time", plan.Parameter(value, read_time if name == "time" else int))


def moment_arguments(text: str) -> dict[str, Any]:
    """Returns the arguments of `@asOf` for a text: digits are a revision, all else is a time."""
    if not (text.isascii() and text.isdigit()):
        return {"time": text}
    if len(text) > REVISION_DIGITS_MOST:
        raise UnknownRevision(f"Unknown revision {text[:20]}...; it has too many digits.")
    return {"revision": int(text)}


def read_time(value: Any) -> str:
    """Reads a time in the format of revisions: UTC, whole seconds, Z.

    Raises BadInput; UnknownRevision for a time that is not in the past.
    """
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is None or "T" not in value:
            raise ValueError(value)
        moment, now = parsed.astimezone(UTC), datetime.now(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadInput(f"asOf: {shown(value)} is invalid; use {EXPECTED}.") from None
    # Another write may follow within the current second.
    if moment >= now.replace(microsecond=0):
        raise UnknownRevision(f"asOf: {value} is not in the past; use an earlier time.")
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}Z"


def check_revision(number: int, newest: int) -> int:
    """Returns `number`. Raises UnknownRevision if it is later than `newest`, or negative."""
    if not 0 <= number <= newest:
        raise UnknownRevision(f"Unknown revision {number}; the newest is {newest}.")
    return number
