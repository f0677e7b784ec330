"""The oracle, compared with changes and earlier states worked out by hand."""

from typing import Any

import pytest

from tests.names import names_text
from tests.oracle.data_sets.world import (
    Actor,
    ActorAlias,
    Former,
    Revision,
    Source,
    Statement,
    World,
)
from tests.oracle.resolvers.changes import HISTORY, LOG, change_cursor
from tests.oracle.resolvers.resolvers import answer


def _worlds() -> World:
    """Three revisions: two actors and a statement; a name and a mention; a merge of the actors."""
    nothing = World(revision=Revision(0, "2025-01-01T00:00:00Z", "a"))
    first = World(
        revision=Revision(1, "2025-01-02T00:00:00Z", "b"),
        before=nothing,
        actors=[
            Actor(row=2, slug="ada", name="Ada", kind="STATE"),
            Actor(row=10, slug="bob", name="Bob", kind="STATE"),
        ],
        sources=[Source(row=1, title="News")],
    )
    ada, bob = first.actors
    first.statements.append(
        Statement(
            row=7, text="Yes", quoted=True, language="en", speaker=bob, source=first.sources[0]
        )
    )
    first.link()
    second = _next(first, "2025-01-03T00:00:00Z")
    ada, bob = second.actors
    ada.aliases = [ActorAlias("Zed"), ActorAlias("A")]
    second.statements[0].mentions = [bob, ada]
    second.link()
    third = _next(second, "2025-01-03T00:00:00Z")
    ada, bob = third.actors
    third.statements[0].speaker, third.statements[0].mentions = ada, [ada]
    third.actors = [ada]
    third.former = [Former(Actor, name, ada.row) for name in (bob.row, bob.slug)]
    third.link()
    return third


def _next(before: World, time: str) -> World:
    world = before.copied()
    world.before, world.revision = before, Revision(before.revision.number + 1, time, "b")
    # Within the revision, the source had another title.
    passed = before.copied()
    passed.sources[0].title = "Olds"
    world.passed = [passed]
    return world


WORLD = _worlds()

CHANGE = "recordId action fields { field before after }"
# The change of the statement in revision 3, and a cursor just before it without a change.
THIRD, BEFORE_THIRD = change_cursor(HISTORY, (3, 3, 7)), change_cursor(LOG, (3, 3, 6))
MENTIONED = ("mentions", '["actor_2","actor_10"]', '["actor_2"]')


def _change(id_: str, action: str, *fields: tuple[str, str | None, str | None]) -> dict[str, Any]:
    names = ("field", "before", "after")
    differences = [dict(zip(names, field, strict=True)) for field in fields]
    return {"recordId": id_, "action": action, "fields": differences}


