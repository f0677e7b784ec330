"""Compiles a plan to SQL, one statement per root. Does not access a database."""

from typing import Any, assert_never

from sqlalchemy import BigInteger, Select, Text, and_, cast, func, literal_column, select

from service import plan
from service.plan import Named, NodeChoice, Parameter
from service.planning.values import NO_ID, NodeId
from service.sql.binding import Binding, Statement
from service.sql.changes import ChangesQuery, changes_query
from service.sql.changes.lookup import ChangeId, change_lookup
from service.sql.conditions import condition_sql, kept_key
from service.sql.connections import ConnectionQuery, connection_query
from service.sql.dialect import Dialect, Expression, Source
from service.sql.network import NetworkQuery
from service.sql.panel import PanelQuery
from service.sql.paths import PathsQuery
from service.sql.paths.unknown import unknown_steps
from service.sql.position import position_query
from service.sql.reading import Reading
from service.sql.rows import Context, RecordRow, hold_nested
from service.sql.search import SearchQuery
from service.sql.texts import own_text
from service.sql.totals import TotalsQuery
from service.sql.versions import AsOf, Current, alias_of, and_holding, revision_number


def compile_root(dialect: Dialect, root: plan.Root, *, as_of: bool = False) -> Statement:
    """Compiles the statement of one root, which returns one row.

    The first column is the JSON of a root field, or null if the record does not exist; the last is
    the revision that was read. The roots `PageColumns` and `NextRevision` return the columns that
    their docstrings list. `as_of`: reads the state at the revision that the values have under
    `plan.AS_OF`.
    """
    context = _context(dialect, as_of=as_of)
    # One statement reads the data and the revision, so that both are of one snapshot.
    query = _query(context, root)
    if not isinstance(root, plan.NextRevision):
        json, *others = query.selected_columns
        columns = (dialect.sent(json), *others)
        query = query.with_only_columns(*columns, maintain_column_froms=True)
    return context.binding.statement(query.add_columns(revision_number(context.versions)))


def _context(dialect: Dialect, *, as_of: bool) -> Context:
    binding = Binding(dialect)
    moment = Parameter(plan.Slot((plan.AS_OF,)), int)
    versions = AsOf(binding.parameter(moment, BigInteger())) if as_of else Current()
    return Context(binding, versions, connection_query, changes_query, position_query)


def _query(context: Context, root: plan.Root) -> Select[Any]:
    match root:
        case plan.Lookup(concept=concept, where=where, members=members):
            table = context.versions.rows_of(concept.table)
            found = condition_sql(context.binding, context.versions, table, where)
            record = _record(context, NodeChoice(concept, members), table, found)
            # A scalar subquery: the row with the revision is needed even if the record does not
            # exist.
            return select(record.scalar_subquery())
        case plan.Collection(connection=connection):
            return connection_query(context, connection)
        case plan.NodeLookup(id=id, choices=choices, change=change):
            records = (_node(context, choice, id) for choice in choices)
            return select(func.coalesce(*records, _change(context, change, id)))
        case plan.NodesLookup():
            return _nodes(context, root)
        case plan.ChangeLog(changes=changes):
            return changes_query(context, changes)
        case plan.SupportTotals(totals=totals):
            return TotalsQuery(context, totals).as_object()
        case plan.SupportNetwork(network=network):
            return NetworkQuery(context, network).as_object()
        case plan.SupportPaths(paths=paths):
            return PathsQuery(context, paths).as_array()
        case plan.PathColumns(paths=paths):
            return PathsQuery(context, paths).as_columns()
        case plan.UnknownSteps(where=where, time=time):
            # As the text of JSON, like every root field.
            return select(cast(unknown_steps(context, where, time), Text))
        case plan.SearchHits(search=search):
            return SearchQuery(context, search).as_object()
        case plan.SupportPanel(panel=panel):
            return PanelQuery(context, panel).as_object()
        case plan.LatestRevision(concept=concept, members=members):
            table = alias_of(concept.table)
            reading = Reading(table, where=table.c.number == revision_number(context.versions))
            json = RecordRow(context, reading, concept, table).json(members)
            return reading.select(context.binding.dialect.answer(json))
        case plan.PageColumns(page=page):
            match page:
                case plan.Connection():
                    return ConnectionQuery(context, page).as_columns()
                case plan.Totals():
                    return TotalsQuery(context, page).as_columns()
                case plan.Search():
                    return SearchQuery(context, page).as_columns()
                case plan.Panel():
                    return PanelQuery(context, page).as_columns()
            return ChangesQuery(context, page).as_columns()
        case plan.NextRevision(changes=changes):
            return ChangesQuery(context, changes).first_revision()
    assert_never(root)


def _record(
    context: Context,
    choice: NodeChoice,
    table: Source,
    found: Expression,
    within: tuple[Source, ...] = (),
) -> Select[Any]:
    """The record of `table` that matches `found` and is valid in this state, as JSON."""
    holds = and_holding(context.versions, table, found)
    reading = Reading(table, where=holds, within=within, in_layers=hold_nested(choice.members))
    json = RecordRow(context, reading, choice.concept, table).json(choice.members)
    return reading.select(context.binding.dialect.answer(json))


def _node(context: Context, choice: NodeChoice, id: Parameter) -> Expression:
    """The record as JSON; null unless the id is of this concept."""
    name = choice.concept.table.name

    def read(value: Any) -> int:
        named: NodeId = id.read(value)
        return NO_ID if named.revision or named.table != name else named.key

    table = context.versions.rows_of(choice.concept.table)
    named = Named(choice.concept.id, Parameter(id.source, read))
    found = condition_sql(context.binding, context.versions, table, named)
    return _record(context, choice, table, found).scalar_subquery()


def _change(context: Context, members: tuple[plan.ChangeMember, ...], id: Parameter) -> Expression:
    """The change as JSON; null unless the id is of a change."""

    def part(name: str, sql_type: Any) -> Expression:
        read = Parameter(id.source, lambda value: getattr(id.read(value), name))
        return context.binding.parameter(read, sql_type)

    table, key, revision = (
        part("table", Text()),
        part("key", BigInteger()),
        part("revision", BigInteger()),
    )
    return change_lookup(context, members, ChangeId(table, key, revision))


def _nodes(context: Context, root: plan.NodesLookup) -> Select[Any]:
    dialect = context.binding.dialect
    named = dialect.records_named(context.binding.list_of(root.ids, dialect.records_form))
    records = (_named(context, choice, named) for choice in root.choices)
    change_id = ChangeId(named.c.record_table, named.c.record_id, named.c.revision, (named,))
    record = func.coalesce(*records, change_lookup(context, root.change, change_id))
    reading = Reading(named, in_layers=True, order=(named.c.place,))
    each = dialect.json_or_null(reading.column(record))
    array = dialect.json_array(each, lambda: [reading.column(named.c.place)])
    return reading.select(dialect.answer(array))


def _named(context: Context, choice: NodeChoice, named: Any) -> Expression:
    name = choice.concept.table.name
    table = context.versions.rows_of(choice.concept.table)
    key = kept_key(context.versions, name, named.c.record_id)
    is_record = named.c.revision == literal_column("0", BigInteger())
    found = and_(table.c.id == key, named.c.record_table == own_text(name), is_record)
    return _record(context, choice, table, found, (named,)).scalar_subquery()
