"""Normalises the text of a cell to the form that records have, without invisible characters."""

import re
import unicodedata

from schema.values.characters import CONTROLS, DIRECTIONS, UNSEEN

_LINE_ENDS = re.compile(r"\r\n?|[\v\f]")
_DIRECTIONS = re.compile(f"[{DIRECTIONS}]")
_CONTROL = re.compile(f"[{CONTROLS}]")
_SEEN = re.compile(f"[^{UNSEEN}]")


def within(text: str, most: int) -> str:
    """Returns the text unchanged. Raises ValueError if it has more than `most` characters."""
    if len(text) > most:
        raise ValueError(f"A text has {len(text)} characters, and may have {most}")
    return text


def plain(cell: str) -> str:
    """Returns the cell with line feeds as its only line ends, in Unicode's normal form C.

    Direction marks, which come with copied text, are removed. A cell without a visible character
    becomes empty. Raises ValueError for other control characters, whose meaning is unknown.
    """
    if cell.isascii() and cell.isprintable():
        return cell
    text = _DIRECTIONS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", cell)))
    control = _CONTROL.search(text)
    if control:
        raise ValueError(f"It has the control character U+{ord(control[0]):04X} in it.")
    return text if _SEEN.search(text) else ""
