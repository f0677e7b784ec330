"""Values that are written into JSON unchanged have no character that needs escaping."""

import json
from collections.abc import Iterator

import pytest

from schema.concepts import CONCEPTS, Attribute, Group, Owned
from schema.records.columns import Scalar
from schema.rules import problems


def _attributes() -> Iterator[Attribute]:
    for concept in CONCEPTS.values():
        for member in concept.members.values():
            match member:
                case Attribute():
                    yield member
                case Group(attributes=inner) | Owned(attributes=inner):
                    yield from inner.values()


UNESCAPED = {str(each.column): each for each in _attributes() if each.needs_no_escaping}

# No client sets a time: a revision takes its time from the clock.
GIVEN = [name for name, each in UNESCAPED.items() if each.meaning.scalar is not Scalar.TIME]


@pytest.mark.parametrize("character", ['"', "\\", "\n", "\t", "\x7f", "é"])
@pytest.mark.parametrize("name", GIVEN)
def test_the_rules_let_in_nothing_that_json_escapes(name: str, character: str) -> None:
    column = UNESCAPED[name].column
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
