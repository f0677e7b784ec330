"""The paths of support in the OpenAPI document."""

from collections.abc import Iterator

from schema.analysis import path
from schema.concepts import CONCEPTS
from schema.graphql.path import PathTime
from schema.records.columns import Meaning, Scalar
from service.http.openapi.components import (
    CITATION_HEADER,
    REVISION,
    count,
    linked_name,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.parameters import filters, parameter, refer
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import (
    ACTOR_NAME_SCHEMA,
    Json,
    choice,
    integer,
    reference_to,
    value_schema,
)

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]
_YEAR = Meaning(Scalar.INTEGER, path.YEAR)


def support_paths() -> Json:
    """The path `/paths`."""
    ok = json_answer(
        "The shortest paths; none if there is no path of so few steps.",
        "PathsAnswer",
        CITATION_HEADER,
    )
    names = (*path_parameters(), "AsOf", "AsOfHeader", *filters(_SUPPORT), "IfNoneMatch")
    return {
        "/api/v1/paths": {
            "get": read_operation(
                "listPaths",
                "paths",
                summary="Find the shortest chains of support from one actor to another",
                description=path.DESCRIPTION,
                parameters=refer(*names),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def path_parameters() -> Json:
    """The parameters that only paths have, as components."""
    actor = ACTOR_NAME_SCHEMA
    return {
        "PathFrom": parameter("from", "Id or slug of the actor at which the paths begin.", actor)
        | {"required": True, "example": "north-korea"},
        "PathTo": parameter("to", "Id or slug of another actor, where they end.", actor)
        | {"required": True, "example": "russia"},
        "PathMaxHops": parameter(
            "maxHops",
            f"Most steps of a path. Default: {path.HOPS_DEFAULT}.",
            integer(1, path.HOPS_MOST),
        ),
        "PathTime": parameter(
            "time", "How the steps follow in time. Default: ANY.", reference_to("PathTime")
        ),
        "PathFirst": parameter(
            "first",
            f"Number of paths to return. Default: {path.PATHS_DEFAULT}.",
            integer(1, path.PATHS_MOST),
        ),
    }


def path_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a path and its steps."""
    yield PathTime.__name__, choice("How the steps of a path follow in time.", path.TIMES)
    actor = reference_to(linked_name(_ACTOR))
    supports = {
        "data": list_of(reference_to(_SUPPORT.name), path.SUPPORTS_OF_A_STEP, path.SUPPORTS),
        "page": reference_to("Page"),
    }
    step = {
        "supporter": actor | {"description": path.SUPPORTER},
        "recipient": actor | {"description": path.RECIPIENT},
        "supports": object_of(supports, path.SUPPORTS),
    }
    yield "PathStep", object_of(step, "A step of a path.")
    whole = {
        "hops": count(path.HOPS),
        "year": nullable(value_schema(_YEAR) | {"description": _YEAR.description}),
        "steps": list_of(reference_to("PathStep"), path.HOPS_MOST, path.STEPS),
    }
    yield "Path", object_of(whole, "A chain of support from one actor to another.")
    paths = list_of(reference_to("Path"), path.PATHS_MOST, "The paths.")
    answer = {"data": paths, "unknownCount": count(path.UNKNOWN_COUNT), "revision": REVISION}
    yield "PathsAnswer", object_of(answer, "The shortest paths.")
