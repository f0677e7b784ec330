"""The canonical spelling of a language tag, by BCP 47."""

import re
from functools import lru_cache

from schema.values.shown import shown

# The grammar of RFC 5646 without grandfathered and reserved tags: language, extended language,
# script, region, variants, extensions, private use. Subtags are not looked up in a registry.
_TAG = re.compile(
    r"""[a-z]{2,3} (?:-[a-z]{3}){0,3}
        (?: - [a-z]{4} )?
        (?: - (?: [a-z]{2} | [0-9]{3} ) )?
        (?: - (?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: - [0-9a-wy-z] (?: - [a-z0-9]{2,8} )+ )*
        (?: - x (?: - [a-z0-9]{1,8} )+ )?
    """,
    re.ASCII | re.VERBOSE,
)

_REGION, _SCRIPT = 2, 4


@lru_cache(maxsize=256)
def canonical_language(text: str) -> str:
    """Returns a well-formed tag in the case of RFC 5646, section 2.1.1.

    For example `uk-UA`, `zh-Hant-TW`, `en-x-us`. Raises ValueError for other text.
    """
    if not text.isascii() or not _TAG.fullmatch(text.lower()):
        raise ValueError(f"{shown(text)} is not a BCP 47 language tag such as en or uk-UA.")
    language, *others = text.lower().split("-")
    spelled, is_extended = [language], False
    for subtag in others:
        is_extended = is_extended or len(subtag) == 1
        if not is_extended and len(subtag) == _REGION:
            spelled.append(subtag.upper())
        elif not is_extended and len(subtag) == _SCRIPT and subtag.isalpha():
            spelled.append(subtag.capitalize())
        else:
            spelled.append(subtag)
    return "-".join(spelled)
