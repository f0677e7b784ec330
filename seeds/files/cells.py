"""The text of a cell as records can have it: in one spelling, without what nobody sees."""

import re
import unicodedata

from schema.characters import CONTROLS, DIRECTIONS, UNSEEN

_LINE_ENDS = re.compile(r"\r\n?|[\v\f]")
_DIRECTIONS = re.compile(f"[{DIRECTIONS}]")
_CONTROL = re.compile(f"[{CONTROLS}]")
_SEEN = re.compile(f"[^{UNSEEN}]")


def within(text: str, most: int) -> str:
    """The text. Raises ValueError if it has more characters than a record can hold."""
    if len(text) > most:
        raise ValueError(f"A text has {len(text)} characters, and may have {most}")
    return text


def plain(cell: str) -> str:
    """The cell with one character for all line ends, in Unicode's normal form C.

    Marks of direction, which come with text that was copied, are left out. A cell of which nothing
    is visible is empty. Raises ValueError for other control characters, whose meaning is unknown.
    """
    if cell.isascii() and cell.isprintable():
        return cell
    text = _DIRECTIONS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", cell)))
    control = _CONTROL.search(text)
    if control:
        raise ValueError(f"It has the control character U+{ord(control[0]):04X} in it.")
    return text if _SEEN.search(text) else ""
