"""The parameters of requests in the OpenAPI document, each described once, as a component."""

import re
from collections.abc import Iterator, Mapping

from schema.assessment import Computed
from schema.concepts import COLLECTIONS, CONCEPTS, Attribute, Concept, Group, ToOne
from schema.counting import EXACT
from schema.graphql.counting import ACCURACY_DESCRIPTION, CountAccuracy
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.operators import RANGE_ENDS, VALID_AT, VALID_DURING, Takes, operators_for
from schema.records.columns import Meaning, Scalar
from service.http.openapi.components import reference_attributes
from service.http.openapi.values import (
    CURSOR_PATTERN,
    FIELD_PATTERN,
    MOMENT_PATTERN,
    NAMES_MOST,
    NO_NUL_PATTERN,
    Json,
    compared_schema,
    integer,
    reference_to,
    written_schema,
)
from service.http.rest.bulk import DRY_RUN


def parameter(name: str, description: str, schema: Json) -> Json:
    """A parameter of the query string. A list is one text, with commas."""
    made = {"name": name, "in": "query", "description": description, "schema": schema}
    return made | {"style": "form", "explode": False} if schema.get("type") == "array" else made


def size(description: str) -> Json:
    """The number of items of a page."""
    schema = integer(1, FIRST_MOST)
    return parameter("first", f"{description} Maximum: {FIRST_MOST}.", schema)


def _header(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "header", "description": description, "schema": schema}


_CURSOR = {"type": "string", "pattern": CURSOR_PATTERN}
_MOMENT = {"type": "string", "pattern": MOMENT_PATTERN}
_TAGS = {"type": "string"}
_HTTP_DATE = {"type": "string", "examples": ["Tue, 01 Dec 2026 12:00:00 GMT"]}
# Printable ASCII without leading or trailing blanks, which are not part of a header's value.
_KEY = {"type": "string", "pattern": "^[!-~]([ -~]{0,198}[!-~])?$"}

# Parameters with the same meaning at every address.
_SHARED: Json = {
    "First": size(f"Number of records to return from the start. Default: {FIRST_DEFAULT}."),
    "After": parameter("after", "Return the items after this cursor.", _CURSOR),
    "Last": size("Number of records to return from the end, instead of `first`.")
    | {"name": "last"},
    "Before": parameter("before", "Return the records before this cursor.", _CURSOR),
    "CountAccuracy": parameter(
        "countAccuracy",
        f"{ACCURACY_DESCRIPTION} Default: {EXACT}.",
        reference_to(CountAccuracy.__name__),
    ),
    "AsOf": parameter(
        "asOf",
        "Read the data as of an earlier revision: its number, such as 12, or a time in the past "
        "(RFC 3339), such as 2026-11-01T00:00:00Z.",
        _MOMENT,
    ),
    "AsOfHeader": _header(
        "AllyGraph-As-Of",
        "The same as `asOf`, for clients that set it for all requests. If a request has both, they "
        "must name the same revision.",
        _MOMENT,
    ),
    "IfNoneMatch": _header(
        "If-None-Match",
        "Entity tags of cached responses. If one of them is current, the status is 304.",
        _TAGS,
    ),
    "IfMatch": _header(
        "If-Match",
        "ETag of the record. If the record has changed since, the write is refused.",
        _TAGS,
    ),
    "IfUnmodifiedSince": _header(
        "If-Unmodified-Since",
        "Time at which you have read the record, for clients that have no ETag of it. If it has "
        "changed since, the write is refused.",
        _HTTP_DATE,
    ),
    "IdempotencyKey": _header(
        "Idempotency-Key",
        "A unique key that the client chooses. A retry with the same key writes once.",
        _KEY,
    ),
    "DryRun": parameter(
        DRY_RUN, "Check all lines, and write nothing.", {"type": "boolean", "default": False}
    ),
    "Message": parameter(
        "message",
        "Description of the change in one sentence, for the revision's `message`.",
        written_schema("message", CONCEPTS["Revision"].attribute("message").meaning),
    ),
}


