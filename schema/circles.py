"""References within one type that must not lead back to where they begin, however long the way."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from schema.rules.problem import Code

Key = TypeVar("Key", bound=int | str)

# By the column: all statements of a circle would be withdrawn, and no data set of one be the whole.
CODES: Mapping[str, Code] = MappingProxyType(
    {"corrects_id": Code.CORRECTS_ITSELF, "part_of_id": Code.PART_OF_ITSELF}
)
FIELDS: Mapping[str, str] = MappingProxyType({"corrects_id": "corrects", "part_of_id": "partOf"})

# A longer way is refused, so that the cost of a write has a bound. Real ones have a few steps.
STEPS_MOST = 100


def wrong_way(
    own: Key,
    start: Key,
    field: str,
    following: Callable[[Key], Key | None],
    called: Callable[[Key], str] = str,
) -> str | None:
    """What is wrong with a reference of the record `own` to `start`; None if nothing is.

    `following`: to what a record refers in turn; `called`: what a message calls it.
    """
    last, at = own, start
    for _ in range(STEPS_MOST):
        if at == own:
            return f"`{field}` of {called(last)} leads back here; change that first."
        after = following(at)
        if after is None:
            return None
        last, at = at, after
    return f"It leads through more than {STEPS_MOST} records; shorten that chain first."
