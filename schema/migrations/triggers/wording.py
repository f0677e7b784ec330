"""The steps of history as SQL, as far as all databases read the same text."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.records.history import FROM_REVISION, STILL, TOMBSTONES, UNTIL_REVISION

PREFIX = "history_of_"
# Which rows a step is about: one as it was or as it is, or what was inserted, which may be many.
OLD, NEW, INSERTED = "OLD", "NEW", "inserted"

NEWEST_REVISION = "(SELECT max(number) FROM revision)"


class Wording(ABC):
    """How a database writes the steps; `rows` are OLD, NEW or INSERTED."""

    # Asks for the names of what else the statements make, of which those with our prefix are ours.
    find: str
    # Asks for the name, the table, the definition and the state of each trigger.
    read: str
    # What stands for the revision that writes.
    revision: str
    # What stands between two values that differ, where null is a value like any other.
    differs: str

    # Whether an id is one of what was inserted.
    is_inserted: str

    @abstractmethod
    def definitions(self, made: Iterable[str]) -> dict[str, str]:
        """The definition, as `read` has it, of each trigger that these statements make."""

    @abstractmethod
    def begin(self, table: KeptTable, rows: str) -> str:
        """The version that holds from now on; it replaces one of the same revision."""

    @abstractmethod
    def renew(self, owner: KeptTable, near: str, rows: str) -> Sequence[str]:
        """A new version of a record some part of which has changed; its own row has not."""

    @abstractmethod
    def trigger(
        self, table: KeptTable, event: str, when: str, steps: Sequence[str]
    ) -> Iterator[str]:
        """The trigger that takes the steps after INSERT, UPDATE or DELETE."""

    @abstractmethod
    def drop(self, name: str, table: str) -> str:
        """What removes a trigger."""

    @abstractmethod
    def drop_function(self, name: str) -> str:
        """What removes a function that `find` has found."""

    def changed(self, table: KeptTable) -> str:
        """The condition that a row is not what it was."""
        return " OR ".join(f"OLD.{name} {self.differs} NEW.{name}" for name in table.columns)

    def end(self, table: KeptTable, row: str) -> str:
        """What held so far holds until now."""
        return self._end_where(table, self._same_row(table, row))

    def bury(self, table: KeptTable, row: str) -> str:
        """A tombstone for a record that others may have seen: one that an earlier revision made."""
        return (
            f"INSERT INTO {TOMBSTONES.name} (kind, revision, id) "
            f"SELECT '{table.name}', {self.revision}, {row}.id "
            f"WHERE EXISTS (SELECT 1 FROM {table.history} WHERE id = {row}.id)"
        )

    def raise_again(self, table: KeptTable) -> str:
        """What was removed in this revision and is inserted again was not removed."""
        return (
            f"DELETE FROM {TOMBSTONES.name} WHERE kind = '{table.name}' "
            f"AND revision = {self.revision} AND {self.is_inserted}"
        )

    def forget(self, table: KeptTable, row: str) -> str:
        """What the same revision wrote and removes again has never been."""
        same = self._same_row(table, row)
        return f"DELETE FROM {table.history} WHERE {same} AND {FROM_REVISION} = {self.revision}"

    def _same_row(self, table: KeptTable, row: str) -> str:
        return " AND ".join(f"{name} = {row}.{name}" for name in table.key)

    def _end_where(self, table: KeptTable, condition: str) -> str:
        return (
            f"UPDATE {table.history} SET {UNTIL_REVISION} = {self.revision} "
            f"WHERE {condition} AND {UNTIL_REVISION} = {STILL} "
            f"AND {FROM_REVISION} < {self.revision}"
        )

    def _values(self, table: KeptTable, row: str) -> str:
        values = ", ".join(f"{row}.{name}" for name in table.columns)
        return f"VALUES ({values}, {self.revision}, {STILL})"

    def _current(self, table: KeptTable, key: str) -> str:
        names = ", ".join(table.columns)
        return f"SELECT {names}, {self.revision}, {STILL} FROM {table.name} WHERE id = {key}"

    def _into(self, table: KeptTable) -> str:
        return f"{table.history} ({', '.join([*table.columns, FROM_REVISION, UNTIL_REVISION])})"
