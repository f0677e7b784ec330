"""The canonical spelling of values, by which records are stored, found and compared.

Text is in Unicode's normal form C, so that each accent has one encoding. Addresses, language tags
and codes have one spelling each, regardless of case.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column

from schema.records.columns import Meaning, Scalar
from schema.values.addresses import canonical_url
from schema.values.decimals import canonical_decimal
from schema.values.languages import canonical_language

_Spell = Callable[[str], str]


def canonical_code(code: str) -> str:
    """Returns a code in capital letters, without surrounding blanks or leading zeros."""
    plain = code.strip().upper()
    return plain.lstrip("0") or "0" if plain.isdecimal() and plain.isascii() else plain


# Functions by the name of the column. A column `value` beside a `scheme` is a code.
_SPELLINGS: Mapping[str, _Spell] = MappingProxyType(
    {"url": canonical_url, "language": canonical_language}
)


def canonical(column: Column[Any], value: str) -> str:
    """Returns the canonical spelling of a text or an amount of a column.

    An invalid value is returned unchanged; the rules report it.
    """
    is_text, spell = _spelling(column)
    # Most text is ASCII, which is always in normal form C.
    if is_text and not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if spell is None:
        return value
    try:
        return spell(value)
    except ValueError:
        return value


@lru_cache(maxsize=1024)
def _spelling(column: Column[Any]) -> tuple[bool, _Spell | None]:
    """Returns whether a column holds text, and the function for its spelling, if any."""
    meaning: Meaning | None = column.info.get("meaning")
    scalar = meaning.scalar if meaning else None
    if scalar is Scalar.DECIMAL:
        return False, canonical_decimal
    if scalar is Scalar.TEXT and column.name == "value" and "scheme" in column.table.c:
        return True, canonical_code
    return scalar is Scalar.TEXT, _SPELLINGS.get(column.name)