def refer(*names: str) -> list[Json]:
    """Returns references to these components."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def read_parameters(concept: Concept) -> list[Json]:
    """The parameters of a request for one record."""
    return [*member_parameters(concept), *refer("AsOf", "AsOfHeader", "IfNoneMatch")]


def member_parameters(concept: Concept) -> list[Json]:
    """The parameters that name a record and the fields of the response."""
    return refer(f"{concept.name}Key", f"{concept.name}Fields")


def page_parameters(concept: Concept) -> list[Json]:
    """The parameters of a request for a page of records."""
    paging = ("First", "After", "Last", "Before", f"{concept.name}OrderBy", f"{concept.name}Fields")
    return refer(*paging, "CountAccuracy", "AsOf", "AsOfHeader", *filters(concept), "IfNoneMatch")


def export_parameters(concept: Concept) -> list[Json]:
    """The parameters of a request for all records: those of a page, without paging."""
    selected = (f"{concept.name}OrderBy", f"{concept.name}Fields")
    return refer(*selected, "AsOf", "AsOfHeader", *filters(concept), "IfNoneMatch")


def parameter_components() -> Json:
    """All parameters that operations refer to, by name."""
    components = dict(_SHARED)
    for concept in COLLECTIONS.values():
        components |= {
            f"{concept.name}Key": _key(concept),
            f"{concept.name}OrderBy": _order_by(concept),
            f"{concept.name}Fields": _fields(concept),
        }
        components |= filters(concept)
    return components


def _key(concept: Concept) -> Json:
    how = "id or slug" if concept.has_slug else "id"
    return {
        "name": "key",
        "in": "path",
        "required": True,
        "description": f"The {how} of the {concept.noun}.",
        "schema": {"type": "string", "pattern": NO_NUL_PATTERN},
        "example": concept.collection.example_filters.get("slug", f"{concept.id_prefix}1"),
    }


def _fields(concept: Concept) -> Json:
    path = {"type": "string", "pattern": FIELD_PATTERN}
    schema = {"type": "array", "items": path, "minItems": 1, "maxItems": NAMES_MOST}
    text = "Fields of the response: paths, separated by commas. Default: the record's own."
    example = concept.collection.example_fields.split(",")
    return parameter("fields", text, schema) | {"example": example}


# --- orders -------------------------------------------------------------------------------------


def order_name(concept: Concept) -> str:
    """The name of the schema of a record's sort keys."""
    return f"{concept.name}Order"


def order_schema(concept: Concept) -> Json:
    """The paths that records can be sorted by, in both directions."""
    paths = list(_order_paths(concept))
    return {
        "type": "string",
        "description": "A sort key; with the prefix `-`, sorted descending.",
        "enum": [f"{sign}{path}" for path in paths for sign in ("", "-")],
        # Code generators turn these names into identifiers.
        "x-enum-varnames": [
            f"{_constant(path)}_{way}" for path in paths for way in ("ASC", "DESC")
        ],
    }


def _order_by(concept: Concept) -> Json:
    keys = reference_to(order_name(concept))
    schema = {"type": "array", "items": keys, "minItems": 1, "maxItems": NAMES_MOST}
    text = (
        "Sort keys, the most significant first: up to eight different ones. Longer paths work too. "
        "Default: by id."
    )
    return parameter("orderBy", text, schema) | {"example": list(_example_order(concept))}


def _example_order(concept: Concept) -> Iterator[str]:
    dates = (each.name for each in concept.attributes if each.meaning.scalar is Scalar.DATE)
    yield from (f"-{name}" for name in list(dates)[:1])
    yield "id"


def _order_paths(concept: Concept) -> Iterator[str]:
    """The paths to the record's own values, and to values that identify a related record."""
    for member in concept.members.values():
        match member:
            case Attribute(name=name):
                yield name
            case Group(name=group, attributes=attributes):
                yield from (f"{group}.{name}" for name in attributes)
            case Computed(name=computed, fields=fields):
                yield from (f"{computed}.{name}" for name in fields)
            case ToOne(name=edge, target=target):
                attributes_there = reference_attributes(CONCEPTS[target])
                yield from (f"{edge}.{attribute.name}" for attribute in attributes_there)


def _constant(path: str) -> str:
    """`supporter.startedOn` -> `SUPPORTER_STARTED_ON`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|\.", "_", path).upper()


# --- filters ------------------------------------------------------------------------------------


def filters(concept: Concept) -> Json:
    """The filters by the record's own values, and by values that identify a related record."""
    examples = concept.collection.example_filters
    components: Json = {}
    for made in _every_filter(concept):
        words = "".join(word[0].upper() + word[1:] for word in made["name"].split("."))
        components[f"{concept.name}Filter{words}"] = made | _example(made, examples)
    return components


def _example(made: Json, examples: Mapping[str, str]) -> Json:
    text = examples.get(made["name"])
    if text is None:
        return {}
    return {"example": text.split(",") if made["schema"].get("type") == "array" else text}


def _every_filter(concept: Concept) -> Iterator[Json]:
    for member in concept.members.values():
        match member:
            case Attribute():
                yield from _operators(member.name, member.meaning)
            case Group(name=name, attributes=attributes):
                for attribute in attributes.values():
                    yield from _operators(f"{name}.{attribute.name}", attribute.meaning)
            case Computed(name=name, fields=fields):
                for field in fields.values():
                    yield from _operators(f"{name}.{field.name}", field.meaning)
            case ToOne(name=name, target=target, description=description):
                for attribute in reference_attributes(CONCEPTS[target]):
                    path, meaning = f"{name}.{attribute.name}", attribute.meaning
                    text = f"{description} {meaning.description}"
                    yield parameter(path, text, compared_schema(meaning))

    if concept.period:
        yield from _times(compared_schema(concept.attribute(concept.period.start).meaning))


_ENDS = {"from": "begins", "to": "ends"}


def _times(date: Json) -> Iterator[Json]:
    yield parameter("validAt", VALID_AT, date)
    for end in RANGE_ENDS:
        text = f"{VALID_DURING} This is where it {_ENDS[end]}."
        yield parameter(f"validDuring.{end}", text, date)


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
        yield parameter(name, text, schema)
