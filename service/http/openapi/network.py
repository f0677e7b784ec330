"""The network in the OpenAPI document."""

from collections.abc import Iterator, Mapping

from schema.analysis import network
from schema.analysis.network import Fact
from schema.concepts import CONCEPTS
from schema.graphql.network import NetworkMeasure
from schema.records.columns import Meaning
from service.engine.exporting.networks import NETWORK_FORMATS, NetworkType
from service.http.openapi.components import (
    CITATION_HEADER,
    FILE_HEADERS,
    REVISION,
    linked_name,
    list_of,
    nullable,
    object_of,
)
from service.http.openapi.parameters import filters, parameter, refer
from service.http.openapi.reading import answer, json_answer, read_operation
from service.http.openapi.values import (
    ACTOR_NAME_SCHEMA,
    Json,
    choice,
    integer,
    reference_to,
    value_schema,
)

_ACTOR, _DATASET, _SUPPORT = (CONCEPTS[name] for name in ("Actor", "Dataset", "Support"))
_LIST_MOST = 10_000


def network_paths() -> Json:
    """The path of the network."""
    ok = json_answer("A network.", "NetworkAnswer", CITATION_HEADER)
    names = (*network_parameters(), "AsOf", "AsOfHeader", *filters(_SUPPORT), "IfNoneMatch")
    files = {
        f"/api/v1/network.{form.extension}": {"get": _file(form, refer(*names))}
        for form in NETWORK_FORMATS.values()
    }
    return files | {
        "/api/v1/network": {
            "get": read_operation(
                "getNetwork",
                "network",
                summary="Get the actors around some actors and the supports between them",
                description=network.DESCRIPTION,
                parameters=refer(*names),
                ok=ok,
                errors=("400", "406"),
            )
        }
    }


def _file(form: NetworkType, parameters: list[Json]) -> Json:
    name = form.extension
    return read_operation(
        f"exportNetworkAs{name.capitalize()}",
        "network",
        summary=f"Export a network as {name.upper()}",
        description=f"Returns the network for other programs. `Accept: {form.media_type}` on "
        "`/api/v1/network` does the same.",
        parameters=parameters,
        ok=answer("A network, as a file.", {"type": "string"}, FILE_HEADERS, form.media_type),
        errors=("400",),
    )


def network_parameters() -> Json:
    """The parameters that only the network has, as components."""
    actors = {
        "type": "array",
        "items": ACTOR_NAME_SCHEMA,
        "minItems": 1,
        "maxItems": network.AROUND_MOST,
    }
    code = {"type": "string", "pattern": "^[A-Z]{3}$"}
    return {
        "NetworkAround": parameter(
            "around", "Ids or slugs of actors to begin at. Default: the whole network.", actors
        )
        | {"example": ["russia"]},
        "NetworkHops": parameter(
            "hops",
            "Number of edges to follow from the actors of `around`. Default: "
            f"{network.HOPS_DEFAULT}.",
            integer(1, network.HOPS_MOST),
        ),
        "NetworkMeasure": parameter(
            "measure", "What edges are ranked by. Default: COUNT.", reference_to("NetworkMeasure")
        ),
        "NetworkCurrency": parameter(
            "currency", "Currency of the worths; required by the measure WORTH.", code
        ),
        "NetworkFirst": parameter(
            "first",
            f"Number of edges to return, the strongest first. Default: {network.EDGES_DEFAULT}.",
            integer(1, network.EDGES_MOST),
        ),
    }


def network_schemas() -> Iterator[tuple[str, Json]]:
    """The schemas of a network, its actors and edges."""
    yield NetworkMeasure.__name__, choice("What edges are ranked by.", network.MEASURES)
    actor = reference_to(linked_name(_ACTOR))
    yield (
        "NetworkNode",
        object_of(
            {"actor": actor | {"description": network.ACTOR}, **schemas_of(network.NODE)},
            "An actor in a network.",
        ),
    )
    yield (
        "NetworkPart",
        object_of(schemas_of(network.PART), "The supports of an edge of one kind and phase."),
    )
    edge = {
        "supporter": actor | {"description": network.SUPPORTER},
        "recipient": actor | {"description": network.RECIPIENT},
        **schemas_of(network.EDGE),
        **{
            name: list_of(_schema(fact), _LIST_MOST, fact.description)
            for name, fact in network.EDGE_LISTS.items()
        },
        "datasets": list_of(reference_to(linked_name(_DATASET)), _LIST_MOST, network.DATASETS),
        "parts": list_of(reference_to("NetworkPart"), _LIST_MOST, network.PARTS),
    }
    yield "NetworkEdge", object_of(edge, "All supports in a network from one actor to another.")
    nodes = 2 * network.EDGES_MOST + network.AROUND_MOST
    whole = {
        "nodes": list_of(reference_to("NetworkNode"), nodes, network.NODES),
        "edges": list_of(reference_to("NetworkEdge"), network.EDGES_MOST, network.EDGES),
        **schemas_of(network.NETWORK),
    }
    yield "Network", object_of(whole, "Actors and the supports between them.")
    answer = {"data": reference_to("Network"), "revision": REVISION}
    yield "NetworkAnswer", object_of(answer, "A network.")


def schemas_of(facts: Mapping[str, Fact]) -> Json:
    """The schemas of these values."""
    return {name: _schema(fact) for name, fact in facts.items()}


def _schema(fact: Fact) -> Json:
    meaning = Meaning(fact.scalar, fact.description, vocabulary=fact.vocabulary)
    schema = value_schema(meaning) | {"description": fact.description}
    return nullable(schema) if fact.nullable else schema
