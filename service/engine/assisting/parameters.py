"""Turns the arguments of a tool into parameters of a REST address, which the citation names."""

import re
from collections.abc import Iterator, Mapping

from service.engine.reconciling.queries import CHARACTERS_MOST
from service.errors import BadInput

Pairs = list[tuple[str, str]]

# The maximum number of items, so that a result fits into an assistant's context.
ITEMS_MOST = 50
_ID = re.compile("[a-z]+_[0-9]{1,18}")

# The arguments that several tools share, each with its REST parameter.
_SUPPORTS: Mapping[str, str] = {
    "supporter": "supporter",
    "recipient": "recipient",
    "against": "against",
    "conflict": "conflict",
    "dataset": "dataset",
}


def support_pairs(arguments: Mapping[str, str | None]) -> Pairs:
    """Returns the filters of supports as REST parameters. Ids or slugs name the records."""
    return list(_support_pairs(arguments))


def _support_pairs(arguments: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, text in arguments.items():
        if text is None:
            continue
        if name in _SUPPORTS:
            yield reference_pair(_SUPPORTS[name], text)
        else:
            # A filter by a kind includes all kinds below it.
            yield {"kind": "kind.under", "at": "validAt", "as_of": "asOf"}.get(name, name), text


def reference_pair(path: str, text: str) -> tuple[str, str]:
    """Returns a filter by a record's id or slug. Only ids have an underscore."""
    return f"{path}.{'id' if _ID.fullmatch(text) else 'slug'}", text


def checked_count(first: int) -> int:
    """Returns the number of items. Raises BadInput if it is out of range."""
    if not 1 <= first <= ITEMS_MOST:
        raise BadInput(f"`first` must be between 1 and {ITEMS_MOST}, but is {first}.")
    return first


def checked_name(name: str) -> str:
    """Returns the name if an actor can have it. Raises BadInput."""
    if not any(map(str.isalnum, name)):
        raise BadInput("`name` has no letters or digits; give a name, a code or a slug.")
    if len(name) > CHARACTERS_MOST:
        raise BadInput(f"`name` has {len(name)} characters; the limit is {CHARACTERS_MOST}.")
    return name
