"""The triggers as PostgreSQL writes them: each calls a function, and that holds its steps.

What one statement has inserted becomes history at once: the function would cost ten times as much
for each of many rows. What is changed or removed is looked up row by row, by its key.
"""

from collections.abc import Iterable, Iterator, Sequence

from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.wording import INSERTED, NEWEST_REVISION, PREFIX, Wording
from schema.records.history import FROM_REVISION, STILL, UNTIL_REVISION

# Variables of a function.
_REVISION = "this_revision"
_OWNER = "this_owner"


class PostgreSQLWording(Wording):
    """How PostgreSQL writes the steps."""

    find = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    # 'O' is enabled; a trigger may be disabled, or enabled on replicas only.
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
        """The text of the function, between its `$$`, and what calls it."""
        functions_and_triggers = list(made)
        pairs = zip(functions_and_triggers[::2], functions_and_triggers[1::2], strict=True)
        return {call.split()[2]: function.split("$$")[1] + call for function, call in pairs}

    def begin(self, table: KeptTable, rows: str) -> str:
        """Replaces by the key, in which the revision is."""
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
        """Where this revision has made a version already, that one is what the row is now.

        So a record with many parts is written once, and not once for each of them.
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
        """The function, then what calls it."""
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
        """It has its name on its table."""
        return f"DROP TRIGGER {name} ON {table}"

    def drop_function(self, name: str) -> str:
        """With a trigger of another name that calls it."""
        return f"DROP FUNCTION {name} CASCADE"
