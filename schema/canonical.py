"""The one spelling of a value that has several: by it records are stored, found and compared.

Text is in Unicode's normal form C, so that an accent is written in one way. Addresses, language
tags and codes have one spelling each, whatever their case.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column

from schema.addresses import canonical_url
from schema.decimals import canonical_decimal
from schema.languages import canonical_language
from schema.records.columns import Meaning, Scalar

_Spell = Callable[[str], str]


def canonical_code(code: str) -> str:
    """A code of a scheme: capital letters, without blanks around it or leading zeros."""
    plain = code.strip().upper()
    return plain.lstrip("0") or "0" if plain.isdecimal() and plain.isascii() else plain


# By the name of the column. The value of a code stands beside its scheme.
_SPELLINGS: Mapping[str, _Spell] = MappingProxyType(
    {"url": canonical_url, "language": canonical_language}
)


def canonical(column: Column[Any], value: str) -> str:
    """The one spelling of a text or an amount that is to be stored in a column, or found there.

    What can't be read is returned as it is: the rules say what is wrong with it.
    """
    is_text, spell = _spelling(column)
    # Most text is ASCII, which has one form.
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
    """Whether a column holds text, and what spells its values; None: they have one spelling."""
    meaning: Meaning | None = column.info.get("meaning")
    scalar = meaning.scalar if meaning else None
    if scalar is Scalar.DECIMAL:
        return False, canonical_decimal
    if scalar is Scalar.TEXT and column.name == "value" and "scheme" in column.table.c:
        return True, canonical_code
    return scalar is Scalar.TEXT, _SPELLINGS.get(column.name)
