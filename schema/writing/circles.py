"""References between records of one type that must not form a circle, of any length."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from schema.rules.problem import Code

Key = TypeVar("Key", bound=int | str)

# By column. In a circle of corrections all statements would be withdrawn, and in a circle of parts
# no data set would be the whole.
CODES: Mapping[str, Code] = MappingProxyType(
    {"corrects_id": Code.CORRECTS_ITSELF, "part_of_id": Code.PART_OF_ITSELF}
)
FIELDS: Mapping[str, str] = MappingProxyType({"corrects_id": "corrects", "part_of_id": "partOf"})

# A longer chain is refused, which limits the cost of a write. Real chains have a few steps.
STEPS_MOST = 100


def wrong_way(
    own: Key,
    start: Key,
    field: str,
    following: Callable[[Key], Key | None],
    called: Callable[[Key], str] = str,
) -> str | None:
    """Returns the error of a reference from `own` to `start` that closes a circle, or None.

    `following`: returns the record to which a record refers in turn. `called`: returns its name for
    a message. A chain that is too long is an error as well.
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
