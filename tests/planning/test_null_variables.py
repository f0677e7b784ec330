"""Null, absent and defaulted variables are accepted and read as by graphql-core.

graphql-core executes each operation on a schema made from the committed SDL, with resolvers that
return a value for every field. So its errors are only those of variables and arguments.
"""
# ruff: noqa: E501 (one case a line reads as a table)

import asyncio
import json
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from graphql import (
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    get_named_type,
    get_nullable_type,
    graphql_sync,
    is_enum_type,
    is_leaf_type,
    is_list_type,
)

from schema.graphql.schema import graphql_schema
from service.documents.documents import Documents, GraphQLRequest
from service.errors import QueryError
from service.planning.arguments import mirror
from service.planning.selection import Selector
from service.settings import Settings
from tests.http.editing import Editor
from tests.stores import copy_of

ROOT = Path(__file__).parent.parent.parent

ABSENT = object()


class Position(NamedTuple):
    """Positions of a variable `$v`: the operation, the variable's type, and a value."""

    name: str
    operation: str
    type: str
    value: Any


QUERIES = (
    Position("argument", "query(V) { actors(first: $v) { totalCount } }", "Int", 2),
    Position(
        "list argument",
        "query(V) { actors(orderBy: $v) { totalCount } }",
        "[ActorOrder!]",
        [{"name": "DESC"}],
    ),
    Position("required argument", "query(V) { changes(since: $v) { totalCount } }", "Int", 1),
    Position("required list argument", "query(V) { nodes(ids: $v) { id } }", "[ID!]", ["actor_1"]),
    Position("required id", "query(V) { node(id: $v) { id } }", "ID", "actor_1"),
    Position(
        "argument of a nested field",
        "query(V) { actors { nodes { supportsGiven(first: $v) { totalCount } } } }",
        "Int",
        2,
    ),
    Position(
        "argument in a fragment",
        "query(V) { ...F } fragment F on Query { changes(since: $v) { totalCount } }",
        "Int",
        1,
    ),
    Position(
        "input field",
        "query(V) { actors(where: {name: {eq: $v}}) { totalCount } }",
        "String",
        "China",
    ),
    Position(
        "input field that is a list",
        "query(V) { actors(where: {or: $v}) { totalCount } }",
        "[ActorFilter!]",
        [{"slug": {"eq": "iran"}}],
    ),
    Position(
        "item of a list",
        "query(V) { actors(where: {or: [$v]}) { totalCount } }",
        "ActorFilter",
        {"slug": {"eq": "iran"}},
    ),
    Position(
        "item of a list of texts",
        "query(V) { actors(where: {slug: {in: [$v]}}) { totalCount } }",
        "String",
        "iran",
    ),
    Position("item of a list of ids", "query(V) { nodes(ids: [$v]) { id } }", "ID", "actor_1"),
    Position("OneOf member", "query(V) { actor(by: {slug: $v}) { id } }", "String", "iran"),
    Position(
        "OneOf member that is an object",
        "query(V) { actor(by: {code: $v}) { id } }",
        "ActorCodeBy",
        {"scheme": "ISO_3166_1_ALPHA_3", "value": "IRN"},
    ),
    Position("OneOf object", "query(V) { actor(by: $v) { id } }", "ActorBy", {"slug": "iran"}),
    Position(
        "OneOf direction",
        "query(V) { supports(orderBy: [{startedOn: $v}]) { totalCount } }",
        "OrderDirection",
        "DESC",
    ),
    Position(
        "OneOf item",
        "query(V) { supports(orderBy: [$v]) { totalCount } }",
        "SupportOrder",
        {"startedOn": "DESC"},
    ),
    Position(
        "@include",
        "query(V) { actors { totalCount @include(if: $v) nodes { id } } }",
        "Boolean",
        False,
    ),
    Position(
        "@skip", "query(V) { actors { totalCount nodes @skip(if: $v) { id } } }", "Boolean", True
    ),
    Position(
        "@include of a fragment",
        "query(V) { actors { totalCount ... @include(if: $v) { nodes { id } } } }",
        "Boolean",
        False,
    ),
    Position("introspection", "query(V) { __type(name: $v) { name } }", "String", "Actor"),
)
MUTATIONS = (
    Position("input object", "mutation(V) { createSource(input: $v) { errors { code } } }", "CreateSourceInput", {"title": "T"}),
    Position("required input field", "mutation(V) { createActor(input: {slug: $v, name: \"N\", kind: STATE}) { errors { code } } }", "String", "a-slug"),
    Position("input field", "mutation(V) { createActor(input: {slug: \"s\", name: \"N\", kind: STATE, description: $v}) { errors { code } } }", "String", "D"),
    Position("enum input field", "mutation(V) { createActor(input: {slug: \"s\", name: \"N\", kind: $v}) { errors { code } } }", "ActorKind", "STATE"),
    Position("required argument", "mutation(V) { deleteActor(id: $v) { errors { code } } }", "ID", "actor_999"),
    Position("argument", "mutation(V) { deleteActor(id: \"actor_999\", ifRevision: $v) { errors { code } } }", "Int", 1),
    Position("@include", "mutation(V) { deleteActor(id: \"actor_999\") { errors @include(if: $v) { code } deletedId } }", "Boolean", False),
)  # fmt: skip
SUBSCRIPTIONS = (
    Position("argument", "subscription(V) { changes(since: $v) { totalCount } }", "Int", 0),
    Position(
        "item of a list",
        "subscription(V) { changes(types: [$v]) { totalCount } }",
        "RecordType",
        "ACTOR",
    ),
    Position(
        "input field",
        "subscription(V) { changes(where: {actor: {slug: {in: [$v]}}}) { totalCount } }",
        "String",
        "iran",
    ),
    Position(
        "@include",
        "subscription(V) { changes(since: 0) { totalCount @include(if: $v) __typename } }",
        "Boolean",
        False,
    ),
)


