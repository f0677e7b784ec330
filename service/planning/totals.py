"""Plans totals of supports: the dimensions, the order, and the members of each group."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schema.analysis.totals import (
    ALWAYS,
    AMOUNTS,
    COUNTS,
    DIMENSION_OF,
    DIMENSIONS,
    KIND_LEVEL_MOST,
    OWN,
    PARTS,
    SUMS,
    VALUED,
)
from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.records.columns import Scalar
from schema.values.decimals import magnitude
from service import plan
from service.errors import BadInput
from service.planning.arguments import Argument, Arguments, as_list
from service.planning.conditions import where_condition
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.page_members import PageMembers
from service.planning.paging import (
    ORDER_KEYS_MOST,
    cursor_of,
    key_reader,
    order_key,
    path_of,
    signature_of,
    size_of,
)
from service.planning.resource import page_facts, reference

_SUPPORT = CONCEPTS["Support"]

# The columns that identify a group, by dimension. No two groups share all of them.
KEYS: Mapping[str, tuple[tuple[str, Scalar], ...]] = {
    "SUPPORTER": (("supporter_id", Scalar.ID),),
    "RECIPIENT": (("recipient_id", Scalar.ID),),
    "AGAINST": (("against_id", Scalar.ID),),
    "KIND": (("kind", Scalar.TEXT),),
    "PHASE": (("phase", Scalar.TEXT),),
    "YEAR": (("year", Scalar.INTEGER),),
    "CONFLICT": (("conflict_id", Scalar.ID),),
    "DATASET": (("dataset_id", Scalar.ID),),
    "UNIT": (
        ("measure", Scalar.INTEGER),
        ("amount_unit", Scalar.TEXT),
        ("amount_currency", Scalar.TEXT),
    ),
}


def keys_of(dimensions: tuple[str, ...]) -> tuple[tuple[str, Scalar], ...]:
    """Returns the columns that identify a group, with the types of their values."""
    return tuple(key for code in dimensions for key in KEYS[code])


def signature_of_totals(totals: plan.Totals) -> str:
    """Returns the prefix of the cursors of these groups in this order."""
    return _signature(totals.dimensions, totals.order)


def _signature(dimensions: tuple[str, ...], order: tuple[Any, ...]) -> str:
    keys = (f"{_path_of(key)} {'DESC' if key.descending else 'ASC'}" for key in order)
    return signature_of("SupportTotal", *dimensions, *keys)


def _path_of(key: plan.OrderKey | plan.TotalKey) -> str:
    if isinstance(key, plan.OrderKey):
        return path_of(key)
    return ".".join(filter(None, (key.part, key.amount, key.name)))


def scalar_of(key: plan.OrderKey | plan.TotalKey) -> Scalar:
    """Returns the type of the values of a sort key."""
    if isinstance(key, plan.OrderKey):
        return key.attribute.meaning.scalar
    if key.name in SUMS:
        return Scalar.DECIMAL
    return Scalar.INTEGER if key.name in (*COUNTS, VALUED, "year") else Scalar.TEXT


def totals_of(
    arguments: Arguments, members: tuple[plan.PageMember[plan.TotalMember], ...]
) -> plan.Totals:
    """Returns the totals that these arguments describe. Raises BadInput or BadCursor."""
    dimensions = dimensions_of(arguments)
    order = tuple(_order(dimensions, arguments.get("orderBy")))
    scalars = [*map(scalar_of, order), *(scalar for _, scalar in keys_of(dimensions))]
    after = cursor_of(
        "after",
        arguments.get("after"),
        _signature(dimensions, order),
        [_read_sum if scalar is Scalar.DECIMAL else key_reader(scalar) for scalar in scalars],
    )
    return plan.Totals(
        dimensions,
        _level(dimensions, arguments.get("kindLevel")),
        where_condition(_SUPPORT, arguments.get("where")),
        order,
        plan.Page(size_of("first", arguments.get("first")), after=after),
        members,
    )


# A sum may have more digits than a single amount.
_SUM = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,20})?", re.ASCII)


def _read_sum(text: str) -> str:
    """Reads a sum from a cursor as its magnitude."""
    if text and not _SUM.fullmatch(text):
        raise ValueError(text)
    return magnitude(text) if text else ""


def dimensions_of(arguments: Arguments) -> tuple[str, ...]:
    """Returns the dimensions, which always include data set and phase. Raises BadInput."""
    given = as_list(arguments["groupBy"])
    for code in given:
        if given.count(code) > 1:
            raise BadInput(f"groupBy has {code} twice; give each dimension once.")
    return (*given, *(code for code in ALWAYS if code not in given))


def _level(dimensions: tuple[str, ...], level: Argument) -> plan.Parameter | None:
    if level is None:
        return None
    if "KIND" not in dimensions:
        raise BadInput("kindLevel is the level of KIND: add KIND to groupBy, or omit kindLevel.")
    return plan.Parameter(level, _read_level)


def _read_level(level: int) -> int:
    if not 0 <= level <= KIND_LEVEL_MOST:
        raise BadInput(f"kindLevel must be between 0 and {KIND_LEVEL_MOST}, but is {level}.")
    return level


# --- orders -------------------------------------------------------------------------------------


def _order(
    dimensions: tuple[str, ...], order_by: Argument
) -> Iterator[plan.OrderKey | plan.TotalKey]:
    seen: set[str] = set()
    for item in as_list(order_by) if order_by else ():
        key = _order_key(dimensions, item)
        if _path_of(key) not in seen:
            seen.add(_path_of(key))
            yield key
    if len(seen) > ORDER_KEYS_MOST:
        raise BadInput(f"orderBy has {len(seen)} keys; the limit is {ORDER_KEYS_MOST}.")


def _order_key(
    dimensions: tuple[str, ...], item: Mapping[str, Argument]
) -> plan.OrderKey | plan.TotalKey:
    ((name, inner),) = item.items()
    if name in PARTS:
        ((fact, direction),) = inner.items()
        if fact not in AMOUNTS:
            return plan.TotalKey(name, None, fact, direction == "DESC")
        _needs("UNIT", dimensions, f"sort by `{name}.{fact}`")
        amount, ((fact, direction),) = fact, direction.items()
        return plan.TotalKey(name, amount, fact, direction == "DESC")
    _needs(DIMENSION_OF[name], dimensions, f"sort by `{name}`")
    if name in OWN:
        return plan.TotalKey(None, None, name, inner == "DESC")
    return order_key(_SUPPORT, item)


def _needs(code: str, dimensions: tuple[str, ...], what: str) -> None:
    if code not in dimensions:
        why = ": amounts of two units are never added together." if code == "UNIT" else "."
        raise BadInput(f"To {what}, add {code} to groupBy{why}")


# --- members ------------------------------------------------------------------------------------


class TotalsSelector:
    """Plans totals in a GraphQL query."""

    def __init__(self, collect: Collect, members: Any) -> None:
        """`members`: plans the members of a record."""
        self._collect = collect
        self._members = members

    def totals(self, arguments: Arguments, selections: Selections) -> plan.Totals:
        """Plans the totals of the root field. Raises BadInput or BadCursor."""
        dimensions = dimensions_of(arguments)

        def of_item(inner: Selections) -> tuple[plan.TotalMember, ...]:
            fields = self._collect(inner, "SupportTotal")
            return tuple(self._member(dimensions, field) for field in fields)

        return totals_of(
            arguments, PageMembers(self._collect, "SupportTotal", of_item).read(selections)
        )

    def _member(self, dimensions: tuple[str, ...], field: SelectedField) -> plan.TotalMember:
        if field.name == "__typename":
            return plan.TypeName(field.key, "SupportTotal")
        if field.name in PARTS:
            members = (self._in_part(dimensions, each) for each in self._sums(field))
            return plan.PartTotals(field.key, field.name, tuple(members))
        if DIMENSION_OF[field.name] not in dimensions:
            return plan.NotGrouped(field.key)
        if field.name in OWN:
            return plan.TotalFact(field.key, field.name)
        match _SUPPORT.members[field.name]:
            case ToOne() as edge:
                members = self._members(CONCEPTS[edge.target], field.selections)
                return plan.One(field.key, edge, members)
            case Attribute() as attribute:
                return plan.Value(field.key, attribute)
        raise TypeError(f"Nothing is grouped by {field.name}.")

    def _sums(self, field: SelectedField) -> Iterator[SelectedField]:
        return self._collect(field.selections, "SupportSums")

    def _in_part(
        self, dimensions: tuple[str, ...], field: SelectedField
    ) -> plan.TypeName | plan.TotalFact | plan.AmountTotals:
        if field.name == "__typename":
            return plan.TypeName(field.key, "SupportSums")
        if field.name not in AMOUNTS:
            return plan.TotalFact(field.key, field.name)
        _needs("UNIT", dimensions, f"select `{field.name}`")
        members = (
            plan.TypeName(inner.key, "AmountSum")
            if inner.name == "__typename"
            else plan.TotalFact(inner.key, inner.name)
            for inner in self._collect(field.selections, "AmountSum")
        )
        return plan.AmountTotals(field.key, field.name, tuple(members))


def resource_totals(arguments: Arguments) -> plan.Totals:
    """Plans the totals of a REST response, with all members. Raises BadInput or BadCursor."""
    members = tuple(group_members(dimensions_of(arguments)))
    return totals_of(arguments, (plan.Nodes("data", members), page_facts()))


def group_members(dimensions: Sequence[str]) -> Iterator[plan.TotalMember]:
    """Yields all members of a group over REST."""
    for code in dimensions:
        for name in DIMENSIONS[code].members:
            match _SUPPORT.members[name]:
                case ToOne(target=target) as edge:
                    yield plan.One(name, edge, reference(CONCEPTS[target], {}))
                case Attribute() as attribute:
                    yield plan.Value(name, attribute)
        yield from (plan.TotalFact(name, name) for name in DIMENSIONS[code].own)
    for part in PARTS:
        facts = [plan.TotalFact(name, name) for name in COUNTS]
        sums = tuple(plan.TotalFact(name, name) for name in (*SUMS, VALUED))
        amounts = AMOUNTS if "UNIT" in dimensions else ()
        nested = [plan.AmountTotals(name, name, sums) for name in amounts]
        yield plan.PartTotals(part, part, (*facts, *nested))
