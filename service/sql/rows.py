"""A row as a JSON object, with the records at the other end of its to-one edges."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from schema.concepts import CONCEPTS, Attribute, Concept, Owned, ToMany, ToOne
from schema.records.columns import Scalar
from service import plan
from service.sql.assessment import ASSESSED_COLUMNS, Assessment, assessment_query
from service.sql.binding import Binding
from service.sql.dialect import Content, Expression, Json, Source
from service.sql.reading import Reading
from service.sql.texts import own_text
from service.sql.versions import Versions, and_holding


@dataclass(frozen=True)
class ParentEdge:
    """The parent of a nested connection: the source of its row, and the edge."""

    table: Source
    edge: ToMany


@dataclass(frozen=True)
class Context:
    """What all parts of one statement share.

    The values, the state of the data to read, and the functions that query nested pages.
    """

    binding: Binding
    versions: Versions
    connection_query: Callable[["Context", plan.Connection, ParentEdge | None], Select[Any]]
    changes_query: Callable[["Context", plan.Changes, tuple[Concept, Source] | None], Select[Any]]
    position_query: Callable[["Context", plan.Position, Source], Select[Any]]


class RecordRow:
    """A record in a query."""

    def __init__(self, context: Context, reading: Reading, concept: Concept, table: Source) -> None:
        """`table`: an alias or a subquery within `reading`."""
        self._context = context
        self._binding = context.binding
        self._dialect = context.binding.dialect
        self._versions = context.versions
        self._reading = reading
        self._concept = concept
        self.table = table
        self._ends: dict[str, RecordRow] = {}

    def json(self, members: Iterable[plan.Member]) -> Json:
        """Returns a JSON object with these members."""
        return self._dialect.json_object([(member.key, self.value(member)) for member in members])

    def array(self, members: Iterable[plan.Member]) -> Json:
        """Returns a JSON array of the values of these members, flat as in `plan.Nodes`."""
        return self._dialect.json_values(list(self._flat(members, is_optional=False)))

    def _flat(self, members: Iterable[plan.Member], *, is_optional: bool) -> Iterator[Content]:
        """`is_optional`: whether the record may be missing, so that all values are null."""
        for member in members:
            match member:
                case plan.Value(attribute=attribute):
                    yield self.attribute(attribute, is_optional=is_optional)
                case plan.Grouped(members=inner):
                    yield from self._flat(inner, is_optional=True)
                case plan.One(edge=edge, members=inner):
                    optional = is_optional or edge.nullable
                    yield from self.end(edge)._flat(inner, is_optional=optional)
                case _:
                    value = self.value(member)
                    if is_optional and isinstance(value, Json):
                        value = self._dialect.json_where(self._column("id").is_not(None), value)
                    yield value

    def end(self, edge: ToOne) -> "RecordRow":
        """Returns the record at the other end of an edge; joins it on the first call only."""
        if edge.name not in self._ends:
            concept = CONCEPTS[edge.target]
            target = self._versions.rows_of(concept.table)
            found = target.c.id == self.table.c[edge.column.name]
            self._reading.follow(target, and_holding(self._versions, target, found))
            self._ends[edge.name] = RecordRow(self._context, self._reading, concept, target)
        return self._ends[edge.name]

    def assessment(self) -> Assessment:
        """The assessment of the record, which must be a support."""
        return Assessment(self._binding, self._versions, self.table)

    def attribute(self, attribute: Attribute, *, is_optional: bool = False) -> Content:
        """Returns the value of a column, for JSON.

        `is_optional`: whether the record may be missing.
        """
        column = self._column(attribute.column.name)
        match attribute.meaning.scalar:
            case Scalar.ID:
                prefix = self._concept.id_prefix
                return self._dialect.json_unescaped(prefix, column, nullable=is_optional)
            case Scalar.BOOLEAN:
                return self._dialect.json_boolean(column)
        if attribute.needs_no_escaping:
            nullable = is_optional or attribute.nullable
            return self._dialect.json_unescaped(column, nullable=nullable)
        return column

    def _column(self, name: str) -> Expression:
        return self._reading.column(self.table.c[name])

    def value(self, member: plan.Member) -> Content:
        """Returns the value of a member, for JSON."""
        match member:
            case plan.TypeName(name=name):
                return self._dialect.json_unescaped(name, nullable=False)
            case plan.Value(attribute=attribute):
                return self.attribute(attribute)
            case plan.Grouped():
                return self._grouped(member)
            case plan.One(edge=edge, members=members):
                return self._one(edge, members)
            case plan.Many(edge=edge, connection=connection):
                below = ParentEdge(self.table, edge)
                query = self._context.connection_query(self._context, connection, below)
                return self._reading.nested(query)
            case plan.History(changes=changes):
                of = (self._concept, self.table)
                query = self._context.changes_query(self._context, changes, of)
                return self._reading.nested(query)
            case plan.Positions(position=position):
                query = self._context.position_query(self._context, position, self.table)
                return self._reading.nested(query)
            case plan.OwnedList():
                return self._reading.nested(self._owned(member))
            case plan.ComputedObject(members=members):
                query = assessment_query(self._binding, self._versions, self.table, members)
                return self._reading.nested(query)

    def _one(self, edge: ToOne, members: plan.Members) -> Json:
        if edge.name not in self._ends and self._reading.joins >= _JOINS_MOST:
            return self._one_by_itself(edge, members)
        end = self.end(edge)
        found = end.json(members)
        if not edge.nullable:
            return found
        return self._dialect.json_where(end._column("id").is_not(None), found)

    def _one_by_itself(self, edge: ToOne, members: plan.Members) -> Json:
        """The record at the other end, by a nested query, for edges beyond the limit of joins."""
        concept = CONCEPTS[edge.target]
        target = self._versions.rows_of(concept.table)
        found = and_holding(self._versions, target, target.c.id == self.table.c[edge.column.name])
        within = (self.table, *self._versions.outer)
        reading = Reading(target, where=found, within=within, in_layers=hold_nested(members))
        json = RecordRow(self._context, reading, concept, target).json(members)
        query = reading.select(self._dialect.answer(json))
        return self._dialect.json_or_null(self._reading.column(query.scalar_subquery()))

    def _grouped(self, member: plan.Grouped) -> Json:
        known = or_(
            *(self._column(a.column.name).is_not(None) for a in member.group.attributes.values())
        )
        return self._dialect.json_where(known, self.json(member.members))

    def _owned(self, member: plan.OwnedList) -> Any:
        """Selects the list as JSON, ordered by its values."""
        owned = member.owned
        columns = [attribute.column.name for attribute in owned.attributes.values()]
        rows = self._versions.rows_of(owned.table)
        ordered = (
            select(*(rows.c[name] for name in columns))
            .where(rows.c[owned.near.name] == self.table.c.id, *self._versions.holding(rows))
            .order_by(*order_of_items(owned, rows))
            .correlate(self.table, *self._versions.outer)
            .subquery("listed")
        )
        reading = Reading(ordered)
        item = RecordRow(self._context, reading, self._concept, ordered)
        value = item.attribute(owned.value) if owned.value else item.json(member.members)
        array = self._dialect.json_array(value, lambda: order_of_items(owned, ordered))
        return reading.select(self._dialect.answer(array))


def order_of_items(owned: Owned, rows: Source) -> list[Expression]:
    """Orders the items of a list by their values; unknown values come first."""
    return [
        func.coalesce(rows.c[a.column.name], own_text("")) if a.nullable else rows.c[a.column.name]
        for a in owned.attributes.values()
    ]


# The maximum number of edges that one query follows by joins. SQLite joins at most 64 tables, and
# other parts of a query need joins too.
_JOINS_MOST = 40

_NESTED = plan.Many | plan.OwnedList | plan.ComputedObject | plan.History | plan.Positions


def columns_of(members: Iterable[plan.Member]) -> Iterator[str]:
    """Yields the columns that these members need; a column may repeat."""
    yield "id"
    for member in members:
        match member:
            case plan.Value(attribute=attribute):
                yield attribute.column.name
            case plan.Grouped(group=group):
                yield from (each.column.name for each in group.attributes.values())
            case plan.One(edge=edge):
                yield edge.column.name
            case plan.ComputedObject():
                yield from ASSESSED_COLUMNS


def hold_nested(members: Iterable[plan.Member]) -> bool:
    """Whether these members contain nested queries, or too many joins for one level."""
    edges = list(_edges(members))
    if len(edges) > _JOINS_MOST:
        return True
    return any(isinstance(each, _NESTED) for members in (members, *edges) for each in members)


def _edges(members: Iterable[plan.Member]) -> Iterator[plan.Members]:
    """Yields the members of all records at the other ends of to-one edges, at any distance."""
    for member in members:
        if isinstance(member, plan.One):
            yield member.members
            yield from _edges(member.members)
