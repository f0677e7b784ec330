"""What stands in JSON as it is has nothing in it that JSON would escape."""

import json
from typing import Any

import pytest

from schema.concepts import CONCEPTS, Attribute, Owned
from schema.records.columns import Scalar
from schema.rules import needs_no_escaping, problems


def _attributes() -> dict[str, Attribute]:
    found = {}
    for concept in CONCEPTS.values():
        for member in (*concept.members.values(), *concept.attributes):
            inner: Any = getattr(member, "attributes", {member.name: member})
            for attribute in inner.values():
                if isinstance(attribute, Attribute) and not isinstance(member, Owned):
                    found[f"{attribute.column.table.name}.{attribute.column.name}"] = attribute
    return found


UNESCAPED = {
    name: attribute for name, attribute in _attributes().items() if needs_no_escaping(attribute)
}


@pytest.mark.parametrize("character", ['"', "\\", "\n", "\t", "\x7f", "é"])
@pytest.mark.parametrize("name", UNESCAPED)
def test_the_rules_let_in_nothing_that_json_escapes(name: str, character: str) -> None:
    column = UNESCAPED[name].column
    if UNESCAPED[name].meaning.scalar is Scalar.TIME:
        return
    for value in (character, f"a{character}", f"{character}1", f"2024{character}"):
        paths = {problem.path for problem in problems(column.table, {column.name: value})}
        assert UNESCAPED[name].name in {path[-1] for path in paths}, value


def test_no_term_has_anything_to_escape() -> None:
    for attribute in UNESCAPED.values():
        for code in attribute.meaning.vocabulary.codes if attribute.meaning.vocabulary else ():
            assert json.dumps(code) == f'"{code}"'


@pytest.mark.parametrize("name", ["actor.name", "source.url", "actor_code.value"])
def test_texts_of_any_form_are_escaped(name: str) -> None:
    assert name not in UNESCAPED
