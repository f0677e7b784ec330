"""Canonical spellings, as tables of examples from the standards."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.concepts import CONCEPTS
from schema.values.addresses import canonical_url
from schema.values.canonical import canonical
from schema.values.languages import canonical_language

# Most are examples of RFC 3986, sections 5.2.4, 5.4, 6.2.2 and 6.2.3.
URLS = [
    ("HTTP://www.EXAMPLE.com/", "http://www.example.com/"),
    ("http://example.com", "http://example.com/"),
    ("http://example.com:/", "http://example.com/"),
    ("http://example.com:80/", "http://example.com/"),
    ("https://example.com:443/", "https://example.com/"),
    ("https://example.com:0443/", "https://example.com/"),
    ("https://example.com:80/", "https://example.com:80/"),
    ("http://example.com/%7Efoo", "http://example.com/~foo"),
    ("http://example.com/%7efoo%2fbar", "http://example.com/~foo%2Fbar"),
    ("http://ex%61mple.com/%41%2d%5f", "http://example.com/A-_"),
    ("http://example.com/a/./b/../../c", "http://example.com/c"),
    ("http://example.com/a/%2E%2e/b", "http://example.com/b"),
    ("http://example.com/../g", "http://example.com/g"),
    ("http://example.com/a/..", "http://example.com/"),
    ("http://example.com/a/.", "http://example.com/a/"),
    ("http://example.com/a//b/", "http://example.com/a//b/"),
    ("http://example.com/g;x=1/../y", "http://example.com/y"),
    ("http://example.com?a=1", "http://example.com/?a=1"),
    ("http://example.com/?a=%3d&b=../c", "http://example.com/?a=%3D&b=../c"),
    ("http://example.com/?", "http://example.com/?"),
    ("http://example.com/#%41/../b", "http://example.com/#A/../b"),
    ("http://example.com/100%", "http://example.com/100%25"),
    ("http://example.com/a|b", "http://example.com/a%7Cb"),
    ("http://[2001:DB8:0:0::1]:80/", "http://[2001:db8::1]/"),
    (
        "https://uk.wikipedia.org/wiki/Київ",
        "https://uk.wikipedia.org/wiki/%D0%9A%D0%B8%D1%97%D0%B2",
    ),
    (
        "https://uk.wikipedia.org/wiki/Киі\u0308в",
        "https://uk.wikipedia.org/wiki/%D0%9A%D0%B8%D1%97%D0%B2",
    ),
    ("https://Приклад.укр/", "https://xn--80aikifvh.xn--j1amh/"),
]


@pytest.mark.parametrize(("given", "expected"), URLS)
def test_a_url_has_one_spelling(given: str, expected: str) -> None:
    assert canonical_url(given) == expected
    assert canonical_url(expected) == expected


# Appendix A and section 2.1.1 of RFC 5646.
TAGS = [
    *(
        "de",
        "zh-Hant",
        "zh-cmn-Hans-CN",
        "sr-Latn-RS",
        "sl-rozaj-biske",
        "de-CH-1901",
        "hy-Latn-IT",
    ),
    *(
        "sl-IT-nedis",
        "de-DE",
        "es-419",
        "de-CH-x-phonebk",
        "az-Arab-x-aze-derbend",
        "en-US-u-islamcal",
    ),
    *(
        "zh-CN-a-myext-x-private",
        "en-a-myext-b-another",
        "mn-Cyrl-MN",
        "en-CA-x-ca",
        "az-Latn-x-latn",
    ),
]


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_tag_is_the_same_in_any_case(tag: str) -> None:
    assert {canonical_language(each) for each in (tag, tag.upper(), tag.lower())} == {tag}


@given(st.text())
def test_a_spelling_is_spelled_by_itself(text: str) -> None:
    for name in ("name", "slug"):
        column = CONCEPTS["Actor"].attribute(name).column
        assert canonical(column, text) == unicodedata.normalize("NFC", text)
    for name in ("url", "title"):
        column = CONCEPTS["Source"].attribute(name).column
        once = canonical(column, f"http://example.org/{text}")
        assert canonical(column, once) == once


CODES = [
    ("ru", "RU"),
    (" RU\n", "RU"),
    ("365", "365"),
    ("002", "2"),
    ("q42", "Q42"),
    ("000", "0"),
    ("٣", "٣"),
]


@pytest.mark.parametrize(("given", "expected"), CODES)
def test_a_code_has_one_spelling(given: str, expected: str) -> None:
    (value,) = (
        a for name, a in CONCEPTS["Actor"].members["codes"].attributes.items() if name == "value"
    )  # type: ignore[union-attr]
    assert canonical(value.column, given) == expected
