"""Documents that are expensive by what they read: introspection, histories, changes, the past."""

import json

from graphql import get_introspection_query

from tests.hostile.request import Hostile, asked, got, many, nested

_TYPES = nested("__schema { types { fields { type { ofType { ofType { ", 1, "name fields { name }")
_LOOP = nested("fields { type { ofType { ", 5, "name")
_HISTORY = "history(first: 1) { totalCount nodes { record { "

RECORDS: tuple[Hostile, ...] = (
    asked("introspection: of a client", get_introspection_query()),
    asked(
        "introspection: 10 roots",
        "{ "
        + many(10, "r%: __schema { types { name fields { name args { name type { name } } } } }")
        + " }",
    ),
    asked("introspection: 50 roots", "{ " + many(50, "r%: " + _TYPES) + " }"),
    asked("introspection: types of types", "{ __schema { types { " + _LOOP + " } } }"),
    asked(
        "introspection: 50 single types",
        "{ " + many(50, 'r%: __type(name: "Support") { ' + _LOOP + " }") + " }",
    ),
    asked(
        "introspection: descriptions 200 times",
        "{ __schema { types { " + many(200, "d%: description") + " } } }",
    ),
    asked("introspection: type names", "{ " + many(50, "r%: __typename") + " }"),
    asked(
        "history: 10 within each other",
        "{ actors(first: 1) { nodes { "
        + nested("history(first: 1) { nodes { record { ...on Actor { ", 4, "id")
        + " } } }",
    ),
    asked(
        "history: 50 roots",
        "{ "
        + many(
            50,
            'r%: actor(by: {slug: "russia"}) { '
            "history { totalCount nodes { action fields { field before after } } } }",
        )
        + " }",
    ),
    asked(
        "history: of all records",
        "{ supports(first: 500) { nodes { history { nodes { fields "
        "{ field } } } evidence(first: 5) { nodes { history { nodes { action } } } } } } }",
    ),
    asked(
        "history: 200 aliases",
        "{ actors(first: 1) { nodes { "
        + many(200, "h%: history(first: 1) { nodes { action } }")
        + " } } }",
    ),
    asked(
        "changes: 50 roots",
        "{ "
        + many(
            50,
            "r%: changes(since: 0) { totalCount nodes { action record { id } fields { field } } }",
        )
        + " }",
    ),
    asked(
        "changes: with every record",
        "{ "
        + many(
            10,
            "r%: changes(since: 0, first: 500) { nodes "
            "{ record { ...on Support { supporter { name } } ...on Statement { text } } } }",
        )
        + " }",
    ),
    asked(
        "changes: histories within",
        "{ changes(since: 0) { nodes { record { ...on Actor { "
        + "history { nodes { record { ...on Actor { history { nodes { action } } } } } } } } } } }",
    ),
    asked(
        "as of: 50 roots",
        "query @asOf(revision: 1) { "
        + many(50, "r%: supports(first: 20) { totalCount nodes { id supporter { name } } }")
        + " }",
    ),
    asked(
        "as of: pages within pages",
        "query @asOf(revision: 1) { supports(first: 1) { nodes { "
        + nested("supporter { supportsGiven(first: 1) { totalCount nodes { ", 5, "id")
        + " } } }",
    ),
    asked(
        "nodes: 50,000 records",
        "{ supports(first: 500) { nodes { supporter { "
        "supportsGiven(first: 90) { nodes { id } } } } } }",
    ),
    asked(
        "nodes: beyond the budget",
        "{ supports(first: 500) { nodes { supporter { "
        "supportsGiven(first: 500) { nodes { id } } } } } }",
    ),
    asked(
        "assessments: of all supports",
        "{ supports(first: 500) { nodes { " + many(20, "a%: assessment { low high }") + " } } }",
    ),
    Hostile("persisted: unknown id of 500 kB", "/graphql", {"documentId": "a" * 500_000}),
    Hostile(
        "persisted: a digest that does not fit",
        "/graphql",
        {
            "query": "{ revision { number } }",
            "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}},
        },
    ),
    Hostile(
        "operation name of 500 kB",
        "/graphql",
        {"query": "{ revision { number } }", "operationName": "a" * 500_000},
    ),
    Hostile(
        "extensions: nested 20,000 deep",
        "/graphql",
        '{"query": "{ revision { number } }", "extensions": {"a": ' + "[" * 20_000 + "}}",
    ),
    Hostile("JSON: nested 200,000 deep", "/graphql", "[" * 200_000),
    Hostile("JSON: 150,000 keys", "/graphql", json.dumps({f"k{n}": n for n in range(60_000)})),
    got(
        "REST: 145 parameters",
        "/supports?"
        + "&".join(
            f"{path}.{operator}=2024"
            for path in (
                "summary",
                "place",
                "note",
                "sourceCategory",
                "supporter.name",
                "recipient.name",
                "against.name",
                "supporter.description",
                "recipient.description",
                "against.description",
                "inReturnFor.summary",
                "inReturnFor.supporter.name",
                "inReturnFor.recipient.name",
                "inReturnFor.place",
                "inReturnFor.note",
                "dataset.name",
                "evidence.note",
                "evidence.statement.text",
                "evidence.statement.note",
                "evidence.statement.speaker.name",
                "evidence.statement.source.title",
                "inReturnFor.sourceCategory",
            )
            for operator in ("eq", "ne", "contains", "startsWith", "in", "notIn")
        ),
    ),
    got(
        "REST: 200 fields",
        "/supports?fields="
        + ",".join(["evidence.statement.speaker.supportsGiven.supporter.name"] * 200),
    ),
    got(
        "REST: 8 steps",
        "/supports?inReturnFor.inReturnFor.inReturnFor.inReturnFor.supporter"
        ".supportsGiven.kind=DRONES",
    ),
    got("REST: a list of 10,000", "/supports?supporter.slug.in=" + "a," * 10_000),
    got("REST: unknown parameter of 60 kB", "/supports?" + "a" * 60_000 + "=1"),
    got("REST: 5,000 unknown parameters", "/supports?" + "&".join(f"a{n}=1" for n in range(5_000))),
    got("REST: cursor of 60 kB", "/supports?after=" + "A" * 60_000),
    got("REST: orders", "/supports?orderBy=" + ",".join(["-supporter.name"] * 200)),
    got("REST: 1,000 entity tags", "/supports", **{"if-none-match": '"x",' * 1_000 + '"y"'}),
)
