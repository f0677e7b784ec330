"""Conditions in SQL. A table maps each operator to its SQL."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    func,
    select,
    true,
    union_all,
)
from sqlmodel import SQLModel

from schema.assessment import ComputedField
from schema.concepts import CONCEPTS, Attribute, Concept, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from schema.records.derived import EARLIEST, LATEST, MAGNITUDE
from schema.values.decimals import magnitude
from service.plan import (
    AllOf,
    AnyOf,
    Assessed,
    Compare,
    Condition,
    Holds,
    Named,
    Not,
    Parameter,
    Related,
    Valid,
)
from service.planning.conditions import possible
from service.sql.assessment import Assessment
from service.sql.binding import Binding
from service.sql.chains import all_of, any_of
from service.sql.dialect import Dialect, Expression
from service.sql.periods import valid_sql
from service.sql.texts import number, own_text
from service.sql.versions import Versions

Write = Callable[[Dialect, Expression, Expression], Expression]

_OPERATORS: Mapping[str, Write] = {
    "eq": lambda _, column, value: column == value,
    "ne": lambda _, column, value: column != value,
    "in": lambda dialect, column, value: dialect.one_of(column, value),
    "notIn": lambda dialect, column, value: dialect.none_of(column, value),
    "lt": lambda _, column, value: column < value,
    "lte": lambda _, column, value: column <= value,
    "gt": lambda _, column, value: column > value,
    "gte": lambda _, column, value: column >= value,
    "contains": lambda dialect, column, value: dialect.contains(column, value),
    "startsWith": lambda dialect, column, value: dialect.starts_with(column, value),
    "under": lambda dialect, column, value: dialect.one_of(column, value),
}
WRITTEN = frozenset(_OPERATORS) | {"isNull"}

# Former ids are those of merged records; former slugs are those of merged or renamed records.
_FORMER_IDS = SQLModel.metadata.tables["former_id"]
_FORMER_SLUGS = SQLModel.metadata.tables["former_slug"]
_BY_TABLE = {concept.table.name: concept for concept in CONCEPTS.values()}

# The operators for which a former name finds the record that has replaced it.
_NAMING = frozenset({"eq", "ne", "in", "notIn"})

_TAKE_LISTS = frozenset({"in", "notIn", "under"})
_COMPARE_SIZE = frozenset({"lt", "lte", "gt", "gte"})
# "After" compares the earliest day that a date can mean, "before" the latest.
_DATE_COLUMNS = {"gt": EARLIEST, "gte": EARLIEST, "lt": LATEST, "lte": LATEST}


def unknown_count(
    binding: Binding, versions: Versions, concept: Concept, where: Condition
) -> Expression:
    """The number of records that a filter leaves out because it is unknown whether they match."""
    wider = possible(where)
    if wider == where:
        return number(0)
    table = versions.rows_of(concept.table)
    found, may = (condition_sql(binding, versions, table, each) for each in (where, wider))
    query = select(func.count()).select_from(table).where(*versions.holding(table), may)
    return query.where(found.is_not(true())).scalar_subquery()


def condition_sql(
    binding: Binding, versions: Versions, table: FromClause, condition: Condition
) -> Expression:
    """Compiles a condition on a row of `table` that is valid in this state of the data."""

    def of(inner: Condition) -> Expression:
        return condition_sql(binding, versions, table, inner)

    match condition:
        case Compare(attribute, operator, Parameter() as value) if (
            operator in _NAMING and _leads_on(attribute)
        ):
            return _named(binding, versions, table, attribute, operator, value)
        case Compare():
            return _compare(binding, table, condition)
        case Assessed(field, operator, value):
            assessment = Assessment(binding, versions, table)
            return _assessed(binding, assessment, field, operator, value)
        case AllOf(conditions):
            return all_of(map(of, conditions))
        case AnyOf(conditions):
            return any_of(map(of, conditions))
        case Not(inner):
            # Unknown (null) counts as false, so its negation is true.
            return of(inner).is_not(true())
        case Related(edge, inner):
            return _related(binding, versions, table, edge, inner)
        case Named(attribute, value):
            return _named(binding, versions, table, attribute, "eq", value)
        case Valid():
            return valid_sql(binding, versions, table, condition)
        case Holds():
            return table.c.id == _holder(binding, versions, condition)


def _leads_on(attribute: Attribute) -> bool:
    """Whether records keep their former values of this attribute."""
    column = attribute.column
    return column.name in ("id", "slug") and _former(column) is not None


def _compare(binding: Binding, table: FromClause, condition: Compare) -> Expression:
    attribute, operator = condition.attribute, condition.operator
    column = table.c[attribute.column.name]
    if isinstance(condition.value, bool):
        return column.is_(None) if condition.value else column.is_not(None)
    if operator in _COMPARE_SIZE and attribute.meaning.scalar is Scalar.DECIMAL:
        return _compare_magnitude(binding, table, attribute, operator, condition.value)
    if operator in _DATE_COLUMNS and attribute.meaning.scalar is Scalar.DATE:
        column = table.c[attribute.column.name + _DATE_COLUMNS[operator].suffix]
    if operator in _TAKE_LISTS:
        value = binding.list_of(condition.value, binding.dialect.list_form(column.type))
    else:
        value = binding.parameter(condition.value, attribute.column.type)
    return _OPERATORS[operator](binding.dialect, column, value)


def _assessed(
    binding: Binding,
    assessment: Assessment,
    field: ComputedField,
    operator: str,
    value: Parameter | bool,
) -> Expression:
    """Compares a field of the assessment. An unknown value is null, and never matches."""
    if isinstance(value, bool):
        known = assessment.plain(field.name)
        return known.is_(None) if value else known.is_not(None)
    type_ = assessment.type_of(field)
    if operator in _COMPARE_SIZE and field.scalar is Scalar.DECIMAL:
        number = binding.parameter(value, type_, magnitude)
        size = assessment.magnitude(field.name)
        return _OPERATORS[operator](binding.dialect, size, number)
    if operator in _TAKE_LISTS:
        bound = binding.list_of(value, binding.dialect.list_form(type_))
    else:
        bound = binding.parameter(value, type_)
    return _OPERATORS[operator](binding.dialect, assessment.plain(field.name), bound)


def _compare_magnitude(
    binding: Binding, table: FromClause, attribute: Attribute, operator: str, value: Parameter
) -> Expression:
    """Compares amounts exactly. Unknown amounts have a magnitude too, but must not match."""
    name = attribute.column.name
    column = table.c[name + MAGNITUDE.suffix]
    number = binding.parameter(value, column.type, magnitude)
    size = _OPERATORS[operator](binding.dialect, column, number)
    return and_(table.c[name].is_not(None), size)


def _named(
    binding: Binding,
    versions: Versions,
    table: FromClause,
    attribute: Attribute,
    operator: str,
    value: Parameter,
) -> Expression:
    """Compares a record by its id or slug, or by a former one that leads to it."""
    column = attribute.column
    if operator in _TAKE_LISTS:
        values = binding.list_of(value, binding.dialect.list_form(column.type))
        keys = _keys(binding.dialect, versions, column, values)
        return table.c.id.in_(keys) if operator == "in" else table.c.id.not_in(keys)
    key = key_of(versions, column, binding.parameter(value, column.type))
    return table.c.id == key if operator == "eq" else table.c.id.is_distinct_from(key)


def _former(column: Column[Any]) -> Table | None:
    """The table with former values of a column, or None if records have none."""
    concept = _BY_TABLE[column.table.name]
    if column.name == "id":
        return _FORMER_IDS if concept.has_former_ids else None
    return _FORMER_SLUGS if column.name == "slug" else None


def key_of(versions: Versions, column: Column[Any], value: Expression) -> Expression:
    """The key of the record that has this id or slug, or had it before a merge or a new slug."""
    if column.name == "id":
        return kept_key(versions, column.table.name, value)
    same = versions.rows_of(column.table)
    found = select(same.c.id).where(same.c[column.name] == value, *versions.holding(same))
    # Correlates all other tables: the revision may be a column of any enclosing query.
    its_own = found.correlate_except(same).scalar_subquery()
    return func.coalesce(its_own, _kept(versions, column, value))


def _keys(
    dialect: Dialect, versions: Versions, column: Column[Any], values: Expression
) -> CompoundSelect[Any]:
    """The keys of the records that have, or had, these ids or slugs."""
    same, former = versions.rows_of(column.table), _former(column)
    queries = [select(same.c.id).where(dialect.one_of(same.c[column.name], values))]
    rows = [same]
    if former is not None:
        former_rows = versions.rows_of(former)
        is_former = dialect.one_of(former_rows.c[column.name], values)
        queries.append(
            select(former_rows.c.record_id).where(
                _is_of_type(former_rows, column.table.name), is_former
            )
        )
        rows.append(former_rows)
    held = zip(queries, rows, strict=True)
    return union_all(*(versions.within(query.where(*versions.holding(of))) for query, of in held))


def _holder(binding: Binding, versions: Versions, holds: Holds) -> Expression:
    """The key of the record that has the item."""
    owned = holds.owned
    rows = versions.rows_of(owned.table)
    found = (_compare(binding, rows, each) for each in holds.item)
    holder = select(rows.c[owned.near.name]).where(*found, *versions.holding(rows))
    if not owned.is_dated:
        return holder.correlate_except(rows).scalar_subquery()
    if holds.on is not None:
        first, last = (binding.parameter(day, rows.c.ended_on.type) for day in holds.on)
        has_begun = rows.c["started_on" + EARLIEST.suffix] <= last
        is_over = rows.c["ended_on" + LATEST.suffix] < first
        holder = holder.where(has_begun, is_over.is_not(true()))
    latest = (
        rows.c.ended_on.is_(None).desc(),
        rows.c["started_on" + EARLIEST.suffix].desc(),
        rows.c.id.desc(),
    )
    return holder.order_by(*latest).limit(1).correlate_except(rows).scalar_subquery()


def kept_key(versions: Versions, table: str, key: Expression) -> Expression:
    """The key of a record, or of the record that the given one was merged into."""
    column = _BY_TABLE[table].table.c.id
    return key if _former(column) is None else func.coalesce(_kept(versions, column, key), key)


def _kept(versions: Versions, column: Column[Any], value: Expression) -> Expression:
    former = _former(column)
    former_rows = versions.rows_of(_FORMER_IDS if former is None else former)
    is_it = (_is_of_type(former_rows, column.table.name), former_rows.c[column.name] == value)
    kept = select(former_rows.c.record_id).where(*is_it, *versions.holding(former_rows))
    # Correlates all other tables: the value may be a column of any enclosing query.
    return kept.correlate_except(former_rows).scalar_subquery()


def _is_of_type(former: FromClause, table: str) -> Expression:
    return former.c.record_type == own_text(table)


def _related(
    binding: Binding,
    versions: Versions,
    table: FromClause,
    edge: ToOne | ToMany | Owned,
    inner: Condition,
) -> Expression:
    """Compares with a set of keys, so that the database may start at either end of the edge."""
    if isinstance(edge, ToOne):
        key, far = table.c[edge.column.name], versions.rows_of(CONCEPTS[edge.target].table)
        if inner == AllOf():
            return key.is_not(None)
        found = condition_sql(binding, versions, far, inner)
        keys = versions.within(select(far.c.id).where(found, *versions.holding(far)))
        return key.in_(_shallow(keys, inner))
    return table.c.id.in_(_shallow(_near_keys(binding, versions, edge, inner), inner))


def _shallow(keys: Select[Any], inner: Condition) -> Select[Any]:
    """Selects the keys from a subquery in FROM if the condition follows further edges.

    Nested conditions add to the depth of an expression, which SQLite limits to 1,000. SQLite counts
    the depth of a subquery in FROM separately.
    """
    return select(*keys.subquery("found").c) if _follows_edges(inner) else keys


def _follows_edges(condition: Condition) -> bool:
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            return any(map(_follows_edges, conditions))
        case Not(inner):
            return _follows_edges(inner)
    return isinstance(condition, Related)


def _near_keys(binding: Binding, versions: Versions, edge: ToMany | Owned, inner: Condition) -> Any:
    near = versions.rows_of(edge.near.table)
    if isinstance(edge, ToMany) and edge.far is not None:
        far = versions.rows_of(CONCEPTS[edge.target].table)
        joined = near.join(far, far.c.id == near.c[edge.far.name])
        keys = select(near.c[edge.near.name]).select_from(joined).where(*versions.holding(near))
    else:
        far = near
        keys = select(far.c[edge.near.name]).where(far.c[edge.near.name].is_not(None))
    found = condition_sql(binding, versions, far, inner)
    return versions.within(keys.where(found, *versions.holding(far)))