def cases(*positions: Position) -> list[Any]:
    """Returns each position with each declaration of its variable and each form of a value."""
    declarations = (
        (False, False, "nullable"),
        (False, True, "nullable with default"),
        (True, False, "required"),
        (True, True, "required with default"),
    )
    return [
        pytest.param(position, required, default, given, id=f"{position.name}, {declared}, {named}")
        for position in positions
        for (required, default, declared), (given, named) in product(
            declarations, ((ABSENT, "absent"), (None, "null"), (position.value, "given"))
        )
    ]


def document_of(position: Position, *, required: bool, default: bool) -> str:
    """Returns the operation with this declaration of its variable."""
    declared = f"($v: {position.type}{'!' * required}"
    declared += f" = {literal(position, position.value)})" if default else ")"
    return position.operation.replace("(V)", declared)


def literal(position: Position, value: Any) -> str:
    """Returns a value as a literal."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {literal(position, v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(position, item) for item in value) + "]"
    is_enum_value = value in ("ASC", "DESC", "STATE", "ACTOR", "ISO_3166_1_ALPHA_3")
    return value if is_enum_value else json.dumps(value)


def without_request_id(answer: Any) -> Any:
    """Returns the response without the parts that differ each time."""
    for error in answer.get("errors", ()):
        error["extensions"].pop("requestId")
    return answer


@pytest.fixture(scope="module")
def reference() -> GraphQLSchema:
    """The committed schema in graphql-core, without code of the project."""
    return build_schema((ROOT / "schema" / "schema.graphql").read_text())


def something(_: Any, info: GraphQLResolveInfo, **__: Any) -> Any:
    """Returns a value of the field's type, so that no field fails."""
    declared = get_nullable_type(info.return_type)
    if is_list_type(declared):
        return []
    named = get_named_type(declared)
    if is_enum_type(named):
        return next(iter(named.values))
    return 0 if is_leaf_type(named) else {}


def errors_of_reference(
    reference: GraphQLSchema, document: str, variables: dict[str, Any]
) -> list[str]:
    """Returns the errors of graphql-core."""
    done = graphql_sync(
        reference, document, variable_values=variables, field_resolver=something,
        type_resolver=lambda *_: "Actor",
    )  # fmt: skip
    return [error.message for error in done.errors or ()]


@pytest.fixture(scope="module")
def editor(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Editor]:
    """An editor of a copy of the bundled data sets, which all cases share."""
    editor = Editor(copy_of(seeded, tmp_path_factory.mktemp("nulls")), runner)
    yield editor
    editor.close()


@pytest.mark.parametrize(("position", "required", "default", "given"), cases(*QUERIES, *MUTATIONS))
def test_variable_is_accepted_as_graphql_core_accepts_it(
    editor: Editor,
    reference: GraphQLSchema,
    position: Position,
    required: bool,
    default: bool,
    given: Any,
) -> None:
    document = document_of(position, required=required, default=default)
    variables = {} if given is ABSENT else {"v": given}
    answer = editor.ask(document, variables)
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert "INTERNAL_SERVER_ERROR" not in codes
    if errors_of_reference(reference, document, variables):
        assert codes <= {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
        assert codes
    elif given is not ABSENT or default:
        value = position.value if given is ABSENT else given
        written = position.operation.replace("(V)", "").replace("$v", literal(position, value))
        expected = editor.ask(written)
        if written.startswith("mutation"):
            # The record may exist already from an earlier case.
            assert ("errors" in answer) == ("errors" in expected)
        else:
            assert without_request_id(answer) == without_request_id(expected)
    else:
        assert "errors" not in answer


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(graphql_schema(), Settings())


@pytest.mark.parametrize(("position", "required", "default", "given"), cases(*SUBSCRIPTIONS))
def test_variable_of_a_subscription_is_accepted_as_graphql_core_accepts_it(
    documents: Documents,
    reference: GraphQLSchema,
    position: Position,
    required: bool,
    default: bool,
    given: Any,
) -> None:
    document = document_of(position, required=required, default=default)
    variables = {} if given is ABSENT else {"v": given}
    refused = bool(errors_of_reference(reference, document, variables))
    with pytest.raises(QueryError) if refused else nullcontext():
        asked = documents.understand(GraphQLRequest(document, None, variables))
        selector = Selector(asked.document.fragments, mirror(asked.values))
        selector.subscription(asked.operation.node)
