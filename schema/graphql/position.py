"""Types of the position of an actor, and its field."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.analysis import position
from schema.graphql.classes import Field, declare, fill, list_of, output
from schema.graphql.network import facts_of
from schema.graphql.paging import Where


def position_field(records: Mapping[str, Any], where_type: Any) -> Field:
    """The field `position` of an actor. `records`: the types of records by name."""
    type_ = list_of(_position_type(records))

    def actor_position(
        unit: Annotated[str | None, _argument("unit")] = strawberry.UNSET,
        from_: Annotated[int | None, _argument("from")] = strawberry.UNSET,
        until: Annotated[int | None, _argument("until")] = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[int | None, _argument("first")] = strawberry.UNSET,
    ) -> type_: ...  # type: ignore[valid-type]

    resolver = strawberry.field(actor_position, name="position", description=position.DESCRIPTION)
    return Field("position", type_, resolver)


def _position_type(records: Mapping[str, Any]) -> Any:
    of_kind = _made("KindPosition", position.KIND_TYPE, facts_of(position.OF_KIND))
    largest = output("largestSupplier", records["Actor"], position.LARGEST, nullable=True)
    supply = _made(
        "SupplyConcentration", position.SUPPLY_TYPE, [*facts_of(position.CONCENTRATION), largest]
    )
    fields = [
        output("dataset", records["Dataset"], position.DATASET, nullable=True),
        *facts_of(position.POSITION),
        output("kinds", list_of(of_kind), position.KINDS),
        output("supply", supply, position.SUPPLY),
    ]
    return _made("ActorPosition", position.POSITION_TYPE, fields)


def _made(name: str, description: str, fields: list[Field]) -> Any:
    return strawberry.type(fill(declare(name), fields), description=description)


def _argument(name: str) -> Any:
    return strawberry.argument(description=position.ARGUMENTS[name], name=name)
