"""The OpenAPI 3.1 document, derived from the same concepts as everything else."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from schema.concepts import COLLECTIONS, CONCEPTS, Attribute, Concept, Group, Member, Owned, ToOne
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.operators import Takes, operators_for
from schema.records.columns import Meaning, Scalar
from service import __version__
from service.http.problems import MEDIA_TYPE
from service.planning.paging import order_paths
from service.planning.resource import REFERENCE

Json = dict[str, Any]

DESCRIPTION = """\
Who supports whom, with what, and who says so.

A filter is `path.operator=value`; without an operator it is `eq`. Paths go on through edges:
`recipient.slug=russia`, `evidence.statement.speaker.slug=mark-rutte`. The parameters below are the
record's own fields and its nearest neighbours; any longer path works too. Dates may be as coarse as
a year. `fields` picks what is answered: `fields=kind,supporter.name,evidence.statement.text`.
"""

# What somebody who reads the parameters for the first time would try.
_EXAMPLES = {
    "Actor": {"slug": "north-korea", "kind.in": "PERSON,ORGANISATION"},
    "Support": {
        "kind.in": "DRONES,MISSILES",
        "kind.under": "MILITARY",
        "recipient.slug": "russia",
        "supporter.slug": "iran",
        "startedOn.gte": "2024",
    },
    "Statement": {"speaker.slug": "mark-rutte"},
    "Source": {"title.contains": "troops"},
    "Dataset": {"slug": "rutte-2024"},
}
_FIRST_FIELDS = {
    "Actor": "slug,name,codes",
    "Support": "kind,supporter.name,evidence.statement.text",
    "Statement": "text,speaker.name,source.title",
    "Source": "title,publishedOn",
    "Dataset": "slug,version",
}

_TYPES: Mapping[Scalar, Json] = {
    Scalar.INTEGER: {"type": "integer"},
    Scalar.BOOLEAN: {"type": "boolean"},
    Scalar.DATE: {"type": "string", "examples": ["2024", "2024-10", "2024-10-28"]},
    Scalar.DECIMAL: {"type": "string", "examples": ["40000000000", "12.5"]},
    Scalar.TIME: {"type": "string", "format": "date-time"},
}


@cache
def document() -> Json:
    """The whole document."""
    paths: Json = {}
    for name, concept in COLLECTIONS.items():
        paths[f"/api/v1/{name}"] = {"get": _collection(name, concept)}
        paths[f"/api/v1/{name}/{{key}}"] = {"get": _member(name, concept)}
    paths |= {"/healthz": {"get": _HEALTHZ}, "/readyz": {"get": _READYZ}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AllyGraph",
            "version": __version__,
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": dict(_schemas())},
    }


# --- operations ---------------------------------------------------------------------------------


def _collection(name: str, concept: Concept) -> Json:
    ok = {
        "description": "A page",
        "headers": {
            "Link": {"description": "first, next, prev (RFC 8288)", "schema": {"type": "string"}},
            "ETag": {"description": "Give as If-None-Match", "schema": {"type": "string"}},
        },
        "content": {"application/json": {"schema": _reference_to(f"{concept.name}Page")}},
    }
    return {
        "operationId": f"list_{name}",
        "tags": [name],
        "summary": f"The {concept.name} records that match",
        "parameters": [*_page_parameters(concept), *_filters(concept)],
        "responses": {"200": ok, "304": _NOT_MODIFIED, "400": _problem("A bad parameter")},
    }


def _member(name: str, concept: Concept) -> Json:
    how = "id or slug" if "slug" in concept.members else "id"
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
    ok = {
        "description": concept.description,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": {"schema": _reference_to(concept.name)}},
    }
    return {
        "operationId": f"get_{name}",
        "tags": [name],
        "summary": f"The {concept.name} with this {how}",
        "parameters": [key | {"description": f"Its {how}"}, _fields_parameter(concept)],
        "responses": {
            "200": ok,
            "304": _NOT_MODIFIED,
            "400": _problem("A bad parameter"),
            "404": _problem("There is none"),
        },
    }


def _problem(description: str) -> Json:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": description, "content": {MEDIA_TYPE: problem}}


def _health(name: str, summary: str, also: Json) -> Json:
    ok = {"description": "It does", "content": {"application/json": {"schema": {"type": "object"}}}}
    responses = {"200": ok} | also
    return {"operationId": name, "tags": ["health"], "summary": summary, "responses": responses}


_NOT_MODIFIED = {"description": "The client has it already"}
_HEALTHZ = _health("healthz", "Whether the process lives", {})
_READYZ = _health("readyz", "Whether the database answers", {"503": _problem("It does not answer")})


def _page_parameters(concept: Concept) -> Iterator[Json]:
    size = {"type": "integer", "minimum": 1, "maximum": FIRST_MOST}
    most = f"{FIRST_DEFAULT} unless told, {FIRST_MOST} at most"
    yield _parameter("first", f"How many from the start: {most}", size)
    yield _parameter("after", "Begin behind this cursor", {"type": "string"})
    yield _parameter("last", "How many from the end", size)
    yield _parameter("before", "End ahead of this cursor", {"type": "string"})
    paths = ", ".join(order_paths(concept))
    text = f"Keys to sort by, with a comma between; `-` turns one round. Own keys: {paths}"
    yield _parameter("orderBy", text, {"type": "string"})
    yield _fields_parameter(concept)


def _fields_parameter(concept: Concept) -> Json:
    text = "The fields to answer with, as paths with a comma between"
    return _parameter("fields", text, {"type": "string"}) | {"example": _FIRST_FIELDS[concept.name]}


def _filters(concept: Concept) -> Iterator[Json]:
    examples = _EXAMPLES[concept.name]
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
            case ToOne(name=name, target=target):
                for attribute in _reference_attributes(CONCEPTS[target]):
                    yield _filter(f"{name}.{attribute.name}", "", attribute.meaning)


def _operators(path: str, meaning: Meaning) -> Iterator[Json]:
    tree = meaning.vocabulary is not None and meaning.vocabulary.is_tree
    for operator in operators_for(meaning.scalar, tree=tree):
        name = path if operator.name == "eq" else f"{path}.{operator.name}"
        schema = _value(meaning)
        if operator.takes is Takes.FLAG:
            schema = {"type": "boolean"}
        if operator.takes is Takes.MANY:
            schema = {"type": "array", "items": schema}
        yield _filter(name, operator.description, meaning, schema)


def _filter(name: str, operator: str, meaning: Meaning, schema: Json | None = None) -> Json:
    text = f"{meaning.description} {operator}".strip()
    made = _parameter(name, text, schema or _value(meaning))
    listed = {"style": "form", "explode": False}
    return made | listed if made["schema"].get("type") == "array" else made


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


# --- schemas ------------------------------------------------------------------------------------


def _schemas() -> Iterator[tuple[str, Json]]:
    for concept in COLLECTIONS.values():
        yield concept.name, _record(concept)
        yield f"{concept.name}Page", _page_of(concept)
    yield (
        "Page",
        _object(
            {
                "startCursor": {"type": ["string", "null"]},
                "endCursor": {"type": ["string", "null"]},
                "hasPreviousPage": {"type": "boolean"},
                "hasNextPage": {"type": "boolean"},
                "totalCount": {"type": "integer"},
            },
            "Where this page lies.",
        ),
    )
    problem = {name: {"type": "string"} for name in ("type", "title", "detail", "code")}
    yield "Problem", _object(problem | {"status": {"type": "integer"}}, "RFC 9457.")


def _record(concept: Concept) -> Json:
    own = (m for m in concept.members.values() if isinstance(m, Attribute | Group | Owned | ToOne))
    # `fields` may leave any of them out.
    return _object({m.name: _schema(m) for m in own}, concept.description) | {"required": []}


def _page_of(concept: Concept) -> Json:
    return _object(
        {
            "data": {"type": "array", "items": _reference_to(concept.name)},
            "page": _reference_to("Page"),
            "revision": {"type": "integer", "description": "The state the data is in."},
        },
        f"A page of {concept.name} records.",
    )


def _schema(member: Member) -> Json:
    match member:
        case Attribute():
            return _attribute(member)
        case Group(attributes=attributes):
            return _nullable(_attributes(attributes.values(), member.description))
        case Owned(attributes=attributes, value=value):
            item = _attribute(value) if value else _attributes(attributes.values(), "")
            return {"type": "array", "items": item, "description": member.description}
        case ToOne(target=target):
            end = _attributes(_reference_attributes(CONCEPTS[target]), member.description)
            return _nullable(end) if member.nullable else end
    raise TypeError(f"{member.name} is not told by default.")


def _attributes(attributes: Iterable[Attribute], description: str) -> Json:
    return _object({a.name: _attribute(a) for a in attributes}, description) | {"required": []}


def _attribute(attribute: Attribute) -> Json:
    schema = _value(attribute.meaning) | {"description": attribute.meaning.description}
    return _nullable(schema) if attribute.nullable else schema


def _value(meaning: Meaning) -> Json:
    if meaning.vocabulary:
        return {"type": "string", "enum": list(meaning.vocabulary.codes)}
    return dict(_TYPES.get(meaning.scalar, {"type": "string"}))


def _nullable(schema: Json) -> Json:
    made = schema | {"type": [schema["type"], "null"]}
    return made | {"enum": [*schema["enum"], None]} if "enum" in schema else made


def _object(properties: Json, description: str) -> Json:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
    }


def _reference_attributes(concept: Concept) -> list[Attribute]:
    return [attribute for attribute in concept.attributes if attribute.name in REFERENCE]


def _reference_to(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
