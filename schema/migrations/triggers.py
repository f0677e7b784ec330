"""The triggers that write history: made anew after every migration, from the tables as they are.

For each table with a history there are three. A version begins with the revision that the writer
has made before it wrote; whatever else that revision does to the same row is part of one version.
A change of a part (an alias, a mention) is a new version of its record as well: so the history of
a record alone says when anything about it changed.

What stands here is for SQLite. Names are those of our own tables.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, inspect

from schema.records.history import FROM_REVISION, STILL, TOMBSTONES, UNTIL_REVISION
from schema.relations import PARTS

_PREFIX = "history_of_"
_SUFFIX = "_history"
_REVISION = "(SELECT max(number) FROM revision)"
_KEPT_BY_ITSELF = frozenset({FROM_REVISION, UNTIL_REVISION})


def drop_triggers(connection: Connection) -> None:
    """Removes every trigger of ours: tables can't be altered beneath them."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in found.scalars().all():
        if name.startswith(_PREFIX):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


def create_triggers(connection: Connection) -> None:
    """Makes the triggers of every table that has a history."""
    tables = {table.name: table for table in _tables(connection)}
    for table in tables.values():
        owner, near = PARTS.get(table.name, ("", ""))
        for statement in table.triggers(tables.get(owner), near):
            connection.exec_driver_sql(statement)


def _tables(connection: Connection) -> Iterator["_Table"]:
    inspector = inspect(connection)
    for history in inspector.get_table_names():
        if history.endswith(_SUFFIX):
            columns = [c["name"] for c in inspector.get_columns(history) if "computed" not in c]
            key = inspector.get_pk_constraint(history)["constrained_columns"]
            yield _Table(
                history.removesuffix(_SUFFIX),
                [name for name in columns if name not in _KEPT_BY_ITSELF],
                [name for name in key if name not in _KEPT_BY_ITSELF],
            )


class _Table:
    """One table and its history."""

    def __init__(self, name: str, columns: Sequence[str], key: Sequence[str]) -> None:
        self.name = name
        self._history = f"{name}{_SUFFIX}"
        self._columns = columns
        self._key = key

    def triggers(self, owner: "_Table | None", near: str) -> Iterator[str]:
        """`owner`: the record that a row is part of, if it is, which `near` points at."""
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in self._columns)
        of_owner = owner.as_part_of if owner else lambda _: ()
        # Parts of a record have no tombstones of their own.
        is_record = self._key == ["id"]
        raised = [self._raise("NEW")] if is_record else []
        yield self._trigger("INSERT", [*raised, self._begin("NEW"), *of_owner(f"NEW.{near}")])
        yield self._trigger(
            f"UPDATE WHEN {changed}",
            [self._end("OLD"), self._begin("NEW"), *of_owner(f"NEW.{near}")],
        )
        buried = [self._bury("OLD")] if is_record else []
        removed = [self._forget("OLD"), *buried, self._end("OLD")]
        yield self._trigger("DELETE", [*removed, *of_owner(f"OLD.{near}")])

    def as_part_of(self, key: str) -> Iterator[str]:
        """A new version of a record some part of which has changed; its own row has not."""
        yield self._end_where(f"id = {key}")
        names = ", ".join(self._columns)
        yield self._insert(
            f"SELECT {names}, {_REVISION}, {STILL} FROM {self.name} WHERE id = {key}"  # noqa: S608
        )

    def _trigger(self, event: str, statements: Sequence[str]) -> str:
        verb, _, when = event.partition(" ")
        body = "; ".join(statements)
        return (
            f"CREATE TRIGGER {_PREFIX}{self.name}_{verb.lower()} AFTER {verb} ON {self.name} "
            f"FOR EACH ROW {when} BEGIN {body}; END"
        )

    def _begin(self, row: str) -> str:
        """The version that holds from now on; it replaces one of the same revision."""
        values = ", ".join(f"{row}.{name}" for name in self._columns)
        return self._insert(f"VALUES ({values}, {_REVISION}, {STILL})")

    def _insert(self, source: str) -> str:
        names = ", ".join([*self._columns, FROM_REVISION, UNTIL_REVISION])
        return f"INSERT OR REPLACE INTO {self._history} ({names}) {source}"

    def _end(self, row: str) -> str:
        """What held so far holds until now."""
        return self._end_where(" AND ".join(f"{name} = {row}.{name}" for name in self._key))

    def _end_where(self, condition: str) -> str:
        return (
            f"UPDATE {self._history} SET {UNTIL_REVISION} = {_REVISION} "  # noqa: S608
            f"WHERE {condition} AND {UNTIL_REVISION} = {STILL} AND {FROM_REVISION} < {_REVISION}"
        )

    def _bury(self, row: str) -> str:
        """A tombstone for a record that others may have seen: one that an earlier revision made."""
        return (
            f"INSERT INTO {TOMBSTONES.name} (kind, revision, id) "  # noqa: S608
            f"SELECT '{self.name}', {_REVISION}, {row}.id "
            f"WHERE EXISTS (SELECT 1 FROM {self._history} WHERE id = {row}.id)"
        )

    def _raise(self, row: str) -> str:
        """What was removed in this revision and is there again was not removed."""
        return (
            f"DELETE FROM {TOMBSTONES.name} WHERE kind = '{self.name}' "  # noqa: S608
            f"AND revision = {_REVISION} AND id = {row}.id"
        )

    def _forget(self, row: str) -> str:
        """What the same revision wrote and removes again has never been."""
        same = " AND ".join(f"{name} = {row}.{name}" for name in self._key)
        return f"DELETE FROM {self._history} WHERE {same} AND {FROM_REVISION} = {_REVISION}"  # noqa: S608
