"""The triggers as SQLite writes them: each holds its steps."""

from collections.abc import Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEW, NEWEST_REVISION, PREFIX, Wording


class SQLiteWording(Wording):
    """How SQLite writes the steps."""

    find = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    revision = NEWEST_REVISION
    differs = "IS NOT"
    is_inserted = "id = NEW.id"

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

    def drop(self, name: str) -> str:
        """A trigger has a name of its own."""
        return f"DROP TRIGGER {name}"


def _row(rows: str) -> str:
    """Every trigger is one of a row."""
    return NEW if rows == INSERTED else rows
