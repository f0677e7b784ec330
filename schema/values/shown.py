"""Quotes a client's value in a message, shortened if it is long."""

import reprlib
from types import MappingProxyType
from typing import Any

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 120
_SHORT.maxlevel = 2
_OF_JSON = MappingProxyType({None: "null", True: "true", False: "false"})


def shown(value: Any) -> str:
    """Returns the value as Python writes it, with the middle left out if it is long or deep.

    Null, true and false are written as in JSON.
    """
    if value is None or isinstance(value, bool):
        return _OF_JSON[value]
    try:
        return _SHORT.repr(value)
    except ValueError:
        # Python refuses to format a number of thousands of digits.
        return "A number this long"
