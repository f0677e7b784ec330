"""How a message quotes a value that came in: short, whatever it is."""

import reprlib
from types import MappingProxyType
from typing import Any

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 120
_SHORT.maxlevel = 2
_OF_JSON = MappingProxyType({None: "null", True: "true", False: "false"})


def shown(value: Any) -> str:
    """The value as Python writes it, with its middle left out where it is long or deep.

    Null, true and false are as JSON writes them.
    """
    if value is None or isinstance(value, bool):
        return _OF_JSON[value]
    try:
        return _SHORT.repr(value)
    except ValueError:
        # Python refuses to write out a number of thousands of digits.
        return "A number this long"
