"""The changes of one record type: new versions, and tombstones."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, FromClause, Select, case, exists, literal_column, or_, select

from schema.concepts import Concept
from schema.records.history import FROM_REVISION, HISTORY, TOMBSTONES, UNTIL_REVISION
from service.plan import Condition
from service.sql.binding import Binding
from service.sql.conditions import condition_sql
from service.sql.dialect import Expression
from service.sql.texts import own_text
from service.sql.versions import AsOf, alias_of


class ChangePart(ABC):
    """Base of both: selects changes with their sort keys."""

    revision: Expression
    record_id: Expression
    source: FromClause

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """`place`: the index of the concept in NODES, which is a sort key."""
        self._binding = binding
        self._history = HISTORY[concept.table.name]
        self.concept = concept
        self.place: Expression = literal_column(str(place), BigInteger())
        self.version = alias_of(self._history)

    @property
    def query(self) -> Select[Any]:
        """All changes of this kind and concept."""
        columns: Any = select(
            self.revision.label("revision"),
            self.place.label("place"),
            self.record_id.label("record_id"),
            own_text(self.concept.id_prefix).concat(self.record_id).label("record"),
            own_text(self.concept.record_type).label("type"),
            self.action().label("action"),
        )
        every: Select[Any] = columns.select_from(self.source)
        return every

    @abstractmethod
    def action(self) -> Expression:
        """The action of the change."""

    @abstractmethod
    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """Yields conditions on the record before or after the change."""

    @property
    def before(self) -> Expression:
        """The revision before the change."""
        return self.revision - literal_column("1")

    def holds_for(self, row: Any, revision: Expression, condition: Condition) -> Expression:
        """Whether a version matches a condition, evaluated as of a revision."""
        return condition_sql(self._binding, AsOf(revision, (self.source,)), row, condition)


class BegunVersions(ChangePart):
    """Created and updated records."""

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """The source of the changes is the history table."""
        super().__init__(binding, place, concept)
        self.source = self.version
        self.revision = self.version.c[FROM_REVISION]
        self.record_id = self.version.c.id

    def action(self) -> Expression:
        """Returns UPDATED if another version ended at this revision, else CREATED."""
        before = alias_of(self._history)
        was_there = exists().where(
            before.c.id == self.version.c.id, before.c[UNTIL_REVISION] == self.revision
        )
        return case((was_there, own_text("UPDATED")), else_=own_text("CREATED"))

    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """Yields conditions on the record before or after the change."""
        if condition is not None:
            before = alias_of(self._history)
            was_so = exists().where(
                before.c.id == self.version.c.id,
                before.c[UNTIL_REVISION] == self.revision,
                self.holds_for(before, self.before, condition),
            )
            yield or_(self.holds_for(self.version, self.revision, condition), was_so)


class RemovedRecords(ChangePart):
    """Deleted records."""

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """The source of the changes is the table of tombstones, which has an index by revision."""
        super().__init__(binding, place, concept)
        self._tombstone = alias_of(TOMBSTONES)
        self.source = self._tombstone
        self.revision = self._tombstone.c.revision
        self.record_id = self._tombstone.c.id

    @property
    def query(self) -> Select[Any]:
        """All deletions of records of this concept."""
        return super().query.where(self._tombstone.c.kind == own_text(self.concept.table.name))

    def action(self) -> Expression:
        """Returns DELETED."""
        return own_text("DELETED")

    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """Yields conditions on the last version of the record."""
        if condition is not None:
            yield exists().where(
                self.version.c.id == self.record_id,
                self.version.c[UNTIL_REVISION] == self.revision,
                self.holds_for(self.version, self.before, condition),
            )
