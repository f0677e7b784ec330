"""Finds ambiguous numbers: `1.500` may be one and a half, or fifteen hundred.

Other numbers of the file may show which sign is the decimal sign. If they do not, the file is
refused.
"""

import re
from collections.abc import Iterable

from seeds.files.numbers import ungrouped

_SIGN = r"[-+]?"
# One group of three digits after a point or a comma: decimals, or thousands.
_THREE_BEHIND = re.compile(rf"{_SIGN}[1-9]\d{{0,2}}[.,]\d{{3}}", re.ASCII)
_ONE_COMMA = re.compile(rf"{_SIGN}\d+,\d+", re.ASCII)


def _shows(decimal: str, thousands: str) -> re.Pattern[str]:
    """Returns a pattern of numbers that are unambiguous with these signs."""
    several = rf"\d{{1,3}}(?:{thousands}\d{{3}}){{2,}}(?:{decimal}\d+)?"
    both = rf"\d{{1,3}}{thousands}\d{{3}}{decimal}\d+"
    return re.compile(rf"{_SIGN}(?:{several}|{both}|\d*{decimal}\d+(?:[eE].*)?)", re.ASCII)


_DECIMAL_POINT, _DECIMAL_COMMA = _shows(r"\.", ","), _shows(",", r"\.")


class Figure(str):
    """The text of a cell that the file stores as a number: its point is a decimal point."""

    __slots__ = ()


def doubt(text: str, *, has_commas_between: bool, others: "Shown") -> str | None:
    """Returns the reason why a number is ambiguous, or None.

    `has_commas_between`: whether commas separate the columns of the file. Such files use decimal
    points unless other numbers show the opposite.
    """
    if isinstance(text, Figure):
        return None
    plain = ungrouped(text)
    if not has_commas_between and _ONE_COMMA.fullmatch(plain):
        return "whose comma may be a decimal comma"
    if _THREE_BEHIND.fullmatch(plain):
        sign = "comma" if "," in plain else "point"
        if others.decimal_comma:
            return f"whose {sign} may be another one than in numbers that have a decimal comma"
        if not has_commas_between and not others.decimal_point:
            return "whose point may separate thousands: no other number has a decimal point"
    return None


class Shown:
    """The decimal signs that a file's numbers show. They are read once, if one is ambiguous."""

    def __init__(self, numbers: Iterable[str]) -> None:
        """Stores the numbers without reading them."""
        self._numbers = numbers
        self._found: tuple[bool, bool] | None = None

    @property
    def decimal_point(self) -> bool:
        """Whether a number is valid only with decimal points and commas between thousands."""
        return self._read()[0]

    @property
    def decimal_comma(self) -> bool:
        """Whether a number is valid only with decimal commas and points between thousands."""
        return self._read()[1]

    def _read(self) -> tuple[bool, bool]:
        if self._found is None:
            point = comma = False
            for text in self._numbers:
                plain = ungrouped(text)
                if not isinstance(text, Figure) and not _THREE_BEHIND.fullmatch(plain):
                    point = point or bool(_DECIMAL_POINT.fullmatch(plain))
                    comma = comma or bool(_DECIMAL_COMMA.fullmatch(plain))
            self._found = point, comma
        return self._found
