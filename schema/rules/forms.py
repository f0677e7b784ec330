"""The forms that some fields must have, by the name of their column."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from schema.rules.problem import Code, Fault
from schema.shown import shown
from schema.vocabulary import CREDIBILITIES

Form = Callable[[Any], Fault | None]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)

# The grammar of RFC 5646 without its relics and what it reserves: language, extended language,
# script, region, variants, extensions, private use. Whether a registry knows them is not asked.
_LANGUAGE = re.compile(
    r"""[a-z]{2,3} (?:-[a-z]{3}){0,3}
        (?: - [a-z]{4} )?
        (?: - (?: [a-z]{2} | [0-9]{3} ) )?
        (?: - (?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: - [0-9a-wy-z] (?: - [a-z0-9]{2,8} )+ )*
        (?: - x (?: - [a-z0-9]{1,8} )+ )?
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def slug(value: str) -> Fault | None:
    """A name that reads well in an address."""
    if _SLUG.fullmatch(value):
        return None
    return Fault(
        Code.BAD_SLUG,
        f"{shown(value)} is not made of a-z and 0-9 with single hyphens between them.",
    )


def url(value: str) -> Fault | None:
    """An address that a browser opens."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", value)
    except ValueError:
        good = False
    return None if good else Fault(Code.BAD_URL, f"{shown(value)} is not an http or https address.")


@lru_cache(maxsize=256)
def language(value: str) -> Fault | None:
    """A well-formed BCP 47 tag."""
    if _LANGUAGE.fullmatch(value):
        return None
    return Fault(
        Code.BAD_LANGUAGE, f"{shown(value)} is not a BCP 47 language tag such as en or uk-UA."
    )


@lru_cache(maxsize=256)
def currency(value: str) -> Fault | None:
    """A currency that ISO 4217 lists."""
    # Its tables are read from disk, and most requests name no currency.
    import pycountry

    if value.isupper() and pycountry.currencies.get(alpha_3=value):
        return None
    return Fault(Code.UNKNOWN_CURRENCY, f"ISO 4217 has no currency {shown(value)}.")


def credibility(value: int) -> Fault | None:
    """A grade of the Admiralty code."""
    if str(value) in CREDIBILITIES.codes:
        return None
    first, *_, last = CREDIBILITIES.codes
    return Fault(Code.UNKNOWN_GRADE, f"{value} is no grade: they run from {first} to {last}.")


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "slug": slug,
        "url": url,
        "language": language,
        "quantity_currency": currency,
        "credibility": credibility,
    }
)
