"""The fields that a change modified, as a JSON array."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, Text, case, cast, literal_column, select

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from service.plan import ChangeFact, TypeName
from service.sql.dialect import Content, Dialect, Expression, Pairs, Source
from service.sql.rows import Context, order_of_items
from service.sql.texts import own_text
from service.sql.versions import and_holding

Members = tuple[TypeName | ChangeFact, ...]


def field_changes(
    before: Context,
    after: Context,
    concept: Concept,
    change: Source,
    members: Members,
    is_record: Any,
) -> Expression:
    """The fields that differ between two states, for a change of a record of this concept.

    The subquery has no row, and so is null, if the changed record is of another concept.
    """
    old = before.versions.rows_of(concept.table)
    new = after.versions.rows_of(concept.table)
    # A created record has no state before the change, a deleted record none after it.
    one_row = select(literal_column("1").label("one")).subquery()
    rows = one_row.outerjoin(
        old, and_holding(before.versions, old, old.c.id == change.c.record_id)
    ).outerjoin(new, and_holding(after.versions, new, new.c.id == change.c.record_id))
    fields = list(_fields(before, after, concept, old, new))
    # A subquery computes the values first, because values may be nested queries.
    values = (value for _, old_value, new_value in fields for value in (old_value, new_value))
    columns = (value.label(f"state_{index}") for index, value in enumerate(values))
    states = select(*columns).select_from(rows).where(is_record)
    layer = states.correlate(change, *after.versions.outer).subquery("states")
    dialect = after.binding.dialect
    differences = []
    for index, (name, _, _) in enumerate(fields):
        old_value, new_value = (layer.c[f"state_{2 * index + offset}"] for offset in (0, 1))
        difference = dialect.json_object(_pairs(dialect, name, old_value, new_value, members))
        differences.append((old_value.is_distinct_from(new_value), difference))
    array = dialect.answer(dialect.json_array_of(differences))
    return select(array).select_from(layer).scalar_subquery()


def _pairs(
    dialect: Dialect, name: str, old_value: Expression, new_value: Expression, members: Members
) -> Pairs:
    """The members of one field change."""
    field = dialect.json_unescaped(name, nullable=False)
    values: dict[str, Content] = {"field": field, "before": old_value, "after": new_value}
    return [(member.key, _member(dialect, member, values)) for member in members]


def _member(
    dialect: Dialect, member: TypeName | ChangeFact, values: Mapping[str, Content]
) -> Content:
    if isinstance(member, TypeName):
        return dialect.json_unescaped(member.name, nullable=False)
    return values[member.name]


def _fields(
    before: Context, after: Context, concept: Concept, old: Source, new: Source
) -> Iterator[tuple[str, Expression, Expression]]:
    """Yields the name of each field, and its values in both states, as text."""
    for member in concept.members.values():
        match member:
            case Attribute(name="id"):
                pass
            case Attribute(name=name):
                yield name, _text(member, old), _text(member, new)
            case Group(name=name, attributes=attributes):
                for each in attributes.values():
                    yield f"{name}.{each.name}", _text(each, old), _text(each, new)
            case ToOne(name=name):
                yield name, _reference(member, old), _reference(member, new)
            case Owned(name=name):
                yield name, _listed(before, member, old), _listed(after, member, new)
            case ToMany(name=name, is_part=True):
                yield name, _linked(before, member, old), _linked(after, member, new)


def _text(attribute: Attribute, row: Source) -> Expression:
    column = row.c[attribute.column.name]
    match attribute.meaning.scalar:
        case Scalar.BOOLEAN:
            truths = (column.is_(True), own_text("true")), (column.is_(False), own_text("false"))
            return case(*truths)
        case Scalar.INTEGER:
            return cast(column, Text)
    text: Expression = column
    return text


def _reference(edge: ToOne, row: Source) -> Expression:
    prefix = own_text(CONCEPTS[edge.target].id_prefix)
    return prefix.concat(row.c[edge.column.name])


def _listed(context: Context, owned: Owned, row: Source) -> Expression:
    """The list as JSON; null if it is empty."""
    names = [attribute.column.name for attribute in owned.attributes.values()]
    rows = context.versions.rows_of(owned.table)
    near = rows.c[owned.near.name] == row.c.id
    listed = select(*(rows.c[name] for name in names)).where(near, *context.versions.holding(rows))
    dialect = context.binding.dialect
    below = _ordered(context, listed, order_of_items(owned, rows), row)
    item: Content
    if owned.value:
        item = below.c[owned.value.column.name]
    else:
        pairs = [(a.name, below.c[a.column.name]) for a in owned.attributes.values()]
        item = dialect.json_object(pairs)
    text = dialect.list_text(item, lambda: order_of_items(owned, below))
    return select(text).select_from(below).scalar_subquery()


def _linked(context: Context, edge: ToMany, row: Source) -> Expression:
    """The ids of the linked records, as JSON; null if there are none."""
    far = edge.far
    if far is None:
        raise TypeError(f"{edge.name} is not a many-to-many edge.")
    rows = context.versions.rows_of(edge.near.table)
    near = rows.c[edge.near.name] == row.c.id
    listed = select(rows.c[far.name]).where(near, *context.versions.holding(rows))
    below = _ordered(context, listed, [rows.c[far.name]], row)
    dialect = context.binding.dialect
    prefix = CONCEPTS[edge.target].id_prefix
    item = dialect.json_unescaped(prefix, below.c[far.name], nullable=False)
    text = dialect.list_text(item, lambda: [below.c[far.name]])
    return select(text).select_from(below).scalar_subquery()


def _ordered(context: Context, listed: Select[Any], order: list[Expression], row: Source) -> Any:
    ordered = listed.order_by(*order)
    return ordered.correlate(row, *context.versions.outer).subquery("listed")
