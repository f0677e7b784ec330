"""Changes: what revisions did to records, for histories and for whoever follows the data."""

import enum
from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.concepts import NODES
from schema.graphql.classes import Field, declare, fill, list_of, optional_input, output
from schema.graphql.filters import Filters
from schema.graphql.paging import After, Where


@strawberry.enum(description="What a revision did to a record.")
class ChangeAction(enum.Enum):
    """Made it, changed it, or removed it."""

    CREATED = strawberry.enum_value("CREATED", description="It was made.")
    UPDATED = strawberry.enum_value("UPDATED", description="It was changed.")
    DELETED = strawberry.enum_value(
        "DELETED", description="It was removed, or merged into another."
    )


# An enum of our own making: the checker knows only enums that are written out.
_Enum: Any = enum.Enum

RecordType = strawberry.enum(
    _Enum(
        "RecordType",
        {
            concept.record_type: strawberry.enum_value(
                concept.record_type, description=concept.description
            )
            for concept in NODES
        },
    ),
    description="The kinds of record.",
)


@strawberry.type(description="A field of a record before and after a change, both as text.")
class FieldChange:
    """Null is unknown; a reference is the id of a record, a list is JSON."""

    field: str = strawberry.field(description="Its name; `quantity.value` for a part of an object.")
    before: str | None = strawberry.field(description="What it was.")
    after: str | None = strawberry.field(description="What it became.")


def change_filter(filters: Filters) -> Any:
    """For each kind of record, what a changed one must be like."""
    fields = (
        optional_input(
            concept.singular,
            filters.of[concept.name],
            f"What a {concept.name} must have been like, before or after the change.",
        )
        for concept in NODES
    )
    cls = fill(declare("ChangeFilter"), fields)
    return strawberry.input(cls, description="Records of kinds that are not named all match.")


def change_fields(types: Mapping[str, Any], node: Any) -> tuple[Field, ...]:
    """The fields of a change."""
    return (
        output("revision", types["Revision"], "The write that made it: who, when, and why."),
        output("action", ChangeAction, "What it did to the record."),
        output("type", RecordType, "What kind of record it is."),
        output("id", strawberry.ID, "The record's id."),
        output(
            "record", node, "The record as it then stood; null if it was removed.", nullable=True
        ),
        output("fields", list_of(FieldChange), "What became different."),
    )


Since = Annotated[
    int, strawberry.argument(description="The revision that is known already: what came after it.")
]
Kinds = Annotated[
    list[RecordType] | None,  # type: ignore[valid-type]
    strawberry.argument(description="Records of these kinds; else all."),
]


def changes_field(connection: Any, where_type: Any, first_default: int, first_most: int) -> Field:
    """The root field `changes`. Its arguments are read by the planner."""

    def changes(
        since: Since,
        types: Kinds = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"How many: {first_default} unless told, {first_most} at most."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    description = (
        "What has changed since a revision, in order and without gaps: who follows it from 0 "
        "holds exactly the data of today."
    )
    return Field(
        "changes", connection, strawberry.field(changes, name="changes", description=description)
    )


def history_field(connection: Any) -> Field:
    """The field `history` of every record."""

    def history(
        first: Annotated[
            int | None, strawberry.argument(description="How many from the newest.")
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    description = "Who changed what in it, the newest change first."
    return Field(
        "history", connection, strawberry.field(history, name="history", description=description)
    )


def subscription_type(connection: Any, where_type: Any, first_most: int) -> Any:
    """The type `Subscription`: one event for each revision that changed something that matches."""

    def changes(
        since: Annotated[
            int | None,
            strawberry.argument(
                description="The last revision that was seen; without it, only what comes."
            ),
        ] = strawberry.UNSET,
        types: Kinds = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"How many changes an event may hold: {first_most} unless told. Where "
                "there are more, pageInfo says so, and Query.changes has them."
            ),
        ] = strawberry.UNSET,
    ) -> connection: ...

    description = (
        "The changes of one revision after the other. Who comes back with the last revision that "
        "was seen misses nothing and sees nothing twice."
    )
    field = strawberry.field(changes, name="changes", description=description)
    cls = fill(declare("Subscription"), (Field("changes", connection, field),))
    return strawberry.type(cls, description="What can be followed.")
