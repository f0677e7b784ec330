"""A plan -> SQL: one statement for each root field. Pure: nothing is read here."""

from typing import Any

from sqlalchemy import Select, and_, func, select

from schema.concepts import CONCEPTS
from service import plan
from service.plan import NodeChoice, Parameter
from service.planning.values import NO_ID
from service.sql.binding import Binding, Statement
from service.sql.conditions import condition_sql
from service.sql.connections import PageQuery, connection_query
from service.sql.dialect import Dialect, Expression, Source
from service.sql.reading import Reading
from service.sql.rows import Context, Row, hold_nested
from service.sql.texts import own_text

Root = plan.Lookup | plan.Collection | plan.NodeLookup | plan.NodesLookup | plan.LatestRevision


def compile_root(dialect: Dialect, root: Root) -> Statement:
    """The statement of one root field: it returns one column, and no row where there is none."""
    context = Context(Binding(dialect), connection_query)
    return context.binding.statement(_query(context, root))


def compile_columns(dialect: Dialect, connection: plan.Connection) -> Statement:
    """The statement of a collection whose members are columns, followed by the revision."""
    context = Context(Binding(dialect), connection_query)
    page = PageQuery(context, connection).as_columns()
    revision = CONCEPTS["Revision"].table
    latest = select(func.max(revision.c.number)).scalar_subquery()
    return context.binding.statement(page.add_columns(latest))


def _query(context: Context, root: Root) -> Select[Any]:
    match root:
        case plan.Lookup(concept=concept, where=where, members=members):
            table = concept.table.alias()
            found = condition_sql(context.binding, table, where)
            return _record(context, NodeChoice(concept, members), table, found)
        case plan.Collection(connection=connection):
            return connection_query(context, connection)
        case plan.NodeLookup(id=id, choices=choices):
            return select(func.coalesce(*(_node(context, choice, id) for choice in choices)))
        case plan.NodesLookup():
            return _nodes(context, root)
        case plan.LatestRevision(concept=concept, members=members):
            table = concept.table.alias()
            reading = Reading(table)
            json = Row(context, reading, concept, table).json(members)
            latest = reading.select(context.binding.dialect.answer(json))
            return latest.order_by(table.c.number.desc()).limit(1)


def _record(
    context: Context,
    choice: NodeChoice,
    table: Source,
    found: Expression,
    within: Source | None = None,
) -> Select[Any]:
    """The one record of `table` that is found, as JSON."""
    reading = Reading(table, where=found, within=within, in_layers=hold_nested(choice.members))
    json = Row(context, reading, choice.concept, table).json(choice.members)
    return reading.select(context.binding.dialect.answer(json))


def _node(context: Context, choice: NodeChoice, id: Parameter) -> Expression:
    """The record, if the id is of this concept."""
    name = choice.concept.table.name

    def read(value: Any) -> int:
        table_name, key = id.read(value)
        return key if table_name == name else NO_ID

    table = choice.concept.table.alias()
    key = context.binding.parameter(Parameter(id.source, read), table.c.id.type)
    return _record(context, choice, table, table.c.id == key).scalar_subquery()


def _nodes(context: Context, root: plan.NodesLookup) -> Select[Any]:
    dialect = context.binding.dialect
    named = dialect.records_named(context.binding.list_of(root.ids))
    records = func.coalesce(*(_named(context, choice, named) for choice in root.choices))
    ordered = (
        select(records.label("record")).select_from(named).order_by(named.c.place).subquery("found")
    )
    record = ordered.c.record
    each = dialect.json_where(record.is_not(None), dialect.json_column(record))
    return select(dialect.answer(dialect.json_array(each)))


def _named(context: Context, choice: NodeChoice, named: Any) -> Expression:
    table = choice.concept.table.alias()
    found = and_(
        table.c.id == named.c.record_id, named.c.record_table == own_text(choice.concept.table.name)
    )
    return _record(context, choice, table, found, named).scalar_subquery()
