"""The triggers in PostgreSQL's SQL: each calls a function that contains its steps.

One call of a function writes the history of all rows that a statement inserts, which takes a tenth
of the time of one call for each row. Updated and deleted rows call it one by one, and are found by
their keys.
"""

from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEWEST_REVISION, PREFIX, Wording
from schema.records.history import FROM_REVISION, STILL, UNTIL_REVISION

# The names of the functions' variables.
_REVISION = "this_revision"
_OWNER = "this_owner"


class PostgreSQLWording(Wording):
    """The steps in PostgreSQL's SQL."""

    find = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    # 'O' means enabled; a trigger may also be disabled, or enabled only on replicas.
    read = (
        "SELECT tgname, relname, prosrc || pg_get_triggerdef(pg_trigger.oid), "
        "tgenabled IN ('O', 'A') FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    )
    revision = _REVISION
    differs = "IS DISTINCT FROM"
    is_inserted = f"id IN (SELECT id FROM {INSERTED})"

    def definitions(self, made: Iterable[str]) -> dict[str, str]:
        """Returns the body of each function, between its `$$`, with the trigger that calls it."""
        functions_and_triggers = list(made)
        pairs = zip(functions_and_triggers[::2], functions_and_triggers[1::2], strict=True)
        return {call.split()[2]: function.split("$$")[1] + call for function, call in pairs}

    def begin(self, table: KeptTable, rows: str) -> str:
        """Replaces a version with the same key, which includes the revision."""
        changing = [name for name in table.columns if name not in table.key]
        replaced = ", ".join(f"{name} = EXCLUDED.{name}" for name in [*changing, UNTIL_REVISION])
        conflict = ", ".join([*table.key, FROM_REVISION])
        return (
            f"INSERT INTO {self._into(table)} {self._source(table, rows)} "
            f"ON CONFLICT ({conflict}) DO UPDATE SET {replaced}"
        )

    def _source(self, table: KeptTable, rows: str) -> str:
        if rows != INSERTED:
            return self._values(table, rows)
        return f"SELECT {', '.join(table.columns)}, {self.revision}, {STILL} FROM {rows}"

    def renew(self, owner: KeptTable, near: str, rows: str) -> Sequence[str]:
        """Writes a new version of the owner, unless this revision has written one already.

        So a record with many parts gets one version in a revision, not one for each part.
        """
        keys = f"DISTINCT {near} FROM {rows}" if rows == INSERTED else f"{rows}.{near}"
        made = f"FROM {owner.history} WHERE id = {_OWNER} AND {FROM_REVISION} = {_REVISION}"
        return (
            f"FOR {_OWNER} IN SELECT {keys} LOOP IF NOT EXISTS (SELECT {made}) "
            f"THEN {self._end_where(owner, f'id = {_OWNER}')}",
            f"INSERT INTO {self._into(owner)} {self._current(owner, _OWNER)}",
            "END IF",
            "END LOOP",
        )

    def trigger(
        self, table: KeptTable, event: str, when: str, steps: Sequence[str]
    ) -> Iterator[str]:
        """Yields the function, and then the trigger that calls it."""
        name = f"{PREFIX}{table.name}_{event.lower()}"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"DECLARE {_REVISION} bigint := {NEWEST_REVISION}; {_OWNER} bigint; "
            f"BEGIN {'; '.join(steps)}; RETURN NULL; END $$"
        )
        of_all = f"REFERENCING NEW TABLE AS {INSERTED} FOR EACH STATEMENT"
        of_each = f"FOR EACH ROW WHEN ({when})" if when else "FOR EACH ROW"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {table.name} "
            f"{of_all if event == 'INSERT' else of_each} EXECUTE FUNCTION {name}()"
        )

    def drop(self, name: str, table: str) -> str:
        """Drops the trigger, whose name is unique only within its table."""
        return f"DROP TRIGGER {name} ON {table}"

    def drop_function(self, name: str) -> str:
        """Drops the function, and any trigger with another name that calls it."""
        return f"DROP FUNCTION {name} CASCADE"
