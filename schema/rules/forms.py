"""The forms that the values of some columns must have, by column name."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from schema.rules.problem import Code, Fault
from schema.values.addresses import canonical_url
from schema.values.currencies import currencies
from schema.values.languages import canonical_language
from schema.values.shown import shown
from schema.vocabulary import CREDIBILITIES

Form = Callable[[Any], Fault | None]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def slug(value: str) -> Fault | None:
    """Checks that the value is a slug, which is readable in a URL."""
    if _SLUG.fullmatch(value):
        return None
    return Fault(
        Code.BAD_SLUG,
        f"{shown(value)} is not made of a-z and 0-9 with single hyphens between them.",
    )


def url(value: str) -> Fault | None:
    """Checks that the value is an http or https URL."""
    try:
        canonical_url(value)
    except ValueError as error:
        return Fault(Code.BAD_URL, str(error))
    return None


def language(value: str) -> Fault | None:
    """Checks that the value is a well-formed BCP 47 tag."""
    try:
        canonical_language(value)
    except ValueError as error:
        return Fault(Code.BAD_LANGUAGE, str(error))
    return None


def currency(value: str) -> Fault | None:
    """Checks that ISO 4217 lists the currency, or has listed it."""
    if value in currencies():
        return None
    return Fault(Code.UNKNOWN_CURRENCY, f"ISO 4217 has no currency {shown(value)}.")


def credibility(value: int) -> Fault | None:
    """Checks that the value is a grade of the Admiralty code."""
    if str(value) in CREDIBILITIES.codes:
        return None
    first, *_, last = CREDIBILITIES.codes
    return Fault(Code.UNKNOWN_GRADE, f"{value} is not a grade; grades are {first} to {last}.")


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "slug": slug,
        "url": url,
        "language": language,
        "worth_currency": currency,
        "credibility": credibility,
    }
)

# The patterns of codes, by scheme.
CODE_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        scheme: re.compile(form, re.ASCII)
        for scheme, form in {
            "ISO_3166_1_ALPHA_2": "[A-Z]{2}",
            "ISO_3166_1_ALPHA_3": "[A-Z]{3}",
            "COW": "[1-9][0-9]{0,2}",
            "GLEDITSCH_WARD": "[1-9][0-9]{0,3}",
            "UCDP_ACTOR": "[1-9][0-9]{0,8}",
            "UCDP_CONFLICT": "[1-9][0-9]{0,8}",
            "COW_WAR": "[1-9][0-9]{0,4}",
            "VDEM": "[1-9][0-9]{0,3}",
            "WIKIDATA": "Q[1-9][0-9]{0,11}",
        }.items()
    }
)
