"""Objects may have more keys than a function call of a database accepts.

SQLite accepts 63 with their values, PostgreSQL 50.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ask

KEYS = [f"key_{number}" for number in range(130)]

# A document with a field of an object, and the path of the object in the result.
OBJECTS = {
    "record": ('{ actor(by: {slug: "iran"}) { name } }', ["actor"], "name"),
    "record of a page": ("{ supports { nodes { kind } } }", ["supports", "nodes", 0], "kind"),
    "record at an edge's end": (
        "{ supports { nodes { supporter { slug } } } }",
        ["supports", "nodes", 0, "supporter"],
        "slug",
    ),
    "object within a record": (
        "{ supports(where: {quantity: {unit: {isNull: false}}}) { nodes { quantity { unit } } } }",
        ["supports", "nodes", 0, "quantity"],
        "unit",
    ),
    "computed object": (
        "{ supports { nodes { assessment { asserting } } } }",
        ["supports", "nodes", 0, "assessment"],
        "asserting",
    ),
    "item of a list": (
        '{ actor(by: {slug: "iran"}) { codes { value } } }',
        ["actor", "codes", 0],
        "value",
    ),
    "page": ("{ supports { totalCount } }", ["supports"], "totalCount"),
    "facts about a page": (
        "{ supports { pageInfo { endCursor } } }",
        ["supports", "pageInfo"],
        "endCursor",
    ),
    "edge": ("{ supports { edges { cursor } } }", ["supports", "edges", 0], "cursor"),
    "change": ("{ changes(since: 0) { nodes { id } } }", ["changes", "nodes", 0], "id"),
    "changed field": (
        "{ changes(since: 0) { nodes { fields { field } } } }",
        ["changes", "nodes", 0, "fields", 0],
        "field",
    ),
}


@pytest.mark.parametrize(("document", "path", "field"), OBJECTS.values(), ids=OBJECTS)
def test_an_object_has_as_many_keys_as_were_asked_for(
    ask: Ask, seeded: Path, document: str, path: Sequence[str | int], field: str
) -> None:
    (value,) = _at(ask(seeded, document), path).values()
    wide = document.replace(f"{{ {field} }}", f"{{ {' '.join(_aliased(field))} }}")
    found = _at(ask(seeded, wide), path)
    assert list(found.items()) == [(key, value) for key in KEYS]


def _aliased(field: str) -> list[str]:
    return [f"{key}: {field}" for key in KEYS]


def _at(answer: Any, path: Sequence[str | int]) -> dict[str, Any]:
    found = answer["data"]
    for step in path:
        found = found[step]
    assert isinstance(found, dict)
    return found
