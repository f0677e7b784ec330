"""The changes of one kind of record: versions that begin, and tombstones."""

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
from service.sql.versions import AsOf


class ChangePart(ABC):
    """What both have in common: where they stand in the order of all changes."""

    revision: Expression
    record_id: Expression
    source: FromClause

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """`place`: of the kind among all kinds."""
        self._binding = binding
        self._history = HISTORY[concept.table.name]
        self.concept = concept
        self.place: Expression = literal_column(str(place), BigInteger())
        self.version = self._history.alias()

    @property
    def query(self) -> Select[Any]:
        """Every change of this sort and kind."""
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
        """What was done to the record."""

    @abstractmethod
    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """What the record must have been like, before the change or after it."""

    @property
    def before(self) -> Expression:
        """The revision before that of the change."""
        return self.revision - literal_column("1")

    def holds_for(self, row: Any, revision: Expression, condition: Condition) -> Expression:
        """Whether a condition holds for a version, in the data as it stood at a revision."""
        return condition_sql(self._binding, AsOf(revision, (self.source,)), row, condition)


class BegunVersions(ChangePart):
    """Records that were made or changed."""

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """From the versions alone."""
        super().__init__(binding, place, concept)
        self.source = self.version
        self.revision = self.version.c[FROM_REVISION]
        self.record_id = self.version.c.id

    def action(self) -> Expression:
        """An update if a version ended where this one begins."""
        before = self._history.alias()
        was_there = exists().where(
            before.c.id == self.version.c.id, before.c[UNTIL_REVISION] == self.revision
        )
        return case((was_there, own_text("UPDATED")), else_=own_text("CREATED"))

    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """What the record must have been like, before the change or after it."""
        if condition is not None:
            before = self._history.alias()
            was_so = exists().where(
                before.c.id == self.version.c.id,
                before.c[UNTIL_REVISION] == self.revision,
                self.holds_for(before, self.before, condition),
            )
            yield or_(self.holds_for(self.version, self.revision, condition), was_so)


class RemovedRecords(ChangePart):
    """Records that were removed."""

    def __init__(self, binding: Binding, place: int, concept: Concept) -> None:
        """From the tombstones, which alone lead to them quickly."""
        super().__init__(binding, place, concept)
        self._tombstone = TOMBSTONES.alias()
        self.source = self._tombstone
        self.revision = self._tombstone.c.revision
        self.record_id = self._tombstone.c.id

    @property
    def query(self) -> Select[Any]:
        """Those of this kind."""
        return super().query.where(self._tombstone.c.kind == own_text(self.concept.table.name))

    def action(self) -> Expression:
        """There is but one."""
        return own_text("DELETED")

    def matching(self, condition: Condition | None) -> Iterator[Expression]:
        """What the record was like in the end."""
        if condition is not None:
            yield exists().where(
                self.version.c.id == self.record_id,
                self.version.c[UNTIL_REVISION] == self.revision,
                self.holds_for(self.version, self.before, condition),
            )
