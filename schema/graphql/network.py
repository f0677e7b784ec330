"""Types of the network: actors, edges and their parts, and the root field."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.analysis import network
from schema.analysis.network import Fact
from schema.graphql.classes import Field, declare, enum_type, fill, list_of, output
from schema.graphql.paging import Where
from schema.graphql.scalars import python_type

NetworkMeasure: Any = enum_type(
    "NetworkMeasure", network.MEASURES, "What edges of a network are ranked by."
)


def network_type(records: Any) -> Any:
    """The type `Network`. `records`: the types of records by name."""
    actor = records["Actor"]
    node = _made(
        "NetworkNode",
        "An actor in a network.",
        [output("actor", actor, network.ACTOR), *facts_of(network.NODE)],
    )
    part = _made(
        "NetworkPart", "The supports of an edge of one kind and phase.", facts_of(network.PART)
    )
    edge = _made(
        "NetworkEdge",
        "All supports in a network from one actor to another.",
        [
            output("supporter", actor, network.SUPPORTER),
            output("recipient", actor, network.RECIPIENT),
            *facts_of(network.EDGE),
            *_lists(network.EDGE_LISTS),
            output("datasets", list_of(records["Dataset"]), network.DATASETS),
            output("parts", list_of(part), network.PARTS),
        ],
    )
    return _made(
        "Network",
        "Actors and the supports between them.",
        [
            output("nodes", list_of(node), network.NODES),
            output("edges", list_of(edge), network.EDGES),
            *facts_of(network.NETWORK),
        ],
    )


def _made(name: str, description: str, fields: list[Field]) -> Any:
    return strawberry.type(fill(declare(name), fields), description=description)


def facts_of(facts: Mapping[str, Fact]) -> list[Field]:
    """The fields with these values."""
    return [
        output(name, _type_of(fact), fact.description, nullable=fact.nullable)
        for name, fact in facts.items()
    ]


def _lists(facts: Mapping[str, Fact]) -> list[Field]:
    return [output(name, list_of(_type_of(fact)), fact.description) for name, fact in facts.items()]


def _type_of(fact: Fact) -> Any:
    return python_type(fact.scalar, fact.vocabulary)


def network_field(type_: Any, by_type: Any, where_type: Any) -> Field:
    """The root field `network`. `by_type`: the identifier of an actor."""

    def support_network(
        around: Annotated[
            list[by_type] | None,
            strawberry.argument(
                description="Actors to begin at. Default: the whole network. Maximum: "
                f"{network.AROUND_MOST}."
            ),
        ] = strawberry.UNSET,
        hops: Annotated[
            int | None,
            strawberry.argument(
                description="Number of edges to follow from the actors of `around`; without them it"
                f" has no effect. Default: {network.HOPS_DEFAULT}. Maximum: {network.HOPS_MOST}."
            ),
        ] = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description="Number of edges to return, the strongest first. Default: "
                f"{network.EDGES_DEFAULT}. Maximum: {network.EDGES_MOST}."
            ),
        ] = strawberry.UNSET,
        measure: Annotated[
            NetworkMeasure | None,
            strawberry.argument(description="What edges are ranked by. Default: COUNT."),
        ] = strawberry.UNSET,
        currency: Annotated[
            str | None,
            strawberry.argument(
                description="ISO 4217 code of the currency of the worths, such as EUR; required by"
                " the measure WORTH."
            ),
        ] = strawberry.UNSET,
    ) -> type_: ...

    resolver = strawberry.field(support_network, name="network", description=network.DESCRIPTION)
    return Field("network", type_, resolver)
