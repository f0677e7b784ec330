"""The OpenAPI 3.1 document, derived from the concepts."""

from collections.abc import Iterator
from functools import cache

from schema.concepts import COLLECTIONS, CONCEPTS, Attribute, Concept, Group, ToOne
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.operators import Takes, operators_for
from schema.records.columns import Meaning
from service import __version__
from service.http.openapi.changes import change_paths, change_schemas
from service.http.openapi.components import (
    AS_OF,
    AS_OF_HEADER,
    CURSOR,
    IF_NONE_MATCH,
    LINK_HEADER,
    NOT_MODIFIED,
    READ_HEADERS,
    REVISION,
    TAG_HEADER,
    object_of,
    parameter,
    record_schema,
    reference_attributes,
    reference_to,
)
from service.http.openapi.links import FIRST_OF_PAGE, member_links
from service.http.openapi.problems import RESPONSES, may_fail, watched_may_fail
from service.http.openapi.tokens import SECURITY_SCHEMES, TOKEN_SCHEMAS, token_paths
from service.http.openapi.values import Json, compared_schema
from service.http.openapi.writing import add_writing_paths, writing_schemas

DESCRIPTION = """\
Who supports whom, with what, and who says so.

A filter is `path.operator=value`; the default operator is `eq`. A path can follow relations:
`recipient.slug=russia`, `evidence.statement.speaker.slug=mark-rutte`. Each collection lists the
parameters for the record's own fields and for those of directly related records; longer paths work
too. A date can be a year, a month or a day. `fields` selects the fields of the response:
`fields=kind,supporter.name,evidence.statement.text`.
"""


