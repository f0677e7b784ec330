"""Registered documents take limited memory, and the most recently used stay."""

import pytest

from service.documents.registered_documents import RegisteredDocuments


def test_least_recently_used_document_is_dropped() -> None:
    store = RegisteredDocuments(3_000)
    for id in "abcdefghi":
        store.register(id, "x" * 60)
        # "a" is used throughout.
        store.find("a")
    assert store.find("a")
    assert store.find("b") is None
    assert store.find("i")


@pytest.mark.parametrize("letter", ["x", "\N{EURO SIGN}"], ids=["one byte", "up to four"])
def test_document_that_would_take_much_of_the_space_is_not_stored(letter: str) -> None:
    store = RegisteredDocuments(4_000)
    most = 200 if letter.isascii() else 50
    store.register("long", letter * (most + 1))
    store.register("short", letter * most)
    assert store.find("long") is None
    assert store.find("short")
