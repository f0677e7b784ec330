"""Types of totals: a group of supports, its sums, how groups are sorted, and the root field."""

import enum
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import strawberry

from schema.analysis.totals import (
    AMOUNTS,
    COUNTS,
    DIMENSIONS,
    KIND_LEVEL_MOST,
    OWN,
    PARTS,
    SUMS,
    VALUED,
    VALUED_DESCRIPTION,
)
from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.graphql.classes import Field, declare, fill, list_of, optional_input, output
from schema.graphql.orders import OrderDirection, Orders
from schema.graphql.paging import After, Where
from schema.graphql.scalars import Decimal, enum_of, type_of

# The functional API of Enum with computed members: mypy supports literal ones only.
_Enum: Callable[..., Any] = enum.Enum

SupportDimension: Any = strawberry.enum(
    _Enum(
        "SupportDimension",
        {
            code: strawberry.enum_value(code, description=each.description)
            for code, each in DIMENSIONS.items()
        },
    ),
    description="What totals of supports are grouped by.",
)

FIELD_DESCRIPTION = (
    "Numbers and sums of the supports that match a filter, in groups. Groups are always split by"
    " data set and phase, and sums need the dimension UNIT: what is of two data sets, phases, units"
    " or currencies is never added together."
)
SUPPORT = CONCEPTS["Support"]
_MEMBERS = tuple(name for each in DIMENSIONS.values() for name in each.members)


def totals_type(records: Any) -> Any:
    """The type `SupportTotal`. `records`: the types of records by name."""
    total = declare("SupportTotal")
    sums = _sums_type()
    fields = [_member(name, records) for name in _MEMBERS]
    for name, (description, vocabulary) in OWN.items():
        plain: Any = int if name == "year" else str
        type_ = enum_of(vocabulary) if vocabulary else plain
        fields.append(output(name, type_, description, nullable=True))
    fields += [output(name, sums, description) for name, description in PARTS.items()]
    fill(total, fields)
    return strawberry.type(total, description="A group of supports, with their number and sums.")


def _member(name: str, records: Any) -> Field:
    """What a group has of a support; null unless the supports are grouped by it."""
    member = SUPPORT.members[name]
    if isinstance(member, ToOne):
        return output(name, records[member.target], f"{member.description}", nullable=True)
    if not isinstance(member, Attribute):
        raise TypeError(f"Nothing is grouped by {name}.")
    type_ = type_of(member.meaning)
    return output(name, type_, member.meaning.description, nullable=name != "phase")


def _sums_type() -> Any:
    sum_fields = [
        output(name, Decimal, description, nullable=True) for name, description in SUMS.items()
    ]
    sum_fields.append(output(VALUED, int, VALUED_DESCRIPTION))
    amount = strawberry.type(
        fill(declare("AmountSum"), sum_fields), description="Amounts of one unit, added together."
    )
    fields = [output(name, int, description) for name, description in COUNTS.items()]
    fields += [
        output(name, amount, description, nullable=True) for name, description in AMOUNTS.items()
    ]
    return strawberry.type(
        fill(declare("SupportSums"), fields), description="Number and sums of supports."
    )


def totals_order(orders: Orders) -> Any:
    """The input `SupportTotalOrder`."""
    amount = _order("AmountSumOrder", _directions([*SUMS, VALUED]), "a sum")
    counts = [
        *_directions(COUNTS),
        *(optional_input(name, amount, description) for name, description in AMOUNTS.items()),
    ]
    sums = _order("SupportSumsOrder", counts, "the sums of a group")
    fields = [_member_order(name, orders) for name in _MEMBERS]
    fields += _directions(OWN)
    fields += [optional_input(name, sums, description) for name, description in PARTS.items()]
    return _order("SupportTotalOrder", fields, "totals, by what they are grouped by")


def _member_order(name: str, orders: Orders) -> Field:
    member = SUPPORT.members[name]
    if isinstance(member, ToOne):
        return optional_input(name, orders.of[member.target], member.description)
    return optional_input(name, OrderDirection, f"The {name} of the supports.")


def _directions(names: Iterable[str]) -> list[Field]:
    described = {**COUNTS, **SUMS, VALUED: VALUED_DESCRIPTION}
    described |= {name: description for name, (description, _) in OWN.items()}
    return [optional_input(name, OrderDirection, described[name]) for name in names]


def _order(name: str, fields: Iterable[Field], what: str) -> Any:
    description = f"Sort key for {what}. Set exactly one field."
    return strawberry.input(fill(declare(name), fields), one_of=True, description=description)


def totals_field(
    connection: Any, where_type: Any, order_type: Any, first_default: int, first_most: int
) -> Field:
    """The root field `supportTotals`."""

    def support_totals(
        group_by: Annotated[
            list_of(SupportDimension),  # type: ignore[valid-type]
            strawberry.argument(description="What the supports are grouped by."),
        ],
        kind_level: Annotated[
            int | None,
            strawberry.argument(
                description="Level of the hierarchy of kinds at which KIND groups: 0 is the root,"
                f" {KIND_LEVEL_MOST} the narrowest. Default: the kind of each support."
            ),
        ] = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        order_by: Annotated[
            list[order_type] | None,
            strawberry.argument(
                description="Sort keys, the most significant first. Default: by what is grouped by."
            ),
        ] = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of groups to return. Default: {first_default}. "
                f"Maximum: {first_most}."
            ),
        ] = strawberry.UNSET,
        after: After = strawberry.UNSET,
    ) -> connection: ...

    resolver = strawberry.field(support_totals, name="supportTotals", description=FIELD_DESCRIPTION)
    return Field("supportTotals", connection, resolver)