@cache
def document() -> Json:
    """The complete document."""
    paths: Json = {}
    for name, concept in COLLECTIONS.items():
        paths[f"/api/v1/{name}"] = {"get": _collection(name, concept)}
        paths[f"/api/v1/{name}/{{key}}"] = {"get": _member(name, concept)}
    paths |= change_paths()
    add_writing_paths(paths)
    paths |= token_paths() | {"/healthz": {"get": _HEALTHZ}, "/readyz": {"get": _READYZ}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AllyGraph",
            "version": __version__,
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        # Public reads need no token, but accept one.
        "security": [{}, {"token": []}],
        # The address that the document came from.
        "servers": [{"url": "/", "description": "This service."}],
        "tags": list(_tags()),
        "paths": paths,
        "components": {
            "schemas": dict(_schemas())
            | dict(change_schemas())
            | dict(writing_schemas())
            | TOKEN_SCHEMAS,
            "responses": RESPONSES,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _tags() -> Iterator[Json]:
    for name, concept in COLLECTIONS.items():
        yield {"name": name, "description": concept.description}
    yield {"name": "changes", "description": "What each revision created, updated or deleted."}
    yield {"name": "tokens", "description": "Tokens of clients; for administrators."}
    yield {"name": "health", "description": "Whether the service runs, and whether it can answer."}


# --- operations ---------------------------------------------------------------------------------


def _collection(name: str, concept: Concept) -> Json:
    ok = {
        "description": f"A page of {concept.plural}.",
        "headers": LINK_HEADER | TAG_HEADER | READ_HEADERS,
        "content": {"application/json": {"schema": reference_to(f"{concept.name}Page")}},
        "links": member_links(concept, FIRST_OF_PAGE),
    }
    return {
        "operationId": f"list{name[0].upper()}{name[1:]}",
        "tags": [name],
        "summary": f"List {concept.plural}",
        "parameters": [*_page_parameters(concept), *_filters(concept), IF_NONE_MATCH],
        "responses": {"200": ok, "304": NOT_MODIFIED} | may_fail("400"),
    }


def _member(name: str, concept: Concept) -> Json:
    how = "id or slug" if concept.has_slug else "id"
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
    ok = {
        "description": concept.description,
        "headers": TAG_HEADER | READ_HEADERS,
        "content": {"application/json": {"schema": reference_to(concept.name)}},
    }
    return {
        "operationId": f"get{concept.name}",
        "tags": [name],
        "summary": f"Get {concept.indefinite_noun} by {how}",
        "parameters": [
            key | {"description": f"The {how} of the {concept.noun}."},
            _fields_parameter(concept),
            AS_OF,
            AS_OF_HEADER,
            IF_NONE_MATCH,
        ],
        "responses": {"200": ok, "304": NOT_MODIFIED} | may_fail("400", "404"),
    }


def _health(name: str, summary: str, **properties: Json) -> Json:
    schema = object_of({"status": {"const": "ok"}} | properties, "The result of the check.")
    ok = {
        "description": "The check succeeded.",
        "content": {"application/json": {"schema": schema}},
    }
    return {
        "operationId": name,
        "tags": ["health"],
        "summary": summary,
        "security": [],
        "responses": {"200": ok} | watched_may_fail(),
    }


_HEALTHZ = _health("healthz", "Check that the server process is running")
_READYZ = _health(
    "readyz", "Check that the database is reachable", revision={"type": "integer", "minimum": 0}
)


def _page_parameters(concept: Concept) -> Iterator[Json]:
    size = {"type": "integer", "minimum": 1, "maximum": FIRST_MOST}
    most = f"Default: {FIRST_DEFAULT}. Maximum: {FIRST_MOST}."
    yield parameter("first", f"Number of records to return from the start. {most}", size)
    yield parameter("after", "Return the records after this cursor.", CURSOR)
    yield parameter(
        "last",
        f"Number of records to return from the end, instead of `first`. Maximum: {FIRST_MOST}.",
        size,
    )
    yield parameter("before", "Return the records before this cursor.", CURSOR)
    paths = ", ".join(_order_paths(concept))
    text = (
        f"Sort keys, separated by commas; prefix `-` to sort descending. The record's own: {paths}."
    )
    yield parameter("orderBy", text, {"type": "string"})
    yield _fields_parameter(concept)
    yield AS_OF
    yield AS_OF_HEADER


def _order_paths(concept: Concept) -> Iterator[str]:
    """The paths that a record can be sorted by without following an edge."""
    for member in concept.members.values():
        match member:
            case Attribute(name=name):
                yield name
            case Group(name=group, attributes=attributes):
                yield from (f"{group}.{name}" for name in attributes)


def _fields_parameter(concept: Concept) -> Json:
    text = "Fields of the response: paths, separated by commas."
    return parameter("fields", text, {"type": "string"}) | {
        "example": concept.collection.example_fields
    }


def _filters(concept: Concept) -> Iterator[Json]:
    examples = concept.collection.example_filters
    for made in _every_filter(concept):
        example = examples.get(made["name"])
        if example is None:
            yield made
        else:
            listed = made["schema"].get("type") == "array"
            yield made | {"example": example.split(",") if listed else example}


def _every_filter(concept: Concept) -> Iterator[Json]:
    for member in concept.members.values():
        match member:
            case Attribute():
                yield from _operators(member.name, member.meaning)
            case Group(name=name, attributes=attributes):
                for attribute in attributes.values():
                    yield from _operators(f"{name}.{attribute.name}", attribute.meaning)
            case ToOne(name=name, target=target, description=description):
                for attribute in reference_attributes(CONCEPTS[target]):
                    path, meaning = f"{name}.{attribute.name}", attribute.meaning
                    yield _filter(path, f"{description} {meaning.description}", meaning)


def _operators(path: str, meaning: Meaning) -> Iterator[Json]:
    tree = meaning.vocabulary is not None and meaning.vocabulary.is_tree
    for operator in operators_for(meaning.scalar, tree=tree):
        name = path if operator.name == "eq" else f"{path}.{operator.name}"
        schema = compared_schema(meaning)
        if operator.takes is Takes.FLAG:
            schema = {"type": "boolean"}
        if operator.takes is Takes.MANY:
            schema = {"type": "array", "items": schema, "minItems": 1}
        text = f"{meaning.description} {operator.description_for(meaning.scalar)}"
        yield _filter(name, text, meaning, schema)


def _filter(name: str, description: str, meaning: Meaning, schema: Json | None = None) -> Json:
    made = parameter(name, description, schema or compared_schema(meaning))
    listed = {"style": "form", "explode": False}
    return made | listed if made["schema"].get("type") == "array" else made


# --- schemas ------------------------------------------------------------------------------------


def _schemas() -> Iterator[tuple[str, Json]]:
    for concept in COLLECTIONS.values():
        yield concept.name, record_schema(concept)
        yield f"{concept.name}Page", _page_of(concept)
    yield (
        "Page",
        object_of(
            {
                "startCursor": _cursor("Cursor of the first record; null if the page is empty."),
                "endCursor": _cursor("Cursor of the last record; null if the page is empty."),
                "hasPreviousPage": _flag("Whether records precede the page."),
                "hasNextPage": _flag("Whether more records follow the page."),
                "totalCount": {
                    "type": "integer",
                    "description": "Number of matching records on all pages.",
                },
            },
            "Information about the page.",
        ),
    )
    texts = ("type", "title", "detail", "code", "requestId")
    problem = {name: {"type": "string"} for name in texts}
    yield (
        "Problem",
        object_of(problem | {"status": {"type": "integer"}}, "An error, as RFC 9457 defines it."),
    )


def _cursor(description: str) -> Json:
    return {"type": ["string", "null"], "description": description}


def _flag(description: str) -> Json:
    return {"type": "boolean", "description": description}


def _page_of(concept: Concept) -> Json:
    return object_of(
        {
            "data": {"type": "array", "items": reference_to(concept.name)},
            "page": reference_to("Page"),
            "revision": REVISION,
        },
        f"A page of {concept.plural}.",
    )
