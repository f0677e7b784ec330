"""The positions of an actor in the OpenAPI document."""

from collections.abc import Iterator

from schema.analysis import position
from schema.concepts import CONCEPTS
from service.http.openapi.components import (
    REVISION,
    linked_name,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.network import schemas_of
from service.http.openapi.parameters import filters, parameter, refer
from service.http.openapi.reading import json_answer, read_operation
from service.http.openapi.values import Json, integer, reference_to

_ACTOR, _DATASET, _SUPPORT = (CONCEPTS[name] for name in ("Actor", "Dataset", "Support"))
# Above the number of kinds in the vocabulary.
_KINDS_MOST = 1_000


def position_paths() -> Json:
    """The path of the positions of an actor."""
    ok = json_answer("The positions of the actor.", "ActorPositions", {})
    names = (*position_parameters(), "AsOf", "AsOfHeader", *filters(_SUPPORT), "IfNoneMatch")
    return {
        "/api/v1/actors/{key}/position": {
            "get": read_operation(
                "getActorPosition",
                "actors",
                summary="Get the degrees of an actor and how concentrated its supply is",
                description=position.DESCRIPTION,
                parameters=refer(f"{_ACTOR.name}Key", *names),
                ok=ok,
                errors=("400", "404", "406"),
            )
        }
    }


def position_parameters() -> Json:
    """The parameters that only positions have, as components."""
    schemas = {
        "unit": {"type": "string", "pattern": "^[A-Z_]{3,20}$"},
        "from": integer(position.YEAR_LEAST, position.YEAR_MOST),
        "until": integer(position.YEAR_LEAST, position.YEAR_MOST),
        "first": integer(1, position.FIRST_MOST),
    }
    return {
        f"Position{name.capitalize()}": parameter(name, position.ARGUMENTS[name], schema)
        for name, schema in schemas.items()
    }


def position_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a position, of a kind in it, and of the supply."""
    yield "KindPosition", object_of(schemas_of(position.OF_KIND), position.KIND_TYPE)
    largest = reference_to(linked_name(_ACTOR)) | {"description": position.LARGEST}
    supply = schemas_of(position.CONCENTRATION) | {"largestSupplier": nullable(largest)}
    yield "SupplyConcentration", object_of(supply, position.SUPPLY_TYPE)
    dataset = reference_to(linked_name(_DATASET)) | {"description": position.DATASET}
    whole = {
        "dataset": nullable(dataset),
        **schemas_of(position.POSITION),
        "kinds": list_of(reference_to("KindPosition"), _KINDS_MOST, position.KINDS),
        "supply": reference_to("SupplyConcentration") | {"description": position.SUPPLY},
    }
    yield "ActorPosition", object_of(whole, position.POSITION_TYPE)
    positions = list_of(reference_to("ActorPosition"), position.FIRST_MOST, "The positions.")
    answer = {"data": positions, "revision": REVISION}
    yield "ActorPositions", object_of(answer, "The positions of an actor.")
