"""Search in the OpenAPI document."""

from collections.abc import Iterator

from schema.concepts import CONCEPTS
from schema.graphql.search import (
    FIELD_DESCRIPTION,
    HIT_DESCRIPTION,
    HIT_FIELDS,
    MATCH_DESCRIPTION,
    MATCH_FIELDS,
    TEXT_DESCRIPTION,
    TYPE_DESCRIPTION,
    TYPES_DESCRIPTION,
)
from schema.graphql.types import FIRST_DEFAULT, FIRST_MOST
from schema.search import SEARCH_TYPES, TEXT_MOST
from service.http.openapi.components import (
    LINK_HEADER,
    REVISION,
    count,
    list_of,
    object_of,
)
from service.http.openapi.parameters import parameter, refer, size
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import Json, choice, reference_to


def search_paths() -> Json:
    """The path of search."""
    ok = json_answer("A page of hits.", "SearchPage", LINK_HEADER)
    return {
        "/api/v1/search": {
            "get": read_operation(
                "search",
                "search",
                summary="Find records by words of their names and texts",
                description=FIELD_DESCRIPTION,
                parameters=refer(
                    *search_parameters(), "After", "AsOf", "AsOfHeader", "IfNoneMatch"
                ),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def search_parameters() -> Json:
    """The parameters that only search has, as components."""
    text = {"type": "string", "minLength": 1, "maxLength": TEXT_MOST}
    types = {"type": "array", "items": reference_to("SearchType"), "minItems": 1}
    return {
        "SearchText": parameter("text", TEXT_DESCRIPTION, text)
        | {"required": True, "example": "norht korea"},
        "SearchTypes": parameter("types", TYPES_DESCRIPTION, types),
        "SearchFirst": size(f"Number of hits to return. Default: {FIRST_DEFAULT}."),
    }


def search_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a page of hits, of a hit and its matches."""
    codes = {code: CONCEPTS[each.concept].summary for code, each in SEARCH_TYPES.items()}
    yield "SearchType", choice(TYPE_DESCRIPTION, codes)
    places = {name: count(description) for name, description in MATCH_FIELDS.items()}
    yield "SearchMatch", object_of(places, MATCH_DESCRIPTION)
    schemas: Json = {
        "type": reference_to("SearchType"),
        "record": {"anyOf": [reference_to(each.concept) for each in SEARCH_TYPES.values()]},
        "text": {"type": "string"},
        "matches": {"type": "array", "items": reference_to("SearchMatch")},
    }
    fields = {
        name: schemas[name] | {"description": description}
        for name, description in HIT_FIELDS.items()
    }
    yield "SearchHit", object_of(fields, HIT_DESCRIPTION)
    yield (
        "SearchPage",
        object_of(
            {
                "data": list_of(reference_to("SearchHit"), FIRST_MOST, "The hits."),
                "page": reference_to("Page"),
                "revision": REVISION,
            },
            "A page of hits, best first.",
        ),
    )
