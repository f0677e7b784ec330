"""The triggers as SQLite writes them: each holds its steps."""

from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEW, NEWEST_REVISION, PREFIX, Wording


class SQLiteWording(Wording):
    """How SQLite writes the steps."""

    # A trigger holds its steps: there are no functions.
    find = "SELECT name FROM sqlite_master WHERE false"
    # SQLite keeps the text of the statement that made a trigger, and none is ever disabled.
    read = "SELECT name, tbl_name, sql, 1 FROM sqlite_master WHERE type = 'trigger'"
    revision = NEWEST_REVISION
    differs = "IS NOT"
    is_inserted = "id = NEW.id"

    def definitions(self, made: Iterable[str]) -> dict[str, str]:
        """Each statement makes one, and names it third."""
        return {statement.split()[2]: statement for statement in made}

    def begin(self, table: KeptTable, rows: str) -> str:
        """Replaces by the key, in which the revision is."""
        return f"INSERT OR REPLACE INTO {self._into(table)} {self._values(table, _row(rows))}"

    def renew(self, owner: KeptTable, near: str, rows: str) -> Sequence[str]:
        """The same, from the row as it stands in its table."""
        key = f"{_row(rows)}.{near}"
        insert = f"INSERT OR REPLACE INTO {self._into(owner)} {self._current(owner, key)}"
        return self._end_where(owner, f"id = {key}"), insert

    def trigger(
        self, table: KeptTable, event: str, when: str, steps: Sequence[str]
    ) -> Iterator[str]:
        """One statement makes it, for each row."""
        condition = f"WHEN {when}" if when else ""
        yield (
            f"CREATE TRIGGER {PREFIX}{table.name}_{event.lower()} AFTER {event} ON {table.name} "
            f"FOR EACH ROW {condition} BEGIN {'; '.join(steps)}; END"
        )

    def drop(self, name: str, table: str) -> str:
        """A trigger has its own name."""
        return f"DROP TRIGGER {name}"

    def drop_function(self, name: str) -> str:
        """There are none."""
        raise NotImplementedError(name)


def _row(rows: str) -> str:
    """Every trigger is one of a row."""
    return NEW if rows == INSERTED else rows