ANSWERS: list[tuple[str, dict[str, Any]]] = [
    ("{ actors { totalCount } }", {"actors": {"totalCount": 1}}),
    ("query @asOf(revision: 0) { actors { totalCount } }", {"actors": {"totalCount": 0}}),
    ("query @asOf(revision: 2) { actors { totalCount } }", {"actors": {"totalCount": 2}}),
    (
        'query @asOf(time: "2024-01-01T00:00:00Z") { revision { number } }',
        {"revision": {"number": 0}},
    ),
    (
        'query @asOf(time: "2025-01-03T01:59:59+02:00") { revision { number } }',
        {"revision": {"number": 1}},
    ),
    (
        'query @asOf(time: "2025-01-03T02:00:00+02:00") { revision { number } }',
        {"revision": {"number": 3}},
    ),
    ('{ actor(by: {slug: "bob"}) { slug } }', {"actor": {"slug": "ada"}}),
    (
        'query @asOf(revision: 2) { actor(by: {slug: "bob"}) { slug } }',
        {"actor": {"slug": "bob"}},
    ),
    ('{ nodes(ids: ["actor_10"]) { id } }', {"nodes": [{"id": "actor_2"}]}),
    (
        f"{{ changes(since: 1, first: 3) {{ totalCount nodes {{ {CHANGE} }} }} }}",
        {
            "changes": {
                "totalCount": 6,
                "nodes": [
                    _change("actor_2", "UPDATED", ("aliases", None, names_text("A", "Zed"))),
                    _change("statement_7", "UPDATED", ("mentions", None, '["actor_2","actor_10"]')),
                    _change("source_1", "UPDATED"),
                ],
            }
        },
    ),
    (
        f"{{ changes(since: 2, types: [ACTOR, STATEMENT]) {{ nodes {{ {CHANGE} }} }} }}",
        {
            "changes": {
                "nodes": [
                    _change(
                        "actor_10",
                        "DELETED",
                        ("slug", "bob", None),
                        ("name", "Bob", None),
                        ("kind", "STATE", None),
                    ),
                    _change(
                        "statement_7", "UPDATED", ("speaker", "actor_10", "actor_2"), MENTIONED
                    ),
                ]
            }
        },
    ),
    (
        '{ changes(since: 1, where: {actor: {slug: {eq: "bob"}}, statement: {text: {eq: ""}}}'
        ", types: [ACTOR, STATEMENT]) { nodes { recordId } } }",
        {"changes": {"nodes": [{"recordId": "actor_10"}]}},
    ),
    (
        "{ changes(since: 0, types: [STATEMENT]) { nodes { revision { number }"
        " record { ... on Statement { speaker { slug history { totalCount } } } } } } }",
        {
            "changes": {
                "nodes": [
                    {
                        "revision": {"number": number},
                        "record": {"speaker": {"slug": slug, "history": {"totalCount": count}}},
                    }
                    for number, slug, count in ((1, "bob", 1), (2, "bob", 1), (3, "ada", 2))
                ]
            }
        },
    ),
    (
        f'{{ node(id: "statement_7") {{ ... on Record {{ history(first: 1, after: "{THIRD}")'
        " { edges { cursor node { action } } pageInfo { hasNextPage hasPreviousPage } } } } }",
        {
            "node": {
                "history": {
                    "edges": [
                        {
                            "cursor": change_cursor(HISTORY, (2, 3, 7)),
                            "node": {"action": "UPDATED"},
                        }
                    ],
                    "pageInfo": {"hasNextPage": True, "hasPreviousPage": False},
                }
            }
        },
    ),
    (
        f'{{ changes(since: 1, after: "{BEFORE_THIRD}") {{ nodes {{ id recordId }} }} }}',
        {
            "changes": {
                "nodes": [
                    {"id": "change_3_statement_7", "recordId": "statement_7"},
                    {"id": "change_3_source_1", "recordId": "source_1"},
                ]
            }
        },
    ),
    (
        '{ nodes(ids: ["change_2_actor_2", "change_9_actor_2", "change_2_actor_9", "actor_2"])'
        " { __typename id ... on Change { recordId action record { id } } } }",
        {
            "nodes": [
                {
                    "__typename": "Change",
                    "id": "change_2_actor_2",
                    "recordId": "actor_2",
                    "action": "UPDATED",
                    "record": {"id": "actor_2"},
                },
                None,
                None,
                {"__typename": "Actor", "id": "actor_2"},
            ]
        },
    ),
    (
        'query @asOf(revision: 2) { node(id: "change_3_actor_10") { id } }',
        {"node": None},
    ),
    (
        '{ node(id: "change_3_actor_10") { ... on Change { action record { id } } } }',
        {"node": {"action": "DELETED", "record": None}},
    ),
]


@pytest.mark.parametrize(("document", "expected"), ANSWERS)
def test_answers_about_the_past(document: str, expected: dict[str, Any]) -> None:
    """States, changes and pages of changes are those of the three worlds."""
    assert answer(WORLD, document, None, None) == {"data": expected}


def test_cursor_of_a_change_names_its_place() -> None:
    """The cursor is the hex of the kind of log, the revision, the record type and the row."""
    assert bytes.fromhex(change_cursor(LOG, (3, 1, 12))).decode() == "changes\x1f3\x1f1\x1f12"


def test_citation_names_revision_and_day() -> None:
    """A citation says how to query the same data again."""
    given = answer(WORLD, "{ revision { citation } }", None, None)["data"]["revision"]["citation"]
    assert given == (
        "AllyGraph (2025): who supports whom, with what, and who says so. Revision 3 of 2025-01-03."
    )
