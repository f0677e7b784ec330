"""The SQL of the history steps that both databases share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.records.history import FROM_REVISION, STILL, TOMBSTONES, UNTIL_REVISION

PREFIX = "history_of_"
# The rows of a step: one row before or after its change, or all inserted rows.
OLD, NEW, INSERTED = "OLD", "NEW", "inserted"

NEWEST_REVISION = "(SELECT max(number) FROM revision)"


class Wording(ABC):
    """The SQL of the steps in one database. `rows` are OLD, NEW or INSERTED."""

    # Reads the names of functions; those with the prefix belong to the triggers.
    find: str
    # Reads the name, the table, the definition and the state of each trigger.
    read: str
    # The expression for the number of the current revision.
    revision: str
    # The operator that compares two values for difference and treats null as a value.
    differs: str

    # The condition that an id is among the inserted rows.
    is_inserted: str

    @abstractmethod
    def definitions(self, made: Iterable[str]) -> dict[str, str]:
        """Returns the definitions, as `read` returns them, of the triggers that `made` creates."""

    @abstractmethod
    def begin(self, table: KeptTable, rows: str) -> str:
        """Writes the version that is valid from now on. Replaces one of the same revision."""

    @abstractmethod
    def renew(self, owner: KeptTable, near: str, rows: str) -> Sequence[str]:
        """Writes a new version of a record of which only a part has changed."""

    @abstractmethod
    def trigger(
        self, table: KeptTable, event: str, when: str, steps: Sequence[str]
    ) -> Iterator[str]:
        """Yields the statements of a trigger that runs the steps after INSERT, UPDATE or DELETE."""

    @abstractmethod
    def drop(self, name: str, table: str) -> str:
        """Returns the statement that drops a trigger."""

    @abstractmethod
    def drop_function(self, name: str) -> str:
        """Returns the statement that drops a function that `find` has found."""

    def changed(self, table: KeptTable) -> str:
        """Returns the condition that the row has changed."""
        return " OR ".join(f"OLD.{name} {self.differs} NEW.{name}" for name in table.columns)

    def end(self, table: KeptTable, row: str) -> str:
        """Ends the current version at this revision."""
        return self._end_where(table, self._same_row(table, row))

    def bury(self, table: KeptTable, row: str) -> str:
        """Writes a tombstone, if the record existed in an earlier revision."""
        return (
            f"INSERT INTO {TOMBSTONES.name} (kind, revision, id) "
            f"SELECT '{table.name}', {self.revision}, {row}.id "
            f"WHERE EXISTS (SELECT 1 FROM {table.history} WHERE id = {row}.id)"
        )

    def raise_again(self, table: KeptTable) -> str:
        """Removes the tombstone of a record that this revision deleted and inserts again."""
        return (
            f"DELETE FROM {TOMBSTONES.name} WHERE kind = '{table.name}' "
            f"AND revision = {self.revision} AND {self.is_inserted}"
        )

    def forget(self, table: KeptTable, row: str) -> str:
        """Deletes the version of a row that the same revision wrote."""
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
