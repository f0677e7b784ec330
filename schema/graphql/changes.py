"""Changes of records: the fields `changes` and `history`, and the subscription."""

import enum
from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from schema.concepts import NODES
from schema.graphql.classes import Field, declare, enum_type, fill, list_of, optional_input, output
from schema.graphql.filters import Filters
from schema.graphql.paging import After, Where


@strawberry.enum(description="What a revision did to a record.")
class ChangeAction(enum.Enum):
    """The three ways to change a record."""

    CREATED = strawberry.enum_value("CREATED", description="The record was created.")
    UPDATED = strawberry.enum_value("UPDATED", description="The record was updated.")
    DELETED = strawberry.enum_value(
        "DELETED", description="The record was deleted, or merged into another."
    )


EVENT = "Changes of one revision that match: one event of a subscription."

RecordType = enum_type(
    "RecordType",
    {concept.record_type: concept.summary for concept in NODES},
    "Type of a record.",
)


@strawberry.type(
    description="A field of a record before and after a change. Both values are strings."
)
class FieldChange:
    """References are ids, lists are JSON."""

    field: str = strawberry.field(
        description="Name of the field, or its path in a nested object, such as `quantity.value`."
    )
    before: str | None = strawberry.field(
        description="Value before the change. A reference is an id, a list is JSON."
    )
    after: str | None = strawberry.field(
        description="Value after the change. A reference is an id, a list is JSON."
    )


def change_filter(filters: Filters) -> Any:
    """The input `ChangeFilter`: for each record type its filter."""
    fields = (
        optional_input(
            concept.singular,
            filters.of[concept.name],
            f"Filter for changes of {concept.plural}, matched before or after the change.",
        )
        for concept in NODES
    )
    cls = fill(declare("ChangeFilter"), fields)
    return strawberry.input(
        cls,
        description="Filter for changes, by record type. A type without a filter is not filtered.",
    )


def change_fields(types: Mapping[str, Any], record: Any) -> tuple[Field, ...]:
    """The fields of the type `Change`, besides its id."""
    return (
        output(
            "revision", types["Revision"], "Revision that made the change: when, by whom and why."
        ),
        output("action", ChangeAction, "What the revision did to the record."),
        output("type", RecordType, "Type of the record."),
        output("recordId", strawberry.ID, "Id of the record."),
        output(
            "record",
            record,
            "The record as of the revision; null if the record was deleted.",
            nullable=True,
        ),
        output("fields", list_of(FieldChange), "Fields that changed."),
    )


Since = Annotated[
    int, strawberry.argument(description="Returns the changes after this revision; 0 for all.")
]
Kinds = Annotated[
    list[RecordType] | None,  # type: ignore[valid-type]
    strawberry.argument(
        description="Returns only changes of records of these types; default: all types."
    ),
]


def changes_field(connection: Any, where_type: Any, first_default: int, first_most: int) -> Field:
    """The root field `changes`. The planner reads its arguments."""

    def changes(
        since: Since,
        types: Kinds = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of changes to return. Default: {first_default}. "
                f"Maximum: {first_most}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    description = (
        "Changes since a revision, oldest first and without gaps. A client that applies all "
        "changes since revision 0 has a complete copy of the data."
    )
    return Field(
        "changes", connection, strawberry.field(changes, name="changes", description=description)
    )


def history_field(connection: Any, first_default: int, first_most: int) -> Field:
    """The field `history` of every record."""

    def history(
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of changes to return. Default: {first_default}. "
                f"Maximum: {first_most}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    description = "Changes of the record, newest first."
    return Field(
        "history", connection, strawberry.field(history, name="history", description=description)
    )


def subscription_type(event: Any, where_type: Any, first_most: int) -> Any:
    """The type `Subscription`: one event for each revision with changes that match."""

    def changes(
        since: Annotated[
            int | None,
            strawberry.argument(
                description="Sends the changes after this revision, then new ones as they are "
                "made. Default: new changes only."
            ),
        ] = strawberry.UNSET,
        types: Kinds = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description="Maximum number of changes in one event. Default and maximum: "
                f"{first_most}. If a revision has more, `pageInfo.hasNextPage` is true and "
                "`Query.changes` returns the rest."
            ),
        ] = strawberry.UNSET,
    ) -> event: ...

    description = (
        "Changes as they are made: one event for each revision. A client that reconnects with "
        "`since` set to the last revision it received gets every change exactly once."
    )
    field = strawberry.field(changes, name="changes", description=description)
    cls = fill(declare("Subscription"), (Field("changes", event, field),))
    return strawberry.type(cls, description="Subscriptions, over WebSocket or server-sent events.")
