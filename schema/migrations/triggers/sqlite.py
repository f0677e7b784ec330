"""The triggers in SQLite's SQL: each contains its steps."""

from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEW, NEWEST_REVISION, PREFIX, Wording


class SQLiteWording(Wording):
    """The steps in SQLite's SQL."""

    # SQLite has no functions: a trigger contains its steps.
    find = "SELECT name FROM sqlite_master WHERE false"
    # SQLite stores the text of CREATE TRIGGER, and cannot disable a trigger.
    read = "SELECT name, tbl_name, sql, 1 FROM sqlite_master WHERE type = 'trigger'"
    revision = NEWEST_REVISION
    differs = "IS NOT"
    is_inserted = "id = NEW.id"

    def definitions(self, made: Iterable[str]) -> dict[str, str]:
        """Returns each statement by its third word, the name of the trigger."""
        return {statement.split()[2]: statement for statement in made}

    def begin(self, table: KeptTable, rows: str) -> str:
        """Replaces a version with the same key, which includes the revision."""
        return f"INSERT OR REPLACE INTO {self._into(table)} {self._values(table, _row(rows))}"

    def renew(self, owner: KeptTable, near: str, rows: str) -> Sequence[str]:
        """Ends the owner's version and writes a new one from the owner's current row."""
        key = f"{_row(rows)}.{near}"
        insert = f"INSERT OR REPLACE INTO {self._into(owner)} {self._current(owner, key)}"
        return self._end_where(owner, f"id = {key}"), insert

    def trigger(
        self, table: KeptTable, event: str, when: str, steps: Sequence[str]
    ) -> Iterator[str]:
        """Yields the statement that creates the trigger, which fires for each row."""
        condition = f"WHEN {when}" if when else ""
        yield (
            f"CREATE TRIGGER {PREFIX}{table.name}_{event.lower()} AFTER {event} ON {table.name} "
            f"FOR EACH ROW {condition} BEGIN {'; '.join(steps)}; END"
        )

    def drop(self, name: str, table: str) -> str:
        """Drops the trigger, whose name is unique in the database."""
        return f"DROP TRIGGER {name}"

    def drop_function(self, name: str) -> str:
        """Raises NotImplementedError, because SQLite has no functions."""
        raise NotImplementedError(name)


def _row(rows: str) -> str:
    """Returns the name of the row. An inserted one is NEW, as all triggers fire for each row."""
    return NEW if rows == INSERTED else rows
