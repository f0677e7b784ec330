"""Documents that differ only in their literals share a template and keep their results."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.database import database_at
from service.documents.documents import GraphQLRequest
from service.documents.lifting import lift
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.errors import AllyGraphError
from service.request.context import RequestContext
from service.settings import Settings
from tests.stores import url_of

Outcome = bytes | tuple[str, str, Any]
Ask = Callable[[str], Outcome]

SAME_TEMPLATE = {
    "other strings": ('{ actor(by: {slug: "a"}) { id } }', '{ actor(by: {slug: "bcd"}) { id } }'),
    "other integers": ("{ actors(first: 1) { totalCount } }", "{ actors(first: 20) {totalCount} }"),
    "another name": ("query A { revision { number } }", "query B { revision { number } }"),
    "white space and commas": ("{ a: revision { number } }", "{\n  a :revision,{number}\n}"),
    "comments": ("{ revision { number } }", '# "a" { 1\n{ revision { number } } # end'),
}


@pytest.mark.parametrize(("one", "other"), SAME_TEMPLATE.values(), ids=SAME_TEMPLATE)
def test_documents_have_the_same_template(one: str, other: str) -> None:
    first, second = lift(one), lift(other)
    assert first
    assert second
    assert first.template == second.template


OTHER_TEMPLATE = {
    "another enum": ("{ a(k: DRONES) }", "{ a(k: TROOPS) }"),
    "another boolean": ("{ a(k: true) }", "{ a(k: false) }"),
    "null in place of a value": ('{ a(k: "x") }', "{ a(k: null) }"),
    "a string in place of an integer": ("{ a(k: 1) }", '{ a(k: "1") }'),
    "a decimal in place of an integer": ("{ a(k: 1) }", "{ a(k: 1.5) }"),
    "another alias": ("{ a: id }", "{ b: id }"),
    "more items": ("{ a(k: [1]) }", "{ a(k: [1 2]) }"),
    "another variable": ("query($a: Int) { a(k: $a) }", "query($b: Int) { a(k: $b) }"),
    "another escape": (r'{ a(k: "\n") }', r'{ a(k: "\t") }'),
    "no number": ("{ a(k: 1) }", "{ a(k: 1x) }"),
    "a leading zero": ("{ a(k: 1) }", "{ a(k: 01) }"),
    "a string without an end": ('{ a(k: "x") }', '{ a(k: "x) }'),
    "a character that begins no token": ("{ a(k: 1) }", "{ a(k: 1 ;) }"),
    "a space that is none of GraphQL's": ("{ a b }", "{ a\u00a0b }"),
}


@pytest.mark.parametrize(("one", "other"), OTHER_TEMPLATE.values(), ids=OTHER_TEMPLATE)
def test_documents_have_another_template(one: str, other: str) -> None:
    first, second = lift(one), lift(other)
    assert first is None or second is None or first.template != second.template


def test_block_strings_are_not_lifted() -> None:
    assert lift('{ actor(by: {slug: """a"""}) { id } }') is None


# --- answers ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asks(seeded: Path) -> Iterator[tuple[Ask, Ask]]:
    """Yields two functions that run a document, with and without lifting its literals."""
    engine = Engine(Settings(), database_at(url_of(seeded)))
    lifting, plain = Queries(engine), Queries(engine)
    plain._known._lifts = False
    with asyncio.Runner() as runner:
        runner.run(engine.start())
        yield (
            lambda document: runner.run(_outcome(lifting, document)),
            lambda document: runner.run(_outcome(plain, document)),
        )
        runner.run(engine.close())


async def _outcome(queries: Queries, document: str) -> Outcome:
    request = GraphQLRequest(document)
    try:
        answer = queries.answer_at_once(request) or await queries.answer(request, RequestContext())
        return answer.body
    except AllyGraphError as error:
        return type(error).__name__, str(error), error.details


# `%s` is a literal of the kind in the name; each document runs with many.
STRINGS = {
    "slug": "{ actor(by: {slug: %s}) { slug } }",
    "id": "{ support(id: %s) { id } }",
    "node": "{ node(id: %s) { id } }",
    "nodes": '{ nodes(ids: [%s, "actor_1"]) { id } }',
    "text": "{ actors(where: {name: {contains: %s}}) { nodes { name } } }",
    "list": '{ actors(where: {slug: {in: [%s, "iran"]}}) { nodes { slug } } }',
    "single item of a list": "{ actors(where: {slug: {in: %s}}) { nodes { slug } } }",
    "date": "{ supports(where: {startedOn: {gte: %s}}) { totalCount } }",
    "decimal": "{ supports(where: {quantity: {value: {gte: %s}}}) { totalCount } }",
    "cursor": "{ supports(after: %s) { totalCount nodes { id } } }",
    "default": "query($s: String = %s) { actors(where: {slug: {eq: $s}}) { totalCount } }",
    "merged": '{ a: actor(by: {slug: %s}) { id } a: actor(by: {slug: "iran"}) { slug } }',
    "fragment": "{ revision { number } ...f } fragment f on Query { actor(by: {slug: %s}) { id } }",
    "directive": "query @asOf(time: %s) { actors { totalCount } }",
}
VALUES = ("iran", "russia", "actor_1", "support_2", "2024", "2024-10", "12000", "7.5", "", "é😀")
INTEGERS = {
    "first": "{ supports(first: %s) { nodes { id } } }",
    "last": "{ actors(last: %s) { nodes { slug } } }",
    "id": "{ support(id: %s) { id } }",
    "revision": "query @asOf(revision: %s) { actors { totalCount } }",
    "since": "{ changes(since: %s) { totalCount } }",
    "credibility": "{ statements(where: {credibility: {lte: %s}}) { totalCount } }",
}
NUMBERS = (0, 1, 2, 20, 500, 501, -1, 2**31 - 1, 2**31, -(2**31) - 1, 10**20)


@pytest.mark.parametrize("document", STRINGS.values(), ids=STRINGS)
def test_strings_have_the_same_answer_lifted_and_not(asks: tuple[Ask, Ask], document: str) -> None:
    lifted, plain = asks
    for value in (*VALUES, *reversed(VALUES)):
        text = document % f'"{value}"'
        assert lifted(text) == plain(text)


@pytest.mark.parametrize("document", INTEGERS.values(), ids=INTEGERS)
def test_integers_have_the_same_answer_lifted_and_not(asks: tuple[Ask, Ask], document: str) -> None:
    lifted, plain = asks
    for value in (*NUMBERS, *reversed(NUMBERS)):
        text = document % value
        assert lifted(text) == plain(text)


@settings(max_examples=200)
@given(
    slugs=st.lists(st.sampled_from(VALUES), min_size=2, max_size=2),
    first=st.integers(0, 30),
    name=st.sampled_from(("A", "B", "")),
    space=st.sampled_from((" ", "\n", ", ", " # a comment\n")),
)
def test_several_literals_keep_their_places(
    asks: tuple[Ask, Ask], slugs: list[str], first: int, name: str, space: str
) -> None:
    lifted, plain = asks
    one, other = slugs
    document = (
        f'query {name} {{ a: actor(by: {{slug: "{one}"}}) {{ slug }}{space}b: actors(first: {first}'
        f'{space}where: {{slug: {{ne: "{other}"}}}}) {{ nodes {{ slug }} }} }}'
    )
    assert lifted(document) == plain(document)


def test_a_known_template_takes_the_name_of_each_operation(asks: tuple[Ask, Ask]) -> None:
    lifted, _ = asks
    document = 'query %s { actor(by: {slug: "iran"}) { slug } }'
    assert {lifted(document % name) for name in "ABCD"} == {b'{"data":{"actor":{"slug":"iran"}}}'}


def test_the_third_text_of_a_template_needs_no_plan(seeded: Path) -> None:
    engine = Engine(Settings(), database_at(url_of(seeded)))
    queries = Queries(engine)

    async def ask(slug: str) -> int:
        await _outcome(queries, f'{{ actor(by: {{slug: "{slug}"}}) {{ name }} }}')
        return sum(engine.counters.plan.buckets)

    async def ask_all() -> list[int]:
        await engine.start()
        planned = [await ask(slug) for slug in ("iran", "russia", "china", "belarus")]
        await engine.close()
        return planned

    first, second, third, fourth = asyncio.run(ask_all())
    assert first < second == third == fourth
