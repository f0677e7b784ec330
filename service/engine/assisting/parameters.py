"""Turns the arguments of a tool into the parameters of an address, which it is cited by."""

import re
from collections.abc import Iterator, Mapping

from service.engine.reconciling.queries import CHARACTERS_MOST
from service.errors import BadInput

Pairs = list[tuple[str, str]]

# More than this no assistant reads.
ITEMS_MOST = 50
_ID = re.compile("[a-z]+_[0-9]{1,18}")

# The arguments that several tools share, with the parameter that each becomes.
_SUPPORTS: Mapping[str, str] = {
    "supporter": "supporter",
    "recipient": "recipient",
    "against": "against",
    "conflict": "conflict",
    "dataset": "dataset",
}


def support_pairs(arguments: Mapping[str, str | None]) -> Pairs:
    """The filters of supports. A record is named by its id or its slug."""
    return list(_support_pairs(arguments))


def _support_pairs(arguments: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, text in arguments.items():
        if text is None:
            continue
        if name in _SUPPORTS:
            yield reference_pair(_SUPPORTS[name], text)
        else:
            # A kind stands for all kinds below it as well.
            yield {"kind": "kind.under", "at": "validAt", "as_of": "asOf"}.get(name, name), text


def reference_pair(path: str, text: str) -> tuple[str, str]:
    """The filter of a record that is named by its id or its slug. No slug has an underscore."""
    return f"{path}.{'id' if _ID.fullmatch(text) else 'slug'}", text


def checked_count(first: int) -> int:
    """The number of items. Raises BadInput."""
    if not 1 <= first <= ITEMS_MOST:
        raise BadInput(f"`first` must be between 1 and {ITEMS_MOST}, but is {first}.")
    return first


def checked_name(name: str) -> str:
    """What an actor may be called. Raises BadInput."""
    if not any(map(str.isalnum, name)):
        raise BadInput("`name` has no letters or digits; give a name, a code or a slug.")
    if len(name) > CHARACTERS_MOST:
        raise BadInput(f"`name` has {len(name)} characters; the limit is {CHARACTERS_MOST}.")
    return name
